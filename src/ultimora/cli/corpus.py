"""``ultimora languages check``: every corpus line of a language, read and compared."""

from __future__ import annotations

from ultimora import languages
from ultimora.articles.load import Given, article_from_text
from ultimora.cli.output import complain
from ultimora.languages.corpus import Example, examples, failures
from ultimora.pipeline import read_article
from ultimora.serial import to_data


def check(tag: str) -> int:
    """Print what fails and a count; the exit status is 1 if anything does."""
    folder = languages.load(tag).folder
    for name in ("lexicon", "rules", "gazetteer"):
        languages.load(tag).tables(name)
    total = bad = 0
    for example in examples(tag):
        total += 1
        found = wrong(example)
        bad += bool(found)
        for message in found:
            complain(f"{example.path}:{example.line}: {message}")
    print(f"{folder.name}: {total - bad} of {total} corpus lines are read as they say")  # noqa: T201
    return 1 if bad else 0


def wrong(example: Example) -> list[str]:
    """What a reading of an example has wrong."""
    given = Given(published=example.published, language=example.language)
    reading = read_article(article_from_text(example.text, given))
    return failures(example, to_data(reading))
