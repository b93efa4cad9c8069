"""Finds number expressions in a text: digits, words, and both together ("3,5 milioni", "trentasettemila").

No syntax is needed here; what the number counts, and whether it counts at all, is decided elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from ultimora.documents.quantities.atoms import Sum, word_atoms
from ultimora.documents.quantities.grammar import CODES, SYMBOLS, AtomKind, Grammar, grammar
from ultimora.types import Comparison

PieceKind = Literal["digits", "word", "other"]
_WORD = re.compile(r"[^\W\d_]+['’ʼ]?")
_WHOLES = (3, 4, 5, 10, 100)
_SLASHES = ("/", "\u2044", "\u2215")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text. ``ones``: it is the article or numeral for one alone. ``part``: a share of a whole."""

    start: int
    end: int
    value: float
    digits: bool
    comparison: Comparison = "="
    currency: str | None = None
    ones: bool = False
    part: bool = False
    scaled: bool = False
    scale: float = 1.0


@dataclass(slots=True)  # not frozen: that would make it three times as dear, and there is one of every word
class _Piece:
    start: int
    end: int
    text: str
    atoms: tuple[tuple[AtomKind, float], ...]
    digits: float | None


def find_numerals(text: str, language: str) -> list[Numeral]:
    """Every number expression of a text, in order, none overlapping."""
    rules = grammar(language)
    pieces, found, at = _pieces(text, language), [], 0
    while at < len(pieces):
        numeral, after = _read(text, pieces, at, rules)
        if numeral is not None:
            found.append(numeral)
        at = max(after, at + 1)
    return found


def _pieces(text: str, language: str) -> list[_Piece]:
    rules, found = grammar(language), []
    lowered = text.lower() if len(text.lower()) == len(text) else text
    for match in _word_or_digits(rules.digits.pattern).finditer(lowered):
        word = match[0]
        value = _digits_value(match) if not word[0].isalpha() else None
        atoms = () if value is not None else word_atoms(_INVISIBLE.sub("", word), language)
        found.append(_Piece(match.start(), match.end(), word.replace("’", "'"), atoms, value))
    return found


@cache
def _word_or_digits(digits: str) -> re.Pattern[str]:
    return re.compile(rf"{_WORD.pattern}|{digits}")


def _digits_value(match: re.Match[str]) -> float | None:
    """What digits say, or a character that is a number by itself ("½")."""
    if not any(match.groupdict().values()):
        return unicodedata.numeric(match[0][0], None)
    if match["grouped"]:
        whole = re.sub(r"\D", "", match["grouped"])
        return float(f"{whole}.{match['rest'][1:]}" if match["rest"] else whole)
    return float((match["plain"] or match["bare"]).replace(",", "."))


# --- reading one number ----------------------------------------------------------------------------------------------


def _gap(text: str, left: _Piece, right: _Piece, allowed: str = " \u00a0\u202f-\u00ad") -> bool:
    between = text[left.end : right.start]
    return len(between) <= 2 and all(c in allowed or c.isspace() for c in between)


def _read(text: str, pieces: Sequence[_Piece], at: int, rules: Grammar) -> tuple[Numeral | None, int]:
    for reader in (_vague, _plurals, _share, _number):
        numeral, after = reader(text, pieces, at, rules)
        if numeral is not None:
            return numeral, after
    return None, at + 1


def _vague(text: str, pieces: Sequence[_Piece], at: int, rules: Grammar) -> tuple[Numeral | None, int]:
    """As in "several hundred", "qualche decina": at least the number that is named."""
    if pieces[at].text not in rules.words.get("vague", ()) or at + 1 >= len(pieces):
        return None, at
    following = pieces[at + 1]
    value = rules.table("collectives").get(following.text) or rules.table("plurals").get(following.text)
    if value is None and following.atoms and following.atoms[0][0] in ("hundred", "scale"):
        value = following.atoms[0][1]
    if value is None or not _gap(text, pieces[at], following):
        return None, at
    value, after = _multiply_plurals(text, pieces, at + 2, value, rules)
    return Numeral(pieces[at].start, pieces[after - 1].end, value, False, ">=", scaled=True), after


