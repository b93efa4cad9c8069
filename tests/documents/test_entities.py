"""Entities on ordinary and on hostile input."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ultimora.documents.build import build
from ultimora.documents.entities import ensure, ensure_all, entity_of, find_entities
from ultimora.types import Article, Document, Entity, TextPart


def read(text: str, language: str = "it") -> Document:
    document = build(Article("a", text, language, (TextPart(0, len(text), "body"),), published="2025-10-16"))
    document.entities = find_entities(document)
    return document


def named(document: Document, name: str) -> Entity:
    return next(e for e in document.entities if e.name == name)


def is_sound(document: Document) -> None:
    """Ids run from n1 on, offsets are exact, mentions are in order."""
    assert [e.id for e in document.entities] == [f"n{i}" for i in range(1, len(document.entities) + 1)]
    for entity in document.entities:
        starts = [m.start for m in entity.mentions]
        assert starts == sorted(starts)
        for mention in entity.mentions:
            assert document.text[mention.start : mention.end] == mention.text
            assert document.sentences[mention.sentence].start <= mention.start


HOSTILE = [
    "Roma",
    "IL PRESIDENTE TURCO ERDOGAN ACCUSA LA GRECIA",
    "il presidente turco erdogan accusa la grecia perche' si",
    "L'Ucra\u00adina «resiste» 🇺🇦 \u200fgrida Zelensky\u200e",
    "((((«»“”\"''‘’—–-…?!",
    "Kiev Kiev Kiev Kiev, Kiev: Kiev; Kiev",
    "E' vero: l'Onu, l’Onu, Onu.",
    "di di di della dello presidente di di",
    "U.S. U.K. U.N. E.U.",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["it", "en"])
def test_hostile_text_is_read(text: str, language: str) -> None:
    document = read(text, language)
    for token in document.tokens:
        ensure(document, token)
        ensure_all(document, token)
    is_sound(document)


WORDS = [
    "il",
    "la",
    "presidente",
    "turco",
    "Ankara",
    "di",
    ",",
    ".",
    "«",
    "»",
    "(",
    "Usa",
    "-",
    "'",
    "Onu",
    "fonti",
    "e",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS)))
def test_any_words_are_read(words: list[str]) -> None:
    text = " ".join(words) or "x"
    document = read(text)
    for token in document.tokens:
        ensure(document, token)
    is_sound(document)


def test_ensure_makes_an_entity_once() -> None:
    document = read("La folla ha invaso la piazza. Pioveva.")
    crowd = [t for t in document.tokens if t.text == "folla"]
    assert entity_of(document, crowd[0]) is None
    first = ensure(document, crowd[0])
    assert ensure(document, crowd[0]) == first
    made = entity_of(document, crowd[0])
    assert made is not None
    assert (made.id, made.kind) == (first, "group")


def test_a_phrase_of_two_states_speaks_of_both() -> None:
    document = read("Hungarian and Romanian officials agreed on Wednesday.", "en")
    officials = next(t for t in document.tokens if t.text == "officials")
    found = {document.entities[int(i[1:]) - 1].country for i in ensure_all(document, officials)}
    assert found == {"HUN", "ROU"}


def test_entities_replaced_by_others_are_indexed_anew() -> None:
    document = read("Ankara ha risposto ad Atene.")
    document.entities = list(document.entities[:1])
    assert entity_of(document, document.tokens[0]) == document.entities[0]


def test_the_same_text_gives_the_same_entities() -> None:
    text = "Il premier ungherese Viktor Orban ha visto Putin a Mosca. Secondo fonti ungheresi il premier è soddisfatto."
    assert read(text).entities == read(text).entities


def test_long_texts_take_linear_time() -> None:
    import time

    def took(times: int) -> float:
        document = build_only("Il presidente turco Erdogan ha sentito Putin a Mosca. Lui ha detto di no. " * times)
        start = time.process_time()
        find_entities(document)
        return time.process_time() - start

    took(5)
    assert took(200) < 40 * max(took(20), 0.005)


def build_only(text: str) -> Document:
    return build(Article("a", text, "it", (TextPart(0, len(text), "body"),), published="2025-10-16"))
