"""The server for assistants, asked by the client of its own package; and over standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from factories import NOON, story_record
from ultimora.answers import Record
from ultimora.assistant import server

T = TypeVar("T")
TOOLS = ["last", "next", "timeline", "changes", "sources", "stories", "brief"]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Record]:
    with story_record(tmp_path / "mcp.db") as opened:
        yield opened


def apart(task: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread of its own: a browser that other tests keep open has a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, task).result()


def ask(kept: Record, tool: str, **asked: Any) -> tuple[bool, str]:
    async def run() -> tuple[bool, str]:
        async with Client(server(kept)) as client:
            answer = await client.call_tool(tool, asked)
            return bool(answer.is_error), answer.content[0].text

    return apart(run())


def answer(kept: Record, tool: str, **asked: Any) -> dict[str, Any]:
    failed, text = ask(kept, tool, **asked)
    assert not failed, text
    return json.loads(text)


def test_tools_only_read(kept: Record) -> None:
    async def run() -> list[Any]:
        async with Client(server(kept)) as client:
            return (await client.list_tools()).tools

    tools = apart(run())
    assert [t.name for t in tools] == TOOLS
    assert all(t.annotations.read_only_hint and t.description for t in tools)


def test_every_answer_has_its_references(kept: Record) -> None:
    last = answer(kept, "last", a="Italia", b="Turchia", as_of=NOON)
    assert last["events"][0]["references"][0]["sentence"] == "Rovati ha sentito Karataş."
    coming = answer(kept, "next", a="Italia", b="Turchia", as_of=NOON)
    assert coming["events"][0]["references"][0]["outlet"] == "Agenzia Lanterna"
    told = answer(kept, "timeline", type="ASSAULT", as_of=NOON)
    assert all(e["references"] for e in told["events"])
    origins = answer(kept, "sources", event=told["events"][0]["event"], as_of=NOON)["origins"]
    assert all(r["reference"]["sentence"] for o in origins for r in o["relays"])
    edits = answer(kept, "changes", as_of=NOON)["edits"]
    assert edits[0]["changes"][0]["after"] == "Un attacco ha ucciso dodici persone."
    story = answer(kept, "stories", as_of=NOON)["stories"][0]["story"]
    brief = answer(kept, "brief", story=story, language="it", as_of=NOON)
    assert all(line["references"] for s in brief["sections"] for line in s["lines"])


def test_long_answers_are_cut_and_say_so(kept: Record) -> None:
    told = answer(kept, "timeline", limit=1, as_of=NOON)
    assert (len(told["events"]), told["left_out"]) == (1, len(answer(kept, "timeline", as_of=NOON)["events"]) - 1)


def test_what_is_not_known_is_said(kept: Record) -> None:
    told = answer(kept, "last", a="Italia", b="Grecia", as_of=NOON)
    assert told["answer"] is None
    assert told["near"]


def test_what_cannot_be_is_an_error_that_helps(kept: Record) -> None:
    failed, text = ask(kept, "timeline", as_of="yesterday")
    assert failed
    assert "2025-10-16" in text


def test_over_standard_input_and_output(kept: Record) -> None:
    command = "from ultimora.cli.main import main; main()"
    started = StdioServerParameters(
        command=sys.executable, args=["-c", command, "mcp", "--record", str(kept.store.path)], env=dict(os.environ)
    )

    async def run() -> str:
        async with Client(stdio_client(started)) as client:
            found = await client.call_tool("last", {"a": "Italia", "b": "Turchia", "as_of": NOON})
            return str(found.content[0].text)

    assert "Rovati ha sentito Karataş." in apart(run())
