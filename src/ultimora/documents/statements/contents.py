"""What a word of saying governs, in the frames that it allows, the clause first."""

from __future__ import annotations

from collections.abc import Sequence

from ultimora.documents.statements.lexicon import Sayings, Verb
from ultimora.documents.statements.quotes import CLOSING, EITHER, OPENING
from ultimora.documents.statements.spoken import clause, closed, dependent_speech, matrix, of_oneself, rest
from ultimora.documents.statements.syntax import (
    agent,
    clause_span,
    is_dated,
    lemma_of,
    noun_phrase,
    opens,
    span_of,
    subject,
)
from ultimora.types import Document, Token

Content = tuple[tuple[int, int], str]
_NEAR = 9


def content_of(document: Document, verb: Token, entry: Verb, words: Sayings) -> Content | None:
    """What is said, in the frames that the verb allows, the clause first."""
    if entry.frames & {"clause", "quote"}:
        found = _spoken(document, verb, entry, words)
        if found is not None:
            return found
    for frame, reader in (
        ("as", _as),
        ("infinitive", _infinitive),
        ("preposition", _prepositional),
        ("object", _object),
    ):
        if frame in entry.frames:
            span = reader(document, verb, entry, words)
            if span is not None:
                return span, frame
    return None


def _spoken(document: Document, verb: Token, entry: Verb, words: Sayings) -> Content | None:
    """A clause that the verb governs, or one that it is thrown into."""
    span = clause(document, verb, words)
    if span is not None:
        return span, "clause"
    thrown_in = None if lemma_of(verb) in words.words.get("citing", ()) else matrix(document, verb)
    span = thrown_in or dependent_speech(document, verb) or closed(document, verb, entry, words)
    if span is not None:
        return span, "parataxis"
    span = of_oneself(document, verb, words) or rest(document, verb, entry, words)
    return (span, "clause") if span is not None else None


def _as(document: Document, verb: Token, entry: Verb, words: Sayings) -> tuple[int, int] | None:
    """As in "accuses X of Y", "called X a liar", "definisce X una minaccia"."""
    objects = document.children(verb, "obj") or [c for c in document.children(verb, "nsubj:pass") if c.i > verb.i]
    charge = [c for o in objects for c in document.children(o, "acl") if opens(document, c, entry.as_prepositions)]
    if lemma_of(verb) in words.words.get("charging", ()):  # "accused her colleague of grandstanding"
        charge += [
            c for o in objects for c in document.children(o, "nmod") if opens(document, c, entry.as_prepositions)
        ]
    if charge:
        return clause_span(document, objects[0])  # "accused the company of “hiding the truth”"
    rest = [
        c
        for c in document.children(verb, "xcomp", "obl", "advcl", "ccomp")
        if c.i > verb.i and opens(document, c, entry.as_prepositions)
    ]
    rest += [
        c
        for c in document.children(verb, "xcomp")
        if c.i > verb.i and c not in rest and c.upos in ("NOUN", "ADJ", "PROPN")
    ]
    named = None if rest else _named_in_quotes(document, verb, objects)
    if named is not None:
        return named
    if not rest and len(objects) + len(document.children(verb, "iobj")) < 2:
        return None
    objects = [c for c in document.children(verb, "obj", "iobj") if c.i > verb.i] if not rest else objects
    objects = [o for o in objects if o.i > verb.i]  # "an act that the mayor described as…"
    below = [t for c in (*objects, *rest) for t in document.subtree(c)]
    return span_of(below)


def _named_in_quotes(document: Document, verb: Token, objects: Sequence[Token]) -> tuple[int, int] | None:
    """As in "called the budget “a joke”": what stands in quotation marks right after the object, whatever the parse."""
    if not objects or objects[0].i < verb.i:
        return None
    if document.children(objects[0], "appos"):
        return clause_span(document, objects[0])
    below = {t.i for t in document.subtree(objects[0])}
    tokens = document.tokens[verb.i + 1 : document.sentences[verb.sentence].last]
    opened = next((t for t in tokens[1:_NEAR] if t.text in OPENING or t.text in EITHER), None)
    if opened is None or opened.i <= objects[0].i or any(t.i not in below for t in tokens[: opened.i - verb.i - 1]):
        return None
    told = any(t.upos == "VERB" for t in tokens[: opened.i - verb.i - 1])
    closed_at = next((t for t in tokens[opened.i - verb.i :] if t.text in CLOSING or t.text in EITHER), None)
    return (tokens[0].start, closed_at.end) if closed_at is not None and not told else None


