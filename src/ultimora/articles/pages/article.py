"""From a page to an article: its text laid out as a news site's text copy has it, with every part in its place."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from ultimora.articles.pages.shape import Page
from ultimora.articles.parts import body_parts, state_of
from ultimora.dating import PageInfo, Post
from ultimora.types import Article, Part, TextPart


@dataclass(slots=True)
class _Layout:
    """A text that grows, with its parts and the stretches of its live posts."""

    text: str = ""
    parts: list[TextPart] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)

    def add(self, words: str | None, part: Part, before: str) -> None:
        """Append a part after what separates it from the one before."""
        if words:
            start = len(self.text) + (len(before) if self.text else 0)
            self.text += (before if self.text else "") + words
            self.parts.append(TextPart(start, len(self.text), part))


def _laid_out(page: Page) -> _Layout:
    layout = _Layout()
    layout.add(page.section if page.title else None, "section", "\n")
    layout.add(page.title, "title", "\n")
    layout.add(page.standfirst, "standfirst", "\n")
    for block in page.blocks:
        layout.add(block.text, "quote" if block.kind == "quote" else "body", "\n\n")
    for post in page.posts:
        first = len(layout.parts)
        layout.add(post.headline, "title", "\n\n")
        for block in post.blocks:
            layout.add(block.text, "body", "\n\n")
        start = layout.parts[first].start
        layout.posts.append(Post(start, len(layout.text), post.published, post.modified))
    return layout


def page_text(page: Page) -> str:
    """The text of a page: section, title and standfirst a line each, a blank line, paragraphs, a live blog's posts."""
    return _laid_out(page).text


def article_from_page(page: Page, language: str, *, raw: bytes) -> Article:
    """The article of a page, in a language that is known by now."""
    layout = _laid_out(page)
    text, parts = layout.text, []
    for part in layout.parts:
        parts += body_parts(text, part, language) if part.part == "body" else [part]
    return Article(
        id=hashlib.sha256(text.encode("utf-8")).hexdigest()[:16],
        text=text,
        language=language,
        parts=tuple(parts),
        title=page.title,
        standfirst=page.standfirst,
        section=page.section,
        url=page.url,
        outlet=page.outlet,
        published=page.published,
        published_from="page" if page.published else None,
        modified=page.modified,
        state=state_of(text, tuple(parts), language),
        raw=raw,
        page=PageInfo(page.authors, page.doubts, tuple(layout.posts)),
    )
