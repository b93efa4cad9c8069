"""Take the parameters of a model in the package back, so that training goes on where it stopped.

The graph keeps large products in 7 bits: what comes back is as good as what is read with, not as what was trained;
a few hundred steps make up for it. Writes `model.pt` for `train --start-from`, and the tokenizer, pieces and labels of
the package for `prepare --keep-vocabulary`.

Usage: python -m training.package_weights FOLDER WORK --tokenizer tokenizer.json --encoder ENCODER
"""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from training.encoder_weights import EncoderWeights
from training.graph import SMALL, Floats, Graph, State, build
from training.network import Network, Sizes


@dataclass
class Recorder(Graph):
    """A graph that remembers which of its constants hold which parameters."""

    linears: dict[str, tuple[int, int]] = field(default_factory=dict)
    norms: dict[str, int] = field(default_factory=dict)
    products: list[int] = field(default_factory=list)

    def linear(self, name: str, x: str, *, bias: bool = True, one_sided: bool = False) -> str:
        """Note the constants of a layer; that of its bias may be the one behind them."""
        first = len(self.constants)
        result = super().linear(name, x, bias=bias, one_sided=one_sided)
        self.linears[name] = first, len(self.constants) + (not bias)
        return result

    def product(self, x: str, weight: Floats, bias: Floats | None, *, one_sided: bool = False) -> str:
        """Note where the constants of a product begin."""
        self.products.append(len(self.constants))
        return super().product(x, weight, bias, one_sided=one_sided)

    def normalised(self, name: str, epsilon: float, *summands: str) -> str:
        """Note the constants of a normalisation."""
        self.norms[name] = len(self.constants)
        return super().normalised(name, epsilon, *summands)


def parameters(model: onnx.ModelProto, state: State, layers: int, epsilon: float) -> dict[str, Floats]:
    """Return the parameters of `model`; `state` gives their names and shapes."""
    kept = [numpy_helper.to_array(tensor) for tensor in model.graph.initializer]
    record = Recorder(state, floats=False)
    build(state, floats=False, layers=layers, epsilon=epsilon, graph=record)
    if [values.shape for values in kept] != [values.shape for values in record.constants.values()]:
        raise SystemExit("the model in that folder was made with another network: train from the encoder instead")
    found: dict[str, Any] = {"positions": kept[1] - state["kind"], "kind": state["kind"]}
    for name, first in record.norms.items():
        found[f"{name}.weight"], found[f"{name}.bias"] = kept[first], kept[first + 1]
    for name, (first, end) in record.linears.items():
        found[f"{name}.weight"] = weight(kept[first:end]).T
        found[f"{name}.bias"] = kept[end - 1]
    arc, relation = record.products[-2:]
    found["arc"] = np.vstack([weight(kept[arc:relation]), kept[relation - 1]])
    found["relation"] = np.vstack([weight(kept[relation:]), bias(kept[relation:], state["relation"].shape[1])])
    found.update(heads(kept, state))
    place = next(i for i, values in enumerate(kept) if values.shape == state["role"][:-1].shape)
    found["role"] = np.vstack([kept[place], kept[place + 1]])
    mix = next(values for values in kept if values.shape == state["mix"].shape)
    found["mix"] = np.log(2 * mix)
    return {name: np.asarray(found[name], np.float32).reshape(values.shape) for name, values in state.items()}


def weight(kept: list[NDArray[Any]]) -> Floats:
    """The matrix of a product: its codes times the scale of each column."""
    codes = next(values for values in kept if values.dtype == np.int8)
    columns = next(values for values in kept if values.shape == codes.shape[1:] and values.dtype == np.float32)
    return np.asarray(codes * columns, np.float32)


def bias(kept: list[NDArray[Any]], width: int) -> Floats:
    """The second vector of that width: the first holds the scales."""
    return [values for values in kept if values.shape == (width,)][1]


def heads(kept: list[NDArray[Any]], state: State) -> dict[str, Floats]:
    """The small heads, which share one product."""
    sizes = [len(state[f"{head}.bias"]) for head in SMALL]
    shape = (state["upos.weight"].shape[1], sum(sizes))
    place = next(i for i, values in enumerate(kept) if values.shape == shape)
    ends = np.cumsum(sizes)[:-1]
    weights, biases = np.split(kept[place].T, ends), np.split(kept[place + 1], ends)
    return {f"{head}.{part}": values for part, found in (("weight", weights), ("bias", biases))
            for head, values in zip(SMALL, found, strict=True)}  # fmt: skip


def kept_pieces(package: Path, tokenizer: Path) -> list[int]:
    """The numbers of the package's pieces in the encoder's vocabulary."""
    full = json.loads(tokenizer.read_text(encoding="utf8"))["model"]["vocab"]
    numbers = {piece: i for i, (piece, _) in enumerate(full)}
    cut = json.loads((package / "tokenizer.json").read_text(encoding="utf8"))["model"]["vocab"]
    return [numbers[piece] for piece, _ in cut]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="folder of the model, such as src/ultimora/models/multi")
    parser.add_argument("work", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of multilingual-e5-small")
    parser.add_argument("--encoder", type=Path, required=True, help="weights of the encoder: they give the shapes")
    parser.add_argument("--layers", type=int, default=8)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    for name in ("tokenizer.json", "labels.json"):
        shutil.copy(options.package / name, options.work / name)
    pieces = kept_pieces(options.package, options.tokenizer)
    (options.work / "pieces.json").write_text(json.dumps(pieces), encoding="utf8")
    labels = json.loads((options.package / "labels.json").read_text(encoding="utf8"))
    weights = EncoderWeights(options.encoder)
    network = Network(Sizes.of(labels, options.layers), weights, pieces)
    state = {name: values.detach().float().numpy() for name, values in network.state_dict().items()}
    model = onnx.load(options.package / "model.onnx")
    found = parameters(model, state, options.layers, weights.shape.epsilon)
    torch.save({name: torch.from_numpy(values.copy()) for name, values in found.items()}, options.work / "model.pt")


if __name__ == "__main__":
    main()
