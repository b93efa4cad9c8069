"""Joining the claims of one article that speak of the same happening, and saying what they establish together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from ultimora import ontology
from ultimora.claims.again import are_kin, continued, judged, names_nobody, repel, salience, understand
from ultimora.claims.draft import Draft
from ultimora.claims.kindred import kinds_of
from ultimora.claims.outcomes import can_harm, cause, date_causes, is_outcome, spoken_of
from ultimora.claims.sides import disjoint, parties_differ
from ultimora.claims.when import When
from ultimora.types import Certainty, Document, Event, Status

_CERTAINTIES: tuple[Certainty, ...] = ("certain", "probable", "possible", "underspecified")
_HAPPENED = frozenset({"occurred", "ongoing"})
_NEAR = 40
_LATEST = 12
_FOREVER = datetime.max.replace(tzinfo=UTC)
_AROUND = 3


@dataclass(slots=True)
class Group:
    """The drafts of one event so far."""

    number: int
    drafts: list[Draft] = field(default_factory=list)
    indices: list[int] = field(default_factory=list)
    into: Group | None = None
    """The group that has taken this one in."""

    @property
    def last(self) -> Group:
        """The group where its drafts are now."""
        return self if self.into is None else self.into.last

    @property
    def first(self) -> Draft:
        """The claim that opened the event."""
        return self.drafts[0]


def join(document: Document, drafts: Sequence[Draft]) -> list[Event]:
    """The events of the drafts; each draft learns the number of its own."""
    countries = {entity.id: entity.country for entity in document.entities}
    names = {entity.id: entity.name.lower() for entity in document.entities}
    named = frozenset(e.id for e in document.entities if e.country or any(m.form == "name" for m in e.mentions))
    groups: list[Group] = []
    by_kind: dict[str, list[Group]] = {}
    by_token: dict[int, Group] = {}
    for draft in drafts:
        draft.named, draft.country_of = named, countries
        draft.countries = frozenset(c for party in draft.everybody if (c := countries.get(party)))
        draft.called = frozenset(names[party] for party in draft.everybody)
        draft.outcome = is_outcome(document, draft)
        draft.family = kinds_of(document.language, draft.token)
    date_causes(document, drafts)
    causes: list[Draft] = []
    # those last that only say what came of another ("nine died in the blast"), or hint at it
    for index, draft in sorted(enumerate(drafts, 1), key=_rank):
        group = _place(draft, by_kind, by_token)
        if draft.echoes is not None:
            group = by_token[draft.echoes.token.i]
        elif draft.outcome and (group is None or draft.event_type is None):
            causing = cause(document, draft, [c for c in causes if not _others_act(by_token[c.token.i], draft)])
            group = by_token[causing.token.i] if causing is not None else group
            draft.outcome = causing is not None
        elif can_harm(document, draft):
            named_again = spoken_of(document, draft, [c for c in causes if _may_cause(c, draft)])
            group = by_token[named_again.token.i] if group is None and named_again is not None else group
            causes.append(draft)
        if group is None:
            group = Group(len(groups) + 1)
            groups.append(group)
            by_kind.setdefault(_kind(draft), []).append(group)
        _add(group, draft, index)
        by_token[draft.token.i] = group
        if draft.carrier is not None:
            by_token.setdefault(draft.carrier.i, group)
    _adopt_carriers(drafts, by_token)
    _adopt_headlines(document, groups)
    for group in groups:
        understand(group.drafts)
    continued(document, drafts)
    repel(drafts)
    judged(document, drafts)
    groups = _renumber(groups)
    return [_event(group) for group in groups]


def _rank(numbered: tuple[int, Draft]) -> int:
    return 2 if numbered[1].echoes is not None else int(numbered[1].outcome)


def _others_act(group: Group, draft: Draft) -> bool:
    """Whether anything told of an event speaks against a toll or a verb's being of it."""
    return any(not _may_cause(each, draft) for each in group.drafts)


def _may_cause(causing: Draft, draft: Draft) -> bool:
    """Whether the toll can be that of the happening: no other day, nobody else's deed."""
    if draft.when.time is not None and _times_differ(causing, draft):
        return False
    return not disjoint(causing, draft, frozenset(causing.parties.actors), frozenset(draft.parties.actors))


