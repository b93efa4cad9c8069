"""Takes out of a page's tree what its markup says is no part of the article."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml.html import HtmlElement

from ultimora.articles.pages.tree import visible_text

_ATTRIBUTES = ("class", "id", "data-testid", "data-component", "data-type", "aria-label")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_SHARE = 0.4
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """The words of markup by which what is no article is known; each name is a run of words."""

    drop: frozenset[tuple[str, ...]]
    roles: frozenset[str]
    elements: frozenset[str]


@cache
def boilerplate() -> Boilerplate:
    """The words, from the file beside this one."""
    table = tomllib.loads(Path(__file__).with_name("boilerplate.toml").read_text("utf-8"))
    drop = frozenset(tuple(w.lower() for w in _WORD.findall(name)) for name in table["drop"])
    return Boilerplate(drop, frozenset(table["roles"]), frozenset(table["elements"]))


def prune(tree: HtmlElement) -> None:
    """Drop boilerplate in place; an element that holds a good part of the page's paragraphs, or its title, stays."""
    known = boilerplate()
    weights, whole = _weights(tree)
    doomed: list[HtmlElement] = []
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in ("html", "body", "head", "article", "main", "p"):
            held = weights.get(element, 0)
            if held <= _SHARE * whole and (element.tag in known.elements or _named(element, known)):
                doomed.append(element)
    for element in doomed:
        if element.getparent() is not None and element.find(".//h1") is None:
            element.drop_tree()


def _weights(tree: HtmlElement) -> tuple[dict[HtmlElement, int], int]:
    """The characters of paragraphs below each element, and on the page."""
    weights: dict[HtmlElement, int] = {}
    whole = 0
    for paragraph in tree.iter("p"):
        size = len(visible_text(paragraph))
        whole += size
        for depth, above in enumerate(paragraph.iterancestors()):
            weights[above] = weights.get(above, 0) + size
            if depth > 200:
                break
    return weights, whole


def _named(element: HtmlElement, known: Boilerplate) -> bool:
    if (element.get("role") or "").lower() in known.roles or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style") or ""):
        return True
    return any(_has_name(name, known) for key in _ATTRIBUTES for name in (element.get(key) or "").split()[:20])


def _has_name(name: str, known: Boilerplate) -> bool:
    words = [w.lower() for w in _WORD.findall(name)]
    runs = (tuple(words[i : i + size]) for size in (1, 2) for i in range(len(words) - size + 1))
    return any(run in known.drop for run in runs)
