"""Temporal expressions: found by rules that are data, resolved as a newsroom reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from functools import lru_cache, partial

from ultimora.dating import told_at
from ultimora.documents.times import tense as tenses
from ultimora.documents.times.calendar import Interval
from ultimora.documents.times.engine import Expression, Passage, Reader
from ultimora.documents.times.lexicon import Lexicon, load
from ultimora.documents.times.published import publication_from_text
from ultimora.types import Document, Time

__all__ = ["find_times", "publication_from_text", "tag_text"]

_SENTENCE = re.compile(r"\n+|(?<=\w[\w)\]\"'”»][.!?…])[\"'”’»)]*\s+(?=[A-ZÀ-Ý\"'“‘«(\[])")


def find_times(document: Document) -> list[Time]:
    """The temporal expressions of a document, in order, resolved against its publication instant."""
    lexicon = load(document.language)
    passages = _passages(document.text, [(s.start, s.end) for s in document.sentences])
    moment, page = _moment(document), document.article.page
    told = partial(told_at, page, moment)
    reader = Reader(document.text, lexicon, moment, passages, tenses.by_syntax(document), told, tenses.behind(document))
    zone = _zone(document.published, lexicon)
    kept = (e for e in reader.expressions() if not _named(document, e))
    return [_time(i, e, document.text, document.sentence_at(e.start).id, zone) for i, e in enumerate(kept, 1)]


def _moment(document: Document) -> datetime | None:
    """The publication instant; midnight, which tells no time of day, where only the day is given."""
    given, moment = document.article.published, document.published
    only_day = given is not None and len(given.strip()) == len("2025-10-16")
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) if moment and only_day else moment


def _named(document: Document, expression: Expression) -> bool:
    """Whether the expression is part of a person's name."""
    inside = document.tokens_between(expression.start, expression.end)
    if len(inside) == 1 and inside[0].ner == "B-PER" and inside[0].deprel.split(":")[0] == "obl":
        after = document.tokens[inside[0].i + 1 : inside[0].i + 2]
        return any(token.ner == "I-PER" for token in after)  # "after Easter", but "after April Jones"
    return bool(inside) and all(token.ner.endswith("PER") for token in inside)


def tag_text(
    text: str, reference: datetime | None, language: str, *, sentences: Sequence[tuple[int, int]] | None = None
) -> list[Time]:
    """The temporal expressions of a plain text, without syntax.

    Args:
        text: the text.
        reference: the instant to resolve against; None leaves relative expressions unresolved.
        language: its language tag.
        sentences: offsets of its sentences, where known.
    """
    lexicon = load(language)
    spans = list(sentences) if sentences is not None else list(_split(text))
    passages = _passages(text, spans)
    bounds = tenses.sentence_bounds([p.end for p in passages], [p.start for p in passages])
    reader = Reader(text, lexicon, reference, passages, tenses.by_words(text, lexicon.tag, bounds))
    zone, at = _zone(reference, lexicon), reader.sentence_of
    return [_time(i, e, text, at(e.start), zone) for i, e in enumerate(reader.expressions(), 1)]


def _split(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _SENTENCE.finditer(text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _passages(text: str, spans: Iterable[tuple[int, int]]) -> list[Passage]:
    found: list[Passage] = []
    paragraph = 0
    for start, end in spans:
        if found and "\n" in text[found[-1].end : start]:
            paragraph += 1
        found.append(Passage(start, end, paragraph))
    return found or [Passage(0, len(text), 0)]


def _time(number: int, expression: Expression, text: str, sentence: int, zone: tzinfo | None) -> Time:
    start, end, meaning = expression.start, expression.end, expression.meaning
    covered = meaning.interval()
    first, last = _written(covered, zone) if covered else (None, None)
    words = text[start:end]
    return Time(f"t{number}", start, end, sentence, words, meaning.type, meaning.value, meaning.mod, first, last)


def _written(covered: Interval, zone: tzinfo | None) -> tuple[str, str]:
    """An interval's ends as dates where it covers whole days, else as instants in the outlet's zone."""
    if covered.whole:
        return covered.start.date().isoformat(), covered.end.date().isoformat()
    used = _offset(covered.zone) if covered.zone else zone
    return covered.start.replace(tzinfo=used).isoformat(), covered.end.replace(tzinfo=used).isoformat()


def _offset(written: str) -> tzinfo:
    return datetime.strptime(written, "%z").tzinfo or UTC


@lru_cache(maxsize=256)
def _outlet_zone(name: str | None, offset_at: datetime) -> tzinfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        zone = ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return offset_at.tzinfo
    try:
        same = zone and offset_at.astimezone(zone).utcoffset() == offset_at.utcoffset()
    except OverflowError:
        same = False
    return zone if same else offset_at.tzinfo


def _zone(reference: datetime | None, lexicon: Lexicon) -> tzinfo | None:
    """The outlet's time zone: the one named, or the language's own where its offset is the same at that instant."""
    if reference is None or reference.tzinfo is None:
        return None
    return reference.tzinfo if hasattr(reference.tzinfo, "key") else _outlet_zone(lexicon.zone, reference)
