"""Names for those of whom a text has told without one: "The victim, Kofi Mensah", "was named as Piotr Nowak"."""

from __future__ import annotations

from ultimora.documents.entities import described, references
from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.callings import bearer
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.owners import learn_ties
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.roles import gender_of
from ultimora.documents.entities.shape import is_definite, is_plural
from ultimora.documents.entities.taking import take
from ultimora.types import Token

_RECENT = 12
_NEAR = 6
_POSTS = frozenset({"diplomat", "lawyer", "church", "prosecutor", "judge"})
"""Offices of which one word is wider than another."""

_BESIDE = 2
"""How far before a noun the title of the one named after it may stand."""

_BODIES = frozenset({"outlet", "organization", "armed_group"})
_NAMED = frozenset({"nsubj:pass", "obj", "xcomp"})


def linked(context: Context, token: Token) -> Draft | None:
    """A name in apposition: "il quotidiano Repubblica", "the militant group Hamas"."""
    beside = [t for t in context.document.children(token, "nmod") if t.i == token.i + 1]  # "l'agenzia Tass"
    for child in (*context.document.children(token, "appos", "flat"), *beside):
        draft = context.registry.by_token.get(child.i)
        if child.deprel == "nmod" and (draft is None or draft.kind not in _BODIES):
            continue
        if draft is not None and not context.document.children(child, "case") and _may_name(context, token, draft):
            introduced(context, token, draft)
            _named_at_last(context, token, draft)
            if token.lemma.lower() in context.referring.accused:
                draft.nouns.add(token.lemma.lower())  # "One patient, Otto Wimmer, …": no surgeon
            return take(context, token, draft, "nominal")
    return None


def _may_name(context: Context, token: Token, draft: Draft) -> bool:
    """Not as in "la portavoce del ministero russo, Anna Bo", where the parse hangs the name on the ministry."""
    kind = context.lexicon.kind_of(context.document, token)
    office = context.lexicon.office_of(context.document, token)
    if draft.kind == "person" and bearer(context, token, max(draft.heads)) is not None:
        return False
    body = kind is not None and kind[1] in ("organization", "government", "outlet", "government_itself")
    return draft.kind != "person" or office is not None or not body or is_plural(token) or not bool(kind)


def introduced(context: Context, token: Token, draft: Draft) -> None:
    """Make whoever was introduced without this name: "a girl … The girl, Rosa Quispe"."""
    lemma = token.lemma.lower()
    for tried, (i, other) in enumerate(context.registry.before(token.i)):
        if tried > _RECENT:
            return
        same = other.announced == i and not other.members and lemma in other.nouns and not other.plural
        if same and not described.of_another(context, context.document.tokens[i], token):
            context.registry.settle(other, draft)
            take(context, context.document.tokens[i], draft, "nominal")
            return


def tell_office(context: Context, token: Token) -> None:
    """What an office that stands beside a name tells: whose it is, and that somebody had it without a name."""
    held = context.offices.get(token.i)
    if held is not None:
        learn_ties(context, token, held[1], held[0])
        _held_before(context, token, held[0])


def _held_before(context: Context, token: Token, draft: Draft) -> None:
    """Make whoever had the office without a name: "recalled its ambassador … The envoy, Ilinca Popa"."""
    office = context.lexicon.office_of(context.document, token)
    if office is None or not is_definite(context.document, token) or min(draft.heads) < token.i - _BESIDE:
        return
    said = described.describe(context, token, office, office[0], None)
    for i, other in context.registry.before(token.i):
        if token.sentence - context.document.tokens[i].sentence > _NEAR:
            return
        if other is draft or other.kind != "person" or other.is_named or other.anonymous or other.plural:
            continue
        shown = gender_of(context, context.document.tokens[i])  # "il presidente … La presidente, Ottavia Melis"
        same = {other.gender, draft.gender} != {"m", "f"} and {shown, draft.gender} != {"m", "f"}
        if same and _has_held(context, said, other, i):
            draft.country = draft.country or other.country
            context.registry.merge(real(context, other), draft)
            return


def _has_held(context: Context, said: described.Description, other: Draft, i: int) -> bool:
    """Whether somebody without a name was last told of by the same office, or by one that the word is wider than."""
    token = context.document.tokens[i]
    held = context.lexicon.office_of(context.document, token) if token.upos == "NOUN" else None
    again = token.lemma.lower() == said.token.lemma.lower()
    wider = held is not None and held[1] in _POSTS and held[1] in said.groups
    return held is not None and not other.members and (again or wider)


def _named_at_last(context: Context, token: Token, draft: Draft) -> None:
    """As in "un uomo di 72 anni è morto … La vittima, Giuseppe Ravaioli": whom the noun goes back to gets a name."""
    first = min(draft.heads, default=token.i)
    neutral = context.referring.is_neutral(token) and described.may_refer(context, token)
    if not neutral or draft.kind != "person" or first < token.i - _BESIDE:
        return
    said = described.describe(context, token, None, "", None)
    found = references.person(context, said, draft)
    if found is None or found.is_named or found.anonymous or found.members:
        return
    if {found.gender, draft.gender} != {"m", "f"} and len({found.age, draft.age} - {None}) <= 1:
        context.registry.merge(real(context, found), draft)


def named_as(context: Context, token: Token) -> Draft | None:
    """As in "The victim was identified as Kofi Mensah", "police named the dead man as Piotr Nowak"."""
    draft = name_given(context, token) if token.upos == "NOUN" and not is_plural(token) else None
    if draft is None:
        return None
    introduced(context, token, draft)
    _named_at_last(context, token, draft)
    return take(context, token, draft, "nominal")


def name_given(context: Context, token: Token) -> Draft | None:
    """The person whose name a verb of naming gives to its object: "Police named [her] as Sarah Bell"."""
    signs, verb = context.referring.signs, context.document.head(token)
    if verb is None or token.deprel not in _NAMED or verb.lemma.lower() not in signs.get("naming", ()):
        return None
    for child in context.document.children(verb, "obl", "xcomp", "advcl"):
        given = any(c.lower in signs.get("naming_as", ()) for c in context.document.children(child, "case", "mark"))
        draft = context.registry.by_token.get(child.i) if given and child.i > token.i else None
        if draft is not None and draft.kind == "person" and draft.is_named:
            return draft
    return None
