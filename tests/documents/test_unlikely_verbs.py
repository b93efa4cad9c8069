"""A form with one letter of ending is no verb that nobody knows."""

from __future__ import annotations

import pytest

from ultimora import languages
from ultimora.documents.parser import default_parser, lemma_lexicon


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Il presidente dovrebbe chiedere a Trump missili da crociera Tomahawk .", "missili", "missile"),
        ("I cittadini twittano sulla manovra .", "twittano", "twittare"),
        ("Il ministro ha bloggato la notizia .", "bloggato", "bloggare"),
    ],
)
def test_lemma(text: str, word: str, lemma: str) -> None:
    words = text.split()
    analysis = default_parser().parse(words, "it")[words.index(word)]
    assert analysis.lemma == lemma
    assert (analysis.upos == "VERB") == lemma.endswith("are")


def test_the_verbs_of_the_rules_are_known() -> None:
    triggers = (t for table in languages.load("it").tables("rules").values() for t in table.get("trigger", ()))
    verbs = {verb.split()[0] for trigger in triggers for verb in trigger.get("verbs", ())}
    lexicon = lemma_lexicon("it")
    assert {v for v in verbs if v.endswith(lexicon.verb_endings)} <= lexicon.verbs | default_parser().verbs("it")
