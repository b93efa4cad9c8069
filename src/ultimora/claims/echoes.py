"""What later sentences say of a claim: "Lo riferisce X", "the news was confirmed by Y", "Z denied the meeting"."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.claims.belied import belied
from ultimora.claims.citing import Chain, cited, giver, holds, quoters, relative_after, voice, without_repeats
from ultimora.claims.denying import denies_all, is_contested
from ultimora.claims.kindred import akin, same_event
from ultimora.claims.passing import is_outlet, seen_by
from ultimora.documents.remembering import once
from ultimora.documents.statements.lexicon import Sayings, Verb
from ultimora.documents.statements.resuming import takes_up
from ultimora.documents.statements.syntax import (
    NOMINAL,
    agent,
    covers,
    is_impersonal,
    is_negated,
    is_passive,
    is_refused,
    lemma_of,
    noun_phrase,
    opens,
    owner_of,
    subject,
    verb_of,
)
from ultimora.documents.statements.who import entity_at, entity_id
from ultimora.documents.wordlists import happenings
from ultimora.types import Document, Link, Statement, Token

_VOUCHING = ("confirms", "denies", "announces")
_RELAYS = ("outlet", "organization", "other")
_FARTHEST = 800
_AHEAD = 2
"""So many sentences after a claim may speak of it as "the news"."""


def afterwards(document: Document, trigger: Token, words: Sayings) -> list[tuple[Chain, bool]]:
    """Origins named in the following sentences: "Lo riferisce X", "La notizia è stata confermata da Y".

    Each with whether it relays the claim with a pronoun and the stance of a report.
    """
    found: list[tuple[Chain, bool]] = []
    for number in range(trigger.sentence, min(trigger.sentence + _AHEAD + 1, len(document.sentences))):
        if number > trigger.sentence and _paragraphs(document, trigger.sentence, number) > 1:
            break
        for verb in _speaking(document, number, words):
            if verb.i > trigger.i and not _in_other_words(document, trigger, verb):
                same = number == trigger.sentence and not _parted(document, trigger, verb)
                found += _of_the_news(document, trigger, verb, same, words)
    return [*found, *_from_afar(document, trigger, words)]


def _speaking(document: Document, sentence: int, words: Sayings) -> list[Token]:
    """The verbs of a sentence that may speak of what was told before them, whatever that was."""
    kept: dict[int, list[Token]] = document.memory[_speaking]
    if sentence not in kept:
        verbs = (t for t in document.sentence_tokens(sentence) if t.upos == "VERB")
        closing = _closing_cues(document)
        kept[sentence] = [v for v in verbs if v.start not in closing and _may_speak(document, v, words)]
    return kept[sentence]


def _closing_cues(document: Document) -> frozenset[int]:
    """Where cues stand that end a sentence which says itself what was said: "It is shut, it was announced by X"."""
    kept: frozenset[int] | None = vars(document).get("_closing_cues")
    if kept is None:
        told = ((s, s.cue.start) for s in document.statements if s.cue is not None and not _inner(document, s))
        begins = [sentence.start for sentence in document.sentences]
        kept = frozenset(at for s, at in told if begins[s.sentence] <= s.content.start and s.content.end <= at)
        vars(document)["_closing_cues"] = kept
    return kept


def _inner(document: Document, statement: Statement) -> bool:
    """As in "The news, first reported by X, …": a participle that hangs on the news ends no sentence."""
    cue = document.tokens_between(statement.cue.start, statement.cue.end) if statement.cue is not None else []
    return any(t.deprel == "acl" for t in cue)


def _may_speak(document: Document, verb: Token, words: Sayings) -> bool:
    """A verb of saying that is not negated, or of arriving, as news do; not in the first or second person."""
    entry = verb_of(document, verb, words)
    arrives = lemma_of(verb) in words.words.get("arrive", ())
    if entry is None and not arrives and not _breaks(document, verb, words):
        return False
    if is_negated(document, verb, words) or not _may_refer(document, verb, words):
        return False
    return not {t.feats.get("Person", "3") for t in (verb, *document.children(verb, "aux"))} & {"1", "2"}


def _breaks(document: Document, verb: Token, words: Sayings) -> bool:
    """As in "la notizia, data per prima da X": what outlets do with news."""
    above = document.head(verb) if verb.deprel in ("acl", "conj") else None
    about = [*document.children(verb, "nsubj:pass"), *((above,) if above is not None else ())]
    told = any(lemma_of(t) in words.words.get("news", ()) for t in about)
    return told and lemma_of(verb) in words.words.get("breaking", ())


def _may_refer(document: Document, verb: Token, words: Sayings) -> bool:
    """Whether a verb has anything with it that may mean what was told: a pronoun, "the news", a participle's noun."""
    if (
        verb.deprel in ("acl", "acl:relcl", "conj")
        or takes_up(document, verb, words)
        or _cleft(document, verb)
        or belied(document, verb, words)
        or denies_all(document, verb, words)
    ):
        return True
    beside = document.children(verb, "obj", "nsubj", "expl", "iobj")
    return any(c.upos in ("PRON", "DET") or (c.upos == "NOUN" and _definite(document, c)) for c in beside)


