"""What stands between dashes ("Lo ha riferito – come riporta l'agenzia – X") takes nothing from behind them.

A parser hangs what follows the second dash from the last noun before it. It belongs to the word that the aside hangs
from: as its subject where it has none and a bare name or noun follows, which then takes what describes it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from ultimora.documents.hanging import VERBS
from ultimora.documents.parser import WordAnalysis

_DASHES = frozenset({"-", "–", "—"})
_LONGEST = 12
_NOMINAL = frozenset({"NOUN", "PROPN"})


def parted(words: Sequence[str], found: tuple[WordAnalysis, ...], _: str) -> tuple[WordAnalysis, ...]:
    """The analyses with nothing behind an aside hung from a word within it."""
    result = list(found)
    for first, last in _asides(words):
        root = next((i for i in range(first + 1, last) if not first < result[i].head < last), None)
        if root is None or not _is_clause(result, first, last) or not 0 <= result[root].head < first:
            continue
        _take_out(result, first, last, result[root].head)
    return tuple(result)


def _asides(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The pairs of dashes that are near each other."""
    dashes = [i for i, word in enumerate(words) if word in _DASHES]
    at = 0
    while at + 1 < len(dashes):
        first, last = dashes[at], dashes[at + 1]
        near = first > 0 and 2 < last - first <= _LONGEST and last < len(words) - 1
        if near:
            yield first, last
        at += 2 if near else 1


def _is_clause(found: Sequence[WordAnalysis], first: int, last: int) -> bool:
    """Whether a finite verb stands between the dashes: names in a list are joined by dashes too."""
    return any(w.upos in VERBS and w.feats.get("VerbForm") == "Fin" for w in found[first + 1 : last])


def _take_out(found: list[WordAnalysis], first: int, last: int, above: int) -> None:
    taken = [i for i in range(last + 1, len(found)) if first < found[i].head < last and found[i].upos != "PUNCT"]
    if not taken:
        return
    begins = taken[0]
    marked = any(w.head == begins and w.deprel == "case" for w in found)
    alone = not any(w.head == above and w.deprel.startswith("nsubj") for w in found)
    subject = found[begins].upos in _NOMINAL and not marked and alone and found[above].upos == "VERB"
    for i in taken:
        describes = i != begins and found[i].deprel in ("appos", "flat", "nmod", "acl:relcl", "acl") and subject
        rel = _as_subject(found[above]) if i == begins and subject else found[i].deprel
        found[i] = dataclasses.replace(found[i], head=begins if describes else above, deprel=rel)


def _as_subject(verb: WordAnalysis) -> str:
    """Of a participle in the plural or the feminine ("sono segnalati – … – incendi"): what is done to it."""
    marked = verb.feats.get("Number") == "Plur" or verb.feats.get("Gender") == "Fem"
    return "nsubj:pass" if marked and verb.feats.get("VerbForm") == "Part" else "nsubj"
