"""Who speaks for the public, in one word for all languages: police, rescuers, a hospital. Pure.

"I soccorritori" and "the rescuers" of one happening are the same. Which words mean whom is data of the languages
(``lexicon/bodies.toml``).
"""

from __future__ import annotations

from functools import cache, lru_cache

from ultimora import languages
from ultimora.record.names import plain
from ultimora.record.types import Party

_ANYBODY = ("organization", "group", "other", "government", "armed_group")


def same_body(a: Party, b: Party) -> bool:
    """Whether two parties of one happening are the same body by what they are, in whatever language."""
    if a.kind not in _ANYBODY or b.kind not in _ANYBODY or (a.country and b.country and a.country != b.country):
        return False
    found = body_of(a.name)
    return found is not None and found == body_of(b.name)


@lru_cache(maxsize=65_536)
def body_of(name: str) -> str | None:
    """What kind of body a name is of, by the longest of its words that a language knows; None where none does.

    >>> body_of("i soccorritori") == body_of("the rescuers")
    True
    """
    words = plain(name).split()
    spans = [(i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
    known = _words()
    longest = sorted(spans, key=lambda span: (span[0] - span[1], span[0]))
    return next((known[said] for i, j in longest if (said := " ".join(words[i:j])) in known), None)


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in languages.available():
        for body, words in languages.load(tag).table("lexicon/bodies").items():
            found |= dict.fromkeys(map(plain, words), body)
    return found