def _parted(document: Document, trigger: Token, verb: Token) -> bool:
    """As in "The minister resigned; the palace confirmed it", "…: è quanto riferisce X": two sentences in one."""
    return any(t.text in ";:" for t in document.tokens[trigger.i + 1 : verb.i])


def _from_afar(document: Document, trigger: Token, words: Sayings) -> Iterator[tuple[Chain, bool]]:
    """As in "Macron met Xi. … … Beijing confirmed the meeting": later sentences that name the event by its noun."""
    for verb in _vouching(document, words).get(trigger.i, ()):
        far = verb.sentence > trigger.sentence + _AHEAD or _paragraphs(document, trigger.sentence, verb.sentence) > 1
        if far:
            yield from _of_the_news(document, trigger, verb, False, words)


def _vouching(document: Document, words: Sayings) -> dict[int, list[Token]]:
    """By the word of an event: the later verbs that vouch for it or contest it by its bare noun."""
    kept: dict[int, list[Token]] | None = vars(document).get("_vouching")
    if kept is None:
        kept = {}
        for verb in document.tokens:
            if verb.upos == "VERB" and _vouches(document, verb, words):
                for noun in document.children(verb, "obj", "nsubj:pass"):
                    told = _last_told(document, noun) if noun.upos == "NOUN" and _is_bare(document, noun) else None
                    if told is not None:
                        kept.setdefault(told.i, []).append(verb)
        vars(document)["_vouching"] = kept
    return kept


def _last_told(document: Document, noun: Token) -> Token | None:
    """The last word before the sentence of an event noun that speaks of such an event."""
    first = document.sentences[noun.sentence].first
    before = document.tokens[max(first - _FARTHEST, 0) : first]
    return next((t for t in reversed(before) if t.upos in ("NOUN", "VERB") and same_event(document, noun, t)), None)


def _vouches(document: Document, verb: Token, words: Sayings) -> bool:
    entry = verb_of(document, verb, words)
    if entry is None or is_negated(document, verb, words):
        return False
    return entry[1].stances.get("object", entry[1].stance) in _VOUCHING


def _is_bare(document: Document, noun: Token) -> bool:
    """With an article and nothing that says which: "the meeting", not "the meeting of donors"."""
    return _definite(document, noun) and not document.children(
        noun, "nmod", "nmod:poss", "det:poss", "acl", "acl:relcl"
    )


def _is_latest(document: Document, trigger: Token, noun: Token) -> bool:
    """Whether an event noun means the trigger: the last one before its sentence that speaks of such an event."""
    if not same_event(document, noun, trigger):
        return False
    between = document.tokens[trigger.i + 1 : document.sentences[noun.sentence].first]
    return not any(t.upos in ("NOUN", "VERB") and same_event(document, noun, t) for t in between)


def _in_other_words(document: Document, trigger: Token, verb: Token) -> bool:
    """Whether a verb stands in a quotation that the trigger is no part of."""
    return any(not holds(s, trigger) for s in _quotations(document, verb))


@once
def _quotations(document: Document, verb: Token) -> list[Statement]:
    """The quotations that a verb stands in."""
    return [s for s in document.statements if s.quoted and covers(s.content, verb)]


