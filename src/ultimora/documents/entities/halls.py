"""Palaces that no list knows and that stand for whoever governs there: "Palazzo Gounela non commenta"."""

from __future__ import annotations

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.names import Name


def seat_of_town(context: Context, name: Name) -> bool:
    """As in "Palazzo Gounela non commenta": a palace that speaks stands for whoever governs there."""
    document, words = context.document, context.referring.signs.get("palaces", frozenset())
    verb = document.head(head := context.head(name))
    called = name.last - name.first > 1 and document.tokens[name.first].lower in words
    if verb is not None and verb.lemma.lower() in context.referring.signs.get("houses", ()):
        return False
    if not called or head.deprel != "nsubj" or verb is None or verb.upos != "VERB" or not context.reader.acts(name):
        return False
    shown = " ".join(name.text(document).split())
    draft = context.registry.draft(("name", shown.lower()), shown, "government", context.lexicon.home or None)
    context.registry.mention(draft, name.first, name.last, "name", metonym=True)
    return True
