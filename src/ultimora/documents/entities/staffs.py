"""Those who serve in a body speak for it: "the officers" of the police, "i militari" of the carabinieri."""

from __future__ import annotations

from itertools import islice

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.shape import is_definite, is_plural
from ultimora.types import Token

_SEARCHED = 200
_FARTHEST = 8
_LIGHT = frozenset({"det", "case", "punct", "cc", "conj", "acl:relcl", "appos"})
_BODIES = frozenset({"organization", "government", "group"})


def staff_of(context: Context, token: Token) -> Draft | None:
    """The body last spoken of in which those whom a plural noun means serve."""
    families = context.referring.staffs.get(token.lower)
    if not families or token.upos != "NOUN" or not is_plural(token) or not is_definite(context.document, token):
        return None
    if any(c.deprel not in _LIGHT for c in context.document.children(token)):
        return None
    for i, draft in islice(context.registry.before(token.i), _SEARCHED):
        if token.sentence - context.document.tokens[i].sentence > _FARTHEST:
            return None
        if token.lemma.lower() in draft.nouns or token.lower in draft.nouns:
            return None if draft.plural else draft
        if draft.kind in _BODIES and not draft.anonymous and _families(context, draft) & families:
            return draft
    return None


def _families(context: Context, draft: Draft) -> frozenset[str]:
    """By what a body is called, in its name or beside it."""
    table, name = context.referring.staffed, draft.name.lower()
    words = {name, *name.split(), *draft.nouns}
    return frozenset(family for word in words for family in table.get(word, ()))
