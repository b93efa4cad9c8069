"""Words that a parser hangs from a neighbour, put where the words around them leave them no other place.

- "Il colloquio in mattinata tra X e Y ha": nothing is between one alone; who follows the "and" is the other.
- "Il gruppo rivendica l'attacco alla petroliera": what stands right behind an attack that somebody makes is its target;
  "ha condannato il lancio di razzi da parte di X": X did what is condemned.
- "urged Paris to stop talking": who stands before the infinitive is asked, and not stopped.
- "The mayor, who met the union last Friday, called for calm": what stands between the commas belongs there.
- "retook the town from the rebels, residents and a source said": who stands between comma and verb of speech says it.
- "Nessun contatto, giura il ministero": what stands before the comma is said, by whoever stands behind the verb.
- "li ritiene responsabili": the bare word behind is what they are thought to be, and nobody who thinks so.
- "Korea's Lee and Japan's Takaichi": whoever has a possessive mark belongs to the name behind it.
- "Tregua nello Yemen: i ribelli e il governo scambiano prigionieri": what stands before the colon is no second subject.
- "Uccisi a colpi di pistola due fratelli": the noun behind a participle that opens a headline is whom it is done to.
- "the charge that missiles struck Goris": a clause that lacks nothing says what is charged, and "that" is no object.
- "dichiara persona non grata il console": the consul is declared so.
- "il faccia a faccia tra i due": whatever is said of the second noun is said of the first.
- "Migranti, le ong accusano Roma": the first is what it is about, not one of those who accuse.
- "sent doctors to flood-hit Pakistan": what a hyphen joins to a noun is no verb.
- "denunciano le ong": an article before a noun is no noun; "Norway has plans to": whoever stands before a verb does
  not hang from behind it.

Which words these are lies in ``lexicon/syntax.toml`` and ``lexicon/sayings.toml``, which nouns are events in
``lexicon/events.toml``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from ultimora.documents.hanging import NOUNS, SUBJECTS, VERBS, Hanging
from ultimora.documents.parser import WordAnalysis
from ultimora.documents.wordlists import is_event, relays, saying, telling
from ultimora.documents.wordlists import words as listed

_PHRASE = NOUNS | {"ADJ", "DET", "CCONJ", "NUM", "ADP", "PART"}
_LONGEST = 14


def resettled(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The analyses with such words hung from where they belong."""
    found = _deemed(_told_before(words, found, language), language)
    found = _said(words, _owned(_across(_articles(words, _stricken(words, found, language), language))), language)
    found = _done(_aimed(_between(found, language), language), language)
    found = _among(_opened(_dated(_that(found, language))))
    found = _doubled(words, found)
    found = _unwelcome(words, _topped(words, _enclosed(words, _asked(found))), language)
    return _headed(words, found, language)


