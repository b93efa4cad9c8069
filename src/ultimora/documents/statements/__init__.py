"""Who says what: quotations and reported speech with their source, cue, content, stance and medium."""

from __future__ import annotations

from ultimora.documents.statements.find import find_statements

__all__ = ["find_statements"]
