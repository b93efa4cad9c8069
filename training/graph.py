"""The network as a graph for ONNX Runtime: one sentence, few and large operators, 8-bit matrix products.

The activations of every large product are brought to 8 bits row by row, by the largest magnitude of the row. So what is
said of a word depends on its sentence alone, and one word with large values takes no precision from the others: one
scale for a sentence costs 0.2 LAS.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper

INPUTS = ("embedded", "first", "last")
OUTPUTS = ("upos", "feats", "scripts", "ner", "arcs", "sides", "head_side", "events", "role_sides", "role_parties")
OPSET, CONTRIB, IR = 17, "com.microsoft", 8
WEIGHT_LEVELS = 63  # 7 bits: the sum of two products fits 16 bits on processors without VNNI
ZERO = 128  # of activations: the code of 0
GELU_ZERO, LEAST = 23, 1.75  # the same for what GELU gives, and the least magnitude of a row that spares its negatives
HEADS = 12
SMALL = ("upos", "feats", "ner")

Floats = NDArray[np.float32]
State = Mapping[str, Floats]


@dataclass
class Graph:
    """Nodes and constants as they are added; a name stands for a tensor."""

    state: State
    floats: bool
    nodes: list[Any] = field(default_factory=list)
    constants: dict[str, NDArray[Any]] = field(default_factory=dict)

    def constant(self, values: Any, kind: type = np.float32) -> str:
        """Keep values; return their name."""
        name = f"c{len(self.constants)}"
        self.constants[name] = np.asarray(values, kind)
        return name

    def add(self, operator: str, *inputs: str, count: int = 1, domain: str = "", **options: Any) -> list[str]:
        """Add a node; return the names of what it gives."""
        names = [f"t{len(self.nodes)}_{i}" for i in range(count)]
        self.nodes.append(helper.make_node(operator, inputs, names, domain=domain, **options))
        return names

    def one(self, operator: str, *inputs: str, domain: str = "", **options: Any) -> str:
        """Add a node that gives one tensor."""
        return self.add(operator, *inputs, domain=domain, **options)[0]

    def give(self, operator: str, inputs: list[str], *outputs: str, **options: Any) -> None:
        """Add a node that gives outputs of the graph."""
        self.nodes.append(helper.make_node(operator, inputs, list(outputs), **options))

    def product(self, x: str, weight: Floats, bias: Floats | None, *, one_sided: bool = False) -> str:
        """`x @ weight + bias`; `weight` is (inputs, outputs); `one_sided`: what GELU gives, never below -0.17."""
        if self.floats:
            y = self.one("MatMul", x, self.constant(weight))
        else:
            y = self._quantised(x, weight, one_sided=one_sided)
        return y if bias is None else self.one("Add", y, self.constant(bias))

    def _quantised(self, x: str, weight: Floats, *, one_sided: bool) -> str:
        columns = np.maximum(np.abs(weight).max(0), 1e-12) / WEIGHT_LEVELS
        codes = self.constant(np.rint(weight / columns), np.int8)
        if one_sided:
            largest = self.one("Max", self.one("ReduceMax", x, axes=[-1]), self.constant(LEAST))
        else:
            largest = self.one("ReduceMax", self.one("Abs", x), axes=[-1])
        zero = GELU_ZERO if one_sided else ZERO
        step, zero_point = self.constant(1 / (255 - zero)), self.constant(zero, np.uint8)
        x = self.one("QuantizeLinear", self.one("Mul", x, self.one("Reciprocal", largest)), step, zero_point)
        y = self.one("MatMulIntegerToFloat", x, codes, step, self.constant(columns), zero_point, domain=CONTRIB)
        return self.one("Mul", y, largest)

    def linear(self, name: str, x: str, *, bias: bool = True, one_sided: bool = False) -> str:
        """A layer of the network by its name."""
        weight, summand = self.state[f"{name}.weight"].T, self.state[f"{name}.bias"]
        return self.product(x, weight, summand if bias else None, one_sided=one_sided)

    def normalised(self, name: str, epsilon: float, *summands: str) -> str:
        """The normalised sum of two tensors."""
        total = self.one("Add", *summands)
        weights = (self.constant(self.state[f"{name}.weight"]), self.constant(self.state[f"{name}.bias"]))
        return self.one("LayerNormalization", total, *weights, epsilon=epsilon)


def build(state: State, floats: bool, layers: int, epsilon: float, graph: Graph | None = None) -> ModelProto:
    """Return the graph of a network's parameters, made in `graph` if one is given."""
    g = graph or Graph(state, floats)
    hidden = state["positions"].shape[1]
    embedded = g.one("Unsqueeze", "embedded", g.constant([0], np.int64))
    pieces = g.one("Slice", g.constant(state["positions"] + state["kind"]), g.constant([0], np.int64),
                   g.one("Shape", "embedded", start=0, end=1))  # fmt: skip
    x = g.normalised("input_norm", epsilon, embedded, g.one("Unsqueeze", pieces, g.constant([0], np.int64)))
    states = []
    for number in range(layers):
        x = _layer(g, f"layers.{number}", x, epsilon)
        states.append(x)
    mix = np.exp(state["mix"]) / np.exp(state["mix"]).sum(1, keepdims=True)
    flat = g.one("Reshape", g.one("Concat", *states, axis=0), g.constant([layers, -1], np.int64))
    mixed = g.one("Reshape", g.one("MatMul", g.constant(0.5 * mix), flat), g.constant([3, -1, hidden], np.int64))
    words = g.one("Add", g.one("Gather", mixed, "first", axis=1), g.one("Gather", mixed, "last", axis=1))
    syntax, tags, kinds = (g.one("Gather", words, g.constant(i, np.int64), axis=0) for i in range(3))
    pieces = _pieces(g, hidden)
    _tags(g, tags, pieces)
    _events(g, kinds, pieces, hidden)
    _syntax(g, syntax)
    return _model(g)


