"""Fills wordings: the one place where what is to be told becomes a sentence of a language."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from benchmarks.simulator.model import Message, Source
from benchmarks.simulator.words import Agency, Setting

HERE = Path(__file__).parent / "wordings"
_BEFORE_VOWEL = re.compile(r"\b([Aa]) (?=[AEIO])")
Written = tuple[str, tuple[str, ...]]
"""A text, and the fields that its wording has."""


@cache
def wordings(set_: str, language: str) -> Any:
    """The wordings of a set (a folder of wordings) in a language."""
    return yaml.safe_load((HERE / set_ / f"{language}.yaml").read_text(encoding="utf-8"))


class _Filler(string.Formatter):
    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    def format_field(self, value: Any, format_spec: str) -> str:
        return str(value.show(format_spec, self.setting)) if hasattr(value, "show") else str(value)


@dataclass
class Writer:
    """Writes in one language with the wordings of one set."""

    set_: str
    language: str
    dice: Random

    def fill(self, wording: str, fields: Mapping[str, Any], today: date, short: frozenset[str] = frozenset()) -> str:
        """A wording with its fields, on a day; those in ``short`` go by their last names."""
        text = _Filler(Setting(self.language, today, self.dice, short)).vformat(wording, (), fields)
        return _BEFORE_VOWEL.sub(r"\1n ", text) if self.language == "en" else text

    def title(self, message: Message, today: date) -> Written:
        """A headline for a message."""
        wording = self._choose(self._of(message)["title"])
        return begun(self.fill(wording, self._fields(message), today)), used(wording)

    def sentence(
        self, message: Message, today: date, agency: Agency | None = None, short: frozenset[str] = frozenset()
    ) -> Written:
        """A sentence for a message, in the outlet's own voice or as passed on from an agency."""
        known = wordings(self.set_, self.language)
        fields = self._fields(message) | ({"agency": agency} if agency else {})
        if message.whole:
            wording = self._choose(self._of(message)["full"])
            said = begun(self.fill(wording, fields, today, short))
            if agency is not None:
                said = self.fill(self._choose(known["relay"]["whole"]), fields | {"sentence": said}, today)
            return said, used(wording)
        wording = self._choose(self._of(message)["core"])
        core = self.fill(wording, fields, today, short)
        frame = self._choose(_frames(known, message.source, agency))
        return begun(self.fill(frame, fields | {"core": core}, today, short)), used(wording)

    def filler(self) -> str:
        """A sentence that says nothing of the record."""
        return str(self.dice.choice(wordings(self.set_, self.language)["filler"]))

    def correction(self, fields: Mapping[str, Any], today: date) -> str:
        """The note under an article whose number was wrong."""
        return self.fill(self._choose(wordings(self.set_, self.language)["correction"]), fields, today)

    def _of(self, message: Message) -> Any:
        return wordings(self.set_, self.language)[message.key]

    def _fields(self, message: Message) -> dict[str, Any]:
        return dict(message.fields) | ({"src": message.source.value} if message.source else {})

    def _choose(self, choices: Sequence[str]) -> str:
        return choices[self.dice.randrange(len(choices))]


def _frames(known: Any, source: Source | None, agency: Agency | None) -> Sequence[str]:
    if agency is not None:
        return list(known["relay"]["sourced" if source else "own"])
    return list(known["said"][source.stance]) if source else ["{core}."]


def begun(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]


def used(wording: str) -> tuple[str, ...]:
    """The fields of a wording."""
    return tuple(name for _, name, _, _ in string.Formatter().parse(wording) if name)
