"""Whether two claims are of different people: the same happening has the same on each side, as far as both are told."""

from __future__ import annotations

from ultimora import ontology
from ultimora.claims.draft import Draft


def parties_differ(first: Draft, second: Draft) -> bool:
    """Whether two claims of one type are of different parties: nobody in common on a side, or the sides exchanged."""
    if first.event_type is not None and ontology.load()[first.event_type].reciprocal:
        return disjoint(first, second, first.everybody, second.everybody) or _other_circle(first, second)
    if _opposed(first, second):
        return True
    return disjoint(first, second, frozenset(first.parties.actors), frozenset(second.parties.actors)) or disjoint(
        first, second, frozenset(first.parties.recipients), frozenset(second.parties.recipients)
    )


def _other_circle(first: Draft, second: Draft) -> bool:
    """Two meetings of somebody with different people: neither circle lies within the other."""
    unlike = bool(first.family and second.family) and not first.family & second.family
    a, b = (d.everybody if unlike else d.everybody & d.named for d in (first, second))  # "met X and held calls with"
    return len(a) > 1 and len(b) > 1 and not (a <= b or b <= a or first.countries == second.countries)


def disjoint(first: Draft, second: Draft, a: frozenset[str], b: frozenset[str]) -> bool:
    """Both sides name somebody and nobody is common, be it by country; "people" is nobody in particular."""
    a, b = a & first.named, b & second.named
    if not a or not b or a & b:
        return False
    return not _states(first, a) & _states(second, b)


def _states(draft: Draft, ids: frozenset[str]) -> frozenset[str]:
    return frozenset(state for each in ids if (state := draft.country_of.get(each)))


def _opposed(first: Draft, second: Draft) -> bool:
    """Who acts in one is acted upon in the other: a strike and the reply to it."""
    a, b = frozenset(first.parties.actors), frozenset(second.parties.recipients)
    c, d = frozenset(second.parties.actors), frozenset(first.parties.recipients)
    crossed = bool(_states(first, a) & _states(second, b)) or bool(_states(second, c) & _states(first, d))
    alike = bool(_states(first, a) & _states(second, c)) or bool(_states(first, d) & _states(second, b))
    return crossed and not alike
