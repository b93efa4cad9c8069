"""Past participles and gerunds that can be nothing else by their form, whatever features the analysis guesses.

A headline that opens with one ("Scarcerato il giornalista") is rare in what parsers learn from. Which endings a verb's
participle has lies in ``lexicon/syntax.toml`` under ``participles``: ``"are:ato|ata|ati"`` takes the place of the
infinitive's ending, ``irregular`` lists whole stems, to which ``last`` adds a letter and ``also`` a further one to
those
with a given end; ``gerunds`` end a gerund ("accusandola"), before a pronoun or not.

"Tre operai sono rimasti feriti" is a passive in all but name: the verb that stays only carries the participle. Which
verbs do, and which participles they carry, is ``carriers`` and ``carried``.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache

from ultimora import languages
from ultimora.documents.hanging import SUBJECTS, Hanging
from ultimora.documents.parser import WordAnalysis, lemma_lexicon

_NOMINAL = frozenset({"NOUN", "ADJ"})
_MISTAKEN = frozenset({"Mood", "Person"})


@dataclass(frozen=True)
class Endings:
    """What takes the place of which infinitive's ending, and the irregular forms."""

    regular: tuple[tuple[str, tuple[str, ...]], ...]
    irregular: frozenset[str]
    gerunds: tuple[str, ...]


@cache
def _endings(language: str) -> Endings:
    table = languages.load(language).table("lexicon/syntax").get("participles", {})
    pairs = (written.split(":") for written in table.get("endings", ()))
    regular = tuple((infinitive, tuple(forms.split("|"))) for infinitive, forms in pairs)
    stems = table.get("irregular", ())
    also = [pair.split(":") for pair in table.get("also", ())]
    irregular = frozenset(f"{stem}{a}" for stem in stems for a in table["last"])
    irregular |= frozenset(f"{stem}{a}" for end, a in also for stem in stems if stem.endswith(end))
    pronouns = ("", *table.get("enclitics", ()))
    return Endings(regular, irregular, tuple(each + a for each in table.get("gerunds", ()) for a in pronouns))


def is_certain(form: str, lemma: str, language: str) -> bool:
    """Whether a form of a verb can only be its past participle."""
    known = _endings(language)
    if form in known.irregular:
        return True
    stems = ((lemma[: -len(ending)], forms) for ending, forms in known.regular if lemma.endswith(ending))
    return any(form == stem + each for stem, forms in stems for each in forms)


def restored(words: tuple[str, ...], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The analyses with the features of past participles put right."""
    heads = {each.head for each in found if each.deprel.startswith("nsubj")}
    opened = (
        _opening(words[i].lower(), each, language) if i in heads and i == 0 else each for i, each in enumerate(found)
    )
    mended = tuple(_restored(word.lower(), each, language) for word, each in zip(words, opened, strict=True))
    return _undergone(words, mended, language)


def _undergone(words: tuple[str, ...], analyses: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The participle behind a verb that only carries it governs what hung from that verb."""
    table = languages.load(language).table("lexicon/syntax").get("participles", {})
    carriers, carried = table.get("carriers", ()), table.get("carried", {})
    verbs = [i for i, word in enumerate(analyses) if word.lemma in carriers]
    if not verbs:
        return analyses
    found = Hanging(analyses)
    for verb in verbs:
        for i in range(verb + 1, min(verb + 3, len(found))):
            lemma = carried.get(words[i].lower()[:-1])
            if lemma is not None and found[i].head in (verb, i - 1) and found[i].deprel not in SUBJECTS:
                _turned(found, verb, i, lemma)
                break
    return tuple(found)


def _turned(found: Hanging, verb: int, i: int, lemma: str) -> None:
    above, feats = found[verb], {**found[verb].feats, "VerbForm": "Part", "Tense": "Past"}
    kept = {name: value for name, value in feats.items() if name not in _MISTAKEN}
    found[i] = dataclasses.replace(
        found[i], head=above.head, deprel=above.deprel, upos="VERB", lemma=lemma, feats=kept, ner="O"
    )
    found[verb] = dataclasses.replace(above, head=i, deprel="aux:pass", upos="AUX")
    for j in found.below(verb):
        found[j] = dataclasses.replace(found[j], head=i)
    for j in found.below(i, "nsubj"):
        found[j] = dataclasses.replace(found[j], deprel="nsubj:pass")


def _opening(form: str, word: WordAnalysis, language: str) -> WordAnalysis:
    """As in "Indagati quattro agenti": what opens a headline, has a subject and looks like a participle, is a verb."""
    if word.upos not in _NOMINAL or word.head >= 0:
        return word
    pairs = ((infinitive, each) for infinitive, forms in _endings(language).regular for each in forms)
    found = next((form[: -len(each)] + infinitive for infinitive, each in pairs if form.endswith(each)), None)
    known = lemma_lexicon(language).verbs  # "Immediata la replica" is none
    return word if found not in known else dataclasses.replace(word, upos="VERB", lemma=found)


def _restored(form: str, word: WordAnalysis, language: str) -> WordAnalysis:
    if word.upos == "VERB" and form.endswith(_endings(language).gerunds):
        kept = {name: value for name, value in word.feats.items() if name not in _MISTAKEN | {"Tense"}}
        return dataclasses.replace(word, feats={**kept, "VerbForm": "Ger"})
    told = word.feats.get("VerbForm") == "Part" and word.feats.get("Tense") == "Past"
    if word.upos != "VERB" or told or not is_certain(form, word.lemma.lower(), language):
        return word
    kept = {name: value for name, value in word.feats.items() if name not in _MISTAKEN}
    return dataclasses.replace(word, feats={**kept, "VerbForm": "Part", "Tense": "Past"})
