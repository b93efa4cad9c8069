"""The façade: what a Python user calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ultimora.articles.load import Given, Loaded, article_from_text, load, load_fields
from ultimora.errors import UltimoraError
from ultimora.intake import reading_from_json
from ultimora.pipeline import read_article
from ultimora.types import Article, Reading

if TYPE_CHECKING:
    from ultimora.answers import Record
    from ultimora.articles.pages.shape import Page

__all__ = ["Outcome", "Record", "read", "read_fields", "read_many", "reading_from_json"]


def __getattr__(name: str) -> Any:
    """The record, loaded when first asked for: reading needs no database."""
    if name == "Record":
        from ultimora.answers import Record

        return Record
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: its reading, or the error that says why there is none."""

    id: str | None
    name: str
    reading: Reading | None
    error: UltimoraError | None
    article: Article | None = None
    seen: str | None = None
    page: Page | None = None


def read(
    text_or_path: str | Path,
    *,
    published: str | None = None,
    language: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
) -> Reading:
    """Read one article.

    Args:
        text_or_path: The article's text, the path of a file with it, or the address of a page.
        published: When it was published, ISO 8601; without it the text's own dates are used if they tell.
        language: BCP 47 tag; detected when not given.
        outlet: Who published it.
        url: Where it stands.

    Raises:
        UltimoraError: it cannot be read; the message says why and what to do.
    """
    given = Given(published=published, language=language, outlet=outlet, url=url)
    if not _is_path(text_or_path):
        return read_article(article_from_text(str(text_or_path), given))
    outcome = next(iter(read_many([str(text_or_path)], given)))
    if outcome.reading is None:
        raise outcome.error or UltimoraError(f"{text_or_path}: holds no article")
    return outcome.reading


def read_many(paths: list[str], given: Given | None = None) -> Iterator[Outcome]:
    """Read every article of some files (plain text, JSON Lines, HTML; ``-`` is standard input) or addresses, in order.

    An input that cannot be read yields its error; the others are still read.
    """
    for path in paths:
        for loaded in load(path, given):
            yield read_loaded(loaded)


def read_fields(fields: dict[str, Any], name: str = "article") -> Outcome:
    """Read one article given as an object with ``text`` and what is known of it, as a line of JSON Lines has it."""
    return read_loaded(load_fields(fields, name))


def read_loaded(loaded: Loaded) -> Outcome:
    """Read one input that was loaded, or hand on why it could not be."""
    if loaded.article is None:
        return Outcome(loaded.id, loaded.name, None, loaded.error, seen=loaded.seen, page=loaded.page)
    reading = read_article(loaded.article)
    return Outcome(loaded.article.id, loaded.name, reading, None, loaded.article, loaded.seen, loaded.page)


def _is_path(value: str | Path) -> bool:
    if isinstance(value, Path):
        return True
    if value.startswith(("http://", "https://")) and not any(c.isspace() for c in value):
        return True
    if "\n" in value or len(value) >= 1024 or not ("/" in value or "." in value[-6:]):
        return False
    try:
        return Path(value).is_file()
    except OSError:  # a sentence that is too long to be a name
        return False
