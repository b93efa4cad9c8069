"""When an article was published, by its own text."""

from __future__ import annotations


def publication_from_text(text: str, language: str) -> tuple[str, str, tuple[int, int]] | None:
    """To be written."""
    return None
