"""Whom pronouns speak of, by gender, number, nearness and place in the sentence."""

from __future__ import annotations

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.types import Token

_FARTHEST = 4
_SUBJECT_BONUS = 0.6
_ACTORS = frozenset({"person", "government", "organization", "armed_group", "group", "outlet"})


def pronouns(context: Context) -> None:
    """Mentions for the personal pronouns that can be resolved."""
    for token in context.document.tokens:
        if token.upos not in ("PRON", "DET") or token.i in context.registry.by_token:
            continue
        table = context.lexicon.personal if token.upos == "PRON" else {}
        traits = table.get(token.lower) or (context.lexicon.possessive.get(token.lower) if _owns(token) else None)
        if traits is None or (traits[0] == "n" and token.upos == "DET"):
            continue
        draft = antecedent(context, token, traits)
        if draft is not None:
            context.registry.mention(draft, token.i, token.i + 1, "pronoun")


def _owns(token: Token) -> bool:
    return token.deprel in ("nmod:poss", "det:poss")


def pronoun(context: Context, token: Token) -> Draft | None:
    """The entity of a pronoun, resolved where it can be."""
    relative = _relative(context, token)
    if relative is not None:
        return relative
    words = context.lexicon
    traits = words.personal.get(token.lower) or words.things.get(token.lower) or words.possessive.get(token.lower)
    return antecedent(context, token, traits) if traits else None


def _relative(context: Context, token: Token) -> Draft | None:
    """As in "the minister, who …": what the relative clause hangs on."""
    if token.feats.get("PronType") not in ("Rel", "Int", None) or token.lower in context.lexicon.personal:
        return None
    for above in context.document.ancestors(token):
        if above.deprel == "acl:relcl":
            return context.registry.by_token.get(above.head)
        if above.deprel in ("ccomp", "advcl", "parataxis"):
            return None
    return None


def antecedent(context: Context, token: Token, traits: tuple[str, str]) -> Draft | None:
    """The nearest entity before a pronoun that agrees with it; subjects are preferred."""
    best, score = None, 0.0
    speakers = _speakers(context, token)
    for draft in context.registry.drafts:
        if not _agrees(draft, traits) or draft in speakers:
            continue
        for i in reversed(draft.heads):
            mine = _score(context, token, i)
            if mine > score:
                best, score = draft, mine
    return best


def _speakers(context: Context, token: Token) -> list[Draft]:
    """Whose words a pronoun stands in: within quotation marks nobody says "he" of themselves."""
    inside = context.quoted
    if token.i not in inside:
        return []
    others = context.document.sentence_tokens(token.sentence)
    subjects = [t.i for t in others if t.deprel.startswith("nsubj") and t.i not in inside]
    return [context.registry.by_token[i] for i in subjects if i in context.registry.by_token]


def implied_subject(context: Context, verb: Token) -> Draft | None:
    """Whom a verb without a subject speaks of: the last subject before it that agrees in number."""
    plural = verb.feats.get("Number") == "Plur"
    tokens = context.document.tokens
    first = context.document.sentences[max(verb.sentence - _FARTHEST, 0)].first
    for i in range(verb.i - 1, first - 1, -1):
        draft = context.registry.by_token.get(i)
        if draft is None or not tokens[i].deprel.startswith("nsubj") or draft.kind not in _ACTORS:
            continue
        if plural == (draft.plural or tokens[i].feats.get("Number") == "Plur"):
            return draft
    return None


def _agrees(draft: Draft, traits: tuple[str, str]) -> bool:
    gender, number = traits
    if number == "p":
        return draft.plural or draft.kind in ("group", "armed_group", "government", "organization")
    if gender == "t":
        return draft.kind in _ACTORS - {"person"} and not draft.plural
    if gender == "n":
        return draft.kind in _ACTORS and not draft.plural
    return draft.kind == "person" and not draft.plural and draft.gender in ("", gender)


def _score(context: Context, token: Token, i: int) -> float:
    """How well a mention before the pronoun explains it; 0 if it cannot."""
    other = context.document.tokens[i]
    distance = token.sentence - other.sentence
    if i >= token.i or distance > _FARTHEST or _together(token, other):
        return 0.0
    score = 1.0 / (1 + distance)
    if other.deprel.startswith("nsubj"):
        score *= 1 + _SUBJECT_BONUS
    return score + 0.0001 / (1 + token.i - i)


def _together(token: Token, other: Token) -> bool:
    """Two arguments of one verb are not the same one ("Obama told him")."""
    return token.head == other.head and token.i != other.i and token.deprel != "nmod:poss"
