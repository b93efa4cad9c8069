"""``ultimora export`` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from factories import KARATAS, ROVATI, RUSSIA, UKRAINE, Said, reading
from ultimora.answers import Record
from ultimora.cli.main import app
from ultimora.formats import export as formats

CALL = Said("Rovati ha sentito Karataş.", [ROVATI], [KARATAS], mode="phone", day="2025-03-05")
STRIKE = Said("Morti.", [RUSSIA], [UKRAINE], event_type="ASSAULT", day="2025-03-06", count=3)


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ULTIMORA_RECORD", str(tmp_path / "cli.db"))
    monkeypatch.chdir(tmp_path)
    with Record(tmp_path / "cli.db") as record:
        at = "2025-03-06T13:00:00+01:00"
        record.add(reading("../../evil", CALL, STRIKE, title="../../evil", url="https://x.example/../../evil"), seen=at)
    return tmp_path


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["export", *words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_help_teaches_every_format() -> None:
    status, out, _ = run("--help")
    assert status == 0
    words = " ".join(out.replace("│", " ").split())
    for name in formats.names():
        assert " ".join(formats.get(name).HELP.split())[:40] in words
    assert "ultimora[parquet]" in words
    assert "ultimora export csv --output events.csv" in words


def test_to_standard_output_and_narrowed() -> None:
    status, out, _ = run("jsonl", "--type", "assault")
    assert status == 0
    (line,) = out.splitlines()
    assert json.loads(line)["event"]["event_type"] == "ASSAULT"
    assert len(run("jsonl", "--actor", "Karataş")[1].splitlines()) == 1
    assert len(run("jsonl", "--since", "2025-03-05", "--until", "2025-03-07")[1].splitlines()) == 2


def test_a_file_is_written_whole_and_never_replaced_unasked(path: Path) -> None:
    assert run("parquet", "-o", "events.parquet")[0] == 0
    made = (path / "events.parquet").read_bytes()
    assert made.startswith(b"PAR1")
    status, _, err = run("csv", "-o", "events.parquet")
    assert (status, "--force" in err) == (2, True)
    assert (path / "events.parquet").read_bytes() == made
    assert run("csv", "-o", "events.parquet", "--force")[0] == 0
    assert (path / "events.parquet").read_bytes().startswith(b"event,")


def test_no_file_is_named_after_what_an_article_says(path: Path) -> None:
    before = {p for p in path.parent.rglob("*") if not p.name.startswith("cli.db")}
    for name in formats.names():
        run(name, "-o", f"out.{name}")
    after = {p for p in path.parent.rglob("*") if not p.name.startswith("cli.db")}
    assert {p.name for p in after - before} <= {f"out.{name}" for name in formats.names()}


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("docx",), 2, "there are: atom, csv"),
        (("csv", "-o", "no/such/folder.csv"), 2, "cannot be written"),
        (("csv", "--type", "DANCE"), 1, "there is no event type"),
        (("csv", "--actor", "Nessuno"), 1, "Nessuno"),
        (("csv", "--event", "ffff"), 1, "there is no event"),
        (("csv", "--since", "gestern"), 2, "gestern"),
        (("csv", "--language", "xx"), 2, "xx"),
        (("atom",), 1, "no revision"),
    ],
)
def test_errors_say_what_to_do(words: tuple[str, ...], status: int, said: str) -> None:
    from ultimora.errors import UltimoraError

    try:
        found, _, err = run(*words)
    except UltimoraError as error:  # the command line prints it and exits with 2
        found, err = 2, str(error)
    assert (found, said in err) == (status, True), err
