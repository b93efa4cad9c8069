"""What "it" may mean, and where it means nothing."""

from __future__ import annotations

from collections.abc import Callable

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.shape import is_definite, is_plural
from ultimora.types import EntityKind, Token

KINDS: dict[str, EntityKind] = {
    "government_itself": "government",
    "government": "government",
    "armed_group": "armed_group",
    "group": "group",
    "organization": "organization",
    "outlet": "outlet",
    "person": "person",
    "place": "place",
    "weapon": "weapon",
    "document": "document",
}
ACTING = frozenset({"government", "organization", "outlet", "armed_group"})


def is_idle(context: Context, token: Token) -> bool:
    """As in "it is clear that …", "it emerged that …": an "it" that means nothing."""
    verb = context.document.head(token)
    if verb is None or token.deprel.startswith("expl"):
        return True
    lemma, words = verb.lemma.lower(), context.lexicon
    if not token.deprel.startswith("nsubj"):
        return False
    if lemma in words.idle or context.document.children(verb, "csubj", "csubj:pass", "expl"):
        return True
    sole = verb.upos in ("PRON", "PROPN") or is_definite(context.document, verb)
    if sole and context.document.children(verb, "cop") and context.document.children(verb, "acl:relcl"):
        return True  # "it was she who had forgotten"
    states = verb.upos in ("ADJ", "NOUN", "ADV") or lemma in words.idle_with_clause
    clauses = context.document.children(verb, "ccomp", "advcl", "xcomp", "acl") if states else ()
    return any(c.i > verb.i for c in clauses)


def speak_before(context: Context, token: Token, speak_of: Callable[[Context, Token], Draft]) -> None:
    """The subject of the sentence before, where it is a body by its noun: "The government confirmed the trip. It…"."""
    if not token.sentence or token.deprel != "nsubj":
        return
    before = context.document.sentence_tokens(token.sentence - 1)
    root = next((t for t in before if t.deprel == "root"), None)
    for subject in context.document.children(root, "nsubj") if root is not None else ():
        kind = context.lexicon.kind_of(context.document, subject)
        body = kind is not None and KINDS.get(kind[1]) in ACTING and not is_plural(subject)
        if subject.upos == "NOUN" and body and is_definite(context.document, subject):
            speak_of(context, subject)
