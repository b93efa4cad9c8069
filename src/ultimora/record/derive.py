"""What an event's claims establish together, and how that changed as they came in. Pure.

The newest word (by what the articles state, not by when they were met) settles numbers and dates; happening outweighs
planning; a certain claim outweighs a guarded one; a plan that is called off is no plan; a denial of what others still
assert makes a dispute. A withdrawn claim counts for nothing from the moment it was withdrawn, and stays on file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from ultimora.record.counts import thing
from ultimora.record.matching import STRONG, WEAK, is_reciprocal, relation
from ultimora.record.types import Amount, ClaimFacts, KeptClaim, KeptEvent, Party, ReportFacts, Stand
from ultimora.record.windows import window
from ultimora.types import Certainty, Polarity, Status

_STATUS: tuple[Status, ...] = ("hypothetical", "planned", "ongoing", "occurred")
_CERTAINTY: tuple[Certainty, ...] = ("underspecified", "possible", "probable", "certain")
_SURE = ("certain", "probable")
_PRECISE = timedelta(days=3)


def event_of(
    ident: str, reports: Sequence[ReportFacts], claims: Sequence[KeptClaim], *, ever: Sequence[KeptClaim] = ()
) -> KeptEvent:
    """The event that some reports (in canonical order, the founding one first) and their claims make.

    ``ever`` holds every span of the claims, where the history of the event is wanted too.
    """
    standing = [c for c in claims if c.standing]
    stand = stand_of(standing or claims)
    actors, recipients = _parties(reports)
    founder = reports[0]
    return KeptEvent(
        id=ident,
        event_type=founder.event_type,
        mode=_mode(standing or claims, reports),
        predicate=founder.predicate,
        actors=actors,
        recipients=recipients,
        place=_place(standing or claims, stand, reports),
        from_=stand.from_,
        to=stand.to,
        status=stand.status,
        polarity=stand.polarity,
        certainty=stand.certainty,
        disputed=_disputed(standing),
        withdrawn=not standing,
        claims=tuple(sorted(claims, key=_newness)),
        history=stands(ever),
        amounts=stand.amounts,
    )


def stands(claims: Sequence[KeptClaim]) -> tuple[Stand, ...]:
    """How the event stood, from the first time it was known; one entry for every change."""
    instants = sorted({c.since for c in claims} | {c.until for c in claims if c.until})
    found: list[Stand] = []
    for at in instants:
        then = [c for c in claims if c.since <= at and (c.until is None or at < c.until)]
        if not then and not found:
            continue
        now = replace(stand_of(then), known_at=at) if then else replace(found[-1], known_at=at, withdrawn=True)
        if not found or replace(found[-1], known_at=at) != now:
            found.append(now)
    return tuple(found)


def stand_of(claims: Sequence[KeptClaim]) -> Stand:
    """What claims that stand at one time establish."""
    told = sorted(claims, key=_newness, reverse=True)
    newest_first = own_words(told)
    polarity = _polarity(newest_first)
    agreeing = [c for c in newest_first if c.facts.polarity == polarity]
    sure = [c for c in agreeing if c.facts.certainty in _SURE] or agreeing
    status = max((c.facts.status for c in sure), key=_STATUS.index)
    supporting = [c for c in sure if c.facts.status == status]
    certainty = max((c.facts.certainty for c in supporting), key=_CERTAINTY.index)
    low, high = _window(supporting) or _window(agreeing) or _window(newest_first) or (None, None)
    return Stand("", status, polarity, certainty, low, high, _amounts(told))


def own_words(claims: Sequence[KeptClaim]) -> list[KeptClaim]:
    """The claims that speak of an event itself: that a strike was called is no word that it was held, and how many
    died is told of the attack.
    """
    return [c for c in claims if c.facts.event_type is not None] or list(claims)


def _newness(claim: KeptClaim) -> tuple[str, str, int, int, str]:
    return (claim.revision.stated or claim.since, claim.since, claim.facts.sentence, claim.facts.start, claim.facts.id)


def _polarity(newest_first: Sequence[KeptClaim]) -> Polarity:
    """Negative where nobody asserts it any more, or where a plan was called off or an assertion taken back since."""
    positive = [c for c in newest_first if c.facts.polarity == "positive"]
    negative = [c for c in newest_first if c.facts.polarity == "negative"]
    if not positive or not negative:
        return "negative" if negative else "positive"
    if any(c.facts.status in ("occurred", "ongoing") and c.facts.certainty in _SURE for c in positive):
        return "positive"
    later = _newness(negative[0])[:1] > _newness(positive[0])[:1]
    settled = negative[0].facts.certainty == "certain" and not _is_denial(negative[0].facts)
    return "negative" if later and settled else "positive"


def _is_denial(claim: ClaimFacts) -> bool:
    return any(link.stance == "denies" for chain in claim.chains for link in chain)


def _disputed(standing: Sequence[KeptClaim]) -> bool:
    polarities = {c.facts.polarity for c in standing}
    return len(polarities) == 2 and any(c.facts.polarity == "negative" and _is_denial(c.facts) for c in standing)


def _window(newest_first: Sequence[KeptClaim]) -> tuple[str | None, str | None] | None:
    """The time of the newest article that gives one: where its words say rather than its date, and most narrowly."""
    found = [c for c in newest_first if window(c.facts.from_, c.facts.to).known]
    if not found:
        return None
    precise = [c for c in found if window(c.facts.from_, c.facts.to).width <= _PRECISE] or found
    said = [c for c in precise if c.facts.time_from == "expression"] or precise
    newest = [c for c in said if c.revision.stated == said[0].revision.stated]
    best = min(newest, key=lambda c: window(c.facts.from_, c.facts.to).width)
    return best.facts.from_, best.facts.to


def _amounts(newest_first: Iterable[KeptClaim]) -> tuple[Amount, ...]:
    """The newest number of each thing that is counted, in whatever language it is told."""
    found: dict[str | tuple[str, str], Amount] = {}
    for claim in newest_first:
        for amount in claim.facts.amounts:
            what = thing(amount, claim.facts.predicate)
            found.setdefault(what if what is not None else ("bare", claim.facts.predicate), amount)
    return tuple(found.values())


def _mode(claims: Sequence[KeptClaim], reports: Sequence[ReportFacts]) -> str | None:
    modes = [c.facts.mode for c in claims if c.facts.mode] or [r.mode for r in reports if r.mode]
    return max(dict.fromkeys(modes), key=modes.count) if modes else None


def _place(claims: Sequence[KeptClaim], stand: Stand, reports: Sequence[ReportFacts]) -> Party | None:
    """Where: as the claims that give the event's time say, then as the newest that says."""
    newest_first = sorted(claims, key=_newness, reverse=True)
    named = [c for c in newest_first if c.facts.place]
    timed = [c for c in named if (c.facts.from_, c.facts.to) == (stand.from_, stand.to)]
    best = timed or [c for c in named if c.facts.status == stand.status] or named
    if best:
        return best[0].facts.place
    return next((r.place for r in reversed(reports) if r.place), None)


def _parties(reports: Sequence[ReportFacts]) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    if not is_reciprocal(reports[0].event_type):
        return merged(p for r in reports for p in r.actors), merged(p for r in reports for p in r.recipients)
    everyone = merged(p for r in reports for p in r.parties)
    side = [any(relation(p, q) == STRONG for q in reports[0].actors) for p in everyone]
    first = [p for p, acts in zip(everyone, side, strict=True) if acts] or list(everyone[:1])
    return tuple(first), tuple(p for p in everyone if p not in first)


def merged(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Parties without repetition: the fullest name of each, and no state beside the person who acts for it."""
    found: list[Party] = []
    for party in parties:
        at = next((i for i, q in enumerate(found) if relation(party, q) == STRONG or party.key == q.key), None)
        if at is None:
            found.append(party)
        else:
            found[at] = _fuller(found[at], party)
    named = [p for p in found if p.kind == "person" and p.key.startswith("person:")]
    return tuple(p for p in found if p in named or not any(relation(p, q) == WEAK for q in named))


def _fuller(a: Party, b: Party) -> Party:
    best, other = (b, a) if len(b.name.split()) > len(a.name.split()) and a.kind == "person" else (a, b)
    return replace(best, country=best.country or other.country, office=best.office or other.office)
