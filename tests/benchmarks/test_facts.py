"""The own test articles are well formed, and the program that scores them counts rightly."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from ultimora import ontology

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "benchmarks" / "articles"


def _load() -> Any:
    spec = importlib.util.spec_from_file_location("benchmarks_facts", ROOT / "benchmarks" / "facts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["benchmarks_facts"] = module
    spec.loader.exec_module(module)
    return module


facts = _load()
ARTICLES = facts.load(FOLDER, None)
TEXT = "Ankara protests. The premier met Karatas in Rome, Lanterna said. He left."
KEYS = {
    "claims": {"event_type", "mode", "predicate", "actors", "recipients", "parties", "place", "from", "to", "status",
               "polarity", "certainty", "attributions"},
    "times": {"text", "type", "value", "mod", "from", "to"},
    "quantities": {"text", "value", "comparison", "unit", "of"},
    "statements": {"source", "medium", "content", "quoted"},
    "entities": {"name", "mention", "kind", "country", "anonymous", "roles"},
}  # fmt: skip


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a["id"])
def test_article_is_well_formed(article: dict[str, Any]) -> None:
    assert 300 <= len(article["text"].split()) <= 700
    assert len(article["facts"]) >= 20
    assert len(article["temptations"]) >= 5
    for fact in [*article["facts"], *article["temptations"]]:
        assert fact.get("in", "") in article["text"], fact
        names = [name for name in facts.LISTS if name in fact]
        assert len(names) + sum(key in fact for key in ("same", "metonym", "place")) == 1, fact
        for name in names:
            assert set(fact[name]) <= KEYS[name], fact
        types = facts.choices(fact.get("claims", {}).get("event_type"))
        assert set(types) <= {None, *ontology.load()}, fact
        modes = {m for t in types if t for m in ontology.load()[t].modes}
        assert fact.get("claims", {}).get("mode") in {None, *modes}, fact


def _entity(name: str, kind: str, country: str | None, *mentions: tuple[str, bool]) -> dict[str, Any]:
    found = [
        {"start": TEXT.index(text), "end": TEXT.index(text) + len(text), "text": text, "metonym": metonym,
         "sentence": 0 if TEXT.index(text) < 16 else 1 if TEXT.index(text) < 65 else 2, "form": "name"}
        for text, metonym in mentions
    ]  # fmt: skip
    return {"id": name, "name": name, "kind": kind, "country": country, "roles": [], "mentions": found}


@pytest.fixture
def view() -> Any:
    return facts.View(
        {
            "text": TEXT,
            "sentences": [
                {"id": 0, "start": 0, "end": 16},
                {"id": 1, "start": 17, "end": 65},
                {"id": 2, "start": 66, "end": len(TEXT)},
            ],
            "entities": [
                _entity("Turkey", "government", "TUR", ("Ankara", True)),
                _entity("Elena Rovati", "person", "ITA", ("The premier", False), ("He", False)),
                _entity("Karatas", "person", "TUR", ("Karatas", False)),
                _entity("Rome", "place", "ITA", ("Rome", False)),
                _entity("Lanterna", "outlet", "ITA", ("Lanterna", False)),
            ],
            "times": [{"sentence": 1, "text": "at 15.00", "value": "2025-03-04T15:00", "type": "TIME"}],
            "quantities": [{"sentence": 1, "text": "over 40", "value": 40.0, "comparison": ">", "of": "rocket"}],
            "statements": [{"sentence": 1, "source": "Lanterna", "content": {"start": 17, "end": 48}, "quoted": False}],
            "claims": [
                {
                    "id": "c1",
                    "sentence": 1,
                    "event_type": "CONSULT",
                    "mode": None,
                    "predicate": "meet",
                    "actors": ["Elena Rovati"],
                    "recipients": ["Karatas"],
                    "place": "Rome",
                    "from": "2025-03-04T15:00:00+01:00",
                    "status": "occurred",
                    "attributions": [[{"source": "Lanterna", "stance": "reports"}]],
                }
            ],
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    "fact",
    [
        {"in": "The premier met", "claims": {"event_type": "CONSULT", "parties": ["ITA", "TUR"], "from": "2025-03-04"}},
        {"claims": {"event_type": "AGREE|CONSULT", "mode": "null", "predicate": "meet|see", "place": "Rome"}},
        {"claims": {"attributions": [["Lanterna", "reports|announces"]]}},
        {"in": "Ankara protests", "metonym": "Ankara", "country": "TUR"},
        {"in": "in Rome", "place": "Rome"},
        {"in": "He left", "same": ["Rovati", "He"]},
        {"times": {"text": "15.00", "value": "2025-03-04T15:00"}},
        {"quantities": {"value": 40, "comparison": ">|>=", "of": "rocket"}},
        {"statements": {"source": "Lanterna", "content": "The premier met Karatas in Rome", "quoted": False}},
        {"entities": {"name": "Elena Rovati", "kind": "person", "country": "ITA"}},
    ],
)
def test_found(view: Any, fact: dict[str, Any]) -> None:
    assert facts.found(view, fact)


@pytest.mark.parametrize(
    "fact",
    [
        {"in": "Ankara protests", "claims": {"event_type": "CONSULT"}},
        {"claims": {"event_type": "CONSULT", "parties": ["ITA", "GRC"]}},
        {"claims": {"event_type": "CONSULT", "attributions": []}},
        {"claims": {"attributions": [["Lanterna", "denies"]]}},
        {"in": "in Rome", "metonym": "Rome"},
        {"in": "Ankara protests", "place": "Ankara"},
        {"in": "He left", "same": ["Karatas", "He"]},
        {"times": {"text": "15.00", "value": "2025-03-05T15:00"}},
        {"quantities": {"value": 40, "comparison": "="}},
        {"statements": {"source": "Karatas", "content": "The premier met Karatas in Rome"}},
    ],
)
def test_not_found(view: Any, fact: dict[str, Any]) -> None:
    assert not facts.found(view, fact)


def test_nothing_is_found_in_an_empty_reading() -> None:
    result = facts.score(ARTICLES, {}, lambda kind, message: None)
    assert result["facts"]["all"]["found"] == 0
    assert result["mistakes"]["made"] == 0
