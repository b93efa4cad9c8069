"""Who says what is quoted, where a parser hangs the name from the scene: "ha detto ai cancelli Loretta Baldini".

Which nouns are scenes lies in ``lexicon/syntax.toml``, which verbs tell in ``lexicon/sayings.toml``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from ultimora.documents.hanging import SUBJECTS, Hanging
from ultimora.documents.parser import WordAnalysis
from ultimora.documents.wordlists import saying
from ultimora.documents.wordlists import words as listed

_BESIDE = frozenset({"nmod", "flat", "appos"})


def voiced(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The analyses with such names as the subjects of the verbs of telling that have none."""
    scenes = listed(language, "words", "scenes")
    if not scenes:
        return found
    result = Hanging(found)
    for i, word in enumerate(found):
        if word.ner != "B-PER" or word.deprel not in _BESIDE or result.below(i, "case") or word.head > i:
            continue
        scene = result[word.head]
        while scene.deprel == "nmod" and scene.head >= 0:
            scene = result[scene.head]  # "dal letto d'ospedale"
        verb = result[scene.head] if scene.head >= 0 else scene
        set_there = scene.deprel == "obl" and {scene.lemma, result[word.head].lemma} & scenes
        silent = verb.lemma in saying(language) and not result.below(scene.head, *SUBJECTS)
        if set_there and silent and verb.upos == "VERB" and words[i - 1] != ",":
            result[i] = dataclasses.replace(word, head=scene.head, deprel="nsubj")
    return tuple(result)
