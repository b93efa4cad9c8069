"""What the claims' engine asks of a Universal Dependencies tree: clauses, voices, subjects and case markers."""

from __future__ import annotations

from collections.abc import Sequence

from ultimora.documents.ellipsis import HYPHENS, pairing
from ultimora.documents.remembering import once
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "DET"})
_JOINED = HYPHENS | {"/"}
_DEPTH = 6


def feature(token: Token, name: str) -> str:
    """A morphological feature, empty where the token has none."""
    return token.feats.get(name, "")


def is_verb(token: Token) -> bool:
    """Whether the token heads a clause by its part of speech."""
    return token.upos in {"VERB", "AUX"}


def is_nominal(token: Token) -> bool:
    """Whether the token can stand for somebody or something."""
    return token.upos in _NOMINAL


def lemma(token: Token) -> str:
    """The lemma in lower case, the form where there is none."""
    return token.base


@once
def case_of(document: Document, token: Token) -> str:
    """The case marker of a nominal ("di", "insieme a"), empty where it has none."""
    marks = document.children(token, "case")
    if not marks:  # "against spending cuts": hung from the first word of the phrase
        first = (t for t in document.children(token, "compound") if t.i < token.i)
        marks = [mark for each in first for mark in document.children(each, "case") if mark.i < each.i]
    if not marks:
        return _left_out(document, token)
    parts = [lemma(mark) for mark in marks[:2]]
    parts += [lemma(more) for more in document.children(marks[0], "fixed")]
    return " ".join(parts)


def _left_out(document: Document, token: Token) -> str:
    """The marker that a headline's hyphen stands for ("vertice Rossi-Bianchi": between the two)."""
    joined = (mark for other in document.children(token, "conj") for mark in document.children(other, "cc"))
    return pairing(document.language).before if any(mark.text in HYPHENS for mark in joined) else ""


@once
def conjuncts(document: Document, token: Token) -> Sequence[Token]:
    """The token and what is coordinated with it."""
    found = [token]
    for holder in [token, *(t for t in document.children(token, "appos", "flat", "nmod") if is_same(document, t))]:
        for other in document.children(holder, "conj"):
            if is_nominal(other) or other.upos == token.upos:
                found.extend(conjuncts(document, other))
    found.extend(_other_titles(document, token))
    found.extend(_between(document, token) if len(found) == 1 else [])
    if token.deprel == "compound":  # "US-China talks"
        found.extend(t for t in document.children(token, "flat") if document.tokens[t.i - 1].text in _JOINED)
    return [*(t for t in document.children(token, "compound") if _is_paired(document, t)), *found]


def _between(document: Document, token: Token) -> list[Token]:
    """As in "the meeting between the premier and the king": the second of two, hung from the noun before them."""
    above = document.head(token)
    if above is None or case_of(document, token) not in words(document.language, "cases", "between"):
        return []
    strayed = [t for t in document.children(above, "conj") if t.i > token.i and is_nominal(t)]
    return [t for t in strayed[:1] if document.children(t, "cc") and not document.children(t, "case")]


def _other_titles(document: Document, token: Token) -> list[Token]:
    """As in "Mr. Roe and Mr. Doe", "President Roe and Premier Doe": a second title that hangs from the first name."""
    named = [t for t in document.children(token, "appos", "flat") if is_same(document, t)]
    before = document.tokens[token.i - 1] if token.i else token
    if before.upos in {"NOUN", "PROPN"} and before.ner == "O" and before.head == token.head != before.i:
        named.append(before)  # "between President Roe and Premier Doe"
    below = [
        t for each in [token, *named] for t in document.children(each, "flat", "nmod", "appos", "compound", "conj")
    ]
    return [
        t for t in below if t.i > token.i and t.upos == "PROPN" and document.children(t, "cc") and is_same(document, t)
    ]


def _is_paired(document: Document, token: Token) -> bool:
    """As in "the mayor and union leaders": with an article of its own it is no modifier but the first of two."""
    return bool(document.children(token, "det")) and bool(document.children(token, "cc", "conj"))


def is_same(document: Document, token: Token) -> bool:
    """A name beside the noun that it belongs to ("il presidente Roe"): what is coordinated may hang from either."""
    return token.upos == "PROPN" and not document.children(token, "case")


def attribute_taken_for_clause(document: Document, verb: Token) -> Token | None:
    """As in "rejects proposed changes": the participle before an object, taken for a verb of its own."""
    after = document.tokens[verb.i + 1] if verb.i + 1 < len(document.tokens) else verb
    if after.deprel not in {"ccomp", "xcomp"} or after.head != verb.i or feature(after, "Tense") != "Past":
        return None
    bare = not document.children(after, "nsubj", "aux", "aux:pass", "mark", "punct")
    return after if bare and document.children(after, "obj") and not document.children(verb, "obj") else None


@once
def behind_adjective(document: Document, noun: Token) -> Sequence[Token]:
    """As in "manovre congiunte di India e Giappone": what belongs to the noun but hangs from an adjective behind it."""
    behind = [t for t in document.children(noun, "amod") if t.i > noun.i and not document.children(t, "obl:agent")]
    kinds = words(document.language, "words", "kinds_of")
    behind += [t for t in document.children(noun, "nmod") if lemma(t) in kinds and not document.children(t, "det")]
    return [t for each in behind for t in document.children(each, "nmod", "obl") if t.i > each.i]


