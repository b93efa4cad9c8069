"""What archives do to those who read them: damage, size, other people's tables and folders. Each is told, none ends."""

import gzip
import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

import archives_made as made
from ultimora.articles.archives import raws
from ultimora.articles.inputs import Given, Loaded
from ultimora.errors import ArchiveError, ArticleError
from ultimora.scale import engines
from ultimora.scale.chunks import cut
from ultimora.scale.manifest import held
from ultimora.scale.reading import Aside, Failed, Reader, Settings


def found(path: Path) -> list[Loaded]:
    return [raw.load(Given()) for raw in raws(str(path))]


def urls(path: Path) -> list[str]:
    return [loaded.article.url or "" for loaded in found(path) if loaded.article]


def reasons(path: Path) -> list[str]:
    return [str(loaded.error) for loaded in found(path) if loaded.error]


def by_chunks(path: Path, most: int) -> list[str | None]:
    """The same inputs, read stretch by stretch."""
    chunks = cut(str(path), most).chunks
    return [raw.load(Given()).id for chunk in chunks for raw in chunk.inputs()]


def spoiled(member: bytes, at: float) -> bytes:
    changed = bytearray(member)
    place = int(len(changed) * at)
    changed[place : place + 4] = bytes(b ^ 0xFF for b in changed[place : place + 4])
    return bytes(changed)


@pytest.mark.parametrize(
    "damaged",
    [
        spoiled(made.packed(range(1, 2))[0], 0.05),
        spoiled(made.packed(range(1, 2))[0], 0.6),
        b"garbage" * 50,
        b"\0" * 700,
    ],
    ids=["corrupt head", "corrupt body", "garbage", "zeros"],
)
@pytest.mark.parametrize("where", [0, 1, 3])
def test_damage_costs_what_is_damaged_and_is_told(damaged: bytes, where: int, tmp_path: Path) -> None:
    good = made.packed(range(2, 5))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join([*good[:where], damaged, *good[where:]]))
    assert urls(path) == [made.fields(n)["url"] for n in range(2, 5)]
    assert len(reasons(path)) == 1
    assert all(by_chunks(path, most) == [each.id for each in found(path)] for most in (1, 2, 7))


@pytest.mark.parametrize("share", [0.3, 0.9, 0.97])
def test_a_file_cut_off(share: float, tmp_path: Path) -> None:
    data = b"".join(made.packed(range(4)))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data[: int(len(data) * share)])
    whole = sum(len(data) * share >= end for end in _ends(made.packed(range(4))))
    assert urls(path) == [made.fields(n)["url"] for n in range(whole)]
    assert 1 <= len(reasons(path)) <= 2  # the record that is cut off, and the file that is


def _ends(members: list[bytes]) -> list[int]:
    return [sum(map(len, members[: i + 1])) for i in range(len(members))]


def test_plain_warc_and_one_packed_as_a_piece(tmp_path: Path) -> None:
    records = [gzip.decompress(m) for m in made.packed(range(4))]
    (tmp_path / "a.warc").write_bytes(b"".join([records[0], b"garbage\r\n" * 9, *records[1:]]))
    assert len(urls(tmp_path / "a.warc")) == 4
    assert len(reasons(tmp_path / "a.warc")) == 1
    assert by_chunks(tmp_path / "a.warc", 1) == [each.id for each in found(tmp_path / "a.warc")]
    piece = tmp_path / "b.warc.gz"
    piece.write_bytes(gzip.compress(b"".join(records), mtime=0))
    assert len(urls(piece)) == 4
    assert by_chunks(piece, 1) == by_chunks(piece, 3) == [each.id for each in found(piece)]


def test_records_of_a_hundred_megabytes(tmp_path: Path) -> None:
    huge = gzip.compress(made.response("https://huge.example/1", b"a " * 50_000_000), compresslevel=1)
    good = made.packed(range(2))
    (tmp_path / "a.warc.gz").write_bytes(good[0] + huge + good[1])
    assert len(urls(tmp_path / "a.warc.gz")) == 2
    assert len(reasons(tmp_path / "a.warc.gz")) == 1
    with (tmp_path / "b.jsonl").open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(100):
            file.write(b"a" * 1_000_000)
        file.write(b'"}\n')
    made.lines(tmp_path / "c.jsonl", range(1))
    with (tmp_path / "b.jsonl").open("ab") as file:
        file.write((tmp_path / "c.jsonl").read_bytes())
    assert [bool(each.article) for each in found(tmp_path / "b.jsonl")] == [False, True]
    assert "longer than" in reasons(tmp_path / "b.jsonl")[0]
    rows = [made.fields(0), made.fields(1) | {"text": "a " * 50_000_000}]
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "d.parquet")
    assert [bool(each.article) for each in found(tmp_path / "d.parquet")] == [True, False]


