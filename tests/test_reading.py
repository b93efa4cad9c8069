"""What holds of every reading, whatever the text."""

from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ultimora
from ultimora.serial import from_data, reading_schema, to_data
from ultimora.types import Reading

VALIDATOR = jsonschema.Draft202012Validator(reading_schema())

NASTY = [
    '«"Aperta e mai chiusa, disse il ministro ‘davvero.',
    "IL PREMIER HA TELEFONATO AL PRESIDENTE TURCO. DOMANI L'INCONTRO A ROMA.",
    "il premier ha telefonato ieri al presidente turco domani l'incontro a roma",
    "E' vero, perche' ha detto: «no». «Sì», ha ribattuto l'altro. «\n\n«",
    "So\u00adfia e\u200b Mo\u00adsca: \u202btrattative\u202c 🕊️🇺🇦 in corso, 31 febbraio.",
    "12 34 56 78 90 " * 300,
    "ومن المقرر أن يجتمع الوزراء غدا في القاهرة",
    "((((((((((((((((((((((((((((((",
    "Il 45 marzo 99999 " * 20,
    "«" * 200 + " disse " + "»" * 200,
    ".\n.\n.\n",
    "a",
]


def check(reading: Reading) -> None:
    data = to_data(reading)
    VALIDATOR.validate(data)
    assert from_data(Reading, data) == reading
    text = data["text"]
    ids = {name: {row["id"] for row in data[name]} for name in ("entities", "times", "quantities", "claims", "events")}
    for row in [*data["times"], *data["quantities"], *(m for e in data["entities"] for m in e["mentions"])]:
        assert text[row["start"] : row["end"]] == row["text"]
    for claim in data["claims"]:
        check_claim(claim, text, ids)
    for statement in data["statements"]:
        assert {statement["source"], statement["medium"]} - {None} <= ids["entities"]
        assert 0 <= statement["content"]["start"] < statement["content"]["end"] <= len(text)
    for event in data["events"]:
        assert event["claims"]
        assert set(event["claims"]) <= ids["claims"]


def check_claim(claim: dict[str, Any], text: str, ids: dict[str, set[str]]) -> None:
    trigger = claim["trigger"]
    assert text[trigger["start"] : trigger["end"]] == trigger["text"]
    sources = {link["source"] for chain in claim["attributions"] for link in chain}
    assert {*claim["actors"], *claim["recipients"], *sources, claim["place"]} - {None} <= ids["entities"]
    assert {claim["time"]} - {None} <= ids["times"]
    assert set(claim["quantities"]) <= ids["quantities"]
    assert claim["event"] in ids["events"]


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("published", ["2025-10-16T18:00:00+02:00", None])
def test_nasty_texts(text: str, language: str, published: str | None) -> None:
    check(ultimora.read(text, language=language, published=published))


VOCABULARY = """
il la i di a da in con su per tra e o ma se non che ministro Roma Mosca Ankara Trump Rovati ha è sarà detto attacco
colloquio telefonata domani ieri oggi lunedì 3 maggio 2025 40 mila euro « » “ ” " ' , . : ; ( ) - secondo fonti
"""
WORDS = st.sampled_from(VOCABULARY.split())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join))
def test_any_words(text: str) -> None:
    check(ultimora.read(text, language="it", published="2025-10-16"))


def test_a_sentence_is_read_alike_in_any_company() -> None:
    sentence = "Il presidente turco ha telefonato ieri al premier italiano."
    alone = ultimora.read(sentence, language="it", published="2025-10-16")
    after = ultimora.read("Piove su tutta la costa.\n\n" * 5 + sentence, language="it", published="2025-10-16")
    kinds = [(c.predicate, c.event_type, c.status) for c in alone.claims]
    assert kinds
    assert [(c.predicate, c.event_type, c.status) for c in after.claims][-len(kinds) :] == kinds


def test_a_long_sentence_is_no_path() -> None:
    sentence = "The ministers of Kenya and Uganda met in Kampala" + " and talked about the border" * 12 + "."
    assert ultimora.read(sentence, language="en").text == sentence


def test_without_a_date_times_stay_relative() -> None:
    reading = ultimora.read("Il premier incontrerà domani il presidente turco.", language="it")
    assert reading.article.published is None
    assert all(t.from_ is None and t.to is None for t in reading.times)


def test_the_text_dates_itself_and_shows_the_words() -> None:
    text = "Vertice a Vienna\n\nVIENNA, 3 giugno 2025 - Il ministro incontrerà domani il collega austriaco."
    reading = ultimora.read(text, language="it")
    assert (reading.article.published, reading.article.published_from) == ("2025-06-03", "text")
    assert reading.article.dating is not None
    assert reading.article.dating.text == "3 giugno 2025"
    assert [t.from_ for t in reading.times if t.text == "domani"] == ["2025-06-04"]


def test_a_text_dated_to_a_span_of_days_has_no_day() -> None:
    text = "Oggi i due si sono risentiti. L'ultima telefonata risale a quasi tre settimane fa, il 7 maggio 2025."
    reading = ultimora.read(text, language="it")
    assert reading.article.published is None
    assert reading.article.dating is not None
    assert reading.article.dating.from_ <= "2025-05-27" < reading.article.dating.to
    assert "tre settimane fa" in reading.article.dating.text


def test_in_a_notebook_it_is_a_table() -> None:
    reading = ultimora.read(
        "Il <b>premier</b> ha telefonato al presidente turco.", language="it", published="2025-10-16"
    )
    shown = reading._repr_html_()
    assert "CONSULT.phone" in shown
    assert "<b>" not in shown
