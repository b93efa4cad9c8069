"""What PLOVER has no type for is one happening in both languages: by its kind, its town and its day."""

from __future__ import annotations

import pytest

from factories import RUSSIA, UKRAINE, Said, entity, reading
from ultimora.answers import Record
from ultimora.record.happenings import happening, same_happening

NAPOLI, NAPLES, TORINO = (entity(n, "place", "ITA") for n in ("Napoli", "Naples", "Torino"))
POLICE = entity("polizia", "group", form="nominal")
AT = ["2025-03-05T10:00:00+01:00", "2025-03-05T11:00:00+01:00"]


def shaken(town: object, predicate: str, day: str | None = "2025-03-05", **more: object) -> Said:
    return Said("…", event_type=None, predicate=predicate, day=day, place=town, **more)  # type: ignore[arg-type]


def events(record: Record, *said: Said) -> int:
    for number, each in enumerate(said):
        record.add(reading(f"a{number}", each, published=AT[number]), seen=AT[number])
    with record.store.loader() as loader:
        return len(loader.find())


def test_words_of_two_languages() -> None:
    assert happening("sisma") == happening("quake") == "earthquake"
    assert same_happening("rogo", ["blaze"])
    assert not same_happening("rogo", ["flood"])
    assert happening("zufolare") == "zufolare"


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        (shaken(NAPOLI, "terremoto"), shaken(NAPLES, "earthquake"), 1),
        (shaken(NAPOLI, "terremoto"), shaken(NAPLES, "earthquake", None), 1),
        (shaken(None, "terremoto", recipients=[NAPOLI]), shaken(NAPLES, "quake"), 1),
        (shaken(NAPOLI, "terremoto"), shaken(NAPLES, "fire"), 2),
        (shaken(NAPOLI, "terremoto"), shaken(TORINO, "earthquake"), 2),
        (shaken(NAPOLI, "terremoto"), shaken(NAPLES, "earthquake", "2025-02-01"), 2),
    ],
)
def test_one_or_two(record: Record, one: Said, other: Said, count: int) -> None:
    assert events(record, one, other) == count


def test_the_police_are_one_origin_whoever_quotes_them(record: Record) -> None:
    def said(sentence: str) -> Said:
        return Said(
            sentence, [RUSSIA], [UKRAINE], event_type="ASSAULT", day="2025-03-05", sources=[(POLICE, "reports")]
        )

    for number, outlet in enumerate(("Il Faro", "La Voce")):
        told = reading(outlet, said(f"Attacco {number}."), outlet=outlet, published=AT[number])
        record.add(told, seen=AT[number])
    with record.store.loader() as loader:
        (event,) = loader.find()
    (origin,) = record.sources(event).origins
    assert origin.outlets == ("Il Faro", "La Voce")
