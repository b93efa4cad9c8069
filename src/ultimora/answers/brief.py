"""The brief of a story: what is established and by whom, what one origin alone reports, what is disputed, what is
expected, what has changed. Every line is a template filled with what claims say, and carries their references.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from ultimora.answers import present
from ultimora.answers.asking import Asking, in_time, nothing
from ultimora.answers.stories import Story, events_of, one_story, story_of
from ultimora.answers.types import SCHEMA, Reference
from ultimora.answers.wording import Wording
from ultimora.record.disputes import Dispute
from ultimora.record.origins import Origin
from ultimora.record.plans import Expectation, undated_twins
from ultimora.record.store import instant
from ultimora.record.types import KeptClaim, KeptEvent, Stand

SectionKind = Literal["established", "reported", "disputed", "expected", "changed"]
_DAY = timedelta(days=1)
_STATUS = ("hypothetical", "planned", "ongoing", "occurred")
_CERTAINTY = ("underspecified", "possible", "probable", "certain")
_MOST = 15


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, a quotation of the sentence that bears it out best, and all that it rests on."""

    text: str
    event: str
    quotation: str
    origins: tuple[str, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a brief."""

    kind: SectionKind
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What is known of a story, in the words of a language. Sections without a line are left out."""

    schema: str
    question: Literal["brief"]
    asked: tuple[str, ...]
    as_of: str | None
    now: str
    language: str
    since: str
    story: Story
    sections: tuple[Section, ...]


def brief(asking: Asking, ident: str, language: str = "en", since: str | None = None) -> Brief:
    """The brief of a story.

    Args:
        asking: What is known, and when.
        ident: The story's id, or the beginning of it.
        language: In which language.
        since: What changed since when; a day before now, if not given.

    Raises:
        NoAnswer: there is no such story, or nothing can be said of it.
        UnknownLanguage: the language is not read.
    """
    kept = one_story(asking, ident)
    after = since or instant(asking.now - _DAY)
    writer = _Writer(asking, Wording(language), language, after)
    sections = writer.sections(events_of(asking, kept))
    if not sections:
        raise nothing(asking, f"no event of the story {ident!r} is known well enough for a brief")
    told = story_of(asking, kept, language)
    return Brief(SCHEMA, "brief", (ident,), asking.as_of, asking.present, language, after, told, sections)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A line that may be written: the claims that bear it out, best first, and how it would read."""

    event: KeptEvent
    claims: Sequence[KeptClaim]
    write: Callable[[], str]

    @property
    def weight(self) -> int:
        """In how many sentences of how many articles it stands."""
        return len({(c.article, c.facts.text, c.until) for c in self.claims})


class _Writer:
    def __init__(self, asking: Asking, wording: Wording, language: str, since: str) -> None:
        self.asking, self.words, self.language, self.since = asking, wording, language, since

    def sections(self, events: Sequence[KeptEvent]) -> tuple[Section, ...]:
        told = sorted((e for e in events if self._worth(e)), key=in_time)
        plans = [e for e in self.asking.expectations(told) if e.outcome != "happened"]
        twins = undated_twins([p.event for p in plans])
        planned = {p.event.id for p in plans}
        argued = {e.id: found for e in told if (found := self.asking.disputes(e))}
        plain = [e for e in told if e.id not in planned and e.id not in argued and not e.withdrawn]
        sure = [e for e in plain if self._established(e)]
        unsure = [e for e in plain if not self._established(e)]
        changed = self.words.heading("changed", since=self.words.instant(self.since))
        made = (
            self._section("established", "established", (self._fact(e) for e in sure)),
            self._section("reported", "reported", (self._fact(e) for e in unsure)),
            self._section("disputed", "disputed", (self._dispute(e, d) for e in told for d in argued.get(e.id, ()))),
            self._section("expected", "expected", (self._plan(p) for p in plans if p.event.id not in twins)),
            self._section("changed", changed, (draft for e in told for draft in self._changes(e))),
        )
        return tuple(s for s in made if s.lines)

    def _section(self, kind: SectionKind, heading: str, drafts: Iterable[_Draft]) -> Section:
        """The lines that most sentences bear out, in the order of the drafts; none is written without one."""
        kept = [draft for draft in drafts if draft.claims]
        best = sorted(range(len(kept)), key=lambda i: -kept[i].weight)[:_MOST]
        title = heading if kind == "changed" else self.words.heading(heading)
        return Section(kind, title, tuple(self._line(kept[i]) for i in sorted(best)))

    def _worth(self, event: KeptEvent) -> bool:
        """Whether an event is told: of PLOVER's types, or with numbers that have a name, or by several articles."""
        if event.event_type is not None:
            return bool(event.parties) or event.place is not None
        several = len({c.article for c in event.claims}) > 1 and bool(event.parties)
        return several or bool(self.words.amounts(event))

    def _established(self, event: KeptEvent) -> bool:
        held = event.certainty == "certain" and event.status in ("occurred", "ongoing")
        return held and len(self.asking.origins(event)) > 1

    def _fact(self, event: KeptEvent) -> _Draft:
        return _Draft(event, event.claims, lambda: self._told(event))

    def _told(self, event: KeptEvent) -> str:
        fact = self.words.fact(event)
        if event.polarity == "negative":
            fact = self.words.line("called_off" if event.status == "planned" else "denied", fact=fact)
        elif event.certainty != "certain":
            certainty = self.words.table["certainty"][event.certainty]
            fact = self.words.line("uncertain", fact=fact, certainty=certainty)
        return self._with_origins(fact, self.asking.origins(event))

    def _with_origins(self, fact: str, behind: Sequence[Origin]) -> str:
        names = list(dict.fromkeys(self._origin(o) for o in behind))
        template = "origins" if len(names) > 1 else "origin"
        told = self.words.joined(names)
        return self.words.line(template, line=fact, count=len(names), origins=told) if names else f"{fact}."

    def _origin(self, origin: Origin) -> str:
        nearest = next((s.nearest for s in origin.strands if s.nearest is not None), None)
        is_state = nearest is not None and nearest.key.startswith("state:") and nearest.name == origin.name
        return self.words.name(nearest) if nearest is not None and is_state else origin.name

    def _dispute(self, event: KeptEvent, dispute: Dispute) -> _Draft:
        claims = {c.facts.id: c for s in dispute.sides for c in s.claims}
        return _Draft(event, list(claims.values()), lambda: self._argued(event, dispute))

    def _argued(self, event: KeptEvent, dispute: Dispute) -> str:
        sides = [(s.says, self.words.joined([self._origin(o) for o in s.origins])) for s in dispute.sides]
        if dispute.kind == "denial":
            names = {"asserted": "asserted", "denied": "denied_side"}
            told = [self.words.line(names[says], origins=behind) for says, behind in sides]
        else:
            told = [self.words.line("side", says=says, origins=behind) for says, behind in sides]
        joined = str(self.words.table["lines"]["between_sides"]).join(told)
        fact = self.words.fact(event)
        about = self.words.about(dispute.about)
        return self.words.line(f"{dispute.kind}_dispute", fact=fact, about=about, sides=joined)

    def _plan(self, plan: Expectation) -> _Draft:
        behind = self.asking.origins(plan.event)
        return _Draft(plan.event, plan.event.claims, lambda: self._with_origins(self.words.outcome(plan), behind))

    def _changes(self, event: KeptEvent) -> Iterable[_Draft]:
        """What is otherwise than it was at ``since``."""
        before = [s for s in event.history if s.known_at <= self.since]
        if not event.history or (before and event.history[-1].known_at <= self.since):
            return
        fresh = [c for c in event.claims if c.since > self.since or (c.until or "") > self.since]
        if event.withdrawn and not before:
            return
        if event.withdrawn or not before:
            yield self._changed(event, fresh, "withdrawn" if event.withdrawn else "new", "", "")
        else:
            for template, old, new in _differences(self.words, before[-1], event.history[-1]):
                yield self._changed(event, fresh, template, old, new)

    def _changed(self, event: KeptEvent, fresh: Sequence[KeptClaim], template: str, old: str, new: str) -> _Draft:
        def write() -> str:
            return f"{self.words.line(template, fact=self.words.fact(event), old=old, new=new)}."

        return _Draft(event, fresh, write)

    def _line(self, draft: _Draft) -> Line:
        """A line with its references; quoted is one that bears out how the event stands, in the reader's language."""
        event, wanted = draft.event, {c.facts.id for c in draft.claims}
        ranked = [c for c in present.best_first(event) if c.facts.id in wanted]
        references = present.distinct(present.reference(c) for c in ranked)
        stand = (event.status, event.polarity)
        bearing = {present.reference(c) for c in ranked if (c.facts.status, c.facts.polarity) == stand}
        fitting = [r for r in references if r in bearing] or list(references)
        spoken = [r for r in fitting if r.language.split("-")[0] == self.language.split("-")[0]]
        quoted = (spoken or fitting)[0]
        behind = tuple(dict.fromkeys(self._origin(o) for o in self.asking.origins(event)))
        others = (r for r in references if r != quoted)
        return Line(draft.write(), event.id, self.words.quote(quoted.sentence), behind, (quoted, *others))


def _differences(words: Wording, old: Stand, new: Stand) -> Iterable[tuple[str, str, str]]:
    """What differs between two states of an event: the template, and both in words."""
    if old.polarity != new.polarity:
        yield "reversed", words.state(old), words.state(new)
    elif _firmness(old) != _firmness(new):
        yield "firmer" if _firmness(old) < _firmness(new) else "weaker", words.state(old), words.state(new)
    was = {a.of: a for a in old.amounts}
    for amount in new.amounts:
        before = was.get(amount.of)
        if before is not None and (before.value, before.comparison) != (amount.value, amount.comparison):
            yield "number", " ".join(before.text.split()), " ".join(amount.text.split())
    was_at, now_at = words.when(old.from_, old.to), words.when(new.from_, new.to)
    if was_at != now_at and old.from_ and new.from_:
        yield "time", was_at, now_at


def _firmness(stand: Stand) -> tuple[int, int]:
    return _STATUS.index(stand.status), _CERTAINTY.index(stand.certainty)
