"""What happened, in order of time; one event with all that it rests on."""

from __future__ import annotations

from ultimora import ontology
from ultimora.answers.agenda import settled
from ultimora.answers.asking import Asking, in_time, nothing
from ultimora.answers.present import found
from ultimora.answers.types import SCHEMA, Answer, Note
from ultimora.errors import NoAnswer
from ultimora.record.actors import Who
from ultimora.record.types import KeptEvent
from ultimora.record.windows import overlap, window


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
    ids = asking.loader.find([who] if who else [], kind, low, high)
    events = [e for e in asking.loader.events(ids) if _wanted(e, who, since, until, everything)]
    if not events:
        raise nothing(asking, _none(actor, since, until, kind), _around(asking, who, kind))
    kept = settled(asking, sorted(events, key=in_time))
    asked = tuple(f"{k}={v}" for k, v in (("actor", actor), ("since", since), ("until", until), ("type", kind)) if v)
    return Answer(SCHEMA, "timeline", asked, asking.as_of, asking.present, kept)


def kind_of(event_type: str | None) -> str | None:
    """The event type of a name in any case.

    Raises:
        NoAnswer: there is none of that name; ``near`` lists those there are.
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
    ids = asking.loader.find([who] if who else [], kind)
    dated = [e for e in asking.loader.events(ids) if e.from_ and _wanted(e, who, None, None, kind is None)]
    days = sorted({str(e.from_)[:10] for e in dated})
    if days:
        return (f"known days: {', '.join([*days[:3], '…', *days[-3:]] if len(days) > 6 else days)}",)
    total = asking.loader.extent().events
    return (f"the record holds {total} events of other actors and types",)


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
    wanted = event.strip().lower()
    events = asking.loader.events([wanted], history=True) if wanted else []
    if not events:
        ids = asking.loader.with_prefix(wanted) if wanted else []
        if len(ids) > 1:
            raise NoAnswer(f"several events begin with {event!r}", tuple(ids))
        events = asking.loader.events(ids, history=True)
    if not events:
        raise nothing(asking, f"there is no event {event!r}", ("ids stand beside the events in: ultimora timeline",))
    return events[0]
