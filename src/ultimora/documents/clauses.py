"""Clauses that a parser hangs from the wrong word, or takes for another kind of clause.

- "called Europe an obstacle, saying that…": a participle of saying behind a comma or a quotation is the main verb's.
- "ha negato di aver ricevuto denaro": a perfect infinitive below a verb of saying is what is said.
- "told a hearing that police had arrested", "told the paper he had": what is told is nothing that a hearing would say.
- "denied media reports that somebody was killed": that is what the reports say.
- "sciopereranno se il governo non ritirerà": a condition is no complement, but of who asks, knows or says.
- "an attack on Kyiv on Sunday that killed two", "Mitsos, who was in Davos, said": a clause that opens with a relative
  pronoun speaks of a noun.
- "called off the march planned for tomorrow": the march is planned, and not the calling.
- "called it outrageous and left": who calls it so has left.
- "…, the charity that runs it said": of two relative clauses of a noun, the one without a pronoun is what it does.
- "denied that its troops had fired and accused Lima": who denies accuses, too.
- "nega ogni addebito: «Era a Genova»": what is denied stands before the colon.
- "“We sent ten,” the chair, Ann Lee, told Radio Six": she who stands outside the quotation says it.
- "It is not true, the ministry said, that its envoy met them": the clause is what is called untrue.
- "promette a Seul «un mare di fiamme»": a noun in quotation marks behind a verb that has no object is its object.
- "Odessa, attacco nella notte: dodici morti, Mosca nega": what stands before the comma of a headline is no object.

The verbs and nouns of saying lie in ``lexicon/sayings.toml``, the lists in ``lexicon/syntax.toml``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from ultimora.documents.hanging import NOUNS
from ultimora.documents.parser import WordAnalysis
from ultimora.documents.wordlists import is_event, saying, telling
from ultimora.documents.wordlists import words as listed

_PARTICIPLES = frozenset({"Ger", "Part"})
_BEFORE = frozenset(',"”»')
_CLOSES = frozenset('"”»')
_OPENS = frozenset('"“«')


def clarified(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The analyses with such clauses hung from where they belong."""
    found = _speaking(found, language)
    result = list(found)
    for i, word in enumerate(found):
        if word.upos not in ("VERB", "AUX", "ADJ", "NOUN", "PROPN") or not 0 <= word.head < len(found):
            continue
        for mend in _MENDS:
            better = mend(words, found, i, language)
            if better is not None:
                result[i] = better
                break
    return tuple(result)


def _saying_on(words: Sequence[str], found: Sequence[WordAnalysis], i: int, language: str) -> WordAnalysis | None:
    word = found[i]
    gerund = word.feats.get("VerbForm") in _PARTICIPLES and word.feats.get("Tense") != "Past"
    if not gerund or word.lemma not in saying(language) or word.deprel.split(":")[0] not in ("advcl", "acl"):
        return None
    main = _main(found, word.head)
    said = (j for j in range(i - 1, main, -1) if found[j].deprel == "parataxis" and found[j].lemma in saying(language))
    main = next((j for j in said if found[j].head == main and j - main > 1), main)
    behind = i > 0 and words[i - 1] in _BEFORE and main < i
    return dataclasses.replace(word, head=main, deprel="advcl") if behind and main != word.head else None


def _main(found: Sequence[WordAnalysis], i: int) -> int:
    """The verb of the clause that the one of a word is only a part or a complement of."""
    while found[i].head >= 0 and (
        found[i].upos in NOUNS or found[i].deprel in ("ccomp", "xcomp", "acl", "acl:relcl", "amod")
    ):
        i = found[i].head
    return i


def _denied(_: Sequence[str], found: Sequence[WordAnalysis], i: int, language: str) -> WordAnalysis | None:
    word, verb = found[i], found[found[i].head]
    if word.deprel != "xcomp" or verb.lemma not in saying(language):
        return None
    below = [w for w in found if w.head == i]
    perfect = any(w.deprel == "aux" and w.feats.get("VerbForm") == "Inf" for w in below)
    return dataclasses.replace(word, deprel="ccomp") if perfect and any(w.deprel == "mark" for w in below) else None


def _told(_: Sequence[str], found: Sequence[WordAnalysis], i: int, language: str) -> WordAnalysis | None:
    word, noun = found[i], found[found[i].head]
    if noun.deprel not in ("iobj", "obj") or noun.lemma in telling(language):
        return None
    if word.deprel == "acl:relcl":
        return _bare(found, i, language)
    if word.deprel != "acl":
        return None
    opens = any(w.head == i and w.deprel == "mark" and w.upos == "SCONJ" for w in found[word.head : i])
    finite = word.feats.get("VerbForm", "Fin") == "Fin" or any(w.head == i and w.deprel == "aux" for w in found)
    told = opens and finite and noun.head >= 0 and found[noun.head].lemma in saying(language)
    return dataclasses.replace(word, head=noun.head, deprel="ccomp") if told else None


