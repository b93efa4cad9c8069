"""A run over an archive: find, cut, read, join, write. Each phase goes on where an earlier run stood."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ultimora import __version__
from ultimora.answers import Record
from ultimora.articles import storage
from ultimora.articles.archives import files_of
from ultimora.articles.inputs import Given
from ultimora.collecting import seldom_collected
from ultimora.documents import parses
from ultimora.errors import ArchiveError, ArticleError
from ultimora.languages import available
from ultimora.record.postgres import without_password
from ultimora.scale import engines
from ultimora.scale.driving import Driver, Patience, Tell
from ultimora.scale.joining import Join, Vectors, order_of
from ultimora.scale.manifest import LAYOUT, Manifest, Tally, held
from ultimora.scale.parts import arrow
from ultimora.scale.progress import Meter, Progress
from ultimora.scale.reading import Reader, Settings
from ultimora.scale.tables import Tables

_FIXED = ("layout", "version", "reads with", "sources", "articles' settings", "inputs a stretch")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done.

    Attributes:
        sources: Files and folders, on disk or in storage that fsspec knows.
        out: A folder for tables and a record, or the file or address of a record.
        work: Where what is read is kept until it is joined; in or beside ``out`` if not given.
        engine: ``local`` or ``ray``.
        address: Of the Ray cluster.
        workers: How many processes read.
        given: What is known of the articles from outside.
        known_at: When they became known; as for ``ultimora add``.
        raw: Whether the bytes of articles are kept.
        most: How many inputs a worker is given at a time.
        metrics: A file for Prometheus.
    """

    sources: tuple[str, ...]
    out: str
    work: Path | None = None
    engine: str = "local"
    address: str | None = None
    workers: int = 1
    given: Given = field(default_factory=Given)
    known_at: str | None = None
    raw: bool = True
    most: int = 32
    metrics: Path | None = None
    patience: Patience = field(default_factory=Patience)

    @property
    def into_record(self) -> bool:
        """Whether ``out`` is a record rather than a folder."""
        return storage.is_remote(self.out) or self.out.lower().endswith((".db", ".sqlite")) or Path(self.out).is_file()

    @property
    def name(self) -> str:
        """What is filled, as messages tell it: without a password."""
        return without_password(self.out)

    @property
    def folder(self) -> Path:
        """The folder of the manifest.

        Raises:
            ArchiveError: a database has none beside it, so that one must be given.
        """
        if self.work is not None:
            return self.work
        if not self.into_record:
            return Path(self.out)
        if storage.is_remote(self.out):
            raise ArchiveError("a database has no folder beside it: name one for what is read, with --work DIR")
        return Path(f"{self.out}.archive")

    @property
    def record(self) -> str:
        """The record that is filled."""
        return self.out if self.into_record else str(Path(self.out) / "record.db")


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: the tally of the manifest, how many readings are joined, how many days were written.

    ``aside`` is what could not be read: file, place and reason.
    """

    tally: Tally
    joined: int
    days: int
    aside: tuple[tuple[str, int, str], ...] = ()


class Run:
    """One run; what happens in it is told as words with their facts, and as progress."""

    def __init__(
        self,
        order: Order,
        tell: Tell,
        show: Callable[[Progress], None] = lambda _progress: None,
        reader: engines.MakeReader = Reader,
    ) -> None:
        """Get ready."""
        self.order, self._tell, self._show, self._reader = order, tell, show, reader
        self._count: Callable[[], int] = int

    def done(self) -> Report:
        """Do it.

        Raises:
            UltimoraError: it cannot begin or go on; everything before it is kept.
        """
        arrow()
        folder = self.order.folder
        files = self._files()
        with held(folder) as manifest:
            begun = datetime.now(UTC).isoformat(timespec="seconds")
            kept = manifest.settle(self._settings() | {"begun": begun}, _FIXED)
            self.meter = Meter(manifest, self.order.metrics, self._show)
            self._read(manifest, files, kept["begun"])
            return self._join(manifest)

    def _files(self) -> list[str]:
        found = [f for source in self.order.sources for f in files_of(source)]
        return sorted(dict.fromkeys(found))

    def _settings(self) -> dict[str, str]:
        order = self.order
        told = dataclasses.asdict(order.given) | {"known_at": order.known_at, "raw": order.raw}
        return {
            "layout": str(LAYOUT),
            "version": __version__,
            "reads with": ", ".join(f"{tag} {parses.version(tag)}" for tag in available()),
            "sources": ", ".join(sorted(order.sources)),
            "articles' settings": json.dumps(told, sort_keys=True),
            "inputs a stretch": str(order.most),
        }

    def _read(self, manifest: Manifest, files: Sequence[str], begun: str) -> None:
        order = self.order
        manifest.again()
        fresh = manifest.found(files, {f: size for f in files if (size := _size(f)) is not None})
        if not fresh and not manifest.tally().waiting:
            return
        cache = order.folder / "parses.db"
        settings = Settings(order.given, order.known_at, begun, order.raw, order.most, cache)
        engine = engines.start(order.engine, settings, order.workers, order.address, self._reader)
        try:
            driver = Driver(manifest, engine, order.folder / "parts", self._hear, order.patience)
            self._count = lambda: len(files) - len(fresh)
            self.meter.begin("cutting", len(files), self._count())
            driver.cut(fresh)
            manifest.drop_doubles()
            tally = manifest.tally()
            self._count = lambda: (now := manifest.tally()).inputs - now.waiting
            self.meter.begin("reading", tally.inputs, tally.inputs - tally.waiting)
            driver.read()
            self.meter.at(self._count(), now=True)
        finally:
            engine.close()

    def _hear(self, word: str, facts: dict[str, object]) -> None:
        self.meter.died += word == "died"
        if word in ("tick", "read"):
            self.meter.at(self._count())
        if word != "tick":
            self._tell(word, facts)

    def _join(self, manifest: Manifest) -> Report:
        done = manifest.parts()
        total = sum(d.chunk.count for d in done)
        digest = order_of(done)
        if not done:
            return Report(manifest.tally(), 0, 0, tuple(manifest.asides()))
        vectors = Vectors()
        with Record(self.order.record, vectors=vectors) as record, seldom_collected():
            self.meter.begin("joining", total)
            joined = Join(manifest, record, self.order.folder / "parts", self.meter.at, vectors).run()
            self.meter.at(joined, now=True)
            self._tell("joined", {"readings": joined})
            days = 0
            if not self.order.into_record and manifest.noted("written") != digest:
                days = self._write(manifest, record)
                manifest.note("written", digest)
        return Report(manifest.tally(), joined, days, tuple(manifest.asides()))

    def _write(self, manifest: Manifest, record: Record) -> int:
        with record.store.loader() as loader:
            tables = Tables(loader, manifest, Path(self.order.out))
            days = tables.days()
            self.meter.begin("writing", len(days))
            for number, day in enumerate(days, start=1):
                tables.write(day)
                self.meter.at(number, now=number == len(days))
        return len(days)


def _size(path: str) -> int | None:
    """The size of a file; one that cannot be asked is found out about when it is cut."""
    try:
        return storage.size_of(path)
    except ArticleError:
        return None
