"""Archives: WARC files, Parquet and folders of JSON Lines, pages and texts, read from any place on.

A place is where a record, line or row begins: a byte offset, in Parquet the number of the row. Reading from there gives
what is left. What is damaged is told as an input of its own, and reading goes on after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any, BinaryIO

from ultimora.articles import storage
from ultimora.articles.inputs import Given, Loaded
from ultimora.articles.load import load_bytes, load_fetched, load_fields, load_line
from ultimora.articles.pages.load import MAX_PAGE
from ultimora.articles.resuming import left_over, next_start
from ultimora.errors import ArticleError, BadLine, MissingExtra, StorageSilent

_WARC = (".warc", ".warc.gz", ".warc.zst")
_LINES = (".jsonl", ".ndjson")
_TABLE = (".parquet",)
_WHOLE = (".html", ".htm", ".xhtml", ".txt")
_LINE = 20_000_000
_KINDS = ("text/html", "application/xhtml+xml", "text/plain", "")
_ROWS = 64


@dataclass(frozen=True, slots=True)
class Member:
    """One input of an archive: what it gave (None where it is no article at all), and where the next one begins."""

    loaded: Loaded | None
    next: int


@dataclass(frozen=True, slots=True)
class Raw:
    """One input that was not looked into yet: ``load`` does, and may be called until the next one is asked for."""

    place: int
    load: Callable[[Given], Loaded]


def is_archive(path: str) -> bool:
    """Whether a path is a folder, a WARC file, a Parquet table, or lies in storage that is no disk."""
    web = path.startswith(("http://", "https://"))
    return path.lower().endswith((*_WARC, *_TABLE)) or (
        not web and (storage.is_remote(path) or storage.is_folder(path))
    )


def files_of(path: str) -> list[str]:
    """The files of an archive that are read, in order of their names.

    Raises:
        ArticleError: there is none.
    """
    known = (*_WARC, *_LINES, *_TABLE, *_WHOLE)
    found = storage.listing(path, known)
    if found is None:
        return [path]
    if not found:
        raise ArticleError(f"{path}: the folder has no articles; {', '.join(known)} are read")
    return found


def members(file: str, given: Given, start: int = 0) -> Iterator[Member]:
    """What a file holds from a place on.

    Raises:
        ArticleError: the file cannot be read, or its rest is damaged.
    """
    before: Loaded | None = None
    size, safe = storage.size_of(file), start
    for raw in raws(file, start):
        # Where an input ends is known when the next one begins; in a file packed as one piece it never is.
        safe = raw.place if raw.place < size else safe
        if before is not None:
            yield Member(before, safe)
        before = raw.load(given)
    if before is not None:
        yield Member(before, size)


def raws(file: str, start: int = 0) -> Iterator[Raw]:
    """The inputs of a file from a place on, not looked into.

    Raises:
        ArticleError: the file cannot be read.
    """
    name = file.lower()
    kind = _warc if name.endswith(_WARC) else _lines if name.endswith(_LINES) else None
    kind = _rows if name.endswith(_TABLE) else kind or _whole
    try:
        yield from kind(file, start)
    except OSError as error:
        raise StorageSilent(f"{file}: cannot be read further ({error}); what came before it was") from error


def _whole(file: str, start: int) -> Iterator[Raw]:
    if start:
        return
    with storage.opened(file) as stream:
        data = stream.read()
    yield Raw(0, lambda given: next(load_bytes(data, file, given)))


def _lines(file: str, start: int) -> Iterator[Raw]:
    with storage.opened(file) as stream:
        stream.seek(start)
        place, number = start, 0
        while line := stream.readline(_LINE + 1):
            number += 1
            name = f"{file}:{number}" if start == 0 else f"{file}@{place}"
            if len(line) > _LINE:
                yield Raw(place, _failing(name, BadLine(f"{name}: the line is longer than {_LINE:,} bytes")))
                place += len(line)
                while line and not line.endswith(b"\n"):
                    line = stream.readline(_LINE)
                    place += len(line)
                continue
            if line.strip():
                yield Raw(place, lambda given, line=line, name=name: load_line(line, name, given))  # type: ignore[misc]
            place += len(line)


def _failing(name: str, error: ArticleError) -> Callable[[Given], Loaded]:
    return lambda _given: Loaded(None, name, None, error)


def _rows(file: str, start: int) -> Iterator[Raw]:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        raise MissingExtra(f"{file}: Parquet needs pyarrow; pip install 'ultimora[parquet]'") from error
    with storage.opened(file) as stream:
        try:
            table = parquet.ParquetFile(stream)
            columns = _columns(file, table.schema_arrow.names)
            place = 0
            for group in range(table.num_row_groups):
                after = place + table.metadata.row_group(group).num_rows
                if after > start:
                    for row in _group(table, group, columns):
                        if place >= start:
                            yield Raw(place, _row_loader(row, f"{file}#{place}"))
                        place += 1
                place = after
        except ArrowException as error:
            raise ArticleError(f"{file}: is no Parquet table, or is damaged ({error})") from error


def _group(table: Any, group: int, columns: list[str]) -> Iterator[dict[str, Any]]:
    for batch in table.iter_batches(batch_size=_ROWS, row_groups=[group], columns=columns, use_threads=False):
        yield from batch.to_pylist()


def _columns(file: str, names: list[str]) -> list[str]:
    if "text" not in names:
        raise ArticleError(
            f"{file}: has no column 'text'; it has: {', '.join(names)[:200]}. Name the columns as the fields of JSON "
            "Lines: text, and where known id, url, outlet, title, language, published, modified, seen"
        )
    wanted = ("id", "text", "language", "outlet", "url", "title", "published", "modified", "seen")
    return [name for name in wanted if name in names]


def _row_loader(row: dict[str, Any], name: str) -> Callable[[Given], Loaded]:
    told = {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}
    return lambda given: load_fields(told, name, given)


def _warc(file: str, start: int) -> Iterator[Raw]:
    with storage.opened(file) as stream:
        place: int | None = start
        told = False
        while place is not None:
            last, lost = place, ""
            try:
                for at, raw in _records(stream, file, place):
                    last, told = at, False
                    if raw is not None:
                        yield raw
                if not told and left_over(stream, last):
                    lost = "it is cut off"
                place = None
            except OSError as error:
                # Reading goes on where the next record seems to begin; what lies between is told once.
                lost, place = str(error), next_start(stream, last, file)
            if lost and not told:
                told = True
                name = f"{file}@{last}"
                error_ = ArticleError(f"{name}: what follows is damaged or no WARC record, and was left ({lost})")
                yield Raw(last, _failing(name, error_))


def _records(stream: BinaryIO, file: str, start: int) -> Iterator[tuple[int, Raw | None]]:
    """The place of each record, and its input where it is a page that was found."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise MissingExtra(f"{file}: WARC files need fastwarc; pip install 'ultimora[archives]'") from error
    stream.seek(start)
    every = WarcRecordType.any_type
    for record in ArchiveIterator(stream, record_types=every, parse_http=True, auto_decode="all"):
        place = int(record.stream_pos)
        if record.record_type != WarcRecordType.response or not _is_page(record):
            yield place, None
        else:
            yield place, Raw(place, lambda given, record=record: _record(record, file, given))  # type: ignore[misc]


