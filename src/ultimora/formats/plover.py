"""A reading's events in PLOVER's field names, one JSON object a line (PLOVER manual, chapter "Data Fields").

A planned meeting is an AGREE there and is written as one; what did not happen is left out, what is only possible or
still to come says so under ``context``, as the manual's auxiliary modes. Fields of ours begin with ``x_``.
"""

from __future__ import annotations

import json
from typing import Any

from ultimora import ontology
from ultimora.types import Entity, Event, Reading

_SECTORS = {"government": "GOV", "armed_group": "REB", "outlet": "JRN"}
_AUXILIARY = {"planned": "future", "hypothetical": "hypothetical"}


def render(reading: Reading) -> str:
    """One line an event that PLOVER names; an empty text where there is none."""
    entities = {entity.id: entity for entity in reading.entities}
    kept = [e for e in reading.events if e.event_type and e.polarity == "positive"]
    return "\n".join(json.dumps(_record(reading, e, entities), ensure_ascii=False) for e in kept)


def _record(reading: Reading, event: Event, entities: dict[str, Entity]) -> dict[str, Any]:
    kind = event.event_type or ""
    planned = event.status == "planned"
    name, cameo = ontology.coded(kind, event.mode, planned=planned)
    mode = event.mode if name == kind else None
    auxiliary = _AUXILIARY.get(event.status) if name == kind else None
    claims = [c for c in reading.claims if c.id in event.claims]
    record = {
        "id": f"{reading.id}-{event.id}",
        "date": (event.from_ or reading.article.published or "")[:10] or None,
        "actor": [_party(entities[i]) for i in event.actors],
        "recipient": [_party(entities[i]) for i in event.recipients],
        "event": [name],
        "event_loc": {"name": entities[event.place].name} if event.place else None,
        "event_text": [c.trigger.text for c in claims],
        "quad_code": ontology.quad_code(name),
        "event_scale": ontology.score(name, mode),
        "mode": [mode] if mode else [],
        "context": [auxiliary] if auxiliary else [],
        "cite_info": {"publication": reading.article.outlet, "url": reading.article.url},
        "coder": "ultimora",
        "x_cameo": cameo,
        "x_certainty": event.certainty,
        "x_status": event.status,
    }
    return {key: value for key, value in record.items() if value is not None}


def _party(entity: Entity) -> dict[str, str]:
    code = entity.country or ("IGO" if entity.kind == "organization" else None)
    sector = "GOV" if any(r.of == entity.country for r in entity.roles if r.of) else _SECTORS.get(entity.kind)
    office = entity.roles[0].title if entity.roles else None
    found = {"code": code, "sector": sector, "entity_text": entity.name, "office": office}
    return {key: value for key, value in found.items() if value is not None}
