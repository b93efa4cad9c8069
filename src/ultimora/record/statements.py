"""What adding an article asks and tells the database, composed once: composing a statement costs more than running it.

What a statement is about is filled in by name when it is run.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa

from ultimora.record.load import LIGHT
from ultimora.record.schema import (
    article_keys,
    article_prints,
    claims,
    event_parties,
    event_weeks,
    events,
    gist_keys,
    gists,
    reports,
    revisions,
    spans,
    stories,
    texts,
)

MOST_SIBLINGS = 200
_TWINS, _COMMON = 8, 400


def given(name: str) -> sa.BindParameter[Any]:
    """A value that is filled in when the statement is run."""
    return sa.bindparam(name)


def among(name: str) -> sa.BindParameter[Any]:
    """Several values that are filled in when the statement is run."""
    return sa.bindparam(name, expanding=True)


@cache
def insert(table: sa.Table) -> sa.Insert:
    """Put rows into a table."""
    return table.insert()


# --- articles and revisions ---

KEYS = sa.select(article_keys.c.key, article_keys.c.article).where(article_keys.c.key.in_(among("keys")))
KEYS_OF = sa.select(article_keys.c.key).where(article_keys.c.article.in_(among("articles")))
TWINS = (
    sa.select(revisions.c.article, revisions.c.language, revisions.c.reading)
    .where(
        revisions.c.id.in_(
            sa.select(article_prints.c.revision).where(
                article_prints.c.band.in_(among("bands")), article_prints.c.outlet == given("outlet")
            )
        )
    )
    .order_by(revisions.c.known_at.desc())
    .limit(_TWINS)
)
MINE = sa.select(*LIGHT, revisions.c.claims, revisions.c.reports).where(revisions.c.article == given("article"))
NEWEST = MINE.order_by(revisions.c.age.desc()).limit(1)
OLDER = MINE.where(revisions.c.age < given("age")).order_by(revisions.c.age.desc()).limit(1)
NEWER = MINE.where(revisions.c.age > given("age")).order_by(revisions.c.age).limit(1)
SAME = MINE.where(revisions.c.content == given("content"))
LAST_KNOWN = MINE.order_by(revisions.c.known_at.desc(), revisions.c.stated.desc()).limit(1)
KNOWN_THEN = MINE.where(revisions.c.known_at == given("known_at"))
REVISION = sa.select(revisions.c.id).where(revisions.c.id == given("ident"))

# --- claims and when they stood ---

CLAIMS = sa.select(claims.c.id, claims.c.position).where(claims.c.article == given("article"))
_CLAIMS_OF = sa.select(claims.c.id).where(claims.c.article == given("article"))
MOVE_CLAIM = (
    claims.update()
    .where(claims.c.id == given("ident"))
    .values({name: given(name) for name in ("article", "position", "text_hash", "payload")})
)
STOOD = sa.select(spans.c.claim).where(spans.c.claim.in_(_CLAIMS_OF))
FORGET_SPANS = spans.delete().where(spans.c.claim.in_(_CLAIMS_OF))
CLOSE = (
    spans.update()
    .where(spans.c.claim.in_(among("claims")), spans.c.until.is_(None))
    .values(until=given("at"), closed_by=given("by"))
)

# --- texts ---

TEXTS = sa.select(texts.c.kind, texts.c.text_hash, texts.c.position).where(texts.c.article == given("article"))
MOVE_TEXT = (
    texts.update()
    .where(texts.c.article == given("of"), texts.c.kind == given("what"), texts.c.text_hash == given("mark"))
    .values({name: given(name) for name in ("known_at", "position", "day", "revision")})
)
TEXT_IDS = sa.select(texts.c.kind, texts.c.text_hash, texts.c.id).where(texts.c.article == given("article"))

# --- reports and events ---

PLACES = sa.select(reports.c.id, reports.c.position).where(reports.c.id.in_(among("ids")))
JOINED = sa.select(reports.c.id, reports.c.event).where(reports.c.id.in_(among("ids")))
MOVE_REPORT = (
    reports.update()
    .where(reports.c.id == given("ident"))
    .values({name: given(name) for name in ("revision", "known_at", "position", "payload")})
)
_AFTER = sa.and_(reports.c.event_type.in_(among("types")), reports.c.position >= given("first"))
REPORTS_FROM = sa.select(reports).where(_AFTER)
PART_FROM = reports.update().where(_AFTER).values(event=None)
REPORTS_OF = sa.select(reports).where(reports.c.event == given("event")).order_by(reports.c.position)
JOIN = reports.update().where(reports.c.id == given("ident")).values(event=given("to"))
SIBLINGS = (
    sa.select(reports.c.payload, reports.c.event)
    .where(
        reports.c.article == given("article"),
        # Written so that an article's few reports are looked through, never all of a type in their order.
        reports.c.event_type.concat("") == given("kind"),
        reports.c.event.is_not(None),
    )
    .order_by(reports.c.position.desc())
    .limit(MOST_SIBLINGS)
)
NEAR = sa.select(event_weeks.c.key, event_weeks.c.week, event_weeks.c.event).where(
    event_weeks.c.key.in_(among("keys")),
    event_weeks.c.event_type == given("kind"),
    event_weeks.c.week.in_(among("weeks")),
)
EVENTS = sa.select(events.c.position, events.c.known_at, events.c.payload).where(events.c.id.in_(among("ids")))
GROW = (
    events.update()
    .where(events.c.id == given("ident"))
    .values({name: given(name) for name in ("payload", "low", "high", "planned")})
)
FORGET_EVENT = events.delete().where(events.c.id == given("ident"))
FORGET_PARTIES = event_parties.delete().where(event_parties.c.event == given("ident"))
FORGET_WEEKS = event_weeks.delete().where(event_weeks.c.event == given("ident"))

# --- stories ---

STORY_OF = sa.select(gists.c.story).where(gists.c.revision == given("revision"))
GISTS_FROM = sa.select(gists).where(gists.c.position >= given("first")).order_by(gists.c.position)
LEAVE_FROM = gists.update().where(gists.c.position >= given("first")).values(story=None)
GISTS_OF = sa.select(gists).where(gists.c.story == given("story")).order_by(gists.c.position)
TELL = gists.update().where(gists.c.revision == given("ident")).values(story=given("to"))
STORY = sa.select(stories).where(stories.c.id == given("story"))
FORGET_STORY = stories.delete().where(stories.c.id == given("story"))
GROW_STORY = stories.update().where(stories.c.id == given("story")).values(payload=given("to"))
PROFILES = sa.select(stories.c.id, stories.c.payload).where(stories.c.id.in_(among("ids")))
HOME = (
    sa.select(gists.c.story)
    .where(gists.c.article == given("article"), gists.c.position < given("place"), gists.c.story.is_not(None))
    .order_by(gists.c.position)
    .limit(1)
)


@cache
def met(number: int) -> sa.CompoundSelect[Any]:
    """In how many revisions before a place each of some names was met; counted no further than to what is common."""

    def one(at: int) -> sa.Select[Any]:
        here = (gist_keys.c.key == given(f"key{at}")) & (gist_keys.c.position < given("place"))
        found = sa.select(sa.literal(1)).where(here).limit(_COMMON).subquery()
        return sa.select(sa.literal_column(str(at)), sa.func.count()).select_from(found)

    return sa.union_all(*map(one, range(number)))


@cache
def told_of(named: int, happened: int, each: int, last: int) -> sa.CompoundSelect[Any]:
    """The stories that told of some events and those that lately told of some names, ``each`` of them at the most; and
    those told last. With the number of the event or name, the events first.
    """

    def story(at: int) -> sa.Select[Any]:
        return sa.select(sa.literal_column(str(at)), gists.c.story).where(gists.c.story.is_not(None))

    def of_event(at: int) -> sa.Select[Any]:
        told = (reports.c.event == given(f"event{at}")) & (reports.c.position < given("place"))
        found = sa.select(gists.c.story).join(reports, reports.c.revision == gists.c.revision)
        some = found.where(told, gists.c.story.is_not(None)).distinct().limit(each).subquery()
        return sa.select(sa.literal_column(str(at)), some.c.story)

    def of_name(at: int) -> sa.Select[Any]:
        here = (gist_keys.c.key == given(f"key{at - happened}")) & (gist_keys.c.position < given("place"))
        lately = sa.select(gist_keys.c.revision).where(here).order_by(gist_keys.c.position.desc()).limit(each)
        return story(at).where(gists.c.revision.in_(lately))

    before = sa.select(gists.c.revision).where(gists.c.position < given("place"))
    final = story(named + happened).where(gists.c.revision.in_(before.order_by(gists.c.position.desc()).limit(last)))
    asked = [*map(of_event, range(happened)), *map(of_name, range(happened, happened + named))]
    return sa.union_all(*asked, final)
