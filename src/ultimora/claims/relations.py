"""Whether the conditions of a rule hold: what stands in a relation to a word, wherever the parser hangs it."""

from __future__ import annotations

from collections.abc import Sequence

from ultimora.claims import forms
from ultimora.claims.bystanders import is_town
from ultimora.claims.contexts import is_focus, is_negation
from ultimora.claims.cues import lexicon
from ultimora.claims.frames import antecedent, frame, given_to, surface_subject
from ultimora.claims.kinds import is_any_of
from ultimora.claims.naming import hyphenated, reflexive
from ultimora.claims.rules import Condition, Slot, Trigger
from ultimora.claims.syntax import (
    attribute_taken_for_clause,
    behind_adjective,
    case_of,
    clause,
    feature,
    is_apart,
    is_verb,
    lemma,
)
from ultimora.claims.trees import dependents
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

TOWN = "town"
"""The relation of a town to the event that is called after it ("the Geneva talks")."""


def fits(document: Document, token: Token, trigger: Trigger) -> bool:
    """Whether the conditions of a trigger hold."""
    if trigger.negated and (not is_denied(document, token) or forms.is_past(document, token)):
        return False  # "non ha riconosciuto" only tells what did not happen
    for condition in trigger.needs:
        if not holds(document, token, condition):
            return False
    if trigger.any_of and not any(holds(document, token, c) for c in trigger.any_of):
        return False
    return not is_excluded(document, token, trigger)


def is_excluded(document: Document, token: Token, trigger: Trigger) -> bool:
    """Whether what stands around the word is what a trigger says it must not be."""
    for together in trigger.excludes:
        for condition in together:
            if holds(document, token, condition) is condition.absent:
                break
        else:
            return True
    return False


def holds(document: Document, token: Token, condition: Condition) -> bool:
    """Whether what stands at the end of the condition's path is one of its lemmas."""
    found: Sequence[Token] = (token,)
    for slot in condition.path:
        if len(found) == 1:
            found = related(document, found[0], slot)
        else:
            found = [further for each in found for further in related(document, each, slot)]
        if not found:
            return False
    if not condition.lemmas and not condition.kinds:
        return True
    wholes = [w for t in found for w in whole(document, t)]
    named = any(_is_one_of(document, t, condition.lemmas) for t in (*found, *wholes))
    return named or (bool(condition.kinds) and any(is_any_of(document, t, condition.kinds) for t in (*found, *wholes)))


def _is_one_of(document: Document, token: Token, lemmas: frozenset[str]) -> bool:
    if not (token.base in lemmas or token.lower in lemmas or not lemmas.isdisjoint(hyphenated(document, token))):
        return False
    return not _is_personal(document, token)


def is_denied(document: Document, token: Token) -> bool:
    """Whether a word of its own denies the token ("non riconosce", "nessuna apertura"), not another ("non solo")."""
    known = lexicon(document.language)
    below = document.children(token, "advmod", "det", "cc", "cc:preconj")
    denying = [t for t in below if is_negation(t, known) or t.lower in known.lists["negative_words"]]
    return any(not is_focus(document, t, known) for t in denying)


def _is_personal(document: Document, token: Token) -> bool:
    """As in "met Mark Carney", "sued Bill Nye": a first name is no noun, though it is written like one."""
    if token.upos != "PROPN" or not token.ner.endswith("PER"):
        return False
    return not document.children(token, "nummod")  # "three Canadair"


def whole(document: Document, token: Token) -> list[Token]:
    """What a part or an amount is of: the soldiers of "a group of soldiers", the aid of "part of the aid"."""
    if lemma(token) not in words(document.language, "words", "partitive") and token.upos not in {"NUM", "SYM"}:
        return []
    markers = words(document.language, "cases", "genitive")
    return [t for t in document.children(token, "nmod") if case_of(document, t) in markers]


def related(document: Document, token: Token, slot: Slot) -> Sequence[Token]:
    """What stands in a relation to the token: its dependents, voice undone, or its governor.

    All but which words are towns hangs on the parse alone and is worked out once.
    """
    if slot.relation == TOWN:
        return _towns(document, token)
    kept: dict[int, Sequence[Token]] = document.memory[related, slot]
    if token.i not in kept:
        kept[token.i] = _related(document, token, slot)
    return kept[token.i]


def _towns(document: Document, token: Token) -> Sequence[Token]:
    before = document.children(token, "compound", "amod") if token.deprel != "cop" else ()
    return [t for t in before if t.upos == "PROPN" and is_town(document, t)]


