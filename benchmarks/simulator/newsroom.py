"""Newsrooms: who tells which beat of a story, in which voice; how an article is brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random

from benchmarks.simulator.model import Beat, Fact, Message, Sentence, Source, Telling, Told, World
from benchmarks.simulator.plots import PLOTS, Plot
from benchmarks.simulator.wording import Writer
from benchmarks.simulator.words import Agency, Number, Person, load

_HITS = ("attack.hit", "quake.hit")


@dataclass(frozen=True)
class Outlet:
    """A newspaper or an agency."""

    name: str
    language: str
    agency: bool = False

    @property
    def slug(self) -> str:
        """Its name in an address."""
        return "-".join(self.name.lower().split())


@dataclass
class Newsroom:
    """Everything that is published of one world, with one set of wordings."""

    world: World
    set_: str
    dice: Random
    known: dict[str, dict[str, Message]] = field(default_factory=dict)
    """By story and slot, what was told last."""
    desks: dict[tuple[str, str], Telling] = field(default_factory=dict)
    """By outlet and story, its newest article."""

    @cached_property
    def outlets(self) -> list[Outlet]:
        """Two papers of each language, and the agencies."""
        cast = load(self.set_)
        papers = [
            Outlet(n, language) for language in ("it", "en") for n in self.dice.sample(cast["outlets"][language], 2)
        ]
        return papers + [Outlet(cast["agencies"][language], language, agency=True) for language in ("it", "en")]

    def publish(self) -> None:
        """Every beat, told by several."""
        for beat in sorted(self.world.beats, key=lambda b: (b.at, b.story)):
            state = self.known.setdefault(beat.story, {})
            before = dict(state)
            state |= {m.slot: m for m in (*beat.messages, *beat.fresh)}
            self._cover(beat, before)
        self.world.tellings.sort(key=lambda t: (t.at, t.url))

    def _cover(self, beat: Beat, before: dict[str, Message]) -> None:
        agencies = [o for o in self.outlets if o.agency]
        first = self.dice.choice(agencies)
        wire = self._tell(first, beat, before, beat.at + timedelta(minutes=self.dice.randrange(3, 12)), None)
        others = [o for o in self.outlets if o != first]
        covering = [o for o in others if self.dice.random() < 0.42] or [self.dice.choice(others)]
        for outlet in covering:
            at = beat.at + timedelta(minutes=self.dice.randrange(15, 90))
            toss = self.dice.random()
            if outlet.language == first.language and toss < 0.3 and not outlet.agency:
                self._copy(outlet, wire, at)
            elif toss < 0.55 and not outlet.agency:
                self._tell(outlet, beat, before, at, Agency(first.name))
            else:
                self._tell(outlet, beat, before, at, None)

    def _copy(self, outlet: Outlet, wire: Telling, at: datetime) -> None:
        """Agency copy: the same text under another headline, perhaps without its last sentence."""
        body = wire.body[:-1] if len(wire.body) > 2 and self.dice.random() < 0.4 else wire.body
        title = (
            self._title(outlet, self._lead(wire), at.date(), wire.outlet) if self.dice.random() < 0.6 else wire.title
        )
        made = replace(
            wire,
            url=self._url(outlet, wire.story, at),
            outlet=outlet.name,
            published=at,
            modified=None,
            title=title,
            body=body,
            copied_from=wire.url,
            number=0,
        )
        self.world.tellings.append(made)

    def _tell(
        self, outlet: Outlet, beat: Beat, before: dict[str, Message], at: datetime, agency: Agency | None
    ) -> Telling:
        desk = self.desks.get((outlet.name, beat.story))
        if desk is not None and desk.published.date() == at.date() and self.dice.random() < 0.65:
            made = self._update(outlet, desk, beat, at, agency)
        else:
            made = self._article(outlet, beat, before, at, agency)
        self.desks[outlet.name, beat.story] = made
        self.world.tellings.append(made)
        return made

    def _article(
        self, outlet: Outlet, beat: Beat, before: dict[str, Message], at: datetime, agency: Agency | None
    ) -> Telling:
        url = self._url(outlet, beat.story, at)
        messages = list(beat.messages)
        older = [m for slot, m in before.items() if slot not in {m.slot for m in (*messages, *beat.fresh)}]
        mistaken = messages[0].key in _HITS and agency is None and not outlet.agency and self.dice.random() < 0.15
        if mistaken:
            messages[0] = _miscounted(messages[0])
        older += beat.fresh
        background = [self.dice.choice(older)] if older and self.dice.random() < 0.45 else []
        told = messages + background
        body = [self._sentence(outlet, url, m, at.date(), agency, _named(told[:i])) for i, m in enumerate(told)]
        if self.dice.random() < 0.5:
            body.append(Sentence(self._writer(outlet, f"{url}/filler").filler()))
        title = self._title(outlet, messages[0], at.date(), agency.key if agency else None)
        made = Telling(
            url, outlet.name, outlet.language, at, None, beat.story, title, tuple(body), None, 0, messages[0]
        )
        if mistaken:
            self.world.tellings.append(made)
            return self._corrected(outlet, made, beat.messages[0], messages[0])
        return made

    def _corrected(self, outlet: Outlet, made: Telling, right: Message, wrong: Message) -> Telling:
        """The same article an hour later, with the right number and a note."""
        at = made.published + timedelta(minutes=self.dice.randrange(40, 80))
        body = [
            self._sentence(outlet, made.url, right, at.date(), None, s.short) if s.message == wrong else s
            for s in made.body
        ]
        note = self._writer(outlet, f"{made.url}/note").correction(wrong.fields, at.date())
        title = self._title(outlet, right, at.date(), None)
        return replace(made, modified=at, title=title, body=(*body, Sentence(note)), number=1, lead=right)

    def _update(self, outlet: Outlet, desk: Telling, beat: Beat, at: datetime, agency: Agency | None) -> Telling:
        """The article with what is new on top, and what it said before in its newest state."""
        fresh = {m.slot: m for m in (*beat.fresh, *beat.messages)}
        new = [m for m in beat.messages if m.slot not in {s.slot for s in desk.body}]
        body = [self._sentence(outlet, desk.url, m, at.date(), agency) for m in new]
        for old in desk.body:
            if old.slot in fresh:
                body.append(self._sentence(outlet, desk.url, fresh[old.slot or ""], at.date(), agency, old.short))
            elif old.slot is None or old is desk.body[0] or self.dice.random() > 0.2:
                body.append(old)
        title = self._title(outlet, beat.messages[0], at.date(), agency.key if agency else None)
        return replace(desk, modified=at, title=title, body=tuple(body), number=desk.number + 1, lead=beat.messages[0])

    def _sentence(
        self,
        outlet: Outlet,
        url: str,
        message: Message,
        today: date,
        agency: Agency | None,
        short: frozenset[str] = frozenset(),
    ) -> Sentence:
        """One and the same wording for one message of an article, so that an update edits words."""
        text, used = self._writer(outlet, f"{url}/{message.slot}/{message.key}").sentence(message, today, agency, short)
        voice = agency.key if agency else outlet.name
        chain = ((message.source,) if message.source else ()) + ((_relaying(agency),) if agency else ())
        origin = _origin(message.source, voice)
        told = tuple(Told(_as_said(f, used), chain, origin, used) for f in message.facts)
        return Sentence(text, told, message.slot, message, short)

    def _title(self, outlet: Outlet, message: Message, today: date, agency: str | None) -> Sentence:
        text, used = self._writer(outlet, f"{self.world.seed}/{outlet.name}/{message.slot}/{message.key}").title(
            message, today
        )
        chain = (message.source,) if message.whole and message.source else ()
        origin = _origin(message.source, agency or outlet.name) if chain else agency or outlet.name
        return Sentence(
            text, tuple(Told(_as_said(f, used), chain, origin, used) for f in message.facts), message.slot, message
        )

    def _lead(self, telling: Telling) -> Message:
        if telling.lead is None:
            raise ValueError(f"{telling.url} has no lead")
        return telling.lead

    def _writer(self, outlet: Outlet, seed: str) -> Writer:
        return Writer(self.set_, outlet.language, Random(f"{self.world.seed}/{seed}"))

    def _url(self, outlet: Outlet, story: str, at: datetime) -> str:
        return f"https://{outlet.slug}.example/{at:%Y/%m/%d}/{story}-{at:%H%M}"


def _relaying(agency: Agency) -> Source:
    return Source(agency, agency.key, "reports")


def _origin(source: Source | None, voice: str) -> str:
    if source is None:
        return voice
    return f"unnamed@{voice}" if source.anonymous else source.origin


def _as_said(fact: Fact, used: Sequence[str]) -> Fact:
    """The fact with no more than the words say."""
    day = fact.day if "day" in used else None
    place = fact.place if "place" in used else None
    return replace(fact, day=day, place=place, counts=fact.counts if "n" in used else ())


def _named(messages: Sequence[Message]) -> frozenset[str]:
    """Who is introduced by these."""
    values = [v for m in messages for v in (*m.fields.values(), *([m.source.value] if m.source else []))]
    return frozenset(v.name for v in values if isinstance(v, Person))


def _miscounted(message: Message) -> Message:
    """The message with a wrong number."""
    (what, right), *_ = message.facts[0].counts
    wrong = 2 * right + 1
    fact = replace(message.facts[0], counts=((what, wrong),))
    return replace(message, fields=dict(message.fields) | {"n": Number(wrong)}, facts=(fact,))


def world(seed: int, set_: str, start: date | None = None) -> World:
    """A seeded world, told with the wordings of a set: three stories in ten days."""
    dice = Random(f"{set_}/{seed}")
    first = date(2026, 1, 5) + timedelta(days=dice.randrange(0, 200))
    made = World(seed, start or first)
    for number, plot in enumerate(dice.sample(PLOTS, 3)):
        plot(Plot(made, dice, set_, f"s{number}"))
    Newsroom(made, set_, dice).publish()
    return made
