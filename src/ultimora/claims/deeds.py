"""Whose deed is praised, blamed or refused: who made it, whom it was done to, and who answers for it."""

from __future__ import annotations

from ultimora import ontology
from ultimora.claims.fillers import all_parties
from ultimora.claims.frames import frame
from ultimora.claims.rules import Trigger, load
from ultimora.claims.scene import place_at
from ultimora.claims.syntax import case_of, first_conjunct, is_passive, lemma
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

_OF_STATES = frozenset({"COERCE", "SANCTION", "RETREAT", "CONCEDE"})
"""What is mostly done by whoever governs a place."""


def authors(document: Document, token: Token, trigger: Trigger, actors: list[str]) -> list[str]:
    """As in "praised the reform passed by Montevideo": who made what is praised, blamed or refused."""
    nouns = load(document.language).nouns
    about = [  # but the unions that called a strike are not whom it is confirmed against
        t
        for t in objects_of(document, token, trigger)
        if all(each.event_type != trigger.event_type for each in nouns.get(lemma(t), ()))
    ]
    made = [t for each in about for t in _made(document, each)]
    made = [t for t in made if document.tokens[t.i - 1].text != ","]  # "the law, contested by the opposition"
    agents = [t for each in made if is_passive(document, each) for t in frame(document, each).subjects]
    return [p for p in all_parties(document, agents, "nsubj") if p not in actors]


def _made(document: Document, thing: Token) -> list[Token]:
    """The participles that say who made something, hung from it or from what it is of, as in "il piano di pace proposto
    da".
    """
    own = document.children(thing, "acl")
    layer = document.children(thing, "nmod")
    layer = [*layer, *(t for each in layer for t in document.children(each, "nmod"))]
    authored = words(document.language, "words", "proposing")
    return [*own, *(t for each in layer for t in document.children(each, "acl") if lemma(t) in authored)]


def objects_of(document: Document, token: Token, trigger: Trigger) -> list[Token]:
    """What a verb is about or against, or a noun ("condemnation of the strike carried out by")."""
    against = words(document.language, "cases", "against")
    if trigger.verbal:
        aimed = [t for t in document.children(token, "obl") if case_of(document, t) in against]
        return [*frame(document, token).objects, *aimed]
    return [t for t in document.children(token, "nmod") if t.deprel == "nmod"]


def in_charge(document: Document, token: Token, trigger: Trigger) -> list[str]:
    """As in "condemns the crackdown in Baku", "the coup in Niger": with nobody named, whoever governs there."""
    if trigger.event_type not in {"ACCUSE", "SUPPORT"}:
        return []
    for deed in objects_of(document, token, trigger):
        types = {t.event_type for t in load(document.language).nouns.get(lemma(deed), ())}
        ruling = bool(types & _OF_STATES) and "ASSAULT" not in types
        if not ruling and lemma(deed) not in words(document.language, "words", "takeovers"):
            continue
        markers = words(document.language, "cases", "locative")
        below = [deed, *document.children(deed, "nmod")]
        around = [t for each in below for t in document.children(each, "nmod")]
        around += [t for t in document.children(token, "obl") if t.i > deed.i]
        places = [place_at(document, t) for t in around if case_of(document, t) in markers]
        found = [e.id for e in places if e is not None and e.country is not None]
        if found:
            return found[:1]
    return []


def is_victim(document: Document, token: Token) -> bool:
    """As in "condemned the arrest of the protesters", "the raid on a mosque": they are not whom it is held against."""
    deed = document.head(first_conjunct(document, token))
    known = load(document.language).nouns.get(lemma(deed), ()) if deed is not None else ()
    marker = case_of(document, token)
    if any(t.genitive == "recipient" for t in known) and marker in words(document.language, "cases", "objective"):
        return True
    material = [t for t in known if ontology.load()[t.event_type].quad.startswith("material")]
    aimed = [path[0] for t in material for path in t.roles["recipient"] if len(path) == 1]
    return any(slot.relation == "nmod" and marker in slot.cases for slot in aimed)


def is_sent(document: Document, token: Token) -> bool:
    """As in "chiede l'invio di truppe", "threatened the deployment of troops": they are not who is asked."""
    sending = document.head(first_conjunct(document, token))
    sent = sending is not None and lemma(sending) in words(document.language, "words", "sendings")
    return sent and case_of(document, token) in words(document.language, "cases", "objective")


def is_appealed_to(document: Document, token: Token) -> bool:
    """As in "impugnerà al Tar la delibera": a court hears a complaint, which is not against it."""
    to = words(document.language, "cases", "dative")
    return lemma(token) in words(document.language, "words", "courts") and case_of(document, token) in to
