"""From forms of verbs to infinitives: irregular stems, prefixes, what is written onto a form, spelling."""

from __future__ import annotations

import pytest

from ultimora.documents.lemma_scripts import apply_script, scripts_between
from ultimora.documents.parser import Parser
from ultimora.documents.verbs import Known, Paradigms, Reading
from ultimora.languages import load

VERBS = frozenset(
    [
        "indire",
        "indurre",
        "dire",
        "fare",
        "farcire",
        "dare",
        "togliere",
        "vincere",
        "cercare",
        "cambiare",
        "mangiare",
        "porre",
        "subire",
        "trattare",
        "trarre",
        "rimanere",
        "concedere",
        "distinguere",
        "tingere",
        "annunciare",
        "accogliere",
    ]
)


@pytest.fixture(scope="module")
def italian() -> Paradigms:
    return Paradigms(load("it").table("lexicon/verbs"), VERBS)


FORMS = [
    ("indetto", {"indire"}),
    ("indotto", {"indurre"}),
    ("tolto", {"togliere"}),
    ("accolse", {"accogliere"}),
    ("stravinse", {"stravincere"}),
    ("cercherò", {"cercare"}),
    ("mangerebbe", {"mangiare"}),
    ("cambi", {"cambiare"}),
    ("porrebbero", {"porre"}),
    ("subìto", {"subire"}),
    ("dimmi", {"dire"}),
    ("annunciandogliene", {"annunciare"}),
    ("dargli", {"dare"}),
    ("farci", {"fare", "farcire"}),
    ("rimasta", {"rimanere"}),
    ("concessi", {"concedere"}),
    ("distinte", {"distinguere"}),
    ("produrre", {"produrre"}),
]


@pytest.mark.parametrize(("form", "verbs"), FORMS)
def test_a_form_leads_to_its_verbs(form: str, verbs: set[str]) -> None:
    paradigms = Paradigms(load("it").table("lexicon/verbs"), VERBS | {"produrre"})
    assert {reading.verb for reading in paradigms.readings(form)} == verbs


def test_a_participle_is_told_from_other_parts(italian: Paradigms) -> None:
    assert set(italian.readings("tratta")) == {
        Reading("trarre", True, Known.ITSELF),
        Reading("trattare", False, Known.ITSELF),
    }


def test_a_verb_nobody_knows_is_one_by_its_form_alone(italian: Paradigms) -> None:
    readings = italian.readings("sbrogliavano")
    assert {reading.verb for reading in readings} == {"sbrogliare"}
    assert all(reading.known == Known.BY_FORM_ALONE for reading in readings)


def test_a_language_without_paradigms_leads_nowhere() -> None:
    assert Paradigms({}, frozenset({"go"})).readings("goes") == ()


def test_scripts_lead_from_form_to_lemma() -> None:
    assert all(apply_script("tolto", script) == "togliere" for script in scripts_between("tolto", "togliere", 0))


SENTENCES = [
    ("Il sindacato ha indetto uno sciopero di otto ore .", 3, "indire"),
    ("Non si tratta di un caso isolato .", 2, "trattare"),
    ("La giunta ha tratto le conclusioni dal rapporto .", 3, "trarre"),
    ("La squadra di casa stravinse il torneo .", 4, "stravincere"),
    ("Il giudice ha distolto lo sguardo .", 3, "distogliere"),
    ("I tecnici vollero consegnarglielo di persona .", 2, "volere"),
]


@pytest.mark.parametrize(("text", "place", "lemma"), SENTENCES)
def test_verbs_in_sentences(text: str, place: int, lemma: str) -> None:
    assert Parser().parse(text.split(), "it")[place].lemma == lemma
