"""Which way a sentence looks from the moment of writing: to the past (-1), to the future (1), or neither (0)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cache

from ultimora import languages
from ultimora.types import Document, Token

PAST, NEITHER, FUTURE = -1, 0, 1
_WORD = re.compile(r"[^\W\d_]+|[.;:!?\n]")
_REACH = 400


@cache
def _cues(tag: str) -> dict[str, re.Pattern[str]]:
    table = languages.load(tag).table("lexicon/tense")
    return {name: re.compile("|".join(table.get(name, ())) or "(?!)", re.IGNORECASE) for name in ("past", "future", "present")}


@cache
def _governors(tag: str) -> frozenset[str]:
    return frozenset(languages.load(tag).table("lexicon/tense").get("future_governors", ()))


@cache
def _auxiliaries(tag: str) -> frozenset[str]:
    return frozenset(languages.load(tag).table("lexicon/tense").get("future_auxiliaries", ()))


def by_words(text: str, tag: str, bounds: Callable[[int], tuple[int, int]]) -> Callable[[int, int], int]:
    """The tense by the nearest word that tells it, before or after the expression in its sentence."""
    cues = _cues(tag)

    def tense(start: int, end: int) -> int:
        low, high = bounds(start)
        before, after = text[max(low, start - _REACH) : start], text[end : min(high, end + _REACH)]
        return _nearest(before, after, cues)

    return tense


def _nearest(before: str, after: str, cues: dict[str, re.Pattern[str]]) -> int:
    found: list[tuple[int, int]] = []
    for name, direction in (("past", PAST), ("future", FUTURE), ("present", FUTURE)):
        weight = 400 if name == "present" else 0
        last = None
        for last in cues[name].finditer(before):
            pass
        if last:
            found.append((len(before) - last.end() + weight, direction))
        first = cues[name].search(after)
        if first:
            found.append((first.start() + weight, direction))
    return min(found, key=lambda cue: (cue[0], -cue[1]), default=(0, NEITHER))[1]


def by_syntax(document: Document) -> Callable[[int, int], int]:
    """The tense of the verb that governs the expression; by words where there is no analysis."""
    starts = [s.start for s in document.sentences]

    def bounds(offset: int) -> tuple[int, int]:
        at = max(bisect_right(starts, offset) - 1, 0)
        sentence = document.sentences[at]
        return sentence.start, sentence.end

    words = by_words(document.text, document.language, bounds) if document.sentences else (lambda start, end: NEITHER)

    def tense(start: int, end: int) -> int:
        return _governing(document, start, end) or words(start, end)

    return tense


def _governing(document: Document, start: int, end: int) -> int:
    head = document.span_head(start, end)
    if head is None or head.upos == "X":
        return NEITHER
    for token in (head, *document.ancestors(head)):
        if token.upos in ("VERB", "AUX") or document.children(token, "cop", "aux"):
            told = _told(document, token)
            if told:
                return told
        if token.lemma in _governors(document.language) and token is not head:
            return FUTURE
    return NEITHER


def _told(document: Document, verb: Token) -> int:
    """What a verb with its auxiliaries tells, 0 for a form without tense."""
    group = [verb, *document.children(verb, "aux", "cop")]
    feats = [token.feats for token in group]
    auxiliaries = {token.lemma.lower() for token in group[1:]} | {token.lower for token in group[1:]}
    if auxiliaries & _auxiliaries(document.language) or any(f.get("Tense") == "Fut" for f in feats):
        return FUTURE
    if any(f.get("Tense") in ("Past", "Imp") and f.get("VerbForm") != "Part" for f in feats):
        return PAST
    perfect = verb.feats.get("VerbForm") == "Part" and len(group) > 1
    if perfect and verb.feats.get("Tense", "Past") == "Past":
        return NEITHER if _passive_present(group) else PAST
    if verb.lemma in _governors(document.language):
        return FUTURE
    acts = verb.upos == "VERB" and len(group) == 1
    return FUTURE if acts and verb.feats.get("VerbForm") == "Fin" and verb.feats.get("Tense") == "Pres" else NEITHER


def _passive_present(group: Sequence[Token]) -> bool:
    """A passive in the present ("viene aperto"), which tells no past."""
    return all(token.deprel == "aux:pass" and token.feats.get("Tense") == "Pres" for token in group[1:])


def sentence_bounds(ends: Sequence[int], starts: Sequence[int]) -> Callable[[int], tuple[int, int]]:
    """Looks up the sentence of an offset."""

    def bounds(offset: int) -> tuple[int, int]:
        at = min(bisect_left(ends, offset + 1), len(ends) - 1)
        return starts[at], ends[at]

    return bounds
