"""When a claim's event happened: the expression that governs it, else the sentence's, else tense and publication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from ultimora.claims import forms
from ultimora.claims.carriers import is_scheduling
from ultimora.claims.cues import lexicon
from ultimora.claims.moving import is_beside, mover
from ultimora.claims.syntax import acting, case_of, clause, feature, finite, is_counted_from, is_predicate, lemma
from ultimora.documents.statements.syntax import covers
from ultimora.documents.wordlists import words
from ultimora.types import Document, Status, Time, Token

_DAY = len("2025-10-16")

Origin = Literal["expression", "sentence", "published"]


@dataclass(frozen=True, slots=True)
class When:
    """The interval of a claim, the time that gave it, and how it was found."""

    time: str | None = None
    from_: str | None = None
    to: str | None = None
    origin: Origin | None = None


class Times:
    """The times of a document by sentence, each with the word that it hangs from."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._by_sentence: dict[int, list[tuple[Time, Token]]] = {}
        self._ends: set[str] = set()
        for time, end in pairwise([*document.times, None]):
            head = document.span_head(time.start, time.end) if time is not None else None
            if time is None or head is None or time.type not in {"DATE", "TIME"}:
                continue
            ranges = end is not None and self._ranges(time, end, head)
            if not ranges and self._is_start(head) and not self._is_to_come(time):
                continue
            if end is not None and ranges:
                self._ends.add(end.id)
            whole = replace(time, to=end.to) if end is not None and ranges else time
            self._by_sentence.setdefault(time.sentence, []).append((whole, _dated_by(document, head)))

    def _ranges(self, time: Time, end: Time, head: Token) -> bool:
        """Whether two times are the ends of one: "24-25 July", "from 3 to 5 May", "on the 3rd and 4th of May"."""
        if end.type != time.type or end.sentence != time.sentence or not (time.from_ and time.to and end.to):
            return False
        between = self._document.text[time.end : end.start].strip().lower()
        above = self._document.head(head)
        if above is not None and lemma(above) in words(self._document.language, "words", "moving"):
            return False  # "moved from the 3rd to the 5th"
        together = case_of(self._document, head) in words(self._document.language, "cases", "between")
        if between in words(self._document.language, "words", "and_then"):
            return together or end.from_ == time.to
        return between in words(self._document.language, "words", "to_then") and time.to <= end.to

    def _is_start(self, head: Token) -> bool:
        """As in "since January": when something began that has gone on, or from when it is counted."""
        return case_of(self._document, head) in words(self._document.language, "words", "since")

    def _is_to_come(self, time: Time) -> bool:
        """As in "from Monday" of what is still to come: it is when that happens."""
        published = self._document.published
        return published is not None and time.from_ is not None and time.from_[:10] > published.date().isoformat()

    def of(self, token: Token, carrier: Token | None) -> list[tuple[Time, Origin]]:
        """The times that the event of a token may have, the likeliest first."""
        times = self._by_sentence.get(token.sentence, [])
        times = [each for each in times if not _quoted_apart(self._document, each[1], token)] if times else times
        if not times:
            return []
        moving = mover(self._document, token)
        if moving is not None:
            return self._new_dates(times, moving)
        times = [each for each in times if each[0].id not in self._ends]
        own = [t.i for t in _chain(self._document, token, carrier)]
        governed = [
            (own.index(found), time) for time, head in times if (found := self._governor(head, own)) is not None
        ]
        if governed:
            return [(time, "expression") for time in self._closest(governed, token)]
        due = self._due(times, token)
        if due:
            return due
        loose = [time for time, head in times if self._belongs_to_main(head, token)]
        return [(time, "sentence") for time in loose[:1]] or self._around(token)

    def _new_dates(self, times: list[tuple[Time, Token]], moving: Token) -> list[tuple[Time, Origin]]:
        """Of what is put off or brought forward the new day counts; the old one is withdrawn."""
        markers = words(self._document.language, "cases", "moved_to")
        found = [(t, head) for t, head in times if moving.i in (self._governor(head, [moving.i]), self._started(head))]
        found = found or [(t, head) for t, head in times if is_beside(head, moving)]
        return [(time, "expression") for time, head in found if case_of(self._document, head) in markers]

    def _started(self, head: Token) -> int | None:
        """As in "rinviato dal 3 al 5 maggio": what governs the day before, where that is a beginning."""
        above = self._document.head(head)
        return above.head if above is not None and self._is_start(above) else None

    def _due(self, times: list[tuple[Time, Token]], event: Token) -> list[tuple[Time, Origin]]:
        """As in "announced a strike for Friday", "braces for a strike on Friday": the day is that of what is to
        come, not of the announcement.
        """
        verb, markers = self._document.head(event), words(self._document.language, "cases", "due")
        if verb is None or event.deprel not in {"obj", "nsubj:pass", "obl"}:
            return []
        preparing = lemma(verb) in words(self._document.language, "words", "preparing")
        if not preparing and (event.deprel == "obl" or not _reports(self._document, verb)):
            return []
        below = [(t, case_of(self._document, head)) for t, head in times if head.head == verb.i]
        found = [time for time, case in below if preparing or case in markers]
        return [(time, "expression") for time in found if self._is_to_come(time)]

    def _around(self, token: Token) -> list[tuple[Time, Origin]]:
        """As in "opened in 2021 when a worker died": the clause above, at about whose time this one happened."""
        above = self._document.head(token)
        if above is None or not _is_aside(self._document, token):
            return []
        own = [(time, head) for time, head in self._by_sentence[token.sentence] if self._governor(head, [above.i])]
        return [(time, "sentence") for time, _ in own] if _is_aside(self._document, token, "together") else []

    def is_framed(self, token: Token) -> bool:
        """Whether the clause above has a time of its own, about which this one happened: no tense dates it."""
        above = self._document.head(token)
        if above is None or not _is_aside(self._document, token):
            return False
        times = self._by_sentence.get(token.sentence, ())
        return any(self._governor(head, [above.i]) is not None for _, head in times)

    def _governor(self, head: Token, own: Sequence[int]) -> int | None:
        """The word of the event's own chain that the expression hangs from."""
        if head.i in own:
            return head.i
        at = head
        for _ in range(4):
            above = self._document.head(at)
            if above is None:
                return None
            if above.i in own:
                return above.i
            if (
                is_predicate(self._document, above)
                or at.deprel.startswith("acl")
                or is_counted_from(self._document, above)
                or self._is_start(above)  # "since the Nov. 15 shooting": the day is that of the shooting
            ):
                return None
            at = above
        return None

    def _closest(self, governed: list[tuple[int, Time]], token: Token) -> list[Time]:
        """The one nearest in the tree first; of several the most precise, then the nearest in the text."""
        ranked = sorted(
            governed, key=lambda g: (g[0], g[1].from_ is None, _length(g[1]), abs(g[1].start - token.start))
        )
        return [time for _, time in ranked]

    def _belongs_to_main(self, head: Token, token: Token) -> bool:
        """A time of the sentence that no other event claims: it frames the clause from outside."""
        above = clause(self._document, head)
        if above.i == head.i:
            return not head.deprel.startswith("acl")
        return not is_predicate(self._document, above) and above.i != token.i


