"""Who says that something happened: chains of sources, nearest to the facts first, one for each independent origin.

A chain begins with the innermost statement that holds the trigger and goes outwards ("Reuters: officials said that…").
Two statements of which neither holds the other are two origins. A following sentence that speaks of "the news" or "it"
adds the origins that it names. The article's own voice is no chain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ultimora.documents.statements.lexicon import Sayings, Verb, sayings
from ultimora.documents.statements.syntax import (
    agent,
    is_negated,
    is_passive,
    lemma_of,
    noun_phrase,
    opens,
    owner_of,
    subject,
    verb_of,
)
from ultimora.documents.statements.who import entity_at, entity_id
from ultimora.types import Document, Link, Statement, Token

Chain = tuple[Link, ...]
_NEAR = 10
_RELAYS = ("outlet", "organization", "other")
_AHEAD = 2
"""So many sentences after a claim may speak of it as "the news"."""


def chains(document: Document, trigger: Token) -> tuple[Chain, ...]:
    """One chain for each independent origin of what the trigger asserts; nothing for the article's own voice."""
    words = sayings(document.language)
    around = [s for s in document.statements if _holds(s, trigger) and not _is_wish(document, s, words)]
    found = [_outwards(document, s, around, words) for s in _innermost(around)]
    for chain, relayed in _afterwards(document, trigger, words):
        found = _relayed(found, chain) if relayed and found else [*found, chain]
    return _distinct(found)


def _relayed(found: Sequence[Chain], by: Chain) -> list[Chain]:
    """As in "A source says… Reuters reports it": who only relays what others say stands farther from the facts."""
    return [_without_repeats((*chain, *by)) for chain in found]


def _holds(statement: Statement, trigger: Token) -> bool:
    cue = statement.cue
    own = cue is not None and cue.start <= trigger.start < cue.end
    return not own and statement.content.start <= trigger.start and trigger.end <= statement.content.end


def _distinct(found: Sequence[Chain]) -> tuple[Chain, ...]:
    """Chains without repetition; one that is the end of a longer one says nothing new."""
    kept: list[Chain] = []
    for chain in found:
        sources = [link.source for link in chain]
        if chain and not any(sources == [k.source for k in other][: len(sources)] for other in kept):
            kept.append(chain)
    return tuple(kept)


def _is_wish(document: Document, statement: Statement, words: Sayings) -> bool:
    """Whether the statement is a wish or a plan of its source: the text itself vouches for it."""
    if statement.cue is None:
        return False
    tokens = document.tokens_between(statement.cue.start, statement.cue.end)
    if any(is_negated(document, t, words) for t in tokens if t.upos == "VERB"):
        return True  # "non ha confermato": nobody vouches
    return any(lemma_of(t) in words.words.get("wishes", ()) for t in tokens)


# --- statements within statements ------------------------------------------------------------------------------------


def _innermost(around: Sequence[Statement]) -> list[Statement]:
    """The statements that hold no other one: each is an origin."""
    return [s for s in around if not any(o is not s and _encloses(s, o) for o in around)]


def _encloses(outer: Statement, inner: Statement) -> bool:
    """Whether one statement's content holds the saying of another."""
    if inner.cue is None or outer.cue is None:
        wider = outer.content.end - outer.content.start > inner.content.end - inner.content.start
        inside = outer.content.start <= inner.content.start and inner.content.end <= outer.content.end
        return wider and inside and inner.cue is not None
    same = outer.cue.start == inner.cue.start
    inside = outer.content.start <= inner.cue.start and inner.cue.end <= outer.content.end
    mutual = inner.content.start <= outer.cue.start and outer.cue.end <= inner.content.end
    if inside and mutual:  # "secondo X, Y dice che…": the wider content is the outer one
        return outer.content.end - outer.content.start > inner.content.end - inner.content.start
    return inside and not same


def _outwards(document: Document, statement: Statement, around: Sequence[Statement], words: Sayings) -> Chain:
    chain = _links(document, statement, words)
    seen = [statement]
    while True:
        outer = [s for s in around if not any(s is o for o in seen) and _encloses(s, seen[-1])]
        if not outer:
            return _without_repeats(chain)
        outer.sort(key=lambda s: (s.content.end - s.content.start, s.id))
        seen.append(outer[0])
        chain += _links(document, outer[0], words)


