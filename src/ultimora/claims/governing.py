"""What the words above an event do to it: verbs, nouns and adjectives that govern it, conjunctions, prepositions."""

from __future__ import annotations

from dataclasses import replace

from ultimora.claims import forms
from ultimora.claims.belied import called_false
from ultimora.claims.carriers import light_verb, striking
from ultimora.claims.contexts import carried_on, is_direct_speech, is_negation, is_over, is_result, journey
from ultimora.claims.cues import Effect, Governor, Lexicon
from ultimora.claims.dropping import dropped
from ultimora.claims.modifiers import phrase, stage
from ultimora.claims.moving import moved_on
from ultimora.claims.naming import particle_of, verb_names
from ultimora.claims.state import State
from ultimora.claims.syntax import (
    acting,
    case_of,
    cleft,
    feature,
    first_conjunct,
    has_passive_auxiliary,
    headlined,
    is_passive,
    is_predicate,
    lemma,
    rejoined,
)
from ultimora.documents.statements.syntax import is_refused
from ultimora.documents.wordlists import words as syntax_words
from ultimora.types import Document, Token

_COMPLEMENTS = frozenset({"ccomp", "xcomp", "obj", "csubj", "nsubj:pass", "csubj:pass", "acl", "nmod", "iobj"})


def step(document: Document, at: Token, state: State, words: Lexicon) -> Token | None:
    """Lets the word above act; gives it back where its own form counts for the event too."""
    above = document.head(at)
    if above is None:
        _headline_infinitive(document, at, state)
        if not is_predicate(document, at) and case_of(document, at) in words.lists["prospective"]:
            state.apply(Effect("planned"), case_of(document, at))  # "Towards a deal", "Verso un accordo"
        return None
    relation = at.deprel
    if relation == "conj":
        return _from_conjunct(document, at, above, state, words)
    mark = mark_of(document, at)
    if mark in words.lists["conditions"]:
        state.unasserted = feature(at, "Mood") != "Sub"  # what is imagined in the subjunctive is spoken of
        state.apply(Effect("hypothetical", "underspecified"), mark)
        return None
    if mark in words.lists["whether"] and relation in {"ccomp", "obj", "csubj", "acl", "advcl"}:
        state.apply(Effect("hypothetical", "underspecified"), mark)
        return None
    if state.status == "planned" and not is_predicate(document, at) and forms.is_conditional(document, above):
        return None  # "the talks planned for Tuesday would fail": they are planned all the same
    if _contested(document, at, above, words):
        state.certainty = "certain"
        return above
    if _is_denied(document, at, above, state, words):
        return None
    governor = _governor(document, at, above, words)
    if governor is not None and _told_afterwards(at, above, words):
        return None
    if governor is not None:
        if governor.transparent and governor.effect == Effect() and relation == "ccomp" and state.status is not None:
            return None  # "ha incontrato X, fa sapere Y": its own tense counts
        return _governed(document, above, governor, state, words)
    return _ungoverned(document, at, above, mark, state, words)


def _is_denied(document: Document, at: Token, above: Token, state: State, words: Lexicon) -> bool:
    """Whether nothing above adds to its being denied: "ended without a deal", "branded as false the report of"."""
    if above.upos == "NOUN" and _is_content(document, at, above, words) and called_false(document, above):
        state.certainty = "certain"
        state.apply(Effect(negative=True), above.text)
        return True
    return not is_predicate(document, at) and case_of(document, at) in words.lists["without"]


def _told_afterwards(at: Token, above: Token, words: Lexicon) -> bool:
    """As in "announced two arrests": what is announced once it has happened."""
    return lemma(at) in words.lists["done"] and above.upos == "VERB" and lemma(above) in words.lists["announcing"]


def _headline_infinitive(document: Document, at: Token, state: State) -> None:
    """As in "Leaders to meet in Rome": an infinitive that stands alone in English is a plan."""
    if state.status is None and feature(at, "VerbForm") == "Inf" and document.children(at, "mark"):
        state.apply(Effect("planned"), document.children(at, "mark")[0].text)


def _from_conjunct(document: Document, at: Token, above: Token, state: State, words: Lexicon) -> Token | None:
    """A conjunct takes the form of the first where it has none of its own, and hangs where the first hangs."""
    saying = rejoined(document, at)
    if saying is not None:
        return saying
    if forms.finite_form(document, at) and is_predicate(document, at):
        return step(document, first_conjunct(document, at), state, words)
    return above


