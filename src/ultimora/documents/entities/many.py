"""Plural phrases that go back to many who have no name: "300 fishermen blocked the road … the demonstrators"."""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.salience import bound, top
from ultimora.documents.entities.shape import is_added, is_definite, is_plural, is_predicate
from ultimora.types import Token

_LIGHT = frozenset({"det", "case", "punct", "cc", "conj", "appos", "nummod"})
_FAR, _NEAR = 8, 3
"""How many sentences back many may be, and those whom a noun for anybody goes back to."""

_SAME, _CROWD, _DEED, _BODY, _ANYBODY = 1.0, 0.9, 0.85, 0.7, 0.6
_FADING = 0.2
_MOST = 4
_SEARCHED = 120
_BODIES = frozenset({"government", "organization", "armed_group", "group"})


def many(context: Context, token: Token) -> Draft | None:
    """Those whom a plural goes back to, by a noun for the same ones, or for what they did or suffered."""
    document, words = context.document, context.referring
    noun = token.lemma.lower()
    forms = {noun, token.lower} & words.crowd_nouns
    nominal = token.upos == "NOUN" or (token.upos == "ADJ" and bool(document.children(token, "det")))
    if not nominal or not forms or is_predicate(document, token) or not _is_of_many(context, token):
        return None
    if not is_definite(document, token) or not _is_plain(context, token):
        return None
    found: Draft | None = None
    most = 0.0
    tied = False
    before = context.registry.before(token.i)
    near = takewhile(lambda at: token.sentence - document.tokens[at[0]].sentence <= _FAR, before)
    for tried, (i, draft) in enumerate(near):
        if tried > _SEARCHED:
            break
        score = _score(context, token, i, draft, forms) if draft is not found else 0.0
        tied = score == most if score >= most > 0 else tied
        found, most = (draft, score) if score > most else (found, most)
    return None if tied else found


def _is_of_many(context: Context, token: Token) -> bool:
    """A plural, or one noun for several: "the crew"."""
    return is_plural(token) or token.lower in context.referring.crews


def _is_plain(context: Context, token: Token) -> bool:
    """Without anything that would tell which ones; "the missing men" may be those who were told to be missing."""
    document, words = context.document, context.referring
    for child in document.children(token):
        relation = child.deprel.split(":")[0]
        other = bool({child.lower, child.lemma.lower()} & words.contrasts or context.phrases.codes(child))
        if relation == "amod" and not other:
            continue
        if child.deprel in ("nmod:poss", "det:poss") or (
            relation not in _LIGHT and not is_added(document, token, child)
        ):
            return False
    return True


def _score(context: Context, token: Token, i: int, draft: Draft, forms: set[str]) -> float:
    told = context.document.tokens[i]
    if draft.members or bound(context, token, told):
        return 0.0
    distance = token.sentence - told.sentence
    several = draft.plural or draft.kind == "group" or bool(draft.nouns & context.referring.crews)
    fit = _as_many(context, token, draft, forms, distance) if several else 0.0
    fit = fit or _as_body(context, draft, forms)
    return fit / (1 + _FADING * distance)


def _as_many(context: Context, token: Token, draft: Draft, forms: set[str], distance: int) -> float:
    """How well a noun fits those of whom a text has told."""
    words = context.referring
    if draft.is_named or not _counts_agree(context, token, draft):
        return 0.0
    if forms & draft.nouns:
        return 0.0 if draft.anonymous else _SAME
    if words.are_one_crowd(forms, draft.nouns):
        return _CROWD
    if any(_did(context, token, draft, form) for form in forms):
        return _DEED
    men = forms & words.many and distance <= _NEAR and _is_brought_in(context, draft)
    return _ANYBODY if men and {draft.gender, _gender(token)} != {"m", "f"} else 0.0


def _gender(token: Token) -> str:
    return {"Masc": "m", "Fem": "f"}.get(token.feats.get("Gender", ""), "")


def _is_brought_in(context: Context, draft: Draft) -> bool:
    """As in "fourteen sailors", "alcuni operai": those who were told as such before, and no kind of people."""
    first = context.document.tokens[draft.heads[0]]
    return bool(context.document.children(first, "nummod")) or not is_definite(context.document, first)


def _counts_agree(context: Context, token: Token, draft: Draft) -> bool:
    mine = {c.lower for c in context.document.children(token, "nummod")}
    told = (context.document.tokens[i] for i in draft.heads[:_MOST])
    theirs = {c.lower for t in told for c in context.document.children(t, "nummod")}
    return not mine or bool(mine & theirs)


def _did(context: Context, token: Token, draft: Draft, form: str) -> bool:
    """Whether those told of have done, or been done, what a noun says: "the strikers", "le vittime"."""
    did = context.referring.did.get(form, frozenset())
    suffered = context.referring.suffered.get(form, frozenset())
    if not did and not suffered:
        return False
    headed = (context.headline[noun, True] for noun in draft.nouns if (noun, True) in context.headline)
    for i in [*(t.i for t in headed), *draft.heads[: bisect_left(draft.heads, token.i)][-_MOST:]]:
        mine = top(context, context.document.tokens[i])
        verb = context.document.head(mine)
        if verb is None:
            continue
        relation, deed = mine.deprel, verb.lemma.lower()
        passive = relation in ("obj", "nsubj:pass", "nmod", "obl") or verb.feats.get("VerbForm") == "Part"
        if (relation == "nsubj" and deed in did) or (passive and deed in suffered):
            return True
        below = {c.lemma.lower() for c in context.document.children(mine, "acl", "acl:relcl", "amod", "nmod")}
        if below & (suffered | did) or (relation == "nsubj" and deed in suffered and not did):
            return True
    return False


def _as_body(context: Context, draft: Draft, forms: set[str]) -> float:
    """As in "Police moved in … the officers": many who stand for the body that they are of."""
    if draft.kind not in _BODIES:
        return 0.0
    called = {*draft.nouns, *draft.name.lower().split()}
    return _BODY if any(called & context.referring.members.get(form, frozenset()) for form in forms) else 0.0
