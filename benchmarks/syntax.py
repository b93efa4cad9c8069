"""Measure the shipped parser on the gold tokens of a treebank, and from its raw text; prints one JSON object.

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
from ultimora.documents.sentences import split_sentences  # noqa: E402
from ultimora.documents.tokenizer import tokenize, visible  # noqa: E402
from ultimora.types import TextPart  # noqa: E402

Labelled = tuple[tuple[int, int], tuple[int, int] | None, str]  # token, its head (None: root), relation

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


def raw_text(path: Path) -> str:
    """The treebank's text as it was before it was cut: sentences joined by a space, paragraphs by an empty line."""
    text = ""
    for line in path.read_text(encoding="utf8").splitlines():
        if line.startswith(("# newdoc", "# newpar")) and text:
            text = text.rstrip() + "\n\n"
        elif line.startswith("# text = "):
            text += line.removeprefix("# text = ") + " "
    return text


def places(text: str) -> list[int]:
    """How many visible characters stand before each offset: gold and guess are compared by these."""
    counts = [0]
    for character in text:
        counts.append(counts[-1] + (not character.isspace()))
    return counts


def gold_units(sentences: list[Sentence]) -> tuple[set[tuple[int, int]], set[Labelled]]:
    cuts, tokens, at = set(), set(), 0
    for sentence in sentences:
        spans = []
        for word in sentence.words:
            size = sum(not character.isspace() for character in word)
            spans.append((at, at + size))
            at += size
        cuts.add((spans[0][0], at))
        for span, head, deprel in zip(spans, sentence.heads, sentence.deprels, strict=True):
            tokens.add((span, spans[head - 1] if head else None, deprel))
    return cuts, tokens


def read_units(parser: Parser, text: str, language: str) -> tuple[set[tuple[int, int]], set[Labelled]]:
    cuts, tokens, place = set(), set(), places(text)
    offsets = tokenize(text, language)
    for first, last, _ in split_sentences(text, offsets, paragraphs(text), language):
        words = [visible(text[a:b]) for a, b in offsets[first:last]]
        spans = [(place[a], place[b]) for a, b in offsets[first:last]]
        cuts.add((spans[0][0], spans[-1][1]))
        for span, word in zip(spans, parser.parse(words, language), strict=True):
            tokens.add((span, spans[word.head] if word.head >= 0 else None, word.deprel))
    return cuts, tokens


def paragraphs(text: str) -> tuple[TextPart, ...]:
    found, at = [], 0
    for paragraph in text.split("\n\n"):
        found.append(TextPart(at, at + len(paragraph), "body"))
        at += len(paragraph) + 2
    return tuple(found)


def measure_raw(parser: Parser, path: Path, sentences: list[Sentence], language: str) -> dict[str, float]:
    """F1 of sentences and of labelled attachments, as in the CoNLL 2018 shared task, on surface tokens."""
    gold_cuts, gold = gold_units(sentences)
    cuts, guess = read_units(parser, raw_text(path), language)
    gold_spans, spans = {token[0] for token in gold}, {token[0] for token in guess}
    return {
        "sentence_f": share(2 * len(cuts & gold_cuts), len(cuts) + len(gold_cuts)),
        "token_f": share(2 * len(spans & gold_spans), len(spans) + len(gold_spans)),
        "raw_las": share(2 * len(guess & gold), len(guess) + len(gold)),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("treebank", type=Path)
    options.add_argument("--language", help="default: the first two letters of the file name")
    options.add_argument("--model", type=Path, help="model folder (default: the one in the package)")
    arguments = options.parse_args()
    language = arguments.language or arguments.treebank.name[:2]
    parser, gold = Parser(arguments.model), load_gold(arguments.treebank, language)
    print(json.dumps(measure(parser, gold, language) | measure_raw(parser, arguments.treebank, gold, language)))


if __name__ == "__main__":
    main()
