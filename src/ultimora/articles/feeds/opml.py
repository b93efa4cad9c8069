"""Lists of feeds as OPML, as feed readers exchange them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ultimora.errors import SourceError

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list."""

    url: str
    title: str | None = None
    language: str | None = None


def read_opml(data: bytes, name: str) -> list[Outline]:
    """The feeds of an OPML file, in order, folders flattened.

    Raises:
        SourceError: it is no OPML.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"{name}: is no OPML ({error}); export the list of feeds again, or name addresses") from error
    if str(root.tag).rsplit("}", 1)[-1].lower() != "opml":
        raise SourceError(f"{name}: is XML, but no OPML; export the list of feeds from a feed reader")
    found: dict[str, Outline] = {}
    for element in root.iter("outline"):
        given: dict[str, Any] = {str(k).lower(): v for k, v in element.attrib.items()}
        url = (given.get("xmlurl") or "").strip()
        if url and len(found) < _MOST:
            found.setdefault(url, Outline(url, given.get("title") or given.get("text"), given.get("language")))
    return list(found.values())


def write_opml(outlines: Iterable[Outline]) -> bytes:
    """An OPML file with these feeds."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "ultimora"
    body = etree.SubElement(root, "body")
    for one in outlines:
        given = {"type": "rss", "text": one.title or one.url, "title": one.title or one.url, "xmlUrl": one.url}
        etree.SubElement(body, "outline", given | ({"language": one.language} if one.language else {}))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))
