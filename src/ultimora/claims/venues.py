"""Towns among the parties of an event that a noun names, where it takes place or what it falls on; whose doors a crowd
stands before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ultimora.claims.bystanders import is_capital, is_of_somebody
from ultimora.claims.fillers import all_parties, genitives_of
from ultimora.claims.frames import frame
from ultimora.claims.rules import Trigger
from ultimora.claims.syntax import case_of
from ultimora.documents.entities import entity_of
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

_HOUSED = frozenset({"government", "organization"})

if TYPE_CHECKING:
    from ultimora.claims.parties import Parties


def stricken(document: Document, trigger: Trigger, found: Parties) -> None:
    """As in "il corteo di Parigi", "il bombardamento russo di Odessa": a town does neither."""
    where = [p for p in found.actors if document.entities[int(p[1:]) - 1].kind == "place"]
    if trigger.event_type == "PROTEST" or len(where) < len(found.actors):
        found.actors = [p for p in found.actors if p not in where]
        found.place = found.place or next(iter(where), None)
        found.recipients = found.recipients or (where if trigger.event_type == "ASSAULT" else [])


def venue(document: Document, token: Token, trigger: Trigger, found: Parties) -> None:
    """As in "il vertice di Ankara con il presidente": a town that it is called after is where it is held."""
    alone = document.entities[int(found.actors[0][1:]) - 1] if len(found.actors) == 1 else None
    if alone is None or alone.kind != "place":
        return
    after = [t for t in genitives_of(document, token) if entity_of(document, t) is alone]
    if not found.recipients and trigger.event_type == "CONSULT" and trigger.mode != "visit":
        found.actors, found.place = [], found.place or alone.id
    elif found.recipients and after and not (trigger.event_type != "CONSULT" and is_capital(document, after[0])):
        found.actors, found.place = [], found.place or alone.id  # but "il via libera di Berlino all'intesa"


def faced(document: Document, token: Token, found: Parties, carrier: Token | None) -> None:
    """As in "farmers rallied outside the ministry", "picket the court": whose doors they stand before they address."""
    if found.recipients:
        return
    before = words(document.language, "cases", "facing")
    around = [t for each in (token, carrier) if each is not None for t in document.children(each, "obl", "nmod")]
    doors = [t for t in around if case_of(document, t) in before]
    doors += frame(document, token).objects if token.upos == "VERB" else ()
    doors = [t for t in doors if not is_of_somebody(document, t)]  # "outside their own school"
    parties = [document.entities[int(p[1:]) - 1] for p in all_parties(document, doors, "nmod")]
    found.recipients = [e.id for e in parties if e.kind in _HOUSED and e.id not in found.actors]
