"""What is scheduled, and for when: phrases hung from the event that they date rather than from a neighbour of it.

- "Il colloquio arriva alla vigilia della visita di X a Y, in programma domani": the visit is what is planned, and its
  place too hangs from the visit.
- "L'incontro tra X e Y previsto per domani", "the talks with X scheduled for Friday": nobody is scheduled, but what
  they do; a participle goes with the noun that it agrees with.
- "A convoy is due to leave on Friday": the day is that of the leaving.
- "Nessun incontro è in programma tra X e Y": between whom it is goes with the event.
- "Si lavora a un vertice a Istanbul": a town right behind a gathering is where that is held.
- "The meeting planned for Thursday has been postponed, X said": of two verbs only the second is one.
- "Sciopero il 12 dicembre, il sindacato conferma": what a headline opens with is dated, not the clause behind it.

Which words say so lies in ``lexicon/syntax.toml`` (``words.schedules``, ``words.scheduled``), which nouns are events in
``lexicon/events.toml``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from ultimora.documents.hanging import SUBJECTS, Hanging
from ultimora.documents.parser import WordAnalysis
from ultimora.documents.wordlists import is_event
from ultimora.documents.wordlists import words as listed

_OBLIQUE = frozenset({"obl", "nmod"})
_OPENING = frozenset({"obl", "nmod", "obl:tmod", "advmod", "dislocated"})
_CLAUSES = frozenset({"acl", "acl:relcl"})
_NOMINAL = frozenset({"nmod", "conj", "appos", "flat", "compound"})
_AGREE = ("Gender", "Number")


def scheduled(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The analyses with dates and places hung from what is scheduled."""
    found = _about_to(words, found, language)
    found = _due(_planned(_behind_comma(words, _held(found, language), language), language), language)
    return _opening(words, _between(_reduced(found, language), language), language)


