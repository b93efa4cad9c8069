"""Finding the words that speak of an event: PLOVER's by the rules, all others by part of speech and lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ultimora import languages
from ultimora.claims import rules
from ultimora.claims.arenas import is_mishap, is_played
from ultimora.claims.bystanders import is_town
from ultimora.claims.frames import antecedent, frame, given_to, surface_subject
from ultimora.claims.kinds import is_any_of
from ultimora.claims.rules import Condition, Slot, Trigger
from ultimora.claims.syntax import case_of, clause, feature, headlined, is_predicate, is_verb, lemma, words
from ultimora.claims.tolls import numbers, whom
from ultimora.claims.trees import dependents, lemmas_of
from ultimora.types import Document, Token

_BREAKS = frozenset({",", ":", ";"})
_NO_VERBS = frozenset({"aux", "aux:pass", "case", "mark", "fixed", "amod", "compound"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may speak of an event, with the typed triggers that fit it, best first (none: a general event)."""

    token: Token
    triggers: tuple[Trigger, ...]
    general: str | None
    predicate: str


@dataclass(frozen=True)
class EventWords:
    """``lexicon/events.toml``: nouns that are events, suffixes of such nouns, verbs that only report or describe."""

    nouns: frozenset[str]
    suffixes: tuple[str, ...]
    not_nouns: frozenset[str]
    states: frozenset[str]
    light: frozenset[str]
    not_verbs: frozenset[str]


@cache
def event_words(language: str) -> EventWords:
    """The event lexicon of a language."""
    table = languages.load(language).table("lexicon/events")
    return EventWords(
        frozenset(table.get("nouns", ())),
        tuple(table.get("suffixes", ())),
        frozenset(table.get("not_nouns", ())),
        frozenset(table.get("states", ())),
        frozenset(languages.load(language).table("lexicon/syntax").get("words", {}).get("light", ())),
        frozenset(table.get("not_verbs", ())),
    )


def find(document: Document) -> Iterator[Candidate]:
    """Every candidate of the document, in text order."""
    index, tolls = rules.load(document.language), numbers(document)
    for token in document.tokens:
        typed = _typed(document, token, index)
        general = "toll" if token.i in tolls else _general(document, token)
        if typed or general:
            predicate = whom(document, token) if general == "toll" else predicate_of(document, token)
            yield Candidate(token, typed, general, predicate)


def predicate_of(document: Document, token: Token) -> str:
    """The lemma of the event; for a copula that of what is predicated."""
    particles = [t.lower for t in document.children(token, "compound:prt")]
    if token.deprel == "cop":
        return lemma(document.tokens[token.head])
    return " ".join([lemma(token), *particles])


# --- typed events ----------------------------------------------------------------------------------------------------


def _typed(document: Document, token: Token, index: rules.Rules) -> tuple[Trigger, ...]:
    found: list[Trigger] = []
    own = token.upos == "AUX" and token.deprel not in {"aux", "aux:pass", "cop"}  # "sarà in Calabria"
    if token.upos == "VERB" or own or (token.upos == "ADJ" and feature(token, "VerbForm") == "Part"):
        found = [t for name in verb_names(document, token) for t in index.verbs.get(name, ())]
        found = found or [t for name in again(document.language, token) for t in index.verbs.get(name, ())]
        if lemma(token) not in index.verbs or is_irregular(document.language, token):
            found = [*found, *(t for name in guesses(document.language, token) for t in index.verbs.get(name, ()))]
    mistaken = is_mistaken_noun(document, token)
    if token.upos == "NOUN" or mistaken or _is_capitalised(document, token) or _is_verbal_noun(document, token):
        if _is_attribute(document, token):
            return ()
        found = [t for name in noun_names(document, token) for t in index.nouns.get(name, ())] or found
    if token.upos in {"ADJ", "VERB"} and is_predicate(document, token):
        found.extend(index.adjectives.get(lemma(token), ()) or index.adjectives.get(token.lower, ()))
    fitting = tuple(t for t in found if fits(document, token, t) and not is_played(document, token, t))
    return () if fitting and is_mishap(document, token) else fitting


