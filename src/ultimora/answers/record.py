"""The record as a Python user sees it: add readings, ask questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from ultimora.answers import actors as people
from ultimora.answers import agenda, articles, contacts, disputes, dyads, exporting, provenance, timeline
from ultimora.answers import brief as briefs
from ultimora.answers import search as searching
from ultimora.answers import stories as told
from ultimora.answers.articles import ArticleAnswer, News
from ultimora.answers.asking import Asking, Made
from ultimora.answers.exporting import EVERYTHING, Chosen, Exported
from ultimora.answers.types import Answer, Changes, Disputes, Kind, Sources
from ultimora.record.aliases import ActorEdit
from ultimora.record.articles import Around, Pulse, pulse
from ultimora.record.load import Extent, Kept
from ultimora.record.store import Clock, Store, instant, now
from ultimora.record.types import Added
from ultimora.record.vectors import Vectors, vector
from ultimora.types import Reading

_STATES, _EVENTS, _DERIVED = 4, 20_000, 80_000


class Record:
    """A record: what readings said, kept in a SQLite file, and asked.

    >>> record = Record("ultimora.db")  # doctest: +SKIP
    >>> record.add(ultimora.read("article.txt"))  # doctest: +SKIP
    >>> record.last("Italia", "Turchia")  # doctest: +SKIP

    Every question can be asked ``as_of`` an instant: then only what was known by that instant counts, and that instant
    is the present. A question without an answer raises :class:`ultimora.errors.NoAnswer`, whose ``near`` says what is
    known.
    """

    def __init__(
        self,
        path: str | Path = "ultimora.db",
        *,
        clock: Clock = now,
        timeout: float = 30.0,
        create: bool = True,
        vectors: Vectors = vector,
    ) -> None:
        """Open a record, or make it.

        Args:
            path: The file.
            clock: Gives the present, aware.
            timeout: How many seconds to wait for another process that is adding.
            create: Make the record if there is none.
            vectors: Gives the vector of a text (:func:`ultimora.record.vectors.vector`), which helps to tell stories.

        Raises:
            RecordError: it cannot be opened; the message says why and what to do.
        """
        self._loaded: dict[tuple[str | None, Pulse], tuple[Kept, Made]] = {}
        self._shared: ContextVar[Asking | None] = ContextVar("asking", default=None)
        self.store = Store(path, clock=clock, timeout=timeout, create=create, vectors=vectors)

    def close(self) -> None:
        """Let the file go."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(
        self,
        reading: Reading,
        *,
        seen: str | datetime | None = None,
        keys: Sequence[str] = (),
        raw: bytes | None = None,
    ) -> Added:
        """Take a reading in. The same article with other words is a new revision; with the same words it is nothing.

        Args:
            reading: What one revision of an article says.
            seen: When it became known; now, if not given.
            keys: Further names of the article, as the file that it was in.
            raw: The bytes that it was read from, to be kept beside it.

        Raises:
            RecordError: it cannot be kept; nothing of it was.
        """
        return self.store.add(reading, seen=seen, keys=keys, raw=raw)

    @contextmanager
    def together(self, as_of: str | datetime | None = None) -> Iterator[None]:
        """Questions asked within see one state of the record, and load once what several of them need.

        It holds for this thread, and for questions with the same ``as_of``.
        """
        with self._asking(as_of) as asking:
            kept, made = self._warm((asking.as_of, pulse(asking.loader)))
            asking.loader.share(kept)
            token = self._shared.set(replace(asking, made=made))
            try:
                yield
            finally:
                self._shared.reset(token)

    def _warm(self, state: tuple[str | None, Pulse]) -> tuple[Kept, Made]:
        """What earlier looks at the same state of the record loaded and derived; the last few are remembered."""
        kept, made = self._loaded.setdefault(state, ({}, {}))
        for old in list(self._loaded)[:-_STATES]:
            self._loaded.pop(old, None)
        if len(kept) > _EVENTS or len(made) > _DERIVED:
            kept.clear()
            made.clear()
        return kept, made

    @contextmanager
    def _asking(self, as_of: str | datetime | None) -> Iterator[Asking]:
        known = instant(as_of, "as_of") if as_of is not None else None
        shared = self._shared.get()
        if shared is not None and shared.as_of == known:
            yield shared
            return
        present = datetime.fromisoformat(known) if known else self.store.clock().astimezone(UTC)
        with self.store.loader(known) as loader:
            yield Asking(loader, present)

    def last(self, a: str, b: str, *, kind: Kind = "any", as_of: str | datetime | None = None) -> Answer:
        """The last call, visit or meeting of two actors, by any of their names."""
        with self._asking(as_of) as asking:
            return contacts.last(asking, a, b, kind)

    def next(self, a: str, b: str, *, kind: Kind = "any", as_of: str | datetime | None = None) -> Answer:
        """The next call, visit or meeting of two actors that is planned."""
        with self._asking(as_of) as asking:
            return contacts.next_(asking, a, b, kind)

    def timeline(
        self,
        actor: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        type: str | None = None,  # noqa: A002
        everything: bool = False,
        as_of: str | datetime | None = None,
    ) -> Answer:
        """What happened in order of time: of an actor, in ``[since, until)``, of an event type.

        Events that PLOVER has no type for are left out unless ``everything`` is wanted.
        """
        for value in (since, until):
            if value is not None:
                instant(value, "since and until")
        with self._asking(as_of) as asking:
            return timeline.timeline(asking, actor, since, until, type, everything=everything)

    def agenda(
        self,
        *,
        overdue: bool = False,
        settled: bool = False,
        everything: bool = False,
        as_of: str | datetime | None = None,
    ) -> Answer:
        """What is planned and not yet past, and what became of it.

        Args:
            overdue: Rather what should have happened by now without anybody reporting it.
            settled: All of the last sixty days too, with what became of it.
            everything: Also events that PLOVER has no type for.
            as_of: Only what was known then, which is also the present.
        """
        with self._asking(as_of) as asking:
            which: agenda.Which = "overdue" if overdue else "all" if settled else "open"
            return agenda.agenda(asking, which, everything=everything)

    def show(self, event: str, *, as_of: str | datetime | None = None) -> Answer:
        """One event with its history, claims, sentences and sources."""
        with self._asking(as_of) as asking:
            return timeline.show(asking, event)

    def sources(self, event: str, *, as_of: str | datetime | None = None) -> Sources:
        """Who is behind an event: its independent origins, and who passes their word on."""
        with self._asking(as_of) as asking:
            return provenance.sources(asking, event)

    def changes(
        self,
        article: str | None = None,
        *,
        since: str | datetime | None = None,
        story: str | None = None,
        everything: bool = False,
        as_of: str | datetime | None = None,
    ) -> Changes:
        """What changed from one revision of an article (of a story's articles, of every article) to the next."""
        after = instant(since, "since") if since is not None else None
        with self._asking(as_of) as asking:
            return provenance.changes(asking, article, after, story=story, everything=everything)

    def article(
        self, article: str, *, revision: str | None = None, as_of: str | datetime | None = None
    ) -> ArticleAnswer:
        """One article by address, id or file: its revisions, and the reading of one of them (else the current one)."""
        with self._asking(as_of) as asking:
            return articles.article(asking, article, revision)

    def context(self, event: str, *, as_of: str | datetime | None = None) -> dict[str, Around]:
        """The sentences before and after those of an event's claims, by the claims' ids."""
        with self._asking(as_of) as asking:
            return articles.context(asking, event)

    def news(
        self, since: str | datetime | None = None, *, limit: int = 100, as_of: str | datetime | None = None
    ) -> News:
        """What became known after an instant, the newest first."""
        after = instant(since, "since") if since is not None else None
        with self._asking(as_of) as asking:
            return articles.news(asking, after, limit)

    def pulse(self) -> Pulse:
        """Changes whenever something is added; cheap to ask again and again."""
        with self.store.loader() as loader:
            return pulse(loader)

    def stories(
        self,
        *,
        since: str | datetime | None = None,
        language: str | None = None,
        limit: int = 20,
        as_of: str | datetime | None = None,
    ) -> told.Stories:
        """The stories that were told from an instant on, the latest told first; titles in a language where they can."""
        after = instant(since, "since") if since is not None else None
        with self._asking(as_of) as asking:
            return told.stories(asking, after, language, limit)

    def story(
        self, ident: str, *, language: str | None = None, everything: bool = False, as_of: str | datetime | None = None
    ) -> told.OneStory:
        """One story with its articles, actors and events; ``everything`` takes in events without a PLOVER type."""
        with self._asking(as_of) as asking:
            return told.story(asking, ident, language, everything=everything)

    def export(
        self,
        chosen: Chosen = EVERYTHING,
        *,
        language: str = "en",
        edits: bool = False,
        as_of: str | datetime | None = None,
    ) -> Exported:
        """A part of the record for the formats of :mod:`ultimora.formats.export`.

        Args:
            chosen: Which events.
            language: The reader's language.
            edits: Rather what the revisions of articles changed than the events.
            as_of: Only what was known then, which is also the present.
        """
        for value in (chosen.since, chosen.until):
            if value is not None:
                instant(value, "since and until")
        with self._asking(as_of) as asking:
            return exporting.export(asking, chosen, language, edits=edits)

    def disputes(
        self,
        story: str | None = None,
        *,
        since: str | datetime | None = None,
        everything: bool = False,
        as_of: str | datetime | None = None,
    ) -> Disputes:
        """Claims that cannot both be true, of one story or of all that were told lately, with each side's origins."""
        after = instant(since, "since") if since is not None else None
        with self._asking(as_of) as asking:
            return disputes.disputes(asking, story, after, everything=everything)

    def brief(
        self,
        story: str,
        *,
        language: str = "en",
        since: str | datetime | None = None,
        as_of: str | datetime | None = None,
    ) -> briefs.Brief:
        """What is known of a story, in the words of a language; what changed ``since`` (a day ago, if not given)."""
        after = instant(since, "since") if since is not None else None
        with self._asking(as_of) as asking:
            return briefs.brief(asking, story, language, after)

    def dyad(
        self,
        a: str,
        b: str,
        *,
        by: dyads.By = "week",
        since: str | None = None,
        until: str | None = None,
        as_of: str | datetime | None = None,
    ) -> dyads.Dyad:
        """Co-operation and conflict of two actors by day, week or month: certain and merely claimed apart."""
        for value in (since, until):
            if value is not None:
                instant(value, "since and until")
        with self._asking(as_of) as asking:
            return dyads.dyad(asking, a, b, by, since, until)

    def search(
        self,
        words: str,
        *,
        actor: str | None = None,
        type: str | None = None,  # noqa: A002
        since: str | None = None,
        until: str | None = None,
        limit: int = 20,
        as_of: str | datetime | None = None,
    ) -> searching.Hits:
        """Sentences and statements by their words, with the events that they speak of, best first."""
        for value in (since, until):
            if value is not None:
                instant(value, "since and until")
        with self._asking(as_of) as asking:
            return searching.find(asking, words, actor=actor, event_type=type, since=since, until=until, limit=limit)

    def actors(
        self, kind: str | None = None, *, seed: bool = False, as_of: str | datetime | None = None
    ) -> people.Actors:
        """Every actor met; with ``seed`` the states and international bodies known before the first article."""
        with self._asking(as_of) as asking:
            return people.listed(asking, kind, seed=seed)

    def actor(self, name: str, *, as_of: str | datetime | None = None) -> people.Actors:
        """Whoever a name means: every name met, and the offices held with the sentences that say so."""
        with self._asking(as_of) as asking:
            return people.shown(asking, name)

    def actor_edits(self) -> tuple[ActorEdit, ...]:
        """The corrections of actors that stand; they are made through ``store.correcting()``."""
        with self._asking(None) as asking:
            return people.edits(asking)

    def extent(self) -> Extent:
        """How many articles, revisions and events there are."""
        with self.store.loader() as loader:
            return loader.extent()
