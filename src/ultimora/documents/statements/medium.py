"""Through what something was said: a post, a statement, a broadcaster, a newspaper."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.entities.gazetteer import gazetteer
from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import agent, is_passive, lemma_of, phrase_at
from ultimora.documents.statements.who import entity_at, entity_id
from ultimora.types import Document, Token

_NEAR = 4


def medium_of(document: Document, draft: Draft, words: Sayings) -> str | None:
    """The entity of the medium that stands with the cue, None where none is named."""
    cue = draft.cue
    if cue is None or cue.upos == "PUNCT":
        return None
    for child in _beside(document, cue, words):
        around = draft.content[0] <= cue.start < draft.content[1]
        if (not around and draft.content[0] <= child.start < draft.content[1]) or child is draft.source:
            continue
        found = _medium(document, child, words) or _told(document, child, words)
        if found is not None:
            return found
    if draft.source is None:
        return None
    quoted = _quoted_by(document, cue, words)
    if quoted is not None:
        return quoted
    return _cited_by(document, draft.source, words) or _told_beside(document, draft.source, words)


def _told_beside(document: Document, source: Token, words: Sayings) -> str | None:
    """As in "…: così il ministero all'agenzia Lana": the outlet that hangs on whoever speaks to it."""
    for child in document.children(source, "nmod"):
        cases = {lemma_of(c) for c in document.children(child, "case")}
        if cases and cases <= words.words.get("to", frozenset()):
            found = _medium(document, child, words) or _told(document, child, words)
            if found is not None:
                return found
    return None


def _cited_by(document: Document, source: Token, words: Sayings) -> str | None:
    """As in "…, ha detto Bo, citato dall'agenzia Lana": the outlet that cites whoever speaks."""
    for clause in document.children(source, "acl", "amod", "advcl"):
        if lemma_of(clause) in words.words.get("citing", ()) and clause.feats.get("VerbForm") == "Part":
            by = agent(document, clause, words)
            inner = [by, *document.children(by, "appos", "flat", "nmod")] if by is not None else []
            outlet = next((t for t in inner if _is_outlet(document, t)), None)
            return entity_id(document, outlet) if outlet is not None else None
    return None


def _quoted_by(document: Document, cue: Token, words: Sayings) -> str | None:
    """As in "Bo was quoted by Lana as saying", "Bo was quoted as saying by Lana": the outlet that quotes."""
    citing = words.words.get("citing", frozenset())
    verbs = [t for t in (cue, document.tokens[cue.head]) if lemma_of(t) in citing and is_passive(document, t)]
    for verb in verbs[:1]:
        said = [verb, *document.children(verb, "advcl", "xcomp", "ccomp")]
        agents = [by for t in said if (by := agent(document, t, words)) is not None]
        outlet = next((t for by in agents if (t := _outlet_among(document, by, words)) is not None), None)
        return entity_id(document, outlet) if outlet is not None else None
    return None


def _right_after(document: Document, cue: Token, words: Sayings) -> Iterator[Token]:
    """As in "told the Herald she would stay", whatever the parse made of the name."""
    if lemma_of(cue) not in words.medium.get("tells", ()):
        return
    for token in document.tokens[cue.i + 1 : min(cue.i + _NEAR, document.sentences[cue.sentence].last)]:
        if token.upos == "PROPN":
            yield token
            return
        if token.upos != "DET":
            return


def _beside(document: Document, cue: Token, words: Sayings) -> Iterator[Token]:
    """What may name the medium: what hangs on the cue, on its object, or stands behind it where a subject would not."""
    yield from document.children(cue, "obl", "iobj", "obj", "nmod", "advcl")
    if phrase_at(document, cue, words) is not None:  # "ha fatto sapere all'Ansa"
        yield from document.children(document.tokens[cue.i + 1], "obl", "iobj")
    subjects = document.children(cue, "nsubj")
    if len(subjects) > 1:  # "the Norwegian told the BBC"
        yield from (s for s in subjects if s.i > cue.i)
    yield from _right_after(document, cue, words)
    for thing in document.children(cue, "obj"):  # "confirmed the call on Bluesky"
        marked = ((c, {lemma_of(m) for m in document.children(c, "case")}) for c in document.children(thing, "nmod"))
        yield from (c for c, cases in marked if cases & words.medium.get("cases", frozenset()))


def _told(document: Document, noun: Token, words: Sayings) -> str | None:
    """As in "told KRTV", "ha detto a Canale Sette": an organization that is nothing else."""
    cases = {lemma_of(c) for c in document.children(noun, "case")}
    bare = ("iobj", "obj", "nsubj", "compound", "nmod", "obl")
    told = cases <= words.words.get("to", frozenset()) if cases else noun.deprel in bare
    entity = entity_at(document, noun)
    if not told or noun.upos != "PROPN" or entity is None or entity.kind != "organization":
        return None
    known = entity.country is not None or entity.name in gazetteer(document.language).known
    return None if known or _leads(document, noun, words) else entity.id


def _leads(document: Document, noun: Token, words: Sayings) -> bool:
    """Whether a name has a body's common noun in it ("the Security Council", "il Consiglio comunale")."""
    parts = {lemma_of(t) for t in document.tokens_between(noun.start, noun.end)} | {
        lemma_of(c) for c in document.children(noun, "flat", "flat:name", "compound", "amod")
    }
    return bool(parts & words.medium.get("bodies", frozenset()))


