"""Stories: which there are, how each began and goes on, and what belongs to one. Pure functions over what is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from ultimora.answers.agenda import settled
from ultimora.answers.asking import Asking, in_time, nothing
from ultimora.answers.types import SCHEMA, Actor, Found
from ultimora.errors import NoAnswer
from ultimora.record.derive import merged
from ultimora.record.retelling import KeptStory
from ultimora.record.stories import QUIET_DAYS
from ultimora.record.types import KeptEvent

State = Literal["new", "running", "closed"]
_NEW = timedelta(days=1)
_MOST_ACTORS = 6


@dataclass(frozen=True, slots=True)
class Told:
    """An article of a story, as its newest revision stands."""

    article: str
    title: str | None
    outlet: str | None
    url: str | None
    language: str
    published: str | None
    known_at: str


@dataclass(frozen=True, slots=True)
class Story:
    """A story: its title, how it stands, since when and until when it was told, by whom, and what it came from.

    ``title`` is the most central headline, in the language asked for if the story has one in it.
    """

    story: str
    title: str | None
    language: str
    state: State
    first: str
    last: str
    articles: int
    revisions: int
    outlets: tuple[str, ...]
    languages: tuple[str, ...]
    branch_of: str | None
    branches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stories:
    """The stories that were told lately, the latest told first."""

    schema: str
    question: Literal["stories"]
    asked: tuple[str, ...]
    as_of: str | None
    now: str
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class OneStory:
    """One story with its articles, its actors and its events in order of time."""

    schema: str
    question: Literal["story"]
    asked: tuple[str, ...]
    as_of: str | None
    now: str
    story: Story
    actors: tuple[Actor, ...]
    articles: tuple[Told, ...]
    events: tuple[Found, ...]


def stories(asking: Asking, since: str | None = None, language: str | None = None, limit: int = 20) -> Stories:
    """The stories that were told from an instant on.

    Raises:
        NoAnswer: there are none.
    """
    kept = asking.shelf.stories(asking.shelf.latest(since, limit))
    if not kept:
        raise nothing(asking, f"no story is known{f' since {since}' if since else ''}")
    told = tuple(story_of(asking, s, language) for s in kept)
    return Stories(SCHEMA, "stories", (since,) if since else (), asking.as_of, asking.present, told)


def story(asking: Asking, ident: str, language: str | None = None, *, everything: bool = False) -> OneStory:
    """One story, by its id or the beginning of it.

    Raises:
        NoAnswer: there is none of that id, or several begin so.
    """
    kept = one_story(asking, ident)
    events = events_of(asking, kept)
    shown = [e for e in events if not e.withdrawn and (everything or e.event_type)]
    return OneStory(
        schema=SCHEMA,
        question="story",
        asked=(ident,),
        as_of=asking.as_of,
        now=asking.present,
        story=story_of(asking, kept, language),
        actors=_actors(shown),
        articles=tuple(_told(kept)),
        events=settled(asking, sorted(shown, key=in_time)),
    )


def one_story(asking: Asking, ident: str) -> KeptStory:
    """The story of an id, or of the beginning of one.

    Raises:
        NoAnswer: there is none, or several begin so.
    """
    return asking.once("story", ident.strip().lower(), lambda: _one_story(asking, ident))


def _one_story(asking: Asking, ident: str) -> KeptStory:
    wanted = ident.strip().lower()
    ids = asking.shelf.with_prefix(wanted) if wanted else []
    if len(ids) > 1 and wanted not in ids:
        raise NoAnswer(f"several stories begin with {ident!r}", tuple(ids))
    kept = asking.shelf.stories([wanted] if wanted in ids else ids)
    if not kept:
        raise nothing(asking, f"there is no story {ident!r}", ("ids stand beside the titles in: ultimora stories",))
    return kept[0]


def events_of(asking: Asking, kept: KeptStory) -> list[KeptEvent]:
    """The events of a story, with how they stood."""
    ids = asking.once("events of story", kept.id, lambda: asking.shelf.events(kept.id))
    return asking.loader.events(ids, history=True)


def story_of(asking: Asking, kept: KeptStory, language: str | None = None) -> Story:
    """A story as an answer shows it."""
    best = kept.title(language)
    return Story(
        story=kept.id,
        title=best.title,
        language=best.language,
        state=_state(asking, kept),
        first=kept.first,
        last=kept.last,
        articles=len(kept.articles),
        revisions=kept.revisions,
        outlets=tuple(dict.fromkeys(a.outlet for a in kept.articles if a.outlet)),
        languages=tuple(sorted({a.language for a in kept.articles})),
        branch_of=kept.branch_of,
        branches=kept.branches,
    )


def _state(asking: Asking, kept: KeptStory) -> State:
    if asking.now - datetime.fromisoformat(kept.last) > timedelta(days=QUIET_DAYS):
        return "closed"
    return "new" if asking.now - datetime.fromisoformat(kept.first) <= _NEW else "running"


def _told(kept: KeptStory) -> list[Told]:
    return [
        Told(a.article, a.title, a.outlet, a.url, a.language, a.modified or a.published, a.known_at)
        for a in kept.articles
    ]


def _actors(events: list[KeptEvent]) -> tuple[Actor, ...]:
    """Those who take part in most of the events."""
    everyone = [p for e in events for p in e.parties if not p.anonymous and not p.key.startswith("unnamed:")]
    counts: dict[str, int] = {}
    for party in everyone:
        counts[party.key] = counts.get(party.key, 0) + 1
    best = sorted(merged(dict.fromkeys(everyone)), key=lambda p: -counts.get(p.key, 0))[:_MOST_ACTORS]
    return tuple(Actor(p.key, p.name, p.kind, p.country, p.office, p.anonymous) for p in best)
