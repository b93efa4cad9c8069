"""Towns among the parties of an event that a noun names, where it takes place or what it falls on; whose doors a crowd
stands before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ultimora.claims.bystanders import is_capital, is_mere_town, is_of_somebody
from ultimora.claims.fillers import all_parties, genitives_of
from ultimora.claims.frames import frame
from ultimora.claims.rules import Trigger
from ultimora.claims.scene import only_place
from ultimora.claims.syntax import case_of
from ultimora.documents.entities import entity_by, entity_of, state_of
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

_HOUSED = frozenset({"government", "organization"})

if TYPE_CHECKING:
    from ultimora.claims.parties import Parties


def stricken(document: Document, token: Token, trigger: Trigger, found: Parties) -> None:
    """As in "il corteo di Parigi", "il bombardamento di Odessa", "l'attentato di Peshawar": a town does neither."""
    where = [p for p in found.actors if entity_by(document, p).kind == "place"]
    after = [t for t in genitives_of(document, token) if is_mere_town(document, t) or not found.recipients]
    after = [t for t in after if is_mere_town(document, t) or is_capital(document, t)]
    towns = {e.id for t in after if (e := entity_of(document, t)) is not None}
    if trigger.event_type == "PROTEST" or len(where) < len(found.actors) or (where and towns >= set(where)):
        found.actors = [p for p in found.actors if p not in where]
        found.place = found.place or next(iter(where), None)
        found.recipients = found.recipients or (where if trigger.event_type == "ASSAULT" else [])


def elsewhere(document: Document, trigger: Trigger, topic: list[str], struck: Sequence[str]) -> list[str]:
    """As in "Kosovo, spari contro una pattuglia": a headline about a state strikes another, or tells where it was."""
    if trigger.event_type != "ASSAULT" or trigger.verbal:
        return topic
    abroad = {entity_by(document, p).country for p in struck} - {None}
    return [p for p in topic if abroad - {entity_by(document, p).country}]


def venue(document: Document, token: Token, trigger: Trigger, found: Parties) -> None:
    """As in "il vertice di Ankara con il presidente": a town that it is called after is where it is held."""
    everybody = [entity_by(document, p) for p in (*found.actors, *found.recipients)]
    others = [e.id for e in everybody if e.kind != "place"]
    towns = [e.id for e in everybody if e.kind == "place" and _is_called_after(document, token, e.id)]
    if towns and len(others) > 1:  # "the Geneva talks between Iran and the US"
        found.actors, found.recipients = (
            [p for p in each if p not in towns] for each in (found.actors, found.recipients)
        )
        found.place = found.place or towns[0]
        if not found.actors:
            found.actors, found.recipients = found.recipients[:1], found.recipients[1:]
        return
    alone = entity_by(document, found.actors[0]) if len(found.actors) == 1 else None
    if alone is None or alone.kind != "place":
        return
    after = [t for t in genitives_of(document, token) if entity_of(document, t) is alone]
    if not found.recipients and trigger.event_type == "CONSULT" and trigger.mode != "visit":
        found.actors, found.place = [], found.place or alone.id
    elif found.recipients and after and not (trigger.event_type != "CONSULT" and is_capital(document, after[0])):
        found.actors, found.place = [], found.place or alone.id  # but "il via libera di Berlino all'intesa"


def _is_called_after(document: Document, token: Token, town: str) -> bool:
    """Whether a noun has a town before it, or behind an "of"."""
    called = [*document.children(token, "compound", "amod"), *genitives_of(document, token)]
    return any(e is not None and e.id == town for t in called if (e := entity_of(document, t)) is not None)


def faced(document: Document, token: Token, found: Parties, carrier: Token | None) -> None:
    """As in "farmers rallied outside the ministry", "picket the court": whose doors they stand before they address."""
    if found.recipients:
        return
    place = found.place or only_place(document, token)
    where = entity_by(document, place).country if place is not None else None
    if where is not None and _is_against_rulers(document, token):
        found.recipients = [state_of(document, where)]
        return
    before = words(document.language, "cases", "facing")
    around = [t for each in (token, carrier) if each is not None for t in document.children(each, "obl", "nmod")]
    doors = [t for t in around if case_of(document, t) in before]
    doors += frame(document, token).objects if token.upos == "VERB" else ()
    doors = [t for t in doors if not is_of_somebody(document, t)]  # "outside their own school"
    parties = [entity_by(document, p) for p in all_parties(document, doors, "nmod")]
    found.recipients = [e.id for e in parties if e.kind in _HOUSED and e.id not in found.actors]


def _is_against_rulers(document: Document, token: Token) -> bool:
    """As in "an anti-government rally", "corteo antigovernativo"."""
    known = words(document.language, "words", "against_rulers")
    parts = [token, *document.children(token, "amod", "compound")]
    joined = {t.lower for each in parts for t in (each, *document.children(each))}
    return bool(known & joined) or any(f"{a.lower}-{b.lower}" in known for a, b in _hyphened(document, token))


def _hyphened(document: Document, token: Token) -> list[tuple[Token, Token]]:
    """The words on both sides of a hyphen just before a word, as parsers part "anti-government"."""
    at = [i for i in range(max(token.i - 3, 1), token.i) if document.tokens[i].text == "-"]
    return [(document.tokens[i - 1], document.tokens[i + 1]) for i in at]
