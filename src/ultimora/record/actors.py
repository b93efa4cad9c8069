"""Who is meant: a name in a question becomes a state, a person, or somebody else whom the record knows. Pure but for
the look-up of names, which the caller hands in.

A person is found by any part of the name in any spelling; a state by its names in every language that is read, by its
code, or by what an article called its government. A question about a state is also one about who acts for it; one about
a person is about that person alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Protocol

from rapidfuzz import fuzz, process

from ultimora import languages
from ultimora.errors import NoAnswer
from ultimora.record.aliases import Aliases
from ultimora.record.names import plain, same_name, same_person, tokens
from ultimora.record.registry import Known, Official, distinct_people
from ultimora.record.seed import body
from ultimora.record.types import Party

_ALIKE = 70


class Names(Protocol):
    """The record's names, as a ``Registry`` gives them."""

    def names_near(self, words: Sequence[str]) -> list[Known]:
        """The names that may be like some words."""
        ...

    def names_like(self, words: Sequence[str]) -> list[Known]:
        """The names that hold all of some words."""
        ...

    def officials(self, country: str) -> list[Official]:
        """Who was met in an office of a state."""
        ...

    def called(self, keys: Sequence[str]) -> list[Known]:
        """Every name of some actors."""
        ...

    def renamed(self, name: str) -> list[Known]:
        """The names of whom the user calls so."""
        ...

    @property
    def aliases(self) -> Aliases:
        """What the user said of actors."""
        ...


@dataclass(frozen=True)
class Who:
    """Who a question is about. ``others`` are full names that an incomplete one may stand for."""

    asked: str
    label: str
    country: str | None = None
    keys: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    officials: tuple[Official, ...] = ()
    """Who acts for the state, and who was once taken to but acts for another."""
    others: tuple[str, ...] = ()
    person: bool = False
    foreign: frozenset[str] = frozenset()
    """Names that the user says are somebody else's, plain."""

    def matches(self, party: Party, *, loosely: bool = False) -> bool:
        """Whether a party is who is asked about; ``loosely`` takes anybody of a state for it."""
        if party.anonymous or plain(party.name) in self.foreign:
            return False
        if party.key in self.keys:
            return True
        if self.country is not None:
            return self._acts_for_state(party, loosely)
        if party.kind == "person":
            return any(same_person(name, party.name) for name in self.names)
        return any(same_name(name, party.name) or set(tokens(name)) <= set(tokens(party.name)) for name in self.names)

    def _acts_for_state(self, party: Party, loosely: bool) -> bool:
        known = self._offices.get(party.key, ()) if party.kind == "person" else ()
        if known:
            return self.country in known
        if party.country is not None and party.country != self.country:
            return False
        if party.country == self.country:
            unnamed = party.key.startswith("unnamed:") and party.kind in ("person", "organization", "armed_group")
            if party.kind in ("government", "place") or party.office or unnamed or (loosely and party.kind == "person"):
                return True
        words = tokens(party.name) if party.kind == "person" else ()
        return any(same_person(party.name, name) for word in words for name in self._ours.get(word, ()))

    @cached_property
    def _offices(self) -> dict[str, list[str]]:
        """The states that each official acts for, by key."""
        found: dict[str, list[str]] = {}
        for official in self.officials:
            found.setdefault(official.actor, []).append(official.country)
        return found

    @cached_property
    def _ours(self) -> dict[str, list[str]]:
        """The names of who acts for the state, by each word of them."""
        found: dict[str, list[str]] = {}
        for official in (o for o in self.officials if o.country == self.country):
            for word in tokens(official.name):
                found.setdefault(word, []).append(official.name)
        return found


