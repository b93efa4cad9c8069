"""When an article was published, by its own text: an interval, and the words that say so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from ultimora.documents.times.calendar import interval, shifted, size_of, valid
from ultimora.documents.times.context import Context, Found
from ultimora.documents.times.engine import Match, Passage, Reader
from ultimora.documents.times.lexicon import load
from ultimora.documents.times.resolvers import RESOLVERS

Evidence = tuple[str, str, tuple[int, int]]
_HEAD = 400
_TOLERANCE = timedelta(days=4)


def publication_from_text(text: str, language: str, *, not_after: date | None = None) -> Evidence | None:
    """The publication interval (``from``, ``to``) that the text itself gives, with the offsets of the evidence.

    In this order: "today" with its date beside it; a full date in the head of the text or alone on its last line; a
    weekday with its day and month, whose year is the one on which they fall together and which another date of the text
    or ``not_after`` settles; a date with its distance from the day of writing. None where the text does not say: it is
    never guessed.
    """
    reader = Reader(text, load(language), None, [Passage(0, len(text), 0)], _untold)
    matches = [m for m in reader.matches() if m.rule.resolve in ("date", "numeric", "relative_day", "counted")]
    years = _years(matches)
    for found in (_beside_today, _dateline, _by_weekday, _by_distance):
        evidence = found(reader, matches, years, not_after)
        if evidence:
            return evidence
    return None


def _untold(_start: int, _end: int) -> int:
    return 0


def _years(matches: list[Match]) -> list[int]:
    """The years that the text names, in order."""
    return sorted({int(f.get("Y")) for m in matches for f in m.found if isinstance(f.get("Y"), int)})


def _full(match: Match) -> date | None:
    """The day that a match names in full."""
    meaning = RESOLVERS[match.rule.resolve](match.found[0], Context(None, {}))
    covered = interval(meaning.value) if meaning and meaning.type == "DATE" and meaning.grain == "D" else None
    return covered.start.date() if covered else None


def _evidence(reader: Reader, match: Match, day: date) -> Evidence:
    start, end = reader.words[match.first].start, reader.words[match.last - 1].end
    return day.isoformat(), (day + timedelta(days=1)).isoformat(), (start, end)


def _beside_today(reader: Reader, matches: list[Match], years: list[int], not_after: date | None) -> Evidence | None:
    """Today's date, told beside it: "oggi, martedì 3 giugno"."""
    for one, other in pairwise(matches):
        for today, dated in ((one, other), (other, one)):
            if today.found[0].get("K") == 0 and other.first - one.last <= 1:
                day = _full(dated) or _with_year(dated, years, not_after)
                if day:
                    return _evidence(reader, dated, day)
    return None


def _dateline(reader: Reader, matches: list[Match], _years: list[int], _not_after: date | None) -> Evidence | None:
    """A full date in a dateline, a byline, or alone on a line at the head or the end."""
    for match in matches:
        day = _full(match) if match.rule.resolve in ("date", "numeric") else None
        if day and (_alone(reader, match) or _in_dateline(reader, match)):
            return _evidence(reader, match, day)
    return None


def _line(reader: Reader, match: Match) -> tuple[int, int]:
    start, end = reader.words[match.first].start, reader.words[match.last - 1].end
    first = reader.text.rfind("\n", 0, start) + 1
    last = reader.text.find("\n", end)
    return first, len(reader.text) if last < 0 else last


def _alone(reader: Reader, match: Match) -> bool:
    """Whether little else stands on the match's line, at the head or the end of the text."""
    first, last = _line(reader, match)
    size = reader.words[match.last - 1].end - reader.words[match.first].start
    return last - first - size <= 30 and (first <= _HEAD or last >= len(reader.text.rstrip()))


def _in_dateline(reader: Reader, match: Match) -> bool:
    """A date that follows a place in capitals or stands before a dash, within the first line of the body."""
    first, _ = _line(reader, match)
    start, end = reader.words[match.first].start, reader.words[match.last - 1].end
    before, after = reader.text[first:start].strip(" ,(-–—"), reader.text[end : end + 24].lstrip()
    opens = start - first <= 40 and first <= 4 * _HEAD
    return opens and (before.isupper() or not before) and after[:1] in tuple("-–—(/|:)")


def _by_weekday(reader: Reader, matches: list[Match], years: list[int], not_after: date | None) -> Evidence | None:
    """The first weekday with day and month: the article is of those days."""
    for match in matches:
        if match.rule.resolve == "date" and match.found[0].get("W"):
            day = _with_year(match, years, not_after)
            if day:
                first, last = day - _TOLERANCE, day + _TOLERANCE + timedelta(days=1)
                return first.isoformat(), last.isoformat(), _evidence(reader, match, day)[2]
    return None


def _by_distance(reader: Reader, matches: list[Match], years: list[int], not_after: date | None) -> Evidence | None:
    """A date with its distance from the day of writing beside it: "quasi tre settimane fa, il 7 maggio"."""
    for one, other in pairwise(matches):
        ago = one.found[0]
        counts = one.rule.resolve == "counted" and ago.get("sign") == -1 and isinstance(ago.get("N"), int)
        if not counts or other.rule.resolve != "date" or other.first - one.last > 2:
            continue
        day, unit = _full(other) or _with_year(other, years, not_after), str(ago.get("U"))
        if day and size_of(unit)[1] in ("D", "W", "M"):
            low, high = (shifted(day, unit, int(ago.get("N")) + k) for k in (-1, 1))
            words = (_evidence(reader, one, day)[2][0], _evidence(reader, other, day)[2][1])
            return low.isoformat(), (high + timedelta(days=1)).isoformat(), words
    return None


def _with_year(match: Match, years: list[int], not_after: date | None) -> date | None:
    """The day of a match without year, in the one year that fits its weekday and what else the text says."""
    found = match.found[0]
    candidates = list(_candidates(found, years, not_after))
    return candidates[-1] if candidates and (not_after or years) else None


def _candidates(found: Found, years: list[int], not_after: date | None) -> Iterator[date]:
    month, day, weekday = found.get("M"), found.get("D"), found.get("W")
    if not month or not day or found.get("Y"):
        return
    last = (not_after or date.max).year
    span = range(years[-1], years[-1] + 2) if years else range(last - 11, last + 1)
    for year in span:
        if valid(year, int(month), int(day)):
            one = date(year, int(month), int(day))
            if (weekday is None or one.isoweekday() == weekday) and (not_after is None or one <= not_after):
                yield one
