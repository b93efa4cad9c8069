"""Spelling variants of a training sentence: the analysis stays, only the forms change."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from training.treebanks import Sentence

QUOTES = set('"“”«»„')
PAIRS = {
    "it": [("«", "»"), ("“", "”"), ('"', '"'), ("«", "»"), ("“", "”"), ("‘", "’")],
    "en": [("“", "”"), ('"', '"'), ("“", "”"), ("‘", "’"), ("'", "'")],
}
ACCENTS = str.maketrans({"à": "a'", "è": "e'", "é": "e'", "ì": "i'", "ò": "o'", "ù": "u'"})


def vary(sentence: Sentence, rng: Random) -> Sentence:
    """Return the sentence in one random spelling; most sentences stay as they are."""
    if sentence.language not in PAIRS:
        return sentence
    words = list(sentence.words)
    if any(word in QUOTES for word in words) and rng.random() < 0.75:
        words = change_quotes(words, rng.choice(PAIRS[sentence.language]))
    if rng.random() < 0.4:
        words = [word.replace("'", "’") if len(word) > 1 else word for word in words]
    elif rng.random() < 0.3:
        words = [word.replace("’", "'") if len(word) > 1 else word for word in words]
    if sentence.language == "it" and rng.random() < 0.06:
        words = [word[:-1] + word[-1].translate(ACCENTS) for word in words]
    dice = rng.random()
    if dice < 0.02:
        words = [word.upper() for word in words]
    elif dice < 0.035:
        words = [word.lower() for word in words]
    elif dice < 0.045:
        words = [word[:1].upper() + word[1:] for word in words]
    varied = replace(sentence, words=words)
    return drop_full_stop(varied) if rng.random() < 0.12 else varied


LAYERS = ("words", "upos", "lemmas", "feats", "heads", "deprels", "ner", "events")


def change_quotes(words: list[str], pair: tuple[str, str]) -> list[str]:
    """Rewrite quotation marks, opening and closing in turn."""
    opening = True
    result = []
    for word in words:
        if word in QUOTES:
            result.append(pair[0] if opening else pair[1])
            opening = not opening
        else:
            result.append(word)
    return result


def drop_full_stop(sentence: Sentence) -> Sentence:
    """Headlines have no full stop."""
    count = len(sentence.words)
    if count < 4 or sentence.words[-1] != "." or count in sentence.heads:
        return sentence
    return replace(sentence, **{name: getattr(sentence, name)[:-1] for name in LAYERS})
