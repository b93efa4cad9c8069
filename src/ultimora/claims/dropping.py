"""What was arranged and is off: "scrapped the march", "pulled out of the talks", "dropped plans for a strike"."""

from __future__ import annotations

from ultimora.claims.cues import Governor, Lexicon, lexicon
from ultimora.claims.moving import moved_on
from ultimora.claims.naming import verb_names
from ultimora.claims.syntax import case_of, is_passive, lemma
from ultimora.types import Document, Token

_STEPS = 2
_REACH = 4


def dropped(document: Document, at: Token, above: Token, words: Lexicon) -> Governor | None:
    """The class of a word that takes back what was arranged, if what it is said of can be arranged at all: nobody
    keeps an appointment with a town that he pulls out of.
    """
    if not is_arranged(at, words) or above.upos not in {"VERB", "AUX", "NOUN", "ADJ"}:
        return None
    if moved_on(document, at, above) is not None:
        return None
    found = (words.off.get(name) for name in _names(document, above, case_of(document, at)))
    return next((each for each in found if each is not None), None)


def is_arranged(noun: Token, words: Lexicon) -> bool:
    """Whether a noun names what people agree to hold, or the plan of it."""
    known = words.lists.get("arranged", frozenset())
    return noun.upos in {"NOUN", "PROPN"} and (lemma(noun) in known or noun.lower in known)


def dropper(document: Document, noun: Token) -> Token | None:
    """The verb that takes back what a noun names, or the plan that the noun hangs from."""
    words, at = lexicon(document.language), noun
    for _ in range(_STEPS):
        above = document.head(at)
        if above is None:
            return None
        if dropped(document, at, above, words) is not None:
            own = at.deprel in {"obj", "obl"} or (at.deprel.startswith("nsubj") and is_passive(document, above))
            return above if own else None
        if at.deprel not in {"nmod", "acl"} or not is_arranged(above, words):
            return None
        at = above
    return None


def _names(document: Document, above: Token, case: str) -> list[str]:
    """What a class may call the word: "pull out", "withdraw from", "rinviare a data", "annullare"."""
    name = lemma(above)
    if above.upos in {"NOUN", "ADJ"}:
        return [f"{name} {case}", name]
    behind = [t for t in document.children(above, "obl", "obj", "xcomp", "advmod") if 0 < t.i - above.i <= _REACH]
    fixed = [f"{name} {case_of(document, t)} {t.lower}".replace("  ", " ") for t in behind]
    voice = [f"{name}.pass"] if is_passive(document, above) else []
    return [*fixed, *verb_names(document, above), f"{name} {case}", *voice, above.lower]
