"""Independent origins: who is behind the claims of an event, counted once however many outlets pass it on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ultimora.record.matching import STRONG, relation
from ultimora.record.names import same_name, tokens
from ultimora.record.types import KeptClaim, KeptEvent, Party, Source


@dataclass(frozen=True, slots=True)
class Strand:
    """One chain of one claim: from whoever is nearest the facts to the outlet that printed it."""

    claim: KeptClaim
    chain: tuple[Source, ...]

    @property
    def nearest(self) -> Party | None:
        """Whoever is nearest the facts; None for the article's own voice."""
        return self.chain[0].party if self.chain else None

    @property
    def outlet(self) -> str:
        """Who printed it."""
        return self.claim.revision.outlet or self.claim.revision.url or self.claim.article


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent origin and every strand that comes from it."""

    name: str
    anonymous: bool
    strands: tuple[Strand, ...]


def origins(event: KeptEvent) -> tuple[Origin, ...]:
    """The independent origins of an event's standing claims, the first known first.

    Strands have one origin if the same source is nearest the facts in both, if one outlet cites the other, or if both
    print the same sentence.
    """
    strands = _strands(event)
    attributed = {s.claim.article for s in strands if s.chain}
    # An article's own voice beside its attributed sentences is its first source again, spoken shorter.
    told = [s for s in strands if s.chain or s.claim.article not in attributed]
    groups: list[list[Strand]] = []
    for strand in told:
        same = [g for g in groups if any(_one_origin(strand, other) for other in g)]
        groups = [g for g in groups if g not in same]
        groups.append([s for g in same for s in g] + [strand])
    for strand in (s for s in strands if s not in told):
        next(g for g in groups if any(s.claim.article == strand.claim.article for s in g)).append(strand)
    return tuple(_origin(g) for g in sorted(groups, key=_first))


def _strands(event: KeptEvent) -> list[Strand]:
    standing = sorted((c for c in event.claims if c.standing), key=lambda c: (c.since, c.facts.id))
    return [Strand(c, chain) for c in standing for chain in (c.facts.chains or ((),))]


def _first(strands: Sequence[Strand]) -> tuple[str, str]:
    return min((s.claim.since, s.claim.facts.id) for s in strands)


def _one_origin(a: Strand, b: Strand) -> bool:
    if tokens(a.claim.facts.text) == tokens(b.claim.facts.text) and len(a.chain) == len(b.chain) == 0:
        return True
    if a.nearest is None and b.nearest is None:
        return a.outlet == b.outlet
    if a.nearest is None or b.nearest is None:
        told, own = (a, b) if a.nearest is not None else (b, a)
        return _is_outlet(told.nearest, own.outlet)
    if a.nearest.anonymous or b.nearest.anonymous:
        return a.nearest.key == b.nearest.key and a.outlet == b.outlet
    # Within one happening "the police" are the same police, whoever quotes them.
    return a.nearest.key == b.nearest.key or relation(a.nearest, b.nearest) == STRONG


def _is_outlet(party: Party | None, outlet: str) -> bool:
    if party is None:
        return False
    short = set(tokens(party.name))
    return same_name(party.name, outlet) or (bool(short) and short <= set(tokens(outlet)))


def _origin(strands: Sequence[Strand]) -> Origin:
    named = [s.nearest for s in strands if s.nearest is not None]
    known = [p for p in named if not p.anonymous] or named
    name = max((p.name for p in known), key=len) if known else strands[0].outlet
    return Origin(name, bool(known) and known[0].anonymous, tuple(strands))
