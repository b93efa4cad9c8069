"""Who says that something happened: chains of sources, nearest to the facts first."""

from __future__ import annotations

from ultimora.types import Document, Link, Token


def chains(document: Document, trigger: Token) -> tuple[tuple[Link, ...], ...]:
    """One chain for each independent origin of what the trigger asserts; nothing for the article's own voice."""
    around = [
        s
        for s in document.statements
        if s.source and s.content.start <= trigger.start and trigger.end <= s.content.end
    ]
    around.sort(key=lambda s: (s.content.end - s.content.start, s.id))
    chain = tuple(Link(s.source, s.stance, s.medium) for s in around if s.source)
    return (chain,) if chain else ()
