"""Who published a page, who wrote it, in which section it stands."""

from __future__ import annotations

from urllib.parse import urlsplit

from lxml.html import HtmlElement

from ultimora.articles.pages.jsonld import Node, names, types_of
from ultimora.articles.pages.meta import Metas, first
from ultimora.articles.pages.titles import Headline
from ultimora.articles.pages.tree import squeeze, visible_text

_MOST_WORDS = 12


def outlet_of(
    article: Node | None, found: Metas, data: list[Node], headlines: list[Headline], address: str | None
) -> str | None:
    """The outlet: the name that the site gives itself, the publisher, what follows the title, or the host."""
    named = [n for n in data if set(types_of(n)) & {"WebSite", "NewsMediaOrganization"}]
    candidates = [
        first(found, "og:site_name"),
        *names((article or {}).get("publisher")),
        *names(named),
        first(found, "application-name", "publisher", "dc.publisher", "apple-mobile-web-app-title"),
    ]
    name = next((squeeze(c) for c in candidates if c and not c.startswith("http")), None)
    return (
        name or _after_title(headlines) or (urlsplit(address).hostname or "").removeprefix("www.") or None
        if address
        else name or _after_title(headlines)
    )


def _after_title(headlines: list[Headline]) -> str | None:
    shown = next((h.text for h in headlines if h.place == "head"), "")
    for joint in (" | ", " - ", " – ", " — "):
        if joint in shown:
            return shown.rsplit(joint, 1)[1].strip() or None
    return None


def authors_of(article: Node | None, found: Metas, tree: HtmlElement, data: list[Node]) -> tuple[str, ...]:
    """The authors, by the page's data, its meta tags, or the links that are marked as theirs."""
    told = names(_resolved((article or {}).get("author"), data)) or names((article or {}).get("creator"))
    if not told:
        given = [v for key in ("author", "article:author", "dc.creator", "parsely-author") for v in found.get(key, ())]
        told = tuple(v for v in given if not v.startswith(("http", "//")))[:1]
    if not told:
        marked = tree.xpath("//*[@itemprop='author' or @rel='author']")[:10]
        told = tuple(visible_text(e) for e in marked if 0 < len(visible_text(e).split()) <= _MOST_WORDS)
    return tuple(dict.fromkeys(told))


def _resolved(value: object, data: list[Node]) -> list[object]:
    """Authors that are only named by their id, as those of the same id that have a name."""
    given = value if isinstance(value, list) else [value]
    ids = [v.get("@id") if isinstance(v, dict) and not v.get("name") else None for v in given]
    known = {n["@id"]: n for n in data if isinstance(n.get("@id"), str) and n.get("name")}
    return [known.get(i, v) if isinstance(i, str) else v for i, v in zip(ids, given, strict=True)]


def section_of(article: Node | None, found: Metas) -> str | None:
    """The section that the article stands in."""
    told = names((article or {}).get("articleSection"))
    section = told[0] if told else first(found, "article:section", "section", "parsely-section")
    return squeeze(section) or None if section and not section.startswith("http") else None
