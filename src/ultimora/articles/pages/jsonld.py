"""What a page says of itself in schema.org's JSON-LD."""

from __future__ import annotations

import html as entities
import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from ultimora.articles.pages.tree import squeeze

Node = dict[str, Any]
_MAX_NODES = 5_000
_MOST_NAMES = 50
_TAG = re.compile(r"<[^<>]{1,1000}>")
_BREAK = re.compile(r"(?i)<(?:br|/?p|/?div|/?h\d|/?li|/?blockquote)\b[^<>]{0,300}>")
_CDATA = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*$")


def nodes(tree: HtmlElement) -> list[Node]:
    """Every object of the page's JSON-LD, outer ones first; a script that is no JSON is passed over."""
    found: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            found += _objects(_loaded(script.text or ""))
            if len(found) > _MAX_NODES:
                break
    return found[:_MAX_NODES]


def _loaded(text: str) -> Any:
    text = _CDATA.sub("", _CDATA.sub("", text)).strip().rstrip(";")
    for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text), entities.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any) -> Iterator[Node]:
    queue, taken = deque([value]), 0
    while queue and taken < _MAX_NODES:
        one = queue.popleft()
        taken += 1
        if isinstance(one, list):
            queue.extend(one[:_MAX_NODES])
        elif isinstance(one, dict):
            yield one
            queue.extend(v for k, v in one.items() if isinstance(v, dict | list) and k != "liveBlogUpdate")


def types_of(node: Node) -> tuple[str, ...]:
    """The schema.org types of an object, without their address."""
    kinds = node.get("@type")
    return tuple(str(k).rsplit("/", 1)[-1] for k in (kinds if isinstance(kinds, list) else [kinds]) if k)


def is_article(node: Node) -> bool:
    """Whether an object describes an article, a blog entry or a live blog."""
    return any(kind.endswith(("Article", "BlogPosting")) for kind in types_of(node))


def plain(value: Any) -> str:
    """A string of JSON-LD as plain text: markup taken out, a line for each of its paragraphs."""
    if isinstance(value, list):
        value = "\n".join(str(v) for v in value if isinstance(v, str))
    if not isinstance(value, str):
        return ""
    text = entities.unescape(value)
    text = entities.unescape(_TAG.sub("", _BREAK.sub("\n", text))) if "<" in text else entities.unescape(text)
    return "\n".join(line for line in map(squeeze, re.split(r"[\r\n\u2028\u2029]+", text)) if line)


def names(value: Any) -> tuple[str, ...]:
    """The names of people or organisations: strings, objects with a name, or lists of these."""
    queue, found = deque([value]), list[str]()
    while queue and len(found) < _MOST_NAMES:
        one = queue.popleft()
        if isinstance(one, list):
            queue.extend(one[:_MOST_NAMES])
        elif isinstance(one, dict):
            queue.append(one.get("name"))
        elif isinstance(one, str) and not one.startswith(("http://", "https://")):
            found.append(squeeze(plain(one)))
    return tuple(dict.fromkeys(name for name in found if name))
