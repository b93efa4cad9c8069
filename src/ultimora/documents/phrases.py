"""Names, nouns and particles that a parser hangs from the wrong word, or gives the wrong part.

- "Prime Minister Kyriakos Mitsos said": the name is who says it, the office stands before it; "with Prince Khalid".
- "the agency quoted the ministry as saying", "urged the board to sell": of two subjects the one behind the verb is its
  object, and who is urged is one.
- "called the verdict a farce", "took nine sailors hostage": the second is what the first is called or made.
- "fishermen and a customs officer said": who stands behind "and" goes with whom stands before it.
- "Lavrov, Fidan hold talks", "Albanese in talks with Luxon": who opens a headline takes part.
- "handed over two fugitives": the particle is the verb's; "i visti a cento funzionari": the preposition the noun's.
- "ha reso noto l'aeronautica di Kiev", "Esercitazioni congiunte di India e Giappone", "il vertice di Brno, in Moravia",
  "il cessate il fuoco tra India e Pakistan": a phrase is of the noun that it stands behind.
- "ha fatto sapere l'assessore": it is the councillor who lets it be known.
- "per la Fim-Cisl è un primo passo": a phrase before what somebody or something is does not belong to that noun.

The lists lie in ``lexicon/syntax.toml``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from ultimora.documents.hanging import NOUNS, SUBJECTS, VERBS, Hanging
from ultimora.documents.parser import WordAnalysis
from ultimora.documents.wordlists import is_event, telling
from ultimora.documents.wordlists import words as listed


def rehung(words: Sequence[str], found: tuple[WordAnalysis, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The analyses with such words hung from where they belong."""
    result = Hanging(found)
    for mend in _MENDS:
        mend(words, result, language)
    return tuple(result)


def _put(found: Hanging, i: int, head: int, deprel: str) -> None:
    found[i] = dataclasses.replace(found[i], head=head, deprel=deprel)


def _names(words: Sequence[str], found: Hanging, _: str) -> None:
    """A common noun in small letters is nobody's name ("attacca bottone")."""
    for i, word in enumerate(found):
        if word.upos == "NOUN" and word.ner == "B-PER" and words[i].islower():
            goes_on = i + 1 < len(found) and found[i + 1].ner == "I-PER"
            found[i] = word if goes_on else dataclasses.replace(word, ner="O")


def _hyphened(words: Sequence[str], found: Hanging, _: str) -> None:
    """As in "a Polish-Latvian accord": both say whose accord it is."""
    for i, word in enumerate(found[:-2]):
        second = found[i + 2]
        if (
            words[i + 1] == "-"
            and word.head == i + 2
            and (word.upos, second.upos) == ("ADJ", "ADJ")
            and second.head > i
        ):
            found[i] = dataclasses.replace(word, head=second.head, deprel=second.deprel)


def _due_to(_: Sequence[str], found: Hanging, language: str) -> None:
    """As in "Parliament was to have voted": the auxiliary is no verb of its own."""
    being, markers = listed(language, "mends", "due"), listed(language, "mends", "due_to")
    for i, word in enumerate(found):
        verbs = found.below(i, "xcomp")
        if word.lemma not in being or word.upos not in ("AUX", "VERB") or len(verbs) != 1 or verbs[0] < i:
            continue
        verb = verbs[0]
        marked = any(found[j].lemma in markers for j in found.below(verb, "mark"))
        if not marked or found[verb].upos != "VERB" or found.below(i, "obj", "obl", "ccomp", "advmod", "expl"):
            continue
        _put(found, verb, word.head, word.deprel)
        for j in found.below(i):
            found[j] = dataclasses.replace(found[j], head=verb)
        found[i] = dataclasses.replace(word, head=verb, deprel="aux", upos="AUX")