def is_mistaken_noun(document: Document, token: Token) -> bool:
    """A noun that opens a headline or its second half, taken for a verb ("Accordo tra", "Gaza, intesa sugli aiuti")."""
    index = rules.load(document.language)
    if token.upos != "VERB" or token.lower not in index.nouns or feature(token, "VerbForm") == "Ger":
        return False
    before = document.tokens[token.i - 1] if token.i > document.sentences[token.sentence].first else None
    relations = {t.deprel.split(":")[0] for t in document.children(token)}
    opens = before is None or before.upos == "PUNCT"
    if relations & {"aux", "expl", "ccomp", "xcomp"} or _has_agent(document, token):
        return False
    if document.children(token, "case"):
        return True
    if feature(token, "VerbForm") == "Part":
        return opens and not any(_is_close(document, token, t) for t in document.children(token, "nsubj", "obj"))
    return (opens or lemma(token) not in index.verbs) and "nsubj" not in relations


def _has_agent(document: Document, token: Token) -> bool:
    markers = words(document.language, "cases", "agent")
    agents = document.children(token, "obl:agent")
    return any(not markers or case_of(document, t) in markers for t in agents)


def _is_close(document: Document, token: Token, other: Token) -> bool:
    """Whether no comma or colon parts two words: in "Attentato a Roma, due morti" the dead are no subject."""
    first, last = sorted((token.i, other.i))
    return not any(t.text in _BREAKS for t in document.tokens[first:last])


def _is_capitalised(document: Document, token: Token) -> bool:
    """A common noun that only its place in a headline or at the beginning writes with a capital."""
    first = token.i == document.sentences[token.sentence].first
    return token.upos == "PROPN" and token.ner == "O" and (first or headlined(document, token))


def _is_verbal_noun(document: Document, token: Token) -> bool:
    """As in "after a stabbing": a gerund behind a preposition that has neither subject nor object."""
    if token.upos != "VERB" or feature(token, "Tense") != "Pres" or not document.children(token, "case"):
        return False
    return not document.children(token, "nsubj", "obj", "aux")


def _is_attribute(document: Document, token: Token) -> bool:
    """As in "attack ad", "ceasefire proposal": the noun only says what kind of thing another one is."""
    above = document.head(token)
    if token.deprel != "compound" or above is None or above.i < token.i:
        return False
    whole = words(document.language, "words", "eventful")
    return bool(whole) and lemma(above) not in whole and above.lower not in whole


def verb_names(document: Document, token: Token) -> list[str]:
    """What a rule may call the verb: with its particle first ("call off"), then alone."""
    name = lemma(token)
    after = [t for t in document.children(token, "compound:prt", "advmod", "advcl") if 0 < t.i - token.i <= 4]
    after += [t for t in document.tokens[token.i + 1 : token.i + 2] if _is_particle(document, token, t)]
    return [*(f"{name} {t.lower}" for t in after), *reflexive_names(document, token), name]


def _is_particle(document: Document, verb: Token, token: Token) -> bool:
    """As in "handed over two fugitives": a preposition on the object is the verb's particle."""
    above = document.head(token)
    if token.upos != "ADP" or above is None or above.head != verb.i:
        return False
    particle = token.lower in words(document.language, "words", "particles")
    return above.deprel == "obj" or (above.deprel == "obl" and particle)


def reflexive_names(document: Document, token: Token) -> list[str]:
    """The lemma with its reflexive pronoun, in a language that writes it as one word ("dimettersi")."""
    strip, add = _morphology(document.language).reflexive
    if not add or not reflexive(document, token) or lemma(token).endswith(add):
        return []
    return [lemma(token)[:-strip] + add]


def reflexive(document: Document, token: Token) -> list[Token]:
    """The reflexive pronoun of a verb, the verb itself where it is a part of the word ("ritirarsi")."""
    found = document.children(token, "expl")
    endings = _morphology(document.language).enclitics
    return found or ([token] if endings and token.upos == "VERB" and token.lower.endswith(endings) else [])


@dataclass(frozen=True)
class Morphology:
    """What the syntax lexicon says of verb forms."""

    reflexive: tuple[int, str]
    stems: dict[str, str]
    endings: tuple[tuple[str, str], ...]
    enclitics: tuple[str, ...]
    again: tuple[str, ...]


