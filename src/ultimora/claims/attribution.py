"""Who says that something happened: chains of sources, nearest to the facts first, one for each independent origin.

A chain begins with the innermost statement that holds the trigger and goes outwards ("Reuters: officials said that…").
Two statements of which neither holds the other are two origins. A following sentence that speaks of "the news" or "it"
adds the origins that it names. The article's own voice is no chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ultimora.claims.belied import belied
from ultimora.claims.citing import Chain, cited, holds, quoters, relative_after, voice, without_repeats
from ultimora.claims.echoes import afterwards
from ultimora.claims.passing import beside, is_outlet, passed_on
from ultimora.documents import wordlists
from ultimora.documents.entities import entity_by
from ultimora.documents.entities.registry import AGENTS
from ultimora.documents.statements.lexicon import Sayings, sayings
from ultimora.documents.statements.syntax import covers, is_negated, lemma_of, subject, verb_of
from ultimora.documents.statements.who import entity_at, entity_id
from ultimora.types import Document, Link, Statement, Token


def chains(document: Document, trigger: Token) -> tuple[Chain, ...]:
    """One chain for each independent origin of what the trigger asserts; nothing for the article's own voice."""
    words = sayings(document.language)
    around = [s for s in document.statements if holds(s, trigger) and not _is_own(document, s, trigger, words)]
    found = [each for s in _innermost(document, around) for each in _said_by_all(document, s, around, words)]
    for chain, relayed in afterwards(document, trigger, words):
        found = _relayed(document, found, chain) if relayed and found else [*found, chain]
    return _distinct(found)


def _said_by_all(document: Document, statement: Statement, around: Sequence[Statement], words: Sayings) -> list[Chain]:
    """The chains of a statement, and the same once more for each who makes it beside its source."""
    found = _outwards(document, statement, around, words)
    others = [
        tuple(replace(link, source=other) if link.source == statement.source else link for link in chain)
        for other in beside(document, statement)
        for chain in found
    ]
    return [*found, *others]


def _relayed(document: Document, found: Sequence[Chain], by: Chain) -> list[Chain]:
    """As in "A source says… Reuters reports it": who only relays what others say stands farther from the facts; as in
    "Media: … Reuters reports it" it is the one that was meant.
    """
    press = sayings(document.language).words.get("press", frozenset())
    return [by if _means(document, chain, by, press) else without_repeats((*chain, *by)) for chain in found]


def _means(document: Document, chain: Chain, by: Chain, press: frozenset[str]) -> bool:
    """Whether a chain is but a word for outlets, one of which another chain names."""
    if not chain:
        return False  # nobody who says it is named
    label, outlet = entity_by(document, chain[-1].source), entity_by(document, by[-1].source)
    named = outlet.kind == "outlet" and any(m.form == "name" for m in outlet.mentions)
    return len(chain) == 1 and named and bool(press.intersection(label.name.lower().split()))


def _distinct(found: Sequence[Chain]) -> tuple[Chain, ...]:
    """Chains without repetition; one that is the end of a longer one says nothing new."""
    kept: list[Chain] = []
    for chain in found:
        sources = [link.source for link in chain]
        if chain and not any(sources == [k.source for k in other][: len(sources)] for other in kept):
            kept.append(chain)
    return tuple(kept)


def _is_own(document: Document, statement: Statement, trigger: Token, words: Sayings) -> bool:
    """Whether the statement is a wish, a plan or a deed of its source: the text itself vouches for it."""
    if statement.cue is None:
        return False
    tokens = document.tokens_between(statement.cue.start, statement.cue.end)
    if any(_calls(document, t, trigger) for t in tokens):
        return True
    if any(is_negated(document, t, words) for t in tokens if t.upos == "VERB"):
        return True  # "non ha confermato": nobody vouches
    named = ((verb_of(document, t, words) or (lemma_of(t),))[0] for t in tokens)  # "puntare", but not "puntare il dito"
    return any(name in words.words.get("wishes", ()) for name in named)


def _calls(document: Document, verb: Token, trigger: Token) -> bool:
    """As in "the unions have called a strike": whoever calls one does so, and says nothing."""
    calling = lemma_of(verb) in wordlists.words(document.language, "words", "calling_out")
    return calling and trigger.deprel == "obj" and trigger.head == verb.i


def _innermost(document: Document, around: Sequence[Statement]) -> list[Statement]:
    """The statements that hold no other one: each is an origin."""
    return [s for s in around if not any(o is not s and _encloses(document, s, o) for o in around)]


def _encloses(document: Document, outer: Statement, inner: Statement) -> bool:
    """Whether one statement's content holds the saying of another; of two that hold each other's, as in "according to
    the police, …, as the agency reports", an outlet is the outer one, else whichever says more.
    """
    if inner.cue is None or outer.cue is None:
        wider = outer.content.end - outer.content.start > inner.content.end - inner.content.start
        inside = outer.content.start <= inner.content.start and inner.content.end <= outer.content.end
        return wider and inside and inner.cue is not None
    same = outer.cue.start == inner.cue.start
    inside = outer.content.start <= inner.cue.start and inner.cue.end <= outer.content.end
    mutual = inner.content.start <= outer.cue.start and outer.cue.end <= inner.content.end
    if inside and mutual:
        relays = [_is_relay(document, s) for s in (outer, inner)]
        if relays[0] != relays[1]:
            return relays[0]
        return outer.content.end - outer.content.start > inner.content.end - inner.content.start
    return inside and not same


