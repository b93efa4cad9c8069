"""What the steps of finding entities share for one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ultimora.documents.entities.again import seen_again
from ultimora.documents.entities.evidence import joined, titled, without_strangers
from ultimora.documents.entities.gazetteer import Gazetteer, gazetteer
from ultimora.documents.entities.lexicon import Lexicon, lexicon
from ultimora.documents.entities.metonymy import Reader
from ultimora.documents.entities.names import Name, find_names
from ultimora.documents.entities.people import People
from ultimora.documents.entities.phrases import Phrases
from ultimora.documents.entities.referring import Referring, referring
from ultimora.documents.entities.registry import STATES, Draft, Registry, head_of, registry_of
from ultimora.documents.entities.towns import parted
from ultimora.types import Document, Role, Token

_IN_TITLE = 4
_OPENING = frozenset('"“«„‟')
_CLOSING = frozenset('"”»“')
_DASHES = frozenset({"-", "–", "—", "--"})
_FIRST_WORDS = 4
_ASIDE = 30
_NEUTRAL = ("government", "group", "armed_group", "person", "outlet", "organization", "government_itself")


@dataclass
class Context:
    """A document with its words, its names and the entities gathered so far.

    ``offices``: the token of each office learned, with who holds it and its title. ``kin``: a relative's title, who it
    is and whose. ``spoken``: the title by which a token speaks of somebody whom it does not name.
    ``led``: who leads a body, and the token that speaks of it. ``things``: the tokens that tell of things, in order;
    ``told``: the same by noun and by sort; ``beside``: nouns that say what a name is.
    """

    document: Document
    gazetteer: Gazetteer
    lexicon: Lexicon
    referring: Referring
    names: list[Name]
    phrases: Phrases
    reader: Reader
    registry: Registry
    people: People
    offices: dict[int, tuple[Draft, str]] = field(default_factory=dict)
    kin: list[tuple[str, Draft, Draft]] = field(default_factory=list)
    spoken: dict[int, str] = field(default_factory=dict)
    led: list[tuple[Draft, Role, int]] = field(default_factory=list)
    things: list[tuple[int, Draft]] = field(default_factory=list)
    told: dict[str, list[tuple[int, Draft]]] = field(default_factory=dict)
    beside: dict[int, Draft] = field(default_factory=dict)

    @cached_property
    def headline(self) -> dict[tuple[str, bool], Token]:
        """The common nouns of the title, by lemma and whether they are plurals."""
        last = next((s.first for s in self.document.sentences if s.part not in ("title", "section")), 0)
        tokens = (t for t in self.document.tokens[:last] if t.upos == "NOUN" and t.deprel not in ("compound", "flat"))
        return {(self.referring.noun(t), t.feats.get("Number") == "Plur"): t for t in tokens}

    @cached_property
    def titled(self) -> frozenset[str]:
        """The nouns of the title: what an article is about."""
        return frozenset(noun for noun, _ in self.headline)

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The tokens within quotation marks, paragraph by paragraph; without the clauses that say who speaks."""
        found: set[int] = set()
        for paragraph in _paragraphs(self.document):
            found.update(_quoted(paragraph))
        for i in sorted(found):
            if self.document.tokens[i].text in _DASHES and i in found:
                found.difference_update(self._aside(i))
        return frozenset(found)

    def _aside(self, dash: int) -> range:
        """As in "«Non mollo - ha detto Bo -. Mai»": from one dash to the next, where a verb of saying stands first."""
        tokens = self.document.tokens[dash + 1 : dash + _ASIDE]
        first = next((t for t in tokens[:_FIRST_WORDS] if t.upos == "VERB"), None)
        told = first is not None and (first.lemma.lower() in self.lexicon.telling or self._says(first))
        end = next((t.i for t in tokens if t.text in _DASHES or t.text in _CLOSING), None)
        late = first is None or end is None or first.i > end or tokens[0].upos not in ("VERB", "AUX", "PRON")
        third = [t.feats.get("Person", "3") == "3" for t in tokens[:_FIRST_WORDS] if t.upos in ("VERB", "AUX")]
        return range(0) if not told or late or not all(third) or end is None else range(dash + 1, end)

    def _says(self, verb: Token) -> bool:
        """A phrase of saying of two words: "fa sapere"."""
        return any(c.lemma.lower() in self.lexicon.telling for c in self.document.children(verb, "ccomp", "xcomp"))

    @cached_property
    def spoken_of(self) -> Counter[str]:
        """How often the names of an article point to each state; a name in the title counts for four."""
        counts: Counter[str] = Counter()
        for name in self.names:
            if name.country is None or name.label == "PER" or (name.known is not None and name.known.kind == "outlet"):
                continue
            if name.known is not None and name.known.name in self.gazetteer.stand_ins and self.reader.acts(name):
                continue  # Brussels that warns is no Belgium
            part = self.document.sentences[self.document.tokens[name.first].sentence].part
            counts[name.country] += _IN_TITLE if part == "title" else 1
        return counts

    @cached_property
    def main_state(self) -> str | None:
        """The state that an article speaks of more than of any other; at a tie, the home of its language."""
        ranked = self.spoken_of.most_common(2)
        if not ranked:
            return None
        if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
            return self.lexicon.home if self.spoken_of[self.lexicon.home or ""] == ranked[0][1] else None
        return ranked[0][0]

    def head(self, name: Name) -> Token:
        """The syntactic head of a name."""
        return head_of(self.document, name.first, name.last)

    def state(self, code: str) -> Draft:
        """The entity of a state, which its country's name, its capital and its government share."""
        made = self.registry.draft(("state", code), self.gazetteer.names.get(code, code), "government", code)
        made.table = STATES
        return made

    def is_modifier(self, name: Name) -> bool:
        """As in "US troops", "il presidente Usa": the state only says whose the noun is."""
        if name.known is None or name.known.sort not in ("country", "capital", "seat"):
            return False
        token = self.head(name)
        governor = self.document.head(token)
        if governor is None or self.document.children(token, "case"):
            return False
        if token.deprel.split(":")[0] not in ("compound", "amod", "nmod", "flat") or token.deprel == "nmod:poss":
            return False
        kind = self.lexicon.kind_of(self.document, governor)
        office = self.lexicon.office_of(self.document, governor)
        return office is not None or (kind is not None and kind[1] in _NEUTRAL)


