"""Shared fixtures; its being here puts this folder on the path, so that tests can import ``factories``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ultimora.answers import Record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "test.db") as opened:
        yield opened
