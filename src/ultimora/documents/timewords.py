"""Words of time that a parser takes for something else.

- "Poche ore dopo il portavoce ha precisato": some hours later, and it is the spokesman who speaks.
- "aveva minacciato la settimana scorsa di chiedere": last week is when, and nobody was threatened with it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from ultimora.documents.hanging import NOUNS, SUBJECTS, Hanging
from ultimora.documents.parser import WordAnalysis
from ultimora.documents.wordlists import is_event
from ultimora.documents.wordlists import words as listed

_FINITE = "Fin"


def timed(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The analyses with such words of time taken for what they are."""
    units, later = listed(language, "words", "spans"), listed(language, "words", "later")
    past = listed(language, "words", "which_span")
    result = Hanging(found)
    for i, word in enumerate(found):
        if word.lemma.lower() not in units or word.upos not in NOUNS:
            continue
        if i + 1 < len(found) and words[i + 1].lower() in later:
            _later(result, i, language)
        if word.deprel == "obj" and any(result[j].lemma.lower() in past for j in result.below(i, "amod", "det")):
            result[i] = dataclasses.replace(word, deprel="obl")
    return tuple(result)


def _later(result: Hanging, unit: int, language: str) -> None:
    """Makes the noun behind "some hours later" the subject of a verb that has none."""
    noun = result[unit + 1].head
    if result[unit + 1].deprel != "case" or noun <= unit + 1 or result[noun].deprel not in ("obl", "nmod"):
        return
    verb = result[noun].head if result[noun].deprel == "obl" else result[result[noun].head].head
    if verb <= noun or is_event(result[noun], language) or result.below(verb, *SUBJECTS):
        return
    forms = [verb, *result.below(verb, "aux", "cop")]
    if any(result[j].feats.get("VerbForm") == _FINITE for j in forms):
        result[unit + 1] = dataclasses.replace(result[unit + 1], head=unit, deprel="advmod", upos="ADV")
        result[noun] = dataclasses.replace(result[noun], head=verb, deprel="nsubj")
