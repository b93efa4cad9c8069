"""Eighty news sentences in each language with the subject, object and agent of their verbs as a reader marks them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ultimora.documents.parser import WordAnalysis, default_parser
from ultimora.documents.tokenizer import tokenize

FOLDER = Path(__file__).parent / "syntax"
RELATIONS = {"subject": {"nsubj", "nsubj:pass"}, "object": {"obj"}, "agent": {"obl:agent"}}
WANTED = 0.92
Mark = tuple[str, str, str, str]  # sentence, verb, role, word


def marks(language: str) -> Iterator[Mark]:
    for line in (FOLDER / f"{language}.txt").read_text(encoding="utf8").splitlines():
        if line.startswith("#"):
            continue
        sentence, found = line.split(" | ")
        for group in found.split("; "):
            verb, *roles = group.split()
            for role in roles:
                name, word = role.split("=")
                yield sentence, verb, name, word


def is_right(words: list[str], parsed: list[WordAnalysis], mark: Mark) -> bool:
    _, verb, role, wanted = mark
    return any(
        word.deprel in RELATIONS[role] and word.head >= 0 and words[word.head] == verb and words[i] == wanted
        for i, word in enumerate(parsed)
    )


@pytest.mark.parametrize("language", ["it", "en"])
def test_who_does_what(language: str) -> None:
    every, wrong = list(marks(language)), []
    for mark in every:
        words = [mark[0][a:b] for a, b in tokenize(mark[0], language)]
        if not is_right(words, default_parser().parse(words, language), mark):
            wrong.append(mark)
    assert len({sentence for sentence, *_ in every}) >= 78
    assert 1 - len(wrong) / len(every) >= WANTED, "\n".join(map(str, wrong))
