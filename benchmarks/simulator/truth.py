"""The true record of a world: which sentence speaks of what, what revisions changed, who is behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from benchmarks.simulator.model import Fact, Telling, Told, World

Mention = tuple[str, str, str]
"""Article, sentence, happening."""
Change = tuple[str, int, str, str]
"""Article, number of the revision, kind, happening."""
_STATUS = ("hypothetical", "planned", "ongoing", "occurred")
_CERTAINTY = ("underspecified", "possible", "probable", "certain")


def mentions(world: World) -> set[Mention]:
    """Every sentence that speaks of a happening."""
    return {(t.url, one_line(s.text), told.fact.event) for t in world.tellings for s in t.sentences for told in s.told}


def one_line(text: str) -> str:
    """A text without line breaks."""
    return " ".join(text.split())


def stories(world: World) -> dict[str, str]:
    """The story of each article."""
    return {t.url: t.story for t in world.tellings}


def named(world: World, fact: Fact, telling: Telling) -> str:
    """The happening that a fact is of; what speaks of the old day of a moved plan alone is one by itself, and so does a
    headline without a date over an article that knows no other day.
    """
    days = {t.fact.day for t in telling.told(fact.event) if t.fact.day}
    day = days.pop() if fact.day is None and fact.positive and len(days) == 1 else fact.day
    moved = world.expectations.get((fact.event, day)) == "moved"
    return f"{fact.event}@{day}" if moved else fact.event


def parted(world: World) -> dict[Mention, str]:
    """The happening of each mention, with the old day of a moved plan as one by itself."""
    found: dict[Mention, str] = {}
    for telling in world.tellings:
        for sentence in telling.sentences:
            for fact in (t.fact for t in sentence.told):
                mention = (telling.url, one_line(sentence.text), fact.event)
                found[mention] = max(found.get(mention, ""), named(world, fact, telling))
    return found


def origins(world: World) -> dict[str, set[frozenset[str]]]:
    """The independent origins of each happening (:func:`named`), each as the articles that have it from there.

    An article's own voice beside what it attributes is the same source again, spoken shorter; not where one asserts
    what the other denies. One that is word for word what another outlet had before is its copy, even where two writers
    hit on the same words: nobody could tell.
    """
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for telling in world.latest().values():
        told_of = [t for s in telling.sentences for t in s.told]
        first = _first_text(world, telling)
        for event in {named(world, t.fact, telling) for t in told_of}:
            said = [t for t in told_of if named(world, t.fact, telling) == event]
            attributed = {t.fact.positive for t in said if t.chain}
            for told in (t for t in said if t.chain or t.fact.positive not in attributed):
                found[event][_copied_from(told, telling, first)].add(telling.url)
    return {event: {frozenset(a) for a in by.values()} for event, by in found.items()}


def _first_text(world: World, telling: Telling) -> Telling:
    """The earliest telling of any outlet that has the whole text of this one in its own; mostly itself."""
    said = _words(telling)
    others = (t for t in world.tellings if t.language == telling.language and t.at < telling.at)
    same = [t for t in others if t.outlet != telling.outlet and said <= _words(t)]
    return min(same, key=lambda t: t.at, default=telling)


def _words(telling: Telling) -> set[str]:
    return {s.text for s in telling.body}


def _copied_from(told: Told, telling: Telling, first: Telling) -> str:
    """The origin of what is told, as the one has it who had these words first."""
    own = told.origin in (telling.outlet, f"unnamed@{telling.outlet}")
    return told.origin.replace(telling.outlet, first.outlet) if own else told.origin


def changes(world: World) -> set[Change]:
    """What each revision changed, in facts."""
    found: set[Change] = set()
    latest: dict[str, Telling] = {}
    for telling in sorted(world.tellings, key=lambda t: t.at):
        before = latest.get(telling.url)
        if before is not None:
            found |= {(telling.url, telling.number, kind, event) for kind, event in _between(before, telling)}
        latest[telling.url] = telling
    return found


def _between(old: Telling, new: Telling) -> Iterator[tuple[str, str]]:
    before, after = ({t.fact.event for s in x.sentences for t in s.told} for x in (old, new))
    yield from (("added", e) for e in after - before)
    yield from (("withdrawn", e) for e in before - after)
    for event in before & after:
        yield from ((kind, event) for kind in _altered(_Side(old.told(event)), _Side(new.told(event))))


class _Side:
    """What one revision says of one happening."""

    def __init__(self, said: list[Told]) -> None:
        positive = [t.fact for t in said if t.fact.positive]
        facts = positive or [t.fact for t in said]
        best = max(facts, key=lambda f: (_STATUS.index(f.status), _CERTAINTY.index(f.certainty)))
        self.positive = bool(positive)
        self.firmness = (_STATUS.index(best.status), _CERTAINTY.index(best.certainty))
        self.days = {f.day for f in facts if f.day}
        self.places = {f.place for f in facts if f.place}
        self.counts = {
            what: {n for f in facts for w, n in f.counts if w == what} for f in facts for what, _ in f.counts
        }
        self.sources = {t.chain[0] for t in said if t.chain}


def _altered(old: _Side, new: _Side) -> Iterator[str]:
    if old.positive != new.positive:
        yield "reversed"
    elif old.firmness != new.firmness:
        yield "firmed up" if old.firmness < new.firmness else "weakened"
    if any(old.counts[w] != new.counts[w] for w in old.counts.keys() & new.counts.keys()):
        yield "number changed"
    if old.days and new.days and old.days != new.days:
        yield "time changed"
    if old.places and new.places and old.places != new.places:
        yield "place changed"
    if old.sources != new.sources:
        yield "re-sourced"
