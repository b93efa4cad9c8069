"""Text as it should not be: offsets stay exact, nothing breaks, and twice the text takes twice the time."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from typing import Any

import pytest

import ultimora
from ultimora.types import Reading

IT = {
    "unclosed": (
        "Il sindaco Piero Landi ha detto: «Non lasceremo soli i 300 operai. Poi ha “aggiunto che tornerà lunedì.\n\n"
    ),
    "unopened": ("Non lasceremo soli gli operai», ha detto Piero Landi”. La Regione chiede 5 milioni» a Roma.\n\n"),
    "nested": ("«Il console mi ha detto: “Lei risponderà: ‘non so’ e basta”», racconta Anna Bardi. «“«“Sì”»”».\n\n"),
    "many lines": (
        "«Abbiamo chiesto aiuto a Roma per mesi.\n\n«Nessuno ci ha risposto prima del 3 marzo, disse il prefetto.\n\n"
    ),
    "one quotation": "Abbiamo chiesto aiuto a Roma per mesi, e il prefetto Landi diceva di aspettare.\n",
    "capitals": (
        "IL PREMIER UNGHERESE HA DETTO CHE MOSCA «NON FIRMERÀ». ARRESTATE 12 PERSONE A BARI, SECONDO L'ANSA.\n\n"
    ),
    "small": ("il premier ungherese ha detto che mosca non firmerà. arrestate 12 persone a bari, secondo l'ansa.\n\n"),
    "no accents": (
        "E' stato il questore a dirlo: \"Non c'e' alcun pericolo, perche' la citta' e' sicura\", ha detto lunedi'.\n\n"
    ),
    "apostrophes": (
        "L’Aquila, l'assessora: ’Non è vero', dice all’Ansa ‘l'avvocato’ dell'uomo. Po' d’acqua, un’ora e '90.\n\n"
    ),
    "soft hyphens": (
        "Il mini\u00adstro Guido Sanfe\u00adlice ha "
        "incon\u00adtrato l'amba\u00adsciatore russo: «Non fir\u00adme\u00adremo».\n\n"
    ),
    "emoji": ("🇮🇹 Il premier 👩‍👩‍👧 ha scritto su X: «Grazie 🙏🏽 a tutti ❤️‍🔥!!» ✅ Oltre 40 feriti 🚑 a Bari 🌧️.\n\n"),
    "right to left": (
        "Il premier \u200fבנימין\u200e ha detto: «\u202bשלום\u202c» "
        "al \u2067ministro\u2069 Landi. L'inviato di \u200eAnkara\u200f parte.\n\n"
    ),
}
EN = {
    "unclosed": (
        'The mayor, Ann Price, said: "We will not leave them. Then she “added that 300 jobs would go on Monday.\n\n'
    ),
    "nested": "“He told me: ‘She will say “no” and leave’,” said Bob Lang. ““““Yes”””, \"'so'\".\n\n",
    "capitals": (
        "THE HUNGARIAN PREMIER SAID MOSCOW “WILL NOT SIGN”. TWELVE PEOPLE HELD IN LEEDS, ACCORDING TO REUTERS.\n\n"
    ),
    "small": (
        "the hungarian premier said moscow will not sign. twelve people held in leeds, according to reuters.\n\n"
    ),
    "apostrophes": (
        "Price’s aide 'didn't know', ‘the lawyer's’ note said; rock ’n' roll in the ’90s, the Joneses' house.\n\n"
    ),
    "soft hyphens": (
        "The min\u00adister met the Rus\u00adsian ambas\u00adsador: “We "
        "will not sign any\u00adthing,” he said on Mon\u00adday.\n\n"
    ),
    "emoji": "🇬🇧 The mayor 👩🏽‍🚒 wrote on X: “Thank you 🙏🏽 all!!” ✅ More than 40 hurt 🚑 in Leeds.\n\n",
    "right to left": (
        "The premier \u200fבנימין\u200e said: “\u202bשלום\u202c” to "
        "the \u2067minister\u2069. The envoy of \u200eAnkara\u200f left.\n\n"
    ),
}
CASES = [("it", name) for name in IT] + [("en", name) for name in EN]
_RIGHT_SIDE = 3.2
"""Of twice the text: what is over this multiple of the time is no more linear."""


def text_of(language: str, kind: str, times: int) -> str:
    """So much bad text; one kind is a single quotation of many lines."""
    body = (IT if language == "it" else EN)[kind] * times
    return f"«{body}», ha detto il sindaco Landi." if kind == "one quotation" else body


def spans(reading: Reading) -> Iterator[Any]:
    """Everything in a reading that has offsets."""
    yield from reading.sentences
    yield from reading.times
    yield from reading.quantities
    for entity in reading.entities:
        yield from entity.mentions
    for statement in reading.statements:
        yield from (s for s in (statement.cue, statement.content, statement.source_mention) if s is not None)
    for claim in reading.claims:
        yield claim.trigger


@pytest.mark.parametrize(("language", "kind"), CASES)
def test_offsets_are_exact(language: str, kind: str) -> None:
    text = text_of(language, kind, 3)
    reading = ultimora.read(text, language=language, published="2026-03-18")
    assert reading.text == text
    for span in spans(reading):
        assert 0 <= span.start < span.end <= len(text)
        words = getattr(span, "text", None)
        assert words is None or text[span.start : span.end] == words
        assert text[span.start : span.end] == text[span.start : span.end].strip()
    ends = [s.end for s in reading.sentences]
    assert all(a <= s.start for a, s in zip(ends, reading.sentences[1:], strict=False))


def seconds(language: str, text: str) -> float:
    """Processor time of a reading whose sentences have been parsed before: all else is done again."""
    gc.collect()
    start = time.process_time()
    ultimora.read(text, language=language, published="2026-03-18")
    return time.process_time() - start


@pytest.mark.parametrize("kind", IT)
def test_twice_the_text_takes_twice_the_time(kind: str) -> None:
    once, twice = text_of("it", kind, 8), text_of("it", kind, 16)
    seconds("it", twice)
    tries = (seconds("it", twice) / seconds("it", once) for _ in range(3))
    assert any(ratio < _RIGHT_SIDE for ratio in tries)


def test_forty_lines_are_one_quotation_of_whoever_is_named_once() -> None:
    text = text_of("it", "one quotation", 40).replace("aspettare.\n", "aspettare. ")
    reading = ultimora.read(text, language="it", published="2026-03-18")
    quoted = max((s for s in reading.statements if s.quoted), key=lambda s: s.content.end - s.content.start)
    names = {e.id: e.name for e in reading.entities}
    assert quoted.content.end - quoted.content.start > 0.9 * len(text)
    assert "Landi" in names[quoted.source or ""]
