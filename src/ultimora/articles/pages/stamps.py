"""Dates in words beside the title, as in "10 marzo 2025 alle 18:30", by the month names of the languages."""

from __future__ import annotations

import re
from functools import cache

from lxml.html import HtmlElement

from ultimora import languages
from ultimora.articles.pages.tree import visible_text

_STAMP = 160
_NEAR = 80
_TAGS = ("time", "span", "p", "div", "li", "small", "em", "i", "dd", "h2", "h3", "h4", "h5", "h6")


@cache
def _months() -> dict[str, int]:
    """The number of a month by each of its names in every language that is read."""
    found: dict[str, int] = {}
    for tag in languages.available():
        table = languages.load(tag).table("lexicon/times")
        for number, names in table.get("month", {}).items():
            found |= {name.lower().rstrip("."): int(number) for name in names}
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True)) or "(?!)"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|º|°|\.)?"
    return (
        re.compile(rf"\b{day}\s+(?P<month>{names})\.?,?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
        re.compile(rf"\b(?P<month>{names})\.?\s+{day},?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    )


def day_in_words(tree: HtmlElement) -> str | None:
    """The first day (ISO 8601) that a short line near the title names in words."""
    headings = tree.xpath("//h1")
    if not headings:
        return None
    kinds = " or ".join(f"self::{tag}" for tag in _TAGS)
    near: list[HtmlElement] = headings[-1].xpath(f"following::*[{kinds}]")[:_NEAR]
    above: list[HtmlElement] = headings[-1].xpath(f"preceding::*[{kinds}]")[-10:]
    for element in (*near, *above):
        if len(element) > 12:
            continue
        text = visible_text(element)
        found = next((m for p in _patterns() if (m := p.search(text))), None) if len(text) <= _STAMP else None
        if found:
            return f"{found['year']}-{_months()[found['month'].lower()]:02d}-{int(found['day']):02d}"
    return None
