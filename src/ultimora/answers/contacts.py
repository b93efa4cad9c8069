"""The last and the next contact of two actors: calls, visits, meetings. Pure functions over what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ultimora.answers.asking import Asking, day, in_time, nothing
from ultimora.answers.present import found
from ultimora.answers.types import SCHEMA, Answer, Kind, Note, NoteKind, Question
from ultimora.errors import NoAnswer
from ultimora.record.actors import Who
from ultimora.record.plans import moved
from ultimora.record.types import KeptEvent
from ultimora.record.windows import ended, window

CONTACT = "CONSULT"
_PHONE, _VISIT = "phone", "visit"
_MOST, _FEW = 5, 3
_BACK, _FRESH = timedelta(days=60), timedelta(days=30)
Enough = Callable[[Sequence[KeptEvent], str], bool]
"""Whether the contacts found so far are enough, where those that are left end by a day."""


def last(asking: Asking, a: str, b: str, kind: Kind = "any") -> Answer:
    """The last time that two actors were in contact, as far as is known.

    Only what happened or is happening counts; what was denied, withdrawn or merely planned is told in the notes.

    Raises:
        NoAnswer: none is known; ``near`` says what is.
    """
    pair = _Pair.of(asking, a, b)

    def held(events: Iterable[KeptEvent]) -> list[KeptEvent]:
        return [e for e in events if of_kind(e, kind) and _held(e) and asking.reached(e)]

    known = pair.contacts(asking, lambda found, rest: _none_later(held(found), rest))
    best = max(held(known), key=in_time, default=None)
    if best is None:
        raise nothing(asking, f"no {_word(kind)} of {a} and {b} is known to have happened", _near(asking, pair))
    beside = [e for e in known if of_kind(e, kind) and in_time(e) > in_time(best) and e not in held([e])]
    return _answer(asking, "last", (a, b, kind), best, pair, _notes(beside, moved(known)))


def _none_later(held: Sequence[KeptEvent], rest: str, wanted: int = 1) -> bool:
    """Whether no event of those that are left can be later than the latest that are wanted."""
    if len(held) < wanted:
        return False
    latest = sorted(held, key=in_time)[-wanted]
    return window(latest.from_, latest.to).low is not None and rest <= in_time(latest)[0].date().isoformat()


def next_(asking: Asking, a: str, b: str, kind: Kind = "any") -> Answer:
    """The next contact of two actors that is planned, as far as is known.

    A plan without a day counts for thirty days after it was last spoken of.

    Raises:
        NoAnswer: none is known; ``near`` says what is.
    """
    pair = _Pair.of(asking, a, b)
    known = pair.lately(asking)
    fitting = [e for e in known if of_kind(e, kind)]
    gone = moved(known)
    planned = sorted((e for e in fitting if _planned(e) and not asking.past(e) and e.id not in gone), key=_soonest)
    if not planned:
        raise nothing(asking, f"no {_word(kind)} of {a} and {b} is known to be planned", _near(asking, pair))
    off = [e for e in fitting if _called_off(e) and not asking.past(e) and e.id not in gone]
    was = [_moved(e, gone[e.id]) for e in fitting if e.id in gone]
    return _answer(asking, "next", (a, b, kind), planned[0], pair, [*was, *_notes(off, gone)])


def of_kind(event: KeptEvent, kind: Kind) -> bool:
    """Whether a contact is a call, a visit, or a meeting (face to face or not said how)."""
    if kind == "call":
        return event.mode == _PHONE
    if kind == "visit":
        return event.mode == _VISIT
    return kind == "any" or event.mode != _PHONE


def _held(event: KeptEvent) -> bool:
    return event.status in ("occurred", "ongoing") and event.polarity == "positive" and not event.withdrawn


def _planned(event: KeptEvent) -> bool:
    return event.status == "planned" and event.polarity == "positive" and not event.withdrawn


def _called_off(event: KeptEvent) -> bool:
    return event.status in ("planned", "hypothetical") and event.polarity == "negative"


def _of_late(event: KeptEvent, asking: Asking) -> bool:
    """Whether an event's time is not long past; without a day, whether it was spoken of lately."""
    span = window(event.from_, event.to)
    if span.high is not None:
        return not ended(span, asking.now - _BACK)
    stated = max(c.revision.stated or c.since for c in event.claims)
    return span.low is not None or asking.now - datetime.fromisoformat(stated) < _FRESH


def _soonest(event: KeptEvent) -> tuple[bool, object, str]:
    low, high, ident = in_time(event)
    return (event.from_ is None and event.to is None, (high, low), ident)


def _word(kind: Kind) -> str:
    return "contact" if kind == "any" else kind


