"""``ultimora read`` as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from ultimora.serial import reading_schema
from yardstick import laptop_seconds

EXAMPLES = Path(__file__).parents[2] / "src" / "ultimora" / "examples"
ULTIMORA = [sys.executable, "-m", "ultimora"]


def run(*args: str, data: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*ULTIMORA, *args], input=data, capture_output=True, check=False, cwd=cwd)


def test_help_teaches() -> None:
    done = run("read", "--help")
    assert done.returncode == 0
    assert b"--published" in done.stdout
    assert b"jsonl" in done.stdout


@pytest.mark.parametrize("language", ["it", "en"])
def test_json_is_as_the_schema_says(language: str) -> None:
    done = run("read", str(EXAMPLES / f"article.{language}.txt"), "--published", "2026-03-13", "-f", "json")
    assert done.returncode == 0, done.stderr.decode()
    reading = json.loads(done.stdout)
    jsonschema.validate(reading, reading_schema())
    assert reading["article"]["language"] == language
    assert reading["article"]["published"] == "2026-03-13"
    assert all(
        reading[part] for part in ("sentences", "entities", "times", "quantities", "statements", "claims", "events")
    )


def test_same_bytes_every_time() -> None:
    first, second = (run("read", str(EXAMPLES / "article.it.txt"), "-f", "json").stdout for _ in range(2))
    assert first == second


def test_text_is_plain_when_piped() -> None:
    done = run("read", str(EXAMPLES / "article.it.txt"), "--published", "2026-03-13")
    assert done.returncode == 0
    assert b"\x1b[" not in done.stdout
    assert "IN PROGRAMMA" in done.stdout.decode()


def test_json_lines_go_on_after_a_broken_one() -> None:
    text = "Il ministro ha telefonato al collega francese."
    lines = [json.dumps({"id": "a", "text": text, "language": "it"}), "{", json.dumps({"id": "c", "text": text})]
    done = run("read", "-", "-f", "jsonl", data="\n".join(lines).encode())
    assert done.returncode == 1
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["a", None, "c"]
    assert rows[1]["error"]["type"] == "BadLine"
    assert b"-:2:" in done.stderr


@pytest.mark.parametrize(
    ("args", "data", "says"),
    [
        (["read", "-"], b"", "there is no text"),
        (["read", "-"], b"\x00\x01\x02" * 500, "no text"),
        (["read", "-"], b"parola " * 800_000, "longest article"),
        (["read", "-", "--published", "2025-02-31"], b"Testo.", "2025-10-16"),
        (["read", "-", "--language", "tlh"], b"Testo.", "en, it"),
        (["read", "-", "--format", "xml"], b"Testo.", "jsonl"),
        (["read", "nowhere.txt"], b"", "nowhere.txt"),
        (["schema", "elephant"], b"", "reading"),
    ],
)
def test_bad_input(args: list[str], data: bytes, says: str, tmp_path: Path) -> None:
    done = run(*args, data=data, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert says in done.stderr.decode()
    assert len(done.stderr.decode().strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(run("schema", "reading").stdout))


def test_starts_and_reads_quickly(tmp_path: Path) -> None:
    """Bounds are four times what a quiet laptop takes: threads that share a core halve one another."""
    # As installed, with Python's own files compiled, whatever the environment of the tests says.
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = str(tmp_path)

    def took(*args: str) -> float:
        def ran() -> None:
            subprocess.run([*ULTIMORA, *args], capture_output=True, check=True, env=env)

        ran()
        return min(laptop_seconds(ran) for _ in range(3))

    assert took("--help") < 1
    assert took("read", str(EXAMPLES / "article.it.txt")) < 6


def test_explain_names_rule_words_and_cues() -> None:
    text = "Secondo il ministro, il presidente turco incontrerà domani il premier italiano."
    done = run("read", "-", "--language", "it", "--published", "2025-10-16", "--explain", data=text.encode())
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert "CONSULT" in shown
    assert "rule it/consult#" in shown
    assert "«incontrerà»" in shown
    assert "«domani» 2025-10-17" in shown
    assert "planned" in shown
    assert "says:" in shown


def test_coded_formats_have_one_header() -> None:
    line = json.dumps({"text": "Il premier ha telefonato al presidente turco.", "published": "2025-10-16"})
    done = run("read", "-", "-f", "cameo", data=f"{line}\n{line}".encode())
    assert done.stdout.decode().count("GLOBALEVENTID") == 1
    assert len(done.stdout.decode().splitlines()) >= 3
