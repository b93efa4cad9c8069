"""The number words, units and comparisons of a language, compiled once from ``rules/quantities.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from ultimora import languages
from ultimora.types import Comparison

SYMBOLS = {
    "US$": "USD", "U.S.$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "NZ$": "NZD",
    "S$": "SGD", "NT$": "TWD", "R$": "BRL", "$A": "AUD", "$US": "USD", "$C": "CAD", "$": "USD", "€": "EUR", "£": "GBP",
    "¥": "JPY", "₽": "RUB", "₪": "ILS", "₹": "INR", "₺": "TRY", "₴": "UAH", "₩": "KRW", "฿": "THB", "Y=": "JPY",
    "RM": "MYR", "PS": "GBP", "Rs": "INR", "Fr.": "CHF",
}  # fmt: skip
"""Currency signs; the last rows are what wire services write for a sign that their systems lack."""

CODES: tuple[str, ...] = (
    "USD", "EUR", "GBP", "JPY", "CHF", "CNY", "RUB", "UAH", "TRY", "ILS", "INR", "PLN", "SEK", "NOK",
    "DKK", "CZK", "HUF", "RON", "BGN", "CAD", "AUD", "NZD", "HKD", "SGD", "BRL", "MXN", "ARS", "KRW",
    "ZAR", "EGP", "SAR", "AED", "QAR", "KWD", "IRR", "IQD", "PKR", "THB", "MYR", "IDR", "VND", "NGN",
    "KES", "ALL", "RSD", "GEL", "AMD", "AZN", "KZT",
)  # fmt: skip

AtomKind = Literal["simple", "elided", "hundred", "scale"]


@dataclass(frozen=True)
class Grammar:
    """What a language says of numbers. Words are lower case; patterns match lower-cased text."""

    digits: re.Pattern[str]
    decimal: str
    atoms: Mapping[str, tuple[AtomKind, float]]
    compounding: bool
    connectives: frozenset[str]
    connective_after_hundreds: bool
    tables: Mapping[str, Mapping[str, float]]
    words: Mapping[str, frozenset[str]]
    prefix_currency: re.Pattern[str]
    letters: Mapping[str, str]
    large: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    comparison: Mapping[str, Comparison]
    units: re.Pattern[str]
    unit: Mapping[str, str]
    and_half: re.Pattern[str]
    of: re.Pattern[str]
    by: re.Pattern[str]
    between: re.Pattern[str]
    from_: re.Pattern[str]
    between_joins: re.Pattern[str]
    from_joins: re.Pattern[str]
    joins: re.Pattern[str]
    designators: re.Pattern[str]
    months: re.Pattern[str]
    year_before: re.Pattern[str]
    clock_before: re.Pattern[str]
    clock_after: re.Pattern[str]
    phrases: re.Pattern[str]
    negative: re.Pattern[str]

    def table(self, name: str) -> Mapping[str, float]:
        """The numerals of one kind; none where the language has none."""
        return self.tables.get(name, {})


def alternatives(phrases: Iterable[str]) -> str:
    """A pattern of phrases, the longest first; a space stands for any white space, an apostrophe for any form of it."""
    ordered = sorted(set(phrases), key=lambda p: (-len(p), p))
    return "|".join(re.escape(p).replace(r"\ ", r"\s+").replace("'", "['’ʼ]") for p in ordered) or r"(?!)"


def _ending(phrases: Iterable[str], gap: str = r"\s*") -> re.Pattern[str]:
    """Matches a phrase that ends where a number begins."""
    return re.compile(rf"(?<![\w])(?P<phrase>{alternatives(phrases)}){gap}$")


def _starting(phrases: Iterable[str], gap: str = r"\s*") -> re.Pattern[str]:
    """Matches a phrase that begins where a number ends."""
    return re.compile(rf"{gap}(?P<phrase>{alternatives(phrases)})(?!\w)")


@cache
def grammar(language: str) -> Grammar:
    """The grammar of a language; one without numbers of its own reads digits alone."""
    found = languages.load(language)
    table = found.table("rules/quantities")
    numerals, words, ranges = table.get("numerals", {}), table.get("words", {}), table.get("ranges", {})
    comparisons, units, not_counted = table.get("comparisons", {}), _units(table), table.get("not_counted", {})
    decimal = found.settings.get("decimal_mark", ".")
    tokens = found.table("lexicon/tokens")
    letters = tokens.get("currency_letters", {})
    return Grammar(
        digits=_digits(decimal, found.settings.get("thousands_mark", ",")),
        decimal=decimal,
        atoms=_atoms(numerals),
        compounding=numerals.get("compounding", False),
        connectives=frozenset(numerals.get("connectives", ())),
        connective_after_hundreds=numerals.get("connective_after_hundreds", False),
        tables={k: v for k, v in numerals.items() if isinstance(v, dict)},
        words={k: frozenset(v) for k, v in words.items()},
        prefix_currency=re.compile(
            rf"(?<![\w$])({alternatives([*SYMBOLS, *CODES])}|US\s\$|HK\s\$)\s?[-−]?$"
            + (rf"|(?<![\w$])({alternatives(letters)})$" if letters else "")
        ),
        letters=letters,
        large=re.compile(rf"\d[\d.,]*[\s-]?(?:{alternatives(tokens.get('currency_scales', ()))})\b"),
        before=_ending(
            (p for group in comparisons.get("before", {}).values() for p in group),
            rf"\s*(?:(?:{alternatives(words.get('definite', ()))})\s*)?",
        ),
        after=_starting(p for group in comparisons.get("after", {}).values() for p in group),
        comparison={p: c for side in comparisons.values() for c, group in side.items() for p in group},
        units=re.compile(
            rf"[\s-]?(?:(?:{alternatives(words.get('of', ()))})\s*)?(?P<unit>{alternatives(units)})(?!\w)"
        ),
        unit=units,
        and_half=_and_half(numerals, words),
        of=_starting(words.get("of", ()), r"\s+"),
        by=_ending([*words.get("by", ()), *(p for group in comparisons.get("before", {}).values() for p in group)]),
        between=_ending(ranges.get("between", ()), r"\s*[^\w\s]{0,3}\s?"),
        from_=_ending(ranges.get("from", ()), r"\s*[^\w\s]{0,3}\s?"),
        between_joins=_starting(ranges.get("between_joins", ()), r"[\s,]*"),
        from_joins=_starting(ranges.get("from_joins", ()), r"[\s,]*"),
        joins=re.compile(rf"\s*(?:{alternatives(ranges.get('joins', ()))})\s*$"),
        designators=_ending(not_counted.get("designators", ()), r"\s*[:°º]?\s*"),
        months=re.compile(rf"(?:{alternatives(not_counted.get('months', ()))})"),
        year_before=_ending(not_counted.get("year_before", ())),
        clock_before=_ending(not_counted.get("clock_before", ())),
        clock_after=_starting(not_counted.get("clock_after", ())),
        phrases=re.compile(rf"(?<!\w)(?:{alternatives(not_counted.get('phrases', ()))})(?!\w)"),
        negative=_ending(words.get("negative", ()), r"[\s-]?"),
    )


def _digits(decimal: str, thousands: str) -> re.Pattern[str]:
    mark, group = re.escape(decimal), "[" + re.escape(thousands) + "'’\u00a0\u202f\u2009]"
    return re.compile(
        rf"(?P<grouped>\d{{1,3}}(?:{group}\d{{3}})+(?!\d)|\d{{1,3}}(?:\s000)+(?!\d))(?P<rest>{mark}\d+)?"
        rf"|(?P<plain>\d+(?:[.,]\d+)?)|(?<![\w.,])(?P<bare>{mark}\d+)"
    )


def _and_half(numerals: Mapping[str, Any], words: Mapping[str, Any]) -> re.Pattern[str]:
    """As in "due metri e mezzo", "two miles and a half"."""
    joins, articles = alternatives(numerals.get("connectives", ())), alternatives(words.get("articles", ()))
    return re.compile(rf"\s+(?:{joins})\s+(?:(?:{articles})\s+)?(?:{alternatives(numerals.get('halves', ()))})(?!\w)")


def _atoms(numerals: Mapping[str, Any]) -> dict[str, tuple[AtomKind, float]]:
    kinds: tuple[tuple[str, AtomKind], ...] = (
        ("simple", "simple"), ("elided", "elided"), ("hundreds", "hundred"), ("scales", "scale"),
    )  # fmt: skip
    return {word: (kind, float(value)) for name, kind in kinds for word, value in numerals.get(name, {}).items()}


def _units(table: Mapping[str, Any]) -> dict[str, str]:
    found = {code.lower(): code for code in CODES}
    found |= {
        symbol.lower(): code for symbol, code in SYMBOLS.items() if not symbol[-1].isalpha() and "=" not in symbol
    }
    for section in ("units", "currencies"):
        for name, forms in table.get(section, {}).items():
            found |= dict.fromkeys(forms, name)
    return found
