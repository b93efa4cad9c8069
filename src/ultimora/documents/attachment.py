"""Phrases that a parser hangs from the verb of a sentence and that speak of the event right before them.

"Il colloquio arriva alla vigilia della visita di X a Y, in programma domani": the visit is what is planned, and its
place too hangs from the visit. Which words say so lies in ``lexicon/syntax.toml`` (``words.schedules``), which nouns
are events in ``lexicon/events.toml``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from ultimora import languages
from ultimora.documents.parser import WordAnalysis

_OBLIQUE = frozenset({"obl", "nmod"})


def attached(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The analyses with such phrases hung from the event that they speak of."""
    schedules = languages.load(language).table("lexicon/syntax").get("words", {}).get("schedules", ())
    result = list(found)
    for i, word in enumerate(found):
        if word.lemma in schedules and word.deprel in _OBLIQUE and i > 1 and words[i - 2] == ",":
            event = _event_before(found, i - 2, word.head, language)
            if event is None:
                continue
            for j in _moved(found, event, i, word.head):
                result[j] = dataclasses.replace(found[j], head=event, deprel="nmod")
    return tuple(result)


def _event_before(found: Sequence[WordAnalysis], comma: int, verb: int, language: str) -> int | None:
    """The last event noun between the verb and the comma."""
    nouns = languages.load(language).table("lexicon/events").get("nouns", ())
    return next((j for j in range(comma - 1, verb, -1) if found[j].upos == "NOUN" and found[j].lemma in nouns), None)


def _moved(found: Sequence[WordAnalysis], event: int, last: int, verb: int) -> list[int]:
    """The phrases behind the event that hang from the verb, the last of them the one that was found."""
    return [j for j in range(event + 1, last + 1) if found[j].head == verb and found[j].deprel in _OBLIQUE]