def _about_to(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """As in "aid is due to leave for Moldova": what is due is to leave, and whoever stands before is due."""
    adjectives, markers = listed(language, "mends", "due_adjectives"), listed(language, "mends", "due_to")
    result = list(found)
    for i in range(1, len(found) - 2):
        verb, quality = found[i + 2], found[i]
        if words[i].lower() not in adjectives or words[i + 1].lower() not in markers or quality.upos != "ADJ":
            continue
        beside = verb.head in (i, quality.head) and (verb.head, verb.deprel) != (i, "xcomp")
        if verb.upos != "VERB" or not beside:
            continue
        result[i + 2] = dataclasses.replace(verb, head=i, deprel="xcomp")
        for j, word in enumerate(found[:i]):
            if word.head == i + 2:
                result[j] = dataclasses.replace(word, head=i)
    return tuple(result)


def _opening(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    noun, verb = found[0], found[0].head
    comma = words.index(",") if "," in words else 0
    if not 0 < comma < verb or noun.deprel not in _OPENING | SUBJECTS or not is_event(noun, language):
        return found
    if not any(w.head == verb and w.deprel in SUBJECTS for w in found[comma:verb]):
        return found
    return tuple(
        dataclasses.replace(w, head=0, deprel="nmod")
        if 0 < i < comma and w.head == verb and w.deprel in _OPENING
        else w
        for i, w in enumerate(found)
    )


def _behind_comma(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    schedules = listed(language, "words", "schedules")
    result = list(found)
    for i, word in enumerate(found):
        if word.lemma in schedules and word.deprel in _OBLIQUE and i > 1 and words[i - 2] == ",":
            event = _event_before(found, i - 2, word.head, language)
            if event is None:
                continue
            for j in _moved(found, event, i, word.head):
                result[j] = dataclasses.replace(found[j], head=event, deprel="nmod")
    return tuple(result)


def _held(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """A town right behind a gathering, hung from the verb: where it is held, and not where that is said or wanted."""
    gatherings, where = listed(language, "words", "gatherings"), listed(language, "cases", "where")
    result = list(found)
    for i, word in enumerate(found):
        marked = i > 1 and found[i - 1].head == i and found[i - 1].deprel == "case" and found[i - 1].lemma in where
        if not marked or word.deprel != "obl" or word.upos != "PROPN" or not 0 <= word.head < i - 2:
            continue
        event = i - 3 if found[i - 2].head == i - 3 and found[i - 2].upos == "ADJ" else i - 2
        governed = found[event].head == word.head and found[event].deprel in ("obj", "obl", "nsubj", "nsubj:pass")
        if governed and found[event].lemma in gatherings:
            result[i] = dataclasses.replace(word, head=event, deprel="nmod")
    return tuple(result)


def _planned(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """As in "the postponement of the summit, scheduled for Monday": what was scheduled is the summit."""
    fixed, moves = listed(language, "words", "scheduled"), listed(language, "words", "moves")
    result = list(found)
    for i, word in enumerate(found):
        if not word.deprel.startswith("acl") or word.lemma not in fixed or word.head < 0:
            continue
        below = (j for j in range(word.head + 1, i) if found[j].head == word.head and found[j].deprel == "nmod")
        event = next((j for j in below if is_event(found[j], language)), None)
        if event is not None and found[word.head].lemma in moves:
            result[i] = dataclasses.replace(word, head=event)
    return tuple(result)


def _reduced(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """As in "the meeting planned for Thursday has been postponed, X said": of two verbs only the second is one."""
    result, hanging = list(found), Hanging(found)
    for i, word in enumerate(found):
        if word.upos != "VERB" or word.feats.get("Tense") == "Pres":
            continue
        noun = next((j for j in hanging.below(i, *SUBJECTS) if j < i), None)
        if noun is None or any(_under(hanging, i, each) for each in ("aux", "cop", "obj")):
            continue
        verb = _main(hanging, i, language)
        if verb is None:
            continue
        result[verb] = dataclasses.replace(found[verb], head=word.head, deprel=word.deprel)
        result[noun] = dataclasses.replace(found[noun], head=verb, deprel="nsubj:pass")
        result[i] = dataclasses.replace(word, head=noun, deprel="acl")
        begins = min(_under(hanging, verb, "aux"))
        for j in range(i + 1, len(found)):
            if found[j].head == verb and j < begins:
                result[j] = dataclasses.replace(found[j], head=i)
            elif found[j].head == i and j > verb:
                result[j] = dataclasses.replace(found[j], head=verb)
    return tuple(result)


def _main(found: Hanging, participle: int, language: str) -> int | None:
    """The verb behind a participle that was taken for the main one: in its place, or joined to it by nothing."""
    word = found[participle]
    for i in sorted({*found.below(word.head), *found.below(participle)}):
        if i <= participle or not _under(found, i, "aux") or _under(found, i, "nsubj"):
            continue
        beside = (found[i].head, found[i].deprel) == (word.head, word.deprel)
        if beside and word.lemma in listed(language, "words", "scheduled"):
            return i
        passive = bool(found.below(i, "aux:pass"))
        if found[i].head == participle and found[i].deprel == "conj" and passive and not _under(found, i, "cc"):
            return i
    return None


def _between(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """As in "Nessun incontro è in programma tra X e Y": between whom it is goes with the event, not with the agenda."""
    agendas, markers = listed(language, "words", "schedules"), listed(language, "cases", "between")
    result = list(found)
    for i, word in enumerate(found):
        at = word.head
        if not 0 <= at < i or found[at].lemma not in agendas:
            continue
        if not any(w.head == i and w.lemma in markers for w in found[at:i]):
            continue
        beside = (j for j in range(at) if found[j].head in (at, found[at].head) and is_event(found[j], language))
        event = next(beside, None)
        if event is not None and found[event].deprel.startswith("nsubj"):
            result[i] = dataclasses.replace(word, head=event, deprel="nmod")
    return tuple(result)


def _under(found: Hanging, i: int, relation: str) -> list[int]:
    return [j for j in found.below(i) if found[j].deprel.split(":")[0] == relation]


def _due(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    fixed, agenda = listed(language, "words", "scheduled"), listed(language, "words", "schedules")
    result = list(found)
    for i, word in enumerate(found):
        clause = word.deprel in _CLAUSES and word.lemma in fixed
        phrase = word.deprel == "nmod" and word.lemma in agenda
        below = found[word.head]
        if not (clause or phrase or _disagrees(word, below)) or is_event(below, language) or word.head > i:
            continue
        event = next((j for j in _nouns_above(found, word.head) if is_event(found[j], language)), None)
        if event is not None and not _disagrees(word, found[event]):
            result[i] = dataclasses.replace(word, head=event)
    return tuple(result)


def _disagrees(word: WordAnalysis, noun: WordAnalysis) -> bool:
    """Whether a participle behind a noun has another gender or number."""
    if word.deprel != "acl" or word.feats.get("VerbForm") != "Part" or noun.upos != "NOUN":
        return False
    return any(word.feats.get(f, noun.feats.get(f)) != noun.feats.get(f, word.feats.get(f)) for f in _AGREE)


def _nouns_above(found: Sequence[WordAnalysis], i: int) -> Iterator[int]:
    """The nouns that a noun hangs from, through other nouns alone."""
    while found[i].deprel.split(":")[0] in _NOMINAL and 0 <= found[i].head < i:
        i = found[i].head
        yield i


def _event_before(found: Sequence[WordAnalysis], comma: int, verb: int, language: str) -> int | None:
    """The last event noun between the verb and the comma."""
    return next((j for j in range(comma - 1, verb, -1) if is_event(found[j], language)), None)


def _moved(found: Sequence[WordAnalysis], event: int, last: int, verb: int) -> list[int]:
    """The phrases behind the event that hang from the verb, the last of them the one that was found."""
    return [j for j in range(event + 1, last + 1) if found[j].head == verb and found[j].deprel in _OBLIQUE]
