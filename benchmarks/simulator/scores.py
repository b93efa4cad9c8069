"""Scores of a record against the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)


class _Summed:
    """A score that is a sum over worlds."""

    def plain(self) -> dict[str, Any]:
        """The fields as plain data."""
        return {name: dict(v) if isinstance(v, Counter) else v for name, v in vars(self).items()}

    def take_in(self, other: Mapping[str, Any]) -> None:
        """Add the fields of another one, as plain data."""
        for name, value in other.items():
            mine = getattr(self, name)
            setattr(self, name, mine + (Counter(value) if isinstance(mine, Counter) else value))


@dataclass
class BCubed(_Summed):
    """B³ over items of several worlds (Bagga and Baldwin 1998).

    A true item for which nothing was found has recall 0 and no precision; what was found beside the true items lowers
    the precision of the cluster in which it lies, and counts for nothing where it lies alone (Cai and Strube 2010).
    """

    precision: float = 0.0
    recall: float = 0.0
    found: int = 0
    items: int = 0

    def add(
        self, truth: Mapping[K, str], made: Mapping[K, str | None], beside: Mapping[str, int] | None = None
    ) -> None:
        """The items of one world: their true cluster, the one that they were put in, further items of the latter."""
        true_sizes = Counter(truth.values())
        sizes = Counter(c for c in made.values() if c is not None) + Counter(dict(beside or {}))
        both = Counter((truth[i], made.get(i)) for i in truth)
        for item, cluster in truth.items():
            self.items += 1
            put = made.get(item)
            if put is None:
                continue
            self.found += 1
            self.precision += both[cluster, put] / sizes[put]
            self.recall += both[cluster, put] / true_sizes[cluster]

    def report(self) -> dict[str, float | int]:
        """Precision, recall, F1."""
        p = self.precision / self.found if self.found else 0.0
        r = self.recall / self.items if self.items else 0.0
        return {"p": round(p, 3), "r": round(r, 3), "f1": round(_f1(p, r), 3), "items": self.items, "found": self.found}


@dataclass
class Hits(_Summed):
    """What was found of what is true, by kind."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)

    def add(self, truth: Set[tuple[Hashable, ...]], made: Set[tuple[Hashable, ...]], kind: int) -> None:
        """Tuples that are true and that were found; ``kind`` is the place of the kind in them."""
        self.right.update(str(x[kind]) for x in truth & made)
        self.found.update(str(x[kind]) for x in made)
        self.true.update(str(x[kind]) for x in truth)

    def report(self) -> dict[str, dict[str, float | int]]:
        """Precision, recall, F1 by kind and over all."""
        kinds = sorted({*self.true, *self.found})
        rows = {k: _row(self.right[k], self.found[k], self.true[k]) for k in kinds}
        return {**rows, "all": _row(self.right.total(), self.found.total(), self.true.total())}


@dataclass
class Share(_Summed):
    """How many of how many, by kind."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, right: bool) -> None:
        """One case."""
        self.all[kind] += 1
        self.right[kind] += right

    def report(self) -> dict[str, str]:
        """The shares."""
        rows = {k: f"{self.right[k]}/{self.all[k]}" for k in sorted(self.all)}
        share = self.right.total() / self.all.total() if self.all else 0.0
        return {**rows, "all": f"{share:.3f} of {self.all.total()}"}


def _row(right: int, found: int, true: int) -> dict[str, float | int]:
    p, r = right / found if found else 0.0, right / true if true else 0.0
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(_f1(p, r), 3), "true": true, "found": found}


def _f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0
