"""What several formats say of an event in the same words: its headline, its row in a table, its identifiers."""

from __future__ import annotations

import json
import re
from typing import Any

from ultimora import languages, ontology
from ultimora.answers.types import Found, Reference

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
COLUMNS = (
    "event", "type", "mode", "predicate", "actors", "recipients", "place", "country", "from", "to", "status",
    "polarity", "certainty", "disputed", "withdrawn", "outcome", "moved_to", "quad", "score", "numbers", "origins",
    "outlets", "claims", "first_known", "last_known", "sentence", "url",
)  # fmt: skip


def urn(kind: str, ident: str) -> str:
    """An identifier that holds outside this record's file."""
    return f"urn:ultimora:{kind}:{ident}"


def title(event: Found, language: str) -> str:
    """What happens between whom and where, in few words of a language."""
    labels = languages.load(language).table("labels")
    kind = str(labels["event_type"].get(event.event_type or "", event.predicate))
    mode = f" ({labels['mode'].get(event.mode, event.mode)})" if event.mode else ""
    who = ", ".join(a.name for a in event.actors)
    to = ", ".join(a.name for a in event.recipients)
    known = ontology.load().get(event.event_type or "")
    sign = " – " if known is not None and known.reciprocal else " → "
    parties = sign.join(part for part in (who, to) if part)
    place = f" · {event.place.name}" if event.place else ""
    return f"{kind}{mode}{f': {parties}' if parties else ''}{place}"


def row(event: Found, origins: int) -> dict[str, Any]:
    """An event, with how many independent origins it has, as one row of a table; lists stay lists."""
    best = event.references[0] if event.references else None
    in_order = sorted(event.references, key=lambda r: (r.known_at, r.claim))
    known = [r.known_at for r in in_order]
    kind = event.event_type
    values = (
        event.event,
        kind,
        event.mode,
        event.predicate,
        [a.name for a in event.actors],
        [a.name for a in event.recipients],
        event.place.name if event.place else None,
        event.place.country if event.place else None,
        event.from_,
        event.to,
        event.status,
        event.polarity,
        event.certainty,
        event.disputed,
        event.withdrawn,
        event.outcome,
        event.moved_to,
        ontology.load()[kind].quad if kind else None,
        ontology.score(kind, event.mode) if kind else None,
        [" ".join(n.text.split()) for n in event.numbers],
        origins,
        list(dict.fromkeys(r.outlet for r in in_order if r.outlet)),
        len(event.references),
        known[0] if known else None,
        known[-1] if known else None,
        best.sentence if best else None,
        best.url if best else None,
    )
    return dict(zip(COLUMNS, values, strict=True))


def known_at(event: Found) -> list[str]:
    """The instants at which an event came to stand as it stood from then on, the first first."""
    return [s.known_at for s in event.history] or sorted(r.known_at for r in event.references)


def web(address: str | None) -> str | None:
    """An address that may be linked to: of the web, and nothing else."""
    return address if address and re.match(r"https?://", address, re.IGNORECASE) else None


def clean(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def cited(reference: Reference) -> str:
    """A sentence with its outlet and date."""
    facts = [reference.outlet, (reference.published or "")[:16].replace("T", " "), web(reference.url)]
    return f"“{reference.sentence}” ({', '.join(f for f in facts if f)})"


def dumped(value: Any) -> bytes:
    """JSON that is safe inside a page of HTML too."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return (text + "\n").encode("utf-8", "backslashreplace")
