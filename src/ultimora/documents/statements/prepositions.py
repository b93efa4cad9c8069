"""Sources named by a preposition: "secondo X", "according to X", "stando a quanto riferisce X", "per X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ultimora.documents.statements.clauses import cue_span
from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.nominal import maker
from ultimora.documents.statements.several import together
from ultimora.documents.statements.syntax import (
    NOMINAL,
    agent,
    clause_span,
    lemma_of,
    noun_phrase,
    owner_of,
    phrase_matches,
    read_in,
    span_of,
    subject,
    verb_of,
)
from ultimora.documents.statements.voicing import is_voice
from ultimora.types import Document, Sentence, Stance, Token

ALSO = "also"
"""The frame of what a second source says, too."""
_REPORTS: Stance = "reports"
_REACH = 12
_VERB = 9
_CLAUSE = 25
_ASIDE = 7
_MARKS = ("«", "“", '"', "‘")


def preposition_drafts(document: Document, words: Sayings) -> Iterator[Draft]:
    """Statements whose source a preposition names."""
    starts = {phrase[0] for phrase in (*words.strong, *words.weak)}
    for sentence in document.sentences:
        at = sentence.first
        while at < sentence.last:
            token = document.tokens[at]
            size = _phrase(document, token, sentence, words) if starts & {token.lower, lemma_of(token)} else 0
            draft = _draft(document, sentence, at, size, words) if size else None
            if draft is not None:
                yield from (draft, *_seconded(document, draft, sentence, words))
            at += max(size, 1)
        yield from _as_said(document, sentence, words)


def _seconded(document: Document, draft: Draft, sentence: Sentence, words: Sayings) -> Iterator[Draft]:
    """The same words of whom a second participle names: "… e confermato da Y"."""
    if draft.source_span is None:
        return
    after = next((t.i for t in document.sentence_tokens(sentence) if t.start >= draft.source_span[1]), sentence.last)
    said = _also(document, sentence, after)
    entry = verb_of(document, said, words) if said is not None else None
    by = agent(document, said, words) if said is not None else None
    if said is not None and entry is not None and by is not None:
        where, stance = noun_phrase(document, by), entry[1].stance
        yield Draft(draft.content, said, cue_span(document, said), by, where, stance, frame=ALSO)


def _as_said(document: Document, sentence: Sentence, words: Sayings) -> Iterator[Draft]:
    """As in "…, come ha annunciato X", "as X said, …": a clause that says who says the rest of its sentence."""
    for mark in document.sentence_tokens(sentence):
        if mark.lower not in words.sources.get("as", ()) or mark.i + 2 >= sentence.last:
            continue
        opening = mark.i == sentence.first or document.tokens[mark.i - 1].text in (",", "(", "–", "—")
        verb = _verb_after(document, mark)
        entry = verb_of(document, verb, words) if verb is not None and opening else None
        if verb is None or entry is None or "clause" not in entry[1].frames or _says_more(document, verb):
            continue
        source = read_in(document, verb, words) or agent(document, verb, words) or subject(document, verb, words)
        if source is None or source.i < mark.i:
            continue
        last = max(_phrase_end(document, sentence, mark.i, source), verb.i + 1)
        whole = document.subtree(verb)
        if whole[0].i >= mark.i - 1 and whole[-1].i < min(sentence.last, mark.i + _CLAUSE):
            last = max(last, whole[-1].i + 1)
        above = document.head(verb)
        within = above is not None and sentence.first <= above.i < mark.i and above.upos == "VERB"
        content = clause_span(document, above, verb) if within and above is not None else None
        rest = [t for t in document.tokens[last : sentence.last] if t.text != ","]
        if rest and rest[0].text[:1] in _MARKS:  # "…, as X put it, “the operator”"
            content = span_of(rest)
        content = content or _content(document, sentence, mark.i, last, words)
        if content is not None:
            yield Draft(content, verb, cue_span(document, verb), source, noun_phrase(document, source), entry[1].stance)


def _verb_after(document: Document, mark: Token) -> Token | None:
    """The verb of "as the agency X reports", in the stretch without a comma."""
    for token in document.tokens[mark.i + 1 : mark.i + _VERB]:
        if token.upos in ("VERB", "PUNCT"):
            return token if token.upos == "VERB" else None
    return None


def _says_more(document: Document, verb: Token) -> bool:
    """Whether the verb has something else to say ("come ha spiegato il piano", "how he explained that…")."""
    objects = [c for c in document.children(verb, "ccomp", "xcomp", "obj") if c.upos not in ("PRON", "PROPN")]
    return any(c.i > verb.i for c in objects) and bool(document.children(verb, "nsubj"))


def _phrase(document: Document, token: Token, sentence: Sentence, words: Sayings) -> int:
    before = document.tokens[token.i - 1] if token.i > sentence.first else None
    ranked = before is not None and (before.upos == "DET" or "Definite" in before.feats)  # "il secondo ha negato"
    own = (token.lower, lemma_of(token))
    for phrase in words.strong:
        if phrase[0] not in own or (ranked and len(phrase) == 1):
            continue
        if phrase_matches(document, token.i, phrase, sentence.last):
            return len(phrase)
    for phrase in words.weak:
        opens = _opens_clause(document, token, sentence) or _set_off(document, token, sentence, words)
        if opens and phrase_matches(document, token.i, phrase, sentence.last):
            return len(phrase)
    return 0


def _opens_clause(document: Document, token: Token, sentence: Sentence) -> bool:
    before = document.tokens[token.i - 1]
    return (
        token.i == sentence.first or before.text in (";", ":") or (before.i == sentence.first and before.deprel == "cc")
    )


def _set_off(document: Document, token: Token, sentence: Sentence, words: Sayings) -> bool:
    """As in "il movente, per l'accusa, è il denaro": between commas, and one of those who tell what happened."""
    after = document.tokens[token.i + 1 : min(token.i + _ASIDE, sentence.last)]
    comma = next((t.i for t in after if t.text == ","), None)
    if document.tokens[token.i - 1].text != "," or comma is None:
        return False
    named = [t for t in after if t.i < comma and t.upos in NOMINAL]
    return bool(named) and bool({named[0].lower, lemma_of(named[0])} & words.sources.get("asides", frozenset()))


def _draft(document: Document, sentence: Sentence, at: int, size: int, words: Sayings) -> Draft | None:
    weak = any(phrase_matches(document, at, p, sentence.last) for p in words.weak) and size == 1
    own = (t for t in document.tokens[at : at + size] if t.deprel in ("det:poss", "nmod:poss"))
    head = next(own, None) or _source(document, sentence, at, size, words)
    if head is None or (
        lemma_of(head) in words.sources.get("not_sources", ()) and not _is_person(document, head, size, words)
    ):
        return None
    aside = weak and _set_off(document, document.tokens[at], sentence, words)
    if weak and not aside and not is_voice(document, head, words):
        return None
    first, last = at, _phrase_end(document, sentence, at, head)
    content, stance = _content(document, sentence, first, last, words), _REPORTS
    if head.lower in words.words.get("relatives", ()) and head.i + 1 < sentence.last:  # "…, secondo cui il vertice…"
        content = span_of(document.tokens[head.i + 1 : _before_colon(document, head.i, sentence)])
        told = _told_by(document, head, words)
        if told is not None:
            stance, head = words.nouns[lemma_of(told)], owner_of(document, told, words) or maker(document, told, words)
    if content is None or head is None:
        return None
    cue = document.tokens[at]
    span = (cue.start, document.tokens[at + size - 1].end)
    where = (head.start, head.end) if at <= head.i < at + size else noun_phrase(document, head)
    return Draft(content, cue, span, head, where, stance)


def _told_by(document: Document, relative: Token, words: Sayings) -> Token | None:
    """The noun of saying that a relative stands for: "l'accusa di X secondo cui…" is X's, and only its word."""
    at: Token | None = document.head(relative)
    for _ in range(3):
        at = document.head(at) if at is not None else None
        if at is None or at.i > relative.i or at.upos not in NOMINAL:
            return None
        if lemma_of(at) in words.nouns:
            return at
    return None


