"""Independent origins: who is behind the claims of an event, counted once however many outlets pass it on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ultimora.record.bodies import same_body
from ultimora.record.matching import STRONG, relation
from ultimora.record.names import same_name, tokens
from ultimora.record.prints import copied
from ultimora.record.types import KeptClaim, KeptEvent, Party, Revision, Source
from ultimora.types import Polarity


@dataclass(frozen=True, slots=True)
class Strand:
    """One chain of one claim: from whoever is nearest the facts to the outlet that printed it."""

    claim: KeptClaim
    chain: tuple[Source, ...]
    copied: str | None = None
    """The outlet whose text this is, where it is a copy."""

    @property
    def nearest(self) -> Party | None:
        """Whoever is nearest the facts; None for the article's own voice."""
        return self.chain[0].party if self.chain else None

    @property
    def outlet(self) -> str:
        """Who printed it."""
        return self.claim.revision.outlet or self.claim.revision.url or self.claim.article

    @property
    def voice(self) -> str:
        """Whose word it is beyond the source: of the outlet that is cited or copied, else of the one that prints it."""
        told = [p for link in self.chain for p in (link.party, link.medium) if p is not None]
        relays = [p for p in told if p.kind == "outlet" or (p is not self.nearest and not p.anonymous)]
        return (relays[-1].name if relays else None) or self.copied or self.outlet

    @property
    def polarity(self) -> Polarity:
        """What this chain says: whoever denies a claim denies it, whatever others say or the claim itself asserts."""
        if _denies(self.chain):
            return "negative"
        return "positive" if any(map(_denies, self.claim.facts.chains)) else self.claim.facts.polarity

    @property
    def shorter(self) -> bool:
        """Whether it may be the word of a source that the article names elsewhere: its own voice, or a headline's
        "officials say".
        """
        unnamed = self.nearest is None or self.nearest.anonymous
        return self.nearest is None or (unnamed and self.claim.facts.sentence == 0)

    @property
    def heads(self) -> bool:
        """Whether it stands in the headline."""
        return self.claim.facts.text in (self.claim.revision.title or "")


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent origin and every strand that comes from it."""

    name: str
    anonymous: bool
    strands: tuple[Strand, ...]


def _denies(chain: tuple[Source, ...]) -> bool:
    return any(link.stance == "denies" for link in chain)


def origins(event: KeptEvent) -> tuple[Origin, ...]:
    """The independent origins of an event's standing claims, the first known first.

    Strands have one origin if the same source is nearest the facts in both, if one outlet cites the other, or if one
    outlet prints the other's text.
    """
    strands = _strands(event)
    # An article's own voice beside its attributed sentences is its first source again, spoken shorter; not where one
    # asserts what the other denies. Its headline alone asserts nothing of its own ("The raid on Lodz, Minsk replies").
    attributed = {_side(s) for s in strands if not s.shorter}
    sourced, own = {article for article, _ in attributed}, {_side(s) for s in strands if s.shorter and not s.heads}
    shorter = [
        s
        for s in strands
        if s.shorter and (_side(s) in attributed or (s.heads and s.claim.article in sourced and _side(s) not in own))
    ]
    groups: list[list[Strand]] = []
    for strand in (s for s in strands if s not in shorter):
        same = [g for g in groups if any(_one_origin(strand, other) for other in g)]
        groups = [g for g in groups if g not in same]
        groups.append([s for g in same for s in g] + [strand])
    for strand in shorter:
        _home(strand, groups).append(strand)
    return tuple(_origin(g) for g in sorted(groups, key=_first))


def _home(strand: Strand, groups: Sequence[list[Strand]]) -> list[Strand]:
    """The origin that an article's shorter words come from: of what says the same, else of what it says at all."""
    same = (g for g in groups if any(_side(s) == _side(strand) for s in g))
    return next(same, None) or next(g for g in groups if any(s.claim.article == strand.claim.article for s in g))


def _side(strand: Strand) -> tuple[str, Polarity]:
    return strand.claim.article, strand.polarity


def _strands(event: KeptEvent) -> list[Strand]:
    standing = _asserting(sorted((c for c in event.claims if c.standing), key=lambda c: (c.since, c.facts.id)))
    voices = _voices([c.revision for c in event.claims])  # what was copied may have changed since
    found = [Strand(c, chain, voices.get(c.revision.id)) for c in standing for chain in (c.facts.chains or ((),))]
    return [s for s in found if not _only_calls(s) or not any(_beside(s, o) and not _only_calls(o) for o in found)]


