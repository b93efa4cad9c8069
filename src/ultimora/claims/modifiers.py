"""What the words beside an event do to it: adverbs, adjectives, negations, stages ("in corso", "under way")."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.claims.contexts import is_focus, is_negation, is_outstanding
from ultimora.claims.cues import Effect, Lexicon
from ultimora.claims.state import State
from ultimora.claims.syntax import case_of, is_predicate, lemma
from ultimora.documents.wordlists import words as syntax_words
from ultimora.types import Document, Token


def modifiers(document: Document, token: Token, state: State, words: Lexicon) -> None:
    """Lets the dependents of a word act on the event."""
    said_no = False
    left_open = next((c for c in _clauses(document, token) if _leaves_open(document, c, words)), None)
    if left_open is not None:
        state.apply(Effect(certainty="possible"), left_open.text)
    for child in document.children(token):
        relation = child.deprel.split(":")[0]
        if relation in {"advmod", "amod", "det", "cc", "mark", "case", "discourse"} or is_negation(child, words):
            _modifier(document, token, child, state, words)
        elif relation in {"nsubj", "obj", "obl"} and is_predicate(document, token):
            said_no = said_no or _negative_argument(document, child, state, words)
        if relation == "acl" and child.lower in words.modifiers:
            _modifier(document, token, child, state, words)
        if relation in {"obl", "nmod"}:
            stage(document, child, state, words)


def _clauses(document: Document, noun: Token) -> Iterator[Token]:
    """What is said of a noun, and of what it is of: "la consegna di un carico di armi che nessuno ha confermato"."""
    at: Token | None = noun if noun.upos in {"NOUN", "PROPN"} else None
    while at is not None:
        yield from document.children(at, "acl", "acl:relcl")
        at = next((t for t in document.children(at, "nmod") if t.i > noun.i), None)


def _leaves_open(document: Document, clause: Token, words: Lexicon) -> bool:
    """As in "a delivery that nobody has confirmed", "un attacco non confermato": whether it was is left open."""
    if lemma(clause) not in words.lists["confirming"]:
        return False
    nobody = any(
        t.lower in words.lists["negative_words"] for t in document.children(clause, "nsubj", "obl:agent", "obl")
    )
    return nobody or any(is_negation(t, words) for t in document.children(clause))


def stage(document: Document, child: Token, state: State, words: Lexicon) -> None:
    """As in "in corso", "in programma", "under way"."""
    words_of_it = f"{case_of(document, child)} {lemma(child)}"
    of = syntax_words(document.language, "cases", "genitive")
    whole = not any(case_of(document, t) in of for t in document.children(child, "nmod"))  # but "nel corso del vertice"
    if words_of_it in words.modifiers and whole:
        state.apply(words.modifiers[words_of_it], words_of_it)


def _is_two_word_negation(document: Document, token: Token, child: Token, words: Lexicon) -> bool:
    """A negation of two words ("no longer"), or a near miss right before its verb ("nearly broke")."""
    if f"{document.tokens[child.i - 1].lower} {child.lower}" in words.lists["negations"]:
        return True
    near_miss = child.lower in words.lists["near_misses"] and token.upos == "VERB" and child.i == token.i - 1
    return near_miss or is_outstanding(document, token, child, words)


def _modifier(document: Document, token: Token, child: Token, state: State, words: Lexicon) -> None:
    if is_negation(child, words) or _is_two_word_negation(document, token, child, words):
        excepted = _excepts(document, token, child, words)
        if not excepted and not is_focus(document, child, words) and not _doubled(document, token, child, words):
            state.apply(Effect(negative=True), child.text)
        return
    name = phrase(document, child)
    effect = words.modifiers.get(name) or words.modifiers.get(child.lower) or words.modifiers.get(lemma(child))
    if effect is not None and not (effect.negative and _negated_above(document, token, words)):
        state.apply(effect, child.text)


def _excepts(document: Document, token: Token, negation: Token, words: Lexicon) -> bool:
    """As in "non ci sono che due morti": there are two, and no more."""
    marks = words.lists.get("excepting", frozenset())
    numbers = document.tokens[negation.i + 2 : negation.i + 8] if marks else ()
    number = next((t for t in numbers if t.upos == "NUM" and t.sentence == token.sentence), None)
    if number is None or document.tokens[number.i - 1].lower not in marks:
        return False
    counted = document.tokens[number.head] if number.deprel == "nummod" else number
    return counted.upos in {"NOUN", "NUM", "ADJ"} and token.i in {counted.i, counted.head}


def _negated_above(document: Document, token: Token, words: Lexicon) -> bool:
    """In "non … alcun", "not … any" the verb's negation is the only one."""
    above = document.head(token)
    return above is not None and any(is_negation(t, words) for t in document.children(above, "advmod"))


def phrase(document: Document, child: Token) -> str:
    """A word with what is fixed to it ("a meno che"), in lower case."""
    parts = [child, *document.children(child, "fixed")]
    return " ".join(part.lower for part in parts)


def _doubled(document: Document, token: Token, child: Token, words: Lexicon) -> bool:
    """Italian "non … mai", "non … nessuno": the second word repeats the first."""
    return any(is_negation(other, words) and other.i < child.i for other in document.children(token))


def _negative_argument(document: Document, child: Token, state: State, words: Lexicon) -> bool:
    """As in "nobody came", "there were no talks", unless the verb is negated already."""
    holder = [child, *document.children(child, "det")]
    cue, above = next((t for t in holder if t.lower in words.lists["negative_words"]), None), document.head(child)
    if (
        cue is None
        or above is None
        or cue.text in state.cues
        or any(is_negation(t, words) for t in document.children(above, "advmod", "mark"))
    ):
        return False
    state.apply(Effect(negative=True), cue.text)
    return True
