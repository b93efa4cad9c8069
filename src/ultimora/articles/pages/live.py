"""The entries of a live blog, each with its date."""

from __future__ import annotations

from typing import Any

from ultimora.articles.pages.dates import iso
from ultimora.articles.pages.jsonld import Node, plain, types_of
from ultimora.articles.pages.shape import Block, LivePost
from ultimora.articles.pages.tree import squeeze

_MOST = 2000


def posts_of(article: Node | None) -> tuple[LivePost, ...]:
    """The entries of a LiveBlogPosting in the order in which they were posted; those without a date come first."""
    if article is None or "LiveBlogPosting" not in types_of(article):
        return ()
    updates = article.get("liveBlogUpdate")
    found = [_post(u) for u in (updates if isinstance(updates, list) else [updates])[:_MOST] if isinstance(u, dict)]
    kept = [p for p in reversed(found) if p.blocks or p.headline]
    return tuple(sorted(kept, key=lambda p: _moment(p.published)))


def _moment(published: str | None) -> float:
    from ultimora.articles.instants import parse_instant

    return parse_instant(published).timestamp() if published else float("-inf")


def _post(update: dict[str, Any]) -> LivePost:
    lines = plain(update.get("articleBody") or update.get("description") or update.get("text")).split("\n")
    headline = squeeze(plain(update.get("headline") or update.get("name"))) or None
    blocks = tuple(Block(line) for line in lines if line and line != headline)
    return LivePost(headline, blocks, iso(update.get("datePublished")), iso(update.get("dateModified")))
