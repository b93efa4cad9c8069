"""What rules may call a word: a verb with its particle or its reflexive pronoun, a noun with the noun before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ultimora import languages
from ultimora.claims.syntax import feature, finite, lemma
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token


def verb_names(document: Document, token: Token) -> list[str]:
    """What a rule may call the verb: with its particle first ("call off"), then alone."""
    name = lemma(token)
    after = [t for t in document.children(token, "compound:prt", "advmod", "advcl") if 0 < t.i - token.i <= 4]
    after += [t for t in document.tokens[token.i + 1 : token.i + 2] if _is_particle(document, token, t)]
    whole = hyphenated(document, token)[1:]
    return [*(f"{name} {t.lower}" for t in after), *whole, *reflexive_names(document, token), name]


def has_particle(document: Document, verb: Token) -> bool:
    """Whether a particle makes another verb of it: "call off"."""
    after = document.tokens[verb.i + 1 : verb.i + 2]
    return bool(document.children(verb, "compound:prt")) or any(_is_particle(document, verb, t) for t in after)


def particle_of(document: Document, verb: Token, governed: Token) -> bool:
    """Whether a word is the object of a verb with a particle that was taken for its preposition."""
    after = document.tokens[verb.i + 1 : verb.i + 2]
    return any(t.head == governed.i and _is_particle(document, verb, t) for t in after)


def _is_particle(document: Document, verb: Token, token: Token) -> bool:
    """As in "handed over two fugitives": a preposition on the object is the verb's particle, and so is a noun that a
    headline writes like one ("scales back mask mandate").
    """
    above = document.head(token)
    while above is not None and above.deprel == "compound" and above.i > token.i:
        above = document.head(above)
    if above is None or above.head != verb.i:
        return False
    particle = token.lower in words(document.language, "words", "particles")
    if token.upos != "ADP":
        return particle and above.deprel == "obj" and token.deprel in {"compound", "amod", "advmod"}
    return above.deprel == "obj" or (above.deprel == "obl" and particle)


def reflexive_names(document: Document, token: Token) -> list[str]:
    """The lemma with its reflexive pronoun, in a language that writes it as one word ("dimettersi")."""
    strip, add = _morphology(document.language).reflexive
    if not add or not reflexive(document, token) or lemma(token).endswith(add):
        return []
    return [lemma(token)[:-strip] + add]


def reflexive(document: Document, token: Token) -> Sequence[Token]:
    """The reflexive pronoun of a verb, the verb itself where it is a part of the word ("ritirarsi")."""
    found = document.children(token, "expl") or own_pronouns(document, token)
    endings = _morphology(document.language).enclitics
    return found or ([token] if endings and token.upos == "VERB" and token.lower.endswith(endings) else [])


def own_pronouns(document: Document, token: Token) -> Sequence[Token]:
    """As in "mi dimetto": a pronoun of the verb's own person before it."""
    own = words(document.language, "reflexive", "own")
    before = document.tokens[max(token.i - 2, 0) : token.i] if own else ()
    word = finite(document, token) if before else None
    endings = tuple(words(document.language, "reflexive", "own_endings"))  # analyses seldom know a first person
    first = word is not None and (feature(word, "Person") == "1" or word.lower.endswith(endings))
    return [t for t in before if first and t.upos == "PRON" and t.head == token.i and t.lower in own]


@dataclass(frozen=True)
class Morphology:
    """What the syntax lexicon says of verb forms."""

    reflexive: tuple[int, str]
    stems: dict[str, str]
    endings: tuple[tuple[str, str], ...]
    enclitics: tuple[str, ...]
    again: tuple[str, ...]
    not_again: frozenset[str]
    last: tuple[str, ...]


@cache
def _morphology(language: str) -> Morphology:
    table = languages.load(language).table("lexicon/syntax")
    own, conjugation = table.get("reflexive", {}), table.get("conjugation", {})
    endings = tuple((a, b) for a, b in (each.split(":") for each in conjugation.get("endings", ())))
    again = tuple(conjugation.get("again", ()))
    pronoun = (own.get("strip", 0), own.get("add", ""))
    opaque, last = frozenset(conjugation.get("not_again", ())), tuple(conjugation.get("last", ()))
    enclitics = tuple(own.get("enclitics", ()))
    return Morphology(pronoun, conjugation.get("stems", {}), endings, enclitics, again, opaque, last)


def guesses(language: str, token: Token) -> list[str]:
    """Lemmas that a verb's form may have by its ending, for verbs that the analysis does not know."""
    morphology, form = _morphology(language), token.lower
    known = morphology.stems.get(form) or morphology.stems.get(_stem(form, morphology))
    return [known] if known else [form[: len(form) - len(a)] + b for a, b in morphology.endings if form.endswith(a)]


def again(language: str, token: Token) -> list[str]:
    """The verb without the prefix that says that it is done once more ("riarrestare", "riconvocare")."""
    name, morphology = lemma(token), _morphology(language)
    if name in morphology.not_again:
        return []
    return [name[len(prefix) :] for prefix in morphology.again if name.startswith(prefix)]


def is_irregular(language: str, token: Token) -> bool:
    """Whether the lexicon knows of which verb this form is, whatever the analysis says."""
    morphology = _morphology(language)
    return token.lower in morphology.stems or _stem(token.lower, morphology) in morphology.stems


def _stem(form: str, morphology: Morphology) -> str:
    """A form without the letter that a participle ends in; the whole form where the language has no such letter."""
    return form[:-1] if form.endswith(morphology.last) else form


def noun_names(document: Document, token: Token) -> list[str]:
    """What a rule may call the noun: with the noun before it first ("hunger strike"), with what a hyphen joins to it
    ("sit-in"), then alone, lemma or form.
    """
    names = [f"{lemma(t)} {lemma(token)}" for t in document.children(token, "compound")]
    return list(dict.fromkeys([*names, *hyphenated(document, token), lemma(token), token.lower]))


def hyphenated(document: Document, token: Token) -> list[str]:
    """The whole word of which hyphens make the token a part, as it is written and by the token's lemma."""
    first = last = token.i
    while first > 1 and _joins(document, first - 1):
        first -= 2
    while last < len(document.tokens) - 2 and _joins(document, last + 1):
        last += 2
    if first == last:
        return []
    before = "".join(t.lower for t in document.tokens[first : token.i])
    after = "".join(t.lower for t in document.tokens[token.i + 1 : last + 1])
    return [f"{before}{token.lower}{after}", f"{before}{lemma(token)}{after}"]


def _joins(document: Document, i: int) -> bool:
    """Whether a token is a hyphen with nothing between it and both its neighbours."""
    before, hyphen, after = document.tokens[i - 1 : i + 2]
    return hyphen.text == "-" and before.end == hyphen.start and hyphen.end == after.start
