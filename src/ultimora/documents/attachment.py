"""Phrases that a parser hangs from another word than the one they speak of.

- "Il colloquio arriva alla vigilia della visita di X a Y, in programma domani": the visit is what is planned, and its
  place too hangs from the visit. Which words say so lies in ``lexicon/syntax.toml`` (``words.schedules``), which nouns
  are events in ``lexicon/events.toml``.
- "Russia launched 37 missiles, the air force said, hitting gas plants": what follows the speaker goes on with what is
  said; "X will meet Y, Z said, adding that…" and "«…», wrote X, accusing Y" go on with who says it. Verbs of speech
  are in ``lexicon/sayings.toml``.
- "le vittime della frana che ha travolto le case": a relative clause speaks of the noun right before it where its verb
  agrees with that one alone.
- "denied reports by the site that somebody was hurt": the clause is what the reports say, whoever stands between.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from functools import cache

from ultimora import languages
from ultimora.documents.parser import WordAnalysis

_OBLIQUE = frozenset({"obl", "nmod"})
_CONTENT = frozenset({"ccomp", "acl", "acl:relcl", "obl", "advcl"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_CLOSING = frozenset('"”»')
_GERUND = frozenset({"Ger", "Part"})


def attached(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The analyses with such phrases hung from the word that they speak of."""
    found = _planned(_scheduled(words, found, language), language)
    return _agreeing(_told(_gone_on(words, found, language), language))


