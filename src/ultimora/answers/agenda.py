"""What is planned, what became of it, and what should have happened by now without anybody saying so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from ultimora.answers.asking import Asking, in_time, nothing, when
from ultimora.answers.types import SCHEMA, Answer, Found, Note
from ultimora.record.plans import Expectation, undated_twins
from ultimora.record.types import KeptEvent
from ultimora.record.windows import window

Which = Literal["open", "overdue", "all"]
_STALE = timedelta(days=30)
_BACK = timedelta(days=60)
_OPEN = ("expected", "under way")


def agenda(asking: Asking, which: Which = "open", *, everything: bool = False) -> Answer:
    """What is planned, in order of time, with what became of it where that is settled.

    Args:
        asking: What is known, and when.
        which: ``open`` for what is not yet past, ``overdue`` for what should have happened by now without anybody
            reporting it, ``all`` for everything of the last sixty days with what became of it.
        everything: Also events that PLOVER has no type for.

    Raises:
        NoAnswer: there is nothing.
    """
    known = expected(asking, everything=everything)
    twins = undated_twins([e.event for e in known])
    chosen = [e for e in known if e.event.id not in twins and _listed(e, asking, which)]
    if not chosen:
        dates = sorted({str(e.from_)[:10] for e in known if e.from_})
        near = (f"what was planned was for: {', '.join(dates[-5:])}",) if dates else ()
        word = "overdue" if which == "overdue" else "planned"
        raise nothing(asking, f"nothing is known to be {word} at {asking.present}", near)
    made = tuple(shown(asking, e) for e in sorted(chosen, key=due))
    notes = _fallen(known, asking) if which == "open" else []
    asked = () if which == "open" else (which,)
    return Answer(SCHEMA, "agenda", asked, asking.as_of, asking.present, made, tuple(notes))


def expected(asking: Asking, *, everything: bool = False) -> list[Expectation]:
    """The expectations of the last sixty days and of all days to come."""
    since = (asking.now - _BACK).date().isoformat()
    ids = asking.loader.find(planned=True, low=since, undated=True)
    events = asking.loader.events(ids, history=True)
    return [e for e in asking.expectations(events) if everything or e.event.event_type]


def settled(asking: Asking, events: Sequence[KeptEvent]) -> tuple[Found, ...]:
    """Events as an answer shows them, those that were planned with what became of them."""
    planned = [e.id for e in events if e.status == "planned"]
    known = {e.id: e for e in asking.loader.events(planned, history=True)} if planned else {}
    plans = asking.expectations([known.get(e.id, e) for e in events]) if planned else ()
    became = {plan.event.id: plan for plan in plans if plan.event.id in known}
    return tuple(shown(asking, became[e.id]) if e.id in became else asking.found(e) for e in events)


def shown(asking: Asking, expectation: Expectation) -> Found:
    """An expectation as an answer shows it."""
    became = expectation.moved_to.id if expectation.moved_to else None
    return asking.found(expectation.event, expectation.outcome, became)


def _fallen(known: Sequence[Expectation], asking: Asking) -> list[Note]:
    """What is not going to be as it was planned."""
    notes = []
    for each in sorted((e for e in known if not asking.past(e.event)), key=due):
        day = when(each.from_, each.to)
        if each.outcome == "moved":
            new = f": newer articles say {when(each.moved_to.from_, each.moved_to.to)}" if each.moved_to else ""
            notes.append(Note("moved", f"{day}{new}", shown(asking, each)))
        elif each.outcome in ("called off", "denied") and not each.event.withdrawn:
            notes.append(Note("denied" if each.outcome == "denied" else "called off", day, shown(asking, each)))
    return notes


def due(expectation: Expectation) -> tuple[bool, datetime, datetime, str]:
    """The key that puts expectations in order of time; those without a day come last."""
    event = expectation.event
    return (event.from_ is None and event.to is None, *in_time(event))


def _listed(expectation: Expectation, asking: Asking, which: Which) -> bool:
    if which == "overdue":
        return expectation.outcome == "unreported"
    if which == "all":
        return True
    if expectation.outcome not in (*_OPEN, "happened"):
        return False
    event = expectation.event
    if window(event.from_, event.to).known:
        return not asking.past(event)
    return expectation.outcome == "expected" and _fresh(expectation, asking)


def _fresh(expectation: Expectation, asking: Asking) -> bool:
    """Whether an undated plan was spoken of lately."""
    return any(asking.now - datetime.fromisoformat(c.since) < _STALE for c in expectation.event.claims)
