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

_NEAR = 3
"""How many sentences back the last mention is still at hand; further back, it is the most told that is meant."""


def is_definite(document: Document, token: Token) -> bool:
    """Whether the text takes it for known: "the attack", "quell'incontro", "nell'attacco"."""
    if any(t.feats.get("Definite") == "Def" for t in document.children(token, "case")):
        return True
    return any(lemma(t) in words(document.language, "words", "definite") for t in document.children(token, "det"))


def resumed(document: Document, token: Token, event_type: str) -> Token | None:
    """The definite noun by which a word tells a happening of a type again: itself, or what a verb tells more of, as in
    "were hurt in the attack", "most of the strikes hit the port".
    """
    if token.upos != "VERB":
        return token if is_definite(document, token) else None
    nouns = load(document.language).nouns
    told = (t for t in _told_of(document, token) if is_definite(document, t))
    return next((t for t in told if any(r.event_type == event_type for r in nouns.get(lemma(t), ()))), None)


def _told_of(document: Document, verb: Token) -> Iterator[Token]:
    """The nouns that a verb tells more of: in which it happens, by which it is done, or which does it."""
    amid = words(document.language, "cases", "amid") | words(document.language, "cases", "agent")
    yield from (t for t in document.children(verb, "obl", "obl:agent") if case_of(document, t) in amid)
    for subject in () if is_passive(document, verb) else frame(document, verb).subjects:
        yield subject
        yield from document.children(subject, "nmod")  # "most of the strikes"


def names_nobody(draft: Draft) -> bool:
    """Whether nobody takes part whom anything tells from others: "83 people were wounded in the attack"."""
    return draft.resumed is not None and not draft.distinct and not draft.everybody & draft.named


def are_kin(first: Draft, second: Draft) -> bool:
    """Whether two claims are told in words for one kind of event."""
    return bool(first.family & second.family) or akin(first.token, second.token)


def salience(draft: Draft, told: Sequence[Draft]) -> tuple[int, int]:
    """How near an event is told before a draft; of what nobody has spoken of for long, how often it is told."""
    before = [d.token for d in told if d.token.i < draft.token.i]
    last = max(before, key=lambda t: t.i, default=None)
    if last is None:
        return (-1, 0)
    if draft.resumed is not None and draft.token.sentence - last.sentence > _NEAR:
        return (0, len(before))
    return (last.sentence, last.i)


def understand(drafts: Sequence[Draft]) -> None:
    """Fills in who took part from what was said before of the same event; what is understood is marked."""
    for position, draft in enumerate(drafts):
        if draft.resumed is None or draft.event_type is None or draft.trigger is None:
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


def repel(drafts: Sequence[Draft]) -> None:
    """As in "shot down 40 drones" after "Moscow attacked": whoever sent them was told before."""
    for position, draft in enumerate(drafts):
        if draft.event_type is None or not draft.repelled or not draft.parties.actors or draft.parties.recipients:
            continue
        for known in reversed([d for d in drafts[:position] if d.event_type == draft.event_type and not d.repelled]):
            senders = known.parties.actors
            struck = {known.country_of.get(p) for p in known.parties.recipients} - {None}
            own = {known.country_of.get(p) for p in draft.parties.actors} - {None}
            if senders and own & struck and not set(senders) & set(draft.parties.actors):
                draft.parties.recipients = list(senders)
                draft.parties.inferred.append("recipients")
                break
