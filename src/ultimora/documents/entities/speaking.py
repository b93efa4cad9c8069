"""Whoever speaks of themselves in words that are quoted: "I", "mi", "my husband" are the speaker's."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.entities.context import Context, context_of
from ultimora.documents.entities.registry import Draft, registry_of
from ultimora.types import Document, Statement, Token

_MANY = frozenset({"organization", "outlet", "armed_group", "group"})
"""The kinds of those who say "we" of themselves; of whom a person says it, only the text around it tells."""


def find_speakers(document: Document) -> None:
    """Make the pronouns of the first person in quotations mentions of whose words these are. Statements come before."""
    drafts = {draft.position: draft for draft in registry_of(document).drafts}
    spoken: dict[int, Draft] = {}
    context = context_of(document)
    for statement in document.statements:  # a quotation within another one comes after it
        draft = drafts.get(int(statement.source[1:]) - 1) if statement.quoted and statement.source else None
        if draft is not None:
            spoken.update((t.i, draft) for t in _own(context, statement, draft))
    for i in sorted(spoken):
        context.registry.mention(spoken[i], i, i + 1, "pronoun")
    for draft in {id(d): d for d in spoken.values()}.values():
        context.registry.publish(draft)


def _own(context: Context, statement: Statement, draft: Draft) -> Iterator[Token]:
    numbers = {"s"} if draft.kind == "person" and not draft.plural else {"p"} if draft.kind in _MANY else set()
    for token in context.document.tokens_between(statement.content.start, statement.content.end):
        told = context.lexicon.speaker.get(token.lower)
        pronoun = token.upos in ("PRON", "DET", "ADJ") or token.deprel in ("det:poss", "nmod:poss")
        if told is not None and told[1] in numbers and pronoun and token.i in context.quoted:
            yield token
