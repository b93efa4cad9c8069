"""Who is who: the names that actors were met under, the offices they were said to hold, the whole of half a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from ultimora.record.names import same_person, tokens
from ultimora.record.schema import name_words, names, offices
from ultimora.record.types import Party
from ultimora.types import EntityKind


@dataclass(frozen=True, slots=True)
class Known:
    """A name under which an actor was met."""

    actor: str
    name: str
    plain: str
    kind: EntityKind
    country: str | None


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody in office, by one of their names, and the state that they act for."""

    actor: str
    name: str
    country: str


_KNOWN = (names.c.actor, names.c.name, names.c.plain, names.c.kind, names.c.country)


class Registry:
    """The actors of a record as they were known at an instant."""

    def __init__(self, connection: sa.Connection, as_of: str | None) -> None:
        self.db, self.as_of = connection, as_of
        self._fuller: dict[Party, Party] = {}

    def _then(self, column: sa.Column[Any]) -> sa.ColumnElement[bool]:
        return sa.true() if self.as_of is None else column <= self.as_of

    def names(self) -> list[Known]:
        """Every name met, in the order of the alphabet."""
        query = sa.select(*_KNOWN).where(self._then(names.c.known_at))
        rows = self.db.execute(query.order_by(names.c.plain, names.c.actor, names.c.name)).tuples()
        return [Known(*row) for row in rows]

    def names_like(self, words: Sequence[str]) -> list[Known]:
        """The names that hold all of some words (as :func:`ultimora.record.names.tokens` gives them)."""
        query = sa.select(*_KNOWN).where(self._then(names.c.known_at))
        for word in words:
            with_word = sa.select(name_words.c.actor).where(name_words.c.word == word)
            query = query.where(names.c.actor.in_(with_word))
        rows = self.db.execute(query.order_by(names.c.actor, names.c.name)).tuples()
        return [known for known in (Known(*row) for row in rows) if set(words) <= set(known.plain.split())]

    def officials(self, country: str) -> list[Official]:
        """Whoever was met in an office of a state, each with the state that most articles give them an office of."""
        then = self._then(offices.c.known_at)
        some = sa.select(offices.c.actor).where(offices.c.of == country, then)
        votes = self._states(offices.c.actor.in_(some))
        called = sa.select(names.c.actor, names.c.name).where(names.c.actor.in_(some), self._then(names.c.known_at))
        rows = self.db.execute(called.order_by(names.c.actor, names.c.name)).tuples()
        return [Official(actor, name, votes[actor]) for actor, name in rows]

    def _states(self, which: sa.ColumnElement[bool]) -> dict[str, str]:
        """For each of some actors the state that most articles give them an office of."""
        articles, first = sa.func.count(offices.c.article.distinct()), sa.func.min(offices.c.known_at)
        query = sa.select(offices.c.actor, offices.c.of, articles, first)
        query = query.where(which, offices.c.of != "", self._then(offices.c.known_at))
        votes: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for actor, of, count, known_at in self.db.execute(query.group_by(offices.c.actor, offices.c.of)).tuples():
            if len(of) == 3 and of.isupper():
                votes[actor].append((-count, known_at, of))
        return {actor: min(found)[2] for actor, found in votes.items()}

    def fuller(self, party: Party) -> Party:
        """A person with the full name and the state that the record knows, where only one person can be meant."""
        if not party.key.startswith("person:"):
            return party
        if party not in self._fuller:
            self._fuller[party] = self._whole(party)
        return self._fuller[party]

    def _whole(self, party: Party) -> Party:
        met = [k for k in self.names_like(tokens(party.name)) if k.kind == "person"]
        people = distinct_people(k.name for k in met)
        if len(people) != 1:
            return party
        actors = sorted({k.actor for k in met})
        states = Counter(self._states(offices.c.actor.in_(actors)).values()) or Counter(
            k.country for k in met if k.country
        )
        country = min(states, key=lambda c: (-states[c], c)) if states else None
        name = people[0] if len(people[0].split()) > len(party.name.split()) else party.name
        return replace(party, name=name, country=country or party.country)


def distinct_people(found: Iterable[str]) -> list[str]:
    """The fullest of each person's names."""
    whole: list[str] = []
    for name in sorted(dict.fromkeys(found), key=lambda n: (-len(n.split()), n)):
        if not any(same_person(name, other) for other in whole):
            whole.append(name)
    return whole