def _is_relay(document: Document, statement: Statement) -> bool:
    mention = statement.source_mention
    head = document.span_head(mention.start, mention.end) if mention is not None else None
    return head is not None and is_outlet(document, head)


def _outwards(document: Document, statement: Statement, around: Sequence[Statement], words: Sayings) -> list[Chain]:
    """The chain of a statement and of those around it; whoever vouches for or contests what another says is an origin
    beside that other ("denied claims by X that…"), not one who passes it on.
    """
    found = [_links(document, statement, words)]
    seen = [statement]
    while True:
        outer = [s for s in around if not any(s is o for o in seen) and _encloses(document, s, seen[-1])]
        if not outer:
            return [without_repeats(chain) for chain in found]
        outer.sort(key=lambda s: (s.content.end - s.content.start, s.id))
        seen.append(outer[0])
        links = _links(document, outer[0], words)
        if _belies(document, outer[0], seen[-2], words):
            links = tuple(replace(link, stance="denies") for link in links)
            found.append(links)
        elif found[-1] and outer[0].stance in ("confirms", "denies"):
            found = [chain for chain in found if not _is_mere_report(document, chain)]
            found.append(links)
        else:
            found[-1] += links


def _is_mere_report(document: Document, chain: Chain) -> bool:
    """As in "rejected the account according to which…": a thing that is said is nobody who says it."""
    speakers = [entity_by(document, link.source) for link in chain]
    return all(e.kind not in AGENTS and not e.anonymous for e in speakers)


def _belies(document: Document, outer: Statement, inner: Statement, words: Sayings) -> bool:
    """As in "A report that 80 had died was incorrect, Bo said"."""
    told, cue = _cue_token(document, inner), _cue_token(document, outer)
    return told is not None and cue is not None and belied(document, cue, words) is told


def _links(document: Document, statement: Statement, words: Sayings) -> Chain:
    """The links of one statement: whom its source cites, the source, and who quotes the source."""
    cue = _cue_token(document, statement)
    quoted = cited(document, cue, words) if cue is not None else ()
    source = statement.source or statement.medium
    if source is None:
        return quoted
    medium = statement.medium if statement.medium != source else None
    around = _quoting(document, statement, words)
    giver = _giver(document, statement, cue, words)
    link = Link(giver, statement.stance, source) if giver is not None else Link(source, statement.stance, medium)
    passed = passed_on(document, statement, words, told=not around[1])
    return (*quoted, *around[0], link, *around[1], *passed)


def _giver(document: Document, statement: Statement, cue: Token | None, words: Sayings) -> str | None:
    """As in "a statement from the ministry said", "si legge in una nota del governo": who speaks through what is said
    to say so; None where that is somebody by itself.
    """
    mention = statement.source_mention
    if mention is not None:
        head = document.span_head(mention.start, mention.end)
    elif statement.source is None and cue is not None:
        below = document.children(cue, "obl", "nmod")
        head = next((t for t in below if lemma_of(t) in words.medium.get("nouns", ())), None)
    else:
        head = None
    entity = entity_at(document, head) if head is not None else None
    if head is None or (entity is not None and entity.kind in AGENTS):
        return None
    link = voice(document, head, words)
    return link.source if entity is None or link.source != entity.id else None


def _cue_token(document: Document, statement: Statement) -> Token | None:
    if statement.cue is None:
        return None
    return document.span_head(statement.cue.start, statement.cue.end)


def _quoting(document: Document, statement: Statement, words: Sayings) -> tuple[Chain, Chain]:
    """As in "un funzionario citato da Axios", "an official quoted by Axios": who quotes the speaker."""
    mention = statement.source_mention
    head = document.span_head(mention.start, mention.end) if mention is not None else None
    if head is not None and mention is not None:
        beside = relative_after(document, mention.end)
        if beside is not None and lemma_of(beside) in words.words.get("citing", ()):
            return tuple(Link(entity_id(document, c), "reports") for c in document.children(beside, "obj")[:1]), ()
    above = document.head(head) if head is not None and head.deprel in ("obj", "iobj") else None
    if above is not None and lemma_of(above) in words.words.get("citing", ()) and _is_outside(statement, above):
        by = subject(document, above, words)  # "the paper quoted the minister as saying that…"
        return (), (Link(entity_id(document, by), "reports"),) if by is not None else ()
    by_whom = quoters(document, head, words) if head is not None else ()
    if head is None or by_whom:
        return (), by_whom
    told = (c for c in document.children(head, "acl", "amod") if lemma_of(c) in words.words.get("citing", ()))
    whom = [things[0] for c in told if (things := document.children(c, "obj"))]  # "il FT, che cita tre diplomatici"
    return tuple(Link(entity_id(document, c), "reports") for c in whom[:1]), ()


def _is_outside(statement: Statement, verb: Token) -> bool:
    """Whether a verb stands neither in what a statement says nor for its cue."""
    return not covers(statement.cue, verb) and not covers(statement.content, verb)
