"""Whether a report speaks of an event that is known already: parties, time, mode and place decide. Pure.

Today's call and last month's stay two; a planned meeting and the meeting held that day are one. A denial is joined to
what it denies. A report is compared with the event as it had grown up to then, so that the result depends only on the
canonical order of the revisions, never on the order in which they were added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from ultimora import ontology
from ultimora.record.again import is_off, reach, same_number, told_again
from ultimora.record.happenings import same_happening
from ultimora.record.names import initials, plain, same_name, same_person, tokens
from ultimora.record.seed import body, town
from ultimora.record.types import Grown, Party, ReportFacts
from ultimora.record.windows import Window, overlap, same_days, window
from ultimora.types import Status

_DAY, _NARROW, WIDE = timedelta(days=2), timedelta(days=8), timedelta(days=45)
_LATELY, _SOON = timedelta(days=2), timedelta(days=21)
_REMEMBERED = 8192
_UNDATED = _LATELY + _SOON + timedelta(days=1)
_LAST_YEAR = 9990
_PHONE = "phone"
STRONG, WEAK = 2, 1
_LOCAL = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})
"""What the same two may do to each other in several places on one day."""
_FIRM = ("state:", "person:", "org:")
_SORTS = frozenset({"person", "org", "place", "other"})


def is_reciprocal(event_type: str | None) -> bool:
    """Whether the type's parties all do the same with each other, as in a call or a meeting."""
    known = ontology.load()
    return event_type is not None and event_type in known and known[event_type].reciprocal


def relation(a: Party, b: Party) -> int:
    """How surely two parties are one: ``STRONG``, ``WEAK`` (a state and who acts for it), or 0."""
    if a.anonymous or b.anonymous:
        return 0
    if a.key == b.key:
        return STRONG if _firm(a) else WEAK
    if a.kind == b.kind == "person" and _firm(a) and _firm(b):
        return STRONG if same_person(a.name, b.name) and not _foreign(a, b) else 0
    if _misread(a, b) or _misread(b, a):
        return WEAK
    if _firm(a) and _firm(b) and not _acts_for_state(a, b):
        return STRONG if _org(a) and _org(b) and same_name(a.name, b.name) else 0
    return WEAK if a.country is not None and a.country == b.country and _acts_for_state(a, b) else 0


def _misread(a: Party, b: Party) -> bool:
    """Whether a name that nobody knows was taken for somebody here, for something there: a town for a person."""
    sorts = (a.key.partition(":")[0], b.key.partition(":")[0])
    if sorts[0] == sorts[1] or not {*sorts} <= _SORTS or (a.country and b.country and a.country != b.country):
        return False
    named = same_person(a.name, b.name) if sorts == ("person", "place") and b.country is None else False
    return named or tokens(a.name) == tokens(b.name)


def _firm(party: Party) -> bool:
    """Whether the key tells this party from all others: a state, or somebody or something with a name."""
    return not party.anonymous and party.key.startswith(_FIRM)


def _org(party: Party) -> bool:
    return party.key.startswith("org:")


def _foreign(a: Party, b: Party) -> bool:
    return a.country is not None and b.country is not None and a.country != b.country


def _acts_for_state(a: Party, b: Party) -> bool:
    """Whether one is a state (or an unnamed official) and the other a person, office or place of it."""
    officials = ("government", "person", "place")
    if a.kind not in officials or b.kind not in officials:
        return False
    return not (_firm(a) and _firm(b)) or a.key.startswith("state:") != b.key.startswith("state:")


def pair(first: Sequence[Party], second: Sequence[Party]) -> tuple[int, int]:
    """How many parties of two lists are matched one to one: (strongly, weakly)."""
    if not first or not second:
        return 0, 0
    left, strong, weak = list(second), 0, 0
    rest = []
    for party in first:
        found = next((q for q in left if relation(party, q) == STRONG), None)
        if found is None:
            rest.append(party)
        else:
            left.remove(found)
            strong += 1
    for party in rest:
        found = next((q for q in left if relation(party, q) == WEAK), None)
        if found is not None:
            left.remove(found)
            weak += 1
    return strong, weak


