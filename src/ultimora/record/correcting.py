"""Corrections of actors: a user's word that two are one, that a name is somebody else's, what one is called."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ultimora.errors import BadActor
from ultimora.record.actors import countries
from ultimora.record.aliases import ActorEdit, EditKind, check_merge
from ultimora.record.names import plain, tokens
from ultimora.record.registry import Registry, distinct_people
from ultimora.record.schema import actor_edits, name_words, names
from ultimora.record.seed import body

_KINDS = ("person", "organization", "armed_group", "government", "group", "place", "other")


@dataclass(frozen=True, slots=True)
class UserActor:
    """An actor out of a user's file."""

    name: str
    kind: str
    country: str | None
    wikidata: str | None
    aliases: tuple[str, ...]


class Corrector:
    """Takes corrections in, inside one transaction."""

    def __init__(self, connection: sa.Connection, at: str) -> None:
        self.db, self.at = connection, at

    @property
    def registry(self) -> Registry:
        """The actors as they are."""
        return Registry(self.db, None)

    def key(self, name: str) -> str:
        """The key of an actor by one of its names, or by itself.

        Raises:
            BadActor: there is none, or there are several.
        """
        given = " ".join(name.split())
        registry = self.registry
        if ":" in given and (registry.called([given]) or given.startswith("state:")):
            return given
        state = countries().get(plain(given))
        if state is not None:
            return f"state:{state}"
        known = body(given)
        met = registry.called([known.key]) if known else registry.names_like(tokens(given)) if tokens(given) else []
        exact = [k for k in met if plain(k.name) == plain(given)] or met or registry.renamed(given)
        keys = list(dict.fromkeys(k.actor for k in exact))
        if len(keys) > 1 and len(distinct_people(k.name for k in met if k.kind == "person")) == 1:
            keys = [max(met, key=lambda k: (len(k.name.split()), k.actor)).actor]  # half a name of one person
        if len(keys) != 1:
            why = f"is {', '.join(keys)}: name one of these" if keys else "is nobody in the record"
            raise BadActor(f"{name!r} {why}; see: ultimora actors list")
        return keys[0]

    def merge(self, actor: str, into: str) -> ActorEdit:
        """Make two actors one."""
        mine, whole = self.key(actor), self.key(into)
        check_merge(self.registry.aliases, mine, whole)
        return self._keep("merge", mine, self.registry.aliases.one(whole))

    def split(self, actor: str, name: str | None = None) -> list[ActorEdit]:
        """Part what was made one with an actor; with a name, give that name of the actor to somebody else.

        Raises:
            BadActor: there is nothing to part.
        """
        key = self.key(actor)
        if name is not None:
            mine = [k.name for k in self.registry.called([key])]
            if plain(name) not in {plain(n) for n in mine} or len({plain(n) for n in mine}) == 1:
                raise BadActor(f"{name!r} is no further name of {key}; its names are: {', '.join(mine)}")
            return [self._keep("split", key, name)]
        merges = [e for e in self.registry.aliases.edits if e.kind == "merge" and key in (e.actor, e.value)]
        if not merges:
            raise BadActor(f"{key} is one with nobody; to part one of its names: ultimora actors split {actor!r} NAME")
        for each in merges:
            self.undo(each.id)
        return merges

    def rename(self, actor: str, name: str) -> ActorEdit:
        """Call an actor by a name.

        Raises:
            BadActor: the name is empty.
        """
        if not plain(name):
            raise BadActor(f"{name!r} is no name")
        return self._keep("rename", self.key(actor), " ".join(name.split()))

    def undo(self, ident: int) -> ActorEdit:
        """Take a correction back.

        Raises:
            BadActor: there is none of that number that stands.
        """
        found = next((e for e in self.registry.aliases.edits if e.id == ident), None)
        if found is None:
            raise BadActor(f"there is no correction {ident} that stands; see: ultimora actors edits")
        self.db.execute(actor_edits.update().where(actor_edits.c.id == ident).values(undone=self.at))
        return found

    def take_in(self, found: Iterable[UserActor]) -> int:
        """Put the actors of a user's file into the registry; how many there were."""
        actors = list(found)
        for actor in actors:
            self._enter(actor)
        return len(actors)

    def _enter(self, actor: UserActor) -> None:
        keys = [_key(actor, name) for name in (actor.name, *actor.aliases)]
        for name, key in zip((actor.name, *actor.aliases), keys, strict=True):
            self._name(key, name, actor)
            if self.registry.aliases.one(key) != self.registry.aliases.one(keys[0]):
                self._keep("merge", key, self.registry.aliases.one(keys[0]))
        aliases = self.registry.aliases
        if aliases.name(keys[0]) != actor.name:
            self._keep("rename", keys[0], actor.name)
        if actor.wikidata and aliases.wikidata(keys[0]) != actor.wikidata:
            self._keep("wikidata", keys[0], actor.wikidata)

    def _name(self, key: str, name: str, actor: UserActor) -> None:
        if any(k.name == name for k in self.registry.called([key])):
            return
        row = {"actor": key, "name": name, "plain": " ".join(tokens(name)), "kind": actor.kind}
        self.db.execute(names.insert(), [row | {"country": actor.country, "known_at": self.at}])
        query = sa.select(name_words.c.word).where(name_words.c.actor == key)
        known: set[str] = set(self.db.execute(query).scalars())
        rows = [{"word": w, "actor": key} for w in sorted(set(tokens(name)) - known)]
        if rows:
            self.db.execute(name_words.insert(), rows)

    def _keep(self, kind: EditKind, actor: str, value: str) -> ActorEdit:
        row = {"at": self.at, "kind": kind, "actor": actor, "value": value}
        made = self.db.execute(actor_edits.insert().returning(actor_edits.c.id), [row]).scalar_one()
        return ActorEdit(int(made), self.at, kind, actor, value)


def _key(actor: UserActor, name: str) -> str:
    known = body(name) if actor.kind == "organization" else None
    if known is not None:
        return known.key
    if actor.kind == "government" and actor.country:
        return f"state:{actor.country}"
    kind = "org" if actor.kind in ("organization", "armed_group", "outlet") else actor.kind
    return f"{kind}:{' '.join(tokens(name))}"


def read_actors(path: Path) -> list[UserActor]:
    """The actors of a TOML file (``[[actor]]`` tables) or a CSV file (columns name, kind, country, wikidata, aliases).

    Raises:
        BadActor: the file cannot be read, or a line of it says nothing.
    """
    try:
        if path.suffix.lower() == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows: list[Mapping[str, Any]] = list(csv.DictReader(file))
        else:
            rows = tomllib.loads(path.read_text(encoding="utf-8")).get("actor", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, csv.Error) as error:
        raise BadActor(f"{path}: cannot be read ({error}); it must be TOML with [[actor]] tables, or CSV") from error
    return [_user_actor(path, number, row) for number, row in enumerate(rows, 1)]


def _user_actor(path: Path, number: int, row: Mapping[str, Any]) -> UserActor:
    name, kind = str(row.get("name") or "").strip(), str(row.get("kind") or "person").strip()
    if not tokens(name):
        raise BadActor(f"{path}: actor {number} has no name")
    if kind not in _KINDS:
        raise BadActor(f"{path}: actor {number} ({name}): there is no kind {kind!r}; there are: {', '.join(_KINDS)}")
    aliases = row.get("aliases") or ()
    listed = aliases.split("|") if isinstance(aliases, str) else [str(a) for a in aliases]
    named = tuple(a.strip() for a in listed if tokens(a))
    return UserActor(name, kind, str(row.get("country") or "") or None, str(row.get("wikidata") or "") or None, named)
