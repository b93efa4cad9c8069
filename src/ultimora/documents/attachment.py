"""Phrases that a parser hangs from another word than the one they speak of.

- "Il colloquio arriva alla vigilia della visita di X a Y, in programma domani": the visit is what is planned, and its
  place too hangs from the visit. Which words say so lies in ``lexicon/syntax.toml`` (``words.schedules``), which nouns
  are events in ``lexicon/events.toml``.
- "Russia launched 37 missiles, the air force said, hitting gas plants": what follows the speaker goes on with what is
  said; "X will meet Y, Z said, adding that…" goes on with who says it. Verbs of speech are in ``lexicon/sayings.toml``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cache

from ultimora import languages
from ultimora.documents.parser import WordAnalysis

_OBLIQUE = frozenset({"obl", "nmod"})
_GERUND = frozenset({"Ger", "Part"})


def attached(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The analyses with such phrases hung from the word that they speak of."""
    return _gone_on(words, _scheduled(words, found, language), language)


def _scheduled(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
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


def _gone_on(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    saying = _saying(language)
    result = list(found)
    for i, word in enumerate(found):
        gerund = word.deprel == "advcl" and word.upos == "VERB" and word.feats.get("VerbForm") in _GERUND
        if not gerund or i == 0 or words[i - 1] != "," or word.lemma in _citing(language):
            continue
        said = next((j for j in range(i - 1, -1, -1) if _is_aside(found, j, saying)), None)
        if said is None:
            continue
        content = next(j for j, each in enumerate(found) if each.head == said and each.deprel == "ccomp")
        if word.head in (said, content):
            result[i] = dataclasses.replace(word, head=said if word.lemma in saying else content)
    return tuple(result)


def _is_aside(found: Sequence[WordAnalysis], verb: int, saying: frozenset[str]) -> bool:
    """Whether a verb of speech stands behind what is said."""
    before = any(each.head == verb and each.deprel == "ccomp" and j < verb for j, each in enumerate(found))
    return before and found[verb].lemma in saying


@cache
def _saying(language: str) -> frozenset[str]:
    groups = languages.load(language).table("lexicon/sayings").get("verbs", ())
    return frozenset(verb for group in groups if "clause" in group["frames"] for verb in group["lemmas"])


def _citing(language: str) -> frozenset[str]:
    """As in "…, citing a statement": whose words they are is looked for where the parser hangs it."""
    return frozenset(languages.load(language).table("lexicon/sayings").get("words", {}).get("citing", ()))
