"""A reading's times as TimeML: the text with its TIMEX3 elements, after the TimeML 1.2.1 annotation guidelines.

One document an article, on lines of its own, so that several can follow each other. The interval of
a time stands in the attributes ``begin`` and ``end`` of our own namespace, which TimeML has no place for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from ultimora.types import Reading, Time

NAMESPACE = "urn:ultimora:timeml"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(reading: Reading) -> str:
    """The article as one TimeML document; the document creation time is its publication, if known."""
    article = reading.article
    created = ""
    if article.published:
        kind = "TIME" if "T" in article.published else "DATE"
        attributes = {"tid": "t0", "type": kind, "value": article.published[:19], "functionInDocument": "CREATION_TIME"}
        created = f"<DCT><TIMEX3{_attributes(attributes)}>{_text(article.published)}</TIMEX3></DCT>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<TimeML xmlns:u="{NAMESPACE}"><DOCID>{_text(reading.id)}</DOCID>{created}'
        f"<TEXT>{_marked(reading)}</TEXT></TimeML>"
    )


def _marked(reading: Reading) -> str:
    found, at = [], 0
    for time in sorted(reading.times, key=lambda t: (t.start, -t.end)):
        if time.start < at:
            continue  # inside another one: TIMEX3 elements do not nest
        found += [_text(reading.text[at : time.start]), _element(time)]
        at = time.end
    return "".join([*found, _text(reading.text[at:])])


def _element(time: Time) -> str:
    attributes = {"tid": time.id, "type": time.type, "value": time.value, "mod": time.mod}
    attributes |= {"u:begin": time.from_, "u:end": time.to}
    return f"<TIMEX3{_attributes(attributes)}>{_text(time.text)}</TIMEX3>"


def _attributes(values: Mapping[str, str | None]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items() if value is not None)


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))
