"""Where an event takes place that no rule names, or whose rule does not find where."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ultimora import languages
from ultimora.claims.bystanders import is_town
from ultimora.claims.rules import Trigger
from ultimora.claims.syntax import case_of, in_time, lemma
from ultimora.claims.tolls import is_harmful
from ultimora.documents.entities import entity_by, entity_of
from ultimora.documents.wordlists import words
from ultimora.types import Document, Entity, Token

_AIMED_AT_PLACES = frozenset({"ASSAULT", "AID", "CONSULT", "COOPERATE", "AGREE", "SUPPORT"})
_DONE_TO_PEOPLE = frozenset({"arrest", "release", "deport", "convict"})


def scene(document: Document, token: Token, event_type: str | None = None) -> str | None:
    """The place that a preposition of the language's says it to be in, or the town that it is called after; else where
    what it does, or is told beside, takes place ("deaths were recorded in Bari after the quake").
    """
    own = _located(document, token) or next(
        (e.id for t in document.children(token, "compound") if is_town(document, t) and (e := place_at(document, t))),
        None,
    )
    if own is None and (event_type == "PROTEST" or (token.upos == "NOUN" and is_harmful(document, token))):
        own = only_place(document, token)
    verb = document.head(token)
    if own is not None or verb is None or token.upos != "NOUN" or verb.upos not in ("VERB", "ADJ"):
        return own
    if token.deprel.split(":")[0] not in ("nsubj", "obl"):
        return None
    things = document.children(verb, "obj", "nsubj:pass")
    found = next((found for t in (verb, *things) if (found := _located(document, t)) is not None), None)
    return found or _struck(document, token, verb)


def _struck(document: Document, noun: Token, verb: Token) -> str | None:
    """As in "Oaxaca was hit by an earthquake": what a happening strikes is where it happens."""
    if lemma(verb) not in words(document.language, "words", "striking") or not is_harmful(document, noun):
        return None
    hit = document.children(verb, "nsubj:pass", "nsubj") if noun.deprel.startswith("obl") else ()
    things = [t for t in (*hit, *document.children(verb, "obj")) if t.i != noun.i]
    return next((entity.id for t in things if (entity := place_at(document, t)) is not None), None)


def only_place(document: Document, token: Token) -> str | None:
    """The one place of a sentence that says where anything is: "Sendai: quake toll at nine"."""
    markers = words(document.language, "cases", "locative")
    tokens = document.sentence_tokens(token.sentence)
    heads = len(tokens) > 1 and tokens[1].text == ":"
    told = [t for t in tokens if case_of(document, t) in markers or (heads and t is tokens[0])]
    found = {entity.id for t in told if (entity := place_at(document, t)) is not None and not in_time(document, t)}
    return found.pop() if len(found) == 1 else None


def _located(document: Document, token: Token) -> str | None:
    markers = words(document.language, "cases", "locative")
    for child in document.children(token, "obl", "nmod"):
        entity = place_at(document, child) if case_of(document, child) in markers else None
        if entity is not None and not in_time(document, child):
            return entity.id
    return whereabouts(document, token)


def whereabouts(document: Document, token: Token) -> str | None:
    """The place of a spot or a thing that something happens at ("off the coast of Libya", "in a school in Gaza")."""
    markers = words(document.language, "cases", "locative")
    about = markers | words(document.language, "cases", "about")
    for child in document.children(token, "obl", "nmod"):
        if case_of(document, child) not in about:
            continue
        spot = lemma(child) in _spots(document.language)
        within = markers | words(document.language, "cases", "genitive") if spot else markers
        for below in document.children(child, "nmod"):
            entity = place_at(document, below) if case_of(document, below) in within else None
            if entity is not None and not in_time(document, below):
                return entity.id
    return None


@cache
def _spots(language: str) -> frozenset[str]:
    return frozenset(languages.load(language).table("lexicon/metonyms").get("spots", ()))


def place_at(document: Document, token: Token) -> Entity | None:
    """The place that a word names."""
    entity = entity_of(document, token)
    return entity if entity is not None and entity.kind == "place" else None


def without_scene(document: Document, token: Token, trigger: Trigger, recipients: list[str]) -> list[str]:
    """Without the places where something is done to others: "arrested in Lisbon", "deploys batteries on Gotland"."""
    entities = [entity_by(document, r) for r in recipients]
    if trigger.event_type == "ASSAULT" and trigger.verbal:
        return _without_spots(document, token, entities)
    if trigger.event_type in _AIMED_AT_PLACES:
        return recipients
    handled = trigger.mode in _DONE_TO_PEOPLE and trigger.verbal
    spots = {e.id for e in entities if e.kind == "place" and (e.country is None or handled)}
    markers = words(document.language, "cases", "locative")
    for spot in spots if trigger.event_type != "MOBILIZE" else ():
        named = [t for t in document.sentence_tokens(token.sentence) if (e := place_at(document, t)) and e.id == spot]
        if not named or not all(_is_where(document, t, markers) for t in named):
            spots = spots - {spot}
    return [r for r in recipients if r not in spots]


def _without_spots(document: Document, verb: Token, recipients: Sequence[Entity]) -> list[str]:
    """As in "ha sparato a due ragazzi a Odessa": beside whoever is hit, a place is where it happens."""
    markers = words(document.language, "cases", "locative")
    hit = any(e.kind != "place" for e in recipients)
    around = document.children(verb, "obl") if hit else []
    spots = {e.id for t in around if case_of(document, t) in markers and (e := place_at(document, t)) is not None}
    return [e.id for e in recipients if e.id not in spots]


def _is_where(document: Document, token: Token, markers: frozenset[str]) -> bool:
    """Whether a preposition of place stands before a word, or before what it is the name of ("allo Stretto di")."""
    above = document.head(token)
    of_it = above is not None and token.deprel in ("flat", "appos", "nmod") and case_of(document, above) in markers
    return case_of(document, token) in markers or (of_it and not case_of(document, token))


def without_sites(document: Document, trigger: Trigger, actors: Sequence[str]) -> list[str]:
    """As in "his eviction from the cottage": those of whom a noun is who are no mere place of no state."""
    found = [entity_by(document, a) for a in actors]
    return [e.id for e in found if trigger.joint or e.kind != "place" or e.country is not None]
