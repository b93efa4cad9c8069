"""An article as the record has it, revision by revision; and what became known lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ultimora.answers.asking import Asking, nothing
from ultimora.answers.timeline import one_event
from ultimora.answers.types import SCHEMA, Found
from ultimora.errors import NoAnswer
from ultimora.record import articles
from ultimora.record.articles import Around
from ultimora.record.decide import current
from ultimora.record.facts import claim_ids
from ultimora.record.types import KeptClaim, Revision
from ultimora.types import Reading


@dataclass(frozen=True, slots=True)
class Version:
    """One revision of an article, without its text."""

    revision: str
    known_at: str
    title: str | None
    outlet: str | None
    url: str | None
    language: str
    published: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class ArticleAnswer:
    """One article: its revisions, oldest first, and the reading of one of them.

    ``before`` is the text of the revision before the one shown. For each claim of the reading, by its id there,
    ``claims`` gives its id in the record and ``events`` the event that it belongs to.
    """

    schema: str
    question: Literal["article"]
    asked: tuple[str, ...]
    as_of: str | None
    now: str
    article: str
    revisions: tuple[Version, ...]
    shown: str
    current: bool
    reading: Reading
    before: str | None
    claims: dict[str, str]
    events: dict[str, str]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A revision that became known: the events that it speaks of, those new with it (``began``), and its story."""

    article: str
    version: Version
    story: str | None
    first: bool
    events: tuple[Found, ...]
    began: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What became known after an instant, the newest first. ``more`` says that there was more than was wanted."""

    schema: str
    question: Literal["news"]
    asked: tuple[str, ...]
    as_of: str | None
    now: str
    arrivals: tuple[Arrived, ...]
    more: bool


def article(asking: Asking, name: str, revision: str | None = None) -> ArticleAnswer:
    """An article by address, id, file or the beginning of its id, in a revision (the current one, if not named).

    Raises:
        NoAnswer: there is no such article or revision, or several begin so.
    """
    ident = _one(asking, name)
    known = [v.revision for v in asking.loader.versions(ident)]
    if not known:
        raise nothing(asking, f"there is no article {name!r}")
    newest = current(known)
    wanted = [r for r in known if r.id.startswith(revision)] if revision else [r for r in known if r is newest]
    if len(wanted) != 1:
        raise NoAnswer(f"there is no revision {revision!r} of that article", tuple(r.id for r in known[-5:]))
    shown, at = wanted[0], known.index(wanted[0])
    reading = articles.reading_of(asking.loader, shown.id)
    claims = claim_ids(reading, ident)
    return ArticleAnswer(
        schema=SCHEMA,
        question="article",
        asked=tuple(x for x in (name, revision) if x),
        as_of=asking.as_of,
        now=asking.present,
        article=ident,
        revisions=tuple(map(_version, known)),
        shown=shown.id,
        current=shown is newest,
        reading=reading,
        before=articles.reading_of(asking.loader, known[at - 1].id).text if at else None,
        claims=claims,
        events=articles.events_of_claims(asking.loader, shown, claims),
    )


def _one(asking: Asking, name: str) -> str:
    found = asking.loader.articles(name) if name.strip() else []
    if len(found) > 1 and name not in found:
        raise NoAnswer(f"several articles begin with {name!r}", tuple(found))
    if not found:
        raise nothing(asking, f"there is no article {name!r}", ("give its address, its id, or its file",))
    return name if name in found else found[0]


def context(asking: Asking, event: str) -> dict[str, Around]:
    """What stands around the sentences of an event's claims, by the claims' ids.

    Raises:
        NoAnswer: there is no such event.
    """
    found: dict[str, Around] = {}
    by_revision: dict[str, list[KeptClaim]] = {}
    for claim in one_event(asking, event).claims:
        by_revision.setdefault(claim.revision.id, []).append(claim)
    for revision, mine in by_revision.items():
        near = articles.around(asking.loader, revision, [c.facts.sentence for c in mine])
        found |= {c.facts.id: each for c, each in zip(mine, near, strict=True)}
    return found


def news(asking: Asking, since: str | None = None, limit: int = 100) -> News:
    """The revisions that became known after an instant, each with the events that PLOVER has a type for."""
    arrived = articles.arrivals(asking.loader, since, limit + 1)
    ids = dict.fromkeys(e for a in arrived[:limit] for e in a.events)
    kept = {e.id: asking.found(e) for e in asking.loader.events(list(ids)) if e.event_type}
    made = tuple(
        Arrived(
            a.revision.article,
            _version(a.revision),
            a.story,
            a.first,
            tuple(kept[e] for e in a.events if e in kept),
            tuple(e for e in a.began if e in kept),
        )
        for a in arrived[:limit]
    )
    asked = (since,) if since else ()
    return News(SCHEMA, "news", asked, asking.as_of, asking.present, made, len(arrived) > limit)


def _version(revision: Revision) -> Version:
    return Version(
        revision.id,
        revision.known_at,
        revision.title,
        revision.outlet,
        revision.url,
        revision.language,
        revision.published,
        revision.modified,
    )
