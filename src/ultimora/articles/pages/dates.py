"""When a page says that it was published and last changed."""

from __future__ import annotations

import re
from datetime import datetime

from lxml.html import HtmlElement

from ultimora.articles.pages.jsonld import Node
from ultimora.articles.pages.meta import Metas
from ultimora.articles.pages.stamps import day_in_words
from ultimora.articles.pages.tree import squeeze, visible_text

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article:published",
    "parsely-pub-date", "sailthru.date", "publishdate", "publish-date", "pubdate", "publication_date", "dc.date.issued",
    "dcterms.created", "dc.date", "cxenseparse:recs:publishtime", "date", "last-publish-date", "article:created_time",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "datemodified", "og:updated_time", "article:modified",
    "last-modified", "lastmod", "dcterms.modified", "dc.date.modified", "revised",
)  # fmt: skip
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d+)?\s?(Z|[+-]\d\d:?\d\d)?)?", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d.:])([01]?\d|2[0-3])[:.]([0-5]\d)(?::[0-5]\d)?(?!\.?\d)\s?(?:([ap])\.?m\b)?", re.IGNORECASE
)
_STAMP = 160
_EPOCH = re.compile(r"\d{10}(\d{3})?$")


def iso(value: object) -> str | None:
    """A date or instant as ISO 8601 without fractions of a second, None if it is neither.

    Instants keep the offset that they were written with, or none.
    """
    text = squeeze(str(value)) if isinstance(value, str | int) else ""
    if _EPOCH.match(text):
        return _of_epoch(int(text[:10]))
    found = _ISO.match(text)
    if not found:
        return _of_mail(text)
    day, clock, seconds, _, offset = found.groups()
    if clock is None:
        return _real(day)
    offset = "" if not offset else "+00:00" if offset in "Zz" else offset
    offset = offset if ":" in offset or not offset else f"{offset[:3]}:{offset[3:]}"
    return _real(f"{day}T{clock}{seconds or ':00'}{offset}")


def _real(text: str) -> str | None:
    try:
        return text if 1900 < datetime.fromisoformat(text).year < 2200 else None
    except ValueError:
        return None


def _of_epoch(seconds: int) -> str:
    from datetime import UTC

    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _of_mail(text: str) -> str | None:
    """As in "Thu, 16 Oct 2025 18:30:00 +0200", which feeds and some meta tags have."""
    from email.utils import parsedate_to_datetime

    try:
        return _real(parsedate_to_datetime(text).isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def stated_dates(tree: HtmlElement, found: Metas, article: Node | None, others: list[Node]) -> tuple[str | None, ...]:
    """The published and modified instants that the page states in its data, the most exact first."""
    data = [article or {}, *others]
    published = _first_exact(
        [iso((article or {}).get("datePublished"))]
        + _of_metas(found, _PUBLISHED)
        + _marked(tree, "datePublished")
        + [iso(n.get("datePublished")) for n in data]
        + [iso((article or {}).get("dateCreated"))]
    )
    modified = _first_exact(
        [iso((article or {}).get("dateModified"))]
        + _of_metas(found, _MODIFIED)
        + _marked(tree, "dateModified")
        + [iso(n.get("dateModified")) for n in data]
    )
    return published, modified


def _of_metas(found: Metas, keys: tuple[str, ...]) -> list[str | None]:
    return [iso(value) for key in keys for value in found.get(key, ())]


def _marked(tree: HtmlElement, name: str) -> list[str | None]:
    marked = tree.xpath("//*[@itemprop=$name]", name=name)
    times = [e.get("datetime") or e.get("content") or visible_text(e) for e in marked[:20]]
    if name == "datePublished":
        times += [e.get("datetime") or "" for e in tree.xpath("//time[@pubdate][@datetime]")[:5]]
    return [iso(value) for value in times]


def _first_exact(candidates: list[str | None]) -> str | None:
    """The first candidate; one with a clock time on the same day comes before one without."""
    known = [c for c in candidates if c]
    if not known:
        return None
    exact = [c for c in known if "T" in c and c[:10] == known[0][:10] and not c[10:].startswith("T00:00:00")]
    return exact[0] if exact and ("T" not in known[0] or known[0][10:19] == "T00:00:00") else known[0]


def shown_date(tree: HtmlElement, html: str, url: str | None) -> str | None:
    """The publication date that only shows on the page: a time element by the title, else what htmldate finds.

    The clock time is taken from beside it where the page shows one.
    """
    for element in _near_title(tree):
        exact = iso(element.get("datetime"))
        if exact:
            return exact
    day = iso(day_in_words(tree)) or _by_htmldate(html, url)
    return _with_clock(tree, day) if day else None


def _near_title(tree: HtmlElement) -> list[HtmlElement]:
    """Time elements inside the article, or else the first of the page if it has but few of them."""
    inside: list[HtmlElement] = tree.xpath("//article[.//h1]//time[@datetime] | //header[.//h1]//time[@datetime]")
    every: list[HtmlElement] = tree.xpath("//time[@datetime]")
    return inside[:1] or (every[:1] if len(every) <= 3 else [])


def _by_htmldate(html: str, url: str | None) -> str | None:
    from htmldate import find_date

    try:
        found = find_date(html, url=url, original_date=True, extensive_search=True, outputformat="%Y-%m-%d")
    except Exception:
        return None
    # The first of January is what a lone year, as in a copyright line, is taken for.
    return None if found and found.endswith("-01-01") and found not in html else iso(found)


def _with_clock(tree: HtmlElement, day: str) -> str:
    """A day with the clock time that stands beside it on the page."""
    year, _, number = day.split("-")
    for element in tree.iter("time", "span", "p", "div", "li", "small", "em", "i", "dd", "td"):
        if len(element) > 12:
            continue
        text = visible_text(element)
        if (
            len(text) <= _STAMP
            and (year in text or f".{year[2:]}" in text)
            and re.search(rf"\b{int(number):d}\b|{number}", text)
        ):
            clock = _CLOCK.search(_without_date(text, day))
            if clock:
                return f"{day}T{_hour(clock):02d}:{clock[2]}:00"
    return day


def _hour(clock: re.Match[str]) -> int:
    hour = int(clock[1])
    if not clock[3]:
        return hour
    return hour % 12 + (12 if clock[3].lower() == "p" else 0)


def _without_date(text: str, day: str) -> str:
    year, month, number = day.split("-")
    numeric = rf"0?{int(number)}[./-]0?{int(month)}[./-](?:{year}|{year[2:]})"
    return re.sub(rf"{numeric}|{day}", " ", text)


def address_day(url: str | None) -> str | None:
    """The day that an address names in its path, as /2025/10/16/."""
    found = re.search(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/-])", url or "")
    return _real(f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}") if found else None
