"""Cuts a text into words and says which classes of the lexicon each belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ultimora.documents.times import numerals
from ultimora.documents.times.lexicon import BREAK, CAPITAL, OTHER, Lexicon, compound, load

_PIECES = re.compile(
    r"(?P<iso>(?<![0-9.,/-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![\w/-]))"
    r"|(?P<date>(?<![0-9.,/])(?:[0-9]{1,2}(?P<a>[/.])[0-9]{1,2}(?P=a)|(?<!-)[0-9]{1,2}-[0-9]{1,2}-)(?:[0-9]{4}|[0-9]{2})(?![\w/]|[.,][0-9]|-[a-z])"
    r"|(?<![0-9.,/-])[0-9]{4}(?P<b>[/.])[0-9]{1,2}(?P=b)[0-9]{1,2}(?![\w/-]|[.,][0-9]))"
    r"|(?P<clock>(?<![0-9.,/:])[0-9]{1,2}:[0-5][0-9](?::[0-5][0-9])?(?![0-9:]|[.,][0-9]))"
    r"|(?P<dot>(?<![0-9.,/:])[0-9]{1,2}\.[0-5][0-9](?![0-9]|[.,:/][0-9]))"
    r"|(?P<monthyear>(?<![0-9.,/:])(?:0?[1-9]|1[0-2])/(?:1[89]|20)[0-9]{2}(?![\w/]|[.,][0-9]))"
    r"|(?P<short>(?<![0-9.,/:])[0-9]{1,2}/[0-9]{1,2}(?![\w/]|[.,][0-9]))"
    r"|(?P<number>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<word>[^\W\d_](?:\w)*)"
    r"|(?P<line>\s*\n\s*)"
    r"|(?P<mark>[^\s\w]|\w+)"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+$")
_ROMAN = re.compile(r"(?=[IVXLC])(?:X{0,3})(?:IX|IV|V?I{0,3})$")
_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "–": "-", "—": "-", "‑": "-", "−": "-"})


@dataclass(slots=True)  # not frozen: that would make it three times as dear, and there is one of every word
class Word:
    """A word or mark with its offsets and what it says in each class it belongs to."""

    start: int
    end: int
    text: str
    classes: Mapping[str, Any]
    code: str


def pieces(text: str) -> Iterator[str]:
    """The words and marks of a phrase, without classes."""
    for found in _PIECES.finditer(text.translate(_SAME)):
        yield found.group()


def words(text: str, lexicon: Lexicon) -> list[Word]:
    """The words of a text, phrases and numbers of the lexicon as one word each."""
    plain = _plain(text, lexicon)
    return _numbers(_phrases(plain, text, lexicon), text, lexicon)


def _plain(text: str, lexicon: Lexicon) -> list[Word]:
    found = []
    flat = text.translate(_SAME)
    tag = lexicon.tag
    for piece in _PIECES.finditer(flat):
        kind, raw, start, end = piece.lastgroup, piece.group(), piece.start(), piece.end()
        if kind == "word":
            classes, code = _word(tag, raw)
        elif kind == "line":
            if _runs_on(flat, start, end):
                continue
            classes, code = {}, BREAK
        elif kind == "mark":
            classes, code = _mark(tag, raw)
        else:
            classes = lexicon.words.get(raw) or figure(kind or "", raw, lexicon)
            code = lexicon.code(classes)
        found.append(Word(start, end, raw, classes, code))
    return found


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether a line break only wraps a line: one break, and the next line goes on in lower case."""
    if text.count("\n", start, end) != 1 or end >= len(text):
        return False
    return text[end].islower() and text[start - 1] not in ".!?:;"


@lru_cache(maxsize=65536)
def _word(tag: str, raw: str) -> tuple[Mapping[str, Any], str]:
    lexicon = load(tag)
    lower = raw.lower()
    classes = lexicon.words.get(lower)
    if classes is None:
        value = compound(lexicon, lower)
        if value is not None:
            classes = with_year(lexicon.classes_of_number(value, written="word"), value)
        elif _ROMAN.match(raw):
            classes = {"roman": _roman(raw)}
        else:
            return {}, CAPITAL if raw[0].isupper() else OTHER
    if lexicon.capitals and raw.islower() and lower in lexicon.settings.get("ambiguous", ()):
        classes = {name: value for name, value in classes.items() if name not in lexicon.capitals}
    return classes, lexicon.code(classes)


def with_year(classes: dict[str, Any], value: int) -> dict[str, Any]:
    """The classes of a number, with that of a year where it may be one."""
    return {**classes, "year": value} if 1000 <= value <= 2999 else classes


@lru_cache(maxsize=4096)
def _mark(tag: str, raw: str) -> tuple[Mapping[str, Any], str]:
    lexicon = load(tag)
    classes = lexicon.words.get(raw, {})
    return classes, lexicon.code(classes)


