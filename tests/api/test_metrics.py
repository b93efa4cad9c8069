"""What Prometheus is told by a server and by a watch."""

from __future__ import annotations

import urllib.request
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from factories import story_record
from ultimora.api.access import access
from ultimora.desk.app import desk
from ultimora.following.metrics import WatchMetrics
from ultimora.following.pace import Pace
from ultimora.following.taking import Taken


def figures(text: str) -> dict[tuple[str, ...], float]:
    samples = (s for family in text_string_to_metric_families(text) for s in family.samples)
    return {(s.name, *s.labels.values()): s.value for s in samples}


def test_a_server_says_what_was_asked_and_how_the_record_is(tmp_path: Path) -> None:
    with story_record(tmp_path / "a.db") as record:
        at = TestClient(desk(record, access("127.0.0.1", [])), base_url="http://127.0.0.1")
        at.get("/stories")
        at.get("/nowhere")
        found = figures(at.get("/metrics").text)
        assert found["ultimora_requests_total", "GET", "/stories", "200"] == 1
        assert found["ultimora_requests_total", "GET", "none", "404"] == 1
        assert found["ultimora_request_seconds_count", "/stories"] == 1
        assert found["ultimora_record_up",] == 1
        assert found["ultimora_revisions",] == record.extent().revisions


def test_a_watch_counts_its_visits(tmp_path: Path) -> None:
    with story_record(tmp_path / "a.db") as record:
        counted = WatchMetrics(record.store)
        for result in ("new article", "new article", "failed"):
            counted.take(Taken("https://a.example/", result))  # type: ignore[arg-type]
        with urllib.request.urlopen(f"http://127.0.0.1:{counted.serve('0')}/metrics") as answer:
            found = figures(answer.read().decode())
        assert found["ultimora_visits_total", "new article"] == 2
        assert found["ultimora_visits_total", "failed"] == 1


def test_the_time_left_goes_by_the_last_minute() -> None:
    pace = Pace()
    assert pace.left(10) is None
    for second in range(100):
        pace.step(second * 10.0)  # slow at first
    assert pace.rate() == 0.1
    for second in range(61):
        pace.step(1000.0 + second)
    assert pace.left(10) == 10.0
