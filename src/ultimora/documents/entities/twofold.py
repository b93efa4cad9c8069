"""Two names that a hyphen joins: "the Rossi-Bianchi call" is of two, Anna Rossi-Bianchi is one."""

from __future__ import annotations

from ultimora.documents.ellipsis import HYPHENS, pairing
from ultimora.types import Document

_NEXT = 2


def parting(document: Document, first: int, last: int, *, people: bool) -> int | None:
    """Where the hyphen stands by which the words ``[first, last)`` are two names; None where they are one.

    They are two if what they are said to have is had by two ("call", "summit"), or if the text names each without the
    other; and one if the text has them with their hyphen where nothing is said of two. What the model takes for no
    ``people`` must be named apart.
    """
    tokens = document.tokens
    at = [i for i in range(first + 1, last - 1) if tokens[i].text in HYPHENS]
    if len(at) != 1 or not all(tokens[i].text[:1].isupper() for i in (at[0] - 1, at[0] + 1)):
        return None
    both = _named_apart(document, at[0], last)
    return at[0] if both or (people and _is_of_two(document, last) and not _is_one(document, at[0])) else None


def _is_of_two(document: Document, last: int) -> bool:
    """Whether a noun follows that is said of two."""
    after = [t for t in document.tokens[last : last + _NEXT] if t.sentence == document.tokens[last - 1].sentence]
    return any(t.upos == "NOUN" and t.lower in pairing(document.language).nouns for t in after)


def _is_one(document: Document, at: int) -> bool:
    """Whether the same two words stand elsewhere with their hyphen, as somebody's name: "Anna Rossi-Bianchi said"."""
    left, right = document.tokens[at - 1].text, document.tokens[at + 1].text
    others = (t.i for t in document.tokens[1:-1] if t.i != at and t.text in HYPHENS)
    same = (i for i in others if (document.tokens[i - 1].text, document.tokens[i + 1].text) == (left, right))
    return any(not _is_of_two(document, i + 2) for i in same)


def _named_apart(document: Document, at: int, last: int) -> bool:
    """Whether the text has somebody called by the last word of each half elsewhere, with no hyphen beside it."""
    ends = {document.tokens[at - 1].text, document.tokens[last - 1].text}
    alone = set()
    for token in document.tokens:
        beside = document.tokens[max(token.i - 1, 0) : token.i + 2]
        if token.text in ends and token.ner.endswith("PER") and not any(t.text in HYPHENS for t in beside):
            alone.add(token.text)
    return alone == ends