def cleft(document: Document, verb: Token) -> Token | None:
    """As in "A colpire sono stati i ribelli", "Potrebbe essere Roma a chiedere": the noun said to be who does it."""
    noun, marks = document.head(verb), document.children(verb, "mark")
    told = verb.deprel in {"advcl", "acl", "csubj", "xcomp"} and feature(verb, "VerbForm") == "Inf"
    if noun is None or not told or not document.children(noun, "cop"):
        return None
    if not is_nominal(noun) and not (noun.upos == "ADJ" and document.children(noun, "det")):  # "è stata una vicina"
        return None
    marked = bool(marks) and lemma(marks[0]) in words(document.language, "cases", "cleft")
    return noun if marked and not case_of(document, noun) else None


@once
def first_conjunct(document: Document, token: Token) -> Token:
    """The token that a coordination hangs from."""
    for _ in range(_DEPTH * 4):
        above = document.head(token)
        if token.deprel != "conj" or above is None:
            return token
        token = above
    return token


@once
def acting(document: Document, noun: Token) -> Token | None:
    """As in "Roma sarà paralizzata da uno sciopero": the passive verb of which a noun is the agent."""
    verb = document.head(noun)
    if verb is None or not noun.deprel.startswith("obl") or not is_predicate(document, verb):
        return None
    agent = case_of(document, noun) in words(document.language, "cases", "agent") and is_passive(document, verb)
    return verb if agent else None


def is_passive(document: Document, verb: Token) -> bool:
    """Whether the verb is in the passive, reduced participles ("colpito dai droni") included."""
    relations = {child.deprel for child in document.children(verb)}
    if feature(verb, "Tense") == "Pres" and feature(verb, "VerbForm") in {"Part", "Ger"}:
        return "aux:pass" in relations
    if _is_middle(document, verb, relations):
        return False
    if _is_headline_passive(document, verb, relations):
        return True
    if relations & {"aux:pass", "obl:agent", "csubj:pass", "expl:pass"} or has_passive_auxiliary(document, verb):
        return True
    if "nsubj:pass" in relations and "aux" not in relations:
        return True
    unaccusative = words(document.language, "words", "unaccusative")
    bare = is_participle(verb) and "nsubj" in relations and not relations & {"aux", "cop", "obj", "expl"}
    if bare and unaccusative:  # "Due soldati uccisi"; a language without such a list has no such headlines
        return lemma(verb) not in unaccusative
    if verb.deprel == "conj" and not relations & {"aux", "nsubj", "obj"}:
        above = document.head(verb)
        return above is not None and is_participle(above) and is_participle(verb) and is_passive(document, above)
    return verb.deprel in {"acl", "amod"} and is_participle(verb) and "aux" not in relations and "obj" not in relations


def _is_headline_passive(document: Document, verb: Token, relations: set[str]) -> bool:
    """As in "Minister charged over leak", "Mayor shot dead": headlines leave the auxiliary of the passive out."""
    if lemma(verb) not in words(document.language, "words", "headline_passives") or feature(verb, "Tense") != "Past":
        return False
    if not headlined(document, verb) or relations & {"aux", "aux:pass", "obj", "ccomp", "expl"}:
        return False
    return any(t.deprel.startswith("nsubj") and t.i < verb.i for t in document.children(verb))


def headlined(document: Document, token: Token) -> bool:
    """Whether the token stands in a headline or a standfirst; a text of one sentence without a stop is a headline."""
    sentence = document.sentences[token.sentence]
    alone = len(document.sentences) == 1 and document.tokens[sentence.last - 1].upos != "PUNCT"
    return alone or sentence.part in {"title", "section", "standfirst"}


def _is_middle(document: Document, verb: Token, relations: set[str]) -> bool:
    """As in "il ministro si è dimesso": a reflexive whose subject stands before it, whatever it is called."""
    if "aux:pass" in relations or not relations & {"expl", "expl:pass"}:
        return False
    return any(t.deprel.startswith("nsubj") and t.i < verb.i for t in document.children(verb))


@once
def has_passive_auxiliary(document: Document, verb: Token) -> bool:
    """An auxiliary that makes a passive of a transitive participle, whatever relation the parser gives it."""
    auxiliaries = words(document.language, "words", "passive_auxiliaries")
    unaccusative = words(document.language, "words", "unaccusative")
    if not is_participle(verb) or lemma(verb) in unaccusative or document.children(verb, "obj", "expl"):
        return False
    return any(lemma(t) in auxiliaries for t in document.children(verb, "aux"))


def is_participle(verb: Token) -> bool:
    """Whether the verb is a past participle."""
    return feature(verb, "VerbForm") == "Part" and feature(verb, "Tense") != "Pres"


def is_apart(document: Document, token: Token) -> bool:
    """As in "after the clash": before, during or after which something happens is no part of it."""
    return case_of(document, token) in words(document.language, "cases", "temporal")