def _plurals(text: str, pieces: Sequence[_Piece], at: int, rules: Grammar) -> tuple[Numeral | None, int]:
    """As in "decine di migliaia", "dozens"."""
    value = rules.table("plurals").get(pieces[at].text)
    if value is None or pieces[at].digits is not None:
        return None, at
    value, after = _multiply_plurals(text, pieces, at + 1, value, rules)
    followed = rules.of.match(text.lower(), pieces[after - 1].end)
    if pieces[at].text in rules.words.get("need_of", ()) and not followed and after == at + 1:
        return None, at
    return Numeral(pieces[at].start, pieces[after - 1].end, value, False, ">=", scaled=True), after


def _multiply_plurals(text: str, pieces: Sequence[_Piece], at: int, value: float, rules: Grammar) -> tuple[float, int]:
    while at + 1 < len(pieces) and pieces[at].text in rules.words.get("of", ()):
        factor = rules.table("plurals").get(pieces[at + 1].text)
        if factor is None or factor < value:
            break
        value, at = value * factor, at + 2
    if at < len(pieces) and _gap(text, pieces[at - 1], pieces[at]):  # "several hundred thousand"
        kinds = pieces[at].atoms
        if len(kinds) == 1 and kinds[0][0] == "scale" and kinds[0][1] >= value:
            return value * kinds[0][1], at + 1
    return value, at


def _share(_text: str, pieces: Sequence[_Piece], at: int, rules: Grammar) -> tuple[Numeral | None, int]:
    """As in "metà degli elettori", "half of the seats"."""
    value = rules.table("shares").get(pieces[at].text)
    if value is None or at + 1 >= len(pieces) or pieces[at + 1].text not in rules.words.get("share_marks", ()):
        return None, at
    return Numeral(pieces[at].start, pieces[at].end, value, False, part=True), at + 1


def _number(text: str, pieces: Sequence[_Piece], at: int, rules: Grammar) -> tuple[Numeral | None, int]:
    first = pieces[at]
    half = rules.table("halves").get(first.text) if first.digits is None else None
    if half is not None:
        return _half_of(text, pieces, at, half, rules)
    total = Sum()
    after = _take(text, pieces, at, total, rules)
    if after == at and first.text in rules.words.get("articles", ()):
        total.current, after = 1.0, at + 1
        if after < len(pieces) and _gap(text, first, pieces[after]):
            after = _take(text, pieces, after, total, rules, counted=False)
    if after == at:
        return None, at
    return _finish(text, pieces, at, after, total, rules)


def _take(
    text: str, pieces: Sequence[_Piece], at: int, total: Sum, rules: Grammar, counted: bool = True, joins: bool = True
) -> int:
    """Add pieces to the sum as long as they belong to one number; the index after the last of them."""
    begin = at
    while at < len(pieces) and (at == begin or _joined(text, pieces, at)):
        piece = pieces[at]
        if piece.digits is not None:
            if at > begin or not counted:
                break
            total.current = piece.digits
            at += 1
            at = _glued_scale(text, pieces, at, total, rules)
            continue
        if piece.atoms and _fits(piece, total, counted and at == begin):
            saved = (total.total, total.current, total.scale, total.hundred, total.simple)
            if all(total.add(kind, value) for kind, value in piece.atoms):
                at += 1
                continue
            total.total, total.current, total.scale, total.hundred, total.simple = saved
            break
        if joins and piece.text in rules.connectives and at > begin and at + 1 < len(pieces):
            moved = _connect(text, pieces, at, total, rules)
            if moved > at:
                at = moved
                continue
        break
    return at


def _joined(text: str, pieces: Sequence[_Piece], at: int) -> bool:
    return _gap(text, pieces[at - 1], pieces[at])


def _fits(piece: _Piece, total: Sum, first: bool) -> bool:
    # After an article only "hundred", a scale and the like make a number ("a million", not "a two").
    return first or piece.atoms[0][0] in ("hundred", "scale") or total.simple > 0 or total.hundred or total.total > 0


