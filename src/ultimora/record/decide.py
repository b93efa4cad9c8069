"""What a new revision means: whether it is new, which claims it brings and takes back, which events it joins. Pure.

Storage asks and does; nothing here touches a database or a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from ultimora.record.again import last_told, reach, same_number
from ultimora.record.matching import fit, party_marks, placed, time_fit
from ultimora.record.types import Grown, Party, ReportFacts, Revision, Span
from ultimora.record.windows import window
from ultimora.types import Status

Outcome = Literal["new article", "new revision", "known already"]
_HAPPENED = ("occurred", "ongoing")
T = TypeVar("T")


def intake(new: Revision, known: Sequence[Revision]) -> Outcome:
    """Whether a revision is new to an article's known ones.

    The same words as its neighbour in time are no new revision, even where the page's dates moved. Words that an older
    revision had and a newer one had changed (A, B, A again) are one if a later date says so, stated or seen; without
    one they are the old article added again.
    """
    if not known:
        return "new article"
    older = [r for r in known if r.age < new.age]
    newer = [r for r in known if r.age > new.age]
    neighbours = [*(max(older, key=_age) for _ in older[:1]), *(min(newer, key=_age) for _ in newer[:1])]
    if any(r.content == new.content for r in neighbours):
        return "known already"
    same = [r for r in known if r.content == new.content]
    if any(r.known_at == new.known_at or (r.stated == new.stated and not new.seen) for r in same):
        return "known already"
    return "new revision"


def _age(revision: Revision) -> tuple[str, str, str]:
    return revision.age


def current(revisions: Iterable[Revision]) -> Revision | None:
    """The revision that stands: the newest by what they state."""
    return max(revisions, key=_age, default=None)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a revision does to the claims of its article."""

    open: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    """Claims that were already superseded when we met them: known, never standing."""


def turn(new: Revision, before: Revision | None, ever: Iterable[str]) -> Turn:
    """What changes when ``new`` is met while ``before`` stands; ``ever`` are all claims the article ever made."""
    if before is not None and before.age > new.age:
        seen = set(ever)
        return Turn(late=tuple(c for c in new.claims if c not in seen))
    stood = set(before.claims) if before else set()
    stays = set(new.claims)
    closed = tuple(c for c in before.claims if c not in stays) if before else ()
    return Turn(open=tuple(c for c in new.claims if c not in stood), close=closed)


def spans(revisions: Iterable[Revision]) -> tuple[Span, ...]:
    """When each claim of an article stood, as its revisions became known one after the other."""
    done: list[Span] = []
    standing: dict[str, Span] = {}
    ever: set[str] = set()
    before: Revision | None = None
    for new in sorted(revisions, key=lambda r: r.order):
        change = turn(new, before, ever)
        done += [replace(standing.pop(c), until=new.known_at, closed_by=new.id) for c in change.close]
        standing |= {c: Span(c, new.known_at, None, new.id, None) for c in change.open}
        done += [Span(c, new.known_at, new.known_at, new.id, new.id) for c in change.late]
        ever.update(new.claims)
        before = current(r for r in (before, new) if r is not None)
    return tuple(done) + tuple(standing.values())


def join(report: ReportFacts, article: str, candidates: Sequence[Grown], siblings: Sequence[ReportFacts]) -> str | None:
    """The event that a report speaks of, None if it is a new one.

    Args:
        report: What an article says of a happening.
        article: Which article.
        candidates: Events that share a party or the article with it.
        siblings: Reports of the same article that are joined to one of the candidates already; a report that holds one
            of their claims goes where they went.
    """
    shared = [(len(set(report.claims) & set(s.claims)), s.id) for s in siblings]
    best = max(shared, default=(0, ""), key=lambda found: found[0])
    if best[0]:
        return next(e.id for e in candidates if best[1] in e.order)
    home = next((e for e in candidates if report.beside in e.order), None)
    if home is not None and (same_number(report, home) or not any(same_number(report, e) for e in candidates)):
        return home.id
    fits = [(fit(report, event, article), event) for event in candidates]
    found = [(score, event) for score, event in fits if score is not None]
    # Of two that fit equally well the one founded last is meant: news speaks of the latest.
    meant = max(reversed(found), key=lambda each: each[0])[1] if found else home
    return meant.id if meant is not None else None


def grow(event: Grown | None, ident: str, report: ReportFacts, article: str) -> Grown:
    """The event with a report joined to it."""
    event = event or Grown(ident, report.event_type, (), (), (), (), (), (), ())
    return Grown(
        id=event.id,
        event_type=event.event_type,
        predicates=_with(event.predicates, (report.predicate,)),
        modes=_with(event.modes, (report.mode,) if report.mode else ()),
        actors=_with_parties(event.actors, report.actors),
        recipients=_with_parties(event.recipients, report.recipients),
        places=_with_parties(event.places, (report.place,) if report.place else ()),
        windows=event.windows if _adds_no_time(event, report, article) else _with(event.windows, (_window(report),)),
        articles=_with(event.articles, (article,)),
        order=_with(event.order, (report.id,)),
        marks=_with(event.marks, tuple(m for p in report.parties for m in party_marks(p))),
        first=min((d for d in (event.first, report.first) if d), default=None),
        last=max((d for d in (event.last, report.last) if d), default=None),
        numbers=last_told(event.numbers, report),
        denied=event.denied or report.polarity == "negative",
    )


def _window(report: ReportFacts) -> tuple[str | None, str | None, Status]:
    return (*placed(report), report.status)


def _adds_no_time(event: Grown, report: ReportFacts, article: str) -> bool:
    """Whether an event's time is known better than an undated report tells it, or lies before the days around that."""
    undated = not window(report.from_, report.to).known
    if undated and report.status in _HAPPENED and any(status in _HAPPENED for *_, status in event.windows):
        return True
    told_late = bool(event.windows) and reach(report) is not None
    return told_late and time_fit(report, event, article in event.articles) is None


def _with(old: tuple[T, ...], new: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(old + new))


def _with_parties(old: tuple[Party, ...], new: tuple[Party, ...]) -> tuple[Party, ...]:
    known = {(p.key, p.name, p.country) for p in old}
    return old + tuple(p for p in new if (p.key, p.name, p.country) not in known)
