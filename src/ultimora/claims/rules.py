"""The rules of a language, compiled: which words evoke which event, and where its parties stand.

A rule file is named after an event type (``rules/consult.toml``). ``[verb]`` and ``[noun]`` say where parties stand
by default; every ``[[trigger]]`` lists ``verbs`` and ``nouns`` and may say otherwise. An entry is a lemma, with
conditions on its dependents where needed: ``"avere ~ obj:colloquio|incontro"``, ``!`` before what must
not be, ``obj:#person`` for whatever is of a kind, ``obj:@weapons`` for the words of a list (``[lists]`` of the file,
or of ``lexicon/classes.toml``, for all files). A place for a party is a relation with an optional case marker and
an optional path: ``obl/con``, ``ccomp>nsubj``, ``obj>@genitive``. ``own`` names the roles that nobody fills for a
thing of his ("received two letters from X"), ``humans`` those that any noun fills ("arrested a rapper"),
``bystanders`` the words that fill none ("offered ten tanks"). ``status = "occurred"`` says that announcing it is doing
it; ``negated`` that only its denial does ("non riconosce il governo" refuses to; not of the past). A ``broad``
trigger, which leans on the kinds of the parties more than on its words, gives way to every other; a ``wide`` one,
which gathers a whole family of words, comes last. After ``!`` a condition of a ``not`` only excludes where it does not
hold.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from ultimora import languages, ontology
from ultimora.errors import LanguageDataError

_BROAD = 10
_WIDE = 20
KINDS = frozenset({"#person", "#state", "#body", "#armed", "#place", "#outlet", "#office", "#number"})
LIKELY = "#likely"
"""The name of what no rule names and the model takes for an event of a type."""
ROLES = ("actor", "recipient", "place", "deep")


class Slot(NamedTuple):
    """One step of a path: a relation, the case markers allowed (empty: any), and a check on who may fill it."""

    relation: str
    cases: frozenset[str]


Path = tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a trigger must have (or must not) at the end of a path: one of the words or kinds (if any)."""

    path: Path
    lemmas: frozenset[str]
    kinds: frozenset[str]
    absent: bool = False
    """In an exclusion after ``!``: it only excludes where this is not there."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One way to speak of an event: a lemma under conditions, with where the parties stand."""

    name: str
    event_type: str
    mode: str | None
    verbal: bool
    needs: tuple[Condition, ...]
    any_of: tuple[Condition, ...]
    excludes: tuple[tuple[Condition, ...], ...]
    roles: Mapping[str, tuple[Path, ...]]
    agent: frozenset[str]
    modes: tuple[tuple[str, frozenset[str]], ...]
    genitive: str
    joint: bool
    deep_places: bool
    status: str | None
    negated: bool
    kinds: frozenset[str]
    not_kinds: frozenset[str]
    recipient_kinds: frozenset[str]
    own: frozenset[str]
    humans: frozenset[str]
    bystanders: frozenset[str]
    weight: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Every trigger of a language by the lemma of its head."""

    verbs: Mapping[str, tuple[Trigger, ...]]
    nouns: Mapping[str, tuple[Trigger, ...]]
    adjectives: Mapping[str, tuple[Trigger, ...]]


@cache
def load(language: str) -> Rules:
    """The compiled rules of a language."""
    known = {name.lower(): name for name in ontology.load()}
    index: dict[str, dict[str, list[Trigger]]] = {"verbs": {}, "nouns": {}, "adjectives": {}}
    for stem, table in languages.load(language).tables("rules").items():
        if stem not in known:
            continue
        file = _File(language, known[stem], table)
        for key in ("verbs", "nouns"):
            likely = file.compile(LIKELY, {"agent": ["any"]}, verbal=key == "verbs")
            index[key].setdefault(LIKELY, []).append(likely)
        for entry in table.get("trigger", ()):
            for key, found in index.items():
                for written in entry.get(key, ()):
                    trigger = file.compile(written, entry, verbal=key != "nouns")
                    for name in forms_of(trigger.name, language) if key == "nouns" else (trigger.name,):
                        found.setdefault(name, []).append(trigger)
    return Rules(*(_ranked(found) for found in index.values()))


@cache
def forms_of(noun: str, language: str) -> tuple[str, ...]:
    """A noun with its plurals, so that a rule holds whatever lemma the analysis gives a plural."""
    found = (noun[: len(noun) - len(a)] + b for a, b in _plurals(language) if noun.endswith(a))
    return (noun, *dict.fromkeys(found))


@cache
def _plurals(language: str) -> tuple[tuple[str, str], ...]:
    table = languages.load(language).table("lexicon/syntax").get("plurals", {})
    return tuple((a, b) for a, b in (ending.split(":") for ending in table.get("endings", ())))


def _ranked(index: dict[str, list[Trigger]]) -> dict[str, tuple[Trigger, ...]]:
    return {lemma: tuple(sorted(found, key=lambda t: -t.weight)) for lemma, found in index.items()}


@cache
def _macros(language: str) -> dict[str, tuple[str, ...]]:
    table = languages.load(language).table("lexicon/syntax").get("macros", {})
    return {name: tuple(paths) for name, paths in table.items()}


class _File:
    """The rule file of one event type, as it is compiled.

    Thousands of triggers share what they exclude and where their parties stand, so that each condition and each set of
    places is compiled once.
    """

    def __init__(self, language: str, event_type: str, table: Mapping[str, Any]) -> None:
        self._language, self._type, self._table = language, event_type, table
        self._where = f"{language}/{event_type.lower()}"
        shared = languages.load(language).table("lexicon/classes")
        self._lists: Mapping[str, list[str]] = {**shared, **table.get("lists", {})}
        self._modes = tuple((name, frozenset(cues)) for name, cues in table.get("modes", {}).items())
        self._conditions: dict[str, Condition] = {}
        self._excluded: dict[str, tuple[Condition, ...]] = {}
        self._places: dict[tuple[str, ...], tuple[Path, ...]] = {}

    def compile(self, written: str, entry: Mapping[str, Any], *, verbal: bool) -> Trigger:
        """One trigger: a lemma with its conditions as written, under what its entry and the file's defaults say."""
        head, *conditions = [part.strip() for part in written.split("~")]
        chosen = {**self._table.get("verb" if verbal else "noun", {}), **_settings(entry)}
        without = [c[1:] for c in conditions if c.startswith("!")]
        asked = [c for c in conditions if not c.startswith("!")]
        needs = tuple(self._condition(c) for c in [*asked, *chosen.get("needs", ())])
        meaning = ontology.load()[self._type]
        mode = chosen.get("mode")
        if mode is not None and mode not in meaning.modes:
            raise LanguageDataError(f"{self._where}: {self._type} has no mode {mode!r} (entry {written!r})")
        return Trigger(
            name=head,
            event_type=self._type,
            mode=mode,
            verbal=verbal,
            needs=needs,
            any_of=tuple(self._condition(c) for c in chosen.get("any", ())),
            excludes=tuple(
                self._exclusion(each) for each in [*without, *chosen.get("not", ()), *self._table.get("not", ())]
            ),
            roles={role: self._paths(tuple(chosen.get(role, ()))) for role in ROLES},
            agent=frozenset(chosen.get("agent", ())),
            modes=self._modes,
            genitive=chosen.get("genitive", "actor"),
            kinds=frozenset(chosen.get("actor_kinds", ())),
            recipient_kinds=frozenset(chosen.get("recipient_kinds", ())),
            not_kinds=frozenset(chosen.get("not_actor_kinds", ())),
            own=frozenset(chosen.get("own", ())),
            humans=frozenset(chosen.get("humans", ())),
            bystanders=frozenset(b for each in chosen.get("bystanders", ()) for b in self._words(each)),
            status=chosen.get("status"),
            negated=chosen.get("negated", False),
            deep_places=chosen.get("deep_places", False),
            joint=chosen.get("joint", meaning.reciprocal),
            weight=_weight(chosen, needs),
        )

    def _condition(self, written: str) -> Condition:
        if written not in self._conditions:
            place, lemmas = _split(written)
            if not place or ":" in _SUBTYPE.sub("", place):
                raise LanguageDataError(f"{self._where}: condition {written!r} is no RELATION[/CASE]:LEMMA|LEMMA")
            words = frozenset(form for each in lemmas.split("|") for form in self._words(each.strip()))
            kinds = frozenset(each for each in words if each.startswith("#"))
            path = tuple(_slot(step) for step in place.split(">"))
            self._conditions[written] = Condition(path, words - kinds, self._known(kinds, written))
        return self._conditions[written]

    def _known(self, kinds: frozenset[str], written: str) -> frozenset[str]:
        if kinds - KINDS:
            raise LanguageDataError(
                f"{self._where}: condition {written!r} asks for a kind that is none of {sorted(KINDS)}"
            )
        return kinds

    def _exclusion(self, written: str) -> tuple[Condition, ...]:
        if written not in self._excluded:
            parts = [part.strip() for part in written.split("~")]
            found = [(self._condition(part.removeprefix("!")), part.startswith("!")) for part in parts]
            self._excluded[written] = tuple(dataclasses.replace(c, absent=absent) for c, absent in found)
        return self._excluded[written]

    def _words(self, written: str) -> Iterable[str]:
        """The forms of a word or, after ``@``, of all words of a list; of ``*`` and nothing, none; a kind as it is."""
        if written.startswith("#"):
            return (written,)
        if not written.startswith("@"):
            return forms_of(written, self._language) if written not in {"", "*"} else ()
        if written[1:] not in self._lists:
            raise LanguageDataError(f"{self._where}: there is no list {written!r}")
        return (form for each in self._lists[written[1:]] for form in self._words(each))

    def _paths(self, places: tuple[str, ...]) -> tuple[Path, ...]:
        if places not in self._places:
            macros = _macros(self._language)
            self._places[places] = tuple(path for place in places for path in _expand(place, macros))
        return self._places[places]


