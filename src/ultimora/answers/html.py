"""An answer as a small HTML table for notebooks. Everything that comes from an article is escaped."""

from __future__ import annotations

from html import escape

from ultimora.answers.asking import when
from ultimora.answers.present import distinct
from ultimora.answers.types import Answer, Found, Reference

_COLUMNS = ("when", "what", "who", "state", "rests on")


def table(answer: Answer) -> str:
    """The answer's events, one a row, with the sentences that they rest on."""
    head = "".join(f"<th>{escape(c)}</th>" for c in _COLUMNS)
    rows = "".join(_row(event) for event in answer.events)
    notes = "".join(f"<li>{escape(note.text)}</li>" for note in answer.notes)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" + (
        f"<ul>{notes}</ul>" if notes else ""
    )


def _row(event: Found) -> str:
    what = f"{event.event_type or event.predicate}{f' ({event.mode})' if event.mode else ''}"
    who = ", ".join(a.name for a in event.actors)
    who += f" → {', '.join(a.name for a in event.recipients)}" if event.recipients else ""
    cells = [when(event.from_, event.to), what, who, f"{event.status}, {event.polarity}, {event.certainty}"]
    said = "<br>".join(_reference(r) for r in distinct(event.references)[:3])
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + f"<td>{said}</td></tr>"


def _reference(reference: Reference) -> str:
    outlet = escape(", ".join(x for x in (reference.outlet, reference.published) if x))
    safe = reference.url if reference.url and reference.url.startswith(("https://", "http://")) else None
    link = f'<a href="{escape(safe, quote=True)}">{outlet or "article"}</a>' if safe else outlet
    return f"<q>{escape(reference.sentence)}</q> {link}"
