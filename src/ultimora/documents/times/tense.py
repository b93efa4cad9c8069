"""Which way a sentence looks from the moment of writing: to the past (-1), to the future (1), or neither (0).

A present only hints at the future (2): "the summit opens Friday".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cache

from ultimora import languages
from ultimora.documents.wordlists import words as listed
from ultimora.types import Document, Token

PAST, NEITHER, FUTURE, WEAK = -1, 0, 1, 2
_CLAUSES = ("ccomp", "parataxis", "csubj")
_REACH, _BEHIND, _COMMA = 400, 4, 24


@cache
def _cues(tag: str) -> dict[str, re.Pattern[str]]:
    table = languages.load(tag).table("lexicon/tense")
    names = ("past", "future", "present")
    return {name: re.compile("|".join(table.get(name, ())) or "(?!)", re.IGNORECASE) for name in names}


@cache
def _governors(tag: str) -> frozenset[str]:
    return frozenset(languages.load(tag).table("lexicon/tense").get("future_governors", ()))


@cache
def _going_back(tag: str) -> frozenset[str]:
    return frozenset(languages.load(tag).table("lexicon/tense").get("going_back", ()))


@cache
def _wishing(tag: str) -> frozenset[str]:
    return frozenset(languages.load(tag).table("lexicon/tense").get("wishing", ()))


@cache
def _ahead(tag: str) -> frozenset[str]:
    return frozenset(languages.load(tag).table("lexicon/tense").get("ahead", ()))


@cache
def _auxiliaries(tag: str) -> frozenset[str]:
    return frozenset(languages.load(tag).table("lexicon/tense").get("future_auxiliaries", ()))


def by_words(text: str, tag: str, bounds: Callable[[int], tuple[int, int]]) -> Callable[[int, int], int]:
    """The tense by the nearest word that tells it, before or after the expression in its sentence."""
    cues = _cues(tag)

    def tense(start: int, end: int) -> int:
        low, high = bounds(start)
        before, after = text[max(low, start - _REACH) : start], text[end : min(high, end + _REACH)]
        return _nearest(before, after, cues)

    return tense


def _nearest(before: str, after: str, cues: dict[str, re.Pattern[str]]) -> int:
    """The direction of the nearest cue; one behind counts a little less, a present only where there is no other."""
    found: list[tuple[int, int]] = []
    for name, direction in (("past", PAST), ("future", FUTURE), ("present", FUTURE * WEAK)):
        weight = 2 * _REACH if name == "present" else 0
        ends = [cue.end() for cue in cues[name].finditer(before)]
        if ends:
            found.append((_distance(before[ends[-1] :]) + weight, -direction))
        first = cues[name].search(after)
        if first:
            found.append((_distance(after[: first.start()]) + weight + _BEHIND, -direction))
    return -min(found, default=(0, NEITHER))[1]


def _distance(between: str) -> int:
    """How far a cue is: a comma stands for another clause."""
    return len(between) + (_COMMA if "," in between else 0)


def by_syntax(document: Document) -> Callable[[int, int], int]:
    """The tense of the verb that governs the expression; by words where there is no analysis."""
    starts = [s.start for s in document.sentences]

    def bounds(offset: int) -> tuple[int, int]:
        at = max(bisect_right(starts, offset) - 1, 0)
        sentence = document.sentences[at]
        return sentence.start, sentence.end

    words = by_words(document.text, document.language, bounds) if document.sentences else _untold

    def alone(start: int, end: int) -> int:
        told = _governing(document, start, end)
        return told if told in (PAST, FUTURE) else words(start, end) or told

    def tense(start: int, end: int) -> int:
        again = _told_again(document, start, end) if document.sentences else None
        return alone(start, end) or (alone(*again) if again else NEITHER)

    return tense


def behind(document: Document) -> Callable[[int, int], bool]:
    """Whether what is dated came before what is told: "era stata presa venerdì", "had been taken on Friday"."""
    having = languages.load(document.language).table("lexicon/tense").get("pluperfect_auxiliaries", {})

    def is_behind(start: int, end: int) -> bool:
        head = document.span_head(start, end)
        verbs = (t for t in (head, *document.ancestors(head)) if t.upos == "VERB") if head is not None else iter(())
        verb = next(verbs, None)
        finite = [t for t in document.children(verb, "aux") if t.feats.get("VerbForm") == "Fin"] if verb else []
        return any(t.feats.get("Tense") == having.get(t.lemma.lower(), "") for t in finite)

    return is_behind


def _told_again(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """Where the text below a headline has the headline's expression again: "Corteo lunedì", "sfileranno lunedì"."""
    below = next((s.start for s in document.sentences if s.part != "title"), None)
    if below is None or document.sentence_at(start).part != "title":
        return None
    found = re.compile(rf"\b{re.escape(document.text[start:end])}\b", re.IGNORECASE).search(document.text, below)
    return found.span() if found else None


def _untold(_start: int, _end: int) -> int:
    return NEITHER


