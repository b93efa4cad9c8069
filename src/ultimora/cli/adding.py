"""``ultimora add``: articles read and put into the record, one transaction each."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ultimora.answers import Record
from ultimora.articles.archives import is_archive
from ultimora.articles.instants import parse_instant
from ultimora.articles.load import Given, Loaded, load
from ultimora.cli.answering import check_format
from ultimora.cli.archiving import add_all
from ultimora.cli.output import complain, fail
from ultimora.core import Outcome, read_loaded
from ultimora.documents import parses
from ultimora.errors import BadInstant, UltimoraError
from ultimora.languages import load as load_language
from ultimora.record.database import exists, is_address
from ultimora.record.store import instant
from ultimora.record.types import Added
from ultimora.serial import to_data

_PUBLISHED = "published"
_MANY = 3


def run(
    paths: list[str],
    record: str,
    published: str | None,
    language: str | None,
    outlet: str | None,
    url: str | None,
    known_at: str | None,
    format_: str,
) -> int:
    """Add and report; the exit status is 2 if the only input cannot be read, 1 if some of several cannot."""
    check_format(format_)
    for value in (published, known_at if known_at != _PUBLISHED else None):
        if value:
            parse_instant(value)
    if language:
        load_language(language)
    given = Given(published=published, language=language, outlet=outlet, url=url)
    total = failed = 0
    with ExitStack() as stack:
        # A record that is there is opened before anything is read; a new one is made when there is something for it.
        kept = stack.enter_context(Record(record)) if exists(record) else None
        if not is_address(record) and Path(record).absolute().parent.is_dir():
            stack.enter_context(parses.kept_in(Path(f"{record}.parses")))
        advance = stack.enter_context(_progress(len(paths)))
        for path in filter(is_archive, paths):
            kept = kept or stack.enter_context(Record(record))
            added, wrong = add_all(kept, path, given, known_at, format_)
            total, failed = total + added + wrong, failed + wrong
        for outcome in map(read_loaded, _in_order([p for p in paths if not is_archive(p)], given, known_at)):
            total += 1
            if kept is None and outcome.reading is not None:
                kept = stack.enter_context(Record(record))
            failed += not (kept is not None and _add(kept, outcome, known_at, format_))
            if outcome.error is not None:
                complain(str(outcome.error))
            advance()
    if total == 0:
        fail(f"{', '.join(paths)}: there is no article in it")
    return 0 if not failed else 1 if total > 1 else 2


def _in_order(paths: list[str], given: Given, known_at: str | None) -> list[Loaded]:
    """The inputs, in the order in which they became known where they say: what comes late costs the record more."""
    loaded = [each for path in paths for each in load(path, given)]
    times = {id(each): _known(each, known_at) for each in loaded}
    return sorted(loaded, key=lambda each: times[id(each)])


def _known(loaded: Loaded, known_at: str | None) -> str:
    said = loaded.seen or known_at
    if said == _PUBLISHED and loaded.article is not None:
        said = loaded.article.modified or loaded.article.published
    try:
        return instant(said) if said and said != _PUBLISHED else ""
    except UltimoraError:
        return ""


def _add(record: Record, outcome: Outcome, known_at: str | None, format_: str) -> bool:
    reading, article = outcome.reading, outcome.article
    if reading is None:
        return False
    seen = outcome.seen or known_at
    if seen == _PUBLISHED:
        info = reading.article
        seen = info.modified or info.published
    keys = [f"file:{Path(outcome.name).resolve()}"] if Path(outcome.name).is_file() else []
    try:
        added = record.add(reading, seen=seen, keys=keys, raw=article.raw if article else None)
    except BadInstant as error:
        complain(f"{outcome.name}: {error}")
        return False
    _report(outcome, added, format_)
    return True


def _report(outcome: Outcome, added: Added, format_: str) -> None:
    if format_ == "json":
        print(json.dumps({"name": outcome.name, **to_data(added)}, ensure_ascii=False))  # noqa: T201
        return
    title = outcome.reading.article.title if outcome.reading else None
    facts = [f"{added.new_claims} claims", f"{len(added.new_events)} new events", f"{len(added.joined_events)} joined"]
    facts += [f"{added.withdrawn_claims} withdrawn"] if added.withdrawn_claims else []
    told = "" if added.outcome == "known already" else f" · {', '.join(facts)}"
    print(f"{added.outcome}: {' '.join((title or outcome.name).split())[:80]}{told}")  # noqa: T201


@contextmanager
def _progress(inputs: int) -> Iterator[Callable[[], None]]:
    """Shows how far it is on a terminal; gives a function to be called after each article."""
    if not sys.stderr.isatty() or (sys.stdout.isatty() and inputs < _MANY):
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("adding"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("adding", total=None)
        yield lambda: progress.advance(task)