def _paragraphs(document: Document, first: int, last: int) -> int:
    between = document.text[document.sentences[first].end : document.sentences[last].start]
    return len([line for line in between.split("\n")[1:] if line.strip()]) + ("\n" in between)


def _of_the_news(
    document: Document, trigger: Token, verb: Token, same: bool, words: Sayings
) -> Iterator[tuple[Chain, bool]]:
    thing, entry = belied(document, verb, words), verb_of(document, verb, words)
    if thing is not None:
        yield from _denied(document, trigger, verb, thing, same, words)
    elif entry is None and _breaks(document, verb, words):
        by = agent(document, verb, words)
        if by is not None and _refers(document, trigger, verb, same, words):
            yield (Link(entity_id(document, by), "reports"),), False
    elif entry is None or is_impersonal(document, verb, words):
        if entry is None or not _compares(document, verb, entry[1]):
            yield from ((chain, False) for chain in _came_from(document, trigger, verb, same, words))
    elif not _compares(document, verb, entry[1]) and _refers(document, trigger, verb, same, words):
        for chain, relays in _said_so(document, verb, entry[1], same, words):
            yield chain, relays and not _uncovered(document, trigger, verb, words)


def _said_so(document: Document, verb: Token, entry: Verb, same: bool, words: Sayings) -> Iterator[tuple[Chain, bool]]:
    """The chain of a verb that speaks of a claim, and whether its source only relays what others say."""
    source, quoted = _who_says(document, verb, words), cited(document, verb, words)
    if source is None:
        if quoted:
            yield quoted, False
        return
    if not quoted:  # "…by the Daily, which cited two officials"
        beside = relative_after(document, noun_phrase(document, source)[1])
        if beside is not None and lemma_of(beside) in words.words.get("citing", ()):
            quoted = tuple(voice(document, c, words) for c in document.children(beside, "obj")[:1])
    stance, entity = entry.stances.get("object", entry.stance), entity_at(document, source)
    relays = entity is not None and entity.kind in _RELAYS and stance == "reports"
    if stance == "announces" and entity is not None and entity.kind == "outlet":
        stance = "reports"  # "la notizia, anticipata da X"
    link = Link(entity_id(document, source), stance)
    said = not is_passive(document, verb) or _of_pronoun(document, verb) or is_outlet(document, source)
    passed = (*quoters(document, source, words), *seen_by(document, source, words))
    yield without_repeats((*quoted, link, *passed)), relays and said and not same


def _uncovered(document: Document, trigger: Token, verb: Token, words: Sayings) -> bool:
    """As in "ha smentito di aver approvato i piani. A rivelarlo era stato X": X passes on no denial."""
    denied = any(s.stance == "denies" and holds(s, trigger) for s in document.statements)
    return denied and lemma_of(verb) in words.words.get("uncovering", ())


def _who_says(document: Document, verb: Token, words: Sayings) -> Token | None:
    """Who vouches for a claim or contests it, wherever the parse hangs whoever that is."""
    source = agent(document, verb, words) if is_passive(document, verb) else subject(document, verb, words)
    tail = takes_up(document, verb, words)
    if tail is not None and not is_passive(document, verb):  # "an allegation | the prison denies"
        source = next((t for t in reversed(document.tokens[tail.i + 1 : verb.i]) if t.upos in NOMINAL), source)
    if _cleft(document, verb):
        source = document.tokens[verb.head]
    if source is not None and source.lower in words.sources.get("quanto", ()):  # "è quanto si legge in un lancio di X"
        through = [c for c in document.children(verb, "obl") if lemma_of(c) in words.medium.get("nouns", ())]
        source = owner_of(document, through[0], words) if through else None
    if source is None:  # "Lo ha annunciato il ministero": a subject after its verb, read as an object
        source = next((c for c in document.children(verb, "obj") if c.i > verb.i and c.upos in ("NOUN", "PROPN")), None)
    return source


