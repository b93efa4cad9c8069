"""Whether the parties that were found make an event of the type that a rule says."""

from __future__ import annotations

from collections.abc import Iterable

from ultimora.claims.frames import frame
from ultimora.claims.parties import Parties
from ultimora.claims.rules import Trigger
from ultimora.claims.syntax import feature
from ultimora.claims.voices import is_agentless
from ultimora.documents.entities import entity_by
from ultimora.types import Document, Token


def complete(document: Document, token: Token, trigger: Trigger, parties: Parties) -> bool:
    """Whether the parties that the rule insists on are there, and of the kinds that it asks for.

    A passive that does not say by whom ("Scarcerato il giornalista", "dispiegati mille soldati") needs no actor.
    """
    if not _right_kinds(document, trigger, parties):
        return False
    everybody = [*parties.actors, *parties.recipients]
    several = everybody if len(everybody) > 1 or any(_is_many(document, each) for each in everybody) else []
    have = {"actor": parties.actors, "recipient": parties.recipients, "any": everybody, "both": everybody[1:]}
    have["several"] = several
    counted = {*parties.counted, *(["any"] if parties.counted else [])}
    missing = {role for role in trigger.agent if not have[role] and role not in counted}
    if missing != {"actor"} or parties.actors:
        return not missing
    return is_agentless(document, token) or _is_told_of_one(document, token, trigger)


def _is_told_of_one(document: Document, token: Token, trigger: Trigger) -> bool:
    """As in "She urged members to": whoever she is, it is somebody who does it."""
    alone = trigger.verbal and not trigger.kinds and not trigger.joint and trigger.agent == {"actor"}
    subjects = frame(document, token).subjects if alone else ()
    return any(t.upos == "PRON" and feature(t, "Gender") in {"Masc", "Fem"} for t in subjects)


def _is_many(document: Document, party: str) -> bool:
    """Not one person: a body, a state, or people."""
    return entity_by(document, party).kind != "person"


def _right_kinds(document: Document, trigger: Trigger, parties: Parties) -> bool:
    def kinds(ids: Iterable[str]) -> set[str]:
        found = [entity_by(document, each) for each in ids]
        named = any(e.kind == "person" and any(m.form == "name" for m in e.mentions) for e in found)
        unnamed = [e for e in found if e.kind == "other" and not any(m.form == "name" for m in e.mentions)]
        people = {"person", "group"} if unnamed else set()  # by the verb, or by the noun
        return {e.kind for e in found} | people | ({"name"} if named else set())

    actors, recipients = kinds(parties.actors), kinds(parties.recipients)
    if trigger.kinds and not actors & trigger.kinds and not trigger.agent:
        parties.actors = []  # "la manifestazione di Madrid": where, and by nobody who is told
    elif actors & trigger.not_kinds or (trigger.kinds and not actors & trigger.kinds):
        return False
    if not trigger.recipient_kinds or not recipients or recipients & trigger.recipient_kinds:
        return True
    if not trigger.agent:
        parties.recipients = []  # "heads to Portland": where, and against nobody
    return not trigger.agent
