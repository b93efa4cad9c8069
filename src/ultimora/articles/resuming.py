"""Where the next record of a damaged WARC file seems to begin."""

from __future__ import annotations

import zlib
from typing import BinaryIO

_GZIP, _ZSTD, _PLAIN = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"WARC/1."
_PIECE = 1 << 20


def next_start(stream: BinaryIO, place: int, name: str) -> int | None:
    """The place after ``place`` where a packed member or a plain record may begin; None where none does.

    What is looked for goes by the file's name, since its head may be what is damaged.

    What looks like a beginning need not be one: whoever reads from there finds out, and asks again.
    """
    sign = _GZIP if name.lower().endswith(".gz") else _ZSTD if name.lower().endswith(".zst") else _PLAIN
    at, kept = place + 1, b""
    stream.seek(at)
    while piece := stream.read(_PIECE):
        found = (kept + piece).find(sign)
        if found >= 0:
            return at - len(kept) + found
        at += len(piece)
        kept = (kept + piece)[-(len(sign) - 1) :]
    return None


def left_over(stream: BinaryIO, place: int) -> bool:
    """Whether something comes after the packed member at a place, or the member itself does not end.

    Other files than gzip tell by the lengths of their records.
    """
    stream.seek(place)
    piece = stream.read(_PIECE)
    if not piece.startswith(_GZIP):
        return bool(piece) and place == 0 and not piece.startswith((_ZSTD, _PLAIN))
    member = zlib.decompressobj(31)
    try:
        while piece and not member.eof:
            rest = piece
            while rest and not member.eof:
                member.decompress(rest, _PIECE)
                rest = member.unconsumed_tail
            piece = b"" if member.eof else stream.read(_PIECE)
    except zlib.error:
        return True
    return not member.eof or bool(member.unused_data) or bool(stream.read(1))
