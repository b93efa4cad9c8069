"""Counterparts hold the office of whoever they are the counterpart of: "Rubio ha visto il suo omologo Lavrov"."""

from __future__ import annotations

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.types import Token

_FARTHEST_OFFICIAL = 40
OF_STATES = frozenset({"head_of_state", "head_of_government", "vice_president", "monarch", "cabinet"})
"""Groups of offices that are a state's."""


def as_counterpart(context: Context, token: Token, person: Draft) -> None:
    """A counterpart holds the same kind of office as whoever is the subject: "Rubio ha visto il suo omologo Lavrov"."""
    for above in context.document.ancestors(token):
        for subject in context.document.children(above, "nsubj"):
            mine = context.registry.by_token.get(subject.i)
            if mine is not None and mine is not person and mine.kind == "person":
                for group in mine.groups:
                    person.groups.setdefault(group, person.country)
                return
    if context.document.children(token, "nmod:poss", "det:poss"):
        _as_last_official(context, token, person)


def _as_last_official(context: Context, token: Token, person: Draft) -> None:
    """As in "Her Bolivian counterpart, Hugo Mamani": she is whoever of such an office was named last."""
    for tried, (_, draft) in enumerate(context.registry.before(token.i)):
        if tried > _FARTHEST_OFFICIAL:
            return
        if draft is not person and draft.kind == "person" and draft.groups.keys() & OF_STATES:
            for group in draft.groups:
                person.groups.setdefault(group, person.country)
            return
