"""What is disputed, and who is on which side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from ultimora.answers import present
from ultimora.answers.asking import Asking, in_time, nothing
from ultimora.answers.stories import events_of, one_story
from ultimora.answers.types import SCHEMA, Dispute, Disputes, Side
from ultimora.record import disputes as deciding
from ultimora.record.facts import digest
from ultimora.record.store import instant
from ultimora.record.types import KeptEvent

_LATELY = timedelta(days=30)


def disputes(
    asking: Asking, story: str | None = None, since: str | None = None, *, everything: bool = False
) -> Disputes:
    """What claims of a story, or of all stories told lately, cannot both be true.

    Args:
        asking: What is known, and when.
        story: Only of this story.
        since: Of stories told from then on; of the last thirty days, if not given.
        everything: Also events that PLOVER has no type for.

    Raises:
        NoAnswer: nothing is disputed, or there is no such story.
    """
    events = _events(asking, story, since)
    made = found(asking, (e for e in sorted(events, key=in_time) if everything or e.event_type))
    if not made:
        raise nothing(asking, f"nothing is disputed{f' in the story {story!r}' if story else ''}")
    return Disputes(SCHEMA, "disputes", (story,) if story else (), asking.as_of, asking.present, made)


def _events(asking: Asking, story: str | None, since: str | None) -> list[KeptEvent]:
    if story is not None:
        return events_of(asking, one_story(asking, story))
    told = asking.shelf.latest(since or instant(asking.now - _LATELY))
    ids = dict.fromkeys(event for ident in told for event in asking.shelf.events(ident))
    return asking.loader.events(list(ids))


def found(asking: Asking, events: Iterable[KeptEvent]) -> tuple[Dispute, ...]:
    """The disputes of some events as an answer shows them."""
    return tuple(_shown(event, d) for event in events for d in asking.disputes(event))


def _shown(event: KeptEvent, dispute: deciding.Dispute) -> Dispute:
    sides = tuple(
        Side(s.says, tuple(o.name for o in s.origins), present.distinct(present.reference(c) for c in s.claims))
        for s in dispute.sides
    )
    ident = digest("dispute", dispute.event, dispute.kind, dispute.about, length=12)
    return Dispute(ident, dispute.kind, dispute.about, present.found(event), sides)
