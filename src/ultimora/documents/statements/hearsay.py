"""The conditional of hearsay ("avrebbe chiesto", "sarebbero morti"): a report whose source is not named."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import clause_span, lemma_of
from ultimora.types import Document, Token


def hearsay_drafts(document: Document, words: Sayings) -> Iterator[Draft]:
    """Main clauses in the conditional of hearsay."""
    if not words.hearsay_mood:
        return
    for token in document.tokens:
        if token.feats.get("Mood") == words.hearsay_mood and token.upos in ("AUX", "VERB"):
            predicate = _predicate(document, token, words)
            span = clause_span(document, predicate) if predicate is not None else None
            if span is not None:
                yield Draft(span, token, (token.start, token.end), None, None, "reports")


def _predicate(document: Document, token: Token, words: Sayings) -> Token | None:
    """The predicate that the conditional auxiliary belongs to, where it reports hearsay."""
    if lemma_of(token) not in words.words.get("hearsay_auxiliaries", ()) or not token.deprel.startswith(("aux", "cop")):
        return None
    predicate = document.tokens[token.head]
    auxiliaries = {lemma_of(c) for c in document.children(predicate, "aux")}
    if auxiliaries & words.words.get("modals", frozenset()) or lemma_of(predicate) in words.words.get("modals", ()):
        return None
    past = token.deprel.startswith("aux")
    main = predicate.deprel.split(":")[0] in ("root", "conj", "parataxis", "acl", "ccomp")
    if not main or (not past and predicate.deprel != "root"):
        return None
    return None if _conditional(document, predicate, words) else predicate


def _conditional(document: Document, predicate: Token, words: Sayings) -> bool:
    """Whether the sentence has an "if": then the mood is that of a condition."""
    sentence = document.sentences[predicate.sentence]
    near = document.sentence_tokens(sentence)
    return any(t.lower in words.words.get("hearsay_not_if", ()) and t.upos == "SCONJ" for t in near)
