"""Where what we know comes from: what revisions changed, and who is behind an event."""

from __future__ import annotations

from ultimora.answers import present
from ultimora.answers.asking import Asking, nothing
from ultimora.answers.timeline import one_event
from ultimora.answers.types import SCHEMA, Change, Changes, Edit, IndependentOrigin, Relay, Sources
from ultimora.record.changes import FactChange, Version, between
from ultimora.record.decide import current
from ultimora.record.origins import Origin, Strand, origins
from ultimora.record.types import ClaimFacts, KeptEvent, Revision


def origins_of(event: KeptEvent) -> tuple[IndependentOrigin, ...]:
    """The independent origins of an event, the first known first."""
    return tuple(_origin(o) for o in origins(event))


def sources(asking: Asking, event: str) -> Sources:
    """The independent origins of an event, the first known first.

    Raises:
        NoAnswer: there is no such event.
    """
    kept = one_event(asking, event)
    return Sources(SCHEMA, "sources", (event,), asking.as_of, asking.present, present.found(kept), origins_of(kept))


def _origin(origin: Origin) -> IndependentOrigin:
    relays = tuple(
        Relay(tuple(present.speaker(s) for s in strand.chain), present.reference(strand.claim))
        for strand in origin.strands
    )
    outlets = tuple(dict.fromkeys(s.outlet for s in origin.strands))
    return IndependentOrigin(origin.name, origin.anonymous, outlets, relays)


def _relay(strand: Strand) -> Relay:
    return Relay(tuple(present.speaker(s) for s in strand.chain), present.reference(strand.claim))


def changes(
    asking: Asking, article: str | None = None, since: str | None = None, *, everything: bool = False
) -> Changes:
    """What changed in facts from one revision of an article to the next.

    Args:
        asking: What is known, and when.
        article: An article's address, id or file, or the beginning of its id in the record; all articles, if not given.
        since: Only revisions that became known from then on.
        everything: Also events that PLOVER has no type for.

    Raises:
        NoAnswer: there is no such article, or nothing was revised.
    """
    idents = asking.loader.articles(article)
    found = [edit for ident in idents for edit in _edits(asking, ident, everything)]
    edits = [edit for edit in found if since is None or edit.known_at >= since]
    if not edits:
        what = f"of {article!r} " if article else ""
        near = () if idents or article is None else ("give its address, its id, or its file",)
        raise nothing(asking, f"no revision {what}is known{f' since {since}' if since else ''}", near)
    asked = tuple(x for x in (article, since) if x)
    ordered = tuple(sorted(edits, key=lambda e: (e.known_at, e.article)))
    return Changes(SCHEMA, "changes", asked, asking.as_of, asking.present, ordered)


def _edits(asking: Asking, article: str, everything: bool) -> list[Edit]:
    """The revisions that replaced another, in the order in which they became known."""
    made: list[Edit] = []
    before: Version | None = None
    for version in asking.loader.versions(article):
        if before is None:
            before = version
            continue
        if current((before.revision, version.revision)) is version.revision:
            facts = between(before, version)
            made.append(_edit(version.revision, tuple(f for f in facts if everything or _typed(f))))
            before = version
    return made


def _typed(change: FactChange) -> bool:
    return any(c is not None and c.event_type is not None for c in (change.before, change.after))


def _edit(revision: Revision, changed: tuple[FactChange, ...]) -> Edit:
    facts = tuple(_change(c) for c in changed)
    published = revision.modified or revision.published
    return Edit(revision.article, revision.title, revision.outlet, revision.url, revision.known_at, published, facts)


def _change(change: FactChange) -> Change:
    claim = change.after or change.before
    before, after = (c.text if c else None for c in (change.before, change.after))
    return Change(change.kind, change.event, _what(claim), change.old, change.new, before, after)


def _what(claim: ClaimFacts | None) -> str:
    if claim is None:
        return ""
    who, to = (", ".join(p.name for p in side) for side in (claim.actors, claim.recipients))
    return " ".join(x for x in (claim.event_type or claim.predicate, claim.mode, who, f"→ {to}" if to else "") if x)
