"""Surroundings that decide whether something is said to have happened: questions, results, deadlines."""

from __future__ import annotations

from ultimora.claims.cues import Lexicon
from ultimora.claims.syntax import case_of, clause, feature, finite, first_conjunct, in_time, lemma
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

_STEPS = 12
_OPENING = frozenset('«»“”„":')


def is_question(document: Document, trigger: Token) -> bool:
    """Whether the trigger stands in the main clause of a question."""
    sentence = document.sentences[trigger.sentence]
    last = document.tokens[sentence.last - 1]
    if "?" not in last.text and "?" not in document.tokens[max(sentence.last - 2, sentence.first)].text:
        return False
    asks = words(document.language, "words", "asking")
    at = first_conjunct(document, trigger)
    for _ in range(_STEPS):
        nominal = at.upos == "NOUN" and at.deprel.split(":")[0] in {"nsubj", "obj"}
        if nominal and any(t.lower in asks for t in document.sentence_tokens(sentence)):
            return False  # "How big was the rally?": that there was one is taken for granted
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


def is_outstanding(document: Document, token: Token, child: Token, words: Lexicon) -> bool:
    """As in "has yet to take effect": the adverb that says of an infinitive that it has not come to it."""
    if child.lower not in words.lists.get("outstanding", ()):
        return False
    below = any(feature(t, "VerbForm") == "Inf" for t in document.children(token, "xcomp"))
    itself = token.deprel == "xcomp" and feature(token, "VerbForm") == "Inf" and child.i < token.i
    return below or itself


def carried_on(document: Document, above: Token, words: Lexicon) -> Token | None:
    """As in "the truce failed to take effect": the infinitive that says what became of the subject."""
    below = [t for t in document.children(above, "xcomp") if feature(t, "VerbForm") == "Inf"]
    return next((t for t in below if lemma(t) in words.lists["light"]), None)


def is_focus(document: Document, child: Token, words: Lexicon) -> bool:
    """A negation of the word after it alone ("not only")."""
    after = document.tokens[child.i + 1] if child.i + 1 < len(document.tokens) else None
    return after is not None and after.lower in words.lists["focus"]


def is_negation(token: Token, words: Lexicon) -> bool:
    """Whether a dependent negates what it hangs from."""
    return lemma(token) in words.lists["negations"] or token.lower in words.lists["negations"]


def is_over(document: Document, at: Token, above: Token, words: Lexicon) -> bool:
    """As in "the errors made before the attack": what was to come for somebody then is past now."""
    then = case_of(document, at) in words.lists.get("before", ())
    verb = clause(document, above)
    past = "Past" in {feature(finite(document, verb) or verb, "Tense"), feature(verb, "Tense")}
    dated = any(in_time(document, t) for t in document.children(at, "nmod", "obl"))  # "prima dello sciopero di venerdì"
    return then and past and not dated


def journey(document: Document, at: Token, above: Token) -> Token | None:
    """As in "a trip to Lima for talks with X": the journey that is made for something."""
    journeys, aims = (words(document.language, "words", name) for name in ("journeys", "aims"))
    if case_of(document, at) not in aims:
        return None
    made = [above, *(t for t in document.children(above, "obj", "nsubj:pass") if t.i < at.i)]
    return next((t for t in made if lemma(t) in journeys), None)
