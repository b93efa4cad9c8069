"""Noun phrases: their extent, their name, and the states that they speak of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ultimora.documents.entities.gazetteer import Gazetteer
from ultimora.documents.entities.lexicon import Lexicon
from ultimora.documents.entities.names import Name
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

_SOMEBODY = frozenset({"government", "government_itself", "group", "person", "armed_group", "organization"})

_INNER = frozenset({"amod", "compound", "nmod", "flat", "nummod", "fixed", "goeswith", "case", "det", "conj", "cc"})
_WIDE = frozenset({"acl", "obl", "advmod", "obj"})
_BARE = frozenset({"amod", "compound", "flat"})
_DEPTH = 3
_LONGEST = 12
_STATES = frozenset({"country", "capital", "place", "seat"})


class Phrases:
    """Questions about the noun phrases of one document."""

    def __init__(self, document: Document, names: Sequence[Name], gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self.document = document
        self.names = names
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self._extents: dict[tuple[int, bool], tuple[int, int]] = {}
        self.in_sentence: dict[int, list[Name]] = {}
        for name in names:
            self.in_sentence.setdefault(document.tokens[name.first].sentence, []).append(name)
        self.at = {i: name for name in names for i in range(name.first, name.last)}

    def states(self, head: Token, strict: bool = False) -> list[str]:
        """The states that a noun phrase names as its own, the surest first: "Turkish", "France's", "of Kenya".

        Strict: not where it is ("in Kenya").
        """
        found: list[str] = []
        layer, depth, seen = [head], 0, {head.i}
        later: list[str] = []
        while layer and depth < _DEPTH:
            below: list[Token] = []
            for token in layer:
                for child in self._modifiers(token, strict):
                    if child.i in seen:
                        continue
                    seen.add(child.i)
                    codes = [c for one in (child, *self.document.children(child, "conj")) for c in self.codes(one)]
                    (found if self._is_bare(child) else later).extend(codes)
                    if not codes:
                        below.append(child)
            layer, depth = below, depth + 1
        return list(dict.fromkeys([*found, *later, *self._following(head)]))

    def state(self, head: Token) -> str | None:
        """The surest state that a phrase names, if any."""
        found = self.states(head)
        return found[0] if found else None

    def codes(self, token: Token) -> list[str]:
        """The states of a token that is a demonym, or part of a state's or place's name."""
        name = self.at.get(token.i)
        if name is not None and (name.known is None or name.known.sort != "people"):
            known = name.known
            sorts = known is None or known.sort in _STATES or known.kind in ("government", "armed_group")
            return [name.country] if name.country and sorts else []
        if name is not None and name.known is not None:
            return [name.known.country] if name.known.country else []
        return self._compound(token)

    def _compound(self, token: Token) -> list[str]:
        """As in "russo-ucraino", "Sino-Russian"."""
        parts = token.text.replace("–", "-").split("-")
        if len(parts) < 2 or not all(parts):
            return []
        codes = [self._part(p) for p in parts]
        return [c for c in codes if c] if all(codes) else []

    def _part(self, part: str) -> str | None:
        code = self.gazetteer.prefixes.get(part)
        known = self.gazetteer.known.get(part)
        return code or (known.country if known and known.sort in ("people", "country") else None)

    def _modifiers(self, token: Token, strict: bool = False) -> Iterator[Token]:
        for child in self.document.children(token):
            if (
                self._is_tied(child)
                or self._ties(child)
                or (strict and not self._is_bare(child) and not self._is_own(child))
            ):
                continue
            relation = child.deprel.split(":")[0]
            if relation in _BARE or child.deprel == "nmod:poss" or (relation == "nmod" and self._is_link(child)):
                yield child

    def _is_link(self, token: Token) -> bool:
        cases = [c for c in self.document.children(token, "case") if c.i < token.i]
        return not cases or any(c.lemma.lower() in self.lexicon.links or c.lower in self.lexicon.links for c in cases)

    def _is_own(self, token: Token) -> bool:
        cases = self.document.children(token, "case")
        own = self.lexicon.metonyms["of"]
        return token.deprel == "nmod:poss" or any(c.lemma.lower() in own or c.lower in own for c in cases)

    def _is_tied(self, token: Token) -> bool:
        """As in "Syrian-backed": the second part of a compound that makes nothing Syrian."""
        name = self.at.get(token.i)
        if name is not None and name.first < token.i:
            return False
        before = self.document.tokens[token.i - 1] if token.i else None
        joined = before is not None and before.text == "-" and before.end == token.start
        return joined and token.upos in ("VERB", "ADJ") and token.lower not in self.lexicon.ties

    def _ties(self, token: Token) -> bool:
        after = self.document.tokens[token.i + 1 : token.i + 3]
        joined = len(after) > 1 and after[0].text == "-" and after[0].start == token.end
        return joined and self._is_tied(after[1])

    def _is_bare(self, token: Token) -> bool:
        return not any(c.i < token.i for c in self.document.children(token, "case"))

    def _following(self, head: Token) -> list[str]:
        """As in "il presidente Usa": a state's name right after its noun, whatever the parse makes of it."""
        after = self.document.tokens[head.i + 1 : head.i + 2]
        if not after or after[0].sentence != head.sentence:
            return []
        name = self.at.get(after[0].i)
        return self.codes(after[0]) if name and name.known and name.known.sort in ("country", "people") else []

    def extent(self, head: Token, wide: bool = False) -> tuple[int, int]:
        """The tokens of a phrase without its determiner, relative clauses and appositions: contiguous around the head.

        A wide phrase takes participles and what hangs on them: "persone informate sui fatti".
        """
        if (head.i, wide) not in self._extents:
            self._extents[head.i, wide] = self._extent(head, wide)
        return self._extents[head.i, wide]

    def _extent(self, head: Token, wide: bool) -> tuple[int, int]:
        inside = {head.i}
        for token in self._inner(head, _INNER | _WIDE if wide else _INNER):
            inside.add(token.i)
        first = last = head.i
        while first - 1 in inside:
            first -= 1
        while last + 1 in inside:
            last += 1
        numbers = [t.i for t in self.document.tokens[first : head.i] if t.upos == "NUM" and t.head == head.i]
        first = max(numbers) + 1 if numbers else first
        while first < head.i and _leads(self.document.tokens[first]):
            first += 1
        last = self._told_end(head, self._informed_end(head, last + 1)) if wide else last + 1
        return self._whole_word(first), last

    def _told_end(self, head: Token, last: int) -> int:
        """As in "two people [who attended the talks]", "emails [seen by the Herald]": the clause that says which."""
        for clause in self.document.children(head, "acl"):
            below = self.document.subtree(clause)
            comma = next((t.i for t in below if t.upos == "PUNCT"), below[-1].i + 1)
            plain = self.lexicon.unnaming | self.lexicon.according
            said = below[0].deprel == "mark" or any(t.lower in plain for t in below)
            if below[0].i == last and comma - last <= _LONGEST and clause.i < comma and not said:
                return comma
        return last

    def _informed_end(self, head: Token, last: int) -> int:
        """As in "fonti vicine [al ministero]": what unnamed sources are close to, wherever the parse hangs it."""
        tokens = self.document.tokens
        if (
            last + 1 < len(tokens)
            and tokens[last].lower in self.lexicon.informed
            and tokens[last].upos in ("ADV", "ADJ")
        ):
            last += tokens[last + 1].upos == "ADP"  # "un dirigente [vicino] al presidente", read as a preposition
        if last >= len(tokens) or tokens[last].upos != "ADP" or tokens[last - 1].lower not in self.lexicon.informed:
            return last
        below = self.document.head(tokens[last])
        if below is not None and below.i < last and tokens[last].deprel == "fixed":
            below = self.document.head(below)
        if below is None or below.sentence != head.sentence or below.i < last:
            return last
        return max(last, self.extent(below)[1])

    def _whole_word(self, first: int) -> int:
        """The start of the hyphenated word that a token belongs to: "[Vietnamese-]led forces"."""
        tokens = self.document.tokens
        while first > 1 and tokens[first - 1].text == "-" and tokens[first - 2].end + 1 == tokens[first].start:
            first -= 2
        return first

    def start(self, head: Token, first: int) -> int:
        """Where a phrase begins with its article: ``first``, or the determiner before it."""
        tokens = self.document.tokens
        while first > 0 and tokens[first - 1].upos == "DET" and tokens[first - 1].head == head.i:
            first -= 1  # "[il mio] assistito"
        return first

    def _inner(self, head: Token, relations: frozenset[str]) -> Iterator[Token]:
        stack, depth = [head], 0
        while stack and depth < _DEPTH:
            below = []
            for token in stack:
                for child in self.document.children(token):
                    relation = child.deprel.split(":")[0]
                    outer = token is head and relation in ("conj", "cc", "case")
                    if outer or child.deprel == "acl:relcl" or relation not in relations:
                        continue
                    if self._is_means(child) or (token is head and (self._hears(child) or self._fights(child))):
                        continue
                    yield child
                    below.append(child)
            stack, depth = below, depth + 1

    def _is_means(self, token: Token) -> bool:
        """As in "the ministry through a spokesman": by what means somebody speaks is no part of who they are."""
        return any(c.lower in self.lexicon.means for c in self.document.children(token, "case"))

    def _hears(self, token: Token) -> bool:
        """As in "il ministero all'agenzia Vela": an outlet that is told is no part of the name of whoever tells it."""
        told = token.deprel == "nmod" and {token.lower, token.lemma.lower()} & self.lexicon.told
        return bool(told) and bool(self.document.children(token, "case")) and not self._is_link(token)

    def _fights(self, token: Token) -> bool:
        """As in "the miners against the company": whom somebody is against is no part of who he is."""
        if token.deprel != "nmod":
            return False
        against = words(self.document.language, "cases", "against")
        marked = any(c.lower in against for c in self.document.children(token, "case"))
        head = self.document.head(token) if marked else None
        kind = self.lexicon.kind_of(self.document, head) if head is not None else None
        office = self.lexicon.office_of(self.document, head) if head is not None else None
        return office is not None or (kind is not None and kind[1] in _SOMEBODY)

    def name_of(self, head: Token, wide: bool = False) -> str:
        """A phrase as it is written, without its determiner."""
        first, last = self.extent(head, wide)
        text = self.document.text[self.document.tokens[first].start : self.document.tokens[last - 1].end]
        return " ".join(text.split())

    def owner(self, head: Token) -> Name | None:
        """The institution, organization or company that a phrase belongs to: "portavoce del Cremlino"."""
        for token in self.document.subtree(head):
            name = self.at.get(token.i)
            if name is None or name.first != token.i or name.label == "PER":
                continue
            if name.known is not None and name.known.sort == "people":
                continue
            top = self._top(name)
            if top is not None and top != head.i and self._reaches(top, head):
                return name
        return None

    def _top(self, name: Name) -> int | None:
        for i in range(name.first, name.last):
            if not name.first <= self.document.tokens[i].head < name.last:
                return i
        return None

    def _reaches(self, top: int, head: Token) -> bool:
        token = self.document.tokens[top]
        for _ in range(_DEPTH):
            relation = token.deprel.split(":")[0]
            if relation not in ("nmod", "compound", "amod", "flat") or not self._is_link(token):
                return False
            if token.head == head.i:
                return True
            token = self.document.tokens[token.head]
        return False


def _leads(token: Token) -> bool:
    """What stands before a phrase and is no part of its name."""
    return token.upos in ("DET", "CCONJ", "PUNCT", "ADP") or token.deprel == "det:poss"
