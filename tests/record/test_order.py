"""Added in whatever order the record is the same; adding twice changes nothing; as-of is a cut."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import CHIGI, GREECE, ITALY, KARATAS, ROVATI, RUSSIA, TURKEY, UKRAINE, Said, person, reading
from ultimora.answers import Record
from ultimora.answers.types import Answer
from ultimora.errors import NoAnswer
from ultimora.record.adding import Incoming
from ultimora.record.instants import instant
from ultimora.record.types import KeptEvent
from ultimora.record.vectors import packed
from ultimora.types import Reading

HOURS = [f"2025-03-0{day}T{hour:02}:00:00+01:00" for day in (5, 6, 7) for hour in (8, 12, 18)]


@dataclass(frozen=True)
class Arrival:
    reading: Reading
    seen: str


claims = st.builds(
    Said,
    sentence=st.sampled_from(
        ["Si sono parlati.", "Si vedranno.", "Non si sono visti.", "Ci sono morti.", "They spoke."]
    ),
    actors=st.sampled_from([[ROVATI], [ITALY], [RUSSIA], [person("Rovati")], [KARATAS, ROVATI], []]),
    recipients=st.sampled_from([[KARATAS], [TURKEY], [UKRAINE], [GREECE], []]),
    event_type=st.sampled_from(["CONSULT", "CONSULT", "ASSAULT"]),
    mode=st.sampled_from([None, "phone", "visit"]),
    day=st.sampled_from([None, "2025-03-05", "2025-03-06", "2025-02-01"]),
    status=st.sampled_from(["occurred", "planned", "ongoing"]),
    polarity=st.sampled_from(["positive", "positive", "negative"]),
    certainty=st.sampled_from(["certain", "possible"]),
    sources=st.sampled_from([[], [(CHIGI, "confirms")], [(CHIGI, "denies")]]),
    count=st.sampled_from([None, 10.0, 12.0]),
)


@st.composite
def arrivals(draw: st.DrawFn) -> list[Arrival]:
    """Revisions of a few articles; no two of one article are seen at one time."""
    found: dict[tuple[str, str], Arrival] = {}
    for _ in range(draw(st.integers(1, 6))):
        ident, seen = draw(st.sampled_from("abc")), draw(st.sampled_from(HOURS))
        said = draw(st.lists(claims, min_size=1, max_size=3))
        stated = draw(st.sampled_from([None, seen, HOURS[0]]))
        unique = f"{ident} {seen}"  # neighbours of one article with the same words would be one revision
        made = reading(ident, *said, published=HOURS[0], modified=stated, extra=unique)
        found[ident, seen] = Arrival(made, seen)
    return list(found.values())


def vectors(text: str) -> str:
    """Vectors that cost nothing: the same for the same words, near for words in common."""
    values = np.zeros(64, dtype=np.float32)
    for word in text.split():
        values[zlib.crc32(word.encode()) % 64] += 1.0
    return packed(values)


def answers(added: Sequence[Arrival], as_of: str | None = None) -> list[Any]:
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "order.db", vectors=vectors) as record:
        for each in added:
            record.add(each.reading, seen=each.seen)
        return state(record, as_of)


def state(record: Record, as_of: str | None = None) -> list[Any]:
    """All that the record says: events in full, stories, disputes, expectations."""
    from ultimora.answers.present import found
    from ultimora.record.disputes import disputes
    from ultimora.record.plans import expectations
    from ultimora.record.retelling import Shelf
    from ultimora.record.store import instant
    from ultimora.record.windows import utc

    known = instant(as_of) if as_of else None
    with record.store.loader(known) as loader:
        shelf = Shelf(loader.db, known)
        stories = [(s, shelf.events(s.id), s.title("en")) for s in shelf.stories(shelf.latest())]
        events = loader.events(loader.find(), history=True)
        beside = [disputes(e) for e in events], expectations(events, utc(as_of or HOURS[-1]))
    at = as_of or HOURS[-1]
    with record.together(at):
        told = [_told(ask) for ask in questions(record, at)]
    return [[found(e) for e in events], stories, beside, told]


NAMES = ["Italia", "Turchia", "Giulia Rovati"]


def questions(record: Record, at: str) -> list[Callable[[], Answer]]:
    """The questions that look only at a part of the record."""
    asks: list[Callable[[], Answer]] = [partial(record.timeline, name, as_of=at) for name in NAMES]
    for a in ("Italia", "Rovati"):
        asks += [partial(record.last, a, "Turchia", as_of=at), partial(record.next, a, "Turchia", as_of=at)]
    return asks


def _told(ask: Callable[[], Answer]) -> object:
    try:
        return ask()
    except NoAnswer as error:
        unknown = str(error).startswith(("the record is empty", "nothing was known"))
        return "unknown" if unknown else (str(error), error.near)


quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(arrivals(), st.randoms(use_true_random=False))
def test_order_does_not_matter(added: list[Arrival], random: Any) -> None:
    shuffled = list(added)
    random.shuffle(shuffled)
    assert answers(added) == answers(shuffled)


@quick
@given(arrivals(), st.randoms(use_true_random=False))
def test_those_of_one_transaction_make_what_they_make_singly(added: list[Arrival], random: Any) -> None:
    shuffled = list(added)
    random.shuffle(shuffled)
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "once.db", vectors=vectors) as record:
        record.store.add_all([Incoming(each.reading, instant(each.seen, "seen")) for each in shuffled])
        assert state(record) == answers(added)
        assert all(check.ok for check in record.store.examine())


@quick
@given(arrivals())
def test_adding_twice_changes_nothing(added: list[Arrival]) -> None:
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "twice.db", vectors=vectors) as record:
        for each in added:
            record.add(each.reading, seen=each.seen)
        before = state(record)
        outcomes = {record.add(each.reading, seen=each.seen).outcome for each in added}
        assert outcomes == {"known already"}
        assert state(record) == before


@quick
@given(arrivals(), st.sampled_from(HOURS))
def test_as_of_is_the_record_cut_there(added: list[Arrival], at: str) -> None:
    assert answers(added, at) == answers([a for a in added if a.seen <= at], at)


@settings(quick, max_examples=20)
@given(arrivals(), st.sampled_from(HOURS))
def test_what_is_found_by_index_is_what_is_there(added: list[Arrival], at: str) -> None:
    from ultimora.answers.asking import in_time
    from ultimora.answers.contacts import both_of

    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "found.db", vectors=vectors) as record:
        for each in added:
            record.add(each.reading, seen=each.seen)
        with record._asking(at) as asking:
            events = sorted(asking.loader.events(asking.loader.find()), key=in_time)
            for name in NAMES[:2]:
                who = asking.who(name)
                theirs = [e.id for e in events if any(who.matches(p) for p in e.parties) and not e.withdrawn]
                told = _told(partial(record.timeline, name, as_of=at))
                assert [f.event for f in getattr(told, "events", ())] == theirs
            both = [e for e in events if e.event_type == "CONSULT" and both_of(*map(asking.who, NAMES[:2]), e)]
            held = [e.id for e in both if _held(e) and asking.reached(e)]
            told = _told(partial(record.last, *NAMES[:2], as_of=at))
            if both:
                assert [f.event for f in getattr(told, "events", ())] == held[-1:]


def _held(event: KeptEvent) -> bool:
    happened = event.status in ("occurred", "ongoing") and event.polarity == "positive"
    return happened and not event.withdrawn