def _quoted_apart(document: Document, head: Token, token: Token) -> bool:
    """As in "Trump sente Xi: «Accordo entro dicembre»": the day is of what is said."""
    said = (s.content for s in document.statements if s.quoted and s.sentence == token.sentence)
    return any(covers(span, head) and not covers(span, token) for span in said)


def _dated_by(document: Document, head: Token) -> Token:
    """As in "has released six people abducted on Nov. 4": a perfect has no date, what the participle tells has."""
    verb = clause(document, head)
    perfect = words(document.language, "words", "undated_perfect")
    dateless = any(lemma(t) in perfect and feature(t, "Tense") == "Pres" for t in document.children(verb, "aux"))
    if not dateless or head.i < verb.i:
        return head
    between = [t for t in document.tokens[verb.i + 1 : head.i] if t.deprel == "acl" and t.upos == "VERB"]
    return between[-1] if between and document.tokens[head.i - 1].text != "," else head


def _length(time: Time) -> int:
    return 0 if time.type == "TIME" else 2 if len(time.value) < 10 else 1


def _chain(document: Document, token: Token, carrier: Token | None) -> list[Token]:
    """The trigger and the words whose time is its own: the verb that carries it, and verbs of aspect or intention."""
    found = [token]
    if carrier is not None:
        found.append(carrier)
    found.extend(_raised(document, found[-1]))
    above = document.head(token)
    if token.deprel.startswith("nsubj") and above is not None:
        light = words(document.language, "words", "light")
        others = [t for t in document.children(above, "conj") if t.lemma.lower() in light]
        found.extend(t for t in others if not document.children(t, "nsubj"))
        due = document.children(above, "xcomp") if above.upos == "ADJ" else []  # "aid is due to arrive on Friday"
        found.extend(t for t in due if t.lemma.lower() in light)
    light = words(document.language, "words", "light")
    lent = light | words(document.language, "words", "scheduled")  # "the summit for which they had set aside Monday"
    found.extend(t for t in document.children(token, "acl:relcl") if t.lemma.lower() in lent)
    found.extend(t for t in document.children(token, "acl") if t.lower in lexicon(document.language).modifiers)
    clauses = [t for t in document.children(token, "advcl") if not forms.headline_infinitive(document, t)]
    found.extend(t for t in clauses if finite(document, t) is None)
    found.extend(t for t in document.children(token, "advcl") if _is_aside(document, t, "together"))
    if token.deprel == "advcl" and finite(document, token) is None:
        found.extend(t for t in [document.head(token)] if t is not None)
    if token.deprel == "acl:relcl" and _is_there(document, token):
        found.extend(t for t in [clause(document, document.tokens[token.head])] if t.i != token.i)
    if token.deprel == "conj" and not is_predicate(document, token):
        found.extend(t for t in [document.head(token)] if t is not None)
    if token.deprel == "conj" and is_predicate(document, token) and not _has_time_words(document, token):
        found.extend(t for t in [document.head(token)] if t is not None)
    return found


