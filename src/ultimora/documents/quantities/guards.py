"""What looks like a quantity and is none: dates, scores, names with a number, telephone numbers, ages beside a name."""

from __future__ import annotations

import re

from ultimora.documents.quantities.grammar import Grammar
from ultimora.documents.quantities.numerals import Numeral

WINDOW = 40
_CHUNK_LEFT = re.compile(r"[^\s()\[\]«»“”\"„]*$")
_CHUNK_RIGHT = re.compile(r"[^\s()\[\]«»“”\"]*")
_ADDRESS = re.compile(r"https?://|www\.|@|#\w|\w_\w|^/|\w/\w*[a-z]{3}/")
_TELEPHONE = re.compile(
    r"\+\d{1,3}(?:[\s./-]?\d{2,4}){2,}|(?<!\d)0\d{1,4}[\s./-]\d{3,}(?:[\s./-]?\d{2,})*|\d{3}[-.]\d{3}[-.]\d{4}"
    r"|(?<![\d.,])(?:800[\s.-]?\d{3}[\s.-]?\d{3}|3\d\d[\s./-]\d{6,7}|3\d\d[\s./-]\d{3}[\s./-]\d{4})(?!\d)"
)
_DATE = re.compile(
    r"(?<!\d)\d{1,2}([/.-])\d{1,2}\1\d{2,4}(?!\d)|(?<!\d)\d{4}-\d{2}(-\d{2})?(?!\d)|(?<![\d/])\d{1,2}/\d{1,2}/\d{2,4}"
)
_CLOCK = re.compile(r"(?<![\d.,])\d{1,2}[:h]\d{2}(?::\d{2})?(?!\d)")
_AGE_AFTER_NAME = re.compile(r"^\s*(?:[,;.)—–-]|$)")


def is_no_quantity(text: str, numeral: Numeral, rules: Grammar, measured: bool) -> bool:
    """Whether a number counts nothing. ``measured``: a unit or currency belongs to it."""
    before = text[max(0, numeral.start - WINDOW) : numeral.start]
    after = text[numeral.end : numeral.end + WINDOW]
    glued = numeral.digits and not numeral.currency and _glued(before, after, measured, rules)
    if numeral.digits and (glued or _in_chunk(text, numeral)):
        return True
    if _month(before.lower(), after.lower(), numeral, rules) or rules.clock_after.match(after.lower()):
        return True
    if measured:
        return False
    return numeral.digits and (
        _year(text, numeral, before.lower(), after, rules)
        or _clock(text, numeral, before, rules)
        or _score(text, numeral, rules)
        or _address(text, numeral, rules)
        or _leading_zero(text, numeral)
        or bool(rules.designators.search(before.lower()))
    )


def in_phrase(text: str, numeral: Numeral, rules: Grammar) -> bool:
    """Whether the number is part of a set phrase that counts nothing ("one of the", "a due passi")."""
    begin, end = max(0, numeral.start - WINDOW), numeral.end + WINDOW
    window = text[begin:end].lower()
    return any(
        m.start() + begin <= numeral.start and numeral.end <= m.end() + begin for m in rules.phrases.finditer(window)
    )


def _glued(before: str, after: str, measured: bool, rules: Grammar) -> bool:
    """As in "G7", "Su-35", "F-16", "Covid-19", "7th", "5G", "3D"."""
    left = re.search(r"([^\W\d_]+|\d)['’]?[-–/]?$", before)
    if left and not re.search(r"\d[-–]$|\s[-–]$", before):
        word = re.search(r"([^\W\d_]+)([-–/]?)$", before)
        if re.search(r"[^\W\d_]['’ʼ]$", before):  # "l'8 per cento", "dell'11%"
            return False
        if word is None:
            return not before.endswith(("-", "–", "/"))
        return not (word[2] and word[1].lower() in rules.words.get("hyphen_before", ()))
    if measured:
        return False
    return bool(re.match(r"[^\W\d_]|[°ºª](?![CFcf])", after))