def _denied(
    document: Document, trigger: Token, verb: Token, thing: Token, same: bool, words: Sayings
) -> Iterator[tuple[Chain, bool]]:
    """As in "Kyiv said the report was incorrect": whoever says that the news is false."""
    near = _adjacent(document, trigger, verb, same and verb.deprel != "conj")
    charges = words.words.get("charges", ())
    if thing.upos == "NOUN" and lemma_of(thing) in charges:
        itself = same or lemma_of(trigger) in charges
        meant = near and not itself and _is_news(document, trigger, thing, verb, words)
    elif thing.upos == "NOUN":
        meant = _tells(document, trigger, thing, verb, same, words)
    else:
        named = thing.upos == "PRON" and thing.lower not in words.words.get("report_pronouns", ())
        meant = near and not named and (same or not _is_aside(document, trigger, verb))
    source = subject(document, verb, words)
    if meant and source is not None:
        yield (Link(entity_id(document, source), "denies"),), False


def _of_pronoun(document: Document, verb: Token) -> bool:
    """As in "That was reported by the agency"."""
    return any(c.upos == "PRON" for c in document.children(verb, "nsubj:pass"))


def _compares(document: Document, verb: Token, entry: Verb) -> bool:
    """As in "dismissed it as a stunt": a word for what the thing is says nothing of whether it happened."""
    beside = document.children(verb, "xcomp", "obl", "advcl")
    if entry.as_prepositions and "object" not in entry.frames:  # "called the claims baseless"
        return True
    return bool(entry.as_prepositions) and any(opens(document, c, entry.as_prepositions) for c in beside)


def _cleft(document: Document, verb: Token) -> bool:
    """As in "A riferirlo è stato X": an infinitive before a copula whose complement is the source."""
    head = document.head(verb)
    copular = head is not None and head.upos in ("NOUN", "PROPN") and bool(document.children(head, "cop", "aux"))
    return copular and verb.feats.get("VerbForm") == "Inf" and head is not None and head.i > verb.i


def _came_from(document: Document, trigger: Token, verb: Token, same: bool, words: Sayings) -> Iterator[Chain]:
    """As in "L'annuncio è arrivato con una nota del gruppo", "The news came from the ministry"."""
    news = next((c for c in document.children(verb, "nsubj") if _tells(document, trigger, c, verb, same, words)), None)
    arrives = lemma_of(verb) in words.words.get("arrive", ())
    if news is None and (arrives or is_impersonal(document, verb, words)):
        if not _refers(document, trigger, verb, same, words):
            return
    elif not arrives:
        return
    stance = words.nouns.get(lemma_of(news), "reports") if news is not None else "reports"
    for child in document.children(verb, "obl"):
        cases = {lemma_of(c) for c in document.children(child, "case")}
        if lemma_of(child) in words.medium.get("nouns", ()):
            owner = owner_of(document, child, words) or giver(document, child, words)
            if owner is not None:
                yield (Link(entity_id(document, owner), stance, entity_id(document, child)),)
        elif cases & words.words.get("from", frozenset()) and child.upos in ("NOUN", "PROPN"):
            yield (Link(entity_id(document, child), stance), *seen_by(document, child, words))


def _refers(document: Document, trigger: Token, verb: Token, same: bool, words: Sayings) -> bool:
    """Whether what a verb of saying speaks of is the claim: a pronoun, "the news", or the event's own noun."""
    tail = takes_up(document, verb, words)
    if tail is not None:
        return same and trigger.i < tail.i and not _is_aside(document, trigger, verb)
    if denies_all(document, verb, words):
        return is_contested(document, trigger, verb) and (same or _adjacent(document, trigger, verb, same))
    for child in document.children(verb, "obj", "nsubj:pass", "expl", "iobj"):
        if child.upos in ("PRON", "DET") and _is_it(document, verb, child, words):
            return _adjacent(document, trigger, verb, same) and not _is_aside(document, trigger, verb)
        if _tells(document, trigger, child, verb, same, words):
            return True
    if _cleft(document, verb):
        return _adjacent(document, trigger, verb, same) and not _is_aside(document, trigger, verb)
    head = document.head(verb)
    if head is not None and verb.deprel.startswith("acl") and document.children(head, "cop"):  # "è quanto riferisce X"
        return head.lower in words.words.get("report_pronouns", ()) and _adjacent(document, trigger, verb, same)
    if verb.deprel == "conj" and head is not None and head.deprel == "acl":
        head = document.head(head)
    if verb.deprel in ("acl", "conj") and head is not None and is_passive(document, verb):
        return _tells(document, trigger, head, verb, same, words)  # "la notizia, anticipata da X e confermata da Y"
    return False


