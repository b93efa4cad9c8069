"""Outlets tell one happening differently, and are read differently: what is one nevertheless, and what is not."""

from __future__ import annotations

import pytest

from factories import GREECE, ITALY, KARATAS, ROVATI, TURKEY, Said, entity, person, reading
from ultimora.answers import Record
from ultimora.record.facts import party_of
from ultimora.record.matching import WEAK, relation

TOLD = "2025-03-05"
ANKARA, ROME = entity("Ankara", "place", "TUR"), entity("Roma", "place", "ITA")
NAPOLI = entity("Napoli", "place", "ITA", form="name")
REBELS = entity("ribelli", "armed_group", form="nominal")
UNION, UNIONE = entity("African Union", "organization"), entity("Unione africana", "organization")


def meet(day: str | None = "2025-03-14", status: str = "planned", **more: object) -> Said:
    about = {"actors": [ROVATI], "recipients": [KARATAS], "place": ANKARA} | more
    return Said(f"Meeting {day} {status}.", day=day, status=status, **about)  # type: ignore[arg-type]


def events(record: Record, *said: Said, days: tuple[str, ...] = ()) -> int:
    for number, each in enumerate(said):
        at = f"{days[number] if days else TOLD}T1{number}:00:00+01:00"
        record.add(reading(f"a{number}", each, published=at, outlet=f"Outlet {number}"), seen=at)
    with record.store.loader() as loader:
        return len(loader.find())


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        (meet(), meet(None), 1),  # "they will meet in Ankara"
        (meet(), meet(None, "occurred", polarity="negative"), 1),  # "the summit is off"
        (meet("2025-04-20"), meet(None, "occurred", polarity="negative"), 2),
        (meet(mode="multilateral"), meet(mode="visit", recipients=()), 1),  # "Rovati goes to Ankara on the 14th"
        (meet(mode="multilateral"), meet(mode="visit", recipients=(), day="2025-03-20"), 2),
        (meet(mode="multilateral"), meet(mode="phone", recipients=()), 2),
        (meet(None, mode="visit", place=ROME), meet(mode="visit", place=ROME, recipients=()), 1),
        (meet(), meet(actors=[GREECE]), 2),
    ],
)
def test_one_meeting_or_two(record: Record, one: Said, other: Said, count: int) -> None:
    assert events(record, one, other) == count


def test_todays_call_and_last_months_stay_two(record: Record) -> None:
    call = Said("Si sono sentiti.", [ITALY], [TURKEY], mode="phone")
    assert events(record, call, call, days=("2025-02-05", "2025-03-05")) == 2


def test_who_denies_a_contact_is_its_other_side(record: Record) -> None:
    talks = Said("Trattano.", [ITALY], [REBELS], day="2025-03-05")
    denied = Said("Nessuna trattativa.", [], [REBELS], polarity="negative", sources=[(ITALY, "denies")])
    assert events(record, talks, denied) == 1


def test_a_body_is_found_by_its_name_in_each_language(record: Record) -> None:
    said = [
        Said("Condemned.", [who], event_type="ACCUSE", mode="disapprove", day="2025-03-05") for who in (UNION, UNIONE)
    ]
    assert events(record, *said) == 1


def test_a_person_taken_for_a_place() -> None:
    anna, place = party_of(person("Anna Benslama")), party_of(entity("Benslama", "place"))
    assert relation(anna, place) == relation(place, anna) == WEAK
    assert not relation(anna, party_of(entity("Benslama", "place", "DZA")))


def test_the_one_town_of_a_sentence_is_where_it_happened(record: Record) -> None:
    shaken = Said("Terremoto a Napoli.", event_type=None, predicate="terremoto", day="2025-03-05", place=NAPOLI)
    assert events(record, shaken, _with_town("Il sisma di Napoli.", "sisma")) == 1


def _with_town(sentence: str, predicate: str) -> Said:
    return Said(sentence, event_type=None, predicate=predicate, day="2025-03-05", sources=[(NAPOLI, "reports")])
