"""The body of a page as blocks: trafilatura's choice on a pruned tree, checked against the page's own data."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from lxml.html import HtmlElement

from ultimora.articles.pages.prune import prune
from ultimora.articles.pages.shape import Block, BlockKind
from ultimora.articles.pages.tree import squeeze

_WORD = re.compile(r"\w+")
_KINDS: dict[str, BlockKind] = {"head": "heading", "item": "item", "quote": "quote"}
_FULL = 0.5
_HELD = 0.6
_MISSED = 0.85

Shingles = set[tuple[str, ...]]


def main_blocks(tree: HtmlElement) -> list[Block]:
    """The blocks that trafilatura takes for the article, after what markup calls boilerplate is gone."""
    pruned = copy.deepcopy(tree)
    prune(pruned)
    blocks = _extracted(pruned)
    return blocks if size(blocks) >= 200 else max(blocks, _extracted(copy.deepcopy(tree)), key=size)


def _extracted(tree: HtmlElement) -> list[Block]:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        tree, include_comments=False, include_links=True, include_tables=True, with_metadata=False, fast=False
    )
    return list(_blocks(found.body)) if found is not None and found.body is not None else []


def _blocks(body: Any) -> Iterator[Block]:
    for element in body.iter("p", "head", "item", "quote", "cell", "code"):
        if any(above.tag in ("p", "item", "head", "quote") for above in element.iterancestors()):
            continue
        if element.tag == "quote" and element.find("p") is not None:
            yield from (b for p in element.iter("p") for b in _block(p, "quote"))
            continue
        yield from _block(element, _KINDS.get(element.tag, "paragraph"))


def _block(element: Any, kind: BlockKind) -> Iterator[Block]:
    for lb in element.iter("lb"):
        lb.tail = "\n" + (lb.tail or "")
    linked = sum(len(squeeze("".join(ref.itertext()))) for ref in element.iter("ref"))
    text = "".join(element.itertext())
    whole = len(squeeze(text)) or 1
    for line in map(squeeze, text.split("\n\n")):
        if line:
            yield Block(line, kind, round(min(linked / whole, 1.0), 2))


def size(blocks: Iterable[Block]) -> int:
    """The characters of some blocks."""
    return sum(len(block.text) for block in blocks)


def words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return _WORD.findall(text.lower())


def shingles(text: str) -> Shingles:
    """The pairs of neighbouring words of a text; the word itself for a text of one."""
    found = words(text)
    return set(pairwise(found)) or {(w,) for w in found}


def held(text: str, within: Shingles) -> float:
    """How much of a text stands in another, by pairs of words: 0 to 1."""
    mine = shingles(text)
    return len(mine & within) / len(mine) if mine else 0.0


def guided(blocks: Sequence[Block], told: str) -> list[Block]:
    """The blocks, checked by the body that the page's data tells, where that is the whole body and no teaser.

    What the data lacks goes, but headings between what stays; where the blocks lack much of it, the data is the body.
    """
    if len(told) < _FULL * size(blocks) or len(told) < 300:
        return list(blocks)
    guide = shingles(told)
    if told.count("\n") >= 2 * len(blocks):  # its paragraphs were run together on the page
        return [Block(line) for line in told.split("\n")]
    staying = [held(block.text, guide) >= _HELD for block in blocks]
    covered: Shingles = set()
    for block, stays in zip(blocks, staying, strict=True):
        covered |= shingles(block.text) if stays else set()
    if len(covered & guide) < _MISSED * len(guide):
        return [Block(line) for line in told.split("\n")]
    return [b for i, b in enumerate(blocks) if staying[i] or _heads(blocks, staying, i)]


def _heads(blocks: Sequence[Block], staying: Sequence[bool], i: int) -> bool:
    """Whether a block is a heading right before one that stays, after another that does."""
    return blocks[i].kind == "heading" and any(staying[:i]) and i + 1 < len(blocks) and staying[i + 1]
