"""A statement while it is being put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ultimora.types import Document, Stance, Token


@dataclass(slots=True)
class Draft:
    """What is known of a statement so far. ``cue`` is the word of saying; ``carried``: its speaker was named before."""

    content: tuple[int, int]
    cue: Token | None
    cue_span: tuple[int, int] | None
    source: Token | None
    source_span: tuple[int, int] | None
    stance: Stance
    quoted: bool = False
    direct: bool = False
    carried: bool = False
    dropped: bool = False
    weak: bool = False
    frame: str = ""
    passive: bool = False
    said: int = 0


class Shelf:
    """Drafts by the sentences that their contents touch, so that only neighbours are compared."""

    def __init__(self, document: Document, drafts: Iterable[Draft] = ()) -> None:
        self._document = document
        self._by_sentence: dict[int, list[Draft]] = defaultdict(list)
        for draft in drafts:
            self.add(draft)

    def add(self, draft: Draft) -> None:
        """Put a draft with each sentence of its content."""
        touched = {t.sentence for t in self._document.tokens_between(*draft.content)}
        for sentence in sorted(touched):
            self._by_sentence[sentence].append(draft)

    def near(self, offset: int) -> list[Draft]:
        """The drafts whose contents touch the sentence at an offset."""
        tokens = self._document.tokens_between(offset, offset + 1)
        return self._by_sentence.get(tokens[0].sentence, []) if tokens else []


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """How many characters two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def likeness(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Intersection over union."""
    shared = overlap(a, b)
    return shared / max(1, (a[1] - a[0]) + (b[1] - b[0]) - shared)
