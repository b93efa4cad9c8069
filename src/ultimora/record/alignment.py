"""Two versions of a text side by side: which sentence became which, and which words came and went. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz import fuzz

WordKind = Literal["same", "inserted", "deleted"]
SentenceKind = Literal["inserted", "deleted", "changed"]
_ALIKE = 45.0
_LARGEST = 40_000


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words that stayed, came or went."""

    kind: WordKind
    text: str


@dataclass(frozen=True, slots=True)
class SentenceEdit:
    """A sentence that came, went or was changed, with its words."""

    kind: SentenceKind
    before: str | None
    after: str | None
    words: tuple[Words, ...]


def edits(old: Sequence[str], new: Sequence[str]) -> tuple[SentenceEdit, ...]:
    """What happened to the sentences of a text, in the order of the newer one; those that stayed are left out."""
    found: list[SentenceEdit] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            found += _block(old[a:b], new[c:d])
    return _without_moves(found)


def _without_moves(found: Sequence[SentenceEdit]) -> tuple[SentenceEdit, ...]:
    """A sentence that only stands elsewhere now is no edit."""
    gone = {e.before for e in found if e.kind == "deleted"}
    come = {e.after for e in found if e.kind == "inserted"}
    moved = gone & come
    return tuple(e for e in found if e.kind == "changed" or (e.before or e.after) not in moved)


def _block(old: Sequence[str], new: Sequence[str]) -> list[SentenceEdit]:
    pairs = _pairs(old, new)
    made: list[SentenceEdit] = []
    done = 0
    for j, after in enumerate(new):
        i = pairs.get(j)
        if i is None:
            made.append(SentenceEdit("inserted", None, after, (Words("inserted", after),)))
            continue
        made += [_deleted(s) for k, s in enumerate(old[done:i], done) if k not in pairs.values()]
        made.append(SentenceEdit("changed", old[i], after, words(old[i], after)))
        done = i + 1
    return made + [_deleted(s) for k, s in enumerate(old[done:], done) if k not in pairs.values()]


def _deleted(sentence: str) -> SentenceEdit:
    return SentenceEdit("deleted", sentence, None, (Words("deleted", sentence),))


def _pairs(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """For sentences of the newer text those of the older that they were made of, in order, the likest first."""
    if len(old) * len(new) > _LARGEST:
        return {}
    scores = [(fuzz.token_sort_ratio(a, b), -abs(i - j), i, j) for i, a in enumerate(old) for j, b in enumerate(new)]
    found: dict[int, int] = {}
    for score, _, i, j in sorted(scores, reverse=True):
        if score < _ALIKE:
            break
        fits = all((j < q) == (i < p) for q, p in found.items())
        if j not in found and i not in found.values() and fits:
            found[j] = i
    return found


def words(old: str, new: str) -> tuple[Words, ...]:
    """The words of a changed sentence: those that stayed, came and went."""
    before, after = old.split(), new.split()
    found: list[Words] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Words("same", " ".join(before[a:b])))
            continue
        if b > a:
            found.append(Words("deleted", " ".join(before[a:b])))
        if d > c:
            found.append(Words("inserted", " ".join(after[c:d])))
    return tuple(found)
