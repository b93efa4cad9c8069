"""Where an article announces those whom it names below, and of whom its lead tells without a name."""

from __future__ import annotations

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft

_HEADS = frozenset({"leader", "director"})
PARTS_BEFORE = ("title", "standfirst", "section")
"""Where an article announces those whom it names below."""


def lead_of(context: Context) -> int | None:
    """The first sentence of the body that says something: not "KHARTOUM, March 9 (Reuters) -"."""
    for sentence in context.document.sentences:
        root = next((t for t in context.document.sentence_tokens(sentence) if t.deprel == "root"), None)
        if sentence.part == "body" and root is not None and context.document.children(root, "nsubj", "nsubj:pass"):
            return sentence.id
    return None


def is_byline(context: Context, draft: Draft) -> bool:
    """As in "dalla corrispondente Anna Bo": a reporter whom only a line without a verb names."""
    if draft.groups.keys() != {"reporter"} or not draft.is_named:
        return False
    spoken = {m.sentence for m in draft.mentions.values() if m.form == "name"}
    words = (t for n in spoken for t in context.document.sentence_tokens(n))
    return not any(t.upos in ("VERB", "AUX") or t.deprel.startswith("nsubj") for t in words)


def is_told_without_name(context: Context, draft: Draft) -> bool:
    """As in "Bank holds as governor warns" above "… its governor said": the lead's governor is the headline's, too.

    Not one who is brought in by name below the lead, as the governor of something else.
    """
    lead = lead_of(context)
    if lead is None or context.document.tokens[min(draft.heads)].sentence <= lead:
        return False
    for token in context.document.sentence_tokens(lead):
        office = context.lexicon.office_of(context.document, token)
        owned = context.document.children(token, "nmod:poss", "det:poss")
        heads = token.deprel.startswith("nsubj") and context.document.children(token, "nmod")
        kindred = office is not None and (
            office[1] in draft.groups or (bool(heads) and {office[1], *draft.groups} <= _HEADS)
        )
        if kindred and (owned or heads) and token.i not in context.registry.by_token:
            return True
    return False
