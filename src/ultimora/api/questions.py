"""The questions: ``GET /api/last``, ``next``, ``timeline`` … with the parameters of the command line."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import JSONResponse

from ultimora.answers.dyads import By
from ultimora.answers.types import Kind
from ultimora.api.paging import MOST, USUAL, page
from ultimora.api.shapes import answers
from ultimora.core import Record
from ultimora.serial import to_data

router = APIRouter(prefix="/api", tags=["questions"])


def record_of(request: Request) -> Record:
    """The record that is served."""
    found: Record = request.app.state.record
    return found


Kept = Annotated[Record, Depends(record_of)]
Name = Annotated[str, Query(min_length=1, max_length=300, description="Any name of a person, state or organisation.")]
AsOf = Annotated[
    str | None,
    Query(max_length=40, description="Answer with what was known then.", examples=["2025-03-06T18:00:00+01:00"]),
]
Since = Annotated[str | None, Query(max_length=40, description="From this day or instant on.")]
Until = Annotated[str | None, Query(max_length=40, description="Before this day or instant.")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many a page has.")]
At = Annotated[str | None, Query(max_length=400, description="`cursor` of the page before.", alias="cursor")]
Ident = Annotated[str, Path(min_length=1, max_length=300, description="Its id, or the beginning of it.")]
All = Annotated[bool, Query(alias="all", description="Also events that PLOVER has no type for.")]
Actor = Annotated[str | None, Query(max_length=300, description="Only of this actor.")]
TypeName = Annotated[str | None, Query(max_length=40, description="PLOVER type, as CONSULT.")]
Language = Annotated[str | None, Query(max_length=35, description="Of titles, where there are some in it: it, en.")]
Spoken = Annotated[str, Query(max_length=35, description="it or en.")]


def data(answer: Any) -> JSONResponse:
    """An answer as the command line's ``--format json`` has it."""
    return JSONResponse(to_data(answer))


@router.get("/last", responses=answers("Answer", example="last"))
def last(record: Kept, a: Name, b: Name, kind: Kind = "any", as_of: AsOf = None) -> JSONResponse:
    """When two actors were last in contact: calls, visits, meetings that happened."""
    return data(record.last(a, b, kind=kind, as_of=as_of))


@router.get("/next", responses=answers("Answer", example="next"))
def next_(record: Kept, a: Name, b: Name, kind: Kind = "any", as_of: AsOf = None) -> JSONResponse:
    """When two actors will next be in contact, as far as it is planned."""
    return data(record.next(a, b, kind=kind, as_of=as_of))


@router.get("/timeline", responses=answers("Answer", paged=True))
def timeline(
    record: Kept,
    actor: Actor = None,
    since: Since = None,
    until: Until = None,
    type: TypeName = None,  # noqa: A002
    everything: All = False,
    as_of: AsOf = None,
    limit: Limit = USUAL,
    cursor: At = None,
) -> JSONResponse:
    """What happened, in order of time, each event with the sentences that it rests on."""

    def ask(known: str | None) -> dict[str, Any]:
        found = record.timeline(actor, since=since, until=until, type=type, everything=everything, as_of=known)
        return dict(to_data(found))

    return JSONResponse(page(ask, "events", lambda e: str(e["event"]), as_of, limit, cursor))


@router.get("/agenda", responses=answers("Answer", paged=True))
def agenda(
    record: Kept,
    overdue: bool = False,
    settled: Annotated[bool, Query(description="All of the last sixty days, with what became of it.")] = False,
    everything: All = False,
    as_of: AsOf = None,
    limit: Limit = USUAL,
    cursor: At = None,
) -> JSONResponse:
    """What is planned and not yet past; with ``overdue`` what is past and was never reported."""

    def ask(known: str | None) -> dict[str, Any]:
        return dict(to_data(record.agenda(overdue=overdue, settled=settled, everything=everything, as_of=known)))

    return JSONResponse(page(ask, "events", lambda e: str(e["event"]), as_of, limit, cursor))


@router.get("/show/{event}", responses=answers("Answer", example="show"))
def show(record: Kept, event: Ident, as_of: AsOf = None) -> JSONResponse:
    """One event: its claims, sentences and sources, withdrawn ones too, and how it stood as they came in."""
    return data(record.show(event, as_of=as_of))


@router.get("/sources/{event}", responses=answers("Sources", example="sources"))
def sources(record: Kept, event: Ident, as_of: AsOf = None) -> JSONResponse:
    """Who says so: the independent origins of an event, and through whom their word reached us."""
    return data(record.sources(event, as_of=as_of))


