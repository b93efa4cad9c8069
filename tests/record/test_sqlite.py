"""SQLite: the contract, and what can be wrong with a file, a disk or a neighbour."""

from __future__ import annotations

import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from factories import Said, reading
from storage_contract import AT, CALL, STRIKE, StorageContract
from ultimora.answers import Record
from ultimora.errors import NotARecord, RecordBusy, RecordError, RecordFull, RecordReadOnly, RecordTooNew
from ultimora.record.schema import VERSION
from ultimora.record.sqlite import wal_is_safe


class TestSQLite(StorageContract):
    def open(self, folder: Path) -> Record:
        return Record(folder / "contract.db")


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_no_write_ahead_log_where_it_can_lose_pages(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_the_journal_fits_the_version(tmp_path: Path) -> None:
    Record(tmp_path / "a.db").close()
    with sqlite3.connect(tmp_path / "a.db") as connection:
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    connection.close()
    assert mode == ("wal" if wal_is_safe() else "delete")


def test_there_is_no_record_to_ask(tmp_path: Path) -> None:
    with pytest.raises(NotARecord, match="ultimora add"):
        Record(tmp_path / "none.db", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "content", [b"no database, but long enough to be one " * 10, b"SQLite format 3\x00", b"\x00\x01"]
)
def test_not_a_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.db").write_bytes(content)
    with pytest.raises(NotARecord, match=r"a\.db"):
        Record(tmp_path / "a.db")
    assert (tmp_path / "a.db").read_bytes() == content


def test_somebody_elses_database(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "a.db")
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(NotARecord, match="no ultimora record"):
        Record(tmp_path / "a.db")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotARecord, match="folder"):
        Record(tmp_path)
    with pytest.raises(RecordError, match="no folder"):
        Record(tmp_path / "none" / "a.db")


def test_a_newer_version(tmp_path: Path) -> None:
    Record(tmp_path / "a.db").close()
    connection = sqlite3.connect(tmp_path / "a.db")
    connection.execute(f"PRAGMA user_version={VERSION + 1}")
    connection.close()
    with pytest.raises(RecordTooNew, match="upgrade"):
        Record(tmp_path / "a.db")


def test_a_damaged_record(tmp_path: Path) -> None:
    with Record(tmp_path / "a.db") as record:
        record.add(reading("a", CALL), seen=AT)
    data = (tmp_path / "a.db").read_bytes()
    (tmp_path / "a.db").write_bytes(data[:100] + b"\xff" * (len(data) - 100))
    with pytest.raises(NotARecord, match="damaged"), Record(tmp_path / "a.db") as record:
        record.add(reading("b", STRIKE), seen=AT)


def test_read_only_can_be_asked_but_not_added_to(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Record(path) as record:
        record.add(reading("a", CALL), seen=AT)
    path.chmod(0o444)
    before = path.read_bytes()
    with Record(path) as record:
        assert record.last("Italia", "Turchia").events
        with pytest.raises(RecordReadOnly, match="permissions"):
            record.add(reading("b", STRIKE), seen=AT)
    assert path.read_bytes() == before


def test_a_full_disk_keeps_nothing_of_the_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    with Record(path) as record:
        record.add(reading("a", CALL), seen=AT)
    whole = sqlite3.connect

    def small(*args: object, **kwargs: object) -> sqlite3.Connection:
        connection = whole(*args, **kwargs)  # type: ignore[call-overload]
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")
        return connection

    many = [Said(f"Frase numero {i} di una lunga cronaca.", event_type=None, predicate=f"p{i}") for i in range(300)]
    monkeypatch.setattr(sqlite3, "connect", small)
    with Record(path) as record, pytest.raises(RecordFull, match="free some space"):
        record.add(reading("b", *many), seen=AT)
    monkeypatch.undo()
    with Record(path) as record:
        assert (record.extent().articles, record.extent().events) == (1, 1)
        assert record.add(reading("b", *many), seen=AT).outcome == "new article"
    assert whole(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_writer_that_never_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Record(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Record(path, timeout=0.05) as record, pytest.raises(RecordBusy, match="add it again"):
        record.add(reading("a", CALL), seen=AT)
    other.execute("ROLLBACK")
    other.close()
    with Record(path) as record:
        assert record.extent().articles == 0


def _ahead(path: Path) -> sqlite3.Connection:
    """Another process that reads a record which logs ahead, as one with a newer SQLite may have left it."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode=wal")
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM articles").fetchone()
    return other


def test_an_affected_version_does_not_share_a_write_ahead_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    Record(path).close()
    other = _ahead(path)
    monkeypatch.setattr("ultimora.record.sqlite.wal_is_safe", lambda version=None: False)
    with pytest.raises(RecordBusy, match=r"3\.51\.3"):
        Record(path, timeout=0.05)
    other.execute("ROLLBACK")
    other.close()
    with Record(path) as record:  # alone, it goes back to a rollback journal first
        record.add(reading("a", CALL), seen=AT)
        second = sqlite3.connect(path)
        assert second.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        second.close()


def _add_many(path: str, first: int, count: int) -> None:
    with Record(path) as record:
        for number in range(first, first + count):
            record.add(reading(f"a{number}", CALL, extra=str(number)))


def test_two_processes_add_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "a.db")
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_add_many, args=(path, first, 25)) for first in (0, 25, 12)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [w.exitcode for w in workers] == [0, 0, 0]
    with Record(path) as record:
        extent = record.extent()
    assert (extent.articles, extent.revisions, extent.events) == (50, 50, 1)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
