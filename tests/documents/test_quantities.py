"""Numbers in texts as they come: broken, capital, invisible characters, long."""

from __future__ import annotations

import time

import pytest

from ultimora.documents.quantities.numerals import find_numerals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("trentasettemila", 37_000),
        ("duecentocinquanta", 250),
        ("un milione e mezzo", 1_500_000),
        ("due milioni e 300mila", 2_300_000),
        ("3,5 milioni", 3_500_000),
        ("1.200.000", 1_200_000),
        ("mezzo milione", 500_000),
        ("VENTOTTO", 28),
        ("tre\u00adcento", 300),
        ("ventitré", 23),
        ("trent'anni", 30),
        ("due terzi", 2 / 3),
        ("decine di migliaia", 10_000),
    ],
)
def test_italian_numbers(text: str, value: float) -> None:
    assert [n.value for n in find_numerals(text, "it")] == [pytest.approx(value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hundred and five", 205),
        ("one hundred and fifty thousand", 150_000),
        ("half a million", 500_000),
        ("two and a half million", 2_500_000),
        ("$4.5bn", 4_500_000_000),
        ("£3m", 3_000_000),
        ("twenty-five", 25),
        ("a dozen", 12),
        ("tens of thousands", 10_000),
        ("several hundred thousand", 100_000),
        (".5", 0.5),
    ],
)
def test_english_numbers(text: str, value: float) -> None:
    assert [n.value for n in find_numerals(text, "en")] == [pytest.approx(value)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "e e e",
        "mila",
        "di di un un",
        "🙂🙂 12",
        "\u200f40\u200e razzi",
        "1,2,3,4,5",
        "- - 5",
        "$",
        "½ ¾ Ⅷ ²",
        "m² ³",
    ],
)
def test_odd_texts_do_not_fail(text: str) -> None:
    for language in ("it", "en"):
        for numeral in find_numerals(text, language):
            assert 0 <= numeral.start < numeral.end <= len(text)


@pytest.mark.parametrize("unit", ["uno ", "tre", "1.000.", "cento e ", "decine di ", "un milione e ", "due terzi di "])
def test_time_grows_with_the_length_alone(unit: str) -> None:
    started = time.process_time()
    find_numerals(unit * 2_000, "it")
    once = time.process_time() - started
    started = time.process_time()
    find_numerals(unit * 16_000, "it")
    assert time.process_time() - started < 40 * once + 0.5
