"""Encode sentences with their labels and put them into batches of similar length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import torch
from torch import Tensor

from training.treebanks import Sentence
from ultimora.documents.lemma_scripts import make_script
from ultimora.documents.pieces import UNKNOWN, WordPieces

IGNORED = -100
PAD = 1
CHOICES = ("upos", "deprels", "ner", "events", "roles")


@dataclass
class Batch:
    """Tensors of one batch; position 0 of the word axis is the root."""

    ids: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    present: Tensor
    heads: Tensor
    deprels: Tensor
    upos: Tensor
    feats: Tensor
    scripts: Tensor
    ner: Tensor
    events: Tensor
    told: Tensor
    roles: Tensor


class Encoder:
    """Turn sentences into label indices; what is not annotated becomes IGNORED."""

    def __init__(self, labels: dict[str, Any], pieces: WordPieces) -> None:
        self.pieces = pieces
        self.index = {
            key: {v: i for i, v in enumerate(labels[key])} for key in ("upos", "deprels", "ner", "events", "roles")
        }
        self.scripts = {script: i for i, script in enumerate(labels["lemma_scripts"])}
        self.feats = {key: {value: i for i, value in enumerate(values)} for key, values in labels["feats"].items()}

    def length(self, sentence: Sentence) -> int:
        return 2 + sum(len(self.pieces.word(word)) for word in sentence.words)

    def batch(self, sentences: Sequence[Sentence]) -> Batch:
        """Encode and pad."""
        encoded = [self.pieces.sentence(sentence.words) for sentence in sentences]
        rows, words = len(sentences), max(len(first) for _, first, _ in encoded)
        pieces = max(len(ids) for ids, _, _ in encoded)

        def grid(width: int, fill: int) -> Tensor:
            return torch.full((rows, width), fill, dtype=torch.long)

        b = Batch(grid(pieces, PAD), torch.zeros(rows, pieces, dtype=torch.bool), grid(words, 0), grid(words, 0),
                  torch.zeros(rows, words, dtype=torch.bool), *(grid(words, IGNORED) for _ in range(3)),
                  torch.full((rows, words, len(self.feats)), IGNORED), *(grid(words, IGNORED) for _ in "abc"),
                  *empty_roles(sentences, words),
        )  # fmt: skip
        for row, (sentence, (ids, first, last)) in enumerate(zip(sentences, encoded, strict=True)):
            b.ids[row, : len(ids)] = torch.tensor(ids)
            b.mask[row, : len(ids)] = True
            b.first[row, : len(first)] = torch.tensor(first)
            b.last[row, : len(last)] = torch.tensor(last)
            b.present[row, : len(first)] = True
            self._label(b, row, sentence)
        self._take_part(b, sentences)
        return b

    def _take_part(self, b: Batch, sentences: Sequence[Sentence]) -> None:
        """Note what each word is to each word that speaks of an event."""
        told = ((row, *each) for row, sentence in enumerate(sentences) for each in sentence.roles)
        for number, (row, place, tags) in enumerate(told):
            b.told[number] = torch.tensor([row, place + 1])
            end = len(sentences[row].words) + 1
            b.roles[number, 1:end] = self._indices("roles", tags[: end - 1])

    def _label(self, b: Batch, row: int, sentence: Sentence) -> None:
        end = len(sentence.words) + 1
        if sentence.heads:
            b.heads[row, 1:end] = torch.tensor(sentence.heads)
            b.deprels[row, 1:end] = self._indices("deprels", sentence.deprels)
            b.upos[row, 1:end] = self._indices("upos", sentence.upos)
            b.feats[row, 1:end] = torch.tensor([self._feats(feats, sentence.unknown) for feats in sentence.feats])
        if sentence.lemmas and sentence.language in {"it", "en"}:
            pairs = zip(sentence.words, sentence.lemmas, strict=True)
            b.scripts[row, 1:end] = torch.tensor([self.scripts.get(make_script(w, x), IGNORED) for w, x in pairs])
        if sentence.ner:
            b.ner[row, 1:end] = self._indices("ner", sentence.ner)
        if sentence.events:
            b.events[row, 1:end] = self._indices("events", sentence.events)

    def _indices(self, key: str, values: list[str]) -> Tensor:
        return torch.tensor([self.index[key].get(value, IGNORED) for value in values])

    def _feats(self, feats: dict[str, str], unknown: list[str]) -> list[int]:
        return [IGNORED if key in unknown and key not in feats else values.get(feats.get(key, ""), IGNORED)
                for key, values in self.feats.items()]  # fmt: skip


def empty_roles(sentences: Sequence[Sentence], words: int) -> tuple[Tensor, Tensor]:
    """Row and place of each word that speaks of an event, and what all words of its row are to it, still unknown."""
    count = sum(len(sentence.roles) for sentence in sentences)
    return torch.zeros(count, 2, dtype=torch.long), torch.full((count, words), IGNORED)


def plan(lengths: Sequence[int], budget: int, rng: Random | None) -> list[list[int]]:
    """Group sentence numbers so that no batch exceeds `budget` padded pieces; shuffled if a generator is given."""
    jitter = rng.random if rng else lambda: 0.0
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + 4 * jitter())
    groups: list[list[int]] = []
    current: list[int] = []
    for number in order:
        if current and lengths[number] * (len(current) + 1) > budget:
            groups.append(current)
            current = []
        current.append(number)
    groups.append(current)
    if rng:
        rng.shuffle(groups)
    return groups


def drop_pieces(ids: Tensor, rate: float) -> Tensor:
    """Hide some pieces behind the unknown piece."""
    return ids.masked_fill((torch.rand(ids.shape) < rate) & (ids > UNKNOWN), UNKNOWN)


def sample(sentences: Sequence[Sentence], weights: dict[str, float], rng: Random) -> Iterator[Sentence]:
    """Repeat each source by its weight: 2.5 means twice, and once more for every second sentence."""
    for sentence in sentences:
        weight = weights.get(sentence.source, 1.0)
        for _ in range(int(weight) + (rng.random() < weight % 1)):
            yield sentence
