"""Where what is known of an event comes from, as W3C PROV-JSON: event ← claims ← articles, and who said so to whom."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from ultimora.answers.exporting import Exported, ExportedEvent
from ultimora.answers.types import Reference, Speaker
from ultimora.formats.export._words import dumped, title, web
from ultimora.record.facts import digest

HELP = "the chain from each event to its claims, articles, outlets and sources, as W3C PROV (PROV-JSON)"
SUFFIX = ".prov.json"
_PREFIXES = {"u": "urn:ultimora:", "event": "urn:ultimora:event:", "claim": "urn:ultimora:claim:",
             "article": "urn:ultimora:revision:", "agent": "urn:ultimora:agent:"}  # fmt: skip
Node = dict[str, Any]


def render(exported: Exported) -> bytes:
    """One PROV document for all events."""
    made = _Document(exported.language)
    for event in exported.events:
        made.event(event)
    return dumped({"prefix": _PREFIXES, **{kind: table for kind, table in made.tables.items() if table}})


class _Document:
    def __init__(self, language: str) -> None:
        self.language = language
        names = (
            "entity",
            "agent",
            "wasDerivedFrom",
            "wasAttributedTo",
            "actedOnBehalfOf",
            "wasInvalidatedBy",
            "wasGeneratedBy",
        )
        self.tables: dict[str, Node] = {name: {} for name in names}

    def event(self, exported: ExportedEvent) -> None:
        event = exported.event
        ident = f"event:{event.event}"
        state = ", ".join((event.status, event.polarity, event.certainty))
        self.tables["entity"][ident] = {"prov:label": title(event, self.language), "u:state": state}
        for reference in event.references:
            self.claim(ident, reference)

    def claim(self, event: str, reference: Reference) -> None:
        ident, article = f"claim:{reference.claim}", f"article:{reference.revision}"
        self.tables["entity"][ident] = {"prov:label": reference.sentence, "u:rule": reference.rule}
        self.tables["entity"][article] = _article(reference)
        self.relate("wasDerivedFrom", event, ident, "prov:generatedEntity", "prov:usedEntity")
        quoted = {"prov:type": {"$": "prov:Quotation", "type": "prov:QUALIFIED_NAME"}}
        self.relate("wasDerivedFrom", ident, article, "prov:generatedEntity", "prov:usedEntity", quoted)
        self.relate("wasGeneratedBy", ident, None, "prov:entity", "prov:activity", {"prov:time": reference.known_at})
        if reference.withdrawn_at:
            gone = {"prov:time": reference.withdrawn_at}
            self.relate("wasInvalidatedBy", ident, None, "prov:entity", "prov:activity", gone)
        outlet = self.agent(reference.outlet or reference.url or reference.article, "prov:Organization")
        self.relate("wasAttributedTo", article, outlet, "prov:entity", "prov:agent")
        for chain in reference.sources:
            self.chain(ident, chain)

    def chain(self, claim: str, chain: tuple[Speaker, ...]) -> None:
        """Whoever is nearest the facts says so; everyone after passes the word of the one before on."""
        agents = [self.agent(link.name) for link in chain]
        for agent, link in zip(agents[:1], chain[:1], strict=True):
            self.relate("wasAttributedTo", claim, agent, "prov:entity", "prov:agent", {"u:stance": link.stance})
        for nearer, farther in pairwise(agents):
            self.relate("actedOnBehalfOf", farther, nearer, "prov:delegate", "prov:responsible")

    def agent(self, name: str, kind: str | None = None) -> str:
        ident = f"agent:{digest('agent', name)}"
        node: Node = {"prov:label": name}
        if kind:
            node["prov:type"] = {"$": kind, "type": "prov:QUALIFIED_NAME"}
        self.tables["agent"][ident] = self.tables["agent"].get(ident, {}) | node
        return ident

    def relate(self, kind: str, one: str, other: str | None, a: str, b: str, more: Node | None = None) -> None:
        found = {a: one} | ({b: other} if other else {}) | (more or {})
        self.tables[kind][f"_:{digest(kind, found)}"] = found


def _article(reference: Reference) -> Node:
    node = {
        "prov:label": reference.title,
        "prov:location": web(reference.url),
        "u:published": reference.published,
        "u:language": reference.language,
    }
    return {k: v for k, v in node.items() if v}
