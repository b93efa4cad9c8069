"""The rules and the ontology hold together."""

from __future__ import annotations

import pytest

from ultimora import languages, ontology
from ultimora.claims import cues, rules
from ultimora.claims.triggers import event_words
from ultimora.errors import LanguageDataError

QUADS = {"verbal cooperation", "material cooperation", "verbal conflict", "material conflict"}


def test_plover_has_sixteen_types() -> None:
    kinds = ontology.load()
    assert len(kinds) == 16
    assert {kind.quad for kind in kinds.values()} == QUADS
    assert all(-10 <= kind.score <= 10 for kind in kinds.values())
    assert {name for name, kind in kinds.items() if kind.recipient_required} == {"COOPERATE", "AID", "SANCTION"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("042", ("CONSULT", "visit")),
        ("041", ("CONSULT", "phone")),
        ("1411", ("PROTEST", "demo")),
        ("195", ("ASSAULT", "aerial")),
        ("163", ("SANCTION", "discontinue")),
        ("010", None),
    ],
)
def test_cameo_codes_become_types_and_modes(code: str, expected: tuple[str, str] | None) -> None:
    assert ontology.from_cameo(code) == expected


def test_every_type_and_mode_has_a_cameo_code() -> None:
    for name, kind in ontology.load().items():
        for mode in (None, *kind.modes):
            assert ontology.to_cameo(name, mode).isdigit()
            assert isinstance(ontology.score(name, mode), float)


@pytest.mark.parametrize("tag", languages.available())
def test_every_type_has_rules_in_every_language(tag: str) -> None:
    compiled = rules.load(tag)
    triggers = [t for found in (*compiled.verbs.values(), *compiled.nouns.values()) for t in found]
    assert {t.event_type for t in triggers} == set(ontology.load())
    assert all(t.mode is None or t.mode in ontology.load()[t.event_type].modes for t in triggers)
    assert all(name in ontology.load()[t.event_type].modes for t in triggers for name, _ in t.modes)


@pytest.mark.parametrize("tag", languages.available())
def test_lexicons_compile(tag: str) -> None:
    lexicon = cues.lexicon(tag)
    assert {"negations", "conditions", "whether", "light", "ultimatum", "prospective"} <= set(lexicon.lists)
    assert lexicon.verbs
    assert lexicon.modals
    assert event_words(tag).nouns


def test_a_condition_without_a_relation_is_an_error() -> None:
    with pytest.raises(LanguageDataError, match="it/consult"):
        rules._File("it", "CONSULT", {})._condition(":colloquio")
    with pytest.raises(LanguageDataError, match="no list"):
        rules._File("it", "CONSULT", {})._condition("obj:@nothing")


def test_paths_and_conditions_are_parsed() -> None:
    condition = rules._File("it", "AID", {})._condition("obj>nmod/di|da:arma")
    assert [slot.relation for slot in condition.path] == ["obj", "nmod"]
    assert condition.path[1].cases == {"di", "da"}
    assert "armi" not in condition.lemmas or "arma" in condition.lemmas


def test_a_condition_may_ask_for_a_kind_that_is_known() -> None:
    condition = rules._File("it", "COERCE", {})._condition("obj:#person|latitante")
    assert condition.kinds == {"#person"}
    assert "latitante" in condition.lemmas
    with pytest.raises(LanguageDataError, match="kind"):
        rules._File("it", "COERCE", {})._condition("obj:#animal")
