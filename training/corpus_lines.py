"""Turn the lines of the languages' corpora into training sentences, with the trees that the rules see.

Every line is a test that what is read of it is right, which a wrong tree seldom lets through; so what the parser in the
package made of it, mended by `documents/`, is a fair teacher for the next one: of relations and parts of speech alone.

Usage: python -m training.corpus_lines OUT.jsonl
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from training.prepare import write_sentences
from training.treebanks import ATTRIBUTES, Sentence
from ultimora.cli.corpus import wrong
from ultimora.core import Given, article_from_text
from ultimora.documents.build import build
from ultimora.languages.corpus import examples
from ultimora.types import Token

SHORTEST = 4  # words


def lines(language: str) -> Iterator[Sentence]:
    """The sentences of all corpus lines that are read as they should be."""
    for example in examples(language):
        if wrong(example):
            continue
        document = build(article_from_text(example.text, Given(published=example.published, language=language)))
        for _, tokens in groupby(document.tokens, key=lambda token: token.sentence):
            yield sentence(list(tokens), language)


def sentence(tokens: list[Token], language: str) -> Sentence:
    """Tokens as a sentence that is annotated for syntax and parts of speech only."""
    first = tokens[0].i
    heads = [0 if t.head == t.i else t.head - first + 1 for t in tokens]
    return Sentence(
        language, f"{language}_corpus", [t.text for t in tokens], upos=[t.upos for t in tokens],
        feats=[{} for _ in tokens], heads=heads, unknown=list(ATTRIBUTES),
        deprels=["root" if head == 0 else t.deprel for head, t in zip(heads, tokens, strict=True)],
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    made = {tuple(s.words): s for tag in ("it", "en") for s in lines(tag) if len(s.words) >= SHORTEST}
    write_sentences(options.out, list(made.values()))


if __name__ == "__main__":
    main()
