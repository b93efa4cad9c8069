"""Second pass: train the lemma head alone on the vectors of a finished network, computed once.

Usage: python -m training.tune_lemmas WORK RUN/model.pt OUT.pt [--encoder FILE] [--epochs 6]
"""

from __future__ import annotations

import argparse
import random
import time
import tomllib
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from training.augment import vary
from training.batches import IGNORED, Encoder, plan
from training.network import Network
from training.prepare import read_sentences
from training.train import build, start_from
from training.treebanks import Sentence

SHARES = {"it_synthetic": 0.6, "en_synthetic": 0.25, "en_ewt": 0.4, "en_pud": 0.6}  # other Italian sources: all
COPIES = {"it_pud": 2, "it_parlamint": 2}
OPEN_CLASSES = ("VERB", "AUX", "NOUN", "ADJ", "PRON", "DET", "ADV", "PROPN", "NUM")
RATE, ROWS = 2e-3, 1024


def chosen(sentences: list[Sentence], rng: random.Random) -> list[Sentence]:
    """Italian and English sentences, in their usual and in varied spellings."""
    result = []
    for sentence in sentences:
        if sentence.language in {"it", "en"} and sentence.lemmas and rng.random() < SHARES.get(sentence.source, 1.0):
            result += [vary(sentence, rng) for _ in range(COPIES.get(sentence.source, 1))]
    return result


def vectors(network: Network, encoder: Encoder, sentences: list[Sentence], half: bool) -> tuple[Tensor, Tensor]:
    """Return what the lemma head sees for every word that teaches it something, and the scripts."""
    inputs, targets = [], []
    kept = torch.tensor([encoder.index["upos"][upos] for upos in OPEN_CLASSES])
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
        for group in plan([encoder.length(s) for s in sentences], 4000, None):
            b = encoder.batch([sentences[i] for i in group])
            embedded = network.embed(b.ids)
            _, tags = network.words(embedded, b.mask[:, None, None, :], b.first, b.last)
            mask = (b.scripts != IGNORED) & torch.isin(b.upos, kept)
            inputs.append(network.spelled(tags, embedded, b.first, b.last)[mask])
            targets.append(b.scripts[mask])
    return torch.cat(inputs), torch.cat(targets)


def tune(network: Network, inputs: Tensor, targets: Tensor, epochs: int, half: bool) -> None:
    """Train the two layers of the head."""
    parameters = [*network.spelling.parameters(), *network.scripts.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=RATE, fused=True)
    steps, step, begin = epochs * (len(inputs) // ROWS), 0, time.monotonic()
    for epoch in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for start in range(0, len(order) - ROWS + 1, ROWS):
            rows = order[start : start + ROWS]
            for group in optimiser.param_groups:
                group["lr"] = RATE * (1 - step / steps)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
                scores = network.scripts(F.dropout(F.gelu(network.spelling(F.dropout(inputs[rows], 0.1))), 0.2))
            loss = F.cross_entropy(scores.float(), targets[rows])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            total += loss.item() * ROWS / len(order)
            step += 1
        print(f"epoch {epoch} loss {total:.4f} {time.monotonic() - begin:.0f}s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--config", type=Path, default=Path("training/config.toml"))
    parser.add_argument("--encoder")
    parser.add_argument("--epochs", type=int, default=6)
    options = parser.parse_args()
    config = tomllib.loads(options.config.read_text(encoding="utf8"))
    config["encoder"] = options.encoder or config["encoder"]
    torch.manual_seed(config["seed"])
    torch.set_num_threads(config["threads"])
    network, encoder = build(options.work, config)
    start_from(network, options.model)
    network.eval()
    sentences = chosen(read_sentences(options.work / "train.jsonl"), random.Random(config["seed"]))
    inputs, targets = vectors(network, encoder, sentences, config["bfloat16"])
    print(f"{len(sentences)} sentences, {len(targets)} words", flush=True)
    torch.nn.init.kaiming_uniform_(network.spelling.weight, a=5**0.5)
    tune(network, inputs, targets, options.epochs, config["bfloat16"])
    torch.save(network.state_dict(), options.out)


if __name__ == "__main__":
    main()
