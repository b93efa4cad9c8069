"""What opens a headline or its second half: nouns taken for a verb of the same form ("Frana a Ischia"), and the word
that says there is none ("Niente accordo tra"), taken for the noun that it stands before; ages taken for numbers ("Il
trentenne"); and what a headline says of somebody without a verb ("Londra pronta a trattare"), taken for his quality.

Which nouns are events lies in ``lexicon/events.toml``, how ages end in ``lexicon/syntax.toml``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from ultimora.documents.hanging import NOUNS
from ultimora.documents.parser import WordAnalysis
from ultimora.documents.wordlists import happenings
from ultimora.documents.wordlists import words as listed

_SAID_OF = frozenset({"xcomp", "advcl", "obl", "nmod"})
_BREAKS = frozenset(":–—")
_OF_NOUNS = {"obl": "nmod", "xcomp": "amod", "nsubj:pass": "amod"}
_QUALITIES = frozenset({"ADJ", "ADV", "DET"})
_MARKS = frozenset('"“«')
_OF_VERBS = frozenset({"nsubj", "obj", "aux", "aux:pass", "expl", "ccomp", "cop"})


def renamed(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The analyses with such words as nouns, and what hangs from them as of nouns."""
    found = _without(words, _qualities(words, found, language), language)
    found = _ready(_aged(words, found, language), language)
    nouns, between = happenings(language), listed(language, "cases", "between")
    mistaken = {
        i
        for i, word in enumerate(found[:-1])
        if (word.upos == "VERB" or (word.upos == "PROPN" and found[i + 1].lemma in between))
        and words[i].lower() in nouns and _opens(words, found, i)
        and not any(each.head == i and each.deprel in _OF_VERBS for each in found)
        and (_before_phrase(found, i) or _qualified(words, found, i, between))
    }  # fmt: skip
    if not mistaken:
        return found
    return tuple(_noun(words[i], word) if i in mistaken else _below(word, mistaken) for i, word in enumerate(found))


def _qualities(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """As in "accused neighbouring Eritrea": what only ever says which is no verb, and has no object."""
    known = listed(language, "words", "never_verbs")
    for i, word in enumerate(found[:-1]):
        noun = found[i + 1]
        if words[i].lower() not in known or word.upos != "VERB" or noun.head != i or noun.upos not in NOUNS:
            continue
        result = [dataclasses.replace(w, head=max(word.head, 0)) if w.head == i else w for w in found]
        result[i] = dataclasses.replace(word, upos="ADJ", lemma=words[i].lower(), feats={}, head=i + 1, deprel="amod")
        deprel = "obj" if word.deprel in ("xcomp", "ccomp") else word.deprel
        result[i + 1] = dataclasses.replace(noun, head=word.head, deprel=deprel)
        found = tuple(result)
    return found


def _without(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """As in "Niente sciopero in Belgio": it is the strike that there is none of."""
    none = listed(language, "words", "no_openings")
    for i in range(len(found) - 1):
        opens = i == 0 or words[i - 1] in _BREAKS or words[i - 1] == ","
        if not opens or words[i].lower() not in none or found[i + 1].head != i or found[i + 1].upos != "NOUN":
            continue
        result = [dataclasses.replace(w, head=i + 1) if w.head == i else w for w in found]
        result = [dataclasses.replace(w, deprel="nmod") if w.head == i + 1 and w.deprel == "obl" else w for w in result]
        noun = dataclasses.replace(found[i + 1], head=found[i].head, deprel=found[i].deprel)
        negation = dataclasses.replace(
            found[i], upos="DET", lemma=words[i].lower(), feats={}, head=i + 1, deprel="det", ner="O"
        )
        found = (*result[:i], negation, noun, *result[i + 2 :])
    return found


def _aged(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """As in "Il trentenne ha protestato": whoever is of that age, and no number."""
    one, many = (tuple(listed(language, "mends", key)) for key in ("age", "ages"))
    result = list(found)
    for i, word in enumerate(found if one else ()):
        form = words[i].lower()
        if word.upos != "NUM" or word.deprel == "nummod" or not form.endswith(one + many):
            continue
        number = "Sing" if form.endswith(one) else "Plur"
        lemma = form[: -len(one[0])] + one[0]
        result[i] = dataclasses.replace(word, upos="NOUN", lemma=lemma, feats={"Number": number})
    return tuple(result)


def _ready(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """As in "Londra pronta a trattare": with nothing else told, that is what is said of whoever stands before it."""
    attitudes = listed(language, "words", "attitudes")
    for i, word in enumerate(found[1:], start=1):
        above = found[word.head] if 0 <= word.head < i else word
        first = above.deprel in ("root", "parataxis") and above.upos in NOUNS and word.deprel in ("amod", "acl")
        if word.lemma not in attitudes or not first or not _goes_on(found, i):
            continue
        moved = {j for j, w in enumerate(found) if w.head == word.head and j > i}
        result = [dataclasses.replace(w, head=i) if j in moved else w for j, w in enumerate(found)]
        top = word.head if above.head == word.head else above.head
        result[i] = dataclasses.replace(word, head=i if top == word.head else top, deprel=above.deprel)
        result[word.head] = dataclasses.replace(above, head=i, deprel="nsubj")
        return tuple(result)
    return found


def _goes_on(found: Sequence[WordAnalysis], i: int) -> bool:
    """Whether a phrase or an infinitive follows the word, as it does what is said of somebody."""
    below = any(w.head == i and j > i and w.deprel in _SAID_OF for j, w in enumerate(found))
    return below and i + 1 < len(found) and found[i + 1].upos == "ADP"


def _opens(words: Sequence[str], found: Sequence[WordAnalysis], i: int) -> bool:
    """Whether a word opens a sentence or its second half, but for what qualifies it ("Lunga telefonata")."""
    while i > 0 and found[i - 1].upos in _QUALITIES:
        i -= 1
    return i == 0 or words[i - 1] in _BREAKS


def _before_phrase(found: Sequence[WordAnalysis], i: int) -> bool:
    return found[i].feats.get("VerbForm", "Fin") in ("Fin", "Ger") and found[i + 1].upos == "ADP"


def _qualified(words: Sequence[str], found: Sequence[WordAnalysis], i: int, between: frozenset[str]) -> bool:
    """What might be a participle, had it no quality as nouns have, or were nobody named between whom it happens."""
    if "Gender" not in found[i].feats:
        return False
    qualities = words[i + 1] in _MARKS or found[i + 1].upos == "ADJ" or (i > 0 and found[i - 1].upos in _QUALITIES)
    end = next((j for j in range(i + 1, len(found)) if found[j].upos == "PUNCT"), len(found))
    return qualities or any(each.lemma in between for each in found[i + 1 : end])


def _noun(form: str, word: WordAnalysis) -> WordAnalysis:
    deprel = "parataxis" if word.deprel == "advcl" else word.deprel
    feats = {"Number": "Sing"}
    return dataclasses.replace(word, upos="NOUN", lemma=form.lower(), feats=feats, deprel=deprel, ner="O")


def _below(word: WordAnalysis, mistaken: set[int]) -> WordAnalysis:
    """What hangs from such a noun: phrases and qualities of a noun."""
    rel = _OF_NOUNS.get(word.deprel) if word.head in mistaken else None
    return dataclasses.replace(word, deprel=rel) if rel is not None else word
