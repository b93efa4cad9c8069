"""From numbers to quantities: guards, ranges, comparison, unit, and what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ultimora.documents.quantities.counted import Counted, counted
from ultimora.documents.quantities.grammar import Grammar, grammar
from ultimora.documents.quantities.guards import WINDOW, in_phrase, is_age, is_no_quantity
from ultimora.documents.quantities.numerals import Numeral, find_numerals
from ultimora.types import Comparison, Document, Quantity, Sentence, Token

_MINUS = re.compile(r"(?:(?<=\s)|(?<=\()|(?<=\$)|^)[-−–]$")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit in a sentence's text; ``end`` is after the unit."""

    numeral: Numeral
    unit: str | None
    end: int


def find_quantities(document: Document) -> list[Quantity]:
    """The quantities of a document, in order. ``document.times`` must be filled before."""
    found: list[Quantity] = []
    taken = [(t.start, t.end) for t in document.times if t.type != "DURATION"]
    for sentence in _unbroken(document):
        text = document.text[sentence.start : sentence.end]
        if not any(c.isalnum() for c in text):
            continue
        near = [(a - sentence.start, b - sentence.start) for a, b in taken if a < sentence.end and sentence.start < b]
        here = [*_in_sentence(document, sentence, text, near), *_singles(document, sentence)]
        for start, end, quantity in sorted(here, key=lambda each: each[:2]):
            number = len(found) + 1
            found.append(_placed(quantity, number, sentence, start, end, document.text))
    return found


def _unbroken(document: Document) -> Iterator[Sentence]:
    """Sentences; those with no white space between them ("a rise of .5", cut at the stop) as one."""
    run: Sentence | None = None
    for sentence in document.sentences:
        if run is not None and run.end == sentence.start:
            run = replace(run, end=sentence.end, last=sentence.last)
            continue
        if run is not None:
            yield run
        run = sentence
    if run is not None:
        yield run


@dataclass(frozen=True, slots=True)
class _Found:
    value: float | tuple[float, float]
    comparison: Comparison
    unit: str | None
    of: str | None


def _placed(found: _Found, number: int, sentence: Sentence, start: int, end: int, text: str) -> Quantity:
    start, end = start + sentence.start, end + sentence.start
    return Quantity(
        f"q{number}", start, end, sentence.id, text[start:end], found.value, found.comparison, found.unit, found.of
    )


def _in_sentence(
    document: Document, sentence: Sentence, text: str, times: list[tuple[int, int]]
) -> Iterator[tuple[int, int, _Found]]:
    rules = grammar(document.language)
    measures: list[Measure] = []
    for numeral in find_numerals(text, document.language):
        if not measures or numeral.start >= measures[-1].end:  # "15 per cento" holds a numeral in its unit
            measures.append(_measure(text, numeral, rules))
    shared = _shared_units(measures, text, rules)
    kept = [m for m in shared if _counts(document, sentence, text, m, rules, times)]
    at = 0
    while at < len(kept):
        upper = kept[at + 1] if at + 1 < len(kept) and _is_range(text, kept[at], kept[at + 1], rules) else None
        yield _quantity(document, sentence, text, kept[at], upper, rules)
        at += 2 if upper else 1


def _singles(document: Document, sentence: Sentence) -> Iterator[tuple[int, int, _Found]]:
    """As in "un morto e tre feriti": an article that counts, before those who are always counted."""
    rules = grammar(document.language)
    one, counted_so = rules.words.get("articles", ()), rules.words.get("one_of", ())
    tokens = document.tokens[sentence.first : sentence.last]
    for article, noun in pairwise(tokens):
        if article.lower in one and noun.lower in counted_so and noun.upos in {"NOUN", "ADJ"}:
            start, end = article.start - sentence.start, noun.end - sentence.start
            yield start, end, _Found(1.0, "=", None, noun.lemma.lower())


def _measure(text: str, numeral: Numeral, rules: Grammar) -> Measure:
    if numeral.currency:
        return Measure(numeral, numeral.currency, numeral.end)
    found = rules.units.match(text.lower(), numeral.end)
    if not found:
        return Measure(numeral, None, numeral.end)
    unit = rules.unit.get(re.sub(r"\s+", " ", found["unit"].replace("’", "'")))
    written, gap = text[found.start("unit") : found.end("unit")], text[numeral.end : found.start("unit")]
    if unit in rules.words.get("digit_units", ()) and not numeral.digits:  # "tre nodi da sciogliere"
        return Measure(numeral, None, numeral.end)
    short = len(written) == 1 and written.isalpha()
    if unit is None or (short and not (numeral.digits and (written == unit or written.islower()) and len(gap) <= 1)):
        return Measure(numeral, None, numeral.end)
    if gap.strip(" \u00a0\u202f-") and not numeral.scaled:  # "milioni di euro", never "40 di km"
        return Measure(numeral, None, numeral.end)
    more = rules.and_half.match(text.lower(), found.end())  # "due metri e mezzo"
    if more:
        return Measure(replace(numeral, value=numeral.value + 0.5), unit, more.end())
    return Measure(numeral, unit, found.end())