def _quoted(tokens: Sequence[Token]) -> Iterator[int]:
    marks = [(t.i, t.text) for t in tokens if t.text in _OPENING or t.text in _CLOSING]
    first = tokens[0].i if marks and marks[0][1] in _CLOSING - _OPENING else None
    for i, mark in marks:
        if first is not None and mark in _CLOSING:
            yield from range(first, i)
            first = None
        elif mark in _OPENING:
            first = i
    if first is not None:  # never closed: to the end of its sentence
        yield from (t.i for t in tokens if t.i >= first and t.sentence == tokens[first - tokens[0].i].sentence)


def _paragraphs(document: Document) -> Iterator[Sequence[Token]]:
    """The tokens of sentences that no line break parts."""
    held: list[Token] = []
    for sentence in document.sentences:
        if held and "\n" in document.text[held[-1].end : sentence.start]:
            yield held
            held = []
        held.extend(document.sentence_tokens(sentence))
    if held:
        yield held


def new_context(document: Document) -> Context:
    """A context with nothing gathered yet."""
    return _context(document, Registry(document))


def context_of(document: Document) -> Context:
    """The context that the document was read with, or one rebuilt around its entities."""
    kept = vars(document).get("_entity_context")
    registry = registry_of(document)
    if isinstance(kept, Context) and kept.registry is registry:
        return kept
    made = _context(document, registry)
    vars(document)["_entity_context"] = made
    return made


def _context(document: Document, registry: Registry) -> Context:
    words, known = lexicon(document.language), gazetteer(document.language)
    ours = without_strangers(document, find_names(document, known, words), words.metonyms["of"])
    names = parted(document, words, list(ours))
    names = seen_again(document, joined(names, titled(document, words, names, known.genders)))
    phrases = Phrases(document, names, known, words)
    return Context(
        document,
        known,
        words,
        referring(document.language),
        names,
        phrases,
        Reader(document, words),
        registry,
        People(),
    )
