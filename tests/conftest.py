"""Shared fixtures; its being here puts this folder on the path, so that tests can import ``factories``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from postgres import Server
from ultimora.answers import Record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "test.db") as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for all tests; each makes a database of its own."""
    try:
        server = Server()
    except (ImportError, OSError, RuntimeError) as error:
        pytest.skip(f"no PostgreSQL can be started here: {error}")
    yield server
    server.remove()
