"""Two happenings that one article tells in the same words."""

from __future__ import annotations

from pathlib import Path

from factories import ODESSA, RUSSIA, UKRAINE, Said, reading
from ultimora.answers import Record


def raid(sentence: str, count: float, day: str | None = None, event: str = "e0") -> Said:
    return Said(
        sentence,
        [RUSSIA],
        [UKRAINE],
        event_type="ASSAULT",
        day=day,
        place=ODESSA,
        count=count,
        event=event,
        predicate="raid",
    )


def told(record: Record, ident: str, day: str, *said: Said) -> None:
    at = f"2025-03-{day}T12:00:00+00:00"
    record.add(reading(ident, *said, published=at, outlet=f"Testata {ident}"), seen=at)


def counts(record: Record) -> list[set[float]]:
    """The numbers of each event, the first founded first."""
    with record.store.loader() as loader:
        events = loader.events(loader.find(), history=True)
    found = sorted(events, key=lambda e: min(c.since for c in e.claims))
    return [{a.value for c in e.claims for a in c.facts.amounts} for e in found]


def test_a_number_goes_where_it_is_known_from(tmp_path: Path) -> None:
    record = Record(tmp_path / "raids.db")
    told(record, "a", "04", raid("Il raid del 4 marzo ha ucciso 13 persone.", 13, "2025-03-04"))
    told(
        record,
        "b",
        "07",
        raid("Il raid di oggi ha ucciso 8 persone.", 8, "2025-03-07"),
        raid("Il raid ne uccise 13.", 13),
    )
    assert counts(record) == [{13}, {8}]


def test_a_number_that_is_known_from_nowhere_stays(tmp_path: Path) -> None:
    record = Record(tmp_path / "raids.db")
    told(
        record,
        "a",
        "07",
        raid("Il raid di oggi ha ucciso 8 persone.", 8, "2025-03-07"),
        raid("Mosca: il raid ne ha uccisi 2.", 2),
    )
    assert counts(record) == [{8, 2}]


def test_the_order_does_not_matter(tmp_path: Path) -> None:
    first = ("a", "04", raid("Il raid del 4 marzo ha ucciso 13 persone.", 13, "2025-03-04"))
    later = (
        "b",
        "07",
        raid("Il raid di oggi ha ucciso 8 persone.", 8, "2025-03-07"),
        raid("Il raid ne uccise 13.", 13),
    )
    found = []
    for number, order in enumerate(((first, later), (later, first))):
        record = Record(tmp_path / f"{number}.db")
        for each in order:
            told(record, *each)
        found.append(sorted(map(sorted, counts(record))))
    assert found[0] == found[1] == [[8.0], [13.0]]
