"""The pattern language of ``rules/times.toml``, compiled to regular expressions over word classes.

A text is turned into one character a word, which stands for the set of classes the word belongs to; a pattern says
which classes follow one another::

    the? <W:weekday? D:day of? M:month (of? Y:year)?>

``name`` is a class of ``lexicon/times.toml``, ``'word'`` the word itself, ``G:name`` keeps what the class says under
the letter G, ``( | )`` groups, ``?`` and ``*`` repeat, ``<…>`` is the expression proper where more is matched than
belongs to it (twice for the two ends of a range), ``@name`` a pattern of the rules' own ``[parts]``, and ``!name`` a
word that must not follow. ``low`` and ``cap`` are words that the lexicon does not know, in small letters and with a
capital; ``break`` is the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_PIECE = re.compile(
    r"\s*(?:(?P<op>[()|?*<>])|@(?P<part>\w+)|(?P<no>!)?(?:(?P<group>[A-Z]\w*):)?(?:'(?P<word>[^']+)'|(?P<name>[\w-]+)))"
)


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern: ``groups`` says for each group of the regular expression its letter and class."""

    regex: re.Pattern[str]
    groups: Mapping[str, tuple[str, str]]
    spans: int

    @property
    def letters(self) -> frozenset[str]:
        """The letters under which it keeps what it finds."""
        return frozenset(letter for letter, _ in self.groups.values())


class PatternError(ValueError):
    """A pattern that cannot be read."""


class Compiler:
    """Compiles the patterns of one language; ``codes`` gives a class's or a word's characters."""

    def __init__(self, codes: Callable[[str, bool], str], parts: Mapping[str, str]) -> None:
        self._codes, self._parts = codes, parts

    def compile(self, source: str) -> Pattern:
        """The compiled pattern.

        Raises:
            PatternError: it cannot be read, or names a class that there is not.
        """
        groups: dict[str, tuple[str, str]] = {}
        spans: list[int] = []
        body = "".join(self._translate(source, groups, spans))
        if not spans:
            body, spans = f"(?P<s1>{body})", [1]
        try:
            return Pattern(re.compile(body), groups, len(spans))
        except re.error as error:
            raise PatternError(f"{source!r}: {error}") from error

    def _translate(self, source: str, groups: dict[str, tuple[str, str]], spans: list[int]) -> Iterator[str]:
        at, source = 0, source.rstrip()
        while at < len(source):
            piece = _PIECE.match(source, at)
            if not piece:
                raise PatternError(f"{source!r}: cannot read {source[at:]!r}")
            at = piece.end()
            if piece["op"]:
                yield self._operator(piece["op"], spans)
            elif piece["part"]:
                yield "(?:" + "".join(self._translate(self._part(piece["part"]), groups, spans)) + ")"
            else:
                yield self._element(piece, groups)

    def _part(self, name: str) -> str:
        if name not in self._parts:
            raise PatternError(f"no part {name!r}")
        return self._parts[name]

    @staticmethod
    def _operator(mark: str, spans: list[int]) -> str:
        if mark == "<":
            spans.append(len(spans) + 1)
            return f"(?P<s{spans[-1]}>"
        return {"(": "(?:", ">": ")"}.get(mark, mark)

    def _element(self, piece: re.Match[str], groups: dict[str, tuple[str, str]]) -> str:
        name, is_word = (piece["word"], True) if piece["word"] else (piece["name"], False)
        try:
            characters = f"[{self._codes(name, is_word)}]"
        except KeyError as error:
            raise PatternError(f"no class or word {name!r}") from error
        if piece["no"]:
            return f"(?!{characters})"
        if not piece["group"]:
            return characters
        key = f"g{len(groups)}"
        groups[key] = (piece["group"], name)
        return f"(?P<{key}>{characters})"
