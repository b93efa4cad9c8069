"""Verbs that only carry an event noun: "avere un colloquio", "the talks took place", "an attack launched by"."""

from __future__ import annotations

from ultimora.claims import rules
from ultimora.claims.syntax import brought_about, case_of, is_nominal, is_passive, lemma
from ultimora.claims.tolls import harm_words
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token


def light_verb(document: Document, noun: Token) -> Token | None:
    """The verb that only carries the noun: "avere un colloquio", "the talks took place", "an attack launched by"."""
    above = document.head(noun)
    if above is not None and _is_undone(document, above):
        return None
    known = words(document.language, "words", "light")
    relation = noun.deprel.split(":")[0]
    brought = brought_about(document, noun)
    if brought is not None:
        return brought
    if above is not None and relation in {"obj", "nsubj", "obl", "xcomp"} and lemma(above) in known:
        inside = relation != "obl" or _is_carried(document, above, noun)
        return above if inside and not (relation == "nsubj" and _has_another(document, above, noun)) else None
    if above is not None and relation == "nsubj":
        later = [t for t in document.children(above, "conj") if lemma(t) in known and not document.children(t, "nsubj")]
        if later:
            return later[0]
    if noun.deprel == "conj" and above is not None and is_nominal(above):
        return light_verb(document, above)
    if above is not None and relation == "nmod" and lemma(above) in words(document.language, "words", "partitive"):
        return light_verb(document, above)  # "held a round of talks"
    brokers = words(document.language, "words", "brokers")
    return next((t for t in document.children(noun, "acl") if lemma(t) in known - brokers), None)


def is_scheduling(document: Document, verb: Token) -> bool:
    """As in "a meeting is planned for Monday in Rome": the verb only says when and where its subject will be."""
    if verb.upos == "NOUN":
        return bool(case_of(document, verb)) and lemma(verb) in words(document.language, "words", "schedules")
    return is_passive(document, verb) and lemma(verb) in words(document.language, "words", "scheduled")


def striking(document: Document, noun: Token) -> Token | None:
    """The verb that says whom a happening befell: "the landslide that swept away a village"."""
    known = words(document.language, "words", "striking")
    relative = next((t for t in document.children(noun, "acl:relcl") if lemma(t) in known), None)
    above = document.head(noun)
    main = above if noun.deprel == "nsubj" and above is not None and lemma(above) in known else None
    verb = relative or main
    if verb is None or not (lemma(noun) in harm_words(document.language).happenings or _is_blow(document, noun)):
        return None
    others = document.children(verb, "nsubj", "nsubj:pass") if verb is relative else []
    return verb if all(t.upos == "PRON" or t.feats.get("PronType") == "Rel" for t in others) else None


def _is_blow(document: Document, noun: Token) -> bool:
    return any(t.event_type == "ASSAULT" for t in rules.load(document.language).nouns.get(lemma(noun), ()))


def _has_another(document: Document, verb: Token, noun: Token) -> bool:
    """As in "the sanctions have had no effect": what the verb carries is its object, not its subject."""
    others = [t for t in document.children(verb, "obj") if t.i != noun.i]
    return any(t.upos == "NOUN" and lemma(t) not in words(document.language, "words", "roles") for t in others)


def _is_undone(document: Document, verb: Token) -> bool:
    """As in "broke up a protest": with its particle the verb is another."""
    undoing = words(document.language, "words", "undoing")
    return any(f"{lemma(verb)} {t.lower}" in undoing for t in document.children(verb, "compound:prt", "advmod"))


def _is_carried(document: Document, verb: Token, noun: Token) -> bool:
    """As in "engage in talks", "take part in talks", but not "have an effect on talks"."""
    above = document.head(verb) if verb.deprel == "acl:relcl" else None  # "the effect it has on the talks"
    objects = document.children(verb, "obj") or ([above] if above is not None else [])
    others = [t for t in objects if lemma(t) not in words(document.language, "words", "roles")]
    return not others and case_of(document, noun) in words(document.language, "cases", "carried")
