"""The lexicon of factuality, compiled: governing words, modifiers, modals, and what each does to an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ultimora import languages
from ultimora.types import Certainty, Status


@dataclass(frozen=True, slots=True)
class Effect:
    """What a word does to the event below it."""

    status: Status | None = None
    certainty: Certainty | None = None
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Governor:
    """A class of governing words: its effect, the effect when it is negated, and whether its own tense counts.

    ``infinitive``: it acts on an infinitive only: "told them to leave", but not "told them that he had left".
    ``cases``: what introduces the phrases that it governs, where that is not any of the lexicon's ``complement_cases``.
    """

    effect: Effect
    negated: Effect | None
    transparent: bool
    subject: bool
    relations: frozenset[str]
    infinitive: bool = False
    cases: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Lexicon:
    """``lexicon/factuality.toml`` ready for use."""

    verbs: Mapping[str, Governor]
    nouns: Mapping[str, Governor]
    adjectives: Mapping[str, Governor]
    off: Mapping[str, Governor]
    """Words that take back what was arranged, which act on that only (``lists.arranged``)."""
    modifiers: Mapping[str, Effect]
    modals: Mapping[str, Effect]
    lists: Mapping[str, frozenset[str]]
    hearsay: bool


@cache
def lexicon(language: str) -> Lexicon:
    """The compiled lexicon of a language."""
    table = languages.load(language).table("lexicon/factuality")
    index: dict[str, dict[str, Governor]] = {"verbs": {}, "nouns": {}, "adjectives": {}, "off": {}}
    for entry in table.get("class", ()):
        governor = Governor(
            _effect(entry.get("effect", {})),
            _effect(entry["negated"]) if "negated" in entry else None,
            entry.get("transparent", False),
            entry.get("subject", False),
            frozenset(entry.get("relations", ())),
            entry.get("infinitive", False),
            frozenset(entry.get("cases", ())),
        )
        for kind, found in index.items():
            found.update(dict.fromkeys(entry.get(kind, ()), governor))
    modifiers = {word: _effect(e.get("effect", {})) for e in table.get("modifier", ()) for word in e["words"]}
    modals = {word: _effect(e.get("effect", {})) for e in table.get("modal", ()) for word in e["words"]}
    hearsay = bool(table.get("flags", {}).get("hearsay_conditional"))
    lists = {name: frozenset(words) for name, words in table.get("lists", {}).items()}
    verbs, nouns, adjectives, off = index.values()
    return Lexicon(verbs, nouns, adjectives, off, modifiers, modals, lists, hearsay)


def _effect(table: Mapping[str, Any]) -> Effect:
    return Effect(table.get("status"), table.get("certainty"), table.get("polarity") == "negative")