def _kind(draft: Draft) -> str:
    if draft.event_type and draft.repelled:
        return f"{draft.event_type} repelled"  # drones that were shot down: not the attack that they flew
    return draft.event_type or f"#{draft.candidate.predicate}"


def _place(draft: Draft, by_kind: dict[str, list[Group]], by_token: dict[int, Group]) -> Group | None:
    if draft.event_type is None:
        carried = by_token.get(draft.token.i)
        if carried is not None:
            return carried
        if draft.candidate.general != "event" or draft.token.upos == "VERB":
            return None
    noun = by_token.get(draft.resumed.i) if draft.resumed is not None else None
    if noun is not None and noun.first.event_type == draft.event_type and not _others_act(noun, draft):
        return noun
    whole = by_token.get(draft.token.head) if _is_part(draft) else None
    if whole is not None and whole.first.event_type == draft.event_type:
        alike = (whole.first.status in _HAPPENED) == (draft.status in _HAPPENED)
        if alike or _says_nothing(draft):  # not "spoke ahead of talks"
            return whole
    recent = sorted(by_kind.get(_kind(draft), ())[-_NEAR:], key=lambda g: salience(draft, g.drafts), reverse=True)
    rivals = [g for g in recent if _same(g, draft)]
    if draft.token.upos != "VERB":  # "the Trump meeting", after "are set to meet" and "confirmed the call"
        rivals.sort(key=lambda g: draft.token.base not in {d.token.base for d in g.drafts})
        rivals.sort(key=lambda g: bool(draft.family) and not any(draft.family & d.family for d in g.drafts))
    if draft.definite and not draft.everybody and draft.when.time is None:
        rivals.sort(key=lambda g: draft.mode is not None and draft.mode not in {d.mode for d in g.drafts})
    return rivals[0] if rivals else None


def _is_part(draft: Draft) -> bool:
    """As in "scenderanno in piazza": a bare noun that only completes the verb."""
    bare = not draft.definite and not draft.parties.recipients
    return draft.event_type is not None and draft.token.upos == "NOUN" and draft.token.deprel == "obl" and bare


def _add(group: Group, draft: Draft, index: int) -> None:
    """A noun that says nothing of its own about whether it happened takes that from the event it speaks of."""
    if group.drafts and draft.event_type:
        for unsaid, known in ((draft, group.first), (group.first, draft)):
            if _says_nothing(unsaid) and not unsaid.inherited and not _says_nothing(known):
                unsaid.status, unsaid.inherited = known.status, True
                unsaid.when = known.when if _times_differ(unsaid, known) else unsaid.when
    group.drafts.append(draft)
    group.indices.append(index)
    draft.event = group.number


def _adopt_carriers(drafts: Sequence[Draft], by_token: dict[int, Group]) -> None:
    """A verb that only carries an event noun ("had a meeting"), or says whom it befell, speaks of the noun's event."""
    carried_by = {v.i: by_token[d.token.i] for d in reversed(drafts) if (v := d.carrier or d.striking) is not None}
    for draft in (d for d in drafts if d.token.i in carried_by):
        group, carried = by_token[draft.token.i].last, carried_by[draft.token.i].last
        if carried is group:
            continue
        if draft.event_type is None and len(group.drafts) == 1:
            _merge(carried, group)
        elif draft.event_type and not carried.first.event_type:
            _merge(group, carried)


def _adopt_headlines(document: Document, groups: Sequence[Group]) -> None:
    """A headline tells in the present what the text announces: "Paris sends aid", which it will send on Saturday."""
    titled = [g for g in groups if g.drafts and g.first.event_type and all(_heads(document, d) for d in g.drafts)]
    for title in titled:
        below = [g for g in groups if g.drafts and not _heads(document, g.drafts[-1]) and _is_headed(g, title.first)]
        if any(d.status in _HAPPENED for g in below for d in g.drafts if d.event_type) or not below:
            continue
        known = min((d for d in below[0].drafts if d.event_type), key=_precision)
        for draft in title.drafts:
            draft.status, draft.when, draft.inherited = known.status, known.when, True
        _merge(below[0], title)


