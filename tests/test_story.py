"""The bundled story is well formed, and its questions rest on dispatches that exist."""

import json
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import ultimora
from ultimora import ontology
from ultimora.types import Certainty, Status

STORY = Path(ultimora.__file__).parent / "examples" / "story"
KNOWN = {
    "event_types",
    "event_type",
    "countries",
    "from",
    "to",
    "status",
    "polarity",
    "certainty",
    "mode",
    "place",
    "what",
}


def dispatches() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (STORY / "dispatches.jsonl").read_text("utf-8").splitlines()]


def questions() -> dict[str, Any]:
    return tomllib.loads((STORY / "questions.toml").read_text("utf-8"))


def test_dispatches_are_dated_and_in_the_order_in_which_they_were_seen() -> None:
    rows = dispatches()
    seen = [datetime.fromisoformat(row["seen"]) for row in rows]
    assert seen == sorted(seen)
    assert all(datetime.fromisoformat(row["published"]) <= at for row, at in zip(rows, seen, strict=True))
    assert all(at.tzinfo for at in seen)
    assert {row["language"] for row in rows} == {"it", "en"}


def test_a_live_article_is_updated_twice_under_one_address() -> None:
    live = [row for row in dispatches() if row["id"] == "onda7-odessa-live"]
    assert len(live) == 3
    assert len({row["url"] for row in live}) == 1
    assert len({row["text"] for row in live}) == 3


def test_one_dispatch_comes_late() -> None:
    published = [datetime.fromisoformat(row["published"]) for row in dispatches()]
    assert published != sorted(published)


def test_questions_rest_on_dispatches() -> None:
    ids = {row["id"] for row in dispatches()}
    asked = questions()["question"]
    assert len(asked) == 5
    for question in asked:
        assert set(question["rests_on"]) <= ids, question["id"]
        assert set(question["ask"]) == {"it", "en"}
        for answer in [question.get("answer", {}), *question.get("includes", []), *question.get("excludes", [])]:
            _check(answer)


def _check(answer: dict[str, Any]) -> None:
    assert set(answer) <= KNOWN
    types = [*answer.get("event_types", []), *([answer["event_type"]] if "event_type" in answer else [])]
    assert set(types) <= set(ontology.load())
    assert answer.get("status", "planned") in Status.__args__  # type: ignore[attr-defined]
    assert answer.get("certainty", "certain") in Certainty.__args__  # type: ignore[attr-defined]
