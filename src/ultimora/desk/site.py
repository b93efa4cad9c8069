"""What every page shares: the reader's language, time and clock of knowledge, and how a template is filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ultimora.collecting import undisturbed
from ultimora.core import Record
from ultimora.desk.words import Words, preferred, spoken
from ultimora.record.store import instant

LANGUAGE = "language"
_HERE = Path(__file__).parent
_YEAR = 365 * 24 * 3600

templates = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.filters["quoted"] = lambda text: '"' + text.replace('"', " ")[:250] + '"'
templates.filters["up"] = lambda text: text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Settings:
    """How the desk is served: the present (None: the clock's), and the reader's time zone (None: the language's)."""

    as_of: str | None = None
    zone: str | None = None


@dataclass(frozen=True)
class Visit:
    """One request of a page."""

    request: Request
    record: Record
    settings: Settings

    @classmethod
    def of(cls, request: Request) -> Visit:
        """The visit that a request is."""
        return cls(request, request.app.state.record, request.app.state.desk)

    @cached_property
    def asked_as_of(self) -> str | None:
        """The instant in the address, if there is one.

        Raises:
            BadInstant: it is none.
        """
        value = self.request.query_params.get("as_of", "").strip()
        if not value:
            return None
        local = datetime.fromisoformat(value).replace(tzinfo=self._plain.zone) if _is_local(value) else value
        return instant(local, "as_of")

    @property
    def as_of(self) -> str | None:
        """What was known when."""
        return self.asked_as_of or self.settings.as_of

    @cached_property
    def language(self) -> str:
        """The reader's language: asked for, remembered, or the browser's."""
        asked = self.request.query_params.get("lang") or self.request.cookies.get(LANGUAGE, "")
        return asked if asked in spoken() else preferred(self.request.headers.get("accept-language", ""))

    @cached_property
    def _plain(self) -> Words:
        return Words.of(self.language, datetime.now(UTC), self.settings.zone)

    @cached_property
    def words(self) -> Words:
        """The reader's language, at the present that counts."""
        now = datetime.fromisoformat(self.as_of) if self.as_of else self.record.store.clock()
        return Words.of(self.language, now, self.settings.zone)

    def link(self, path: str, **params: Any) -> str:
        """An address of the desk, at the same clock of knowledge; a page has the same ones many times."""
        asked = (path, *params.items())
        if asked not in self._links:
            self._links[asked] = _address(path, {**params, "as_of": self.asked_as_of} if self.asked_as_of else params)
        return self._links[asked]

    @cached_property
    def _links(self) -> dict[tuple[object, ...], str]:
        return {}

    def here(self, **changed: Any) -> str:
        """This page with other parameters."""
        query = {**dict(self.request.query_params), **changed}
        query = {k: v for k, v in query.items() if v not in (None, "")}
        return quote(self.request.url.path, safe="/") + (f"?{urlencode(query)}" if query else "")

    def page(self, template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
        """A template, filled in."""
        html = templates.get_template(template).render(
            t=self.words, url=self.link, here=self.here, visit=self, spoken=_spoken(), **values
        )
        answer = HTMLResponse(html, status, headers={"vary": "accept-language, cookie"})
        asked = self.request.query_params.get("lang")
        if asked in spoken():
            answer.set_cookie(LANGUAGE, str(asked), max_age=_YEAR, httponly=True, samesite="lax")
        return answer

    @property
    def signed_in(self) -> bool:
        """Whether tokens are asked for, so that one can leave."""
        return bool(self.request.app.state.access.tokens)


Route = TypeVar("Route", bound=Callable[..., Response])


def one_look(route: Route) -> Route:
    """A page all of whose questions see one state of the record, which is loaded once."""

    @wraps(route)
    @undisturbed
    def looking(request: Request, **params: Any) -> Response:
        visit = Visit.of(request)
        with visit.record.together(visit.as_of):
            return route(request, **params)

    return cast(Route, looking)


def _address(path: str, params: dict[str, Any]) -> str:
    query = {k: v for k, v in params.items() if v not in (None, "")}
    fragment = query.pop("at", None)
    address = quote(path, safe="/") + (f"?{urlencode(query)}" if query else "")
    return f"{address}#{quote(str(fragment))}" if fragment else address


def _spoken() -> list[tuple[str, str]]:
    from ultimora import languages

    return [(tag, str(languages.load(tag).table("desk")["name"])) for tag in spoken()]


def _is_local(value: str) -> bool:
    """Whether this is the value of a browser's field for local time."""
    try:
        return len(value) > 10 and datetime.fromisoformat(value).tzinfo is None
    except ValueError:
        return False