def _heads(document: Document, draft: Draft) -> bool:
    return document.sentences[draft.token.sentence].part == "title"


def _is_headed(group: Group, title: Draft) -> bool:
    """Whether an event may be the one that a headline tells of without a date of its own, and not in the past."""
    first = group.first
    told = title.when.time is None and not title.factuality.past
    if (
        not told
        or title.status not in (*_HAPPENED, first.status)
        or first.event_type != title.event_type
        or first.factuality.polarity != title.factuality.polarity
    ):
        return False
    if title.mode and any(d.mode and d.mode != title.mode for d in group.drafts):
        return False
    shared = frozenset(c for d in group.drafts for c in d.countries) >= title.countries and bool(title.countries)
    everybody = frozenset(party for d in group.drafts for party in d.everybody)
    there = title.parties.place is not None and title.parties.place in {d.parties.place for d in group.drafts}
    shared = shared or there or bool(title.everybody and title.everybody <= everybody)
    return not parties_differ(first, title) and shared


def _merge(group: Group, other: Group) -> None:
    """Take in what another group has, which is empty then."""
    group.drafts += other.drafts
    group.indices += other.indices
    other.drafts, other.indices, other.into = [], [], group


def _renumber(groups: Sequence[Group]) -> list[Group]:
    kept = sorted((g for g in groups if g.drafts), key=lambda g: min(g.indices))
    for number, group in enumerate(kept, 1):
        group.number = number
        group.indices.sort()
        for draft in group.drafts:
            draft.event = number
    return kept


def _says_nothing(draft: Draft) -> bool:
    """A noun without tense, cue or day to come: in a headline without a verb, or a definite mention ("the talks")."""
    due = draft.status == "planned" and draft.when.origin == "expression"
    return not due and not draft.factuality.cues and draft.carrier is None and draft.token.upos in {"NOUN", "PROPN"}


# --- the same happening? ---------------------------------------------------------------------------------------------


def _same(group: Group, draft: Draft) -> bool:
    if draft.distinct and (draft.when.time is None or others_undated(group)):
        return False
    bare = draft.definite and not draft.everybody and draft.when.time is None
    others = [d for d in (group.first, *group.drafts[-_LATEST:]) if d.event_type == draft.event_type]
    if not others:
        return False
    if any(d.factuality.polarity != draft.factuality.polarity for d in others):
        return False
    if not _is_among(group, draft) and any(parties_differ(d, draft) for d in others):
        return False
    again = names_nobody(draft) and any(are_kin(d, draft) for d in others)
    anytime = again and draft.when.time is None  # "struck the port last week. The strikes killed ten"
    if not anytime and any(_times_differ(d, draft) and not (d.verbless_title or draft.verbless_title) for d in others):
        return False
    if not again and draft.mode and any(d.mode and d.mode != draft.mode for d in others):
        return False
    telling = next((d for d in others if not _says_nothing(d)), others[0])  # a headline's bare noun tells no stage
    return bare or again or _stages_agree(telling, draft)


def others_undated(group: Group) -> bool:
    """Whether no claim of the event has a time of its own."""
    return all(draft.when.time is None for draft in group.drafts)


def _stages_agree(first: Draft, second: Draft) -> bool:
    """What happened is not what is planned, unless a bare "the meeting" says neither."""
    if (first.status in _HAPPENED) == (second.status in _HAPPENED):
        if _is_other_plan(first, second):
            return False
        return (
            bool(first.everybody & second.everybody)
            or bool(first.called & second.called)  # "unions plan a rally. Unions will march"
            or bool(first.countries & second.countries)
            or (not first.everybody or not second.everybody)
        )
    if not (_says_nothing(first) or _says_nothing(second)):
        return False
    shared = bool(first.everybody & second.everybody) or bool(first.countries & second.countries)
    return second.definite or (shared and (first.verbless_title or second.verbless_title))


