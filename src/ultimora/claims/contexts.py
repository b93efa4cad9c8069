"""Surroundings that decide whether something is said to have happened: questions, results, deadlines."""

from __future__ import annotations

from ultimora.claims.cues import Lexicon
from ultimora.claims.syntax import case_of, feature, first_conjunct, lemma
from ultimora.claims.triggers import in_time
from ultimora.types import Document, Token

_STEPS = 12
_OPENING = frozenset('«»“”„":')


def is_question(document: Document, trigger: Token) -> bool:
    """Whether the trigger stands in the main clause of a question."""
    sentence = document.sentences[trigger.sentence]
    last = document.tokens[sentence.last - 1]
    if "?" not in last.text and "?" not in document.tokens[max(sentence.last - 2, sentence.first)].text:
        return False
    at = first_conjunct(document, trigger)
    for _ in range(_STEPS):
        if at.head == at.i:
            return True
        if at.deprel in {"acl:relcl", "advcl", "nmod", "obl", "acl"} or not at.deprel:
            return False
        above = document.head(at)
        if above is None:
            return True
        at = above
    return False


def is_result(document: Document, at: Token, above: Token, words: Lexicon) -> bool:
    """As in "fell 2% to close at 90", "the first to leave": what came of it, or who did it, and no purpose."""
    if at.deprel == "advcl":
        return lemma(at) in words.lists["results"] and not document.children(at, "aux:pass")
    singled = [above, *document.children(above, "amod", "nummod")]
    return any(
        feature(t, "NumType") == "Ord" or feature(t, "Degree") == "Sup" or lemma(t) in words.lists["exclusive"]
        for t in singled
    )


def is_due(document: Document, trigger: Token, words: Lexicon) -> bool:
    """As in "a meeting within two weeks"."""
    phrases = document.children(trigger, "nmod", "obl")
    return any(case_of(document, t) in words.lists["within"] and in_time(document, t) for t in phrases)


def is_direct_speech(document: Document, at: Token) -> bool:
    """As in "smentisce: «Nulla è accaduto»": the words themselves, which the verb of saying does not turn around."""
    if at.deprel not in {"ccomp", "parataxis"} or document.children(at, "mark"):
        return False
    return any(t.text in _OPENING for t in document.children(at, "punct"))
