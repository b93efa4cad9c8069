"""Cuts the tokens of an article into sentences, by punctuation, lines and the parts of the article."""

from __future__ import annotations

from functools import cache

from ultimora import languages
from ultimora.types import Part, TextPart

_FINAL = frozenset(".!?…") | {"...", "....", "?!", "!?"}
_CLOSING = frozenset("»”’)]\"'") | {"''"}
_OPENING = frozenset("«“‘([")
_HEADLINES = frozenset({"title", "standfirst"})
_HALF = 2
"""So many words at least stand on each side of a semicolon that parts two headlines."""


@cache
def _openers(language: str) -> frozenset[str]:
    return frozenset(languages.load(language).table("lexicon/parts").get("openers", ()))


def split_sentences(
    text: str, spans: list[tuple[int, int]], parts: tuple[TextPart, ...], language: str
) -> list[tuple[int, int, Part]]:
    """Ranges of tokens ``[first, last)``, one a sentence, each with its part of the article."""
    found: list[tuple[int, int, Part]] = []
    at = 0
    for part in parts:
        while at < len(spans) and spans[at][0] < part.start:
            at += 1
        first = at
        while at < len(spans) and spans[at][0] < part.end:
            at += 1
        cut = _split(text, spans, first, at, language)
        if part.part in _HEADLINES:
            cut = [half for a, b in cut for half in _halves(text, spans, a, b)]
        found += [(a, b, part.part) for a, b in cut]
    return found


def _halves(text: str, spans: list[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    """As in "Egypt protests over arms; talks due on Monday": a headline of several, which a semicolon parts."""
    words = [text[slice(*span)] for span in spans[first:last]]
    found, begin, depth = [], 0, 0
    for i, word in enumerate(words):
        depth += (word in _OPENING) - (word in _CLOSING and word not in ("'", '"', "’"))
        even = not depth and not words[:i].count('"') % 2
        if word == ";" and even and i - begin >= _HALF <= len(words) - i - 1:
            found.append((first + begin, first + i + 1))
            begin = i + 1
    return [*found, (first + begin, last)]


def _split(text: str, spans: list[tuple[int, int]], first: int, last: int, language: str) -> list[tuple[int, int]]:
    found, begin, i, straight = [], first, first, 0
    while i < last:
        word = text[slice(*spans[i])]
        straight += word == '"'
        if word in _FINAL or (word.endswith(".") and len(word) > 1):
            after = _closing(text, spans, i + 1, last, straight)
            straight += sum(text[slice(*spans[k])] == '"' for k in range(i + 1, after))
            if after < last and _ends(text, spans, i, after, language):
                found.append((begin, after))
                begin = after
            i = after
            continue
        i += 1
    if begin < last:
        found.append((begin, last))
    return found


def _closing(text: str, spans: list[tuple[int, int]], i: int, last: int, straight: int) -> int:
    """Past the further full stops and closing marks that belong to the sentence before."""
    while i < last:
        word = text[slice(*spans[i])]
        if word not in _FINAL and word not in _CLOSING:
            break
        if word in "\"'" and (straight % 2 == 0 or spans[i][0] > spans[i - 1][1]):
            break  # an opening straight mark
        straight += word == '"'
        i += 1
    return i


def _ends(text: str, spans: list[tuple[int, int]], stop: int, after: int, language: str) -> bool:
    """Whether a sentence ends before token ``after``, given the stop at token ``stop``."""
    word, following = text[slice(*spans[stop])], text[slice(*spans[after])]
    start = spans[after]
    if following in _OPENING or following in "\"'–—-•":
        nxt = text[slice(*spans[after + 1])] if after + 1 < len(spans) else ""
        following = nxt or following
    if word == "." and _is_word(text[slice(*spans[stop - 1])]) and start[0] > spans[stop][1]:
        return following[:1] not in ",;:"  # whoever writes without capitals still ends sentences
    if word in _FINAL:
        return not following[:1].islower() and following[:1] not in ",;:" and start[0] > spans[stop][1] - 1
    # An abbreviation ends a sentence only before a word that opens one.
    return following[:1].isupper() and following.lower() in _openers(language)


def _is_word(word: str) -> bool:
    """Long enough to be no abbreviation that the tokenizer does not know."""
    return len(word) > 3 and word.isalpha()
