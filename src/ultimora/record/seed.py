"""Who is known before the first article: states, their capitals, and international bodies, by every name they have in
the languages that are read. All of it is data of the gazetteers. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ultimora import languages
from ultimora.record.names import plain


@dataclass(frozen=True, slots=True)
class Body:
    """An international body: the key of its party, and its names."""

    key: str
    names: tuple[str, ...]


def body(name: str) -> Body | None:
    """The international body of a name in any language."""
    return _bodies().get(plain(name))


def bodies() -> tuple[Body, ...]:
    """All international bodies, by key."""
    return tuple(sorted({b.key: b for b in _bodies().values()}.values(), key=lambda b: b.key))


@cache
def _bodies() -> dict[str, Body]:
    groups: dict[str, list[str]] = {}
    for names in _named():
        known = [groups[plain(n)] for n in names if plain(n) in groups]
        group = known[0] if known else []
        for other in known[1:]:
            group += [n for n in other if n not in group] if other is not group else []
        group += [n for n in names if n not in group]
        groups |= {plain(n): group for n in group}
    made = {id(g): Body(f"org:{min(plain(n) for n in g)}", tuple(g)) for g in groups.values()}
    return {name: made[id(group)] for name, group in groups.items()}


def _named() -> Iterator[list[str]]:
    """The names of each body in each language, and the links between languages last."""
    for tag in languages.available():
        yield from _split(languages.load(tag).table("gazetteer/organizations").get("organizations", ()))
    shared = languages.Language("mul", languages.ROOT / "mul", {})
    yield from _split(shared.table("gazetteer/bodies").get("bodies", ()))


def _split(entries: Iterable[Any]) -> Iterator[list[str]]:
    for entry in entries:
        yield [name.strip().rstrip("!?") for name in str(entry).split("|") if name.strip()]
