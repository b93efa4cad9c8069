"""Whether an event happened, is happening, is planned or only possible: status, polarity and certainty of a trigger.

The values are those of FactBank and MEANTIME, relative to the nearest source: what a verb of saying governs is judged
inside its clause. The words and what they do stand in ``lexicon/factuality.toml``; this module knows only how they act
through the syntax: modifiers of a predicate, its auxiliaries, and the predicates that govern it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ultimora.claims import forms
from ultimora.claims.contexts import (
    carried_on,
    is_direct_speech,
    is_due,
    is_focus,
    is_negation,
    is_outstanding,
    is_over,
    is_question,
    is_result,
)
from ultimora.claims.cues import Effect, Governor, Lexicon, lexicon
from ultimora.claims.syntax import (
    brought_about,
    case_of,
    feature,
    first_conjunct,
    governors,
    has_passive_auxiliary,
    is_predicate,
    lemma,
)
from ultimora.types import Certainty, Document, Polarity, Status, Token

_CERTAINTIES: tuple[Certainty, ...] = ("certain", "probable", "possible", "underspecified")
_STATUSES: tuple[Status, ...] = ("occurred", "ongoing", "planned", "hypothetical")
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "obj", "csubj", "nsubj:pass", "csubj:pass", "acl", "nmod", "iobj"})
_STEPS = 12


@dataclass(slots=True)
class State:
    """What is known of the event so far, from the trigger outwards."""

    status: Status | None = None
    certainty: Certainty = "certain"
    negative: bool = False
    hearsay: bool = False
    unasserted: bool = False
    past: bool = False
    narrated: bool = False
    cues: list[str] = field(default_factory=list)

    def apply(self, effect: Effect, cue: str, flip: bool = False) -> None:
        """Lets a word act: the less factual status and the weaker certainty win, negations cancel out."""
        if effect.status and (self.status is None or _STATUSES.index(effect.status) > _STATUSES.index(self.status)):
            self.status = effect.status
        if effect.certainty and _CERTAINTIES.index(effect.certainty) > _CERTAINTIES.index(self.certainty):
            self.certainty = effect.certainty
        self.negative ^= effect.negative ^ flip
        if effect != Effect() or flip:
            self.cues.append(cue)


@dataclass(frozen=True, slots=True)
class Factuality:
    """The judgement, with the words that it rests on."""

    status: Status
    polarity: Polarity
    certainty: Certainty
    cues: tuple[str, ...]
    hearsay: bool = False
    unasserted: bool = False
    past: bool = False


def assess(document: Document, trigger: Token) -> Factuality:
    """Status, polarity and certainty of the event that a token speaks of."""
    state = State()
    words = lexicon(document.language)
    _climb(document, trigger, state, words)
    if state.status is None and is_due(document, trigger, words):
        state.apply(Effect("planned"), trigger.text)
    if is_question(document, trigger):
        state.apply(Effect("hypothetical", "underspecified"), "?")
    status: Status = state.status or "occurred"
    if status == "ongoing" and state.narrated:
        status = "occurred"
    polarity: Polarity = "negative" if state.negative else "positive"
    cues = tuple(dict.fromkeys(state.cues))
    return Factuality(status, polarity, state.certainty, cues, state.hearsay, state.unasserted, state.past)


def _climb(document: Document, trigger: Token, state: State, words: Lexicon) -> None:
    """From the trigger to the root, as long as what is above still speaks of the same event."""
    at: Token | None = trigger
    for _ in range(_STEPS):
        if at is None:
            return
        _modifiers(document, at, state, words)
        _own_form(document, at, state, words)
        if at.i == trigger.i and _has_come_about(document, at, state):
            return
        at = _step(document, at, state, words)


def _has_come_about(document: Document, at: Token, state: State) -> bool:
    """As in "the deal reached on Monday would cost": what is said of it further takes nothing from its being there."""
    brought = brought_about(document, at) if not is_predicate(document, at) else None
    if brought is None or state.status is not None:
        return False
    state.apply(Effect("occurred"), brought.text)
    return True


# --- the predicate itself --------------------------------------------------------------------------------------------


def _modifiers(document: Document, token: Token, state: State, words: Lexicon) -> None:
    said_no = False
    for child in document.children(token):
        relation = child.deprel.split(":")[0]
        if relation in {"advmod", "amod", "det", "cc", "mark", "case", "discourse"} or is_negation(child, words):
            _modifier(document, token, child, state, words)
        elif relation in {"nsubj", "obj", "obl"} and is_predicate(document, token):
            said_no = said_no or _negative_argument(document, child, state, words)
        if relation == "acl" and child.lower in words.modifiers:
            _modifier(document, token, child, state, words)
        if relation in {"obl", "nmod"}:
            _stage(document, child, state, words)


def _stage(document: Document, child: Token, state: State, words: Lexicon) -> None:
    """As in "in corso", "in programma", "under way"."""
    phrase = f"{case_of(document, child)} {lemma(child)}"
    if phrase in words.modifiers:
        state.apply(words.modifiers[phrase], phrase)


def _is_two_word_negation(document: Document, token: Token, child: Token, words: Lexicon) -> bool:
    """A negation of two words ("no longer"), or a near miss right before its verb ("nearly broke")."""
    if f"{document.tokens[child.i - 1].lower} {child.lower}" in words.lists["negations"]:
        return True
    near_miss = child.lower in words.lists["near_misses"] and token.upos == "VERB" and child.i == token.i - 1
    return near_miss or is_outstanding(document, token, child, words)


def _modifier(document: Document, token: Token, child: Token, state: State, words: Lexicon) -> None:
    if is_negation(child, words) or _is_two_word_negation(document, token, child, words):
        if not is_focus(document, child, words) and not _doubled(document, token, child, words):
            state.apply(Effect(negative=True), child.text)
        return
    name = _phrase(document, child)
    effect = words.modifiers.get(name) or words.modifiers.get(child.lower) or words.modifiers.get(lemma(child))
    if effect is not None and not (effect.negative and _negated_above(document, token, words)):
        state.apply(effect, child.text)


def _negated_above(document: Document, token: Token, words: Lexicon) -> bool:
    """In "non … alcun", "not … any" the verb's negation is the only one."""
    above = document.head(token)
    return above is not None and any(is_negation(t, words) for t in document.children(above, "advmod"))


