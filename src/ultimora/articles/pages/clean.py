"""Which blocks of a body are not the article's own: repeats of the title, links to elsewhere, credits, notices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from ultimora import languages
from ultimora.articles.pages.body import held, shingles, words
from ultimora.articles.pages.shape import Block

_ENDS = re.compile(r"""[.!?…:;]["'”’»)\]*]*$""")
_CREDIT = re.compile(r"[©®/|]|\([^()]{2,30}\)$")
_LINKED = 0.8
_SHORT = 25


def clean(blocks: Sequence[Block], titles: Sequence[str], language: str | None) -> list[Block]:
    """The blocks without what is not the article's."""
    kept = _after_title(list(blocks), titles)
    counts = Counter(block.text for block in kept)
    kept = [b for b in kept if counts[b.text] == 1 or (len(b.text) > 300 and b.kind == "quote")]
    kept = [b for b in kept if not (_is_link(b) or _is_credit(b) or _is_notice(b, language))]
    while kept and kept[-1].kind == "heading":
        kept.pop()
    return [b for i, b in enumerate(kept) if not _lone_heading(kept, i)]


def _after_title(blocks: list[Block], titles: Sequence[str]) -> list[Block]:
    """Without the title, and the kickers and labels above it, at the beginning."""
    for i, block in enumerate(blocks[:6]):
        if any(same_words(block.text, title) for title in titles):
            above = [b for b in blocks[:i] if len(words(b.text)) > _SHORT]
            return above + _after_title(blocks[i + 1 :], titles)
    return blocks


def same_words(one: str, other: str) -> bool:
    """Whether two short texts say the same, but for a few words."""
    mine, theirs = shingles(one), shingles(other)
    return bool(mine and theirs) and len(mine & theirs) >= 0.8 * max(len(mine), len(theirs))


def _is_link(block: Block) -> bool:
    """A line that is nothing but a link to elsewhere."""
    if block.links < _LINKED:
        return False
    return block.kind == "item" or len(words(block.text)) <= _SHORT or not _ENDS.search(block.text)


def _is_credit(block: Block) -> bool:
    """A photographer and an agency: few words, no sentence, a slash, sign or bracket."""
    return len(words(block.text)) <= 10 and not _ENDS.search(block.text) and bool(_CREDIT.search(block.text))


def _is_notice(block: Block, language: str | None) -> bool:
    """A line that invites to read, watch, sign up or share."""
    pattern = _notices(language or "")
    return bool(pattern and len(words(block.text)) <= 2 * _SHORT and pattern.search(block.text))


@cache
def _notices(language: str) -> re.Pattern[str] | None:
    base = language.lower().split("-")[0]
    tags = [base] if base in languages.available() else list(languages.available())
    tables = [languages.load(tag).table("lexicon/pages") for tag in tags]
    opening = [w for table in tables for w in table.get("notices", ())]
    alone = [w for table in tables for w in table.get("labels", ())]
    if not opening and not alone:
        return None
    start, whole = (
        "|".join(re.escape(w) for w in sorted(ws, key=len, reverse=True)) or "(?!)" for ws in (opening, alone)
    )
    return re.compile(rf"^\W*(?:{start})\b|^\W*(?:{whole})\W*$", re.IGNORECASE)


def _lone_heading(blocks: Sequence[Block], i: int) -> bool:
    """A heading directly before another one, of the same words as a part of the body."""
    return (
        blocks[i].kind == "heading" and i + 1 < len(blocks) and held(blocks[i].text, shingles(blocks[i + 1].text)) > 0.9
    )
