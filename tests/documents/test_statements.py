"""Quotation marks as they come: broken, nested, over paragraphs, mixed; and texts that nobody proof-read."""

from __future__ import annotations

import time

import pytest

from ultimora.documents.build import build
from ultimora.documents.entities import find_entities
from ultimora.documents.statements import find_statements
from ultimora.documents.statements.quotes import find_quotes
from ultimora.types import Article, Document, TextPart


def quotes(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotes(text)]


def read(text: str, language: str) -> Document:
    document = build(Article("a", text, language, (TextPart(0, len(text), "body"),)))
    document.entities = find_entities(document)
    document.statements = find_statements(document)
    return document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«Siamo pronti», ha detto, «a partire».", ["«Siamo pronti»", "«a partire»"]),
        ('"One," he said. "Two."', ['"One,"', '"Two."']),
        ("«Ha detto “basta” e «via»», poi uscì.", ["«Ha detto “basta” e «via»»"]),
        ("“First paragraph.\n\n“Second paragraph.”", ["“First paragraph.\n\n“Second paragraph.”"]),
        ("“Never closed.\n\nAnother paragraph.", ["“Never closed."]),
        ("‘We won’t go,’ she said; it’s the workers’ fault.", ["‘We won’t go,’"]),
        ("''Plain ticks,'' he said.", ["''Plain ticks,''"]),
        ('a 5" pipe and a 6" pipe', []),
        ("L’accordo, po’ alla volta, si fa.", []),
        ("»", []),
        ("“", ["“"]),
    ],
)
def test_quotation_marks(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


@pytest.mark.parametrize("unit", ['"a\n', '"', "“", " 'abcdefgh ijk", "«a ", "“«‘\"' "])
def test_quotation_marks_take_time_in_proportion(unit: str) -> None:
    started = time.process_time()
    find_quotes(unit * 5_000)
    once = time.process_time() - started
    started = time.process_time()
    find_quotes(unit * 40_000)
    assert time.process_time() - started < 40 * once + 0.5


ODD = [
    "«««”””“““",
    "IL MINISTRO HA DETTO: «NESSUNA TRATTATIVA». E' FINITA.",
    "il ministro ha detto che la citta' e' libera, perche' l'esercito s'e' ritirato",
    "Il mini\u00adstro ha detto: «Sia\u00admo pronti».",
    "🙂 «Ciao» 🙂, ha detto il sindaco 🙂.",
    "\u200fIl portavoce\u200e ha detto: “Basta”.",
    ": «»",
    "ha detto che che che",
    "Disse: “L'ha detto: ‘Non vengo’”, poi tacque.",
    "\n\n«\n\n»\n\n",
]


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("language", ["it", "en"])
def test_odd_texts_keep_their_offsets(text: str, language: str) -> None:
    for statement in read(text, language).statements:
        assert 0 <= statement.content.start < statement.content.end <= len(text)
        if statement.cue is not None:
            assert text[statement.cue.start : statement.cue.end] == statement.cue.text


def test_a_long_quotation_is_one_statement() -> None:
    lines = "\n\n".join(f"«Riga numero {i} del discorso del presidente." for i in range(40))
    document = read(f"Il presidente ha dichiarato:\n\n{lines}»", "it")
    longest = max(document.statements, key=lambda s: s.content.end - s.content.start)
    assert document.text[longest.content.start : longest.content.end] == f"{lines}»"
    assert longest.source_mention is not None


def test_a_speaker_named_once_goes_on() -> None:
    document = read("«Non cederemo», ha detto il ministro Tajani.\n\n«Il governo resta unito su questo punto.»", "it")
    assert len({s.source for s in document.statements if s.quoted}) == 1
    assert all(document.text.count("«", s.content.start, s.content.end) for s in document.statements)


def test_ids_are_unique_and_in_text_order() -> None:
    document = read('"One," Jane Roe said. John Doe said that it was late. "Three," Roe added.', "en")
    assert [s.id for s in document.statements] == [f"s{i}" for i in range(1, len(document.statements) + 1)]
    assert [s.content.start for s in document.statements] == sorted(s.content.start for s in document.statements)
