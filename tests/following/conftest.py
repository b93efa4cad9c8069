"""A record with its watch, and a site on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from following_made import Desk, Site


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk.db")
    yield desk
    desk.store.close()


@pytest.fixture
def site(httpserver: HTTPServer) -> Site:
    return Site(httpserver)