def _without_repeats(chain: Chain) -> Chain:
    kept: list[Link] = []
    for link in chain:
        if not any(link.source == k.source for k in kept):
            kept.append(link)
    return tuple(kept)


def _links(document: Document, statement: Statement, words: Sayings) -> Chain:
    """The links of one statement: whom its source cites, the source, and who quotes the source."""
    cue = _cue_token(document, statement)
    cited = _cited(document, cue, words) if cue is not None else ()
    source = statement.source or statement.medium
    if source is None:
        return cited
    medium = statement.medium if statement.medium != source else None
    around = _quoting(document, statement, words)
    return (*cited, *around[0], Link(source, statement.stance, medium), *around[1])


def _cue_token(document: Document, statement: Statement) -> Token | None:
    if statement.cue is None:
        return None
    return document.span_head(statement.cue.start, statement.cue.end)


def _cited(document: Document, cue: Token, words: Sayings) -> Chain:
    """As in "lo riporta la Bbc, citando fonti americane": whom the speaker cites."""
    # "…, X reported, citing Y", wherever the parse hangs it: the first verb after the cue, behind a comma.
    after = document.tokens[cue.i + 1 : min(cue.i + _NEAR, document.sentences[cue.sentence].last)]
    first = next((t for t in after if t.upos == "VERB"), None)
    beside = [first] if first is not None and document.tokens[first.i - 1].text == "," else []
    for child in (*document.children(cue, "advcl", "acl", "conj", "parataxis"), *beside):
        if lemma_of(child) in words.words.get("citing", ()):
            for thing in document.children(child, "obj"):
                return (_voice(document, thing, words),)
    return ()


def _voice(document: Document, thing: Token, words: Sayings) -> Link:
    """Who speaks in what is cited: "citing a statement from the ministry" cites the ministry."""
    told = lemma_of(thing)
    if told in words.nouns or told in words.medium.get("nouns", ()):
        owner = owner_of(document, thing, words) or _giver(document, thing, words)
        if owner is not None:
            return Link(entity_id(document, owner), words.nouns.get(told, "reports"))
    return Link(entity_id(document, thing), "reports")


def _giver(document: Document, thing: Token, words: Sayings) -> Token | None:
    for child in document.children(thing, "nmod", "obl"):
        if {lemma_of(c) for c in document.children(child, "case")} & words.words.get("from", frozenset()):
            return child
    return None


def _quoting(document: Document, statement: Statement, words: Sayings) -> tuple[Chain, Chain]:
    """As in "un funzionario citato da Axios", "an official quoted by Axios": who quotes the speaker."""
    mention = statement.source_mention
    head = document.span_head(mention.start, mention.end) if mention is not None else None
    if head is not None and mention is not None:
        beside = _relative_after(document, mention.end)
        if beside is not None and lemma_of(beside) in words.words.get("citing", ()):
            return tuple(Link(entity_id(document, c), "reports") for c in document.children(beside, "obj")[:1]), ()
    for child in document.children(head, "acl", "amod") if head is not None else ():
        if lemma_of(child) not in words.words.get("citing", ()):
            continue
        by, whom = agent(document, child, words), document.children(child, "obj")
        if by is not None:
            return (), (Link(entity_id(document, by), "reports"),)
        if whom:  # "il Financial Times, che cita tre diplomatici"
            return (Link(entity_id(document, whom[0]), "reports"),), ()
    return (), ()


def _relative_after(document: Document, end: int) -> Token | None:
    """The verb of a relative clause behind a comma ("Bloomberg, che cita due persone, …"), wherever it hangs."""
    after = document.tokens_between(end, end + _NEAR)
    after = [t for t in after if t.start >= end]
    if len(after) < 2 or after[0].text != "," or after[1].feats.get("PronType") != "Rel":
        return None
    return document.head(after[1])


# --- what the next sentences say of the news -------------------------------------------------------------------------


