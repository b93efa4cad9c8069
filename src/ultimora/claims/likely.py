"""Who most likely fills a role for which no rule finds anybody, of all whom the sentences about speak of.

How likely each is is told by signs (``role_signs.py``), whose worth is learned from marked sentences of our own
(``training/parties.py``): multinomial logistic regression over what somebody may be to an event, as in Gildea and
Jurafsky, "Automatic Labeling of Semantic Roles" (2002). What rules find is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from math import exp
from tomllib import loads

from ultimora.claims.parties import Parties
from ultimora.claims.passing import passes_on
from ultimora.claims.role_signs import Participant, Told, signs
from ultimora.claims.rules import Trigger
from ultimora.claims.tolls import is_whom
from ultimora.documents.entities import ensure, entity_of, is_somebody
from ultimora.documents.entities.registry import AGENTS
from ultimora.documents.statements.syntax import covers
from ultimora.types import Document, Entity, Token

_SURE = {"actors": 0.5, "other": 0.5, "recipients": 0.65}
"""How likely somebody has to be; a recipient, whom an event often has none of, more than an actor."""
_SURE_BY_MODEL = 0.7
"""The same of what the model says, which knows nothing of clauses and quotations."""
_FEW = 4
"""So long a text is worth guessing in; a longer one speaks of many who have nothing to do with an event."""
_SURER = 0.9
"""The same of whom only the sentence before or after speaks."""
_NAMING = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "X"})
_MOST = 40
_DOERS = AGENTS - {"outlet"}
_KINDS = {"actors": _DOERS, "other": _DOERS, "recipients": AGENTS | {"place"}}
"""Of what kinds somebody must be; places that act are known as governments, and outlets only tell."""
_WITHIN = frozenset({"nmod", "nmod:poss", "compound", "amod"})
"""Relations of whoever is only spoken of to say which thing is meant."""

Weights = dict[str, tuple[float, float]]


@cache
def weights() -> Weights:
    """What each sign is worth for an actor and for a recipient, as logarithms of odds against being neither."""
    text = files("ultimora.models").joinpath("parties.toml").read_text(encoding="utf-8")
    return {str(name): (float(a), float(r)) for name, (a, r) in loads(text)["weights"].items()}


def fill_in(document: Document, told: Iterable[tuple[Token, Trigger, Parties]]) -> None:
    """Fills the roles that rules leave empty with whoever is likely enough; who stands in another sentence is marked.

    In a longer text only the model's word counts, which sees the sentence; the signs do not tell enough there.
    """
    by_signs = len(document.sentences) <= _FEW
    for token, trigger, parties in told:
        roles = lacking(trigger, parties)
        if not roles or not (by_signs or token.kind == trigger.event_type):
            continue
        event = Told(document, token, trigger, parties.actors, parties.recipients)
        many = list(participants(event))
        for role in roles:
            can = _can_suffer if role == "recipients" else _can_act
            able = [one for one in many if (by_signs or one.chances is not None) and can(event, one)]
            found = likeliest(able, role, parties)
            if found is not None:
                _take(document, found, role, parties)


def lacking(trigger: Trigger, parties: Parties) -> list[str]:
    """The roles to be filled; where all do the same together, the other side."""
    everybody = [*parties.actors, *parties.recipients]
    if trigger.joint:
        return ["actors", "other"][len(everybody) :]
    sides = (("actors", "actor", parties.actors), ("recipients", "recipient", parties.recipients))
    return [name for name, role, filled in sides if not filled and role not in parties.counted]


def participants(event: Told) -> Iterator[Participant]:
    """Everybody whom the sentence of an event and those beside it speak of, once each, where he stands closest."""
    document, here = event.document, event.token.sentence
    found: dict[str | int, Participant] = {}
    for sentence in (here, here - 1, here + 1):
        if not 0 <= sentence < len(document.sentences):
            continue
        for token in document.sentence_tokens(sentence):
            one = _spoken_of(event, token) if token.upos in _NAMING and token.i != event.token.i else None
            if one is None:
                continue
            key = one.entity.id if one.entity is not None else token.i
            if key not in found or (not one.apart and one.steps < found[key].steps):
                found[key] = one
    many = list(found.values())
    for one in many[:_MOST]:
        one.signs = list(signs(event, one, many))
        one.chances = _by_model(event, one)
        yield one


def _by_model(event: Told, one: Participant) -> tuple[float, float] | None:
    """What the model makes of somebody, if it takes the word for the event that the rules make of it."""
    if one.apart or event.token.kind != event.trigger.event_type:
        return None
    return next(((a, r) for i, a, r in event.token.parts if i == one.token.i), (0.0, 0.0))


def _can_act(event: Told, one: Participant) -> bool:
    """Whether somebody may have done it: no victim, nobody whose thing stands nearby ("during the band's show, a riot
    broke out").
    """
    if one.token.deprel == "obl:agent" and one.token.head != event.token.i:
        return False  # "freed on Monday and picked up by agents"
    return not is_whom(event.document, one.token) and not (len(one.down) > 1 and one.down[-1] in _WITHIN)


def _spoken_of(event: Told, token: Token) -> Participant | None:
    entity = entity_of(event.document, token)
    if entity is None and not (token.upos == "NOUN" and is_somebody(event.document, token)):
        return None
    if _only_tells(event, token, entity):
        return None
    if token.sentence != event.token.sentence:
        return Participant(token, entity, True, (), ())
    if passes_on(event.document, event.around, token):
        return None
    return Participant(token, entity, False, *event.path_to(token))


def _can_suffer(event: Told, one: Participant) -> bool:
    """Whether it may be done to somebody: to nobody who speaks of it by a name of his own."""
    return not any(covers(s.source_mention, one.token) and covers(s.content, event.token) for s in event.beside)


def _only_tells(event: Told, token: Token, entity: Entity | None) -> bool:
    """As in "a strike killed 17, medics at the hospital say": sources without a name, and what is told of a source,
    take no part in what the source tells.
    """
    where = [s.source_mention for s in event.beside if s.source_mention is not None and covers(s.source_mention, token)]
    named = entity is not None and any(m.form == "name" for m in entity.mentions)
    return any(not named or event.document.span_head(each.start, each.end) is not token for each in where)


def likeliest(many: Iterable[Participant], role: str, parties: Parties) -> Participant | None:
    """Who most likely fills a role, if anybody is likely enough; ``other``: the other side of what all do together."""
    taken, kinds = {*parties.actors, *parties.recipients}, _KINDS[role]
    free = [
        (chances(one)[role == "recipients"], one)
        for one in many
        if one.entity is None or (one.entity.id not in taken and one.entity.kind in kinds)
    ]
    for chance, one in sorted(free, key=lambda each: -each[0]):
        asked = _SURER if one.apart else _SURE[role] if one.chances is None else _SURE_BY_MODEL
        if chance >= asked and not (one.apart and role == "other"):
            return one
    return None


def chances(one: Participant) -> tuple[float, float]:
    """How likely somebody is actor or recipient, by the model or else by the signs."""
    if one.chances is not None:
        return one.chances
    worth = weights()
    known = [worth[sign] for sign in one.signs if sign in worth]
    actor, recipient = exp(sum(a for a, _ in known)), exp(sum(r for _, r in known))
    return actor / (1 + actor + recipient), recipient / (1 + actor + recipient)


def _take(document: Document, one: Participant, role: str, parties: Parties) -> None:
    party = one.entity.id if one.entity is not None else ensure(document, one.token)
    acts = role == "actors" or (role == "other" and not parties.actors)
    (parties.actors if acts else parties.recipients).append(party)
    if one.apart:
        parties.inferred.append("actors" if acts else "recipients")