def _is_person(document: Document, head: Token, size: int, words: Sayings) -> bool:
    """As in "according to a person at the bank", which is not "per person"."""
    told = bool(document.children(head, "nmod", "acl", "acl:relcl", "amod"))
    return size > 1 and told and lemma_of(head) in words.sources.get("people", ())


def _before_colon(document: Document, first: int, sentence: Sentence) -> int:
    """Where a clause ends that a colon and a quotation follow: "…, secondo cui la diga cederebbe: «È falso»"."""
    for i in range(first, sentence.last - 1):
        if document.tokens[i].text == ":" and document.tokens[i + 1].text[:1] in _MARKS:
            return i
    return sentence.last


def _source(document: Document, sentence: Sentence, at: int, size: int, words: Sayings) -> Token | None:
    """The head of the noun phrase after the preposition; after "quanto riferisce" its subject or agent."""
    rest = document.tokens[at + size : min(sentence.last, at + size + _REACH)]
    comma = next((t.i for t in rest if t.text == ","), sentence.last)
    if not rest:
        return None
    before = document.tokens[at + size - 1]
    if before.upos == "VERB" and before.feats.get("VerbForm") == "Inf":  # "a sentire l'architetto"
        return next((c for c in document.children(before, "obj") if c.i > before.i), None) or _first_named(rest)
    quanto = words.sources.get("quanto", ())
    clause = bool({rest[0].lower, before.lower} & set(quanto)) or before.upos == "VERB"
    if clause:
        verbs = [before] if before.upos == "VERB" else [t for t in rest if t.upos == "VERB"]
        found = (agent(document, verbs[0], words) or subject(document, verbs[0], words)) if verbs else None
        if found is not None and found.i >= at and found.lower not in words.sources.get("quanto", ()):
            return found
        if verbs and _is_impersonal(document, verbs[0], words):
            return None  # "secondo quanto si apprende, il ministro …"
        if verbs:
            rest = [t for t in rest if t.i > verbs[0].i] or rest
    marked = document.tokens[document.tokens[at].head]
    relative = marked.lower in words.sources.get("quanto", ())
    if at + size <= marked.i < min(at + size + _REACH, comma) and marked.upos in NOMINAL and not relative:
        return marked
    for token in rest:
        named = token.upos in NOMINAL or (token.upos == "ADJ" and token.deprel in ("nmod", "obl"))  # "più diplomatici"
        if named and token.lower not in words.sources.get("quanto", ()):
            return _top(document, token)
    return None


