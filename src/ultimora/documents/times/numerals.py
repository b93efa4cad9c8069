"""Numbers in words, by a language's word list: sequences ("two thousand and five"), compounds ("duemilacinque")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_LIMIT = 10**7


def combine(values: Sequence[int]) -> int | None:
    """The value of number words in their order, None where the order is no number ("three four").

    >>> combine([2, 1000, 20, 5])
    2025
    """
    total, group, last = 0, 0, 0
    for value in values:
        if value in (100, 1000):
            total, group = _multiply(total, group, value)
        elif last and not _may_follow(last, value):
            return None
        else:
            group += value
        last = value
    return total + group if total + group < _LIMIT else None


def _multiply(total: int, group: int, factor: int) -> tuple[int, int]:
    if factor == 1000:
        return total + (group or 1) * 1000, 0
    return total, (group or 1) * 100


def _may_follow(last: int, value: int) -> bool:
    return last >= 20 and value < 10 if last < 100 else value < last


def years_said(values: Sequence[int]) -> int | None:
    """A year said in two halves ("nineteen eighty-four"), None where it is none."""
    for cut in range(1, len(values)):
        if not {100, 1000} & set(values):
            high, low = combine(values[:cut]), combine(values[cut:])
            if high and low is not None and 10 <= high <= 20 and 10 <= low <= 99:
                return high * 100 + low
    return None


def compound(word: str, words: Mapping[str, int]) -> int | None:
    """The value of a number written as one word, None where the word is no number.

    A final vowel of the first part may be dropped before the next ("ventuno"), and accents are taken as written in the
    word list.
    """
    if len(word) > 48:
        return None
    values = _parts(word, words, {})
    return combine(values) if values else None


def _parts(word: str, words: Mapping[str, int], seen: dict[str, list[int] | None]) -> list[int] | None:
    if not word:
        return []
    if word not in seen:
        seen[word] = _split(word, words, seen)
    return seen[word]


def _split(word: str, words: Mapping[str, int], seen: dict[str, list[int] | None]) -> list[int] | None:
    for size in range(min(len(word), 12), 1, -1):
        value = words.get(word[:size])
        if value is None:
            continue
        rest = _parts(word[size:], words, seen)
        if rest is not None and (not rest or combine([value, *rest]) is not None):
            return [value, *rest]
    return None
