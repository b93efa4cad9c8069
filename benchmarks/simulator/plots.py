"""Plots: how the happenings of a story unfold over days. Each gives beats, and what the true record says of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from benchmarks.simulator.model import Beat, Fact, Happening, Message, Party, Source, World
from benchmarks.simulator.words import Body, City, Day, Number, Person, State, Value, load

PAIRS = (("ITA", "TUR"), ("FRA", "EGY"), ("DEU", "GRC"), ("ESP", "MEX"), ("POL", "CAN"), ("JPN", "BRA"), ("NOR", "PER"))
WARS = (("RUS", "UKR"), ("ARM", "AZE"), ("PAK", "IND"), ("ETH", "ERI"), ("AZE", "ARM"), ("IND", "PAK"))
STRUCK = ("TUR", "GRC", "JPN", "PER", "MEX", "ITA", "ETH", "PAK")
STREETS = ("FRA", "ESP", "ITA", "GRC", "BRA", "PER", "DEU", "POL")


@dataclass
class Plot:
    """A story in the making."""

    world: World
    dice: Random
    cast: str
    id: str
    beats: int = 0

    def happening(self, kind: str, event_type: str | None, mode: str | None, *sides: tuple[Party, ...]) -> str:
        """A new happening of the story."""
        ident = f"{self.id}.{kind}{sum(h.story == self.id for h in self.world.happenings.values())}"
        actors, recipients = sides if len(sides) == 2 else (sides[0], ())
        made = Happening(ident, self.id, kind, event_type, mode, actors, recipients)
        self.world.happenings[ident] = made
        return ident

    def beat(
        self, day: int, hour: int, *messages: Message, fresh: tuple[Message, ...] = (), ends: tuple[str, ...] = ()
    ) -> None:
        """Something becomes known on a day of the world, about an hour."""
        moment = datetime.combine(self.day(day), time(hour, self.dice.randrange(60)))
        self.world.beats.append(Beat(moment, self.id, messages, fresh, ends))
        self.beats += 1

    def day(self, number: int) -> date:
        """A day of the world."""
        return self.world.start + timedelta(days=number)

    def person(self, code: str, office: str) -> Person:
        """Somebody of a state; the holder of an office stays the same."""
        people = load(self.cast)["people"][code]
        first, last, gender = people[int(office == "foreign")]
        return Person(
            first,
            last,
            gender,
            office if office == "foreign" else "premier" if _parliamentary(code) else "president",
            code,
        )

    def chance(self, share: float) -> bool:
        """A throw of the dice."""
        return self.dice.random() < share


def _colleague(plot: Plot, person: Person) -> Person:
    """Another minister of the same government."""
    return plot.person(person.code, "president" if person.office == "foreign" else "foreign")


def _parliamentary(code: str) -> bool:
    return code in ("ITA", "DEU", "ESP", "POL", "GRC", "JPN", "NOR", "CAN", "IND", "PAK", "ARM", "ETH")


def government(code: str, dice: Random, stance: str = "announces") -> Source:
    """A government, by one of its names."""
    return Source(Body(dice.choice(("gov", "ministry")), code), f"gov:{code}", stance)


def spoken(person: Person, stance: str = "announces") -> Source:
    """A person as source."""
    return Source(person, f"person:{person.name}", stance)


def mayor(plot: Plot, city: City) -> Source:
    """The mayor of a city as source."""
    first, last, gender = load(plot.cast)["mayors"][city.code]
    return spoken(Person(first, last, gender, "mayor", city.code, city), "reports")


def body(key: str, code: str, story: str, stance: str = "reports") -> Source:
    """A body as source."""
    return Source(Body(key, code), f"{key}@{story}", stance)


def unnamed(key: str, code: str, stance: str = "reports") -> Source:
    """An unnamed source: another one in every outlet."""
    return Source(Body(key, code), "?", stance, anonymous=True)


def diplomacy(plot: Plot) -> None:
    """A call, a plan to meet that holds, moves, falls or is denied, perhaps an agreement."""
    dice = plot.dice
    codes = list(dice.choice(PAIRS))
    dice.shuffle(codes)
    office = dice.choice(("president", "foreign"))
    a, b = (plot.person(code, office) for code in codes)
    start = dice.randrange(0, 2)
    if plot.chance(0.7):
        _call(plot, a, b, start)
    planned = start + dice.randrange(3, 5)
    place = City(codes[1], dice.choice((0, 0, 1)))
    _meeting(plot, a, b, place, start + 1, planned)


def _call(plot: Plot, a: Person, b: Person, day: int) -> None:
    call = plot.happening("call", "CONSULT", "phone", (a,), (b,))
    fact = Fact(call, day=plot.day(day))
    fields: dict[str, Value] = {"a": a, "b": b, "day": Day(plot.day(day))}
    source = government(a.code, plot.dice) if plot.chance(0.6) else None
    plot.beat(day, 10, Message("call.held", call, fields, (fact,), source))
    if plot.chance(0.35):
        denial = Message(
            "call.denied",
            f"{call}/no",
            fields,
            (replace(fact, positive=False),),
            government(b.code, plot.dice, "denies"),
            whole=True,
        )
        plot.beat(day, 15, denial)
        plot.world.disputes.add((call, "denied"))


def _meeting(plot: Plot, a: Person, b: Person, place: City, day: int, on: int) -> None:
    dice, world = plot.dice, plot.world
    meeting = plot.happening("meet", "CONSULT", None, (a,), (b,))
    when = plot.day(on)
    fields: dict[str, Value] = {"a": a, "b": b, "place": place, "day": Day(when), "old": Day(when)}
    plan = Fact(meeting, "planned", day=when, place=place)
    if plot.chance(0.3):
        maybe = Message(
            "meet.maybe", meeting, fields, (replace(plan, certainty="possible"),), unnamed("diplomats", a.code)
        )
        plot.beat(day, 8, maybe)
        day += dice.choice((0, 1))
    plot.beat(day, 13, Message("meet.plan", meeting, fields, (plan,), government(a.code, dice)))
    fate = dice.choices(("held", "moved", "off", "denied", "silent"), (4, 3, 2, 1.5, 1))[0]
    if fate == "moved":
        new = on + dice.randrange(1, 4)
        world.expectations[(meeting, when)] = "moved"
        moved_on = plot.day(new)
        fields = fields | {"day": Day(moved_on), "old": Day(when)}
        plot.beat(
            on - 1,
            11,
            Message(
                "meet.moved",
                meeting,
                fields,
                (replace(plan, day=moved_on),),
                spoken(_colleague(plot, b)) if plot.chance(0.4) else government(b.code, dice),
            ),
        )
        on, when = new, moved_on
        fate = dice.choice(("held", "held", "silent"))
    if fate == "off":
        off = replace(plan, day=when, positive=False)
        plot.beat(
            on - 1,
            16,
            Message("meet.off", meeting, fields, (off,), government(a.code, dice) if plot.chance(0.5) else None),
        )
    if fate == "denied":
        source = government(b.code, dice, "denies")
        plot.beat(
            day,
            18,
            Message(
                "meet.denied",
                f"{meeting}/no",
                fields,
                (replace(plan, positive=False, day=None, place=None),),
                source,
                whole=True,
            ),
        )
        world.disputes.add((meeting, "denied"))
    world.expectations[(meeting, when)] = {"held": "happened", "off": "called off", "denied": "denied"}.get(
        fate, "unreported"
    )  # type: ignore[assignment]
    if fate == "held":
        _held(plot, meeting, fields, replace(plan, status="occurred", day=when), on, (a, b))


def _held(
    plot: Plot, meeting: str, fields: dict[str, Value], fact: Fact, on: int, parties: tuple[Person, Person]
) -> None:
    told = [Message("meet.held", meeting, fields, (fact,))]
    if plot.chance(0.4):
        sa, sb = (State(p.code) for p in parties)
        deal = plot.happening("deal", "AGREE", None, (sa,), (sb,))
        told.append(
            Message("deal.done", deal, {"sa": sa, "sb": sb, "day": Day(plot.day(on))}, (Fact(deal, day=plot.day(on)),))
        )
    plot.beat(on, 14, *told)


def war(plot: Plot) -> None:
    """An attack with a toll that grows, that is disputed or denied; another one; sanctions."""
    dice = plot.dice
    by, on = dice.choice(WARS)
    city = City(on, dice.choice((1, 2)))
    day = dice.randrange(0, 2)
    _attack(plot, by, on, city, day, disputes=True)
    if plot.chance(0.5):
        _attack(plot, by, on, city if plot.chance(0.6) else City(on, 3 - city.number), day + 3, disputes=False)
    if plot.chance(0.6):
        _sanctions(plot, dice.choice(("CAN", "JPN", "FRA", "NOR")), by, day + 2)


def _attack(plot: Plot, by: str, on: str, city: City, day: int, *, disputes: bool) -> None:
    dice, when = plot.dice, plot.day(day)
    attack = plot.happening("attack", "ASSAULT", None, (State(by),), (city,))  # type: ignore[arg-type]
    toll = dice.randrange(2, 9)
    slot = f"{attack}/toll"
    witness = mayor(plot, city) if plot.chance(0.6) else body("rescuers", on, plot.id)

    def hit(n: int) -> Message:
        fields: dict[str, Value] = {"sa": State(by), "place": city, "day": Day(when), "n": Number(n)}
        return Message("attack.hit", attack, fields, (Fact(attack, day=when, place=city, counts=(("dead", n),)),))

    def risen(n: int) -> Message:
        fields: dict[str, Value] = {"sa": State(by), "place": city, "n": Number(n)}
        return Message(
            "attack.toll",
            slot,
            fields,
            (Fact(attack, place=city, counts=(("dead", n),)),),
            witness,
        )

    plot.beat(day, 7, hit(toll))
    for step in range(dice.randrange(1, 3)):
        toll += dice.randrange(1, 7)
        plot.beat(day + step, 12 + 3 * step, risen(toll), fresh=(hit(toll),))
    if disputes and plot.chance(0.35):
        low = max(1, toll // 4)
        fields: dict[str, Value] = {"sa": State(by), "place": city, "n": Number(low)}
        count = Message(
            "attack.count",
            f"{attack}/count",
            fields,
            (Fact(attack, place=city, counts=(("dead", low),)),),
            Source(Body("defence", by), f"defence:{by}", "reports"),
        )
        plot.beat(day + 1, 18, count)
        plot.world.disputes.add((attack, "number"))
    elif disputes and plot.chance(0.45):
        fields = {"sa": State(by), "place": city}
        plot.beat(
            day,
            17,
            Message(
                "attack.denied",
                f"{attack}/no",
                fields,
                (Fact(attack, positive=False, place=city),),
                Source(Body("defence", by), f"defence:{by}", "denies"),
                whole=True,
            ),
        )
        plot.world.disputes.add((attack, "denied"))


def _sanctions(plot: Plot, by: str, on: str, day: int) -> None:
    sa, sb = State(by), State(on)
    sanction = plot.happening("sanction", "SANCTION", None, (sa,), (sb,))
    when = plot.day(day + 1)
    fields: dict[str, Value] = {"sa": sa, "sb": sb, "day": Day(when)}
    fact = Fact(sanction, "planned", day=when)
    plot.beat(day, 9, Message("sanction.plan", sanction, fields, (fact,), government(by, plot.dice)))
    if plot.chance(0.75):
        plot.beat(day + 1, 11, Message("sanction.done", sanction, fields, (replace(fact, status="occurred"),)))
    plot.world.expectations[(sanction, when)] = "happened" if plot.world.beats[-1].at.date() == when else "unreported"


def disaster(plot: Plot) -> None:
    """An earthquake, its toll, and aid that was promised."""
    dice = plot.dice
    code = dice.choice(STRUCK)
    city, day = City(code, dice.choice((1, 2))), dice.randrange(0, 3)
    quake = plot.happening("quake", None, None, ())
    when, toll = plot.day(day), dice.randrange(5, 30)
    witness = mayor(plot, city) if plot.chance(0.4) else body("protection", code, plot.id)
    first = witness if plot.chance(0.5) else None

    def hit(n: int) -> Message:
        fields: dict[str, Value] = {"place": city, "day": Day(when), "n": Number(n)}
        return Message("quake.hit", quake, fields, (Fact(quake, day=when, place=city, counts=(("dead", n),)),), first)

    plot.beat(day, 8, hit(toll))
    for step in range(dice.randrange(1, 3)):
        toll += dice.randrange(3, 40)
        fact = Fact(quake, place=city, counts=(("dead", toll),))
        risen = Message(
            "quake.toll",
            f"{quake}/toll",
            {"place": city, "n": Number(toll)},
            (fact,),
            witness,
        )
        plot.beat(day + step, 13 + 2 * step, risen, fresh=(hit(toll),))
    if plot.chance(0.75):
        _aid(plot, dice.choice([c for c in ("FRA", "DEU", "CAN", "NOR", "ESP") if c != code]), city, day + 1)


def _aid(plot: Plot, by: str, city: City, day: int) -> None:
    sa, sb = State(by), State(city.code)
    aid = plot.happening("aid", "AID", None, (sa,), (sb,))
    when = plot.day(day + 2)
    tonnes = plot.dice.choice((20, 40, 60, 120))
    fields: dict[str, Value] = {"sa": sa, "sb": sb, "place": city, "n": Number(tonnes), "day": Day(when)}
    plan = Fact(aid, "planned", day=when, counts=(("tonne", tonnes),))
    plot.beat(day, 15, Message("aid.plan", aid, fields, (plan,), government(by, plot.dice)))
    done = plot.chance(0.7)
    if done:
        plot.beat(day + 2, 10, Message("aid.done", aid, fields, (replace(plan, status="occurred"),)))
    plot.world.expectations[(aid, when)] = "happened" if done else "unreported"


def unrest(plot: Plot) -> None:
    """A demonstration that is announced, called off or held, counted twice, and followed by arrests."""
    dice = plot.dice
    code = dice.choice(STREETS)
    city, day = City(code, 0), dice.randrange(0, 2)
    on = day + dice.randrange(2, 5)
    when = plot.day(on)
    protest = plot.happening("protest", "PROTEST", "demo", (Body("union", code),))
    fields: dict[str, Value] = {"place": city, "day": Day(when)}
    plan = Fact(protest, "planned", day=when, place=city)
    plot.beat(day, 10, Message("protest.plan", protest, fields, (plan,)))
    if plot.chance(0.25):
        plot.beat(on - 1, 17, Message("protest.off", protest, fields, (replace(plan, positive=False),)))
        plot.world.expectations[(protest, when)] = "called off"
        return
    plot.world.expectations[(protest, when)] = "happened"
    many = dice.choice((20000, 40000, 60000, 100000))
    held = Message(
        "protest.held",
        protest,
        fields | {"n": Number(many)},
        (replace(plan, status="occurred", counts=(("person", many),)),),
        body("organisers", code, plot.id),
    )
    plot.beat(on, 16, held)
    if plot.chance(0.5):
        few = many // 5
        fact = Fact(protest, place=city, counts=(("person", few),))
        plot.beat(
            on,
            19,
            Message(
                "protest.count",
                f"{protest}/count",
                {"place": city, "n": Number(few)},
                (fact,),
                body("police", code, plot.id),
            ),
        )
        plot.world.disputes.add((protest, "number"))
    if plot.chance(0.6):
        arrests = dice.randrange(3, 40)
        arrest = plot.happening("arrest", "COERCE", "arrest", (Body("police", code),))
        fact = Fact(arrest, day=when, place=city, counts=(("arrested", arrests),))
        plot.beat(on, 21, Message("arrest.done", arrest, fields | {"n": Number(arrests)}, (fact,)))


PLOTS: tuple[Callable[[Plot], None], ...] = (diplomacy, war, disaster, unrest)
