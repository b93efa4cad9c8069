"""An article's text with what was read in it: claims, times and actors, each a link or a title. Everything escaped."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ultimora.answers.articles import ArticleAnswer
from ultimora.desk.words import Words
from ultimora.types import Reading, ReadSentence

_MOST_WORDS = 4000
_NEAR = 12


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its part of the page and its text, marked."""

    part: str
    html: Markup


@dataclass(frozen=True, slots=True)
class _Note:
    """Something marked: from where to where, how it ranks where several overlap, and how it is written."""

    start: int
    end: int
    rank: int
    write: Callable[[str], Markup]


def paragraphs(answer: ArticleAnswer, words: Words, link: Callable[..., str]) -> list[Paragraph]:
    """The text of the revision shown, by paragraphs."""
    reading = answer.reading
    notes = [*_claims(answer, words, link), *_times(reading, words), *_actors(reading, words, link)]
    pieces = sorted(_flat(notes), key=lambda n: n.start)
    anchors: dict[int, list[str]] = {}
    for claim in reading.claims:
        anchors.setdefault(claim.sentence, []).append(answer.claims[claim.id])
    return [
        Paragraph(
            block[0].part, Markup(" ").join(_sentence(s, reading.text, pieces, anchors.get(s.id, ())) for s in block)
        )
        for block in _blocks(reading)
    ]


def _blocks(reading: Reading) -> Iterator[list[ReadSentence]]:
    """Sentences that stand in one paragraph."""
    block: list[ReadSentence] = []
    for sentence in reading.sentences:
        apart = block and (
            sentence.part != block[-1].part or "\n" in reading.text[block[-1].end - 1 : sentence.start + 1]
        )
        if apart:
            yield block
            block = []
        block.append(sentence)
    if block:
        yield block


def _sentence(sentence: ReadSentence, text: str, pieces: Sequence[_Note], anchors: Iterable[str]) -> Markup:
    made = [Markup('<span class="anchor" id="k-{}"></span>').format(a) for a in dict.fromkeys(anchors)]
    at = sentence.start
    for note in pieces[_first(pieces, sentence.start) :]:
        start, end = max(note.start, at), min(note.end, sentence.end)
        if note.start >= sentence.end:
            break
        if start < end:
            made += [escape(text[at:start]), note.write(text[start:end])]
            at = end
    made.append(escape(text[at : sentence.end].rstrip()))
    return Markup('<span class="s" id="s{}">{}</span>').format(sentence.id, Markup("").join(made))


def _first(pieces: Sequence[_Note], start: int) -> int:
    from bisect import bisect_right

    return max(bisect_right(pieces, start, key=lambda n: n.start) - 1, 0)


def _flat(notes: Sequence[_Note]) -> list[_Note]:
    """Notes that do not overlap: of two, the one that ranks higher stands, then the longer."""
    taken: list[_Note] = []
    used = bytearray(max((n.end for n in notes), default=0) + 1)
    for note in sorted(notes, key=lambda n: (n.rank, n.start - n.end, n.start)):
        if note.end > note.start and not any(used[note.start : note.end]):
            used[note.start : note.end] = b"\x01" * (note.end - note.start)
            taken.append(note)
    return taken


def _claims(answer: ArticleAnswer, words: Words, link: Callable[..., str]) -> Iterator[_Note]:
    for claim in answer.reading.claims:
        event = answer.events.get(claim.id)
        mark = claim.status
        if claim.polarity == "negative":
            mark = "called_off" if claim.status == "planned" else "negative"  # type: ignore[assignment]
        title = f"{words.kind(claim.event_type, claim.mode, claim.predicate)}: {words.one('mark', mark)}"
        title += f" · {words.when(claim.from_, claim.to)}"
        kind = "typed" if claim.event_type else "untyped"

        def write(
            text: str, event: str | None = event, mark: str = mark, title: str = title, kind: str = kind
        ) -> Markup:
            if event is None:
                return Markup('<span class="m claim {} {}" title="{}">{}</span>').format(kind, mark, title, text)
            address = link(f"/event/{event}")
            return Markup('<a class="m claim {} {}" href="{}" title="{}">{}</a>').format(
                kind, mark, address, title, text
            )

        yield _Note(claim.trigger.start, claim.trigger.end, 0 if claim.event_type else 1, write)


def _times(reading: Reading, words: Words) -> Iterator[_Note]:
    for time in reading.times:
        title = words.when(time.from_, time.to) if time.from_ or time.to else time.value

        def write(text: str, title: str = title) -> Markup:
            return Markup('<span class="m time" title="{}">{}</span>').format(title, text)

        yield _Note(time.start, time.end, 2, write)


def _actors(reading: Reading, words: Words, link: Callable[..., str]) -> Iterator[_Note]:
    for entity in reading.entities:
        role = entity.roles[0].title if entity.roles else None
        title = ", ".join(x for x in (entity.name, role, words("unnamed") if entity.anonymous else None) if x)
        linked = not entity.anonymous and entity.kind not in ("weapon", "document", "other")
        address = link("/actor", name=entity.name) if linked else None

        def write(text: str, title: str = title, address: str | None = address) -> Markup:
            if address is None:
                return Markup('<span class="m actor" title="{}">{}</span>').format(title, text)
            return Markup('<a class="m actor" href="{}" title="{}">{}</a>').format(address, title, text)

        for mention in entity.mentions:
            if mention.form != "pronoun":
                yield _Note(mention.start, mention.end, 3, write)


# --- differences ----------------------------------------------------------------------------------------------------


def differences(before: str, after: str) -> list[Markup]:
    """The paragraphs of a text, with what came (``ins``) and what went (``del``) since another one."""
    old, new = _paragraphs(before), _paragraphs(after)
    made: list[Markup] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        made += [escape(p) for p in new[c:d]] if kind == "equal" else _replaced(old[a:b], new[c:d])
    return made


def _replaced(old: list[str], new: list[str]) -> Iterator[Markup]:
    """Paragraphs in place of others: each beside the next old one that is like it."""
    at = 0
    for text in new:
        like = next((i for i in range(at, min(at + _NEAR, len(old))) if _alike(old[i], text)), None)
        if like is None:
            yield Markup("<ins>{}</ins>").format(text)
            continue
        for gone in old[at:like]:
            yield Markup("<del>{}</del>").format(gone)
        yield changed(old[like], text)
        at = like + 1
    for gone in old[at:]:
        yield Markup("<del>{}</del>").format(gone)


def _alike(old: str, new: str) -> bool:
    first, second = old.split(), new.split()
    shared = len(set(first) & set(second))
    return 2 * shared >= min(len(set(first)), len(set(second))) and shared > 0


def _paragraphs(text: str) -> list[str]:
    return [" ".join(p.split()) for p in text.split("\n") if p.strip()]


def changed(before: str, after: str) -> Markup:
    """A text with the words that came and went."""
    old, new = before.split(), after.split()
    if len(old) + len(new) > _MOST_WORDS:
        return Markup("<del>{}</del> <ins>{}</ins>").format(before, after)
    parts: list[Markup] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        went, came = " ".join(old[a:b]), " ".join(new[c:d])
        if kind == "equal":
            parts.append(escape(came))
            continue
        parts += [Markup("<del>{}</del>").format(went)] if went else []
        parts += [Markup("<ins>{}</ins>").format(came)] if came else []
    return Markup(" ").join(parts)