def _afterwards(document: Document, trigger: Token, words: Sayings) -> list[tuple[Chain, bool]]:
    """Origins named in the following sentences: "Lo riferisce X", "La notizia è stata confermata da Y".

    Each with whether it relays the claim with a pronoun and the stance of a report.
    """
    found: list[tuple[Chain, bool]] = []
    for number in range(trigger.sentence, min(trigger.sentence + _AHEAD + 1, len(document.sentences))):
        if number > trigger.sentence and _paragraphs(document, trigger.sentence, number) > 1:
            break
        for verb in document.sentence_tokens(number):
            if verb.upos == "VERB" and verb.i > trigger.i and not _in_own_words(document, trigger, verb):
                found += _of_the_news(document, trigger, verb, number == trigger.sentence, words)
    return found


def _in_own_words(document: Document, trigger: Token, verb: Token) -> bool:
    """Whether a verb stands in a quotation that the trigger is no part of, or speaks in the first or second person."""
    person = {t.feats.get("Person", "3") for t in (verb, *document.children(verb, "aux"))}
    return bool(person & {"1", "2"}) or any(
        s.quoted and s.content.start <= verb.start < s.content.end and not _holds(s, trigger)
        for s in document.statements
    )


def _paragraphs(document: Document, first: int, last: int) -> int:
    between = document.text[document.sentences[first].end : document.sentences[last].start]
    return len([line for line in between.split("\n")[1:] if line.strip()]) + ("\n" in between)


def _of_the_news(
    document: Document, trigger: Token, verb: Token, same: bool, words: Sayings
) -> Iterator[tuple[Chain, bool]]:
    entry = verb_of(document, verb, words)
    if is_negated(document, verb, words) or (entry is not None and _compares(document, verb, entry[1])):
        return
    if entry is None:
        yield from ((chain, False) for chain in _came_from(document, trigger, verb, same, words))
        return
    if not _refers(document, trigger, verb, same, words):
        return
    source = agent(document, verb, words) if is_passive(document, verb) else subject(document, verb, words)
    if _cleft(document, verb):
        source = document.tokens[verb.head]
    cited = _cited(document, verb, words)
    if source is None:  # "Lo ha annunciato il ministero": a subject after its verb, read as an object
        source = next((c for c in document.children(verb, "obj") if c.i > verb.i and c.upos in ("NOUN", "PROPN")), None)
    if source is None:
        if cited:
            yield cited, False
        return
    if not cited:  # "…by the Daily, which cited two officials"
        beside = _relative_after(document, noun_phrase(document, source)[1])
        if beside is not None and lemma_of(beside) in words.words.get("citing", ()):
            cited = tuple(_voice(document, c, words) for c in document.children(beside, "obj")[:1])
    stance = entry[1].stances.get("object", entry[1].stance)
    chain = _without_repeats((*cited, Link(entity_id(document, source), stance)))
    entity = entity_at(document, source)
    relays = entity is not None and entity.kind in _RELAYS
    yield chain, relays and stance == "reports" and not is_passive(document, verb) and not same


def _compares(document: Document, verb: Token, entry: Verb) -> bool:
    """As in "dismissed it as a stunt": a word for what the thing is says nothing of whether it happened."""
    beside = document.children(verb, "xcomp", "obl", "advcl")
    return bool(entry.as_prepositions) and any(opens(document, c, entry.as_prepositions) for c in beside)


def _cleft(document: Document, verb: Token) -> bool:
    """As in "A riferirlo è stato X": an infinitive before a copula whose complement is the source."""
    head = document.head(verb)
    copular = head is not None and head.upos in ("NOUN", "PROPN") and bool(document.children(head, "cop", "aux"))
    return copular and verb.feats.get("VerbForm") == "Inf" and head is not None and head.i > verb.i


