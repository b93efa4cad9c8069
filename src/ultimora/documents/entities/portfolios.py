"""Who cannot be meant by an office, for what else is known of him: another office, another time, another country."""

from __future__ import annotations

from ultimora.documents.entities.announcing import portfolio_of
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.described import Description
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.titles import same_office
from ultimora.types import Token

RULING = frozenset({"head_of_state", "head_of_government", "monarch"})
OF_STATES = RULING | {"cabinet", "vice_president"}
JUSTICE = frozenset({"judge", "prosecutor", "lawyer"})
"""Offices seldom told only after the name: others there are accused or hurt."""


def is_of_here(context: Context, draft: Draft, said: Description) -> bool:
    """As in "L'assessore Vincenzo Colla … Il danese": who is in a town's office is of the country of the text."""
    abroad = said.bare and said.country is not None and said.country != context.lexicon.home
    return abroad and context.lexicon.home is not None and draft.country is None and "local" in draft.groups


def holds_another(context: Context, draft: Draft, said: Description) -> bool:
    """As in "il sindaco Rossi … l'assessore ai Trasporti": who is the one in a town or region is not the other."""
    held = [r for r in draft.offices.get("local", ()) if r.tense != "former"]
    return " " in said.title and bool(held) and not any(same_office(context, said.title, r.title) for r in held)


def has_another_portfolio(draft: Draft, said: Description) -> bool:
    """As in "the union's regional secretary … the transport minister": two offices of which nobody has both."""
    held = [r.title.split() for r in draft.offices.get("cabinet", ()) if r.tense != "former"]
    wanted = set(said.title.split())
    full = said.group == "cabinet" and len(wanted) > 1 and bool(held) and not said.former
    return full and all(len(title) > 1 and not wanted & set(title) for title in held)


def is_kin_alone(draft: Draft, said: Description) -> bool:
    """As in "il prefetto Clara Vaccaro … la vedova": who has an office is not spoken of as some other's kin."""
    return said.group == "kin" and draft.is_named and bool(draft.groups) and "kin" not in draft.groups


def still_rules(draft: Draft, said: Description) -> bool:
    """As in "L'ex premier", "l'ex leader", "the former prosecutor": not the one who is so now."""
    if said.ousted:
        return False  # "the ousted founder": the text tells of it
    groups = RULING | {said.group} - {"cabinet"} if said.group in OF_STATES | {"leader"} else {said.group} & JUSTICE
    held = [r for group in groups & draft.offices.keys() for r in draft.offices[group]]
    return bool(held) and not any(r.tense == "former" for r in held)


def serves_another(context: Context, draft: Draft, token: Token) -> bool:
    """As in "the Treasury … the interior ministry": what does something else for its state."""
    mine = portfolio_of(context, token)
    known = {draft.portfolio, *draft.nouns, *draft.name.lower().split()} & context.lexicon.portfolios
    return bool(mine and known) and mine not in known
