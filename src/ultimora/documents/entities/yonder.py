"""Where "there" is: the last place that the story was at, "a warehouse in Oban … had worked [there] since May"."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.things import made
from ultimora.documents.wordlists import words
from ultimora.types import Token

_NEAR = 2
_PART_OF_PHRASE = frozenset({"compound", "amod", "flat"})
_BUILT = frozenset({"building", "works", "prison", "camp", "base", "church", "mosque", "farm", "venue", "mine", "inn"})


def gather_yonder(context: Context) -> None:
    """Make "there" a mention of the place it stands for; one in a quotation, or pointed at, stands for none."""
    there = words(context.document.language, "words", "yonder")
    for token in context.document.tokens if there else ():
        if token.lower not in there or token.upos != "ADV" or token.i in context.quoted:
            continue
        if token.deprel != "advmod" or token.i in context.registry.by_token:
            continue
        place = _last_place(context, token)
        if place is not None:
            context.registry.tell(made(context, place), token.i)


def _last_place(context: Context, token: Token) -> Draft | None:
    """The place that was last told of as where something is; the nearest where none was."""
    first: Draft | None = None
    for i, draft in _before(context, token):
        other = context.document.tokens[i]
        if _is_where(context, other):
            return draft
        first = first or draft
    return first


def _before(context: Context, token: Token) -> Iterator[tuple[int, Draft]]:
    """The places told of in the sentence of a token and the two before it, the nearest first."""
    spoken = [(i, draft) for i, draft in context.registry.before(token.i) if draft.kind == "place"]
    things = [(i, d) for i, d in context.things if i < token.i and d.kind == "other" and not d.plural]
    built = [(i, d) for i, d in things if context.referring.sorts_of(d.nouns, "") & _BUILT]
    for i, draft in sorted([*spoken, *built], key=lambda at: -at[0]):
        other = context.document.tokens[i]
        if token.sentence - other.sentence > _NEAR:
            return
        beside = other.deprel.split(":")[0] in _PART_OF_PHRASE
        if not beside and other.head != token.head and i not in context.quoted:
            yield i, draft


def _is_where(context: Context, token: Token) -> bool:
    """Whether a preposition of place stands before a word."""
    markers = words(context.document.language, "cases", "locative")
    return any(c.lower in markers for c in context.document.children(token, "case"))
