"""What an article was about right before a phrase: who was its subject, who was brought in, who got a name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.described import Description
from ultimora.documents.entities.headlines import PARTS_BEFORE
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.salience import story_distance, top
from ultimora.types import Token

_SEARCHED = 100
_RECENT = 12


def is_new(context: Context, draft: Draft, said: Description) -> bool:
    """Whether a text has brought somebody in just before: what they once were, it tells of them next."""
    first = next((i for i in draft.heads if not _is_announced(context, i)), said.token.i)
    return story_distance(context, said.token, context.document.tokens[first]) <= 1


def _is_announced(context: Context, i: int) -> bool:
    return context.document.sentences[context.document.tokens[i].sentence].part in PARTS_BEFORE


def is_subject_before(context: Context, draft: Draft, said: Description) -> bool:
    """Whether somebody was the last subject before a phrase, in its sentence or the one before."""
    near = spoken_of_near(context, said.token, draft)
    return is_subject(context, near) or (bool(near) and _is_alone(context, draft, said))


def only_without_office(context: Context, draft: Draft, said: Description) -> bool:
    """As in "un fedelissimo di Amegan. Il presidente è stato arrestato": of those whom the sentence before names the
    only one of whom the text tells no office, while it has given that one to nobody.
    """
    if draft.groups or not draft.is_named or not said.token.deprel.startswith("nsubj"):
        return False
    if any(said.group in d.groups and d.is_named for d in context.registry.drafts):
        return False
    tokens, before = context.document.tokens, islice(context.registry.before(said.token.i), _SEARCHED)
    near = [d for i, d in before if story_distance(context, said.token, tokens[i]) <= 1 and d.kind == "person"]
    named = [d for d in near if d.is_named and not d.plural]
    return any(d is draft for d in named) and all(d is draft or d.groups for d in named)


def spoken_of_near(context: Context, token: Token, draft: Draft) -> list[Token]:
    """The words that speak of somebody before a phrase, in its sentence or the one before."""
    told = (context.document.tokens[i] for i in reversed(draft.heads) if i < token.i)
    return list(takewhile(lambda t: story_distance(context, token, t) <= 1, told))


def is_subject(context: Context, told: Sequence[Token]) -> bool:
    """Whether one of the words that speak of somebody is what its clause is about."""
    return any(top(context, t).deprel.startswith(("nsubj", "root")) for t in told)


def _is_alone(context: Context, draft: Draft, said: Description) -> bool:
    """As in "È arrivata la precisazione di Christine Lagarde": the only person of the sentence before."""
    for i, other in islice(context.registry.before(said.token.i), _SEARCHED):
        if story_distance(context, said.token, context.document.tokens[i]) > 1:
            return True
        if other is not draft and other.kind == "person" and not other.plural and i not in context.quoted:
            return False
    return True


def called_so(context: Context, token: Token, gender: str) -> Draft | None:
    """As in "one investor … a banker briefed on the talks … The banker": who was last brought in by the very noun."""
    lemma = token.lemma.lower()
    for i, draft in islice(context.registry.before(token.i), _SEARCHED):
        if story_distance(context, token, context.document.tokens[i]) > _RECENT:
            return None
        other = context.document.tokens[i]
        above = context.document.sentences[other.sentence].part in PARTS_BEFORE
        if draft.kind != "person" or draft.plural or draft.members or other.upos != "NOUN" or above:
            continue
        if other.lemma.lower() == lemma and {draft.gender, gender} != {"m", "f"}:
            return None if draft.is_named else draft
    return None


def last_subject(context: Context, said: Description, barred: list[Draft]) -> Draft | None:
    """The person who was the last subject before a phrase, where nothing speaks against it."""
    for _, draft in islice(context.registry.before(said.token.i), _SEARCHED):
        agrees = draft.kind == "person" and not draft.plural and {draft.gender, said.gender} != {"m", "f"}
        if agrees and not any(draft is b for b in barred) and is_subject_before(context, draft, said):
            return draft
    return None


def named_since(context: Context, said: Description, told: Draft) -> Draft | None:
    """As in "Li ha visti un pescatore … racconta Michele D'Addetta. … Il pescatore": who has spoken in between.

    Only one person who is named there for the first time, without saying who it is.
    """
    if told.is_named or told.members or told.plural or told.anonymous or said.bare:
        return None
    since = [(i, d) for i, d in islice(context.registry.before(said.token.i), _SEARCHED) if i > told.heads[0]]
    new = {id(d): d for i, d in since if d.is_named and d.kind == "person" and d.heads[0] > told.heads[0]}
    spoke = [d for d in new.values() if _speaks_first(context, d) and not d.groups]
    return spoke[0] if len(spoke) == 1 and {spoke[0].gender, told.gender} != {"m", "f"} else None


def _speaks_first(context: Context, draft: Draft) -> bool:
    """Whether somebody is brought in as the subject of a verb of saying."""
    subject = top(context, context.document.tokens[draft.heads[0]])
    verb = context.document.head(subject)
    return subject.deprel == "nsubj" and verb is not None and verb.lemma.lower() in context.lexicon.telling
