"""Turn texts of our own into training sentences, with the trees that the rules see.

What is read rightly has seldom a wrong tree; so what the parser in the package made of such a text, mended by
`documents/`, is a fair teacher for the next one: of relations, parts of speech and names. Four kinds of text serve:
the lines of the languages' corpora, each a test; the sentences of `benchmarks/events` that are for building;
whole articles, which nothing checks; and sentences whose names are marked by hand (`training/names`) or whose events
are (`training/events`). Which words speak of events is learned from marks and, of the first and third, from what is
read.

Usage: python -m training.own_sentences OUT.jsonl [--articles FOLDER ...]
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import yaml

from benchmarks import events, facts
from training import own_events
from training.prepare import write_sentences
from training.treebanks import ATTRIBUTES, Sentence
from ultimora.claims.extract import extract
from ultimora.cli.corpus import wrong
from ultimora.core import Given, article_from_text
from ultimora.documents.entities.gazetteer import Known, gazetteer
from ultimora.languages.corpus import examples
from ultimora.pipeline import annotate
from ultimora.types import Claim, Document, Token

SHORTEST = 4  # words
NAMES = Path(__file__).parent / "names"
EVENTS = Path(__file__).parent / "events"
PLAIN = ("en_ewt-ud-train", "en_pud-ud-test", "it_pud-ud-test", "it_markit-ud-train", "it_parlamint-ud-train")
MOST_PLAIN = 4000
MARK = re.compile(r"(.*?)(?:\[\[(PER|ORG|LOC)\|(.*?)\]\]|$)")
KINDS = {
    "person": "PER",
    "place": "LOC",
    "organization": "ORG",
    "government": "ORG",
    "outlet": "ORG",
    "armed_group": "ORG",
}


def of_corpus(language: str) -> Iterator[Sentence]:
    """The sentences of all corpus lines that are read as they should be."""
    for example in examples(language):
        if not wrong(example):
            given = Given(published=example.published, language=language)
            yield from sentences(example.text, given, f"{language}_corpus")


def of_articles(folders: Sequence[Path]) -> Iterator[Sentence]:
    """All sentences of marked articles."""
    for folder in folders:
        for article in facts.load(folder, None):
            given = Given(published=str(article["published"]), language=article["language"])
            yield from sentences(article["text"], given, f"{article['language']}_texts")


def of_events() -> Iterator[Sentence]:
    """The sentences for building: what their words speak of and, where that is read with the parties, their trees."""
    for path in sorted(events.SETS.glob("*.yaml")):
        language = path.name[:2]
        for item in yaml.safe_load(path.read_text(encoding="utf8")):
            if item["part"] != "build":
                continue
            given = Given(published=str(item["published"]), language=language)
            document, claims = _read(item["text"], given)
            reached = events.pairing(item.get("claims") or [], events.read(item, language))
            if min(reached, default=0) > 1:
                yield from _sentences(document, f"{language}_texts", names(document))
            told = own_events.marked(document, claims, item, reached)
            for each in _sentences(document, f"{language}_events", [], told):
                yield Sentence(language, each.source, each.words, events=each.events, roles=each.roles)


def of_names(folder: Path) -> Iterator[Sentence]:
    """Sentences with marked names, one a line: `[[PER|Ada Negri]] nacque a [[LOC|Lodi]].`"""
    for path in sorted(folder.glob("*.txt")):
        language = path.name[:2]
        for line in path.read_text(encoding="utf8").splitlines():
            yield from _marked(line, language)


def _marked(line: str, language: str) -> Iterator[Sentence]:
    text, spans = "", []
    for plain, kind, name in MARK.findall(line):
        text += plain
        if kind:
            spans.append((len(text), len(text) + len(name), kind))
            text += name
    _, document = annotate(article_from_text(text, Given(language=language)))
    tags = ["O"] * len(document.tokens)
    for start, end, kind in spans:
        for i, token in enumerate(document.tokens_between(start, end)):
            tags[token.i] = f"{'I' if i else 'B'}-{kind}"
    yield from _sentences(document, f"{language}_marked", tags)


def of_marked_events(folder: Path) -> Iterator[Sentence]:
    """Texts with marked events and parties, one a line (`training/events`)."""
    for path in sorted(folder.glob("*.txt")):
        language = path.name[:2]
        for line in path.read_text(encoding="utf8").splitlines():
            text, marks = own_events.plain(line)
            _, document = annotate(article_from_text(text, Given(language=language)))
            for each in _sentences(document, f"{language}_told", [], own_events.by_marks(document, marks)):
                yield Sentence(language, each.source, each.words, events=each.events, roles=each.roles)


def of_treebanks(folder: Path) -> Iterator[Sentence]:
    """What is read of sentences that mostly speak of no event: without them all the world looks like one."""
    for name in PLAIN:
        language = name[:2]
        lines = (folder / f"{name}.conllu").read_text(encoding="utf8").splitlines()
        texts = [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]
        for text in texts[:MOST_PLAIN]:
            for each in sentences(text, Given(language=language), f"{language}_plain"):
                yield Sentence(language, each.source, each.words, events=each.events, roles=each.roles)


def sentences(text: str, given: Given, source: str) -> Iterator[Sentence]:
    """The sentences of a text as they are read."""
    document, claims = _read(text, given)
    yield from _sentences(document, source, names(document), own_events.read(document, claims))


def _read(text: str, given: Given) -> tuple[Document, list[Claim]]:
    _, document = annotate(article_from_text(text, given))
    return document, extract(document)[0]


def _sentences(
    document: Document, source: str, tags: Sequence[str], told: own_events.Labels | None = None
) -> Iterator[Sentence]:
    for _, tokens in groupby(document.tokens, key=lambda token: token.sentence):
        yield sentence(list(tokens), source, tags, told)


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


def sentence(tokens: list[Token], source: str, tags: Sequence[str], told: own_events.Labels | None = None) -> Sentence:
    """Tokens as a sentence that is annotated for syntax, parts of speech, names, events and who takes part in them."""
    first, end = tokens[0].i, tokens[-1].i + 1
    heads = [0 if t.head == t.i else t.head - first + 1 for t in tokens]
    return Sentence(
        source[:2], source, [t.text for t in tokens], upos=[t.upos for t in tokens],
        feats=[{} for _ in tokens], heads=heads, unknown=list(ATTRIBUTES), ner=list(tags[first:end]),
        events=told.types[first:end] if told else [],
        roles=[[i - first, tags[first:end]] for i, tags in told.roles if first <= i < end] if told else [],
        deprels=["root" if head == 0 else t.deprel for head, t in zip(heads, tokens, strict=True)],
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=Path, nargs="*", default=[], help="folders of articles that measure nothing")
    parser.add_argument("--treebanks", type=Path, default=Path("../shared/gold/treebanks/ship"))
    options = parser.parse_args()
    every = [
        *of_names(NAMES),
        *of_marked_events(EVENTS),
        *of_treebanks(options.treebanks),
        *of_corpus("it"),
        *of_corpus("en"),
        *of_events(),
        *of_articles(options.articles),
    ]
    made: dict[tuple[bool | str, ...], Sentence] = {}
    for each in every:
        if len(each.words) >= SHORTEST:
            made.setdefault((not each.heads, *each.words), each)
    write_sentences(options.out, list(made.values()))


if __name__ == "__main__":
    main()
