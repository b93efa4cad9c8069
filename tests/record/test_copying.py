"""A record goes from database to database and back, whole, whatever breaks it off."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from factories import reading
from postgres import Server
from storage_contract import AT, CALL, LATER, LATEST, STRIKE, STRIKE_12
from ultimora.answers import Record
from ultimora.cli.main import app
from ultimora.errors import RecordError
from ultimora.following.tables import following_metadata, sources
from ultimora.record import copying
from ultimora.record.copying import copy, digest
from ultimora.record.schema import metadata
from ultimora.record.store import Store

TABLES = [t for t in metadata.sorted_tables if t.name != "meta"]


@pytest.fixture
def full(tmp_path: Path) -> Path:
    path = tmp_path / "full.db"
    with Record(path) as record:
        for ident, said, seen in (("a", CALL, AT), ("live", STRIKE, LATER), ("live", STRIKE_12, LATEST)):
            record.add(reading(ident, said), seen=seen, raw=b"\x00\xff page " * 20)
        with record.store.correcting() as corrector:
            corrector.rename("Rovati", "Aldo Rovati")
        with record.store.writing() as db:
            following_metadata.create_all(db)
            row = {"url": "https://a.example/", "kind": "feed", "state": "active", "added_at": AT, "interval": 0.1}
            db.execute(sources.insert(), [row])
    return path


def digest_of(name: str | Path) -> str:
    store = Store(name, create=False)
    with store.reading() as db:
        found = digest(db, [*TABLES, sources])
    store.close()
    return found


def test_to_a_server_and_back(full: Path, tmp_path: Path, postgres: Server) -> None:
    there, further, back = postgres.database(), postgres.database(), str(tmp_path / "back.db")
    for source, target in ((str(full), there), (there, further), (further, back)):
        shown = CliRunner().invoke(app, ["copy", source, target])
        assert shown.exit_code == 0, shown.output
    assert digest_of(full) == digest_of(there) == digest_of(further) == digest_of(back)
    with Record(full) as ours, Record(further) as theirs, Record(back) as again:
        for other in (theirs, again):
            assert other.timeline(as_of=LATEST) == ours.timeline(as_of=LATEST)
            assert other.search("dodici", as_of=LATEST) == ours.search("dodici", as_of=LATEST)
            added = other.add(reading("b", CALL, url="https://b.example/b"), seen=LATEST)
            assert added.joined_events
            with other.store.correcting() as corrector:
                assert corrector.rename("Karataş", "K.").id == 2


@pytest.mark.parametrize("steps", [1, 5, 9])
def test_a_copy_that_was_broken_off_goes_on(
    full: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    monkeypatch.setattr(copying, "_CHUNK", 2)
    address = postgres.database()
    source, target = Store(full), Store(address, unfinished=True)
    going = copy(source, target, following_metadata)
    first = [next(going) for _ in range(steps)]
    going.close()
    target.close()
    with pytest.raises(RecordError, match="not finished; go on with: ultimora copy"):
        Store(address)
    target = Store(address, unfinished=True)
    rest = list(copy(source, target, following_metadata))
    assert rest[0].done > first[-1].done
    assert rest[-1].done == rest[-1].of
    source.close()
    target.close()
    assert digest_of(address) == digest_of(full)


def test_what_was_added_between_two_runs_comes_along(full: Path, tmp_path: Path) -> None:
    with Record(full) as record:
        target = Store(tmp_path / "copy.db", unfinished=True)
        going = copy(record.store, target, following_metadata)
        for step in going:
            if step.table == "spans":
                break
        going.close()
        record.add(reading("aaa", STRIKE_12, url="https://c.example/c"), seen=LATEST)
        list(copy(record.store, target, following_metadata))
        target.close()
    assert digest_of(tmp_path / "copy.db") == digest_of(full)


def test_no_copy_over_another_record(full: Path, tmp_path: Path) -> None:
    with Record(tmp_path / "other.db") as record:
        record.add(reading("b", STRIKE), seen=AT)
    for target, why in ((str(tmp_path / "other.db"), "holds a record already"), (str(full), "is the record itself")):
        shown = CliRunner().invoke(app, ["copy", str(full), target])
        assert why in str(shown.exception), shown.output