def brought_about(document: Document, noun: Token) -> Token | None:
    """As in "the deal reached on Monday": the participle that says that what the noun speaks of has come to pass."""
    nouns = (words(document.language, "words", name) for name in ("brokers", "organisers"))
    light = words(document.language, "words", "light").difference(*nouns)
    found = (t for t in document.children(noun, "acl") if is_participle(t) and lemma(t) in light)
    return next(found, None)


@once
def finite(document: Document, verb: Token) -> Token | None:
    """The finite word of a clause: an auxiliary, the copula or the verb itself."""
    for child in document.children(verb, "aux", "cop"):
        if feature(child, "VerbForm") == "Fin" or feature(child, "Mood"):
            return child
    if feature(verb, "VerbForm") == "Fin" or feature(verb, "Mood"):
        return verb
    return None


@once
def clause(document: Document, token: Token) -> Token:
    """The predicate of the clause that the token stands in (itself, if it is one)."""
    at: Token | None = token
    while at is not None:
        if is_predicate(document, at):
            return at
        at = document.head(at)
    return token


@once
def is_predicate(document: Document, token: Token) -> bool:
    """Whether the token heads a clause: a verb, or a nominal predicate with its copula."""
    if token.upos == "VERB":
        return True
    if token.upos == "AUX" and token.deprel not in {"aux", "aux:pass", "cop"}:
        return True
    return any(child.deprel == "cop" for child in document.children(token))


def is_relative(document: Document, token: Token) -> bool:
    """Whether the token is a relative pronoun."""
    if feature(token, "PronType") == "Rel":
        return True
    return token.upos in {"PRON", "DET", "SCONJ", "ADV"} and token.lower in words(
        document.language, "words", "relative"
    )


def is_counted_from(document: Document, token: Token) -> bool:
    """As in "the first contact since the summit of 15 August": another event, whose day and parties are its own."""
    if lemma(token) in words(document.language, "words", "eves"):
        return True  # "on the eve of the visit due tomorrow"
    apart = words(document.language, "words", "counted_from")
    return token.deprel == "nmod" and token.upos == "NOUN" and case_of(document, token) in apart


def in_time(document: Document, token: Token) -> bool:
    """Whether the token stands in a temporal expression."""
    known: dict[str, frozenset[int]] = vars(document)
    key = f"_in_time_{len(document.times)}"
    if key not in known:
        known[key] = frozenset(t.i for time in document.times for t in document.tokens_between(time.start, time.end))
    return token.i in known[key]


def in_number(document: Document, verb: Token) -> bool:
    """As in "in 40.000 hanno sfilato", "erano in tremila": how many they were who did it."""
    together = words(document.language, "words", "together")
    return any(t.upos == "NUM" and case_of(document, t) in together for t in document.children(verb, "obl", "obl:arg"))


def agreeing(document: Document, participle: Token, noun: Token) -> Token:
    """As in "Quaranta morti al mercato, colpito da": the noun before a participle that it agrees with, where the one
    that the parser hangs it from does not.
    """
    number, gender = feature(participle, "Number"), feature(participle, "Gender")
    between = [t for t in document.tokens[noun.i + 1 : participle.i] if t.upos in {"NOUN", "PROPN"}]
    if not is_participle(participle) or not number or feature(noun, "Number") in {"", number} or not between:
        return noun
    fitting = (t for t in reversed(between) if feature(t, "Number") == number and feature(t, "Gender") == gender)
    return next(fitting, noun)


def rejoined(document: Document, verb: Token) -> Token | None:
    """As in "said it would fight and called on": what cannot share the auxiliary goes with the verb of saying."""
    first = document.head(verb)
    if verb.deprel != "conj" or first is None or first.deprel != "ccomp" or not document.children(first, "aux"):
        return None
    if document.children(verb, "aux", "nsubj", "cop") or feature(verb, "Tense") != "Past":
        return None
    above, form = document.head(first), feature(first, "VerbForm")
    closed = any(t.text in '"”»' for t in document.tokens[max(verb.i - 2, 0) : verb.i])  # "had “left” and urged"
    says = closed or lemma(verb) in words(document.language, "words", "apart")  # "said it had left and blamed"
    alike = form == "Part" and verb.lower.endswith(tuple(words(document.language, "words", "participles")) or ("\0",))
    finite_form = feature(verb, "VerbForm") == "Fin" and not alike  # but "said they had left and trained others"
    unlike = form == "Inf" or (form in {"Part", "Ger"} and (finite_form or says))
    return above if unlike and above is not None and is_verb(above) and above.i < first.i else None


def taken_up(document: Document, verb: Token, objects: Sequence[Token]) -> Sequence[Token]:
    """As in "L'arresto lo ha disposto il giudice": the noun in front that a pronoun takes up is what it stands for."""
    front = [t for t in document.children(verb, "dislocated") if t.i < verb.i and is_nominal(t)]
    bare = [t for t in front if not document.children(t, "case")]
    pronouns = bool(objects) and all(t.upos == "PRON" and t.i < verb.i for t in objects)
    return bare[-1:] if bare and pronouns and document.children(verb, "nsubj") else objects