def _governing(document: Document, start: int, end: int) -> int:
    """The tense of the nearest verb above the expression; ``WEAK`` times the tense where it only hints."""
    head = document.span_head(start, end)
    if head is None or head.upos == "X":
        return NEITHER
    nearest = True
    if any(t.lower in _ahead(document.language) for t in document.children(head, "case")):
        return FUTURE  # "called a strike for Monday", "ha convocato le parti per lunedì"
    if (above := document.head(head)) is not None and (
        _is_headline_plan(document, above)
        or _is_to_come(document, above)
        or _is_new_day(document, head, above)
        or _is_called_for(document, head, above)
    ):
        return FUTURE
    for token in (head, *document.ancestors(head)):
        if token.upos in ("VERB", "AUX") or document.children(token, "cop"):
            told = _told(document, token)
            if told in (PAST, FUTURE) or (told and nearest):
                return told
            nearest = False
        if token.deprel.split(":")[0] in _CLAUSES:
            return NEITHER
    return NEITHER


def _told(document: Document, verb: Token) -> int:
    """What a verb with its auxiliaries tells, 0 for a form without tense."""
    group = [verb, *document.children(verb, "aux", "cop")]
    feats = [token.feats for token in group]
    words = {token.lemma.lower() for token in group[1:]} | {token.lower for token in group[1:]}
    if words & _auxiliaries(document.language) or any(f.get("Tense") == "Fut" for f in feats):
        return FUTURE
    if verb.lemma in _going_back(document.language):
        return PAST  # "l'ultima visita risale ad aprile", "the last one dates to April"
    if any(f.get("Tense") in ("Past", "Imp") and f.get("VerbForm") != "Part" for f in feats):
        return FUTURE * WEAK if verb.lemma in _governors(document.language) else PAST
    if verb.lemma in _governors(document.language):
        return FUTURE
    if verb.feats.get("VerbForm") == "Part":
        return _participle(group)
    if len(group) == 1 and feats[0].get("Mood") == "Sub" and feats[0].get("Tense") == "Pres":
        return FUTURE  # "non è escluso che si incontrino sabato"
    present = any(f.get("VerbForm") == "Fin" and f.get("Tense") == "Pres" for f in feats)
    return FUTURE * WEAK if present and len(group) == 1 else NEITHER


def _is_to_come(document: Document, verb: Token) -> bool:
    """As in "voted to strike from April 7", "ha deciso di scioperare lunedì": later than whoever wants it spoke."""
    if verb.feats.get("VerbForm") != "Inf" or verb.deprel not in ("xcomp", "acl", "advcl"):
        return False
    above, marks = document.head(verb), document.children(verb, "mark")
    perfect = any(t.feats.get("VerbForm") == "Inf" for t in document.children(verb, "aux"))
    return bool(marks) and not perfect and above is not None and above.base in _wishing(document.language)


def _is_new_day(document: Document, head: Token, verb: Token) -> bool:
    """As in "the talks were moved to Monday": what is put off is still to come."""
    markers = listed(document.language, "cases", "moved_to")
    to = any(t.lower in markers for t in document.children(head, "case"))
    return to and verb.base in listed(document.language, "words", "moving")


def _is_called_for(document: Document, head: Token, verb: Token) -> bool:
    """As in "Unions have called a march in Berlin on Tuesday": the day behind what is called is its own."""
    called = verb if verb.upos == "VERB" else document.head(verb)
    if called is None or called.base not in listed(document.language, "words", "calling"):
        return False
    off = document.children(called, "compound:prt")
    things = document.children(called, "obj")
    return not off and any(t.i < head.i and t.base in listed(document.language, "words", "gatherings") for t in things)


def _is_headline_plan(document: Document, verb: Token) -> bool:
    """As in "Unions to march on Tuesday": an infinitive that has a subject and nothing above it."""
    plain = verb.feats.get("VerbForm") == "Inf" and verb.deprel == "root"
    return plain and bool(document.children(verb, "mark") and document.children(verb, "nsubj"))


def _participle(group: Sequence[Token]) -> int:
    """A perfect or a bare past participle tells the past; a passive in the present or the infinitive does not."""
    verb, others = group[0], group[1:]
    if not others and verb.deprel in ("xcomp", "amod"):
        return NEITHER
    if verb.feats.get("Tense", "Past") != "Past":
        return NEITHER
    infinitives = [token for token in others if token.feats.get("VerbForm") == "Inf"]
    if infinitives:
        return FUTURE if all(token.deprel == "aux:pass" for token in infinitives) else PAST
    return NEITHER if others and _passive_present(group) else PAST


def _passive_present(group: Sequence[Token]) -> bool:
    """A passive in the present ("viene aperto"), which tells no past."""
    return all(token.deprel == "aux:pass" and token.feats.get("Tense") == "Pres" for token in group[1:])


def sentence_bounds(ends: Sequence[int], starts: Sequence[int]) -> Callable[[int], tuple[int, int]]:
    """Looks up the sentence of an offset."""

    def bounds(offset: int) -> tuple[int, int]:
        at = min(bisect_left(ends, offset + 1), len(ends) - 1)
        return starts[at], ends[at]

    return bounds