def _governor(document: Document, at: Token, above: Token, words: Lexicon) -> Governor | None:
    """The class of the governing word, if the event is what that word speaks about."""
    with_case = words.verbs.get(f"{lemma(above)} {case_or_mark(document, at)}")
    found = dropped(document, at, above, words) or with_case or _class_of(document, above, words)
    if found is None or is_direct_speech(document, at) or (found.infinitive and forms.finite_form(document, at)):
        return None
    if found.effect.negative and is_refused(document, above, at):
        return None  # "rejected the request for talks": it was made
    if found.effect.negative and moved_on(document, at, above) is not None:
        return replace(found, effect=Effect("planned"))
    relation = "obj" if particle_of(document, above, at) else at.deprel
    copular = bool(document.children(above, "cop"))
    passive = (
        relation == "nsubj:pass"
        or has_passive_auxiliary(document, above)
        or _is_impersonal(document, at, above)
        or (headlined(document, above) and is_passive(document, above))
    )
    if relation.startswith("nsubj") and (found.subject or copular or above.upos == "ADJ" or passive):
        return found
    if relation == "obj" and any(t.upos == "NOUN" for t in document.children(above, "xcomp")):
        return None  # "considers the attack a crime"
    if relation == "acl" and feature(at, "VerbForm") != "Inf" and not document.children(at, "mark"):
        return None
    if relation == "obl" and at.i < above.i and at.upos == "NOUN" and document.tokens[at.i - 2].text == ",":
        return None  # "Il ministro, in visita a Praga, ha chiesto": no part of what is asked
    if relation == "advcl" and found.effect.negative and _is_purpose(document, at, above):
        return None  # "blocked the road to press for a raise"
    if relation == "advcl" and _follows(document, at, above):
        return found if relation in found.relations else None  # "ruled out recognising"
    if relation in {"obl", "nmod", "advcl"}:
        allowed = relation == "nmod" or relation in found.relations or not found.relations
        cases = found.cases or words.lists["complement_cases"]
        return found if allowed and case_or_mark(document, at) in cases else None
    return found if relation in (found.relations or _COMPLEMENTS) else None


def _follows(document: Document, at: Token, above: Token) -> bool:
    """Whether a participle stands right behind a verb, or behind its particle, with nothing to introduce it."""
    present = feature(at, "VerbForm") in {"Ger", "Part"} and feature(at, "Tense") != "Past"
    between = document.tokens[above.i + 1 : at.i]
    return present and above.i < at.i and all(t.deprel == "compound:prt" for t in between)


def _is_purpose(document: Document, at: Token, above: Token) -> bool:
    """Whether an infinitive beside an object tells what for: what is kept from happening is the object."""
    return feature(at, "VerbForm") == "Inf" and bool(document.children(above, "obj", "nsubj:pass"))


def _contested(document: Document, at: Token, noun: Token, words: Lexicon) -> bool:
    """As in "denied rumours of a meeting", "smentisce la notizia secondo cui…": whoever denies the report denies
    what it says, however possible the report took it to be.
    """
    above = document.head(noun)
    if above is None or lemma(noun) not in words.lists["contents"] or not _is_content(document, at, noun, words):
        return False
    governor = _governor(document, noun, above, words)
    return governor is not None and governor.effect.negative and not governor.transparent


def _is_content(document: Document, at: Token, noun: Token, words: Lexicon) -> bool:
    """Whether an event is what a report says: "the claim that", "voci di", "l'accusa secondo cui"."""
    if at.deprel == "acl:relcl":
        return any(case_of(document, t) in words.lists["according"] for t in document.children(at, "obl"))
    if at.deprel == "nmod":
        told, case = lemma(noun), case_of(document, at)
        charged = told in words.lists["charges"] and case in words.lists["charged"]
        return charged or (told in words.lists["rumours"] and case in words.lists["topics"])
    return at.deprel in {"acl", "ccomp"}


def _is_impersonal(document: Document, at: Token, above: Token) -> bool:
    """As in "si teme un attacco", "si prepara uno sciopero": nobody in particular does it to the subject behind."""
    return above.i < at.i and any(t.i < above.i for t in document.children(above, "expl", "expl:pass", "expl:impers"))


def _class_of(document: Document, above: Token, words: Lexicon) -> Governor | None:
    above = _meant(document, above)
    behind = (f"{above.lower} {case_of(document, t)}" for t in document.children(above, "obl") if t.i > above.i)
    known = (words.adjectives.get(name) for name in (*behind, above.lower, lemma(above)))  # "off to a slow start"
    adjective = next((found for found in known if found is not None), None)
    if adjective is not None and document.children(above, "cop"):
        return adjective
    index = words.verbs if above.upos in {"VERB", "AUX"} else words.nouns if above.upos in {"NOUN", "PROPN"} else {}
    *longer, name = verb_names(document, above)
    names = [*_phrases(document, above), *longer, above.lower, name]  # "is going to" is no journey
    if is_passive(document, above):
        names.insert(0, f"{lemma(above)}.pass")  # "was moved to Friday"
    return next((index[name] for name in names if name in index), adjective)