def _in_chunk(text: str, numeral: Numeral) -> bool:
    left = _CHUNK_LEFT.search(text, max(0, numeral.start - WINDOW), numeral.start)
    right = _CHUNK_RIGHT.match(text, numeral.end, numeral.end + WINDOW)
    begin = left.start() if left else numeral.start
    end = right.end() if right else numeral.end
    chunk = text[begin:end]
    if _ADDRESS.search(chunk):
        return True
    around = text[max(0, numeral.start - 20) : numeral.end + 20]
    offset = max(0, numeral.start - 20)
    for pattern in (_DATE, _CLOCK, _TELEPHONE):
        for found in pattern.finditer(around):
            if found.start() + offset < numeral.end and numeral.start < found.end() + offset:
                return True
    return False


def _month(before: str, after: str, numeral: Numeral, rules: Grammar) -> bool:
    """As in "il 29 marzo", "March 29", "29th of March"."""
    if numeral.value != int(numeral.value) or not (1 <= numeral.value <= 31 or 1000 <= numeral.value < 3000):
        return False
    if re.match(rf"(?:\s+(?:of|di)?\s*|[-/])(?:{rules.months.pattern})(?!\w)", after):
        return True
    return bool(re.search(rf"(?<!\w)(?:{rules.months.pattern})(?:\s+\d{{1,2}}\s?,)?\s*$", before))


def _year(text: str, numeral: Numeral, before: str, after: str, rules: Grammar) -> bool:
    written = text[numeral.start : numeral.end]
    if not re.fullmatch(r"(?:1[5-9]|2[01])\d\d", written):
        return False
    likely = 1900 < numeral.value < 2100 and numeral.value % 100
    if not likely and re.match(r"\s+[^\W\d_]", after):  # "2000 soldati", not "nel 2000 fu"
        return bool(rules.year_before.search(before))
    return True


def _clock(text: str, numeral: Numeral, before: str, rules: Grammar) -> bool:
    written = re.fullmatch(r"(\d{1,2})(?:[.:,](\d\d))?", text[numeral.start : numeral.end])
    if not written or int(written[1]) > 24 or int(written[2] or 0) > 59:
        return False
    return bool(rules.clock_before.search(before.lower()))


def _score(text: str, numeral: Numeral, rules: Grammar) -> bool:
    """As in "2-1", "6-4", "89-89": two numbers with a hyphen and nothing that is counted."""
    window = text[max(0, numeral.start - 4) : numeral.end + 5]
    offset = max(0, numeral.start - 4)
    for pair in re.finditer(r"(?<![\d.,])(\d{1,3})[-–](\d{1,3})(?![\d.,]*\d)", window):
        if pair.start() + offset <= numeral.start and numeral.end <= pair.end() + offset:
            following = re.match(r"\s*([^\W\d_]+|%)", text[pair.end() + offset :][:20])
            word = following[1].lower() if following else ""
            return int(pair[2]) <= int(pair[1]) or not word or word in rules.words.get("scores", ())
    return False


def _address(text: str, numeral: Numeral, rules: Grammar) -> bool:
    """As in "49 Zorro Ranch Road"."""
    words = re.match(r"(?:-\d+)?((?:\s[A-Z0-9][\w.]*){1,4})", text[numeral.end : numeral.end + WINDOW])
    streets = rules.words.get("streets", frozenset())
    before = re.search(r"(\w+)(?:\s[A-Z0-9][\w.]*){1,4},?\s$", text[max(0, numeral.start - WINDOW) : numeral.start])
    if before and before[1].lower() in streets:  # "via Nazionale 243"
        return True
    return bool(words and streets and any(w.strip(".").lower() in streets for w in words[1].split()))


def _leading_zero(text: str, numeral: Numeral) -> bool:
    return bool(re.match(r"0\d", text[numeral.start : numeral.end]))


def is_age(text: str, numeral: Numeral, after_name: bool) -> bool:
    """As in "Mario Rossi, 25 anni," is told by its unit; this is "Jamie Armstrong, 25, said"."""
    before, after = text[max(0, numeral.start - 3) : numeral.start], text[numeral.end : numeral.end + 3]
    return (
        after_name
        and bool(re.search(r"[,(]\s*$", before))
        and bool(_AGE_AFTER_NAME.match(after))
        and numeral.value < 120
    )
