"""Readings made by hand: enough of one for the record, without a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ultimora.types import (
    SCHEMA,
    ArticleInfo,
    Claim,
    Entity,
    Event,
    Link,
    Mention,
    Quantity,
    Reading,
    ReadSentence,
    Role,
    TextSpan,
)


def person(name: str, country: str | None = None, office: str | None = None, **more: Any) -> Entity:
    roles = (Role(office, country, 0),) if office else ()
    return entity(name, "person", country, roles=roles, **more)


def state(country: str, name: str) -> Entity:
    return entity(name, "government", country)


def entity(
    name: str,
    kind: Any = "person",
    country: str | None = None,
    *,
    roles: tuple[Role, ...] = (),
    anonymous: bool = False,
    form: Any = "name",
) -> Entity:
    return Entity(f"n:{name}", name, kind, country, anonymous, roles, (Mention(0, len(name), 0, name, form),))


@dataclass(frozen=True)
class Said:
    """One claim and the sentence that makes it. Claims with the same ``event`` speak of one happening."""

    sentence: str
    actors: Sequence[Entity] = ()
    recipients: Sequence[Entity] = ()
    event_type: str | None = "CONSULT"
    mode: str | None = None
    day: str | None = None
    to: str | None = None
    status: Any = "occurred"
    polarity: Any = "positive"
    certainty: Any = "certain"
    sources: Sequence[tuple[Entity, Any]] = ()
    place: Entity | None = None
    count: float | None = None
    event: str | None = None
    predicate: str = "incontro"


@dataclass
class _Building:
    text: str = ""
    sentences: list[ReadSentence] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)
    quantities: list[Quantity] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


def reading(
    ident: str,
    *said: Said,
    published: str | None = "2025-03-05T12:00:00+01:00",
    modified: str | None = None,
    url: str | None = None,
    outlet: str | None = "Agenzia Lanterna",
    title: str | None = None,
    language: str = "it",
    extra: str = "",
) -> Reading:
    building = _Building()
    for number, each in enumerate(said):
        _say(building, number, each)
    info = ArticleInfo(url, outlet, language, None, title, None, published, "given", modified, None)
    return Reading(
        SCHEMA,
        ident,
        info,
        building.text + extra,
        tuple(building.sentences),
        tuple(building.entities.values()),
        (),
        tuple(building.quantities),
        (),
        tuple(building.claims),
        _events(building.claims),
    )


def _say(building: _Building, number: int, said: Said) -> None:
    start = len(building.text)
    building.text += said.sentence + "\n"
    end = start + len(said.sentence)
    building.sentences.append(ReadSentence(number, start, end, "body"))
    for each in (*said.actors, *said.recipients, *(s for s, _ in said.sources), *([said.place] if said.place else [])):
        building.entities.setdefault(each.id, each)
    quantities: tuple[str, ...] = ()
    if said.count is not None:
        ident = f"q{number}"
        building.quantities.append(
            Quantity(ident, start, end, number, f"{said.count:g} morti", said.count, "=", None, "morto")
        )
        quantities = (ident,)
    building.claims.append(
        Claim(
            id=f"c{number}",
            sentence=number,
            trigger=TextSpan(start, start + 4, said.sentence[:4]),
            predicate=said.predicate,
            event=said.event or f"e{number}",
            event_type=said.event_type,
            mode=said.mode,
            actors=tuple(a.id for a in said.actors),
            recipients=tuple(a.id for a in said.recipients),
            place=said.place.id if said.place else None,
            time=None,
            from_=said.day,
            to=said.to or _next_day(said.day),
            status=said.status,
            polarity=said.polarity,
            certainty=said.certainty,
            attributions=(tuple(Link(s.id, stance) for s, stance in said.sources),) if said.sources else ((),),
            quantities=quantities,
            rule="test",
        )
    )


def _next_day(day: str | None) -> str | None:
    from datetime import date, timedelta

    return str(date.fromisoformat(day[:10]) + timedelta(days=1)) if day else None


def _events(claims: Sequence[Claim]) -> tuple[Event, ...]:
    by_event: dict[str, list[Claim]] = {}
    for claim in claims:
        by_event.setdefault(claim.event, []).append(claim)
    return tuple(
        Event(
            id=ident,
            event_type=group[0].event_type,
            mode=group[0].mode,
            predicate=group[0].predicate,
            actors=tuple(dict.fromkeys(a for c in group for a in c.actors)),
            recipients=tuple(dict.fromkeys(a for c in group for a in c.recipients)),
            place=next((c.place for c in group if c.place), None),
            from_=group[0].from_,
            to=group[0].to,
            status=group[0].status,
            polarity=group[0].polarity,
            certainty=group[0].certainty,
            claims=tuple(c.id for c in group),
        )
        for ident, group in by_event.items()
    )


ROVATI = person("Elena Rovati", "ITA", "presidente del Consiglio")
SANFELICE = person("Guido Sanfelice", "ITA", "ministro degli Esteri")
KARATAS = person("Selim Karataş", "TUR", "presidente")
ITALY, TURKEY, GREECE = state("ITA", "Italia"), state("TUR", "Turchia"), state("GRC", "Grecia")
CHIGI = entity("Palazzo Chigi", "government", "ITA")
RUSSIA, UKRAINE = state("RUS", "Russia"), state("UKR", "Ucraina")
ODESSA = entity("Odessa", "place", "UKR")


def story_record(path: Any) -> Any:
    """A record of a small story, made by hand: a call, a denial, a moved plan, numbers that change, a revision."""
    from ultimora.answers import Record

    attack = {"event_type": "ASSAULT", "day": "2025-03-05"}
    call = Said("Rovati ha sentito Karataş.", [ROVATI], [KARATAS], mode="phone", day="2025-03-05")
    call = replace(call, sources=[(CHIGI, "confirms")])
    visit = Said("Rovati andrà ad Ankara.", [ROVATI], [KARATAS], mode="visit", day="2025-03-14", status="planned")
    strike = Said("Un attacco ha ucciso dieci persone.", [RUSSIA], [UKRAINE], count=10, place=ODESSA, **attack)
    more = replace(strike, sentence="Un attacco ha ucciso dodici persone.", count=12)
    denied = Said("Mosca nega l'attacco.", [RUSSIA], [UKRAINE], polarity="negative", **attack)
    denied = replace(denied, sources=[(RUSSIA, "denies")])
    old = Said("L'Italia scriverà alla Grecia.", [ITALY], [GREECE], "REQUEST", day="2025-03-01", status="planned")
    record, url, later = Record(path), "https://lanterna.example/odessa", "2025-03-05T15:00:00+01:00"
    first = reading("a", call, visit, old, title="Rovati sente Karataş", url="https://lanterna.example/a")
    record.add(first, seen="2025-03-05T12:00:00+01:00")
    record.add(reading("b", strike, title="Attacco a Odessa", url=url), seen="2025-03-05T13:00:00+01:00")
    revised = reading("b", more, title="Attacco a Odessa, dodici morti", url=url, modified=later)
    record.add(revised, seen="2025-03-05T16:00:00+01:00")
    record.add(reading("c", denied, title="Mosca nega", outlet="Onda Sette"), seen="2025-03-05T18:00:00+01:00")
    return record


NOON = "2025-03-06T12:00:00+01:00"
