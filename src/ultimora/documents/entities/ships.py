"""Which names are of ships: "the Clara Weiss docked", "had come to Antwerp on the Hanna Sophie"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ultimora.documents.entities.referring import Referring
from ultimora.types import Document, Token

if TYPE_CHECKING:
    from ultimora.documents.entities.names import Name

NEAR = 4
"""How many sentences part a ship's name from a noun that tells of a ship."""

_QUOTES = frozenset('"“«„')

SHIPS = "vessel"
"""The sort of thing that they are."""


def is_ship_name(document: Document, words: Referring, name: Name, firsts: Mapping[str, str]) -> bool:
    """Whether a name with an article, near a noun for a ship, does what ships do or is a person's with an article."""
    before = _article(document, name)
    if before is None or before.feats.get("Definite") != "Def" or _told(document, words, name):
        return False
    head = next((t for t in document.tokens[name.first : name.last] if not name.first <= t.head < name.last), None)
    if head is None or next(nouns_near(document, words, head), None) is None:
        return False
    verb = document.head(head)
    deeds = [c.lemma.lower() for c in document.children(head, "acl:relcl")]  # "the Aino, which sails under …"
    deeds += [verb.lemma.lower()] if head.deprel.startswith("nsubj") and verb is not None else []
    sails = any(deed in words.signs.get("sails", ()) for deed in deeds) or _is_boarded(document, words, head)
    aboard = any(c.lower in words.signs.get("aboard", ()) for c in document.children(head, "case"))
    personal = name.last - name.first > 1 and document.tokens[name.first].text in firsts
    return sails or ((personal or name.label == "PER") and (aboard or name.last - name.first > 1))


def _article(document: Document, name: Name) -> Token | None:
    """The article of a name, by itself or within a preposition: "la Sirena", "della «Sirena»"."""
    at = name.first - 1 - (name.first > 1 and document.tokens[name.first - 1].text in _QUOTES)
    before = document.tokens[at] if at >= 0 else None
    same = before is not None and before.sentence == document.tokens[name.first].sentence
    return before if same and before is not None and before.upos in ("DET", "ADP") else None


def _is_boarded(document: Document, words: Referring, head: Token) -> bool:
    """As in "bloccano la Thalassa", "l'equipaggio della Nuova Perla": what is done to ships, and what they have."""
    above = document.head(head)
    if above is None:
        return False
    done = above.upos == "VERB" and head.deprel.split(":")[0] in ("obj", "nsubj")
    had = above.upos == "NOUN" and head.deprel == "nmod" and head.i > above.i
    verbs, nouns = words.signs.get("boards", ()), words.signs.get("of_ships", ())
    passive = head.deprel in ("obj", "nsubj:pass")
    return (done and passive and above.lemma.lower() in verbs) or (had and above.lemma.lower() in nouns)


def _told(document: Document, words: Referring, name: Name) -> bool:
    """Whether a word of the name says that it is something else: "the Dockers' Union", "the Weiss Clinic"."""
    inside = document.tokens[name.first : name.last]
    return any(words.sorts(t.lower) or words.kinds_of_name(t.lower) - {"outlet"} for t in inside)  # "the Ionian Star"


def nouns_near(document: Document, words: Referring, token: Token) -> Iterator[str]:
    """The nouns for one ship in the sentences around a token, those before it first."""
    sentences = document.sentences
    first = sentences[max(token.sentence - NEAR, 0)].first
    last = sentences[min(token.sentence + 1, len(sentences) - 1)].last
    for other in document.tokens[first:last]:
        if other.upos == "NOUN" and SHIPS in words.sorts_at(other) and other.feats.get("Number") != "Plur":
            yield words.noun(other)


def is_of_ship(document: Document, words: Referring, before: Token, last: Token) -> bool:
    """As in "another vessel, the Dorian Queen": a name in apposition to a noun for a ship is no title."""
    above = document.head(last)
    noun = above is not None and above.upos == "NOUN" and last.deprel == "appos" and before.upos == "DET"
    return noun and above is not None and SHIPS in words.sorts_at(above)


def begins_ship(document: Document, words: Referring, token: Token) -> bool:
    """As in "The [Ionian] Star hit rocks": a quality that begins the name of a ship, where one is told of."""
    capital = token.upos == "ADJ" and token.ner == "O" and token.text.istitle() and token.deprel == "amod"
    before, after = document.tokens[max(token.i - 1, 0)], document.tokens[token.i + 1 : token.i + 2]
    named = capital and before.upos == "DET" and bool(after) and token.head == after[0].i
    named = named and after[0].upos == "PROPN" and after[0].ner == "O" and after[0].text.istitle()
    return named and next(nouns_near(document, words, token), None) is not None
