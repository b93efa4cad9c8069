"""What has been done to somebody, as far as a noun for it goes: "the suspect" was arrested, "la vittima" was killed."""

from __future__ import annotations

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.salience import top
from ultimora.types import Token

_UNDERGOES = frozenset({"nsubj:pass", "obj", "nmod", "nmod:poss", "det:poss", "acl", "obl:agent"})


def suffers(context: Context, draft: Draft, token: Token) -> bool | None:
    """Whether somebody is what a noun calls them by what befell them; None where the noun says nothing of the kind."""
    words = context.referring
    forms = {token.lower, token.lemma.lower()}
    if forms & words.suspects:
        return _met(context, draft, token, words.charging, words.charging)
    if forms & words.victims:
        return _met(context, draft, token, words.harming | words.dying, words.dying)
    return None


def _met(context: Context, draft: Draft, token: Token, deeds: frozenset[str], alone: frozenset[str]) -> bool:
    """``alone``: verbs whose subject it is that meets with them: "Greco died", "Vane denies murder"."""
    for i in draft.heads:
        if i >= token.i:
            return False
        mine = top(context, context.document.tokens[i])
        above = context.document.head(mine)
        if above is None:
            continue
        verb = above.lemma.lower()
        if (mine.deprel in _UNDERGOES and verb in deeds) or (mine.deprel.startswith("nsubj") and verb in alone):
            return True
        if any(c.lemma.lower() in deeds for c in context.document.children(mine, "acl")):
            return True
    return False