def _counts(
    document: Document, sentence: Sentence, text: str, measure: Measure, rules: Grammar, times: list[tuple[int, int]]
) -> bool:
    numeral = measure.numeral
    durations = ("year", "month", "week", "day", "hour", "minute", "second")
    in_time = any(a < numeral.end and numeral.start < b for a, b in times)
    if in_time and (measure.unit is None or measure.unit in durations):
        return False
    if is_no_quantity(text, numeral, rules, measure.unit is not None) or in_phrase(text, numeral, rules):
        return False
    return not _named(document, sentence, text, measure, rules)


def _named(document: Document, sentence: Sentence, text: str, measure: Measure, rules: Grammar) -> bool:
    """Numbers that belong to a name ("Boeing 737"), an age beside one, a lone article, a word that is no number."""
    numeral = measure.numeral
    if measure.unit in rules.words.get("durations", ()) and not numeral.digits and text[numeral.end] == "-":
        return True  # "a five-year plan"
    tokens = document.tokens_between(sentence.start + numeral.start, sentence.start + numeral.end)
    if not tokens:
        return True
    first, parsed = tokens[0], tokens[0].upos != "X"
    if numeral.ones and not _one_counts(text, measure, rules):
        return True
    if numeral.ones and parsed and first.upos == "PRON":  # "the same one"
        return True
    lone = not numeral.digits and parsed and len(tokens) == 1 and not numeral.scaled and not numeral.part
    if lone and (first.upos not in ("NUM", "DET", "ADJ", "NOUN", "PROPN", "PRON") or numeral.value < 1):
        return True
    previous = document.tokens[first.i - 1] if first.i > sentence.first else None
    if lone and previous is not None and previous.upos == "PROPN" and first.text.istitle() and previous.text.istitle():
        return True  # "Canale Sette", "Radio One"
    if previous is None or measure.unit or not numeral.digits:
        return False
    name = _is_name(document, previous.i, sentence, parsed)
    if name and text[: numeral.start].endswith((" ", "\u00a0")) and not numeral.scaled:
        return _belongs_left(document, tokens[-1].i, sentence, parsed)
    before = document.tokens[previous.i - 1] if previous.i > sentence.first else None
    after_name = before is not None and _is_name(document, before.i, sentence, parsed)
    return is_age(text, numeral, after_name)


def _one_counts(text: str, measure: Measure, rules: Grammar) -> bool:
    numeral = measure.numeral
    written = text[numeral.start : numeral.end].lower()
    after = text[numeral.end : numeral.end + 20].lower()
    mark = re.match(r"[\s-]*(\w+)", after)
    if mark and mark[1] in rules.words.get("one_marks", ()):
        return True
    near = rules.before.search(text[max(0, numeral.start - WINDOW) : numeral.start].lower())
    if near:  # "più di un'ora", "almeno un morto"; "about a plan" is no number
        return mark is not None and (measure.unit is not None or rules.comparison[_phrase(near["phrase"])] != "~")
    return written in rules.words.get("one", ()) and bool(re.match(r"\s+[^\W\d_]", after))


def _is_name(document: Document, i: int, sentence: Sentence, parsed: bool) -> bool:
    token = document.tokens[i]
    if parsed:
        return token.upos == "PROPN" or token.ner != "O"
    return token.text[:1].isupper() and i > sentence.first


def _belongs_left(document: Document, i: int, sentence: Sentence, parsed: bool) -> bool:
    """Whether the number after a name is a part of it: nothing follows that it could count."""
    token = document.tokens[i]
    following = document.tokens[i + 1] if i + 1 < sentence.last else None
    if parsed and following is not None and following.upos == "PROPN" and _ends_name(document, following, sentence):
        return True  # "iPhone 11 Pro"
    if following is not None and _counted_after_place(document, document.tokens[token.head], following):
        return False
    if parsed and token.head != i:
        return token.head < i and document.tokens[token.head].upos in ("PROPN", "NOUN")
    return following is None or not following.text[:1].islower()


def _counted_after_place(document: Document, name: Token, following: Token) -> bool:
    """As in "In Hebron 40 Palestinians were held": a plural after a place that has a preposition of its own."""
    plural = following.upos in ("NOUN", "PROPN") and following.feats.get("Number") == "Plur"
    return plural and name.i < following.i and bool(document.children(name, "case"))


