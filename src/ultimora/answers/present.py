"""Events out of the record as answers show them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from ultimora.answers.types import Actor, Found, Number, Reference, Speaker, Stood
from ultimora.record.plans import Outcome
from ultimora.record.types import Amount, KeptClaim, KeptEvent, Party, Source, Stand
from ultimora.types import Comparison


def found(event: KeptEvent, outcome: Outcome | None = None, moved_to: str | None = None) -> Found:
    """An event as an answer shows it: the claims that bear its state out first, the newest of them first."""
    return Found(
        event=event.id,
        event_type=event.event_type,
        mode=event.mode,
        predicate=event.predicate,
        actors=tuple(map(_actor, event.actors)),
        recipients=tuple(map(_actor, event.recipients)),
        place=_actor(event.place) if event.place else None,
        from_=event.from_,
        to=event.to,
        status=event.status,
        polarity=event.polarity,
        certainty=event.certainty,
        disputed=event.disputed,
        withdrawn=event.withdrawn,
        numbers=_numbers(event.amounts),
        references=tuple(reference(c) for c in best_first(event)),
        outcome=outcome,
        history=tuple(_stood(s) for s in event.history),
        moved_to=moved_to,
    )


def best_first(event: KeptEvent) -> list[KeptClaim]:
    """An event's claims: standing before withdrawn, bearing out its state before the others, newest first."""
    newest = sorted(
        event.claims, key=lambda c: (c.revision.stated or c.since, -c.facts.sentence, c.facts.id), reverse=True
    )
    return sorted(newest, key=lambda c: _rank(event, c))


def distinct(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """References without a second one to the same sentence of the same article."""
    return tuple({(r.article, r.sentence, r.withdrawn_at): r for r in reversed(tuple(references))}.values())[::-1]


def _rank(event: KeptEvent, claim: KeptClaim) -> tuple[bool, int, int, bool, bool]:
    facts = claim.facts
    agrees = (facts.polarity == event.polarity, facts.status == event.status, facts.certainty == event.certainty)
    dated = (facts.from_, facts.to) == (event.from_, event.to)
    parties = min(len(facts.actors) + len(facts.recipients), 2)
    return (not claim.standing, -sum(agrees), -parties, not dated, not facts.chains)


def _actor(party: Party) -> Actor:
    return Actor(party.key, party.name, party.kind, party.country, party.office, party.anonymous)


def _numbers(amounts: Iterable[Amount]) -> tuple[Number, ...]:
    return tuple(Number(a.text, a.value, cast(Comparison, a.comparison), a.unit, a.of) for a in amounts)


def reference(claim: KeptClaim) -> Reference:
    """A claim as an answer cites it."""
    facts, revision = claim.facts, claim.revision
    return Reference(
        claim=facts.id,
        sentence=facts.text,
        outlet=revision.outlet,
        title=revision.title,
        url=revision.url,
        language=revision.language,
        published=revision.modified or revision.published,
        known_at=claim.since,
        withdrawn_at=claim.until,
        article=claim.article,
        revision=revision.id,
        status=facts.status,
        polarity=facts.polarity,
        certainty=facts.certainty,
        from_=facts.from_,
        to=facts.to,
        sources=tuple(tuple(speaker(s) for s in chain) for chain in facts.chains),
        rule=facts.rule,
    )


def speaker(source: Source) -> Speaker:
    """A link of a chain."""
    medium = source.medium.name if source.medium else None
    return Speaker(source.party.name, source.stance, source.party.anonymous, medium)


def _stood(stand: Stand) -> Stood:
    numbers = _numbers(stand.amounts)
    return Stood(
        stand.known_at, stand.status, stand.polarity, stand.certainty, stand.from_, stand.to, numbers, stand.withdrawn
    )
