"""The words of saying of a language, compiled once from ``lexicon/sayings.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ultimora import languages
from ultimora.types import Stance


@dataclass(slots=True)
class Verb:
    """What may follow a verb of saying, and how its source stands to it."""

    stance: Stance
    frames: set[str] = field(default_factory=set)
    stances: dict[str, Stance] = field(default_factory=dict)
    prepositions: set[str] = field(default_factory=set)
    as_prepositions: set[str] = field(default_factory=set)
    weak: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Sayings:
    """The lexicon of one language."""

    verbs: Mapping[str, Verb]
    phrases: Mapping[str, Stance]
    nouns: Mapping[str, Stance]
    clause_nouns: frozenset[str]
    noun_prepositions: frozenset[str]
    adjectives: frozenset[str]
    strong: tuple[tuple[str, ...], ...]
    weak: tuple[tuple[str, ...], ...]
    sources: Mapping[str, frozenset[str]]
    words: Mapping[str, frozenset[str]]
    hearsay_mood: str
    pro_drop: bool
    medium: Mapping[str, frozenset[str]]


@cache
def sayings(language: str) -> Sayings:
    """The lexicon of a language; an empty one where the language has none."""
    table = languages.load(language).table("lexicon/sayings")
    sources, words = table.get("sources", {}), table.get("words", {})
    return Sayings(
        verbs=_verbs(table.get("verbs", [])),
        phrases=table.get("phrases", {}),
        nouns=table.get("nouns", {}),
        clause_nouns=frozenset(table.get("noun_needs_clause", {}).get("nouns", ())),
        noun_prepositions=frozenset(table.get("noun_needs_clause", {}).get("prepositions", ())),
        adjectives=frozenset(table.get("adjectives", {}).get("lemmas", ())),
        strong=_phrases(sources.get("strong", ())),
        weak=_phrases(sources.get("weak", ())),
        sources={k: frozenset(v) for k, v in sources.items()},
        words={k: frozenset(v) for k, v in words.items() if isinstance(v, list)},
        pro_drop=words.get("pro_drop", False),
        hearsay_mood=words.get("hearsay_mood", ""),
        medium={k: frozenset(v) for k, v in table.get("medium", {}).items()},
    )


def _phrases(phrases: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(p.split()) for p in phrases), key=lambda p: (-len(p), p)))


def _verbs(groups: list[dict[str, Any]]) -> dict[str, Verb]:
    found: dict[str, Verb] = {}
    for group in groups:
        for lemma in [*group["lemmas"], *(p for p in group.get("pairs", ()))]:
            verb = found.setdefault(lemma, Verb(group["stance"]))
            for frame in group["frames"]:
                _add_frame(verb, lemma, frame, group)
    return found


def _add_frame(verb: Verb, lemma: str, frame: str, group: dict[str, Any]) -> None:
    pairs = [p.split(" ", 1) for p in group.get("pairs", ())]
    allowed = {b for a, b in pairs if a == lemma} if pairs else set(group.get("prepositions", ()))
    verb.frames.add(frame)
    # A firmer stance than reporting counts; "assesses" is no firmer.
    if frame not in verb.stances or (verb.stances[frame] == "reports" and group["stance"] != "assesses"):
        verb.stances[frame] = group["stance"]
    if frame == "preposition":
        verb.prepositions |= allowed
        verb.weak |= {b for a, b in (p.split(" ", 1) for p in group.get("weak", ())) if a == lemma}
    if frame == "as":
        verb.as_prepositions |= allowed
    if lemma in group.get("weak", ()):
        verb.weak.add(frame)
