"""The best tree with one root: Chu-Liu/Edmonds over a matrix of arc scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]  # scores[dependent, head]; index 0 is the root
FORBIDDEN = -1e9
ROOT_CANDIDATES = 3


def best_heads(scores: Scores) -> list[int]:
    """Return the head of every word 1..n (entry 0 is 0): always one tree with exactly one root."""
    heads = [0, *(int(head) for head in _without_self(scores)[1:].argmax(axis=1))]
    if heads.count(0) == 2 and not _find_cycle(heads):
        return heads
    return _single_rooted(scores)


def _without_self(scores: Scores) -> Scores:
    matrix = scores.copy()
    np.fill_diagonal(matrix, FORBIDDEN)
    return matrix


def _single_rooted(scores: Scores) -> list[int]:
    """Try the likeliest roots in turn and keep the tree with the highest score."""
    matrix = _without_self(scores)
    size = len(matrix)
    best: tuple[float, list[int]] | None = None
    for root in sorted(range(1, size), key=lambda word: -matrix[word, 0])[:ROOT_CANDIDATES]:
        candidate = matrix.copy()
        candidate[:, 0] = FORBIDDEN
        candidate[root, :] = FORBIDDEN
        candidate[root, 0] = matrix[root, 0]
        heads = _spanning_tree(candidate)
        total = float(sum(matrix[word, heads[word]] for word in range(1, size)))
        if best is None or total > best[0]:
            best = (total, heads)
    return best[1] if best else [0]


def _spanning_tree(matrix: Scores) -> list[int]:
    """Contract one cycle after the other; every contraction is undone in reverse order."""
    heads = [0, *(int(head) for head in matrix[1:].argmax(axis=1))]
    cycle = _find_cycle(heads)
    if not cycle:
        return heads
    rest = [node for node in range(len(matrix)) if node not in set(cycle)]
    contracted, entries, exits = _contract(matrix, heads, cycle, rest)
    inner = _spanning_tree(contracted)
    result = list(heads)
    merged = len(rest)
    for position, node in enumerate(rest[1:], 1):
        result[node] = exits[position] if inner[position] == merged else rest[inner[position]]
    entry = inner[merged]
    result[entries[entry]] = rest[entry]
    return result


def _contract(
    matrix: Scores, heads: list[int], cycle: list[int], rest: list[int]
) -> tuple[Scores, dict[int, int], dict[int, int]]:
    """Replace a cycle by one node; remember where the best arcs enter and leave it."""
    merged = len(rest)
    contracted = np.full((merged + 1, merged + 1), FORBIDDEN)
    contracted[:merged, :merged] = matrix[np.ix_(rest, rest)]
    gain = matrix[np.ix_(cycle, rest)] - matrix[cycle, [heads[node] for node in cycle]][:, None]
    leaving = matrix[np.ix_(rest, cycle)]
    entries, exits = {}, {}
    for position in range(merged):
        best_entry = int(gain[:, position].argmax())
        contracted[merged, position] = gain[best_entry, position]
        entries[position] = cycle[best_entry]
        best_exit = int(leaving[position].argmax())
        if position:
            contracted[position, merged] = leaving[position, best_exit]
        exits[position] = cycle[best_exit]
    return contracted, entries, exits


def _find_cycle(heads: list[int]) -> list[int]:
    """Return the nodes of one cycle, or nothing."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        path = []
        node = start
        while node and not seen[node]:
            seen[node] = start
            path.append(node)
            node = heads[node]
        if node and seen[node] == start:
            return path[path.index(node) :]
    return []


def is_tree(heads: Sequence[int]) -> bool:
    """Whether heads (indices, -1 for the root) make one tree: a single root, and no word beneath itself."""
    if sum(head < 0 for head in heads) != 1:
        return False
    reached = [head < 0 for head in heads]  # words from which the way up is known to end at the root
    for start in range(len(heads)):
        at, path = start, []
        while not reached[at]:
            path.append(at)
            at = heads[at]
            if len(path) > len(heads):
                return False
        for each in path:
            reached[each] = True
    return True
