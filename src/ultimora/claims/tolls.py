"""Numbers of the dead, the injured and the missing, and the noun that carries each ("the death toll rose to 12").

Which words count whom is data of the languages (``lexicon/counts.toml``), and so is what brings people to harm
(``lexicon/happenings.toml``). Whose toll it is says ``outcomes.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ultimora import languages
from ultimora.claims.frames import frame
from ultimora.claims.syntax import clause, lemma
from ultimora.claims.trees import lemmas_of
from ultimora.documents.wordlists import HARMLESS, attending, harm, words
from ultimora.types import Document, Quantity, Token

_COMPLEMENTS = ("xcomp", "advcl", "nsubj", "nsubj:pass", "obj", "obl")
_BARE = frozenset({"obl", "obj", "root", "nmod", "xcomp", "advmod"})


@dataclass(frozen=True)
class HarmWords:
    """Who comes to harm ("dead"), in what sum ("toll"), what happens to them ("die"), by what ("blast": explosion)."""

    whom: frozenset[str]
    tolls: frozenset[str]
    verbs: frozenset[str]
    happenings: Mapping[str, str]


@cache
def harm_words(language: str) -> HarmWords:
    """The words of harm of a language."""
    happenings = languages.load(language).table("lexicon/happenings")
    return HarmWords(
        harm(language, "of"),
        harm(language, "tolls"),
        harm(language, "predicates"),
        {word: name for name, listed in happenings.items() if name not in HARMLESS for word in listed},
    )


def numbers(document: Document) -> dict[int, list[str]]:
    """The ids of the quantities that are a toll, by the noun that carries them."""
    known: dict[str, dict[int, list[str]]] = vars(document)
    key = f"_tolls_{len(document.quantities)}"
    if key not in known:
        found: dict[int, list[str]] = {}
        for quantity in document.quantities:
            noun = _carrier(document, quantity) if quantity.unit is None else None
            if noun is not None and not is_outdated(document, noun):
                found.setdefault(noun.i, []).append(quantity.id)
        known[key] = found
    return known[key]


def is_outdated(document: Document, noun: Token) -> bool:
    """As in "raising an earlier toll of six": how many it was once said to be."""
    earlier = words(document.language, "words", "outdated")
    return any({lemma(t), t.lower} & earlier for t in document.children(noun, "amod"))


def _carrier(document: Document, quantity: Quantity) -> Token | None:
    """The noun for those who are counted, else the toll that is said to be so high."""
    head = document.span_head(quantity.start, quantity.end)
    if head is None:
        return None
    if quantity.of is not None:
        if quantity.of.lower() in attending(document.language, "people") and head.deprel.startswith("nsubj"):
            return _found(document, clause(document, head))
        if quantity.of.lower() not in harm_words(document.language).whom:
            return None
        near = sorted(document.sentence_tokens(quantity.sentence), key=lambda t: abs(t.i - head.i))
        return next((t for t in near if t.upos != "VERB" and quantity.of in (lemma(t), t.lower)), None)
    above, verb = document.head(head), clause(document, head)
    if above is not None and is_whom(document, above):  # "i dispersi sei"
        return above
    if head.deprel.startswith("nsubj"):
        return _state_of(document, verb)
    return _toll_of(document, verb) if _is_bare(head) else None


def is_whom(document: Document, token: Token) -> bool:
    """Whether a word stands for those who came to harm: "the dead", "30 are missing", "feriti"."""
    return bool({lemma(token), token.lower} & harm_words(document.language).whom)


def is_harmful(document: Document, token: Token) -> bool:
    """Whether a word is a happening that people come to harm by: "earthquake", "blast"."""
    return lemma(token) in harm_words(document.language).happenings


def loss_of_life(document: Document, token: Token) -> str | None:
    """What takes several words to say that people die: "lose life", "perdere la vita"; None for any other verb."""
    several = [each for each in harm_words(document.language).verbs if each.startswith(f"{lemma(token)} ")]
    below = lemmas_of(document.children(token)) if several else frozenset()
    return next((each for each in sorted(several) if each.split()[-1] in below), None)


def whom(document: Document, token: Token) -> str:
    """The word for those who came to harm, as the language lists it: "missing", which as a verb would be "miss"."""
    known = harm_words(document.language).whom | harm_words(document.language).tolls
    return token.lower if token.lower in known and lemma(token) not in known else lemma(token)


def _state_of(document: Document, verb: Token) -> Token | None:
    """In which state they are or were left: "30 are missing", "seven remained injured", "sette sono rimaste ferite"."""
    below = [verb, *document.children(verb, *_COMPLEMENTS)]
    return next((t for t in below if t.i >= verb.i and is_whom(document, t)), None)


def _found(document: Document, verb: Token) -> Token | None:
    """How people were found: "five people have been found dead", "are confirmed as victims of the attack"."""
    below = document.children(verb, "xcomp", "obl") if verb.upos == "VERB" else []
    return next((t for t in below if t.i > verb.i and t.upos in {"ADJ", "NOUN"} and is_whom(document, t)), None)


def _is_bare(head: Token) -> bool:
    return head.upos in {"NUM", "SYM"} and head.deprel.split(":")[0] in _BARE


def _toll_of(document: Document, verb: Token) -> Token | None:
    """The subject or object of a clause that is a toll: "the death toll", "the number of dead", "il bilancio"."""
    if verb.upos in {"NUM", "SYM"}:
        candidates = document.children(verb, "nsubj")
    else:
        seen = frame(document, verb)
        candidates = [*seen.subjects, *seen.objects]
    tolls = harm_words(document.language).tolls
    for noun in candidates:
        counted = [t for t in document.children(noun, "nmod") if is_whom(document, t)]
        if counted or is_whom(document, noun):
            return counted[0] if counted else noun
        if {lemma(noun), noun.lower} & tolls and _speaks_of_harm(document, noun):
            return noun
    return None


def _speaks_of_harm(document: Document, noun: Token) -> bool:
    """A balance is a toll only where people came to harm in the article so far."""
    if document.children(noun, "compound"):
        return True
    harm = harm_words(document.language)
    return any({lemma(t), t.lower} & (harm.whom | harm.verbs) for t in document.tokens[: noun.i + 12] if t.i != noun.i)
