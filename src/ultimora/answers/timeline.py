"""What happened, in order of time; what is planned, and what became of it; one event with all that it rests on."""

from __future__ import annotations

from datetime import datetime, timedelta

from ultimora import ontology
from ultimora.answers.asking import Asking, day, in_time, nothing
from ultimora.answers.present import found
from ultimora.answers.types import SCHEMA, Answer, Note, Outcome
from ultimora.errors import NoAnswer
from ultimora.record.actors import Who
from ultimora.record.plans import moved, undated_twins
from ultimora.record.types import KeptEvent
from ultimora.record.windows import overlap, window

_STALE = timedelta(days=30)


def timeline(
    asking: Asking,
    actor: str | None = None,
    since: str | None = None,
    until: str | None = None,
    event_type: str | None = None,
    *,
    everything: bool = False,
) -> Answer:
    """The events of an actor, a time, a type, in order of time; ``everything`` takes in those without a type.

    Raises:
        NoAnswer: none is known; ``near`` says what is.
    """
    who = asking.who(actor) if actor else None
    kind = kind_of(event_type)
    low, high = (since or "")[:10] or None, (until or "")[:10] or None
    ids = asking.loader.find([who.blocks()] if who else [], kind, low, high)
    events = [e for e in asking.loader.events(ids) if _wanted(e, who, since, until, everything)]
    if not events:
        raise nothing(asking, _none(actor, since, until, kind), _around(asking, who, kind))
    kept = tuple(found(e) for e in sorted(events, key=in_time))
    asked = tuple(f"{k}={v}" for k, v in (("actor", actor), ("since", since), ("until", until), ("type", kind)) if v)
    return Answer(SCHEMA, "timeline", asked, asking.as_of, asking.present, kept)


def kind_of(event_type: str | None) -> str | None:
    """The event type of a name, in any case.

    Raises:
        NoAnswer: there is none; ``near`` says which there are.
    """
    if event_type is None:
        return None
    known = {name.upper(): name for name in ontology.load()}
    kind = known.get(event_type.upper())
    if kind is None:
        raise NoAnswer(f"there is no event type {event_type!r}", (f"there are: {', '.join(known.values())}",))
    return kind


def _wanted(event: KeptEvent, who: Who | None, since: str | None, until: str | None, everything: bool) -> bool:
    if event.withdrawn or (event.event_type is None and not everything):
        return False
    if who is not None and not any(who.matches(p) for p in event.parties):
        return False
    span = window(event.from_, event.to)
    return not (since or until) or (span.known and overlap(span, window(since, until)))


def _none(actor: str | None, since: str | None, until: str | None, kind: str | None) -> str:
    words = [f"of {actor}" if actor else "", f"since {since}" if since else "", f"until {until}" if until else ""]
    return " ".join(["no", kind or "", "event", *words, "is known"]).replace("  ", " ").replace("  ", " ")


def _around(asking: Asking, who: Who | None, kind: str | None) -> tuple[str, ...]:
    """The days of which something is known of this actor and type."""
    ids = asking.loader.find([who.blocks()] if who else [], kind)
    dated = [e for e in asking.loader.events(ids) if e.from_ and _wanted(e, who, None, None, kind is None)]
    days = sorted({str(e.from_)[:10] for e in dated})
    if days:
        return (f"known days: {', '.join([*days[:3], '…', *days[-3:]] if len(days) > 6 else days)}",)
    total = asking.loader.extent().events
    return (f"the record holds {total} events of other actors and types",)


