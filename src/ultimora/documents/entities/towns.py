"""Towns that no list knows, told by what the text does with them: "the mayor of X", "a quake struck X"."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import cache

from ultimora import languages
from ultimora.documents.entities.lexicon import Lexicon
from ultimora.documents.entities.names import Name
from ultimora.documents.entities.referring import Referring
from ultimora.documents.wordlists import words as listed
from ultimora.types import Document, Token

_FULL_NAME = 2
_LOCAL = frozenset({"earthquake", "flood", "landslide"})
_GOVERNS = "local"
"""The group of offices that are of a town or a region."""


def is_town(document: Document, lexicon: Lexicon, words: Referring, name: Name) -> bool:
    """Whether a name that no list knows stands where towns do."""
    head = next((t for t in document.tokens[name.first : name.last] if not name.first <= t.head < name.last), None)
    if head is None:
        return False
    named = name.label != "ORG" and (_is_struck(document, words, head) or _is_governed(document, lexicon, head))
    return named or _is_shaken(document, head) or _is_inside(document, name, head) or _is_reached(document, name, head)


def _is_inside(document: Document, name: Name, head: Token) -> bool:
    """As in "houses fell in X on Monday", "il terremoto a X": what something happens in is no person."""
    above = document.head(head)
    if above is None or name.label == "ORG" or head.deprel.split(":")[0] not in ("obl", "nmod"):
        return False
    cases = {t.lower for t in document.children(head, "case")}
    if cases & listed(document.language, "cases", "inside"):
        return above.lemma.lower() not in listed(document.language, "words", "trusting")
    held = above.lemma.lower() in _hazards(document.language) | listed(document.language, "words", "gatherings")
    lives = above.lemma.lower() in listed(document.language, "words", "dwelling") and above.upos in ("VERB", "AUX")
    alone = name.last - name.first == 1 and len(document.children(head, "case")) == 1  # "vive a Carpi"
    return (held or (lives and alone)) and bool(cases & listed(document.language, "cases", "at_towns"))


def _is_reached(document: Document, name: Name, head: Token) -> bool:
    """As in "workers in X walked out", "a plant near X": one word behind a preposition of place is no body's name,
    but for what one has a share in or trusts ("a stake in X").
    """
    above = document.head(head)
    alone = name.label == "ORG" and name.last - name.first == 1 and document.tokens[name.first].text.istitle()
    if above is None or not alone or head.deprel.split(":")[0] not in ("obl", "nmod") or document.children(head, "det"):
        return False
    return is_around(document, head, {above.lemma.lower(), above.lower})


def is_around(document: Document, head: Token, above: Set[str]) -> bool:
    """Whether a preposition of place stands before a word that hangs on one that nobody has a share in, or trusts."""
    cases = {t.lower for t in document.children(head, "case")}
    held = listed(document.language, "words", "holding") | listed(document.language, "words", "trusting")
    return bool(cases & listed(document.language, "cases", "around")) and not above & held


def _is_struck(document: Document, words: Referring, head: Token) -> bool:
    """As in "the quake struck X", "X was shaken by an earthquake": no person is."""
    verb = document.head(head)
    if (
        verb is None
        or verb.lemma.lower() not in words.signs.get("strikes", ())
        or head.deprel not in ("obj", "nsubj:pass")
    ):
        return False
    by = document.children(verb, "nsubj", "obl:agent", "obl")
    antecedent = document.head(verb) if verb.deprel == "acl:relcl" else None
    return any(t.lemma.lower() in _hazards(document.language) for t in [*by, *([antecedent] if antecedent else [])])


def _is_shaken(document: Document, head: Token) -> bool:
    """As in "the X earthquake": what happens to a town is called after it."""
    noun = document.head(head)
    called = noun is not None and head.deprel == "compound" and head.i == noun.i - 1
    return called and noun is not None and noun.lemma.lower() in _hazards(document.language, _LOCAL)


def _is_governed(document: Document, lexicon: Lexicon, head: Token) -> bool:
    """As in "the mayor of X", "X Mayor Ada Bruni"."""
    office = document.head(head)
    if office is None:
        return False
    linked = {t.lower for t in document.children(head, "case")} | {
        t.lemma.lower() for t in document.children(head, "case")
    }
    of = head.deprel == "nmod" and head.i > office.i and bool(linked & lexicon.links)
    before = head.deprel in ("compound", "flat") and head.i == office.i - 1 and not linked
    return (of or before) and _is_local(document, lexicon, office)


def _is_local(document: Document, lexicon: Lexicon, token: Token) -> bool:
    office = lexicon.office_of(document, token)
    return office is not None and office[1] == _GOVERNS


@cache
def _hazards(language: str, kinds: frozenset[str] = frozenset()) -> frozenset[str]:
    """What happens without anybody's doing, or what is of some kinds."""
    table = languages.load(language).table("lexicon/happenings")
    return frozenset(word for kind, words in table.items() if not kinds or kind in kinds for word in words)


def parted(document: Document, lexicon: Lexicon, names: Sequence[Name]) -> list[Name]:
    """Names with those parted that the model took for one: "the mayor of [X] [Ada Bruni]"."""
    found: list[Name] = []
    for name in names:
        at = _end_of_town(document, lexicon, name)
        if at is None:
            found.append(name)
        else:
            found += [replace(name, last=at, label="LOC"), replace(name, first=at)]
    return found


def _end_of_town(document: Document, lexicon: Lexicon, name: Name) -> int | None:
    """Where the town ends and the name of whoever governs it begins."""
    tokens = document.tokens
    if name.known is not None or name.label != "PER" or name.first < _FULL_NAME or name.last - name.first <= _FULL_NAME:
        return None
    link, office = tokens[name.first - 1], tokens[name.first - 2]
    same = office.sentence == tokens[name.first].sentence
    if (
        not same
        or {link.lower, link.lemma.lower()}.isdisjoint(lexicon.links)
        or not _is_local(document, lexicon, office)
    ):
        return None
    return name.last - _FULL_NAME
