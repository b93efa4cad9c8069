"""The record for assistants: a server of the Model Context Protocol, over standard input and output, that only reads.

Every tool gives what the command of the same name gives as JSON, each answer with the sentences that it rests on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from ultimora import __version__
from ultimora.core import Record
from ultimora.errors import MissingExtra, NoAnswer, UltimoraError
from ultimora.serial import to_data

if TYPE_CHECKING:
    from mcp.server import MCPServer

_USE = (
    "The record of the news: events with who did what when, whether it happened, and who says so. Cite the sentence, "
    "outlet and date of the references that each answer has. Where nothing is known, the answer says what is known "
    "instead; do not fill the gap. as_of asks what was known at an instant."
)
Name = Annotated[str, Field(description="A person, state or organisation, by any of its names.", max_length=300)]
AsOf = Annotated[str | None, Field(description="Answer with what was known then, as 2025-10-16T10:00:00+02:00.")]
Kind = Literal["any", "call", "visit", "meeting"]


def server(record: Record) -> MCPServer[Any]:
    """The server of a record.

    Raises:
        MissingExtra: the package ``mcp`` is not installed.
    """
    try:
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise MissingExtra("the package mcp is missing; install it with: pip install 'ultimora[mcp]'") from error
    made: MCPServer[Any] = MCPServer("ultimora", version=__version__, instructions=_USE)
    tools = _Tools(record)
    for tool in (tools.last, tools.next, tools.timeline, tools.changes, tools.sources, tools.stories, tools.brief):
        only_reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
        made.add_tool(tool, name=tool.__name__, annotations=only_reads, structured_output=False)
    return made


class _Tools:
    """What an assistant may ask."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def last(self, a: Name, b: Name, kind: Kind = "any", as_of: AsOf = None) -> dict[str, Any]:
        """When two actors were last in contact: calls, visits, meetings that happened."""
        return self._told(lambda: self.record.last(a, b, kind=kind, as_of=as_of))

    def next(self, a: Name, b: Name, kind: Kind = "any", as_of: AsOf = None) -> dict[str, Any]:
        """When two actors will next be in contact, as far as it is planned."""
        return self._told(lambda: self.record.next(a, b, kind=kind, as_of=as_of))

    def timeline(
        self,
        actor: str | None = None,
        since: Annotated[str | None, Field(description="From this day on.")] = None,
        until: Annotated[str | None, Field(description="Before this day.")] = None,
        type: Annotated[str | None, Field(description="PLOVER type, as CONSULT or ASSAULT.")] = None,  # noqa: A002
        limit: Annotated[int, Field(ge=1, le=100, description="The newest so many events.")] = 30,
        as_of: AsOf = None,
    ) -> dict[str, Any]:
        """What happened, in order of time, each event with the sentences that it rests on."""
        found = self._told(lambda: self.record.timeline(actor, since=since, until=until, type=type, as_of=as_of))
        return _cut(found, "events", limit)

    def changes(
        self,
        article: Annotated[str | None, Field(description="Its address or id; every article, if not given.")] = None,
        since: Annotated[str | None, Field(description="Only what became known from this instant on.")] = None,
        limit: Annotated[int, Field(ge=1, le=100, description="The newest so many revisions.")] = 30,
        as_of: AsOf = None,
    ) -> dict[str, Any]:
        """What changed in facts between the revisions of articles: added, withdrawn, firmer, other numbers or times."""
        found = self._told(lambda: self.record.changes(article, since=since, as_of=as_of))
        return _cut(found, "edits", limit)

    def sources(
        self, event: Annotated[str, Field(description="An event's id, as answers give it.")], as_of: AsOf = None
    ) -> dict[str, Any]:
        """Who says that an event happened: its independent origins, and through whom their word came."""
        return self._told(lambda: self.record.sources(event, as_of=as_of))

    def stories(
        self,
        since: Annotated[str | None, Field(description="Told from this instant on.")] = None,
        language: Annotated[str | None, Field(description="Of titles: it or en.")] = None,
        as_of: AsOf = None,
    ) -> dict[str, Any]:
        """The stories, the latest told first; their ids are what brief asks for."""
        return self._told(lambda: self.record.stories(since=since, language=language, as_of=as_of))

    def brief(
        self,
        story: Annotated[str, Field(description="A story's id, as the tool stories gives it.")],
        language: Annotated[str, Field(description="it or en.")] = "en",
        since: Annotated[str | None, Field(description="What changed since then.")] = None,
        as_of: AsOf = None,
    ) -> dict[str, Any]:
        """A story in brief: established, from one origin only, disputed, expected, changed; all with references."""
        return self._told(lambda: self.record.brief(story, language=language, since=since, as_of=as_of))

    def _told(self, ask: Any) -> dict[str, Any]:
        """The answer as data; where there is none, what is known instead.

        Raises:
            ToolError: what was asked cannot be, as an instant that is none.
        """
        from mcp.server.mcpserver.exceptions import ToolError

        try:
            return dict(to_data(ask()))
        except NoAnswer as error:
            return {"answer": None, "message": str(error), "near": list(error.near)}
        except UltimoraError as error:
            raise ToolError(str(error)) from error


def _cut(answer: dict[str, Any], key: str, limit: int) -> dict[str, Any]:
    """The newest items of a list, and how many were left out."""
    items = answer.get(key)
    if items is None or len(items) <= limit:
        return answer
    return {**answer, key: items[-limit:], "left_out": len(items) - limit}
