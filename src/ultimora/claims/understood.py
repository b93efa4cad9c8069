"""The subject that a sentence leaves out, where the language drops it."""

from __future__ import annotations

from ultimora.claims.bystanders import AGENTS
from ultimora.claims.syntax import finite, is_predicate, is_relative, words
from ultimora.documents.entities import entity_of
from ultimora.types import Document, Token


def understood(document: Document, verb: Token) -> str | None:
    """The subject of a finite verb that has none, where the language drops it: that of the last main clause."""
    if not words(document.language, "words", "drops_subject") or finite(document, verb) is None:
        return None
    if verb.deprel not in {"root", "conj", "ccomp", "advcl", "parataxis", "acl:relcl"}:
        return None
    number = _number(document, verb)
    sentence = verb.sentence
    for earlier in (sentence, sentence - 1):
        if earlier < 0 or document.sentences[earlier].part != document.sentences[sentence].part:
            continue
        found = _main_subject(document, earlier, verb, number)
        if found is not None:
            return found
        if earlier == sentence and (awaited := _awaited(document, verb, number)) is not None:
            return awaited
    return None


def _awaited(document: Document, verb: Token, number: str) -> str | None:
    """As in "Di ritorno da Hanoi, dove aveva avuto colloqui, il ministro è partito": the main subject still to come."""
    main = next((t for t in document.ancestors(verb) if t.deprel == "root" and is_predicate(document, t)), None)
    subjects = document.children(main, "nsubj") if main is not None and main.i > verb.i else []
    if main is None or len(subjects) != 1 or not verb.i < subjects[0].i < main.i:
        return None
    entity = entity_of(document, subjects[0])
    fits = subjects[0].feats.get("Number", number) == number and entity is not None and entity.kind in AGENTS
    return entity.id if fits and entity is not None else None


def _number(document: Document, verb: Token) -> str:
    word = finite(document, verb) or verb
    return word.feats.get("Number", "")


def _main_subject(document: Document, sentence: int, verb: Token, number: str) -> str | None:
    tokens = document.sentence_tokens(sentence)
    for token in reversed(tokens) if sentence == verb.sentence else tokens:
        above = document.head(token)
        if token.i >= verb.i or token.deprel.split(":")[0] != "nsubj" or above is None or is_relative(document, token):
            continue
        main = above.deprel in {"root", "conj", "parataxis"} and is_predicate(document, above)
        if main and above.i != verb.i and token.feats.get("Number", number) == number:
            entity = entity_of(document, token)
            return entity.id if entity is not None and entity.kind in AGENTS else None
    return None