def _bare(found: Sequence[WordAnalysis], i: int, language: str) -> WordAnalysis | None:
    """As in "told the paper he had met them": without "that", too."""
    word, noun = found[i], found[found[i].head]
    first = found[word.head + 1] if word.head + 1 < len(found) else noun
    hears = noun.head >= 0 and found[noun.head].lemma in listed(language, "mends", "telling")
    things = listed(language, "mends", "told")
    opens = first.head == i and first.deprel == "nsubj" and first.feats.get("PronType") != "Rel"
    told = hears and opens and noun.lemma not in things
    return dataclasses.replace(word, head=noun.head, deprel="ccomp") if told else None


def _reported(_: Sequence[str], found: Sequence[WordAnalysis], i: int, language: str) -> WordAnalysis | None:
    word = found[i]
    mark = next((j for j, w in enumerate(found[:i]) if w.head == i and w.deprel == "mark" and w.upos == "SCONJ"), 0)
    if word.deprel != "ccomp" or mark < 1:
        return None
    noun = found[mark - 1]
    told = noun.head == word.head and noun.deprel in ("iobj", "obj") and noun.lemma in telling(language)
    return dataclasses.replace(word, head=mark - 1, deprel="acl") if told else None


def _conditional(words: Sequence[str], found: Sequence[WordAnalysis], i: int, language: str) -> WordAnalysis | None:
    word, verb = found[i], found[found[i].head]
    if word.deprel != "ccomp" or verb.upos != "VERB" or verb.lemma in saying(language):
        return None
    asking = verb.lemma in listed(language, "words", "wondering")
    marked = any(w.head == i and words[j].lower() in listed(language, "words", "if") for j, w in enumerate(found))
    return dataclasses.replace(word, deprel="advcl") if marked and not asking else None


def _relative(words: Sequence[str], found: Sequence[WordAnalysis], i: int, language: str) -> WordAnalysis | None:
    word = found[i]
    if word.deprel == "acl" and found[word.head].deprel == "advmod" and found[word.head].head >= 0:
        return dataclasses.replace(word, head=found[word.head].head, deprel="advcl")  # "stopped short of recalling"
    if word.deprel not in ("advcl", "ccomp"):
        return None
    pronouns = listed(language, "words", "relative_subjects")
    subject = next((j for j, w in enumerate(found[:i]) if w.head == i and w.deprel == "nsubj"), None)
    if subject is None or words[subject].lower() not in pronouns:
        return None
    if word.deprel == "ccomp" and (words[subject - 1] != "," or word.head > subject):
        return None  # but "attacks, which officials say killed forty"
    noun = _spoken_of(words, found, subject, language)
    return dataclasses.replace(word, head=noun, deprel="acl:relcl") if noun is not None else None


def _spoken_of(words: Sequence[str], found: Sequence[WordAnalysis], pronoun: int, language: str) -> int | None:
    """The name before a comma, else the nearest noun for what happens."""
    if pronoun > 1 and words[pronoun - 1] == ",":
        at = pronoun - 2
        while found[at].deprel.startswith("flat") and 0 <= found[at].head < at:
            at = found[at].head
        return at if found[at].upos in NOUNS else None
    return next((j for j in range(pronoun - 1, -1, -1) if is_event(found[j], language)), None)


def _planned(_: Sequence[str], found: Sequence[WordAnalysis], i: int, language: str) -> WordAnalysis | None:
    word = found[i]
    if word.deprel not in ("xcomp", "advcl") or word.lemma not in listed(language, "words", "scheduled"):
        return None
    noun = found[i - 1]
    past = word.feats.get("VerbForm") == "Part" and word.feats.get("Tense") == "Past"
    right_behind = noun.head == word.head and noun.deprel == "obj" and is_event(noun, language)
    return dataclasses.replace(word, head=i - 1, deprel="acl") if past and right_behind else None


def _joined(_: Sequence[str], found: Sequence[WordAnalysis], i: int, __: str) -> WordAnalysis | None:
    word, quality = found[i], found[found[i].head]
    finite = word.upos == "VERB" and word.feats.get("VerbForm") == "Fin"
    if word.deprel != "conj" or quality.upos != "ADJ" or quality.deprel != "xcomp" or not finite or quality.head > i:
        return None
    return dataclasses.replace(word, head=quality.head)


