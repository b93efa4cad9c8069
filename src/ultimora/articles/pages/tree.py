"""From the bytes of a page to its text and its tree; how the text of an element reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4096
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption",
     "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
     "pre", "section", "table", "td", "th", "tr", "ul")
)  # fmt: skip
_SILENT = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "select", "option", "button"))


def text_of_page(data: bytes) -> str:
    """The text of a page: UTF-8 if it is that, else in the character set that it declares, else in what fits.

    A page that was saved from a browser is often UTF-8 while it still declares what its server sent.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:_HEAD])
    for charset in (declared[1].decode("ascii", "ignore") if declared else "", "cp1252"):
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", "replace")


def parse(text: str) -> HtmlElement | None:
    """The tree of a page, None where there is none; nesting deeper than the parser goes is cut off."""
    # A declaration of another character set would be believed over the text that is decoded already.
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text, count=1).replace("\x00", "")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (ValueError, AssertionError, html.etree.LxmlError):
        return None
    return tree if isinstance(tree, HtmlElement) else None


def squeeze(text: str | None) -> str:
    """A text with its runs of blanks made one."""
    return " ".join((text or "").replace("\u00ad", "").replace("\u200b", "").split())


def pieces(element: HtmlElement) -> Iterator[str]:
    """The visible strings below an element, with a blank where a block begins or ends; without recursion."""
    for event, node in html.etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        silent = node.tag in _SILENT
        if event == "start":
            if node.tag in _BLOCKS:
                yield " "
            if node.text and not silent:
                yield node.text
        else:
            if node.tag in _BLOCKS:
                yield " "
            if node.tail and node is not element:
                yield node.tail


def visible_text(element: HtmlElement) -> str:
    """The text of an element as it reads, on one line."""
    return squeeze("".join(pieces(element)))
