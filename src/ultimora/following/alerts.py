"""Alerts: what rules wait for is told once, by webhook, mail or command, and tried again until it is.

An alert is written down before it is sent, under a name made of its rule and of what happened: what is written down is
never written again, and a receiver that is told twice because a process died in between can tell by the same name.
"""

from __future__ import annotations

import hashlib
import json
import smtplib
import subprocess
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import sqlalchemy as sa

from ultimora.answers import Record
from ultimora.answers.types import Found
from ultimora.articles.web.fetcher import Fetcher
from ultimora.errors import FetchError
from ultimora.following.rules import Alert, Rule, alerts_of, rules_of
from ultimora.following.settings import Settings, SmtpSettings
from ultimora.following.tables import deliveries, marks, prepare
from ultimora.record.store import instant

_PAUSE = 30.0
_LONGEST = 86_400.0
_ATTEMPTS = 12
_SECONDS = 30
_HEADER = 200


class Alerts:
    """Looks for what rules wait for, and tells."""

    def __init__(self, record: Record, fetcher: Fetcher, settings: Settings) -> None:
        """Set the record that is asked, the door to the web, and the settings with rules and mail server.

        Raises:
            SourceError: a rule cannot be understood.
        """
        self.record, self.fetcher, self.smtp = record, fetcher, settings.smtp
        self.rules = {rule.name: rule for rule in rules_of(settings.alerts)}
        self._looked: tuple[int, str] | None = None
        self._stood: dict[str, dict[str, Found]] = {}

    def run(self) -> int:
        """Look for what is new, then send what is due; the number that was sent."""
        if not self.rules:
            return 0
        with self.record.store.writing() as db:
            prepare(db)
        extent = self.record.extent()
        seen = (extent.revisions, instant(self.record.store.clock())[:13])  # looked again each hour: plans come due
        if seen != self._looked:
            for rule in self.rules.values():
                self._look(rule)
            self._looked = seen
        return self._send()

    def _look(self, rule: Rule) -> None:
        """Write down what fits a rule and is not written down yet; all of it silently when the rule is new."""
        stood, now_stands = self._stood.get(rule.name, {}), dict[str, Found]()

        def changed(event: Found) -> bool:
            now_stands[event.event] = event
            return stood.get(event.event) != event

        found = list(alerts_of(rule, self.record, changed))
        now = instant(self.record.store.clock())
        name = f"alert:{hashlib.sha256(rule.model_dump_json().encode()).hexdigest()[:16]}"
        with self.record.store.writing() as db:
            known = db.execute(sa.select(marks.c.name).where(marks.c.name == name)).first() is not None
            if not known:
                db.execute(marks.insert(), [{"name": name, "value": now}])
            for alert in found:
                for channel in rule.channels:
                    self._write_down(db, name, alert, channel, now, quietly=not known)
        self._stood[rule.name] = now_stands

    def _write_down(self, db: sa.Connection, name: str, alert: Alert, channel: str, now: str, *, quietly: bool) -> None:
        ident = hashlib.sha256(f"{name}|{channel}|{alert.key}".encode()).hexdigest()[:24]
        if db.execute(sa.select(deliveries.c.id).where(deliveries.c.id == ident)).first():
            return
        row = {"id": ident, "rule": alert.rule, "channel": channel, "at": now, "attempts": 0}
        row |= {"payload": json.dumps(alert.payload() | {"id": ident}, ensure_ascii=False)}
        row |= {"state": "known before", "next_at": None} if quietly else {"state": "due", "next_at": now}
        db.execute(deliveries.insert(), [row])

    def _send(self) -> int:
        now = self.record.store.clock()
        query = sa.select(deliveries).where(deliveries.c.state == "due", deliveries.c.next_at <= instant(now))
        with self.record.store.reading() as db:
            rows = [dict(row) for row in db.execute(query.order_by(deliveries.c.at).limit(200)).mappings()]
        return sum(self._deliver(row, now) for row in rows)

    def _deliver(self, row: dict[str, Any], now: datetime) -> bool:
        rule = self.rules.get(row["rule"])
        if rule is None:
            return self._settle(row, "the rule is gone", now, final=True)
        try:
            self._tell(rule, row["channel"], json.loads(row["payload"]))
        except (FetchError, OSError, smtplib.SMTPException, subprocess.SubprocessError) as error:
            return self._settle(row, str(error)[:500], now, final=row["attempts"] + 1 >= _ATTEMPTS)
        return self._settle(row, None, now, final=True)

    def _settle(self, row: dict[str, Any], error: str | None, now: datetime, *, final: bool) -> bool:
        attempts = row["attempts"] + 1
        pause = timedelta(seconds=min(_PAUSE * 2 ** row["attempts"], _LONGEST))
        state = "sent" if error is None else "failed" if final else "due"
        next_at = None if final else instant(now + pause)
        values = {"state": state, "attempts": attempts, "error": error, "next_at": next_at}
        with self.record.store.writing() as db:
            db.execute(deliveries.update().where(deliveries.c.id == row["id"]).values(**values))
        return state == "sent"

    def _tell(self, rule: Rule, channel: str, payload: Mapping[str, Any]) -> None:
        told = json.dumps(payload, ensure_ascii=False)
        if channel == "webhook" and rule.webhook:
            headers = {"content-type": "application/json; charset=utf-8", "idempotency-key": str(payload["id"])}
            found = self.fetcher.post(rule.webhook, told.encode("utf-8"), headers)
            if not 200 <= found.status < 300:
                raise FetchError(f"{rule.webhook}: the server answered {found.status}")
        elif channel == "mail" and rule.mail:
            send_mail(self.smtp, rule.mail, payload)
        elif channel == "command" and rule.command:
            # The words of the settings, never a shell; what is told comes on its standard input.
            subprocess.run(rule.command, input=told.encode("utf-8"), check=True, timeout=_SECONDS, capture_output=True)  # noqa: S603


def send_mail(smtp: SmtpSettings, to: str, payload: Mapping[str, Any]) -> None:
    """Send one alert by mail.

    Raises:
        SMTPException, OSError: it could not be handed over.
    """
    message = EmailMessage()
    message["From"], message["To"] = _line(smtp.sender), _line(to)
    message["Subject"] = _line(f"{payload['rule']}: {payload['new'] or ''} · {payload['title'] or payload['type']}")
    message["Message-ID"] = f"<{payload['id']}@ultimora.invalid>"
    said = [payload["sentence"], payload["url"], " · ".join(filter(None, (payload["outlet"], payload["published"])))]
    changed = f"{payload['old'] or '–'} → {payload['new'] or '–'}"
    parties = " · ".join([payload["type"], *payload["actors"], *payload["recipients"]])
    message.set_content("\n".join(filter(None, [parties, changed, "", *said])) + "\n")
    with smtplib.SMTP(smtp.host, smtp.port, timeout=_SECONDS) as server:
        if smtp.starttls:
            server.starttls()
        if smtp.username and smtp.password:
            server.login(smtp.username, smtp.password)
        server.send_message(message)


def _line(text: str) -> str:
    return " ".join(text.split())[:_HEADER]
