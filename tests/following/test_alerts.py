"""Alerts: once each, by webhook, mail and command, tried again until they are told."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import ultimora
from following_made import Clock, Site
from ultimora.answers import Record
from ultimora.articles.web.fetcher import Fetcher, Limits
from ultimora.errors import SourceError
from ultimora.following.alerts import Alerts
from ultimora.following.rules import rules_of
from ultimora.following.settings import Settings, load_settings
from ultimora.following.tables import deliveries

FIRST = "Il presidente italiano incontrerà giovedì a Vienna il presidente austriaco."
THEN = "Il presidente italiano ha incontrato oggi a Vienna il presidente austriaco."


def told(record: Record, text: str, published: str, url: str = "https://example.org/a") -> None:
    record.add(ultimora.read(text, published=published, language="it", url=url, outlet="La Voce"))


def settings(**alert: object) -> Settings:
    return Settings(alerts=[{"name": "Vienna", "when": "contact", "a": "Italia", "b": "Austria", **alert}])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(tmp_path: Path, clock: Clock) -> Iterator[Record]:
    with Record(tmp_path / "desk.db", clock=clock) as record:
        yield record


def alerts(record: Record, given: Settings) -> Alerts:
    return Alerts(record, Fetcher(Limits(seconds=3), allow_loopback=True), given)


def test_a_contact_that_changes_is_told_once(kept: Record, clock: Clock, site: Site) -> None:
    site.answers["/hook"] = b"ok"
    given = settings(webhook=site.url("/hook"))
    assert alerts(kept, given).run() == 0
    told(kept, FIRST, "2025-03-11T09:00:00+01:00")
    assert alerts(kept, given).run() == 1
    assert alerts(kept, given).run() == 0
    clock.on(days=2)
    told(kept, THEN, "2025-03-13T19:00:00+01:00", "https://example.org/b")
    running = alerts(kept, given)
    assert running.run() == 1
    assert running.run() == 0
    first, then = (json.loads(r.get_data()) for r in site.asked)
    assert (first["old"], first["new"]) == (None, "planned")
    assert (then["old"], then["new"]) == ("planned", "occurred")
    assert then["sentence"] == THEN
    assert then["url"] == "https://example.org/b"
    assert site.asked[1].headers["Idempotency-Key"] == then["id"]


def test_what_was_known_when_the_rule_was_made_is_not_told(kept: Record, site: Site) -> None:
    told(kept, FIRST, "2025-03-11T09:00:00+01:00")
    assert alerts(kept, settings(webhook=site.url("/hook"))).run() == 0
    assert site.asked == []


def test_a_receiver_that_fails_is_tried_again(kept: Record, clock: Clock, site: Site) -> None:
    site.answers["/hook"] = 500
    given = settings(webhook=site.url("/hook"))
    alerts(kept, given).run()
    told(kept, FIRST, "2025-03-11T09:00:00+01:00")
    running = alerts(kept, given)
    assert running.run() == 0
    assert running.run() == 0
    assert site.times("/hook") == 1
    site.answers["/hook"] = b"ok"
    clock.on(minutes=1)
    assert running.run() == 1
    clock.on(days=1)
    assert running.run() == 0
    assert site.times("/hook") == 2
    ids = {json.loads(r.get_data())["id"] for r in site.asked}
    assert len(ids) == 1


@pytest.mark.parametrize(
    "hook", ["http://10.0.0.1/hook", "http://169.254.169.254/", "file:///etc/passwd", "http://127.1/"]
)
def test_webhooks_go_through_the_same_door(kept: Record, hook: str) -> None:
    given = settings(webhook=hook)
    alerts(kept, given).run()
    told(kept, FIRST, "2025-03-11T09:00:00+01:00")
    assert alerts(kept, given).run() == 0
    with kept.store.reading() as db:
        row = db.execute(deliveries.select()).mappings().one()
    assert row["state"] == "due"
    assert row["error"]


def test_command_and_mail(kept: Record, tmp_path: Path) -> None:
    out = tmp_path / "told.json"
    with mail_server() as (port, got):
        given = settings(command=["sh", "-c", f"cat >> {out}"], mail="desk@example.org")
        given.smtp.host, given.smtp.port = "127.0.0.1", port
        alerts(kept, given).run()
        told(kept, FIRST, "2025-03-11T09:00:00+01:00")
        running = alerts(kept, given)
        assert running.run() == 2
        assert running.run() == 0
    assert json.loads(out.read_text())["sentence"] == FIRST
    assert b"Subject: Vienna: planned" in got[0]
    assert b"https://example.org/a" in got[0]


@contextmanager
def mail_server() -> Iterator[tuple[int, list[bytes]]]:
    """As much of SMTP as one message needs."""
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection, connection.makefile("rwb") as stream:
                stream.write(b"220 here\r\n")
                stream.flush()
                while line := stream.readline():
                    if line.upper().startswith(b"DATA"):
                        stream.write(b"354 go\r\n")
                        stream.flush()
                        body = b""
                        while not body.endswith(b"\r\n.\r\n"):
                            body += stream.readline()
                        got.append(body)
                    stream.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")
                    stream.flush()

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1], got


def test_number_origin_and_overdue(kept: Record, clock: Clock, site: Site) -> None:
    site.answers["/hook"] = b"ok"
    rules = [
        {"name": "numbers", "when": "number", "webhook": site.url("/hook")},
        {"name": "origins", "when": "origin", "type": "CONSULT", "webhook": site.url("/hook")},
        {"name": "late", "when": "overdue", "webhook": site.url("/hook")},
    ]
    given = Settings(alerts=rules)
    alerts(kept, given).run()
    dead = "Un attacco dei ribelli ha ucciso {} soldati a Goma."
    told(kept, dead.format("12"), "2025-03-10T12:00:00+01:00", "https://example.org/g")
    told(kept, FIRST, "2025-03-11T09:00:00+01:00")
    alerts(kept, given).run()
    clock.on(hours=2)
    told(kept, dead.format("15"), "2025-03-10T20:00:00+01:00", "https://example.org/g")
    clock.on(days=20)
    alerts(kept, given).run()
    seen = [json.loads(r.get_data()) for r in site.asked]
    assert {s["rule"] for s in seen} == {"numbers", "origins", "late"}
    number = next(s for s in seen if s["rule"] == "numbers")
    assert "12" in number["old"]
    assert "15" in number["new"]


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ({"name": "x", "when": "contact", "webhook": "https://a.org"}, "both actors"),
        ({"name": "x", "when": "overdue"}, "nobody is told"),
        ({"name": "x", "when": "never", "mail": "a@b"}, "when"),
        ({"name": "x", "when": "overdue", "mail": "a@b", "colour": 1}, "colour"),
        ({"when": "overdue", "mail": "a@b"}, "name"),
    ],
)
def test_rules_that_cannot_be_understood(table: dict[str, object], why: str) -> None:
    with pytest.raises(SourceError, match=why):
        rules_of([table])


def test_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "ultimora.toml"
    file.write_text('[follow]\nleast = 60\nthreads = 4\n[fetch]\ntimeout = 5\n[[sources]]\nurl = "https://a.org/f"\n')
    monkeypatch.setenv("ULTIMORA_FOLLOW__THREADS", "8")
    found = load_settings(file)
    assert (found.follow.least, found.follow.threads, found.fetch.timeout) == (60, 8, 5)
    assert found.sources[0].url == "https://a.org/f"
    for wrong in ("[follow]\nleast = 'x'", "[follow]\nlaest = 1", "[follow"):
        file.write_text(wrong)
        with pytest.raises(SourceError, match=r"ultimora\.toml"):
            load_settings(file)
    with pytest.raises(SourceError, match="no such file"):
        load_settings(tmp_path / "none.toml")