def _phrase(document: Document, child: Token) -> str:
    parts = [child, *document.children(child, "fixed")]
    return " ".join(part.lower for part in parts)


def _doubled(document: Document, token: Token, child: Token, words: Lexicon) -> bool:
    """Italian "non … mai", "non … nessuno": the second word repeats the first."""
    return any(is_negation(other, words) and other.i < child.i for other in document.children(token))


def _negative_argument(document: Document, child: Token, state: State, words: Lexicon) -> bool:
    """As in "nobody came", "there were no talks", unless the verb is negated already."""
    holder = [child, *document.children(child, "det")]
    cue, above = next((t for t in holder if t.lower in words.lists["negative_words"]), None), document.head(child)
    if cue is None or above is None or any(is_negation(t, words) for t in document.children(above, "advmod")):
        return False
    state.apply(Effect(negative=True), cue.text)
    return True


def _own_form(document: Document, token: Token, state: State, words: Lexicon) -> None:
    """Tense, mood and auxiliaries of a predicate."""
    if not is_predicate(document, token) and not forms.is_headless_verb(token):
        return
    form = forms.form(document, token)
    for modal in form.modals:
        keys = (modal.lower, f"{lemma(modal)}.{feature(modal, 'Mood').lower()}", lemma(modal))
        effect = next((words.modals[key] for key in keys if key in words.modals), None)
        if effect is not None:
            _modal(effect, form, modal, state)
    if state.status is not None and not form.modals and form.kind in {"nonfinite", "participle"}:
        return
    if not any(_has_status(modal, words) for modal in form.modals):
        _tense(document, token, form, state, words)
    if form.kind in {"future", "conditional"} and _has_condition(document, token, words):
        state.apply(Effect("hypothetical", "underspecified"), form.cue)


