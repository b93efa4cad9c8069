"""Phrases become mentions: their extent with article and title."""

from __future__ import annotations

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.roles import office_start
from ultimora.types import Token


def take(context: Context, token: Token, draft: Draft, form: str) -> Draft:
    """Make the phrase of a token a mention of a draft."""
    wide = draft.anonymous or draft.kind == "document"
    first, last = context.phrases.extent(token, wide) if form == "nominal" else (token.i, token.i + 1)
    if form == "nominal":
        first = context.phrases.start(token, min(first, office_start(context, token)))
    context.registry.mention(draft, first, last, "nominal" if form == "nominal" else "name", head=token.i)
    return draft
