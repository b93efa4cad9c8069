"""Puts revisions into stories in the canonical order, and puts them anew where one that arrives late changes what was
known before them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from ultimora.record import locks
from ultimora.record import stories as deciding
from ultimora.record.facts import digest
from ultimora.record.schema import gist_keys, gists, reports
from ultimora.record.schema import stories as stories_table
from ultimora.record.stories import Gist, Profile
from ultimora.record.types import ReadingFacts, Revision
from ultimora.record.vectors import Vectors
from ultimora.record.windows import moment
from ultimora.serial import from_data, to_data
from ultimora.types import Reading

_COMMON, _ASKED, _PER_KEY, _MOST = 400, 14, 12, 60
_CHUNK = 400


class Teller:
    """Gives each revision its story, inside the transaction that adds it."""

    def __init__(self, connection: sa.Connection) -> None:
        self.db = connection

    def take_in(
        self, revision: Revision, facts: ReadingFacts, reading: Reading, vectors: Vectors, doubted: str | None
    ) -> str:
        """Store what a revision is about and put it into a story; the story's id.

        Args:
            revision: Which revision.
            facts: What it says, joined to events already.
            reading: What it was read as.
            vectors: Gives the vector of a text.
            doubted: The first place from which events were joined anew, None if none were.
        """
        place = "|".join(revision.order)
        locks.hold(self.db, "stories")
        self._store(revision, facts, reading, vectors, place)
        for row in self._undone(min(place, doubted or place)):
            self._put(row)
        found = self.db.execute(sa.select(gists.c.story).where(gists.c.revision == revision.id)).scalar()
        return str(found)

    def _store(self, revision: Revision, facts: ReadingFacts, reading: Reading, vectors: Vectors, place: str) -> None:
        keys = deciding.subjects(reading)
        payload = {
            "day": day_of(revision),
            "language": revision.language,
            "subjects": keys,
            "words": deciding.words(reading),
            "sentences": {c.id: c.sentence for c in facts.claims},
            "reports": {r.id: r.claims for r in facts.reports},
            "typed": [r.id for r in facts.reports if r.event_type],
            "vector": vectors(deciding.lead(reading)),
        }
        row = {"revision": revision.id, "article": revision.article, "known_at": revision.known_at, "position": place}
        self.db.execute(gists.insert(), [row | {"story": None, "payload": json.dumps(to_data(payload))}])
        findable = [*keys, *deciding.words(reading)]
        if findable:
            rows = [{"key": k, "position": place, "revision": revision.id} for k in findable]
            self.db.execute(gist_keys.insert(), rows)

    def _undone(self, first: str) -> list[Mapping[Any, Any]]:
        """Take the revisions from a place on out of their stories; they, in order."""
        after = gists.c.position >= first
        rows = self.db.execute(sa.select(gists).where(after).order_by(gists.c.position)).mappings().all()
        touched = sorted({row["story"] for row in rows if row["story"]})
        if touched:
            self.db.execute(gists.update().where(after).values(story=None))
            for ident in touched:
                self._regrow(ident)
        return list(rows)

    def _regrow(self, ident: str) -> None:
        """Make a story anew out of the revisions that are left in it."""
        known = self.db.execute(sa.select(stories_table).where(stories_table.c.id == ident)).mappings().one()
        self.db.execute(stories_table.delete().where(stories_table.c.id == ident))
        query = sa.select(gists).where(gists.c.story == ident).order_by(gists.c.position)
        profile: Profile | None = None
        rows = self.db.execute(query).mappings().all()
        for row in rows:
            profile = deciding.grow(profile, ident, self._gist(row), known["branch_of"])
        if profile is not None:
            self._save(profile, rows[0], new=True)

    def _put(self, row: Mapping[Any, Any]) -> None:
        gist = self._gist(row)
        home = self._home(row)
        found = deciding.put(gist, self._candidates(gist, row, home), home)
        ident = found.story or digest("story", row["revision"], length=12)
        before = self._profiles([ident]) if found.story else []
        profile = deciding.grow(before[0] if before else None, ident, gist, found.branch_of)
        self.db.execute(gists.update().where(gists.c.revision == row["revision"]).values(story=ident))
        self._save(profile, row, new=not before)

    def _save(self, profile: Profile, row: Mapping[Any, Any], *, new: bool) -> None:
        payload = json.dumps(to_data(profile))
        if not new:
            self.db.execute(stories_table.update().where(stories_table.c.id == profile.id).values(payload=payload))
            return
        values = {"id": profile.id, "position": row["position"], "known_at": row["known_at"]}
        self.db.execute(stories_table.insert(), [values | {"branch_of": profile.branch_of, "payload": payload}])

    def _home(self, row: Mapping[Any, Any]) -> str | None:
        earlier = sa.select(gists.c.story).where(
            gists.c.article == row["article"], gists.c.position < row["position"], gists.c.story.is_not(None)
        )
        found = self.db.execute(earlier.order_by(gists.c.position).limit(1)).scalar()
        return str(found) if found else None

    def _gist(self, row: Mapping[Any, Any]) -> Gist:
        data = json.loads(row["payload"])
        return Gist(
            revision=row["revision"],
            article=row["article"],
            day=data["day"],
            language=data["language"],
            keys=deciding.weighted(data["subjects"], self._met(data["subjects"], row["position"])),
            events=self._events(data),
            vector=data["vector"],
        )

    def _events(self, data: Mapping[str, Any]) -> dict[str, float]:
        """The weights of the events that the revision's reports were joined to."""
        found: dict[str, str] = {}
        ids = list(data["reports"])
        for at in range(0, len(ids), _CHUNK):
            query = sa.select(reports.c.id, reports.c.event).where(reports.c.id.in_(ids[at : at + _CHUNK]))
            found |= {report: str(event) for report, event in self.db.execute(query).tuples() if event}
        return deciding.event_weights(ids, data["sentences"], data["reports"], found, data["typed"])

    def _met(self, keys: Sequence[str] | Mapping[str, Any], place: str) -> dict[str, int]:
        """In how many revisions before a place each name was met; counted no further than to what is common."""
        found = {}
        for key in keys:
            before = sa.select(sa.literal(1)).where(gist_keys.c.key == key, gist_keys.c.position < place)
            limited = before.limit(_COMMON).subquery()
            found[key] = int(self.db.execute(sa.select(sa.func.count()).select_from(limited)).scalar() or 0)
        return found

    def _candidates(self, gist: Gist, row: Mapping[Any, Any], home: str | None) -> list[Profile]:
        """The stories that know the same events, those that lately spoke of the same names, and the last told."""
        if home is not None:
            return []
        place, ids = row["position"], dict[str, None]()
        for event in sorted(gist.events, key=lambda e: (-gist.events[e], e))[:_ASKED]:
            ids |= dict.fromkeys(self._stories_of(event, place))
        for key in [*list(gist.keys)[:_ASKED], *json.loads(row["payload"])["words"]]:
            lately = sa.select(gist_keys.c.revision).where(gist_keys.c.key == key, gist_keys.c.position < place)
            ids |= dict.fromkeys(self._lately(lately.order_by(gist_keys.c.position.desc()).limit(_PER_KEY)))
        last = sa.select(gists.c.revision).where(gists.c.position < place)
        ids |= dict.fromkeys(self._lately(last.order_by(gists.c.position.desc()).limit(_MOST)))
        return self._profiles(list(ids)[:_MOST])

    def _lately(self, which: sa.Select[Any]) -> list[str]:
        query = sa.select(gists.c.story).where(gists.c.revision.in_(which), gists.c.story.is_not(None)).distinct()
        return sorted(self.db.execute(query).scalars())

    def _stories_of(self, event: str, place: str) -> list[str]:
        query = (
            sa.select(gists.c.story)
            .join(reports, reports.c.revision == gists.c.revision)
            .where(reports.c.event == event, reports.c.position < place, gists.c.story.is_not(None))
            .distinct()
            .limit(_PER_KEY)
        )
        return sorted(self.db.execute(query).scalars())

    def _profiles(self, ids: Sequence[str]) -> list[Profile]:
        query = sa.select(stories_table.c.id, stories_table.c.payload).where(stories_table.c.id.in_(list(ids)))
        found = {i: from_data(Profile, json.loads(p)) for i, p in self.db.execute(query).tuples()}
        return [found[i] for i in ids if i in found]


def day_of(revision: Revision) -> str:
    """The day that a revision speaks from: the one it states, unless that lies after the day it was met."""
    met = str(revision.known_at)[:10]
    stated = moment(revision.stated or "")
    return min(stated.date().isoformat(), met) if stated else met
