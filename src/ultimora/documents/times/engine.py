"""Finds temporal expressions: rules over words, the longest from the left, then each resolved in its context."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ultimora.documents.times.calendar import Interval, interval
from ultimora.documents.times.clock import clock_time
from ultimora.documents.times.context import Context, Found, Meaning, shift_days
from ultimora.documents.times.lexer import words
from ultimora.documents.times.lexicon import BREAK, CAPITAL, OTHER, Lexicon, Rule
from ultimora.documents.times.resolvers import DATED, RESOLVERS, SKIP, TIMED

Tense = Callable[[int, int], int]


@dataclass(frozen=True)
class Match:
    """A rule's match: the words matched, and those of the expression itself (two spans for a range)."""

    first: int
    last: int
    size: int
    rule: Rule
    spans: tuple[tuple[int, int], ...]
    found: tuple[Found, ...]


def _kinds(match: Match) -> set[str]:
    """What a match may be within a chain: a date, a clock time, a part of the day; nothing where it stands alone."""
    if len(match.spans) > 1:
        return set()
    if match.rule.args.get("small"):
        return {"part", "clock"}
    resolve = match.rule.resolve
    if resolve in ("dated_part", "night"):
        return {"date", "part"}
    return {"date"} if resolve in DATED else {resolve} if resolve in TIMED else set()


def _before_noon(chain: list[Match]) -> bool:
    """Whether a clock time of the chain falls after midnight of the night beside it."""
    hours = [re.match(r"\d+", str(m.found[0].get("C"))) for m in chain if m.rule.resolve == "clock"]
    return any(hour and int(hour.group()) < 12 for hour in hours)


def _shared(values: dict[str, Any], k: int) -> dict[str, Any]:
    """The half of the day that both ends of a range of hours share ("from 2 to 5 pm"): told once, at either end."""
    other = 3 - k
    if f"P{k}" in values or f"P{other}" not in values or not {"C1", "C2"} <= set(values):
        return {}
    first, second = (int(re.split("[:.]", str(values[c]))[0]) for c in ("C1", "C2"))
    return {"P": values[f"P{other}"]} if first <= second <= 12 else {}


@dataclass(frozen=True)
class Expression:
    """A resolved expression with its offsets."""

    start: int
    end: int
    meaning: Meaning


@dataclass(frozen=True)
class Passage:
    """Where a stretch of text begins and ends: sentences, and paragraphs as lists of them."""

    start: int
    end: int
    paragraph: int