def _is_impersonal(document: Document, verb: Token, words: Sayings) -> bool:
    """As in "a quanto si apprende": nobody says it."""
    marks = words.words.get("impersonal", ())
    if lemma_of(verb) in words.words.get("arrive", ()) and not document.children(verb, "nsubj"):
        return True
    return any(c.lower in marks and c.i < verb.i for c in document.children(verb, "expl"))


def _first_named(rest: Sequence[Token]) -> Token | None:
    return next((t for t in rest if t.upos in NOMINAL), None)


def _top(document: Document, token: Token) -> Token:
    """The head of the noun phrase that a word after the preposition belongs to."""
    for _ in range(4):
        head = document.tokens[token.head]
        if (
            head.i <= token.i
            or head.upos not in NOMINAL
            or token.deprel.split(":")[0] not in ("compound", "flat", "nmod", "amod", "nummod")
        ):
            break
        token = head
    return token


def _phrase_end(document: Document, sentence: Sentence, at: int, head: Token) -> int:
    """The index after the last token of the whole prepositional phrase."""
    end = max(noun_phrase(document, head)[1], head.end)
    if head.deprel in ("det:poss", "nmod:poss") and not document.children(head, "case"):  # "a suo dire"
        end = max(end, document.tokens[head.head].end)
    for child in document.children(head, "acl", "appos"):
        below = document.subtree(child)
        if below[-1].i < sentence.last:
            end = max(end, below[-1].end)
    end = max([end, *(t.end for t in together(document, head))])
    last = at
    while last < sentence.last and document.tokens[last].start < end:
        last += 1
    also = _also(document, sentence, last)
    if also is not None:
        last = document.subtree(also)[-1].i + 1
    return _past_relative(document, sentence, last, head)


def _also(document: Document, sentence: Sentence, at: int) -> Token | None:
    """As in "secondo quanto riferito da X e confermato da Y, …": a second participle of saying."""
    if at + 1 >= sentence.last or document.tokens[at].upos != "CCONJ":
        return None
    said = document.tokens[at + 1]
    by = said.upos == "VERB" and said.feats.get("VerbForm") == "Part" and document.children(said, "obl:agent")
    return said if by else None


