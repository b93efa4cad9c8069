"""Whom a word for an answer, a demand or a protest is addressed to, where only what it answers tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ultimora.claims.fillers import all_parties
from ultimora.claims.frames import frame
from ultimora.claims.parties import Parties
from ultimora.claims.rules import Trigger
from ultimora.claims.syntax import case_of, lemma
from ultimora.documents.entities import entity_by
from ultimora.documents.entities.registry import AGENTS
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

Found = Mapping[int, tuple[Trigger, Parties]]
_ANSWERS = frozenset({"REJECT", "AGREE", "CONCEDE", "SUPPORT"})
_ASKS = frozenset({"REQUEST", "AGREE"})
_HELD = frozenset({"COERCE", "SANCTION"})
_HARSH = frozenset({"SANCTION", "THREATEN"})
_STEPS = 3


def answer(document: Document, found: Found) -> None:
    """Fills in those who are answered and those who answer, whom a demand is made of, whom a protest is against."""
    for i, (trigger, parties) in found.items():
        word = document.tokens[i]
        if not parties.actors and not trigger.verbal:
            parties.actors = _new(_fronted(document, word), parties)
        obeying = _obeying(document, word) if trigger.event_type == "REQUEST" and not trigger.verbal else []
        if obeying and not set(parties.actors) <= set(obeying):
            parties.actors = [p for p in parties.actors if p not in obeying]
            parties.recipients = obeying
        if trigger.event_type in _ASKS:
            _answered(document, word, parties, found)
        if parties.recipients or not parties.actors:
            continue
        if trigger.event_type in _HARSH:
            _fill(parties, _condemned(document, word, parties, found))
        if not trigger.verbal or parties.recipients:
            continue
        if trigger.event_type == "REQUEST" and _wants_freed(document, word):
            _fill(parties, _doers(document, word, found, _HELD))
        elif trigger.event_type == "ACCUSE" and _is_reaction(document, word):
            _fill(parties, _doers(document, word, found))


def _fill(parties: Parties, recipients: Iterable[str]) -> None:
    parties.recipients = _new(recipients, parties)
    parties.inferred += ["recipients"] if parties.recipients else []


def _new(lent: Iterable[str], parties: Parties) -> list[str]:
    taken = {*parties.actors, *parties.recipients}
    return [p for p in lent if p not in taken]


def _obeying(document: Document, noun: Token) -> list[str]:
    """As in "gave up the land at the request of the ministry": who does it was asked to."""
    verb = document.head(noun)
    asked = noun.deprel == "obl" and case_of(document, noun) in words(document.language, "cases", "behest")
    if not asked or verb is None or verb.upos != "VERB":
        return []
    return all_parties(document, frame(document, verb).subjects, "nsubj")


def _answered(document: Document, word: Token, parties: Parties, found: Found) -> None:
    """As in "il no di Berna alla richiesta di Ankara": who says no is whom it was asked of, and the other way."""
    at = word
    for _ in range(_STEPS):
        above = document.head(at)
        if above is None or at.deprel.split(":")[0] not in {"obj", "nmod", "obl", "acl", "compound", "nsubj"}:
            return
        other = found.get(above.i)
        if other is not None and other[0].event_type in _ANSWERS and other[1] is not parties:
            if not parties.recipients:
                parties.recipients = _new(other[1].actors, parties)
            if not other[1].recipients:
                other[1].recipients = _new(parties.actors, other[1])
            return
        at = above


def _fronted(document: Document, word: Token) -> list[str]:
    """As in "Da Bruxelles ultimatum a Budapest": a headline may begin with whom it comes from."""
    sentence = document.sentence_tokens(word.sentence)
    before = [t for t in sentence if t.i < word.i]
    if not before or any(t.upos in {"VERB", "AUX", "PUNCT"} for t in before):
        return []
    source = words(document.language, "cases", "source")
    named = [t for t in before if case_of(document, t) in source and t.upos == "PROPN"]
    known = [t for t in named if before[0].i == min((c.i for c in document.children(t, "case")), default=-1)]
    return all_parties(document, known[:1], "nsubj")


def _condemned(document: Document, word: Token, parties: Parties, found: Found) -> list[str]:
    """As in "condemned Mali and vowed to impose sanctions": whoever is blamed just before by the same."""
    for i, (trigger, other) in sorted(found.items(), reverse=True):
        near = i < word.i and document.tokens[i].sentence == word.sentence
        if near and trigger.event_type == "ACCUSE" and other.recipients and set(other.actors) == set(parties.actors):
            return other.recipients
    return []


def _wants_freed(document: Document, verb: Token) -> bool:
    """As in "Paris demands his release": whoever holds him is to let him go."""
    freeing = words(document.language, "words", "freeing")
    asked = [*frame(document, verb).objects, *document.children(verb, "xcomp", "ccomp")]
    return any(lemma(t) in freeing for t in asked)


def _is_reaction(document: Document, verb: Token) -> bool:
    """As in "opens its door to refugees as Athens fumes": against what was just told, without a word of it."""
    bare = not frame(document, verb).objects and not document.children(verb, "ccomp", "xcomp", "obl")
    return bare and lemma(verb) in words(document.language, "words", "reacting")


def _doers(document: Document, word: Token, found: Found, types: frozenset[str] | None = None) -> list[str]:
    """Who did what was told just before, in this sentence or the last."""
    for i, (trigger, parties) in sorted(found.items(), reverse=True):
        near = i < word.i and document.tokens[i].sentence >= word.sentence - (1 if types else 0)
        if not near or (types is not None and trigger.event_type not in types) or trigger.event_type == "ACCUSE":
            continue
        acting = [entity_by(document, p) for p in parties.actors]
        return [e.id for e in acting if e.kind in AGENTS or e.country is not None]
    return []
