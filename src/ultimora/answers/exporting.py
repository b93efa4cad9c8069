"""What is handed to the formats of ``ultimora export``: events with their origins, and what articles changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ultimora.answers import provenance
from ultimora.answers.asking import Asking, in_time, nothing
from ultimora.answers.present import found
from ultimora.answers.timeline import kind_of, one_event
from ultimora.answers.types import SCHEMA, Edit, Found, IndependentOrigin
from ultimora.record.actors import Who
from ultimora.record.plans import expectations
from ultimora.record.types import KeptEvent
from ultimora.record.windows import overlap, window


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which part of the record is wanted; everything that is None or empty does not narrow it."""

    event: str | None = None
    story: str | None = None
    actor: str | None = None
    since: str | None = None
    until: str | None = None
    type: str | None = None
    everything: bool = False
    """Also events that PLOVER has no type for."""

    @property
    def asked(self) -> tuple[str, ...]:
        """What narrows it, as words."""
        names = ("event", "story", "actor", "since", "until", "type")
        return tuple(f"{name}={getattr(self, name)}" for name in names if getattr(self, name))


EVERYTHING = Chosen()


@dataclass(frozen=True, slots=True)
class ExportedEvent:
    """An event with all its claims, how it stood, what became of it if it was planned, and who is behind it."""

    event: Found
    origins: tuple[IndependentOrigin, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """A part of the record as it was known at an instant. ``language`` is the reader's, a BCP 47 tag."""

    schema: str
    question: Literal["export"]
    asked: tuple[str, ...]
    as_of: str | None
    now: str
    language: str
    events: tuple[ExportedEvent, ...]
    edits: tuple[Edit, ...] = ()


def export(asking: Asking, chosen: Chosen, language: str = "en", *, edits: bool = False) -> Exported:
    """A part of the record, its events in order of time.

    Args:
        asking: What is known, and when.
        chosen: Which part.
        language: The reader's language.
        edits: Rather what the revisions of articles changed than the events.

    Raises:
        NoAnswer: there is nothing of it.
    """
    if edits:
        told = provenance.changes(asking, story=chosen.story, everything=chosen.everything)
        kept = tuple(e for e in told.edits if _in_time(e, chosen))
        return Exported(SCHEMA, "export", chosen.asked, asking.as_of, asking.present, language, (), kept)
    events = sorted(_events(asking, chosen), key=in_time)
    if not events:
        raise nothing(
            asking, f"no event is known with {', '.join(chosen.asked)}" if chosen.asked else "no event is known"
        )
    plans = {e.event.id: e for e in expectations(events, asking.now)}
    made = []
    for event in events:
        plan = plans.get(event.id)
        moved_to = plan.moved_to.id if plan and plan.moved_to else None
        shown = found(event, plan.outcome if plan else None, moved_to)
        made.append(ExportedEvent(shown, provenance.origins_of(asking, event)))
    return Exported(SCHEMA, "export", chosen.asked, asking.as_of, asking.present, language, tuple(made))


def _events(asking: Asking, chosen: Chosen) -> list[KeptEvent]:
    if chosen.event is not None:
        return [one_event(asking, chosen.event)]
    who = asking.who(chosen.actor) if chosen.actor else None
    ids = asking.loader.find([who] if who else [], kind_of(chosen.type), *_days(chosen))
    if chosen.story is not None:
        of_story = _of_story(asking, chosen.story)
        ids = [i for i in ids if i in of_story]
    return [e for e in asking.loader.events(ids, history=True) if _wanted(e, who, chosen)]


def _days(chosen: Chosen) -> tuple[str | None, str | None]:
    return (chosen.since or "")[:10] or None, (chosen.until or "")[:10] or None


def _of_story(asking: Asking, story: str) -> set[str]:
    from ultimora.answers.stories import one_story

    return set(asking.shelf.events(one_story(asking, story).id))


def _wanted(event: KeptEvent, who: Who | None, chosen: Chosen) -> bool:
    if event.event_type is None and not chosen.everything:
        return False
    if who is not None and not any(who.matches(p) for p in event.parties):
        return False
    span = window(event.from_, event.to)
    narrowed = chosen.since or chosen.until
    return not narrowed or (span.known and overlap(span, window(chosen.since, chosen.until)))


def _in_time(edit: Edit, chosen: Chosen) -> bool:
    if not edit.changes:
        return False
    return (chosen.since is None or edit.known_at >= chosen.since) and (
        chosen.until is None or edit.known_at < chosen.until
    )
