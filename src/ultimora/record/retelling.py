"""Reads stories back out of the record as they stood at an instant."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ultimora.record.load import LIGHT, revision_of
from ultimora.record.schema import gists, reports, revisions, stories
from ultimora.record.stories import centre
from ultimora.record.types import Revision
from ultimora.record.vectors import nearness

_CHUNK = 400


@dataclass(frozen=True, slots=True)
class KeptStory:
    """A story out of the record: its articles in the order in which they became known, each as it stands."""

    id: str
    branch_of: str | None
    branches: tuple[str, ...]
    first: str
    last: str
    revisions: int
    articles: tuple[Revision, ...]
    vectors: Mapping[str, str]

    def title(self, language: str | None = None) -> Revision:
        """The article with the most central headline, in a language if it has any."""
        titled = [a for a in self.articles if a.title] or list(self.articles)
        spoken = [a for a in titled if language and a.language.split("-")[0] == language.split("-")[0]] or titled
        middle = centre([self.vectors[a.id] for a in self.articles])
        return max(spoken, key=lambda a: (nearness(self.vectors[a.id], middle) or 0.0, a.order))


class Shelf:
    """The stories of a record as they were known at an instant (``None``: as they are)."""

    def __init__(self, connection: sa.Connection, as_of: str | None) -> None:
        self.db, self.as_of = connection, as_of

    def _then(self, column: sa.Column[Any]) -> sa.ColumnElement[bool]:
        return sa.true() if self.as_of is None else column <= self.as_of

    def latest(self, since: str | None = None, limit: int | None = None) -> list[str]:
        """The ids of stories that were told from an instant on, the latest told first."""
        last = sa.func.max(gists.c.position)
        query = sa.select(gists.c.story).where(self._then(gists.c.known_at), gists.c.story.is_not(None))
        if since is not None:
            query = query.where(gists.c.known_at >= since)
        query = query.group_by(gists.c.story).order_by(last.desc(), gists.c.story)
        return list(self.db.execute(query.limit(limit) if limit else query).scalars())

    def with_prefix(self, prefix: str) -> list[str]:
        """The ids of stories that begin so."""
        query = sa.select(stories.c.id).where(
            self._then(stories.c.known_at), stories.c.id.startswith(prefix, autoescape=True)
        )
        return list(self.db.execute(query.order_by(stories.c.id).limit(20)).scalars())

    def stories(self, ids: Sequence[str]) -> list[KeptStory]:
        """Stories by id, in the order asked for."""
        found = {s.id: s for at in range(0, len(ids), _CHUNK) for s in self._stories(ids[at : at + _CHUNK])}
        return [found[i] for i in ids if i in found]

    def _stories(self, ids: Sequence[str]) -> Iterable[KeptStory]:
        query = (
            sa.select(*LIGHT, gists.c.story, gists.c.payload)
            .join(gists, gists.c.revision == revisions.c.id)
            .where(gists.c.story.in_(ids), self._then(gists.c.known_at))
        )
        told: dict[str, list[Mapping[Any, Any]]] = defaultdict(list)
        for row in self.db.execute(query.order_by(gists.c.position)).mappings():
            told[row["story"]].append(row)
        branch_of = dict(
            self.db.execute(sa.select(stories.c.id, stories.c.branch_of).where(stories.c.id.in_(ids))).tuples().all()
        )
        branches = self._branches(ids)
        return [self._story(i, told[i], branch_of.get(i), branches.get(i, [])) for i in ids if told[i]]

    def _branches(self, ids: Sequence[str]) -> dict[str, list[str]]:
        query = sa.select(stories.c.branch_of, stories.c.id).where(
            stories.c.branch_of.in_(ids), self._then(stories.c.known_at)
        )
        found: dict[str, list[str]] = defaultdict(list)
        for parent, child in self.db.execute(query.order_by(stories.c.position)).tuples():
            found[str(parent)].append(child)
        return found

    def _story(
        self, ident: str, rows: Sequence[Mapping[Any, Any]], branch_of: str | None, branches: Sequence[str]
    ) -> KeptStory:
        known = [revision_of(row) for row in rows]
        vectors = {row["id"]: str(json.loads(row["payload"])["vector"]) for row in rows}
        standing: dict[str, Revision] = {}
        for each in known:
            old = standing.get(each.article)
            standing[each.article] = each if old is None or each.age > old.age else old
        return KeptStory(
            id=ident,
            branch_of=branch_of,
            branches=tuple(branches),
            first=known[0].known_at,
            last=known[-1].known_at,
            revisions=len(known),
            articles=tuple(standing.values()),
            vectors={a.id: vectors[a.id] for a in standing.values()},
        )

    def events(self, story: str) -> list[str]:
        """The events of a story, the first known first: those that none of the other stories tells more often."""
        mine = sa.select(gists.c.article).where(gists.c.story == story, self._then(gists.c.known_at))
        told = sa.select(reports.c.event).where(reports.c.article.in_(mine), self._then(reports.c.known_at))
        return [event for event, home in self._homes(reports.c.event.in_(told)).items() if home == story]

    def of(self, events: Sequence[str]) -> dict[str, str]:
        """The story of each of some events."""
        found: dict[str, str] = {}
        for at in range(0, len(events), _CHUNK):
            found |= self._homes(reports.c.event.in_(events[at : at + _CHUNK]))
        return found

    def _homes(self, which: sa.ColumnElement[bool]) -> dict[str, str]:
        """For each of some events the story whose articles tell it most; of several, the one that told it first."""
        homes = sa.select(gists.c.article, gists.c.story).where(self._then(gists.c.known_at)).distinct().subquery()
        first, count = sa.func.min(reports.c.position), sa.func.count(reports.c.article.distinct())
        query = (
            sa.select(reports.c.event, homes.c.story, first, count)
            .join(homes, homes.c.article == reports.c.article)
            .where(which, self._then(reports.c.known_at))
            .group_by(reports.c.event, homes.c.story)
        )
        votes: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for event, story, position, articles in self.db.execute(query).tuples():
            votes[str(event)].append((-articles, position, str(story)))
        best = {event: min(found) for event, found in votes.items()}
        begun = {event: min(position for _, position, _ in found) for event, found in votes.items()}
        return {event: best[event][2] for event in sorted(best, key=lambda e: (begun[e], e))}
