"""The standfirst: the line that shows under the headline, which the page often repeats as its description."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from ultimora.articles.pages.body import held, shingles, words
from ultimora.articles.pages.clean import same_words
from ultimora.articles.pages.jsonld import Node, plain
from ultimora.articles.pages.meta import Metas
from ultimora.articles.pages.shape import Block
from ultimora.articles.pages.tree import squeeze, visible_text

_MARKED = re.compile(
    r"(?i)(?:^|[\s_-])(?:standfirst|subtitle|sub-?head(?:line)?|sottotitolo|summary|sommario|dek|deck|entradilla|"
    r"lead|lede|chapeau|abstract|intro|description|occhiello|catenaccio|strapline|kicker-?text)(?:$|[\s_-])"
)
_LEAST, _MOST = 5, 120


def find_standfirst(
    tree: HtmlElement, found: Metas, article: Node | None, titles: list[str], blocks: list[Block]
) -> str | None:
    """The line under the headline, None where none shows."""
    told = [squeeze(plain((article or {}).get("description")))]
    told += [v for key in ("description", "og:description", "twitter:description") for v in found.get(key, ())]
    told = [t for t in told if len(words(t)) >= _LEAST]
    for element in _under_title(tree):
        text = visible_text(element)
        if not _LEAST <= len(words(text)) <= _MOST or any(same_words(text, t) for t in titles):
            continue
        if any(_is_told(text, t) for t in told) or _is_marked(element):
            return None if _in_body(text, blocks[1:]) else text
    return None


def _under_title(tree: HtmlElement) -> list[HtmlElement]:
    """The elements after the main headline that may hold its standfirst, innermost ones first in order of the page."""
    headings = tree.xpath("//h1")
    if not headings:
        return []
    kinds = " or ".join(f"self::{tag}" for tag in ("p", "h2", "h3", "div", "span", "li"))
    below: list[HtmlElement] = headings[0].xpath(f"following::*[{kinds}]")
    return below[:60]


def _is_told(text: str, told: str) -> bool:
    """Whether a shown line is the description, or the description the shown line cut short."""
    if same_words(text, told):
        return True
    mine, theirs = words(text), words(told.rstrip("…. "))
    return len(theirs) >= 2 * _LEAST and mine[: len(theirs) - 1] == theirs[:-1] and len(mine) <= 3 * len(theirs)


def _is_marked(element: HtmlElement) -> bool:
    named = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('data-testid') or ''}"
    return bool(_MARKED.search(named)) and not element.xpath("descendant::p[2]")


def _in_body(text: str, blocks: list[Block]) -> bool:
    return any(held(text, shingles(block.text)) > 0.9 for block in blocks)
