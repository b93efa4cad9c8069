"""Word pieces: every word is encoded on its own, so a piece never crosses two words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

START, END, UNKNOWN = 0, 2, 3
MAX_PIECES = 12
MAX_CHARACTERS = 100
CACHE_SIZE = 50_000


class WordPieces:
    """Encode words with the cut Unigram vocabulary of the model."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(path))
        self._space = self._tokenizer.token_to_id("▁")
        self._cache: dict[str, tuple[int, ...]] = {}

    def word(self, word: str) -> tuple[int, ...]:
        """Return the pieces of one word: at least one, at most MAX_PIECES."""
        pieces = self._cache.get(word)
        if pieces is None:
            pieces = self._encode(word)
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            self._cache[word] = pieces
        return pieces

    def _encode(self, word: str) -> tuple[int, ...]:
        text = word[:MAX_CHARACTERS].encode("utf8", "replace").decode("utf8")  # lone surrogates
        ids = self._tokenizer.encode(text, add_special_tokens=False).ids
        if len(ids) > 1 and ids[0] == self._space:
            ids = ids[1:]
        if len(ids) > MAX_PIECES:  # the last piece carries the ending
            ids = [*ids[: MAX_PIECES - 1], ids[-1]]
        return tuple(ids) or (UNKNOWN,)

    def sentence(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        """Return the pieces of a sentence and the first and last piece of each word; position 0 is the root."""
        ids, first, last = [START], [0], [0]
        for word in words:
            pieces = self.word(word)
            first.append(len(ids))
            ids.extend(pieces)
            last.append(len(ids) - 1)
        ids.append(END)
        return ids, first, last
