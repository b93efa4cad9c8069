"""From a form of a verb back to the infinitives it may belong to, by the paradigms of ``lexicon/verbs.toml``."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any

from ultimora import languages

_CACHE_SIZE = 20_000
_LEAST_STEM = 2  # letters; shorter ones ("dare") have long regular endings only


class Known(IntEnum):
    """A verb of the language, one made of such by a prefix, or one that could be."""

    BY_FORM_ALONE = 0
    BY_PREFIX = 1
    ITSELF = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A verb that a form may belong to, whether the form is its participle, and how far the verb is known."""

    verb: str
    participle: bool
    known: Known


class Paradigms:
    """The paradigms of a language; one without ``lexicon/verbs.toml`` has none, and no form leads anywhere."""

    def __init__(self, table: Mapping[str, Any], verbs: frozenset[str]) -> None:
        self._verbs = verbs
        self._prefixes = tuple(table.get("prefixes", "").split())
        self._clitics = tuple(table.get("clitics", "").split())
        self._hosts = tuple(table.get("hosts", "").split())
        self._softened: Mapping[str, Mapping[str, str]] = table.get("softened", {})
        self._merged: Mapping[str, str] = table.get("merged", {})
        self._regular: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for part in ("regular", "participles"):
            for infinitive, endings in table.get(part, {}).items():
                for ending in endings.split():
                    self._regular[ending].append((infinitive, part == "participles"))
        self._irregular = _irregular_forms(table)
        self._found: dict[str, tuple[Reading, ...]] = {}

    def readings(self, form: str) -> tuple[Reading, ...]:
        """The readings of a form in lower case that are known best, in the order of their verbs."""
        if form not in self._found:
            if len(self._found) >= _CACHE_SIZE:
                self._found.clear()
            found = self._analyse(form) | self._analyse(_without_inner_accents(form))
            best = max((reading.known for reading in found), default=Known.ITSELF)
            kept = {reading for reading in found if reading.known == best}
            self._found[form] = tuple(sorted(kept, key=lambda reading: (reading.verb, reading.participle)))
        return self._found[form]

    def _analyse(self, form: str) -> set[Reading]:
        if not self._regular:
            return set()
        found = set(self._of(form))
        known = any(reading.known for reading in found)
        for clitic in self._clitics:
            if form.endswith(clitic):
                host = form[: -len(clitic)]
                hosts = [host] if not known or host.endswith(self._hosts) else []
                if not known and host[-1:] == clitic[:1]:
                    hosts.append(host[:-1])  # "dimmi", "fallo": the consonant is written twice
                found.update(reading for each in hosts for reading in self._of(each) if reading.known)
        return found

    def _of(self, form: str) -> Iterator[Reading]:
        if self._known(form):
            yield Reading(form, False, self._known(form))
        longest = True  # of a verb that no list holds, the longest ending is taken
        for cut in range(len(form)):
            before, rest = form[:cut], form[cut:]
            for verb, participle, alone in self._irregular.get(rest, ()):
                if (before or alone) and (known := self._known(before + verb)):
                    yield Reading(before + verb, participle, known)
            regular = list(self._regular_verbs(before, rest)) if cut >= _LEAST_STEM or len(rest) >= _LEAST_STEM else []
            for verb, participle in regular:
                known = self._known(verb)
                if known or (longest and cut >= _LEAST_STEM):
                    yield Reading(verb, participle, known)
            longest = longest and not (regular and cut >= _LEAST_STEM)

    def _regular_verbs(self, stem: str, ending: str) -> Iterator[tuple[str, bool]]:
        for infinitive, participle in self._regular.get(ending, ()):
            if not self._is_hardened(stem, infinitive, ending):
                yield stem + infinitive, participle
            if ending[0] == (merged := self._merged.get(infinitive)):
                yield stem + merged + infinitive, participle
            if ending[0] not in "ei":
                continue
            for written, meant in self._softened.get(infinitive, {}).items():
                if stem.endswith(written):
                    yield stem[: len(stem) - len(written)] + meant + infinitive, participle

    def _is_hardened(self, stem: str, infinitive: str, ending: str) -> bool:
        """Whether a stem would be written with more letters here: "marceremo" is of "marciare", not of "marcare"."""
        softened = self._softened.get(infinitive, {}) if ending[0] in "ei" else {}
        return any(stem.endswith(meant) and written.startswith(meant) for written, meant in softened.items())

    def _known(self, verb: str) -> Known:
        if verb in self._verbs:
            return Known.ITSELF
        made = (verb[len(p) :] for p in self._prefixes if verb.startswith(p))
        return Known.BY_PREFIX if any(rest in self._verbs for rest in made) else Known.BY_FORM_ALONE


def _without_inner_accents(form: str) -> str:
    """The form without the accents that help to read it ("subìto"); the one at its end stays."""
    plain = "".join(c for c in unicodedata.normalize("NFD", form[:-1]) if not unicodedata.combining(c))
    return plain + form[-1:]


def _irregular_forms(table: Mapping[str, Any]) -> dict[str, list[tuple[str, bool, bool]]]:
    """By form: the verbs that have it, whether as a participle, and whether also without a prefix."""
    parts = {name: endings.split() for name, endings in table.get("parts", {}).items()}
    found: dict[str, list[tuple[str, bool, bool]]] = defaultdict(list)
    for verb, stems in table.get("irregular", {}).items():
        alone = not stems.get("only_prefixed", False)
        forms = {(form, False) for form in stems.get("forms", "").split()}
        forms |= {(form, True) for form in stems.get("past", "").split()}
        forms |= {
            (stem + ending, name == "participle")
            for name, stem in stems.items()
            if name in parts
            for ending in parts[name]
        }
        for form, participle in sorted(forms):
            found[form].append((verb, participle, alone))
    return found


@cache
def paradigms(language: str, verbs: frozenset[str]) -> Paradigms:
    """The paradigms of a language over the verbs that are known of it."""
    return Paradigms(languages.load(language).table("lexicon/verbs"), verbs)
