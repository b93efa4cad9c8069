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


def befell(context: Context, draft: Draft, noun: Token, end: Token) -> bool:
    """Whether the text tells before its end that somebody is what a headline's noun calls them."""
    words, forms = context.referring, {noun.lower, noun.lemma.lower()}
    if forms & words.suspects:
        return _met(context, draft, end, words.charging, words.charging)
    return bool(forms & words.victims) and _met(context, draft, end, words.harming | words.dying, words.dying)


def was_charged(context: Context, draft: Draft, token: Token) -> bool:
    """Whether the text has told before a word that somebody is accused, arrested or tried."""
    charging = context.referring.charging
    return _met(context, draft, token, charging, frozenset())


def was_harmed(context: Context, draft: Draft, token: Token) -> bool:
    """Whether the text has told before a word that somebody is hurt or killed."""
    words = context.referring
    return _met(context, draft, token, words.harming | words.dying, words.dying)


def _is_passive(context: Context, verb: Token) -> bool:
    """As in "è accusato di traffico": a participle without an object, whatever the parse calls its subject."""
    part = verb.feats.get("VerbForm") == "Part" and verb.deprel != "acl"
    return (
        part and bool(context.document.children(verb, "aux:pass", "aux")) and not context.document.children(verb, "obj")
    )


def _goes_on(context: Context, mine: Token, token: Token, alone: frozenset[str]) -> bool:
    """As in "Si chiamava Anna Bo. È morta mercoledì": the next sentence goes on about them without a subject."""
    after = mine.sentence + 1
    if not context.lexicon.pro_drop or after >= token.sentence:
        return False
    root = next((t for t in context.document.sentence_tokens(after) if t.deprel == "root"), None)
    told = root is not None and root.lemma.lower() in alone
    return told and root is not None and not context.document.children(root, "nsubj", "nsubj:pass")


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
        passive = mine.deprel in _UNDERGOES or (mine.deprel == "nsubj" and _is_passive(context, above))
        if (passive and verb in deeds) or (mine.deprel.startswith("nsubj") and verb in alone):
            return True
        if any(c.lemma.lower() in deeds for c in context.document.children(mine, "acl")):
            return True
        if alone and _goes_on(context, mine, token, alone):
            return True
    return False
