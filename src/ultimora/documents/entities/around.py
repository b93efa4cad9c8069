"""What a token tells beside what it speaks of itself: who is named together, after it, at its end, as its owner."""

from __future__ import annotations

from ultimora.documents.entities.ahead import look_within
from ultimora.documents.entities.announcing import join
from ultimora.documents.entities.apposed import are_apposed, body_introduced
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.crafts import name_ship
from ultimora.documents.entities.enclitics import gather_enclitic
from ultimora.documents.entities.naming import tell_office
from ultimora.documents.entities.oneof import tell_one
from ultimora.documents.entities.opening import (
    name_after,
    name_body_opening,
    name_next,
    name_opening,
    name_ruler,
    name_speaker,
)
from ultimora.documents.entities.relatives import speak_relative
from ultimora.documents.entities.shape import is_plural
from ultimora.types import Token


def look_around(context: Context, token: Token) -> None:
    """Tell it, before the token itself is looked at."""
    join(context, token)
    speak_relative(context, token)
    gather_enclitic(context, token)
    tell_one(context, token)
    name_opening(context, token)
    name_body_opening(context, token)
    name_next(context, token)
    name_after(context, token)
    name_speaker(context, token)
    name_ruler(context, token)
    name_ship(context, token)
    if token.i in context.offices:
        look_within(context, token)
    tell_office(context, token)
    if token.i in context.registry.by_token and token.i in context.offices and is_plural(token):
        are_apposed(context, token)
    body_introduced(context, token)
