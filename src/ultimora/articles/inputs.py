"""What goes into reading: what the caller says of the articles, and each input with its article or its error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ultimora.errors import UltimoraError
from ultimora.types import Article

if TYPE_CHECKING:
    from ultimora.articles.pages.shape import Page


@dataclass(frozen=True, slots=True)
class Loaded:
    """One input: its article, or why there is none. ``seen`` is when it was met, where the input says so.

    ``page`` is what a page held, also where it could not become an article, as in a language that is not read.
    """

    id: str | None
    name: str
    article: Article | None
    error: UltimoraError | None = None
    seen: str | None = None
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of the articles; an article's own fields come first."""

    published: str | None = None
    language: str | None = None
    outlet: str | None = None
    url: str | None = None
