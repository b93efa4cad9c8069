"""Stands before every route: the name asked for, who asks, from where; and the headers of every response."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as ASGIScope

from ultimora.api.access import Access

SESSION, CALENDAR = "session", "calendar"
SAFE = ("GET", "HEAD")
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        "trusted-types 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered."""

    status: int
    kind: str
    message: str


Refuse = Callable[[Request, Refusal], Response]


def as_json(_request: Request, refusal: Refusal) -> Response:
    """A refusal as the API tells it."""
    headers = {"www-authenticate": "Bearer"} if refusal.status == 401 else None
    said = {"type": refusal.kind, "message": refusal.message, "near": []}
    return JSONResponse({"error": said}, refusal.status, headers)


class Guard:
    """An ASGI middleware: nothing behind it is reached without the right to.

    ``open_paths`` need no token (a path that ends in ``/`` stands for all below it), ``keyed`` may be opened by a key
    in the address, since calendars can send nothing else.
    """

    def __init__(
        self,
        app: ASGIApp,
        access: Access,
        refuse: Refuse = as_json,
        open_paths: tuple[str, ...] = (),
        keyed: tuple[str, ...] = (),
    ) -> None:
        self.app, self.access, self.refuse = app, access, refuse
        self.open_paths, self.keyed = open_paths, keyed

    async def __call__(self, scope: ASGIScope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope)
        refusal = self._refusal(request)
        answer = self.refuse(request, refusal) if refusal else self.app

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await answer(scope, receive, sending)

    def _refusal(self, request: Request) -> Refusal | None:
        if not self.access.answers_to(request.headers.get("host", "")):
            return Refusal(421, "WrongHost", "this server is not called so; name it with: ultimora serve --name")
        if request.method not in SAFE and not same_origin(request):
            return Refusal(403, "CrossSite", "a page elsewhere may not do this")
        if self._open(request.url.path):
            return None
        return self._token(request)

    def _open(self, path: str) -> bool:
        return any(path.startswith(p) if p.endswith("/") else path == p for p in self.open_paths)

    def _token(self, request: Request) -> Refusal | None:
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        token = self.access.token_for(secret.strip()) if kind.lower() == "bearer" else None
        scope = token.scope if token else None
        if request.method in SAFE:
            if scope or (not self.access.tokens and not secret) or self._known(request):
                return None
            return Refusal(401, "NoToken", "this needs a token: Authorization: Bearer TOKEN")
        if scope == "write":
            return None
        if scope == "read":
            return Refusal(403, "ReadOnly", "this token only reads; adding needs one that was given as write:TOKEN")
        return Refusal(401, "NoToken", "adding needs a token with scope write: ultimora serve --token write:TOKEN")

    def _known(self, request: Request) -> bool:
        """A session, which only reads; or a calendar's key."""
        if self.access.knows(request.cookies.get(SESSION, ""), SESSION):
            return True
        return request.url.path in self.keyed and self.access.knows(request.query_params.get("key", ""), CALENDAR)


def same_origin(request: Request) -> bool:
    """Whether no page of another site sent this: browsers say so; programs send neither header."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    if origin is None:
        return True
    try:
        return origin != "null" and urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
    except ValueError:
        return False
