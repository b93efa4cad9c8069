"""What every question needs: what is known, what counts as now, and how events are put in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from ultimora.answers.present import found
from ultimora.answers.types import Found
from ultimora.errors import NoAnswer
from ultimora.record.actors import Who, resolve
from ultimora.record.disputes import Dispute, disputes
from ultimora.record.facts import digest
from ultimora.record.load import Loader
from ultimora.record.origins import Origin, origins
from ultimora.record.plans import Expectation, Outcome, expectations, moved
from ultimora.record.retelling import Shelf
from ultimora.record.types import KeptEvent
from ultimora.record.windows import begun, ended, window

T = TypeVar("T")
Made = dict[tuple[object, ...], Any]
"""What was derived of one state of the record, the present left aside, each thing by what it is and of what."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A record as it is asked: through a loader that sees what was known, at a time that counts as the present."""

    loader: Loader
    now: datetime
    made: Made = field(default_factory=dict)
    """What was derived for this answer (for all that are asked of the same state of the record), each thing once."""

    def once(self, what: str, of: object, make: Callable[[], T]) -> T:
        """What is derived of something by its id, remembered as long as this state of the record is asked.

        It may depend on all that was known, but not on the present, which goes on.
        """
        found: T | None = self.made.get((what, of))
        if found is None:
            found = self.made[what, of] = make()
        return found

    def found(self, event: KeptEvent, outcome: Outcome | None = None, moved_to: str | None = None) -> Found:
        """An event as an answer shows it."""
        how = (event.id, len(event.history), outcome, moved_to)
        return self.once("found", how, lambda: found(event, outcome, moved_to))

    def expectations(self, events: Sequence[KeptEvent]) -> tuple[Expectation, ...]:
        """The expectations among some events, and what became of each by now."""
        gone = self.once("moved", digest(*(e.id for e in events)), lambda: moved(events))
        return expectations(events, self.now, gone)

    def origins(self, event: KeptEvent) -> tuple[Origin, ...]:
        """The independent origins of an event."""
        return self.once("origins", event.id, lambda: origins(event))

    def disputes(self, event: KeptEvent) -> tuple[Dispute, ...]:
        """What is disputed of an event."""
        return self.once("disputes", event.id, lambda: disputes(event, self.origins(event)))

    @property
    def shelf(self) -> Shelf:
        """The stories, as they were known."""
        return Shelf(self.loader.db, self.loader.as_of)

    @property
    def as_of(self) -> str | None:
        """The instant whose knowledge is drawn on."""
        return self.loader.as_of

    @property
    def present(self) -> str:
        """The present as text."""
        return self.now.isoformat(timespec="seconds")

    def who(self, name: str) -> Who:
        """Whom a name means.

        Raises:
            NoAnswer: nobody of that name is known.
        """
        try:
            return resolve(name, self.loader.registry)
        except NoAnswer as error:
            raise nothing(self, str(error), error.near) from None

    def past(self, event: KeptEvent) -> bool:
        """Whether the event's time is wholly over."""
        return ended(window(event.from_, event.to), self.now)

    def reached(self, event: KeptEvent) -> bool:
        """Whether the event's time has come."""
        return begun(window(event.from_, event.to), self.now)


def in_time(event: KeptEvent) -> tuple[datetime, datetime, str]:
    """The key that puts events in order of time; undated ones come first."""
    low, high = window(event.from_, event.to).wall()
    return (low, high, event.id)


def day(event: KeptEvent) -> str:
    """The day or days of an event, briefly."""
    return when(event.from_, event.to)


def when(low: str | None, high: str | None) -> str:
    """A window in few characters."""
    if low is None and high is None:
        return "no date"
    first, after = window(low, high).days()
    start, last = first.date(), after.date().toordinal() - 1
    if low is None:
        return f"until {type(start).fromordinal(last)}"
    if high is None:
        return f"from {start}"
    return str(start) if last <= start.toordinal() else f"{start} to {type(start).fromordinal(last)}"


def nothing(asking: Asking, message: str, near: tuple[str, ...] = ()) -> NoAnswer:
    """The error for a question without an answer; an empty record is the first thing to say."""
    first = asking.loader.first_known()
    if first is None:
        return NoAnswer("the record is empty", ("add articles with: ultimora add FILE",))
    if asking.as_of is not None and asking.as_of < first:
        hint = f"the first article became known at {first[:16]}; see --known-at in: ultimora add --help"
        return NoAnswer(f"nothing was known at {asking.as_of[:16]}", (hint,))
    return NoAnswer(message, near)
