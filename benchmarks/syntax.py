"""Measure the shipped parser on the gold tokens of a treebank; prints one JSON object.

Usage: python benchmarks/syntax.py TREEBANK.conllu [--language it] [--model FOLDER]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "src")]

from training.treebanks import ATTRIBUTES, Sentence, load_gold  # noqa: E402

from ultimora.documents.parser import Parser, WordAnalysis  # noqa: E402

RELATIONS = (
    "nsubj",
    "nsubj:pass",
    "obj",
    "ccomp",
    "xcomp",
    "obl",
    "obl:agent",
    "acl:relcl",
    "advcl",
    "parataxis",
    "root",
)


def count_sentence(gold: Sentence, guess: list[WordAnalysis], annotated: frozenset[str], counts: Counter[str]) -> None:
    """Add the hits of one sentence."""
    for i, word in enumerate(guess):
        head = word.head + 1
        attached = head == gold.heads[i]
        labelled = attached and word.deprel == gold.deprels[i]
        kinds = ["all"] if gold.deprels[i] == "punct" else ["all", "no_punct"]
        for kind in kinds:
            counts[f"{kind}"] += 1
            counts[f"{kind}_uas"] += attached
            counts[f"{kind}_las"] += labelled
        counts["upos"] += word.upos == gold.upos[i]
        counts["ufeats"] += known(word.feats, annotated) == known(gold.feats[i], annotated)
        if gold.upos[i] == "VERB":
            counts["verbs"] += 1
            counts["verb_lemmas"] += word.lemma == gold.lemmas[i]
        counts["lemmas"] += word.lemma.lower() == gold.lemmas[i].lower()
        counts[f"gold {gold.deprels[i]}"] += 1
        counts[f"guess {word.deprel}"] += 1
        counts[f"right {gold.deprels[i]}"] += labelled


def known(feats: dict[str, str], annotated: frozenset[str]) -> dict[str, str]:
    return {key: value for key, value in feats.items() if key in annotated}


def relation_scores(counts: Counter[str], relations: Iterable[str]) -> dict[str, dict[str, float]]:
    result = {}
    for name in relations:
        right, guessed, wanted = counts[f"right {name}"], counts[f"guess {name}"], counts[f"gold {name}"]
        result[name] = {"p": share(right, guessed), "r": share(right, wanted), "f": share(2 * right, guessed + wanted)}
    return result


def share(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def measure(parser: Parser, sentences: list[Sentence], language: str) -> dict[str, object]:
    counts: Counter[str] = Counter()
    annotated = frozenset(key for s in sentences for feats in s.feats for key in feats) & frozenset(ATTRIBUTES)
    begin = time.perf_counter()
    analyses = [parser.parse(sentence.words, language) for sentence in sentences]
    seconds = time.perf_counter() - begin
    for sentence, analysis in zip(sentences, analyses, strict=True):
        count_sentence(sentence, analysis, annotated, counts)
    total = counts["all"]
    return {
        "sentences": len(sentences), "tokens": total,
        "upos": share(counts["upos"], total), "ufeats": share(counts["ufeats"], total),
        "uas": share(counts["all_uas"], total), "las": share(counts["all_las"], total),
        "uas_no_punct": share(counts["no_punct_uas"], counts["no_punct"]),
        "las_no_punct": share(counts["no_punct_las"], counts["no_punct"]),
        "verb_lemma": share(counts["verb_lemmas"], counts["verbs"]), "lemma": share(counts["lemmas"], total),
        "relations": relation_scores(counts, RELATIONS),
        "tokens_per_second": round(total / seconds),
    }  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("treebank", type=Path)
    options.add_argument("--language", help="default: the first two letters of the file name")
    options.add_argument("--model", type=Path, help="model folder (default: the one in the package)")
    arguments = options.parse_args()
    language = arguments.language or arguments.treebank.name[:2]
    print(json.dumps(measure(Parser(arguments.model), load_gold(arguments.treebank, language), language)))


if __name__ == "__main__":
    main()
