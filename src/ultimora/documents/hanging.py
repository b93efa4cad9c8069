"""The words of a sentence while they are being rehung, with what hangs from each at hand."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable

from ultimora.documents.parser import WordAnalysis

NOUNS = frozenset({"NOUN", "PROPN"})
VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})


class Hanging(list[WordAnalysis]):
    """A list of words that knows what hangs from each: looking for it costs the square of the length."""

    def __init__(self, found: Iterable[WordAnalysis]) -> None:
        super().__init__(found)
        self._below: dict[int, list[int]] = defaultdict(list)
        for i, word in enumerate(self):
            self._below[word.head].append(i)

    def __setitem__(self, i: int, word: WordAnalysis) -> None:  # type: ignore[override]
        head = self[i].head
        super().__setitem__(i, word)
        if word.head != head:
            self._below[head].remove(i)
            insort(self._below[word.head], i)

    def below(self, head: int, *deprels: str) -> list[int]:
        """The places of the words that hang from one, in order; with relations, of those alone."""
        below = self._below.get(head, ())
        return [i for i in below if self[i].deprel in deprels] if deprels else list(below)
