"""From the bytes of a page to an input: its article, or why there is none and what was found all the same."""

from __future__ import annotations

import dataclasses
import re

from ultimora import languages
from ultimora.articles.detect import language_of_page
from ultimora.articles.inputs import Given, Loaded
from ultimora.articles.instants import parse_instant
from ultimora.articles.pages.article import article_from_page, page_text
from ultimora.articles.pages.shape import Page
from ultimora.errors import EmptyArticle, UltimoraError
from ultimora.types import Article

MAX_PAGE = 10_000_000
"""The most bytes of a page that are looked at; what comes after them is left, and the page is flagged."""
_MARKUP = re.compile(
    rb"(?is)^\s*(?:<!--.{0,2000}?-->\s*)*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html|head|body)\b"
)
_NAMES = (".html", ".htm", ".xhtml")


def is_page(name: str, data: bytes) -> bool:
    """Whether some bytes are an HTML page, by how they begin or by the name of their file."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode("utf-8")
    return bool(_MARKUP.match(head)) or (name.lower().endswith(_NAMES) and b"<" in head)


def load_page(data: bytes, name: str, given: Given, *, fetched_from: str | None = None) -> Loaded:
    """The article of a page.

    Args:
        data: The page's bytes.
        name: What errors call it.
        given: What is known of it from outside; what the page says of itself comes first, but for its language.
        fetched_from: The address that it came from; a page cannot claim another host's address as its own.
    """
    page = read_page(data, fetched_from or given.url)
    try:
        article = _article(page, data, name, given)
    except UltimoraError as error:
        return Loaded(None, name, None, error, page=page)
    return Loaded(article.id, name, article, page=page)


def read_page(data: bytes, url: str | None = None) -> Page:
    """What stands on a page, within limits of time and memory."""
    from ultimora.articles.pages.worker import extract_safely

    page = extract_safely(data[:MAX_PAGE], url).page
    if len(data) > MAX_PAGE:
        doubt = f"only the first {MAX_PAGE:,} of its {len(data):,} bytes were looked at"
        page = dataclasses.replace(page, doubts=(*page.doubts, doubt))
    return page


def _article(page: Page, data: bytes, name: str, given: Given) -> Article:
    text = page_text(page)
    if not page.body.strip():
        why = "; ".join(page.doubts) or "there is none"
        raise EmptyArticle(f"{name}: no article text was found on the page ({why}); save the text itself and read that")
    if given.language:
        language, doubt = languages.load(given.language).tag, None
    else:
        language, doubt = language_of_page(page.language, text, name)
    article = article_from_page(_sound(page), language, raw=data)
    info = article.page
    if doubt and info is not None:
        info = dataclasses.replace(info, doubts=(*info.doubts, doubt))
    published_from = article.published_from or ("given" if given.published else None)
    return dataclasses.replace(
        article,
        page=info,
        outlet=article.outlet or given.outlet,
        url=article.url or given.url,
        published=article.published or given.published,
        published_from=published_from,
    )


def _sound(page: Page) -> Page:
    """The page without dates that do not exist."""
    published, modified = (_known(value) for value in (page.published, page.modified))
    return dataclasses.replace(page, published=published, modified=modified)


def _known(value: str | None) -> str | None:
    try:
        return value if value and parse_instant(value) else None
    except UltimoraError:
        return None