def _glued_scale(text: str, pieces: Sequence[_Piece], at: int, total: Sum, rules: Grammar) -> int:
    """As in "7mila", "$4.5bn"."""
    if at >= len(pieces) or pieces[at].start != pieces[at - 1].end:
        return at
    written = text[pieces[at].start : pieces[at].end]
    glued = rules.table("scales_glued_to_digits")
    scale = glued.get(written) or (glued.get(written.lower()) if len(written) > 1 else None)
    if scale is None and _currency_before(text, pieces[at - 1].start, rules):
        scale = rules.table("scales_after_currency").get(written.lower())
    if scale is None or not total.add("scale", scale):
        return at
    return at + 1


def _connect(text: str, pieces: Sequence[_Piece], at: int, total: Sum, rules: Grammar) -> int:
    """As in "un milione e mezzo", "due milioni e 300mila", "two hundred and five", "two and a half million"."""
    following = pieces[at + 1]
    if not _joined(text, pieces, at + 1):
        return at
    half_at = at + 2 if following.text in rules.words.get("articles", ()) and at + 2 < len(pieces) else at + 1
    half = rules.table("halves").get(pieces[half_at].text)
    if half is not None:
        if total.current is None:
            total.total += half * total.scale
            return half_at + 1
        total.current += half
        return half_at + 1
    if total.hundred and rules.connective_after_hundreds:
        return at + 1 if following.atoms and following.atoms[0][0] == "simple" else at
    if (
        total.current is not None
        or total.scale == float("inf")
        or rules.between.search(text[: pieces[0].start].lower())
    ):
        return at
    rest = Sum()
    after = _take(text, pieces, at + 1, rest, rules, joins=False)
    if after == at + 1 or not 0 < rest.value < total.scale or _in_between(text, pieces, at, rules):
        return at
    total.total, total.scale = total.total + rest.value, 1.0
    return after


def _in_between(text: str, pieces: Sequence[_Piece], at: int, rules: Grammar) -> bool:
    """Whether the number before a connective is the lower end of a range ("tra mille e 1.500")."""
    begin = at - 1
    while (
        begin > 0 and (pieces[begin - 1].atoms or pieces[begin - 1].digits is not None) and _joined(text, pieces, begin)
    ):
        begin -= 1
    if begin > 0 and pieces[begin - 1].text in rules.words.get("articles", ()):
        begin -= 1
    window = text[max(0, pieces[begin].start - 30) : pieces[begin].start].lower()
    return bool(rules.between.search(window))


def _half_of(text: str, pieces: Sequence[_Piece], at: int, half: float, rules: Grammar) -> tuple[Numeral | None, int]:
    """As in "mezzo milione", "half a million", "mezza dozzina"."""
    after = at + 1
    if after < len(pieces) and pieces[after].text in rules.words.get("articles", ()):
        after += 1
    if after >= len(pieces) or not _joined(text, pieces, after):
        return None, at
    if pieces[after].text in rules.unit or pieces[after].text in rules.words.get("halved", ()):  # "mezzo punto"
        return Numeral(pieces[at].start, pieces[after - 1].end, half, False, scaled=True), after
    atoms = pieces[after].atoms
    factor = atoms[0][1] if len(atoms) == 1 and atoms[0][0] in ("hundred", "scale") else None
    collective = rules.table("collectives").get(pieces[after].text)
    if factor is None and collective is None:
        return None, at
    value = half * (factor or collective or 1.0)
    comparison: Comparison = "~" if collective else "="
    return Numeral(pieces[at].start, pieces[after].end, value, False, comparison, scaled=True), after + 1