def _medium(document: Document, noun: Token, words: Sayings) -> str | None:
    cases = {lemma_of(c) for c in document.children(noun, "case")}
    if noun.deprel.startswith("obl") and not cases & words.medium.get("cases", frozenset()):
        return None
    platform = _platform(noun, words)
    if platform is not None:
        return entity_id(document, platform)
    remarks = lemma_of(noun) in words.medium.get("remarks", ())
    if remarks or lemma_of(noun) in words.medium.get("nouns", ()):
        for below in document.children(noun, "nmod", "compound", "flat", "appos", "obl"):
            outlet = _platform(below, words) or (below if _is_outlet(document, below) else None)
            outlet = outlet or (below if _given_to(document, below, words) else None)
            if outlet is not None:
                return entity_id(document, outlet)
        carrier = _carried_by(document, noun, words)
        if carrier is not None:
            return entity_id(document, carrier)
        return entity_id(document, noun) if noun.upos == "NOUN" and not remarks else None
    return entity_id(document, noun) if _is_outlet(document, noun) else None


def _carried_by(document: Document, noun: Token, words: Sayings) -> Token | None:
    """As in "in a video seen by Reuters", "in remarks carried by the agency Lana": the outlet that has it."""
    passing = words.words.get("seeing", frozenset()) | words.words.get("citing", frozenset())
    passing |= words.words.get("breaking", frozenset())
    for clause in document.children(noun, "acl", "amod", "acl:relcl"):
        by = agent(document, clause, words) if lemma_of(clause) in passing else None
        outlet = _outlet_among(document, by, words) if by is not None else None
        if outlet is not None:
            return outlet
    return None


def _outlet_among(document: Document, by: Token, words: Sayings) -> Token | None:
    """The outlet that a noun phrase names: by its name, or by what it is ("the state broadcaster")."""
    inner = [by, *document.children(by, "appos", "flat", "nmod", "compound")]
    named = next((t for t in inner if _is_outlet(document, t)), None)
    return named or (by if lemma_of(by) in words.medium.get("nouns", ()) else None)


def _given_to(document: Document, below: Token, words: Sayings) -> bool:
    """As in "in un'intervista a Vela", "in remarks to the agency Lana": a name that is no person, or what it is."""
    cases = {lemma_of(c) for c in document.children(below, "case")}
    entity = entity_at(document, below)
    named = below.upos == "PROPN" and entity is not None and entity.kind != "person" and entity.country is None
    named = named or (lemma_of(below) in words.medium.get("nouns", ()) and below.upos == "NOUN")
    return named and bool(cases & words.medium.get("given_to", frozenset()))


def _platform(token: Token, words: Sayings) -> Token | None:
    named = token.text.rstrip(".") in words.medium.get("platforms", ()) and token.text[:1].isupper()
    return token if named else None


def _is_outlet(document: Document, token: Token) -> bool:
    entity = entity_at(document, token)
    return entity is not None and entity.kind == "outlet"
