"""PostgreSQL: the contract, and what can be wrong with a server, an address or somebody's rights."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from factories import Said, reading
from postgres import SECRET, Server
from storage_contract import AT, CALL, LATER, STRIKE, StorageContract
from ultimora.answers import Record
from ultimora.cli.main import app
from ultimora.errors import NotARecord, RecordError, RecordReadOnly, RecordRefused, RecordTooNew, RecordUnreachable
from ultimora.record.schema import meta
from ultimora.record.store import Store


class TestPostgreSQL(StorageContract):
    @pytest.fixture(autouse=True)
    def _on(self, postgres: Server) -> None:
        self.server = postgres

    def open(self, folder: Path) -> Record:
        return Record(self.server.database())


@pytest.fixture
def address(postgres: Server) -> str:
    return postgres.database()


def test_other_forms_of_a_word_are_found_in_its_language(address: str) -> None:
    with Record(address) as record:
        record.add(reading("a", STRIKE), seen=AT)
        strikes = Said("The drones struck two bridges.", [], [], event_type="ASSAULT", day="2025-03-05")
        record.add(reading("b", strikes, language="en"), seen=AT)
        assert record.search("drone persona").hits == record.search("droni persone").hits
        assert record.search("bridge").hits[0].text == "The drones struck two bridges."


def test_there_is_no_record_to_ask(address: str) -> None:
    with pytest.raises(NotARecord, match="no record yet; make it with: ultimora add"):
        Record(address, create=False)


def test_no_server() -> None:
    with pytest.raises(RecordUnreachable, match="does not answer; check that it runs"):
        Record("postgresql://me@127.0.0.1:1/none")


def test_a_wrong_password_is_not_told(postgres: Server) -> None:
    with pytest.raises(RecordRefused, match="does not let this user in") as error:
        Record(postgres.url("postgres", password="wrong-one"))
    assert "wrong-one" not in str(error.value)
    with pytest.raises(RecordError, match="is no address of a database") as error:
        Record("postgresql://me:wrong-one@127.0.0.1/none?nothing=1&password=wrong-one")
    assert "wrong-one" not in str(error.value)


def test_no_such_database(postgres: Server) -> None:
    with pytest.raises(NotARecord, match="createdb"):
        Record(postgres.url("not_there"))


def test_a_user_without_rights(postgres: Server, address: str) -> None:
    name = address.rpartition("/")[2]
    postgres.execute("DROP ROLE IF EXISTS guest", f"CREATE ROLE guest LOGIN PASSWORD '{SECRET}'")
    with pytest.raises(RecordReadOnly, match="GRANT"):
        Record(postgres.url(name, user="guest"))
    with Record(address) as record:
        record.add(reading("a", CALL), seen=AT)
    postgres.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest", database=name)
    with Record(postgres.url(name, user="guest")) as record:
        assert record.last("Italia", "Turchia").events
        with pytest.raises(RecordReadOnly, match="GRANT"):
            record.add(reading("b", STRIKE), seen=LATER)
        assert "missing on" in {c.name: c.found for c in record.store.examine()}["rights"]


def test_a_newer_record_is_not_opened(address: str) -> None:
    with Record(address) as record, record.store.writing() as db:
        db.execute(meta.update().where(meta.c.key == "version").values(value="999"))
    with pytest.raises(RecordTooNew, match="made by a newer ultimora"):
        Record(address)


def test_a_database_that_cannot_hold_every_text(postgres: Server) -> None:
    postgres.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(RecordError, match="encoded in LATIN1; make one for every text"):
        Record(postgres.url("latin"))


def test_doctor_and_backup(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Record(address) as record:
        record.add(reading("a", CALL), seen=AT)
    monkeypatch.setenv("ULTIMORA_RECORD", address)
    shown = CliRunner().invoke(app, ["doctor"])
    assert (shown.exit_code, "BAD" in shown.output) == (0, False), shown.output
    assert {"PostgreSQL", "encoding", "rights", "layout"} <= {
        line[3:].split(":")[0].strip() for line in shown.output.splitlines()
    }
    with pytest.raises(RecordError, match=r"pg_dump .*ultimora copy") as error:
        CliRunner().invoke(app, ["backup", "copy.db"], catch_exceptions=False)
    assert SECRET not in str(error.value) + shown.output


def test_workers_that_add_at_once_make_the_record_that_one_makes(address: str, tmp_path: Path) -> None:
    said = [
        reading(f"{n}", CALL, *([STRIKE] if n % 2 else []), url=f"https://{n}.example/", outlet=f"o{n}")
        for n in range(12)
    ]
    with Record(tmp_path / "one.db") as one:
        for each in said:
            one.add(each, seen=AT)
        with ThreadPoolExecutor(6) as pool:
            stores = [Record(address) for _ in range(1)]
            list(pool.map(lambda each: stores[0].add(each, seen=AT), [*said, *said]))
        try:
            assert stores[0].extent() == one.extent()
            for ask in (Record.timeline, Record.stories):
                assert ask(stores[0], as_of=LATER) == ask(one, as_of=LATER)
        finally:
            stores[0].close()


def test_a_server_that_is_away_for_a_moment_is_waited_for(address: str, postgres: Server) -> None:
    store = Store(address)
    postgres.stop()
    back = Thread(target=lambda: (sleep(1), postgres.start()))
    back.start()
    try:
        assert store.add(reading("a", CALL), seen=AT).outcome == "new article"
    finally:
        back.join()
    store.timeout = 0.2
    postgres.stop()
    try:
        with pytest.raises(RecordUnreachable):
            store.add(reading("b", STRIKE), seen=AT)
    finally:
        postgres.start()
    store.timeout = 30
    assert store.add(reading("b", STRIKE), seen=AT).outcome == "new article"
    with store.reading() as db:
        assert db.execute(sa.text("SELECT count(*) FROM articles")).scalar() == 2
    store.close()


_TO_V2 = (
    "ALTER TABLE revisions DROP COLUMN sketch",
    "DROP TABLE event_parties",
    "DROP INDEX revisions_by_stated",
    "CREATE TABLE event_keys (key TEXT PRIMARY KEY, event TEXT REFERENCES events (id))",
    "UPDATE meta SET value = '2' WHERE key = 'version'",
    "UPDATE alembic_version SET version_num = '0002'",
)


def columns(record: Record) -> list[tuple[str, ...]]:
    query = """SELECT table_name, column_name, data_type, is_nullable, coalesce(collation_name, '')
    FROM information_schema.columns WHERE table_schema = 'public' UNION ALL
    SELECT tablename, indexname, '', '', '' FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2"""
    with record.store.reading() as db:
        return [tuple(row) for row in db.execute(sa.text(query))]


def test_a_record_of_an_older_layout_is_brought_up_to_date(address: str) -> None:
    with Record(address) as record:
        record.add(reading("a", CALL), seen=AT)
        wanted, said = columns(record), record.timeline(as_of=LATER)
        with record.store.writing() as db:
            for statement in _TO_V2:
                db.execute(sa.text(statement))
    with Record(address) as record:
        assert columns(record) == wanted
        assert record.timeline(as_of=LATER) == said
        assert [c.name for c in record.store.examine() if not c.ok] == []
