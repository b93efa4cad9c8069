"""What a mend leaves is a tree, whatever the parser gave: a word beneath itself would be read for ever."""

import random
import time

import pytest

from ultimora import languages
from ultimora.documents.asides import parted
from ultimora.documents.attachment import attached
from ultimora.documents.build import sound
from ultimora.documents.clauses import clarified
from ultimora.documents.openings import renamed
from ultimora.documents.parser import WordAnalysis, default_parser
from ultimora.documents.participles import restored
from ultimora.documents.phrases import rehung
from ultimora.documents.resettling import resettled
from ultimora.documents.trees import is_tree
from ultimora.documents.voices import voiced
from ultimora.languages.corpus import examples

MENDS = (renamed, rehung, restored, parted, clarified, attached, resettled, voiced)
ENDLESS = "the minister of Rome said that talks with Oslo would resume , adding and"
LINES = {tag: [e.text for e in examples(tag)][::12] for tag in languages.available()}


def _shaken(found: list[WordAnalysis], rng: random.Random) -> tuple[WordAnalysis, ...]:
    """The same words in another tree, with relations of other words: as bad as a parse can be."""
    order = rng.sample(range(len(found)), len(found))
    relations = [word.deprel for word in found if word.deprel != "root"]
    result = list(found)
    for place, i in enumerate(order):
        head = order[rng.randrange(place)] if place else -1
        deprel = rng.choice(relations) if place and relations else "root"
        old = found[i]
        result[i] = WordAnalysis(old.lemma, old.upos, old.feats, head, deprel, old.ner)
    return tuple(result)


@pytest.mark.parametrize(("heads", "tree"), [
    ([], False), ([-1], True), ([-1, 0, 1], True), ([1, -1, 1], True), ([-1, -1], False), ([-1, 2, 1], False),
    ([1, 2, 0], False), ([-1, 1], False), ([-1, 0, 4, 2, 3], False),
])  # fmt: skip
def test_tree(heads: list[int], tree: bool) -> None:
    assert is_tree(heads) is tree


@pytest.mark.parametrize("language", sorted(LINES))
def test_mended_parses_are_trees(language: str) -> None:
    rng = random.Random(7)
    for text in LINES[language]:
        words = tuple(text.replace(".", " .").replace(",", " ,").split())
        parsed = default_parser().parse(words, language)
        for first in (tuple(parsed), _shaken(parsed, rng)):
            found = first
            for mended in MENDS:
                found = sound(mended(words, found, language), found)
                assert is_tree([word.head for word in found]), (mended.__name__, text)


def test_a_sentence_without_end_is_mended_about_as_soon_as_parsed() -> None:
    """No mend looks through the whole sentence for every word of it, and again for each that it finds."""
    words = tuple(ENDLESS.split()) * 200
    before = time.process_time()
    found = tuple(default_parser().parse(words, "en"))
    parsed = time.process_time()
    for mended in MENDS:
        found = sound(mended(words, found, "en"), found)
    assert time.process_time() - parsed < 5 * (parsed - before)
