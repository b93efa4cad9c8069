"""The pages. Each asks the record and fills a template; nothing is decided here."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ultimora.answers.types import Answer, Found
from ultimora.desk import agenda as plans
from ultimora.desk.actor import contacts_of, is_meant, said_by
from ultimora.desk.curve import curve, period
from ultimora.desk.lines import differing, lines, safe
from ultimora.desk.marked import differences, paragraphs
from ultimora.desk.morning import morning
from ultimora.desk.site import Visit, one_look
from ultimora.desk.strip import strip
from ultimora.desk.visits import remember, since_last
from ultimora.desk.words import Words
from ultimora.errors import NoAnswer

router = APIRouter(include_in_schema=False)
_MOST = 500


@router.get("/")
@one_look
def now(request: Request, since: str = Query("", max_length=40)) -> Response:
    """What is new, what is sure, what is next."""
    visit = Visit.of(request)
    begin = since_last(visit, since)
    answer = visit.page("now.html", view=morning(visit, begin), since=begin)
    remember(visit, answer)
    return answer


@router.get("/event/{event}")
@one_look
def event(request: Request, event: str) -> Response:
    """One event: claims in context, the chain of sources, how it stood."""
    visit = Visit.of(request)
    shown = visit.record.show(event, as_of=visit.as_of).events[0]
    sources = visit.record.sources(shown.event, as_of=visit.as_of)
    around = visit.record.context(shown.event, as_of=visit.as_of)
    event_line, stood = lines([shown], visit.words)[0], differing(shown.history)
    return visit.page("event.html", e=event_line, history=stood, origins=sources.origins, around=around)


@router.get("/article/{article}")
@one_look
def article(request: Request, article: str, revision: str = Query("", max_length=64), diff: bool = False) -> Response:
    """One article: its text with what was read in it, and its revisions."""
    visit = Visit.of(request)
    answer = visit.record.article(article, revision=revision or None, as_of=visit.as_of)
    ids = list(dict.fromkeys(answer.events.values()))
    found = [visit.record.show(i, as_of=visit.as_of).events[0] for i in ids]
    edits = _or_none(lambda: visit.record.changes(answer.article, as_of=visit.as_of))
    shown = next(v for v in answer.revisions if v.revision == answer.shown)
    compared = differences(answer.before, answer.reading.text) if diff and answer.before is not None else None
    return visit.page(
        "article.html",
        answer=answer,
        version=shown,
        paragraphs=paragraphs(answer, visit.words, visit.link),
        compared=compared,
        link=safe(shown.url),
        events=[e for e in lines(found, visit.words) if e.typed],
        edits=[e for e in edits.edits if e.known_at == shown.known_at] if edits else [],
    )


@router.get("/actor")
@one_look
def actor(
    request: Request,
    name: str = Query(..., min_length=1, max_length=300),
    second: str = Query("", alias="with", max_length=300),
) -> Response:
    """One actor: contacts, offices, events; with a second one, what is between the two."""
    visit = Visit.of(request)
    events = _events(_or_none(lambda: visit.record.timeline(name, as_of=visit.as_of)))
    if not events:
        visit.record.timeline(name, everything=True, as_of=visit.as_of)  # an unknown name is an error that helps
    second = second.strip()
    dyad = _dyad(visit, name, second)
    if second:
        events = tuple(e for e in events if any(is_meant(second, a) for a in (*e.actors, *e.recipients)))
    cards = _or_none(lambda: visit.record.actor(name, as_of=visit.as_of))
    shown = lines(events, visit.words)
    return visit.page(
        "actor.html",
        name=name,
        second=second,
        heading=_heading(visit.words, name, second),
        curve=curve(dyad, visit.words) if dyad else None,
        cards=cards.actors if cards else (),
        said=said_by(name, shown),
        events=shown[::-1][:_MOST],
        strip=strip(shown, visit.words),
        contacts=contacts_of(name, shown),
        last=_between(visit, "last", name, second),
        next=_between(visit, "next", name, second),
    )


def _heading(words: Words, name: str, second: str) -> str:
    """Who the page is about, as the reader's language calls them."""
    shown, other = words.actor(name), words.actor(second)
    return words("dyad", a=shown, b=other) if second else shown


@router.get("/timeline")
@one_look
def timeline(
    request: Request,
    actor: str = Query("", max_length=300),
    since: str = Query("", max_length=40),
    until: str = Query("", max_length=40),
    type: str = Query("", max_length=40),  # noqa: A002
) -> Response:
    """What happened, in order of time."""
    visit = Visit.of(request)
    asked: dict[str, Any] = {"since": since or None, "until": until or None, "type": type or None}
    wrong: NoAnswer | None = None
    events: tuple[Found, ...] = ()
    try:
        events = visit.record.timeline(actor or None, as_of=visit.as_of, **asked).events
    except NoAnswer as error:
        wrong = error
    shown = lines(events, visit.words)
    return visit.page(
        "timeline.html",
        events=shown[::-1][:_MOST],
        strip=strip(shown, visit.words),
        wrong=wrong,
        asked={**asked, "actor": actor},
        types=visit.words.types(),
        total=len(events),
    )


@router.get("/agenda")
@one_look
def agenda(request: Request) -> Response:
    """What is planned: as a calendar and as a list, and what is overdue."""
    visit = Visit.of(request)
    planned = _or_none(lambda: visit.record.agenda(as_of=visit.as_of))
    overdue = _or_none(lambda: visit.record.agenda(overdue=True, as_of=visit.as_of))
    shown = lines(_events(planned), visit.words)
    return visit.page(
        "agenda.html",
        days=plans.by_day(shown, visit.words),
        weeks=plans.weeks(shown, visit.words),
        fallen=[(n, lines([n.event], visit.words)[0]) for n in (planned.notes if planned else ()) if n.event],
        overdue=lines(_events(overdue), visit.words)[::-1],
        feed=plans.address(visit),
    )


@router.get("/agenda.ics")
@one_look
def agenda_ics(request: Request) -> Response:
    """What is planned, for calendars."""
    visit = Visit.of(request)
    planned = _or_none(lambda: visit.record.agenda(as_of=visit.as_of))
    calendar = plans.calendar(planned, visit.words, str(request.base_url))
    return Response(calendar, media_type="text/calendar; charset=utf-8")


def _between(visit: Visit, question: str, a: str, b: str) -> Any:
    """The last or the next contact of two, if there is a second one and anything is known."""
    if not b.strip():
        return None
    ask = getattr(visit.record, question)
    found = _or_none(lambda: ask(a, b.strip(), as_of=visit.as_of))
    return lines(found.events, visit.words)[0] if found else None


def _dyad(visit: Visit, a: str, b: str) -> Any:
    """What is between two, by periods that make a drawing to look at."""
    if not b:
        return None
    ask = visit.record.dyad
    found = _or_none(lambda: ask(a, b, by="month", as_of=visit.as_of))
    if not found or not found.periods:
        return None
    by = period(found.periods[0].from_, found.periods[-1].to)
    return _or_none(lambda: ask(a, b, by=by, as_of=visit.as_of))


def _events(answer: Answer | None) -> tuple[Found, ...]:
    return answer.events if answer else ()


def _or_none(ask: Any) -> Any:
    """An answer, or None where the record has none."""
    try:
        return ask()
    except NoAnswer:
        return None
