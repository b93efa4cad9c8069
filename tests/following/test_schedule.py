from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from ultimora.following.schedule import after, conditional, max_age, retry_after
from ultimora.following.settings import FollowSettings

NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)
SETTINGS = FollowSettings()


def plan(outcome, interval=900.0, failures=0, what="source", wanted=None):  # type: ignore[no-untyped-def]
    return after(
        outcome, now=NOW, interval=interval, failures=failures, settings=SETTINGS, what=what, wanted=wanted, name="x"
    )


def seconds(planned) -> float:  # type: ignore[no-untyped-def]
    return (planned.next_at - NOW).total_seconds()


def test_what_changes_is_visited_more_often_and_what_does_not_less() -> None:
    assert seconds(plan("changed")) == 450
    assert seconds(plan("changed", interval=310)) == 300
    assert seconds(plan("unchanged")) == 1350
    assert seconds(plan("unchanged", interval=20_000)) == SETTINGS.most
    assert seconds(plan("changed", interval=80, what="watched")) == 60


def test_an_article_that_no_longer_changes_rests() -> None:
    interval, visits, span = 900.0, 0, timedelta()
    while True:
        planned = plan("unchanged", interval=interval, what="entry")
        visits += 1
        if planned.next_at is None:
            break
        span, interval = span + (planned.next_at - NOW), planned.interval
    assert planned.state == "read"
    assert visits < 25
    assert span > timedelta(days=7)


def test_failures_back_off_and_an_article_is_given_up() -> None:
    spans = [seconds(plan("failed", failures=n)) for n in range(12)]
    assert all(a < b for a, b in pairwise(spans[:8]))
    assert max(spans) <= 86_400 * 1.25
    assert plan("failed", failures=7, what="entry").next_at is None
    assert plan("failed", failures=7, what="entry").state == "failed"
    assert plan("failed", failures=70).next_at is not None


def test_what_a_server_asks_for_is_kept() -> None:
    assert seconds(plan("failed", wanted=7200)) == 7200
    assert seconds(plan("changed", wanted=3600)) == 3600
    assert plan("gone").next_at is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120), ("999999999999", 86_400), ("Mon, 10 Mar 2025 12:05:00 GMT", 300),
        ("Mon, 10 Mar 2024 12:05:00 GMT", 0),
        ("soon", None), ("-5", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_retry_after(value: str | None, expected: float | None) -> None:
    assert retry_after(value, NOW) == expected


def test_max_age() -> None:
    assert max_age("public, max-age=600") == 600
    assert max_age("max-age=31536000") == 3600
    assert max_age("no-store") is None


def test_not_every_visit_is_conditional() -> None:
    assert [n for n in range(24) if not conditional(n)] == [7, 15, 23]