def agenda(asking: Asking, *, overdue: bool = False) -> Answer:
    """What is planned and not yet past, in order of time, with what became of it where that is settled.

    Args:
        asking: What is known, and when.
        overdue: Rather what should have happened by now without anybody reporting it.

    Raises:
        NoAnswer: nothing is.
    """
    events = asking.loader.events(asking.loader.find(planned=True), history=True)
    expected = [(e, outcome(e, asking)) for e in events if e.event_type and _was_planned(e)]
    gone = {} if overdue else moved(events)
    chosen = [(e, o) for e, o in expected if e.id not in gone and _listed(e, o, asking, overdue)]
    twins = undated_twins([e for e, _ in chosen])
    chosen = [(e, o) for e, o in chosen if e.id not in twins]
    if not chosen:
        dates = sorted({str(e.from_)[:10] for e, _ in expected if e.from_})
        near = (f"what was planned was for: {', '.join(dates[-5:])}",) if dates else ()
        raise nothing(asking, f"nothing is known to be {'overdue' if overdue else 'planned'} at {asking.present}", near)
    made = tuple(found(e, o) for e, o in sorted(chosen, key=lambda each: _due(each[0])))
    notes = [] if overdue else _fallen([(e, o) for e, o in expected if not asking.past(e)], gone)
    return Answer(SCHEMA, "agenda", ("overdue",) if overdue else (), asking.as_of, asking.present, made, tuple(notes))


def _fallen(expected: list[tuple[KeptEvent, Outcome]], gone: dict[str, KeptEvent]) -> list[Note]:
    """What is not going to be as it was planned."""
    notes = []
    for event, became in sorted(expected, key=lambda each: _due(each[0])):
        if event.id in gone:
            notes.append(Note("moved", f"{day(event)}: newer articles say {day(gone[event.id])}", found(event)))
        elif became == "called off" and not event.withdrawn:
            notes.append(Note("called off", day(event), found(event, became)))
    return notes


def _due(event: KeptEvent) -> tuple[bool, datetime, datetime, str]:
    return (event.from_ is None and event.to is None, *in_time(event))


def _was_planned(event: KeptEvent) -> bool:
    return any(s.status == "planned" for s in event.history) or any(c.facts.status == "planned" for c in event.claims)


def outcome(event: KeptEvent, asking: Asking) -> Outcome:
    """What became of a plan."""
    if event.polarity == "negative" or event.withdrawn:
        return "called off"
    if event.status == "occurred":
        return "happened"
    if event.status == "ongoing":
        return "under way"
    return "unreported" if asking.past(event) else "expected"


def _listed(event: KeptEvent, became: Outcome, asking: Asking, overdue: bool) -> bool:
    if overdue:
        return became == "unreported"
    if became in ("unreported", "called off"):
        return False
    dated = window(event.from_, event.to).known
    return not asking.past(event) if dated else became == "expected" and _fresh(event, asking)


def _fresh(event: KeptEvent, asking: Asking) -> bool:
    """Whether an undated plan was spoken of lately."""
    return any(asking.now - datetime.fromisoformat(c.since) < _STALE for c in event.claims)


def show(asking: Asking, event: str) -> Answer:
    """One event with its history and every claim, sentence and source, also those that were withdrawn.

    Args:
        asking: What is known, and when.
        event: Its id, or the beginning of it.

    Raises:
        NoAnswer: there is none of that id, or several begin so.
    """
    kept = one_event(asking, event)
    notes = [Note("withdrawn", "no article says so any more")] if kept.withdrawn else []
    return Answer(SCHEMA, "show", (event,), asking.as_of, asking.present, (found(kept),), tuple(notes))


def one_event(asking: Asking, event: str) -> KeptEvent:
    """The event of an id, or of the beginning of one, with its history.

    Raises:
        NoAnswer: there is none, or several begin so.
    """
    ids = asking.loader.with_prefix(event.strip().lower()) if event.strip() else []
    if len(ids) > 1 and event not in ids:
        raise NoAnswer(f"several events begin with {event!r}", tuple(ids))
    events = asking.loader.events([event] if event in ids else ids, history=True)
    if not events:
        raise nothing(asking, f"there is no event {event!r}", ("ids stand beside the events in: ultimora timeline",))
    return events[0]