def _roman(raw: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    digits = [values[letter] for letter in raw]
    return sum(-d if d < max(digits[i:], default=0) else d for i, d in enumerate(digits))


def figure(kind: str, raw: str, lexicon: Lexicon) -> dict[str, Any]:
    """What a piece in figures may be."""
    if kind == "iso":
        return {"isodate": raw}
    if kind == "date":
        return {"slashdate": raw}
    if kind == "clock":
        return {"clock": raw}
    if kind == "dot":
        return {"dotclock": raw, "number": float(raw), "digits": float(raw)}
    if kind == "monthyear":
        return {"monthyear": raw}
    if kind == "short":
        return {"shortdate": raw}
    return _number(raw, lexicon)


def _number(raw: str, lexicon: Lexicon) -> dict[str, Any]:
    if len(raw) > 12:
        return {}
    if raw.isdigit():
        value = int(raw)
        classes = lexicon.classes_of_number(value, written="digits")
        if len(raw) == 4 and 1000 <= value <= 2999:
            classes["year"] = value
        if len(raw) == 4 and 1900 <= value <= 2100:
            classes["modern"] = value
        if len(raw) == 4 and value < 2400 and value % 100 < 60:
            classes["military"] = value
        if len(raw) == 2:
            classes["twodigit"] = value
        if len(raw) == 2 and value > 31:
            classes["shortyear"] = value
        return classes
    if _GROUPED.match(raw):
        value = int(re.sub("[.,]", "", raw))
        return dict.fromkeys(("number", "digits"), value)
    return _decimal(raw)


def _decimal(raw: str) -> dict[str, Any]:
    """A number with a fraction, which with a comma may be a time of day ("alle 18,30")."""
    parts = re.split("[.,]", raw)
    if len(parts) != 2:
        return {}
    classes: dict[str, Any] = dict.fromkeys(("number", "digits"), float(f"{parts[0]}.{parts[1]}"))
    if re.fullmatch(r"(?:[01]?[0-9]|2[0-4]),[0-5][0-9]", raw):
        classes["dotclock"] = raw.replace(",", ".")
    return classes


def _phrases(plain: list[Word], text: str, lexicon: Lexicon) -> list[Word]:
    found, at = [], 0
    while at < len(plain):
        entry = _phrase_at(plain, at, lexicon)
        if entry is None:
            found.append(plain[at])
            at += 1
            continue
        size, classes = entry
        start, end = plain[at].start, plain[at + size - 1].end
        found.append(Word(start, end, text[start:end], classes, lexicon.code(classes)))
        at += size
    return found


def _phrase_at(plain: list[Word], at: int, lexicon: Lexicon) -> tuple[int, dict[str, Any]] | None:
    for parts, classes in lexicon.phrases.get(plain[at].text.lower(), ()):
        size = len(parts)
        if at + size <= len(plain) and all(plain[at + k].text.lower() == parts[k] for k in range(1, size)):
            return size, classes
    return None


def _numbers(found: list[Word], text: str, lexicon: Lexicon) -> list[Word]:
    """Joins number words that follow one another ("twenty-five", "two thousand and ten") into one."""
    if not lexicon.settings.get("number_sequences"):
        return found
    joined: list[Word] = []
    at = 0
    while at < len(found):
        size, value = _number_run(found, at, lexicon) if found[at].classes else (1, None)
        if size < 2 or value is None:
            joined.append(found[at])
            at += 1
            continue
        start, end = found[at].start, found[at + size - 1].end
        classes = _run_classes(found[at + size - 1], value, lexicon)
        joined.append(Word(start, end, text[start:end], classes, lexicon.code(classes)))
        at += size
    return joined


def _run_classes(last: Word, value: int, lexicon: Lexicon) -> dict[str, Any]:
    if "ordinal" in last.classes:
        return {"ordinal": value, **({"dayordinal": value} if 1 <= value <= 31 else {})}
    return with_year(lexicon.classes_of_number(value, written="word"), value)


def _number_run(found: list[Word], at: int, lexicon: Lexicon) -> tuple[int, int | None]:
    """How many words from ``at`` on make one number, and which."""
    values: list[int] = []
    best: tuple[int, int | None] = (1, None)
    joiners = lexicon.settings.get("number_joiners", ())
    last = at
    while last < len(found) and len(values) < 8:
        word = found[last]
        value = word.classes.get("ordinal", word.classes.get("numeral"))
        if value is None or "digits" in word.classes or "article" in word.classes:
            if not values or word.text.lower() not in joiners:
                break
            last += 1
            continue
        values.append(int(value))
        whole = numerals.combine(values) or numerals.years_said(values)
        if whole is not None and len(values) > 1:
            best = (last - at + 1, whole)
        if "ordinal" in word.classes:
            break
        last += 1
    return best
