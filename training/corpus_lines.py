"""Turn the lines of the languages' corpora into training sentences, with the trees that the rules see.

Every line is a test that what is read of it is right, which a wrong tree seldom lets through; so what the parser in the
package made of it, mended by `documents/`, is a fair teacher for the next one: of relations, parts of speech and names.

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
from ultimora.documents.entities.gazetteer import Known, gazetteer
from ultimora.languages.corpus import examples
from ultimora.pipeline import annotate
from ultimora.types import Document, Token

SHORTEST = 4  # words
KINDS = {
    "person": "PER",
    "place": "LOC",
    "organization": "ORG",
    "government": "ORG",
    "outlet": "ORG",
    "armed_group": "ORG",
}


def lines(language: str) -> Iterator[Sentence]:
    """The sentences of all corpus lines that are read as they should be."""
    for example in examples(language):
        if wrong(example):
            continue
        given = Given(published=example.published, language=language)
        _, document = annotate(article_from_text(example.text, given))
        tags = names(document)
        for _, tokens in groupby(document.tokens, key=lambda token: token.sentence):
            yield sentence(list(tokens), language, tags)


def names(document: Document) -> list[str]:
    """The BIO tags of all tokens, by the names that were read; states, towns and seats are places, even acting."""
    tags = ["O"] * len(document.tokens)
    known = gazetteer(document.language).known
    for entity in document.entities:
        for mention in entity.mentions:
            kind = _kind(known.get(mention.text), entity.kind) if mention.form == "name" else None
            if kind is None or not mention.text[:1].isupper():
                continue
            inside = document.tokens_between(mention.start, mention.end)
            for token in inside:
                tags[token.i] = f"{'B' if token is inside[0] else 'I'}-{kind}"
    return tags


def _kind(known: Known | None, kind: str) -> str | None:
    if known is not None and known.sort in ("country", "capital", "place"):
        return "LOC"
    if known is not None and known.sort == "people":
        return None
    return KINDS.get(kind)


def sentence(tokens: list[Token], language: str, tags: list[str]) -> Sentence:
    """Tokens as a sentence that is annotated for syntax, parts of speech and names."""
    first = tokens[0].i
    heads = [0 if t.head == t.i else t.head - first + 1 for t in tokens]
    return Sentence(
        language, f"{language}_corpus", [t.text for t in tokens], upos=[t.upos for t in tokens],
        feats=[{} for _ in tokens], heads=heads, unknown=list(ATTRIBUTES), ner=[tags[t.i] for t in tokens],
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