def _has_status(modal: Token, words: Lexicon) -> bool:
    keys = (modal.lower, f"{lemma(modal)}.{feature(modal, 'Mood').lower()}", lemma(modal))
    return any(key in words.modals and words.modals[key].status for key in keys)


def _modal(effect: Effect, form: forms.Form, modal: Token, state: State) -> None:
    """A modal; "may have left" is about the past: possible, but over."""
    if form.perfect and effect.status == "hypothetical" and effect.certainty == "possible":
        effect = Effect("occurred", "possible", effect.negative)
    state.apply(effect, modal.text)


def _tense(document: Document, token: Token, form: forms.Form, state: State, words: Lexicon) -> None:
    if form.kind == "conditional":
        _conditional(document, token, form, state, words)
    elif form.kind == "future":
        state.apply(Effect("planned"), form.cue)
    elif form.kind in {"past", "participle"}:
        state.past = form.kind == "past"
        state.apply(Effect("occurred"), form.cue)
    elif form.kind == "present" and token.upos == "NOUN":
        if case_of(document, token):  # "è a colloquio", but "è l'ottava telefonata" only says what it is
            state.apply(Effect("ongoing"), form.cue)
    elif form.kind in {"present", "progressive"}:
        state.narrated |= state.status is None and form.kind == "present" and forms.is_narrated(document, token)
        state.apply(Effect("ongoing"), form.cue)
    elif form.kind == "imperative":
        state.apply(Effect("hypothetical", "underspecified"), form.cue)


def _conditional(document: Document, token: Token, form: forms.Form, state: State, words: Lexicon) -> None:
    """The conditional: what was still to come when somebody spoke of it, what hangs on an "if", or hearsay."""
    above = document.head(first_conjunct(document, token))
    if _has_condition(document, token, words):
        state.apply(Effect("hypothetical", "possible"), form.cue)
    elif above is not None and first_conjunct(document, token).deprel == "ccomp" and forms.is_past(document, above):
        state.apply(Effect("planned"), form.cue)
    elif not words.hearsay:
        past = any(forms.is_past(document, each) for _, each in governors(document, token))
        state.apply(Effect("planned") if past else Effect("hypothetical", "possible"), form.cue)
    else:
        state.hearsay = True
        simple = token.upos == "VERB" and feature(token, "VerbForm") != "Ger"  # "starebbe preparando" is going on
        lasting: Status = "planned" if simple and forms.is_narrated(document, token) else "ongoing"
        state.apply(Effect("occurred" if form.perfect else lasting, "possible"), form.cue)


def _has_condition(document: Document, token: Token, words: Lexicon) -> bool:
    return any(_mark(document, child) in words.lists["conditions"] for child in document.children(token, "advcl"))


def _mark(document: Document, token: Token) -> str:
    marks = document.children(token, "mark")
    return _phrase(document, marks[0]) if marks else ""


# --- what governs it -------------------------------------------------------------------------------------------------


def _step(document: Document, at: Token, state: State, words: Lexicon) -> Token | None:
    """Lets the word above act; gives it back where its own form counts for the event too."""
    above = document.head(at)
    if above is None:
        _headline_infinitive(document, at, state)
        return None
    relation = at.deprel
    if relation == "conj":
        return _from_conjunct(document, at, above, state, words)
    mark = _mark(document, at)
    if mark in words.lists["conditions"]:
        state.unasserted = feature(at, "Mood") != "Sub"  # what is imagined in the subjunctive is spoken of
        state.apply(Effect("hypothetical", "underspecified"), mark)
        return None
    if mark in words.lists["whether"] and relation in {"ccomp", "obj", "csubj", "acl", "advcl"}:
        state.apply(Effect("hypothetical", "underspecified"), mark)
        return None
    if state.status == "planned" and not is_predicate(document, at) and forms.is_conditional(document, above):
        return None  # "the talks planned for Tuesday would fail": they are planned all the same
    governor = _governor(document, at, above, words)
    if governor is not None:
        return _governed(document, above, governor, state, words)
    return _ungoverned(document, at, above, mark, state, words)


