"""What a worker does: cut a file, or read a stretch of one. The same in every engine; a model is loaded once."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ultimora.articles.inputs import Given
from ultimora.collecting import seldom_collected, settle
from ultimora.core import Outcome, read_loaded
from ultimora.documents import parses
from ultimora.documents.build import forget
from ultimora.errors import ArticleError, MissingExtra, StorageSilent, UltimoraError
from ultimora.following.archiving import known_instant
from ultimora.record.adding import kept_of, prints_of
from ultimora.record.stories import lead
from ultimora.record.vectors import vector
from ultimora.scale.chunks import Chunk, Cut, cut
from ultimora.scale.parts import Row, packed

_EVERY = 500
_PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Settings:
    """How an archive is read; what a worker must know.

    Attributes:
        given: What is known of the articles from outside.
        known_at: When they became known: an instant, ``published``, or None for what the archive says, else published.
        begun: The instant at which articles that have no date at all became known.
        raw: Whether the bytes of articles are kept.
        most: How many inputs a stretch has at most.
        cache: Where parses are kept, so that the same sentence is read once.
    """

    given: Given
    known_at: str | None
    begun: str
    raw: bool
    most: int
    cache: Path | None


@dataclass(frozen=True, slots=True)
class Aside:
    """An input that gave no reading, and why: its place in the file, and its number from the stretch's start on."""

    place: int
    number: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """What a stretch gave: a Parquet table with a row group a day, and what was set aside.

    ``seconds`` is the processor's time for it, ``model`` how much of that the model took.
    """

    data: bytes
    days: tuple[str, ...]
    articles: int
    aside: tuple[Aside, ...]
    seconds: float
    model: float


@dataclass(frozen=True, slots=True)
class Failed:
    """A task that could not be done, and why; ``again``: it may go well another time."""

    reason: str
    again: bool


Task = str | Chunk
"""A file to be cut, by its path, or a stretch to be read."""
Result = Cut | Part | Failed


class Reader:
    """Does tasks one after the other, within one process."""

    def __init__(self, settings: Settings) -> None:
        """Get ready; what is needed for reading is loaded with the first article."""
        self.settings = settings
        self._stack = ExitStack()
        self._stack.enter_context(seldom_collected())
        if settings.cache is not None:
            self._stack.enter_context(parses.kept_in(settings.cache, _EVERY))

    def close(self) -> None:
        """Let go of what was opened."""
        self._stack.close()

    def do(self, task: Task) -> Result:
        """Do one task; what is wrong with its file is an answer, not an error."""
        try:
            return self.read(task) if isinstance(task, Chunk) else cut(task, self.settings.most)
        except StorageSilent as error:
            return Failed(str(error), again=True)
        except (ArticleError, MissingExtra) as error:
            return Failed(str(error), again=False)

    def read(self, chunk: Chunk) -> Part:
        """Read a stretch.

        Raises:
            ArticleError: its file cannot be read.
        """
        begin, model = time.process_time(), parses.model_seconds()
        rows: list[Row] = []
        aside: list[Aside] = []
        for number, raw in enumerate(chunk.inputs(), start=chunk.skip):
            found = self._one(chunk, number, raw.place, self.outcome(raw.load))
            (rows if isinstance(found, Row) else aside).append(found)  # type: ignore[arg-type]
        parses.flush()
        forget()
        settle()  # rules, words and models, which the first articles made us load
        data, days = packed(sorted(rows, key=lambda row: (row.known_at, row.number)))
        spent = time.process_time() - begin
        return Part(data, days, len(rows), tuple(aside), spent, parses.model_seconds() - model)

    def outcome(self, load: object) -> Outcome:
        """The reading of one input; whatever goes wrong in it stays with it."""
        try:
            return read_loaded(load(self.settings.given))  # type: ignore[operator]
        except (StorageSilent, MissingExtra):
            raise
        except Exception as error:  # one article must not end the reading of an archive
            return Outcome(None, "", None, UltimoraError(f"reading it failed: {type(error).__name__}: {error}"))

    def _one(self, chunk: Chunk, number: int, place: int, outcome: Outcome) -> Row | Aside:
        reading, article = outcome.reading, outcome.article
        name = outcome.name or f"{chunk.path}@{place}"
        if reading is None or article is None:
            return Aside(place, number, name, str(outcome.error))
        default = None if outcome.seen else _PUBLISHED
        try:
            known = known_instant(outcome, self.settings.known_at or default) or self.settings.begun
        except UltimoraError as error:
            return Aside(place, number, name, f"{name}: {error}")
        packed, prints = kept_of(reading, article.raw if self.settings.raw else None), prints_of(reading)
        with parses.by_model():
            lead_vector = vector(lead(reading))
        kept = (packed.reading, packed.raw, packed.hash, ",".join(prints.bands), prints.sketch)
        return Row(known, chunk.path, place, number, *kept, lead_vector)
