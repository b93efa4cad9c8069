"""Tense, mood and aspect of a predicate, from its own features and those of its auxiliaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ultimora import languages
from ultimora.claims.syntax import (
    case_of,
    feature,
    first_conjunct,
    has_passive_auxiliary,
    headlined,
    in_time,
    is_predicate,
    is_verb,
    lemma,
)
from ultimora.documents.remembering import once
from ultimora.documents.statements.syntax import covers
from ultimora.documents.wordlists import words
from ultimora.types import Document, Statement, Token

BIDDING = "#bidding"
"""What rules call a verb by which somebody who is quoted says that something shall be done."""
_LEAST_TELLING = 4  # letters; of shorter forms ("ha", "sa") the ending says nothing
Kind = Literal["past", "present", "progressive", "future", "conditional", "imperative", "participle", "nonfinite"]


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a predicate: what kind, the word that shows it, its modal auxiliaries, and whether it is perfect."""

    kind: Kind
    cue: str
    modals: tuple[Token, ...] = ()
    perfect: bool = False


@cache
def _list(language: str, name: str) -> frozenset[str]:
    return frozenset(languages.load(language).table("lexicon/factuality").get("lists", {}).get(name, ()))


@once
def form(document: Document, token: Token) -> Form:
    """The form of a predicate."""
    auxiliaries = document.children(token, "aux", "cop")
    modal_words = _list(document.language, "modals")
    modals = tuple(t for t in auxiliaries if lemma(t) in modal_words or t.lower in modal_words)
    perfect = _is_perfect(document, token, auxiliaries)
    finite = next((t for t in [*auxiliaries, token] if _is_finite(t)), None)
    if finite is None:
        return _nonfinite(document, token, auxiliaries, modals, perfect)
    return Form(_kind(document, token, finite, auxiliaries, perfect), finite.text, modals, perfect)


def _is_finite(token: Token) -> bool:
    return feature(token, "VerbForm") == "Fin" or (
        feature(token, "Mood") in {"Ind", "Cnd", "Sub", "Imp"} and feature(token, "VerbForm") in {"", "Fin"}
    )


def _is_perfect(document: Document, token: Token, auxiliaries: Sequence[Token]) -> bool:
    """A participle with the auxiliary of the perfect ("has left", "è partito", "aver colpito")."""
    have = _list(document.language, "perfect")
    if lemma(token) in _list(document.language, "intransitive") and any(lemma(t) in have for t in auxiliaries):
        return feature(token, "VerbForm") == "Part"
    if has_passive_auxiliary(document, token) and not document.children(token, "expl"):  # "si è scusato" is none
        return any(feature(t, "VerbForm") == "Part" for t in auxiliaries)
    if any(lemma(t) in have and t.deprel == "aux" for t in auxiliaries) and feature(token, "VerbForm") != "Ger":
        return feature(token, "VerbForm") == "Part" or any(feature(t, "VerbForm") == "Part" for t in auxiliaries)
    # "è stato colpito": the passive auxiliary is itself in the perfect
    return any(t.deprel == "aux:pass" and feature(t, "VerbForm") == "Part" for t in auxiliaries)


def _kind(document: Document, token: Token, finite: Token, auxiliaries: Sequence[Token], perfect: bool) -> Kind:
    if feature(finite, "Mood") == "Cnd" or _matches(document.language, finite, "conditional"):
        return "conditional"
    if lemma(finite) in _list(document.language, "due") and finite.i < token.i:
        below = any(finite.i < t.i for t in document.children(token, "mark"))
        if feature(token, "VerbForm") == "Inf" or below:
            return "future"  # "is to leave", "was due to be awarded", "was to have voted"
    if feature(finite, "Tense") == "Fut" or _matches(document.language, finite, "future"):
        return "future"
    if (feature(finite, "Mood") == "Imp" and finite.i == token.i) or _is_jussive(document, token, finite):
        return "imperative"
    if perfect or feature(finite, "Tense") in {"Past", "Imp"}:
        return "past"
    if auxiliaries and feature(token, "VerbForm") in {"Ger", "Part"} and not _is_passive(auxiliaries, token):
        return "progressive"
    return "present"


def is_bidden(document: Document, token: Token) -> bool:
    """Whether somebody who is quoted says with this verb that something shall be done."""
    if token.upos != "VERB" or lemma(token) in words(document.language, "words", "no_bidding"):
        return False
    main = first_conjunct(document, token).deprel in {"root", "ccomp", "parataxis"}
    told = main and (_opens_as_order(document, token) or form(document, token).kind == "imperative")
    return told and quotation(document, token) is not None


def _opens_as_order(document: Document, token: Token) -> bool:
    """As in "«Aprite i valichi»", "«Dateci i missili»": the first word of a quotation, in the form of an order."""
    opens = token.i > 0 and document.tokens[token.i - 1].text in {"«", '"', "“"}
    endings = tuple(_list(document.language, "imperative_endings"))
    return opens and bool(endings) and token.lower.endswith(endings) and not document.children(token, "aux", "aux:pass")


