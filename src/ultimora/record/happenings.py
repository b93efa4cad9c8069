"""What happens, in one word for all languages, where PLOVER has no type for it. Pure.

"Il sisma" and "the earthquake" are one happening told twice. Which words mean which is data of the languages
(``lexicon/happenings.toml``).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ultimora import languages


def happening(predicate: str) -> str:
    """What a predicate is a word for; itself, where no language says.

    >>> happening("sisma") == happening("earthquake")
    True
    """
    return _words().get(predicate, predicate)


def named(predicate: str, language: str) -> str | None:
    """What a language calls what a predicate of any language is a word for; None where no language says.

    >>> named("quake", "it")
    'terremoto'
    """
    words = languages.load(language).table("lexicon/happenings").get(_words().get(predicate, ""))
    return str(words[0]) if words else None


def is_known(predicate: str) -> bool:
    """Whether a language says what a predicate is a word for."""
    return predicate in _words()


def same_happening(predicate: str, others: Iterable[str]) -> bool:
    """Whether one of some predicates speaks of the same."""
    return happening(predicate) in map(happening, others)


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in languages.available():
        for concept, words in languages.load(tag).table("lexicon/happenings").items():
            found |= dict.fromkeys(words, concept)
    return found
