"""Cuts text into surface tokens with exact offsets, as the treebanks of the language do.

What differs between languages is data: ``languages/xx/lexicon/tokens.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from ultimora import languages
from ultimora.documents.ellipsis import is_pair

APOSTROPHES = "'’ʼ"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Soft hyphen, zero-width characters and direction marks: kept in the text, unseen by the analysis."""
_UNSEEN = dict.fromkeys(map(ord, INVISIBLE))

_WHOLE = re.compile(
    r"(?:https?://|www\.)[^\s«»“”\"<>]*[^\s«»“”\"<>.,;:!?)\]']"
    r"|[\w.+-]+@[\w-]+\.[\w.-]*\w"
    r"|[@#]\w+"
)
_IN_WHOLE = re.compile(r"://|www\.|[@#]")
_PIECES = re.compile(
    r"(?P<acronym>(?:[^\W\d_]\.){2,})"
    rf"|(?P<number>\d+(?:[.,:/-](?=\d)\d+)*(?:[^\W\d_{APOSTROPHES}]+)?)"
    rf"|(?P<word>[^\W_](?:[\w{INVISIBLE}]|[{APOSTROPHES}-](?=\w))*[{APOSTROPHES}]?\.?)"
    r"|(?P<dots>\.{2,}|…)|(?P<dash>-{2,})|(?P<quote>``|'')|(?P<other>\S)",
)


_BEFORE = 60
_SHORT = 3
_OPENED = re.compile(rf"(?:^|(?<=[\s(\[«“\"]))[{APOSTROPHES}‘](?=[^\W\d])")
_CLOSED = re.compile(rf"\w[{APOSTROPHES}](?!\w)")


@dataclass(frozen=True)
class _Habits:
    abbreviations: frozenset[str]
    before_numbers: frozenset[str]
    before_platforms: frozenset[str]
    elision: bool
    elided_names: frozenset[str]
    apostrophe_final: frozenset[str]
    truncated: frozenset[str]
    accents: dict[str, str]
    clitics: tuple[str, ...]
    whole: dict[str, list[str]]
    hyphenated: bool
    hyphen_prefixes: frozenset[str]
    currency: re.Pattern[str] | None


@cache
def _habits(language: str) -> _Habits:
    table = languages.load(language).table("lexicon/tokens")
    return _Habits(
        frozenset(table.get("abbreviations", ())),
        frozenset(table.get("before_numbers", ())),
        frozenset(table.get("before_platforms", ())),
        table.get("elision", False),
        frozenset(table.get("elided_names", ())),
        frozenset(table.get("apostrophe_final", ())),
        frozenset(table.get("truncated", ())),
        table.get("accents", {}),
        tuple(table.get("clitics", ())),
        table.get("whole", {}),
        table.get("hyphenated", True),
        frozenset(table.get("hyphen_prefixes", ())),
        _currency(table.get("currency_letters", {}), table.get("currency_scales", ())),
    )


def _currency(letters: Iterable[str], scales: Iterable[str]) -> re.Pattern[str] | None:
    """Letters that stand for a currency before a sum so large that it is no model or clause ("P2.3-billion")."""
    found = "|".join(sorted(map(re.escape, letters), key=len, reverse=True))
    large = "|".join(map(re.escape, scales))
    return re.compile(rf"(?<!\w)(?:{found})(?=\d[\d.,]*[\s-]?(?:{large})\b)") if found else None


def visible(word: str) -> str:
    """The word without soft hyphens, zero-width characters and direction marks."""
    return word if word.isascii() else word.translate(_UNSEEN)


def accented(word: str, language: str) -> str:
    """The word with the accent that an apostrophe stands for: "terra'" is "terrà", but "po'" is "po'"."""
    habits = _habits(language)
    bare = word[:-1]
    if not habits.accents or word[-1:] not in APOSTROPHES or word.lower().replace("’", "'") in habits.truncated:
        return word
    ending = next((e for e in habits.accents if bare.lower().endswith(e)), None)
    if ending is None:
        return word
    accent = habits.accents[ending]
    return bare[: len(bare) - len(ending)] + (accent.upper() if bare[-1].isupper() else accent)


def tokenize(text: str, language: str) -> list[tuple[int, int]]:
    """Offsets of the tokens of a text, in order; whitespace and invisible characters alone are no tokens."""
    habits, spans = _habits(language), []
    wholes = _IN_WHOLE.search(text) is not None
    for chunk in re.finditer(r"\S+", text):
        at = chunk.start()
        while at < chunk.end():
            whole = _WHOLE.match(text, at, chunk.end()) if wholes else None
            if whole:
                spans.append(whole.span())
                at = whole.end()
                continue
            currency = habits.currency.match(text, at) if habits.currency and text[at].isalpha() else None
            if currency:
                spans.append(currency.span())
                at = currency.end()
                continue
            piece = _PIECES.match(text, at, chunk.end())
            if piece is None:  # cannot be: the last alternative takes any visible character
                break
            if piece[0].isalpha():
                spans.extend((at + a, at + b) for a, b in _parts(piece[0], language))
                at = piece.end()
                continue
            spans.extend(_pair(text, *piece.span(), language) or _split(text, piece, habits))
            at = max(spans[-1][1], at + 1)
    return spans if text.isascii() else [(a, b) for a, b in spans if visible(text[a:b])]


