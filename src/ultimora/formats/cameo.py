"""A reading's events as CSV with the columns that users of GDELT know, one row for each actor and recipient.

CAMEO codes stand for PLOVER's types by PLOVER's own table; the Goldstein scores are those of the codes. What did not
happen is left out, as is what PLOVER does not name. ``Status`` and ``Certainty`` are columns of ours.
"""

from __future__ import annotations

import csv
import io
from itertools import product

from ultimora import ontology
from ultimora.types import Entity, Event, Reading

COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "Actor1Name", "Actor1CountryCode", "Actor2Name", "Actor2CountryCode", "IsRootEvent",
    "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources",
    "ActionGeo_FullName", "DATEADDED", "SOURCEURL", "Status", "Certainty",
)  # fmt: skip
HEADER = ",".join(COLUMNS)


def render(reading: Reading) -> str:
    """The rows of one reading, without the header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    entities = {entity.id: entity for entity in reading.entities}
    for event in reading.events:
        if event.event_type and event.polarity == "positive":
            writer.writerows(_rows(reading, event, entities))
    return out.getvalue().rstrip("\n")


def _rows(reading: Reading, event: Event, entities: dict[str, Entity]) -> list[list[str]]:
    name, code = ontology.coded(event.event_type or "", event.mode, planned=event.status == "planned")
    claims = [c for c in reading.claims if c.id in event.claims]
    sources = {link.source for c in claims for chain in c.attributions for link in chain[:1]}
    fixed = [
        str(int(any(c.sentence <= 1 for c in claims))),
        *(code, code[:3], code[:2], str(ontology.quad_code(name)), str(ontology.goldstein(code))),
        *(str(len(claims)), str(max(len(sources), 1)), _cell(entities[event.place].name if event.place else "")),
        *(_day(reading.article.published), _cell(reading.article.url or ""), event.status, event.certainty),
    ]
    pairs = product(event.actors or (None,), event.recipients or (None,))
    return [
        [f"{reading.id}-{event.id}-{n}", _day(event.from_), *_party(a, entities), *_party(r, entities), *fixed]
        for n, (a, r) in enumerate(pairs)
    ]


def _party(ident: str | None, entities: dict[str, Entity]) -> tuple[str, str]:
    return (_cell(entities[ident].name), entities[ident].country or "") if ident else ("", "")


def _day(instant: str | None) -> str:
    return (instant or "")[:10].replace("-", "")


def _cell(text: str) -> str:
    """Text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