@dataclass(frozen=True, slots=True)
class _Pair:
    a: Who
    b: Who

    @classmethod
    def of(cls, asking: Asking, a: str, b: str) -> _Pair:
        return cls(asking.who(a), asking.who(b))

    def contacts(self, asking: Asking, enough: Enough, after: str | None = None) -> list[KeptEvent]:
        """Their contacts, the latest first, as far as is enough; where none is known of who acts for a state, those of
        anybody of it.
        """
        return self._looking(asking, enough, after, loosely=False) or self._looking(asking, enough, after, loosely=True)

    def _looking(self, asking: Asking, enough: Enough, after: str | None, *, loosely: bool) -> list[KeptEvent]:
        known: list[KeptEvent] = []
        for events, rest in asking.loader.latest((self.a, self.b), CONTACT, after):
            known += [e for e in events if self.both(e, loosely=loosely)]
            if known and enough(known, rest):
                break
        return known

    def lately(self, asking: Asking) -> list[KeptEvent]:
        """Their contacts of the last weeks and of all days to come."""
        some = self.contacts(asking, lambda *_: True)
        loosely = bool(some) and not self.both(some[0])
        after = (asking.now - _BACK).date().isoformat()
        known = self._looking(asking, lambda *_: False, after, loosely=loosely)
        return sorted((e for e in known if _of_late(e, asking)), key=in_time)

    def loose(self, event: KeptEvent) -> list[Note]:
        """The note for a contact of people whose office nobody told."""
        if self.both(event):
            return []
        states = [who for who in (self.a, self.b) if who.country is not None]
        private = [
            p.name for p in event.parties for who in states if who.matches(p, loosely=True) and not who.matches(p)
        ]
        return [Note("loosely", f"no article says that {', '.join(private)} acts for the state")]

    def both(self, event: KeptEvent, *, loosely: bool = False) -> bool:
        """Whether one party is the one, and another party the other."""
        return both_of(self.a, self.b, event, loosely=loosely)


def both_of(a: Who, b: Who, event: KeptEvent, *, loosely: bool = False) -> bool:
    """Whether one party of an event is the one, and another party the other."""
    first = [p for p in event.parties if a.matches(p, loosely=loosely)]
    second = [p for p in event.parties if b.matches(p, loosely=loosely)]
    return any(p is not q for p in first for q in second)


def _answer(
    asking: Asking, question: Question, asked: tuple[str, ...], best: KeptEvent, pair: _Pair, notes: Iterable[Note]
) -> Answer:
    several = [
        Note("several people", f"{who.asked} may be {', '.join(who.others)}") for who in (pair.a, pair.b) if who.others
    ]
    return Answer(
        SCHEMA, question, asked, asking.as_of, asking.present, (found(best),), (*several, *pair.loose(best), *notes)
    )


def _notes(events: Iterable[KeptEvent], gone: Mapping[str, KeptEvent]) -> list[Note]:
    made = []
    for event in sorted(events, key=in_time)[-_MOST:]:
        if event.id in gone:
            made.append(_moved(event, gone[event.id]))
        elif event.withdrawn:
            made.append(Note("withdrawn", f"{day(event)}: no article says so any more", found(event)))
        elif event.polarity == "negative":
            made.append(Note(_off(event), f"{day(event)}: {_denied(event)}", found(event)))
        elif event.status == "planned":
            made.append(Note("planned", f"{day(event)}: planned", found(event)))
    return made


def _moved(event: KeptEvent, now: KeptEvent) -> Note:
    return Note("moved", f"{day(event)}: newer articles say {day(now)}", found(event))


def _off(event: KeptEvent) -> NoteKind:
    return "called off" if event.status == "planned" else "denied"


def _denied(event: KeptEvent) -> str:
    said = [c.facts for c in event.claims if c.facts.polarity == "negative"]
    who = dict.fromkeys(link.party.name for f in said for chain in f.chains for link in chain[:1])
    word = "called off" if event.status == "planned" else "did not happen"
    return f"{word}, says {', '.join(who)}" if who else word


def _near(asking: Asking, pair: _Pair) -> tuple[str, ...]:
    """What is known instead: other contacts of the two, then of each of them."""
    known = pair.contacts(asking, lambda found, rest: _none_later(found, rest, _MOST))
    lines = [_line(e) for e in sorted(known, key=in_time, reverse=True)[:_MOST]]
    for who in (pair.a, pair.b) if not lines else ():
        lines += [_line(e) for e in _own(asking, who)]
    latest = asking.loader.latest_article()
    lines += [f"the newest article known is of {latest[:10]}"] if latest else []
    return tuple(dict.fromkeys(lines))


def _own(asking: Asking, who: Who) -> list[KeptEvent]:
    """The latest contacts that somebody had with anybody."""
    known: list[KeptEvent] = []
    for events, rest in asking.loader.latest((who,), CONTACT):
        known += [e for e in events if any(who.matches(p) for p in e.parties)]
        if _none_later(known, rest, _FEW):
            break
    return sorted(known, key=in_time, reverse=True)[:_FEW]


def _line(event: KeptEvent) -> str:
    names = ", ".join(p.name for p in event.parties)
    return f"{day(event)}: {event.mode or 'contact'} of {names}, {state(event)} ({event.id})"


def state(event: KeptEvent) -> str:
    """An event's state in few words."""
    if event.withdrawn:
        return "withdrawn"
    if event.polarity == "negative":
        return "called off" if event.status == "planned" else "denied"
    return event.status if event.certainty == "certain" else f"{event.status}, {event.certainty}"


__all__ = ["CONTACT", "NoAnswer", "last", "next_", "of_kind", "state"]