def _only_calls(strand: Strand) -> bool:
    """As in "were killed in what residents called an air strike": some judge what it was, others vouch for it."""
    return bool(strand.chain) and strand.chain[0].stance == "assesses" and strand.chain[0].party.anonymous


def _beside(a: Strand, b: Strand) -> bool:
    mine, theirs = a.claim, b.claim
    return mine.article == theirs.article and mine.facts.sentence == theirs.facts.sentence


def _asserting(claims: Sequence[KeptClaim]) -> list[KeptClaim]:
    """The claims of those who tell it: an article that only mentions it by a bare noun ("Terremoto, aiuti da Roma")
    vouches for nothing.
    """
    tell = {c.article for c in claims if not _is_mention(c)}
    return [c for c in claims if c.article in tell] or list(claims)


def _is_mention(claim: KeptClaim) -> bool:
    facts = claim.facts
    told = facts.actors or facts.recipients or facts.place or facts.amounts or facts.chains or facts.from_
    return not told and facts.polarity == "positive"


def _voices(revisions: Sequence[Revision]) -> dict[str, str]:
    """For each revision that is a copy of an earlier one, of whatever outlet, the outlet that had the text first."""
    distinct = sorted(
        {r.id: r for r in revisions if r.sketch}.values(), key=lambda r: (r.stated or r.known_at, r.order)
    )
    found: dict[str, str] = {}
    for at, copy in enumerate(distinct):
        first = next((r for r in distinct[:at] if r.language == copy.language and _copied(copy, r)), None)
        if first is not None and (outlet := found.get(first.id, first.outlet)):
            found[copy.id] = outlet
    return found


def _copied(copy: Revision, first: Revision) -> bool:
    return copy.outlet != first.outlet and copied(str(copy.sketch), str(first.sketch))


def _first(strands: Sequence[Strand]) -> tuple[str, str]:
    return min((s.claim.since, s.claim.facts.id) for s in strands)


def _one_origin(a: Strand, b: Strand) -> bool:
    if a.nearest is None and b.nearest is None:
        return same_outlet(a.voice, b.voice)
    if a.nearest is None or b.nearest is None:
        return _cites(a, b) or _cites(b, a)
    if a.nearest.anonymous or b.nearest.anonymous:
        # Whoever is not named to one outlet cannot be told from others who are not.
        return a.nearest.anonymous and b.nearest.anonymous and same_outlet(a.voice, b.voice)
    if "outlet" in (a.nearest.kind, b.nearest.kind) and same_outlet(a.nearest.name, b.nearest.name):
        return True  # "the agency Vela", "the Vela news agency"
    # Within one happening "the police" are the same police, whoever quotes them, in whatever language.
    same = a.nearest.key == b.nearest.key or relation(a.nearest, b.nearest) == STRONG
    return same or same_body(a.nearest, b.nearest) or _introduced(a.nearest, b.nearest)


def _introduced(a: Party, b: Party) -> bool:
    """Whether one is the person whose full name ends what the other is called: "the mayor of Rome Anna Bini"."""
    short, long = sorted((tokens(a.name), tokens(b.name)), key=len)
    return a.kind == b.kind == "person" and len(short) > 1 and long[-len(short) :] == short


def _cites(told: Strand, own: Strand) -> bool:
    """Whether a strand comes from the outlet that another one is the own voice of."""
    return own.nearest is None and told.nearest is not None and same_outlet(told.nearest.name, own.voice)


def same_outlet(name: str, outlet: str) -> bool:
    """Whether a name is an outlet's, in full or in short."""
    one, other = set(tokens(name)), set(tokens(outlet))
    return same_name(name, outlet) or (bool(one and other) and (one <= other or other <= one))


def _origin(strands: Sequence[Strand]) -> Origin:
    named = [s.nearest for s in strands if s.nearest is not None]
    known = [p for p in named if not p.anonymous] or named
    name = max((p.name for p in known), key=len) if known else strands[0].voice
    return Origin(name, bool(known) and known[0].anonymous, tuple(strands))
