"""What is asked of a word of a document again and again is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from ultimora.types import Document, Token

T = TypeVar("T")
_NEVER: Any = object()


def once(work: Callable[[Document, Token], T]) -> Callable[[Document, Token], T]:
    """Work out once what is asked of each word: for what only the parse says, and the rooms that are done."""

    @wraps(work)
    def known(document: Document, token: Token) -> T:
        kept: dict[int, T] = document.memory[work]
        found: T = kept.get(token.i, _NEVER)
        if found is _NEVER:
            found = kept[token.i] = work(document, token)
        return found

    return known