@router.get("/changes", responses=answers("Changes", paged=True))
def changes(
    record: Kept,
    article: Annotated[str | None, Query(max_length=2000, description="Its address, id or file.")] = None,
    since: Since = None,
    story: Annotated[str | None, Query(max_length=64, description="Only of this story's articles.")] = None,
    everything: All = False,
    as_of: AsOf = None,
    limit: Limit = USUAL,
    cursor: At = None,
) -> JSONResponse:
    """What changed in facts between the revisions of an article, a story, or of all of them."""

    def ask(known: str | None) -> dict[str, Any]:
        return dict(to_data(record.changes(article, since=since, story=story, everything=everything, as_of=known)))

    def name(edit: dict[str, Any]) -> str:
        return f"{edit['known_at']} {edit['article']}"

    return JSONResponse(page(ask, "edits", name, as_of, limit, cursor))


@router.get("/stories", responses=answers("Stories"))
def stories(
    record: Kept, since: Since = None, language: Language = None, limit: Limit = USUAL, as_of: AsOf = None
) -> JSONResponse:
    """The stories that were told from an instant on, the latest told first."""
    return data(record.stories(since=since, language=language, limit=limit, as_of=as_of))


@router.get("/story/{story}", responses=answers("OneStory"))
def story(
    record: Kept, story: Ident, language: Language = None, everything: All = False, as_of: AsOf = None
) -> JSONResponse:
    """One story with its articles, actors and events."""
    return data(record.story(story, language=language, everything=everything, as_of=as_of))


@router.get("/brief/{story}", responses=answers("Brief"))
def brief(record: Kept, story: Ident, language: Spoken = "en", since: Since = None, as_of: AsOf = None) -> JSONResponse:
    """What is known of a story in a few lines, each with what it rests on."""
    return data(record.brief(story, language=language, since=since, as_of=as_of))


@router.get("/disputes", responses=answers("Disputes"))
def disputes(
    record: Kept,
    story: Annotated[str | None, Query(max_length=64, description="Only of this story.")] = None,
    since: Since = None,
    everything: All = False,
    as_of: AsOf = None,
) -> JSONResponse:
    """Claims that cannot both be true, with each side's origins."""
    return data(record.disputes(story, since=since, everything=everything, as_of=as_of))


@router.get("/dyad", responses=answers("Dyad"))
def dyad(
    record: Kept, a: Name, b: Name, by: By = "week", since: Since = None, until: Until = None, as_of: AsOf = None
) -> JSONResponse:
    """Co-operation and conflict of two actors by day, week or month: certain and merely claimed apart."""
    return data(record.dyad(a, b, by=by, since=since, until=until, as_of=as_of))


@router.get("/search", responses=answers("Hits"))
def search(
    record: Kept,
    words: Annotated[str, Query(min_length=1, max_length=300, description='All of them; "a phrase", begin*.')],
    actor: Actor = None,
    type: TypeName = None,  # noqa: A002
    since: Since = None,
    until: Until = None,
    limit: Limit = 20,
    as_of: AsOf = None,
) -> JSONResponse:
    """Sentences and statements by their words, with the events that they speak of."""
    found = record.search(words, actor=actor, type=type, since=since, until=until, limit=limit, as_of=as_of)
    return data(found)


@router.get("/actors", responses=answers("Actors"))
def actors(
    record: Kept,
    name: Actor = None,
    kind: Annotated[str | None, Query(max_length=40, description="person, government …")] = None,
    as_of: AsOf = None,
) -> JSONResponse:
    """Whoever a name means, with the offices held; without a name every actor met."""
    return data(record.actor(name, as_of=as_of) if name else record.actors(kind, as_of=as_of))


@router.get("/news", responses=answers("News"))
def news(record: Kept, since: Since = None, as_of: AsOf = None, limit: Limit = USUAL) -> JSONResponse:
    """What became known after an instant, the newest first; ``more`` says that there was more than ``limit``."""
    return data(record.news(since, limit=limit, as_of=as_of))


@router.get("/article", responses=answers("ArticleAnswer"))
def article(
    record: Kept,
    article: Annotated[str, Query(min_length=1, max_length=2000, description="Its address, id or file.")],
    revision: Annotated[str | None, Query(max_length=64, description="The current one, if not given.")] = None,
    as_of: AsOf = None,
) -> JSONResponse:
    """One article: its revisions, and the reading of one of them."""
    return data(record.article(article, revision=revision, as_of=as_of))
