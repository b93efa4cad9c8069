"""Disputes: claims that cannot both be true, with each side's origins. Pure.

Numbers that do not overlap, an assertion and its denial, different places or days of one happening. What a later word
of the same origin changes is an update; so is a toll that grew. Two numbers are in dispute where the later one is
smaller though its origin never held the larger, where two named sources give them within hours of each other, or where
the sources stand on opposite sides of the event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Literal

from ultimora.record.counts import bounds, counted, grows
from ultimora.record.derive import own_words
from ultimora.record.matching import relation
from ultimora.record.origins import Origin, Strand, origins
from ultimora.record.places import apart
from ultimora.record.types import Amount, KeptClaim, KeptEvent, Party
from ultimora.record.windows import same_days, utc, window

DisputeKind = Literal["number", "denial", "place", "time"]
_AT_ONCE = timedelta(hours=3)
_PRECISE = timedelta(days=1, hours=1)
_HAPPENED = ("occurred", "ongoing")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute: what it says, who is behind it, and the claims that say so, the newest first."""

    says: str
    origins: tuple[Origin, ...]
    claims: tuple[KeptClaim, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims about one event that cannot both be true. ``about`` is what is counted, where numbers are disputed."""

    kind: DisputeKind
    event: str
    about: str | None
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """What one origin says in one claim."""

    origin: Origin
    strand: Strand

    @property
    def claim(self) -> KeptClaim:
        return self.strand.claim

    @property
    def said(self) -> datetime:
        return utc(self.claim.revision.stated or self.claim.since)

    @property
    def named(self) -> Party | None:
        party = self.strand.nearest
        return party if party is not None and not party.anonymous and party.kind != "outlet" else None


def disputes(event: KeptEvent, behind: Sequence[Origin] | None = None) -> tuple[Dispute, ...]:
    """What is disputed of an event, as far as its standing claims go; ``behind`` are its origins, where known."""
    words = sorted(
        (_Word(o, s) for o in (origins(event) if behind is None else behind) for s in o.strands),
        key=lambda w: (w.said, w.claim.since, w.claim.facts.id),
    )
    found = [*_denials(event, words), *_numbers(event, words), *_places(event, words), *_times(event, words)]
    return tuple(found)


def _denials(event: KeptEvent, words: Sequence[_Word]) -> Iterable[Dispute]:
    """Asserted by some and denied by others, who did not merely call a plan off since."""
    of_itself = {c.facts.id for c in own_words(event.claims)}
    words = [w for w in words if w.claim.facts.id in of_itself]
    asserted = [w for w in words if w.strand.polarity == "positive"]
    denied = [w for w in words if w.strand.polarity == "negative" and _denies(w, asserted)]
    others = [w for w in asserted if not _same_origin(w, denied)]
    if denied and others:
        yield Dispute("denial", event.id, None, (_side("asserted", others), _side("denied", denied)))


def _denies(word: _Word, asserted: Sequence[_Word]) -> bool:
    facts = word.claim.facts
    stance = any(link.stance == "denies" for link in word.strand.chain)
    happened = any(a.claim.facts.status in _HAPPENED for a in asserted)
    if stance or (facts.status in _HAPPENED and happened):
        return True
    return facts.certainty == "certain" and any(
        a.said > word.said and a.origin is not word.origin and a.claim.article != word.claim.article for a in asserted
    )


def _same_origin(word: _Word, others: Sequence[_Word]) -> bool:
    """Whether who says so has taken it back since."""
    return any(
        o.origin is word.origin and o.said >= word.said and o.claim.article == word.claim.article for o in others
    )


def _numbers(event: KeptEvent, words: Sequence[_Word]) -> Iterable[Dispute]:
    things = dict.fromkeys(what for w in words for what in counted(w.claim.facts))
    for what in things:
        told = [(w, counted(w.claim.facts)[what]) for w in words if what in counted(w.claim.facts)]
        latest = _latest(told)
        against = [(a, b) for a, b in combinations(latest, 2) if _contradict(event, what, a, b, told)]
        if against:
            involved = [each for each in latest if any(each in two for two in against)]
            yield Dispute("number", event.id, what, _number_sides(involved))


_Told = tuple[_Word, Amount]


def _latest(told: Sequence[_Told]) -> list[_Told]:
    """The newest number of each origin, the oldest first."""
    newest: dict[int, _Told] = {}
    for word, amount in told:
        newest[id(word.origin)] = (word, amount)
    return sorted(newest.values(), key=lambda each: each[0].said)


def _contradict(event: KeptEvent, what: str, a: _Told, b: _Told, told: Sequence[_Told]) -> bool:
    """Whether the earlier ``a`` and the later ``b`` cannot both be true at one time."""
    if bounds(a[1]).meets(bounds(b[1])):
        return False
    if _opposed(event, a[0].named, b[0].named):
        return True
    if any(w.origin is b[0].origin and bounds(x).meets(bounds(a[1])) for w, x in told if w.said < b[0].said):
        return False  # its origin has changed its mind, the other has not heard of it yet
    named = a[0].named is not None and b[0].named is not None
    at_once = b[0].said - a[0].said <= _AT_ONCE
    if grows(what) and b[1].value > a[1].value:
        return named and at_once
    if named:
        return grows(what) or at_once
    return at_once or (grows(what) and b[1].comparison == "=")


def _opposed(event: KeptEvent, a: Party | None, b: Party | None) -> bool:
    """Whether two sources belong to opposite sides of the event."""
    if a is None or b is None:
        return False

    def of(party: Party, side: Sequence[Party]) -> bool:
        return any(relation(party, p) or (party.country is not None and party.country == p.country) for p in side)

    actor, recipient = event.actors, event.recipients
    return (of(a, actor) and of(b, recipient) and not of(a, recipient)) or (
        of(b, actor) and of(a, recipient) and not of(b, recipient)
    )


def _number_sides(involved: Sequence[_Told]) -> tuple[Side, ...]:
    """One side for each number, with everybody whose latest word agrees with it."""
    sides: list[list[_Told]] = []
    for each in sorted(involved, key=lambda t: t[1].value):
        home = next((s for s in sides if bounds(s[0][1]).meets(bounds(each[1]))), None)
        if home is None:
            sides.append([each])
        else:
            home.append(each)
    return tuple(_side(" ".join(s[0][1].text.split()), [w for w, _ in s]) for s in sides)


def _places(event: KeptEvent, words: Sequence[_Word]) -> Iterable[Dispute]:
    """Different places of what has happened, told by different origins; a plan that moves elsewhere is an update."""
    told = [w for w in words if w.claim.facts.place and _asserts(w) and w.claim.facts.status in _HAPPENED]
    yield from _split("place", event, told, lambda w: str(w.claim.facts.place.name), _elsewhere)  # type: ignore[union-attr]


def _elsewhere(a: _Word, b: _Word) -> bool:
    if a.claim.revision.language != b.claim.revision.language:
        return False  # names of places are not comparable across languages
    first, second = a.claim.facts.place, b.claim.facts.place
    return first is not None and second is not None and apart(first, second)


def _times(event: KeptEvent, words: Sequence[_Word]) -> Iterable[Dispute]:
    """Different days of what has happened, each said in so many words."""
    told = [
        w
        for w in words
        if _asserts(w) and w.claim.facts.status in _HAPPENED and w.claim.facts.time_from in ("expression", "sentence")
    ]
    told = [w for w in told if window(w.claim.facts.from_, w.claim.facts.to).width <= _PRECISE]
    yield from _split("time", event, told, lambda w: str(w.claim.facts.from_)[:10], _other_day)


def _other_day(a: _Word, b: _Word) -> bool:
    first, second = (window(w.claim.facts.from_, w.claim.facts.to) for w in (a, b))
    return not same_days(first, second)


def _asserts(word: _Word) -> bool:
    return word.strand.polarity == "positive" and word.claim.facts.certainty in ("certain", "probable")


def _split(
    kind: DisputeKind,
    event: KeptEvent,
    words: Sequence[_Word],
    says: Callable[[_Word], str],
    differ: Callable[[_Word, _Word], bool],
) -> Iterable[Dispute]:
    """A dispute where the latest words of two origins differ, and no origin has come round to the other."""
    newest: dict[int, _Word] = {}
    for word in words:
        newest[id(word.origin)] = word
    latest = sorted(newest.values(), key=lambda w: w.said)
    against = [(a, b) for a, b in combinations(latest, 2) if differ(a, b) and not _came_round(a, b, words, differ)]
    if not against:
        return
    sides: list[list[_Word]] = []
    for word in (w for w in latest if any(w in two for two in against)):
        home = next((s for s in sides if not differ(s[0], word)), None)
        if home is None:
            sides.append([word])
        else:
            home.append(word)
    yield Dispute(kind, event.id, None, tuple(_side(says(s[0]), s) for s in sides))


def _came_round(a: _Word, b: _Word, words: Sequence[_Word], differ: Callable[[_Word, _Word], bool]) -> bool:
    """Whether the later origin once said what the earlier still does: it knows more by now."""
    return any(w.origin is b.origin and w.said < b.said and not differ(w, a) for w in words)


def _side(says: str, words: Sequence[_Word]) -> Side:
    claims = {w.claim.facts.id: w.claim for w in sorted(words, key=lambda w: w.said, reverse=True)}
    behind = {id(w.origin): w.origin for w in words}
    return Side(says, tuple(behind.values()), tuple(claims.values()))
