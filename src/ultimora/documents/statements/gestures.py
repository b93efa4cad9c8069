"""Quotations beside a verb that is none of saying: "“Never,” she shrugged", "«Non ci sto», ha preso le distanze X"."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.entities import is_somebody
from ultimora.documents.statements.beside import REACH, Speech
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import is_negated, is_passive, subject, verb_of
from ultimora.documents.statements.who import entity_at
from ultimora.types import Document, Token

_SPEAKERS = ("person", "group")
_OPEN = 12


def governing(document: Document, speech: Speech, inside: set[int], words: Sayings) -> Token | None:
    """A finite verb right after a quotation that the parse hangs the quotation on, with a person for its subject."""
    for verb in _above(document, speech, inside):
        closed = document.text[speech.quote.end : speech.quote.end + 2].lstrip()[:1]
        quoted = document.text[slice(*speech.quote.inner)].rstrip()[-1:]
        apart = closed in (",", "-", "–", "—") or quoted in (",", "?", "!", "…")
        late = verb.i < speech.last + _OPEN and not document.children(verb, "mark")
        if not apart or not late or is_passive(document, verb) or is_negated(document, verb, words):
            continue
        who = _person(document, verb, inside)
        if who is not None:
            return verb
    return None


def _above(document: Document, speech: Speech, inside: set[int]) -> Iterator[Token]:
    """The verbs outside a quotation that a predicate in it depends on, after it in its sentence."""
    for token in document.tokens[speech.first : speech.last]:
        above = document.head(token)
        clause = token.deprel.split(":")[0] in ("ccomp", "parataxis", "obj")
        if above is not None and clause and above.i >= speech.last and above.i not in inside and above.upos == "VERB":
            yield above


def _person(document: Document, verb: Token, inside: set[int]) -> Token | None:
    for child in document.children(verb, "nsubj"):
        entity = entity_at(document, child)
        if child.i not in inside and entity is not None and entity.kind in _SPEAKERS:
            return child
    return None


def introduced_after(document: Document, speech: Speech, words: Sayings) -> Token | None:
    """The verb of saying of the next sentence, where a person named there has spoken the words before it."""
    here = document.tokens[speech.last - 1].sentence
    if here + 1 >= len(document.sentences):
        return None
    tokens = document.sentence_tokens(here + 1)
    if not tokens or tokens[0].i < speech.last or "\n" in document.text[speech.quote.end : tokens[0].start]:
        return None
    root = next((t for t in tokens[:REACH] if t.deprel == "root"), None)
    entry = verb_of(document, root, words) if root is not None else None
    who = subject(document, root, words) if root is not None and entry is not None else None
    entity = entity_at(document, who) if who is not None else None
    told = entry is not None and root is not None and "quote" in entry[1].frames
    told = told and root is not None and not document.children(root, "ccomp", "xcomp", "parataxis")
    person = entity.kind == "person" if entity is not None else who is not None and _is_one(document, who)
    return root if told and person else None


def _is_one(document: Document, noun: Token) -> bool:
    """As in "Scott's niece": one person whom the text does not name, nor speaks of again."""
    return noun.upos == "NOUN" and noun.feats.get("Number") != "Plur" and is_somebody(document, noun)