@cache
def _morphology(language: str) -> Morphology:
    table = languages.load(language).table("lexicon/syntax")
    own, conjugation = table.get("reflexive", {}), table.get("conjugation", {})
    endings = tuple((a, b) for a, b in (each.split(":") for each in conjugation.get("endings", ())))
    again = tuple(conjugation.get("again", ()))
    pronoun = (own.get("strip", 0), own.get("add", ""))
    return Morphology(pronoun, conjugation.get("stems", {}), endings, tuple(own.get("enclitics", ())), again)


def guesses(language: str, token: Token) -> list[str]:
    """Lemmas that a verb's form may have by its ending, for verbs that the analysis does not know."""
    morphology, form = _morphology(language), token.lower
    known = morphology.stems.get(form) or morphology.stems.get(form[:-1])
    return [known] if known else [form[: len(form) - len(a)] + b for a, b in morphology.endings if form.endswith(a)]


def again(language: str, token: Token) -> list[str]:
    """The verb without the prefix that says that it is done once more ("riarrestare", "riconvocare")."""
    name = lemma(token)
    return [name[len(prefix) :] for prefix in _morphology(language).again if name.startswith(prefix)]


def is_irregular(language: str, token: Token) -> bool:
    """Whether the lexicon knows of which verb this form is, whatever the analysis says."""
    stems = _morphology(language).stems
    return token.lower in stems or token.lower[:-1] in stems


def noun_names(document: Document, token: Token) -> list[str]:
    """What a rule may call the noun: with the noun before it first ("hunger strike"), then alone, lemma or form."""
    names = [f"{lemma(t)} {lemma(token)}" for t in document.children(token, "compound")]
    return list(dict.fromkeys([*names, lemma(token), token.lower]))


def fits(document: Document, token: Token, trigger: Trigger) -> bool:
    """Whether the conditions of a trigger hold."""
    if any(not holds(document, token, c) for c in trigger.needs):
        return False
    if trigger.any_of and not any(holds(document, token, c) for c in trigger.any_of):
        return False
    return not any(all(holds(document, token, c) for c in together) for together in trigger.excludes)


def holds(document: Document, token: Token, condition: Condition) -> bool:
    """Whether what stands at the end of the condition's path is one of its lemmas."""
    found = [token]
    for slot in condition.path:
        found = [further for each in found for further in related(document, each, slot)]
    if not condition.lemmas and not condition.kinds:
        return bool(found)
    wholes = [w for t in found for w in whole(document, t)]
    if any(lemmas_of([t]) & condition.lemmas for t in [*found, *wholes]):
        return True
    return bool(condition.kinds) and any(is_any_of(document, t, condition.kinds) for t in [*found, *wholes])


def whole(document: Document, token: Token) -> list[Token]:
    """What a part or an amount is of: the soldiers of "a group of soldiers", the aid of "part of the aid"."""
    if lemma(token) not in words(document.language, "words", "partitive") and token.upos not in {"NUM", "SYM"}:
        return []
    markers = words(document.language, "cases", "genitive")
    return [t for t in document.children(token, "nmod") if case_of(document, t) in markers]


def related(document: Document, token: Token, slot: Slot) -> list[Token]:
    """What stands in a relation to the token: its dependents, voice undone, or its governor."""
    name = slot.relation
    if name in {"self", "stands", "number"}:
        return [token] if _is_itself(document, token, slot) else []
    if name == "head":
        above = document.head(token)
        apart = case_of(document, token) in words(document.language, "cases", "temporal")
        return [above] if above is not None and not apart else []
    if name == "iobj" and is_verb(token):
        return given_to(document, token)
    if name == "town":
        return [t for t in document.children(token, "compound", "amod") if t.upos == "PROPN" and is_town(document, t)]
    if name == "expl":
        return reflexive(document, token)
    if name == "clause":
        return [clause(document, token)]
    if name == "any":
        return dependents(document, token, 2)
    if name in {"obj", "nsubj"} and token.upos not in {"NOUN", "PROPN"}:
        parties = frame(document, token)
        found = list(parties.objects if name == "obj" else parties.subjects)
    elif name == "subject":
        found = surface_subject(document, token)[0]
    else:
        below = complements(document, token) if name == "xcomp" else document.children(token, *_alike(token, name))
        if name == "nmod" and token.upos == "VERB":  # a noun that the parser takes for a verb
            below = document.children(token, "nmod", "obl")
        found = [antecedent(document, token, t) for t in below]
        return [t for t in found if not slot.cases or _case_here(document, token, t, name) in slot.cases]
    return [t for t in found if not slot.cases or case_of(document, t) in slot.cases]


