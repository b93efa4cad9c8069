"""Who is who: the names that actors were met under, the offices they were said to hold, the whole of half a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

import sqlalchemy as sa

from ultimora.record.aliases import ActorEdit, Aliases
from ultimora.record.names import plain, same_person, tokens
from ultimora.record.schema import actor_edits, name_words, names, offices
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


_CHUNK = 500
_MANY, _ALIKE, _LAST = 1000, 3, "\U0010ffff"
_KNOWN = (names.c.actor, names.c.name, names.c.plain, names.c.kind, names.c.country)


@cache
def _like(words: int, dated: bool) -> sa.Select[Any]:
    """Names by words of theirs, as they were known at an instant or are now; composed once."""
    query = sa.select(*_KNOWN)
    for at in range(words):
        with_word = sa.select(name_words.c.actor).where(name_words.c.word == sa.bindparam(f"word{at}"))
        query = query.where(names.c.actor.in_(with_word))
    if dated:
        query = query.where(names.c.known_at <= sa.bindparam("as_of"))
    return query.order_by(names.c.actor, names.c.name)


class Registry:
    """The actors of a record as they were known at an instant."""

    def __init__(self, connection: sa.Connection, as_of: str | None) -> None:
        self.db, self.as_of = connection, as_of
        self._fuller: dict[Party, Party] = {}

    @cached_property
    def aliases(self) -> Aliases:
        """What the user said of actors, whenever that was: it corrects what is known, at whatever instant."""
        query = sa.select(actor_edits).where(actor_edits.c.undone.is_(None)).order_by(actor_edits.c.id)
        rows = self.db.execute(query).mappings()
        return Aliases(tuple(ActorEdit(r["id"], r["at"], r["kind"], r["actor"], r["value"]) for r in rows))

    def _then(self, column: sa.Column[Any]) -> sa.ColumnElement[bool]:
        return sa.true() if self.as_of is None else column <= self.as_of

    def names_near(self, words: Sequence[str]) -> list[Known]:
        """The names that may be like some words, in the order of the alphabet: all there are, or, where they are many,
        those of which a word begins like one of these.
        """
        query = sa.select(*_KNOWN).where(self._then(names.c.known_at))
        if self._many():
            begins = {word[:_ALIKE] for word in words}
            word = name_words.c.word
            alike = ((word >= begin) & (word <= begin + _LAST) for begin in sorted(begins))
            some = sa.select(name_words.c.actor).where(sa.or_(sa.false(), *alike))
            query = query.where(names.c.actor.in_(some.order_by(name_words.c.word, name_words.c.actor).limit(_MANY)))
        rows = self.db.execute(query.order_by(names.c.plain, names.c.actor, names.c.name)).tuples().all()
        return [Known(*row) for row in rows]

    def _many(self) -> bool:
        """Whether there are too many names to look at each."""
        known = sa.select(names.c.actor).where(self._then(names.c.known_at)).limit(_MANY).subquery()
        return int(self.db.execute(sa.select(sa.func.count()).select_from(known)).scalar() or 0) == _MANY

    def names_like(self, words: Sequence[str]) -> list[Known]:
        """The names that hold all of some words (as :func:`ultimora.record.names.tokens` gives them)."""
        asked = {f"word{at}": word for at, word in enumerate(words)} | {"as_of": self.as_of}
        rows = self.db.execute(_like(len(words), self.as_of is not None), asked).tuples()
        return [known for known in (Known(*row) for row in rows) if set(words) <= set(known.plain.split())]

    def plainly(self, forms: Sequence[str]) -> list[Known]:
        """The names that read so, word by word (as :func:`ultimora.record.names.tokens` gives them)."""
        query = sa.select(*_KNOWN).where(names.c.plain.in_(list(forms)), self._then(names.c.known_at))
        return [Known(*row) for row in self.db.execute(query.order_by(names.c.actor, names.c.name)).tuples()]

    def with_words(self, words: Sequence[str]) -> list[tuple[str, Known]]:
        """The names of actors who are known by some of these words, each with the word."""
        found: list[tuple[str, Known]] = []
        for at in range(0, len(words), _CHUNK):
            query = (
                sa.select(name_words.c.word, *_KNOWN)
                .join(names, names.c.actor == name_words.c.actor)
                .where(name_words.c.word.in_(words[at : at + _CHUNK]), self._then(names.c.known_at))
            )
            rows = self.db.execute(query.order_by(name_words.c.word, names.c.actor, names.c.name)).tuples()
            found += [(word, Known(*known)) for word, *known in rows]
        return found

    def officials(self, country: str) -> list[Official]:
        """Whoever was met in an office of a state, each with the state that most articles give them an office of."""
        then = self._then(offices.c.known_at)
        some = sa.select(offices.c.actor).where(offices.c.of == country, offices.c.tense != "former", then)
        votes = self._states(offices.c.actor.in_(some))
        called = sa.select(names.c.actor, names.c.name).where(names.c.actor.in_(some), self._then(names.c.known_at))
        rows = self.db.execute(called.order_by(names.c.actor, names.c.name)).tuples()
        return [Official(actor, name, votes[actor]) for actor, name in rows]

    def _states(self, which: sa.ColumnElement[bool]) -> dict[str, str]:
        """For each of some actors the state that most articles give them an office of."""
        articles, first = sa.func.count(offices.c.article.distinct()), sa.func.min(offices.c.known_at)
        query = sa.select(offices.c.actor, offices.c.of, articles, first)
        query = query.where(which, offices.c.of != "", offices.c.tense != "former", self._then(offices.c.known_at))
        votes: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for actor, of, count, known_at in self.db.execute(query.group_by(offices.c.actor, offices.c.of)).tuples():
            if len(of) == 3 and of.isupper():
                votes[actor].append((-count, known_at, of))
        return {actor: min(found)[2] for actor, found in votes.items()}

    def fuller(self, party: Party) -> Party:
        """A person with the full name and the state that the record knows, where only one person can be meant; anybody
        as the user calls them.
        """
        if party not in self._fuller:
            whole = self._whole(party) if party.key.startswith("person:") else party
            called = self.aliases.name(party.key)
            self._fuller[party] = replace(whole, name=called) if called else whole
        return self._fuller[party]

    def actors(self, kind: str | None = None) -> list[Known]:
        """One name of every actor met, the fullest, in the order of the alphabet; those that the user made one once."""
        query = sa.select(*_KNOWN).where(self._then(names.c.known_at))
        if kind is not None:
            query = query.where(names.c.kind == kind)
        found: dict[str, Known] = {}
        for row in self.db.execute(query.order_by(names.c.actor, names.c.name)).tuples():
            known = Known(*row)
            key = self.aliases.one(self.aliases.owner(known.actor, known.name))
            if key not in found or len(known.name.split()) > len(found[key].name.split()):
                found[key] = replace(known, actor=key, name=self.aliases.name(key) or known.name)
        return sorted(_whole_people(list(found.values())), key=lambda k: (k.plain, k.actor))

    def called(self, keys: Sequence[str]) -> list[Known]:
        """Every name of some actors."""
        query = sa.select(*_KNOWN).where(names.c.actor.in_(list(keys)), self._then(names.c.known_at))
        return [Known(*row) for row in self.db.execute(query.order_by(names.c.actor, names.c.name)).tuples()]

    def renamed(self, name: str) -> list[Known]:
        """The names of whom the user calls so."""
        keys = [e.actor for e in self.aliases.edits if e.kind == "rename" and plain(e.value) == plain(name)]
        return self.called(keys) if keys else []

    def held(self, keys: Sequence[str]) -> list[Held]:
        """The offices of some actors: from the first day on which an article says so to the first that says former."""
        query = sa.select(offices).where(offices.c.actor.in_(list(keys)), self._then(offices.c.known_at))
        said: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for row in self.db.execute(query.order_by(offices.c.day, offices.c.known_at, offices.c.article)).mappings():
            said[row["title"], row["of"]].append(row)
        return [
            _held(title, of, rows) for (title, of), rows in sorted(said.items(), key=lambda each: each[1][0]["day"])
        ]

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


def _whole_people(found: Sequence[Known]) -> list[Known]:
    """Actors without those known by half a name only, where one person alone can be meant by it."""
    by_name: dict[str, list[Known]] = defaultdict(list)
    for each in found:
        if each.kind == "person" and each.actor.startswith("person:") and each.plain:
            by_name[each.plain.split()[-1]].append(each)
    halves: set[str] = set()
    for group in by_name.values():
        if len(distinct_people(k.name for k in group)) == 1:
            fullest = max(group, key=lambda k: (len(k.name.split()), k.actor))
            halves.update(k.actor for k in group if k is not fullest)
    return [k for k in found if k.actor not in halves]


@dataclass(frozen=True, slots=True)
class Held:
    """An office: whose, from and to when as articles say, in how many of them, and a sentence that says so."""

    title: str
    of: str | None
    from_: str | None
    to: str | None
    articles: int
    sentence: str


def _held(title: str, of: str, rows: Sequence[Any]) -> Held:
    now = [r for r in rows if r["tense"] != "former"]
    over = [r["day"] for r in rows if r["tense"] == "former" and (not now or r["day"] >= now[-1]["day"])]
    first = now[0]["day"] if now else None
    articles = len({r["article"] for r in rows})
    return Held(title, of or None, first, over[0] if over else None, articles, (now or rows)[0]["sentence"])


def distinct_people(found: Iterable[str]) -> list[str]:
    """The fullest of each person's names."""
    whole: list[str] = []
    for name in sorted(dict.fromkeys(found), key=lambda n: (-len(n.split()), n)):
        if not any(same_person(name, other) for other in whole):
            whole.append(name)
    return whole
