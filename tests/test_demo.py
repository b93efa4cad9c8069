"""The demo's answers are those that a person wrote down (``questions.toml``)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ultimora.answers import Answer, Record
from ultimora.answers.types import Found
from ultimora.cli.showing import build, put, questions

QUESTIONS = questions()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("demo") / "demo.db"
    with Record(path) as opened:
        assert build(opened) == 13
        yield opened


@pytest.fixture(scope="module")
def answers(record: Record) -> dict[str, Answer]:
    return {question["id"]: put(record, question["command"]) for question in QUESTIONS}


def fits(want: dict[str, Any], event: Found) -> bool:
    """Whether an event is the one that a person wrote down."""
    parties = [*event.actors, *event.recipients]
    countries = {party.country for party in parties}
    day = (event.from_ or "")[: len(want.get("from", ""))]
    return (
        set(want.get("countries", [])) <= countries
        and day == want.get("from", "")
        and event.event_type in [want.get("event_type", event.event_type), *want.get("event_types", [])]
        and ("event_types" not in want or event.event_type in want["event_types"])
        and all(getattr(event, key) == want[key] for key in ("mode", "status", "polarity", "certainty") if key in want)
    )


@pytest.mark.parametrize("question", [q for q in QUESTIONS if "answer" in q], ids=lambda q: q["id"])
def test_first_answer(answers: dict[str, Answer], question: dict[str, Any]) -> None:
    first = answers[question["id"]].events[0]
    assert fits(question["answer"], first), first


@pytest.mark.parametrize("question", [q for q in QUESTIONS if "includes" in q], ids=lambda q: q["id"])
def test_what_is_included_and_what_is_not(answers: dict[str, Answer], question: dict[str, Any]) -> None:
    events = answers[question["id"]].events
    missing = [want["what"] for want in question["includes"] if not any(fits(want, event) for event in events)]
    assert missing == []
    assert [event for event in events if any(fits(bad, event) for bad in question.get("excludes", []))] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q["id"])
def test_every_answer_rests_on_a_right_sentence(answers: dict[str, Answer], question: dict[str, Any]) -> None:
    references = [r for event in answers[question["id"]].events for r in event.references]
    assert references
    assert all(reference.sentence for reference in references)
