"""The record as a schema.org LiveBlogPosting: an update for each event, each citing its NewsArticles."""

from __future__ import annotations

from typing import Any

from ultimora.answers.exporting import Exported, ExportedEvent
from ultimora.answers.types import Actor, Found, Reference
from ultimora.formats.export._words import dumped, known_at, title, urn, web

HELP = "a schema.org LiveBlogPosting: an update for each event, citing its NewsArticles"
SUFFIX = ".jsonld"
_ORGANISED = ("government", "organization", "armed_group", "outlet", "group")
_STATUS = {"called off": "EventCancelled", "denied": "EventCancelled", "moved": "EventRescheduled"}
Node = dict[str, Any]


def render(exported: Exported) -> bytes:
    """One LiveBlogPosting, its updates in the order in which they became known."""
    updates = sorted(
        (_update(e, exported.language) for e in exported.events), key=lambda u: (u["datePublished"], u["@id"])
    )
    head: Node = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "@id": urn("export", ",".join(exported.asked) or "record"),
        "headline": ", ".join(exported.asked) or "ultimora",
        "inLanguage": exported.language,
    }
    if updates:
        head |= {"coverageStartTime": updates[0]["datePublished"], "datePublished": updates[0]["datePublished"]}
        head |= {"coverageEndTime": max(u["dateModified"] for u in updates)}
        head |= {"dateModified": head["coverageEndTime"]}
    return dumped(head | {"liveBlogUpdate": updates})


def _update(exported: ExportedEvent, language: str) -> Node:
    event = exported.event
    known = known_at(event)
    articles = {r.article: r for r in reversed(event.references)}
    return {
        "@type": "BlogPosting",
        "@id": urn("event", event.event),
        "headline": title(event, language),
        "articleBody": event.references[0].sentence if event.references else "",
        "datePublished": known[0],
        "dateModified": known[-1],
        "about": _about(event, language),
        "citation": [_article(r) for _, r in sorted(articles.items())],
    }


def _about(event: Found, language: str) -> Node:
    status = _STATUS.get(event.outcome or "", "EventCancelled" if event.polarity == "negative" else "EventScheduled")
    about: Node = {
        "@type": "Event",
        "name": title(event, language),
        "startDate": event.from_,
        "endDate": event.to,
        "eventStatus": f"https://schema.org/{status}",
        "location": {"@type": "Place", "name": event.place.name} if event.place else None,
        "contributor": [_party(a) for a in (*event.actors, *event.recipients) if a.kind in (*_ORGANISED, "person")],
    }
    return {k: v for k, v in about.items() if v}


def _party(actor: Actor) -> Node:
    return {"@type": "Organization" if actor.kind in _ORGANISED else "Person", "name": actor.name}


def _article(reference: Reference) -> Node:
    article: Node = {
        "@type": "NewsArticle",
        "@id": urn("article", reference.article),
        "headline": reference.title or reference.sentence,
        "url": web(reference.url),
        "datePublished": reference.published,
        "inLanguage": reference.language,
        "publisher": {"@type": "Organization", "name": reference.outlet} if reference.outlet else None,
    }
    return {k: v for k, v in article.items() if v}
