"""A noun that takes up the clause before it, with what is said of it ("…, a charge Israel rejects"), hangs from it.

A parser that meets two noun phrases before the last verb makes both its subjects, or the first its object, and the
clause before the comma, which says what happened, what that verb says. The noun stands beside the clause; the verb is
its relative clause.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from ultimora.documents.hanging import SUBJECTS, VERBS
from ultimora.documents.parser import WordAnalysis

_CLAUSES = frozenset({"root", "ccomp", "parataxis", "conj", "advcl", "acl:relcl"})
_PERSONAL = frozenset({"Person", "PronType", "Case"})
_BOUND = frozenset({"ccomp", "parataxis", "advcl", "dep"})


def resumed(words: Sequence[str], found: tuple[WordAnalysis, ...], _: str) -> tuple[WordAnalysis, ...]:
    """The analyses with such a noun beside the clause that it takes up."""
    for noun in range(2, len(found)):
        verb = _verb_behind(found, noun)
        if verb <= noun or not _takes_up(words, found, noun, verb):
            continue
        told = _told(found, noun, verb)
        if told is not None:
            return _hung(found, noun, verb, told)
    return found


def _verb_behind(found: Sequence[WordAnalysis], noun: int) -> int:
    """The verb that a noun is an argument of, or whose content the clause is that was given the noun for its object."""
    above = found[noun].head
    bound = 0 <= above < noun and found[noun].deprel == "obj" and found[above].deprel in _BOUND
    return found[above].head if bound else above


def _takes_up(words: Sequence[str], found: Sequence[WordAnalysis], noun: int, verb: int) -> bool:
    """Whether "a charge" or "something" behind a comma is the first of two subjects, the second right behind it."""
    article = found[noun - 1]
    indefinite = article.upos == "DET" and article.head == noun and article.feats.get("Definite") != "Def"
    named = found[noun].upos == "NOUN" and indefinite and words[noun - 2] == ","
    something = found[noun].upos == "PRON" and words[noun - 1] == "," and not _PERSONAL & found[noun].feats.keys()
    if found[noun].deprel not in (*SUBJECTS, "obj") or not (named or something):
        return False
    second = next((i for i in range(noun + 1, verb) if found[i].head == verb and found[i].deprel in SUBJECTS), None)
    if second is None or found[verb].upos not in VERBS:
        return False
    return all(word.head == second for word in found[noun + 1 : second])


def _told(found: Sequence[WordAnalysis], noun: int, verb: int) -> int | None:
    """The verb of the clause that the noun takes up: what the last verb was said to say, or what it hung from."""
    below = [i for i in range(noun) if found[i].head == verb and found[i].deprel in _BOUND and found[i].upos in VERBS]
    if below:
        return below[-1]
    above = found[verb].head
    return above if 0 <= above < noun and found[verb].deprel in _CLAUSES else None


def _hung(found: Sequence[WordAnalysis], noun: int, verb: int, told: int) -> tuple[WordAnalysis, ...]:
    result = list(found)
    if result[told].head == verb:
        result[told] = dataclasses.replace(result[told], head=found[verb].head, deprel=found[verb].deprel)
        for i, word in enumerate(found):
            if word.head == verb and i != told and (i < noun - 1 or (word.deprel == "punct" and i > verb)):
                result[i] = dataclasses.replace(word, head=told)
    result[noun] = dataclasses.replace(found[noun], head=told, deprel="parataxis")
    result[verb] = dataclasses.replace(found[verb], head=noun, deprel="acl:relcl")
    return tuple(result)
