"""Denials that do not say of what: "Secondo fonti … un sensore sarebbe stato spento. L'azienda smentisce"."""

from __future__ import annotations

from ultimora.claims.citing import holds
from ultimora.documents.remembering import once
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import covers, is_negated, is_passive, subject, verb_of
from ultimora.types import Document, Token

_SAID = ("ccomp", "xcomp", "csubj", "advcl", "parataxis")


@once
def denies_all(document: Document, verb: Token, words: Sayings) -> bool:
    """Whether a verb denies, and says no more of it than "everything"."""
    entry = verb_of(document, verb, words) if verb.upos == "VERB" else None
    if entry is None or entry[1].stances.get("object", entry[1].stance) != "denies" or is_passive(document, verb):
        return False
    finite = any(t.feats.get("VerbForm") == "Fin" for t in (verb, *document.children(verb, "aux")))
    whole = words.words.get("everything", frozenset())
    told = [*document.children(verb, *_SAID), *(c for c in document.children(verb, "obj") if c.lower not in whole)]
    if not finite or told or is_negated(document, verb, words) or subject(document, verb, words) is None:
        return False
    spoken = (s for s in document.statements if covers(s.cue, verb) or covers(s.content, verb))
    return all(document.text[s.content.start : s.content.end].lower() in whole for s in spoken)


def is_contested(document: Document, trigger: Token) -> bool:
    """Whether somebody claims what a word tells, so that somebody else may deny it."""
    return any(s.source is not None and s.stance != "denies" and holds(s, trigger) for s in document.statements)
