"""What the model says of events where rules say nothing, and where it overrules them."""

from __future__ import annotations

import dataclasses

import pytest

import ultimora
from ultimora.claims import triggers
from ultimora.core import Given, article_from_text
from ultimora.pipeline import annotate
from ultimora.types import Document


def typed(reading: ultimora.Reading) -> dict[str, str]:
    return {c.trigger.text: c.event_type for c in reading.claims if c.event_type}


def document(text: str) -> Document:
    return annotate(article_from_text(text, Given(language="en")))[1]


def with_kind(known: Document, word: str, kind: str, sure: float) -> Document:
    """The same document, with another word of the model's on one token."""
    tokens = tuple(dataclasses.replace(t, kind=kind, sure=sure) if t.text == word else t for t in known.tokens)
    return dataclasses.replace(known, tokens=tokens)


@pytest.mark.parametrize(("sure", "found"), [(0.95, ["AID"]), (0.3, [])])
def test_a_word_that_no_rule_knows_is_typed_where_the_model_is_sure(sure: float, found: list[str]) -> None:
    known = with_kind(document("Kenya trousered the rations of the village."), "trousered", "AID", sure)
    candidates = {c.token.text: [t.event_type for t in c.triggers] for c in triggers.find(known)}
    assert candidates.get("trousered", []) == found


def test_what_rules_exclude_the_model_does_not_bring_back() -> None:
    known = with_kind(document("The teams meet again on Sunday."), "meet", "CONSULT", 0.99)
    assert all(not c.triggers for c in triggers.find(known) if c.token.text == "meet")


def test_a_bare_word_that_the_model_takes_for_no_event_is_none() -> None:
    text = "The police jailed the man."
    likely, unlikely = (with_kind(document(text), "jailed", "", sure) for sure in (0.5, 0.0))
    assert [bool(c.triggers) for c in triggers.find(likely) if c.token.text == "jailed"] == [True]
    assert [bool(c.triggers) for c in triggers.find(unlikely) if c.token.text == "jailed"] == [False]
