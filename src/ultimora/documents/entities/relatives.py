"""Relative pronouns are mentions of what their clause hangs on: "i capigruppo, ai quali …", "the firm which …"."""

from __future__ import annotations

from ultimora.documents.entities.announcing import each, real
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.things import made
from ultimora.types import Token

_CLIMB = 5
_NOBODY = frozenset({"place", "other", "weapon", "document"})
_BESIDE = ("appos", "flat", "flat:name", "nmod")


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


def gather_relatives(context: Context) -> None:
    """Make relative pronouns mentions, once it is known of whom or what the words before them speak."""
    things = dict(context.things)
    for token in context.document.tokens:
        if token.lower in context.lexicon.relative and token.i not in context.registry.by_token:
            noun = _told(context, token)
            for draft in _meant(context, noun, things) if noun is not None else ():
                context.registry.tell(draft, token.i)


def _told(context: Context, token: Token) -> Token | None:
    """The noun that the clause of a relative pronoun hangs on."""
    if token.upos not in ("PRON", "DET", "ADV"):
        return None
    at = token
    for _ in range(_CLIMB):
        above = context.document.head(at)
        below = at.deprel.startswith(("ccomp", "advcl", "parataxis"))
        if above is None or (below and not (at.deprel.startswith("ccomp") and token.i < above.i)):
            return None  # but "jets [which] they say were late"
        if at.deprel.startswith("acl"):
            return _of_sum(context, _somebody(context, token, above)) if above.i < token.i else None
        at = above
    return None


def _of_sum(context: Context, noun: Token) -> Token:
    """As in "un fondo di 20 milioni, che …": of what a sum is, not the sum."""
    above = context.document.head(noun)
    idle = noun.lemma.lower() in context.referring.clitics.get("idle", frozenset())
    within = idle and above is not None and noun.deprel == "nmod" and above.upos == "NOUN"
    return above if within and above is not None else noun


def _somebody(context: Context, token: Token, noun: Token) -> Token:
    """As in "friends in the region who …": of a pronoun for people the noun that the place behind it belongs to."""
    place = context.registry.at(noun.i)
    above = context.document.head(noun)
    if token.lower not in context.lexicon.of_people or above is None or above.upos not in ("NOUN", "PROPN"):
        return noun
    behind = noun.deprel.split(":")[0] in ("nmod", "appos") and bool(context.document.children(noun, "case"))
    return above if behind and (place is None or place.kind in _NOBODY) else noun


def _meant(context: Context, noun: Token, things: dict[int, Draft]) -> list[Draft]:
    several = context.registry.together.get(noun.i)
    if several:
        return several
    beside = [noun, *(c for c in context.document.children(noun, *_BESIDE) if not context.document.children(c, "case"))]
    found = next((d for t in beside if (d := context.registry.at(t.i)) is not None), None)
    if found is not None:
        return each(context, found) or [real(context, found)]
    thing = things.get(noun.i)
    return [made(context, thing)] if thing is not None else []
