"""Reads one page: its own data first, then what shows on it."""

from __future__ import annotations

from typing import Any

from lxml.html import HtmlElement

from ultimora.articles.pages import body, dates, live, titles
from ultimora.articles.pages.clean import clean, same_words
from ultimora.articles.pages.facts import authors_of, outlet_of, section_of
from ultimora.articles.pages.jsonld import Node, is_article, nodes, plain, types_of
from ultimora.articles.pages.meta import Metas, metas, own_address, page_address, page_language
from ultimora.articles.pages.shape import Block, LivePost, Page
from ultimora.articles.pages.simple import MAX_CHARACTERS, extract_simply
from ultimora.articles.pages.standfirst import find_standfirst
from ultimora.articles.pages.tree import parse, text_of_page

_LITTLE = 250
_MOST_ELEMENTS = 40_000


def extract(data: bytes, url: str | None = None) -> Page:
    """What a page says of itself and what stands on it.

    Args:
        data: The bytes of the page.
        url: Where it came from, if that is known.
    """
    text = text_of_page(data)
    tree = parse(text) if len(text) <= MAX_CHARACTERS else None
    if tree is None or sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        return extract_simply(text)
    page = _of_tree(tree, text, url)
    if sum(len(b.text) for b in page.blocks) + len(page.posts) * _LITTLE < _LITTLE:
        simple = extract_simply(text)
        if body.size(simple.blocks) > body.size(page.blocks):
            page = _merged(page, simple)
    return page


def _of_tree(tree: HtmlElement, text: str, url: str | None) -> Page:
    found, data = metas(tree), nodes(tree)
    article = main_article(data, found)
    given = titles.headlines(tree, found, article)
    title = titles.choose_title(given)
    published, modified = dates.stated_dates(tree, found, article, [n for n in data if n is not article])
    address = own_address(url, page_address(tree, found))
    language = page_language(tree, found)
    names = [h.text for h in given]
    posts = live.posts_of(article)
    blocks = _blocks(tree, article, names, language, posts)
    standfirst = find_standfirst(tree, found, article, [title or "", *names], blocks)
    if standfirst:
        blocks = [b for b in blocks if not same_words(b.text, standfirst)]
    published = published or dates.shown_date(tree, text, address)
    return Page(
        title=title,
        standfirst=standfirst,
        blocks=tuple(blocks),
        posts=posts,
        outlet=outlet_of(article, found, data, given, address),
        authors=authors_of(article, found, tree, data),
        section=section_of(article, found),
        published=published,
        modified=modified,
        language=language,
        url=address,
        extractor="live blog" if posts else "full",
        doubts=doubts_of(title, published, modified, address, blocks, posts),
    )


def main_article(data: list[Node], found: Metas) -> Node | None:
    """The object of the page's data that is its article: the one that names the page's title, and says most."""
    articles = [n for n in data if is_article(n) and (n.get("headline") or n.get("datePublished"))]
    shown = [v for key in ("og:title", "twitter:title") for v in found.get(key, ())]

    def fitness(node: Node) -> tuple[bool, bool, int]:
        headline = plain(node.get("headline"))
        fits = any(len(body.shingles(headline) & body.shingles(s)) > 1 for s in shown)
        lives = "LiveBlogPosting" in types_of(node)
        return fits, lives, sum(bool(node.get(k)) for k in ("headline", "datePublished", "articleBody", "author"))

    return max(articles, key=fitness, default=None)


def _blocks(
    tree: HtmlElement, article: Node | None, names: list[str], language: str | None, posts: tuple[LivePost, ...]
) -> list[Block]:
    blocks = body.main_blocks(tree)
    if posts:
        said = body.shingles(
            "\n".join(b.text for p in posts for b in p.blocks) + "\n".join(p.headline or "" for p in posts)
        )
        blocks = _before_posts(blocks, said)
    else:
        blocks = body.guided(blocks, plain((article or {}).get("articleBody")))
    return clean(blocks, names, language)


def _before_posts(blocks: list[Block], said: body.Shingles) -> list[Block]:
    """The introduction of a live blog: what stands before the first of its entries."""
    for i, block in enumerate(blocks):
        if body.held(block.text, said) > 0.6:
            return blocks[:i]
    return [b for b in blocks if body.held(b.text, said) <= 0.6][:5]


def doubts_of(
    title: str | None,
    published: str | None,
    modified: str | None,
    address: str | None,
    blocks: list[Block],
    posts: tuple[LivePost, ...],
) -> tuple[str, ...]:
    """Why somebody should look at the page."""
    found = []
    if not title:
        found.append("no title was found")
    if not published:
        found.append("no publication date was found")
    elif _apart(published, dates.address_day(address)):
        found.append(f"the address names another day than the publication date {published[:10]}")
    if published and modified and modified[:10] < published[:10]:
        found.append(f"modified on {modified[:10]}, before it was published on {published[:10]}")
    if not posts and body.size(blocks) < _LITTLE:
        found.append(f"the body is short: {body.size(blocks)} characters")
    return tuple(found)


def _apart(published: str, day: str | None) -> bool:
    from datetime import date

    if day is None:
        return False
    return abs((date.fromisoformat(published[:10]) - date.fromisoformat(day)).days) > 2


def _merged(page: Page, simple: Page) -> Page:
    from dataclasses import replace

    given: dict[str, Any] = {"blocks": simple.blocks, "extractor": "simple"}
    doubts = tuple(d for d in page.doubts if not d.startswith("the body is short"))
    return replace(page, **given, doubts=(*doubts, *simple.doubts))
