"""What a feed lists. Only so many entries are looked at, and nothing that an XML document declares is expanded."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urljoin

from ultimora.articles.pages.dates import iso
from ultimora.articles.pages.tree import squeeze
from ultimora.errors import FetchError

FeedKind = Literal["feed", "sitemap", "index", "page"]
MAX_ENTRIES = 500
"""The most entries of a feed that are looked at, as they come: feeds list the newest first."""
MAX_BYTES = 5_000_000
"""The most bytes of a feed that are looked at."""
_DEPTH = 2000
_TAG = re.compile(rb"(?s)<!\[CDATA\[.*?(?:\]\]>|$)|<(/)?([a-zA-Z_][^<>]{0,2000}?)(/)?>")
_DOCTYPE = re.compile(rb"(?s)<!DOCTYPE\b[^>\[]{0,2000}(?:\[.*?\]\s*)?>", re.IGNORECASE)
_ENTITY = re.compile(rb"<!(?:ENTITY|ATTLIST|ELEMENT|NOTATION)\b[^>]*>", re.IGNORECASE)
_ENTRY_END = re.compile(rb"</(?:[a-z0-9]{1,20}:)?(item|entry|url|sitemap)\s*>", re.IGNORECASE)
_ROOT = re.compile(rb"<([a-zA-Z_][\w.-]{0,40}:)?(rss|feed|rdf|urlset|sitemapindex|channel)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; instants are ISO 8601 or None."""

    url: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says: its title, its entries, and after how many seconds it wants to be asked again."""

    kind: FeedKind
    title: str | None = None
    entries: tuple[Entry, ...] = ()
    ttl: int | None = None
    cut: bool = False


def parse_feed(data: bytes, url: str, media: str = "") -> Feed | None:
    """The feed in some bytes, None where they are no feed but perhaps a page.

    Args:
        data: What was fetched.
        url: Where it came from; relative addresses are resolved against it.
        media: The media type that the server named, in lower case.

    Raises:
        FetchError: it is a feed that cannot be understood.
    """
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"{" or "json" in media:
        return _json(data, url)
    root = _ROOT.search(data[:20_000])
    markup = re.search(rb"(?i)<html\b|<!doctype\s+html", data[:4096])
    if root is None or (markup is not None and markup.start() < root.start()):
        return None
    _check_depth(data, url)
    sound, cut = _cut(_ENTITY.sub(b"", _DOCTYPE.sub(b"", data, count=1)))
    named = root[2].lower()
    if named in (b"urlset", b"sitemapindex"):
        return _sitemap(sound, url, index=named == b"sitemapindex", cut=cut)
    return _xml(sound, url, cut=cut)


def _cut(data: bytes) -> tuple[bytes, bool]:
    """The data up to the last entry that is looked at, its outer elements closed; whether anything was left."""
    over = len(data) > MAX_BYTES
    data = data[:MAX_BYTES]
    ends, last = 0, 0
    for match in _ENTRY_END.finditer(data):
        ends, last = ends + 1, match.end()
        if ends == MAX_ENTRIES:
            rest = _ENTRY_END.search(data, match.end())
            return data[:last] + _closing(data), over or rest is not None
    return (data[:last] + _closing(data), True) if over else (data, False)


def _check_depth(data: bytes, url: str) -> None:
    """Elements that are opened and never closed cost parsers time that grows with their square."""
    depth = 0
    for match in _TAG.finditer(data):
        if match[1]:
            depth = max(depth - 1, 0)
        elif match[2] and not match[3]:
            depth += 1
            if depth > _DEPTH:
                raise FetchError(f"{url}: has more than {_DEPTH:,} elements one in the other; it is no sound feed")


def _closing(data: bytes) -> bytes:
    found = _ROOT.search(data[:20_000])
    if found is None:
        return b""
    name = (found[1] or b"") + found[2]
    channel = b"</channel>" if found[2].lower() == b"rss" else b""
    return channel + b"</" + name + b">"


def _xml(data: bytes, url: str, *, cut: bool) -> Feed:
    import feedparser

    found = feedparser.parse(data, response_headers={"content-location": url}, sanitize_html=False)
    if not found.get("version") and not found.entries:
        raise FetchError(f"{url}: is no feed that can be understood ({found.get('bozo_exception')})")
    entries = [e for e in (_entry(raw, url) for raw in found.entries[:MAX_ENTRIES]) if e]
    return Feed("feed", squeeze(found.feed.get("title")) or None, _once(entries), _minutes(found.feed.get("ttl")), cut)


def _entry(raw: Any, base: str) -> Entry | None:
    links = raw.get("links") or []
    link = next(
        (x.get("href") for x in links if x.get("rel") in (None, "alternate") and x.get("href")), raw.get("link")
    )
    guid = raw.get("id")
    link = link or (guid if isinstance(guid, str) and guid.startswith(("http://", "https://")) else None)
    address = _address(link, base)
    if address is None:
        return None
    # As a plain dictionary: feedparser's own look-up gives one date for the other.
    told = dict(raw)
    published, updated = (iso(told.get(k)) or _struct(told.get(f"{k}_parsed")) for k in ("published", "updated"))
    return Entry(address, squeeze(raw.get("title")) or None, published, updated)


def _struct(value: Any) -> str | None:
    return iso("{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}Z".format(*value[:6])) if value else None


def _address(link: Any, base: str) -> str | None:
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        found = urljoin(base, link.strip())
    except ValueError:
        return None
    return found if found.startswith(("http://", "https://")) else None


def _once(entries: list[Entry]) -> tuple[Entry, ...]:
    return tuple({entry.url: entry for entry in reversed(entries)}.values())[::-1]


def _minutes(value: Any) -> int | None:
    text = str(value or "").strip()
    return min(int(text), 10_080) * 60 if text.isdigit() and len(text) < 8 else None


def _json(data: bytes, url: str) -> Feed | None:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FetchError(f"{url}: is no JSON that can be understood ({error})") from error
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        return None
    items = [item for item in found["items"][:MAX_ENTRIES] if isinstance(item, dict)]
    entries = [e for e in (_json_entry(item, url) for item in items) if e]
    title = found.get("title")
    cut = len(found["items"]) > MAX_ENTRIES
    return Feed("feed", squeeze(title) if isinstance(title, str) else None, _once(entries), None, cut)


def _json_entry(item: dict[str, Any], base: str) -> Entry | None:
    guid = item.get("id")
    link = item.get("url") or (guid if isinstance(guid, str) and guid.startswith("http") else None)
    address = _address(link, base)
    title = item.get("title")
    if address is None:
        return None
    named = squeeze(title) if isinstance(title, str) else None
    return Entry(address, named, iso(item.get("date_published")), iso(item.get("date_modified")))


def _sitemap(data: bytes, url: str, *, index: bool, cut: bool) -> Feed:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FetchError(f"{url}: is no sitemap that can be understood ({error})") from error
    if root is None:
        raise FetchError(f"{url}: is no sitemap that can be understood")
    rows = [element for element in root if isinstance(element.tag, str)][:MAX_ENTRIES]
    entries = [e for e in (_sitemap_entry(row, url) for row in rows) if e]
    return Feed("index" if index else "sitemap", None, _once(entries), None, cut)


def _sitemap_entry(row: Any, base: str) -> Entry | None:
    told: dict[str, str] = {}
    for element in row.iter():
        if isinstance(element.tag, str) and element.text:
            told.setdefault(element.tag.rsplit("}", 1)[-1].lower(), squeeze(element.text))
    address = _address(told.get("loc"), base)
    if address is None:
        return None
    return Entry(address, told.get("title"), iso(told.get("publication_date")), iso(told.get("lastmod")))