@dataclass(frozen=True, slots=True)
class _Fit:
    strong: int
    weak: int
    time: int
    again: bool
    number: bool
    same_article: bool
    mode: bool
    place: bool
    state: bool
    denied: bool

    @property
    def score(self) -> tuple[int, ...]:
        parties = 2 * self.strong + self.weak
        return (parties, int(self.denied), int(self.number), self.time, self.mode + self.place, int(self.same_article))

    @property
    def timely(self) -> bool:
        return self.time >= 1 or self.again


def fit(report: ReportFacts, event: Grown, article: str) -> tuple[int, ...] | None:
    """How well a report fits an event; None if it speaks of another one."""
    if report.event_type != event.event_type or _modes_conflict(report, event):
        return None
    if report.event_type is None and not same_happening(report.predicate, event.predicates):
        return None
    near = article in event.articles
    time = time_fit(report, event, near)
    again = not time and told_again(report, event)
    if time is None and not again:
        return None
    there = _where(event)
    report = _at_the_place(report, there)
    found = _parties_fit(report, event)
    if found is None or (is_off(report) and _never_planned(event)):
        return None
    here = _where(report)
    same_place = any(_one_place(mine, theirs) for mine in here for theirs in there)
    elsewhere = bool(here and there) and not same_place
    if again and elsewhere:
        return None
    same_mode = report.mode is not None and report.mode in event.modes
    number = not elsewhere and same_number(report, event)
    one_deed = report.event_type is not None and report.event_type not in _LOCAL and found[0] >= 2 and time == 2
    if not one_deed and _places_conflict(report, event):
        return None  # two who meet on one day, or of whom one helps the other, do so once, wherever that is said to be
    denied = event.denied and report.polarity == "negative" and reach(report) is not None
    one_state = report.event_type == "PROTEST" and not elsewhere and _one_state((report, here), (event, there))
    made = _Fit(*found, time or 0, again, number, near, same_mode, same_place, one_state, denied)
    return made.score if _enough(report, event, made) else None


def _at_the_place(report: ReportFacts, places: Sequence[Party]) -> ReportFacts:
    """The report with its parties as the event knows them: who is called as its place is the place, not somebody."""
    if not places:
        return report
    known = {plain(p.name): p for p in places}
    mistaken = [p for p in report.parties if p.key.startswith(("person:", "org:")) and plain(p.name) in known]
    if not mistaken:
        return report
    actors, recipients = (tuple(p for p in side if p not in mistaken) for side in (report.actors, report.recipients))
    place = report.place or known[plain(mistaken[0].name)]
    return replace(report, actors=actors, recipients=recipients, place=place)


def _never_planned(event: Grown) -> bool:
    """Whether all that is told of an event is that it happened: what is called off is another one."""
    return all(status in ("occurred", "ongoing") for _, _, status in event.windows) and bool(event.windows)


def _where(what: ReportFacts | Grown) -> list[Party]:
    """The places of a happening: where it is said to be, and those among its parties, as the town that is shaken."""
    said = list(what.places) if isinstance(what, Grown) else [what.place] if what.place else []
    return said + [p for p in what.parties if p.kind == "place"]


def _one_place(a: Party, b: Party) -> bool:
    return a.key == b.key or same_name(a.name, b.name)


def _one_state(*told: tuple[ReportFacts | Grown, list[Party]]) -> bool:
    """Whether both are told of one state: it is where the one is, or whom the other is against."""
    mine, theirs = ({p.country for p in (*what.parties, *where) if p.country} for what, where in told)
    return bool(mine & theirs)


