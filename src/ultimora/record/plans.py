"""Plans that others have taken the place of. Pure.

A meeting is moved more often than two are announced within three weeks: where newer articles announce another day for
the same parties, and none has spoken of the old day since, the old one is taken to be moved. The answer says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ultimora.record.matching import pair
from ultimora.record.types import KeptEvent
from ultimora.record.windows import same_days, window

_NEAR, _PRECISE = timedelta(days=21), timedelta(days=3)
_PHONE = "phone"


def moved(events: Sequence[KeptEvent]) -> dict[str, KeptEvent]:
    """The planned meetings that were moved, by id, and the event that each became."""
    plans = [e for e in events if _is_plan(e)]
    found: dict[str, KeptEvent] = {}
    for old in plans:
        later = [new for new in plans if _takes_the_place(new, old)]
        if later:
            found[old.id] = max(later, key=_newest)
    return found


def undated_twins(events: Sequence[KeptEvent]) -> set[str]:
    """Undated plans of parties who have a dated one: the same plan, told without its day."""
    dated = [e for e in events if window(e.from_, e.to).known]
    undated = [e for e in events if not window(e.from_, e.to).known]
    return {u.id for u in undated if any(_alike(u, d) for d in dated)}


def _alike(a: KeptEvent, b: KeptEvent) -> bool:
    return a.event_type == b.event_type and pair(a.parties, b.parties)[0] >= 2


def _is_plan(event: KeptEvent) -> bool:
    standing = event.status == "planned" and event.polarity == "positive" and not event.withdrawn
    return standing and event.mode != _PHONE and window(event.from_, event.to).width <= _PRECISE


def _takes_the_place(new: KeptEvent, old: KeptEvent) -> bool:
    mine, theirs = window(new.from_, new.to), window(old.from_, old.to)
    if new is old or not _alike(new, old) or same_days(mine, theirs) or _newest(new) <= _newest(old):
        return False
    return abs(mine.days()[0] - theirs.days()[0]) <= _NEAR


def _newest(event: KeptEvent) -> str:
    """When an article last spoke of the event's own day."""
    own = [c for c in event.claims if c.standing and (c.facts.from_, c.facts.to) == (event.from_, event.to)]
    return max((c.revision.stated or c.since for c in own or event.claims), default="")
