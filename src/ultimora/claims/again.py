"""A happening told again: "the attack", "wounded in the attack", "his eviction" are of those who were named before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ultimora.claims.draft import Draft
from ultimora.claims.frames import frame
from ultimora.claims.kindred import akin
from ultimora.claims.rules import load
from ultimora.claims.syntax import case_of, is_passive, lemma
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

_SUBJECTS = ("nsubj", "nsubj:pass")


def is_definite(document: Document, token: Token) -> bool:
    """Whether the text takes it for known: "the attack", "quell'incontro"."""
    return any(lemma(t) in words(document.language, "words", "definite") for t in document.children(token, "det"))


def resumed(document: Document, token: Token, event_type: str) -> bool:
    """Whether a word tells a happening of a type again: a definite noun, or a verb that is told of one, as in "were hurt
    in the attack", "most of the strikes hit the port".
    """
    if token.upos != "VERB":
        return is_definite(document, token)
    nouns = load(document.language).nouns
    return any(
        is_definite(document, noun) and any(t.event_type == event_type for t in nouns.get(lemma(noun), ()))
        for noun in _told_of(document, token)
    )


def _told_of(document: Document, verb: Token) -> Iterator[Token]:
    """The nouns that a verb tells more of: in which it happens, by which it is done, or which does it."""
    amid = words(document.language, "cases", "amid") | words(document.language, "cases", "agent")
    yield from (t for t in document.children(verb, "obl", "obl:agent") if case_of(document, t) in amid)
    for subject in () if is_passive(document, verb) else frame(document, verb).subjects:
        yield subject
        yield from document.children(subject, "nmod")  # "most of the strikes"


def names_nobody(draft: Draft) -> bool:
    """Whether nobody takes part whom anything tells from others: "83 people were wounded in the attack"."""
    return draft.resumed and not draft.distinct and not draft.everybody & draft.named


def are_kin(first: Draft, second: Draft) -> bool:
    """Whether two claims are told in words for one kind of event."""
    return bool(first.family & second.family) or akin(first.token, second.token)


def understand(drafts: Sequence[Draft]) -> None:
    """Fills in who took part from what was said before of the same event; what is understood is marked."""
    for position, draft in enumerate(drafts):
        if not (draft.resumed and draft.event_type and draft.trigger):
            continue
        verbal = draft.token.upos == "VERB"
        for known in sorted(drafts[:position], key=lambda d: (not d.parties.actors, not d.parties.recipients)):
            if known.event_type == draft.event_type and _is_told(known):
                _take(draft, known, ["actors"] if verbal else ["actors", "recipients"])


def _is_told(draft: Draft) -> bool:
    """Whether it is spoken of by a noun or with both its sides: "destroyed two drones" is not yet "the attack"."""
    return draft.token.upos != "VERB" or bool(draft.parties.actors and draft.parties.recipients)


def _take(draft: Draft, known: Draft, roles: Iterable[str]) -> None:
    """Takes who fills a role from another claim of the event."""
    for role in roles:
        theirs: list[str] = getattr(known.parties, role)
        if theirs and not getattr(draft.parties, role) and not draft.everybody & frozenset(theirs):
            setattr(draft.parties, role, list(theirs))
            draft.parties.inferred.append(role)