def _doubled(words: Sequence[str], found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    """As in "il faccia a faccia tra i due", "spalla a spalla": one noun, of which all is said that is of the second."""
    result = list(found)
    for i in range(len(found) - 2):
        alike = words[i].lower() == words[i + 2].lower() and found[i].upos == found[i + 2].upos == "NOUN"
        if not alike or found[i + 1].upos != "ADP" or found[i + 2].head != i or found[i + 1].head != i + 2:
            continue
        result = [dataclasses.replace(w, head=i) if w.head == i + 2 else w for w in result]
        for j in (i + 1, i + 2):
            result[j] = dataclasses.replace(result[j], head=i, deprel="fixed")
    return tuple(result)


def _stricken(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """As in "sent doctors to flood-hit Pakistan": what a hyphen joins to a noun is no verb, and the name no object."""
    result = list(found)
    for i, word in enumerate(found[:-1]):
        noun = found[i + 1]
        done = words[i].lower() != word.lemma or words[i].lower() in listed(language, "words", "bare_participles")
        joined = i > 2 and words[i - 1] == "-" and word.upos in VERBS and word.head >= 0 and done
        marks = [j for j in range(i) if found[j].head == i and found[j].deprel in ("mark", "case") and j == i - 3]
        if not joined or not marks or noun.head != i or noun.deprel != "obj" or noun.upos not in NOUNS:
            continue
        result[i] = dataclasses.replace(word, upos="ADJ", lemma=words[i].lower(), feats={}, head=i + 1, deprel="amod")
        result[i + 1] = dataclasses.replace(noun, head=word.head, deprel="obl")
        result[marks[0]] = dataclasses.replace(found[marks[0]], upos="ADP", head=i + 1, deprel="case")
    return tuple(result)


def _topped(words: Sequence[str], found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    """As in "Migranti, le ong accusano Roma", "Yemen, liberato l'equipaggio": what a headline is about, taken for one
    more subject of its verb, or for the first in a row with people ("Armenia-Azerbaigian, Aliyev e Pashinyan…").
    """
    if len(found) < 4 or words[1] != "," or found[0].upos not in NOUNS or found[0].deprel != "nsubj":
        return found
    place = found[0].ner.endswith("-LOC")
    others = any(w.head == found[0].head and w.deprel in SUBJECTS for w in found[2:])
    if others and (place or found[0].upos == "NOUN"):
        return (dataclasses.replace(found[0], deprel="dislocated"), *found[1:])
    row = [i for i, w in enumerate(found) if w.head == 0 and w.deprel == "conj"]
    if not place or not row or not found[row[0]].ner.endswith("-PER"):
        return found
    result = list(found)
    result[row[0]] = dataclasses.replace(found[row[0]], head=found[0].head, deprel="nsubj")
    for i in row[1:]:
        result[i] = dataclasses.replace(found[i], head=row[0])
    result[0] = dataclasses.replace(found[0], deprel="dislocated")
    return tuple(result)


def _unwelcome(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """As in "dichiara persona non grata il console": a set quality, taken for a verb, whose object is its verb's."""
    qualities = listed(language, "words", "set_qualities")
    result = list(found)
    for i, word in enumerate(found):
        if words[i].lower() not in qualities or word.upos != "VERB" or word.head < 0:
            continue
        noun = word.head
        result[i] = dataclasses.replace(word, upos="ADJ", lemma=words[i].lower(), feats={}, deprel="amod")
        for j, each in enumerate(found):
            if each.head == i and each.deprel in ("obj", "nsubj", "obl") and found[noun].head >= 0:
                result[j] = dataclasses.replace(each, head=found[noun].head)
    return tuple(result)


def _articles(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """An article before a noun, taken for a name that does the same as the noun."""
    result = list(found)
    for i, word in enumerate(found[:-1]):
        after = found[i + 1]
        alike = word.upos == "PROPN" and after.upos in NOUNS and after.head == word.head
        if alike and words[i] in listed(language, "words", "definite"):
            result[i] = dataclasses.replace(word, upos="DET", deprel="det", head=i + 1, ner="O")
    return tuple(result)


def _across(found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    """As in "Norway has plans to", "took nine sailors hostage": nothing hangs across a verb from what it governs."""
    result = list(found)
    for i, word in enumerate(found):
        below = found[word.head]
        verb = below.head
        if verb < 0 or found[verb].upos not in VERBS:
            continue
        if word.deprel == "nsubj" and below.deprel == "obj" and i < verb < word.head:
            taken = any(w.head == verb and w.deprel.startswith("nsubj") for w in found)
            result[i] = word if taken else dataclasses.replace(word, head=verb)
        elif word.deprel == "compound" and below.upos == "VERB" and below.deprel == "xcomp" and verb < i < word.head:
            result[i] = dataclasses.replace(word, head=verb, deprel="obj")
    return tuple(result)


def _owned(found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    """A name with a possessive mark, coordinated with the name that it owns."""
    result = list(found)
    for i, word in enumerate(found[:-2]):
        mark, after = found[i + 1], found[i + 2]
        marked = word.deprel == "conj" and mark.upos == "PART" and mark.head == i
        if marked and after.upos in NOUNS and after.deprel == "conj" and after.head == word.head:
            result[i] = dataclasses.replace(word, head=i + 2, deprel="nmod:poss")
    return tuple(result)


def _said(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """Who stands between a comma and a verb of speech without a subject, taken for one more of those before."""
    result = list(found)
    for verb, word in enumerate(found):
        if word.lemma not in saying(language) or any(w.head == verb and w.deprel == "nsubj" for w in found):
            continue
        if not any(w.head == verb and w.deprel == "ccomp" and i < verb for i, w in enumerate(found)):
            continue
        comma = next((i for i in range(verb - 1, 0, -1) if found[i].upos not in _PHRASE), 0)
        strayed = [i for i in range(comma + 1, verb) if found[i].deprel == "conj" and found[i].head < comma]
        if words[comma] == "," and strayed:
            result[strayed[0]] = dataclasses.replace(found[strayed[0]], head=verb, deprel="nsubj")
            for i in strayed[1:]:
                result[i] = dataclasses.replace(found[i], head=strayed[0])
    return tuple(result)


def _told_before(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """What stands before a comma and a verb of speech is said, by whoever stands behind the verb."""
    comma = next((i for i, each in enumerate(words) if each == ","), -1)
    if comma < 0:
        return found
    result = Hanging(found)
    for verb, word in enumerate(found):
        if word.upos != "VERB" or word.lemma not in saying(language):
            continue
        opens = min([verb, *result.below(verb, "aux", "aux:pass", "cop", "advmod")])
        told = [i for i in result.below(verb, *SUBJECTS) if i < comma]
        speaker = [i for i in result.below(verb, "obj") if verb < i and found[i].upos in NOUNS]
        if opens == comma + 1 and len(told) == len(speaker) == 1 and not result.below(verb, "ccomp", "xcomp"):
            result[told[0]] = dataclasses.replace(found[told[0]], deprel="ccomp")
            result[speaker[0]] = dataclasses.replace(found[speaker[0]], deprel="nsubj")
    return tuple(result)


def _deemed(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """As in "li ritiene responsabili": the bare word behind is what they are thought to be, and nobody who thinks."""
    result = Hanging(found)
    for verb, word in enumerate(found[1:-1], 1):
        before, after = found[verb - 1], found[verb + 1]
        if word.lemma not in listed(language, "words", "deeming") or before.upos != "PRON" or before.deprel != "obj":
            continue
        bare = after.upos in ("NOUN", "ADJ") and not result.below(verb + 1, "det", "case", "nummod")
        if before.head != verb or after.head != verb or not bare or after.deprel not in ("nsubj", "obj", "xcomp"):
            continue
        result[verb + 1] = dataclasses.replace(after, upos="ADJ", deprel="xcomp")
        topic = result.below(verb, "dislocated")
        if topic and topic[-1] < verb and not result.below(verb, *SUBJECTS):
            result[topic[-1]] = dataclasses.replace(found[topic[-1]], deprel="nsubj")
    return tuple(result)


def _done(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """Who something is done by, hung from a verb that has a subject and an event for its object."""
    agent = listed(language, "cases", "agent")
    result = list(found)
    for i, word in enumerate(found):
        if word.deprel != "obl" or relays(language).get(word.lemma) not in agent or word.head > i:
            continue
        marked = any(w.head == i and w.deprel == "case" and w.lemma in agent for w in found)
        objects = [j for j in range(word.head + 1, i) if found[j].head == word.head and found[j].deprel == "obj"]
        if marked and objects and is_event(found[objects[-1]], language):
            result[i] = dataclasses.replace(word, head=objects[-1], deprel="nmod")
    return tuple(result)


def _among(found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    """As in "58 persone, tra le quali undici donne, sono state soccorse": they are part of the subject before them."""
    result = list(found)
    for i, word in enumerate(found):
        if word.deprel not in SUBJECTS or word.upos not in NOUNS or word.head < i:
            continue
        relative = any(w.head == i and w.deprel == "nmod" and w.feats.get("PronType") == "Rel" for w in found[:i])
        first = next((j for j in range(i) if found[j].head == word.head and found[j].deprel in SUBJECTS), None)
        if relative and first is not None:
            result[i] = dataclasses.replace(word, head=first, deprel="acl:relcl")
    return tuple(result)


def _headed(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """What stands before a colon, hung as a subject from the verb behind it that has another."""
    colon = next((i for i, word in enumerate(words[:_LONGEST]) if word == ":"), 0) or _parting_comma(
        words, found, language
    )
    strayed = [i for i in range(colon) if found[i].head > colon and found[i].deprel != "punct"]
    first = next((i for i in strayed if _is_bare(found, i) and _is_kicker(found[i], language)), None)
    if first is None:
        return found
    verb = found[first].head
    if any(
        w.upos in VERBS and not w.deprel.startswith(("acl", "aux")) and w.head != i for i, w in enumerate(found[:colon])
    ):
        return found
    if not any(w.head == verb and w.deprel.startswith(("nsubj", "obj")) for w in found[colon + 1 :]):
        return found
    result = list(found)
    result[first] = dataclasses.replace(found[first], deprel="parataxis")
    for i in strayed:
        if i > first and found[i].upos in NOUNS:
            result[i] = dataclasses.replace(found[i], head=first, deprel="nmod")
    return tuple(result)


def _parting_comma(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> int:
    """As in "Raid su Assab, le vittime salgono a 12": the comma between an event and the subject of the verb behind."""
    for comma in (i for i, word in enumerate(words[:_LONGEST]) if word == ","):
        first = next((i for i in range(comma) if _is_bare(found, i)), None)
        if first is None or not is_event(found[first], language) or found[first].head < comma:
            continue
        if any(found[i].head == found[first].head and found[i].deprel in SUBJECTS for i in range(comma, len(found))):
            return comma
    return 0


def _is_bare(found: Sequence[WordAnalysis], i: int) -> bool:
    """A subject, or a phrase without a preposition of its own."""
    cases = any(w.head == i and w.deprel == "case" for w in found[:i])
    return found[i].deprel in SUBJECTS or (found[i].deprel == "obl" and not cases)


def _is_kicker(word: WordAnalysis, language: str) -> bool:
    return word.upos == "NOUN" or is_event(word, language)


def _between(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """Who stands behind "between X and", taken for the subject of what follows, hung from X."""
    markers = listed(language, "cases", "between")
    result = list(found)
    for word in found:
        first, between = word.head, word.deprel == "case" and word.lemma in markers
        if not between or first < 0 or any(w.head == first and w.deprel == "conj" for w in found):
            continue
        joint = next((j for j, w in enumerate(found) if w.deprel == "cc" and first < j < w.head), None)
        if joint is None or any(w.upos in {*VERBS, "PUNCT"} for w in found[first:joint]):
            continue
        other = found[found[joint].head]
        if other.deprel == "nsubj" and other.upos in NOUNS and other.head > found[joint].head:
            result[found[joint].head] = dataclasses.replace(other, head=first, deprel="conj")
    return tuple(result)


def _aimed(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The phrase behind an event that a verb says to be somebody's, hung from the event and not from the verb."""
    authoring = listed(language, "words", "authoring")
    result = list(found)
    for i, word in enumerate(found[:-1]):
        case, verb = found[i + 1], found[word.head]
        if word.deprel != "obj" or verb.lemma not in authoring or case.deprel != "case" or word.head > i:
            continue
        target = found[case.head]
        if is_event(word, language) and target.deprel == "obl" and target.head == word.head:
            result[case.head] = dataclasses.replace(target, head=i, deprel="nmod")
    return tuple(result)


def _that(found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """A clause with a subject and an object of its own behind a noun of saying, taken for a relative one."""
    result = list(found)
    for i, word in enumerate(found):
        verb, noun = found[word.head], found[word.head].head
        if word.deprel not in ("obj", "mark") or verb.deprel != "acl:relcl" or noun != i - 1 or word.head < i:
            continue
        below = {w.deprel.split(":")[0] for j, w in enumerate(found) if w.head == word.head and j != i}
        whole = word.deprel == "mark" or {"nsubj", "obj"} <= below
        if whole and found[noun].lemma in telling(language):
            result[i] = dataclasses.replace(word, upos="SCONJ", deprel="mark", feats={})
            result[word.head] = dataclasses.replace(verb, deprel="acl")
    return tuple(result)


def _dated(found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    """As in "has freed the priests kidnapped last month": a day right behind a participle is the participle's."""
    result = list(found)
    for i, word in enumerate(found):
        bare = (
            word.deprel in ("obl", "obl:tmod", "advmod")
            and word.upos in NOUNS
            and not any(w.head == i and w.deprel == "case" for w in found)
        )
        before = i - 2 if i > 1 and found[i - 1].head == i and found[i - 1].upos == "ADJ" else i - 1
        participle = found[before] if before > 0 else word
        if (
            bare
            and participle.deprel == "acl"
            and participle.head != i
            and participle.upos == "VERB"
            and 0 <= word.head < before
        ):
            result[i] = dataclasses.replace(word, head=before)
    return tuple(result)


def _opened(found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    """As in "Uccisi a colpi di pistola due fratelli": whom the participle that opens a headline is about."""
    verb = found[0] if found else None
    if verb is None or verb.upos != "VERB" or verb.feats.get("VerbForm") != "Part":
        return found
    if verb.deprel == "case" and found[verb.head].upos == "NOUN" and found[verb.head].head >= 0:
        noun = found[verb.head]  # "Rapito il figlio, i banditi chiedono": no preposition, but what was done to him
        result = list(found)
        result[0] = dataclasses.replace(verb, head=noun.head, deprel="parataxis")
        result[verb.head] = dataclasses.replace(noun, head=0, deprel="nsubj:pass")
        return tuple(result)
    if any(w.head == 0 and w.deprel.startswith(("nsubj", "obj", "aux")) for w in found):
        return found
    end = next((i for i, w in enumerate(found) if w.upos in ("PUNCT", "VERB") and i), len(found))
    bare = [i for i in range(1, end) if found[i].upos == "NOUN" and found[i].deprel in ("parataxis", "nmod", "obl")]
    bare = [i for i in bare if not any(w.head == i and w.deprel in ("cop", "case") for w in found)]
    result = list(found)
    if bare and found[bare[0]].feats.get("Number") == verb.feats.get("Number"):
        result[bare[0]] = dataclasses.replace(found[bare[0]], head=0, deprel="nsubj:pass")
    return tuple(result)


def _asked(found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    """An object before the mark of an infinitive, hung from the verb that it stands behind."""
    result = list(found)
    for i, word in enumerate(found):
        below = found[word.head]
        if word.deprel != "obj" or word.upos not in NOUNS or below.deprel != "xcomp" or not 0 <= below.head < i:
            continue
        if any(w.head == word.head and w.deprel == "mark" for w in found[i + 1 : max(word.head, 0)]):
            taken = any(w.head == below.head and w.deprel == "obj" for w in found)
            result[i] = word if taken else dataclasses.replace(word, head=below.head)
    return tuple(result)


def _enclosed(words: Sequence[str], found: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    """Phrases between the commas of a relative clause that hang from a verb beyond it, hung from the clause's own."""
    result = list(found)
    for i, word in enumerate(found):
        if word.deprel not in {"obl", "obl:tmod", "advmod"} or word.head < i + 2 or words[i + 1] != ",":
            continue
        within = next((j for j in range(i - 1, 0, -1) if words[j] == "," or found[j].deprel == "acl:relcl"), 0)
        opened = any(words[j] == "," for j in range(found[within].head + 1, within))
        if found[within].deprel == "acl:relcl" and 0 <= found[within].head < within and opened:
            result[i] = dataclasses.replace(word, head=within)
    return tuple(result)
