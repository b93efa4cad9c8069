"""Nouns and adjectives of saying: "X's claim that…", "l'annuncio di X che…", "he is confident that…"."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.entities import entity_of
from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import (
    clause_span,
    is_silent,
    lemma_of,
    noun_phrase,
    opens,
    owner_of,
    subject,
    verb_of,
)
from ultimora.documents.wordlists import words as listed
from ultimora.types import Document, Stance, Token


def adjective_drafts(document: Document, token: Token, words: Sayings) -> Iterator[Draft]:
    """As in "he is confident that…"."""
    clauses = [c for c in document.children(token, "ccomp", "xcomp", "advcl") if c.i > token.i]
    copula = document.children(token, "cop")
    clauses = [c for c in clauses if c.deprel == "ccomp" or opens(document, c, {"that", "to"})]
    source = subject(document, token, words)
    if not clauses or not copula or source is None or source.lower in ("it", "there") or source.upos == "VERB":
        return
    span = clause_span(document, clauses[0])
    if span is not None:
        yield _draft(document, token, (copula[0].start, token.end), source, span, "assesses")


def noun_drafts(document: Document, noun: Token, words: Sayings) -> Iterator[Draft]:
    """As in "X's claim that…", "l'annuncio di X che…", "criticism of Y by X"."""
    head = document.head(noun)
    told = head is not None and verb_of(document, head, words) is not None and not is_silent(document, head, words)
    if noun.deprel.startswith("obl") and told:
        return  # "said in a statement that…" is told by its verb
    content = noun_clause(document, noun, words)
    owner = owner_of(document, noun, words) or _published_in(document, noun)
    strict = lemma_of(noun) in words.clause_nouns
    if content is None and not strict:
        content = _noun_topic(document, noun, owner, words)
    if content is None:
        return
    source = owner or maker(document, noun, words)
    if source is None and (strict or _is_contested(document, noun, words)):
        return
    yield _draft(document, noun, (noun.start, noun.end), source, content, words.nouns[lemma_of(noun)])


def _published_in(document: Document, noun: Token) -> Token | None:
    """As in "a report in the Daily Mirror that…": the outlet that has it."""
    for child in document.children(noun, "nmod"):
        entity = entity_of(document, child)
        if entity is not None and entity.kind == "outlet":
            return child
    return None


def noun_clause(document: Document, noun: Token, words: Sayings) -> tuple[int, int] | None:
    """What a noun of saying governs: a clause with "that" or an infinitive."""
    for child in document.children(noun, "acl", "ccomp", "csubj", "advcl", "xcomp"):
        if child.i < noun.i:
            continue
        marks = [c for c in document.children(child) if c.i < child.i and c.deprel in ("mark", "obj", "nsubj", "case")]
        said = {m.lower for m in marks[:1]}
        relative = child.deprel == "acl:relcl" and not any(
            m.lower in words.words.get("that", ()) and m.deprel == "mark" for m in marks
        )
        # "l'annuncio che i raid cesseranno" is no relative clause: what is to come cannot be what was announced.
        unreal = child.feats.get("Tense") == "Fut" or child.feats.get("Mood") in ("Sub", "Cnd")
        if (
            relative
            and unreal
            and any(c.deprel.startswith("nsubj") and c not in marks[:1] for c in document.children(child))
        ):
            relative = False
        if (
            said & (words.words.get("that", frozenset()) | words.words.get("infinitive_marks", frozenset()))
            and not relative
        ):
            return clause_span(document, child)
    return None


def _noun_topic(document: Document, noun: Token, owner: Token | None, words: Sayings) -> tuple[int, int] | None:
    for child in document.children(noun, "nmod"):
        marks = document.children(child, "case")
        if child is owner or child.i < noun.i or not marks or owner is None:
            continue
        if lemma_of(marks[0]) in words.noun_prepositions:
            return clause_span(document, child, marks[0])
    return None


def _is_contested(document: Document, noun: Token, words: Sayings) -> bool:
    """As in "X denied claims that…": whoever made them, X did not, and what X does with them is told by the verb."""
    head = document.head(noun)
    entry = verb_of(document, head, words) if head is not None and noun.deprel in ("obj", "nsubj:pass") else None
    return entry is not None and entry[1].stances.get("object", entry[1].stance) in ("denies", "confirms")


def maker(document: Document, noun: Token, words: Sayings) -> Token | None:
    """As in "X made the claim that…": the subject of the verb whose object the noun is."""
    head = document.head(noun)
    if head is None or head.upos != "VERB" or noun.deprel not in ("obj", "obl") or _is_contested(document, noun, words):
        return None
    if is_silent(document, head, words):
        return noun  # of "reports that…" on which nobody commented is only known that they are reports
    if lemma_of(head) in listed(document.language, "words", "receiving"):
        return None  # "received assurances that…": somebody else gave them
    return subject(document, head, words)


def _draft(
    document: Document,
    cue: Token,
    span: tuple[int, int],
    source: Token | None,
    content: tuple[int, int],
    stance: Stance,
) -> Draft:
    where = noun_phrase(document, source) if source is not None else None
    return Draft(content, cue, span, source, where, stance, frame=cue.upos.lower())
