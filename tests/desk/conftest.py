"""The bundled story served on this machine, and a browser to look at it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from ultimora.answers import Record
from ultimora.api.access import access
from ultimora.desk.app import desk
from ultimora.desk.site import Settings
from ultimora.record.store import instant

EVENING = "2025-03-06T18:00:00+01:00"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(15)


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """The bundled story, read by the models and kept."""
    from ultimora.cli.showing import build

    with Record(tmp_path_factory.mktemp("story") / "story.db") as record:
        build(record)
        yield record


@pytest.fixture(scope="session")
def site(story: Record) -> Iterator[str]:
    """The story as it was known in the evening of its third day."""
    with serving(desk(story, access("127.0.0.1", []), Settings(instant(EVENING), "Europe/Rome"))) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window; tests that look are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: install one (Debian: apt-get install chromium) or name it in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def look(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page: the address, then what a browser context takes."""
    contexts: list[Any] = []

    def opening(address: str, width: int = 1280, locale: str = "it-IT", **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale=locale, **more)
        contexts.append(context)
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda said: page.problems.append(said.text) if said.type == "error" else None)
        page.goto(address)
        return page

    yield opening
    for context in contexts:
        context.close()
