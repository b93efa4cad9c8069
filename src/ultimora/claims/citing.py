"""Whom a speaker cites, and who speaks in what is cited: the links of a chain that stand before or behind one."""

from __future__ import annotations

from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import agent, covers, lemma_of, owner_of, subject, verb_of
from ultimora.documents.statements.who import entity_id
from ultimora.types import Document, Link, Statement, Token

Chain = tuple[Link, ...]
_NEAR = 10


def holds(statement: Statement, trigger: Token) -> bool:
    """Whether what a statement says holds a word."""
    return (
        not covers(statement.cue, trigger)
        and statement.content.start <= trigger.start
        and trigger.end <= statement.content.end
    )


def without_repeats(chain: Chain) -> Chain:
    """A chain with each source once."""
    kept: list[Link] = []
    for link in chain:
        if not any(link.source == k.source for k in kept):
            kept.append(link)
    return tuple(kept)


def cited(document: Document, cue: Token, words: Sayings) -> Chain:
    """As in "lo riporta la Bbc, citando fonti americane": whom the speaker cites."""
    if lemma_of(cue) in words.words.get("citing", ()) and (whom := document.children(cue, "obj", "iobj")):
        return _voices(document, whom[0], words)  # "the paper quoted Y as saying"
    # "…, X reported, citing Y", wherever the parse hangs it: the first verb after the cue, behind a comma.
    after = document.tokens[cue.i + 1 : min(cue.i + _NEAR, document.sentences[cue.sentence].last)]
    first = next((t for t in after if t.upos == "VERB"), None)
    beside = [first] if first is not None and document.tokens[first.i - 1].text == "," else []
    for child in (*document.children(cue, "advcl", "acl", "conj", "parataxis"), *beside):
        if lemma_of(child) in words.words.get("citing", ()) and not _calls(document, child, words):
            things = [
                t for t in document.children(child, "obj", "nsubj") if t.i > child.i
            ]  # whatever the parse made of it
            if things:
                return _voices(document, things[0], words)
    return ()


def _calls(document: Document, verb: Token, words: Sayings) -> bool:
    """As in "ha sentito al telefono l'omologo": whom the speaker called is no source."""
    return any(lemma_of(t) in words.words.get("lines", ()) for t in document.children(verb, "obl"))


def _voices(document: Document, thing: Token, words: Sayings) -> Chain:
    """Who speaks in what is cited; nobody, where no source is ("citing no source", "senza citare alcuna fonte")."""
    none = words.sources.get("nobody", frozenset())
    nobody = thing.lower in none or any(c.lower in none for c in document.children(thing, "det"))
    return () if nobody else (voice(document, thing, words),)


def voice(document: Document, thing: Token, words: Sayings) -> Link:
    """Who speaks in what is cited: "citing a statement from the ministry" cites the ministry."""
    told = lemma_of(thing)
    if thing.lower in words.sources.get("quanto", ()):  # "citando quanto comunicato dal sindaco"
        said = next((c for c in document.children(thing, "acl") if verb_of(document, c, words)), None)
        who = (agent(document, said, words) or subject(document, said, words)) if said is not None else None
        if who is not None and who.i != thing.i:
            return Link(entity_id(document, who), "reports")
    if told in words.nouns or told in words.medium.get("nouns", ()):
        owner = owner_of(document, thing, words) or giver(document, thing, words)
        if owner is not None:
            return Link(entity_id(document, owner), words.nouns.get(told, "reports"))
    return Link(entity_id(document, thing), "reports")


def giver(document: Document, thing: Token, words: Sayings) -> Token | None:
    """From whom a statement or a note comes."""
    for child in document.children(thing, "nmod", "obl"):
        if {lemma_of(c) for c in document.children(child, "case")} & words.words.get("from", frozenset()):
            return child
    return None


def relative_after(document: Document, end: int) -> Token | None:
    """The verb of a relative clause behind a comma ("Bloomberg, che cita due persone, …"), wherever it hangs."""
    after = document.tokens_between(end, end + _NEAR)
    after = [t for t in after if t.start >= end]
    if len(after) < 2 or after[0].text != ",":
        return None
    verb = document.head(after[1])
    relative = after[1].feats.get("PronType") == "Rel" or (verb is not None and verb.deprel == "acl:relcl")
    return verb if relative else None


def quoters(document: Document, source: Token, words: Sayings) -> Chain:
    """As in "fonti diplomatiche citate da Reuters", "an official quoted by Axios": who quotes the speaker."""
    told = (c for c in document.children(source, "acl", "amod") if lemma_of(c) in words.words.get("citing", ()))
    by = next((a for c in told if (a := agent(document, c, words)) is not None), None)
    return (Link(entity_id(document, by), "reports"),) if by is not None else ()
