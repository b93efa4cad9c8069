"""Who takes part in a meeting, a call or a visit that a clause only tells as an occasion."""

from __future__ import annotations

from collections.abc import Sequence

from ultimora.claims.dropping import dropper
from ultimora.claims.fillers import all_parties, follow
from ultimora.claims.frames import frame, given_to
from ultimora.claims.rules import Slot, Trigger
from ultimora.claims.syntax import case_of, is_passive, is_predicate, lemma
from ultimora.documents.entities import entity_by
from ultimora.documents.entities.registry import AGENTS
from ultimora.documents.wordlists import words
from ultimora.types import Document, Entity, Token

_MEETING = frozenset({"government", "organization", "person"})
_STEPS = 3


def attending(
    document: Document, token: Token, trigger: Trigger, actors: list[str], recipients: list[str]
) -> tuple[list[str], list[str]]:
    """As in "said after talks with X", "ha detto al termine del vertice con X": the subject of the clause was there."""
    at, governor = token, document.head(token)
    if recipients and not actors and governor is not None:
        actors = [p for p in _announced(document, token, governor) if p not in recipients]
    visited = trigger.mode == "visit" and token.deprel == "obj" and bool(recipients)
    if visited and governor is not None and not actors:
        return all_parties(document, frame(document, governor).subjects, "nsubj"), recipients  # "cut short a visit to"
    for _ in range(_STEPS):
        above = document.head(at)
        if above is None or actors or at.deprel not in {"obl", "nmod", "advcl"}:
            break
        if not recipients and at.deprel == "nmod":
            recipients = _beside(document, trigger, above, at)
        if not recipients and is_predicate(document, above):
            recipients = _told(document, above, at)
        if is_predicate(document, above) and recipients:
            subjects = all_parties(document, _present(document, above), "nsubj")
            return [p for p in subjects if p not in recipients], recipients
        at = above
    return actors, recipients


def _present(document: Document, verb: Token) -> Sequence[Token]:
    """Who is there: the subject, and whoever is expected ("is expected in Seville for talks with X")."""
    awaited = is_passive(document, verb) and lemma(verb) in words(document.language, "words", "scheduled")
    return document.children(verb, "nsubj:pass", "nsubj") if awaited else frame(document, verb).subjects


def _announced(document: Document, token: Token, verb: Token) -> list[str]:
    """As in "Kyiv confirmed talks with Washington": who announces, denies or calls off its own meeting takes part."""
    about = token.deprel == "obj" or (token.deprel.startswith("nsubj") and is_passive(document, verb))
    taken_back = dropper(document, token)
    if taken_back is None and (not about or lemma(verb) not in words(document.language, "words", "own_contacts")):
        return []
    verb = taken_back or verb
    found = all_parties(document, frame(document, verb).subjects, "nsubj")
    return [p for p in found if _may_meet(document, entity_by(document, p))]


def _may_meet(document: Document, entity: Entity) -> bool:
    """States, bodies and people, but for those who speak for others."""
    speaks = any(role.title.split()[0] in words(document.language, "words", "spokesmen") for role in entity.roles)
    return entity.kind in _MEETING and not entity.anonymous and not speaks


def _beside(document: Document, trigger: Trigger, above: Token, at: Token) -> list[str]:
    slots = [path[0] for path in trigger.roles["recipient"] if len(path) == 1 and path[0].cases]
    found = [t for slot in slots for t in follow(document, above, (Slot("nmod", slot.cases),)) if t.i != at.i]
    return all_parties(document, found, "nmod")


def _told(document: Document, verb: Token, occasion: Token) -> list[str]:
    """As in "told the premier in a phone call", "ha detto a X in un colloquio": whoever is told something took part."""
    amid = case_of(document, occasion) in words(document.language, "cases", "amid")
    if not amid or lemma(verb) not in words(document.language, "words", "apart") or is_passive(document, verb):
        return []
    to = words(document.language, "cases", "dative")
    told = [*given_to(document, verb), *(t for t in document.children(verb, "obj", "obl") if t.i != occasion.i)]
    told = [t for t in told if t.deprel != "obl" or case_of(document, t) in to]
    return [p for p in all_parties(document, told, "obl") if entity_by(document, p).kind in AGENTS]
