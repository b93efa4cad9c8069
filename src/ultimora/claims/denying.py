"""Denials that do not say of what: "Secondo fonti … un sensore sarebbe stato spento. L'azienda smentisce"."""

from __future__ import annotations

from ultimora.claims.citing import holds
from ultimora.documents.remembering import once
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import covers, is_negated, is_passive, lemma_of, subject, verb_of
from ultimora.documents.wordlists import words as listed
from ultimora.types import Document, Token

_SAID = ("ccomp", "xcomp", "csubj", "advcl", "parataxis")


@once
def denies_all(document: Document, verb: Token, words: Sayings) -> bool:
    """Whether a verb denies, and says no more of it than "everything"."""
    entry = verb_of(document, verb, words) if verb.upos == "VERB" else None
    if entry is None or entry[1].stances.get("object", entry[1].stance) != "denies" or is_passive(document, verb):
        return False
    finite = any(t.feats.get("VerbForm") == "Fin" for t in (verb, *document.children(verb, "aux")))
    told = [
        *(c for c in document.children(verb, *_SAID) if not _is_parted(document, c, verb)),
        *(c for c in document.children(verb, "obj") if not _is_all(document, c, words)),
    ]
    if not finite or told or is_negated(document, verb, words) or subject(document, verb, words) is None:
        return False
    spoken = (s for s in document.statements if covers(s.cue, verb) or covers(s.content, verb))
    heads = (document.span_head(s.content.start, s.content.end) for s in spoken)
    return all(head is not None and _is_all(document, head, words) for head in heads)


def _is_parted(document: Document, before: Token, verb: Token) -> bool:
    """As in "Kiev accusa Mosca; il Cremlino nega": a sentence by itself."""
    accuses = lemma_of(before) in listed(document.language, "words", "accusing")
    return any(t.text == ";" or (accuses and t.text == ",") for t in document.tokens[before.i + 1 : verb.i])


def _is_all(document: Document, thing: Token, words: Sayings) -> bool:
    """As in "everything", "any responsibility", "the charge": what was said, with nothing that says which."""
    if thing.lower in words.words.get("everything", ()):
        return True
    below = document.children(thing, "nmod", "nmod:poss", "acl", "acl:relcl", "ccomp")
    return lemma_of(thing) in words.words.get("blanket", ()) and not below


def is_contested(document: Document, trigger: Token, verb: Token) -> bool:
    """Whether somebody claims what a word tells, so that somebody else may deny it, who is none of what he claims."""
    told = (s for s in document.statements if s.source is not None and s.stance != "denies")
    return any(holds(s, trigger) and not covers(s.content, verb) for s in told)