def resolve(asked: str, known: Names) -> Who:
    """Who a name means.

    Raises:
        NoAnswer: nobody of that name is in the record; ``near`` has the names most like it.
    """
    name = " ".join(asked.split())
    country = countries().get(plain(name)) or _code(name) or capitals().get(plain(name))
    if country is not None:
        return _state(name, country, known)
    words = tokens(name)
    found = body(name)
    met = known.called([found.key]) if found else known.names_like(words) if words else []
    met = met or known.renamed(name)
    exactly = [k for k in met if tokens(k.name) == words] or met
    state = next((k.actor.split(":")[1] for k in exactly if k.actor.startswith("state:")), None)
    if state is not None and exactly is not met:
        return _state(name, state, known)
    if not met:
        raise NoAnswer(f"nobody called {name!r} is in the record", nearest(name, known.names_near(words)))
    people = [k for k in met if not k.actor.startswith("state:")]
    return _somebody(name, people or met, known)


def _state(name: str, country: str, known: Names) -> Who:
    return Who(name, name, country, (f"state:{country}",), officials=tuple(known.officials(country)))


def _somebody(name: str, met: Sequence[Known], known: Names) -> Who:
    """Whoever has a name, with all that the user says is one with them, and without what is somebody else's."""
    aliases = known.aliases
    mine = [k for k in met if aliases.owner(k.actor, k.name) == k.actor or plain(k.name) == plain(name)]
    foreign = {f for k in mine for f in aliases.foreign(k.actor)} - {plain(name)}
    keys = tuple(dict.fromkeys(m for k in mine for m in aliases.members(k.actor)))
    everyone = [*mine, *known.called([k for k in keys if k not in {m.actor for m in mine}])]
    names = tuple(dict.fromkeys([name, *(k.name for k in everyone if plain(k.name) not in foreign)]))
    groups: dict[str, list[str]] = {}
    for each in mine:
        if each.kind == "person":
            groups.setdefault(aliases.one(each.actor), []).append(each.name)
    whole = distinct_people(max(g, key=lambda n: len(n.split())) for g in groups.values())
    person = all(k.kind == "person" for k in everyone)
    fullest = max((k.name for k in everyone if k.name in names), key=lambda n: (len(n.split()), -names.index(n)))
    label = aliases.name(everyone[0].actor) or fullest
    others = tuple(whole) if len(whole) > 1 else ()
    return Who(name, label, None, keys, names, others=others, person=person, foreign=frozenset(foreign))


def nearest(name: str, known: Iterable[Known], limit: int = 5) -> tuple[str, ...]:
    """The names most like one, among those met and the states that were."""
    choices = {k.name: k.plain for k in known}
    met = {k.country for k in known if k.country}
    choices |= {label.rstrip("?"): plain(label) for label, code in _labels() if code in met}
    found = process.extract(" ".join(tokens(name)), choices, scorer=fuzz.WRatio, limit=limit * 3, score_cutoff=_ALIKE)
    return tuple(dict.fromkeys(str(label) for _, _, label in found))[:limit]


def _code(name: str) -> str | None:
    return name if name in set(countries().values()) else None


@cache
def countries() -> dict[str, str]:
    """Every name of every state in every language that is read, plain, and its code."""
    return {plain(label): code for label, code in reversed(_labels())}


@cache
def capitals() -> dict[str, str]:
    """The capitals of states, plain, where the name is nobody else's; a capital stands for its government."""
    found = {plain(label): code for label, code in reversed(_labels("capital")) if not label.endswith("?")}
    return {name: code for name, code in found.items() if name not in countries()}


@cache
def _labels(column: str = "names") -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for tag in languages.available():
        for code, entry in languages.load(tag).table("gazetteer/countries").items():
            if isinstance(entry, dict):
                labels = (label.strip() for label in str(entry.get(column, "")).split("|"))
                found += [(label, code) for label in labels if label]
    return tuple(found)


def label_of(country: str, language: str = "en") -> str:
    """What a language calls a state."""
    entry = languages.load(language).table("gazetteer/countries").get(country, {})
    return str(entry.get("names", country)).split("|")[0].rstrip("?")
