"""Names known from data: states, capitals, seats of power, peoples, institutions, outlets, armed groups, places.

Tables lie in ``languages/xx/gazetteer`` and, for names written alike everywhere, ``languages/mul/gazetteer``. In them
"|" parts the spellings of one name, the first of which is the one to show. A mark after a spelling limits it: "?" is
a personal name as well, "!" a common word as well, "~" it is meant only in articles that speak of its state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from ultimora import languages
from ultimora.languages import Language
from ultimora.types import EntityKind

MARKS = "?!~^"
_SHORTEST_NAME = 4
NOWHERE = "XXX"
"""Stands in the tables for "of no single state"."""

Sort = Literal["country", "capital", "seat", "place", "people", "name", "nobody"]

_LISTS: tuple[tuple[str, str, Sort, EntityKind], ...] = (
    ("seats", "seats", "seat", "government"),
    ("institutions", "institutions", "name", "government"),
    ("organizations", "parties", "name", "organization"),
    ("armed_groups", "armed_groups", "name", "armed_group"),
    ("outlets", "outlets", "name", "outlet"),
    ("companies", "companies", "name", "organization"),
    ("places", "places", "place", "place"),
)
"""File, table in it, and what its rows are; earlier rows win over later ones where two share a spelling."""

_YEARS = re.compile(r" \d{4}(?:-(?:\d{4})?)?$")
_WORD = re.compile(r"\w+|\W")


class Known(NamedTuple):
    """What the gazetteer says of a spelling. ``personal``, ``common``: marked "?", "!";  ``local`` "~".

    ``shared``: marked "^", what other states call theirs as well; the state's where the text shows no other.
    ``table``: where it is listed.
    """

    name: str
    sort: Sort
    kind: EntityKind
    country: str | None
    personal: bool = False
    common: bool = False
    local: bool = False
    shared: bool = False
    table: str = ""


class Gazetteer:
    """Every spelling of a language with what it stands for."""

    def __init__(self, tag: str) -> None:
        shared = Language("mul", languages.ROOT / "mul", {})
        own = languages.load(tag)
        self._tables = [own.tables("gazetteer"), shared.tables("gazetteer")]
        self.known: dict[str, Known] = {}
        self.names: dict[str, str] = {}
        for spelling, known in self._rows():
            self.known.setdefault(spelling, known)
        self.longest: dict[str, int] = {}
        for spelling in self.known:
            first = first_word(spelling)
            self.longest[first] = max(self.longest.get(first, 0), len(spelling))

    @cached_property
    def capitals(self) -> dict[str, str]:
        """Upper-case spellings of names that are not common words, for texts in capitals."""
        return {s.upper(): s for s, k in reversed(self.known.items()) if not k.common}

    @cached_property
    def lowered(self) -> dict[str, str]:
        """Lower-case spellings of names of five letters or more, for texts without capitals."""
        return {s.lower(): s for s, k in reversed(self.known.items()) if len(s) > 4 and not (k.common or k.personal)}

    @cached_property
    def beginnings(self) -> Mapping[str, frozenset[str]]:
        """Organizations by the first word of each longer spelling: "Agenzia [internazionale per l'energia atomica]"."""
        found: dict[str, set[str]] = {}
        for spelling, known in self.known.items():
            first, _, rest = spelling.partition(" ")
            if rest and known.kind == "organization":
                found.setdefault(first, set()).add(known.name)
        return {word: frozenset(names) for word, names in found.items()}

    @cached_property
    def stand_ins(self) -> Mapping[str, str]:
        """Capitals that stand for an organization before their state ("Bruxelles")."""
        table = self._tables[0].get("organizations", {}).get("stands_for", {})
        return {str(k): str(v) for k, v in table.items()}

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """First parts of compound adjectives by the code of their state ("russo-ucraino")."""
        table = self._tables[0].get("peoples", {}).get("prefixes", {})
        return {word: code for code, words in table.items() for word in words.split("|")}

    @cached_property
    def genders(self) -> Mapping[str, str]:
        """The gender of common first names: "f" or "m"."""
        found: dict[str, str] = {}
        for tables in self._tables:
            table = tables.get("first_names", {})
            found |= dict.fromkeys(table.get("masculine", "").split(), "m")
            found |= dict.fromkeys(table.get("feminine", "").split(), "f")
        return found

    def gender(self, first: str) -> str:
        """The gender of a first name, by the lists or else by its ending; "" where neither says."""
        told = self.genders.get(first) or self.genders.get(first.partition("-")[0])
        if first in self.either:
            return "m" if first in self.mostly else ""
        if told or len(first) < _SHORTEST_NAME or not first.isalpha():
            return told or ""
        return self.name_endings.get(first[-1], "")

    def lists(self, first: str) -> bool:
        """Whether a first name is listed with its gender, so that its ending need not tell it."""
        return first not in self.mostly and (first in self.genders or first.partition("-")[0] in self.genders)

    @cached_property
    def either(self) -> frozenset[str]:
        """First names of both genders, whatever they end in."""
        return frozenset(w for tables in self._tables for w in tables.get("first_names", {}).get("either", "").split())

    @cached_property
    def mostly(self) -> frozenset[str]:
        """First names of both genders that who speaks the language itself mostly gives to men."""
        return frozenset(self._tables[0].get("first_names", {}).get("mostly_masculine", "").split())

    @cached_property
    def name_endings(self) -> Mapping[str, str]:
        """What first names of one gender end in."""
        table = self._tables[1].get("first_names", {})
        return dict.fromkeys(table.get("endings_feminine", ""), "f") | dict.fromkeys(
            table.get("endings_masculine", ""), "m"
        )

    @cached_property
    def particles(self) -> frozenset[str]:
        """Words inside personal names, in lower case: "bin", "van"."""
        return frozenset(
            w for tables in self._tables for w in tables.get("first_names", {}).get("particles", "").split()
        )

    @cached_property
    def leaders(self) -> Mapping[str, str]:
        """The states of the best known persons, by full name and by surname where it is enough."""
        found: dict[str, str] = {}
        for tables in self._tables:
            for code, rows in tables.get("leaders", {}).get("leaders", {}).items():
                for row in rows:
                    found |= dict.fromkeys(_YEARS.sub("", row).split("|"), code)
        return found

    def _rows(self) -> Iterator[tuple[str, Known]]:
        own = self._tables[0]
        yield from self._countries(own.get("countries", {}))
        for file, table, sort, kind in _LISTS:
            if file == "places":
                yield from _organizations(own.get("organizations", {}))
            for tables in self._tables:
                for spelling, known in _listed(tables.get(file, {}).get(table, {}), sort, kind):
                    yield spelling, known._replace(table=table)
        yield from _spread(own.get("outlets", {}).get("within", ()), "nobody", "other", None)
        yield from _spread(own.get("places", {}).get("lands", {}).get("names", ()), "place", "place", None)
        for tables in self._tables:
            yield from _spread(tables.get("weapons", {}).get("weapons", ()), "name", "weapon", None)
        for code, words in own.get("peoples", {}).get("peoples", {}).items():
            yield from _people(words, _code(code))

    def _countries(self, table: dict[str, dict[str, str]]) -> Iterator[tuple[str, Known]]:
        for code, row in table.items():
            self.names[code] = row["names"].split("|")[0].rstrip(MARKS)
            yield from _spread([row["names"]], "country", "government", code)
        for code, row in table.items():
            for capital in row["capital"].split("|"):
                yield from _spread([capital], "capital", "place", code)
        for code, row in table.items():
            yield from _people(row["people"], code)


def _organizations(table: dict[str, Any]) -> Iterator[tuple[str, Known]]:
    for spelling, known in _spread(table.get("organizations", ()), "name", "organization", None):
        yield spelling, known._replace(table="organizations")


def _listed(table: dict[str, list[str]], sort: Sort, kind: EntityKind) -> Iterator[tuple[str, Known]]:
    for code, rows in table.items():
        yield from _spread(rows, sort, kind, _code(code))


def _spread(rows: Iterable[str], sort: Sort, kind: EntityKind, country: str | None) -> Iterator[tuple[str, Known]]:
    for row in rows:
        spellings = row.split("|")
        name = spellings[0].rstrip(MARKS)
        known = Known(name, sort, kind, country)
        for spelling in spellings:
            mark = spelling[-1]
            if mark in MARKS:
                personal, common, local, shared = (mark == each for each in MARKS)
                marked = Known(name, sort, kind, country, personal, common, local, shared)
                yield spelling[:-1], marked
            else:
                yield spelling, known


def _people(words: str, country: str | None) -> Iterator[tuple[str, Known]]:
    for word in words.split("|"):
        yield word, Known(word, "people", "group", country)
        if word[:1].islower():
            yield word[:1].upper() + word[1:], Known(word, "people", "group", country, personal=True)


def _code(code: str) -> str | None:
    return None if code == NOWHERE else code


@lru_cache(maxsize=20_000)
def first_word(spelling: str) -> str:
    """The letters that a spelling begins with, or its first sign: what a match is looked up by."""
    found = _WORD.match(spelling)
    return found.group() if found else ""


@cache
def gazetteer(tag: str) -> Gazetteer:
    """The gazetteer of a language, loaded once."""
    return Gazetteer(languages.load(tag).tag)
