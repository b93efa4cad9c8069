"""Which feed a page names: home and section pages do, and are followed through it; articles are watched themselves."""

from __future__ import annotations

from urllib.parse import urljoin

from ultimora.articles.pages.jsonld import is_article, nodes
from ultimora.articles.pages.meta import first, metas
from ultimora.articles.pages.tree import parse, text_of_page

_FEEDS = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json"))
_MOST = 2_000_000


def feed_of_page(data: bytes, url: str) -> str | None:
    """The address of the feed that a page names as its own, None where it names none or is an article."""
    tree = parse(text_of_page(data[:_MOST]))
    if tree is None or any(is_article(n) and n.get("datePublished") for n in nodes(tree)):
        return None
    if (first(metas(tree), "og:type") or "").lower() == "article":
        return None
    for link in tree.iter("link"):
        named = "alternate" in (link.get("rel") or "").lower().split() and (link.get("type") or "").lower() in _FEEDS
        address = urljoin(url, (link.get("href") or "").strip()) if named and link.get("href") else ""
        if address.startswith(("http://", "https://")):
            return address
    return None