def _came_from(document: Document, trigger: Token, verb: Token, same: bool, words: Sayings) -> Iterator[Chain]:
    """As in "L'annuncio è arrivato con una nota del gruppo", "The news came from the ministry"."""
    news = next((c for c in document.children(verb, "nsubj") if _tells(document, trigger, c, verb, same, words)), None)
    if news is None or lemma_of(verb) not in words.words.get("arrive", ()):
        return
    stance = words.nouns.get(lemma_of(news), "reports")
    for child in document.children(verb, "obl"):
        cases = {lemma_of(c) for c in document.children(child, "case")}
        if lemma_of(child) in words.medium.get("nouns", ()):
            owner = owner_of(document, child, words) or _giver(document, child, words)
            if owner is not None:
                yield (Link(entity_id(document, owner), stance, entity_id(document, child)),)
        elif cases & words.words.get("from", frozenset()) and child.upos in ("NOUN", "PROPN"):
            yield (Link(entity_id(document, child), stance),)


def _refers(document: Document, trigger: Token, verb: Token, same: bool, words: Sayings) -> bool:
    """Whether what a verb of saying speaks of is the claim: a pronoun, "the news", or the event's own noun."""
    for child in document.children(verb, "obj", "nsubj", "expl"):
        spoken_of = child.deprel in ("obj", "nsubj:pass", "expl") or child.deprel == "nsubj:pass"
        if not spoken_of:
            continue
        pronoun = child.lower.rstrip("'’") in words.words.get("report_pronouns", ()) and not document.children(
            verb, "ccomp"
        )
        if pronoun and child.upos in ("PRON", "DET"):
            return _adjacent(trigger, verb, same)
        if _tells(document, trigger, child, verb, same, words):
            return True
    if _cleft(document, verb):
        return _adjacent(trigger, verb, same)
    head = document.head(verb)
    if verb.deprel == "conj" and head is not None and head.deprel == "acl":
        head = document.head(head)
    if verb.deprel in ("acl", "conj") and head is not None and is_passive(document, verb):
        return _tells(document, trigger, head, verb, same, words)  # "la notizia, anticipata da X e confermata da Y"
    return False


def _tells(document: Document, trigger: Token, noun: Token, verb: Token, same: bool, words: Sayings) -> bool:
    """Whether a noun of a following sentence means the claim: "the news", or the event's own noun."""
    whose = any(c.feats.get("PronType") == "Rel" for c in document.children(noun))  # "X, le cui dichiarazioni…"
    if noun.upos != "NOUN" or same or whose or not _definite(document, noun):
        return False
    news = lemma_of(noun) in words.words.get("news", ()) and _adjacent(trigger, verb, same)
    return lemma_of(noun) == lemma_of(trigger) or (news and _is_news(document, trigger, noun, words))


def _is_news(document: Document, trigger: Token, news: Token, words: Sayings) -> bool:
    """Which claims "the news" means: those of what it is news of, else those that the sentence before asserts."""
    if _is_aside(document, trigger):
        return False
    topic = owner_of(document, news, words)
    told = document.sentence_tokens(trigger.sentence)
    if topic is not None and any(_akin(topic, t) for t in told):
        return _akin(topic, trigger)
    path = [trigger, *document.ancestors(trigger)]
    return not any(t.deprel in ("acl:relcl", "acl", "advcl") for t in path)


def _is_aside(document: Document, trigger: Token) -> bool:
    """Whether the sentence has somebody speak, and the trigger is no part of what is said."""
    cues = [s for s in document.statements if s.sentence == trigger.sentence and s.cue is not None]
    return bool(cues) and not any(_holds(s, trigger) for s in cues)


def _akin(topic: Token, told: Token) -> bool:
    """Whether an event noun and a word of the sentence before have one stem ("attacco", "attaccato")."""
    a, b = lemma_of(topic), lemma_of(told)
    size = max(4, min(len(a), len(b)) * 2 // 3)
    return told.upos in ("VERB", "NOUN", "ADJ") and len(a) >= 4 and a[:size] == b[:size]


def _adjacent(trigger: Token, verb: Token, same: bool) -> bool:
    """A pronoun and "the news" speak of the sentence just before."""
    return not same and verb.sentence - trigger.sentence == 1


def _definite(document: Document, noun: Token) -> bool:
    return any(
        c.feats.get("Definite") == "Def" or c.feats.get("PronType") == "Dem" for c in document.children(noun, "det")
    )
