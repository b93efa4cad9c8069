"""What ``ultimora export`` writes, read back by the library or the schema of each format."""

from __future__ import annotations

import csv
import datetime
import io
import json
from typing import Any

import feedparser
import pytest
from geojson_pydantic import FeatureCollection
from icalendar import Calendar
from jsonschema import Draft202012Validator
from lxml import etree
from prov.model import ProvDocument
from pyarrow import parquet
from pydantic import TypeAdapter
from rdflib import Graph
from rdflib.namespace import RDF, SDO

from factories import CHIGI, ITALY, KARATAS, ODESSA, ROVATI, RUSSIA, TURKEY, UKRAINE, Said, entity, reading
from ultimora import serial
from ultimora.answers import Record
from ultimora.answers.exporting import Chosen, Exported, ExportedEvent
from ultimora.formats import export as formats
from ultimora.formats.export import geojson

AT = [f"2025-03-0{day}T12:00:00+01:00" for day in (5, 6, 7)]
ROME = entity("Roma", "place", "ITA")
LANTERNA = entity("Lanterna", "outlet", "ITA")
FORMULA = entity('=HYPERLINK("http://evil.example")', "person", "ITA")
PLAN = Said("Rovati vedrà Karataş.", [ROVATI], [KARATAS], mode="visit", day="2025-03-14", status="planned", place=ROME)
STRIKE = Said("Morti a Odessa <b>&.", [RUSSIA], [UKRAINE], event_type="ASSAULT", day="2025-03-05", count=10,
              place=ODESSA, sources=[(CHIGI, "confirms"), (LANTERNA, "reports")])  # fmt: skip
AID = Said("-1+1 di Rovati\u0007 a Roma.", [FORMULA], [TURKEY], event_type="AID", day="2025-03-05")


def exported(record: Record, **more: Any) -> Exported:
    return record.export(Chosen(), as_of="2025-03-08T00:00:00+00:00", **more)


@pytest.fixture
def told(record: Record) -> Record:
    record.add(reading("a", PLAN, STRIKE, AID, url="https://lanterna.example/a", title="Missili & visite"), seen=AT[0])
    record.add(reading("b", STRIKE, url="javascript:alert(1)", outlet="Il Faro", published=AT[1]), seen=AT[1])
    return record


def test_every_format_is_found_and_says_what_it_is() -> None:
    assert set(formats.names()) == {"atom", "csv", "geojson", "ics", "jsonl", "jsonld", "parquet", "prov"}
    for name in formats.names():
        assert formats.get(name).HELP
        assert formats.get(name).SUFFIX.startswith(".")


@pytest.mark.parametrize("name", formats.names())
def test_the_same_record_gives_the_same_bytes(told: Record, name: str) -> None:
    made = [formats.get(name).render(exported(told, edits=False)) for _ in range(2)]
    assert made[0] == made[1]


def test_json_lines_hold_everything_and_fit_their_schema(told: Record) -> None:
    part = exported(told)
    lines = formats.get("jsonl").render(part).decode().splitlines()
    schema = serial.public_schema(TypeAdapter(ExportedEvent).json_schema())
    for line, event in zip(lines, part.events, strict=True):
        Draft202012Validator(schema).validate(json.loads(line))
        assert serial.from_data(ExportedEvent, json.loads(line)) == event


def test_no_cell_of_the_csv_is_a_formula(told: Record) -> None:
    rows = list(csv.DictReader(io.StringIO(formats.get("csv").render(exported(told)).decode(), newline="")))
    assert len(rows) == 3
    cells = [cell for row in rows for cell in row.values()]
    assert not [
        c for c in cells if c.startswith(("=", "+", "-", "@", "\t")) and not c.lstrip("-").replace(".", "").isdigit()
    ]
    assert any(c.startswith("'=HYPERLINK") for c in cells)
    strike = next(r for r in rows if r["type"] == "ASSAULT")
    assert (strike["actors"], strike["place"], strike["numbers"], strike["outlets"]) == (
        "Russia", "Odessa", "10 morti", "Agenzia Lanterna; Il Faro",
    )  # fmt: skip


def test_parquet_is_typed(told: Record) -> None:
    table = parquet.read_table(io.BytesIO(formats.get("parquet").render(exported(told))))
    assert table.num_rows == 3
    row = next(r for r in table.to_pylist() if r["type"] == "ASSAULT")
    assert row["actors"] == ["Russia"]
    assert row["day"] == datetime.date(2025, 3, 5)
    assert row["first_known"] == datetime.datetime(2025, 3, 5, 11, tzinfo=datetime.UTC)
    assert row["claims"] == 2


def entries(record: Record, at: str = "2025-03-08T00:00:00+00:00") -> list[Any]:
    data = formats.get("ics").render(record.export(as_of=at, language="it"))
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_the_calendar_follows_what_becomes_of_a_plan(record: Record) -> None:
    maybe = Said("Rovati vedrebbe Karataş.", [ROVATI], [KARATAS], mode="visit", day="2025-03-14", status="planned",
                 certainty="possible")  # fmt: skip
    record.add(reading("a", maybe), seen=AT[0])
    (first,) = entries(record)
    assert (first["STATUS"], first["SEQUENCE"]) == ("TENTATIVE", 0)
    assert first["DTSTART"].dt == datetime.date(2025, 3, 14)
    assert first["DTEND"].dt == datetime.date(2025, 3, 15)
    record.add(reading("a", PLAN, modified=AT[1]), seen=AT[1])
    (second,) = entries(record)
    assert (second["STATUS"], second["SEQUENCE"]) == ("CONFIRMED", 1)
    off = Said("La visita è annullata.", [ROVATI], [KARATAS], mode="visit", day="2025-03-14", status="planned",
               polarity="negative")  # fmt: skip
    record.add(reading("b", off, published=AT[2]), seen=AT[2])
    (third,) = entries(record)
    assert third["STATUS"] == "CANCELLED"
    assert third["SEQUENCE"] > second["SEQUENCE"]
    assert first["UID"] == second["UID"] == third["UID"]
    assert [e["STATUS"] for e in entries(record, "2025-03-06T15:00:00+00:00")] == ["CONFIRMED"]


