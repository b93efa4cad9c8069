"""Whom and what pronouns go back to, by the signs whose worth is learned."""

from __future__ import annotations

import pytest

import ultimora
from ultimora.documents.entities.antecedents import weights

PUBLISHED = "2026-11-26T12:00:00+00:00"


def named(text: str, language: str) -> dict[str, list[str]]:
    """The mentions of every entity by its name."""
    reading = ultimora.read(text, language=language, published=PUBLISHED)
    return {entity.name: [mention.text for mention in entity.mentions] for entity in reading.entities}


def test_weights_ship_with_the_package() -> None:
    worth = weights()
    assert len(worth) > 100
    assert all(-9 < value < 9 for value in worth.values())


@pytest.mark.parametrize(
    ("language", "text", "name", "mention"),
    [
        ("en", "Marta Quill met the mayor, Tom Bray. She asked him to resign.", "Marta Quill", "She"),
        ("en", "Marta Quill met the mayor, Tom Bray. She asked him to resign.", "Tom Bray", "him"),
        ("en", "The council bought a tug last year. A welder repaired it in March.", "tug", "it"),
        ("it", "La sindaca Anna Bo ha letto la lettera e l'ha bruciata.", "lettera", "l'"),
        ("it", "Il vescovo Carlo Rinaldi ha regalato alla delegata la propria sciarpa.", "Carlo Rinaldi", "propria"),
        ("it", "L'assessora Rita Sala è in carcere. I soldati le hanno tolto il telefono.", "Rita Sala", "le"),
    ],
)
def test_a_pronoun_goes_back_to_the_one_that_is_meant(language: str, text: str, name: str, mention: str) -> None:
    assert mention in named(text, language)[name]


@pytest.mark.parametrize(
    "text",
    [
        "The storm hit the town of Acle. It rained for two days.",
        "Harwick Foods is in trouble. It is clear that jobs will go.",
        "Harwick Foods denied the report. It emerged that two directors had left.",
    ],
)
def test_an_it_that_means_nothing_is_no_mention(text: str) -> None:
    assert not any("It" in mentions for mentions in named(text, "en").values())


def test_whoever_speaks_a_quotation_is_not_called_he_in_it() -> None:
    text = "Il sindaco Ugo Masi ha lasciato l'aula. «Lo abbiamo aspettato un'ora», ha detto la consigliera Ada Fini."
    found = named(text, "it")
    assert "Lo" in found["Ugo Masi"]
    assert "Lo" not in found["Ada Fini"]


def test_the_same_text_gives_the_same_mentions() -> None:
    text = "A ferry ran aground off Lamu. The vessel was carrying 80 people; its captain, Ali Noor, said he had slept."
    assert named(text, "en") == named(text, "en")
