"""The pure parts: names, windows, matching, what claims establish."""

from __future__ import annotations

import doctest
from dataclasses import replace

import pytest

from factories import GREECE, ITALY, KARATAS, ODESSA, ROVATI, RUSSIA, TURKEY, UKRAINE, Said, entity, person, reading
from ultimora.record import names
from ultimora.record.counts import thing
from ultimora.record.decide import grow, join
from ultimora.record.facts import content_hash, facts_of
from ultimora.record.names import same_name, same_person
from ultimora.record.types import Amount
from ultimora.record.windows import overlap, same_days, window


def test_doctests() -> None:
    assert doctest.testmod(names).failed == 0


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Zelensky", "Volodymyr Zelenskyj", True),
        ("Erdoğan", "ERDOGAN", True),
        ("Xi", "Xi Jinping", True),
        ("Netanyahu", "Benjamin Netanyahu", True),
        ("Giorgia Meloni", "Mario Meloni", False),
        ("", "Meloni", False),
        ("M.", "Meloni", False),
        ("Karataş", "Karatas", True),
        ("Sergej Lavrov", "Sergey Lavrov", True),
        ("Håkon Bøe", "Hakon Boe", True),
        ("İsmail Kaya", "Ismail Kaya", True),
    ],
)
def test_people(a: str, b: str, same: bool) -> None:
    assert same_person(a, b) is same_person(b, a) is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Nato", "NATO", True),
        ("ONU", "Organizzazione Nazioni Unite", True),
        ("Boğaz", "Bogaz", True),
        ("Fiat", "Eni", False),
        ("", "Eni", False),
    ],
)
def test_organisations(a: str, b: str, same: bool) -> None:
    assert same_name(a, b) is same_name(b, a) is same


def test_windows_by_the_wall_clock_and_by_the_instant() -> None:
    day = window("2025-03-05", "2025-03-06")
    late = window("2025-03-05T23:30:00+01:00", "2025-03-05T23:45:00+01:00")
    assert overlap(day, late)
    assert same_days(day, late)
    utc = window("2025-03-05T22:30:00+00:00", "2025-03-05T22:45:00+00:00")
    assert overlap(late, utc)
    assert not overlap(window("2025-03-06", "2025-03-07"), day)
    assert overlap(window(None, None), day)


CALL = Said("Si sono sentiti.", [ROVATI], [KARATAS], mode="phone", day="2025-03-05")
STRIKE = Said("Colpita Odessa.", [RUSSIA], [UKRAINE], event_type="ASSAULT", day="2025-03-05", place=ODESSA)


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (CALL, Said("They spoke.", [TURKEY], [ITALY], day="2025-03-05"), True),
        (
            CALL,
            Said("La premier ha sentito il presidente.", [person("Rovati")], [person("Karatas")], day="2025-03-05"),
            True,
        ),
        (CALL, Said("Si sono visti.", [ROVATI], [KARATAS], mode="visit", day="2025-03-05"), False),
        (CALL, Said("Si erano sentiti.", [ROVATI], [KARATAS], mode="phone", day="2025-02-05"), False),
        (CALL, Said("Si sono sentiti nei mesi scorsi.", [ROVATI], [KARATAS], day="2024-12-05", to="2025-03-05"), False),
        (CALL, Said("Rovati ha sentito Atene.", [ROVATI], [GREECE], mode="phone", day="2025-03-05"), False),
        (CALL, Said("Si sono sentiti.", [ROVATI], [KARATAS], mode="phone"), True),
        (CALL, Said("Ankara nega.", [ROVATI], [KARATAS], mode="phone", day="2025-03-05", polarity="negative"), True),
        (STRIKE, Said("Strike.", [RUSSIA], [UKRAINE], event_type="ASSAULT", day="2025-03-05"), True),
        (STRIKE, Said("Strike back.", [UKRAINE], [RUSSIA], event_type="ASSAULT", day="2025-03-05"), False),
        (STRIKE, Said("Strike.", [RUSSIA], [UKRAINE], event_type="ASSAULT", day="2025-03-08"), False),
        (
            STRIKE,
            Said(
                "Morti.", [], [UKRAINE], event_type="ASSAULT", day="2025-03-05", place=entity("Odesa", "place", "UKR")
            ),
            True,
        ),
        (STRIKE, Said("Protesta.", [RUSSIA], [UKRAINE], event_type="ACCUSE", day="2025-03-05"), False),
    ],
)
def test_one_happening_or_two(first: Said, second: Said, joined: bool) -> None:
    one = facts_of(reading("a", first), "a").reports[0]
    two = facts_of(reading("b", second), "b").reports[0]
    event = grow(None, "e", one, "a")
    assert (join(two, "b", [event], []) is not None) is joined
    event = grow(None, "e", two, "b")
    assert (join(one, "a", [event], []) is not None) is joined