def _related(document: Document, token: Token, slot: Slot) -> Sequence[Token]:
    name = slot.relation
    if token.deprel == "cop":
        return _beside_copula(document, token, slot)
    if name in {"self", "stands", "number"}:
        return [token] if _is_itself(document, token, slot) else []
    if name == "head":
        above = document.head(token)
        return [above] if above is not None and not is_apart(document, token) else []
    if name == "iobj" and is_verb(token):
        return given_to(document, token)
    if name == "expl":
        return reflexive(document, token)
    if name == "clause":
        return [clause(document, token)]
    if name == "any":
        return dependents(document, token, 2)
    if name in {"obj", "nsubj"} and token.upos not in {"NOUN", "PROPN"}:
        parties = frame(document, token)
        found = list(parties.objects if name == "obj" else parties.subjects)
    elif name == "subject":
        found = surface_subject(document, token)[0]
    else:
        found = [antecedent(document, token, t) for t in _below(document, token, name)]
        fitting = [t for t in found if not slot.cases or _case_here(document, token, t, name) in slot.cases]
        return fitting or (_on_object(document, token, slot) if name == "obl" and slot.cases else [])
    return [t for t in found if not slot.cases or case_of(document, t) in slot.cases]


def _below(document: Document, token: Token, name: str) -> Sequence[Token]:
    """The dependents in a relation, wherever the parser hangs them."""
    if name == "xcomp":
        return complements(document, token)
    if name == "nmod" and token.upos == "VERB":  # a noun that the parser takes for a verb
        return document.children(token, "nmod", "obl")
    found = document.children(token, *_alike(token, name))
    if name == "obl" and token.upos == "VERB":  # "lavorano fianco a fianco con", "together with"
        side = words(document.language, "words", "side_by_side")
        found = [
            *found,
            *(t for a in document.children(token, "advmod") if a.lower in side for t in _hung(document, a)),
        ]
    if name == "nmod" and token.upos == "NOUN":
        return [*found, *behind_adjective(document, token)]
    participle = attribute_taken_for_clause(document, token) if name == "obl" and token.upos == "VERB" else None
    return [*found, *document.children(participle, "obl", "nmod")] if participle is not None else found


def _hung(document: Document, adverb: Token) -> Sequence[Token]:
    return document.children(adverb, "obl", "nmod")


def _on_object(document: Document, token: Token, slot: Slot) -> list[Token]:
    """As in "received tanks from Spain", "stripped the bank of its licence": what belongs to the verb may hang from its
    object; so does whatever one says no to.
    """
    if not is_verb(token):
        return []
    objects = document.children(token, "obj")
    below = [t for each in objects for t in document.children(each, "nmod") if t.i > each.i]
    below = [t for t in below if case_of(document, t) in slot.cases]
    if any(t.upos == "INTJ" for t in objects):
        return below
    loose, source = (words(document.language, "cases", name) for name in ("loose", "source"))
    if lemma(token) in words(document.language, "words", "depriving"):
        loose |= words(document.language, "cases", "genitive")
    named = (t for t in below if t.upos == "PROPN" or document.children(t, "det"))  # not "navi da guerra"
    return [t for t in below if case_of(document, t) in loose] or [t for t in named if case_of(document, t) in source]


def _beside_copula(document: Document, copula: Token, slot: Slot) -> list[Token]:
    """What stands beside "is in Cairo": its subject, the place itself and what hangs from it."""
    place = document.tokens[copula.head]
    if slot.relation in {"nsubj", "subject"}:
        return list(frame(document, copula).subjects) or surface_subject(document, place)[0]
    below = document.children(place, slot.relation)
    found = [place, *below] if slot.relation == "obl" else below
    return [t for t in found if not slot.cases or case_of(document, t) in slot.cases]


def _is_itself(document: Document, token: Token, slot: Slot) -> bool:
    """Whether the token itself has a case marker, a relation or a number that is asked for."""
    if slot.relation == "self":
        return not slot.cases or case_of(document, token) in slot.cases
    return (token.deprel if slot.relation == "stands" else feature(token, "Number")) in slot.cases


def _alike(token: Token, relation: str) -> tuple[str, ...]:
    """A prepositional phrase of a verb is one of its own, whatever the parser calls it."""
    return ("obl", "nmod") if relation == "obl" and is_verb(token) else (relation,)


def complements(document: Document, token: Token) -> list[Token]:
    """Infinitive complements, whatever the parser calls them ("ready to", "pronto a")."""
    below = document.children(token, "advcl", "acl", "ccomp")
    asked = [t for each in document.children(token, "obj") if is_verb(token) for t in document.children(each, "acl")]
    others = [t for t in below if feature(t, "VerbForm") in {"Inf", "Ger"}]
    others += [t for t in asked if feature(t, "VerbForm") == "Inf"]
    bare = [t for t in others if not document.children(t, "nsubj", "aux")]
    return sorted([*document.children(token, "xcomp"), *bare], key=lambda t: t.i)


def _case_here(document: Document, token: Token, filler: Token, relation: str) -> str:
    """The case marker of a dependent; for an antecedent that of its relative pronoun; for a clause its mark."""
    marker = case_of(document, filler)
    marks = document.children(filler, "mark")
    behind = document.head(filler)  # "manovre congiunte di India", hung from the adjective
    below_it = filler.head == token.i or (behind is not None and behind.head == token.i)
    if below_it or (relation == "xcomp" and marks):
        return marker or (lemma(marks[0]) if marks else "")
    below = next((t for t in document.children(token, relation)), None)
    return case_of(document, below) if below is not None else marker