def _is_due(words: Sequence[str], found: Hanging, language: str) -> None:
    """As in "are due to meet", "the summit due to be held": no preposition, but somebody or something that is due."""
    adjectives, markers = listed(language, "mends", "due_words"), listed(language, "mends", "due_to")
    for i in range(1, len(found) - 2):
        if words[i].lower() not in adjectives or words[i + 1].lower() not in markers:
            continue
        verb = i + 3 if found[i + 2].deprel == "aux:pass" and i + 3 < len(found) else i + 2
        below, above = found.below(verb), found[verb]
        being = [j for j in below if j < i and found[j].deprel == "cop"]
        plainly = above.lemma == words[verb].lower() and above.upos in VERBS
        base = verb > i + 2 or plainly or (being and words[verb].lower() in listed(language, "mends", "due_verbs"))
        if found[i].head != verb or not base:
            continue
        noun = found[i - 1].upos == "NOUN" and not being
        _put(found, i, i - 1 if noun else above.head, "acl" if noun else above.deprel)
        found[i] = dataclasses.replace(found[i], upos="ADJ", lemma=words[i].lower(), feats={})
        found[verb] = dataclasses.replace(above, head=i, deprel="xcomp", upos="VERB", lemma=above.lemma)
        found[i + 1] = dataclasses.replace(found[i + 1], head=verb, deprel="mark", upos="PART")
        for j in below:
            if j < i:
                _put(found, j, i, "nsubj" if found[j].deprel == "nsubj:pass" else found[j].deprel)


def _cases(_: Sequence[str], found: Hanging, language: str) -> None:
    """A preposition hung from the number of a noun; what hangs from a preposition; who acts, as "by" tells."""
    agent = listed(language, "cases", "agent")
    for i, word in enumerate(found):
        above = found[word.head] if word.head >= 0 else word
        by = word.deprel == "nsubj" and any(found[j].lemma in agent and j < i for j in found.below(i, "case"))
        if by and 0 <= word.head < i:
            found[i] = dataclasses.replace(word, deprel="obl:agent")  # "quoted as saying by the agency"
            continue
        marked = found.below(i, "case") if word.deprel == "obj" and above.upos in VERBS else []
        if marked and marked[0] < i and found[marked[0]].lemma not in listed(language, "cases", "genitive"):
            found[i] = dataclasses.replace(word, deprel="obl")  # "sarebbero a un passo"
            continue
        of_number = word.deprel == "case" and above.deprel == "nummod" and i < word.head < above.head
        of_case = word.deprel in SUBJECTS and above.upos == "ADP" and above.deprel == "case" and above.head >= 0
        if of_number or of_case:
            found[i] = dataclasses.replace(word, head=above.head)


def _done_by(_: Sequence[str], found: Hanging, language: str) -> None:
    """As in "colpito un supermercato da due missili": who did it does not hang from whom it was done to."""
    agent = listed(language, "cases", "agent")
    for i, word in enumerate(found):
        thing = found[word.head] if word.head >= 0 else word
        verb = found[thing.head] if thing.head >= 0 else thing
        counted = found.below(i, "nummod") and any(found[j].lemma in agent for j in found.below(i, "case"))
        if word.deprel != "nmod" or not counted or thing.deprel not in ("obj", *SUBJECTS) or not word.head < i:
            continue
        if verb.feats.get("VerbForm") == "Part" and thing.head < word.head and not found.below(thing.head, "aux"):
            _put(found, i, thing.head, "obl:agent")


def _received(_: Sequence[str], found: Hanging, __: str) -> None:
    """As in "Macron ricevuto da Xi": where nothing else is said, the participle says what was done to whom."""
    if any(w.feats.get("VerbForm") == "Fin" or w.deprel == "cop" for w in found):
        return
    for i, word in enumerate(found):
        noun = word.head
        past = word.feats.get("VerbForm") == "Part" and word.feats.get("Tense") == "Past"
        if word.deprel != "acl" or noun < 0 or found[noun].head >= 0 or found[noun].upos != "PROPN" or not past:
            continue
        if noun < i and found.below(i, "obl:agent"):
            _put(found, i, -1, "root")
            _put(found, noun, i, "nsubj:pass")
            for j in [j for j in found.below(noun) if found[j].deprel == "punct"]:
                _put(found, j, i, "punct")
        return


def _met(words: Sequence[str], found: Hanging, language: str) -> None:
    """As in "a Skopje, dove incontrerà il premier": whoever is behind the verb is met by the one before it."""
    verbs, where = listed(language, "mends", "meeting"), listed(language, "mends", "where")
    for i, word in enumerate(found):
        subjects = found.below(i, "nsubj")
        opens = any(words[j].lower() in where and j < i for j in found.below(i))
        if word.lemma in verbs and opens and len(subjects) == 1 and subjects[0] > i and not found.below(i, "obj"):
            found[subjects[0]] = dataclasses.replace(found[subjects[0]], deprel="obj")


