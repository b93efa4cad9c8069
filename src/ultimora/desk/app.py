"""The desk and the API on one port."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from ultimora.api.access import Access
from ultimora.api.app import application, tell
from ultimora.api.guard import SESSION, Refusal, as_json
from ultimora.core import Record
from ultimora.desk import pages, search, stories
from ultimora.desk.lines import relays
from ultimora.desk.marked import changed
from ultimora.desk.site import Settings, Visit, templates
from ultimora.errors import UltimoraError

_STATIC = Path(__file__).parent / "static"
_LONGEST = 4096
_WEEK = 7 * 24 * 3600
router = APIRouter(include_in_schema=False)


def desk(record: Record, access: Access, settings: Settings | None = None) -> FastAPI:
    """The whole application: pages for people, answers for programs.

    Args:
        record: What is shown.
        access: Who may look.
        settings: The present and the time zone, where they are not the clock's and the language's.
    """
    app = application(
        record,
        access,
        routers=(pages.router, stories.router, search.router, router),
        told=_told,
        refuse=_refused,
        open_paths=("/enter", "/static/"),
        keyed=("/agenda.ics",),
    )
    app.state.desk = settings or Settings()
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    templates.globals |= {"changed": changed, "relays": relays}
    return app


def _is_page(request: Request) -> bool:
    return not request.url.path.startswith("/api/") and request.method in ("GET", "HEAD")


def _told(request: Request, status: int, kind: str, message: str, near: tuple[str, ...]) -> Response:
    """An error as a page, or as the API tells it."""
    if not _is_page(request):
        return tell(request, status, kind, message, near)
    visit = Visit.of(request)
    try:
        # Where near names a command, a page has links instead.
        shown = tuple(n for n in near if "ultimora " not in n)
        return visit.page("error.html", status, kind=kind, message=message, near=shown)
    except UltimoraError:  # the instant in the address is what is wrong
        return tell(request, status, kind, message, near)


def _refused(request: Request, refusal: Refusal) -> Response:
    """Who has no token is asked for one; programs are told."""
    if refusal.status != 401 or not _is_page(request) or request.url.path.endswith(".ics"):
        return as_json(request, refusal)
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return _enter(request, path, wrong=False)


def _enter(request: Request, next_: str, *, wrong: bool) -> Response:
    return Visit.of(request).page("enter.html", 401, next=local(next_), wrong=wrong)


@router.post("/enter")
async def enter(request: Request) -> Response:
    """A token for a session, which only reads."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            return tell(request, 413, "TooLong", "a token is not that long", ())
    sent = {k: v[0] for k, v in parse_qs(body.decode("utf-8", "replace")).items()}
    access: Access = request.app.state.access
    token = access.token_for(sent.get("token", ""))
    if token is None:
        return _enter(request, sent.get("next", "/"), wrong=True)
    answer = RedirectResponse(local(sent.get("next", "/")), 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(SESSION, token.derived(SESSION), max_age=_WEEK, httponly=True, samesite="strict", secure=secure)
    return answer


@router.get("/enter")
def entrance(request: Request) -> Response:
    """Where a token is asked for."""
    return _enter(request, "/", wrong=False)


@router.get("/leave")
def leave() -> Response:
    """Forget the session."""
    answer = RedirectResponse("/enter", 303)
    answer.delete_cookie(SESSION)
    return answer


def local(address: str) -> str:
    """An address on this server, whatever was asked for: it begins with one slash and names no host."""
    plain = address.isascii() and address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else "/"
