"""The network: lower layers of the encoder, and heads for tags, features, lemmas, arcs, relations and names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from training.encoder_weights import EncoderWeights


@dataclass(frozen=True)
class Sizes:
    """Numbers of labels and widths of the heads."""

    layers: int
    upos: int
    deprels: int
    ner: int
    events: int
    roles: int
    scripts: int
    feats: tuple[int, ...]
    arc_width: int = 256
    relation_width: int = 128
    lemma_width: int = 256
    event_width: int = 384
    role_width: int = 128

    @staticmethod
    def of(labels: Mapping[str, Any], layers: int) -> Sizes:
        """Take the sizes from the label inventories."""
        feats = tuple(len(values) for values in labels["feats"].values())
        counts = (len(labels[key]) for key in ("upos", "deprels", "ner", "events", "roles", "lemma_scripts"))
        return Sizes(layers, *counts, feats)


class Layer(nn.Module):
    """One transformer layer with the normalisation after each block, as in BERT."""

    def __init__(self, hidden: int, heads: int, inner: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.attention_norm = nn.LayerNorm(hidden, epsilon)
        self.inner = nn.Linear(hidden, inner)
        self.outer = nn.Linear(inner, hidden)
        self.output_norm = nn.LayerNorm(hidden, epsilon)

    def load(self, weights: EncoderWeights, number: int) -> None:
        """Copy layer `number` of the pretrained encoder."""
        hidden, inner = self.out.in_features, self.inner.out_features

        def tensor(name: str, *shape: int) -> Tensor:
            return torch.from_numpy(weights.tensor(f"l{number}.{name}", shape))

        self.qkv.weight.data = torch.cat([tensor(f"{k}.w", hidden, hidden) for k in "qkv"])
        self.qkv.bias.data = torch.cat([tensor(f"{k}.b", hidden) for k in "qkv"])
        for module, name, out, into in (
            (self.out, "ao", hidden, hidden), (self.inner, "fi", inner, hidden), (self.outer, "fo", hidden, inner),
        ):  # fmt: skip
            module.weight.data = tensor(f"{name}.w", out, into)
            module.bias.data = tensor(f"{name}.b", out)
        for norm, name in ((self.attention_norm, "aln"), (self.output_norm, "oln")):
            norm.weight.data, norm.bias.data = tensor(f"{name}.w", hidden), tensor(f"{name}.b", hidden)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, hidden = x.shape
        query, key, value = self.qkv(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(2, 3) * query.shape[-1] ** -0.5  # PyTorch's own is slow going back, with a mask
        attended = (scores if mask is None else scores.masked_fill(~mask, -1e4)).softmax(-1).to(value.dtype) @ value
        attended = attended.transpose(1, 2).reshape(batch, length, hidden)
        x = self.attention_norm(x + thinned(self.out(attended), 0.1, self.training))
        return self.output_norm(x + thinned(self.outer(F.gelu(self.inner(x))), 0.1, self.training))


class Network(nn.Module):
    """Word vectors from the encoder, then one linear or biaffine head for each question."""

    def __init__(self, sizes: Sizes, weights: EncoderWeights, pieces: list[int]) -> None:
        super().__init__()
        shape = weights.shape
        hidden = shape.hidden
        table = weights.tensor("emb.word", (shape.vocabulary, hidden))[pieces]
        self.register_buffer("table", torch.from_numpy(table), persistent=False)
        self.positions = nn.Parameter(torch.from_numpy(weights.tensor("emb.pos", (shape.positions, hidden))))
        self.kind = nn.Parameter(torch.from_numpy(weights.tensor("emb.type", (hidden,))))
        self.input_norm = nn.LayerNorm(hidden, shape.epsilon)
        self.input_norm.weight.data = torch.from_numpy(weights.tensor("emb.ln.w", (hidden,)))
        self.input_norm.bias.data = torch.from_numpy(weights.tensor("emb.ln.b", (hidden,)))
        self.layers = nn.ModuleList(Layer(hidden, shape.heads, shape.inner, shape.epsilon) for _ in range(sizes.layers))
        for number, layer in enumerate(self.layers):
            layer.load(weights, number)  # type: ignore[operator]
        self._add_heads(sizes, hidden)

    def _add_heads(self, sizes: Sizes, hidden: int) -> None:
        self.sizes = sizes
        last = [0.0] * (sizes.layers - 1) + [2.0]
        self.mix = nn.Parameter(torch.tensor([last, last, [0.0] * sizes.layers]))  # syntax, tags, events
        self.upos = nn.Linear(hidden, sizes.upos)
        self.feats = nn.Linear(hidden, sum(sizes.feats))
        self.spelling = nn.Linear(3 * hidden, sizes.lemma_width)
        self.scripts = nn.Linear(sizes.lemma_width, sizes.scripts)
        self.ner = nn.Linear(hidden, sizes.ner)
        self.telling = nn.Linear(3 * hidden, sizes.event_width)
        self.events = nn.Linear(sizes.event_width, sizes.events)
        self.parts = nn.Linear(sizes.event_width, 2 * sizes.role_width)
        self.role = nn.Parameter(torch.randn(sizes.role_width + 1, sizes.roles * (sizes.role_width + 1)) * 0.02)
        self.projection = nn.Linear(hidden, 2 * sizes.arc_width + 2 * sizes.relation_width)
        self.arc = nn.Parameter(torch.zeros(sizes.arc_width + 1, sizes.arc_width))
        nn.init.orthogonal_(self.arc.data[: sizes.arc_width])
        self.arc.data *= 0.3
        self.relation = nn.Parameter(
            torch.randn(sizes.relation_width + 1, sizes.deprels * (sizes.relation_width + 1)) * 0.02
        )

    def embed(self, ids: Tensor) -> Tensor:
        """Look the pieces up in the frozen table."""
        return F.embedding(ids, self.table)  # type: ignore[arg-type]

    def words(self, embedded: Tensor, mask: Tensor | None, first: Tensor, last: Tensor) -> list[Tensor]:
        """Return three vectors a word, for syntax, for tags and for events: mean of first and last piece."""
        x = thinned(self.input_norm(embedded + self.positions[: embedded.shape[1]] + self.kind), 0.1, self.training)
        states = []
        for layer in self.layers:
            x = layer(x, mask)
            states.append(x)
        weights = self.mix.softmax(-1)
        mixed = [sum(w * state for w, state in zip(row, states, strict=True)) for row in weights]
        return [0.5 * (gather(state, first) + gather(state, last)) for state in mixed]  # type: ignore[arg-type]

    def tags(self, words: Tensor, embedded: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """Score parts of speech, features, lemma scripts and names; lemmas also see the spelling of the word."""
        words = thinned(words, 0.2, self.training)
        spelling = thinned(F.gelu(self.spelling(self.spelled(words, embedded, first, last))), 0.2, self.training)
        return self.upos(words), self.feats(words), self.scripts(spelling), self.ner(words)

    def spelled(self, words: Tensor, embedded: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Put the embeddings of the first and last piece beside the word: the upper layers forget the spelling."""
        pieces = F.layer_norm(embedded, [self.positions.shape[1]])
        return torch.cat([words, gather(pieces, first), gather(pieces, last)], -1)

    def told(self, words: Tensor, embedded: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """One vector a word for what it tells of events: like lemmas, they hang on the spelling, too."""
        words = F.layer_norm(words, [words.shape[2]])
        spelled = self.spelled(thinned(words, 0.2, self.training), embedded, first, last)
        return thinned(F.gelu(self.telling(spelled)), 0.3, self.training)

    def kinds(self, told: Tensor) -> Tensor:
        """Score the types of events that words speak of."""
        scores: Tensor = self.events(told)
        return scores

    def takers(self, told: Tensor) -> tuple[Tensor, Tensor]:
        """The sides of words as those that speak of events, and as those who take part: one product gives the roles."""
        parts = thinned(F.leaky_relu(self.parts(told), 0.1), 0.2, self.training)
        event, party = parts.split(self.sizes.role_width, -1)
        one = torch.ones_like(event[..., :1])
        sides = torch.cat([event, one], -1) @ self.role
        return sides.unflatten(-1, (self.sizes.roles, -1)), torch.cat([party, one], -1)

    def roles(self, told: Tensor, places: Tensor) -> Tensor:
        """Score what each word is to each of those at `places`, (row, place): (number, words, roles)."""
        sides, parties = self.takers(told)
        return parties[places[:, 0]] @ sides[places[:, 0], places[:, 1]].transpose(1, 2)

    def syntax(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Score arcs; return them with the dependent and head sides of the relations."""
        projected = self.projection(thinned(words, 0.2, self.training))
        projected = thinned(F.leaky_relu(projected, 0.1), 0.2, self.training)
        a, r = self.sizes.arc_width, self.sizes.relation_width
        dependent, head, relation_dependent, relation_head = projected.split([a, a, r, r], -1)
        one = torch.ones_like(dependent[..., :1])
        arcs = torch.cat([dependent, one], -1) @ self.arc @ head.transpose(1, 2)
        sides = torch.cat([relation_dependent, one], -1) @ self.relation
        return arcs, sides.unflatten(-1, (self.sizes.deprels, r + 1)), torch.cat([relation_head, one], -1)

    @staticmethod
    def relations(sides: Tensor, head_side: Tensor, heads: Tensor) -> Tensor:
        """Score the relations of each word to a given head."""
        return (sides * gather(head_side, heads)[:, :, None, :]).sum(-1)


def gather(states: Tensor, index: Tensor) -> Tensor:
    """Pick one vector for every index: (batch, n, width)."""
    return torch.gather(states, 1, index[:, :, None].expand(-1, -1, states.shape[2]))


_NOISE: dict[tuple[float, torch.dtype], Tensor] = {}


def thinned(x: Tensor, rate: float, training: bool) -> Tensor:
    """Dropout; its masks are cut at random places out of one long one, for drawing them took a fifth of a step."""
    if not training:
        return x
    if (rate, x.dtype) not in _NOISE:
        _NOISE[rate, x.dtype] = ((torch.rand(1 << 24) >= rate) / (1 - rate)).to(x.dtype)
    noise, size = _NOISE[rate, x.dtype], x.numel()
    start = int(torch.randint(len(noise) - size, (1,)))
    return x * noise[start : start + size].view(x.shape)
