"""What articles changed, as an Atom feed (RFC 4287): an entry for each revision that changed a fact."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from ultimora.answers.exporting import Exported
from ultimora.answers.types import Change, Edit
from ultimora.formats.export._words import clean, urn, web

HELP = "what articles changed, as a feed: an entry for each revision that changed a fact"
SUFFIX = ".atom"
EDITS = True
_ATOM = "http://www.w3.org/2005/Atom"


def render(exported: Exported) -> bytes:
    """The feed, the newest revision first."""
    feed = ET.Element("feed", {"xmlns": _ATOM})
    edits = sorted(exported.edits, key=lambda e: (e.known_at, e.article), reverse=True)
    _text(feed, "id", urn("feed", "changes"))
    _text(feed, "title", "ultimora: " + (", ".join(exported.asked) or "changes"))
    _text(feed, "updated", edits[0].known_at if edits else exported.now)
    _text(ET.SubElement(feed, "author"), "name", "ultimora")
    for edit in edits:
        _entry(ET.SubElement(feed, "entry"), edit)
    ET.indent(feed)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _entry(entry: ET.Element, edit: Edit) -> None:
    _text(entry, "id", urn("edit", f"{edit.article}:{edit.known_at}"))
    _text(entry, "title", edit.title or edit.url or edit.article)
    _text(entry, "updated", edit.known_at)
    if edit.outlet:
        _text(ET.SubElement(entry, "author"), "name", edit.outlet)
    if address := web(edit.url):
        ET.SubElement(entry, "link", {"rel": "alternate", "href": clean(address)})
    for kind in dict.fromkeys(c.kind for c in edit.changes):
        ET.SubElement(entry, "category", {"term": kind})
    _text(entry, "content", "\n\n".join(map(_told, edit.changes)), {"type": "text"})


def _told(change: Change) -> str:
    states = " → ".join(s for s in (change.old, change.new) if s)
    lines = [f"{change.kind}: {change.what} ({states})" if states else f"{change.kind}: {change.what}"]
    lines += [f"- {change.before}"] if change.before and change.before != change.after else []
    return "\n".join(lines + ([f"+ {change.after}"] if change.after else []))


def _text(parent: ET.Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    ET.SubElement(parent, name, attributes or {}).text = clean(text)
