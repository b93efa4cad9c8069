"""Who comes to harm in an attack that a noun names: "three died in a raid", "hurt in clashes with protesters"."""

from __future__ import annotations

from collections.abc import Sequence

from ultimora.claims.fillers import all_parties
from ultimora.claims.frames import frame
from ultimora.claims.syntax import case_of, feature, is_passive, lemma
from ultimora.claims.tolls import harm_words
from ultimora.documents.entities import entity_by
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token


def with_victims(
    document: Document, noun: Token, actors: list[str], recipients: list[str]
) -> tuple[list[str], list[str]]:
    """The actors and recipients of the attack: whoever dies in it is its target; in clashes, one of those who clash.

    "The raid" that is known already has its targets: they stand where it was first told of.
    """
    harmed = all_parties(document, _victims(document, noun), "obj")
    if not harmed:
        return actors, recipients
    if is_between(document, noun) and actors:  # those who come to harm are none of those who clash
        return actors, recipients or [each for each in harmed if each not in actors]
    if _is_mutual(document, noun):
        return [*(each for each in harmed if each not in recipients and each not in actors), *actors], recipients
    actors = [each for each in actors if each not in harmed]
    known = any(feature(t, "Definite") == "Def" for t in document.children(noun, "det"))
    named = any(entity_by(document, each).country for each in harmed)
    if known or (recipients and not named):
        return actors, recipients
    return actors, [*harmed, *(each for each in recipients if each not in harmed)]


def is_between(document: Document, noun: Token) -> bool:
    """As in "clashes between A and B in Athens": who they are between is all who take part."""
    markers = words(document.language, "cases", "between")
    return any(case_of(document, t) in markers for t in document.children(noun, "nmod"))


def _victims(document: Document, noun: Token) -> Sequence[Token]:
    verb = document.head(noun)
    if verb is None or not noun.deprel.startswith("obl") or lemma(verb) not in harm_words(document.language).verbs:
        return ()
    if case_of(document, noun) not in words(document.language, "cases", "amid"):
        return ()
    around = frame(document, verb)
    return around.objects or (() if is_passive(document, verb) else around.subjects)


def _is_mutual(document: Document, noun: Token) -> bool:
    verb = document.head(noun)
    others = [*document.children(noun, "nmod"), *(document.children(verb, "obl") if verb is not None else [])]
    markers = words(document.language, "cases", "mutual")
    return is_between(document, noun) or any(case_of(document, each) in markers for each in others)
