"""What comes out of somewhere: "it emerged from court papers that…", "dai verbali emerge che…"."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.statements.clauses import cue_span
from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.spoken import clause
from ultimora.documents.statements.syntax import NOMINAL, clause_span, is_dated, is_negated, lemma_of, noun_phrase
from ultimora.types import Document, Token


def emerging_drafts(document: Document, words: Sayings) -> Iterator[Draft]:
    """Statements whose source is what something comes out of; none where the text names nothing."""
    for verb in document.tokens:
        if verb.upos != "VERB" or lemma_of(verb) not in words.words.get("emerging", ()):
            continue
        source = None if is_negated(document, verb, words) else _origin(document, verb, words)
        content = _content(document, verb, source, words) if source is not None else None
        if source is not None and content is not None and not content[0] <= verb.start < content[1]:
            where = noun_phrase(document, source)
            yield Draft(content, verb, cue_span(document, verb), source, where, "reports", frame="clause")


def _origin(document: Document, verb: Token, words: Sayings) -> Token | None:
    """What a phrase with "from" beside the verb, or at the head of its sentence, names: no time and no place."""
    opening = document.tokens[document.sentences[verb.sentence].first]
    led = [t for t in document.tokens[opening.i : verb.i] if t.upos in NOMINAL and opening.head == t.i]
    for token in (*document.children(verb, "obl", "nmod"), *led):
        cases = {form for c in document.children(token, "case") for form in (lemma_of(c), c.lower)}
        place = token.ner.endswith("LOC") or token.upos in ("PRON", "NUM")
        if cases & words.words.get("from", frozenset()) and not is_dated(document, token) and not place:
            return token
    return None


def _content(document: Document, verb: Token, source: Token, words: Sayings) -> tuple[int, int] | None:
    """The clause with "that", be it hung from the verb or from what it comes out of."""
    said = clause(document, verb, words)
    if said is not None:
        return said
    for below in (*document.children(source, "acl", "ccomp"), *document.children(verb, "advcl", "xcomp")):
        marks = [c for c in document.children(below, "mark") if c.lower in words.words.get("that", ())]
        if marks and below.i > verb.i:
            return clause_span(document, below)
    return None
