"""Whom a demand, a refusal, a blame or a threat is about, where only what stands further down names somebody."""

from __future__ import annotations

from collections.abc import Iterable

from ultimora.claims.bystanders import is_country
from ultimora.claims.cues import lexicon
from ultimora.claims.fillers import MODIFIERS, all_parties, follow, parties_of
from ultimora.claims.frames import frame
from ultimora.claims.rules import Trigger
from ultimora.claims.syntax import case_of, finite, in_time, is_passive, is_predicate, is_verb, lemma
from ultimora.documents.entities import entity_by, entity_of
from ultimora.documents.entities.registry import AGENTS
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

_APART = frozenset({"conj", "parataxis", "acl:relcl", "punct", "advcl"})
_DEEP = 3


def deep(document: Document, token: Token, trigger: Trigger, actors: list[str]) -> list[str]:
    """Somebody named further down in what is asked, refused or condemned: the nearest one that is not the actor."""
    for path in trigger.roles["deep"]:
        for start in follow(document, token, path):
            layer = [start]
            for _ in range(_DEEP):
                layer = [
                    child for each in layer for child in document.children(each) if _goes_on(document, token, child)
                ]
                named = [p for t in layer for p in _named_party(document, t, _counts(document, t, trigger))]
                named = [p for p in named if p not in actors]
                given = [p for t in layer if _is_given(document, t) for p in _named_party(document, t, False)]
                named = _of_others(document, [p for p in given if p in named] or named, actors)
                if named:
                    return list(dict.fromkeys(named))
    return []


def _counts(document: Document, token: Token, trigger: Trigger) -> bool:
    """Whether a place is a party: of some events any, of what is agreed to only a state ("a reactor in Kenya")."""
    return trigger.deep_places or (trigger.event_type == "AGREE" and is_country(document, token))


def warned(document: Document, token: Token, actors: list[str], recipients: list[str]) -> list[str]:
    """As in "threaten to block the port unless the ministry pays": who must do something lest it happens, rather than
    the port.
    """
    known = [entity_by(document, r) for r in [*actors, *recipients]]
    own = {e.country for e in known[: len(actors)]} - {None}  # "we will close the border": nobody warns himself
    others = [e for e in known[len(actors) :] if e.kind != "government" or e.country not in own]
    recipients = [e.id for e in others]
    if any(e.kind in AGENTS for e in others):
        return recipients
    marks = lexicon(document.language).lists["ultimatum"]
    holders = (token, *document.children(token, "xcomp", "ccomp", "advcl"))
    clauses = [t for each in holders for t in document.children(each, "advcl")]
    asked = [t for t in clauses if any(m.lower in marks for m in document.children(t, "mark"))]
    named = [p for t in asked for p in all_parties(document, frame(document, t).subjects, "nsubj") if p not in actors]
    return [p for p in named if entity_by(document, p).kind in AGENTS] or recipients


def _goes_on(document: Document, trigger: Token, child: Token) -> bool:
    """Not into another clause, nor to those who did what the trigger speaks of."""
    by = child.head == trigger.i and case_of(document, child) in words(document.language, "cases", "agent")
    return child.deprel not in _APART and not by and not _is_alleged(document, child)


def _is_alleged(document: Document, clause: Token) -> bool:
    """As in "denied allegations that he had met X": those of whom only what is alleged speaks."""
    noun = document.head(clause)
    told = clause.deprel in {"acl", "ccomp"} and finite(document, clause) is not None
    return told and noun is not None and lemma(noun) in lexicon(document.language).lists["contents"]


def _is_given(document: Document, token: Token) -> bool:
    """As in "refused to hand the minister over to Peru": beside what is given, the one whom it is given to is meant."""
    above = document.head(token)
    given = above is not None and is_verb(above) and token.deprel in {"obl", "iobj"}
    return given and case_of(document, token) in words(document.language, "cases", "dative")


def _of_others(document: Document, found: Iterable[str], actors: Iterable[str]) -> list[str]:
    """Without a state's own bodies: "Rome sends a unit of its coast guard" acts upon nobody of Rome's."""
    acting = [entity_by(document, each) for each in actors]
    own = {e.country for e in acting if e.kind == "government"} - {None}
    named = [entity_by(document, each) for each in found]
    return [e.id for e in named if e.kind != "government" or e.country not in own]


def _named_party(document: Document, token: Token, places: bool) -> list[str]:
    """A state, person or organization that is named, not only described."""
    if token.upos == "PRON":
        return []  # whoever is far from the trigger must be named
    entity = entity_of(document, token)
    if entity is None and token.deprel in MODIFIERS:
        return parties_of(document, token, "amod")
    wanted = entity is not None and (entity.kind in AGENTS or (places and entity.kind == "place"))
    above = document.head(token)
    passive = above is not None and (is_passive(document, above) or not is_predicate(document, above))
    agent = passive and case_of(document, token) in words(document.language, "cases", "agent")
    if entity is None or not wanted or agent or in_time(document, token):
        return []
    return [entity.id] if entity.country or any(m.form == "name" for m in entity.mentions) else []
