"""What changed between two revisions of an article, in facts and not in letters. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ultimora.record.types import Amount, ClaimFacts, ReportFacts, Revision

ChangeKind = Literal[
    "added",
    "withdrawn",
    "firmed up",
    "weakened",
    "reversed",
    "number changed",
    "time changed",
    "place changed",
    "re-sourced",
]
_STATUS = ("hypothetical", "planned", "ongoing", "occurred")
_CERTAINTY = ("underspecified", "possible", "probable", "certain")


@dataclass(frozen=True, slots=True)
class Version:
    """One revision with what it says of each event."""

    revision: Revision
    reports: Mapping[str, Sequence[ReportFacts]]
    claims: Mapping[str, ClaimFacts]


@dataclass(frozen=True, slots=True)
class FactChange:
    """One change of one event's facts; ``before`` and ``after`` are the sentences that say so."""

    kind: ChangeKind
    event: str
    old: str | None
    new: str | None
    before: ClaimFacts | None
    after: ClaimFacts | None


def between(old: Version, new: Version) -> tuple[FactChange, ...]:
    """Every change from one revision to the next, in the order of the newer text, what was withdrawn last."""
    found: list[FactChange] = []
    for event, reports in new.reports.items():
        if event in old.reports:
            found += _altered(event, _Side(old, old.reports[event]), _Side(new, reports))
        else:
            side = _Side(new, reports)
            found.append(FactChange("added", event, None, side.state, None, side.claims[0]))
    for event, reports in old.reports.items():
        if event not in new.reports:
            side = _Side(old, reports)
            found.append(FactChange("withdrawn", event, side.state, None, side.claims[0], None))
    return tuple(found)


class _Side:
    """What one revision says of one event."""

    def __init__(self, version: Version, reports: Sequence[ReportFacts]) -> None:
        ids = dict.fromkeys(c for r in reports for c in r.claims)
        self.claims = [version.claims[c] for c in ids if c in version.claims]
        self.reports = reports
        best = max(reports, key=lambda r: (_STATUS.index(r.status), _CERTAINTY.index(r.certainty)))
        self.status, self.certainty, self.polarity = best.status, best.certainty, best.polarity
        self.window = (best.from_, best.to)
        self.place = best.place.name if best.place else None

    @property
    def state(self) -> str:
        denied = "denied, " if self.polarity == "negative" else ""
        return f"{denied}{self.status}, {self.certainty}"

    @property
    def firmness(self) -> tuple[int, int]:
        return _STATUS.index(self.status), _CERTAINTY.index(self.certainty)

    @property
    def amounts(self) -> dict[tuple[str | None, str | None], Amount]:
        return {(a.of, a.unit): a for r in self.reports for a in r.amounts}

    @property
    def sources(self) -> tuple[str, ...]:
        said = (f"{link.party.name} ({link.stance})" for c in self.claims for chain in c.chains for link in chain[:1])
        return tuple(sorted(set(said)))

    def saying(self, other: _Side) -> ClaimFacts:
        """The first claim that the other side has not."""
        theirs = {c.id for c in other.claims}
        return next((c for c in self.claims if c.id not in theirs), self.claims[0])


def _altered(event: str, old: _Side, new: _Side) -> Iterable[FactChange]:
    before, after = old.saying(new), new.saying(old)

    def change(kind: ChangeKind, was: str | None, now: str | None) -> FactChange:
        return FactChange(kind, event, was, now, before, after)

    if old.polarity != new.polarity:
        yield change("reversed", old.state, new.state)
    elif old.firmness != new.firmness:
        yield change("firmed up" if old.firmness < new.firmness else "weakened", old.state, new.state)
    yield from (change("number changed", was, now) for was, now in _numbers(old, new))
    if old.window != new.window and (None, None) not in (old.window, new.window):
        yield change("time changed", _written(old.window), _written(new.window))
    if old.place and new.place and old.place != new.place:
        yield change("place changed", old.place, new.place)
    if old.sources != new.sources:
        yield change("re-sourced", ", ".join(old.sources) or None, ", ".join(new.sources) or None)


def _numbers(old: _Side, new: _Side) -> Iterable[tuple[str, str]]:
    was = old.amounts
    for key, amount in new.amounts.items():
        if key in was and (was[key].value, was[key].comparison) != (amount.value, amount.comparison):
            yield was[key].text, amount.text


def _written(window: tuple[str | None, str | None]) -> str:
    return " – ".join(end or "…" for end in window)
