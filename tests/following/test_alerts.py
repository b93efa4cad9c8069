"""Alerts: once each, by webhook, mail and command, tried again until they are told."""

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

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


class Mailbox:
    """What a mail server was handed; the first ``refusals`` messages it turns away for now."""

    def __init__(self, refusals: int = 0) -> None:
        self.got, self.refusals = list[Message](), refusals

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802
        if self.refusals:
            self.refusals -= 1
            return "451 try again later"
        assert isinstance(envelope.content, bytes)
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 ok"


@contextmanager
def mail_server(box: Mailbox) -> Iterator[int]:
    """A mail server on loopback; its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield port
    finally:
        server.stop()


def settled(record: Record) -> dict[str, tuple[str, int]]:
    with record.store.reading() as db:
        rows = db.execute(deliveries.select().where(deliveries.c.state != "known before")).mappings()
        return {row["channel"]: (row["state"], row["attempts"]) for row in rows}


def test_command_and_mail_once_each_and_tried_again(kept: Record, clock: Clock, tmp_path: Path) -> None:
    out, flag, box = tmp_path / "told.jsonl", tmp_path / "ready", Mailbox(refusals=1)
    script = (
        f"import pathlib, sys; assert pathlib.Path({str(flag)!r}).exists(); "
        f"open({str(out)!r}, 'a').write(sys.stdin.read() + chr(10))"
    )
    with mail_server(box) as port:
        given = settings(command=[sys.executable, "-c", script], mail="desk@example.org")
        given.smtp.host, given.smtp.port = "127.0.0.1", port
        alerts(kept, given).run()
        told(kept, FIRST, "2025-03-11T09:00:00+01:00")
        running = alerts(kept, given)
        assert running.run() == 0
        assert settled(kept) == {"mail": ("due", 1), "command": ("due", 1)}
        flag.touch()
        clock.on(minutes=1)
        assert running.run() == 2
        clock.on(days=1)
        assert running.run() == 0
    assert settled(kept) == {"mail": ("sent", 2), "command": ("sent", 2)}
    (line,) = out.read_text().splitlines()
    assert json.loads(line)["sentence"] == FIRST
    assert json.loads(line)["url"] == "https://example.org/a"
    (message,) = box.got
    assert message["subject"].startswith("Vienna: planned")
    assert message["to"] == "desk@example.org"
    body = message.get_content()
    assert FIRST in body
    assert "https://example.org/a" in body


DEAD = "Un attacco dei ribelli ha ucciso {} soldati a Goma."
OTHER = "La polizia ha arrestato {} studenti durante le proteste di Quito."


def seen(site: Site, rule: str) -> list[dict[str, str]]:
    """What a rule's webhook was sent."""
    return [json.loads(r.get_data()) for r in site.asked if r.path == f"/{rule}"]


def hooked(site: Site, *rules: dict[str, str]) -> Settings:
    site.answers |= {f"/{rule['name']}": b"ok" for rule in rules}
    return Settings(alerts=[rule | {"webhook": site.url(f"/{rule['name']}")} for rule in rules])


def story_of(record: Record, title: str) -> str:
    return next(s.story for s in record.stories().stories if title in (s.title or ""))


def test_a_number_of_an_event_of_a_story(kept: Record, clock: Clock, site: Site) -> None:
    for name, text in (("goma", DEAD), ("quito", OTHER)):
        dead = f"Notizie da {name.title()}\n\n{text.format('12')}"
        told(kept, dead, "2025-03-10T12:00:00+01:00", f"https://example.org/{name}")
    story = story_of(kept, "Goma")
    rules = ({"name": "goma", "when": "number", "story": story}, {"name": "all", "when": "number"})
    given = hooked(site, *rules)
    running = alerts(kept, given)
    assert running.run() == 0
    for name, text in (("goma", DEAD), ("quito", OTHER)):
        clock.on(hours=1)
        dead = f"Notizie da {name.title()}\n\n{text.format('15')}"
        told(kept, dead, "2025-03-10T20:00:00+01:00", f"https://example.org/{name}")
        running.run()
    clock.on(hours=1)
    assert running.run() == 0
    assert len(seen(site, "all")) == 2
    (number,) = seen(site, "goma")
    assert ("12" in number["old"], "15" in number["new"]) == (True, True)
    assert (number["sentence"], number["url"]) == (DEAD.format("15"), "https://example.org/goma")


def test_a_new_independent_origin(kept: Record, clock: Clock, site: Site) -> None:
    given = hooked(site, {"name": "origins", "when": "origin", "type": "CONSULT", "actor": "Austria"})
    alerts(kept, given).run()
    told(kept, FIRST, "2025-03-11T09:00:00+01:00")
    running = alerts(kept, given)
    assert running.run() == 1
    clock.on(hours=2)
    kept.add(
        ultimora.read(
            "L'incontro di Vienna\n\nIl governo austriaco ha confermato che il presidente italiano incontrerà "
            "giovedì a Vienna il presidente austriaco.",
            published="2025-03-11T11:00:00+01:00",
            language="it",
            url="https://altra.example.org/b",
            outlet="Altra Voce",
        )
    )
    assert running.run() == 1
    assert running.run() == 0
    first, second = seen(site, "origins")
    assert first["event"] == second["event"]
    assert first["new"] != second["new"]
    assert second["url"] == "https://altra.example.org/b"
    assert "Vienna" in second["sentence"]


def test_an_expectation_that_is_overdue(kept: Record, clock: Clock, site: Site) -> None:
    rules = (
        {"name": "late", "when": "overdue", "actor": "Austria"},
        {"name": "elsewhere", "when": "overdue", "actor": "Francia"},
    )
    given = hooked(site, *rules)
    running = alerts(kept, given)
    assert running.run() == 0
    told(kept, FIRST, "2025-03-11T09:00:00+01:00")
    assert running.run() == 0
    clock.on(days=20)
    assert running.run() == 1
    clock.on(days=1)
    assert running.run() == 0
    (late,) = seen(site, "late")
    assert (late["sentence"], late["url"]) == (FIRST, "https://example.org/a")
    assert seen(site, "elsewhere") == []


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
