"""A reading that comes from outside: checked before the record takes it in."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ultimora.errors import BadReading
from ultimora.types import Reading

_INTERVALS = ("times", "claims", "events")


def reading_from_json(text: str | bytes) -> Reading:
    """The reading that some JSON holds, as ``ultimora read --format json`` writes it.

    Raises:
        BadReading: it is no reading, or its parts do not fit together; the message says where.
    """
    data = _object(text)
    for name in _INTERVALS:
        for each in data.get(name) or ():
            if isinstance(each, dict) and "from" in each:
                each["from_"] = each.pop("from")
    try:
        reading = _adapter().validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        at = ".".join(str(part) for part in first["loc"]).replace("from_", "from")
        raise BadReading(f"reading: {at or 'top'}: {first['msg']}; see: ultimora schema reading") from error
    _check(reading)
    return reading


@cache
def _adapter() -> TypeAdapter[Reading]:
    return TypeAdapter(Reading)


def _object(text: str | bytes) -> dict[str, Any]:
    try:
        data = json.loads(text, parse_constant=_refuse)
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise BadReading(f"reading: no JSON in UTF-8 ({error})") from error
    if not isinstance(data, dict):
        raise BadReading("reading: no JSON object; send one as written by: ultimora read FILE --format json")
    if not all(isinstance(data.get(name, []), list) for name in _INTERVALS):
        raise BadReading(f"reading: {', '.join(_INTERVALS)} are lists")
    return data


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _check(reading: Reading) -> None:
    """Offsets lie in the text, ids and dates exist."""
    size, sentences = len(reading.text), len(reading.sentences)
    spans: list[Any] = [*reading.sentences, *reading.times, *reading.quantities, *(c.trigger for c in reading.claims)]
    spans += [m for e in reading.entities for m in e.mentions]
    spans += [x for s in reading.statements for x in (s.content, s.cue, s.source_mention) if x is not None]
    _demand(all(0 <= s.start <= s.end <= size for s in spans), "an offset lies outside the text")
    _demand([s.id for s in reading.sentences] == list(range(sentences)), "sentences are numbered from 0")
    placed: list[Any] = [*reading.times, *reading.quantities, *reading.statements, *reading.claims]
    placed += [x for e in reading.entities for x in (*e.mentions, *e.roles)]
    _demand(all(0 <= p.sentence < sentences for p in placed), "there is no such sentence")
    ends = [end for q in reading.quantities for end in (q.value if isinstance(q.value, tuple) else (q.value,))]
    _demand(all(math.isfinite(end) for end in ends), "a quantity is no number")
    _ids(reading)
    info = reading.article
    dates = [info.published, info.modified]
    dates += [d for c in reading.claims for d in (c.from_, c.to)] + [d for e in reading.events for d in (e.from_, e.to)]
    _demand(all(_exists(d) for d in dates if d is not None), "a date does not exist or is not ISO 8601")
    _demand(len(reading.id) > 0, "it has no id")


def _ids(reading: Reading) -> None:
    parties: list[str | None] = [x for c in reading.claims for x in (*c.actors, *c.recipients, c.place)]
    parties += [x for e in reading.events for x in (*e.actors, *e.recipients, e.place)]
    parties += [x for s in reading.statements for x in (s.source, s.medium)]
    parties += [x for c in reading.claims for chain in c.attributions for k in chain for x in (k.source, k.medium)]
    _known(parties, (e.id for e in reading.entities), "entity")
    _known((q for c in reading.claims for q in c.quantities), (q.id for q in reading.quantities), "quantity")
    _known((c.time for c in reading.claims), (t.id for t in reading.times), "time")
    _known((c.event for c in reading.claims), (e.id for e in reading.events), "event")
    _known((c for e in reading.events for c in e.claims), (c.id for c in reading.claims), "claim")


def _known(used: Iterable[str | None], there: Iterable[str], what: str) -> None:
    missing = {x for x in used if x is not None} - set(there)
    _demand(not missing, f"there is no {what} {min(missing, default='')!r}")


def _exists(date: str) -> bool:
    try:
        datetime.fromisoformat(date)
    except ValueError:
        return False
    return True


def _demand(holds: bool, message: str) -> None:
    if not holds:
        raise BadReading(f"reading: {message}; see: ultimora schema reading")
