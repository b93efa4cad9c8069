"""The brief: every line rests on claims, and its words are the language's."""

from __future__ import annotations

from pathlib import Path

import pytest

from factories import (
    CHIGI,
    GREECE,
    ITALY,
    KARATAS,
    ODESSA,
    ROVATI,
    RUSSIA,
    TURKEY,
    UKRAINE,
    Said,
    entity,
    person,
    reading,
)
from ultimora import languages
from ultimora.answers import Record
from ultimora.answers.brief import Brief
from ultimora.answers.wording import Wording
from ultimora.errors import NoAnswer, UnknownLanguage

AT = "2025-03-06T12:00:00+00:00"
GOVERNOR = person("Taras Holovko", "UKR", "governatore")
POLICE = entity("Polizia", "organization", "UKR")
TITLE = "Odessa, Italia e Turchia: le notizie"


def strike(count: float, source: object, day: str = "2025-03-05") -> Said:
    return Said(
        f"I morti di Odessa sono {count:g}.",
        [RUSSIA],
        [UKRAINE],
        event_type="ASSAULT",
        mode="drone",
        day=day,
        place=ODESSA,
        count=count,
        predicate="attacco",
        sources=[(source, "reports")],  # type: ignore[list-item]
    )


CALL = Said(
    "Rovati ha sentito Karataş.", [ROVATI], [KARATAS], mode="phone", day="2025-03-05", sources=[(CHIGI, "confirms")]
)
CALL_EN = Said(
    "Karatas spoke to Rovati.", [TURKEY], [ITALY], mode="phone", day="2025-03-05", sources=[(KARATAS, "confirms")]
)
RUMOUR = Said(
    "Atene avrebbe protestato.", [GREECE], [ITALY], event_type="ACCUSE", day="2025-03-05", certainty="possible"
)
PLAN = Said("Si vedranno il 14.", [ROVATI], [KARATAS], mode="visit", day="2025-03-14", status="planned")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = Record(tmp_path / "brief.db")
    told = [
        ("a", "2025-03-05T09:00:00+00:00", "it", (CALL, RUMOUR, strike(10, GOVERNOR))),
        ("b", "2025-03-05T11:00:00+00:00", "en", (CALL_EN, strike(25, POLICE))),
        ("c", "2025-03-06T09:00:00+00:00", "it", (PLAN, CALL)),
    ]
    for ident, at, language, said in told:
        made = reading(ident, *said, published=at, language=language, outlet=f"Testata {ident}", title=TITLE)
        record.add(made, seen=at)
    return record


def briefed(record: Record, language: str, since: str | None = None) -> Brief:
    story = record.stories(as_of=AT).stories[0].story
    return record.brief(story, language=language, since=since, as_of=AT)


def texts(brief: Brief) -> dict[str, list[str]]:
    return {s.kind: [line.text for line in s.lines] for s in brief.sections}


def test_in_italian(record: Record) -> None:
    assert texts(briefed(record, "it", "2025-03-06T00:00:00Z")) == {
        "established": [
            "5 marzo 2025. Telefonata: Elena Rovati e Selim Karataş. "
            "Fonti indipendenti (2): Palazzo Chigi e Selim Karataş."
        ],
        "reported": ["5 marzo 2025. Accusa: Grecia → Italia. Notizia possibile, non confermata. Fonte: Testata a."],
        "disputed": [
            "5 marzo 2025. Attacco con droni: Russia → Ucraina (luogo: Odessa); 25 morti. "
            "Numeri discordanti (morti): 10 morti (Taras Holovko); 25 morti (Polizia)."
        ],
        "expected": ["14 marzo 2025. Visita: Elena Rovati e Selim Karataş. In programma. Fonte: Testata c."],
        "changed": ["Nuovo: 14 marzo 2025. Visita: Elena Rovati e Selim Karataş."],
    }


def test_in_english(record: Record) -> None:
    told = texts(briefed(record, "en"))
    assert told["established"] == [
        "5 March 2025. Phone call: Elena Rovati and Selim Karataş. "
        "Independent sources (2): Palazzo Chigi and Selim Karataş."
    ]
    assert "Numbers that do not agree (dead): 10 morti (Taras Holovko); 25 morti (Polizia)." in told["disputed"][0]
    assert briefed(record, "en").sections[0].lines[0].quotation == "“Karatas spoke to Rovati.”"


def test_no_line_without_a_claim(record: Record) -> None:
    for language in languages.available():
        brief = briefed(record, language)
        lines = [line for s in brief.sections for line in s.lines]
        assert lines
        for line in lines:
            shown = record.show(line.event, as_of=AT).events[0]
            known = {r.claim for r in shown.references}
            assert line.references
            assert {r.claim for r in line.references} <= known
            assert line.references[0].sentence in line.quotation


def test_as_of_an_earlier_hour_knows_less(record: Record) -> None:
    story = record.stories(as_of="2025-03-05T10:00:00Z").stories[0].story
    told = texts(record.brief(story, language="it", as_of="2025-03-05T10:00:00Z"))
    assert set(told) == {"reported", "changed"}


def test_what_cannot_be_told(record: Record) -> None:
    with pytest.raises(NoAnswer):
        record.brief("zzz")
    with pytest.raises(UnknownLanguage):
        briefed(record, "xx")


@pytest.mark.parametrize("language", languages.available())
def test_every_language_has_every_template(language: str) -> None:
    mine, english = Wording(language).table, Wording("en").table
    for name, table in english.items():
        assert type(mine[name]) is type(table)
        if isinstance(table, dict):
            assert set(mine[name]) == set(table), name
    assert len(mine["months"]) == 12


def test_dates_and_numbers_in_words() -> None:
    it, en = Wording("it"), Wording("en")
    assert it.when("2025-05-01", "2025-05-02") == "1º maggio 2025"
    assert it.when("2025-05-01T09:30:00+02:00", "2025-05-01T09:31:00+02:00") == "1º maggio 2025, ore 09:30"
    assert en.when("2025-05-01", "2025-05-04") == "1 May 2025 – 3 May 2025"
    assert (it.when(None, None), en.when(None, "2025-05-04")) == ("Data non nota", "By 3 May 2025")
    assert (it.number(12500), en.number(12500), it.number(0.5)) == ("12.500", "12,500", "0,5")
    assert it.joined(["A", "B", "C"]) == "A, B e C"
    assert en.joined(list("ABCDEFG")) == "A, B, C, D, E and 2 others"
