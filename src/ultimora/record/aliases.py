"""What a user said of actors: that two are one, that a name belongs to somebody else, what one is called. Pure.

Every saying stands until it is undone; nothing that was read is changed by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ultimora.errors import BadActor
from ultimora.record.names import plain

EditKind = Literal["merge", "split", "rename", "wikidata"]


@dataclass(frozen=True, slots=True)
class ActorEdit:
    """One saying: ``merge`` makes ``actor`` one with ``value``, ``split`` gives the name ``value`` of ``actor`` to
    somebody else, ``rename`` calls ``actor`` so.
    """

    id: int
    at: str
    kind: EditKind
    actor: str
    value: str


@dataclass(frozen=True)
class Aliases:
    """All that stands."""

    edits: Sequence[ActorEdit] = ()

    @cached_property
    def _into(self) -> dict[str, str]:
        return {e.actor: e.value for e in self.edits if e.kind == "merge"}

    @cached_property
    def _split(self) -> dict[tuple[str, str], str]:
        return {(e.actor, plain(e.value)): own(e.actor, e.value) for e in self.edits if e.kind == "split"}

    def one(self, key: str) -> str:
        """The actor that an actor was made one with, itself if with none."""
        while key in self._into:
            key = self._into[key]
        return key

    def members(self, key: str) -> tuple[str, ...]:
        """All keys that are one with an actor, its own first."""
        whole = self.one(key)
        return (whole, *(k for k in self._into if self.one(k) == whole))

    def owner(self, key: str, name: str) -> str:
        """Whose a name met under a key is."""
        return self._split.get((key, plain(name)), key)

    def foreign(self, key: str) -> frozenset[str]:
        """The names under a key that are somebody else's, plain."""
        return frozenset(name for k, name in self._split if k == key)

    def name(self, key: str) -> str | None:
        """What the user calls an actor."""
        mine = set(self.members(key))
        return next((e.value for e in reversed(self.edits) if e.kind == "rename" and e.actor in mine), None)

    def wikidata(self, key: str) -> str | None:
        """The Wikidata id that the user gave an actor."""
        mine = set(self.members(key))
        return next((e.value for e in reversed(self.edits) if e.kind == "wikidata" and e.actor in mine), None)


def own(key: str, name: str) -> str:
    """The key of somebody whose name was met under another's key."""
    return f"{key}#{plain(name)}"


def check_merge(aliases: Aliases, actor: str, into: str) -> None:
    """Refuse a merge that would make a cycle or nothing.

    Raises:
        BadActor: the two are one already, or one is a part of the other.
    """
    if aliases.one(actor) == aliases.one(into):
        raise BadActor(f"{actor} and {into} are one already; to part them: ultimora actors split {actor}")
    if actor in aliases._into:
        raise BadActor(
            f"{actor} was made one with {aliases.one(actor)}; part them first: ultimora actors split {actor}"
        )