@lru_cache(maxsize=20_000)
def _parts(word: str, language: str) -> tuple[tuple[int, int], ...]:
    """The tokens of a word that is letters alone, wherever it stands."""
    return tuple(_split_word(word, 0, len(word), _habits(language)))


def _pair(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """As in "telefonata Rossi-Bianchi": two who do something together are two words, whatever joins them."""
    dash = text.find("-", start, end)
    line = text[max(start - _BEFORE, 0) : start].rpartition("\n")[2]
    if dash < 0 or not is_pair(text[start:end], line, language):
        return []
    return [(start, dash), (dash, dash + 1), (dash + 1, end - 1 if text[end - 1] == "." else end)]


def _split(text: str, piece: re.Match[str], habits: _Habits) -> list[tuple[int, int]]:
    start, end = piece.span()
    if piece.lastgroup == "number":
        return _split_number(text, start, end)
    if piece.lastgroup != "word":
        return [(start, end)]
    word = text[start:end]
    if word.endswith(".") and not _keeps_stop(text, start, end, habits):
        end -= 1
    return _split_word(text, start, end, habits)


def _keeps_stop(text: str, start: int, end: int, habits: _Habits) -> bool:
    word = text[start:end]
    if word.lower() in habits.before_numbers:
        return text[end : end + 2].strip()[:1].isdigit()
    before = text[max(start - _BEFORE, 0) : start].split()[-1:]
    if word == "X." and before and before[0].lower() in habits.before_platforms:
        return False  # "in a post on X."
    # A single capital is an initial ("J. Roe").
    return _abbreviated(word, habits) or (len(word) == 2 and word[0].isupper())


def _abbreviated(word: str, habits: _Habits) -> bool:
    """Those listed with a capital are words of another meaning without it ("Ill.", "ill.")."""
    return word in habits.abbreviations or word.lower() in habits.abbreviations


def _split_number(text: str, start: int, end: int) -> list[tuple[int, int]]:
    # "2-1" and "10-15" are three tokens; "2025-10-16" and telephone numbers one.
    range_ = re.fullmatch(r"(\d+(?:[.,]\d+)*)-(\d+(?:[.,]\d+)*)([^\W\d_]*)", text[start:end])
    if not range_:
        return [(start, end)]
    dash = start + len(range_[1])
    return [(start, dash), (dash, dash + 1), (dash + 1, end)]


def _split_word(text: str, start: int, end: int, habits: _Habits) -> list[tuple[int, int]]:
    word = text[start:end].lower().replace("’", "'").replace("ʼ", "'")
    if word in habits.whole:
        cut = start + len(habits.whole[word][0])
        return [(start, cut), (cut, end)]
    if word.endswith("."):
        return [(start, end)]
    if word.endswith("'") and "'" not in word[:-1]:
        return _final_apostrophe(text, start, end, word, habits)
    if habits.elision and "'" in word:
        return _elided(text, start, end, word, habits)
    for clitic in habits.clitics:
        if text[start:end].lower().endswith(clitic) and end - start > len(clitic):
            return [*_hyphens(text, start, end - len(clitic), habits), (end - len(clitic), end)]
    return _hyphens(text, start, end, habits)


def _final_apostrophe(text: str, start: int, end: int, word: str, habits: _Habits) -> list[tuple[int, int]]:
    # An elided word before a quotation mark ("all'«accordo»") and an accent written as an apostrophe keep theirs.
    elided = habits.elision and end < len(text) and text[end] in "«“\"‘'"
    accent = word[-2:-1] in habits.accents and len(word) > _SHORT and not _in_quotes(text, start)
    if elided or accent or word in habits.apostrophe_final:
        return [(start, end)]
    return [*_hyphens(text, start, end - 1, habits), (end - 1, end)]


def _in_quotes(text: str, start: int) -> bool:
    """Whether a single quotation mark has been opened before, on the line, and not been closed."""
    line = text[max(start - _BEFORE, 0) : start + 1].rpartition("\n")[2]
    opened = [m.end() for m in _OPENED.finditer(line)]
    return bool(opened) and _CLOSED.search(line, opened[-1]) is None


def _elided(text: str, start: int, end: int, word: str, habits: _Habits) -> list[tuple[int, int]]:
    cut = start + word.index("'") + 1
    if cut == end:
        return [(start, end)]
    first = text[start:cut].lower().replace("’", "'")
    # D'Alema, O'Brien: a capital on both sides, and not the first word of a sentence (where "D'Annata" may be "di").
    if first in habits.elided_names and text[start].isupper() and text[cut : cut + 1].isupper():
        return [(start, end)]
    if text[start:cut][:-1].isdigit():
        return [(start, end)]
    return [(start, cut), *_split_word(text, cut, end, habits)]


def _hyphens(text: str, start: int, end: int, habits: _Habits) -> list[tuple[int, int]]:
    word = text[start:end]
    if habits.hyphenated or "-" not in word[1:-1] or word.split("-")[0].lower() in habits.hyphen_prefixes:
        return [(start, end)]
    spans, at = [], start
    for part in re.finditer(r"[^-]+|-", word):
        spans.append((at, at + len(part[0])))
        at += len(part[0])
    return spans
