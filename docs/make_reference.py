"""Writes ``reference.md`` out of the code: ``python docs/make_reference.py``. A test checks that it is up to date."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import typer.main

from ultimora.answers import Record
from ultimora.api.access import access
from ultimora.articles.web.settings import FetchSettings
from ultimora.assistant import server
from ultimora.cli.main import app
from ultimora.desk.app import desk
from ultimora.following.rules import Rule
from ultimora.following.settings import FollowSettings, SmtpSettings, Sourced

TARGET = Path(__file__).parent / "reference.md"
HEAD = """# Reference

Made from the code by `python docs/make_reference.py`; do not edit it by hand. `ultimora COMMAND --help` has the
same with examples.
"""


def reference() -> str:
    """The whole page."""
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "empty.db") as record:
        with ThreadPoolExecutor(1) as pool:  # whoever asks may have an event loop of its own
            tools = pool.submit(lambda: asyncio.run(server(record).list_tools())).result()
        routes = desk(record, access("127.0.0.1", [])).openapi()["paths"]
    parts = [HEAD, "## Commands", *_commands(typer.main.get_command(app), "ultimora")]
    tables: dict[str, Any] = {"fetch": FetchSettings, "follow": FollowSettings, "smtp": SmtpSettings}
    tables |= {"[sources]": Sourced, "[alerts]": Rule}
    parts += ["## Settings", "`ultimora.toml`; in the environment `ULTIMORA_TABLE__NAME`."]
    for name, model in tables.items():
        parts.append(f"### `[{name}]`")
        parts.append(_table(("name", "default", "what it is"), [_setting(k, f) for k, f in model.model_fields.items()]))
    parts += ["## API", _table(("request", "parameters", "what it gives"), list(_routes(routes)))]
    parts += ["## Tools for assistants", _table(("tool", "arguments", "what it gives"), [_tool(t) for t in tools])]
    return "\n\n".join(p.strip() for p in parts) + "\n"


def _commands(command: Any, name: str) -> Iterator[str]:
    for verb, inner in sorted(getattr(command, "commands", {}).items()):
        if getattr(inner, "commands", None):
            yield from _commands(inner, f"{name} {verb}")
            continue
        arguments = [p for p in inner.params if p.param_type_name == "argument"]
        usage = " ".join([f"{name} {verb}", *(_argument(p) for p in arguments)])
        yield f"### `{usage}`"
        yield _plain(inner.help or "").split("\n\n")[0]
        rows = [_option(p) for p in inner.params if p.param_type_name == "option" and p.name != "help"]
        rows = [(f"`{p.name}`", "", _plain(p.help or "")) for p in arguments] + rows
        if rows:
            yield _table(("option", "default", "what it is"), rows)


def _argument(found: Any) -> str:
    name = str(found.metavar or found.name).upper() + ("…" if found.nargs == -1 else "")
    return name if found.required else f"[{name}]"


def _option(found: Any) -> tuple[str, str, str]:
    names = ", ".join(f"`{name}`" for name in (*found.opts, *found.secondary_opts))
    shown = found.default not in (None, False, (), [], "") and not callable(found.default)
    return names, f"`{found.default}`" if shown else "", _plain(found.help or "")


def _setting(name: str, found: Any) -> tuple[str, str, str]:
    if found.is_required():
        return f"`{name}`", "needed", found.description or ""
    shown = found.default is not None and not found.default_factory
    return f"`{name}`", f"`{found.default}`" if shown else "", found.description or ""


def _routes(paths: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for path, methods in sorted(paths.items()):
        for method, told in sorted(methods.items()):
            names = " ".join(f"`{p['name']}`" for p in told.get("parameters", ()) if p["in"] != "path")
            said = told.get("description") or told.get("summary") or ""
            yield f"`{method.upper()} {path}`", names, _plain(said).split("\n")[0]


def _tool(found: Any) -> tuple[str, str, str]:
    schema = getattr(found, "input_schema", None) or found.inputSchema
    names = " ".join(f"`{name}`" for name in schema.get("properties", {}))
    return f"`{found.name}`", names, _plain(found.description or "").split("\n\n")[0].replace("\n", " ")


def _plain(text: str) -> str:
    """Help without the marks of the terminal, each paragraph on one line."""
    text = re.sub(r"\[/?(?:bold|dim)\]", "", text)
    return "\n\n".join(" ".join(p.split()) for p in text.split("\n\n"))


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines)


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