def _phrases(document: Document, noun: Token) -> list[str]:
    """As in "conto alla rovescia": a noun with what is fixed behind it."""
    behind = [t for t in document.children(noun, "nmod") if t.i == noun.i + 2] if noun.upos == "NOUN" else []
    return [f"{lemma(noun)} {document.tokens[t.i - 1].lower} {t.lower}" for t in behind]


def _meant(document: Document, above: Token) -> Token:
    """As in "tra le ipotesi c'è quella di un colloquio": the noun before that a pronoun repeats."""
    if above.upos != "PRON" or above.lower not in syntax_words(document.language, "words", "repeating"):
        return above
    before = reversed(document.sentence_tokens(above.sentence)[: above.i - document.sentences[above.sentence].first])
    gender = feature(above, "Gender")
    return next((t for t in before if t.upos == "NOUN" and feature(t, "Gender") in {gender, ""}), above)


def case_or_mark(document: Document, token: Token) -> str:
    """The preposition or conjunction that introduces a dependent."""
    return case_of(document, token) or mark_of(document, token)


def _is_withheld(document: Document, verb: Token, words: Lexicon) -> bool:
    """As in "declined to rule out": it did not come to that, as if it were negated."""
    above = document.head(verb)
    governor = _class_of(document, above, words) if above is not None and verb.deprel == "xcomp" else None
    return governor is not None and governor.effect.negative and governor.transparent


def _governed(document: Document, above: Token, governor: Governor, state: State, words: Lexicon) -> Token | None:
    none = any(t.lower in words.lists["negative_words"] for t in document.children(above, "det"))
    negated = any(is_negation(t, words) for t in document.children(above)) or none  # "has no plans to"
    negated = (negated or _is_withheld(document, above, words)) and not governor.transparent
    effect = governor.negated if negated and governor.negated is not None else governor.effect
    flip = negated and governor.negated is None
    if effect.status == "planned" and state.status in {"occurred", "ongoing"} and not effect.negative:
        effect = Effect(None, effect.certainty)
    if effect.negative and words.lists.get("polar", frozenset()) & {cue.lower() for cue in state.cues}:
        state.negative = False  # "ha smentito di aver mai promesso": there is one denial, not two
    state.apply(effect, above.text, flip)
    return above if governor.transparent or _is_dropped_plan(document, above, governor, words) else None


def _is_dropped_plan(document: Document, noun: Token, governor: Governor, words: Lexicon) -> bool:
    """As in "dropped plans for a strike", "annulla il piano di visitare": with the plan, what it is for is off."""
    above = document.head(noun) if governor.effect.status == "planned" and noun.upos == "NOUN" else None
    return above is not None and dropped(document, noun, above, words) is not None


def _ungoverned(document: Document, at: Token, above: Token, mark: str, state: State, words: Lexicon) -> Token | None:
    relation = at.deprel.split(":")[0]
    if cleft(document, at) is not None:
        return above
    if relation in {"nsubj", "obj", "obl", "nmod"} and not is_predicate(document, at):
        return _noun_in_clause(document, at, above, state, words)
    if at.deprel == "acl:relcl" or relation in {"parataxis", "appos", "dep"}:
        return None
    if _is_seen(document, at, above):
        return document.head(above)
    if forms.finite_form(document, at):
        return _finite_below(document, at, above, state)
    if relation in {"xcomp", "ccomp", "csubj"}:
        return above if is_predicate(document, above) else None
    if forms.headline_infinitive(document, at):
        state.apply(Effect("planned"), mark)
        return None
    if relation in {"advcl", "acl"} and feature(at, "VerbForm") == "Inf":
        if is_result(document, at, above, words):
            return above
        return _purpose(document, at, mark, state, words)
    return above if relation == "advcl" and state.status is None else None


def _is_seen(document: Document, at: Token, noun: Token) -> bool:
    """As in "the deal would see ten hostages freed": it comes to pass if the verb does."""
    verb = document.head(noun) if at.deprel == "acl" and noun.deprel == "obj" else None
    seeing = syntax_words(document.language, "words", "seeing")
    return verb is not None and lemma(verb) in seeing and feature(at, "VerbForm") == "Part" and at.i > noun.i


def _purpose(document: Document, at: Token, mark: str, state: State, words: Lexicon) -> Token | None:
    """As in "to win", "per vincere": nobody says that it came to that; "to be held" after a noun is a plan."""
    if at.deprel == "acl" and any(t.deprel == "aux:pass" for t in document.children(at)):
        state.apply(Effect("planned"), mark)
    elif mark not in words.lists["negations"]:
        state.unasserted = True
        state.apply(Effect("hypothetical", "possible"), mark)
    return None


