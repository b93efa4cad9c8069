"""The meta tags of a page, and what can be read off its head and address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from ultimora.articles.pages.tree import squeeze

Metas = dict[str, list[str]]


def metas(tree: HtmlElement) -> Metas:
    """The contents of meta tags by their name, property or itemprop in lower case, in order."""
    found: Metas = {}
    for element in tree.iter("meta"):
        content = squeeze(element.get("content"))
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, []).append(content)
    return found


def first(found: Metas, *keys: str) -> str | None:
    """The first content of the first of some keys that the page has."""
    return next((found[key][0] for key in keys if key in found), None)


def page_language(tree: HtmlElement, found: Metas) -> str | None:
    """The BCP 47 tag that the page declares."""
    given = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang")
    given = given or first(found, "content-language", "inlanguage", "language", "og:locale")
    tag = (given or "").strip().replace("_", "-").split(",")[0]
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) else None


def page_address(tree: HtmlElement, found: Metas) -> str | None:
    """The address that the page gives as its own."""
    links = [e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    for address in (*links, first(found, "og:url")):
        if address and urlsplit(address.strip()).scheme in ("http", "https") and urlsplit(address.strip()).netloc:
            return str(address.strip())
    return None


def own_address(fetched: str | None, claimed: str | None) -> str | None:
    """The address of a page: what it claims, but only if it did not come from another host."""
    if fetched is None or claimed is None:
        return fetched or claimed
    return claimed if _host(fetched) == _host(claimed) else fetched


def _host(address: str) -> str:
    host = (urlsplit(address).hostname or "").lower()
    return re.sub(r"^(?:www|m|amp|mobile)\.", "", host)
