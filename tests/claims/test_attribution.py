"""Chains of sources, beyond what the corpora show one sentence at a time."""

from __future__ import annotations

from ultimora.claims.attribution import chains
from ultimora.documents.build import build
from ultimora.documents.entities import find_entities
from ultimora.documents.statements import find_statements
from ultimora.types import Article, TextPart


def attributed(text: str, word: str, language: str = "it") -> list[list[str]]:
    document = build(Article("a", text, language, (TextPart(0, len(text), "body"),)))
    document.entities = find_entities(document)
    document.statements = find_statements(document)
    token = next(t for t in document.tokens if t.text == word)
    found = chains(document, token)
    names = {e.id: e.name for e in document.entities}
    return [[names[link.source] for link in chain] for chain in found]


def test_the_articles_own_voice_has_no_chain() -> None:
    assert attributed("I droni hanno colpito Odessa.", "colpito") == []


def test_a_statement_does_not_vouch_for_its_own_saying() -> None:
    assert attributed("Il ministro ha detto che la nave è salpata.", "detto") == []


def test_nested_statements_make_one_chain_from_the_facts_outwards() -> None:
    found = attributed(
        "Secondo Reuters, funzionari ucraini affermano che Kiev ha attaccato una raffineria.", "attaccato"
    )
    assert [len(chain) for chain in found] == [2]
    assert found[0][1] == "Reuters"


def test_two_sources_of_one_report_are_two_origins() -> None:
    text = "La notizia della telefonata, riportata dal Times e confermata da fonti vicine a Mosca, sorprende."
    assert len(attributed(text, "telefonata")) == 2


def test_the_next_sentence_attributes_only_the_one_before() -> None:
    text = "Un treno è deragliato in Puglia. Mosca ha chiuso il consolato. Lo riferisce la Tass."
    assert attributed(text, "deragliato") == []
    assert len(attributed(text, "chiuso")) == 1


def test_a_wish_is_told_by_the_article() -> None:
    assert attributed("Trump wants to meet Xi before Christmas.", "meet", "en") == []
