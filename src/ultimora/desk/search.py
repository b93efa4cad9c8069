"""The page of search: sentences and statements by their words, events by actor, type and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ultimora.answers.search import Hit
from ultimora.desk.lines import Line, lines, safe
from ultimora.desk.site import Visit, one_look
from ultimora.errors import NoAnswer

router = APIRouter(include_in_schema=False)
_MOST = 60
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Result:
    """Something found, where it was read, and the events that it speaks of."""

    hit: Hit
    place: str
    url: str | None
    events: tuple[Line, ...]


@router.get("/search")
@one_look
def search(
    request: Request,
    words: str = Query("", max_length=300),
    actor: str = Query("", max_length=300),
    type: str = Query("", max_length=40),  # noqa: A002
    since: str = Query("", max_length=40),
    until: str = Query("", max_length=40),
) -> Response:
    """What was asked for; without words the events of an actor, a type, some days."""
    visit = Visit.of(request)
    asked: dict[str, Any] = {
        "actor": actor or None,
        "type": type or None,
        "since": since or None,
        "until": until or None,
    }
    results: list[Result] = []
    events: list[Line] = []
    wrong: NoAnswer | None = None
    try:
        if words.strip():
            hits = visit.record.search(words, limit=_MOST, as_of=visit.as_of, **asked).hits
            results = [_result(h, visit) for h in hits]
        elif any(asked.values()):
            found = visit.record.timeline(asked.pop("actor"), as_of=visit.as_of, **asked)
            events = lines(found.events, visit.words)[::-1][:_MOST]
    except NoAnswer as error:
        wrong = error
    shown = {"words": words, "actor": actor, "type": type, "since": since, "until": until}
    return visit.page(
        "search.html", asked=shown, results=results, events=events, wrong=wrong, types=visit.words.types()
    )


def _result(hit: Hit, visit: Visit) -> Result:
    """A result; its address makes browsers show the very sentence."""
    begins = hit.text if len(hit.text) <= _LONGEST else hit.text[: hit.text.rfind(" ", 0, _LONGEST)]
    place = f"{visit.link(f'/article/{hit.article}')}#:~:text={quote(begins, safe='')}".replace("-", "%2D")
    return Result(hit, place, safe(hit.url), tuple(lines(hit.events, visit.words)))
