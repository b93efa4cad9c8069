"""What became of what was announced."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from factories import CHIGI, KARATAS, ROVATI, Said, person, reading
from ultimora.answers import Record
from ultimora.errors import NoAnswer
from ultimora.record.decide import grow, join
from ultimora.record.facts import facts_of, fates_of_plans

BEFORE, AFTER = "2025-03-12T12:00:00+00:00", "2025-03-20T12:00:00+00:00"
MEET = Said("Rovati vedrà Karataş lunedì.", [ROVATI], [KARATAS], mode="meet", status="planned", day="2025-03-14")


def record_of(tmp_path: Path, *told: Said) -> Record:
    """A record in which an article a day, from the fifth of March on, says one thing more."""
    record = Record(tmp_path / "plans.db")
    for number, said in enumerate(told):
        day = f"2025-03-{number + 5:02}T09:00:00+00:00"
        record.add(reading(f"a{number}", said, published=day, title="Vertice"), seen=day)
    return record


def outcomes(record: Record, as_of: str = AFTER) -> list[tuple[str, str | None, bool]]:
    events = record.agenda(settled=True, as_of=as_of).events
    return [(str(e.from_), e.outcome, e.moved_to is not None) for e in events]


def test_expected_until_its_window_is_past_then_unreported(tmp_path: Path) -> None:
    record = record_of(tmp_path, MEET)
    assert outcomes(record, BEFORE) == [("2025-03-14", "expected", False)]
    assert outcomes(record) == [("2025-03-14", "unreported", False)]
    assert record.agenda(overdue=True, as_of=AFTER).events[0].outcome == "unreported"
    with pytest.raises(NoAnswer):
        record.agenda(overdue=True, as_of=BEFORE)


def test_it_happened(tmp_path: Path) -> None:
    record = record_of(tmp_path, MEET, replace(MEET, sentence="Si sono visti.", status="occurred"))
    assert outcomes(record) == [("2025-03-14", "happened", False)]


def test_it_was_moved(tmp_path: Path) -> None:
    record = record_of(tmp_path, MEET, replace(MEET, sentence="Si vedranno il 17.", day="2025-03-17"))
    assert outcomes(record, BEFORE) == [("2025-03-14", "moved", True), ("2025-03-17", "expected", False)]
    assert [n.kind for n in record.agenda(as_of=BEFORE).notes] == ["moved"]


def test_one_article_says_that_it_was_put_off_and_to_when(tmp_path: Path) -> None:
    record = record_of(tmp_path, MEET)
    text = "L'incontro del 14 è stato rinviato al 17."
    old = replace(MEET, sentence=text, predicate="incontro")
    put_off = Said(text, event_type=None, predicate="rinviare")
    new = replace(MEET, sentence=text + " ", day="2025-03-17")
    made = reading("b", old, put_off, new, published="2025-03-06T09:00:00+00:00")
    same = {0: 0, 1: 0, 2: 0}
    made = replace(made, claims=tuple(replace(c, sentence=same[c.sentence]) for c in made.claims))
    record.add(made, seen="2025-03-06T09:00:00+00:00")
    assert outcomes(record, BEFORE) == [("2025-03-14", "moved", True), ("2025-03-17", "expected", False)]


def test_put_off_without_a_new_day(tmp_path: Path) -> None:
    record = record_of(tmp_path, MEET)
    text = "L'incontro è stato rinviato a data da destinarsi."
    made = reading("b", replace(MEET, sentence=text), Said(text, event_type=None, predicate="rinviare"))
    made = replace(made, claims=tuple(replace(c, sentence=0) for c in made.claims))
    record.add(made, seen="2025-03-06T09:00:00+00:00")
    assert outcomes(record, BEFORE) == [("2025-03-14", "moved", False)]


def test_called_off_or_denied(tmp_path: Path) -> None:
    off = replace(MEET, sentence="La visita è annullata.", polarity="negative")
    assert outcomes(record_of(tmp_path, MEET, off)) == [("2025-03-14", "called off", False)]


def test_what_only_carries_a_plan_does_not_hold_it(tmp_path: Path) -> None:
    text = "Chigi ha fissato l'incontro con Karataş."
    made = reading("b", replace(MEET, sentence=text), Said(text, event_type=None, predicate="fissare"))
    one = replace(made.claims[1], sentence=0, event=made.claims[0].event)
    event = replace(made.events[0], claims=(made.claims[0].id, one.id))
    record = record_of(tmp_path)
    record.add(replace(made, claims=(made.claims[0], one), events=(event,)), seen="2025-03-06T09:00:00+00:00")
    assert outcomes(record) == [("2025-03-14", "unreported", False)]


def test_called_off_without_a_day(tmp_path: Path) -> None:
    off = replace(MEET, sentence="L'incontro è saltato.", polarity="negative", day=None)
    assert outcomes(record_of(tmp_path, MEET, off)) == [("2025-03-14", "called off", False)]


def test_denied(tmp_path: Path) -> None:
    denied = replace(MEET, sentence="Chigi smentisce l'incontro.", polarity="negative", sources=[(CHIGI, "denies")])
    record = record_of(tmp_path, MEET, denied)
    assert outcomes(record) == [("2025-03-14", "denied", False)]


def test_an_undated_word_of_a_plan_is_of_the_dated_one_and_moves_it_to_no_other_day(tmp_path: Path) -> None:
    undated = replace(MEET, sentence="Rovati e Karataş si vedranno presto.", day=None)
    for number, told in enumerate(([MEET, undated], [undated, MEET])):
        (tmp_path / str(number)).mkdir()
        record = record_of(tmp_path / str(number), *told)
        assert outcomes(record, BEFORE) == [("2025-03-14", "expected", False)]
        assert outcomes(record) == [("2025-03-14", "unreported", False)]


def test_what_may_be_is_the_plan_but_not_what_has_happened() -> None:
    may = Said("Potrebbero incontrarsi.", [ROVATI], [KARATAS], mode="meet", status="hypothetical")
    held = replace(MEET, sentence="Si sono visti.", status="occurred", day="2025-03-05")
    report = facts_of(reading("b", may), "b").reports[0]
    for said, joined in ((MEET, True), (held, False)):
        event = grow(None, "e", facts_of(reading("a", said), "a").reports[0], "a")
        assert (join(report, "b", [event], []) is not None) is joined


def test_two_plans_of_others_stay_two(tmp_path: Path) -> None:
    other = replace(MEET, recipients=[person("Ada Lund", "NOR", "premier")], day="2025-03-17")
    assert [o for _, o, _ in outcomes(record_of(tmp_path, MEET, other), BEFORE)] == ["expected", "expected"]


def test_words_of_a_fate_are_data_of_the_languages() -> None:
    assert fates_of_plans()["rinviare"] == fates_of_plans()["postpone"] == "moved"
    assert fates_of_plans()["cancel"] == "off"
    text = "The meeting due on Monday was cancelled."
    made = reading("a", replace(MEET, sentence=text), Said(text, event_type=None, predicate="cancel"))
    made = replace(made, claims=tuple(replace(c, sentence=0) for c in made.claims))
    assert [c.fate for c in facts_of(made, "a").claims] == ["off", None]
