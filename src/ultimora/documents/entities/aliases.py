"""Second names that a text gives somebody: "Mohamed Hamdan Dagalo, noto come Hemedti", "Zambada, known as El Mayo"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import STATES, Draft
from ultimora.types import Token

_FARTHEST = 10
_QUOTES = frozenset("«»“”\"‘’'")
_OPENING = frozenset({",", "(", "–", "—", "-"})


def join_aliases(context: Context) -> None:
    """Makes one of two names of which the text says that they are one's."""
    for one, other in pairwise(sorted(context.names, key=lambda n: n.first)):
        first, second = (context.registry.by_token.get(n.first) for n in (one, other))
        if first is None or second is None or first is second or not _may_be_one(first, second):
            continue
        if _calls(context, context.document.tokens[one.last : other.first]):
            context.registry.merge(second, first)


def _may_be_one(first: Draft, second: Draft) -> bool:
    """Whether two names can be of one: no states, and not of two different ones."""
    if STATES in (first.table, second.table) or first.kind == "place":
        return False
    return len({first.country, second.country} - {None}) <= 1


def _calls(context: Context, between: Sequence[Token]) -> bool:
    """Whether what stands between two names says that the second is another word for the first."""
    signs = context.referring.signs
    core, links = signs.get("alias", frozenset()), signs.get("alias_links", frozenset())
    if not 1 < len(between) <= _FARTHEST or between[0].text not in _OPENING:
        return False
    if len({t.sentence for t in between}) > 1:
        return False
    words = [t.lower for t in between[1:] if t.text not in _QUOTES]
    return any(w in core for w in words) and all(w in core or w in links for w in words)
