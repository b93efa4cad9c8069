"""When an article, or a part of it, was published, and what else its page says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Dating:
    """The interval in which a text says that it was published, and the words that say so."""

    from_: str
    to: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Post:
    """One entry of a live blog: its offsets ``[start, end)`` in the text, and its own instants (ISO 8601)."""

    start: int
    end: int
    published: str | None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class PageInfo:
    """What a page says beyond its text; ``doubts`` are reasons for which a person should look at how it was read."""

    authors: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()


def told_at(page: PageInfo | None, published: datetime | None, offset: int) -> datetime | None:
    """The instant at which what stands at an offset was published: its post's own, else that of the article.

    Args:
        page: What the article's page says, where it has one.
        published: When the article was published, aware.
        offset: A place in the text, in code points.
    """
    return _of_post(page.posts, published, offset) if page is not None and page.posts else published


def _of_post(posts: Sequence[Post], published: datetime | None, offset: int) -> datetime | None:
    post = next((p for p in posts if p.start <= offset < p.end), None)
    if post is None or post.published is None:
        return published
    moment = datetime.fromisoformat(post.published)
    zone = published.tzinfo if published else None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone) if zone else published
    return moment.astimezone(zone) if zone else moment
