"""Nouns for people that no table has, by what stands beside them: "an operator who saw", "the bondsman said"."""

from __future__ import annotations

from ultimora.documents.entities.context import Context
from ultimora.documents.wordlists import words
from ultimora.types import Token

_BEHIND = ("acl:relcl", "acl")


def is_shown_human(context: Context, token: Token) -> bool:
    """Whether a noun that is no office and of no known kind is somebody: who does, or tells, what only people do."""
    document, lexicon = context.document, context.lexicon
    if token.upos != "NOUN" or lexicon.kind_of(document, token) or lexicon.office_of(document, token):
        return False
    if context.referring.sorts_at(token):
        return False
    agent = token.lower.endswith(context.referring.agents) and token.lower not in context.referring.tellers
    verb = document.head(token)
    tells = token.deprel == "nsubj" and verb is not None and verb.lemma.lower() in lexicon.telling
    always = token.lower.endswith(context.referring.always_people) and token.lower not in context.referring.tellers
    return always or is_listed(context, token) or (agent and tells) or is_told_by_who(context, token)


def is_listed(context: Context, token: Token) -> bool:
    """Whether a noun is for people alone: a sailor, but not a supplier, which may be a firm."""
    forms = {token.lower, token.lemma.lower()}
    language = context.document.language
    people = words(language, "words", "people") - words(language, "words", "set_goals")  # "rispedita al mittente"
    return bool(forms & people) and not forms & (context.referring.either | context.referring.tellers)


def is_told_by_who(context: Context, token: Token) -> bool:
    """As in "friends who took risks": a clause behind a noun whose pronoun is only for people."""
    clauses = context.document.children(token, *_BEHIND)
    return any(c.lower in context.lexicon.of_people for verb in clauses for c in context.document.children(verb))