def _finish(
    text: str, pieces: Sequence[_Piece], at: int, after: int, total: Sum, rules: Grammar
) -> tuple[Numeral | None, int]:
    """What may follow a number: a collective, a pair, a fraction, "out of" another number."""
    first = pieces[at]
    article = first.text in rules.words.get("articles", ())
    found = Numeral(
        first.start, pieces[after - 1].end, total.value, first.digits is not None,
        currency=_currency_before(text, first.start, rules) if first.digits is not None else None,
        ones=(article and after == at + 1) or (first.text in rules.words.get("one", ()) and after == at + 1),
        scaled=total.scale != float("inf"),
        scale=total.scale if total.scale != float("inf") else 1.0,
    )  # fmt: skip
    slashed = _slashed(text, pieces, at, after, rules)
    if slashed is not None:
        return slashed, after + 1
    if after < len(pieces) and _joined(text, pieces, after):
        following = pieces[after].text
        for name in ("collectives", "pairs"):
            factor = rules.table(name).get(following)
            if factor is not None:
                near: Comparison = "~" if found.ones and name == "collectives" else "="
                return _grown(found, pieces[after].end, found.value * factor, near), after + 1
        part = _fraction(text, pieces, after, found, rules)
        if part is not None:
            return part, after + 1
        if following in rules.words.get("out_of", ()) or following == "out":
            return _out_of(pieces, after, found)
        if after + 2 < len(pieces) and pieces[after + 1].text in rules.words.get("out_of_after_noun", ()):
            shared, end = _out_of(pieces, after + 1, found)
            whole = found.value / shared.value if shared is not None else 0
            if shared is not None and end > after + 1 and any(abs(whole - n) < 0.01 for n in _WHOLES):
                return shared, end
    return found, after


def _slashed(text: str, pieces: Sequence[_Piece], at: int, after: int, rules: Grammar) -> Numeral | None:
    """As in "1/16 of a pint", "i 2/3 degli iscritti": a fraction in digits before the words in share_marks."""
    if after != at + 1 or after >= len(pieces) or text[pieces[at].end : pieces[after].start] not in _SLASHES:
        return None
    above, below = pieces[at].digits, pieces[after].digits
    marked = after + 1 < len(pieces) and pieces[after + 1].text in rules.words.get("share_marks", ())
    if not marked or above is None or below is None or not 0 < above < below or above % 1 or below % 1:
        return None
    return Numeral(pieces[at].start, pieces[after].end, above / below, True, part=True)


def _grown(found: Numeral, end: int, value: float, comparison: Comparison) -> Numeral:
    return replace(found, end=end, value=value, comparison=comparison, ones=False, scaled=True)


def _fraction(text: str, pieces: Sequence[_Piece], at: int, found: Numeral, rules: Grammar) -> Numeral | None:
    below = rules.table("fractions").get(pieces[at].text)
    if below is None or found.digits or found.value >= below:
        return None
    marked = at + 1 < len(pieces) and pieces[at + 1].text in rules.words.get("share_marks", ())
    if found.value == 1 and not marked and not _ends_by(text, pieces, at, found, rules):
        return None
    return replace(found, end=pieces[at].end, value=found.value / below, ones=False, part=True)


def _ends_by(text: str, pieces: Sequence[_Piece], at: int, found: Numeral, rules: Grammar) -> bool:
    """As in "ridotta di un terzo.", "fell by a fifth,": nothing follows that could be the third or the fifth."""
    closed = at + 1 >= len(pieces) or any(c in ".,;:)!?" for c in text[pieces[at].end : pieces[at + 1].start])
    return closed and bool(rules.by.search(text[max(0, found.start - 20) : found.start].lower()))


def _out_of(pieces: Sequence[_Piece], at: int, found: Numeral) -> tuple[Numeral | None, int]:
    """As in "uno su tre", "one in five", "three out of four"."""
    jump = at + 2 if pieces[at].text == "out" else at + 1
    if jump >= len(pieces):
        return found, at
    whole = pieces[jump].digits
    if whole is None and len(pieces[jump].atoms) == 1 and pieces[jump].atoms[0][0] in ("simple", "hundred"):
        whole = pieces[jump].atoms[0][1]
    loose = pieces[at].text == "in" and found.value != 1
    if whole is None or loose or not 0 < found.value < whole <= 100 or found.value != int(found.value):
        return found, at
    return replace(found, end=pieces[jump].end, value=found.value / whole, ones=False, part=True), jump + 1


def _currency_before(text: str, start: int, rules: Grammar) -> str | None:
    sign = rules.prefix_currency.search(text[max(0, start - 8) : start].replace("’", "'"))
    if sign is None:
        return None
    if sign[1] is None:
        return rules.letters[sign[2]] if rules.large.match(text, start) else None  # "P2.3-billion", but a "P2" mask
    written = re.sub(r"\s", "", sign[1])
    return SYMBOLS.get(written) or (written if written in CODES else None)
