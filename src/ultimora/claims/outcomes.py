"""What came of a happening: how many died in the attack, who was hurt in the crash, as part of the event that did it.

"Sono dodici i morti" speaks of the attack or the earthquake told before, not of something that happens on its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ultimora.claims.draft import Draft
from ultimora.claims.syntax import case_of
from ultimora.claims.tolls import harm_words, loss_of_life
from ultimora.claims.trees import lemmas_of
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

_VIOLENT = "ASSAULT"
_BURST = "explosion"


def is_outcome(document: Document, draft: Draft) -> bool:
    """Whether a claim only says what came of a happening: how many died, who of no name was hurt."""
    if draft.candidate.general == "toll" and draft.event_type is None:
        return True
    if draft.event_type is None and draft.candidate.predicate in harm_words(document.language).tolls:
        return True
    if draft.event_type not in {None, _VIOLENT} or _is_somebody(draft) or not _is_said(document, draft.token):
        return False
    said = bool(lemmas_of([draft.token]) & harm_words(document.language).verbs)
    return said or loss_of_life(document, draft.token) is not None


def _is_said(document: Document, token: Token) -> bool:
    """Whether the word makes a clause: not the deaths, but that they died."""
    return token.upos != "NOUN" or bool(document.children(token, "cop"))


def _is_somebody(draft: Draft) -> bool:
    """As in "Haniyeh was killed": the death of somebody with a name is a happening of its own."""
    parties = draft.parties
    harmed = parties.recipients if draft.event_type else [*parties.actors, *parties.recipients]
    return bool(frozenset(harmed) & draft.named)


def date_causes(document: Document, drafts: Sequence[Draft]) -> None:
    """As in "were killed on Monday in an attack": the attack is told to be of the day of those whom it killed."""
    by_token = {d.token.i: d for d in drafts if d.outcome and d.when.time is not None}
    amid = words(document.language, "cases", "amid")
    for draft in drafts:
        above = by_token.get(draft.token.head)
        if above is None or above is draft or draft.when.time is not None or not can_harm(document, draft):
            continue
        if above.event_type is not None or case_of(document, draft.token) in amid:
            draft.when = replace(above.when, origin="sentence")


def can_harm(document: Document, draft: Draft) -> bool:
    """Whether people come to harm by what a claim speaks of."""
    if draft.factuality.polarity != "positive":
        return False
    if draft.event_type is not None:
        return draft.event_type == _VIOLENT
    return draft.candidate.predicate in harm_words(document.language).happenings


def cause(document: Document, draft: Draft, sources: Sequence[Draft]) -> Draft | None:
    """The happening whose toll a claim gives: one of its own sentence, else the last told before it; of a headline's
    toll what the first sentence below tells, of several there what the article names most often.
    """
    here = [d for d in sources if d.token.sentence == draft.token.sentence]
    if here:
        return min(here, key=lambda d: abs(d.token.i - draft.token.i))
    before = next((d for d in reversed(sources) if d.token.i < draft.token.i), None)
    titled = document.sentences[draft.token.sentence].part == "title"
    return before or (_headed(document, sources) if titled and sources else None)


def _headed(document: Document, sources: Sequence[Draft]) -> Draft:
    first = min(d.token.sentence for d in sources)
    kinds = [_kind(document, d) for d in sources]
    below = [d for d in sources if d.token.sentence == first]
    return max(below, key=lambda d: (kinds.count(_kind(document, d)), -d.token.i))


def _kind(document: Document, draft: Draft) -> str:
    predicate = draft.candidate.predicate
    return draft.event_type or harm_words(document.language).happenings.get(predicate, predicate)


def spoken_of(document: Document, draft: Draft, sources: Sequence[Draft]) -> Draft | None:
    """The happening that "the blast" or "lo schianto" names again: the last of that kind, or an attack that blew up."""
    kinds = harm_words(document.language).happenings
    kind = kinds.get(draft.candidate.predicate)
    if kind is None or draft.event_type is not None or not draft.definite or draft.distinct:
        return None
    for source in reversed(sources):
        same = kinds.get(source.candidate.predicate) == kind
        if same or (source.event_type == _VIOLENT and kind == _BURST):
            return source
    return None
