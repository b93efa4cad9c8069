"""What a number counts, in one word for all languages, and which numbers can be true together. Pure.

"Dodici morti" and "12 people were killed" count one thing. Which words mean which is data of the languages
(``lexicon/counts.toml``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import floor, inf, log10

from ultimora import languages
from ultimora.record.types import Amount, ClaimFacts

_ROUGHLY = 0.15
_LARGE = 1000
_PEOPLE = "people"


def thing(amount: Amount, predicate: str) -> str | None:
    """What a number counts; None for a bare number that nothing tells."""
    of = (amount.of or "").lower()
    words = _words()
    if of in words.concepts:
        return of
    if of in words.of and not (of in words.lives and predicate in words.predicates):
        return words.of[of]
    if (not of or of in words.lives | words.people) and amount.unit is None and predicate in words.predicates:
        return words.predicates[predicate]
    if amount.unit is not None:
        return f"unit {amount.unit}"
    if of in words.people:
        return _PEOPLE
    return f"of {of}" if of else None


def counted(claim: ClaimFacts) -> dict[str, Amount]:
    """The numbers of a claim by what they count; of several for one thing the first."""
    found: dict[str, Amount] = {}
    for amount in claim.amounts:
        what = thing(amount, claim.predicate)
        if what is not None:
            found.setdefault(what, amount)
    return found


def grows(what: str) -> bool:
    """Whether a number of this can only grow as more becomes known, as that of the dead."""
    return what in _words().concepts


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number may be: ``[low, high]``."""

    low: float
    high: float

    def meets(self, other: Bounds) -> bool:
        """Whether both can be true."""
        return self.low <= other.high and other.low <= self.high


def bounds(amount: Amount) -> Bounds:
    """What a number says: "at least ten" leaves the top open, "about ten" both ends a little, a large one its rounding.

    >>> bounds(Amount("about 30", 30, "~", None, None)).meets(bounds(Amount("27", 27, "=", None, None)))
    True
    """
    value = amount.value
    if amount.comparison in (">", ">="):
        return Bounds(value, inf)
    if amount.comparison in ("<", "<="):
        return Bounds(-inf, value)
    slack = abs(value) * _ROUGHLY if amount.comparison == "~" else _rounding(value)
    return Bounds(value - slack, value + slack)


def _rounding(value: float) -> float:
    """Half of the last digit that is not nought, for large numbers."""
    if abs(value) < _LARGE or value != int(value):
        return 0.0
    digits = str(int(abs(value)))
    nought = len(digits) - len(digits.rstrip("0"))
    return float(min(10**nought / 2, 10 ** floor(log10(abs(value))) / 20)) if nought else 0.0


@dataclass(frozen=True, slots=True)
class _Words:
    of: dict[str, str]
    predicates: dict[str, str]
    people: frozenset[str]
    lives: frozenset[str]
    concepts: frozenset[str]


@cache
def _words() -> _Words:
    of: dict[str, str] = {}
    predicates: dict[str, str] = {}
    people: set[str] = set()
    lives: set[str] = set()
    for tag in languages.available():
        table = languages.load(tag).table("lexicon/counts")
        people.update(table.get(_PEOPLE, ()))
        for concept, words in ((k, v) for k, v in table.items() if isinstance(v, dict)):
            lives.update(words.get("lives", ()))
            told = [word for kind in ("of", "tolls", "lives") for word in words.get(kind, ())]
            of |= dict.fromkeys(told, concept)
            predicates |= dict.fromkeys(words.get("predicates", ()), concept)
    return _Words(of, predicates, frozenset(people), frozenset(lives), frozenset(of.values()))