def _infinitive(document: Document, verb: Token, _entry: Verb, _: Sayings) -> tuple[int, int] | None:
    clauses = [
        c
        for c in document.children(verb, "xcomp", "ccomp", "advcl")
        if (c.i > verb.i and c.feats.get("VerbForm") == "Inf") or (c.deprel == "xcomp" and c.i > verb.i)
    ]
    if not clauses:
        return None
    objects = [c for c in document.children(verb, "obj", "iobj") if verb.i < c.i < clauses[0].i]
    below = [t for c in (*objects, clauses[0]) for t in document.subtree(c)]
    return span_of(below)


def _prepositional(document: Document, verb: Token, entry: Verb, _: Sayings) -> tuple[int, int] | None:
    for child in document.children(verb, "obl", "advcl", "nmod"):
        if child.i > verb.i and opens(document, child, entry.prepositions):
            marks = [c for c in document.children(child, "case", "mark") if lemma_of(c) in entry.prepositions]
            if entry.weak & {lemma_of(m) for m in marks} or is_dated(document, child):
                continue  # "called the lawyers on Monday"
            return clause_span(document, child, *marks)
    return None


def is_listed(document: Document, verb: Token, words: Sayings) -> bool:
    """As in "the report lists 40 attacks": what a paper names, it says."""
    source = subject(document, verb, words) if lemma_of(verb) in words.words.get("listing", ()) else None
    papers = words.sources.get("papers", frozenset()) | words.sources.get("studies", frozenset())
    return source is not None and lemma_of(source) in papers


def _object(document: Document, verb: Token, entry: Verb, words: Sayings) -> tuple[int, int] | None:
    objects = document.children(verb, "obj")
    if not objects or ("object" in entry.weak and not is_listed(document, verb, words)):
        return None
    thing = objects[0]
    if _is_taken(document, verb, thing, words):
        return None
    if thing.feats.get("PronType") == "Rel" or thing.lower in words.words.get("relatives", ()):
        head = document.head(verb)
        return noun_phrase(document, head) if head is not None and verb.deprel.startswith("acl") else None
    if thing.upos == "PRON" and thing.i < verb.i:
        return None
    if words.words.get("suffered", frozenset()) & {thing.lower, lemma_of(thing)}:  # "ha riportato lievi ferite"
        return None
    return clause_span(document, thing)


def _is_taken(document: Document, verb: Token, thing: Token, words: Sayings) -> bool:
    """As in "the flood claimed ten lives": what a disaster takes is nothing that it says."""
    taken = words.words.get("taken", frozenset())
    lives = {lemma_of(thing)} | {lemma_of(c) for c in document.children(thing, "nmod", "nummod")}
    return lemma_of(verb) in words.words.get("takes", ()) and bool(lives & taken)


def passive_content(document: Document, verb: Token, entry: Verb, words: Sayings) -> Content | None:
    """What is said by a verb in the passive, which has its agent for a source."""
    head = document.head(verb)
    if verb.deprel == "conj" and head is not None:  # "reported by X and confirmed by Y"
        first = next((t for t in (head, *document.ancestors(head)) if t.deprel != "conj"), head)
        own = any(c.deprel == "nsubj:pass" for c in document.children(verb))
        verb_above = verb if own else first
    else:
        verb_above = verb
    said = clause(document, verb, words) if entry.frames & {"clause", "quote"} else None
    if said is not None:
        return said, "clause"
    if "infinitive" in entry.frames or "clause" in entry.frames:
        span = _infinitive(document, verb, entry, words)
        if span is not None:
            return span, "infinitive"
    if agent(document, verb, words) is None:
        return None
    if "as" in entry.frames:  # "described by the mayor as…"
        said_of = [c for c in document.children(verb, "xcomp", "obl", "advcl") if c.i > verb.i]
        rest_of = [c for c in said_of if opens(document, c, entry.as_prepositions)]
        return (clause_span(document, rest_of[0]) or (verb.start, verb.end), "as") if rest_of else None
    if "object" not in entry.frames:
        return None
    noun = document.head(verb_above)
    if verb_above.deprel == "acl" and noun is not None:
        return noun_phrase(document, noun), "object"
    things = [c for c in document.children(verb_above) if c.deprel == "nsubj:pass"]
    return (clause_span(document, things[0]) or noun_phrase(document, things[0]), "object") if things else None