def quotation(document: Document, token: Token) -> Statement | None:
    """The innermost quotation with a known source that a word stands in."""
    around = [s for s in document.statements if s.source and s.quoted and covers(s.content, token)]
    return around[-1] if around else None


@cache
def _jussive(language: str, name: str = "jussive_endings") -> tuple[tuple[str, str], ...]:
    """The endings of infinitives and of their third persons in the subjunctive."""
    pairs = (each.split("-") for each in sorted(_list(language, name)))
    return tuple((verb, ending) for verb, ending in pairs)


def _is_jussive(document: Document, token: Token, finite: Token) -> bool:
    """A subjunctive that no other clause asks for: "Le parti tornino a trattare", "siano liberati subito"."""
    first = first_conjunct(document, token)
    if first.deprel not in {"root", "ccomp", "parataxis"} or document.children(first, "mark"):
        return False
    if finite.lower in _list(document.language, "jussive_words"):
        return True
    ambiguous = finite.lower.endswith(tuple(_list(document.language, "not_jussive_endings")))
    if ambiguous or len(finite.text) < _LEAST_TELLING:
        return False
    endings = _jussive(document.language)
    if any(t.upos in ("NOUN", "PROPN") for t in document.children(token, "nsubj")):
        endings = (*endings, *_jussive(document.language, "jussive_of_somebody"))  # "il governo ritiri", but "ritiri?"
    return any(lemma(finite).endswith(verb) and finite.lower.endswith(ending) for verb, ending in endings)


def _matches(language: str, finite: Token, name: str) -> bool:
    """By its form alone: an auxiliary of the list, or an ending that only this tense has."""
    if finite.lower in _list(language, f"{name}_words"):
        return True
    return len(finite.text) >= _LEAST_TELLING and finite.lower.endswith(tuple(_list(language, f"{name}_endings")))


def _is_passive(auxiliaries: Sequence[Token], token: Token) -> bool:
    return any(t.deprel == "aux:pass" for t in auxiliaries) or feature(token, "Tense") == "Past"


def _nonfinite(
    document: Document, token: Token, auxiliaries: Sequence[Token], modals: tuple[Token, ...], perfect: bool
) -> Form:
    if modals:
        future = next((t for t in modals if t.lower in _list(document.language, "future_words")), None)
        conditional = next((t for t in modals if t.lower in _list(document.language, "conditional_words")), None)
        if future is not None:
            return Form("future", future.text, modals, perfect)
        if conditional is not None:
            return Form("conditional", conditional.text, modals, perfect)
        return Form("present", modals[0].text, modals, perfect)
    if perfect:
        return Form("past", token.text, (), True)
    infinitive = any(feature(t, "VerbForm") == "Inf" for t in auxiliaries)  # "expected to be passed"
    if feature(token, "VerbForm") == "Part" and feature(token, "Tense") != "Pres" and not infinitive:
        return Form("participle", token.text)
    return Form("nonfinite", token.text)


def finite_form(document: Document, token: Token) -> bool:
    """Whether the predicate is finite."""
    return form(document, token).kind not in {"nonfinite", "participle"}


def is_past(document: Document, token: Token) -> bool:
    """Whether the predicate is in a past tense."""
    return is_verb(token) and form(document, first_conjunct(document, token)).kind in {"past", "participle"}


def is_narrated(document: Document, token: Token) -> bool:
    """The present of the news ("boccia", "rompe"): what is told in it has happened, unless it lasts by its nature."""
    return lemma(token) not in _list(document.language, "durative") and not is_lasting(document, token)


def is_lasting(document: Document, token: Token) -> bool:
    """As in "has been striking since Monday": the present, with when it began."""
    since = words(document.language, "words", "since")
    return any(case_of(document, t) in since and in_time(document, t) for t in document.children(token, "obl"))


def is_conditional(document: Document, token: Token) -> bool:
    """Whether the token is a predicate in the conditional."""
    return is_predicate(document, token) and form(document, token).kind == "conditional"


def is_headless_verb(token: Token) -> bool:
    """A participle that the parser calls an adjective or a noun."""
    return feature(token, "VerbForm") == "Part"


def headline_infinitive(document: Document, token: Token) -> bool:
    """As in "Leaders to meet in Rome": an infinitive on the root noun of a headline without a finite verb.

    Also one behind a comma, whatever stands before it: "Rhee calls Tokyo, to host envoy on Friday".
    """
    above = document.head(token)
    if above is None or not headlined(document, token) or feature(token, "VerbForm") != "Inf":
        return False
    plans = [t for t in document.children(token, "mark") if t.lower in words(document.language, "words", "plan_marks")]
    if plans and plans[0].i > 0 and document.tokens[plans[0].i - 1].text == ",":
        return True
    finite = any(_is_finite(t) for t in document.sentence_tokens(token.sentence))
    return above.head == above.i and not is_verb(above) and bool(document.children(token, "mark")) and not finite
