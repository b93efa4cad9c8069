"""Number words cut into atoms ("trentasettemila" is 30, 7, thousand), and how atoms add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ultimora.documents.quantities.grammar import AtomKind, Grammar, grammar


@dataclass(slots=True)
class Sum:
    """A number while it is being read: ``total`` of the scales that are closed, ``current`` group, last scale."""

    total: float = 0.0
    current: float | None = None
    scale: float = float("inf")
    hundred: bool = False
    simple: int = 0

    @property
    def value(self) -> float:
        """The number so far."""
        return self.total + (self.current or 0.0)

    def add(self, kind: AtomKind, value: float) -> bool:
        """Take one atom in; False where it begins another number."""
        if kind == "scale":
            return self._scale(value)
        if kind == "hundred":
            return self._hundred(value)
        if self.current is not None and not self._room(value):
            return False
        self.current, self.hundred, self.simple = (self.current or 0.0) + value, False, self.simple + 1
        return value < self.scale

    def _room(self, value: float) -> bool:
        current = self.current or 0.0
        if self.hundred:
            return value < 100
        return value < 10 and current % 10 == 0 and current % 100 >= 20 and current == int(current)

    def _hundred(self, value: float) -> bool:
        if self.current is not None and not 0 < self.current < 100:
            return False
        self.current, self.hundred = (1 if self.current is None else self.current) * value, True
        return True

    def _scale(self, value: float) -> bool:
        if self.current is None and self.total and value <= self.scale:
            return False
        if value >= self.scale:
            if value == self.scale or self.current is not None:
                return False
            self.total *= value
        else:
            self.total += (1 if self.current is None else self.current) * value
        self.current, self.scale, self.hundred = None, value, False
        return True


@lru_cache(maxsize=50_000)
def word_atoms(word: str, language: str) -> tuple[tuple[AtomKind, float], ...]:
    """The atoms of a number word ("trentasettemila" is 30, 7, thousand); empty where it is none."""
    rules = grammar(language)
    elided = rules.atoms.get(word[:-1]) if word[-1] in "'’ʼ" else None
    if elided is not None:  # "trent'anni"
        return (("simple", elided[1]),) if elided[0] == "elided" else (elided,)
    if word in rules.atoms:
        return () if rules.atoms[word][0] == "elided" else (rules.atoms[word],)
    return (_split(word, rules) or ()) if rules.compounding and len(word) < 60 else ()


def _split(word: str, rules: Grammar) -> tuple[tuple[AtomKind, float], ...] | None:
    """Cut a glued number word into atoms; positions that failed are not tried again."""
    dead: set[int] = set()

    def cut(at: int) -> tuple[tuple[AtomKind, float], ...] | None:
        if at == len(word):
            return ()
        if at in dead:
            return None
        for size in range(min(12, len(word) - at), 1, -1):
            atom = rules.atoms.get(word[at : at + size])
            if atom and not (atom[0] == "elided" and at + size == len(word)) and atom[1] != 1e6 and atom[1] != 1e9:
                rest = cut(at + size)
                if rest is not None:
                    return (atom, *rest)
        dead.add(at)
        return None

    found = cut(0)
    return found if found and _adds_up(found) else None


def _adds_up(atoms: Sequence[tuple[AtomKind, float]]) -> bool:
    total = Sum()
    return all(total.add(kind, value) for kind, value in atoms)