def _scheduled(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    schedules = languages.load(language).table("lexicon/syntax").get("words", {}).get("schedules", ())
    result = list(found)
    for i, word in enumerate(found):
        if word.lemma in schedules and word.deprel in _OBLIQUE and i > 1 and words[i - 2] == ",":
            event = _event_before(found, i - 2, word.head, language)
            if event is None:
                continue
            for j in _moved(found, event, i, word.head):
                result[j] = dataclasses.replace(found[j], head=event, deprel="nmod")
    return tuple(result)


def _planned(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """As in "the postponement of the summit, scheduled for Monday": what was scheduled is the summit."""
    known = languages.load(language).table("lexicon/syntax").get("words", {})
    result = list(found)
    for i, word in enumerate(found):
        if not word.deprel.startswith("acl") or word.lemma not in known.get("scheduled", ()) or word.head < 0:
            continue
        below = (j for j in range(word.head + 1, i) if found[j].head == word.head and found[j].deprel == "nmod")
        event = next((j for j in below if _is_event(found[j], language)), None)
        if event is not None and found[word.head].lemma in known.get("moves", ()):
            result[i] = dataclasses.replace(word, head=event)
    return tuple(result)


def _event_before(found: Sequence[WordAnalysis], comma: int, verb: int, language: str) -> int | None:
    """The last event noun between the verb and the comma."""
    nouns = languages.load(language).table("lexicon/events").get("nouns", ())
    return next((j for j in range(comma - 1, verb, -1) if found[j].upos == "NOUN" and found[j].lemma in nouns), None)


def _moved(found: Sequence[WordAnalysis], event: int, last: int, verb: int) -> list[int]:
    """The phrases behind the event that hang from the verb, the last of them the one that was found."""
    return [j for j in range(event + 1, last + 1) if found[j].head == verb and found[j].deprel in _OBLIQUE]


def _gone_on(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    saying = _saying(language)
    result = list(found)
    for i, word in enumerate(found):
        gerund = word.deprel == "advcl" and word.upos == "VERB" and word.feats.get("VerbForm") in _GERUND
        if not gerund or i == 0 or words[i - 1] != "," or word.lemma in _citing(language):
            continue
        said = next((j for j in range(i - 1, -1, -1) if _is_aside(found, j, saying)), None)
        if said is None:
            continue
        content = next(j for j, each in enumerate(found) if each.head == said and each.deprel == "ccomp")
        if word.head in (said, content):
            own = word.lemma in _speech(language) or any(words[k] in _CLOSING for k in range(content, said))
            result[i] = dataclasses.replace(word, head=said if own else content)
    return tuple(result)


def _told(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """Clauses and events hung from the noun whose content they are, whoever stands between the two."""
    known = languages.load(language).table("lexicon/sayings")
    nouns, said = known.get("nouns", {}), known.get("words", {})
    authors, topics = {*said.get("by", ()), *said.get("of", ())}, said.get("about", ())
    strong = known.get("sources", {}).get("strong", ())
    result = list(found)
    for i, word in enumerate(found):
        below = found[word.head]
        if word.deprel == "case" and below.deprel == "obl" and word.lemma in topics and _is_event(below, language):
            noun = next((n for n in _before(found, i) if found[n].lemma in nouns), None)
            if noun is not None and below.head == found[noun].head:
                result[word.head] = dataclasses.replace(below, head=noun, deprel="nmod")
        elif word.deprel == "case" and word.lemma in strong and below.feats.get("PronType") == "Rel":
            noun = next((n for n in _before(found, i) if found[n].lemma in nouns), None)
            if noun is not None and found[below.head].deprel == "acl:relcl":
                result[below.head] = dataclasses.replace(found[below.head], head=noun)
        elif word.deprel == "mark" and word.upos == "SCONJ" and below.deprel in _CONTENT:
            made = (n for n in _before(found, i) if found[n].lemma in nouns and found[n + 1].lemma in authors)
            noun = next((n for n in made if found[n + 1].deprel == "case"), None)
            if noun is not None and below.head in (found[noun + 1].head, *_above(found, noun)):
                author = found[noun + 1].head
                result[word.head] = dataclasses.replace(below, head=noun, deprel="acl")
                result[author] = dataclasses.replace(found[author], head=noun, deprel="nmod")
    return tuple(result)


def _before(found: Sequence[WordAnalysis], i: int) -> Iterator[int]:
    """The words before one, backwards, as far as the next verb or mark."""
    for j in range(i - 1, -1, -1):
        if found[j].upos in _VERBS or found[j].upos == "PUNCT":
            return
        yield j


def _above(found: Sequence[WordAnalysis], i: int) -> Iterator[int]:
    """The heads of a word, up to the root."""
    for _ in found:
        if found[i].head < 0:
            return
        i = found[i].head
        yield i


def _is_event(word: WordAnalysis, language: str) -> bool:
    return word.upos == "NOUN" and word.lemma in languages.load(language).table("lexicon/events").get("nouns", ())


def _agreeing(found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    """Relative clauses without another subject, hung from the noun before them if only that has their verb's number."""
    result = list(found)
    for i, word in enumerate(found[1:], 1):
        near, clause = found[i - 1], word.head
        if word.feats.get("PronType") != "Rel" or near.upos not in _NOUNS or found[clause].deprel != "acl:relcl":
            continue
        far = found[clause].head
        number = _number_of_verb(found, clause)
        others = any(w.head == clause and w.deprel.startswith("nsubj") and w is not word for w in found)
        if far in (i - 1, -1) or others or number is None:
            continue
        if near.feats.get("Number") == number != found[far].feats.get("Number", number):
            result[clause] = dataclasses.replace(found[clause], head=i - 1)
            result[i] = dataclasses.replace(word, deprel="nsubj") if word.deprel in ("obj", "nsubj") else word
    return tuple(result)


def _number_of_verb(found: Sequence[WordAnalysis], verb: int) -> str | None:
    """The number that a finite verb, or its auxiliary, is in."""
    finite = [w for i, w in enumerate(found) if w.feats.get("VerbForm") == "Fin" and verb in (i, w.head)]
    return finite[0].feats.get("Number") if finite else None


def _is_aside(found: Sequence[WordAnalysis], verb: int, saying: frozenset[str]) -> bool:
    """Whether a verb of speech stands behind what is said."""
    before = any(each.head == verb and each.deprel == "ccomp" and j < verb for j, each in enumerate(found))
    return before and found[verb].lemma in saying


@cache
def _speech(language: str) -> frozenset[str]:
    """Verbs of speech of any kind ("accusing", "blaming")."""
    return frozenset(v for g in languages.load(language).table("lexicon/sayings").get("verbs", ()) for v in g["lemmas"])


@cache
def _saying(language: str) -> frozenset[str]:
    groups = languages.load(language).table("lexicon/sayings").get("verbs", ())
    return frozenset(verb for group in groups if "clause" in group["frames"] for verb in group["lemmas"])


def _citing(language: str) -> frozenset[str]:
    """As in "…, citing a statement": whose words they are is looked for where the parser hangs it."""
    return frozenset(languages.load(language).table("lexicon/sayings").get("words", {}).get("citing", ()))
