"""Places made comparable: which names in which languages are one place, and which places are certainly apart. Pure."""

from __future__ import annotations

from functools import cache

from rapidfuzz import fuzz

from ultimora import languages
from ultimora.record.actors import capitals, countries
from ultimora.record.names import plain, same_name
from ultimora.record.types import Party

_ALIKE = 70


def apart(a: Party, b: Party) -> bool:
    """Whether two places, named in one language, are certainly not one.

    Only what the gazetteers know is certain: a quarter may lie in the town that the other names, and so may a town in a
    state.
    """
    if a.kind != "place" or b.kind != "place" or same_name(a.name, b.name):
        return False
    names = plain(a.name), plain(b.name)
    if fuzz.ratio(*names) >= _ALIKE or any(name in countries() for name in names):
        return False
    capital = [capitals().get(name) for name in names]
    if all(capital):
        return capital[0] != capital[1]
    return all(name in known() for name in names)


@cache
def known() -> frozenset[str]:
    """The places that the gazetteers name beside states, plain."""
    found = set(capitals())
    shared = languages.Language("mul", languages.ROOT / "mul", {})
    for language in (shared, *map(languages.load, languages.available())):
        for names in language.table("gazetteer/places").get("places", {}).values():
            found.update(plain(name.rstrip("!?")) for entry in names for name in str(entry).split("|"))
    return frozenset(found)
