"""What a page yields, as frozen types that survive a trip through JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

BlockKind = Literal["paragraph", "heading", "item", "quote"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the body; ``links`` is the share of its characters that are links, from 0 to 1."""

    text: str
    kind: BlockKind = "paragraph"
    links: float = 0.0


@dataclass(frozen=True, slots=True)
class LivePost:
    """One entry of a live blog, with the instant that it was posted (ISO 8601, or None)."""

    headline: str | None
    blocks: tuple[Block, ...]
    published: str | None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself and what stands on it.

    ``doubts`` are reasons for which a person should look at the page; ``extractor`` says which road gave the body.
    ``blocks`` are the body in order; a live blog has its introduction there and its entries, oldest first, in
    ``posts``. Instants are ISO 8601, without an offset where the page gives none.
    """

    title: str | None = None
    standfirst: str | None = None
    blocks: tuple[Block, ...] = ()
    posts: tuple[LivePost, ...] = ()
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    url: str | None = None
    extractor: str = "none"
    doubts: tuple[str, ...] = field(default=())

    @property
    def body(self) -> str:
        """Standfirst, body and posts as plain text, a paragraph a line."""
        lines = [self.standfirst] if self.standfirst else []
        lines += [block.text for block in self.blocks]
        for post in self.posts:
            lines += [post.headline] if post.headline else []
            lines += [block.text for block in post.blocks]
        return "\n".join(lines)


def page_from_data(data: dict[str, Any]) -> Page:
    """A page from its JSON."""
    posts = tuple(LivePost(**(p | {"blocks": tuple(Block(**b) for b in p["blocks"])})) for p in data["posts"])
    blocks = tuple(Block(**b) for b in data["blocks"])
    given = {"blocks": blocks, "posts": posts, "authors": tuple(data["authors"]), "doubts": tuple(data["doubts"])}
    return Page(**(data | given))
