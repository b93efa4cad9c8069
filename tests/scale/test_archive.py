"""Archives read whole: the same whatever the workers, whatever died, and from wherever a run goes on."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

import archives_made as made
from ultimora.answers import Record
from ultimora.articles.inputs import Given
from ultimora.errors import ArchiveError
from ultimora.scale.chunks import Chunk, cut
from ultimora.scale.driving import Driver, Patience
from ultimora.scale.engines import local
from ultimora.scale.manifest import held
from ultimora.scale.reading import Failed, Reader, Result, Settings


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole") / "out"
    report, told = made.run(source, out, metrics=out / "metrics.prom")
    assert (report.tally.articles, report.joined, report.days) == (11, 11, 3)
    assert [word for word, _ in told].count("read") == 5
    return out


def test_what_is_written(source: Path, whole: Path) -> None:
    names = made.written(whole)
    assert sorted(names) == sorted(
        f"{k}/2026-01-0{d}.parquet" for k in ("claims", "events", "readings", "stories") for d in (5, 6, 7)
    )
    rows = [r for d in (5, 6, 7) for r in parquet.read_table(whole / "readings" / f"2026-01-0{d}.parquet").to_pylist()]
    assert sorted(Path(r["path"]).name for r in rows) == ["a.jsonl"] * 6 + ["b.parquet"] * 2 + ["c.warc.gz"] * 3
    assert {json.loads(r["reading"])["id"] for r in rows} >= {f"n{n}" for n in range(8)}
    claims = [c for d in (5, 6, 7) for c in parquet.read_table(whole / "claims" / f"2026-01-0{d}.parquet").to_pylist()]
    events = {
        e["event"]
        for d in (5, 6, 7)
        for e in parquet.read_table(whole / "events" / f"2026-01-0{d}.parquet").to_pylist()
    }
    assert claims
    assert {c["event"] for c in claims} == events
    with Record(whole / "record.db", create=False) as record:
        assert record.extent().articles == 11
        assert all(check.ok for check in record.store.examine())


def test_what_cannot_be_read_is_named(whole: Path, source: Path) -> None:
    with held(whole) as manifest:
        ((path, place, reason),) = manifest.asides()
    assert Path(path).name == "a.jsonl"
    assert (source / "a.jsonl").read_bytes()[place:].startswith(b'{"id": "broken"')
    assert "text" in reason


def test_metrics(whole: Path) -> None:
    text = (whole / "metrics.prom").read_text()
    assert "ultimora_archive_articles_total 11\n" in text
    assert 'ultimora_archive_phase{phase="writing"} 1' in text


def test_the_record_is_the_one_that_add_makes(source: Path, whole: Path, tmp_path: Path) -> None:
    from ultimora.following.archiving import add_archive

    with Record(tmp_path / "r.db") as record:
        for kind in ("a.jsonl", "b.parquet"):
            list(add_archive(record, str(source / kind), Given(), "published"))
        list(add_archive(record, str(source / "c.warc.gz"), Given()))
    query = "SELECT id, event_type, payload FROM events ORDER BY id"
    one, two = (sqlite3.connect(p).execute(query).fetchall() for p in (whole / "record.db", tmp_path / "r.db"))
    assert one == two
    assert len(one) > 5


def test_two_workers_that_are_killed_give_the_same(
    source: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[int] = []

    class Killing(local.LocalEngine):
        def give(self, worker: int, task: object) -> None:
            super().give(worker, task)  # type: ignore[arg-type]
            if len(killed) < 2 and not isinstance(task, str):
                killed.append(self.processes()[worker])
                threading.Timer(0.2, os.kill, (killed[-1], signal.SIGKILL)).start()

    monkeypatch.setattr(local, "LocalEngine", Killing)
    report, told = made.run(source, tmp_path / "out", workers=2)
    assert [word for word, _ in told].count("died") == 2
    assert report.tally.articles == 11
    assert made.written(tmp_path / "out") == made.written(whole)


def test_a_killed_run_goes_on(source: Path, whole: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "ultimora",
        "archive",
        str(source),
        "--out",
        str(tmp_path / "o"),
        "--workers",
        "1",
        "--batch",
        "3",
    ]
    first = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert first.stderr is not None
    for line in first.stderr:
        if '"event": "read"' in line:
            first.kill()
            break
    first.wait()
    first.stderr.close()
    assert not (tmp_path / "o" / "record.db").exists()
    again = _until_free(command)
    assert again.returncode == 1, again.stderr  # the broken line
    assert again.stderr.count('"event": "read"') == 4
    assert made.written(tmp_path / "o") == made.written(whole)
    third = subprocess.run(command, capture_output=True, text=True, check=False)
    assert '"event": "read"' not in third.stderr
    assert "11 articles" in third.stdout


def _until_free(command: list[str]) -> subprocess.CompletedProcess[str]:
    while True:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if "another run" not in done.stderr:
            return done
        time.sleep(0.2)


def test_a_run_killed_while_joining_goes_on(
    source: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(whole, tmp_path / "o")
    for name in ("record.db", "readings", "claims", "events", "stories"):
        path = tmp_path / "o" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    with sqlite3.connect(tmp_path / "o" / "manifest.db") as db:
        db.execute("DELETE FROM settings WHERE name = 'written'")
    db.close()

    class Stopped(BaseException):
        pass

    from ultimora.scale import joining

    taken: list[int] = []
    original = joining._write

    def write(db: Any, key: str, position: int) -> None:
        taken.append(position)
        if taken == [3, 6]:  # all is stored and the manifest written, only the record's commit is missing
            raise Stopped
        original(db, key, position)

    monkeypatch.setattr(joining, "AT_ONCE", 3)
    monkeypatch.setattr(joining, "_write", write)
    with pytest.raises(Stopped):
        made.run(source, tmp_path / "o")
    made.run(source, tmp_path / "o")
    assert taken == [3, 6, 6, 9, 11]
    assert made.written(tmp_path / "o") == made.written(whole)


@pytest.mark.parametrize(("reader", "why"), [(made.Fatal, "ended the worker 3 times"), (made.Broken, "RecursionError")])
def test_one_article_that_ends_workers_is_set_aside(reader: type, why: str, tmp_path: Path) -> None:
    poison = json.dumps(made.fields(1) | {"id": "p", "text": f"Notizia\n\nA {made.POISON} non è successo nulla."})
    source = made.lines(tmp_path / "a.jsonl", range(2), poison, json.dumps(made.fields(3)))
    report, _ = made.run(source, tmp_path / "out", reader=reader, most=4)
    assert report.tally.articles == report.joined == 3
    ((_, _, reason),) = report.aside
    assert why in reason
    again, told = made.run(source, tmp_path / "out", most=4)
    assert (again.tally.articles, [w for w, _ in told if w == "read"]) == (3, [])


def test_copies_are_told(tmp_path: Path) -> None:
    told = " ".join(f"Al capitolo {n} si parla del porto di {t}." for n, t in enumerate(made._TOWNS))
    some = [made.fields(n) | {"text": f"Titolo\n\n{told}", "language": "it"} for n in (0, 1, 2)]
    some[2]["text"] += " Una frase in fondo."
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(s) for s in some))
    made.run(path, tmp_path / "out")
    rows = [r for p in sorted((tmp_path / "out" / "readings").glob("*")) for r in parquet.read_table(p).to_pylist()]
    assert [bool(r["copy_of"]) for r in rows] == [False, True, True]
    assert {r["copy_of"] for r in rows[1:]} == {rows[0]["revision"]}


def test_into_a_record(tmp_path: Path) -> None:
    source = made.lines(tmp_path / "a.jsonl", range(2))
    report, _ = made.run(source, tmp_path / "r.db")
    assert (report.joined, report.days) == (2, 0)
    assert (tmp_path / "r.db.archive" / "manifest.db").exists()
    with Record(tmp_path / "r.db", create=False) as record:
        assert record.extent().articles == 2
    made.lines(source, range(3))
    report, _ = made.run(source, tmp_path / "r.db")
    assert report.joined == 3
    with Record(tmp_path / "r.db", create=False) as record:
        assert record.extent().articles == 3


def test_a_database_needs_a_folder_to_work_in(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="--work"):
        made.run(tmp_path, "postgresql://host/db")  # type: ignore[arg-type]


@pytest.mark.parametrize("fails", [1, 9])
def test_storage_that_fails_for_a_while(fails: int, tmp_path: Path) -> None:
    """A stretch that cannot be read is tried again; in the end it is told, and the next run tries it."""
    source = made.lines(tmp_path / "a" / "a.jsonl", range(4))
    told: list[str] = []
    chunks = cut(str(source), 2).chunks

    class Silent:
        """An engine whose storage answers 500 some times, then reads."""

        def __init__(self) -> None:
            self.reader, self.left = Reader(Settings(Given(), None, "2026-01-01T00:00:00+00:00", True, 2, None)), fails
            self.task: Chunk | None = None

        def free(self) -> list[int]:
            return [0] if self.task is None else []

        def give(self, worker: int, task: Chunk) -> None:
            self.task = task

        def wait(self, seconds: float) -> list[tuple[int, Result]]:
            task, self.task = self.task, None
            if task is None:
                return []
            if task == chunks[0] and self.left:
                self.left -= 1
                return [(0, Failed("the server answered 500", again=True))]
            return [(0, self.reader.do(task))]

        def kill(self, worker: int) -> None: ...

        def close(self) -> None: ...

    with held(tmp_path / "o") as manifest:
        manifest.found([str(source)], {str(source): source.stat().st_size})
        manifest.cut(cut(str(source), 2))
        engine: Any = Silent()
        driver = Driver(manifest, engine, tmp_path / "o", lambda word, _: told.append(word), Patience(pause=0.01))
        driver.read()
        assert told.count("failed") == min(fails, 3)
        assert manifest.tally().articles == (4 if fails == 1 else 2)
        assert [reason for _, _, reason in manifest.asides()] == ["the server answered 500"] * (fails > 3)
        engine.left = 0
        manifest.again()
        driver.read()
        assert (manifest.tally().articles, manifest.asides()) == (4, [])
