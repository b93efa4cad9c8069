"""Fingerprints of texts: near-identical ones have a band in common. Pure.

An article that comes back under a new address of the same outlet with nearly the same words is the same article; one
that another outlet prints with nearly the same words is its copy. A *sketch* is what is kept of a text to tell copies:
the smallest hashes of its words in a row (Broder 1997), all of them for a short text.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from ultimora.record.names import plain

_SHINGLE, _BANDS, _ROWS, _SEED = 4, 12, 4, 20250305
_PRIME = (1 << 31) - 1
SAME = 0.65
_FEWEST = 30
_SKETCHED, _LEAST, _LONG = 96, 8, 60
_COPIED, _COPIED_SHORT = 0.7, 0.9


def shingles(text: str) -> frozenset[int]:
    """The hashes of every four words in a row; none of a text too short to tell."""
    words = plain(text).split()
    return _hashed(words) if len(words) >= _FEWEST else frozenset()


def _hashed(words: list[str]) -> frozenset[int]:
    return frozenset(zlib.crc32(" ".join(words[i : i + _SHINGLE]).encode()) for i in range(len(words) - _SHINGLE + 1))


def bands(text: str) -> tuple[str, ...]:
    """The bands of a text's MinHash; texts of which three quarters agree almost surely share one."""
    hashed = shingles(text)
    if not hashed:
        return ()
    values = np.fromiter(sorted(hashed), dtype=np.uint64)
    factors, offsets = _permutations()
    lowest = ((values[:, None] * factors + offsets) % _PRIME).min(axis=0).reshape(_BANDS, _ROWS)
    return tuple(f"{i}:{zlib.crc32(band.tobytes()):08x}" for i, band in enumerate(lowest))


def alike(a: str, b: str) -> float:
    """The share of two texts' words in a row that both have."""
    first, second = shingles(a), shingles(b)
    return len(first & second) / len(first | second) if first and second else 0.0


def sketch(text: str) -> str | None:
    """What is kept of a text to tell whether another is its copy; None for one too short to tell."""
    words = plain(text).split()
    if len(words) < _LEAST:
        return None
    lowest = np.array(sorted(_hashed(words))[:_SKETCHED], dtype=">u4")
    return b64encode(lowest.tobytes()).decode("ascii")


def copied(a: str, b: str) -> bool:
    """Whether one of two texts is most likely the other's copy, by their sketches.

    Two short texts on one happening have most words in common anyway: a short copy must be nearly whole in the other.
    """
    fewest = min(len(_sketched(a)), len(_sketched(b)))
    return shared(a, b) >= (_COPIED if fewest >= _LONG else _COPIED_SHORT)


def shared(a: str, b: str) -> float:
    """Which share of the shorter of two texts is in the other, by their sketches; 1 for a copy that was cut."""
    first, second = _sketched(a), _sketched(b)
    # Up to the lower of the greatest hashes of full sketches both texts are known wholly.
    known = min((max(s) for s in (first, second) if len(s) == _SKETCHED), default=None)
    mine, theirs = ({h for h in s if known is None or h <= known} for s in (first, second))
    return len(mine & theirs) / max(min(len(mine), len(theirs)), 1)


@lru_cache(maxsize=65_536)
def _sketched(kept: str) -> frozenset[int]:
    return frozenset(np.frombuffer(b64decode(kept), dtype=">u4").tolist())


@cache
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    random = np.random.default_rng(_SEED)
    made = random.integers(1, _PRIME, size=(2, _BANDS * _ROWS), dtype=np.int64).astype(np.uint64)
    return made[0], made[1]