def _layer(g: Graph, name: str, x: str, epsilon: float) -> str:
    query, key, value = g.add("Split", g.linear(f"{name}.qkv", x), count=3, axis=2)
    attended = g.one("MultiHeadAttention", query, key, value, domain=CONTRIB, num_heads=HEADS)
    x = g.normalised(f"{name}.attention_norm", epsilon, x, g.linear(f"{name}.out", attended))
    inner = g.one(
        "BiasGelu", g.linear(f"{name}.inner", x, bias=False), g.constant(g.state[f"{name}.inner.bias"]), domain=CONTRIB
    )
    return g.normalised(f"{name}.output_norm", epsilon, x, g.linear(f"{name}.outer", inner, one_sided=True))


def _pieces(g: Graph, hidden: int) -> tuple[str, ...]:
    """The embeddings of the first and last piece of each word."""
    plain = _plain(g, "embedded", hidden)
    return tuple(g.one("Gather", plain, place, axis=0) for place in ("first", "last"))


def _plain(g: Graph, x: str, hidden: int) -> str:
    unit = (g.constant(np.ones(hidden)), g.constant(np.zeros(hidden)))
    return g.one("LayerNormalization", x, *unit, epsilon=1e-5)


def _tags(g: Graph, words: str, pieces: tuple[str, ...]) -> None:
    weight, bias = (np.concatenate([g.state[f"{head}.{part}"] for head in SMALL]) for part in ("weight", "bias"))
    sizes = [len(g.state[f"{head}.bias"]) for head in SMALL]
    scores = g.one("Add", g.one("MatMul", words, g.constant(weight.T)), g.constant(bias))
    g.give("Split", [scores, g.constant(sizes, np.int64)], *SMALL, axis=1)
    spelled = g.one("Concat", words, *pieces, axis=1)
    spelling = g.one("Gelu", g.linear("spelling", spelled), domain=CONTRIB)
    g.give("Identity", [g.linear("scripts", spelling, one_sided=True)], "scripts")


def _syntax(g: Graph, words: str) -> None:
    arcs, relation = g.state["arc"], g.state["relation"]
    arc_width, width = arcs.shape[1], len(relation) - 1
    projected = g.one("LeakyRelu", g.linear("projection", words), alpha=0.1)
    dependent, head, relation_dependent, relation_head = g.add(
        "Split", projected, g.constant([arc_width, arc_width, width, width], np.int64), count=4, axis=1
    )
    left = g.product(dependent, arcs[:arc_width], arcs[arc_width])
    g.give("MatMul", [left, g.one("Transpose", head)], "arcs")
    sides = g.product(relation_dependent, relation[:width], relation[width])
    g.give("Reshape", [sides, g.constant([0, -1, width + 1], np.int64)], "sides")
    g.give("Pad", [relation_head, g.constant([0, 0, 0, 1], np.int64), g.constant(1.0)], "head_side")


def _events(g: Graph, words: str, pieces: tuple[str, ...], hidden: int) -> None:
    spelled = g.one("Concat", _plain(g, words, hidden), *pieces, axis=1)
    told = g.one("Gelu", g.linear("telling", spelled), domain=CONTRIB)
    g.give("Identity", [g.linear("events", told, one_sided=True)], "events")
    role = g.state["role"]
    width = len(role) - 1
    parts = g.one("LeakyRelu", g.linear("parts", told, one_sided=True), alpha=0.1)
    event, party = g.add("Split", parts, g.constant([width, width], np.int64), count=2, axis=1)
    sides = g.one("Add", g.one("MatMul", event, g.constant(role[:width])), g.constant(role[width]))
    g.give("Reshape", [sides, g.constant([0, -1, width + 1], np.int64)], "role_sides")
    g.give("Pad", [party, g.constant([0, 0, 0, 1], np.int64), g.constant(1.0)], "role_parties")


def _model(g: Graph) -> ModelProto:
    shapes = {"embedded": ("pieces", g.state["positions"].shape[1])}
    inputs = [helper.make_tensor_value_info("embedded", TensorProto.FLOAT, shapes["embedded"])]
    inputs += [helper.make_tensor_value_info(name, TensorProto.INT64, ("words",)) for name in INPUTS[1:]]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in OUTPUTS]
    constants = [numpy_helper.from_array(values, name) for name, values in g.constants.items()]
    graph = helper.make_graph(g.nodes, "parser", inputs, outputs, constants)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=IR)