def _is_other_plan(first: Draft, second: Draft) -> bool:
    """Whether what may be is told beside what is set, by somebody of whom that says nothing: "the summit is on Monday.
    The two may talk again": no summit.
    """
    plans = {first.status, second.status} == {"planned", "hypothetical"}
    return plans and not first.everybody & second.everybody and not (_says_nothing(first) or _says_nothing(second))


def _times_differ(first: Draft, second: Draft) -> bool:
    a, b = first.when, second.when
    if a.from_ is None or b.from_ is None or (a.time is None and b.time is None):
        return False
    a_from, a_to = _reach(a, first.status)
    b_from, b_to = _reach(b, second.status)
    return not (a_from < b_to and b_from < a_to)


def _reach(when: When, status: Status) -> tuple[datetime, datetime]:
    """The interval; a day known only by the tense and the publication stands for the days around it.

    What is to come does not reach back before the day it is told of.
    """
    start, end = _instant(when.from_ or ""), _instant(when.to) if when.to else _FOREVER
    if when.time is not None:
        return start, end
    near = timedelta(days=_AROUND)
    return start - (timedelta() if status == "planned" else near), end if end == _FOREVER else start + near


def _instant(text: str) -> datetime:
    """A day begins at midnight, in UTC where no zone is told."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _is_among(group: Group, draft: Draft) -> bool:
    """As in "the Trump meeting", where Zelensky and Trump were said to meet: one of those that an event is told of."""
    if draft.event_type is None or not ontology.load()[draft.event_type].reciprocal or not draft.everybody:
        return False
    return draft.everybody <= frozenset(party for d in group.drafts for party in d.everybody)


# --- what they establish together ------------------------------------------------------------------------------------


def _event(group: Group) -> Event:
    told = [d for d in group.drafts if not d.outcome] or group.drafts
    typed = [d for d in told if d.event_type] or told
    best = max(typed, key=lambda d: (len(d.parties.actors) > 0, len(d.parties.recipients) > 0))
    full = [d for d in typed if not _is_bare(d)] or typed
    when = min(typed, key=_precision).when
    if when.origin not in ("expression", "sentence"):  # "Slitta il vertice: si terrà venerdì 14 marzo"
        when = min([*typed, *told], key=_precision).when
    return Event(
        id=f"e{group.number}",
        event_type=typed[0].event_type,
        mode=next((d.mode for d in typed if d.mode), None),
        predicate=typed[0].candidate.predicate,
        actors=tuple(_together([best, *typed], "actors", best)),
        recipients=tuple(_together([best, *typed], "recipients", best)),
        place=next((d.parties.place for d in typed if d.parties.place), None),
        from_=when.from_,
        to=when.to,
        status=_status(full),
        polarity=typed[0].factuality.polarity,
        certainty=min((d.factuality.certainty for d in typed), key=_CERTAINTIES.index),
        claims=tuple(f"c{index}" for index in group.indices),
    )


def _together(drafts: Sequence[Draft], role: str, best: Draft) -> list[str]:
    """The parties of the fullest claim; where it names none, of the first that does."""
    own: list[str] = getattr(best.parties, role)
    if own:
        return own
    taken = frozenset(best.parties.actors) | frozenset(best.parties.recipients)
    for draft in drafts:
        found = [p for p in getattr(draft.parties, role) if p not in taken]
        if found:
            return found
    return []


def _precision(draft: Draft) -> tuple[int, int, str]:
    origin = {"expression": 0, "sentence": 1, "published": 2}.get(draft.when.origin or "", 3)
    open_ended = draft.when.from_ is None or draft.when.to is None
    return origin + 3 * _is_bare(draft), int(open_ended), draft.when.to or ""


def _is_bare(draft: Draft) -> bool:
    """A definite mention that names nobody."""
    return draft.definite and not draft.everybody


def _status(drafts: Sequence[Draft]) -> Status:
    """The firmest that is said outright; a happening that goes on goes on."""
    said = [d.status for d in drafts if not d.inherited] or [d.status for d in drafts]
    for status in ("ongoing", "occurred", "planned", "hypothetical"):
        if status in said:
            return status
    return "occurred"
