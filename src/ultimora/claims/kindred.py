"""Whether two words speak of events of one kind: "the meeting" and "met", "attacco" and "attaccato"."""

from __future__ import annotations

from functools import cache

from ultimora import languages
from ultimora.documents.statements.syntax import lemma_of
from ultimora.types import Document, Token


def same_event(document: Document, noun: Token, told: Token) -> bool:
    """Whether a noun and a word before it speak of events of one kind: "the meeting" and "met"."""
    mine, theirs = lemma_of(noun), lemma_of(told)
    groups = _groups(document.language)
    return mine == theirs or bool(groups.get(mine, frozenset()) & groups.get(theirs, frozenset())) or akin(noun, told)


def kinds_of(language: str, token: Token) -> frozenset[str]:
    """The kinds of events that a word may speak of: "met" and "the meeting" share one."""
    return _groups(language).get(lemma_of(token), frozenset())


@cache
def _groups(language: str) -> dict[str, frozenset[str]]:
    """The kinds of events that a word may speak of (``lexicon/echoes.toml``)."""
    found: dict[str, set[str]] = {}
    for kind, entries in languages.load(language).table("lexicon/echoes").items():
        for word in entries:
            found.setdefault(str(word), set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def akin(topic: Token, told: Token) -> bool:
    """Whether an event noun and a word of the sentence before have one stem ("attacco", "attaccato")."""
    a, b = lemma_of(topic), lemma_of(told)
    size = max(4, min(len(a), len(b)) * 2 // 3)
    return told.upos in ("VERB", "NOUN", "ADJ") and len(a) >= 4 and a[:size] == b[:size]
