"""The pages of stories: which there are, and one with its brief, its timeline, who says what, disputes and changes."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from ultimora.answers.stories import OneStory
from ultimora.answers.types import Edit
from ultimora.desk.lines import Line, lines
from ultimora.desk.matrix import matrix
from ultimora.desk.site import Visit, one_look
from ultimora.desk.strip import strip
from ultimora.desk.visits import since_last
from ultimora.errors import NoAnswer

router = APIRouter(include_in_schema=False)
_STORIES, _WEIGHED, _LISTED = 60, 24, 120


@router.get("/stories")
@one_look
def stories(request: Request) -> Response:
    """The stories, the latest told first."""
    visit = Visit.of(request)
    try:
        told = visit.record.stories(language=visit.language, limit=_STORIES, as_of=visit.as_of).stories
    except NoAnswer:
        told = ()
    return visit.page("stories.html", stories=told, since=since_last(visit, ""))


@router.get("/story/{story}")
@one_look
def story(request: Request, story: str) -> Response:
    """One story."""
    visit = Visit.of(request)
    told = visit.record.story(story, language=visit.language, as_of=visit.as_of)
    since = since_last(visit, request.query_params.get("since", ""))
    shown = lines(told.events, visit.words, since=since)
    return visit.page(
        "story.html",
        told=told,
        brief=_brief(visit, told, since),
        events=shown[::-1][:_LISTED],
        left=max(len(shown) - _LISTED, 0),
        strip=strip(shown, visit.words),
        matrix=matrix([visit.record.sources(i, as_of=visit.as_of) for i in _weighed(shown)], visit.words),
        disputes=_disputes(visit, told),
        edits=_edits(visit, told),
    )


def _weighed(shown: Sequence[Line]) -> list[str]:
    """The events that most outlets speak of: for these the origins are drawn."""
    ranked = sorted(shown, key=lambda e: (not e.disputed, -e.outlets, -len(e.quotes)))
    return [e.id for e in ranked[:_WEIGHED]]


def _brief(visit: Visit, told: OneStory, since: str) -> Sequence[object]:
    try:
        brief = visit.record.brief(told.story.story, language=visit.language, since=since, as_of=visit.as_of)
    except NoAnswer:
        return ()
    return brief.sections


def _disputes(visit: Visit, told: OneStory) -> Sequence[object]:
    try:
        return visit.record.disputes(told.story.story, as_of=visit.as_of).disputes
    except NoAnswer:
        return ()


def _edits(visit: Visit, told: OneStory) -> Sequence[Edit]:
    """What revisions of the story's articles changed, the newest first."""
    try:
        return visit.record.changes(story=told.story.story, as_of=visit.as_of).edits[::-1]
    except NoAnswer:
        return ()