def _dead(words: Sequence[str], found: Hanging, language: str) -> None:
    """As in "shot dead by police": what somebody is made, and whoever does it is with the verb."""
    for i, word in enumerate(found):
        if words[i].lower() in listed(language, "words", "deadly") and 0 <= word.head == i - 1:
            verb = word.head
            found[i] = dataclasses.replace(word, upos="ADJ", lemma=words[i].lower(), deprel="xcomp", feats={})
            for j in found.below(i):
                if j > i:
                    found[j] = dataclasses.replace(found[j], head=verb)


def _nominal(words: Sequence[str], found: Hanging, language: str) -> None:
    """As in "un carico di soccorsi", "ucraini e russi", "Entrambe vivono": nouns and pronouns of other words' forms."""
    genitive, between = listed(language, "cases", "genitive"), listed(language, "cases", "between")
    both, infinitives = listed(language, "words", "both_of_them"), tuple(listed(language, "mends", "infinitives"))
    for i, word in enumerate(found):
        before = found[i - 1]
        marked = i > 0 and before.head == i and before.deprel == "mark" and before.lemma in genitive
        noun = marked and bool(infinitives) and not words[i].lower().endswith(infinitives)
        if noun and word.deprel == "acl" and not found.below(i, "aux"):
            feats = {k: v for k, v in word.feats.items() if k in ("Gender", "Number")}
            lemma = words[i].lower()[:-1] + "o"
            found[i] = dataclasses.replace(word, upos="NOUN", lemma=lemma, feats=feats, deprel="nmod")
            _put(found, i - 1, i, "case")
            for j in found.below(i, "obj"):
                if found[j].upos == "ADJ":
                    _put(found, j, i, "amod")
        elif word.deprel == "conj" and word.upos == "ADJ" and word.head >= 0 and found[word.head].upos in NOUNS:
            if any(found[j].lemma in between for j in found.below(word.head, "case")):
                found[i] = dataclasses.replace(word, upos="NOUN")
        elif words[i].lower() in both and word.upos == "ADV" and word.head > i:
            bare = not found.below(word.head, *SUBJECTS)
            found[i] = dataclasses.replace(word, upos="PRON", deprel="nsubj") if bare else word


def _counted(_: Sequence[str], found: Hanging, __: str) -> None:
    """As in "I morti sono nove, i dispersi sei", "reported 25 dead": whoever is counted, with the number."""
    for i, word in enumerate(found[:-1]):
        number, above = found[i + 1], found[word.head] if word.head >= 0 else word
        counts = above.upos == "NUM" and found.below(word.head, "cop") and number.upos == "NUM"
        dead = word.upos == "NUM" and word.deprel == "obj" and (number.upos, number.deprel) == ("ADJ", "xcomp")
        if dead and number.head == word.head:
            _put(found, i + 1, word.head, "obj")
            _put(found, i, i + 1, "nummod")
            found[i + 1] = dataclasses.replace(found[i + 1], upos="NOUN")
        if word.deprel in ("appos", "conj") and word.upos == "NOUN" and counts and number.head in (word.head, i):
            _put(found, i, word.head, "nsubj")
            _put(found, i + 1, i, "nummod")


def _offices(_: Sequence[str], found: Hanging, language: str) -> None:
    """An office with a name for its continuation, or beside it."""
    relation = next(iter(listed(language, "mends", "before_names")), "nmod")
    for i in range(1, len(found)):
        word, office = found[i], found[i - 1]
        if word.ner != "B-PER" or office.ner != "O" or office.upos != "PROPN":
            continue
        alone = not any(j < i - 1 for j in found.below(i - 1))
        if word.deprel.startswith("flat") and word.head == i - 1 and alone:
            _put(found, i, office.head, office.deprel)
            for j in found.below(i - 1):
                if j > i or found[j].deprel in ("case", "cc", "punct"):
                    found[j] = dataclasses.replace(found[j], head=i)
            _put(found, i - 1, i, relation)
        elif (word.head, word.deprel) == (office.head, office.deprel) and word.deprel in ("obl", "obj"):
            for j in found.below(i - 1, "case"):
                found[j] = dataclasses.replace(found[j], head=i)
            _put(found, i - 1, i, relation)


