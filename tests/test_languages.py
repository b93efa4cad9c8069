"""Every corpus line of every language is a test."""

import pytest

from ultimora import languages
from ultimora.cli.corpus import wrong
from ultimora.languages.corpus import Example, examples

LINES = [example for tag in languages.available() for example in examples(tag)]


@pytest.mark.parametrize("example", LINES, ids=[example.name for example in LINES])
def test_corpus_line(example: Example) -> None:
    assert not wrong(example), example.text