class Reader:
    """Reads the times of one text."""

    def __init__(
        self,
        text: str,
        lexicon: Lexicon,
        now: datetime | None,
        passages: Sequence[Passage],
        tense: Tense,
        told: Callable[[int], datetime | None] | None = None,
        background: Callable[[int, int], bool] = lambda _start, _end: False,
    ) -> None:
        self.text, self.lexicon, self.passages, self._tense = text, lexicon, passages, tense
        self.words = words(text, lexicon)
        self.codes = "".join(word.code for word in self.words) + BREAK
        self.context = Context(now, lexicon.settings)
        self._told, self._background = told or (lambda _offset: now), background
        self._starts = [passage.start for passage in passages]
        self._passage = -1
        self._last: Meaning | None = None
        self._part: str | None = None

    def expressions(self) -> Iterator[Expression]:
        """Every temporal expression in order."""
        matches = list(self._chosen())
        at = 0
        while at < len(matches):
            size = self._chain(matches, at)
            if matches[at].rule.resolve != SKIP:
                following = matches[at + size] if at + size < len(matches) else None
                before = matches[at - 1] if at else None
                now = self._told(self.words[matches[at].first].start)
                self.context.now = self._spoken(matches, at, now)
                yield from self._resolved(matches[at : at + size], before, following)
            at += size

    def _spoken(self, matches: list[Match], at: int, now: datetime | None) -> datetime | None:
        """The moment that a quotation speaks from: the day it was said on, where a verb of saying has it beside."""
        match = matches[at]
        self.context.now = now
        if now is None or not self._quoted(match):
            return now
        for other in matches[max(at - 4, 0) : at + 5]:
            apart = self._at(self.words[other.first].start) != self._at(self.words[match.first].start)
            if apart or "date" not in _kinds(other) or self._quoted(other) or not self._beside_saying(other):
                continue
            self._point(other.first, other.last)
            meaning = self._meaning(other, other.found[0])
            covered = interval(meaning.value) if meaning and meaning.grain == "D" else None
            if covered and -15 < (covered.start.date() - now.date()).days <= 0:
                return now.replace(year=covered.start.year, month=covered.start.month, day=covered.start.day)
        return now

    def _quoted(self, match: Match) -> bool:
        """Whether a match stands within quotation marks that its sentence opens."""
        start = self.words[match.first].start
        before = self.text[self.passages[self._at(start)].start : start][-600:]
        if before.count('"') % 2:
            return True
        return any(before.count(a) > before.count(b) for a, b in ("«»", "“”"))

    def _beside_saying(self, match: Match) -> bool:
        around = (*self.words[max(match.first - 3, 0) : match.first], *self.words[match.last : match.last + 3])
        return any("say" in word.classes for word in around)

    def matches(self) -> list[Match]:
        """What the rules find, before it is resolved."""
        return [match for match in self._chosen() if match.rule.resolve != SKIP]

    def _chosen(self) -> Iterator[Match]:
        """Matches that do not overlap: from the left, the longest, then the first rule."""
        every = (m for rule in self.lexicon.rules for m in self._matches(rule))
        candidates = sorted(every, key=lambda m: (m.first, -m.last, -m.size, m.rule.order))
        end = -1
        for match in candidates:
            if match.first >= end:
                if match.rule.resolve == SKIP or not (self._is_name(match) or self._in_title(match)):
                    yield match
                end = match.last

    def _is_name(self, match: Match) -> bool:
        """A month or weekday in capitals after another word, in a language that writes them small: a surname."""
        word = self.words[match.first]
        if match.last - match.first > 1 or match.first == 0 or not word.text[0].isupper() or word.text.isupper():
            return False
        before = self.words[match.first - 1]
        small = any(name in word.classes for name in self.lexicon.settings.get("small_letters", ()))
        starts = self._at(before.start) != self._at(word.start)
        return small and before.code in (OTHER, CAPITAL) and not starts and not before.text.isupper()

    def _in_title(self, match: Match) -> bool:
        """Whether it stands in quotation marks after the name of a kind of work ("il romanzo «Un anno fa»")."""
        at = match.first - 1
        while at >= max(match.first - 6, 0) and "quote" not in self.words[at].classes:
            at -= 1
        if at < max(match.first - 6, 0):
            return False
        return any("work" in word.classes for word in self.words[max(at - 3, 0) : at])

    def _matches(self, rule: Rule) -> Iterator[Match]:
        pattern = rule.pattern
        for hit in pattern.regex.finditer(self.codes):
            spans = tuple(s for s in (hit.span(f"s{k}") for k in range(1, pattern.spans + 1)) if s[0] >= 0)
            if not spans or not self._within_sentence(spans[0][0], spans[-1][1]):
                continue
            values, classes = self._groups(hit, rule)
            found = tuple(self._found(k, values, classes, rule, len(spans)) for k in range(1, len(spans) + 1))
            claims = rule.resolve == SKIP or len(spans) > 1 or rule.args.get("claims")
            first = hit.start() if claims else spans[0][0]
            last = spans[-1][1] if rule.resolve != SKIP else hit.end()
            yield Match(first, last, hit.end() - hit.start(), rule, spans, found)

    def _groups(self, hit: Any, rule: Rule) -> tuple[dict[str, Any], dict[str, str]]:
        values: dict[str, Any] = {}
        classes: dict[str, str] = {}
        for key, (letter, name) in rule.pattern.groups.items():
            at = hit.start(key)
            if at >= 0:
                held = self.words[at].classes
                values[letter], classes[letter] = held.get(name, held.get(f"'{name}'")), name
        return values, classes

    @staticmethod
    def _found(k: int, values: dict[str, Any], classes: dict[str, str], rule: Rule, spans: int) -> Found:
        """What belongs to one end of a range: groups of its number, and those without one."""
        if spans == 1:
            return Found(values, classes, rule.args)
        own = {letter.rstrip("12"): value for letter, value in values.items() if not letter[-1].isdigit()}
        own |= {letter[:-1]: value for letter, value in values.items() if letter[-1] == str(k)}
        own |= _shared(values, k)
        kinds = {letter[:-1]: name for letter, name in classes.items() if letter[-1] == str(k)}
        return Found(own, {**classes, **kinds}, rule.args)

    def _within_sentence(self, first: int, last: int) -> bool:
        return self._at(self.words[first].start) == self._at(self.words[min(last, len(self.words)) - 1].start)

    def sentence_of(self, offset: int) -> int:
        """The number of the sentence at an offset."""
        return self._at(offset)

    def _at(self, offset: int) -> int:
        return max(bisect_left(self._starts, offset + 1) - 1, 0)

    def _chain(self, matches: list[Match], at: int) -> int:
        """How many matches from ``at`` on are one expression: a date and times of day joined by nothing but joints."""
        kinds, size = _kinds(matches[at]), 1
        if not kinds or self.lexicon.joints is None:
            return 1
        while at + size < len(matches):
            following = matches[at + size]
            more = _kinds(following)
            if not more or more & kinds or not self._joined(matches[at + size - 1], following):
                break
            kinds, size = kinds | more, size + 1
        return size if kinds - {"date"} else 1

    def _joined(self, one: Match, other: Match) -> bool:
        gap, joints = self.codes[one.last : other.first], self.lexicon.joints
        joined = not gap or (joints is not None and joints.regex.fullmatch(gap) is not None)
        return joined and self._within_sentence(one.first, other.first + 1)

    def _resolved(self, chain: list[Match], before: Match | None, following: Match | None) -> Iterator[Expression]:
        self._enter(self.words[chain[0].first].start)
        self._look_around(chain[0], before, following)
        if len(chain) == 1:
            yield from self._single(chain[0])
            return
        joined = self._together(chain)
        if joined:
            yield self._keep(chain[0].first, chain[-1].last, joined)
        else:
            for match in chain:
                yield from self._single(match)

    def _look_around(self, match: Match, before: Match | None, following: Match | None) -> None:
        """A time of day belongs to the date or part of the day beside it ("dalle 5 alle 6 del 22 aprile")."""
        self.context.part = self._part
        self.context.beside = self._explained(match, before)
        if match.rule.resolve != "clock":
            return
        for near in (before, following):
            one, other = (near, match) if near is before else (match, near)
            if near is not None and one is not None and other is not None and self._joined(one, other):
                self.context.part = near.found[0].get("P") or self.context.part
                if near is following and near.rule.resolve in (*DATED, "dated_part", "part"):
                    self._point(near.first, near.last)
                    meaning = self._meaning(near, near.found[0])
                    if meaning:
                        self.context.remember(meaning)

    def _explained(self, match: Match, before: Match | None) -> tuple[date, date] | None:
        """What the expression just before covers, where this one says it more exactly ("un anno fa, il 24 agosto")."""
        if before is None or self._last is None or before.rule.resolve not in ("counted", "this_unit"):
            return None
        gap = self.words[before.last : match.first]
        beside = 1 <= len(gap) <= 2 and "comma" in gap[0].classes and self._within_sentence(before.first, match.last)
        covered = self._last.interval() if beside else None
        return (covered.start.date(), covered.end.date()) if covered and covered.whole else None

    def _meaning(self, match: Match, found: Found) -> Meaning | None:
        """What a match means; nothing where it leaves the calendar."""
        try:
            return RESOLVERS[match.rule.resolve](found, self.context)
        except (OverflowError, ValueError):
            return None

    def _single(self, match: Match) -> Iterator[Expression]:
        found: list[tuple[int, int, Meaning]] = []
        for (first, last), one in zip(match.spans, match.found, strict=True):
            self._point(first, last)
            meaning = self._meaning(match, one)
            if meaning:
                found.append((first, last, meaning))
        if len(found) == 2 and len(match.spans) == 2 and match.rule.resolve in ("date", "numeric"):
            found = self._in_order(found, match)
        for first, last, meaning in found:
            yield self._keep(first, last, meaning)

    @staticmethod
    def _in_order(found: list[tuple[int, int, Meaning]], match: Match) -> list[tuple[int, int, Meaning]]:
        """A range ends after it begins: where the year is told at its end or not at all, it may cross into the next."""
        (a, b, one), (c, d, other) = found
        begin, end = one.interval(), other.interval()
        if begin is None or end is None or begin.start <= end.start or "Y1" in match.rule.pattern.letters:
            return found
        if match.found[1].get("Y") is not None:
            return [(a, b, one.moved(-1)), found[1]]
        return [found[0], (c, d, other.moved(1))]

    def _together(self, chain: list[Match]) -> Meaning | None:
        """A date with a time of day: the time on that day."""
        self._point(chain[0].first, chain[-1].last)
        dated = next((m for m in chain if m.rule.resolve not in TIMED), None)
        day = None
        if dated:
            meaning = self._meaning(dated, dated.found[0])
            covered = interval(meaning.value) if meaning else None
            if meaning and (meaning.type == "SET" or (covered is None and meaning.grain == "D")):
                return self._undated(meaning, chain)
            if meaning is None or covered is None or meaning.grain != "D":
                return None
            day = covered.start.date()
            if dated.rule.resolve == "night" and _before_noon(chain):
                day = shift_days(day, 1)
        return self._timed(chain, day)

    def _timed(self, chain: list[Match], day: Any) -> Meaning | None:
        parts = [m for m in chain if m.rule.resolve in ("part", "dated_part", "night")]
        clocks = [m for m in chain if m.rule.resolve in ("clock",)]
        if parts and day is None and parts[0].found[0].get("K") is not None and self.context.today:
            day = shift_days(self.context.today, int(parts[0].found[0].get("K")))
        if clocks and clocks[0].rule.resolve == "clock":
            part = str(parts[0].found[0].get("P")) if parts else None
            return clock_time(clocks[0].found[0], self.context, day, part)
        chosen = (clocks or parts)[0]
        return TIMED[chosen.rule.resolve](chosen.found[0], self.context, day)

    def _undated(self, meaning: Meaning, chain: list[Match]) -> Meaning | None:
        """A time of day on a day that is not known in full."""
        time = self._timed(chain, datetime(2000, 1, 1).date())
        if not time:
            return None
        stem = meaning.value.partition("T")[0] if meaning.value.startswith("XXXX") else "XXXX-XX-XX"
        return Meaning("SET" if meaning.type == "SET" else "TIME", stem + time.value[10:], time.mod, None)

    def _enter(self, offset: int) -> None:
        """Moves on to the sentence at an offset."""
        at = self._at(offset)
        if at == self._passage:
            return
        old, new = self._passage, at
        self._passage = at
        self.context.told = self.context.carried or self.context.told
        self.context.in_sentence = self.context.carried = self._part = None
        if old < 0 or self.passages[old].paragraph != self.passages[new].paragraph:
            self.context.frame = self.context.frame_grain = self.context.told = None

    def _point(self, first: int, last: int) -> None:
        start, end = self.words[first].start, self.words[last - 1].end
        known: list[int] = []

        def tense() -> int:
            if not known:
                known.append(self._tense(start, end))
            return known[0]

        self.context.tense = tense

    def _keep(self, first: int, last: int, meaning: Meaning) -> Expression:
        start, end = self.words[first].start, self.words[last - 1].end
        self.context.remember(meaning)
        if meaning.grain == "D" and not self._background(start, end):
            self.context.carried = self.context.in_sentence
        self._last = meaning
        if meaning.type == "TIME" and self.lexicon.settings.get("twelve_hours"):
            told = re.search(r"T(AF|EV|NI)$", meaning.value)
            self._part = told.group(1) if told else self._part
        self._frame(start, meaning)
        return Expression(start, end, meaning)

    def _frame(self, start: int, meaning: Meaning) -> None:
        """A date at the head of a sentence is the frame of what follows in the paragraph."""
        covered: Interval | None = meaning.interval() if meaning.type == "DATE" else None
        head = start - self.passages[self._passage].start <= self.lexicon.settings.get("head", 12)
        if covered and head and meaning.grain in ("Y", "M", "D"):
            self.context.frame, self.context.frame_grain = covered.start.date(), "Y"
