"""The rules of a language, compiled: which words evoke which event, and where its parties stand.

A rule file is named after an event type (``rules/consult.toml``). ``[verb]`` and ``[noun]`` say where parties stand
by default; every ``[[trigger]]`` lists ``verbs`` and ``nouns`` and may say otherwise. An entry is a lemma, with
conditions on its dependents where needed: ``"avere ~ obj:colloquio|incontro"``, ``!`` before what must
not be. A place for a party is a relation with an optional case marker and an optional path: ``obl/con``,
``ccomp>nsubj``, ``obj>@genitive``. ``own`` names the roles that nobody fills for a thing of his ("received two letters
from X"), ``humans`` those that any noun fills ("arrested a rapper"), ``bystanders`` the words that fill none ("offered
ten tanks"). ``status = "occurred"`` says that announcing it is doing it. A ``broad`` trigger, which leans on the kinds
of the parties more than on its words, gives way to every other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ultimora import languages, ontology
from ultimora.errors import LanguageDataError

_BROAD = 10
ROLES = ("actor", "recipient", "place", "deep")


@dataclass(frozen=True, slots=True)
class Slot:
    """One step of a path: a relation, the case markers allowed (empty: any), and a check on who may fill it."""

    relation: str
    cases: frozenset[str]


Path = tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a trigger must have (or must not) at the end of a path: one of the lemmas (none given: anything)."""

    path: Path
    lemmas: frozenset[str]


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
    macros = _macros(language)
    index: dict[str, dict[str, list[Trigger]]] = {"verbs": {}, "nouns": {}, "adjectives": {}}
    for stem, table in languages.load(language).tables("rules").items():
        if stem not in known:
            continue
        for entry in table.get("trigger", ()):
            for key, found in index.items():
                for written in entry.get(key, ()):
                    trigger = _compile(written, key != "nouns", entry, table, known[stem], macros, f"{language}/{stem}")
                    for name in forms_of(trigger.name, language) if key == "nouns" else (trigger.name,):
                        found.setdefault(name, []).append(trigger)
    return Rules(*(_ranked(found) for found in index.values()))


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


def _compile(
    written: str,
    verbal: bool,
    entry: Mapping[str, Any],
    table: Mapping[str, Any],
    event_type: str,
    macros: Mapping[str, tuple[str, ...]],
    where: str,
) -> Trigger:
    head, *conditions = [part.strip() for part in written.split("~")]
    defaults = table.get("verb" if verbal else "noun", {})
    chosen = {**defaults, **{k: v for k, v in entry.items() if k not in {"verbs", "nouns", "adjectives"}}}
    lists = table.get("lists", {})
    without = [c[1:] for c in conditions if c.startswith("!")]
    conditions = [c for c in conditions if not c.startswith("!")]
    needs = tuple(_condition(c, where, lists) for c in [*conditions, *chosen.get("needs", ())])
    mode = chosen.get("mode")
    if mode is not None and mode not in ontology.load()[event_type].modes:
        raise LanguageDataError(f"{where}: {event_type} has no mode {mode!r} (entry {written!r})")
    return Trigger(
        name=head,
        event_type=event_type,
        mode=mode,
        verbal=verbal,
        needs=needs,
        any_of=tuple(_condition(c, where, lists) for c in chosen.get("any", ())),
        excludes=tuple(
            tuple(_condition(part.strip(), where, lists) for part in each.split("~"))
            for each in [*without, *chosen.get("not", ()), *table.get("not", ())]
        ),
        roles={role: tuple(_paths(chosen.get(role, ()), macros)) for role in ROLES},
        agent=frozenset(chosen.get("agent", ())),
        modes=tuple((name, frozenset(cues)) for name, cues in table.get("modes", {}).items()),
        genitive=chosen.get("genitive", "actor"),
        kinds=frozenset(chosen.get("actor_kinds", ())),
        recipient_kinds=frozenset(chosen.get("recipient_kinds", ())),
        not_kinds=frozenset(chosen.get("not_actor_kinds", ())),
        own=frozenset(chosen.get("own", ())),
        humans=frozenset(chosen.get("humans", ())),
        bystanders=frozenset(b for each in chosen.get("bystanders", ()) for b in _bystanders(each, where, lists)),
        status=chosen.get("status"),
        deep_places=chosen.get("deep_places", False),
        joint=chosen.get("joint", ontology.load()[event_type].reciprocal),
        weight=_weight(chosen, needs),
    )


def _bystanders(written: str, where: str, lists: Mapping[str, list[str]]) -> Iterable[str]:
    named = _named_list(written, lists, where) if written.startswith("@") else [written]
    return (form for each in named for form in forms_of(each, where.partition("/")[0]))


def _weight(chosen: Mapping[str, Any], needs: tuple[Condition, ...]) -> int:
    """How much a trigger asks for; what a ``broad`` one asks of its words counts less than what others do."""
    asked = 2 * len(needs) + min(len(chosen.get("any", ())), 2) + (chosen.get("mode") is not None)
    return asked - _BROAD if chosen.get("broad") else asked


def _condition(written: str, where: str, lists: Mapping[str, list[str]]) -> Condition:
    place, lemmas = _split(written)
    if not place or ":" in place.replace("nmod:", "").replace("compound:", "").replace("obl:", "").replace("aux:", ""):
        raise LanguageDataError(f"{where}: condition {written!r} is no RELATION[/CASE]:LEMMA|LEMMA")
    words: list[str] = []
    for word in (part.strip() for part in lemmas.split("|")):
        listed = _named_list(word, lists, where) if word.startswith("@") else [word]
        words.extend(
            form for each in listed if each not in {"", "*"} for form in forms_of(each, where.partition("/")[0])
        )
    return Condition(tuple(_slot(step) for step in place.split(">")), frozenset(words))


_SUBTYPES = ("nmod:poss", "compound:prt", "obl:tmod", "obl:agent", "aux:pass", "nsubj:pass")


def _split(written: str) -> tuple[str, str]:
    """The relation and the lemmas of a condition; a relation may itself hold a colon."""
    if written.endswith(_SUBTYPES):
        return written, ""
    place, separator, lemmas = written.rpartition(":")
    return (place, lemmas) if separator else (written, "")


def _named_list(name: str, lists: Mapping[str, list[str]], where: str) -> list[str]:
    if name[1:] not in lists:
        raise LanguageDataError(f"{where}: there is no list {name!r}")
    return lists[name[1:]]


def _slot(written: str) -> Slot:
    relation, _, cases = written.partition("/")
    return Slot(relation.strip(), frozenset(case.strip() for case in cases.split("|") if case.strip()))


def _paths(places: Iterable[str], macros: Mapping[str, tuple[str, ...]]) -> Iterable[Path]:
    for place in places:
        yield from _expand(place, macros)


def _expand(place: str, macros: Mapping[str, tuple[str, ...]]) -> Iterable[Path]:
    before, separator, last = place.rpartition(">")
    if not last.startswith("@"):
        yield tuple(_slot(step) for step in place.split(">"))
        return
    for expansion in macros.get(last[1:], ()):
        yield from _expand(f"{before}{separator}{expansion}", macros)
