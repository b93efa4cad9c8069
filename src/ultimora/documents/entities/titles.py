"""Titles of offices compared: the same one by another name, a shorter one, one of the same sort that is another."""

from __future__ import annotations

from collections.abc import Set

from ultimora.documents.entities.context import Context
from ultimora.types import Role

_STEM = 6


def clashes(context: Context, title: str, roles: list[Role]) -> bool:
    """Whether somebody has another office of the same sort: the minister of labour is not the minister of economy."""
    mine = title.split()
    for role in roles:
        theirs = role.title.split()
        alike = len(mine) > 1 and len(theirs) > 1 and role.tense != "former"
        alike = alike and (mine[0][:_STEM] == theirs[0][:_STEM] or mine[-1] == theirs[-1])
        if (alike and not same_office(context, title, role.title)) or are_apart(context, mine[0], {theirs[0]}):
            return True
    return False


def are_apart(context: Context, one: str, others: Set[str]) -> bool:
    """As in "portiere" and "attaccante", "radio" and "quotidiano": nobody is both."""
    for row in context.referring.apart:
        mine = [kind for kind in row if one in kind]
        if mine and not any(kind & others for kind in mine) and any(kind & others for kind in row):
            return True
    return False


def fullest(roles: list[Role]) -> list[Role]:
    """Roles without those that only shorten another: the "minister" who is the "labour minister" is no other one."""
    heads = {word for r in roles if " " in r.title for word in (r.title.split()[0], r.title.split()[-1])}
    return [r for r in roles if r.title not in heads]


def same_office(context: Context, one: str, other: str) -> bool:
    """The same title, also by another name: "capo della diplomazia" is the "ministro degli esteri"."""
    mine, theirs = (_alternatives(context, t) for t in (one, other))
    return any(same_title(a, b) for a in mine for b in theirs)


def _alternatives(context: Context, title: str) -> list[str]:
    head, _, rest = title.partition(" ")
    words = context.lexicon
    other = words.aliases.get(title)
    if other is None and rest and (short := words.aliases.get(head)):
        other = "|".join(f"{name} {rest}" for name in short.split("|"))  # "ministra | del lavoro"
    plain = [rest] if rest and head in words.chiefs else []
    named = [a for o in other.split("|") for a in (o, o.partition(" ")[2])] if other else []
    return [title, *(each for each in (*named, *plain) if each)]


def same_title(one: str, other: str) -> bool:
    """As in "ministro" may be the "ministro degli esteri", but the "ministro della difesa" may not."""
    mine, theirs = one.split(), other.split()
    return one == other or set(mine) <= set(theirs) or set(theirs) <= set(mine)
