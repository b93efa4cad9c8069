"""Which names are of ships: "the Clara Weiss docked", "had come to Antwerp on the Hanna Sophie"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ultimora.documents.entities.names import Name
from ultimora.documents.entities.referring import Referring
from ultimora.types import Document, Token

NEAR = 4
"""How many sentences part a ship's name from a noun that tells of a ship."""

SHIPS = "vessel"
"""The sort of thing that they are."""


def is_ship_name(document: Document, words: Referring, name: Name, firsts: Mapping[str, str]) -> bool:
    """Whether a name with an article, near a noun for a ship, does what ships do or is a person's with an article."""
    before = document.tokens[name.first - 1] if name.first else None
    if before is None or before.upos != "DET" or before.feats.get("Definite") != "Def" or _told(document, words, name):
        return False
    head = next((t for t in document.tokens[name.first : name.last] if not name.first <= t.head < name.last), None)
    if head is None or next(nouns_near(document, words, head), None) is None:
        return False
    verb = document.head(head)
    deeds = [c.lemma.lower() for c in document.children(head, "acl:relcl")]  # "the Aino, which sails under …"
    deeds += [verb.lemma.lower()] if head.deprel.startswith("nsubj") and verb is not None else []
    sails = any(deed in words.signs.get("sails", ()) for deed in deeds)
    aboard = any(c.lower in words.signs.get("aboard", ()) for c in document.children(head, "case"))
    personal = name.last - name.first > 1 and document.tokens[name.first].text in firsts
    return sails or ((personal or name.label == "PER") and (aboard or name.last - name.first > 1))


def _told(document: Document, words: Referring, name: Name) -> bool:
    """Whether a word of the name says that it is something else: "the Dockers' Union", "the Weiss Clinic"."""
    inside = document.tokens[name.first : name.last]
    return any(words.sorts(t.lower) or words.kinds_of_name(t.lower) for t in inside)


def nouns_near(document: Document, words: Referring, token: Token) -> Iterator[str]:
    """The nouns for one ship in the sentences around a token, those before it first."""
    sentences = document.sentences
    first = sentences[max(token.sentence - NEAR, 0)].first
    last = sentences[min(token.sentence + 1, len(sentences) - 1)].last
    for other in document.tokens[first:last]:
        if other.upos == "NOUN" and SHIPS in words.sorts_at(other) and other.feats.get("Number") != "Plur":
            yield words.noun(other)
