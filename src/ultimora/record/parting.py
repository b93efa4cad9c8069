"""What one article says of two happenings in the same words: "the raid killed 8 … the raid had killed 13". Pure.

A reading can only take both for one. The record may know that the second number is that of an older happening: so
each number that cannot be true beside the first is reported by itself, and goes where it is known from; where it is
known from nowhere, it stays with what stands beside it in the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ultimora.record.counts import bounds, counted, grows
from ultimora.record.happenings import is_known
from ultimora.record.types import Amount, ClaimFacts


def parted(claims: Sequence[ClaimFacts], event_type: str | None) -> list[list[ClaimFacts]]:
    """The claims of one event of a reading, in text order, by the tolls that they give: the first with what gives none.

    Only a sentence that names the happening itself can speak of another one.
    """
    by_sentence: dict[int, list[ClaimFacts]] = {}
    for claim in claims:
        by_sentence.setdefault(claim.sentence, []).append(claim)
    parts: list[tuple[dict[str, Amount], list[ClaimFacts]]] = []
    for said in by_sentence.values():
        told = _tolls(said)
        mine = next((p for p in parts if _agree(p[0], told)), None)
        if mine is None and parts and not any(_names(claim, event_type) for claim in said):
            mine = parts[0]
        if mine is None:
            parts.append((told, list(said)))
        else:
            mine[1].extend(said)
            mine[0].update({what: amount for what, amount in told.items() if what not in mine[0]})
    return [part for _, part in parts]


def _tolls(claims: Iterable[ClaimFacts]) -> dict[str, Amount]:
    """How many came to harm, as one sentence says."""
    found: dict[str, Amount] = {}
    for claim in claims:
        for what, amount in counted(claim).items():
            if grows(what):
                found.setdefault(what, amount)
    return found


def _agree(known: dict[str, Amount], told: dict[str, Amount]) -> bool:
    return all(bounds(known[what]).meets(bounds(amount)) for what, amount in told.items() if what in known)


def _names(claim: ClaimFacts, event_type: str | None) -> bool:
    """Whether a claim names the happening, not only how many came to harm."""
    return claim.event_type == event_type if event_type is not None else is_known(claim.predicate)
