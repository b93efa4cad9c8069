"""The first page: what is new, what is sure and what is not, what is next. Chosen from answers, never made up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ultimora.answers.articles import Arrived, News, Version
from ultimora.answers.stories import Story
from ultimora.answers.types import Found
from ultimora.desk.agenda import Day, by_day, soonest
from ultimora.desk.lines import Line, line, lines
from ultimora.desk.site import Visit
from ultimora.errors import NoAnswer

_NEW, _SURE, _SINGLE, _UNSURE, _NEXT, _OVERDUE, _EVENTS, _EARLIER = 40, 7, 8, 7, 9, 4, 3, 10


@dataclass(frozen=True, slots=True)
class Item:
    """An article that came, or was revised, with the events that it brought."""

    article: str
    version: Version
    first: bool
    events: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Group:
    """What came of one story; without a story (``story`` None) what belongs to none that has more."""

    story: Story | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """An event, and how many independent origins it has."""

    line: Line
    origins: int


@dataclass(frozen=True, slots=True)
class Morning:
    """The first page."""

    groups: tuple[Group, ...]
    nothing: bool
    more: bool
    sure: tuple[Judged, ...]
    single: tuple[Line, ...]
    unsure: tuple[Judged, ...]
    next: tuple[Day, ...]
    overdue: tuple[Line, ...]
    empty: bool


def morning(visit: Visit, since: str) -> Morning:
    """The first page, for somebody who was last here at an instant."""
    news = visit.record.news(since, limit=_NEW, as_of=visit.as_of)
    before = visit.record.news(limit=_NEW, as_of=visit.as_of) if not news.arrivals else None
    shown = before or news
    events = list({e.event: e for a in shown.arrivals for e in a.events}.values())
    sure = [e for e in events if _sure(e)]
    unsure = [e for e in events if not e.withdrawn and not _sure(e) and e.status != "planned"]
    judged = _judged(visit, sure, since)
    planned, overdue = _agenda(visit, overdue=False), _agenda(visit, overdue=True)
    return Morning(
        groups=_groups(visit, shown, since, _EARLIER if before else _NEW),
        nothing=before is not None,
        more=news.more,
        sure=tuple(j for j in judged if j.origins > 1)[:_SURE],
        single=tuple(j.line for j in judged if j.origins == 1)[:_SINGLE],
        unsure=_judged(visit, sorted(unsure, key=lambda e: not e.disputed), since, ranked=False)[:_UNSURE],
        next=tuple(by_day(soonest(lines(planned, visit.words, since=since), visit.words, _NEXT), visit.words)),
        overdue=tuple(lines(overdue[-_OVERDUE:], visit.words, since=since)[::-1]),
        empty=visit.record.extent().articles == 0,
    )


def _sure(event: Found) -> bool:
    """Whether an event stands: said to have happened or to be happening, with certainty, and by nobody denied."""
    if event.withdrawn or event.disputed or event.polarity == "negative":
        return False
    return event.certainty == "certain" and event.status in ("occurred", "ongoing")


def _groups(visit: Visit, news: News, since: str, most: int) -> tuple[Group, ...]:
    """What came, by story: the story of the newest first; those that tell but one thing stay by themselves."""
    stories = _stories(visit, news)
    rows: dict[str, list[Item]] = {}
    told: set[str] = set()
    for item, story in _items(news.arrivals[:most], visit, since, told):
        rows.setdefault(story or item.article, []).append(item)
    return tuple(Group(stories.get(key), tuple(items)) for key, items in rows.items())


def _stories(visit: Visit, news: News) -> dict[str, Story]:
    """The stories of what came, with their titles."""
    oldest = min((a.version.known_at for a in news.arrivals), default=None)
    try:
        found = visit.record.stories(since=oldest, language=visit.language, limit=_NEW, as_of=visit.as_of).stories
    except NoAnswer:
        return {}
    return {s.story: s for s in found}


def _items(arrivals: Sequence[Arrived], visit: Visit, since: str, told: set[str]) -> Iterator[tuple[Item, str | None]]:
    """Each with its story; an event that was shown higher up (``told``) is not shown again."""
    for arrived in arrivals:
        began = [e for e in arrived.events if e.event in arrived.began]
        ordered = [*began, *(e for e in arrived.events if e.event not in arrived.began)]
        ordered = [e for e in ordered if e.event not in told]
        told |= {e.event for e in ordered[:_EVENTS]}
        shown = tuple(line(e, visit.words, since=since) for e in ordered[:_EVENTS])
        yield Item(arrived.article, arrived.version, arrived.first, shown, len(ordered) - len(shown)), arrived.story


def _judged(visit: Visit, events: Sequence[Found], since: str, *, ranked: bool = True) -> tuple[Judged, ...]:
    """Events with the number of their origins, the best founded first where ``ranked``."""
    chosen = sorted(events, key=lambda e: -len({r.outlet for r in e.references})) if ranked else list(events)
    made = [Judged(line(e, visit.words, since=since), _origins(visit, e)) for e in chosen[: 2 * _SURE]]
    return tuple(sorted(made, key=lambda j: -j.origins) if ranked else made)


def _origins(visit: Visit, event: Found) -> int:
    return len(visit.record.sources(event.event, as_of=visit.as_of).origins)


def _agenda(visit: Visit, *, overdue: bool) -> tuple[Found, ...]:
    try:
        return visit.record.agenda(overdue=overdue, as_of=visit.as_of).events
    except NoAnswer:
        return ()
