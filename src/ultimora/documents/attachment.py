"""Phrases that a parser hangs from another word than the one they speak of; what is scheduled is in ``scheduling.py``.

- "According to sources, X and Y could meet": whoever stands behind the comma is no source, but the subject.
- "X e Y si sono sentiti oggi, ha annunciato Z": whoever stands before what is said does it, the other one says it;
  "C'è stata una telefonata tra X e Y, ha annunciato Z": there are not two things said.
- "Sale a otto il numero dei morti": the preposition is that of the number, and the noun behind it what rises.
- "I morti sono uno, ha detto il ministero": what stands before a verb of speech and its subject is what is said.
- "Russia launched 37 missiles, the air force said, hitting gas plants": what follows the speaker goes on with what is
  said; "X will meet Y, Z said, adding that…" and "«…», wrote X, accusing Y" go on with who says it. Verbs of speech
  are in ``lexicon/sayings.toml``.
- "le vittime della frana che ha travolto le case": a relative clause speaks of the noun right before it where its verb
  agrees with that one alone.
- "Secretary of State John Kerry said": the preposition is that of the office, and the name behind it is who said so.
- "Il Partizan lo ha squalificato la Uefa": what a pronoun takes up is no subject; whoever stands behind the verb is.
- "denied reports by the site that somebody was hurt": the clause is what the reports say, whoever stands between.
- "Kyiv blames Moscow; the Kremlin denies it": what a semicolon parts from a verb is none of what that says.
- "accused the rebels of the massacre": what somebody is charged with is no part of who that is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from ultimora import languages
from ultimora.documents.hanging import NOUNS, SUBJECTS, VERBS
from ultimora.documents.parser import WordAnalysis
from ultimora.documents.scheduling import scheduled
from ultimora.documents.wordlists import citing, harm, is_event, saying, speech
from ultimora.documents.wordlists import words as listed

_OBLIQUE = frozenset({"obl", "nmod"})
_CONTENT = frozenset({"ccomp", "acl", "acl:relcl", "obl", "advcl"})
_CLOSING = frozenset('"”»')
_CORE = frozenset({"nsubj", "nsubj:pass", "obj", "dislocated"})
_GERUND = frozenset({"Ger", "Part"})


def attached(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The analyses with such phrases hung from the word that they speak of."""
    found = scheduled(words, found, language)
    found = _one_subject(_stated(words, _heard(words, _risen(found), language), language))
    found = _charged(_parted(words, _afterwards(found, language), language), language)
    found = _taken_up(words, found, language)
    return _listed(_of_noun(_titled(_agreeing(_told(_gone_on(words, found, language), language), language))))


