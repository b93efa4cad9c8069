"""The words of time of one language: which classes each belongs to, and what it says there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ultimora import languages
from ultimora.documents.times import numerals
from ultimora.documents.times.patterns import Compiler, Pattern
from ultimora.errors import LanguageDataError

Classes = Mapping[str, Any]
_FIRST_CODE = 0xE000
OTHER = "x"
CAPITAL = "X"
BREAK = "\n"
SPECIAL = {"low": OTHER, "cap": CAPITAL, "break": BREAK}


@dataclass(frozen=True)
class Rule:
    """One rule: where its pattern matches, ``resolve`` says what is meant; ``args`` are the rule's own constants."""

    name: str
    pattern: Pattern
    resolve: str
    order: int
    args: Mapping[str, Any]


@dataclass
class Lexicon:
    """Words and rules of one language, compiled."""

    tag: str
    words: dict[str, dict[str, Any]]
    phrases: dict[str, list[tuple[tuple[str, ...], dict[str, Any]]]]
    numbers: dict[str, int]
    settings: Mapping[str, Any]
    capitals: frozenset[str]
    codes: dict[frozenset[str], str] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    joints: Pattern | None = None
    zone: str | None = None

    def code(self, classes: Classes) -> str:
        """The character of a set of classes."""
        return self.codes.get(frozenset(classes), OTHER)

    def classes_of_number(self, value: float, *, written: str) -> dict[str, Any]:
        """What a number may be: ``written`` is ``digits``, ``word`` or ``ordinal``."""
        return dict.fromkeys(_number_classes(value, written), value)


def figures(lexicon: Lexicon) -> list[dict[str, Any]]:
    """One of each kind of class that figures and number words may have."""
    from ultimora.documents.times.lexer import figure, with_year

    numbers = [str(n) for n in range(3002)] + [f"0{n}" for n in range(10)] + ["0800", "0880", "1.5", "1.000"]
    found = [figure("number", raw, lexicon) for raw in numbers]
    whole = [int(raw) for raw in numbers if raw.isdigit()]
    found += [with_year(lexicon.classes_of_number(n, written="word"), n) for n in whole]
    found += [figure(kind, "10.30", lexicon) for kind in ("iso", "date", "clock", "dot", "monthyear", "short")]
    found += [{"ordinal": 1, "dayordinal": 1}, {"ordinal": 99}, {"roman": 1}]
    return found


def split(phrase: str) -> tuple[str, ...]:
    """A phrase of the lexicon in the words that the lexer makes of it."""
    from ultimora.documents.times.lexer import pieces

    return tuple(pieces(phrase.lower()))


def _number_classes(value: float, written: str) -> Iterator[str]:
    yield "number"
    whole = value == int(value)
    yield "digits" if written == "digits" else "numeral"
    if not whole:
        return
    for name, low, high in (("day", 1, 31), ("hour", 0, 24), ("minute", 0, 59), ("monthnumber", 1, 12)):
        if low <= value <= high:
            yield name if written == "digits" else f"{name}word"


@cache
def load(tag: str) -> Lexicon:
    """The lexicon and rules of a language, compiled once.

    Raises:
        LanguageDataError: a table or pattern that cannot be read.
    """
    language = languages.load(tag)
    table, rules = language.table("lexicon/times"), language.table("rules/times")
    if not table:
        raise LanguageDataError(f"{language.folder}: no lexicon/times.toml")
    lexicon = _words(language.tag, table, rules)
    lexicon.zone = language.settings.get("time_zone")
    _assign_codes(lexicon)
    _compile(lexicon, rules, str(language.folder / "rules/times.toml"))
    return lexicon


def _words(tag: str, table: Mapping[str, Any], rules: Mapping[str, Any]) -> Lexicon:
    settings = table.get("settings", {})
    lexicon = Lexicon(tag, {}, {}, {}, settings, frozenset(settings.get("capitals", ())))
    for name, entries in table.items():
        if name != "settings":
            for value, words in _entries(name, entries):
                for word in words:
                    _add(lexicon, word, name, value)
    for word in _literals(rules):
        _add(lexicon, word, f"'{word}'", word)
    for found in lexicon.phrases.values():
        found.sort(key=lambda entry: -len(entry[0]))
    return lexicon


def _entries(name: str, entries: Any) -> Iterator[tuple[Any, list[str]]]:
    if isinstance(entries, list):
        yield name, entries
        return
    for key, words in entries.items():
        yield _key(key), words


def _key(key: str) -> Any:
    if re.fullmatch(r"0\.\d+", key):
        return float(key)
    return int(key) if key.lstrip("+-").isdigit() and (len(key) == 1 or key[0] != "0") else key


def _literals(rules: Mapping[str, Any]) -> list[str]:
    sources = [rule["pattern"] for rule in rules.get("rule", ())] + list(rules.get("parts", {}).values())
    return sorted({word for source in sources for word in re.findall(r"'([^']+)'", source)})


def _add(lexicon: Lexicon, phrase: str, name: str, value: Any) -> None:
    parts = split(phrase)
    if len(parts) == 1:
        target = lexicon.words.setdefault(parts[0], {})
    else:
        same = lexicon.phrases.setdefault(parts[0], [])
        target = next((classes for words, classes in same if words == parts), {})
        if not target:
            same.append((parts, target))
    target[name] = value
    if name == "numeral":
        lexicon.numbers[phrase] = value
        target.update(lexicon.classes_of_number(value, written="word"))
    if name == "ordinal":
        target.update({"dayordinal": value} if 1 <= value <= 31 else {})


def _assign_codes(lexicon: Lexicon) -> None:
    sets = [frozenset(classes) for classes in _all_classes(lexicon)]
    sets += [frozenset(classes) for classes in figures(lexicon)]
    sets += [known - {name} for known in sets for name in lexicon.capitals if name in known]
    for classes in sets:
        if classes and classes not in lexicon.codes:
            lexicon.codes[classes] = chr(_FIRST_CODE + len(lexicon.codes))


def _all_classes(lexicon: Lexicon) -> Iterator[Classes]:
    yield from lexicon.words.values()
    for found in lexicon.phrases.values():
        for _, classes in found:
            yield classes


def _compile(lexicon: Lexicon, table: Mapping[str, Any], where: str) -> None:
    def characters(name: str, is_word: bool) -> str:
        if name in SPECIAL:
            return SPECIAL[name]
        wanted = f"'{name}'" if is_word else name
        found = "".join(code for classes, code in lexicon.codes.items() if wanted in classes)
        if not found:
            raise KeyError(name)
        return found

    compiler = Compiler(characters, table.get("parts", {}))
    try:
        lexicon.rules = tuple(_rule(compiler, rule, order) for order, rule in enumerate(table.get("rule", ())))
        lexicon.joints = compiler.compile(table["joints"]) if "joints" in table else None
    except (ValueError, KeyError) as error:
        raise LanguageDataError(f"{where}: {error}") from error


def _rule(compiler: Compiler, rule: Mapping[str, Any], order: int) -> Rule:
    args = {key: value for key, value in rule.items() if key not in ("name", "pattern", "resolve")}
    return Rule(rule["name"], compiler.compile(rule["pattern"]), rule["resolve"], order, args)


def compound(lexicon: Lexicon, word: str) -> int | None:
    """A number written as one word of that language, None where it is none."""
    if not lexicon.settings.get("compound_numbers") or word[:2] not in _prefixes(lexicon.tag):
        return None
    return numerals.compound(word, lexicon.numbers)


@cache
def _prefixes(tag: str) -> frozenset[str]:
    return frozenset(word[:2] for word in load(tag).numbers)
