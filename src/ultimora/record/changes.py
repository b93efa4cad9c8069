"""What changed between two revisions of an article, in facts and not in letters. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from ultimora.record.alignment import SentenceEdit
from ultimora.record.counts import counted
from ultimora.record.facts import fates_of_plans
from ultimora.record.types import Amount, ClaimFacts, ReportFacts, Revision
from ultimora.types import Polarity

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
    "quotation edited",
]
_STATUS = ("hypothetical", "planned", "ongoing", "occurred")
_SAME_QUOTE = 60.0
_WORDS = ("REJECT", "ACCUSE", "AGREE")
"""Types of words about what others say, or what is to come."""
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


def between(old: Version, new: Version, edits: Sequence[SentenceEdit] = ()) -> tuple[FactChange, ...]:
    """Every change from one revision to the next, in the order of the newer text, what was withdrawn last.

    Args:
        old: The revision that stood.
        new: The one that took its place.
        edits: Their sentences side by side. What a changed sentence no longer says of one event and now says of another
            in the same words, or with another number of the same thing, is one fact that changed.

    Facts change where words do: of an event that only sentences tell which stayed nothing has changed. A headline only
    says in short what the text says. What it alone seems to tell is told below it in words that were taken for another
    event: another headline withdraws nothing, and adds no second event of a kind that the text tells.
    """
    found: list[FactChange] = []
    became = _became(old, new, edits)
    gone, come = {e.before for e in edits}, {e.after for e in edits}
    sides = {event: _Side(new, reports) for event, reports in _kept(old, new, come).items()}
    for event, side in sides.items():
        before = event if event in old.reports else became.get(event)
        if before is not None:
            was = _Side(old, old.reports[before])
            found += _altered(event, was, side) if was.stands_in(gone) or side.stands_in(come) else ()
        elif side.stands_in(come) and not _headed(side, old, new) and not _of_another(side):
            found.append(FactChange("added", event, None, side.state, None, side.claims[0]))
    for event, reports in old.reports.items():
        side = _Side(old, reports)
        told = event in sides or event in became.values() or not side.stands_in(gone)
        if not told and not side.heads and not _of_another(side):
            found.append(FactChange("withdrawn", event, side.state, None, side.claims[0], None))
    return tuple(found)


def _kept(old: Version, new: Version, come: Set[str | None]) -> dict[str, Sequence[ReportFacts]]:
    """What the newer revision reports of each event; a sentence that stayed tells of the event that it told of before.

    A sentence reads otherwise where others stand around it.
    """
    kept = {event: list(reports) for event, reports in new.reports.items()}
    for event in [e for e in kept if e not in old.reports] if come else ():
        side = _Side(new, kept[event])
        if side.stands_in(come):
            continue
        home = next((e for e, reports in old.reports.items() if _same_told(_Side(old, reports), side)), None)
        if home is not None:
            kept.setdefault(home, []).extend(kept.pop(event))
    return dict(kept)


def _same_told(old: _Side, new: _Side) -> bool:
    return any((a.text, _kind(a)) == (b.text, _kind(b)) for a in old.claims for b in new.claims)


def _headed(side: _Side, old: Version, new: Version) -> bool:
    """Whether the headline alone says so, and the text tells of something of the kind."""
    return side.heads and any(_told(version, side.kinds) for version in (old, new))


def _of_another(side: _Side) -> bool:
    """Whether all that is told is that somebody denies, promises or calls off something else: that has changed."""
    version = side.version.claims.values()
    return all(any(_speaks_of(claim, other) for other in version) for claim in side.below(side.claims))


def _speaks_of(claim: ClaimFacts, other: ClaimFacts) -> bool:
    """As in "rejected claims that its forces had struck the town", "cancelled the trip", "promised to deliver aid"."""
    if other.text != claim.text or other.id == claim.id or claim.event_type not in _WORDS:
        return False
    acting = {p.key for p in claim.actors}
    if other.status == "planned" and other.event_type not in (None, *_WORDS):
        if other.polarity == "negative":
            return fates_of_plans().get(claim.predicate) == "off"
        return claim.event_type == "AGREE" and bool(acting & {p.key for p in other.actors + other.recipients})
    return any(link.stance == "denies" and link.party.key in acting for chain in other.chains for link in chain)


def _told(version: Version, kinds: set[tuple[str | None, str | None]]) -> bool:
    """Whether the text below the headline tells of something of the kind."""
    return any(_kind(c) in kinds for c in version.claims.values() if not _heads(version, c))


def _heads(version: Version, claim: ClaimFacts) -> bool:
    """Whether a claim stands in the headline, which may be several sentences: "Raid su Odessa. Kiev: «Dieci morti»"."""
    return claim.text in (version.revision.title or "")


def _kind(claim: ClaimFacts) -> tuple[str | None, str | None]:
    """Its type, or else its word."""
    return claim.event_type, None if claim.event_type else claim.predicate


def _became(old: Version, new: Version, edits: Sequence[SentenceEdit]) -> dict[str, str]:
    """For events that only the newer revision tells those of the older that they stand in the place of."""
    places = {e.after: e.before for e in edits if e.kind == "changed"}
    gone = {e: _Side(old, r) for e, r in old.reports.items() if e not in new.reports}
    found: dict[str, str] = {}
    for event, reports in new.reports.items():
        if event in old.reports:
            continue
        side = _Side(new, reports)
        fits = [e for e, was in gone.items() if e not in found.values() and _one_fact(was, side, places)]
        if fits:
            found[event] = fits[0]
    return found


def _one_fact(old: _Side, new: _Side, places: Mapping[str | None, str | None]) -> bool:
    """Whether two sides stand in one changed sentence and speak of the same kind of thing."""
    said = {c.text for c in old.claims}
    if not any(places.get(c.text) in said for c in new.claims):
        return False
    return bool(old.kinds & new.kinds) or bool(set(old.amounts) & set(new.amounts))


def quotations(old: Sequence[Quote], new: Sequence[Quote]) -> tuple[tuple[Quote, Quote], ...]:
    """The quotations that were edited: the same speaker's words, most of them the same."""
    kept = {q.words for q in old} & {q.words for q in new}
    gone = [q for q in old if q.words not in kept]
    found = []
    for quote in (q for q in new if q.words not in kept):
        scores = [(fuzz.ratio(quote.words, g.words), -i) for i, g in enumerate(gone) if g.speaker == quote.speaker]
        best, at = max(scores, default=(0.0, 0))
        if best >= _SAME_QUOTE:
            found.append((gone.pop(-at), quote))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words between quotation marks."""

    speaker: str | None
    words: str


class _Side:
    """What one revision says of one event."""

    def __init__(self, version: Version, reports: Sequence[ReportFacts]) -> None:
        ids = dict.fromkeys(c for r in reports for c in r.claims)
        self.claims = [version.claims[c] for c in ids if c in version.claims]
        self.reports, self.version = reports, version
        self.polarity = self._polarity()
        agreeing = [r for r in reports if r.polarity == self.polarity] or reports
        best = max(agreeing, key=lambda r: (_STATUS.index(r.status), _CERTAINTY.index(r.certainty)))
        self.status, self.certainty = best.status, best.certainty
        self.window = (best.from_, best.to)
        self.place = best.place.name if best.place else None

    def _polarity(self) -> Polarity:
        """Negative where nothing asserts it; an article that passes on a denial beside what it asserts still does."""
        asserted = [c for c in self.claims if c.polarity == "positive"]
        against = [c for c in self.claims if c.polarity == "negative"]
        if not asserted or not against:
            return "negative" if against else "positive"
        sources = {chain[0].party.key for c in asserted for chain in c.chains if chain}
        denied = all(_is_denial(c, sources) for c in self.below(against))
        happened = any(c.status in ("occurred", "ongoing") for c in asserted)
        return "positive" if denied or happened else "negative"

    def below(self, claims: Sequence[ClaimFacts]) -> Sequence[ClaimFacts]:
        """Those below the headline, which says in short what they do."""
        return [c for c in claims if not _heads(self.version, c)] or claims

    @property
    def heads(self) -> bool:
        """Whether the headline alone says so."""
        return all(_heads(self.version, c) for c in self.claims)

    @property
    def kinds(self) -> set[tuple[str | None, str | None]]:
        return {_kind(c) for c in self.claims}

    @property
    def state(self) -> str:
        denied = "denied, " if self.polarity == "negative" else ""
        return f"{denied}{self.status}, {self.certainty}"

    @property
    def firmness(self) -> tuple[int, int]:
        return _STATUS.index(self.status), _CERTAINTY.index(self.certainty)

    @property
    def amounts(self) -> dict[str, Amount]:
        found: dict[str, Amount] = {}
        for claim in self.claims:
            for what, amount in counted(claim).items():
                found.setdefault(what, amount)
        return found

    @property
    def sources(self) -> tuple[str, ...]:
        said = (f"{link.party.name} ({link.stance})" for c in self.claims for chain in c.chains for link in chain[:1])
        return tuple(sorted(set(said)))

    def stands_in(self, texts: Set[str | None]) -> bool:
        """Whether one of some sentences tells it, where any were compared."""
        return not texts or any(c.text in texts for c in self.claims)

    def saying(self, other: _Side) -> ClaimFacts:
        """The first claim that the other side has not."""
        theirs = {c.id for c in other.claims}
        return next((c for c in self.claims if c.id not in theirs), self.claims[0])


def _is_denial(claim: ClaimFacts, asserting: set[str]) -> bool:
    """Whether somebody else than those who assert it says that it is not so, or anybody denies it."""
    if any(link.stance == "denies" for chain in claim.chains for link in chain):
        return True
    nearest = {chain[0].party.key for chain in claim.chains if chain}
    return bool(asserting and nearest) and nearest.isdisjoint(asserting)


def _altered(event: str, old: _Side, new: _Side) -> Iterable[FactChange]:
    before, after = old.saying(new), new.saying(old)

    def change(kind: ChangeKind, was: str | None, now: str | None) -> FactChange:
        return FactChange(kind, event, was, now, before, after)

    if old.polarity != new.polarity:
        yield change("reversed", old.state, new.state)
    elif old.firmness != new.firmness:
        yield change("firmed up" if old.firmness < new.firmness else "weakened", old.state, new.state)
    yield from (change("number changed", was, now) for was, now in _numbers(old, new))
    if _is_moved(old.window, new.window):
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


def _is_moved(old: tuple[str | None, str | None], new: tuple[str | None, str | None]) -> bool:
    """Whether two times cannot both be right: a day is no other time than "from now on", which it only makes exact."""
    if old == new or (None, None) in (old, new):
        return False
    for (begins, ends), (day, _) in ((old, new), (new, old)):
        if begins is not None and ends is None and day is not None and day[:10] >= begins[:10]:
            return False
    return True


def _written(window: tuple[str | None, str | None]) -> str:
    return " – ".join(end or "…" for end in window)
