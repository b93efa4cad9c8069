"""Outlets that no list knows, told by what the text does with them: "first reported by X", "told X", "scrive X"."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.entities.names import Name
from ultimora.documents.entities.referring import Referring
from ultimora.types import Document, Token

_NEAR = 3


def votes_for(document: Document, words: Referring, name: Name) -> int:
    """How much speaks for an outlet: what is done with it; of what looks like a person's name also what follows."""
    if not publishes(document, words, name):
        return 0
    return 1 if name.label != "PER" else 2 * _goes_on(document, words, name)


def _goes_on(document: Document, words: Referring, name: Name) -> bool:
    """As in "told De Avond. The daily said": whether the subject of the next sentence is an outlet without a name."""
    after = document.tokens[name.first].sentence + 1
    if after >= len(document.sentences):
        return False
    nouns = (t for t in document.sentence_tokens(after) if t.upos == "NOUN" and t.deprel.startswith("nsubj"))
    bare = (t for t in nouns if all(c.upos != "PROPN" for c in document.children(t)))
    told = (t for t in bare if any(d.feats.get("Definite") == "Def" for d in document.children(t, "det")))
    return any("outlet" in words.kinds(t) for t in told)


def publishes(document: Document, words: Referring, name: Name) -> bool:
    """Whether a name that is no person's stands where outlets do."""
    signs = words.signs
    head = next((t for t in document.tokens[name.first : name.last] if not name.first <= t.head < name.last), None)
    if head is None or not signs.get("publishes"):
        return False
    if any(t.lower in signs["no_outlets"] for t in document.tokens[name.first : name.last]):
        return False
    if any(_is_told(document, words, head, above) for above in _above(document, head)):
        return True
    noun = document.head(head)
    named = noun is not None and head.deprel.split(":")[0] in ("nmod", "appos", "flat", "compound")
    if noun is None or not named or noun.upos != "NOUN" or document.children(head, "case"):
        return False
    relative = [c for c in document.children(noun, "acl") if c.lemma.lower() in signs["cites"]]
    above = document.head(noun)
    tells = above is not None and above.lemma.lower() in signs["publishes"] and noun.deprel.startswith("nsubj")
    return tells and (bool(relative) or (above is not None and _as_outlets_do(document, words, above)))


def _above(document: Document, head: Token) -> Iterator[Token]:
    """What a name hangs on, also through the noun that it is the name of ("the newspaper X")."""
    above = document.head(head)
    if above is not None:
        yield above


def _is_told(document: Document, words: Referring, head: Token, above: Token) -> bool:
    signs, lemma = words.signs, above.lemma.lower()
    relation = head.deprel.split(":")[0]
    cases = {c.lemma.lower() for c in document.children(head, "case")} | {
        c.lower for c in document.children(head, "case")
    }
    if relation == "nsubj" and head.deprel != "nsubj:pass" and lemma in signs["publishes"]:
        return _as_outlets_do(document, words, above)
    if relation in ("obl", "nmod") and lemma in signs["publishes"] and cases & signs["by"]:
        return True  # "first reported by X", "anticipata da X"
    if relation == "obl" and lemma in signs["obtains"] and cases & signs["by"]:
        thing = document.head(above) if above.deprel.startswith("acl") else None
        return thing is not None and thing.lemma.lower() in signs["papers"]  # "documents seen by X"
    if lemma in signs["tells"] and _speaks(above):
        given = relation in ("iobj", "obj") and not cases and head.i > above.i
        return given or (relation == "obl" and bool(cases & signs["to"]))
    return lemma in signs["talks"] and bool(cases & signs["given"])


def _as_outlets_do(document: Document, words: Referring, verb: Token) -> bool:
    """Citing somebody, or the first to say so: a company reports its earnings, too."""
    subjects = document.children(verb, "nsubj")
    below = [*document.children(verb, "advcl", "acl", "conj", "parataxis"), *document.children(verb, "advmod")]
    below += [c for s in subjects for c in document.children(s, "acl")]
    cites = any({t.lower, t.lemma.lower()} & words.signs["cites"] for t in below)
    after = document.tokens[verb.i + 1 : verb.i + 1 + _NEAR]
    return cites or any({t.lower, t.lemma.lower()} & words.signs["cites"] for t in after)


def _speaks(verb: Token) -> bool:
    """In the third person: somebody's words, not an order."""
    return verb.feats.get("Person", "3") == "3" and verb.feats.get("Mood") != "Imp"
