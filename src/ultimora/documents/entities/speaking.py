"""Whoever speaks of themselves in words that are quoted: "I", "mi" are the speaker, "we" those they speak for."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.entities.context import Context, context_of
from ultimora.documents.entities.registry import STATES, Draft, registry_of
from ultimora.types import Document, Statement, Token

_MANY = frozenset({"organization", "outlet", "armed_group", "group"})
"""The kinds of those who say "we" of themselves."""

_BODIES = _MANY | {"government"}
_SPEAKING = frozenset({"spokesperson", "director", "leader", "cabinet", "diplomat", "head_of_state"}) | {
    "head_of_government",
    "vice_president",
}
"""The offices in which a person says "we" of the body; of whom others say it, only the text around it tells."""


def find_speakers(document: Document) -> None:
    """Make the pronouns of the first person in quotations mentions of whose words these are. Statements come before."""
    drafts = {draft.position: draft for draft in registry_of(document).drafts}
    spoken: dict[int, Draft] = {}
    context = context_of(document)
    for statement in document.statements:  # a quotation within another one comes after it
        draft = drafts.get(int(statement.source[1:]) - 1) if statement.quoted and statement.source else None
        if draft is not None:
            spoken.update(_own(context, statement, draft))
    for i in sorted(spoken):
        context.registry.mention(spoken[i], i, i + 1, "pronoun")
    for draft in {id(d): d for d in spoken.values()}.values():
        context.registry.publish(draft)


def _own(context: Context, statement: Statement, draft: Draft) -> Iterator[tuple[int, Draft]]:
    """Each word by which the speaker of a statement speaks of himself, or of those for whom he speaks."""
    one = draft.kind == "person" and not draft.plural
    means = {"s": draft if one else None, "p": _spoken_for(context, draft) if one else _as_many(draft)}
    for token in context.document.tokens_between(statement.content.start, statement.content.end):
        told = context.lexicon.speaker.get(token.lower)
        meant = means.get(told[1]) if told is not None else None
        if meant is not None and _is_pronoun(token) and token.i in context.quoted:
            yield token.i, meant


def _is_pronoun(token: Token) -> bool:
    return token.upos in ("PRON", "DET", "ADJ") or token.deprel in ("det:poss", "nmod:poss")


def _as_many(draft: Draft) -> Draft | None:
    return draft if draft.kind in _MANY else None


def _spoken_for(context: Context, draft: Draft) -> Draft | None:
    """As in "«We have nothing to hide», said its managing director": the body that somebody has an office in."""
    titles = {r.title for group in _SPEAKING & draft.offices.keys() for r in draft.offices[group]}
    told = [r.of for r in draft.roles if r.title in titles and r.of is not None and r.tense == "current"]
    bodies = (d for of in told for d in context.registry.drafts if _is_called(d, of))
    return next(bodies, None)


def _is_called(draft: Draft, of: str | None) -> bool:
    by_code = draft.table == STATES and draft.country == of
    return draft.kind in _BODIES and draft.announced < 0 and (draft.name == of or by_code)
