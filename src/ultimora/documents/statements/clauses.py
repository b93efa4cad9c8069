"""Indirect and mixed speech by syntax: words of saying, thinking and wanting with what they govern."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.statements.contents import Content, content_of, passive_content
from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.inset import inset
from ultimora.documents.statements.lexicon import Sayings, Verb
from ultimora.documents.statements.nominal import adjective_drafts, noun_drafts
from ultimora.documents.statements.syntax import (
    agent,
    answered,
    is_dated,
    is_negated,
    is_passive,
    is_refused,
    is_silent,
    lemma_of,
    noun_phrase,
    phrase_at,
    phrase_matches,
    read_in,
    span_of,
    subject,
    verb_of,
    whence,
)
from ultimora.types import Document, Stance, Token

_VOUCHING = ("confirms", "denies")
_NEAR = 8
_FEW = 3
_LONG = 12


def clause_drafts(document: Document, words: Sayings) -> Iterator[Draft]:
    """The statements that syntax shows, in text order of their cues."""
    for token in document.tokens:
        entry = verb_of(document, token, words)
        before = phrase_at(document, document.tokens[token.i - 1], words) if token.i else None
        if before is not None or f"{lemma_of(document.tokens[token.head])} {lemma_of(token)}" in words.phrases:
            continue  # "far sapere" has its cue in the first verb
        if entry is not None and not is_silent(document, token, words):
            yield from _verb_draft(document, token, entry[1], words)
        elif token.upos == "ADJ" and lemma_of(token) in words.adjectives:
            yield from adjective_drafts(document, token, words)
        elif token.upos == "NOUN" and lemma_of(token) in words.nouns:
            yield from noun_drafts(document, token, words)


# --- verbs -----------------------------------------------------------------------------------------------------------


def _verb_draft(document: Document, verb: Token, entry: Verb, words: Sayings) -> Iterator[Draft]:
    thrown_in = _parenthesis(document, verb, entry, words) or _inset(document, verb, entry)
    if thrown_in is not None:
        yield thrown_in
        return
    if _is_no_cue(document, verb, words):
        return
    passive = is_passive(document, verb)
    found = passive_content(document, verb, entry, words) if passive else content_of(document, verb, entry, words)
    if found is None:
        return
    content, frame = found
    if frame == "infinitive" and _says_nothing(document, content, words):
        return
    if frame == "parataxis" and is_negated(document, verb, words):
        return
    source = _passive_source(document, verb, words) if passive else subject(document, verb, words)
    if frame == "parataxis" and not passive and (source is None or source.end <= content[1] <= verb.start):
        source = _late_subject(document, verb, words)
        if source is None and (early := _early_subject(document, verb)) is not None:
            source, content = early[0], (content[0], early[1])
    source = read_in(document, verb, words) or source  # "nelle carte della procura si legge che…"
    if source is not None and _is_no_source(document, verb, entry, source, content, frame, words):
        source = None
    if (source is None and not passive) or lemma_of(verb) in words.words.get("arrive", ()):
        source = whence(document, verb, words)
    stance = _stance(document, verb, entry, (content, frame), words)
    yield Draft(
        content=content,
        cue=verb,
        cue_span=cue_span(document, verb),
        source=source,
        source_span=noun_phrase(document, source) if source is not None else None,
        stance=stance,
        dropped=source is None and not passive and _finite(document, verb),
        weak=frame in entry.weak,
        frame=frame,
        passive=passive,
    )


def _stance(document: Document, verb: Token, entry: Verb, found: Content, words: Sayings) -> Stance:
    """How a source stands to what it says."""
    content, frame = found
    stance = entry.stances.get(frame, entry.stance)
    if stance in _VOUCHING and is_negated(document, verb, words):
        stance = "assesses"  # "non ha escluso nuovi dazi" denies nothing
    said = document.tokens_between(*content)
    refusing = stance == "denies" and frame == "object"
    if refusing and any(is_refused(document, verb, t) for t in said if t.head == verb.i):
        return "assesses"
    if frame == "as" and any(_calls_false(t, words) for t in document.children(verb, "xcomp", "obl", "obj")):
        return "denies"
    if stance == "denies" and lemma_of(verb) in words.words.get("laying", ()):
        stance = "alleges" if any(t.feats.get("VerbForm") == "Inf" for t in said[:_FEW]) else stance
    if said and said[0].i > verb.i and document.tokens[said[0].i - 1].text == ":":
        stance = answered(document, said, stance, words)
    return stance


def _calls_false(token: Token, words: Sayings) -> bool:
    """As in "called it a lie that…", "branded the report false"."""
    return bool({lemma_of(token), token.lower} & words.words.get("false", frozenset()))


def _is_no_cue(document: Document, verb: Token, words: Sayings) -> bool:
    """As in "X reported, citing Y": one statement, with two in its chain; "senza riconoscere alcuna colpa"."""
    if lemma_of(verb) in words.words.get("citing", ()) and verb.deprel != "root" and not _finite(document, verb):
        return True
    return any(c.lower in words.words.get("negations", ()) for c in document.children(verb, "mark"))


def _passive_source(document: Document, verb: Token, words: Sayings) -> Token | None:
    """Who acts in a passive; but "Fidan was quoted as saying by Anadolu"."""
    quoted = document.children(verb, "nsubj:pass") if lemma_of(verb) in words.words.get("citing", ()) else ()
    return quoted[-1] if quoted else agent(document, verb, words)


def _is_no_source(
    document: Document, verb: Token, entry: Verb, source: Token, content: tuple[int, int], frame: str, words: Sayings
) -> bool:
    """Whether a subject is part of what is said, or the one who is charged."""
    within = content[0] <= source.start < content[1] and frame != "parataxis"
    return within or ("as" in entry.frames and _is_charged(document, verb, source, words))


def _is_charged(document: Document, verb: Token, source: Token, words: Sayings) -> bool:
    """As in "in una lettera in cui accusava la Banca di mentire": an object that the parse took for the subject."""
    marked = lemma_of(verb) in words.words.get("charging", ()) and bool(document.children(source, "det"))
    said = any(not _finite(document, c) for c in document.children(verb, "xcomp", "ccomp", "advcl"))
    return marked and said and source.i > verb.i and not document.children(verb, "obj", "nsubj:pass")


def _says_nothing(document: Document, content: tuple[int, int], words: Sayings) -> bool:
    """A content that only names the act of speech ("declined to comment")."""
    inner = [t for t in document.tokens_between(*content) if t.upos not in ("ADP", "PART", "SCONJ", "PUNCT")]
    return len(inner) == 1 and lemma_of(inner[0]) in words.words.get("comment", ())


def _parenthesis(document: Document, verb: Token, entry: Verb, words: Sayings) -> Draft | None:
    """As in "Mosca, riferiscono i media, ha perso due aerei": verb and subject between commas, whatever the parse."""
    sentence, tokens = document.sentences[verb.sentence], document.tokens
    first = min((c.i for c in document.children(verb, "aux") if c.i < verb.i), default=verb.i)
    if "quote" not in entry.frames or first - 1 <= sentence.first or tokens[first - 1].text != ",":
        return None
    citing = words.words.get("citing", frozenset())
    near = tokens[verb.i + 1 : min(verb.i + _NEAR, sentence.last)]
    cites = next((t.i for t in near if lemma_of(t) in citing and t.feats.get("VerbForm") == "Ger"), sentence.last)
    far = _LONG if cites < sentence.last else _NEAR  # "…, scrive X citando un investigatore di Bari, …"
    end = next((i for i in range(verb.i + 1, min(verb.i + far, sentence.last)) if tokens[i].text == ","), None)
    if end is None or end + 2 >= sentence.last:
        return None
    between = tokens[verb.i + (2 if phrase_at(document, verb, words) else 1) : min(end, cites)]  # "fa [sapere] Rfi"
    arrives = lemma_of(verb) in words.words.get("arrive", ())
    if arrives and between and between[0].upos == "ADP":  # "…, trapela dal Quirinale, …"
        between = between[1:]
    between = [t for t in between if not is_dated(document, t)]  # "…, ha aggiunto ieri sera, …"
    source = next((t for t in between if t.upos in ("NOUN", "PROPN")), None)
    dropped = words.pro_drop and not between and verb.feats.get("VerbForm") in ("Fin", "Part")
    odd = any(t.upos in ("VERB", "SCONJ", "ADP", "CCONJ") for t in between[:1]) or any(
        t.upos == "VERB" for t in between
    )
    finite = arrives or any(t.feats.get("VerbForm") == "Fin" for t in tokens[first : verb.i + 1])
    begin = next((i + 1 for i in range(first - 2, sentence.first, -1) if tokens[i].text in (";", ":")), sentence.first)
    content = span_of(tokens[begin : sentence.last])
    if (source is None and not dropped) or odd or not finite or content is None:
        return None
    told = any(_is_finite(t) for t in tokens[begin : first - 1])
    if source is not None and told and _tells_who(document, source, tokens[end + 1], words):
        return None  # "Five men died, said Ivo Lenz, a spokesman for the ministry": what follows tells who speaks
    outside = [*tokens[begin : first - 1], *tokens[end + 1 : sentence.last]]
    if any(c.i < first for c in document.children(verb, "nsubj")) and not any(_is_finite(t) for t in outside):
        return None  # "The spokesman, Ivo Lenz, confirmed the call, giving no details": nothing else is said
    if _goes_by(document, end + 1, sentence.last, words):
        content = span_of(tokens[begin:first]) or content  # "…, ha riferito X, citando Y"
    where = span_of(between) if source is not None else None
    draft = Draft(content, verb, cue_span(document, verb), source, where, entry.stance, frame="parataxis")
    draft.dropped = source is None
    return draft


def _inset(document: Document, verb: Token, entry: Verb) -> Draft | None:
    """As in "The ministry, she claimed, had shredded the files"."""
    found = inset(document, verb) if "clause" in entry.frames else None
    if found is None:
        return None
    content, who = found
    where = noun_phrase(document, who)
    return Draft(content, verb, cue_span(document, verb), who, where, entry.stance, frame="parataxis")


def _tells_who(document: Document, source: Token, after: Token, words: Sayings) -> bool:
    """Whether what begins behind the comma tells who a source is: the parse hangs it from any word of the name."""
    named = [source, *document.children(source, "flat")]
    told = [c for t in named for c in document.children(t, "appos", "acl:relcl")]
    relative = after.lower in words.words.get("relatives", ())
    return relative or any(after.i <= document.subtree(t)[-1].i for t in told)


def _goes_by(document: Document, at: int, last: int, words: Sayings) -> bool:
    """Whether a place begins with whom the speaker cites, or with who passes on what is said ("secondo la Bbc")."""
    if lemma_of(document.tokens[at]) in words.words.get("citing", ()):
        return True
    return any(phrase_matches(document, at, phrase, last) for phrase in words.strong)


def _late_subject(document: Document, verb: Token, words: Sayings) -> Token | None:
    """As in "…, riferiscono fonti mediche": a subject after its verb that the parse took for an object."""
    found = next((c for c in document.children(verb, "obj") if c.i > verb.i and c.upos in ("NOUN", "PROPN")), None)
    if found is not None:
        return found
    first = verb.i + 2 if phrase_at(document, verb, words) else verb.i + 1  # "fa sapere il ministero"
    for token in document.tokens[first : first + 4]:
        if token.upos in ("ADP", "PUNCT", "VERB", "SCONJ"):
            return None
        if token.upos in ("NOUN", "PROPN") and not is_dated(document, token):
            return token
    return None


def _early_subject(document: Document, verb: Token) -> tuple[Token, int] | None:
    """As in "…, three people familiar with the talks said on Monday": who stands between the last comma and the cue.

    With where the words before the comma end.
    """
    sentence = document.sentences[verb.sentence]
    comma = next((i for i in range(verb.i - 1, sentence.first, -1) if document.tokens[i].text == ","), None)
    if comma is None or verb.i - comma > _LONG or any(t.text == "," for t in document.tokens[verb.i : sentence.last]):
        return None
    between = document.tokens[comma + 1 : verb.i]
    if any(t.upos in ("SCONJ", "AUX") or t.feats.get("VerbForm") == "Fin" for t in between):
        return None
    outer = [t for t in between if t.upos in ("NOUN", "PROPN") and not comma < t.head < verb.i]
    return (outer[0], document.tokens[comma - 1].end) if outer else None


def cue_span(document: Document, verb: Token) -> tuple[int, int]:
    """The verb with its auxiliaries, negation and particles."""
    parts = [verb, *document.children(verb, "aux", "compound:prt")]
    parts += [c for c in document.children(verb, "expl") if c.i < verb.i]
    near = [t for t in parts if abs(t.i - verb.i) <= 4 and t.sentence == verb.sentence]
    return min(t.start for t in near), max(t.end for t in near)


def _is_finite(token: Token) -> bool:
    return token.feats.get("VerbForm") == "Fin"


def _finite(document: Document, verb: Token) -> bool:
    forms = [verb, *document.children(verb, "aux")]
    return any(t.feats.get("VerbForm") == "Fin" for t in forms) and verb.deprel not in ("xcomp", "acl")
