"""What a headline leaves out, put back for the parser: "telefonata Rossi-Bianchi", parsed as "tra Rossi e Bianchi".

Which nouns are said of two ("telefonata", "vertice") and which words stand for the hyphen lies in
``lexicon/tokens.toml`` under ``pairing``. The words that are put in are taken out of the parse again.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache

from ultimora import languages
from ultimora.documents.parser import WordAnalysis

HYPHENS = frozenset("-–")
_NEAR = 2


@dataclass(frozen=True)
class Pairing:
    """Nouns that are said of two, the word between the two, the one before them, and what only begins one name."""

    nouns: frozenset[str]
    between: str
    before: str
    beginnings: frozenset[str]


@cache
def pairing(language: str) -> Pairing:
    """How the language's headlines name two who do something together."""
    table = languages.load(language).table("lexicon/tokens").get("pairing", {})
    return Pairing(
        frozenset(table.get("nouns", ())),
        table.get("between", ""),
        table.get("before", ""),
        frozenset(table.get("beginnings", ())),
    )


def is_pair(word: str, before: str, language: str) -> bool:
    """Whether a word with a hyphen names two, by itself and by what stands right before it."""
    parts = word.replace("–", "-").split("-")
    known = pairing(language)
    names = len(parts) == 2 and all(part[:1].isupper() for part in parts) and parts[0].lower() not in known.beginnings
    return names and any(each.lower() in known.nouns for each in before.split()[-_NEAR:])


def spelled_out(words: tuple[str, ...], language: str) -> tuple[tuple[str, ...], int | None]:
    """The words as the parser is to see them, and where one was put in."""
    known = pairing(language)
    for i, word in enumerate(words[1:-1], 1):
        near = words[max(i - 1 - _NEAR, 0) : i - 1]
        pair = f"{words[i - 1]}-{words[i + 1]}"
        if word in HYPHENS and known.before and is_pair(pair, " ".join(near), language):
            return (*words[: i - 1], known.before, words[i - 1], known.between, *words[i + 1 :]), i - 1
    return words, None


def taken_out(found: tuple[WordAnalysis, ...], at: int | None) -> tuple[WordAnalysis, ...]:
    """The parse without the word that was put in; what hung from it hangs from what it hung from."""
    if at is None:
        return found
    over = found[at].head
    heads = [over if word.head == at else word.head for word in found]
    shifted = [head - 1 if head > at else head for head in heads]
    parts = [tuple((i - (i > at), a, r) for i, a, r in word.parts if i != at) for word in found]
    changed = zip(found, shifted, parts, strict=True)
    kept = (dataclasses.replace(word, head=head, parts=part) for word, head, part in changed)
    return tuple(word for i, word in enumerate(kept) if i != at)