def _finite_below(document: Document, at: Token, above: Token, state: State) -> Token | None:
    """A present tense below a future one speaks of the future ("before it leaves")."""
    if at.deprel == "advcl" and state.status == "ongoing" and forms.form(document, above).kind == "future":
        state.apply(Effect("planned"), forms.form(document, above).cue)
    return None


def _noun_in_clause(document: Document, at: Token, above: Token, state: State, words: Lexicon) -> Token | None:
    """An event noun shares the form of a verb that only says that it takes place; else it is taken for granted."""
    relation = at.deprel.split(":")[0]
    if relation == "nsubj" and (copula := document.children(above, "cop")):
        stage(document, above, state, words)
        if lemma(above) in syntax_words(document.language, "words", "schedules"):
            state.apply(Effect("planned"), above.text)
            return above  # "a meeting is on the agenda"
        if above.upos == "NOUN" and not case_of(document, above) and forms.is_conditional(document, above):
            state.apply(Effect("hypothetical", "possible"), copula[0].text)  # "the delivery would be a hostile step"
    if is_predicate(document, above) and relation == "nsubj" and (further := carried_on(document, above, words)):
        return further
    if is_predicate(document, above) and relation in {"nsubj", "obj"} and lemma(above) in words.lists["light"]:
        return None if _comes_to_nothing(document, at, above, state, words) else above
    if forms.form(document, above).kind in {"future", "conditional"} and _brings(document, at, above):
        return above  # "a typhoon will hit Luzon", "would grant asylum"; what has hit is taken for granted
    if (borne := _borne_by(document, at, above)) is not None:
        return borne
    if case_of(document, at) in words.lists["prospective"] and not is_over(document, at, above, words):
        state.apply(Effect("planned"), case_of(document, at))
    if case_of(document, at) in words.lists["after"] and _is_past(document, above):
        state.apply(Effect("occurred"), case_of(document, at))  # "spoke after the summit"
    return None


def _borne_by(document: Document, at: Token, above: Token) -> Token | None:
    """What an event noun behind a preposition is as sure as."""
    if (made := journey(document, at, above)) is not None:
        return made  # "weighs a trip to Lima for talks with X": the trip
    if acting(document, at) is not None and lemma(at) in syntax_words(document.language, "words", "gatherings"):
        return above  # "Roma sarà paralizzata da uno sciopero"
    taking_part = at.deprel.startswith("obl") and is_predicate(document, above)
    return above if taking_part and light_verb(document, at) == above else None  # "will not take part in the summit"


def _is_past(document: Document, above: Token) -> bool:
    return is_predicate(document, above) and forms.form(document, above).kind == "past"


def _comes_to_nothing(document: Document, at: Token, above: Token, state: State, words: Lexicon) -> bool:
    """As in "the talks made no progress", "did not lead to a deal": they were held, whatever did not come of them."""
    things = [t for t in document.children(above, "obj") if lemma(t) not in words.lists["places_taken"]]
    leads = lemma(above) in words.lists["leading"]
    if at.deprel != "nsubj" or at in things or not (things or leads):
        return False
    if any(lemma(t) in words.lists["pending"] for t in things):
        state.apply(Effect("planned"), above.text)  # "the meeting has no date yet"
        return True
    denied = [*document.children(above, "advmod"), *(d for t in things for d in document.children(t, "det"))]
    return any(is_negation(t, words) or t.lower in words.lists["negative_words"] for t in denied)


def _brings(document: Document, at: Token, above: Token) -> bool:
    """Whether what an event noun speaks of comes about by the verb above: it strikes, or only carries the noun."""
    indefinite = not any(
        t.lower in syntax_words(document.language, "words", "definite") for t in document.children(at, "det")
    )
    return striking(document, at) is above or (at.deprel == "obj" and indefinite and light_verb(document, at) is above)


def mark_of(document: Document, token: Token) -> str:
    """The conjunction that introduces a clause, empty where there is none."""
    marks = document.children(token, "mark")
    return phrase(document, marks[0]) if marks else _inverted(document, token)


def _inverted(document: Document, token: Token) -> str:
    """As in "Had the union not struck, …": an auxiliary before the subject of a clause beside another says "if"."""
    verb = next(iter(document.children(token, "aux", "cop", "aux:pass")), None) if token.deprel == "advcl" else None
    if verb is None or verb.lower not in syntax_words(document.language, "words", "inverted"):
        return ""
    subjects = [t for t in document.children(token) if t.deprel.startswith("nsubj")]
    opens = all(t.i >= verb.i for t in document.children(token) if t.upos != "PUNCT")
    return verb.lower if opens and subjects and subjects[0].i > verb.i else ""