def settings(tmp_path: Path) -> Settings:
    return Settings(Given(), None, "2026-01-01T00:00:00+00:00", True, 3, tmp_path / "parses")


def test_parquet_with_other_columns(tmp_path: Path) -> None:
    path = made.table(tmp_path / "a.parquet", range(2), text="body", url="link")
    failed = Reader(settings(tmp_path)).do(str(path))
    assert isinstance(failed, Failed)
    assert "has no column 'text'; it has: id, body" in failed.reason
    assert not failed.again
    (tmp_path / "b.parquet").write_bytes(b"no table")
    failed = Reader(settings(tmp_path)).do(str(tmp_path / "b.parquet"))
    assert isinstance(failed, Failed)
    assert "no Parquet table" in failed.reason


def test_parquet_with_values_of_other_kinds(tmp_path: Path) -> None:
    rows = [{"text": 7, "id": 1}, {"text": 8, "id": 2}]
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    assert all("text" in reason for reason in reasons(tmp_path / "a.parquet"))
    assert len(reasons(tmp_path / "a.parquet")) == 2


def test_a_date_that_is_none_is_set_aside(tmp_path: Path) -> None:
    path = made.lines(
        tmp_path / "a.jsonl", range(0), '{"text": "Ciao a tutti da Genova.", "language": "it", "seen": "soon"}'
    )
    reader = Reader(settings(tmp_path))
    (chunk,) = cut(str(path), 3).chunks
    part = reader.read(chunk)
    reader.close()
    (aside,) = part.aside
    assert isinstance(aside, Aside)
    assert "soon" in aside.reason


def test_a_folder_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(ArchiveError, match="not empty"), held(tmp_path):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_manifest_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "manifest.db").write_bytes(b"something else, of some length " * 100)
    with pytest.raises(ArchiveError, match="no manifest"), held(tmp_path):
        pass


@pytest.mark.parametrize("name", ["version", "sources"])
def test_a_folder_of_another_run_or_version(name: str, tmp_path: Path) -> None:
    told = {"version": "1", "sources": "a"}
    with held(tmp_path / "o") as manifest:
        manifest.settle(told, ("version", "sources"))
    with held(tmp_path / "o") as manifest, pytest.raises(ArchiveError, match=f"holds another run: its {name} was"):
        manifest.settle(told | {name: "other"}, ("version", "sources"))


def test_two_runs_on_one_manifest(tmp_path: Path) -> None:
    who = f"another run is at work on it .process {os.getpid()}."
    with held(tmp_path), pytest.raises(ArchiveError, match=who), held(tmp_path):
        pass
    with held(tmp_path):
        pass


def test_no_such_engine_or_source(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there are: local, ray"):
        engines.start("spark", settings(tmp_path), 1, None)
    with pytest.raises(ArchiveError, match="--address is Ray's"):
        engines.start("local", settings(tmp_path), 1, "host:1")
    with pytest.raises(ArticleError, match="no such file"):
        list(raws(str(tmp_path / "none.warc.gz")))


def test_the_disk_full_while_parts_are_written(tmp_path: Path) -> None:
    script = (
        "import resource, pathlib, sys\n"
        "from ultimora.scale.driving import write_whole\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "write_whole(pathlib.Path(sys.argv[1]), b'a' * 5000)\n"
    )
    path = tmp_path / "parts" / "a.parquet"
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert "free some space: everything before is kept" in done.stderr
    assert list((tmp_path / "parts").iterdir()) == []


@pytest.mark.parametrize("limit", [20_000, 200_000])
def test_the_disk_full_in_a_run(limit: int, tmp_path: Path) -> None:
    """With the lower limit the manifest cannot grow, with the higher one the record cannot."""
    source = made.lines(tmp_path / "a.jsonl", range(2))
    out = tmp_path / "out"
    command = [sys.executable, "-m", "ultimora", "archive", str(source), "--out", str(out), "--workers", "1"]

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=full)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "disk" in done.stderr.splitlines()[-1]
    assert not list(out.rglob("*.new"))
    assert not (out / "readings").exists()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "2 articles of 1 files read, 2 joined" in done.stdout
    with sqlite3.connect(out / "record.db") as db:
        assert db.execute("SELECT count(*) FROM revisions").fetchone() == (2,)
    db.close()
