"""What a record says of a world: its claims beside the true mentions, its changes, origins, disputes, expectations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from benchmarks.simulator.model import World
from benchmarks.simulator.truth import Mention, mentions, one_line
from benchmarks.simulator.words import load

from ultimora.answers import Record
from ultimora.answers.asking import Asking
from ultimora.errors import NoAnswer
from ultimora.record.plans import expectations
from ultimora.record.types import KeptClaim, KeptEvent

Item = tuple[str, str, str]
"""Article, sentence, event of the record."""


@dataclass
class Observed:
    """A record beside the truth. ``of`` is the event of each true mention, None where no claim was found for it."""

    of: dict[Mention, str | None] = field(default_factory=dict)
    beside: Counter[str] = field(default_factory=Counter)
    """Claims of an event that stand in no true mention."""
    typed: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    """The happening that most of an event's claims speak of."""
    events: dict[str, KeptEvent] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    """The address of each article of the record."""

    def event_of(self, happening: str) -> str | None:
        """The event that most claims of a happening are joined to."""
        found = Counter(e for (_, _, h), e in self.of.items() if h == happening and e is not None)
        return max(found, key=lambda e: (found[e], e)) if found else None


def observe(record: Record, world: World) -> Observed:
    """The record's events beside the world's."""
    with record.store.loader() as loader:
        events = loader.events(loader.find(), history=True)
    made = Observed(events={e.id: e for e in events})
    made.typed = {e.id for e in events if e.event_type}
    by_article: dict[str, list[KeptClaim]] = defaultdict(list)
    for event in events:
        for claim in event.claims:
            by_article[claim.revision.url or ""].append(claim)
            made.urls[claim.article] = claim.revision.url or ""
    wanted: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions(world)):
        wanted[mention[0]].append(mention)
    for url, true in wanted.items():
        _align(made, world, true, by_article[url])
    made.names = _names(made)
    return made


def _align(made: Observed, world: World, true: Sequence[Mention], claims: Sequence[KeptClaim]) -> None:
    """Give each true mention of an article the claim of its sentence that has its type."""
    used: set[Item] = set()
    for mention in true:
        _, sentence, happening = mention
        here = [c for c in claims if c.facts.text in sentence or sentence in c.facts.text]
        fitting = _fitting(made, here, world.happenings[happening].event_type, world.happenings[happening].kind)
        made.of[mention] = fitting[0].event if fitting else None
        if fitting:
            used.add((mention[0], fitting[0].facts.text, fitting[0].event))
    for item in {(c.revision.url or "", c.facts.text, c.event) for c in claims} - used:
        made.beside[item[2]] += 1


def _fitting(made: Observed, claims: Sequence[KeptClaim], event_type: str | None, kind: str) -> list[KeptClaim]:
    """The claims that may make a mention, the likeliest first; a toll speaks of the event that it is the toll of."""
    if event_type is not None:
        found = [c for c in claims if c.facts.event_type == event_type]
        tolls = [c for c in claims if c.facts.event_type is None and made.events[c.event].event_type == event_type]
        return sorted(found, key=lambda c: -len(c.facts.actors) - len(c.facts.recipients)) + tolls
    words = load("predicates")["known_by"].get(kind, [])
    known = [c for c in claims if c.facts.event_type is None and c.facts.predicate in words]
    return sorted(known, key=lambda c: words.index(c.facts.predicate))


def _names(made: Observed) -> dict[str, str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, _, happening), event in made.of.items():
        if event is not None:
            votes[event][happening] += 1
    return {event: max(count, key=lambda h: (count[h], h)) for event, count in votes.items()}


def changes(record: Record, observed: Observed, world: World) -> set[tuple[str, int, str, str]]:
    """The changes that the record tells; an event that no true mention is in goes by its own name.

    What PLOVER has no type for counts where it is a true happening, as the terminal leaves it out otherwise.
    """
    try:
        told = record.changes(everything=True)
    except NoAnswer:
        return set()
    numbers = {(t.url, t.at.isoformat(timespec="microseconds") + "+00:00"): t.number for t in world.tellings}
    found = set()
    for edit in told.edits:
        number = numbers[edit.url or "", edit.known_at]
        for change in edit.changes:
            name = observed.names.get(change.event)
            if name is not None or change.event in observed.typed:
                found.add((edit.url or "", number, change.kind, name or change.event))
    return found


def origins(
    record: Record, observed: Observed, happening: str, names: Mapping[Mention, str]
) -> set[frozenset[str]] | None:
    """The independent origins that the record finds for a happening, each as its articles; None if it knows nothing.

    ``names`` says which happening each mention is of.
    """
    votes = Counter(e for m, e in observed.of.items() if names[m] == happening and e is not None)
    if not votes:
        return None
    event = max(votes, key=lambda e: (votes[e], e))
    found = record.sources(event).origins
    return {frozenset(r.reference.url or "" for r in origin.relays) for origin in found}


def stories(record: Record) -> dict[str, str | None]:
    """The story that the record puts each article in."""
    with record.store.loader() as loader:
        shelf = Asking(loader, record.store.clock()).shelf
        kept = shelf.stories(shelf.latest(None, 10_000))
    return {article.url or "": story.id for story in kept for article in story.articles}


def disputes(record: Record, observed: Observed, world: World) -> set[tuple[str, str]]:
    """The happenings that the record calls disputed, and over what."""
    try:
        told = record.disputes(everything=True, as_of=_end(world)).disputes
    except NoAnswer:
        return set()
    kinds = {"denial": "denied"}
    found = {(observed.names.get(d.event.event, d.event.event), kinds.get(d.kind, d.kind)) for d in told}
    return {(name, what) for name, what in found if name in world.happenings or name in observed.typed}


def _end(world: World) -> datetime:
    """Four days after the last article: what was planned and not told of by then is unreported."""
    return (max(t.at for t in world.tellings) + timedelta(days=4)).replace(tzinfo=UTC)


def outcomes(observed: Observed, world: World) -> dict[tuple[str, date | None], str | None]:
    """What the record says became of each plan of the world, at its end; None where it knows no such plan."""
    known = {e.event.id: e.outcome for e in expectations(list(observed.events.values()), _end(world))}
    found: dict[tuple[str, date | None], str | None] = {}
    for happening, day in world.expectations:
        event = _planned(observed, world, happening, day)
        found[happening, day] = known.get(event.id) if event is not None else None
    return found


def _planned(observed: Observed, world: World, happening: str, day: date | None) -> KeptEvent | None:
    """The event that most sentences which announce a happening for a day are joined to."""
    told = [
        (telling.url, one_line(sentence.text))
        for telling in world.tellings
        for sentence in telling.sentences
        for fact in (x.fact for x in sentence.told)
        if (fact.event, fact.status, fact.positive, fact.day) == (happening, "planned", True, day)
    ]
    votes = Counter(observed.of.get((url, text, happening)) for url, text in told)
    votes.pop(None, None)
    return observed.events[max(votes, key=lambda e: (votes[e], str(e))) or ""] if votes else None
