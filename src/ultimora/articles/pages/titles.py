"""Which of a page's headlines is its title: the one that most of its places agree on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from ultimora.articles.pages.jsonld import Node, plain
from ultimora.articles.pages.meta import Metas, first
from ultimora.articles.pages.tree import squeeze, visible_text

# What stands between a headline and the outlet's name, or between a kicker and a headline.
_JOINTS = r"\s*(?:[|•·›‹]|\s[-–—:»«/]\s|—)\s*"
_SPLIT = re.compile(_JOINTS)
_WORD = re.compile(r"\w+")
_ORDER = ("data", "heading", "og", "twitter", "head")


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline of a page and where it stands."""

    place: str
    text: str

    @property
    def words(self) -> tuple[str, ...]:
        """Its words in lower case."""
        return tuple(_WORD.findall(self.text.lower()))


def headlines(tree: HtmlElement, found: Metas, article: Node | None) -> list[Headline]:
    """Every headline that the page gives itself."""
    given = [("data", squeeze(plain((article or {}).get("headline") or (article or {}).get("name"))))]
    given += [("og", first(found, "og:title") or ""), ("twitter", first(found, "twitter:title") or "")]
    given += [("heading", text) for text in _headings(tree)]
    head = tree.find(".//head/title")
    given += [("head", squeeze(head.text_content() if head is not None else ""))]
    return [Headline(place, text) for place, text in given if text]


def _headings(tree: HtmlElement) -> list[str]:
    marked = [e for e in tree.iter("h1", "h2") if e.get("itemprop") == "headline"]
    return [text for text in (visible_text(e) for e in marked or list(tree.iter("h1"))[:5]) if len(text) > 1][:5]


def choose_title(given: list[Headline]) -> str | None:
    """The title: what most places say, of as many the one that the browser shows, then what is given for sharing.

    Two places say the same if one has the other's words and beside them an outlet's name or a kicker, set off.
    """
    if not given:
        return None
    groups: list[list[Headline]] = []
    for one in sorted(given, key=lambda h: len(h.words)):
        alike = [g for g in groups if any(_same(other, one) for other in g)]
        home = max(alike, key=lambda g: (one.words[: len(g[0].words)] == g[0].words, len(g[0].words)), default=None)
        groups.append([one]) if home is None else home.append(one)
    best = max(groups, key=_weight)
    core = min(len(h.words) for h in best)
    fitting = [h for h in best if len(h.words) == core] or best
    return min(fitting, key=lambda h: _ORDER.index(h.place)).text


def _weight(group: list[Headline]) -> tuple[int, bool, bool]:
    places = {h.place for h in group}
    return len(places), "head" in places, "og" in places


def _same(shorter: Headline, longer: Headline) -> bool:
    if shorter.words == longer.words:
        return True
    if not shorter.words:
        return False
    parts = [p for p in _SPLIT.split(longer.text) if p]
    ways = [" ".join(parts[:k]) for k in range(1, len(parts))] + [" ".join(parts[k:]) for k in range(1, len(parts))]
    return any(tuple(_WORD.findall(way.lower())) == shorter.words for way in ways)
