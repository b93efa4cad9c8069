"""What Prometheus is told: of the record, whenever it asks; of a watch, as it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from ultimora.errors import RecordError, SourceError
from ultimora.following.tables import deliveries, entries, leases, sources
from ultimora.following.taking import Taken
from ultimora.record.schema import revisions
from ultimora.record.store import Store, instant


class RecordCollector(Collector):
    """How much a record holds and what waits in it, asked of the database at every scrape."""

    def __init__(self, store: Store) -> None:
        """Set the record that is asked."""
        self.store = store

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing is asked of the database before the first scrape."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures; only that there are none, where the record cannot be read."""
        up = GaugeMetricFamily("ultimora_record_up", "Whether the record can be read.")
        try:
            found = list(self._asked())
        except RecordError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from found

    def _asked(self) -> Iterator[GaugeMetricFamily]:
        with self.store.reading() as db:
            count, latest = (
                db.execute(sa.select(sa.func.count(revisions.c.known_at), sa.func.max(revisions.c.known_at)))
                .tuples()
                .one()
            )
            yield _gauge("ultimora_revisions", "Revisions of articles in the record.", count)
            if latest:
                seconds = datetime.fromisoformat(latest).timestamp()
                yield _gauge("ultimora_last_known_timestamp_seconds", "When the latest became known.", seconds)
            there = set(sa.inspect(db).get_table_names())
            if sources.name in there:
                yield from self._waiting(db, there)

    def _waiting(self, db: sa.Connection, there: set[str]) -> Iterator[GaugeMetricFamily]:
        due = GaugeMetricFamily("ultimora_jobs_due", "Visits that are due.", labels=["what"])
        for what, count in due_jobs(db, instant(self.store.clock())).items():
            due.add_metric([what], count)
        yield due
        if leases.name in there:
            query = sa.select(sa.func.count()).where(leases.c.what.in_(("source", "entry")))
            yield _gauge("ultimora_jobs_leased", "Visits that a worker has taken.", db.execute(query).scalar_one())
        query = sa.select(sa.func.count()).where(deliveries.c.state == "due")
        yield _gauge("ultimora_alerts_due", "Alerts that wait to be sent.", db.execute(query).scalar_one())


def due_jobs(db: sa.Connection, now: str) -> dict[str, int]:
    """How many visits are due."""
    return {
        what: int(db.execute(sa.select(sa.func.count()).where(table.c.next_at <= now)).scalar_one())
        for what, table in (("source", sources), ("entry", entries))
    }


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=value)


class WatchMetrics:
    """Counts what a watch does, and answers Prometheus on a port of its own."""

    def __init__(self, store: Store) -> None:
        """Set the record that is watched."""
        self.registry = CollectorRegistry()
        self.registry.register(RecordCollector(store))
        self._visits = Counter("ultimora_visits", "Visits by what they gave.", ["result"], registry=self.registry)

    def take(self, taken: Taken) -> None:
        """Count a visit."""
        self._visits.labels(taken.result).inc()

    def serve(self, where: str) -> int:
        """Answer on ``PORT`` of this machine alone, or on ``HOST:PORT``; the port.

        Raises:
            SourceError: nothing can listen there.
        """
        host, _, port = where.rpartition(":")
        try:
            server, _ = start_http_server(int(port), addr=host.strip("[]") or "127.0.0.1", registry=self.registry)
        except (OSError, ValueError) as error:
            raise SourceError(f"--metrics {where}: cannot listen there ({error}); give PORT or HOST:PORT") from error
        return int(server.server_port)
