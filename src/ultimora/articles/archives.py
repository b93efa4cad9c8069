"""Archives: WARC files and folders of JSON Lines, pages and texts, read from any place on.

A place is a byte offset in a file: where a record or line begins. Reading from there gives what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from ultimora.articles.inputs import Given, Loaded
from ultimora.articles.load import load, load_fetched, load_line
from ultimora.articles.pages.load import MAX_PAGE
from ultimora.errors import ArticleError, BadLine

_WARC = (".warc", ".warc.gz", ".warc.zst")
_LINES = (".jsonl", ".ndjson")
_WHOLE = (".html", ".htm", ".xhtml", ".txt")
_LINE = 20_000_000
_KINDS = ("text/html", "application/xhtml+xml", "text/plain", "")


@dataclass(frozen=True, slots=True)
class Member:
    """One input of an archive: what it gave (None where it is no article at all), and where the next one begins."""

    loaded: Loaded | None
    next: int


def is_archive(path: str) -> bool:
    """Whether a path is a folder or a WARC file."""
    return path.lower().endswith(_WARC) or Path(path).is_dir()


def files_of(path: str) -> list[Path]:
    """The files of an archive that are read, in order of their names.

    Raises:
        ArticleError: there is none.
    """
    root = Path(path)
    if not root.is_dir():
        return [root]
    known = (*_WARC, *_LINES, *_WHOLE)
    # A link may lead out of the folder, or round in a circle.
    files = (p for p in root.rglob("*") if p.name.lower().endswith(known) and p.is_file() and not p.is_symlink())
    found = sorted(files)
    if not found:
        raise ArticleError(f"{path}: the folder has no articles; {', '.join(known)} are read")
    return found


def members(file: Path, given: Given, start: int = 0) -> Iterator[Member]:
    """What a file holds from a place on.

    Raises:
        ArticleError: the file cannot be read, or its rest is damaged.
    """
    name = file.name.lower()
    try:
        if name.endswith(_WARC):
            yield from _warc(file, given, start)
        elif name.endswith(_LINES):
            yield from _lines(file, given, start)
        elif start == 0:
            size = file.stat().st_size
            yield from (Member(loaded, size) for loaded in load(str(file), given))
    except OSError as error:
        raise ArticleError(f"{file}: cannot be read further ({error}); what came before it was") from error


def _lines(file: Path, given: Given, start: int) -> Iterator[Member]:
    with file.open("rb") as stream:
        stream.seek(start)
        number = 0
        while line := stream.readline(_LINE + 1):
            number += 1
            where = stream.tell()
            name = f"{file}:{number}" if start == 0 else f"{file}:{start}+{number}"
            if len(line) > _LINE:
                yield Member(
                    Loaded(None, name, None, BadLine(f"{name}: the line is longer than {_LINE:,} bytes")), where
                )
                while line and not line.endswith(b"\n"):
                    line = stream.readline(_LINE)
                continue
            if line.strip():
                yield Member(load_line(line, name, given), where)


def _warc(file: Path, given: Given, start: int) -> Iterator[Member]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise ArticleError(f"{file}: WARC files need fastwarc; pip install 'ultimora[archives]'") from error
    with file.open("rb") as stream:
        stream.seek(start)
        before: Loaded | None = None
        begun = False
        # A record's own place is known when it begins, so each is handed on when the next one does.
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="all"):
            if begun:
                yield Member(before, start + record.stream_pos)
            before, begun = _record(record, file, given), True
        if begun:
            yield Member(before, file.stat().st_size)


def _record(record: Any, file: Path, given: Given) -> Loaded | None:
    """The article of a response; None where it is no page that was found."""
    status = record.http_headers.status_code if record.http_headers is not None else None
    kind = (record.http_content_type or "").split(";")[0].strip().lower()
    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    if status not in (200, None) or kind not in _KINDS or not url.startswith(("http://", "https://")):
        return None
    name = f"{file}: {url}"
    try:
        body = record.reader.read(MAX_PAGE)
    except (OSError, ValueError) as error:
        return Loaded(None, name, None, ArticleError(f"{name}: the record is damaged ({error})"))
    found = load_fetched(body, url, kind, given)
    date = record.record_date
    seen = (date if date.tzinfo else date.replace(tzinfo=UTC)).isoformat() if date is not None else None
    return Loaded(found.id, name, found.article, found.error, seen, found.page)
