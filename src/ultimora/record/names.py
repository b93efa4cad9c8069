"""Names made comparable: one spelling for the many that a name has in the news of several languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Letters that Unicode does not take apart, and the transliterations that outlets disagree about.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "’": "'", "ʼ": "'"}
)
_SPELLINGS = (("sch", "sh"), ("kh", "h"), ("ph", "f"), ("ck", "k"), ("y", "i"), ("j", "i"), ("w", "v"))
_WORD = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"(.)\1+")
# From this length on, one letter dropped or typed twice is a slip rather than another name (Marina, Martina).
_LONG_NAME = 8


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """Lower case, no diacritics, no punctuation, single spaces.

    >>> plain("Recep Tayyip ERDOĞAN")
    'recep tayyip erdogan'
    """
    folded = unicodedata.normalize("NFKD", name.replace("İ", "I").casefold()).translate(_LETTERS)
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare.replace("'", " ")))


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A plain word with the spellings of its transliterations made one: Zelensky, Zelenskyj and Zelenskiy are equal."""
    for spelling, one in _SPELLINGS:
        word = word.replace(spelling, one)
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=65536)
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared."""
    return tuple(sound(word) for word in plain(name).split())


def initials(words: tuple[str, ...]) -> str:
    """The first letters of some words."""
    return "".join(word[0] for word in words)


@lru_cache(maxsize=65_536)
def same_person(a: str, b: str) -> bool:
    """Whether two names can be one person's: all words of the shorter are in the longer, or are initials there.

    >>> same_person("Zelenskyj", "Volodymyr Zelensky"), same_person("G. Meloni", "Giorgia Meloni")
    (True, True)
    >>> same_person("Mario Meloni", "Giorgia Meloni"), same_person("Volodymr Zelenskiy", "Volodymyr Zelensky")
    (False, True)
    """
    short, long = sorted((tokens(a), tokens(b)), key=len)
    if not short or not any(len(word) > 1 and word in long for word in short):
        return False
    return all(word in long or (len(word) == 1 and word in initials(long)) or _misspelt(word, long) for word in short)


def _misspelt(word: str, others: Iterable[str]) -> bool:
    """Whether a long name has one inner letter more or less than one of the others: a slip of the pen."""
    return any(_one_more(word, other) or _one_more(other, word) for other in others)


def _one_more(shorter: str, longer: str) -> bool:
    if len(shorter) < _LONG_NAME or len(longer) != len(shorter) + 1 or shorter[-1] != longer[-1]:
        return False
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer) - 1))


def same_name(a: str, b: str) -> bool:
    """Whether two names of organisations, groups or places are one: equal, or one the initials of the other."""
    first, second = tokens(a), tokens(b)
    if not first or not second:
        return False
    if first == second or sorted(first) == sorted(second):
        return True
    return _acronym(a, second) or _acronym(b, first)


def _acronym(name: str, words: tuple[str, ...]) -> bool:
    letters = name.replace(".", "").strip()
    return (
        len(letters) > 1
        and letters.isupper()
        and " " not in letters
        and len(words) > 1
        and plain(letters) == initials(words)
    )