def _objects(_: Sequence[str], found: Hanging, language: str) -> None:
    """Two subjects around a verb; whom somebody is urged to do something."""
    mistaken = listed(language, "mends", "objects")
    for verb, word in enumerate(found):
        if word.upos != "VERB" or not mistaken:
            continue
        subjects = found.below(verb, "nsubj") if "nsubj" in mistaken else []
        if len(subjects) > 1 and subjects[0] < verb < subjects[-1] and not found.below(verb, "obj"):
            _put(found, subjects[-1], verb, "obj")
        asked = found.below(verb, "iobj") if "iobj" in mistaken else []
        urged = bool(asked) and (found.below(verb, "xcomp") or found[asked[0]].lemma in telling(language))
        if urged and not found.below(verb, "obj"):
            _put(found, asked[0], verb, "obj")


def _made(_: Sequence[str], found: Hanging, language: str) -> None:
    """The second of two objects, where it says what the first is called, or made."""
    naming, states = listed(language, "words", "naming"), listed(language, "words", "captivity")
    for verb, word in enumerate(found):
        objects = [i for i in found.below(verb, "obj", "obl") if i > verb and not found.below(i, "case")]
        if len(objects) != 2 or found[objects[1]].upos != "NOUN":
            continue
        second = objects[1]
        if word.lemma in naming or (found[second].lemma in states and second == objects[0] + 1):
            _put(found, second, verb, "xcomp")


def _pairs(_: Sequence[str], found: Hanging, __: str) -> None:
    """Who stands behind "and", joined to another than whoever stands before it and does the same."""
    for i, word in enumerate(found):
        link = next((j for j in found.below(i, "cc") if j < i), None)
        if word.deprel != "conj" or link is None or link < 2 or word.upos not in NOUNS:
            continue
        before = found[link - 1]
        bare = all(found[j].head == i for j in range(link, i))
        if before.upos in NOUNS and before.deprel in SUBJECTS and before.head > i and bare and word.head < link - 1:
            found[i] = dataclasses.replace(word, head=link - 1)


def _openings(words: Sequence[str], found: Hanging, _: str) -> None:
    """As in "Lavrov, Fidan hold talks": the one who opens the headline is no sentence of its own."""
    if len(found) < 4 or words[1] != "," or found[0].head >= 0 or found[0].upos != "PROPN":
        return
    second = found[2]
    verb = second.head
    if second.deprel != "nsubj" or second.upos != "PROPN" or verb < 3 or found[verb].head != 0:
        return
    for j in found.below(0):
        if j not in (1, verb):
            found[j] = dataclasses.replace(found[j], head=verb)
    _put(found, verb, -1, "root")
    _put(found, 0, verb, "nsubj")
    _put(found, 2, 0, "conj")


def _particles(words: Sequence[str], found: Hanging, language: str) -> None:
    """As in "handed over two fugitives": not more than two."""
    handing, over = listed(language, "mends", "handing"), listed(language, "mends", "over")
    for i in range(1, len(found)):
        verb = found[i - 1]
        if words[i].lower() in over and verb.lemma in handing and found[i].head > i and verb.upos == "VERB":
            found[i] = dataclasses.replace(found[i], head=i - 1, deprel="compound:prt", upos="ADP")


def _nearest(_: Sequence[str], found: Hanging, language: str) -> None:
    """As in "voted to strike from April 7": a phrase right behind an infinitive is the infinitive's."""
    agent = listed(language, "cases", "agent")
    for i, word in enumerate(found):
        if word.deprel != "obl" or not 0 <= word.head < i:
            continue
        first = min([i, *(j for j in found.below(i) if j < i)])
        verb = first - 1
        infinitive = verb > word.head and found[verb].deprel == "xcomp" and found[verb].head == word.head
        by = any(found[j].lemma in agent for j in found.below(i, "case"))
        if infinitive and not by and found[verb].feats.get("VerbForm") == "Inf":
            found[i] = dataclasses.replace(word, head=verb)


def _of_nouns(words: Sequence[str], found: Hanging, language: str) -> None:
    """A phrase right behind the noun that it is of."""
    genitive, between = listed(language, "mends", "behind_subjects"), listed(language, "cases", "between")
    for i, word in enumerate(found):
        case = next((j for j in found.below(i, "case") if j < i), None)
        if case is None or case < 1 or word.head < 0:
            continue
        if found[case].lemma in genitive:
            _behind_genitive(found, i, case - 1, language)
        elif found[case].lemma in between:
            _behind_between(words, found, i, case - 1, language)
        elif found[case].lemma in listed(language, "cases", "where"):
            _behind_town(words, found, i, case - 1)
        above = found[word.head]
        if word.deprel == "nmod" and word.head > i and above.upos == "NOUN" and found.below(word.head, "cop"):
            _put(found, i, word.head, "obl")


