"""Fingerprints of texts: near-identical ones have a band in common. Pure.

An article that comes back under a new address of the same outlet with nearly the same words is the same article.
"""

from __future__ import annotations

import zlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ultimora.record.names import plain

_SHINGLE, _BANDS, _ROWS, _SEED = 4, 12, 4, 20250305
_PRIME = (1 << 31) - 1
SAME = 0.65
_FEWEST = 30


def shingles(text: str) -> frozenset[int]:
    """The hashes of every four words in a row; none of a text too short to tell."""
    words = plain(text).split()
    if len(words) < _FEWEST:
        return frozenset()
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


@cache
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    random = np.random.default_rng(_SEED)
    made = random.integers(1, _PRIME, size=(2, _BANDS * _ROWS), dtype=np.int64).astype(np.uint64)
    return made[0], made[1]
