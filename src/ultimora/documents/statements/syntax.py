"""What statements need of syntax: verbs of saying, subjects, and the spans of phrases and clauses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from ultimora.documents.entities import entity_of
from ultimora.documents.remembering import once
from ultimora.documents.statements.lexicon import Sayings, Verb
from ultimora.documents.wordlists import words as listed
from ultimora.types import Document, Span, Stance, TextSpan, Token

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "SYM")
PREDICATES = ("VERB", "AUX", "ADJ", "NOUN", "PROPN")
_EDGE = frozenset(",.;:-–—…!?()[]") | {"--", "...", ".."}
_SUBJECTS = ("nsubj", "csubj", "expl:subj")
_NEAR = 8
_DEPTH = 6


def covers(span: Span | TextSpan | None, token: Token) -> bool:
    """Whether a cue or a content holds the beginning of a word."""
    return span is not None and span.start <= token.start < span.end


def lemma_of(token: Token) -> str:
    """The lemma in lower case."""
    return token.base


@once
def verb_of(document: Document, token: Token, words: Sayings) -> tuple[str, Verb] | None:
    """The entry of a verb of saying, with its particle ("point out") or word ("rendere noto")."""
    if token.upos not in ("VERB", "AUX", "ADJ") or (token.upos != "VERB" and not _verbal(token)):
        return None
    lemma = _known_lemma(token, words)
    if token.deprel in ("aux", "aux:pass", "cop"):
        return None
    beside = phrase_at(document, token, words)
    if beside is not None:
        known = Verb(words.phrases[beside], {"quote", "clause"}) if beside in words.phrases else words.verbs[beside]
        return beside, known
    for child in document.children(token):
        if child.deprel.split(":")[0] in ("compound", "xcomp", "ccomp", "obj", "advmod", "obl"):
            phrase = f"{lemma} {lemma_of(child)}"
            if phrase in words.verbs and child.deprel in ("compound:prt", "obj"):
                return phrase, words.verbs[phrase]
            if phrase in words.phrases:
                return phrase, Verb(words.phrases[phrase], {"quote", "clause"})
            if child.deprel == "compound:prt" and words.words.get("apart", frozenset()) & {phrase}:
                return None  # "called off the protest" says nothing
    oneself = f"{lemma[:-1]}si"
    if oneself in words.verbs and _is_reflexive(document, token, words):
        return oneself, words.verbs[oneself]
    return (lemma, words.verbs[lemma]) if lemma in words.verbs else None


def _is_reflexive(document: Document, token: Token, words: Sayings) -> bool:
    """As in "si difende": a verb with a pronoun of its own before it."""
    return any(c.i < token.i and c.lower in words.words.get("impersonal", ()) for c in document.children(token, "expl"))


@once
def phrase_at(document: Document, token: Token, words: Sayings) -> str | None:
    """The phrase of a verb and the word after it ("reso noto", "tagliare corto"), None where there is none."""
    if token.i + 1 >= len(document.tokens):
        return None
    following = document.tokens[token.i + 1].lower
    tries = (f"{lemma_of(token)} {following}", f"{token.lower} {following}")
    spoken = (t for t in tries if t in words.phrases or (t in words.verbs and "quote" in words.verbs[t].frames))
    return next(spoken, None)


@once
def is_negated(document: Document, verb: Token, words: Sayings) -> bool:
    """Whether a verb is denied ("non ha confermato", "has not said") or held back ("declined to confirm")."""
    above = document.head(verb) if verb.deprel == "xcomp" else None
    if above is not None and lemma_of(above) in words.words.get("refusing", ()):
        return not is_negated(document, above, words)
    return any(
        c.feats.get("Polarity") == "Neg" or c.lower in words.words.get("negations", ())
        for c in document.children(verb, "advmod", "det", "cc", "cc:preconj")
    )


def is_silent(document: Document, verb: Token, words: Sayings) -> bool:
    """As in "declined to comment on reports that…", "non ha commentato": who does not speak says nothing."""
    return lemma_of(verb) in words.words.get("comment", ()) and is_negated(document, verb, words)


def _verbal(token: Token) -> bool:
    return "VerbForm" in token.feats


def _known_lemma(token: Token, words: Sayings) -> str:
    """The lemma, or a spelling next to it that the lexicon knows (a lemma cut short)."""
    lemma = lemma_of(token)
    near = [lemma, lemma + "e", token.lower, token.lower + "e"]
    if len(lemma) > 3 and (lemma[-1] == lemma[-2] or lemma[-1] in "esy"):  # "admitt", "aske"
        near.append(lemma[:-1])
    near.append(lemma[:-1] + "y")  # "repli"
    return next((n for n in near if n in words.verbs), lemma)


@once
def is_passive(document: Document, verb: Token) -> bool:
    """Whether a verb stands in the passive, or is a past participle that modifies a noun."""
    marks = {c.deprel for c in document.children(verb)}
    late = all(c.i > verb.i for c in document.children(verb, "nsubj:pass"))
    if marks & {"nsubj:pass", "aux:pass", "csubj:pass"}:
        # An auxiliary that is none of the passive, and a "subject" after it: an object misread, unless they agree.
        other = "aux" in marks and late and not any(m.startswith("expl") or m == "aux:pass" for m in marks)
        return not other or _agrees(verb, document.children(verb, "nsubj:pass"))
    part = verb.feats.get("VerbForm") == "Part" and verb.feats.get("Tense", "Past") == "Past"
    if verb.deprel == "conj" and part and not document.children(verb, "aux", "nsubj"):
        return is_passive(document, document.tokens[verb.head])
    bare = part and not document.children(verb, "aux")
    if verb.deprel not in ("acl", "advcl"):  # "Sciopero dei treni: garantite le corse"
        left = document.children(verb, "nsubj", "obj")
        return bare and bool(left) and left[0].i > verb.i and "obj" not in marks and _agrees(verb, left)
    return bare and (verb.feats.get("Voice") == "Pass" or not document.children(verb, "obj", "ccomp"))


def _agrees(verb: Token, patients: Sequence[Token]) -> bool:
    """As in "sono segnalati incendi": a participle in the plural or the feminine, as its subject is."""
    marked = [f for f, plain in (("Number", "Sing"), ("Gender", "Masc")) if verb.feats.get(f, plain) != plain]
    return bool(marked) and all(p.feats.get(f) == verb.feats[f] for p in patients for f in marked)


def subject(document: Document, verb: Token, words: Sayings, depth: int = 0) -> Token | None:
    """Who does what the verb says: its subject, or the one it shares with the verb above it."""
    own = [c for c in document.children(verb) if c.deprel in _SUBJECTS or c.deprel.startswith("nsubj")]
    if not own and (who := _cleft(document, verb)) is not None:
        return who
    if not own and phrase_at(document, verb, words) is not None:  # "fa sapere l'agenzia": hung from the second verb
        own = [c for t in document.children(verb, "ccomp", "xcomp") for c in document.children(t, "nsubj")]
    own = [c for c in own if not c.deprel.endswith(":pass") and not _is_time(document, c)]
    if own and phrase_at(document, verb, words) is not None:
        own = [c for c in own if c.i != verb.i + 1]  # "ha tagliato corto"
    early = [c for c in own if c.i < verb.i and c.upos in ("PROPN", "NOUN")]
    if early and len(early) < len(own) and lemma_of(verb) in words.medium.get("tells", ()):
        own = early  # "“…,” Drakakis told Kathimerini": who is told stands behind
    if own:
        return min(own, key=lambda t: abs(t.i - verb.i))
    if depth > _DEPTH:
        return None
    return _shared_subject(document, verb, words, depth)


def _cleft(document: Document, verb: Token) -> Token | None:
    """As in "a dirlo è [il premier]": an infinitive before a copula whose complement it is that speaks."""
    if verb.feats.get("VerbForm") != "Inf" or not any(t.upos == "ADP" for t in document.children(verb, "mark")):
        return None
    after = document.tokens[verb.i + 1 : min(verb.i + _NEAR, document.sentences[verb.sentence].last)]
    if not after or after[0].upos != "AUX":
        return None
    return next((t for t in after if t.upos in NOMINAL and after[0] in document.children(t, "cop", "aux")), None)


def _second(document: Document, verb: Token, words: Sayings) -> Token | None:
    """The other verb of a phrase of saying: "fa [sapere]"."""
    if phrase_at(document, verb, words) is None:
        return None
    after = document.tokens[verb.i + 1]
    return after if after.upos == "VERB" and after.head == verb.i else None


def _is_time(document: Document, token: Token) -> bool:
    """Whether a token names a time ("sera", "midnight"): nobody speaks there."""
    return is_dated(document, token) and token.upos != "PROPN"


def is_dated(document: Document, token: Token) -> bool:
    """Whether a token, be it a name or not, names a time ("on Monday")."""
    at = bisect_right(document.times, token.start, key=lambda t: t.start) - 1
    return at >= 0 and token.end <= document.times[at].end


def _shared_subject(document: Document, verb: Token, words: Sayings, depth: int) -> Token | None:
    head = document.head(verb)
    if head is None:
        return None
    relation = verb.deprel.split(":")[0]
    if verb.deprel == "acl:relcl" and (above := _clause_above(document, verb)) is not None:
        return subject(document, above, words, depth + 1)
    if relation == "acl":
        return _bearer(document, verb, head, words, depth) if verb.deprel == "acl" else head
    finite = verb.feats.get("VerbForm") == "Fin" and not any(c.deprel == "aux" for c in document.children(verb))
    if relation in ("xcomp", "csubj", "advcl") and head.i < verb.i and _is_cleft(document, head, verb):
        return head
    if relation in ("xcomp", "advcl") and _is_quoted_as(document, head, verb, words):
        return document.children(head, "obj", "iobj")[0]
    if relation == "xcomp":
        objects = document.children(head, "obj", "iobj")
        return objects[0] if objects and objects[0].i < verb.i else subject(document, head, words, depth + 1)
    if relation == "conj" or (relation in ("advcl", "parataxis", "dep") and not finite):
        if is_passive(document, head):
            passive = [c for c in document.children(head) if c.deprel.startswith("nsubj")]
            return passive[0] if passive and (relation != "conj" or passive[0].i < head.i) else None
        shared = subject(document, head, words, depth + 1)
        return None if shared is not None and _are_others(document, verb, shared, words) else shared
    return None


def _are_others(document: Document, verb: Token, shared: Token, words: Sayings) -> bool:
    """As in "I cronisti lo hanno circondato: «…», ha risposto": many, where the verb is of one who is not named."""
    one = words.pro_drop and is_of_one(document, verb)
    return one and shared.upos == "NOUN" and shared.feats.get("Number") == "Plur"


def is_of_one(document: Document, verb: Token) -> bool:
    """Whether the form of a verb is that of one who is spoken of: "ha risposto"."""
    forms = (t.feats for t in (verb, *document.children(verb, "aux")) if t.feats.get("VerbForm") == "Fin")
    return any(form.get("Number") == "Sing" and form.get("Person") == "3" for form in forms)


def _clause_above(document: Document, verb: Token) -> Token | None:
    """As in "ha chiamato il sindaco, al quale ha assicurato": whom the relative stands for is no subject, so it is that
    of the clause above.
    """
    relatives = [t for t in document.children(verb) if t.feats.get("PronType") == "Rel"]
    if not any(t.deprel in ("obl", "iobj") or document.children(t, "case") for t in relatives):
        return None
    above = document.head(verb)
    while above is not None and above.upos not in ("VERB", "AUX"):
        above = document.head(above)
    return above


def _is_quoted_as(document: Document, head: Token, verb: Token, words: Sayings) -> bool:
    """As in "the paper quoted the minister as saying that…": whoever is quoted says it."""
    quoted = lemma_of(head) in words.words.get("citing", ()) and bool(document.children(head, "obj", "iobj"))
    marked = any(c.lower in words.sources.get("as", ()) for c in document.children(verb, "mark", "case"))
    return quoted and marked and head.i < verb.i


def _is_cleft(document: Document, head: Token, verb: Token) -> bool:
    """As in "Era stato lui ad assicurare che…": somebody is said to be the one who says it."""
    somebody = head.upos in ("PRON", "PROPN") and bool(document.children(head, "cop"))
    return somebody and verb.feats.get("VerbForm") == "Inf"


def _bearer(document: Document, verb: Token, noun: Token, words: Sayings, depth: int) -> Token | None:
    """As in "a statement saying that": whoever makes the statement; "a man saying that": the man.

    "He stressed the need to say that": whoever speaks of the need.
    """
    name = lemma_of(noun)
    speaks_of = verb.feats.get("VerbForm") == "Inf" and noun.upos == "NOUN" and not _speaks(document, noun)
    if not speaks_of and name not in words.nouns and name not in words.medium.get("nouns", ()):
        return noun
    owner = owner_of(document, noun, words)
    if owner is not None:
        return owner
    above = next((t for t in document.ancestors(noun) if t.upos == "VERB"), None)
    found = subject(document, above, words, depth + 1) if above is not None and above is not noun else None
    return found if found is not None and found is not noun else noun


def _speaks(document: Document, noun: Token) -> bool:
    """Whether a noun is of somebody who can speak."""
    entity = entity_of(document, noun)
    return entity is not None and entity.kind not in ("other", "place", "weapon", "document")


def owner_of(document: Document, noun: Token, words: Sayings) -> Token | None:
    """Whose a noun is: "X's claim", "la tesi di X", "criticism by X"."""
    for child in document.children(noun, "nmod", "det", "obl"):
        if child.deprel in ("nmod:poss", "det:poss") and child.upos in NOMINAL:
            return child
        cases = {lemma_of(c) for c in document.children(child, "case")} | {
            c.lower for c in document.children(child, "case")
        }
        long = lemma_of(child) in words.words.get("lengths", ())  # "una nota di poche righe" is not by the lines
        of = cases & (words.words.get("of", frozenset()) | words.words.get("by", frozenset()))
        if child.upos in NOMINAL and of and not long:
            return child
    return None


def is_refused(document: Document, verb: Token, noun: Token) -> bool:
    """As in "rejected the proposal": what is turned down was put forward all the same, nobody says that it was not."""
    turning_down = listed(document.language, "words", "turning_down")
    return lemma_of(verb) in turning_down and lemma_of(noun) in listed(document.language, "words", "put_forward")


def agent(document: Document, verb: Token, words: Sayings) -> Token | None:
    """Who acts in a passive: "confermata da fonti", "denied by the ministry"."""
    second = _second(document, verb, words)
    below: list[Token] = [*document.children(verb, "obl", "nmod")]
    below += document.children(second, "obl") if second is not None else ()
    for child in below:
        cases = {lemma_of(c) for c in document.children(child, "case")}
        if child.deprel == "obl:agent" or cases & words.words.get("by", frozenset()):
            return child
    return None


def answered(document: Document, content: Sequence[Token], stance: Stance, words: Sayings) -> Stance:
    """How a source stands to its own words: "nega: «Sono innocente»" asserts what it says, unless that denies it."""
    denied = any(t.lower in words.words.get("denying", ()) for t in content)
    negated = denied or any(is_negated(document, t, words) for t in content if t.upos in PREDICATES)
    return "reports" if stance == "denies" and not negated else stance


def whence(document: Document, verb: Token, words: Sayings) -> Token | None:
    """Where words come from that nobody is said to say: "fanno sapere da Palazzo Chigi", "dal Colle trapela che…"."""
    forms = [verb, *document.children(verb, "aux")]
    many = any(t.feats.get("Number") == "Plur" and t.feats.get("Person") == "3" for t in forms)
    arrives = lemma_of(verb) in words.words.get("arrive", ())
    if not (words.pro_drop and (many or arrives)):
        return None
    beside = agent(document, verb, words)
    first = document.sentences[verb.sentence].first
    opening = document.tokens[first : verb.i]
    if beside is None and opening and lemma_of(opening[0]) in words.words.get("by", ()) and len(opening) <= _DEPTH:
        beside = next((t for t in opening if t.upos in NOMINAL and document.children(t, "case")), None)
    return beside


def is_impersonal(document: Document, verb: Token, words: Sayings) -> bool:
    """As in "si legge in una nota", "lo si apprende da fonti di governo": nobody is the subject."""
    marks = words.words.get("impersonal", ())
    return any(c.lower in marks and c.i < verb.i for c in document.children(verb, "expl"))


def read_in(document: Document, verb: Token, words: Sayings) -> Token | None:
    """As in "si legge in una nota del ministero": whose text it is that something is read in, else the text."""
    if not is_impersonal(document, verb, words):
        return None
    for child in document.children(verb, "obl"):
        paper = lemma_of(child) in words.sources.get("papers", ())
        if paper or (lemma_of(child) in words.medium.get("nouns", ()) and child.i > verb.i):
            return owner_of(document, child, words) or child
    return None


# --- spans -----------------------------------------------------------------------------------------------------------


def span_of(tokens: Iterable[Token]) -> tuple[int, int] | None:
    """From the first to the last of some tokens, without punctuation at the edges (quotation marks stay)."""
    ordered = sorted(tokens, key=lambda t: t.i)
    while ordered and (ordered[0].text in _EDGE):
        ordered.pop(0)
    while ordered and (ordered[-1].text in _EDGE):
        ordered.pop()
    return (ordered[0].start, ordered[-1].end) if ordered else None


def clause_span(document: Document, head: Token, *without: Token) -> tuple[int, int] | None:
    """The span of everything below a token; what lies below the tokens in ``without`` is cut off."""
    cut = {t.i for w in without for t in document.subtree(w)}
    kept = [t for t in document.subtree(head) if t.i not in cut]
    if not cut:
        return span_of(kept)
    # A cue in the middle stays inside; one at an edge leaves the rest.
    return span_of(kept)


def noun_phrase(document: Document, head: Token) -> tuple[int, int]:
    """A noun phrase without its case marker and without relative clauses."""
    skipped: set[int] = set()
    for child in document.children(head):
        if child.deprel in (
            "case",
            "mark",
            "cc",
            "punct",
            "acl:relcl",
            "parataxis",
            "cop",
            "advcl",
            "nsubj",
            "aux",
            "acl",
            "xcomp",
            "csubj",
        ) or (child.deprel == "conj" and child.upos == "VERB"):
            skipped |= {t.i for t in document.subtree(child)}
    kept = [t for t in document.subtree(head) if t.i not in skipped]
    return span_of(kept) or (head.start, head.end)


def opens(document: Document, token: Token, prepositions: set[str]) -> bool:
    """Whether a word of its own ("of", "as", "that") opens the phrase or clause of a token."""
    marks = {lemma_of(c) for c in document.children(token, "case", "mark", "advmod")}
    return bool(marks & prepositions)


def phrase_matches(document: Document, at: int, phrase: tuple[str, ...], last: int) -> bool:
    """Whether a phrase that names a source ("secondo", "according to") stands at a place."""
    if at + len(phrase) >= last:
        return False
    following = document.tokens[at : at + len(phrase)]
    # "secondo" is an ordinal too, so the first word must be no adjective.
    if following[0].upos in ("ADJ", "NUM", "DET") or (len(phrase) == 1 and following[0].deprel == "amod"):
        return False
    return all(word in (t.lower, lemma_of(t)) for word, t in zip(phrase, following, strict=True))
