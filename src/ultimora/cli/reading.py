"""``ultimora read``: articles in, readings out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from ultimora import formats
from ultimora.articles.instants import parse_instant
from ultimora.articles.load import Given
from ultimora.cli.output import complain, fail
from ultimora.core import Outcome, read_many
from ultimora.languages import load as load_language
from ultimora.serial import to_data

_MANY = 3


def run(paths: list[str], published: str | None, language: str | None, outlet: str | None, format_: str) -> int:
    """Read and print; the exit status is 2 if the only input cannot be read, 1 if some of several cannot."""
    if format_ not in formats.names():
        fail(f"there is no format {format_!r}; there are: {', '.join(formats.names())}")
    if published:
        parse_instant(published)
    if language:
        load_language(language)
    given = Given(published=published, language=language, outlet=outlet)
    header = getattr(formats.get(format_), "HEADER", None)
    if header:
        print(header)  # noqa: T201
    total = failed = 0
    for outcome in _with_progress(read_many(paths, given), len(paths)):
        total += 1
        failed += outcome.reading is None
        _print(outcome, format_, total)
    if total == 0:
        fail(f"{', '.join(paths)}: there is no article in it")
    return 0 if not failed else 1 if total > 1 else 2


def _print(outcome: Outcome, format_: str, number: int) -> None:
    if outcome.reading is None:
        complain(str(outcome.error))
        if format_ == "jsonl":
            print(_error_line(outcome), flush=True)  # noqa: T201
        return
    if format_ == "text" and number > 1:
        print()  # noqa: T201
    for doubt in outcome.reading.article.page.doubts if outcome.reading.article.page else ():
        complain(f"{outcome.name}: look at this page: {doubt}")
    rendered = formats.get(format_).render(outcome.reading)
    if rendered:
        print(rendered, flush=True)  # noqa: T201


def _error_line(outcome: Outcome) -> str:
    error = {"type": type(outcome.error).__name__, "message": str(outcome.error)}
    found = {"page": to_data(outcome.page), "text": outcome.page.body} if outcome.page else {}
    return json.dumps({"id": outcome.id, "error": error, **found}, ensure_ascii=False, separators=(",", ":"))


def _with_progress(outcomes: Iterator[Outcome], inputs: int) -> Iterator[Outcome]:
    """Shows how far it is on a terminal that is not also the place of the output."""
    if not sys.stderr.isatty() or (sys.stdout.isatty() and inputs < _MANY):
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("reading"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None)
        for outcome in outcomes:
            progress.advance(task)
            yield outcome
