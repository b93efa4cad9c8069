"""Names, days and numbers in the grammar of a language: articles, prepositions, agreement.

A wording is a text with fields, as ``{a:il.title} ha incontrato {b:title} {place:a}``. What stands after the colon is a
case and a form: ``il`` the article, ``di``, ``a``, ``da``, ``in``, ``su`` prepositions joined with it, anything else a
form by itself. ``{x:|è|sono}`` agrees in number, ``{x:/o/a}`` in gender.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import yaml

HERE = Path(__file__).parent


@cache
def load(name: str) -> Any:
    """A table of the cast."""
    return yaml.safe_load((HERE / "cast" / f"{name}.yaml").read_text(encoding="utf-8"))


def grammar(language: str) -> Any:
    """The grammar of a language."""
    return load("grammar")[language]


@dataclass(frozen=True)
class Setting:
    """In which language, on which day, and with which dice a wording is filled."""

    language: str
    today: date
    dice: random.Random
    short: frozenset[str] = frozenset()
    """Who was introduced before and goes by the last name."""


class Value(Protocol):
    """What may stand in a field of a wording."""

    def show(self, spec: str, setting: Setting) -> str:
        """Its words in a case and form."""
        ...


@dataclass(frozen=True)
class Phrase:
    """A noun phrase: its words without article, gender (m, f), number, and whether it takes an article."""

    words: str
    gender: str = "m"
    plural: bool = False
    article: bool = True

    def in_case(self, case: str, language: str) -> str:
        """The phrase in a case; every language but Italian has words before it instead."""
        if language != "it" or not case:
            return self.words
        name = self._article() if self.article else ""
        joined = grammar("it")["joined"]
        if case == "il":
            return _glued(name, self.words)
        if name and case in joined:
            return _glued(joined[case][name], self.words)
        before = grammar("it")["euphonic"].get(case, case) if self.words[:1].lower() == case else case
        return _glued(before, _glued(name, self.words))

    def _article(self) -> str:
        known = grammar("it")
        first = self.words.lower()
        if re.match(known["lo"], first):
            forms = known["articles"]["lo" if self.gender == "m" else "f"]
        elif first[0] in known["vowels"]:
            forms = [known["elided"], known["articles"]["lo" if self.gender == "m" else "f"][1]]
        else:
            forms = known["articles"][self.gender]
        return str(forms[int(self.plural)])


def _glued(before: str, words: str) -> str:
    if not before:
        return words
    return f"{before}{words}" if before.endswith("'") else f"{before} {words}"


def agreeing(spec: str, gender: str, plural: bool) -> str | None:
    """The choice of ``|singular|plural`` or ``/masculine/feminine``, None if the spec is none."""
    if spec.startswith("|"):
        return spec[1:].split("|")[int(plural)]
    if spec.startswith("/"):
        return spec[1:].split("/")[int(gender == "f")]
    return None


_CASES = ("il", "di", "a", "da", "in", "su", "con", "per", "tra")


def case_and_form(spec: str) -> tuple[str, str]:
    """``di.title`` is a case and a form; either may be missing."""
    head, _, tail = spec.partition(".")
    return (head, tail) if head in _CASES else ("", spec)


@dataclass(frozen=True)
class State:
    """A state by its code."""

    code: str

    @property
    def data(self) -> Any:
        """Its row in the table."""
        return load("states")[self.code]

    def name(self, language: str) -> str:
        """Its name."""
        return str(self.data[language][0])

    def adjective(self, language: str, gender: str = "m", plural: bool = False) -> str:
        """Its adjective."""
        return str(self.data["en"][1] if language == "en" else self.data["adj"][2 * plural + (gender == "f")])

    def show(self, spec: str, setting: Setting) -> str:
        """Forms: name (or nothing), gov, ministry, capital, army, adj.GENDERNUMBER."""
        case, form = case_and_form(spec)
        language = setting.language
        if form.startswith("adj"):
            kind = [*form.split("."), "ms"][1]
            return self.adjective(language, kind[0], kind[1] == "p")
        return self._phrase(form, language).in_case(case, language)

    def _phrase(self, form: str, language: str) -> Phrase:
        if form == "capital":
            return Phrase(City(self.code, 0).name(language), article=False)
        if form in ("", "name"):
            return Phrase(self.name(language), self.data["it"][1])
        known = load("offices")["bodies"][form]
        made = known[language].format(
            adj=self.adjective(language, known.get("gender", "m"), known.get("plural", False))
        )
        return Phrase(made, known.get("gender", "m"), known.get("plural", False))


@dataclass(frozen=True)
class City:
    """A city of a state."""

    code: str
    number: int

    def name(self, language: str) -> str:
        """Its name."""
        return str(load("states")[self.code]["cities"][self.number][int(language == "en")])

    def show(self, spec: str, setting: Setting) -> str:
        """By its name in a case."""
        name = self.name(setting.language)
        if setting.language == "it" and name.startswith("Il "):
            return Phrase(name[3:]).in_case(spec or "il", "it").replace("il ", "Il ", int(not spec))
        return Phrase(name, article=False).in_case(case_and_form(spec)[0], setting.language)


@dataclass(frozen=True)
class Person:
    """Who holds an office of a state; ``office`` is a key of the table of offices."""

    first: str
    last: str
    gender: str
    office: str
    code: str
    city: City | None = None
    """Where it is an office of a city."""

    @property
    def name(self) -> str:
        """Both names."""
        return f"{self.first} {self.last}"

    def show(self, spec: str, setting: Setting) -> str:
        """Forms: title (office and name, or nothing), full, last, office."""
        chosen = agreeing(spec, self.gender, False)
        if chosen is not None:
            return chosen
        case, form = case_and_form(spec)
        if form in ("", "il", "title") and self.name in setting.short:
            return Phrase(self.last, article=False).in_case("" if case == "il" else case, setting.language)
        if form in ("full", "last"):
            return Phrase(self.name if form == "full" else self.last, article=False).in_case(case, setting.language)
        office = self.office_in(setting.language)
        if form == "office":
            return (
                f"the {_lower_office(office)}"
                if setting.language == "en"
                else Phrase(office, self.gender).in_case(case or "il", "it")
            )
        return Phrase(f"{office} {self.name}", self.gender).in_case(case, setting.language)

    def office_in(self, language: str) -> str:
        """The office with the adjective of its state, in the gender of who holds it."""
        known = load("offices")["offices"][self.office]
        plain = known["plain"].get(self.code) if "plain" in known else None
        if plain and language in plain:
            return str(plain[language][int(self.gender == "f")] if language == "it" else plain[language])
        if self.city is not None and language == "it":
            of = Phrase(self.city.name("it"), article=False).in_case("di", "it")
            return f"{known['it'][int(self.gender == 'f')]} {of}"
        adjective = self.city.name("en") if self.city else State(self.code).adjective(language, self.gender)
        if language == "en":
            return f"{adjective} {known['en']}"
        return f"{known['it'][int(self.gender == 'f')]} {adjective}"


def _lower_office(office: str) -> str:
    first, _, rest = office.partition(" ")
    return f"{first} {rest.lower()}" if rest else office


@dataclass(frozen=True)
class Body:
    """A police force, a union, rescuers: who speaks or acts and is no person. A key of the table of offices."""

    key: str
    code: str
    anonymous: bool = False

    @property
    def data(self) -> Any:
        """Its row in the table."""
        return load("offices")["bodies"][self.key]

    def show(self, spec: str, setting: Setting) -> str:
        """By its words in a case."""
        data = self.data
        gender, plural = data.get("gender", "m"), data.get("plural", False)
        chosen = agreeing(spec, gender, plural)
        if chosen is not None:
            return chosen
        words = data[setting.language].format(adj=State(self.code).adjective(setting.language, gender, plural))
        if setting.language == "en":
            return words if data.get("bare") else f"the {words}"
        return Phrase(words, gender, plural, not data.get("bare")).in_case(case_and_form(spec)[0] or "il", "it")

    def name(self, language: str) -> str:
        """Its words without article."""
        data = self.data
        adjective = State(self.code).adjective(language, data.get("gender", "m"), data.get("plural", False))
        return str(data[language]).format(adj=adjective)


@dataclass(frozen=True)
class Agency:
    """A news agency."""

    key: str

    def show(self, spec: str, setting: Setting) -> str:
        """By its name, with what it is."""
        if setting.language == "en":
            return self.key if spec == "bare" else f"the {self.key} news agency"
        return (
            self.key
            if spec == "bare"
            else Phrase(f"agenzia {self.key}", "f").in_case(case_and_form(spec)[0] or "il", "it")
        )


@dataclass(frozen=True)
class Day:
    """A day, told as seen from the day of the article."""

    day: date

    def show(self, spec: str, setting: Setting) -> str:
        """Cases: none (adverbial), ``bare``, ``a``, ``da``, ``di``, ``per``."""
        words = self._words(setting)
        return self._english(words, spec) if setting.language == "en" else self._italian(words, spec)

    def _words(self, setting: Setting) -> str:
        known = grammar(setting.language)
        away = (self.day - setting.today).days
        if away in known["near"] and not (away == 0 and setting.language == "en"):
            return str(known["near"][away])
        weekday = str(known["weekdays"][self.day.weekday()])
        written = f"{self.day.day} {known['months'][self.day.month - 1]}"
        if abs(away) > 6:
            return written
        return f"{weekday} {written}" if setting.dice.random() < 0.2 else weekday

    def _italian(self, words: str, spec: str) -> str:
        if not words[0].isdigit():
            return words if spec in ("", "bare") else f"{spec} {words}"
        phrase = Phrase(words)
        vowel = words.split(maxsplit=1)[0] in ("8", "11")
        article = "l'" if vowel else "il"
        if spec in ("", "bare"):
            return _glued(article, words)
        joined = grammar("it")["joined"].get(spec)
        return _glued(joined[article], words) if joined else f"{spec} {_glued(article, phrase.words)}"

    def _english(self, words: str, spec: str) -> str:
        if spec == "bare":
            return words
        return words if words in grammar("en")["near"].values() else f"on {words}"


@dataclass(frozen=True)
class Number:
    """A number, alone or of something that is counted."""

    value: int

    def show(self, spec: str, setting: Setting) -> str:
        """``{n}`` alone; ``{n:morto}`` counted; ``{n:|è|sono}`` agreeing."""
        chosen = agreeing(spec, "m", self.value != 1)
        if chosen is not None:
            return chosen
        known = grammar(setting.language)
        if not spec:
            return self._written(setting)
        gender, one, many = known["counted"][spec]
        if self.value == 1:
            return f"{known['one'][gender]} {one}" if "one" in known else f"one {one}"
        return f"{self._written(setting)} {many}"

    def _written(self, setting: Setting) -> str:
        known = grammar(setting.language)
        if self.value <= 10 or (self.value <= 20 and setting.dice.random() < 0.3):
            return str(known["numbers"][self.value])
        return f"{self.value:,}".replace(",", known["thousands"])


def later(day: date, days: int) -> date:
    """So many days after a day."""
    return day + timedelta(days=days)
