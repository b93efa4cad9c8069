"""The commands of the record, as a person types them. The pipeline is replaced: readings are made by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from factories import KARATAS, ROVATI, Said, reading
from ultimora.answers import Record
from ultimora.articles.load import Loaded
from ultimora.cli import adding
from ultimora.cli.main import app
from ultimora.core import Outcome

AT = "2025-03-05T13:00:00+01:00"
CALL = Said("Rovati ha sentito Karataş.", [ROVATI], [KARATAS], mode="phone", day="2025-03-05")
VISIT = Said("Rovati andrà ad Ankara.", [ROVATI], [KARATAS], mode="visit", day="2025-03-14", status="planned")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    path = str(tmp_path / "cli.db")
    monkeypatch.setenv("ULTIMORA_RECORD", path)
    with Record(path) as record:
        record.add(reading("a", CALL, VISIT), seen=AT)
    return path


def ask(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_last(path: str) -> None:
    status, out, _ = ask("last", "Italia", "Turkey")
    assert status == 0
    assert "2025-03-05" in out
    assert "“Rovati ha sentito Karataş.”" in out
    assert "Agenzia Lanterna · 2025-03-05 12:00" in out
    assert not any(line.endswith(" ") for line in out.splitlines())


def test_json(path: str) -> None:
    for words in (
        ["last", "Italia", "Turchia"],
        ["next", "Italia", "Turchia", "--as-of", AT],
        ["timeline"],
        ["agenda", "--as-of", AT],
    ):
        status, out, _ = ask(*words, "--format", "json")
        assert status == 0
        assert json.loads(out)["events"][0]["references"][0]["outlet"] == "Agenzia Lanterna"


def test_show_and_sources_of_an_event(path: str) -> None:
    event = json.loads(ask("timeline", "-f", "json")[1])["events"][0]["event"]
    assert ask("show", event)[0] == 0
    status, out, _ = ask("sources", event)
    assert (status, "1 independent origin" in out) == (0, True)
    assert json.loads(ask("sources", event, "-f", "json")[1])["origins"][0]["outlets"] == ["Agenzia Lanterna"]


def test_no_answer_says_what_is_known(path: str) -> None:
    status, out, err = ask("last", "Rovatini", "Turchia")
    assert (status, out) == (1, "")
    assert "Rovati" in err
    status, _, err = ask("changes")
    assert (status, err.startswith("ultimora: no revision")) == (1, True)


def test_wrong_options(path: str) -> None:
    for words in (["last", "a", "b", "--kind", "letter"], ["timeline", "--format", "xml"]):
        status, out, err = ask(*words)
        assert (status, out) == (2, "")
        assert "there are:" in err


def test_no_record(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    command = [sys.executable, "-c", "from ultimora.cli.main import main; main()", "agenda", "--record", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "ultimora add FILE" in done.stderr
    assert not path.exists()


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "read_loaded", _outcome)


def _outcome(loaded: Loaded) -> Outcome:
    if loaded.article is None:
        return Outcome(loaded.id, loaded.name, None, loaded.error)
    made = reading(loaded.article.id, Said(loaded.article.text[:80]), published=loaded.article.published)
    return Outcome(made.id, loaded.name, made, None, loaded.article, loaded.seen)


TEXT = "La premier ha sentito il presidente turco. I due si vedranno venerdì ad Ankara per il vertice annuale."


@pytest.mark.usefixtures("by_hand")
def test_add_and_add_again(tmp_path: Path) -> None:
    article, record = tmp_path / "a.txt", str(tmp_path / "a.db")
    article.write_text(TEXT, encoding="utf-8")
    assert ask("add", str(article), "--record", record)[1].startswith("new article")
    assert ask("add", str(article), "--record", record)[1].startswith("known already")
    article.write_text("Aggiornamento. " + TEXT, encoding="utf-8")
    assert ask("add", str(article), "--record", record)[1].startswith("new revision")
    out = ask("add", str(article), "--record", record, "--format", "json")[1]
    assert json.loads(out)["outcome"] == "known already"


@pytest.mark.usefixtures("by_hand")
def test_add_what_cannot_be_read(tmp_path: Path) -> None:
    record = str(tmp_path / "a.db")
    (tmp_path / "empty.txt").write_text("")
    status, out, err = ask("add", str(tmp_path / "empty.txt"), "--record", record)
    assert (status, out) == (2, "")
    assert "empty.txt" in err
    assert not Path(record).exists()
    lines = [
        json.dumps({"id": "1", "text": TEXT, "language": "it"}),
        "broken",
        json.dumps({"id": "2", "text": TEXT + "!"}),
    ]
    (tmp_path / "b.jsonl").write_text("\n".join(lines), encoding="utf-8")
    status, out, err = ask("add", str(tmp_path / "b.jsonl"), "--record", record)
    assert (status, out.count("new article"), "b.jsonl:2" in err) == (1, 2, True)


@pytest.mark.usefixtures("by_hand")
def test_known_at(tmp_path: Path) -> None:
    record, path = str(tmp_path / "a.db"), tmp_path / "a.jsonl"
    line = {"id": "1", "text": TEXT, "language": "it", "published": "2020-05-01T10:00:00+00:00"}
    path.write_text(json.dumps(line), encoding="utf-8")
    assert ask("add", str(path), "--record", record, "--known-at", "published")[0] == 0
    with Record(record) as opened:
        assert opened.extent().first == "2020-05-01T10:00:00.000000+00:00"


@pytest.mark.usefixtures("by_hand")
def test_what_is_added_together_is_added_in_the_order_in_which_it_was_seen(tmp_path: Path) -> None:
    record, path = str(tmp_path / "a.db"), tmp_path / "a.jsonl"
    days = ["2020-05-03", "2020-05-01", "2020-05-02"]
    lines = [{"id": d, "text": f"{d}. {TEXT}", "language": "it", "seen": f"{d}T10:00:00Z"} for d in days]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    status, out, _ = ask("add", str(path), "--record", record, "--format", "json")
    assert status == 0
    assert [json.loads(line)["known_at"][:10] for line in out.splitlines()] == sorted(days)


@pytest.mark.usefixtures("by_hand")
def test_an_impossible_seen_fails_its_line_alone(tmp_path: Path) -> None:
    record, path = str(tmp_path / "a.db"), tmp_path / "a.jsonl"
    lines = [{"id": d, "text": f"{d}. {TEXT}", "language": "it", "seen": d} for d in ("2020-02-30", "2020-02-28")]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    status, out, err = ask("add", str(path), "--record", record)
    assert (status, out.count("new article"), "2020-02-30" in err) == (1, 1, True)
