"""Finding the words that speak of an event: PLOVER's by the rules, all others by part of speech and lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ultimora import languages
from ultimora.claims import rules
from ultimora.claims.arenas import is_mishap, is_played, is_private
from ultimora.claims.forms import BIDDING, is_bidden
from ultimora.claims.kinds import is_any_of
from ultimora.claims.naming import again, guesses, is_irregular, noun_names, verb_names
from ultimora.claims.relations import fits, is_excluded
from ultimora.claims.rules import Trigger
from ultimora.claims.syntax import case_of, cleft, feature, headlined, in_time, is_predicate, lemma
from ultimora.claims.tolls import harm_words, is_harmful, loss_of_life, numbers, whom
from ultimora.documents.wordlists import speech, words
from ultimora.types import Document, Token

_SOMEBODY = ("#person", "#state", "#body", "#armed", "#place")
_SURE, _SURER = 0.6, 0.8
"""How likely a type has to be that no rule gives a word but the model does; and of a word of which rules know it."""
_UNLIKELY = 0.001
"""How likely a word has to be to speak of any event, whatever rules say."""
_BREAKS = frozenset({",", ":", ";"})
_SPEAKING = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ"})
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
    happenings = languages.load(language).table("lexicon/happenings").values()
    return EventWords(
        frozenset(table.get("nouns", ())) | {word for words in happenings for word in words},
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
        if token.upos not in _SPEAKING and token.i not in tolls:
            continue
        typed = _typed(document, token, index)
        general = "toll" if token.i in tolls else _general(document, token)
        if typed or general:
            predicate = whom(document, token) if general == "toll" else predicate_of(document, token)
            yield Candidate(token, typed, general, predicate)


def predicate_of(document: Document, token: Token) -> str:
    """The lemma of the event; for a copula that of what is predicated; with its subject, where only that makes it a
    happening ("la terra ha tremato"), with its object where only that says that people die ("perdere la vita").
    """
    for subject in document.children(token, "nsubj"):
        if (name := f"{lemma(subject)} {lemma(token)}") in harm_words(document.language).happenings:
            return name
    particles = [t.lower for t in document.children(token, "compound:prt")]
    if token.deprel == "cop":
        return lemma(document.tokens[token.head])
    if (phrase := loss_of_life(document, token)) is not None:
        return phrase
    return " ".join([lemma(token), *particles])


# --- typed events ----------------------------------------------------------------------------------------------------


def _typed(document: Document, token: Token, index: rules.Rules) -> tuple[Trigger, ...]:
    found: list[Trigger] = []
    own = token.upos == "AUX" and token.deprel not in {"aux", "aux:pass"} and _is_somewhere(document, token)
    verbal = own or _is_mistaken_verb(document, token)
    if token.upos == "VERB" or verbal or (token.upos == "ADJ" and feature(token, "VerbForm") == "Part"):
        found = [t for name in verb_names(document, token) for t in index.verbs.get(name, ())]
        found = found or [t for name in again(document.language, token) for t in index.verbs.get(name, ())]
        if lemma(token) not in index.verbs or is_irregular(document.language, token):
            found = [*found, *(t for name in guesses(document.language, token) for t in index.verbs.get(name, ()))]
        if _is_order(document, token):
            found = [*index.verbs.get("#order", ()), *found]
    mistaken = is_mistaken_noun(document, token)
    nominal = (token.upos == "NOUN" and not verbal) or mistaken
    if nominal or _is_capitalised(document, token) or _is_verbal_noun(document, token):
        if _is_attribute(document, token):
            return ()
        found = [t for name in noun_names(document, token) for t in index.nouns.get(name, ())] or found
    if token.upos in {"ADJ", "VERB"} and (is_predicate(document, token) or _is_said(document, token)):
        found.extend(index.adjectives.get(lemma(token), ()) or index.adjectives.get(token.lower, ()))
    if token.upos in {"PROPN", "NOUN"} and _stands_alone(document, token):
        found.extend(index.nouns.get("#name", ()))
    if is_bidden(document, token):
        found = [*index.verbs.get(BIDDING, ()), *found]
    fitting = tuple(t for t in found if fits(document, token, t) and _is_earnest(document, token, t))
    fitting = fitting or _likely(document, token, index, found)
    if _is_unlikely(document, token):  # but not where a rule leans on more than the word
        fitting = tuple(t for t in fitting if t.needs or t.any_of)
    return () if fitting and is_mishap(document, token) else fitting


def _is_unlikely(document: Document, token: Token) -> bool:
    """Whether the model is all but certain that a word speaks of no event; of what speakers do it knows little."""
    if token.kind or token.sure >= _UNLIKELY:
        return False
    return lemma(token) not in speech(document.language) and not is_bidden(document, token)


def _likely(document: Document, token: Token, index: rules.Rules, known: list[Trigger]) -> tuple[Trigger, ...]:
    """The type that the model takes a word for, with the places where parties of that type stand, if it is sure.

    Of a word that rules know as one of that type it has to be surer, and what they exclude it cannot say.
    """
    same = [t for t in known if t.event_type == token.kind]
    if token.sure < (_SURER if same else _SURE) or token.upos not in {"VERB", "NOUN", "ADJ"}:
        return ()
    if any(is_excluded(document, token, t) for t in same):
        return ()
    likely = (index.nouns if token.upos == "NOUN" else index.verbs).get(rules.LIKELY, ())
    fitting = (t for t in likely if t.event_type == token.kind and fits(document, token, t))
    return tuple(t for t in fitting if _is_earnest(document, token, t))


def _is_earnest(document: Document, token: Token, trigger: Trigger) -> bool:
    return not is_played(document, token, trigger) and not is_private(document, token, trigger)


def _stands_alone(document: Document, token: Token) -> bool:
    """As in "Rama a Belgrado da Vucic": a headline without a verb names somebody, and whom he is with."""
    if token.deprel not in {"root", "parataxis", "nsubj"} or not headlined(document, token):
        return False
    bare = not document.children(token, "nsubj", "cop", "acl", "acl:relcl", "det")
    return bare and (token.upos == "PROPN" or is_any_of(document, token, ("#person",)))


def _is_mistaken_verb(document: Document, token: Token) -> bool:
    """As in "Dublin and London huddle over the lough": a bare word behind several subjects of a headline is no noun."""
    if token.upos != "NOUN" or token.deprel != "root" or not headlined(document, token):
        return False
    before = [t for t in document.children(token, "nsubj") if t.i < token.i]
    several = any(feature(t, "Number") == "Plur" or document.children(t, "conj") for t in before)
    return several and token.lower == lemma(token) and not document.children(token, "det", "cop", "case", "amod", "aux")


def _is_order(document: Document, token: Token) -> bool:
    """As in "Free the rapper, Amnesty tells Morocco": the bare form of a verb opens what somebody utters."""
    if token.lower != lemma(token) or document.children(token, "nsubj", "aux", "mark", "cop", "expl"):
        return False
    first = document.sentences[token.sentence].first
    before = document.tokens[token.i - 1] if token.i > first else None
    return before is None or before.upos in {"PUNCT", "INTJ"}


def _is_said(document: Document, token: Token) -> bool:
    """As in "Seul pronta a trattare": headlines leave out the copula before what is said of a subject."""
    own = token.deprel in {"root", "parataxis", "conj", "ccomp"} and bool(document.children(token, "nsubj"))
    return own and headlined(document, token)


def _is_somewhere(document: Document, token: Token) -> bool:
    """As in "sarà in Calabria", "is in Cairo": what "be" says there is where somebody is."""
    place = document.tokens[token.head]
    return token.deprel != "cop" or (place.upos == "PROPN" and bool(document.children(place, "case")))


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
        if token.deprel == "cop" and (above.upos == "NUM" or _is_stressed(document, above)):
            return None
        return "state" if token.deprel not in {"aux", "aux:pass"} and not carried else None
    if token.deprel == "compound" and token.head in numbers(document) and not is_harmful(document, token):
        return None  # "the death toll is twelve", but "the earthquake toll"
    if _is_calling(document, token):
        return None
    if token.upos == "NOUN" and is_event_noun(token, known) and not in_time(document, token):
        return "event"
    if _opens_headline(document, token) and token.lower in known.nouns:
        return "event"
    if token.upos == "PROPN" and token.lower in known.nouns and token.ner == "O" and not in_time(document, token):
        return "event"
    if token.upos == "ADJ" and feature(token, "VerbForm") == "Part" and is_predicate(document, token):
        return "event"
    return None


def _is_stressed(document: Document, noun: Token) -> bool:
    """As in "a rivelarlo è stato il Corriere", "it was the Guardian that revealed it": it is all one predicate."""
    told = document.children(noun, "acl:relcl") if document.children(noun, "expl") else ()
    return bool(told) or any(cleft(document, t) is noun for t in document.children(noun))


def _is_calling(document: Document, token: Token) -> bool:
    """As in "riot police", "boarding school", "opposition deputies": what somebody is called after does not happen."""
    above = document.head(token)
    whole = token.deprel == "compound" and above is not None and above.upos == "NOUN" and above.i == token.i + 1
    return whole and above is not None and is_any_of(document, above, _SOMEBODY)


def _opens_headline(document: Document, token: Token) -> bool:
    """As in "Scossa a Sendai": a noun taken for an adjective, though it has nothing to qualify."""
    first = token.upos == "ADJ" and token.i == document.sentences[token.sentence].first
    alone = first and token.deprel in ("root", "parataxis")
    return alone and any(document.children(t, "case") for t in document.children(token, "nmod", "obl"))


def _only_starts(document: Document, token: Token) -> bool:
    """As in "a partire da domenica": no event, but when one begins."""
    if lemma(token) not in words(document.language, "words", "starting") or feature(token, "VerbForm") != "Inf":
        return False
    return any(in_time(document, t) for t in document.children(token, "obl", "advmod", "obj"))


def is_event_noun(token: Token, known: EventWords) -> bool:
    """Whether a noun names something that happens."""
    name = lemma(token)
    if name in known.not_nouns:
        return False
    return name in known.nouns or token.lower in known.nouns or (len(name) > 6 and name.endswith(known.suffixes))