def _ends_name(document: Document, token: Token, sentence: Sentence) -> bool:
    """Whether a name's word is its last, and no plural that could be counted ("40 Palestinians")."""
    after = document.tokens[token.i + 1] if token.i + 1 < sentence.last else None
    plural = token.feats.get("Number") == "Plur" or token.lemma.lower() != token.lower
    return not plural and (after is None or after.upos not in ("NOUN", "PROPN"))


def _shared_units(kept: list[Measure], text: str, rules: Grammar) -> list[Measure]:
    """As in "dal 3 al 5%", "10-15 km", "24.2 to 33 billion": the unit of the second number holds for both."""
    for at in range(len(kept) - 2, -1, -1):
        kept[at] = left = _shared_scale(text, kept[at], kept[at + 1], rules)
        right = kept[at + 1]
        if not left.unit and right.unit and _is_range(text, left, right, rules, units=False):
            kept[at] = Measure(left.numeral, right.unit, left.end)
    return kept


def _shared_scale(text: str, left: Measure, right: Measure, rules: Grammar) -> Measure:
    """As in "$89 to $93 billion", "tra 10 e 15mila"."""
    scale = right.numeral.scale
    if left.numeral.scaled or scale == 1 or not left.numeral.value < right.numeral.value / scale:
        return left
    grown = replace(left.numeral, value=left.numeral.value * scale, scaled=True, scale=scale)
    moved = Measure(grown, left.unit, left.end)
    return moved if _is_range(text, moved, right, rules, units=False) else left


def _is_range(text: str, left: Measure, right: Measure, rules: Grammar, units: bool = True) -> bool:
    """Whether two numbers are the ends of one range ("tra 10 e 15", "10-15", "three or four")."""
    between = text[left.end : right.numeral.start].lower()
    between = re.sub(r"(?:us|hk)?\s?[$€£]\s?$", "", between)
    if len(between) > 10 or left.numeral.value >= right.numeral.value or (units and left.unit != right.unit):
        return False
    if rules.joins.fullmatch(between) and (left.numeral.value <= 1 or right.numeral.value <= 6 * left.numeral.value):
        return True
    before = text[max(0, left.numeral.start - WINDOW) : left.numeral.start].lower()
    before = re.sub(r"(?:us|hk)?\s?[$€£]\s?$", "", before)
    pair = (rules.between, rules.between_joins), (rules.from_, rules.from_joins)
    return any(opens.search(before) and re.fullmatch(joins.pattern + r"\s*", between) for opens, joins in pair)


def _quantity(
    document: Document, sentence: Sentence, text: str, lower: Measure, upper: Measure | None, rules: Grammar
) -> tuple[int, int, _Found]:
    last = upper or lower
    thing = counted(document, sentence, last.numeral, last.end, last.unit, rules)
    start, comparison = _comparison(text, lower.numeral, rules)
    end = thing.end
    trailing = rules.after.match(text.lower(), max(last.end, thing.end if thing.of else last.end))
    trailing = trailing or rules.after.match(text.lower(), last.end)
    if comparison == "=" and trailing:
        comparison, end = rules.comparison[_phrase(trailing["phrase"])], max(end, trailing.end())
    value = lower.numeral.value * (-1 if _negative(text, lower, rules) else 1)
    if upper:
        ends = (value, upper.numeral.value)
        return _range_start(text, start, rules), end, _Found(ends, comparison, last.unit, thing.of)
    return start, end, _Found(value, comparison, last.unit, thing.of)


def _phrase(written: str) -> str:
    return re.sub(r"\s+", " ", written.replace("’", "'").replace("ʼ", "'"))


def _comparison(text: str, numeral: Numeral, rules: Grammar) -> tuple[int, Comparison]:
    """Where the quantity begins, its comparison and currency sign included, and the comparison."""
    start = numeral.start
    sign = rules.prefix_currency.search(text[max(0, start - 8) : start])
    if sign and numeral.currency:
        start = max(0, start - 8) + sign.start()
    begin = max(0, start - WINDOW)
    found = rules.before.search(text[begin:start].lower())
    if not found:
        return start, numeral.comparison
    return begin + found.start(), rules.comparison[_phrase(found["phrase"])]


def _range_start(text: str, start: int, rules: Grammar) -> int:
    begin = max(0, start - WINDOW)
    for opens in (rules.between, rules.from_):
        found = opens.search(text[begin:start].lower())
        if found:
            return begin + found.start("phrase")
    return start


def _negative(text: str, measure: Measure, rules: Grammar) -> bool:
    before = text[max(0, measure.numeral.start - 12) : measure.numeral.start]
    if _MINUS.search(before) and (measure.unit or not before.strip(" -−–(")):
        return True
    found = rules.negative.search(before.lower())
    if not found or not found["phrase"].isalpha():
        return False
    # "meno 3 gradi" is below zero; "due in meno 3 in più" is not.
    return measure.unit in rules.words.get("negative_units", ()) or before.lower().endswith("-")


__all__ = ["Counted", "find_quantities"]
