"""Formulas of newsrooms that name a source around what it says: "From X came word that…", "…: parola di X".

They are read by their words (``lexicon/formulas.toml``), as parses of them differ from one text to the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ultimora import languages
from ultimora.documents.entities import is_somebody
from ultimora.documents.entities.registry import AGENTS
from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import (
    NOMINAL,
    is_dated,
    is_negated,
    lemma_of,
    noun_phrase,
    owner_of,
    span_of,
    verb_of,
)
from ultimora.documents.statements.who import entity_at
from ultimora.types import Document, Sentence, Stance, Token

_SLOT, _SAYING, _OPTIONAL = "*", "~", "?"
_OBJECTS = ("obj", "iobj", "expl")
_LONGEST = 16
_FEWEST = 4
"""So many words a formula must have to be one by itself."""
_LIGHT = ("DET", "ADV", "AUX")
_CLOSING = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Formula:
    """The words of a formula, a slot among them for the source, and how the source stands to what it says.

    ``opens``: it stands before what is said, at the head of the sentence; else after it, at the end.
    """

    words: tuple[frozenset[str], ...]
    stance: Stance
    opens: bool
    kinds: frozenset[str]
    """Which kinds of entity may fill the slot, where not every one that speaks."""


@dataclass(slots=True)
class _Match:
    """Where a formula lies in the text: its words of its own, those of the slot, and where it ends."""

    own: list[Token]
    slot: list[Token]
    end: int


@cache
def _formulas(language: str) -> tuple[tuple[Formula, ...], dict[str, frozenset[int]]]:
    """The formulas of a language, and by the word that tells each best which ones to try."""
    table = languages.load(language).table("lexicon/formulas")
    formulas = tuple(
        Formula(
            tuple(frozenset(word.split("|")) for word in text.split()),
            group["stance"],
            group["at"] == "head",
            frozenset(group.get("kinds", AGENTS)),
        )
        for group in table.get("formulas", ())
        for text in group["texts"]
    )
    found: dict[str, set[int]] = defaultdict(set)
    for number, formula in enumerate(formulas):
        told = [w for w in formula.words if not w & {_SLOT, _SAYING, _OPTIONAL}]
        for word in max(told, key=lambda w: min(map(len, w))):
            found[word].add(number)
    return formulas, {word: frozenset(numbers) for word, numbers in found.items()}


def formula_drafts(document: Document, words: Sayings) -> Iterator[Draft]:
    """The statements that a formula frames."""
    formulas, by_word = _formulas(document.language)
    for sentence in document.sentences:
        tokens = document.sentence_tokens(sentence)
        told = by_word.keys() & ({t.lower for t in tokens} | {lemma_of(t) for t in tokens})
        for number in sorted({n for word in told for n in by_word[word]}):
            draft = _draft(document, sentence, formulas[number], words)
            if draft is not None:
                yield draft
                break


def _draft(document: Document, sentence: Sentence, formula: Formula, words: Sayings) -> Draft | None:
    match = _opening(document, sentence, formula, words) if formula.opens else None
    match = match or (None if formula.opens else _closing(document, sentence, formula, words))
    alone = None if formula.opens or match is not None else _alone(document, sentence, formula, words)
    match = match or alone
    source = _source(document, match.slot, formula, words) if match is not None else None
    if match is None or source is None:
        return None
    content = _before(document, sentence) if alone is not None else _content(document, sentence, match, formula)
    spoken = (t for t in match.own if t.upos in ("VERB", "NOUN") and not is_negated(document, t, words))
    cue = next(spoken, match.own[0])  # "non usa mezzi termini" denies nothing
    if content is None:
        return None
    entry = verb_of(document, cue, words) if frozenset((_SAYING,)) in formula.words else None
    stance = entry[1].stance if entry is not None else formula.stance
    return Draft(content, cue, (cue.start, cue.end), source, noun_phrase(document, source), stance, frame="formula")


def _content(document: Document, sentence: Sentence, match: _Match, formula: Formula) -> tuple[int, int] | None:
    """What is said: the rest of the sentence, as far as a semicolon."""
    tokens = document.tokens
    if formula.opens:
        stop = next((i for i in range(match.end, sentence.last) if tokens[i].text == ";"), sentence.last)
        return span_of(tokens[match.end : stop])
    first = match.own[0].i
    begin = next((i + 1 for i in range(first - 1, sentence.first, -1) if tokens[i].text == ";"), sentence.first)
    said = tokens[begin:first]
    return span_of(said) if any(t.upos in ("VERB", "AUX", "NOUN") for t in said) else None


def _before(document: Document, sentence: Sentence) -> tuple[int, int] | None:
    """What is said: the whole sentence before, but no headline."""
    number = document.tokens[sentence.first].sentence - 1
    if number < 0 or document.sentences[number].part != sentence.part:
        return None
    return span_of([t for t in document.sentence_tokens(number) if t.upos != "PUNCT"])


# --- where a formula lies --------------------------------------------------------------------------------------------


def _opening(document: Document, sentence: Sentence, formula: Formula, words: Sayings) -> _Match | None:
    found = _fit(document, sentence.first, sentence.last, formula.words, words)
    return found if found is not None and found.end + 1 < sentence.last else None


def _closing(document: Document, sentence: Sentence, formula: Formula, words: Sayings) -> _Match | None:
    """The formula at the end of a sentence: the last place where its punctuation mark stands, and nothing after it."""
    for at in range(sentence.last - 2, max(sentence.first, sentence.last - 2 * _LONGEST), -1):
        if document.tokens[at].text in formula.words[0]:
            found = _fit(document, at, sentence.last, formula.words, words)
            if found is not None:
                return found
    return None


def _alone(document: Document, sentence: Sentence, formula: Formula, words: Sayings) -> _Match | None:
    """What may stand behind a colon is also a sentence of its own: "That is the mayor's account"."""
    if len(formula.words) < _FEWEST or formula.words[-1] != {_SLOT}:
        return None
    found = _fit(document, sentence.first, sentence.last, formula.words[1:], words)
    clefts = found is not None and any(t.feats.get("VerbForm") == "Inf" or t.deprel in _OBJECTS for t in found.own)
    return None if clefts else found  # "a dirlo è X", "ne dà notizia X" speak of what syntax tells


def _fit(document: Document, at: int, last: int, pattern: tuple[frozenset[str], ...], words: Sayings) -> _Match | None:
    """The words of a formula from a place on, one after the other, with light words in between."""
    own: list[Token] = []
    slot: list[Token] = []
    for number, wanted in enumerate(pattern):
        if _SLOT in wanted:
            end = _slot_end(document, at, last, pattern[number + 1 :], words)
            if end is None:
                return None
            slot, at = list(document.tokens[at:end]), end
            continue
        found = _next(document, at, last, wanted, words)
        if found is None:
            if _OPTIONAL in wanted:
                continue
            return None
        own.append(found)
        at = found.i + 1
    return _Match(own, slot, at) if own and slot else None


def _next(document: Document, at: int, last: int, wanted: frozenset[str], words: Sayings) -> Token | None:
    """The wanted word at a place, or behind articles, auxiliaries and adverbs that deny nothing."""
    for token in document.tokens[at : min(last, at + 3)]:
        if token.text in wanted or token.lower in wanted or lemma_of(token) in wanted:
            return token
        if _SAYING in wanted and verb_of(document, token, words) is not None:
            return token
        if token.upos not in _LIGHT or token.lower in words.words.get("negations", ()):
            return None
    return None


def _slot_end(document: Document, at: int, last: int, after: tuple[frozenset[str], ...], words: Sayings) -> int | None:
    """Where the slot ends: before the next word of the formula, or with the sentence."""
    if not after:
        closing = last - 1 if document.tokens[last - 1].text in _CLOSING else last
        pronoun = next((t for t in document.tokens[at:closing] if t.feats.get("PronType") == "Rel"), None)
        if pronoun is not None and document.tokens[pronoun.i - 1].text == ",":
            closing = pronoun.i - 1  # "two diplomats, who spoke on condition of anonymity"
        stop = min(closing, at + _LONGEST)
        return closing if stop == closing and not _broken(document.tokens[at:closing]) else None
    for i in range(at + 1, min(last, at + _LONGEST)):
        if _broken(document.tokens[at:i]):
            return None
        if _next(document, i, last, after[0], words) is not None:
            return i
    return None


def _broken(tokens: Sequence[Token]) -> bool:
    """Whether something stands there that no name or noun phrase holds."""
    return any(t.feats.get("VerbForm") == "Fin" or t.text in (":", ";", "«", "“", '"') for t in tokens)


# --- who fills the slot ----------------------------------------------------------------------------------------------


def _source(document: Document, slot: list[Token], formula: Formula, words: Sayings) -> Token | None:
    """Who speaks: the head of the phrase in the slot, or whose statement it is ("a note from the ministry")."""
    nominal = [t for t in slot if t.upos in NOMINAL and not is_dated(document, t)]
    inside = {t.i for t in slot}
    head = next((t for t in nominal if t.head not in inside - {t.i}), nominal[0] if nominal else None)
    if head is None:
        return None
    if lemma_of(head) in words.nouns or lemma_of(head) in words.medium.get("nouns", ()):
        head = owner_of(document, head, words) or head
    if formula.kinds != AGENTS:
        kinds = {e.kind for e in (entity_at(document, t) for t in slot) if e is not None}
        return head if kinds & formula.kinds else None
    entity = entity_at(document, head)
    known = lemma_of(head) in words.sources.get("bearers", frozenset()) | words.sources.get("headline", frozenset())
    return head if known or is_somebody(document, head) or (entity is not None and entity.kind in AGENTS) else None