def _tells(document: Document, trigger: Token, noun: Token, verb: Token, same: bool, words: Sayings) -> bool:
    """Whether a noun of a following sentence means the claim: "the news", or the event's own noun."""
    whose = any(c.feats.get("PronType") == "Rel" for c in document.children(noun))  # "X, le cui dichiarazioni…"
    if noun.upos != "NOUN" or same or whose or not _definite(document, noun) or is_refused(document, verb, noun):
        return False
    news = lemma_of(noun) in words.words.get("news", ()) and _adjacent(document, trigger, verb, same)
    named = lemma_of(noun) == lemma_of(trigger) or (_is_bare(document, noun) and _is_latest(document, trigger, noun))
    return named or (news and _is_news(document, trigger, noun, verb, words))


def _is_it(document: Document, verb: Token, pronoun: Token, words: Sayings) -> bool:
    """As in "denied it", "lo ha riferito X"; "la", "li" and "l'" only with verbs that confirm or contest."""
    if document.children(verb, "ccomp"):
        return False
    plain = pronoun.lower.rstrip("'’")
    entry = verb_of(document, verb, words)
    contested = entry is not None and entry[1].stance in ("confirms", "denies")
    return plain in words.words.get("report_pronouns", ()) or (
        contested and plain in words.words.get("contested_pronouns", ())
    )


def _is_news(document: Document, trigger: Token, news: Token, verb: Token, words: Sayings) -> bool:
    """Which claims "the news" means: those of what it is news of, else those that the sentence before asserts."""
    if _is_aside(document, trigger, verb):
        return False
    topic = owner_of(document, news, words)
    told = document.sentence_tokens(trigger.sentence)
    if topic is not None and any(akin(topic, t) for t in told):
        return akin(topic, trigger)
    if topic is not None and lemma_of(topic) in happenings(document.language):
        return False  # "la notizia del ritiro" is none of what the sentence before tells
    path = [trigger, *document.ancestors(trigger)]
    return not any(t.deprel in ("acl:relcl", "acl", "advcl") for t in path)


def _is_aside(document: Document, trigger: Token, verb: Token) -> bool:
    """Whether the sentence has somebody speak, and the trigger is no part of what is said."""
    here = [(s, s.cue) for s in document.statements if s.sentence == trigger.sentence and s.cue is not None]
    told = [(s, document.tokens_between(cue.start, cue.end)) for s, cue in here]
    told = [(s, cue) for s, cue in told if cue[0].upos != "NOUN" and not _is_cue_of(document, cue[0].start, verb)]
    main = [(s, cue) for s, cue in told if any(t.deprel == "root" for t in cue)]
    if not main and trigger.deprel == "root":
        return False  # "si sono sentiti per discutere di X. Lo riferisce…": that they did
    told = main or told  # "il ministro, che aveva chiesto X, ha negato Y. A rivelarlo…": Y
    return bool(told) and not any(holds(s, trigger) for s, _ in told)


def _is_cue_of(document: Document, start: int, verb: Token) -> bool:
    """Whether a cue that begins at an offset is the verb that speaks of the news."""
    return start >= min([verb.start, *(c.start for c in document.children(verb, "aux", "aux:pass"))])


def _adjacent(document: Document, trigger: Token, verb: Token, same: bool) -> bool:
    """A pronoun and "the news" speak of the sentence just before, or of what a semicolon parts them from."""
    if verb.sentence == trigger.sentence:
        return not same
    begins = document.sentences[verb.sentence].first
    return verb.sentence - trigger.sentence == 1 and not _parted(document, document.tokens[begins], verb)


def _definite(document: Document, noun: Token) -> bool:
    return any(
        c.feats.get("Definite") == "Def" or c.feats.get("PronType") == "Dem" for c in document.children(noun, "det")
    )
