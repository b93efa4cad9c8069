"""Where archives lie: on disk, or in storage that fsspec knows (``s3://bucket/2026/``, ``gs://…``, ``memory://…``)."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from ultimora.errors import ArticleError, MissingExtra, StorageSilent

_HEAD = 65_536
_PIECE = 1 << 20


def is_remote(path: str) -> bool:
    """Whether a path is the address of storage that is no local disk."""
    return "://" in path


def is_folder(path: str) -> bool:
    """Whether a path is a folder.

    Raises:
        StorageSilent: the storage does not answer.
    """
    if not is_remote(path):
        return Path(path).is_dir()
    with _told(path):
        system, inside = _system(path)
        return bool(system.isdir(inside))


def listing(path: str, suffixes: Sequence[str]) -> list[str] | None:
    """The files beneath a folder that end so, in order of their names; None for a path that is no folder.

    Raises:
        StorageSilent: the storage does not answer.
    """
    if not is_folder(path):
        return None
    if is_remote(path):
        with _told(path):
            system, inside = _system(path)
            found = [system.unstrip_protocol(each) for each in system.find(inside)]
            return sorted(f for f in found if f.lower().endswith(tuple(suffixes)))
    # A link may lead out of the folder, or round in a circle.
    files = (p for p in Path(path).rglob("*") if p.name.lower().endswith(tuple(suffixes)))
    return [str(p) for p in sorted(files) if p.is_file() and not p.is_symlink()]


def size_of(path: str) -> int:
    """How long a file is, in bytes.

    Raises:
        ArticleError: there is none.
        StorageSilent: the storage does not answer.
    """
    with _told(path):
        if not is_remote(path):
            return Path(path).stat().st_size
        system, inside = _system(path)
        return int(system.size(inside) or 0)


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """A file to read bytes from, at any place.

    Raises:
        ArticleError: there is none.
        StorageSilent: the storage does not answer.
    """
    with _told(path):
        stream = _open(path)
    with stream:
        yield stream


def _open(path: str) -> BinaryIO:
    if not is_remote(path):
        return Path(path).open("rb")
    system, inside = _system(path)
    return io.BufferedReader(_Telling(system.open(inside, "rb"), path), _PIECE)


def content_key(path: str, size: int) -> str:
    """A file by what is in it: the same under another name is the same, a longer one is another."""
    with opened(path) as stream, _told(path):
        head = stream.read(_HEAD)
        stream.seek(max(size - _HEAD, 0))
        return hashlib.sha256(f"{size}|".encode() + head + stream.read(_HEAD)).hexdigest()


def _system(path: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        return cast(tuple[Any, str], url_to_fs(path))
    except ImportError as error:
        kind = path.split("://", maxsplit=1)[0]
        extra = "s3" if kind == "s3" else "archives"
        raise MissingExtra(f"{path}: {kind}:// needs a package: pip install 'ultimora[{extra}]' ({error})") from None
    except ValueError as error:
        raise ArticleError(f"{path}: no storage of this kind is known ({error})") from error


class _Telling(io.RawIOBase):
    """A remote file whose failing is told as such, and is not taken for damage of what it holds."""

    def __init__(self, stream: Any, path: str) -> None:
        self._stream, self._path = stream, path

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = 0) -> int:
        return int(self._stream.seek(place, whence))

    def tell(self) -> int:
        return int(self._stream.tell())

    def readinto(self, buffer: Any) -> int:
        with _told(self._path):
            data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


@contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise ArticleError(f"{path}: there is no such file") from error
    except (MissingExtra, ArticleError):
        raise
    except Exception as error:  # every kind of storage has errors of its own
        if not is_remote(path) and not isinstance(error, OSError):
            raise
        raise StorageSilent(f"{path}: cannot be read now ({error or type(error).__name__}); try again later") from error
