"""What the commands that ask the record share: options, opening, the answer that there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from ultimora.answers import Answer, Record

RecordPath = Annotated[
    str,
    typer.Option(
        "--record", "-r", envvar="ULTIMORA_RECORD", help="The record: a file, or postgresql://…", metavar="PATH"
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="Answer with what was known then, which is also the present: 2025-10-16T10:00+02:00."),
]
Format = Annotated[str, typer.Option("--format", "-f", help="text or json.")]
DEFAULT = "ultimora.db"
FORMATS = ("text", "json")

T = TypeVar("T")


def ask(path: str, format_: str, question: Callable[[Record], Answer], sentences: int | None = 2) -> None:
    """Ask for events and print them, each with some of its sentences."""
    from ultimora.cli.answering import show_answer

    show_with(path, format_, question, lambda answer, name: show_answer(answer, name, sentences=sentences))


def show_with(
    path: str,
    format_: str,
    question: Callable[[Record], T],
    show: Callable[[T, str], None],
    formats: tuple[str, ...] = FORMATS,
) -> None:
    """Ask the record and print the answer, or what is known instead; the exit status is 1 then."""
    from ultimora.answers import Record
    from ultimora.cli.answering import check_format
    from ultimora.errors import NoAnswer

    check_format(format_, formats)
    with Record(path, create=False) as record:
        try:
            answer = question(record)
        except NoAnswer as error:
            raise typer.Exit(no_answer(error)) from None
    show(answer, format_)


def no_answer(error: Exception) -> int:
    """What is known instead, on standard error."""
    from ultimora.cli.output import complain

    complain(str(error))
    for line in getattr(error, "near", ()):
        typer.echo(f"  {line}", err=True)
    return 1
