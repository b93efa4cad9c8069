"""An older record is brought up to date; a record is looked over, made anew, copied."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from factories import reading
from storage_contract import AT, CALL, LATER, STRIKE, STRIKE_12
from ultimora.answers import Record
from ultimora.answers.present import found
from ultimora.cli.main import app
from ultimora.errors import RecordError, RecordReadOnly
from ultimora.record.schema import VERSION

OLD = Path(__file__).parent / "record-v1.sql"


def old_record(path: Path) -> Path:
    connection = sqlite3.connect(path)
    connection.executescript(OLD.read_text("utf-8"))
    connection.close()
    return path


def layout(path: Path) -> set[tuple[str, str, str]]:
    """Every column and index of a file, without regard to how their making was written down."""
    connection = sqlite3.connect(path)
    tables = [r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    columns = {(t, c[1], f"{c[2]} {bool(c[5])}") for t in tables for c in connection.execute(f"PRAGMA table_info({t})")}
    indices = {(t, i[1], str(i[2])) for t in tables for i in connection.execute(f"PRAGMA index_list({t})")}
    connection.close()
    return columns | {i for i in indices if not i[1].startswith("sqlite_")}


def test_a_record_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = old_record(tmp_path / "old.db")
    with Record(path) as record:
        assert record.extent().revisions == 3
        assert record.last("Italia", "Turchia").events[0].mode == "phone"
        assert len(record.stories().stories) == 2
        assert record.search("dodici").hits[0].text == "I morti di Odessa sono dodici."
        assert [c.name for c in record.store.examine() if not c.ok] == []
        added = record.add(
            reading("live", STRIKE, title="Odessa"), seen="2025-03-06T10:00:00Z", keys=["file:/live.txt"]
        )
        assert added.outcome == "new revision"
    Record(tmp_path / "new.db").close()
    assert layout(path) == layout(tmp_path / "new.db")
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (f"{VERSION:04}",)
    connection.close()


def test_an_old_record_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    path = old_record(tmp_path / "old.db")
    path.chmod(0o444)
    with pytest.raises(RecordReadOnly, match="older"):
        Record(path)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = Record(tmp_path / "whole.db")
    record.add(reading("a", CALL, title="Telefonata"), seen=AT, raw=b"pagina")
    record.add(reading("live", STRIKE, title="Odessa"), seen=AT)
    record.add(reading("live", STRIKE_12, title="Odessa"), seen=LATER)
    return record


def everything(record: Record) -> list[object]:
    with record.store.loader() as loader:
        events = [found(e) for e in loader.events(loader.find(), history=True)]
    return [events, record.stories(as_of="2025-03-06").stories]


def test_made_anew_it_is_the_same(record: Record) -> None:
    before = everything(record)
    assert record.store.rebuild() == 3
    assert everything(record) == before


def break_it(record: Record, *statements: str) -> None:
    connection = sqlite3.connect(record.store.path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("DELETE FROM spans", "claims without a time"),
        ("UPDATE reports SET event = NULL", "reports without an event"),
        ("DELETE FROM stories", "revisions without a story"),
        ("UPDATE revisions SET hash = 'x'", "raw bytes"),
        ("INSERT INTO article_keys VALUES ('id:z', 'nobody')", "references"),
    ],
)
def test_the_doctor_finds_what_is_wrong_and_mends_it(
    record: Record, statement: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ULTIMORA_RECORD", str(record.store.path))
    assert CliRunner().invoke(app, ["doctor"]).exit_code == 0
    break_it(record, statement)
    wrong = CliRunner().invoke(app, ["doctor"])
    assert (wrong.exit_code, f"BAD  {name}" in wrong.stdout) == (1, True)
    mended = CliRunner().invoke(app, ["doctor", "--rebuild"])
    assert mended.exit_code == 0, mended.output


def test_a_backup_is_the_same_record(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ULTIMORA_RECORD", str(record.store.path))
    target = tmp_path / "copy.db"
    assert CliRunner().invoke(app, ["backup", str(target)]).exit_code == 0
    with Record(target) as copied:
        assert everything(copied) == everything(record)
    with pytest.raises(RecordError, match="--force"):
        record.store.backup(target)
    record.store.backup(target, force=True)
    with pytest.raises(RecordError, match="no folder"):
        record.store.backup(tmp_path / "none" / "copy.db")
    assert not list(tmp_path.glob("*.partial"))
