"""What was said in some words, and the events that it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ultimora.answers.asking import Asking, nothing
from ultimora.answers.present import found
from ultimora.answers.timeline import kind_of
from ultimora.answers.types import SCHEMA, Found
from ultimora.record.actors import Who
from ultimora.record.indexing import Text, TextKind, search
from ultimora.record.types import KeptEvent, Revision


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence or statement with the words, where it stands, and the events that it speaks of."""

    kind: TextKind
    text: str
    source: str | None
    outlet: str | None
    title: str | None
    url: str | None
    language: str
    published: str | None
    known_at: str
    article: str
    events: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found, the newest first."""

    schema: str
    question: Literal["search"]
    asked: tuple[str, ...]
    as_of: str | None
    now: str
    hits: tuple[Hit, ...]


def find(
    asking: Asking,
    words: str,
    *,
    actor: str | None = None,
    event_type: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = 20,
) -> Hits:
    """Sentences, statements and events by their words.

    Args:
        asking: What is known, and when.
        words: All of them must be there; "a phrase" in quotation marks, the beginning of a word with a star.
        actor: Only where this actor takes part, or says so.
        event_type: Only what speaks of an event of this PLOVER type.
        since: Only what was told from this day on.
        until: Only what was told before this day.
        limit: How many, at most.

    Raises:
        NoAnswer: nothing was found.
    """
    who, kind = (asking.who(actor) if actor else None), kind_of(event_type)
    made: list[Hit] = []
    days = ((since or "")[:10] or None, (until or "")[:10] or None)
    for text in search(asking.loader.db, words, asking.as_of, *days):
        events = (
            asking.loader.events(asking.loader.saying(text.article, text.text_hash)) if text.kind == "sentence" else []
        )
        fitting = [e for e in events if _fits(e, who, kind)]
        speaks = who is not None and bool(text.source) and any(text.source == n for n in who.names)
        if (who or kind) and not fitting and not (speaks and kind is None):
            continue
        made.append(_hit(asking, text, fitting))
        if len(made) == limit:
            break
    if not made:
        raise nothing(asking, f"nothing that is known has the words {words!r}")
    asked = tuple(x for x in (words, actor, kind, since, until) if x)
    return Hits(SCHEMA, "search", asked, asking.as_of, asking.present, tuple(made))


def _fits(event: KeptEvent, who: Who | None, kind: str | None) -> bool:
    of_kind = kind is None or event.event_type == kind
    return of_kind and (who is None or any(who.matches(p) for p in event.parties))


def _hit(asking: Asking, text: Text, events: list[KeptEvent]) -> Hit:
    revision: Revision = asking.loader.revisions([text.revision])[text.revision]
    return Hit(
        kind=text.kind,
        text=text.text,
        source=text.source or None,
        outlet=revision.outlet,
        title=revision.title,
        url=revision.url,
        language=revision.language,
        published=revision.modified or revision.published,
        known_at=text.known_at,
        article=text.article,
        events=tuple(found(e) for e in events),
    )