def _headline_infinitive(document: Document, at: Token, state: State) -> None:
    """As in "Leaders to meet in Rome": an infinitive that stands alone in English is a plan."""
    if state.status is None and feature(at, "VerbForm") == "Inf" and document.children(at, "mark"):
        state.apply(Effect("planned"), document.children(at, "mark")[0].text)


def _from_conjunct(document: Document, at: Token, above: Token, state: State, words: Lexicon) -> Token | None:
    """A conjunct takes the form of the first where it has none of its own, and hangs where the first hangs."""
    if forms.finite_form(document, at) and is_predicate(document, at):
        return _step(document, first_conjunct(document, at), state, words)
    return above


def _governor(document: Document, at: Token, above: Token, words: Lexicon) -> Governor | None:
    """The class of the governing word, if the event is what that word speaks about."""
    found = _class_of(document, above, words)
    if found is None or is_direct_speech(document, at) or (found.infinitive and forms.finite_form(document, at)):
        return None
    relation = at.deprel
    copular = bool(document.children(above, "cop"))
    passive = relation == "nsubj:pass" or has_passive_auxiliary(document, above)
    if relation.startswith("nsubj") and (found.subject or copular or above.upos == "ADJ" or passive):
        return found
    if relation == "acl" and feature(at, "VerbForm") != "Inf" and not document.children(at, "mark"):
        return None
    if relation in {"obl", "nmod", "advcl"}:
        allowed = relation == "nmod" or relation in found.relations or not found.relations
        return found if allowed and case_or_mark(document, at) in words.lists["complement_cases"] else None
    return found if relation in (found.relations or _COMPLEMENTS) else None


def _class_of(document: Document, above: Token, words: Lexicon) -> Governor | None:
    adjective = words.adjectives.get(above.lower) or words.adjectives.get(lemma(above))
    if adjective is not None and document.children(above, "cop"):
        return adjective
    index = words.verbs if above.upos in {"VERB", "AUX"} else words.nouns if above.upos in {"NOUN", "PROPN"} else {}
    return index.get(_particle_lemma(document, above)) or index.get(lemma(above)) or adjective


def _particle_lemma(document: Document, verb: Token) -> str:
    return " ".join([lemma(verb), *(t.lower for t in document.children(verb, "compound:prt"))])


def case_or_mark(document: Document, token: Token) -> str:
    """The preposition or conjunction that introduces a dependent."""
    return case_of(document, token) or _mark(document, token)


def _governed(document: Document, above: Token, governor: Governor, state: State, words: Lexicon) -> Token | None:
    negated = any(is_negation(t, words) for t in document.children(above)) and not governor.transparent
    effect = governor.negated if negated and governor.negated is not None else governor.effect
    flip = negated and governor.negated is None
    if effect.status == "planned" and state.status in {"occurred", "ongoing"} and not effect.negative:
        effect = Effect(None, effect.certainty)
    state.apply(effect, above.text, flip)
    if governor.transparent:
        return above
    return None


def _ungoverned(document: Document, at: Token, above: Token, mark: str, state: State, words: Lexicon) -> Token | None:
    relation = at.deprel.split(":")[0]
    if relation in {"nsubj", "obj", "obl", "nmod"} and not is_predicate(document, at):
        return _noun_in_clause(document, at, above, state, words)
    if at.deprel == "acl:relcl" or relation in {"parataxis", "appos", "dep"}:
        return None
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
    if relation == "nsubj" and document.children(above, "cop"):
        _stage(document, above, state, words)
    if is_predicate(document, above) and relation == "nsubj" and (further := carried_on(document, above, words)):
        return further
    if is_predicate(document, above) and relation in {"nsubj", "obj"} and lemma(above) in words.lists["light"]:
        return above
    if case_of(document, at) in words.lists["prospective"] and not is_over(document, at, above, words):
        state.apply(Effect("planned"), case_of(document, at))
    if case_of(document, at) in words.lists["without"]:
        state.apply(Effect(negative=True), case_of(document, at))
    return None