def _is_itself(document: Document, token: Token, slot: Slot) -> bool:
    """Whether the token itself has a case marker, a relation or a number that is asked for."""
    if slot.relation == "self":
        return not slot.cases or case_of(document, token) in slot.cases
    return (token.deprel if slot.relation == "stands" else feature(token, "Number")) in slot.cases


def _alike(token: Token, relation: str) -> tuple[str, ...]:
    """A prepositional phrase of a verb is one of its own, whatever the parser calls it."""
    return ("obl", "nmod") if relation == "obl" and is_verb(token) else (relation,)


def complements(document: Document, token: Token) -> list[Token]:
    """Infinitive complements, whatever the parser calls them ("ready to", "pronto a")."""
    below = document.children(token, "advcl", "acl", "ccomp")
    asked = [t for each in document.children(token, "obj") if is_verb(token) for t in document.children(each, "acl")]
    others = [t for t in below if feature(t, "VerbForm") in {"Inf", "Ger"}]
    others += [t for t in asked if feature(t, "VerbForm") == "Inf"]
    bare = [t for t in others if not document.children(t, "nsubj", "aux")]
    return sorted([*document.children(token, "xcomp"), *bare], key=lambda t: t.i)


def _case_here(document: Document, token: Token, filler: Token, relation: str) -> str:
    """The case marker of a dependent; for an antecedent that of its relative pronoun; for a clause its mark."""
    marker = case_of(document, filler)
    marks = document.children(filler, "mark")
    if filler.head == token.i or (relation == "xcomp" and marks):
        return marker or (lemma(marks[0]) if marks else "")
    below = next((t for t in document.children(token, relation)), None)
    return case_of(document, below) if below is not None else marker


# --- general events --------------------------------------------------------------------------------------------------


def _general(document: Document, token: Token) -> str | None:
    """``event`` or ``state`` for a word that asserts one without a rule, None for other words."""
    known = event_words(document.language)
    if token.upos == "VERB":
        name = lemma(token)
        if name in known.not_verbs or _only_starts(document, token) or token.deprel in _NO_VERBS:
            return None
        return "state" if name in known.states else "event"
    if token.upos == "AUX":
        above = document.tokens[token.head]
        carried = token.deprel == "cop" and above.upos == "VERB" and feature(above, "VerbForm") == "Inf"
        carried = carried or (token.deprel == "cop" and above.i in numbers(document))  # "the toll is twelve dead"
        if token.deprel == "cop" and above.upos == "NUM":
            return None
        return "state" if token.deprel not in {"aux", "aux:pass"} and not carried else None
    if token.deprel == "compound" and token.head in numbers(document):
        return None  # "the death toll is twelve"
    if token.upos == "NOUN" and is_event_noun(token, known) and not in_time(document, token):
        return "event"
    if token.upos == "PROPN" and token.lower in known.nouns and token.ner == "O" and not in_time(document, token):
        return "event"
    if token.upos == "ADJ" and feature(token, "VerbForm") == "Part" and is_predicate(document, token):
        return "event"
    return None


def _only_starts(document: Document, token: Token) -> bool:
    """As in "a partire da domenica": no event, but when one begins."""
    if lemma(token) not in words(document.language, "words", "starting") or feature(token, "VerbForm") != "Inf":
        return False
    return any(in_time(document, t) for t in document.children(token, "obl", "advmod", "obj"))


def in_time(document: Document, token: Token) -> bool:
    """Whether the token stands in a temporal expression."""
    known: dict[str, frozenset[int]] = vars(document)
    key = f"_in_time_{len(document.times)}"
    if key not in known:
        known[key] = frozenset(t.i for time in document.times for t in document.tokens_between(time.start, time.end))
    return token.i in known[key]


def is_event_noun(token: Token, known: EventWords) -> bool:
    """Whether a noun names something that happens."""
    name = lemma(token)
    if name in known.not_nouns:
        return False
    return name in known.nouns or token.lower in known.nouns or (len(name) > 6 and name.endswith(known.suffixes))
