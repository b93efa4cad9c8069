"""Joins the names of one person: surname to full name, spelling variants, initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from ultimora.documents.entities.registry import Draft

_DOUBLED = re.compile(r"(.)\1+")
_ARTICLE = re.compile(r"^(?:al|el|as|ad|ash|an|ar|at)[-’'](?=\w)")
_BREATH = re.compile(r"(?<=[bcdgkpqrtz])h")


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """A word as it sounds, roughly: Zelensky, Zelenskyj, Zelenskiy and Zelenskyy are one."""
    plain = unicodedata.normalize("NFKD", word.lower())
    plain = _ARTICLE.sub("", plain)
    plain = "".join(c for c in plain if c.isalpha())
    plain = _BREATH.sub("", plain.replace("q", "k").replace("w", "v"))
    plain = re.sub(r"[ijy]+", "i", plain)
    return _DOUBLED.sub(r"\1", plain)


class People:
    """The persons of an article by the words of their names."""

    def __init__(self) -> None:
        self._full: list[tuple[tuple[str, ...], Draft]] = []

    def find(self, words: Sequence[str], at: int | None = None, gender: str = "") -> Draft | None:
        """The person that a name speaks of: the same words, or a surname, or a first name that only one has.

        ``at``: where the name stands; of several with one surname, the one last named in full before it. ``gender``:
        what an address before it says ("Mrs Hale" is not Tom Hale).
        """
        sounds = tuple(sound(w) for w in words)
        sounds = tuple(s for s in sounds if s)
        found = [draft for known, draft in reversed(self._full) if known == sounds or _extends(known, sounds)]
        found = [draft for draft in found if {draft.gender, gender} != {"m", "f"} or draft.guessed]
        if found:
            return max(found, key=lambda d: _last_in_full(d, at)) if at is not None and len(sounds) == 1 else found[0]
        if len(sounds) == 1:
            firsts = [d for known, d in self._full if known[0] == sounds[0]]
            return firsts[-1] if firsts and all(d is firsts[0] for d in firsts) else None
        return None

    def bearers(self, words: Sequence[str]) -> list[Draft]:
        """All whose names end with one word, in the order in which they were named."""
        sounds = tuple(sound(w) for w in words)
        found = (draft for known, draft in self._full if len(sounds) == 1 and len(known) > 1 and known[-1:] == sounds)
        return list(dict.fromkeys(found))

    def add(self, words: Sequence[str], draft: Draft) -> None:
        """Remember a person by a full name."""
        sounds = tuple(s for s in (sound(w) for w in words) if s)
        if sounds:
            self._full.append((sounds, draft))


def _last_in_full(draft: Draft, at: int) -> tuple[int, int]:
    """Where somebody was last named by more than one word before an offset; else how soon after it."""
    full = [m.start for m in draft.mentions.values() if m.form == "name" and " " in m.text]
    before = [start for start in full if start < at]
    return (1, max(before)) if before else (0, -min(full, default=0))


def _extends(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether a shorter name is the longer one's: the same last word, the others in order or initials."""
    if len(short) > len(long):
        long, short = short, long
    if not short or long[-len(short) :] == short:
        return bool(short)
    if short[-1] != long[-1]:
        return False
    rest = iter(long[:-1])
    return all(any(_same_first(mine, theirs) for theirs in rest) for mine in short[:-1])


def _same_first(mine: str, theirs: str) -> bool:
    return mine == theirs or (1 in (len(mine), len(theirs)) and mine[0] == theirs[0])