def _settings(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in {"verbs", "nouns", "adjectives"}}


def _weight(chosen: Mapping[str, Any], needs: tuple[Condition, ...]) -> int:
    """How much a trigger asks for; what a ``broad`` one asks of its words counts less than what others do."""
    needed = len(needs) + bool(chosen.get("negated"))
    asked = 2 * needed + min(len(chosen.get("any", ())), 2) + (chosen.get("mode") is not None)
    return asked - (_BROAD if chosen.get("broad") else 0) - (_WIDE if chosen.get("wide") else 0)


_SUBTYPE = re.compile(r"(?:nmod|compound|obl|aux|acl):")
_SUBTYPES = ("nmod:poss", "compound:prt", "obl:tmod", "obl:agent", "aux:pass", "nsubj:pass", "acl:relcl")


def _split(written: str) -> tuple[str, str]:
    """The relation and the lemmas of a condition; a relation may itself hold a colon."""
    if written.endswith(_SUBTYPES):
        return written, ""
    place, separator, lemmas = written.rpartition(":")
    return (place, lemmas) if separator else (written, "")


def _slot(written: str) -> Slot:
    relation, _, cases = written.partition("/")
    return Slot(relation.strip(), frozenset(case.strip() for case in cases.split("|") if case.strip()))


def _expand(place: str, macros: Mapping[str, tuple[str, ...]]) -> Iterable[Path]:
    before, separator, last = place.rpartition(">")
    if not last.startswith("@"):
        yield tuple(_slot(step) for step in place.split(">"))
        return
    for expansion in macros.get(last[1:], ()):
        yield from _expand(f"{before}{separator}{expansion}", macros)
