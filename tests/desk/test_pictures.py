"""The pictures of the documents: made by a browser, out of the bundled story.

    ULTIMORA_PICTURES=docs/pictures python -m pytest tests/desk/test_pictures.py

makes those in the documents anew; without the variable they are made in a temporary folder. Nothing is compared.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desk.test_seen import pages
from ultimora.answers import Record

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
TAKEN = [
    ("now", 1280, 900, "light", "it-IT"),
    ("story", 1280, 900, "light", "it-IT"),
    ("event", 1280, 900, "light", "en-GB"),
    ("article", 1280, 760, "light", "it-IT"),
    ("dyad", 1280, 760, "dark", "en-GB"),
    ("agenda", 1280, 900, "light", "it-IT"),
    ("search", 1280, 760, "dark", "it-IT"),
    ("now", 390, 844, "dark", "it-IT"),
    ("story", 390, 844, "light", "en-GB"),
]


def name_of(name: str, width: int) -> str:
    return f"{name}.png" if width > 500 else f"{name}-phone.png"


@pytest.mark.parametrize(("name", "width", "height", "scheme", "locale"), TAKEN)
def test_pictures(
    look: Callable[..., Any],
    site: str,
    story: Record,
    tmp_path: Path,
    name: str,
    width: int,
    height: int,
    scheme: str,
    locale: str,
) -> None:
    folder = Path(os.environ.get("ULTIMORA_PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    page = look(site + pages(story)[name], width, locale, color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": height})
    made = folder / name_of(name, width)
    page.screenshot(path=made)
    data = made.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (width, height)
    assert len(set(data)) > 200
    assert 10_000 < len(data) < 400_000
    assert page.inner_text("main").strip()


def test_every_picture_is_in_the_documents_and_is_made_here() -> None:
    made = {name_of(name, width) for name, width, *_ in TAKEN}
    shown = "".join(p.read_text("utf-8") for p in FOLDER.parent.glob("*.md"))
    assert {p.name for p in FOLDER.iterdir()} == made
    assert all(f"(pictures/{name})" in shown for name in made)
