"""How a reading looks in a notebook: a table of its events. Knows the names of the fields alone: types use it."""

from __future__ import annotations

from html import escape
from typing import Any

_HEADS = ("from", "to", "event", "actors", "recipients", "status", "certainty")


class EventTable:
    """Adds ``_repr_html_`` to a reading."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        reading: Any = self
        names = {entity.id: entity.name for entity in reading.entities}
        title = reading.article.title or " ".join(reading.text.split())[:120]
        rows = "".join(_row(event, names) for event in reading.events if event.event_type)
        heads = "".join(f"<th>{head}</th>" for head in _HEADS)
        return f"<table><caption>{escape(title)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _row(event: Any, names: dict[str, str]) -> str:
    kind = ".".join(filter(None, (event.event_type, event.mode)))
    status = event.status if event.polarity == "positive" else f"not {event.status}"
    parties = (", ".join(names[i] for i in ids) for ids in (event.actors, event.recipients))
    cells = (event.from_ or "", event.to or "", kind, *parties, status, event.certainty)
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