def _is_page(record: Any) -> bool:
    """Whether a response is a page that was found."""
    status = record.http_headers.status_code if record.http_headers is not None else None
    kind = (record.http_content_type or "").split(";")[0].strip().lower()
    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    return status in (200, None) and kind in _KINDS and url.startswith(("http://", "https://"))


def _record(record: Any, file: str, given: Given) -> Loaded:
    """The article of a response."""
    kind = (record.http_content_type or "").split(";")[0].strip().lower()
    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    name = f"{file}: {url}"
    try:
        body = record.reader.read(MAX_PAGE)
    except (OSError, ValueError) as error:
        return Loaded(None, name, None, ArticleError(f"{name}: the record is damaged ({error})"))
    if _cut_off(record, body):
        return Loaded(None, name, None, ArticleError(f"{name}: the record is cut off; it is not whole"))
    found = load_fetched(body, url, kind, given)
    date = record.record_date
    seen = (date if date.tzinfo else date.replace(tzinfo=UTC)).isoformat() if date is not None else None
    return Loaded(found.id, name, found.article, found.error, seen, found.page)


def _cut_off(record: Any, body: bytes) -> bool:
    """Whether less came than the record says it has; packed bodies tell by themselves."""
    packed = any(record.http_headers.get(h) for h in ("Content-Encoding", "Transfer-Encoding"))
    return not packed and len(body) < min(record.content_length, MAX_PAGE)
