"""Expectations: what was announced, promised or scheduled, and what later claims made of it. Pure.

A plan happened where later claims say so; it is called off or denied where the newest word says so; otherwise it is
expected until its window is past, and unreported from then on. A meeting is moved more often than two are announced
within three weeks: where newer articles announce another day for the same parties, and none has spoken of the old day
since, the old one is taken to be moved; so is one of which an article says that it was put off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from ultimora.record.derive import own_words
from ultimora.record.matching import pair, party_blocks, soon
from ultimora.record.types import KeptClaim, KeptEvent
from ultimora.record.windows import ended, window

Outcome = Literal["expected", "under way", "happened", "moved", "called off", "denied", "unreported"]
_NEAR, _PRECISE, _DATED = timedelta(days=21), timedelta(days=3), timedelta(days=8)
_PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Expectation:
    """A plan, the newest window that it was announced for, and what became of it.

    ``settled`` is the claim that says so, None while it is open; ``moved_to`` the event of its new day, where known.
    """

    event: KeptEvent
    from_: str | None
    to: str | None
    outcome: Outcome
    settled: KeptClaim | None = None
    moved_to: KeptEvent | None = None


def expectations(
    events: Sequence[KeptEvent], now: datetime, gone: Mapping[str, KeptEvent] | None = None
) -> tuple[Expectation, ...]:
    """The expectations among some events, and what became of each by an instant; ``gone`` are the :func:`moved`."""
    gone = moved(events) if gone is None else gone
    return tuple(_expectation(e, gone, now) for e in events if plans(e))


def plans(event: KeptEvent) -> list[KeptClaim]:
    """The claims that announced an event, the newest first; a claim that something was not to be announces nothing."""
    found = [c for c in event.claims if c.facts.status == "planned" and c.facts.polarity == "positive"]
    return sorted(found, key=_stated, reverse=True)


def _expectation(event: KeptEvent, gone: Mapping[str, KeptEvent], now: datetime) -> Expectation:
    announced = plans(event)
    low, high = _announced_for(announced)
    outcome = _outcome(event, gone, (low, high), now)
    return Expectation(event, low, high, outcome, _settling(event, outcome), gone.get(event.id))


def _announced_for(announced: Sequence[KeptClaim]) -> tuple[str | None, str | None]:
    """The window that a plan was announced for last: whoever speaks of it without a date moves it to no other day."""
    timed = [c.facts for c in announced if window(c.facts.from_, c.facts.to).known]
    dated = [c for c in timed if window(c.from_, c.to).width <= _DATED]
    newest = (dated or timed or [announced[0].facts])[0]
    return newest.from_, newest.to


def _outcome(
    event: KeptEvent, gone: Mapping[str, KeptEvent], planned: tuple[str | None, str | None], now: datetime
) -> Outcome:
    if event.polarity == "positive" and event.status in ("occurred", "ongoing") and not event.withdrawn:
        return "happened" if event.status == "occurred" else "under way"
    if event.id in gone or put_off(event):
        return "moved"
    newest = max((c for c in own_words(event.claims) if c.standing), key=_stated, default=None)
    if newest is not None and newest.facts.polarity == "negative" and _denial(newest):
        return "denied"
    if event.polarity == "negative":
        return "called off"
    if event.withdrawn or dropped(event):
        return "called off"
    low, high = planned
    return "unreported" if ended(window(low, high or (soon(low) if low else None)), now) else "expected"


def _denial(claim: KeptClaim) -> bool:
    return any(link.stance == "denies" for chain in claim.facts.chains for link in chain)


def _settling(event: KeptEvent, outcome: Outcome) -> KeptClaim | None:
    """The first claim that settled a plan."""
    tests = {
        "happened": lambda c: c.facts.status == "occurred" and c.facts.polarity == "positive",
        "under way": lambda c: c.facts.status == "ongoing" and c.facts.polarity == "positive",
        "called off": lambda c: c.facts.polarity == "negative" or c.facts.fate == "off",
        "denied": lambda c: c.facts.polarity == "negative",
        "moved": lambda c: c.facts.fate == "moved",
    }
    fits = tests.get(outcome)
    found = [c for c in own_words(event.claims) if fits(c)] if fits else []
    return min(found, key=_stated, default=None)


def put_off(event: KeptEvent) -> bool:
    """Whether the newest word of a plan that was known before is that it was moved, to a day that is not known."""
    return _newest_fate(event) == "moved"


def dropped(event: KeptEvent) -> bool:
    """Whether the newest word of a plan that was known before is that it was called off."""
    return _newest_fate(event) == "off"


def _newest_fate(event: KeptEvent) -> str | None:
    announced = [c for c in plans(event) if c.standing]
    if not announced or announced[0].facts.fate is None:
        return None
    before = [c for c in event.claims if c.since < announced[0].since]
    return announced[0].facts.fate if before else None


def moved(events: Sequence[KeptEvent]) -> dict[str, KeptEvent]:
    """The planned meetings that were moved, by id, and the event that each became."""
    announced = [_Plan.of(e) for e in events if _is_plan(e)]
    fresh: dict[tuple[str | None, str | None, str], list[_Plan]] = {}
    for plan in (p for p in announced if p.event.polarity == "positive"):
        for mark in plan.marks:
            fresh.setdefault((*_kind(plan.event), mark), []).append(plan)
    found: dict[str, KeptEvent] = {}
    for old in (p for p in announced if p.event.status not in ("occurred", "ongoing")):
        near = [new for mark in old.marks for new in fresh.get((*_kind(old.event), mark), ())]
        later = [new for new in near if _takes_the_place(new, old)]
        if later:
            found[old.event.id] = max(later, key=lambda p: (p.newest, p.first, p.event.id)).event
    return found


@dataclass(frozen=True, slots=True)
class _Plan:
    """A plan with all that is compared of it: its days, when an article spoke of it first and last, and the keys of
    its parties, one of which it shares with every plan of the same two.
    """

    event: KeptEvent
    low: datetime
    high: datetime
    first: str
    newest: str
    marks: tuple[str, ...]

    @classmethod
    def of(cls, event: KeptEvent) -> _Plan:
        low, high = window(event.from_, event.to).days()
        own = (b for p in event.parties for b in party_blocks(p) if p.key.startswith("state:") or b[0] != "c")
        return cls(event, low, high, _first(event), _newest(event), tuple(dict.fromkeys(own)))


def undated_twins(events: Sequence[KeptEvent]) -> set[str]:
    """Undated plans of parties who have a dated one: the same plan, told without its day."""
    dated = [e for e in events if window(e.from_, e.to).known]
    undated = [e for e in events if not window(e.from_, e.to).known]
    return {u.id for u in undated if any(_alike(u, d) for d in dated)}


def _alike(a: KeptEvent, b: KeptEvent) -> bool:
    return _kind(a) == _kind(b) and pair(a.parties, b.parties)[0] >= 2


def _kind(event: KeptEvent) -> tuple[str | None, str | None]:
    return (event.event_type, event.predicate if event.event_type is None else None)


def _is_plan(event: KeptEvent) -> bool:
    """Whether it was announced for a day; a call is made again sooner than it is moved."""
    known = bool(plans(event)) and not event.withdrawn
    return known and event.mode != _PHONE and window(event.from_, event.to).width <= _PRECISE


def _takes_the_place(new: _Plan, old: _Plan) -> bool:
    if new.newest < old.newest or (new.low < old.high and old.low < new.high) or abs(new.low - old.low) > _NEAR:
        return False
    if new.newest == old.newest and not (_put_off_lately(old.event) and (old.first, old.low) < (new.first, new.low)):
        return False
    return _alike(new.event, old.event)


def _put_off_lately(event: KeptEvent) -> bool:
    """Whether what spoke of it last says that it was moved."""
    return any(c.facts.fate == "moved" and c.standing and _stated(c)[0] == _newest(event) for c in event.claims)


def _stated(claim: KeptClaim) -> tuple[str, str, str]:
    return (claim.revision.stated or claim.since, claim.since, claim.facts.id)


def _newest(event: KeptEvent) -> str:
    """When an article last spoke of the event's own day."""
    own = [c for c in event.claims if c.standing and (c.facts.from_, c.facts.to) == (event.from_, event.to)]
    return max((_stated(c)[0] for c in own or event.claims), default="")


def _first(event: KeptEvent) -> str:
    return min((c.since for c in event.claims), default="")
