"""Where the next record of a damaged WARC file seems to begin."""

from __future__ import annotations

from typing import BinaryIO

_GZIP, _ZSTD, _PLAIN = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"WARC/1."
_PIECE = 1 << 20


def next_start(stream: BinaryIO, place: int) -> int | None:
    """The place after ``place`` where a packed member or a plain record may begin; None where none does.

    What looks like a beginning need not be one: whoever reads from there finds out, and asks again.
    """
    stream.seek(0)
    head = stream.read(4)
    sign = _GZIP if head.startswith(_GZIP) else _ZSTD if head.startswith(_ZSTD) else _PLAIN
    at, kept = place + 1, b""
    stream.seek(at)
    while piece := stream.read(_PIECE):
        found = (kept + piece).find(sign)
        if found >= 0:
            return at - len(kept) + found
        at += len(piece)
        kept = (kept + piece)[-(len(sign) - 1) :]
    return None
