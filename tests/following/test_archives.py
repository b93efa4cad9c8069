"""Archives: WARC files and folders, whole, damaged, and resumed where they were left."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from following_made import article
from pages_made import BODY_IT
from ultimora.answers import Record
from ultimora.articles.archives import files_of, members
from ultimora.articles.inputs import Given
from ultimora.errors import ArticleError
from ultimora.following.archiving import Step, add_archive


def response(url: str, body: bytes, *, status: int = 200, kind: str = "text/html", packed: bool = False) -> bytes:
    headers = f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\n" + ("Content-Encoding: gzip\r\n" if packed else "")
    http = headers.encode() + b"\r\n" + (gzip.compress(body) if packed else body)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-03-10T18:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def records(count: int = 4) -> list[bytes]:
    found = [response(f"https://example.org/{n}", article(f"Numero {n}"), packed=n == 1) for n in range(count)]
    found.insert(1, response("https://example.org/gone", b"", status=404))
    found.insert(2, response("https://example.org/a.png", b"\x89PNG", kind="image/png"))
    return found


def warc(path: Path, found: list[bytes]) -> Path:
    path.write_bytes(b"".join(map(gzip.compress, found)) if path.suffix == ".gz" else b"".join(found))
    return path


def added(steps: list[Step]) -> list[str]:
    return [s.outcome.article.title for s in steps if s.added and s.outcome and s.outcome.article]  # type: ignore[misc]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_warc_file_and_resuming_it(tmp_path: Path, name: str) -> None:
    file = warc(tmp_path / name, records())
    with Record(tmp_path / "a.db") as record:
        first = []
        for step in add_archive(record, str(file), Given()):
            first.append(step)
            if step.outcome and step.outcome.article and step.outcome.article.title == "Numero 1":
                break
        rest = list(add_archive(record, str(file), Given()))
        assert added(first) == ["Numero 0", "Numero 1"]
        assert added(rest) == ["Numero 2", "Numero 3"]
        assert rest[-1].done == rest[-1].size == file.stat().st_size
        assert list(add_archive(record, str(file), Given())) == []
        assert record.extent().articles == 4
        assert {s.added.known_at[:19] for s in rest if s.added} == {"2025-03-10T18:00:00"}


@pytest.mark.parametrize("keep", [0.55, 0.8])
def test_a_truncated_warc_gives_what_is_whole(tmp_path: Path, keep: float) -> None:
    file = warc(tmp_path / "a.warc.gz", records(8))
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * keep)])
    with Record(tmp_path / "a.db") as record:
        steps = list(add_archive(record, str(file), Given()))
        assert 2 <= len(added(steps)) < 8


def test_garbage_is_told(tmp_path: Path) -> None:
    for name, data in (("a.warc.gz", b"no gzip" * 100), ("b.warc", b"\x00\xff" * 500), ("c.warc.gz", b"")):
        (tmp_path / name).write_bytes(data)
        with Record(tmp_path / "a.db") as record:
            assert added(list(add_archive(record, str(tmp_path / name), Given()))) == []


def test_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    (folder / "deep").mkdir(parents=True)
    lines = [
        json.dumps({"id": str(n), "text": f"Titolo {n}\n\n{BODY_IT[n % 3]}", "published": "2025-03-10"})
        for n in range(3)
    ]
    (folder / "a.jsonl").write_text("\n".join([*lines, "{broken", '{"id": "x"}']) + "\n")
    (folder / "deep" / "b.html").write_bytes(article("Pagina"))
    warc(folder / "c.warc.gz", records(1))
    (folder / "notes.pdf").write_bytes(b"%PDF")
    assert [Path(f).name for f in files_of(str(folder))] == ["a.jsonl", "c.warc.gz", "b.html"]
    with Record(tmp_path / "a.db") as record:
        steps = list(add_archive(record, str(folder), Given(language="it")))
        assert sorted(added(steps)) == ["Numero 0", "Pagina", "Titolo 0", "Titolo 1", "Titolo 2"]
        assert len([s for s in steps if s.error]) == 2
        assert list(add_archive(record, str(folder), Given(language="it"))) == []
        with (folder / "a.jsonl").open("a") as more:
            more.write(json.dumps({"id": "new", "text": f"Altro\n\n{BODY_IT[0]}", "published": "2025-03-11"}) + "\n")
        again = list(add_archive(record, str(folder), Given(language="it")))
        assert [s.added.outcome for s in again if s.added].count("new article") == 1
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArticleError, match="no articles"):
        files_of(str(tmp_path / "empty"))


def test_one_line_without_end(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"id": "a", "text": "' + b"a" * 25_000_000 + b'"}\n{"id": "b", "text": "Ciao a tutti."}\n')
    found = list(members(str(file), Given(language="it")))
    assert [bool(m.loaded and m.loaded.article) for m in found] == [False, True]


def test_the_command_resumes(tmp_path: Path) -> None:
    file = warc(tmp_path / "a.warc.gz", records())
    command = [sys.executable, "-m", "ultimora", "add", str(file), "--record", str(tmp_path / "a.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, f"{file}: 4 new article"), done.stderr
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, f"{file}: nothing new"), done.stderr
