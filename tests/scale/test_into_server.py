"""An archive read into a record in PostgreSQL: the record that a file would be, also where the server is restarted."""

import signal
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

import archives_made as made
from postgres import Server
from ultimora.answers import Record
from ultimora.answers.present import found
from ultimora.cli.main import app
from ultimora.record.schema import claims, gists, reports, revisions, spans, stories
from ultimora.scale import joining
from ultimora.serial import to_data


def state(name: str | Path) -> list[Any]:
    """All that a record says, and which revision, report and claim it says it by."""
    with Record(name, create=False) as record, record.store.loader() as loader:
        events = [to_data(found(event)) for event in loader.events(loader.find(), history=True)]
        kept = [revisions.c.id, revisions.c.reading, reports.c.id, reports.c.event, claims.c.payload, gists.c.story]
        rows = [sorted(loader.db.execute(sa.select(column)).scalars()) for column in kept]
        more = [sorted(map(str, loader.db.execute(sa.select(table)).tuples())) for table in (spans, stories)]
        assert [check.name for check in record.store.examine() if not check.ok] == []
        return [events, rows, more]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def expected(source: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    out = tmp_path_factory.mktemp("whole")
    made.run(source, out)
    return state(out / "record.db")


def test_from_the_command_line(source: Path, expected: list[Any], tmp_path: Path, postgres: Server) -> None:
    address = postgres.database()
    order = ["archive", str(source), "--out", address, "--work", str(tmp_path / "work")]
    for _ in range(2):
        done = CliRunner().invoke(app, order)
        assert "11 joined" in done.output
        assert "sesame" not in done.output
        assert done.exit_code == 1  # one of its lines is no article
        assert state(address) == expected


def test_a_server_that_is_restarted_while_joining_is_waited_for(
    source: Path, expected: list[Any], tmp_path: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, written = joining._write, list[int]()

    def write(db: Any, key: str, position: int) -> None:
        written.append(position)
        if written in ([3], [3, 3, 6]):  # all is told to the server, only the commit is missing
            postgres.stop(signal.SIGQUIT)
            Thread(target=lambda: (sleep(1), postgres.start()), daemon=True).start()
        original(db, key, position)

    monkeypatch.setattr(joining, "AT_ONCE", 3)
    monkeypatch.setattr(joining, "_write", write)
    address = postgres.database()
    made.run(source, address, work=tmp_path / "work")
    assert written == [3, 3, 6, 6, 9, 11]
    assert state(address) == expected
