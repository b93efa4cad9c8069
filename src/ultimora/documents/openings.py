"""Nouns that open a headline or its second half, taken for a verb of the same form: "Frana a Ischia".

Which nouns are events lies in ``lexicon/events.toml``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from ultimora import languages
from ultimora.documents.parser import WordAnalysis

_BREAKS = frozenset(":–—")
_OF_VERBS = frozenset({"nsubj", "nsubj:pass", "obj", "aux", "aux:pass", "expl", "ccomp", "xcomp", "cop"})


def renamed(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The analyses with such words as nouns, and what hangs from them as of nouns."""
    nouns = languages.load(language).table("lexicon/events").get("nouns", ())
    mistaken = {
        i
        for i, word in enumerate(found[:-1])
        if word.upos == "VERB" and (i == 0 or words[i - 1] in _BREAKS) and found[i + 1].upos == "ADP"
        and words[i].lower() in nouns and word.feats.get("VerbForm", "Fin") == "Fin"
        and not any(each.head == i and each.deprel in _OF_VERBS for each in found)
    }  # fmt: skip
    if not mistaken:
        return found
    return tuple(_noun(words[i], word) if i in mistaken else _below(word, mistaken) for i, word in enumerate(found))


def _noun(form: str, word: WordAnalysis) -> WordAnalysis:
    deprel = "parataxis" if word.deprel == "advcl" else word.deprel
    return dataclasses.replace(word, upos="NOUN", lemma=form.lower(), feats={"Number": "Sing"}, deprel=deprel)


def _below(word: WordAnalysis, mistaken: set[int]) -> WordAnalysis:
    return dataclasses.replace(word, deprel="nmod") if word.head in mistaken and word.deprel == "obl" else word
