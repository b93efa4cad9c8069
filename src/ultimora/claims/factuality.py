"""Whether an event happened, is happening, is planned or only possible: status, polarity and certainty of a trigger.

The values are those of FactBank and MEANTIME, relative to the nearest source: what a verb of saying governs is judged
inside its clause. The words and what they do stand in ``lexicon/factuality.toml``; the modules know only how they act
through the syntax: here the form of a predicate, in ``modifiers`` what stands beside it, in ``governing`` what is
above.
"""

from __future__ import annotations

from dataclasses import dataclass

from ultimora.claims import forms
from ultimora.claims.contexts import (
    is_due,
    is_question,
    journey,
)
from ultimora.claims.cues import Effect, Lexicon, lexicon
from ultimora.claims.governing import mark_of, step
from ultimora.claims.modifiers import modifiers
from ultimora.claims.state import State
from ultimora.claims.syntax import (
    brought_about,
    case_of,
    feature,
    first_conjunct,
    is_predicate,
    lemma,
)
from ultimora.claims.trees import governors
from ultimora.documents.entities import entity_of
from ultimora.types import Certainty, Document, Polarity, Status, Token

_STEPS = 12


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
        modifiers(document, at, state, words)
        _own_form(document, at, state, words)
        if at.i == trigger.i and _has_come_about(document, at, state):
            return
        at = step(document, at, state, words)


def _has_come_about(document: Document, at: Token, state: State) -> bool:
    """As in "the deal reached on Monday would cost": what is said of it further takes nothing from its being there."""
    brought = brought_about(document, at) if not is_predicate(document, at) else None
    above = document.head(at)
    aimed = above is not None and journey(document, at, above) is not None  # "will travel for talks hosted by"
    if brought is None or state.status is not None or aimed:
        return False
    state.apply(Effect("occurred"), brought.text)
    return True


# --- the predicate itself --------------------------------------------------------------------------------------------


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
        going_on = form.kind == "past" and _is_still(document, token)
        state.past = form.kind == "past" and not going_on
        state.apply(Effect("ongoing" if going_on else "occurred"), form.cue)
    elif form.kind == "present" and token.upos == "NOUN":
        if case_of(document, token):  # "è a colloquio", but "è l'ottava telefonata" only says what it is
            state.apply(Effect("ongoing"), form.cue)
    elif form.kind in {"present", "progressive"}:
        state.narrated |= state.status is None and form.kind == "present" and forms.is_narrated(document, token)
        state.apply(Effect("ongoing"), form.cue)
    elif form.kind == "imperative":
        state.apply(Effect("hypothetical", "underspecified"), form.cue)


def _is_still(document: Document, token: Token) -> bool:
    """As in "said it was sending aid": going on when somebody said so."""
    above = document.head(first_conjunct(document, token))
    lasting = feature(token, "VerbForm") in {"Ger", "Part"} and feature(token, "Tense") != "Past"
    told = first_conjunct(document, token).deprel == "ccomp" and above is not None and forms.is_past(document, above)
    return lasting and told and bool(document.children(token, "aux"))


def _conditional(document: Document, token: Token, form: forms.Form, state: State, words: Lexicon) -> None:
    """The conditional: what was still to come when somebody spoke of it, what hangs on an "if", or hearsay."""
    above = document.head(first_conjunct(document, token))
    if _has_condition(document, token, words):
        state.apply(Effect("hypothetical", "possible"), form.cue)
    elif (
        above is not None
        and first_conjunct(document, token).deprel == "ccomp"
        and forms.is_past(document, above)
        and not (words.hearsay and form.perfect and _reveals(document, above, words))
    ):
        state.apply(Effect("planned"), form.cue)
    elif not words.hearsay:
        past = any(forms.is_past(document, each) for _, each in governors(document, token))
        state.apply(Effect("planned") if past else Effect("hypothetical", "possible"), form.cue)
    else:
        state.hearsay = True
        simple = token.upos == "VERB" and feature(token, "VerbForm") != "Ger"  # "starebbe preparando" is going on
        lasting: Status = "planned" if simple and forms.is_narrated(document, token) else "ongoing"
        state.apply(Effect("occurred" if form.perfect else lasting, "possible"), form.cue)


def _reveals(document: Document, above: Token, words: Lexicon) -> bool:
    """As in "Il Times ha rivelato che avrebbe ricevuto denaro": a newspaper does not tell what was to come."""
    speakers = (entity_of(document, t) for t in document.children(above, "nsubj"))
    return lemma(above) in words.lists["revealing"] or any(e is not None and e.kind == "outlet" for e in speakers)


def _has_condition(document: Document, token: Token, words: Lexicon) -> bool:
    return any(mark_of(document, child) in words.lists["conditions"] for child in document.children(token, "advcl"))
