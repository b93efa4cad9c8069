"""The work of ``ultimora demo``."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from ultimora import languages
from ultimora.answers import Answer, Record
from ultimora.cli.answering import out, show_answer
from ultimora.cli.output import complain
from ultimora.core import read_many
from ultimora.errors import NoAnswer

STORY = Path(__file__).parent.parent / "examples" / "story"
_PLAIN = {
    "--kind": "kind",
    "--as-of": "as_of",
    "--actor": "actor",
    "--since": "since",
    "--until": "until",
    "--type": "type",
}


def run(language: str, keep: str) -> int:
    """Build the record, ask, print; the exit status is 1 if a question has no answer."""
    languages.load(language)
    with tempfile.TemporaryDirectory(prefix="ultimora-") as folder, Record(keep or Path(folder) / "demo.db") as record:
        return _tell(record, language)


def _tell(record: Record, language: str) -> int:
    console = out()
    count = build(record)
    extent = record.extent()
    told = f"{count} dispatches read: {extent.articles} articles, {extent.revisions} revisions, {extent.events} events."
    console.print(Text(told, style="dim"))
    answers = [_ask(console, record, each, language) for each in questions()]
    return 0 if all(answers) else 1


def build(record: Record) -> int:
    """Add the story's dispatches in the order in which they were seen; how many there were."""
    count = 0
    for outcome in read_many([str(STORY / "dispatches.jsonl")]):
        if outcome.reading is None:
            complain(str(outcome.error))
            continue
        record.add(outcome.reading, seen=outcome.seen)
        count += 1
    return count


def questions() -> list[dict[str, Any]]:
    """The story's questions, as its file has them."""
    found: list[dict[str, Any]] = tomllib.loads((STORY / "questions.toml").read_text(encoding="utf-8"))["question"]
    return found


def _ask(console: Console, record: Record, question: dict[str, Any], language: str) -> bool:
    console.print()
    asked = question["ask"].get(language) or question["ask"]["en"]
    console.print(Text(f"? {asked}", style="bold cyan"))
    console.print(Text(f"$ ultimora {' '.join(question['command'])}", style="dim"))
    try:
        answer = put(record, question["command"])
    except NoAnswer as error:
        console.print(Text(str(error), style="yellow"))
        console.print("\n".join(f"  {line}" for line in error.near))
        return False
    show_answer(answer, "text", sentences=2 if len(answer.events) == 1 else 1, console=console)
    return True


def put(record: Record, command: list[str]) -> Answer:
    """Put a question, written as on the command line, to a record."""
    names = [c for i, c in enumerate(command[1:], 1) if not c.startswith("--") and command[i - 1] not in _PLAIN]
    options = {_PLAIN[c]: command[i + 1] for i, c in enumerate(command) if c in _PLAIN}
    answer: Answer = getattr(record, command[0])(*names, **options)
    return answer
