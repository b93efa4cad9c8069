"""What is asked of a word of a document again and again is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from ultimora.types import Document, Token

P = ParamSpec("P")
T = TypeVar("T")


def once(work: Callable[Concatenate[Document, Token, P], T]) -> Callable[Concatenate[Document, Token, P], T]:
    """Work out once what is asked of each word: for what only the parse says, and the rooms that are done.

    What else is given must be the same for all of a document, as the words of its language are.
    """

    @wraps(work)
    def known(document: Document, token: Token, *rest: Any) -> T:
        kept: dict[int, T] = document.memory[work]
        i = token.i
        if i not in kept:
            kept[i] = work(document, token, *rest)  # type: ignore[call-arg]
        return kept[i]

    return cast(Any, known)  # type: ignore[no-any-return]
