"""Finds the parts of a plain text: kicker, headline, standfirst, body, notes.

The first lines may be a section kicker, headline and standfirst, then a blank line, then paragraphs, as a news site's
text copy has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ultimora import languages
from ultimora.types import Part, TextPart

_KICKER_WORDS = 3
_TITLE_LENGTH = 200
_HEADER_LINES = 7
_HEADER_LINE_LENGTH = 400
_BLANK = " \t\v\f\u00a0\u200b\ufeff"
_TERMINAL = '.!?…:;»”"'

# "ROMA, 4 marzo (Agency) - ", "(AGENCY) - ROMA, 16 OTT - ", "LONDON — ", "Oslo, 3 May (Agency) – " or with a colon.
_PLACE = r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ]+(?:[ .'’/-]{1,2}[^\W\d_a-zß-öø-ÿ]+){0,3}\.?"
_DATED = r"(?:, [^-–—()\n]{2,25})"
_DATELINE = re.compile(
    rf"(?:\([^()\n]{{2,25}}\) ?[-–—] ?)?(?=[^-–—]{{4}}){_PLACE}{_DATED}?(?: \([^()\n]{{2,30}}\))? ?[-–—]{{1,2}} "
    rf"|[^\W\d_][\w'’ .]{{2,25}}{_DATED}? \([^()\n]{{2,30}}\) [-–—]{{1,2}} "
    rf"|[^\W\d_][\w'’ .]{{2,25}}{_DATED} \([^()\n]{{2,30}}\): "
    rf"|\([^()\n]{{2,30}}\) ?[-–—] ?[^\W\d_][\w'’ .]{{2,25}}{_DATED} ?[-–—]{{1,2}} "
    r"|\([^()\n]{2,25}\) [-–—]{1,2} "
)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


@cache
def _correction(language: str) -> re.Pattern[str]:
    """How a paragraph begins that says what an earlier version of the article had wrong."""
    begins = languages.load(language).table("lexicon/parts").get("corrections", ())
    return re.compile(rf"\W*(?:{'|'.join(map(re.escape, begins)) or '(?!)'})", re.IGNORECASE)


@cache
def _note_patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = languages.load(language).table("lexicon/parts")

    def either(*keys: str) -> str:
        words = sorted((w for key in keys for w in table.get(key, ())), key=len, reverse=True)
        return "|".join(map(re.escape, words)) or r"(?!)"

    every = either("developing", "final", "notes")
    note = re.compile(rf"[(\[]\s*(?:{every})\s*[.…]*\s*[)\]]|^\W*(?:{every})\W*$", re.IGNORECASE)
    developing = re.compile(rf"\b(?:{either('developing')})\b", re.IGNORECASE)
    final = re.compile(rf"\b(?:{either('final')})\b", re.IGNORECASE)
    return note, developing, final


def find_parts(text: str, language: str) -> tuple[TextPart, ...]:
    """The parts of a text in order, without overlap; a paragraph is one part, blank lines are in none."""
    blocks = _blocks(text)
    parts: list[TextPart] = []
    if len(blocks) == 1:
        blocks = _unspaced(blocks[0])
    header = blocks[0] if len(blocks) > 1 and _is_header(blocks[0]) else []
    parts += [TextPart(line.start, line.end, part) for line, part in zip(header, _header_parts(header), strict=True)]
    for block in blocks[1:] if header else blocks:
        for start, end in _paragraphs(block):
            parts += _with_notes(text, start, end, language)
    return tuple(parts)


def body_parts(text: str, part: TextPart, language: str) -> list[TextPart]:
    """The parts of one paragraph of the body: its dateline and notes apart."""
    return _with_notes(text, part.start, part.end, language)


def state_of(text: str, parts: tuple[TextPart, ...], language: str) -> Literal["developing", "final"] | None:
    """What the notes say of the article's state."""
    _, developing, final = _note_patterns(language)
    notes = [text[p.start : p.end] for p in parts if p.part == "note"]
    if any(developing.search(note) for note in notes):
        return "developing"
    return "final" if any(final.search(note) for note in notes) else None


def _blocks(text: str) -> list[list[_Line]]:
    """Runs of lines between blank ones."""
    blocks: list[list[_Line]] = [[]]
    for match in re.finditer(r"([^\n\r\u2028\u2029]*)(?:\r\n|[\n\r\u2028\u2029]|$)", text):
        line = match[1]
        if line.strip(_BLANK):
            left = match.start() + len(line) - len(line.lstrip(_BLANK))
            blocks[-1].append(_Line(left, match.start() + len(line.rstrip(_BLANK)), line.strip(_BLANK)))
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _unspaced(block: list[_Line]) -> list[list[_Line]]:
    """A text without blank lines: short first lines without a full stop are its header."""
    last = 0
    while last < len(block) - 1 and len(block[last].text) < _TITLE_LENGTH and block[last].text[-1] not in _TERMINAL:
        last += 1
    longer = last and len(block[last].text) > len(block[last - 1].text) and not _wrapped(block)
    return [block[:last], block[last:]] if longer and last <= _HEADER_LINES else [block]


def _is_header(block: list[_Line]) -> bool:
    if len(block) > _HEADER_LINES or len(block[0].text) > _TITLE_LENGTH:
        return False
    if any(len(line.text) > _HEADER_LINE_LENGTH for line in block):
        return False
    # A headline has no full stop, unless kicker or standfirst make plain that it is one.
    return len(block) > 1 or not block[0].text.endswith((".", ":", ";")) or len(block[0].text) < _TITLE_LENGTH // 2


def _header_parts(header: list[_Line]) -> list[Part]:
    if not header:
        return []
    kicker = len(header) > 1 and (
        len(header[0].text.split()) <= _KICKER_WORDS and len(header[1].text) > len(header[0].text)
    )
    names: list[Part] = ["section", "title"] if kicker else ["title"]
    return (names + ["standfirst"] * _HEADER_LINES)[: len(header)]


def _paragraphs(block: list[_Line]) -> list[tuple[int, int]]:
    """A line is a paragraph, unless the block is hard-wrapped at some column."""
    if _wrapped(block):
        return [(block[0].start, block[-1].end)]
    found: list[tuple[int, int]] = []
    for line in block:
        if found and line.text[:1].islower():
            found[-1] = (found[-1][0], line.end)
        else:
            found.append((line.start, line.end))
    return found


def _wrapped(block: list[_Line]) -> bool:
    if len(block) < 3:
        return False
    lengths = [len(line.text) for line in block[:-1]]
    open_ends = sum(line.text[-1] not in _TERMINAL for line in block[:-1])
    return max(lengths) <= 132 and min(lengths) >= 0.6 * max(lengths) and open_ends > len(block) / 2


def _with_notes(text: str, start: int, end: int, language: str) -> list[TextPart]:
    """A paragraph, with its dateline and the notes in it as parts of their own; it may be a note as a whole."""
    if _correction(language).match(text, start, end):
        return [TextPart(start, end, "note")]
    note = _note_patterns(language)[0]
    parts, at = [], start
    dateline = _DATELINE.match(text, start, end)
    if dateline:
        at = dateline.end()
        parts.append(TextPart(start, at, "note"))
    for match in note.finditer(text[start:end]):
        if text[at : start + match.start()].strip():
            parts.append(TextPart(at, start + match.start(), "body"))
        parts.append(TextPart(start + match.start(), start + match.end(), "note"))
        at = start + match.end()
    if text[at:end].strip(" .,"):
        parts.append(TextPart(at, end, "body"))
    return parts
