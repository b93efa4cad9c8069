"""The road from an article to its reading. Each step is one room; the order is the whole logic."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from ultimora.articles.instants import parse_instant
from ultimora.claims.extract import extract
from ultimora.collecting import undisturbed
from ultimora.dating import Dating
from ultimora.documents.build import build
from ultimora.documents.entities import find_entities, find_speakers
from ultimora.documents.quantities import find_quantities
from ultimora.documents.statements import find_statements
from ultimora.documents.times import find_times, publication_from_text
from ultimora.types import SCHEMA, Article, ArticleInfo, Document, Reading, ReadSentence


@undisturbed
def read_article(article: Article) -> Reading:
    """The reading of an article."""
    article, document = annotate(article)
    claims, events = extract(document)
    return Reading(
        schema=SCHEMA,
        id=article.id,
        article=_info(article),
        text=article.text,
        sentences=tuple(ReadSentence(s.id, s.start, s.end, s.part) for s in document.sentences),
        entities=tuple(document.entities),
        times=tuple(document.times),
        quantities=tuple(document.quantities),
        statements=tuple(document.statements),
        claims=tuple(claims),
        events=tuple(events),
    )


def annotate(article: Article) -> tuple[Article, Document]:
    """The document of an article, and the article with the date that its own text gives if none else did."""
    if article.published is None:
        article = _dated(article)
    document = build(article)
    document.entities = find_entities(document)
    document.times = find_times(document)
    document.quantities = find_quantities(document)
    document.statements = find_statements(document)
    find_speakers(document)
    return article, document


def _dated(article: Article) -> Article:
    found = publication_from_text(article.text, article.language)
    if found is None:
        return article
    begin, end, (first, last) = found
    dating = Dating(begin, end, first, last, article.text[first:last])
    published = begin if _one_day(begin, end) else None
    return dataclasses.replace(article, published=published, published_from="text", dating=dating)


def _one_day(begin: str, end: str) -> bool:
    """Evidence for a span of days leaves the day open: better no date than a wrong one."""
    return parse_instant(end) - parse_instant(begin) <= timedelta(days=1)


def _info(article: Article) -> ArticleInfo:
    return ArticleInfo(
        url=article.url,
        outlet=article.outlet,
        language=article.language,
        section=article.section,
        title=article.title,
        standfirst=article.standfirst,
        published=article.published,
        published_from=article.published_from,
        modified=article.modified,
        state=article.state,
        dating=article.dating,
        page=article.page,
    )
