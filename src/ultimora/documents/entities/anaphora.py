"""Definite phrases that must go back to somebody, though no word of them has been said before.

"The people said", after "three people familiar with the talks"; "dice il progettista", after an architect has spoken.
"""

from __future__ import annotations

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.references import shown_gender
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.salience import best
from ultimora.documents.entities.shape import is_definite, is_plural
from ultimora.types import Role, Token

_NEAR = 3
_LAST = 2
_OFFICIAL = 0.6
_LIGHT = frozenset({"det", "case", "punct", "cc", "conj", "nummod"})
_UNSAID = frozenset({"cabinet", "head_of_state", "head_of_government", "monarch", "pope", "judge", "prosecutor"})


def several(context: Context, token: Token) -> Draft | None:
    """The unnamed ones just introduced by the same noun: "the people", "le fonti", "i due funzionari"."""
    document = context.document
    if token.upos != "NOUN" or not is_plural(token) or not is_definite(document, token):
        return None
    if any(c.deprel.split(":")[0] not in _LIGHT for c in document.children(token)):
        return None
    lemma = token.lemma.lower()
    for i, draft in context.registry.before(token.i):
        if token.sentence - document.tokens[i].sentence > _NEAR:
            return None
        if not draft.plural or draft.members or draft.is_named or lemma not in draft.nouns:
            continue
        told = document.tokens[i]
        counted = bool(document.children(told, "nummod"))
        return draft if (draft.anonymous or counted) and not is_definite(document, told) else None
    return None


def teller(context: Context, token: Token, office: tuple[str, str] | None) -> Draft | None:
    """The person nearest before a noun for somebody who speaks, whom the text has not called so: "the designer"."""
    document, words = context.document, context.lexicon
    verb = document.head(token)
    if verb is None or token.deprel != "nsubj" or verb.lemma.lower() not in words.telling:
        return None
    if token.upos not in ("NOUN", "ADJ") or words.kind_of(document, token) is not None or office is not None:
        return None
    if not token.lower.endswith(context.referring.agents) or token.lower in context.referring.tellers:
        return None
    if any(c.deprel.split(":")[0] in ("nmod", "appos", "det:poss", "compound") for c in document.children(token)):
        return None
    gender = shown_gender(context, token)

    def fit(draft: Draft) -> float:
        if draft.kind != "person" or draft.plural or not draft.is_named or {draft.gender, gender} == {"m", "f"}:
            return 0.0
        return _OFFICIAL if draft.groups.keys() & _UNSAID else 1.0

    found = best(context, token, fit, _LAST)
    if found is not None:
        found.nouns.add(token.lemma.lower())
        found.add_role(Role(token.lower, None, token.sentence, "current"), "profession")
    return found and _taken(context, token, found)


def _taken(context: Context, token: Token, draft: Draft) -> Draft:
    first, last = context.phrases.extent(token)
    context.registry.mention(draft, context.phrases.start(token, first), last, "nominal", head=token.i)
    return draft
