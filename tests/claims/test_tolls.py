"""Numbers of dead and injured belong to the happening that they came of, however and wherever they are told."""

from __future__ import annotations

import pytest

import ultimora
from ultimora.types import Event, Reading

TOLLS = [
    ("it", "Raid aereo su Nyala, nel Sudan. Il bilancio è di undici morti, ha detto l'ospedale.", "raid", {11}),
    ("it", "Un attacco ha colpito Odessa. Sono dodici i morti e 34 i feriti.", "colpire", {12, 34}),
    ("it", "Un attacco russo ha colpito Odessa. Il bilancio è salito a 14 vittime in serata.", "attacco", {14}),
    ("it", "Forte terremoto nel Kurdistan iracheno. I morti sono almeno nove, i dispersi sei.", "terremoto", {9, 6}),
    ("it", "Crollo di una palazzina a Bari: due morti. Si contano anche cinque feriti.", "crollo", {2, 5}),
    ("it", "Bus si ribalta sulla A1. Tre persone sono morte e sette sono rimaste ferite.", "ribaltare", {3, 7}),
    ("it", "Esplosione in una fabbrica di fuochi d'artificio. Quattro operai hanno perso la vita.", "esplosione", {4}),
    ("it", "Scontro tra due treni a Foligno. Il bilancio è di un morto e tre feriti.", "scontro", {2, 1, 3}),
    ("en", "Russian drones struck Odesa. The death toll rose to 12, emergency services said.", "strike", {12}),
    ("en", "A car bomb exploded in Mogadishu. Police put the death toll at nine.", "explode", {9}),
    ("en", "An earthquake hit eastern Turkey. The number of dead has risen to 40.", "earthquake", {40}),
    ("en", "Israel bombed Khan Younis. The health ministry reported 25 dead.", "bomb", {25}),
    ("en", "A ferry capsized off Palawan on Tuesday. At least 17 people died and 30 are missing.", "capsize", {17, 30}),
    ("en", "Gunmen attacked a village in Plateau state. Eleven people were killed in the raid.", "attack", {11}),
    ("en", "A train derailed near Prague. Two passengers died in the crash.", "derail", {2}),
]  # fmt: skip


def of(reading: Reading, predicate: str) -> Event:
    claim = next(c for c in reading.claims if c.predicate.split()[0] == predicate)
    return next(e for e in reading.events if e.id == claim.event)


def numbers(reading: Reading, event: Event) -> set[float | tuple[float, float]]:
    value = {q.id: q.value for q in reading.quantities}
    return {value[q] for c in reading.claims if c.id in event.claims for q in c.quantities}


@pytest.mark.parametrize(("language", "text", "predicate", "expected"), TOLLS)
def test_toll(language: str, text: str, predicate: str, expected: set[float]) -> None:
    reading = ultimora.read(text, published="2025-03-05T18:30:00+01:00", language=language)
    assert numbers(reading, of(reading, predicate)) == expected


@pytest.mark.parametrize(
    ("language", "text", "predicate"),
    [
        ("en", "Drones struck Odesa on Tuesday. In 2019 a ferry capsized and 50 people died.", "strike"),
        ("en", "The army shelled Kobani. The utility's balance rose to 14 million dollars.", "shell"),
        ("it", "I droni hanno colpito Odessa. Nel 2019 un terremoto in Albania causò 51 morti.", "colpire"),
        (
            "it",
            "I caccia hanno bombardato Kobane. Il bilancio della società è salito a 14 milioni di euro.",
            "bombardare",
        ),
    ],
)
def test_no_toll(language: str, text: str, predicate: str) -> None:
    reading = ultimora.read(text, published="2025-03-05T18:30:00+01:00", language=language)
    assert not numbers(reading, of(reading, predicate))


def test_when_the_toll_rose_is_not_when_it_happened() -> None:
    text = "Un attacco ha colpito Odessa nella notte. Il bilancio è salito a 14 vittime in serata."
    reading = ultimora.read(text, published="2025-03-05T18:30:00+01:00", language="it")
    assert str(of(reading, "attacco").from_).startswith("2025-03-04")


def test_the_death_of_somebody_named_is_a_happening_of_its_own() -> None:
    text = "An air strike hit a villa in Beirut. Karim Haddad, the group's treasurer, died in the strike."
    reading = ultimora.read(text, published="2025-03-05T18:30:00+01:00", language="en")
    assert of(reading, "die") != of(reading, "strike")