ASSAB = entity("Assab", "place", "ERI")
RAID = Said("Raid su Assab.", [RUSSIA], [ASSAB], event_type="ASSAULT", day="2025-03-05", place=ASSAB)
ROME, OSLO = entity("Roma", "place", "ITA"), entity("Oslo", "place", "NOR")
MEETING = Said("Si sono visti.", [ROVATI], [KARATAS], mode="visit", day="2025-03-05", place=ROME)


@pytest.mark.parametrize(
    ("told", "known", "joined"),
    [
        (Said("Assab, raid.", [person("Assab")], event_type="ASSAULT", day="2025-03-05"), RAID, True),
        (Said("Raid.", [entity("Assab", "organization")], event_type="ASSAULT", day="2025-03-05"), RAID, True),
        (Said("Raid.", [entity("Sigma", "organization")], event_type="ASSAULT", day="2025-03-05"), RAID, False),
        (replace(MEETING, place=OSLO), MEETING, True),
        (replace(MEETING, place=OSLO, day="2025-03-07"), MEETING, False),
        (replace(MEETING, place=OSLO, recipients=[]), MEETING, False),
    ],
)
def test_who_is_called_as_the_place_and_where_two_met(told: Said, known: Said, joined: bool) -> None:
    event = grow(None, "e", facts_of(reading("a", known), "a").reports[0], "a")
    assert (join(facts_of(reading("b", told), "b").reports[0], "b", [event], []) is not None) is joined


def test_a_happening_is_placed_where_its_sentences_say() -> None:
    undated = replace(STRIKE, day="2025-03-08", event="e")
    dated = replace(STRIKE, sentence="Mercoledì.", event="e")
    made = reading("a", undated, dated, published="2025-03-08T09:00:00+01:00")
    for said, day in (("expression", "2025-03-05"), ("published", "2025-03-08")):
        times = ("published", said)
        claims = tuple(replace(c, time_from=t) for c, t in zip(made.claims, times, strict=True))  # type: ignore[arg-type]
        events = tuple(replace(e, from_="2025-03-08", to="2025-03-09") for e in made.events)
        assert facts_of(replace(made, claims=claims, events=events), "a").reports[0].from_ == day


@pytest.mark.parametrize(("predicate", "what"), [("raid", "killed"), ("save", "rescued")])
def test_lives_are_those_of_the_dead_unless_they_are_saved(predicate: str, what: str) -> None:
    assert thing(Amount("nine lives", 9, "=", None, "life"), predicate) == what


def test_what_is_told_without_a_date_happened_lately() -> None:
    event = grow(None, "e", facts_of(reading("a", CALL), "a").reports[0], "a")
    undated = Said("Si sono sentiti.", [ROVATI], [KARATAS], mode="phone")
    for published, joined in (("2025-03-06T09:00:00+01:00", True), ("2025-04-06", False), (None, False)):
        report = facts_of(reading("b", undated, published=published), "b").reports[0]
        assert (join(report, "b", [event], []) is not None) is joined


def test_a_claim_keeps_its_id_when_the_rest_of_the_article_changes() -> None:
    before = facts_of(reading("a", CALL), "a").claims[0]
    after = facts_of(reading("a", STRIKE, CALL), "a").claims[1]
    assert before.id == after.id
    assert before.id != facts_of(reading("a", CALL), "b").claims[0].id


def test_white_space_and_addresses_make_no_revision() -> None:
    assert content_hash(reading("a", CALL)) == content_hash(reading("a", CALL, url="https://x.example", extra="\n \n"))
    assert content_hash(reading("a", CALL)) != content_hash(reading("a", CALL, title="Titolo"))