def _is_aside(document: Document, token: Token, kind: str = "aside") -> bool:
    """As in "after a worker was hurt", "as he closed his shop": a clause that tells when the main one happened."""
    marks = document.children(token, "mark", "advmod") if token.deprel == "advcl" else []
    return any(t.lower in words(document.language, "words", kind) for t in marks[:1])


def _is_there(document: Document, token: Token) -> bool:
    """As in "will fly on Monday to Riga, where he will meet": a clause that goes on with what happens there."""
    markers = words(document.language, "words", "there")
    return any(t.lower in markers for t in document.children(token, "advmod", "mark", "obl"))


def _raised(document: Document, token: Token) -> Iterator[Token]:
    at = token
    for _ in range(4):
        above = document.head(at)
        if above is None:
            return
        nominal = at.deprel.split(":")[0] in {"nsubj", "obj"} and not is_predicate(document, at)
        gathering = lemma(at) in words(document.language, "words", "gatherings")
        nominal = nominal or (gathering and acting(document, at) is not None)
        infinitive = at.deprel == "xcomp" and finite(document, at) is None
        appended = at.deprel == "cop" or _is_venue(document, at, above)
        if (nominal and is_predicate(document, above) and not _reports(document, above)) or infinitive or appended:
            yield above
        else:
            return
        at = above


def _is_venue(document: Document, at: Token, above: Token) -> bool:
    """As in "Lima was the scene on Monday of talks": what is held somewhere is held when that is its place."""
    hung = at.deprel in {"nmod", "obl"} and is_predicate(document, above)
    return hung and lemma(above) in words(document.language, "words", "venues")


def _reports(document: Document, verb: Token) -> bool:
    """Verbs whose own time says nothing about what they speak of; "is planned for Monday" says when it will be."""
    if is_scheduling(document, verb):
        return False
    return verb.lemma.lower() in words(document.language, "words", "apart")


def _has_time_words(document: Document, token: Token) -> bool:
    return any(t.deprel in {"obl:tmod", "advmod"} for t in document.children(token))


def fitting(
    published: datetime | None, found: Sequence[tuple[Time, Origin]], status: Status, past: bool
) -> tuple[Time, Origin] | None:
    """The first time that the event can have: what is planned is not over, what has happened is not still to come."""
    if published is None:
        return found[0] if found else None
    return next((each for each in found if _can_have(each[0], published, status, past)), None)


def _can_have(time: Time, published: datetime, status: Status, past: bool) -> bool:
    day = published.date().isoformat()
    over = time.to is not None and _is_over(time.to, published) and status == "planned"
    early = time.from_ is not None and time.from_[:10] > day and past and status == "occurred"
    return not over and not early


def _is_over(end: str, published: datetime) -> bool:
    """Whether a time ended before the publication: "Sunday afternoon" is still to come on Sunday at noon."""
    if len(end) == _DAY or published.tzinfo is None:
        return end[:_DAY] <= published.date().isoformat()
    moment = datetime.fromisoformat(end)
    return (moment if moment.tzinfo else moment.replace(tzinfo=published.tzinfo)) <= published


def interval(published: datetime | None, found: tuple[Time, Origin] | None, status: Status, dated: bool) -> When:
    """The claim's interval; ``dated`` says that without an expression the tense dates it."""
    if found is not None:
        time, origin = found
        return When(time.id, time.from_, time.to, origin)
    if not dated or published is None or status == "hypothetical":
        return When()
    day = published.date()
    if status == "planned":
        return When(None, day.isoformat(), None, "published")
    return When(None, day.isoformat(), (day + timedelta(days=1)).isoformat(), "published")


def past(published: datetime | None) -> When:
    """Some day before the publication."""
    return When(None, None, published.date().isoformat(), "published") if published is not None else When()


def retimed(published: datetime | None, when: When, status: Status) -> Status:
    """An event set after the publication is still to come, whatever its tense ("parte domani")."""
    if published is None or when.from_ is None or when.time is None or status not in {"occurred", "ongoing"}:
        return status
    return "planned" if when.from_[:10] > published.date().isoformat() else status
