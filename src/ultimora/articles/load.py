"""Reads articles from files, addresses, standard input and JSON Lines; what cannot be read becomes a typed error."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ultimora import languages
from ultimora.articles.detect import detect_language
from ultimora.articles.inputs import Given, Loaded
from ultimora.articles.instants import parse_instant
from ultimora.articles.pages.load import is_page, load_page
from ultimora.articles.parts import find_parts, state_of
from ultimora.errors import (
    ArticleError,
    ArticleTooLarge,
    BadInstant,
    BadLine,
    BinaryArticle,
    EmptyArticle,
    FetchError,
    UltimoraError,
)
from ultimora.types import Article

__all__ = [
    "MAX_BYTES",
    "Given",
    "Loaded",
    "article_from_text",
    "decode",
    "load",
    "load_bytes",
    "load_fetched",
    "load_line",
]

MAX_BYTES = 2_000_000
"""The longest text that is read as one article, in bytes: some 300,000 words, far more than any article has."""

_FIELDS = ("language", "outlet", "url", "title", "published", "modified", "seen")


def load(path: str, given: Given | None = None) -> Iterator[Loaded]:
    """The articles of a file (plain text, JSON Lines or a page), an address, or standard input for ``-``."""
    given = given or Given()
    try:
        if path.startswith(("http://", "https://")):
            yield from _fetched(path, given)
            return
        yield from load_bytes(_bytes_of(path), path, given)
    except UltimoraError as error:
        yield Loaded(None, path, None, error)


def load_bytes(data: bytes, path: str, given: Given) -> Iterator[Loaded]:
    """The articles of a file's bytes; its name says what kind it is, where they do not."""
    try:
        if is_page(path, data):
            yield load_page(data, path, given)
        elif _is_jsonl(path, data):
            yield from _lines(path, data, given)
        else:
            yield Loaded(None, path, _article_of_bytes(data, path, given))
    except UltimoraError as error:
        yield Loaded(None, path, None, error)


def article_from_text(
    text: str, given: Given | None = None, *, name: str = "text", fields: dict[str, Any] | None = None
) -> Article:
    """An article from its text.

    Args:
        text: Kicker, headline, standfirst, a blank line and paragraphs; or any text.
        given: What is known of it from outside.
        name: What errors call it.
        fields: What the article says of itself (a JSON object's keys); these come before ``given``.

    Raises:
        ArticleError: it is empty, too long, in no language that is read, or its dates do not exist.
    """
    given, fields = given or Given(), fields or {}
    if not text.strip("\ufeff\u200b \t\r\n\u00a0"):
        raise EmptyArticle(f"{name}: there is no text; give a file with an article in it")
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise ArticleTooLarge(
            f"{name}: the text is longer than {MAX_BYTES:,} bytes; split it into its articles (JSON Lines, one a line)"
        )
    text = text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    language = fields.get("language") or given.language or detect_language(text, name)
    language = languages.load(language).tag
    published = fields.get("published") or given.published
    for instant in (published, fields.get("modified")):
        if instant:
            _check_instant(instant, name)
    return _article(text, language, published, given, fields)


def _article(text: str, language: str, published: str | None, given: Given, fields: dict[str, Any]) -> Article:
    parts = find_parts(text, language)
    said = {p.part: text[p.start : p.end] for p in reversed(parts)}
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
    return Article(
        id=str(fields["id"]) if fields.get("id") is not None else digest,
        text=text,
        language=language,
        parts=parts,
        title=fields.get("title") or said.get("title"),
        standfirst=said.get("standfirst"),
        section=said.get("section"),
        url=fields.get("url") or given.url,
        outlet=fields.get("outlet") or given.outlet,
        published=published,
        published_from="given" if published else None,
        modified=fields.get("modified"),
        state=state_of(text, parts, language),
        raw=text.encode("utf-8"),
    )


def _check_instant(value: str, name: str) -> None:
    try:
        parse_instant(value)
    except BadInstant as error:
        raise BadInstant(f"{name}: {error}") from error


