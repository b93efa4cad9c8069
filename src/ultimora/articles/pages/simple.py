"""A simple extractor for pages that the full one cannot read: no tree, no recursion, one pass over the tags."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator

from ultimora.articles.pages.dates import iso
from ultimora.articles.pages.shape import Block, Page
from ultimora.articles.pages.tree import squeeze

MAX_CHARACTERS = 5_000_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})\b([^<>]{0,3000})>|<!--|<[!?][^<>]{0,3000}>")
_ATTRIBUTE = re.compile(r"""([a-zA-Z:_-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SKIPPED = frozenset(
    ("script", "style", "noscript", "template", "svg", "nav", "form", "footer", "aside", "button", "select", "iframe",
     "figcaption")
)  # fmt: skip
_BREAKS = frozenset(
    ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "tr", "td", "section", "article", "blockquote", "ul",
     "ol", "table", "header", "main")
)  # fmt: skip
_ENOUGH = 60
_MOST_BLOCKS = 5_000


def extract_simply(text: str) -> Page:
    """Title, date and paragraphs of a page by its tags alone; linear in its length."""
    cut = len(text) > MAX_CHARACTERS
    text = text[:MAX_CHARACTERS]
    found, metas, title = _walk(text)
    paragraphs = [b for b in found if b.kind == "paragraph"]
    long = [b for b in paragraphs if len(b.text) >= _ENOUGH]
    kept = long if len(long) >= 2 else paragraphs
    doubts = ("only the simple extractor could read the page",) + (
        ("the page was cut off at its limit",) if cut or len(kept) > _MOST_BLOCKS else ()
    )
    published = next((iso(metas[k]) for k in ("article:published_time", "datepublished", "date") if k in metas), None)
    name = metas.get("og:title") or title
    return Page(
        title=squeeze(name) or None,
        blocks=tuple(kept[:_MOST_BLOCKS]),
        outlet=metas.get("og:site_name"),
        published=published,
        language=metas.get("lang") or None,
        extractor="simple",
        doubts=doubts,
    )


def _walk(text: str) -> tuple[list[Block], dict[str, str], str]:
    metas: dict[str, str] = {}
    blocks: list[Block] = []
    title = heading = ""
    run: list[str] = []
    within = ""
    for name, attributes, words in _events(text):
        if words:
            run.append(words)
        if name not in _BREAKS and name not in ("title", "/title", "meta", "html") and not name.startswith("/"):
            continue
        if name in ("meta", "html"):
            _meta(name, attributes, metas)
        elif name.lstrip("/") in _BREAKS or name in ("title", "/title"):
            said = squeeze(entities.unescape("".join(run)))
            run = []
            if said and within == "title":
                title = title or said
            elif said and within == "h1":
                heading = heading or said
            elif said:
                blocks.append(Block(said, "heading" if within in ("h2", "h3", "h4") else "paragraph"))
            within = "" if name.startswith("/") else name
    said = squeeze(entities.unescape("".join(run)))
    return blocks + ([Block(said)] if said else []), metas, heading or title


def _events(text: str) -> Iterator[tuple[str, str, str]]:
    """Each tag as its name ("p", "/p"), its attributes, and the words before it; skipped elements give nothing."""
    at, skipping = 0, ""
    while True:
        match = _TAG.search(text, at)
        if match is None:
            yield "/body", "", "" if skipping else text[at:]
            return
        words = "" if skipping else text[at : match.start()]
        if match[0] == "<!--":
            end = text.find("-->", match.end())
            yield "!", "", words
            at = len(text) if end < 0 else end + 3
            continue
        at = match.end()
        if not match[2]:
            yield "!", "", words
            continue
        name = match[2].lower()
        if not skipping and not match[1] and name in _SKIPPED and not match[3].endswith("/"):
            yield "!", "", words
            end = _closing(text, name, at)
            skipping = "" if end >= 0 else name
            at = end if end >= 0 else at
            skipping = ""
            continue
        yield ("/" if match[1] else "") + name, match[3], words


def _closing(text: str, name: str, start: int) -> int:
    """Where the closing tag of an element ends, -1 if it never closes."""
    found = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, start)
    return found.end() if found else -1


def _meta(name: str, attributes: str, metas: dict[str, str]) -> None:
    given = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(attributes)}
    if name == "html":
        metas.setdefault("lang", given.get("lang", ""))
        return
    key = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
    if key and given.get("content"):
        metas.setdefault(key, entities.unescape(given["content"]))