def test_what_has_an_hour_is_in_utc_and_what_has_no_day_is_no_entry(record: Record) -> None:
    hour = Said("Si vedono alle 15.", [ROVATI], [KARATAS], mode="visit", day="2025-03-14T15:00:00+01:00",
                to="2025-03-14T16:00:00+01:00", status="planned")  # fmt: skip
    never = Said("Si sentiranno.", [ITALY], [RUSSIA], mode="phone", status="planned")
    record.add(reading("a", hour, never), seen=AT[0])
    (entry,) = entries(record)
    assert entry["DTSTART"].dt == datetime.datetime(2025, 3, 14, 14, tzinfo=datetime.UTC)


def test_points_on_the_map(told: Record) -> None:
    data = json.loads(formats.get("geojson").render(exported(told)))
    FeatureCollection.model_validate(data)
    places = {f["properties"]["place"]: f["geometry"]["coordinates"] for f in data["features"]}
    assert places["Roma"] == pytest.approx([12.5, 41.9], abs=0.1)
    assert places["Odessa"] == pytest.approx([30.7, 46.5], abs=0.1)
    assert "GeoNames" in data["attribution"]


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [("Salonicco", "GRC", True), ("Odessa", "USA", True), ("Atlantide", "GRC", False), ("Roma", "TUR", False),
     ("Valencia", None, False), ("Tokyo", None, True)],
)  # fmt: skip
def test_towns(name: str, country: str | None, found: bool) -> None:
    from ultimora.answers.types import Actor

    town = geojson.place(Actor("place:x", name, "place", country))
    assert (town is not None) is found
    assert town is None or country is None or town[0] == country


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_schema_org_knows_every_term(told: Record) -> None:
    data = json.loads(formats.get("jsonld").render(exported(told)))
    assert data["@context"] == "https://schema.org"
    graph = Graph()
    graph.parse(data=json.dumps(data | {"@context": {"@vocab": "https://schema.org/"}}), format="json-ld")
    terms = {t for s, p, o in graph for t in ((p, o) if p == RDF.type else (p,)) if t != RDF.type}
    assert terms
    assert [t for t in terms if t not in SDO] == []
    assert data["@type"] == "LiveBlogPosting"
    cited = [a for u in data["liveBlogUpdate"] for a in u["citation"]]
    assert {a["@type"] for a in cited} == {"NewsArticle"}
    assert {a.get("url") for a in cited} == {"https://lanterna.example/a", None}


def test_json_can_stand_in_a_page(told: Record) -> None:
    for name in ("jsonld", "geojson", "prov"):
        assert b"<" not in formats.get(name).render(exported(told))


def test_the_feed_of_changes(record: Record) -> None:
    twelve = Said(
        "I morti sono 12.", [RUSSIA], [UKRAINE], event_type="ASSAULT", day="2025-03-05", count=12, place=ODESSA
    )
    record.add(reading("live", STRIKE, title="A & B", url="https://lanterna.example/live"), seen=AT[0])
    record.add(reading("live", twelve, title="A & B", url="https://lanterna.example/live", modified=AT[1]), seen=AT[1])
    data = formats.get("atom").render(exported(record, edits=True))
    feed = feedparser.parse(data)
    assert not feed.bozo
    assert feed.version == "atom10"
    (entry,) = feed.entries
    assert entry.title == "A & B"
    assert entry.link == "https://lanterna.example/live"
    assert "number changed" in {t.term for t in entry.tags}
    assert "10 morti → 12 morti" in entry.content[0].value
    root = etree.fromstring(data)
    for element in (root, root.find("{*}entry")):
        assert all(element.find(f"{{*}}{name}") is not None for name in ("id", "title", "updated"))


def test_the_chain_of_an_event_is_prov(told: Record) -> None:
    data = formats.get("prov").render(exported(told)).decode()
    document = ProvDocument.deserialize(content=data, format="json")
    kinds = [type(r).__name__ for r in document.get_records()]
    assert kinds.count("ProvEntity") == 3 + 4 + 2
    assert {"ProvDerivation", "ProvAttribution", "ProvDelegation", "ProvGeneration"} <= set(kinds)
    labels = {str(a.label) for a in document.get_records() if type(a).__name__ == "ProvAgent"}
    assert {"Agenzia Lanterna", "Il Faro", "Palazzo Chigi", "Lanterna"} <= labels


def test_a_claim_that_was_withdrawn_is_invalidated(record: Record) -> None:
    record.add(reading("a", STRIKE, PLAN), seen=AT[0])
    record.add(reading("a", PLAN, modified=AT[1]), seen=AT[1])
    document = ProvDocument.deserialize(content=formats.get("prov").render(exported(record)).decode(), format="json")
    gone = [r for r in document.get_records() if type(r).__name__ == "ProvInvalidation"]
    assert [g.args[2].isoformat() for g in gone] == ["2025-03-06T11:00:00+00:00"]
