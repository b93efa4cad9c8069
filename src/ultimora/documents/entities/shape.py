"""The shape of a phrase: one or several, definite or not, said of somebody or not."""

from __future__ import annotations

from collections.abc import Set

from ultimora.documents.remembering import once
from ultimora.types import Document, Token

_ASIDE = (",", "(", "–", "—")
_GENDERS = {"Masc": "m", "Fem": "f"}


def is_plural(token: Token) -> bool:
    """By its own number."""
    return token.feats.get("Number") == "Plur"


def is_collective(document: Document, token: Token) -> bool:
    """As in "the French": an article that shows no number."""
    articles = document.children(token, "det")
    return any(d.feats.get("Definite") == "Def" and "Number" not in d.feats for d in articles)


def own_gender(token: Token, otherwise: str = "") -> str:
    """The gender of its own form: ``m``, ``f``, or what is given where it shows none."""
    return _GENDERS.get(token.feats.get("Gender", ""), otherwise)


@once
def is_indefinite(document: Document, token: Token) -> bool:
    """With "a", "un", "some"."""
    articles = document.children(token, "det")
    return any(d.feats.get("Definite") == "Ind" or d.feats.get("PronType") == "Ind" for d in articles)


@once
def is_definite(document: Document, token: Token) -> bool:
    """With "the", "il", "this", a possessive, or an article within its preposition."""
    marks = document.children(token, "det", "case", "nmod:poss", "det:poss")
    return any(
        d.feats.get("Definite") == "Def"
        or d.feats.get("PronType") == "Dem"
        or (d.deprel == "det" and d.upos == "PRON" and d.feats.get("PronType") == "Prs")  # "[Lo] stabile"
        or d.deprel in ("nmod:poss", "det:poss")
        or (d.upos == "ADP" and d.lower != d.lemma.lower())
        for d in marks
    )


@once
def is_noun_like(document: Document, token: Token) -> bool:
    """A participle that stands as a noun: "the accused", "l'arrestato"."""
    argument = token.deprel.split(":")[0] in ("nsubj", "obj", "obl", "nmod", "iobj")
    part = token.upos == "VERB" and token.feats.get("VerbForm") == "Part"
    return part and argument and bool(document.children(token, "det")) and is_definite(document, token)


def is_predicate(document: Document, token: Token) -> bool:
    """Said of somebody: "è il presidente", "nominato ministro"; but not "was among 400 [workers]"."""
    if document.children(token, "cop"):
        return not document.children(token, "case")
    return token.deprel in ("xcomp", "nmod", "obl") and not is_definite(document, token)


def is_added(document: Document, token: Token, child: Token) -> bool:
    """As in "l'imbarcazione, avvistata da un drone, …": what stands behind a comma does not say which one."""
    after = document.tokens[token.i + 1 : token.i + 2]
    if after and after[0].text in _ASIDE:
        return child.i > after[0].i
    first = min((t.i for t in document.subtree(child)), default=child.i)
    clause = child.deprel.split(":")[0] in ("acl", "appos") and first > token.i + 1
    return clause and document.tokens[first - 1].text in _ASIDE  # "la società di Eindhoven, che …"


def is_teller(document: Document, telling: Set[str], token: Token) -> bool:
    """The subject of a verb of saying, as no place is: "Age Concern UK said"."""
    verb = document.head(token)
    return token.deprel == "nsubj" and verb is not None and verb.lemma.lower() in telling
