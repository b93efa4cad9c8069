"""The marks under which the events of a party are found: exactly enough of them, so that asking is quick however much a
record holds. What is found is compared with care afterwards; nothing that could match is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, product

from ultimora.record.actors import Who
from ultimora.record.matching import known_initials
from ultimora.record.names import same_person, tokens
from ultimora.record.registry import Known, Registry

_MOST_FORMS = 300


def who_marks(who: Who, registry: Registry) -> tuple[str, ...]:
    """The marks of all parties that whoever is asked about may be."""
    found = [f"k:{key}" for key in who.keys]
    if who.country is not None:
        found += [f"c:{who.country}", *(f"k:{key}" for key in _officials(who, registry))]
    if who.person:
        found += [f"k:{k.actor}" for name in who.names for k in _people(name, registry)]
    elif who.country is None:
        found += [f"k:{k.actor}" for name in who.names for k in _called(name, registry)]
        found += [f"i:{' '.join(tokens(name))}" for name in who.names if len(tokens(name)) == 1]
    return tuple(dict.fromkeys(found))


def _officials(who: Who, registry: Registry) -> list[str]:
    """Who acts for the state, under any name that can be one of theirs."""
    ours = [o for o in who.officials if o.country == who.country]
    by_last: dict[str, list[str]] = {}
    for official in ours:
        if words := tokens(official.name):
            by_last.setdefault(words[-1], []).append(official.name)
    alike = (
        known.actor
        for word, known in registry.with_words(list(by_last))
        if known.kind == "person" and any(same_person(known.name, name) for name in by_last[word])
    )
    return list(dict.fromkeys([*(o.actor for o in ours), *alike]))


def _people(name: str, registry: Registry) -> Iterable[Known]:
    """The people who may have a name: under it, under more of it, or under less."""
    words = tokens(name)
    whole = [word for word in words if len(word) > 1] or list(words)
    met = [*registry.names_like(whole), *registry.plainly(list(_shorter(words)))]
    return (k for k in met if k.kind == "person" and same_person(name, k.name))


def _shorter(words: tuple[str, ...]) -> Iterable[str]:
    """What is left of a name where words of it are left out or are initials."""
    forms = product(*((word, word[0], "") for word in words))
    return dict.fromkeys(" ".join(w for w in form if w) for form in islice(forms, _MOST_FORMS))


def _called(name: str, registry: Registry) -> list[Known]:
    """Whoever is called so, or by the initials of it."""
    words = tokens(name)
    return [*registry.names_like(words), *registry.plainly([known_initials(name)])] if words else []