def time_fit(report: ReportFacts, event: Grown, near: bool) -> int | None:
    """2 for the same day, 1 for windows of days that overlap, 0 for vaguer ones; None if the times do not fit."""
    mine = window(*placed(report))
    if report.status == "planned" and mine.width > _NARROW and _over(event, mine):
        return None
    may = report.status == "hypothetical" and mine.width > _NARROW
    best: int | None = None
    kept_out = let_in = False
    for low, high, status in event.windows:
        # What may come, told without a date, is a plan, and nothing that has happened.
        if may and not near and status not in ("planned", "hypothetical"):
            continue
        known = window(low, high)
        score = _windows_fit(mine, known, near, ahead=may or report.status == status == "planned")
        if known.width <= _NARROW:
            kept_out, let_in = kept_out or score is None, let_in or score is not None
        if score is not None and (best is None or score > best):
            best = score
    # A vague window of the event ("in the past days") does not let in what its narrow ones keep out.
    return None if kept_out and not let_in and mine.width <= _NARROW else best


def _over(event: Grown, mine: Window) -> bool:
    """Whether the event had happened before a window begins."""
    happened = [window(low, high) for low, high, status in event.windows if status in ("occurred", "ongoing")]
    return any(w.known and w.days()[1] <= mine.days()[0] for w in happened)


def placed(report: ReportFacts) -> tuple[str | None, str | None]:
    """The window of a report; told without a date, what has happened did so lately, and what is planned will soon."""
    return _placed(report.from_, report.to, report.status, report.told)


@lru_cache(maxsize=_REMEMBERED)
def _placed(low: str | None, high: str | None, status: Status, told: str | None) -> tuple[str | None, str | None]:
    if low and not high and status == "planned":
        return low, soon(low)
    if window(low, high).known or told is None:
        return low, high
    day = date.fromisoformat(told)
    if status == "hypothetical":
        return (day - _LATELY).isoformat(), soon(told)
    if status == "planned":
        return day.isoformat(), soon(told)
    return (day - _LATELY).isoformat(), (day + timedelta(days=1)).isoformat()


def soon(since: str) -> str | None:
    """By when what is planned from a time on, without another date, is expected; None for no calendar value."""
    low = window(since, None).low
    return (low + _SOON).isoformat() if low and low.year < _LAST_YEAR else None


def _windows_fit(a: Window, b: Window, near: bool, *, ahead: bool) -> int | None:
    large = max(a.width, b.width)
    if large <= _DAY:
        return 2 if same_days(a, b) else None
    if not overlap(a, b):
        return None
    if large <= _NARROW or (ahead and large <= _UNDATED):
        return 1
    return 0 if large <= WIDE or near else None


def _modes_conflict(report: ReportFacts, event: Grown) -> bool:
    if report.mode == _PHONE and not event.modes and event.places:
        return True  # what has a place is a meeting
    if report.mode is None or not event.modes or report.mode in event.modes:
        return False
    return report.mode == _PHONE or _PHONE in event.modes


def _places_conflict(report: ReportFacts, event: Grown) -> bool:
    if report.place is None or _PHONE in (report.mode, *event.modes):
        return False
    known = [p for p in event.places if p.country]
    return bool(known) and report.place.country is not None and all(_foreign(report.place, p) for p in known)


def _parties_fit(report: ReportFacts, event: Grown) -> tuple[int, int] | None:
    if is_reciprocal(report.event_type):
        return _unordered_fit(report.parties, event.parties)
    strong = weak = 0
    for mine, theirs in ((report.actors, event.actors), (report.recipients, event.recipients)):
        found = pair(mine, theirs)
        if found == (0, 0) and any(map(_firm, mine)) and any(map(_firm, theirs)):
            return None
        strong, weak = strong + found[0], weak + found[1]
    return strong, weak


def _unordered_fit(mine: Sequence[Party], theirs: Sequence[Party]) -> tuple[int, int] | None:
    firm_mine, firm_theirs = [p for p in mine if _firm(p)], [p for p in theirs if _firm(p)]
    strong, weak = pair(mine, theirs)
    fewer = min(len(firm_mine), len(firm_theirs))
    if strong + weak < fewer and not (strong >= 2 and fewer >= 3):
        return None
    return strong, weak


