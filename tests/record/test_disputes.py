"""What is a dispute and what is an update."""

from __future__ import annotations

import doctest
from pathlib import Path
from typing import Any

import pytest

from factories import CHIGI, ITALY, KARATAS, ODESSA, ROVATI, RUSSIA, UKRAINE, Said, entity, person, reading, state
from ultimora.answers import Record
from ultimora.errors import NoAnswer
from ultimora.record import counts
from ultimora.record.counts import bounds, thing
from ultimora.record.types import Amount

GOVERNOR = person("Taras Holovko", "UKR", "governatore")
MINISTRY = state("RUS", "Ministero della Difesa russo")
POLICE = entity("Polizia di Odessa", "organization", "UKR")
HOSPITAL = entity("Ospedale civile", "organization", "UKR")


def strike(count: float, source: Any = None, sentence: str = "", **more: Any) -> Said:
    sources = [(source, "reports")] if source is not None else []
    text = sentence or f"Secondo {source.name if source else 'noi'} i morti di Odessa sono {count:g}."
    parts = {"event_type": "ASSAULT", "day": "2025-03-05", "place": ODESSA, "sources": sources} | more
    return Said(text, [RUSSIA], [UKRAINE], count=count, predicate="attacco", **parts)


def record_of(tmp_path: Path, *told: tuple[str, str, Said]) -> Record:
    """A record of (article, hour, what it says); each article is an outlet of its own."""
    record = Record(tmp_path / "disputes.db")
    for ident, hour, said in told:
        at = f"2025-03-05T{hour}:00+00:00"
        record.add(reading(ident, said, published=at, outlet=f"Testata {ident}", title="Odessa"), seen=at)
    return record


def kinds(record: Record, **more: Any) -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    try:
        found = record.disputes(as_of=more.pop("as_of", "2025-03-06"), **more).disputes
    except NoAnswer:
        return []
    return [(d.kind, [(s.says, s.origins) for s in d.sides]) for d in found]


def test_doctests() -> None:
    assert doctest.testmod(counts).failed == 0


@pytest.mark.parametrize(
    ("of", "predicate", "what"),
    [
        ("morto", "attacco", "killed"),
        ("people", "kill", "killed"),
        (None, "die", "killed"),
        ("persona", "attacco", "people"),
        ("ferito", "uccidere", "injured"),
        ("drone", "kill", "of drone"),
        (None, "salire", None),
    ],
)
def test_what_is_counted(of: str | None, predicate: str, what: str | None) -> None:
    assert thing(Amount("12", 12, "=", None, of), predicate) == what


@pytest.mark.parametrize(
    ("a", "b", "meet"),
    [
        ((10, "="), (12, "="), False),
        ((10, ">="), (12, "="), True),
        ((10, "~"), (11, "="), True),
        ((4_000_000_000, "="), (4_040_000_000, "="), True),
        ((20, "<"), (25, ">="), False),
        ((50.1, "="), (50.4, "="), False),
    ],
)
def test_numbers_that_can_both_be_true(a: tuple[float, str], b: tuple[float, str], meet: bool) -> None:
    first, second = (bounds(Amount("", v, c, None, None)) for v, c in (a, b))
    assert first.meets(second) is second.meets(first) is meet


def test_a_toll_that_grew_is_an_update(tmp_path: Path) -> None:
    assert kinds(record_of(tmp_path, ("a", "06:00", strike(10)), ("b", "12:00", strike(12)))) == []


def test_a_source_that_corrects_itself_is_an_update(tmp_path: Path) -> None:
    told = [("a", "06:00", strike(12, GOVERNOR)), ("b", "07:00", strike(10, GOVERNOR))]
    assert kinds(record_of(tmp_path, *told)) == []


def test_who_has_not_heard_of_a_correction_is_no_side(tmp_path: Path) -> None:
    told = [
        ("a", "06:00", strike(12, GOVERNOR)),
        ("b", "06:30", strike(12, POLICE)),
        ("c", "09:00", strike(10, GOVERNOR)),
    ]
    assert kinds(record_of(tmp_path, *told)) == []


def test_two_named_sources_at_one_time(tmp_path: Path) -> None:
    record = record_of(tmp_path, ("a", "06:00", strike(10, POLICE)), ("b", "07:00", strike(25, HOSPITAL)))
    assert kinds(record) == [("number", [("10 morti", ("Polizia di Odessa",)), ("25 morti", ("Ospedale civile",))])]
    assert kinds(record, as_of="2025-03-05T06:30:00+00:00") == []


def test_opposite_sides_of_the_event_do_not_update_each_other(tmp_path: Path) -> None:
    told = [("a", "06:00", strike(3, MINISTRY)), ("b", "20:00", strike(25, GOVERNOR))]
    assert [kind for kind, _ in kinds(record_of(tmp_path, *told))] == ["number"]


def test_a_later_smaller_number_of_another_source(tmp_path: Path) -> None:
    told = [("a", "06:00", strike(25, POLICE)), ("b", "20:00", strike(10, HOSPITAL))]
    assert [kind for kind, _ in kinds(record_of(tmp_path, *told))] == ["number"]


CALL = {"mode": "phone", "day": "2025-03-05"}


def test_confirmed_and_denied(tmp_path: Path) -> None:
    said = Said(
        "Rovati ha sentito Karataş, conferma Chigi.", [ROVATI], [KARATAS], sources=[(CHIGI, "confirms")], **CALL
    )
    denied = Said(
        "Karataş nega di avere sentito Rovati.",
        [ROVATI],
        [KARATAS],
        polarity="negative",
        sources=[(KARATAS, "denies")],
        **CALL,
    )
    record = record_of(tmp_path, ("a", "06:00", said), ("b", "09:00", denied))
    assert kinds(record) == [("denial", [("asserted", ("Palazzo Chigi",)), ("denied", ("Selim Karataş",))])]
    story = record.stories(as_of="2025-03-06").stories[0].story
    assert kinds(record, story=story[:5]) == kinds(record)


def test_a_plan_called_off_is_an_update(tmp_path: Path) -> None:
    plan = Said("Rovati vedrà Karataş.", [ROVATI], [KARATAS], status="planned", day="2025-03-14")
    off = Said("La visita è annullata.", [ROVATI], [KARATAS], status="planned", polarity="negative", day="2025-03-14")
    assert kinds(record_of(tmp_path, ("a", "06:00", plan), ("b", "09:00", off))) == []


def test_nothing_is_disputed(tmp_path: Path) -> None:
    said = Said("Rovati ha sentito Karataş.", [ROVATI], [ITALY], **CALL)
    with pytest.raises(NoAnswer, match="nothing is disputed"):
        record_of(tmp_path, ("a", "06:00", said)).disputes()
