"""What a worker is given: a stretch of a file; and how a file is cut into stretches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ultimora.articles import storage
from ultimora.articles.archives import Raw, raws


@dataclass(frozen=True, slots=True, order=True)
class Chunk:
    """``count`` inputs of a file: those that follow the first ``skip`` from the place ``start`` on."""

    path: str
    start: int
    skip: int
    count: int

    def inputs(self) -> Iterator[Raw]:
        """Its inputs, not looked into.

        Raises:
            ArticleError: the file cannot be read.
        """
        for number, raw in enumerate(raws(self.path, self.start)):
            if number >= self.skip + self.count:
                return
            if number >= self.skip:
                yield raw

    def singles(self) -> Iterator[Chunk]:
        """Each of its inputs by itself."""
        return (replace(self, skip=self.skip + i, count=1) for i in range(self.count))


@dataclass(frozen=True, slots=True)
class Cut:
    """A file as it was found: its size in bytes, the hash of its content, and its stretches."""

    path: str
    size: int
    key: str
    chunks: tuple[Chunk, ...]


def cut(path: str, most: int) -> Cut:
    """Cut a file into stretches of at most ``most`` inputs, without looking into them.

    Raises:
        ArticleError: the file cannot be read.
    """
    size = storage.size_of(path)
    return Cut(path, size, storage.content_key(path, size), tuple(_cut(path, size, most)))


def _cut(path: str, size: int, most: int) -> Iterator[Chunk]:
    # A place can be read from if it is a new one within the file: a file packed as one piece has no other than 0.
    anchor, since, held = 0, 0, 0
    start, skip = 0, 0
    for number, raw in enumerate(raws(path)):
        fresh = number == 0 or anchor < raw.place < size
        anchor, since = (raw.place, 0) if fresh else (anchor, since + 1)
        if held == 0:
            start, skip = anchor, since
        held += 1
        if held == most:
            yield Chunk(path, start, skip, held)
            held = 0
    if held:
        yield Chunk(path, start, skip, held)
