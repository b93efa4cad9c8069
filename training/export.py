"""Write the package files of a trained model: quantised graph, embeddings, tokenizer, labels and card.

Usage: python -m training.export WORK RUN/model.pt FOLDER [--scores SCORES.json]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch

from training.encoder_weights import BLOCK, EncoderWeights
from training.graph import build as build_graph
from training.network import Network
from training.train import build


def write_graph(network: Network, epsilon: float, path: Path, *, floats: bool) -> None:
    """Write the graph, its large products in 8 bits or, with `floats`, as they were trained."""
    state = {name: values.detach().float().numpy() for name, values in network.state_dict().items()}
    onnx.save(build_graph(state, floats, network.sizes.layers, epsilon), path)


def write_embeddings(config: dict[str, Any], pieces: list[int], path: Path) -> None:
    """Keep the rows of the vocabulary as they were published: 4-bit codes with one scale for 32 values."""
    weights = EncoderWeights(Path(config["encoder"]))
    shape = weights.shape
    blocks = weights.blocks("emb.word", (shape.vocabulary, shape.hidden)).reshape(shape.vocabulary, -1)
    with path.open("wb") as out:
        np.save(out, np.ascontiguousarray(blocks[pieces]).astype(BLOCK))


def card(template: str, folder: Path, scores: dict[str, Any]) -> str:
    """Fill the card with the date, the scores and the hashes of the files."""
    names = ("model.onnx", "embeddings.npy", "tokenizer.json", "labels.json")
    hashes = [f"| `{n}` | {(folder / n).stat().st_size / 1e6:.1f} MB | `{sha256(folder / n)}` |" for n in names]
    rows = [f"| {name} | {one_line(value)} |" for name, value in scores.items()]
    return (template.replace("{date}", date.today().isoformat())
            .replace("{files}", "\n".join(hashes)).replace("{scores}", "\n".join(rows)))  # fmt: skip


def one_line(scores: dict[str, Any]) -> str:
    """`upos 96.3, las 83.8, nsubj F 81.8, ...`."""
    numbers = {k: v for k, v in scores.items() if isinstance(v, float)}
    groups = {**scores.get("relations", {}), **{k: v for k, v in scores.items() if isinstance(v, dict) and "f" in v}}
    return ", ".join([*(f"{k} {v}" for k, v in numbers.items()), *(f"{k} F {v['f']}" for k, v in groups.items())])


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("model", type=Path, help="model.pt or checkpoint.pt of a run")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--config", type=Path, default=Path("training/config.toml"))
    parser.add_argument("--encoder")
    parser.add_argument("--floats", action="store_true", help="keep the weights as 32-bit floats")
    parser.add_argument("--scores", type=Path, help="JSON object with the scores for the card")
    options = parser.parse_args()
    config = tomllib.loads(options.config.read_text(encoding="utf8"))
    config["encoder"] = options.encoder or config["encoder"]
    network, _ = build(options.work, config)
    state = torch.load(options.model, weights_only=True)
    network.load_state_dict(state.get("network", state))
    network.eval()
    options.folder.mkdir(parents=True, exist_ok=True)
    write_files(options, config, network)


def write_files(options: argparse.Namespace, config: dict[str, Any], network: Network) -> None:
    """Write every file beside its place, then move it there: readers never see half a file."""
    folder: Path = options.folder
    epsilon = EncoderWeights(Path(config["encoder"])).shape.epsilon
    write_graph(network, epsilon, folder / "model.onnx.tmp", floats=options.floats)
    pieces = json.loads((options.work / "pieces.json").read_text(encoding="utf8"))
    write_embeddings(config, pieces, folder / "embeddings.npy.tmp")
    for name in ("tokenizer.json", "labels.json"):
        (folder / f"{name}.tmp").write_bytes((options.work / name).read_bytes())
    for name in ("tokenizer.json", "labels.json", "embeddings.npy", "model.onnx"):
        os.replace(folder / f"{name}.tmp", folder / name)
    scores = json.loads(options.scores.read_text(encoding="utf8")) if options.scores else {}
    template = (Path(__file__).parent / "card.md").read_text(encoding="utf8")
    (folder / "CARD.md").write_text(card(template, folder, scores), encoding="utf8")


if __name__ == "__main__":
    main()
