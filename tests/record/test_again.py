"""What is told again days later without a date is of the older happening; a new one is not."""

from __future__ import annotations

import pytest

from factories import RUSSIA, UKRAINE, Said, entity, reading
from ultimora.answers import Record

ODESA, KHARKIV = (entity(n, "place", "UKR") for n in ("Odesa", "Kharkiv"))
OFFICE = entity("Moscow", "government", "RUS")


def strike(day: str | None, count: float | None, town: object = ODESA, **more: object) -> Said:
    return Said(
        f"Strike {day} {count}.", [RUSSIA], [UKRAINE], event_type="ASSAULT", day=day, count=count, place=town, **more
    )  # type: ignore[arg-type]


def events(record: Record, *told: tuple[str, Said]) -> list[int]:
    """How many articles each event has, the first founded first."""
    for number, (day, said) in enumerate(told):
        at = f"{day}T10:0{number}:00+01:00"
        record.add(reading(f"a{number}", said, published=at, outlet=f"Outlet {number}"), seen=at)
    with record.store.loader() as loader:
        found = loader.events(loader.find())
    return [len({c.article for c in e.claims}) for e in sorted(found, key=lambda e: min(c.since for c in e.claims))]


FIRST, SECOND = ("2025-03-05", strike("2025-03-05", 12)), ("2025-03-08", strike("2025-03-08", 3))
DENIED = strike(None, None, polarity="negative", sources=[(OFFICE, "denies")])


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ([FIRST, SECOND, ("2025-03-08", strike(None, 12))], [2, 1]),  # the toll of the older one
        ([FIRST, SECOND, ("2025-03-08", strike(None, 4))], [1, 2]),  # the new one's has grown
        ([FIRST, SECOND, ("2025-03-08", strike(None, 12, KHARKIV))], [1, 2]),  # the number is of another town
        ([FIRST, ("2025-03-09", DENIED)], [2]),
        ([FIRST, SECOND, ("2025-03-08", DENIED)], [1, 2]),  # of two, the latest is meant
        ([FIRST, ("2025-03-30", DENIED)], [1, 1]),
        ([FIRST, ("2025-03-30", strike(None, 12))], [1, 1]),
        ([FIRST, ("2025-03-09", strike(None, 5))], [1, 1]),
    ],
)
def test_told_again(record: Record, told: list[tuple[str, Said]], count: list[int]) -> None:
    assert events(record, *told) == count


def test_what_is_told_again_does_not_move_the_event(record: Record) -> None:
    again = ("2025-03-08", strike(None, 12))
    assert events(record, FIRST, again, ("2025-03-08", strike("2025-03-08", 12))) == [2, 1]
