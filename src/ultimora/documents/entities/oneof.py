"""Somebody who is one of many: "[One of them] had texted his brother", "[One of Lisle's group], Ann Tait, …"."""

from __future__ import annotations

from ultimora.documents.entities.antecedents import likeliest
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.humans import is_shown_human, is_told_by_who
from ultimora.documents.entities.registry import AGENTS, Draft
from ultimora.documents.entities.shape import is_plural
from ultimora.documents.entities.taking import take
from ultimora.types import Token

_NEAR = 2
_HUMAN = frozenset({"person", "group", "armed_group"})


def tell_one(context: Context, token: Token) -> None:
    """Make "one of" many people the mention of a person, of the one whose name stands behind it if one does."""
    if token.lower not in context.referring.pairs.get("one_of", ()) or token.i in context.registry.by_token:
        return
    many = next((c for c in context.document.children(token, "nmod") if c.i > token.i), None)
    if token.deprel == "nsubj" and (many is None or not _is_of(context, many)):
        _tell_alone(context, token)
    if many is None or token.deprel == "nummod" or not _is_of(context, many):
        return
    named = _named_behind(context, token, many)
    if named is not None:
        take(context, token, named, "nominal")
        return
    told = _told_before(context, many)
    if (told is None or told.kind not in AGENTS) if many.upos == "PRON" else not _is_human(context, many):
        return
    draft = context.registry.add(Draft(context.phrases.name_of(token, wide=True), "person"))
    draft.anonymous = context.lexicon.is_source(context.document, many) or (told is not None and told.anonymous)
    if many.upos == "NOUN":
        draft.nouns.add(many.lemma.lower())
        draft.gender = context.referring.genders.get(many.lemma.lower(), "")
    take(context, token, draft, "nominal")


def _tell_alone(context: Context, token: Token) -> None:
    """As in "Two diplomats … One said", "Another, who asked not to be named": one of those just told of."""
    verb = context.document.head(token)
    says = verb is not None and verb.lemma.lower() in context.lexicon.telling
    if not (says or is_told_by_who(context, token)) or len(context.document.children(token, "det", "amod")):
        return
    for i, draft in context.registry.before(token.i):
        if token.sentence - context.document.tokens[i].sentence > _NEAR:
            return
        if draft.kind in _HUMAN and not draft.members and context.document.tokens[i].upos == "NOUN":
            one = context.registry.add(Draft(context.phrases.name_of(token), "person", draft.country, draft.anonymous))
            one.nouns = {context.document.tokens[i].lemma.lower()}
            take(context, token, one, "nominal")
            return


def _is_of(context: Context, many: Token) -> bool:
    cases = context.document.children(many, "case")
    return any(c.lemma.lower() in context.lexicon.metonyms["of"] for c in cases)


def _named_behind(context: Context, token: Token, many: Token) -> Draft | None:
    """As in "one of the vets, Ann Tait, said": the name between commas, which the parse may hang on the many."""
    for each in (token, many):
        for child in context.document.children(each, "appos"):
            draft = context.registry.by_token.get(child.i)
            if draft is not None and draft.kind == "person" and draft.is_named and child.i > many.i:
                return draft
    at = many.i + 1
    comma, name = context.document.tokens[at : at + 1], context.phrases.at.get(at + 1)
    draft = context.registry.by_token.get(at + 1) if name is not None and name.first == at + 1 else None
    behind = bool(comma) and comma[0].text == "," and draft is not None and draft.kind == "person"
    return draft if behind else None


def _told_before(context: Context, many: Token) -> Draft | None:
    """Whom "them" means."""
    traits = context.lexicon.personal.get(many.lower) if many.upos == "PRON" else None
    found = likeliest(context, many, traits) if traits is not None else None
    return found.draft if found is not None and not found.thing else None


def _is_human(context: Context, many: Token) -> bool:
    words, kind = context.lexicon, context.lexicon.kind_of(context.document, many)
    several = is_plural(many) or bool({many.lower, many.lemma.lower()} & words.collective)
    human = context.referring.is_neutral(many) or words.office_of(context.document, many) is not None
    human = human or (kind is not None and kind[1] in _HUMAN) or is_shown_human(context, many)
    return several and (human or many.lower in words.unnamed)