def _risen(found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    result = list(found)
    for i, word in enumerate(found[:-2]):
        number, noun = found[i + 1], found[word.head]
        alone = number.upos == "NUM" and number.head in (noun.head, word.head) and noun.deprel in _OBLIQUE
        if word.deprel != "case" or word.head <= i + 2 or not alone:
            continue
        if any(w.head == word.head and w.deprel == "det" for w in found[i + 2 : word.head]):
            result[i] = dataclasses.replace(word, head=i + 1)
            result[i + 1] = dataclasses.replace(number, head=noun.head, deprel="obl")
            result[word.head] = dataclasses.replace(noun, deprel="nsubj")
    return tuple(result)


def _heard(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    strong = tuple(languages.load(language).table("lexicon/sayings").get("sources", {}).get("strong", ()))
    result = list(found)
    for i, word in enumerate(found):
        source = found[word.head]
        behind = word.deprel == "appos" and word.head < i < source.head and source.deprel == "obl"
        if not behind or "," not in words[word.head + 1 : i] or not strong:
            continue
        case = next((j for j, w in enumerate(found) if w.head == word.head and w.deprel == "case"), word.head)
        said = " ".join(words[case : word.head]).lower()
        subject = any(w.head == source.head and w.deprel.startswith("nsubj") for w in found)
        if said.startswith(strong) and not subject:
            result[i] = dataclasses.replace(word, head=source.head, deprel="nsubj")
    return tuple(result)


def _stated(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    result = list(found)
    for i, word in enumerate(found):
        verb = word.head
        if word.deprel != "parataxis" or verb <= i or found[verb].lemma not in saying(language):
            continue
        below = [(j, w.deprel) for j, w in enumerate(found) if w.head == verb]
        inverted = any(j > verb and deprel == "nsubj" for j, deprel in below)
        if inverted and not any(deprel == "ccomp" for _, deprel in below) and "," in words[i + 1 : verb]:
            result[i] = dataclasses.replace(word, deprel="ccomp")
    return tuple(result)


def _one_subject(found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    result = list(found)
    for i, word in enumerate(found):
        above = word.head
        behind = _behind(found, i) if word.deprel == "ccomp" and i < above else None
        if behind is not None:
            result[behind] = dataclasses.replace(found[behind], head=i, deprel="nsubj")
            continue
        if word.deprel != "ccomp" or above <= i or any(w.head == i and w.deprel.startswith("nsubj") for w in found):
            continue
        subjects = [j for j, w in enumerate(found) if w.head == above and w.deprel == "nsubj"]
        if len(subjects) == 2 and subjects[0] < i < subjects[1]:
            result[subjects[0]] = dataclasses.replace(found[subjects[0]], head=i)
    return tuple(result)


def _behind(found: Sequence[WordAnalysis], i: int) -> int | None:
    """The noun behind what is said that was taken for a second thing said: "C'è stata una telefonata, ha detto X"."""
    for j in range(i + 1, found[i].head):
        word = found[j]
        if word.head == found[i].head and (word.deprel == "ccomp" or (word.deprel == "nsubj" and _told_by(found, i))):
            cop = any(w.head == j and w.deprel in ("cop", "mark", "nsubj") for w in found)
            return j if word.upos == "NOUN" and not cop else None
        if word.upos == "PUNCT" or word.deprel in ("cc", "mark", "nsubj"):
            return None
    return None


def _told_by(found: Sequence[WordAnalysis], i: int) -> bool:
    """Whether whoever says something stands behind the verb of speech."""
    return any(w.head == found[i].head and w.deprel == "nsubj" and j > found[i].head for j, w in enumerate(found))


def _gone_on(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    result = list(found)
    for i, word in enumerate(found):
        gerund = word.deprel == "advcl" and word.upos == "VERB" and word.feats.get("VerbForm") in _GERUND
        if not gerund or i == 0 or words[i - 1] != "," or word.lemma in citing(language):
            continue
        said = next((j for j in range(i - 1, -1, -1) if _is_aside(found, j, saying(language))), None)
        if said is None:
            continue
        content = next(j for j, each in enumerate(found) if each.head == said and each.deprel == "ccomp")
        if word.head in (said, content):
            own = word.lemma in speech(language) or any(words[k] in _CLOSING for k in range(content, said))
            result[i] = dataclasses.replace(word, head=said if own else content)
    return tuple(result)


def _told(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """Clauses and events hung from the noun whose content they are, whoever stands between the two."""
    known = languages.load(language).table("lexicon/sayings")
    nouns, said = known.get("nouns", {}), known.get("words", {})
    authors, topics = {*said.get("by", ()), *said.get("of", ())}, said.get("about", ())
    strong = known.get("sources", {}).get("strong", ())
    result = list(found)
    for i, word in enumerate(found):
        below = found[word.head]
        telling = (n for n in _before(found, i) if found[n].lemma in nouns)
        if word.deprel == "case" and below.deprel == "obl" and word.lemma in topics and is_event(below, language):
            noun = next(telling, None)
            if noun is not None and below.head == found[noun].head:
                result[word.head] = dataclasses.replace(below, head=noun, deprel="nmod")
        elif word.deprel == "case" and word.lemma in strong and below.feats.get("PronType") == "Rel":
            noun = next(telling, None)
            if noun is not None and found[below.head].deprel == "acl:relcl":
                result[below.head] = dataclasses.replace(found[below.head], head=noun)
        elif word.deprel == "mark" and word.upos == "SCONJ" and below.deprel in _CONTENT:
            made = (n for n in telling if found[n + 1].lemma in authors and found[n + 1].deprel == "case")
            noun = next(made, None)
            if noun is not None and below.head in (found[noun + 1].head, *_above(found, noun)):
                author = found[noun + 1].head
                result[word.head] = dataclasses.replace(below, head=noun, deprel="acl")
                result[author] = dataclasses.replace(found[author], head=noun, deprel="nmod")
    return tuple(result)


def _taken_up(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    result = list(found)
    for i, word in enumerate(found[:-1]):
        verb = found[i + 1].head if found[i + 1].upos == "AUX" else word.head
        if not i < verb or found[verb].upos != "VERB" or not _is_object(words, i, verb, language):
            continue
        below = [j for j, w in enumerate(found) if w.head == verb and w.upos in NOUNS and w.deprel in _CORE]
        bare = [j for j in below if not any(w.head == j and w.deprel in ("case", "cop") for w in found)]
        front, behind = [j for j in bare if j < i], [j for j in bare if j > verb]
        if len(front) == 1 and len(behind) == 1 and _is_definite(found, behind[0]):
            result[front[0]] = dataclasses.replace(found[front[0]], deprel="dislocated")
            result[behind[0]] = dataclasses.replace(found[behind[0]], deprel="nsubj")
    return tuple(result)


def _is_object(words: Sequence[str], i: int, verb: int, language: str) -> bool:
    """Whether a word can only be the object of the verb, by itself or as the participle's ending agrees with it."""
    own, agreeing = (listed(language, "words", each) for each in ("object_pronouns", "agreeing_pronouns"))
    form = words[i].lower()
    return form in own or (form in agreeing and verb > i + 1 and words[verb][-1:] == form[-1:])


def _is_definite(found: Sequence[WordAnalysis], i: int) -> bool:
    """A name, or a noun right behind the verb but for its article: not "lo ha nominato ministro"."""
    articles = [
        j for j, w in enumerate(found) if w.head == i and w.deprel == "det" and w.feats.get("Definite") == "Def"
    ]
    right_behind = i - len(articles) == found[i].head + 1
    return right_behind and (found[i].upos == "PROPN" or bool(articles))


def _before(found: Sequence[WordAnalysis], i: int) -> Iterator[int]:
    """The words before one, backwards, as far as the next verb or mark."""
    for j in range(i - 1, -1, -1):
        if found[j].upos in VERBS or found[j].upos == "PUNCT":
            return
        yield j


def _above(found: Sequence[WordAnalysis], i: int) -> Iterator[int]:
    """The heads of a word, up to the root."""
    for _ in found:
        if found[i].head < 0:
            return
        i = found[i].head
        yield i


def _agreeing(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """Relative clauses hung from the noun before them: without another subject, if only that has their verb's number;
    behind who came to harm in it, if it is something that happens ("i feriti dell'attentato che ha colpito la metro").
    """
    result = list(found)
    for i, word in enumerate(found[1:], 1):
        near, clause = found[i - 1], word.head
        if word.feats.get("PronType") != "Rel" or near.upos not in NOUNS or found[clause].deprel != "acl:relcl":
            continue
        far = found[clause].head
        others = [j for j, w in enumerate(found) if w.head == clause and w.deprel.startswith("nsubj") and j != i]
        if far in (i - 1, -1):
            continue
        only = near.feats.get("Number") == _number_of_verb(found, clause) != found[far].feats.get("Number")
        harmed = is_event(near, language) and found[far].lemma in harm(language, "of") and near.head == far
        if (only and "Number" in found[far].feats and not others) or (harmed and (only or others)):
            result[clause] = dataclasses.replace(found[clause], head=i - 1)
            subject = word.deprel in ("obj", "nsubj") and only and all(j > clause for j in others)
            result[i] = dataclasses.replace(word, deprel="nsubj") if subject else word
            for j in others if subject else ():
                result[j] = dataclasses.replace(found[j], deprel="obj")
    return tuple(result)


def _titled(found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    """Names behind an office of two nouns, whose preposition a parser gives to the name."""
    result = list(found)
    for i, word in enumerate(found[:-2]):
        name, title = word.head, found[word.head].head
        if word.deprel != "case" or found[name].upos != "PROPN" or not 0 <= title < i:
            continue
        between = [j for j in range(i + 1, name) if found[j].head == title and found[j].deprel == "nmod"]
        if not between or found[name].deprel != "nmod" or found[title].upos not in NOUNS:
            continue
        result[i] = dataclasses.replace(word, head=between[0])
        result[name] = dataclasses.replace(found[name], head=found[title].head, deprel=found[title].deprel)
        for j in range(name + 1, len(found)):
            if found[j].deprel == "flat" and found[j].head == title:
                result[j] = dataclasses.replace(found[j], head=name)
    return tuple(result)


def _parted(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    result = list(found)
    accusing = listed(language, "words", "accusing")
    for i, word in enumerate(found):
        between = words[i + 1 : word.head] if word.deprel == "ccomp" else ()
        marks = (";", ",") if word.lemma in accusing else (";",)  # "Pristina accusa Belgrado, Vucic nega"
        at = next((j for j in range(word.head - 1, i, -1) if words[j] in marks), None) if between else None
        if at is None:
            continue
        behind = found[at + 1 : word.head]
        alone = not any(w.feats.get("VerbForm") == "Fin" or w.upos == "PUNCT" for w in behind)
        subject = words[at] == ";" or any(w.head == word.head and w.deprel == "nsubj" for w in behind)
        denies = words[at] == ";" or found[word.head].lemma in listed(language, "words", "denying")
        if alone and subject and denies and not _CLOSING & set(between):
            result[i] = dataclasses.replace(word, deprel="parataxis")
    return tuple(result)


def _charged(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    accusing, authors = listed(language, "words", "accusing"), listed(language, "words", "doers")
    marks = listed(language, "cases", "accused_of")
    result = list(found)
    for word in found:
        charge = found[word.head]
        whom = found[charge.head]
        told = word.deprel == "case" and word.lemma in marks and charge.deprel == "nmod" and is_event(charge, language)
        of_whom = whom.deprel in ("obj", "nsubj:pass") and whom.lemma not in authors and charge.head < word.head
        if told and of_whom and found[whom.head].lemma in accusing:
            result[word.head] = dataclasses.replace(charge, head=whom.head, deprel="obl")
    return tuple(result)


def _of_noun(found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    """As in "Oggi vertice dei ministri": what stands beside a noun that is no predicate is a phrase of that noun."""
    predicates = {w.head for w in found if w.deprel.split(":")[0] in ("cop", "nsubj", "aux")}
    nouns = {i for i, w in enumerate(found) if w.upos == "NOUN" and w.head < 0 and i not in predicates}
    changed = (w.deprel == "obl" and w.head in nouns for w in found)
    return tuple(dataclasses.replace(w, deprel="nmod") if c else w for w, c in zip(found, changed, strict=True))


def _afterwards(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """As in "after the summit with Lima concluded": a clause, whose subject was taken for a phrase by itself."""
    marks = listed(language, "words", "clause_openers")
    result = list(found)
    for i, word in enumerate(found):
        noun = word.head
        if word.deprel != "case" or word.lemma not in marks or found[noun].deprel != "obl":
            continue
        last = max((j for j in range(noun, len(found)) if noun in (j, *_above(found, j))), default=noun)
        verb = last + 1 if last + 1 < len(found) else noun
        clause = found[verb].deprel == "advcl" and found[verb].head == found[noun].head
        if (
            clause
            and found[verb].feats.get("VerbForm") == "Fin"
            and not any(w.head == verb and w.deprel in SUBJECTS for w in found)
        ):
            result[i] = dataclasses.replace(word, head=verb, deprel="mark", upos="SCONJ")
            result[noun] = dataclasses.replace(found[noun], head=verb, deprel="nsubj")
    return tuple(result)


def _listed(found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    """As in "di Germania, Francia e Regno Unito": names of one kind in a row hang from the first of them."""
    result = list(found)
    for i, word in enumerate(found):
        before = _name_before(found, i) if word.deprel == "conj" and word.ner.startswith("B-") else None
        if before is None or found[before].ner[2:] != word.ner[2:]:
            continue
        first = result[before].head if result[before].deprel == "conj" else before
        if first != word.head and found[first].ner[2:] == word.ner[2:] and first < i:
            result[i] = dataclasses.replace(word, head=first)
    return tuple(result)


def _name_before(found: Sequence[WordAnalysis], i: int) -> int | None:
    """The head of the name right before a word, past one comma or conjunction."""
    last = i - 2
    if last < 0 or found[i - 1].deprel not in ("cc", "punct"):
        return None
    first = last
    while first > 0 and found[first].ner.startswith("I-"):
        first -= 1
    if not found[first].ner.startswith("B-"):
        return None
    return next((j for j in range(first, last + 1) if not first <= found[j].head <= last), None)


def _number_of_verb(found: Sequence[WordAnalysis], verb: int) -> str | None:
    """The number that a finite verb, or its auxiliary, is in."""
    finite = [w for i, w in enumerate(found) if w.feats.get("VerbForm") == "Fin" and verb in (i, w.head)]
    return finite[0].feats.get("Number") if finite else None


def _is_aside(found: Sequence[WordAnalysis], verb: int, saying: frozenset[str]) -> bool:
    """Whether a verb of speech stands behind what is said."""
    before = any(each.head == verb and each.deprel == "ccomp" and j < verb for j, each in enumerate(found))
    return before and found[verb].lemma in saying
