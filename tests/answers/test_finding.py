"""Dyads over time, and what is found by its words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from factories import GREECE, ITALY, KARATAS, ROVATI, TURKEY, Said, reading
from ultimora.answers import Record
from ultimora.cli.main import app
from ultimora.errors import NoAnswer
from ultimora.formats.chart import bars
from ultimora.record.fulltext import expression, terms_of
from ultimora.types import Span, Statement

CALL = Said("Rovati ha sentito al telefono Karataş.", [ROVATI], [KARATAS], mode="phone", day="2025-03-05")
PROTEST = Said("L'Italia accusa la Turchia.", [ITALY], [TURKEY], event_type="ACCUSE", day="2025-03-18")
RUMOUR = replace(PROTEST, sentence="Ankara avrebbe colpito navi italiane.", event_type="ASSAULT", certainty="possible")
PLAN = replace(CALL, sentence="Si vedranno.", status="planned", mode="visit", day="2025-03-20")
OTHER = Said("Atene protesta con Ankara.", [GREECE], [TURKEY], event_type="ACCUSE", day="2025-03-18")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = Record(tmp_path / "finding.db")
    for number, said in enumerate((CALL, PROTEST, RUMOUR, PLAN, OTHER)):
        day = f"2025-03-{number + 18:02}T09:00:00Z" if number else "2025-03-05T12:00:00Z"
        record.add(reading(f"a{number}", said, published=day, title=f"Titolo {number}"), seen=day)
    return record


def test_a_dyad_by_week(record: Record) -> None:
    answer = record.dyad("Italia", "Turkey")
    rows = [(p.from_, p.to, p.certain.types, p.claimed.types) for p in answer.periods]
    assert rows == [
        ("2025-03-03", "2025-03-10", {"CONSULT": 1}, {}),
        ("2025-03-10", "2025-03-17", {}, {}),
        ("2025-03-17", "2025-03-24", {"ACCUSE": 1}, {"ASSAULT": 1}),
    ]
    last = answer.periods[-1]
    assert (last.certain.conflict, last.certain.cooperation, last.claimed.score) == (1, 0, -9)
    assert (answer.periods[0].certain.cooperation, answer.periods[1].certain.score) == (1, None)


def test_a_dyad_by_month_and_as_of(record: Record) -> None:
    assert [p.from_ for p in record.dyad("Italia", "Turchia", by="month").periods] == ["2025-03-01"]
    assert len(record.dyad("Italia", "Turchia", by="day", as_of="2025-03-06").periods) == 1
    with pytest.raises(NoAnswer):
        record.dyad("Italia", "Turchia", since="2025-04-01")


def test_a_chart_is_well_formed(record: Record) -> None:
    periods = [(p.from_, p.certain, p.claimed) for p in record.dyad("Italia", "Turchia").periods]
    svg = ET.fromstring(bars("<Italia> & Turchia", periods))
    heights = [float(r.get("height", 0)) for r in svg.iter("{http://www.w3.org/2000/svg}rect")]
    assert len(heights) == 3
    assert len(set(heights)) == 1
    assert "<Italia> & Turchia" in [t.text for t in svg.iter("{http://www.w3.org/2000/svg}text")]
    ET.fromstring(bars("none", []))


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("batterie Ankara", '"batterie" "Ankara"'),
        ('"ha sentito" tel*', '"ha sentito" "tel"*'),
        ("l'Italia OR NEAR(", '"l Italia" "OR" "NEAR"'),
        ('* - "" ()', ""),
    ],
)
def test_words_are_never_a_query_language(words: str, asked: str) -> None:
    assert expression(terms_of(words)) == asked


def texts(record: Record, words: str, **more: str) -> list[str]:
    try:
        return [h.text for h in record.search(words, **more).hits]  # type: ignore[arg-type]
    except NoAnswer:
        return []


def test_search_by_words_without_regard_to_case_and_accents(record: Record) -> None:
    assert texts(record, "KARATAS telefono") == [CALL.sentence]
    assert texts(record, "telef*") == [CALL.sentence]
    assert texts(record, '"sentito Karataş"') == []
    assert texts(record, "ankara") == [OTHER.sentence, RUMOUR.sentence]


def test_search_by_actor_type_and_date(record: Record) -> None:
    assert texts(record, "ankara", actor="Grecia") == [OTHER.sentence]
    assert texts(record, "ankara", type="assault") == [RUMOUR.sentence]
    assert texts(record, "ankara", until="2025-03-21") == [RUMOUR.sentence]
    assert texts(record, "ankara", as_of="2025-03-21") == [RUMOUR.sentence]
    hit = record.search("accusa").hits[0]
    assert [e.event_type for e in hit.events] == ["ACCUSE"]


def test_search_in_statements(record: Record) -> None:
    made = reading("s", Said("«Non cederemo», ha detto Rovati.", [ROVATI], event_type=None), title="Parole")
    statement = Statement("s1", 0, made.entities[0].id, None, None, Span(1, 13), True)
    record.add(replace(made, statements=(statement,)), seen="2025-03-25T09:00:00Z")
    hits = record.search("cederemo", actor="Rovati").hits
    assert ("statement", "Elena Rovati") in [(h.kind, h.source) for h in hits]


def test_a_sentence_is_found_once_however_often_its_article_is_revised(record: Record) -> None:
    record.add(reading("a0", CALL, PROTEST, title="Titolo 0"), seen="2025-03-26T09:00:00Z")
    assert texts(record, "telefono") == [CALL.sentence]


def test_commands(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ULTIMORA_RECORD", str(record.store.path))
    runner = CliRunner()
    assert "CONSULT 1" in runner.invoke(app, ["dyad", "Italia", "Turchia"]).stdout
    assert runner.invoke(app, ["dyad", "Italia", "Turchia", "-f", "svg"]).stdout.startswith("<svg")
    assert runner.invoke(app, ["dyad", "Italia", "Turchia", "--by", "year"]).exit_code == 2
    assert "Rovati ha sentito" in runner.invoke(app, ["search", "sentito", "telefono"]).stdout
    assert runner.invoke(app, ["search", "nulla"]).exit_code == 1
