"""Does the name of a state, a capital or a seat stand for those who govern, or for the place? Syntax decides.

Agents of saying, deciding and acting are governments; what stands in a locative case or at the end of a motion is a
place. The words that tip the scale are data (``lexicon/metonyms.toml``).
"""

from __future__ import annotations

from collections.abc import Callable

from ultimora.documents.entities.lexicon import Lexicon
from ultimora.documents.entities.names import Name
from ultimora.documents.entities.registry import head_of
from ultimora.types import Document, Token

_CASES = ("to", "toward", "bound", "from", "of", "on", "locative", "agentive", "compound_agentive")
_DATELINE = 10
_DASHES = frozenset({"—", "–", "--", "-"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_RULERS = frozenset({"head_of_state", "head_of_government", "cabinet", "spokesperson", "vice_president"})
_PEOPLE = frozenset({"person", "group", "government"})


class Reader:
    """Decides for the names of one document."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document = document
        self.lexicon = lexicon
        self.parsed = any(t.deprel not in ("dep", "root") for t in document.tokens)

    def acts(self, name: Name) -> bool:
        """Whether a name stands for a government or an institution, not for a place."""
        token = head_of(self.document, name.first, name.last)
        if is_dateline(self.document, name):
            return False
        if not self.parsed:
            return self._by_case(name, token, self._marker_before(name), None)
        return self._acts(name, token, set())

    def _acts(self, name: Name, token: Token, seen: set[int]) -> bool:
        relation = token.deprel.split(":")[0]
        governor = self.document.head(token)
        case = self._case(token)
        if relation == "conj" and governor is not None and not case and token.i not in seen:
            return self._acts(name, governor, seen | {token.i})
        if case and not (relation == "nmod" and token.deprel == "nmod:poss"):
            return self._by_case(name, token, case, governor)
        if token.deprel == "nmod:poss":
            return not self._has(governor, "spots")
        return self._without_case(name, token, relation, governor)

    def _without_case(self, name: Name, token: Token, relation: str, governor: Token | None) -> bool:
        if token.deprel == "nsubj:pass":
            return not self._has(governor, "impact")
        if relation in _SUBJECTS:
            return not self._has(governor, "stative") and not self._is_spot(governor)
        if relation == "obj":
            return not self._has(governor, "impact")
        if relation in ("appos", "flat") and self._has(governor, "spots"):
            return False
        if relation in ("compound", "nmod", "amod"):
            return self._compound(name, governor)
        if relation == "obl":
            return self._by_case(name, token, self._marker_before(name), governor)
        if relation == "root" and self._is_told_of(token):
            return True
        if self._is_city(name) and (relation == "root" or self._is_kicker(name)):
            return self._before_colon(name)
        return True

    def _is_told_of(self, token: Token) -> bool:
        """As in "È stata Tunisi a chiederlo", "It was Tunis that asked": whoever the rest of the sentence is about."""
        below = self.document.children(token, "acl", "acl:relcl", "advcl")
        told = any("Inf" in c.feats.get("VerbForm", "") or c.deprel == "acl:relcl" for c in below)
        return told and bool(self.document.children(token, "cop"))

    def _meets(self, governor: Token | None) -> bool:
        """As in "i colloqui di Tunisi con Il Cairo": with another capital, whose talks they are is who talks."""
        partners = self.document.children(governor, "nmod", "obl") if governor is not None else []
        agentive = self.lexicon.metonyms["agentive"]
        return any(t.ner.endswith("LOC") and self._case(t) in agentive for t in partners)

    def _compound(self, name: Name, governor: Token | None) -> bool:
        if self._has(governor, "spots"):
            return False
        if not self._is_city(name):
            return True
        return self._has(governor, "deeds") or self._kind(governor) == "government"

    def _by_case(self, name: Name, token: Token, case: str, governor: Token | None) -> bool:
        """The decision where a preposition stands before the name."""
        is_in: Callable[[str], bool] = lambda table: case in self.lexicon.metonyms[table]  # noqa: E731
        near = self._noun_before(name)
        if is_in("to"):
            return self._after_to(name, token, governor, near)
        if is_in("toward"):
            return self._has(governor, "attitudes") or self._has(near, "attitudes")
        if is_in("bound"):
            return not (self._has(governor, "departures") or self._has(near, "departures"))
        if is_in("from"):
            return self._after_from(token, governor, near)
        if is_in("of"):
            return self._of(name, governor)
        if is_in("on"):
            struck = any(self._has(governor, t) or self._has(near, t) for t in ("impact", "strikes"))
            return not struck and not self._is_spot(governor)
        if is_in("locative"):
            return False
        if is_in("agentive") or is_in("compound_agentive"):
            return not (self._has(governor, "routes") or self._has(near, "routes"))
        return not self._is_city(name)

    def _noun_before(self, name: Name) -> Token | None:
        """The noun right before the preposition, on which the parse may not have hung the name."""
        tokens, sentence = self.document.tokens, self.document.tokens[name.first].sentence
        i = name.first - 1
        while i >= 0 and tokens[i].sentence == sentence and tokens[i].upos in ("DET", "ADP", "ADJ"):
            i -= 1
        return tokens[i] if i >= 0 and tokens[i].sentence == sentence and tokens[i].upos == "NOUN" else None

    def _after_from(self, token: Token, governor: Token | None, near: Token | None) -> bool:
        if token.deprel == "obl:agent":
            return not self._has(governor, "motion")
        source = self._has_above(governor, "source") or self._has(near, "source")
        return source or self._has(governor, "deeds")

    def _after_to(self, name: Name, token: Token, governor: Token | None, near: Token | None) -> bool:
        if self._is_sent(governor):
            return False
        if not self.lexicon.articles_before_state:
            return not (self._has_above(governor, "motion") or self._has(near, "motion"))
        if self._is_city(name) and self._has(near, "spots"):
            return False  # "lo ha annunciato in una conferenza stampa a Oslo"
        if self._is_city(name) and self._gather(governor):
            return False
        if self._has(governor, "dative") or self._kind(governor) == "weapon":
            return True
        if self._has(near, "dative") or self._kind(near) == "weapon":
            return True
        if name.known is not None and name.known.sort == "country":
            return self._articled(token) or self._has_above(governor, "dative")
        return False

    def _gather(self, governor: Token | None) -> bool:
        """As in "si sono dati appuntamento a Varsavia": they will meet there."""
        if governor is None or not self.document.children(governor, "expl"):
            return False
        return any(self._has(t, "spots") for t in self.document.children(governor, "obj"))

    def _of(self, name: Name, governor: Token | None) -> bool:
        if self._has(governor, "spots"):
            return False
        if not self._is_city(name):
            return True
        acts = self._has(governor, "deeds") or self._kind(governor) in ("government", "government_itself")
        return acts or self._is_minister(governor) or self._meets(governor)

    def _is_minister(self, governor: Token | None) -> bool:
        """As in "il ministro degli Esteri di Madrid": who governs, governs more than the city."""
        above = self.document.head(governor) if governor is not None else None
        offices = [self.lexicon.office_of(self.document, t) for t in (governor, above) if t is not None]
        return any(office is not None and office[1] in _RULERS for office in offices)

    def _is_sent(self, governor: Token | None) -> bool:
        """As in "ha inviato a Bogotà il suo vice": people are sent to a place, arms and letters to a government."""
        if governor is None or not self._has(governor, "sending"):
            return False
        sent = self.document.children(governor, "obj", "nsubj:pass")
        return any(self.lexicon.office_of(self.document, t) or self._kind(t) in _PEOPLE or _person(t) for t in sent)

    def _kind(self, token: Token | None) -> str | None:
        if token is None:
            return None
        found = self.lexicon.kind_of(self.document, token)
        return found[1] if found else None

    def _is_spot(self, governor: Token | None) -> bool:
        """As in "Kiev è una città": the predicate names a kind of place."""
        return governor is not None and governor.upos in ("NOUN", "PROPN", "ADJ") and self._has(governor, "spots")

    def _has(self, token: Token | None, table: str) -> bool:
        if token is None:
            return False
        words = self.lexicon.metonyms.get(table, frozenset())
        return token.lower in words or token.lemma.lower() in words or self._fixed(token, words)

    def _fixed(self, token: Token, words: frozenset[str]) -> bool:
        if token.i + 1 >= len(self.document.tokens):
            return False
        return f"{token.lower} {self.document.tokens[token.i + 1].lower}" in words

    def _has_above(self, governor: Token | None, table: str) -> bool:
        """The governor, or what governs it as its object or subject: "withdraw its envoy from Kyiv"."""
        if governor is None:
            return False
        if self._has(governor, table):
            return True
        objects = self.document.children(governor, "obj", "nsubj")
        return governor.upos in ("VERB", "AUX") and table != "motion" and any(self._has(o, table) for o in objects)

    def _is_city(self, name: Name) -> bool:
        return name.known is not None and name.known.sort == "capital"

    def _case(self, token: Token) -> str:
        cases = self.document.children(token, "case")
        before = [c for c in cases if c.i < token.i]
        if not before:
            return ""
        marks = self.lexicon.metonyms
        compound = [c for c in before if c.lower in marks["compound_agentive"]]
        last = compound[0] if compound else before[0]
        return self._preposition(last)

    def _preposition(self, token: Token) -> str:
        """The plain preposition of a case marker ("alla" is "a")."""
        plain = token.lower.replace("’", "'")
        words = (self.lexicon.prepositions.get(plain, plain), token.lemma.lower())
        return next((w for w in words if any(w in self.lexicon.metonyms[table] for table in _CASES)), plain)

    def _articled(self, token: Token) -> bool:
        """Whether an article stands before the name, alone or within its preposition."""
        before = [c for c in self.document.children(token, "case", "det") if c.i < token.i]
        return any(c.deprel == "det" or "Definite" in c.feats or c.lower != c.lemma.lower() for c in before)

    def _marker_before(self, name: Name) -> str:
        """Without a parse: the word before the name, past one article."""
        tokens, i = self.document.tokens, name.first - 1
        for _ in range(2):
            if i < 0 or tokens[i].sentence != tokens[name.first].sentence:
                return ""
            word = self._preposition(tokens[i])
            if any(word in self.lexicon.metonyms[table] for table in _CASES):
                return word
            i -= 1
        return ""

    def _is_kicker(self, name: Name) -> bool:
        """As in "Kiev, strage al mercato": where a headline is set."""
        sentence = self.document.sentences[self.document.tokens[name.first].sentence]
        after = self.document.tokens[name.last : min(name.last + 2, sentence.last)]
        begins = sentence.first == name.first and len(after) > 1 and after[0].text == ","
        return begins and after[1].upos in ("NOUN", "ADJ", "NUM", "DET")

    def _before_colon(self, name: Name) -> bool:
        after = self.document.tokens[name.last : name.last + 1]
        return bool(after) and after[0].text == ":"


def _person(token: Token) -> bool:
    return token.ner.endswith("PER")


def is_dateline(document: Document, name: Name) -> bool:
    """As in "KYIV, 12 Oct. -", "WASHINGTON (AP) —", "(ANSA) - ROMA, 12 OTT -": a place and a break before the text."""
    sentence = document.sentences[document.tokens[name.first].sentence]
    before = document.tokens[sentence.first : name.first]
    signed = bool(before) and before[0].text == "(" and before[-1].text in _DASHES
    opens = document.text[: sentence.start].rstrip(" \t")[-1:] in ("", "\n")
    if not opens or not (signed or sentence.first == name.first) or sentence.part in ("title", "standfirst"):
        return False
    behind = document.tokens[name.last : min(sentence.last, name.last + _DATELINE)]
    after = [t.text for t in behind]
    if not after or after[0] not in ("(", ",", *_DASHES):
        return False
    dashed = any(t.text in _DASHES and not _is_hyphen(document, t) for t in behind)
    return dashed or (after[0] != "," and (after[0] != "(" or ")" in after))


def _is_hyphen(document: Document, token: Token) -> bool:
    """As in "a 19-year-old": a dash within a word."""
    return document.text[token.start - 1 : token.start].isalnum() and document.text[token.end : token.end + 1].isalnum()
