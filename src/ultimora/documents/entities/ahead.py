"""Subjects that follow a pronoun say more than it does, and come first: "gli ha detto [il religioso]".

And a noun that a sentence says to be somebody is that one: "La vittima è Mario Rossi".
"""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.entities.backward import refer
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.pronouns import tellers
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.roles import give_role
from ultimora.documents.entities.shape import is_definite, is_plural
from ultimora.documents.entities.taking import take
from ultimora.types import Token

_CLITIC = frozenset({"obj", "iobj"})


def look_ahead(context: Context, token: Token) -> None:
    """Resolve the nouns that a pronoun must not mean, before it: its verb's subject, and who speaks the quotation."""
    later = list(tellers(context, token)) if token.i in context.quoted else []
    if token.deprel.split(":")[0] in _CLITIC:
        later += context.document.children(token.head, "nsubj")
    for noun in later:
        if noun.i > token.i and noun.upos == "NOUN" and context.registry.at(noun.i) is None:
            refer(context, noun)


def look_within(context: Context, token: Token) -> None:
    """Resolve whose relative somebody is before what that tells: "il padre [del giovane], Ulrico"."""
    office = context.lexicon.office_of(context.document, token)
    kin = office is not None and office[1] == "kin" and is_definite(context.document, token)
    for noun in context.document.children(token, "nmod") if kin else ():
        if noun.i > token.i and noun.upos == "NOUN" and context.registry.at(noun.i) is None:
            refer(context, noun)


def identify(context: Context) -> None:
    """As in "The missing man is Jory Pascoe", "La società che lo costruisce è la Ecofornaci": one and the same."""
    for name in context.names:
        head, draft = context.head(name), context.registry.by_token.get(name.first)
        if draft is None or context.document.children(head, "case"):
            continue
        for noun in _told_to_be(context, head):
            if _may_be(context, noun, draft) and not _is_denied(context, head):
                draft.nouns.update({noun.lemma.lower(), noun.lower})
                office = context.lexicon.office_of(context.document, noun)
                if office is not None and draft.kind == "person":
                    give_role(context, noun, office[1], draft)  # "Il presidente uscente è Aldo Carminati"
                take(context, noun, draft, "nominal")


def _told_to_be(context: Context, head: Token) -> Iterator[Token]:
    """What a name is said to be: "La vittima è [Rossi]", and "L'arrestato si chiama [Petrov]"."""
    above = context.document.head(head)
    if context.document.children(head, "cop"):
        yield from context.document.children(head, "nsubj")
        turned = head.deprel == "nsubj" and above is not None and above.deprel == "root" and above.i < head.i
        yield from (above,) if turned and above is not None else ()  # "Il presidente è Bo", hung the other way round
    calls = context.referring.signs.get("calling", frozenset())
    called = above is not None and above.lemma.lower() in calls and head.deprel in ("xcomp", "obj")
    if called and above is not None and context.document.children(above, "expl"):
        yield from context.document.children(above, "nsubj")


def _may_be(context: Context, noun: Token, draft: Draft) -> bool:
    """Whether a noun can say who somebody, or which body something, is."""
    if noun.upos not in ("NOUN", "ADJ") or noun.i in context.registry.by_token or is_plural(noun):
        return False
    if not is_definite(context.document, noun):
        return False
    kind = context.lexicon.kind_of(context.document, noun)
    if draft.kind == "person":
        office = context.lexicon.office_of(context.document, noun)
        return context.referring.is_neutral(noun) or office is not None or (kind is not None and kind[1] == "person")
    owning = {noun.lower, noun.lemma.lower()} & context.referring.either  # "L'armatore è la Delmarine"
    return draft.kind in ("organization", "outlet") and bool(context.referring.kinds(noun) or owning)


def _is_denied(context: Context, head: Token) -> bool:
    return any(t.feats.get("Polarity") == "Neg" for t in context.document.children(head, "advmod"))