def _behind_genitive(found: Hanging, i: int, before: int, language: str) -> None:
    word, above = found[i], found[found[i].head]
    beside = found[before].deprel in SUBJECTS and found[before].head == word.head < before
    if found[before].deprel == "nmod" and found[before].upos == "NOUN" and found[before].head == word.head < before:
        genitive = listed(language, "mends", "behind_subjects")  # "la trasferta ai tifosi del Verona"
        beside = not any(found[j].lemma in genitive for j in found.below(before, "case"))
    if word.deprel in ("obl", "nmod") and beside:
        _put(found, i, before, "nmod")
    quality = word.deprel == "obl" and above.upos == "ADJ" and above.deprel == "acl" and word.head == before
    if quality and above.head >= 0 and is_event(found[above.head], language):
        _put(found, i, above.head, "nmod")


def _behind_between(words: Sequence[str], found: Hanging, i: int, before: int, language: str) -> None:
    word = found[i]
    if word.deprel == "obl:agent":
        _put(found, i, word.head, "nmod")
    elif word.head == before - 2 and _opens(found, word.head, language):
        _put(found, i, found[word.head].head, "nmod")
    elif word.deprel == "nmod" and _is_truce(words, word.head, language):
        _put(found, i, word.head - 2, "nmod")
    elif word.deprel in ("obl", "nmod") and found.below(i, "conj"):
        _behind_meeting(found, i, before, language)


def _behind_meeting(found: Hanging, i: int, before: int, language: str) -> None:
    """As in "si lavora a un incontro venerdì ad Arequipa tra X e Y": what stands in between is of the meeting, too."""
    event = is_event(found[found[i].head], language)
    verb = found[found[i].head].head if event else found[i].head
    beside = [j for j in range(max(verb, 0) + 1, before + 1) if found[j].head == verb] if verb >= 0 else []
    held = next((j for j in beside if found[j].upos == "NOUN" and is_event(found[j], language)), None)
    if held is not None and found[i].head in (held, verb):
        for each in [j for j in beside if j > held and found[j].deprel in ("obl", "advmod", "nmod")] + [i]:
            _put(found, each, held, "nmod")


def _behind_town(words: Sequence[str], found: Hanging, i: int, before: int) -> None:
    word, town = found[i], found[before - 1]
    within = words[before] == "," and before > 0 and word.deprel == "nmod" and town.head == word.head
    if within and "LOC" in word.ner and "LOC" in town.ner:
        _put(found, i, before - 1, "nmod")


def _opens(found: Hanging, i: int, language: str) -> bool:
    """As in "Accordo a portata di mano tra X e Y": whether a word only says how the event is that opens a headline."""
    return found[i].head == 0 and found[i].deprel in ("obl", "nmod") and is_event(found[0], language)


def _is_truce(words: Sequence[str], i: int, language: str) -> bool:
    """Whether the word is the last of "cessate il fuoco"."""
    return i > 1 and " ".join(words[i - 2 : i + 1]).lower() in listed(language, "words", "truces")


def _let_know(_: Sequence[str], found: Hanging, language: str) -> None:
    """As in "ha fatto sapere l'assessore": no object of what he lets be known."""
    making, knowing = listed(language, "words", "causing"), listed(language, "words", "knowing")
    for i, word in enumerate(found):
        verb = found[word.head] if word.head >= 0 else word
        if word.deprel != "obj" or verb.lemma not in knowing or verb.head < 0 or not word.head < i:
            continue
        maker = found[verb.head]
        causes = maker.lemma in making and verb.deprel in ("ccomp", "xcomp") and verb.head < word.head
        if causes and not found.below(verb.head, *SUBJECTS) and word.upos in NOUNS:
            _put(found, i, verb.head, "nsubj")


_MENDS = (
    _names, _hyphened, _due_to, _is_due, _cases, _done_by, _received, _met, _dead, _counted, _nominal, _offices,
    _objects, _made, _pairs, _openings, _particles, _nearest, _of_nouns, _let_know,
)  # fmt: skip
