"""Ships that are named after they were told of: "a charity ship … The Clara Weiss docked … The vessel"."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.headlines import PARTS_BEFORE
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.shape import is_indefinite
from ultimora.documents.entities.ships import NEAR, SHIPS, is_ship_name, nouns_near
from ultimora.documents.entities.things import made
from ultimora.types import Token


def learn_ships(context: Context) -> None:
    """Of each ship's name the nouns by which a text goes back to it."""
    for name in context.names:
        draft = context.registry.by_token.get(name.first)
        if draft is None or draft.kind != "other" or name.known is not None:
            continue
        if is_ship_name(context.document, context.referring, name, context.gazetteer.genders):
            nouns = nouns_near(context.document, context.referring, context.document.tokens[name.first])
            draft.nouns.add(next(nouns))


def name_ship(context: Context, token: Token) -> None:
    """As in "a charity ship … The Clara Weiss": what was brought in without a name gets it."""
    draft = context.registry.by_token.get(token.i)
    if draft is None or draft.kind != "other" or not draft.is_named or min(draft.heads) != token.i:
        return
    if SHIPS not in context.referring.sorts_of(draft.nouns, ""):
        return
    told = next(_unnamed(context, token), None)
    if told is not None:
        become(context, made(context, told), draft)


def _unnamed(context: Context, token: Token) -> Iterator[Draft]:
    """The ships without a name that the sentences before have brought in, the last first."""
    tokens = context.document.tokens
    for i, draft in reversed(context.told.get(SHIPS, [])):
        near = i < token.i and token.sentence - tokens[i].sentence <= NEAR
        plain = bool(draft.heads) and draft.kind == "other" and not (draft.is_named or draft.plural)
        first = tokens[draft.heads[0]] if plain else token
        above = context.document.sentences[first.sentence].part in PARTS_BEFORE
        if near and plain and (above or is_indefinite(context.document, first)):
            yield draft


def become(context: Context, told: Draft, named: Draft) -> None:
    """What was told of without a name turns out to be what is named."""
    context.registry.merge(told, named)
    named.nouns |= told.nouns
    context.things[:] = [(i, named if d is told else d) for i, d in context.things]
    for entries in context.told.values():
        entries[:] = [(i, named if d is told else d) for i, d in entries]
