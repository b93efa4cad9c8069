"""Quotation marks: which stretches of a text stand between them, whatever the marks and however broken.

Works on characters and paragraphs alone, in one pass. A quotation that a new paragraph opens again is one quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

OPENING = {"«": "»", "“": "”", "„": "“”", "‹": "›", "‘": "’", "``": "''"}
EITHER = ('"', "''")
CLOSING = frozenset("»”“›")
_DEPTH = 4
_REACH = 600
_SINGLE = {"'", "’", "‘"}
_MARK = re.compile(r"``|''|[«»“”„‟\"‹›‘’']")
_SINGLE_END = re.compile(r"[^\s(\[]['’](?![^\W_])")
_LINES = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch between quotation marks, the marks included. ``open_end``: no closing mark was found."""

    start: int
    end: int
    inner: tuple[int, int]
    open_end: bool = False
    single: bool = False


@dataclass(slots=True)
class _Open:
    at: int
    after: int
    mark: str


def find_quotes(text: str) -> list[Quote]:
    """The outermost quotations of a text in order, those that run over paragraphs joined."""
    found: list[Quote] = []
    for line in _LINES.finditer(text):
        quotes = list(_in_line(text, line.start(), line.end()))
        if found and quotes and _continues(text, found[-1], quotes[0], line.start()):
            found[-1] = _joined(found[-1], quotes.pop(0))
        found += quotes
    return [_settled(text, q) for q in found]


def _joined(left: Quote, right: Quote) -> Quote:
    return Quote(left.start, right.end, (left.inner[0], right.inner[1]), right.open_end, left.single)


def _continues(text: str, left: Quote, right: Quote, line: int) -> bool:
    """Whether a quotation left open at the end of a paragraph goes on in the next, which opens it again."""
    return (
        left.open_end
        and not right.single
        and not text[line : right.start].strip()
        and not text[left.end : right.start].strip()
    )


def _settled(text: str, quote: Quote) -> Quote:
    """An open quotation ends before the white space that follows it."""
    end = quote.end
    while end > quote.inner[0] and text[end - 1].isspace():
        end -= 1
    return Quote(quote.start, end, (quote.inner[0], min(quote.inner[1], end)), quote.open_end, quote.single)


def _in_line(text: str, start: int, end: int) -> Iterator[Quote]:
    """The quotations of one paragraph; those opened with the same mark again are nested."""
    stack: list[_Open] = []
    for mark in _MARK.finditer(text, start, end):
        if stack and _closes(text, mark, stack[-1], start, end):
            opened = stack.pop()
            if not stack:
                yield Quote(opened.at, mark.end(), (opened.after, mark.start()), single=opened.mark in _SINGLE)
            continue
        outer = next(
            (i for i, o in enumerate(stack) if o.mark not in _SINGLE and _closes(text, mark, o, start, end)), None
        )
        if outer is not None:  # the inner ones were never closed
            opened = stack[outer]
            del stack[outer:]
            if not stack:
                yield Quote(opened.at, mark.end(), (opened.after, mark.start()))
            continue
        if len(stack) < _DEPTH and _opens(text, mark, stack, start, end):
            stack.append(_Open(mark.start(), mark.end(), mark[0]))
    yield from _unclosed(stack, end)


def _unclosed(stack: list[_Open], end: int) -> Iterator[Quote]:
    """What is open at the end of a paragraph goes on to it, except for apostrophes."""
    for opened in stack:
        if opened.mark not in _SINGLE:
            yield Quote(opened.at, end, (opened.after, end), open_end=True)
            return


def _opens(text: str, mark: re.Match[str], stack: list[_Open], start: int, end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if mark[0] in _SINGLE:
        starts = not (before.isalnum() or before in "'’‘") and not after.isspace() and after not in ".,;:!?"
        return starts and not stack and bool(_SINGLE_END.search(text, mark.end() + 8, min(end, mark.end() + _REACH)))
    if mark[0] in ("”", "»", "›"):
        # Swedish and Finnish habit, or a slip: a closing mark opens where a word begins.
        return not stack and not before.isalnum() and before not in ".,!?…" and after.isalnum()
    if mark[0] in EITHER:
        return not after.isspace() and (mark[0] == '"' or not before.isalnum())
    return mark[0] in OPENING or mark[0] == "‟"


def _closes(text: str, mark: re.Match[str], opened: _Open, start: int, end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if opened.mark in _SINGLE:
        return (
            mark[0] in ("'", "’") and not after.isalnum() and not before.isspace() and mark.start() - opened.after > 3
        )
    if mark[0] in _SINGLE:
        return False
    if mark[0] in ("“", "«", "‹", "``") and mark[0] not in OPENING.get(opened.mark, ""):
        # A second opening mark closes only what it cannot open: «so“ is a slip for «so».
        return after in " .,;:)" and not before.isspace()
    if opened.mark in EITHER:
        same = mark[0] == opened.mark or mark[0] == "”"
        return same and not (before.isspace() and after.isalnum())
    closing = OPENING.get(opened.mark, "”")
    if mark[0] in closing:
        return True
    return mark[0] in ('"', "”", "''", "»") and opened.mark not in ("«", "‹") and not before.isspace()