def _bytes_of(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    file = Path(path)
    if not file.exists():
        raise ArticleError(f"{path}: there is no such file")
    if file.is_dir():
        raise ArticleError(f"{path}: is a folder; name the files in it")
    try:
        return file.read_bytes()
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read ({error.strerror})") from error


def _fetched(url: str, given: Given) -> Iterator[Loaded]:
    from ultimora.articles.web.settings import fetcher

    found = fetcher().fetch(url)
    if found.status != 200:
        raise FetchError(f"{url}: the server answered {found.status}; check the address, or try again later")
    yield load_fetched(found.body, found.url, found.kind, given)


def load_fetched(data: bytes, url: str, kind: str, given: Given) -> Loaded:
    """The article of what was fetched from an address: a page, or a plain text.

    Args:
        data: What came.
        url: Where it came from.
        kind: Its media type, where the server named one.
        given: What else is known of it.
    """
    if not is_page("", data):
        try:
            decode(data, url)  # an image, a film, an archive
        except UltimoraError as error:
            return Loaded(None, url, None, error)
    if kind == "text/plain" and not is_page("", data):
        try:
            article = _article_of_bytes(data, url, dataclasses.replace(given, url=url))
            return Loaded(article.id, url, article)
        except UltimoraError as error:
            return Loaded(None, url, None, error)
    return load_page(data, url, given, fetched_from=url)


def _is_jsonl(path: str, data: bytes) -> bool:
    if path.endswith((".jsonl", ".ndjson")):
        return True
    return path == "-" and data.lstrip()[:1] == b"{"


def _article_of_bytes(data: bytes, name: str, given: Given) -> Article:
    if not data.strip():
        raise EmptyArticle(f"{name}: there is no text; give a file with an article in it")
    if len(data) > MAX_BYTES:
        raise ArticleTooLarge(
            f"{name}: {len(data):,} bytes are more than the {MAX_BYTES:,} of the longest article read; "
            "split it into its articles (JSON Lines, one a line)"
        )
    text = decode(data, name)
    article = article_from_text(text, given, name=name)
    return dataclasses.replace(article, raw=data)


def decode(data: bytes, name: str) -> str:
    """The text of some bytes, in the character set that they declare or that fits.

    Raises:
        BinaryArticle: they are no text in any of them.
    """
    if data[:3] == b"\xef\xbb\xbf" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-8-sig" if data[:1] == b"\xef" else "utf-16", "replace")
    control = sum(data[:8192].count(c) for c in (*range(9), *range(14, 27), *range(28, 32)))
    if control > len(data[:8192]) // 100:
        raise BinaryArticle(f"{name}: these bytes are no text; give plain text (UTF-8) or JSON Lines")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _detected(data, name)


def _detected(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["cp1252", "iso-8859-15", "mac_roman", "cp850"]).best()
    if best is None:
        raise BinaryArticle(f"{name}: these bytes are text in no character set that is known; save it as UTF-8")
    return str(best)


def _lines(path: str, data: bytes, given: Given) -> Iterator[Loaded]:
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            yield load_line(line, f"{path}:{number}", given)


def load_line(line: bytes, name: str, given: Given) -> Loaded:
    """The article of one line of JSON, or why there is none."""
    try:
        fields = _object(line, name)
    except UltimoraError as error:
        return Loaded(None, name, None, error)
    return load_fields(fields, name, given)


def load_fields(fields: dict[str, Any], name: str, given: Given | None = None) -> Loaded:
    """The article of an object with ``text``, and optionally id, published, language and the like."""
    ident = str(fields["id"]) if fields.get("id") is not None else None
    try:
        _check_fields(fields, name)
        article = article_from_text(fields["text"], given, name=name, fields=fields)
        return Loaded(article.id, name, article, seen=fields.get("seen"))
    except UltimoraError as error:
        return Loaded(ident, name, None, error)


def _object(line: bytes, name: str) -> dict[str, Any]:
    try:
        fields = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadLine(f"{name}: no JSON object on this line ({error})") from error
    if not isinstance(fields, dict):
        raise BadLine(f"{name}: no object on this line; each line is one, with id, text, published, language")
    return fields


def _check_fields(fields: dict[str, Any], name: str) -> None:
    if not isinstance(fields.get("text"), str):
        raise BadLine(f'{name}: no object with a "text"; each line is an object with id, text, published, language')
    for key in _FIELDS:
        if fields.get(key) is not None and not isinstance(fields[key], str):
            raise BadLine(f"{name}: {key!r} is {fields[key]!r}, not a string")