def _speaking(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """Makes whoever has such a relative clause the subject of the verb behind it, and gerunds of saying that verb's."""
    candidates = (i for i, w in enumerate(found) if w.deprel in ("acl:relcl", "conj") and w.lemma in saying(language))
    verbs = {i: noun for i in candidates if (noun := _speaker(found, i)) is not None}
    if not verbs:
        return found
    result = list(found)
    for verb, noun in verbs.items():
        result[verb] = dataclasses.replace(found[verb], head=found[noun].head, deprel="parataxis")
        result[noun] = dataclasses.replace(found[noun], head=verb, deprel="nsubj")
    return tuple(result)


def _speaker(found: Sequence[WordAnalysis], verb: int) -> int | None:
    """The noun of two relative clauses of which a verb of saying has no pronoun, and no subject."""
    word = found[verb]
    noun = found[word.head].head if found[word.head].deprel == "acl:relcl" else word.head
    below = [w for w in found if w.head == verb and w.deprel in ("nsubj", "obj", "ccomp", "cc")]
    others = [i for i in range(noun + 1, verb) if found[i].head == noun and found[i].deprel == "acl:relcl"]
    told = any(w.head in others and w.feats.get("PronType") == "Rel" for w in found[noun + 1 : verb])
    return noun if told and not below and found[noun].deprel != "root" else None


def _joined_above(_: Sequence[str], found: Sequence[WordAnalysis], i: int, language: str) -> WordAnalysis | None:
    word, first = found[i], found[found[i].head]
    said = first.deprel == "ccomp" and found[first.head].lemma in saying(language) and first.head < found[i].head
    if word.deprel != "conj" or word.upos != "VERB" or not said or word.feats.get("Tense") != "Past":
        return None
    if word.lemma not in listed(language, "words", "apart") or first.feats.get("VerbForm") not in _PARTICIPLES:
        return None
    own = any(w.head == i and w.deprel in ("aux", "nsubj", "cop", "aux:pass", "nsubj:pass") for w in found)
    helped = any(w.head == word.head and w.deprel == "aux" for w in found)
    return dataclasses.replace(word, head=first.head) if helped and not own else None


def _quoted(words: Sequence[str], found: Sequence[WordAnalysis], i: int, __: str) -> WordAnalysis | None:
    word = found[i]
    if word.deprel != "ccomp" or not 0 <= word.head < i:
        return None
    has_object = any(w.head == word.head and w.deprel == "obj" and j < i for j, w in enumerate(found))
    colon = ":" in words[word.head : i]
    return dataclasses.replace(word, deprel="parataxis") if has_object and colon else None


def _marked(words: Sequence[str], found: Sequence[WordAnalysis], i: int, __: str) -> WordAnalysis | None:
    word, verb = found[i], found[found[i].head]
    if word.deprel != "parataxis" or word.upos != "NOUN" or not word.head < i or verb.upos != "VERB":
        return None
    between = words[word.head + 1 : i]
    if not _OPENS & set(between[-2:]) or {",", ":"} & set(between):
        return None
    taken = any(w.head == word.head and w.deprel in ("obj", "ccomp", "xcomp") for w in found)
    own = any(w.head == i and w.deprel in ("case", "nsubj", "cop") for w in found)
    return None if taken or own else dataclasses.replace(word, deprel="obj")


def _apart(words: Sequence[str], found: Sequence[WordAnalysis], i: int, __: str) -> WordAnalysis | None:
    word = found[i]
    if word.deprel not in ("obj", "ccomp") or word.upos != "NOUN" or word.head < i + 2:
        return None
    subject = next((j for j in range(i + 1, word.head) if found[j].head == word.head and found[j].deprel == "nsubj"), 0)
    first = min((j for j, w in enumerate(found) if subject in (j, w.head) and j > i), default=0)
    return dataclasses.replace(word, deprel="parataxis") if subject and words[first - 1] == "," else None


def _outside(words: Sequence[str], found: Sequence[WordAnalysis], i: int, language: str) -> WordAnalysis | None:
    """Whoever stands between a quotation and a verb of speech says it, and whoever stands behind the verb is told."""
    word = found[i]
    if word.deprel != "nsubj" or word.upos not in NOUNS:
        return None
    verb = found[word.head]
    if word.head < i and 0 <= verb.head < len(found):
        said = verb.deprel == "ccomp" and i < verb.head and found[verb.head].lemma in saying(language)
        closed = any(w in _CLOSES for w in words[word.head : i])
        return dataclasses.replace(word, head=verb.head) if said and closed else None
    if word.head < i and verb.lemma in saying(language):
        before = (j for j in range(word.head) if found[j].deprel == "nsubj" and found[j].upos in NOUNS)
        other = any(_outside(words, found, j, language) is not None for j in before)
        return dataclasses.replace(word, deprel="obj") if other else None
    return None


def _resumed(words: Sequence[str], found: Sequence[WordAnalysis], i: int, language: str) -> WordAnalysis | None:
    """As in "it is not true, the ministry said, that…": what the first words judge stands behind whoever says so."""
    word = found[i]
    mark = next((j for j in range(word.head + 1, i) if found[j].head == i and found[j].deprel == "mark"), 0)
    after = word.deprel in ("ccomp", "advcl") and mark > 1 and words[mark - 1] == ","
    if not after or found[word.head].lemma not in saying(language):
        return None
    judged = next((j for j in range(word.head) if found[j].head == word.head and found[j].deprel == "ccomp"), None)
    copular = any(w.head == judged and w.deprel == "cop" for w in found[: word.head])
    named = any(w.head == judged and w.deprel.startswith("nsubj") and w.upos != "PRON" for w in found[: word.head])
    if judged is None or found[mark].upos != "SCONJ" or not copular or named:
        return None
    return dataclasses.replace(word, head=judged, deprel="ccomp")


_MENDS = (
    _resumed,
    _outside,
    _saying_on,
    _denied,
    _told,
    _reported,
    _conditional,
    _relative,
    _planned,
    _joined,
    _joined_above,
    _quoted,
    _marked,
    _apart,
)
