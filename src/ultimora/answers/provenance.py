"""Where what we know comes from: what revisions changed, and who is behind an event."""

from __future__ import annotations

from ultimora.answers import present
from ultimora.answers.asking import Asking, nothing
from ultimora.answers.stories import one_story
from ultimora.answers.timeline import one_event
from ultimora.answers.types import SCHEMA, Change, Changes, Edit, IndependentOrigin, Relay, Sources
from ultimora.record.alignment import edits
from ultimora.record.changes import FactChange, Quote, Version, between, quotations
from ultimora.record.decide import current
from ultimora.record.origins import Origin, Strand
from ultimora.record.types import ClaimFacts, KeptEvent
from ultimora.types import Reading


def origins_of(asking: Asking, event: KeptEvent) -> tuple[IndependentOrigin, ...]:
    """The independent origins of an event, the first known first."""
    return tuple(_origin(o) for o in asking.origins(event))


def sources(asking: Asking, event: str) -> Sources:
    """The independent origins of an event, the first known first.

    Raises:
        NoAnswer: there is no such event.
    """
    kept = one_event(asking, event)
    return Sources(
        SCHEMA, "sources", (event,), asking.as_of, asking.present, present.found(kept), origins_of(asking, kept)
    )


def _origin(origin: Origin) -> IndependentOrigin:
    relays = tuple(map(_relay, origin.strands))
    outlets = tuple(dict.fromkeys(s.outlet for s in origin.strands))
    return IndependentOrigin(origin.name, origin.anonymous, outlets, relays)


def _relay(strand: Strand) -> Relay:
    return Relay(tuple(present.speaker(s) for s in strand.chain), present.reference(strand.claim))


def changes(
    asking: Asking,
    article: str | None = None,
    since: str | None = None,
    *,
    story: str | None = None,
    everything: bool = False,
) -> Changes:
    """What changed in facts from one revision of an article to the next.

    Args:
        asking: What is known, and when.
        article: An article's address, id or file, or the beginning of its id in the record; all articles, if not given.
        since: Only revisions that became known from then on.
        story: Only articles of this story.
        everything: Also events that PLOVER has no type for.

    Raises:
        NoAnswer: there is no such article, or nothing was revised.
    """
    idents = asking.loader.articles(article, since)
    if story is not None:
        mine = {a.article for a in one_story(asking, story).articles}
        idents = [i for i in idents if i in mine]
    found = [edit for ident in idents for edit in _edits(asking, ident, since, everything)]
    if not found:
        what = f"of {article!r} " if article else f"in the story {story!r} " if story else ""
        near = () if idents or article is None else ("give its address, its id, or its file",)
        raise nothing(asking, f"no revision {what}is known{f' since {since}' if since else ''}", near)
    asked = tuple(x for x in (article, story, since) if x)
    ordered = tuple(sorted(found, key=lambda e: (e.known_at, e.article)))
    return Changes(SCHEMA, "changes", asked, asking.as_of, asking.present, ordered)


def _edits(asking: Asking, article: str, since: str | None, everything: bool) -> list[Edit]:
    """The revisions that replaced another, in the order in which they became known."""
    made: list[Edit] = []
    before: Version | None = None
    for version in asking.loader.versions(article):
        if before is None:
            before = version
            continue
        if current((before.revision, version.revision)) is version.revision:
            if since is None or version.revision.known_at >= since:
                made.append(_edit(asking, before, version, everything))
            before = version
    return made


def _typed(change: FactChange) -> bool:
    return any(c is not None and c.event_type is not None for c in (change.before, change.after))


def _edit(asking: Asking, old: Version, new: Version, everything: bool) -> Edit:
    readings = [asking.loader.reading(v.revision.id) for v in (old, new)]
    sentences = edits(*map(_sentences, readings))
    facts = [_change(c) for c in between(old, new, sentences) if everything or _typed(c) or c.kind == "number changed"]
    quoted = [
        Change("quotation edited", "", after.speaker or "", before.words, after.words, before.words, after.words)
        for before, after in quotations(*map(_quotes, readings))
    ]
    revision = new.revision
    published = revision.modified or revision.published
    made = tuple(facts + quoted)
    return Edit(
        revision.article,
        revision.title,
        revision.outlet,
        revision.url,
        revision.known_at,
        published,
        made,
        sentences,
    )


def _sentences(reading: Reading) -> list[str]:
    return [" ".join(reading.text[s.start : s.end].split()) for s in reading.sentences]


def _quotes(reading: Reading) -> list[Quote]:
    names = {e.id: e.name for e in reading.entities}
    quoted = (s for s in reading.statements if s.quoted)
    return [
        Quote(names.get(s.source or ""), " ".join(reading.text[s.content.start : s.content.end].split()))
        for s in quoted
    ]


def _change(change: FactChange) -> Change:
    claim = change.after or change.before
    before, after = (c.text if c else None for c in (change.before, change.after))
    return Change(change.kind, change.event, _what(claim), change.old, change.new, before, after)


def _what(claim: ClaimFacts | None) -> str:
    if claim is None:
        return ""
    who, to = (", ".join(p.name for p in side) for side in (claim.actors, claim.recipients))
    return " ".join(x for x in (claim.event_type or claim.predicate, claim.mode, who, f"→ {to}" if to else "") if x)
