"""What an article tells again of an older happening, without a date: its toll, or that it is denied. Pure.

"The attack, which killed twelve" in an article on another one, three days later, is the first one's; so is a denial of
what nothing has been told of lately, and a meeting that "is off" is the one that was planned.
"""

from __future__ import annotations

from datetime import date, timedelta

from ultimora.record.counts import grows, thing
from ultimora.record.types import Grown, ReportFacts
from ultimora.record.windows import overlap, window

_BACK, _AHEAD, _DATED = timedelta(days=8), timedelta(days=21), timedelta(days=3)


def _numbers(report: ReportFacts) -> list[tuple[str, float]]:
    """The numbers of a report with what they count; of several for one thing the first."""
    found: dict[str, float] = {}
    for amount in report.amounts:
        what = thing(amount, report.predicate)
        if what is not None:
            found.setdefault(what, amount.value)
    return list(found.items())


def last_told(known: tuple[tuple[str, float], ...], report: ReportFacts) -> tuple[tuple[str, float], ...]:
    """The numbers of an event after a further report: the newest, or the highest where a number can only grow."""
    before = dict(known)
    told = {what: max(value, before.get(what, value)) if grows(what) else value for what, value in _numbers(report)}
    return tuple((before | told).items())


def is_off(report: ReportFacts) -> bool:
    """Whether a plan is called off, or denied."""
    return report.status == "planned" and report.polarity == "negative"


def same_number(report: ReportFacts, event: Grown) -> bool:
    """Whether a report gives the number that the event is known with."""
    known = dict(event.numbers)
    return any(known.get(what) == value for what, value in _numbers(report))


def _has_grown(report: ReportFacts, event: Grown) -> bool:
    known = dict(event.numbers)
    return any(grows(what) and known.get(what, value) < value for what, value in _numbers(report))


def reach(report: ReportFacts) -> tuple[str, str] | None:
    """When the happening may be that a report tells again; None for one that is dated, or tells nothing again."""
    told = report.told is not None and (report.status == "occurred" or is_off(report))
    undated = not window(report.from_, report.to).known and told
    if not undated or not (report.polarity == "negative" or report.amounts):
        return None
    day = date.fromisoformat(str(report.told))
    ahead = _AHEAD if report.polarity == "negative" else timedelta(days=1)
    return (day - _BACK).isoformat(), (day + ahead).isoformat()


def told_again(report: ReportFacts, event: Grown) -> bool:
    """Whether an undated report is of an event of the days before: it denies it, or knows its last number, or one that
    this has grown to since.

    What is denied or called off may also be planned for the days to come.
    """
    back = reach(report)
    if back is None or not (report.polarity == "negative" or same_number(report, event) or _has_grown(report, event)):
        return False
    mine = window(*back)
    denied = ("planned",) if is_off(report) else ("occurred", "planned")
    meant = denied if report.polarity == "negative" else ("occurred",)
    windows = [window(low, high) for low, high, status in event.windows if status in meant]
    return any(w.width <= _DATED and overlap(mine, w) for w in windows)
