"""Who passes on what a source says: the paper that saw the document, the broadcaster that the witness told.

Also those who say the same beside the source: "according to the union and the employers".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ultimora.claims.citing import Chain
from ultimora.documents.entities import entity_by
from ultimora.documents.statements.lexicon import Sayings, sayings
from ultimora.documents.statements.several import together
from ultimora.documents.statements.syntax import agent, covers, lemma_of, subject
from ultimora.documents.statements.who import entity_at, entity_id
from ultimora.types import Document, Entity, Link, Statement, Token


def passed_on(document: Document, statement: Statement, words: Sayings, *, told: bool) -> Chain:
    """The links behind a source: the one that saw what is cited, and the outlet that it was ``told``."""
    link = _told_to(document, statement, words) if told else ()
    mention = statement.source_mention
    head = document.span_head(mention.start, mention.end) if mention is not None else None
    seen = seen_by(document, head, words) if head is not None else ()
    return (*seen, *link)


def _told_to(document: Document, statement: Statement, words: Sayings) -> Chain:
    """As in "a nurse told the Guardian that…": an outlet, not the place where the source itself wrote."""
    if statement.medium is None or statement.source is None or statement.medium == statement.source:
        return ()
    medium = entity_by(document, statement.medium)
    own = not _publishes(document, medium) or medium.name in words.medium.get("platforms", ())
    return () if own else (Link(statement.medium, "reports"),)


def _publishes(document: Document, medium: Entity) -> bool:
    """Whether a medium is an outlet, and not what somebody wrote: "the Guardian", "the state broadcaster"."""
    if medium.kind != "organization":
        return medium.kind == "outlet"
    heads = (document.span_head(m.start, m.end) for m in medium.mentions)
    return any(is_outlet(document, head) for head in heads if head is not None)


def seen_by(document: Document, thing: Token, words: Sayings) -> Chain:
    """As in "documents obtained by the Mail", "a report, a copy of which was seen by the Herald"."""
    below = document.subtree(thing) if lemma_of(thing) in words.sources.get("papers", ()) else ()
    inner = [t for t in below if t.deprel.startswith("acl")]  # "carte dell'inchiesta, anticipate da X"
    for clause in (*document.children(thing, "acl", "amod", "appos"), *inner):
        verbs = [clause, *document.children(clause, "acl", "conj")]
        for verb in verbs:
            things = (verb, *document.children(verb, "obj"))  # "di cui X ha preso visione"
            if not any(lemma_of(t) in words.words.get("seeing", ()) for t in things):
                continue
            by = agent(document, verb, words) or subject(document, verb, words)
            entity = entity_at(document, by) if by is not None else None
            if by is not None and entity is not None and entity.kind == "outlet":
                return (Link(entity_id(document, by), "reports"),)
    return ()


def beside(document: Document, statement: Statement) -> Iterator[str]:
    """Those named beside a source, who say the same: "secondo Fim, Fiom e Uilm", "Unite and GMB said"."""
    mention = statement.source_mention
    head = document.span_head(mention.start, mention.end) if mention is not None else None
    if head is None or head.upos not in ("NOUN", "PROPN"):
        return
    for other in together(document, head):
        if not covers(statement.content, other) and not covers(statement.cue, other):
            yield entity_id(document, other)


def passes_on(document: Document, around: Sequence[Statement], token: Token) -> bool:
    """Whether a word beside the statements around an event is an outlet that only tells it, or is told it: "told X"."""
    return bool(around) and not any(covers(s.content, token) for s in around) and is_outlet(document, token)


def is_outlet(document: Document, token: Token) -> bool:
    """Whether a word names one who passes on news: an outlet that is known, or "the agency X", "the daily X"."""
    entity, media = entity_at(document, token), sayings(document.language).medium.get("nouns", ())
    above = document.head(token)
    called = [token, *document.children(token, "compound", "flat", "appos", "nmod"), *([above] if above else [])]
    news = any(lemma_of(t) in media for t in called if t.upos in ("NOUN", "PROPN"))
    return entity is not None and (entity.kind == "outlet" or (entity.kind in ("organization", "other") and news))
