"""Puts revisions into stories in the canonical order, and puts them anew where one that arrives late changes what was
known before them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from ultimora.record import locks
from ultimora.record import statements as say
from ultimora.record import stories as deciding
from ultimora.record.bulk import enter
from ultimora.record.facts import digest
from ultimora.record.schema import gist_keys, gists
from ultimora.record.schema import stories as stories_table
from ultimora.record.stories import Gist, Profile
from ultimora.record.types import ReadingFacts, Revision
from ultimora.record.vectors import Vectors
from ultimora.record.windows import moment
from ultimora.serial import from_data, to_data
from ultimora.types import Reading

_ASKED, _PER_KEY, _MOST = 14, 12, 60
_STEP, _REMEMBERED = 4, 2048
_CHUNK = 400


class Teller:
    """Gives each revision its story, inside the transaction that adds it."""

    def __init__(self, connection: sa.Connection, *, fresh: str | None = None) -> None:
        """Get ready; ``fresh``: an article of which nothing was known before."""
        self.db, self._fresh = connection, fresh

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
        found = self.db.execute(say.STORY_OF, {"revision": revision.id}).scalar()
        return str(found)

    def _store(self, revision: Revision, facts: ReadingFacts, reading: Reading, vectors: Vectors, place: str) -> None:
        keys, words = deciding.subjects(reading), deciding.words(reading)
        payload = {
            "day": day_of(revision),
            "language": revision.language,
            "subjects": keys,
            "words": words,
            "sentences": {c.id: c.sentence for c in facts.claims},
            "reports": {r.id: r.claims for r in facts.reports},
            "typed": [r.id for r in facts.reports if r.event_type],
            "vector": vectors(deciding.lead(reading)),
        }
        row = {"revision": revision.id, "article": revision.article, "known_at": revision.known_at, "position": place}
        enter(self.db, gists, [row | {"story": None, "payload": json.dumps(to_data(payload))}])
        findable = [*keys, *words]
        enter(self.db, gist_keys, [{"key": k, "position": place, "revision": revision.id} for k in findable])

    def _undone(self, first: str) -> list[Mapping[Any, Any]]:
        """Take the revisions from a place on out of their stories; they, in order."""
        rows = self.db.execute(say.GISTS_FROM, {"first": first}).mappings().all()
        touched = sorted({row["story"] for row in rows if row["story"]})
        if touched:
            self.db.execute(say.LEAVE_FROM, {"first": first})
            for ident in touched:
                self._regrow(ident)
        return list(rows)

    def _regrow(self, ident: str) -> None:
        """Make a story anew out of the revisions that are left in it."""
        known = self.db.execute(say.STORY, {"story": ident}).mappings().one()
        self.db.execute(say.FORGET_STORY, {"story": ident})
        profile: Profile | None = None
        rows = self.db.execute(say.GISTS_OF, {"story": ident}).mappings().all()
        for row in rows:
            profile = deciding.grow(profile, ident, self._gist(row), known["branch_of"])
        if profile is not None:
            self._save(profile, rows[0], new=True)

    def _put(self, row: Mapping[Any, Any]) -> None:
        gist = self._gist(row)
        home = self._home(row)
        candidates = self._candidates(gist, row, home)
        found = deciding.put(gist, candidates, home)
        ident = found.story or digest("story", row["revision"], length=12)
        before = [c for c in candidates if c.id == ident] or (self._profiles([ident]) if found.story else [])
        profile = deciding.grow(before[0] if before else None, ident, gist, found.branch_of)
        self.db.execute(say.TELL, {"ident": row["revision"], "to": ident})
        self._save(profile, row, new=not before)

    def _save(self, profile: Profile, row: Mapping[Any, Any], *, new: bool) -> None:
        payload = json.dumps(to_data(profile))
        if not new:
            self.db.execute(say.GROW_STORY, {"story": profile.id, "to": payload})
            return
        values = {"id": profile.id, "position": row["position"], "known_at": row["known_at"]}
        enter(self.db, stories_table, [values | {"branch_of": profile.branch_of, "payload": payload}])

    def _home(self, row: Mapping[Any, Any]) -> str | None:
        if row["article"] == self._fresh:
            return None
        found = self.db.execute(say.HOME, {"article": row["article"], "place": row["position"]}).scalar()
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
            rows = self.db.execute(say.JOINED, {"ids": ids[at : at + _CHUNK]}).tuples()
            found |= {report: str(event) for report, event in rows if event}
        return deciding.event_weights(ids, data["sentences"], data["reports"], found, data["typed"])

    def _met(self, keys: Sequence[str] | Mapping[str, Any], place: str) -> dict[str, int]:
        """In how many revisions before a place each name was met; counted no further than to what is common."""
        asked = _numbered("key", list(keys))
        if not asked:
            return {}
        rows = dict(self.db.execute(say.met(len(asked)), asked | {"place": place}).tuples().all())
        return {key: int(rows[at]) for at, key in enumerate(keys)}

    def _candidates(self, gist: Gist, row: Mapping[Any, Any], home: str | None) -> list[Profile]:
        """The stories that know the same events, those that lately spoke of the same names, and the last told."""
        if home is not None:
            return []
        told = sorted(gist.events, key=lambda e: (-gist.events[e], e))[:_ASKED]
        events = _numbered("event", told)
        keys = _numbered("key", [*list(gist.keys)[:_ASKED], *json.loads(row["payload"])["words"]])
        query = say.told_of(len(keys), len(events), _PER_KEY, _MOST)
        found: dict[int, set[str]] = defaultdict(set)
        for at, story in self.db.execute(query, keys | events | {"place": row["position"]}).tuples().all():
            found[at].add(story)
        ids = dict.fromkeys(story for at in sorted(found) for story in sorted(found[at]))
        return self._profiles(list(ids)[:_MOST])

    def _profiles(self, ids: Sequence[str]) -> list[Profile]:
        found = {i: profile_of(p) for i, p in self.db.execute(say.PROFILES, {"ids": list(ids)}).tuples()}
        return [found[i] for i in ids if i in found]


def _numbered(name: str, values: Sequence[str]) -> dict[str, str]:
    """Values by name and number, filled up with what nothing is called, so that there are few statements for all."""
    filled = [*values, *[""] * (-len(values) % _STEP)]
    return {f"{name}{at}": value for at, value in enumerate(filled)}


@lru_cache(maxsize=_REMEMBERED)
def profile_of(payload: str) -> Profile:
    """A story, as deciding sees it, out of its payload."""
    return from_data(Profile, json.loads(payload))


def day_of(revision: Revision) -> str:
    """The day that a revision speaks from: the one it states, unless that lies after the day it was met."""
    met = str(revision.known_at)[:10]
    stated = moment(revision.stated or "")
    return min(stated.date().isoformat(), met) if stated else met