def _past_relative(document: Document, sentence: Sentence, last: int, head: Token) -> int:
    """As in "stando a Bloomberg, che cita due persone, …": a relative clause between commas belongs to the source."""
    if last + 1 >= sentence.last or document.tokens[last].text != ",":
        return last
    pronoun = document.tokens[last + 1]
    verb = document.head(pronoun)
    if pronoun.feats.get("PronType") != "Rel" or verb is None or not verb.deprel.startswith("acl"):
        return last
    end = document.subtree(verb)[-1].i + 1
    closed = end < sentence.last and (document.tokens[end].text == "," or document.tokens[end - 1].text == ",")
    return end if closed and document.tokens[verb.head].i <= head.i + 1 else last


def _content(document: Document, sentence: Sentence, first: int, last: int, words: Sayings) -> tuple[int, int] | None:
    """The clause that the phrase stands in: what follows it at the head of a sentence, else what it closes or cuts."""
    tokens = document.tokens
    stop = next((i + 1 for i in range(first - 1, sentence.first, -1) if tokens[i].text in (";", ":")), sentence.first)
    before = tokens[stop:first]
    ends = next((i for i in range(last, sentence.last) if tokens[i].text == ";"), sentence.last)
    after = tokens[last:ends]
    words_before = [t for t in before if t.upos not in ("PUNCT", "CCONJ", "ADV")]
    words_after = [t for t in after if t.upos != "PUNCT"]
    joined = bool(before) and before[-1].upos == "SCONJ" and bool(after) and after[0].text == ","
    if not words_before or joined:  # "…, mentre secondo X, …"
        return span_of(_without_adverb(after))
    begin = _clause_start(document, sentence, first, words)
    if not words_after or _new_clause(after):
        return span_of(tokens[begin:first])
    return span_of(tokens[begin:ends])


def _without_adverb(after: Sequence[Token]) -> Sequence[Token]:
    """As in "per X, invece, la legge è giusta": what joins the sentence to the one before is no part of the content."""
    told = [t for t in after if t.text != ","]
    if len(told) > 1 and told[0].upos == "ADV" and any(t.i == told[0].i + 1 and t.text == "," for t in after):
        return [t for t in after if t.i > told[0].i]
    return after


def _new_clause(after: list[Token] | object) -> bool:
    """Whether what follows the phrase is another clause ("…, according to X, and …; while …")."""
    following: list[Token] = [t for t in after if isinstance(t, Token)] if isinstance(after, (list, tuple)) else []
    words = [t for t in following if t.text != ","]
    return bool(words) and words[0].upos in ("CCONJ", "SCONJ")


def _clause_start(document: Document, sentence: Sentence, first: int, words: Sayings) -> int:
    """Where the clause before the phrase begins: after a semicolon, or a conjunction with its own subject, or after the
    "that" right before it ("the agency reports that, according to X, …").
    """
    before = document.tokens[first - 2]
    if document.tokens[first - 1].text == "," and before.deprel == "mark" and before.lower in words.words["that"]:
        return first
    for i in range(first - 1, sentence.first, -1):
        token = document.tokens[i]
        if token.text in (";", "—", "–"):
            return i + 1
        if _has_spoken(document, token, first, words):
            return next(t.i for t in document.tokens[i:first] if t.text == ",")
        if token.deprel == "cc" and document.tokens[i - 1].text == ",":
            head = document.tokens[token.head]
            if head.deprel == "conj" and any(c.deprel.startswith("nsubj") for c in document.children(head)):
                return i + 1
    return sentence.first


def _has_spoken(document: Document, verb: Token, end: int, words: Sayings) -> bool:
    """As in "Talks resumed, officials said, | hours after a strike, according to medics": others had said the first."""
    comma = next((t.i for t in document.tokens[verb.i + 1 : min(end, verb.i + _VERB)] if t.text == ","), end)
    if verb.upos != "VERB" or comma == end or verb_of(document, verb, words) is None:
        return False
    said = any(t.i < verb.i for t in document.children(verb, "ccomp", "parataxis"))
    return said and any(t.deprel == "nsubj" and t.head > comma for t in document.tokens[comma:end])
