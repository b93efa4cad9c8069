"""What stands beside a phrase and speaks of the same: titles and nouns between commas, and relative pronouns."""

from __future__ import annotations

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.roles import give_role
from ultimora.documents.entities.shape import is_definite, is_indefinite, is_plural
from ultimora.documents.entities.taking import take
from ultimora.types import Token


def speak_relative(context: Context, token: Token) -> None:
    """As in "new trustees, who promised …": the relative pronoun makes whom it stands for a subject."""
    verb = context.document.head(token)
    if (
        verb is None
        or token.deprel != "nsubj"
        or verb.deprel != "acl:relcl"
        or token.lower not in context.lexicon.relative
    ):
        return
    draft = context.registry.at(verb.head)
    if draft is not None:
        context.registry.speak(draft, token.i)


def introduced(context: Context, token: Token) -> None:
    """As in "the coach, Joseph Kiprono": the title before a comma is a mention of its own."""
    last = context.phrases.extent(token)[1]
    comma, name = context.document.tokens[last : last + 1], context.phrases.at.get(last + 1)
    draft = context.offices[token.i][0]
    named = name is not None and context.registry.by_token.get(name.first) is draft and name.first == last + 1
    if named and comma[0].text == "," and is_definite(context.document, token) and not is_plural(token):
        take(context, token, draft, "nominal")


def is_of_one_told(context: Context, token: Token) -> bool:
    """As in "The minister, a former army colonel, …": another office of whoever the phrase before speaks of."""
    above = context.document.head(token)
    office = context.lexicon.office_of(context.document, token)
    draft = context.registry.by_token.get(above.i) if above is not None and token.deprel == "appos" else None
    if draft is not None and above is not None and draft.kind in ("organization", "outlet"):
        return _is_body_told(context, token, above, draft)
    if draft is None or above is None or draft.kind != "person":
        return False
    if _is_same(context, token, above):
        take(context, token, draft, "nominal")
        return True
    if office is None:
        return False
    if not is_indefinite(context.document, token) and context.document.children(token, "det", "case"):
        return False
    give_role(context, token, office[1], draft)
    return True


def are_apposed(context: Context, token: Token) -> bool:
    """As in "the couple, Ed and Lorraine Simms", "i due fermati, Rossi e Bianchi": several are named right after."""
    several = is_plural(token) or {token.lower, token.lemma.lower()} & context.lexicon.collective
    if token.upos != "NOUN" or not several or not is_definite(context.document, token):
        return False
    heads = context.document.children(token, "appos", "conj")
    found = [d for t in heads if (d := context.registry.by_token.get(t.i)) is not None and d.kind == "person"]
    for name in context.document.children(token, "appos"):
        joined = context.document.children(name, "conj")
        found += [d for t in joined if (d := context.registry.by_token.get(t.i)) is not None and d.kind == "person"]
    if len(found) <= 1 or len({id(d) for d in found}) != len(found) or heads[0].deprel != "appos":
        return False
    first, last = context.phrases.extent(token)
    context.registry.share(found, context.phrases.start(token, first), last, token.i, "nominal")
    return True


def _is_body_told(context: Context, token: Token, above: Token, draft: Draft) -> bool:
    """As in "Fjordline, the Norwegian shipping group, …": what a named body is, between commas."""
    if not context.referring.kinds(token) or is_plural(token) or token.i < above.i:
        return False
    draft.nouns.add(token.lemma.lower())
    draft.country = draft.country or context.phrases.state(token)
    if is_definite(context.document, token):
        take(context, token, draft, "nominal")
    return True


def _is_same(context: Context, token: Token, above: Token) -> bool:
    """As in "Odom, the Omaha Democrat who wrote the bill": a definite phrase behind the name and a comma."""
    name = context.phrases.at.get(above.i)
    last = name.last if name is not None else above.i + 1
    comma = context.document.tokens[last : last + 1]
    told = token.i > above.i and bool(comma) and comma[0].text == "," and token.upos in ("NOUN", "PROPN")
    human = context.referring.is_neutral(token) or context.lexicon.office_of(context.document, token) is None
    return told and human and is_definite(context.document, token) and not is_plural(token)