def _enough(report: ReportFacts, event: Grown, fit: _Fit) -> bool:
    """Whether what matches is enough to call it one happening."""
    matched = fit.strong + fit.weak
    if matched >= 2 and (fit.timely or fit.strong >= 2):
        return True
    if matched and is_reciprocal(report.event_type):
        return fit.strong == 1 and _one_of_two(report, event, fit)
    if matched:
        return matched == 1 and fit.timely and (fit.place or fit.strong == 1)
    if fit.state and (fit.time == 2 or (fit.time and _both_planned(report, event))):
        return True  # of a protest: unions and crowds have no name that tells them from others
    nobody = not any(map(_firm, report.parties)) or not any(map(_firm, event.parties))
    if not nobody:
        return False
    alike = report.event_type is not None or same_happening(report.predicate, event.predicates)
    here = fit.place and alike and fit.timely
    return here or (fit.same_article and fit.time == 2 and same_happening(report.predicate, event.predicates))


def _one_of_two(report: ReportFacts, event: Grown, fit: _Fit) -> bool:
    """Whether a contact of which only one side is told is the one that is known: the same kind of it on the same day,
    two meetings in person on it, or a plan for the same place.
    """
    in_person = _in_person((report.mode,)) and _in_person(event.modes)
    if fit.time == 2:
        return fit.mode or (in_person and (fit.place or report.status == "planned"))
    return _both_planned(report, event) and fit.place and in_person


def _both_planned(report: ReportFacts, event: Grown) -> bool:
    return report.status == "planned" and any(status == "planned" for _, _, status in event.windows)


def _in_person(modes: Iterable[str | None]) -> bool:
    found = [m for m in modes if m is not None]
    return bool(found) and _PHONE not in found


def blocks(parties: Iterable[Party]) -> tuple[str, ...]:
    """Keys under which an event is found by its parties; two parties that match have one in common."""
    found: list[str] = []
    for party in parties:
        found += party_blocks(party)
    return tuple(dict.fromkeys(found))


def party_blocks(party: Party) -> list[str]:
    """The keys of one party: its country, the words of its name, its initials."""
    if party.anonymous:
        return []
    found = [f"c:{party.country}"] if party.country and party.kind in ("government", "person", "place") else []
    if party.key.startswith("state:"):
        return found
    found += name_blocks(party.name, person=party.kind == "person")
    # A body, a town or a capital has its own key in every language, whatever it is called in one.
    known = body(party.name) is not None or town(party.name) is not None
    own = known or party.key.split(":", 1)[-1] != " ".join(tokens(party.name))
    return [*found, f"k:{party.key}"] if own and party.kind != "person" else found


def name_blocks(name: str, *, person: bool = False) -> list[str]:
    """The keys of a name by itself; an organisation is also known by its initials."""
    words = tokens(name)
    found = [f"w:{word}" for word in words if len(word) > 1]
    plainly = tuple(plain(name).split())
    if len(plainly) > 1 and not person:
        found.append(f"w:{''.join(tokens(initials(plainly)))}")
    return found


def party_marks(party: Party) -> list[str]:
    """Under which the events of a party are found: its key, its country where it may act for it, its initials."""
    if party.anonymous:
        return []
    found = [f"k:{party.key}"]
    of_state = party.kind in ("government", "person", "place") or party.office or party.key.startswith("unnamed:")
    if party.country and of_state:
        found.append(f"c:{party.country}")
    if party.kind != "person" and (letters := known_initials(party.name)):
        found.append(f"i:{letters}")
    return found


def known_initials(name: str) -> str:
    """The initials of a name of several words, as names are compared; empty for one of one word."""
    words = tuple(plain(name).split())
    return " ".join(tokens(initials(words))) if len(words) > 1 else ""
