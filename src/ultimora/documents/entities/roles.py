"""Roles learned from the text: apposition, premodifier, copula, appointment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.counterparts import OF_STATES, as_counterpart
from ultimora.documents.entities.names import Name
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.shape import is_plural, own_gender
from ultimora.types import Role, Token

Tense = Literal["former", "elect", "acting", "current"]

_LONGEST_TITLE = 7
_NAMED = frozenset({"flat", "appos", "compound", "nmod", "amod"})
_TITLES = frozenset({"compound", "nmod", "amod", "appos", "flat", "nsubj"})
_FARTHEST_NAME = 8
_PEOPLE = 4
_LONGEST_LIST = 30
_LOCAL = frozenset({"local", "prosecutor", "church"})
_BREAKS = frozenset({"PUNCT", "PRON", "CCONJ", "SCONJ", "AUX"})
_TENSES: tuple[Tense, ...] = ("former", "elect", "acting")


POSTED = frozenset({"diplomat", "profession", "church", "director", "kin", "coach"})
"""Whoever may be sent to another state: where they are does not say whose they are."""


def learn_roles(context: Context) -> None:
    """Every office that the text gives to a person it names."""
    before: tuple[str, str] | None = None
    for token in context.document.tokens:
        if token.upos in ("VERB", "AUX", "ADP", "PUNCT", "DET", "ADJ") and not _is_elided_title(context, token):
            before = None
            continue
        found = context.lexicon.office_of(context.document, token)
        again, before = found == before, found
        if found is None or token.i in context.registry.by_token or (again and token.lower != found[0]):
            continue
        for person in _holders(context, token):
            give_role(context, token, found[1], person)
            if found[1] == "counterpart":
                as_counterpart(context, token, person)


def _is_elided_title(context: Context, token: Token) -> bool:
    """As in "l'ad Giorgio Sacchi": a title that is spelt like a preposition, behind an elided article."""
    before = context.document.tokens[token.i - 1] if token.i else token
    elided = before.text[-1:] in ("'", "’") and before.end == token.start
    return token.upos == "ADP" and elided and token.lower in context.lexicon.offices


def _holders(context: Context, token: Token) -> list[Draft]:
    """The persons to whom an office is given; each once. A name right after it is its holder, and the only one."""
    for i in [] if _is_owner(context, token) else _beside(context, token):
        beside = context.registry.by_token.get(i)
        if _is_anothers(context, token, i):
            break
        if beside is not None and beside.kind == "person" and not context.document.children(token, "cop"):
            if token.feats.get("Number") != "Plur":
                return [beside]
            listed = _listed(context, i)
            return listed if len(listed) > 1 else []  # "due ministri del governo Antal": neither of them is Antal
    found: list[Draft] = []
    two = any(c.lower in context.referring.pairs.get("two", ()) for c in context.document.children(token, "nummod"))
    for i in _candidates(context, token):
        draft = context.registry.by_token.get(i)
        if two and is_plural(token) and len(listed := _listed(context, i)[:2]) > 1:
            return listed  # "due fratelli, Ivan e Denis Bressanin, … e il cugino Marco Toniolo"
        if draft is not None and draft.kind == "person" and draft not in found:
            found.append(draft)
    return found


def _is_owner(context: Context, token: Token) -> bool:
    """As in "la moglie del capo dello Stato, Aminata": the name after the comma is that of the first one."""
    governor = context.document.head(token)
    if governor is None or token.deprel.split(":")[0] != "nmod" or not context.document.children(token, "case"):
        return False
    comma = context.document.tokens[context.phrases.extent(token)[1] : context.phrases.extent(token)[1] + 1]
    return bool(comma) and comma[0].text == "," and context.lexicon.office_of(context.document, governor) is not None


def _is_anothers(context: Context, token: Token, i: int) -> bool:
    """As in "moglie del comandante Vito Asaro": he bears the name of whom the one is wife."""
    kin = context.lexicon.office_of(context.document, token)
    between = context.document.tokens[token.i + 1 : i]
    whose = any(t.upos == "ADP" for t in between) and not any(t.text == "," for t in between)
    another = any(t.upos == "NOUN" and context.lexicon.office_of(context.document, t) is not None for t in between)
    return kin is not None and kin[1] == "kin" and whose and another


def _listed(context: Context, i: int) -> list[Draft]:
    """The persons of a list that begins at a token: "Renato Bolla (Lega) e Saverio Conti (Forza Italia)"."""
    found: list[Draft] = []
    depth = 0
    for token in context.document.tokens[i : i + _LONGEST_LIST]:
        depth += (token.text == "(") - (token.text == ")")
        draft = context.registry.by_token.get(token.i)
        if draft is not None and draft.kind == "person" and not depth:
            if not any(draft is d for d in found):
                found.append(draft)
        elif not depth and token.text not in (",", ")") and token.upos != "CCONJ":
            break
    return found


def _candidates(context: Context, token: Token) -> Iterator[int]:
    document = context.document
    for child in document.children(token):
        relation = child.deprel.split(":")[0]
        placed = child.deprel == "compound" and child.i < token.i and bool(document.children(token, "det"))
        cased = any(c.i > token.i or child.i < token.i for c in document.children(child, "case"))
        if relation in _NAMED and not cased and child.deprel != "nmod:poss" and not placed:
            yield child.i  # but not "the [Kearney] mother"
        if relation == "nsubj" and document.children(token, "cop") and not document.children(token, "case"):
            yield child.i
    governor = document.head(token)
    relation = token.deprel.split(":")[0]
    if governor is not None and relation in _TITLES - {"nsubj"} and not document.children(token, "case"):
        yield governor.i
    if governor is not None and governor.lemma.lower() in context.lexicon.appointed:
        yield from _appointed(context, token, governor)


def _beside(context: Context, token: Token) -> Iterator[int]:
    """A name after the office with nothing but its own words between: "il ceo della società Steve Jobs"."""
    after = context.phrases.extent(token)[1]
    for other in context.document.tokens[token.i + 1 : token.i + _FARTHEST_NAME]:
        if other.sentence != token.sentence or (
            other.upos in _BREAKS and not _is_apposed(context, other) and not _is_double(context, other)
        ):
            return
        draft = context.registry.by_token.get(other.i)
        if draft is not None and draft.kind == "person":
            cases = context.document.children(other, "case")
            if not any(token.i < c.i < other.i for c in cases):
                yield other.i
            return
        known = other.i in context.phrases.at or other.i < after or other.upos in ("ADJ", "PUNCT")
        known = known or (other.upos in ("ADP", "DET") and other.i + 1 in context.phrases.at)
        known = known or _is_origin(context, other) or _is_people(context, other.i) or _is_portfolio(context, other)
        told = known or _is_double(context, other) or _is_double(context, context.document.tokens[other.i - 1])
        if not told and other.lower not in context.lexicon.elect | context.lexicon.acting:
            return


def _is_origin(context: Context, token: Token) -> bool:
    """As in "il deputato mantovano Matteo Bo": a word for whoever is of a town, which the parse need not know."""
    name = context.phrases.at.get(token.i + 1)
    named = name is not None and name.label == "PER" and name.first == token.i + 1
    return named and token.text.islower() and token.lower.endswith(context.referring.origins)


def _is_portfolio(context: Context, token: Token) -> bool:
    """As in "l'assessore all'Istruzione Dario Levi": what an office is for, and the word that joins it."""
    after = context.document.tokens[token.i + 1 : token.i + 2]
    words = [token.lower, *(t.lower for t in after if token.upos in ("ADP", "DET", "CCONJ"))]
    return any(word in context.lexicon.portfolios for word in words)


def _is_double(context: Context, token: Token) -> bool:
    """As in "fondatore e presidente Ettore Meridia": an "and" between two offices of one person."""
    if token.upos != "CCONJ" or token.i + 1 >= len(context.document.tokens):
        return False
    after = context.document.tokens[token.i + 1]
    return after.upos in ("NOUN", "PROPN") and context.lexicon.office_of(context.document, after) is not None


def _is_apposed(context: Context, comma: Token) -> bool:
    """As in "il ministro degli Esteri, Guido Sanfelice, …": a person between commas, or before a full stop."""
    at = comma.i + 1
    while at < comma.i + _PEOPLE and at < len(context.document.tokens) and _is_people(context, at):
        at += 1  # "il direttore, l'olandese Pieter Blom"
    name = context.phrases.at.get(at)
    if comma.text != "," or name is None or name.label != "PER":
        return False
    after = context.document.tokens[name.last : name.last + 1]
    return not after or after[0].sentence != comma.sentence or after[0].upos == "PUNCT"


def _is_people(context: Context, i: int) -> bool:
    name, token = context.phrases.at.get(i), context.document.tokens[i]
    if name is None and token.upos == "NOUN" and context.lexicon.office_of(context.document, token) is not None:
        return True  # "il direttore dei lavori, l'ingegnere Sandra Vitale"
    if name is None and token.upos == "NOUN" and context.referring.is_trade(token) and not is_plural(token):
        return True  # "sua moglie, la pianista Ines Duarte"
    return (name is not None and name.known is not None and name.known.sort == "people") or (token.upos == "DET")


def _appointed(context: Context, token: Token, verb: Token) -> Iterator[int]:
    """As in "Blinken, nominato segretario di Stato", "was named secretary of state"."""
    if token.deprel.split(":")[0] not in ("xcomp", "obl", "obj", "advmod", "appos"):
        return
    for child in context.document.children(verb, "nsubj", "obj"):
        if child.i != token.i:
            yield child.i
    if verb.deprel.split(":")[0] in ("acl", "appos", "advcl", "amod") and verb.head != verb.i:
        yield verb.head


def give_role(context: Context, token: Token, group: str, person: Draft) -> None:
    """The office headed by a token is the person's; the token speaks of that person from now on."""
    states = context.phrases.states(token, group in POSTED)
    title = title_of(context, token)
    of = role_of(context, token, title, states)
    person.country = person.country or country_of(context, title, states)
    if of is None and group in OF_STATES:
        of = person.country
    person.add_role(Role(title, of, token.sentence, tense_of(context, token)), group)
    if group == "profession":
        person.nouns.add(token.lemma.lower())
    if _is_hers(context, token):
        person.gender, person.guessed = "f", False
    person.gender = person.gender or gender_of(context, token)
    context.offices[token.i] = (person, title)
    start = office_start(context, token)
    for i in sorted({token.i, *range(start, start + _size(context, token))}):
        context.registry.by_token.setdefault(i, person)
    context.registry.speak(person, token.i)


def _is_hers(context: Context, token: Token) -> bool:
    """As in "la presidente Andrea Meyer": an article says surer than a first name who she is."""
    words = context.referring.grammatical
    shown = any(d.feats.get("Gender") == "Fem" for d in context.document.children(token, "det") if "'" not in d.text)
    return shown and not {token.lower, token.lemma.lower()} & words and not is_plural(token)


def role_of(context: Context, token: Token, title: str, states: list[str]) -> str | None:
    """What the office is of: an institution or organization by name, else a state."""
    start = office_start(context, token)
    words = context.document.tokens[start : start + _size(context, token)]
    owner = next((o for o in map(context.phrases.owner, [token, *words]) if o is not None), None)
    if owner is not None and owner.known is not None and owner.known.kind == "outlet":
        office = context.lexicon.office_of(context.document, token)
        within = office is not None and context.document.tokens[owner.last - 1].lower in office[0].split()[1:]
        owner = None if within else owner
    if owner is None and not states:
        owner = _before(context, token)
    party = None if owner is not None or states else _affiliation(context, token)
    if party is not None:
        return party
    if owner is not None and (owner.known is None or owner.known.sort in ("name", "seat")):
        body = context.registry.by_token.get(owner.first)
        if body is not None and body.kind in ("organization", "armed_group"):
            return body.name  # by what the text calls it: an acronym may be another body's as well
        return owner.known.name if owner.known else " ".join(owner.text(context.document).split())
    place = _place(context, token)
    if place is not None:
        return place
    return states[0] if states else context.lexicon.office_states.get(title)


def _place(context: Context, token: Token) -> str | None:
    """The city or region that a local office is of: "sindaco di Amburgo", "Istanbul mayor"."""
    office = context.lexicon.office_of(context.document, token)
    if office is None or office[1] in POSTED:
        return None
    for child in context.document.children(token, "nmod", "compound", "nmod:poss"):
        name = context.phrases.at.get(child.i)
        cases = context.document.children(child, "case")
        own = not cases or any(c.lemma.lower() in context.lexicon.metonyms["of"] for c in cases)
        placed = name is not None and name.known is not None and name.known.sort == "place"
        wide = office[1] in _LOCAL or (placed and (bool(cases) or office[1] in OF_STATES))
        if name is None or not own or not wide:
            continue  # "the Cleveland lawmaker" is from there
        if name.known is not None and name.known.sort in ("capital", "place"):
            return name.known.name
        if name.known is None and name.label == "LOC":
            return " ".join(name.text(context.document).split())
    return None


def _affiliation(context: Context, token: Token) -> str | None:
    """As in "Conservative leader", "il collega azzurro": the party that an adjective names."""
    words = context.lexicon.affiliations
    near = [t for t in context.document.children(token, "amod", "compound") if t.lower in words]
    return words[near[0].lower] if near else None


def office_start(context: Context, token: Token) -> int:
    """Where the words of an office begin: "[prime] minister"."""
    office = context.lexicon.office_of(context.document, token)
    words = office[0].split() if office else [token.lower]
    return token.i - (len(words) - 1 if token.lower == words[-1] else 0)


def _size(context: Context, token: Token) -> int:
    office = context.lexicon.office_of(context.document, token)
    return len(office[0].split()) if office else 1


def _before(context: Context, token: Token) -> Name | None:
    """The name right before an office's own words: "Tesla [chief executive]"."""
    name = context.phrases.at.get(office_start(context, token) - 1)
    return name if name is not None and (name.known.sort == "name" if name.known else name.label == "ORG") else None


def country_of(context: Context, title: str, states: list[str]) -> str | None:
    """The state that an office makes its holder's."""
    return states[0] if states else context.lexicon.office_states.get(title)


def title_of(context: Context, token: Token) -> str:
    """An office as it is written, in lower case, its head as lemma, without states, names and "former"."""
    first, last = context.phrases.extent(token)
    low, high = token.i, token.i + 1
    while low > first and _leads(context, context.document.tokens[low - 1], token):
        low -= 1
    while high < min(last, token.i + _LONGEST_TITLE) and _in_title(context, context.document.tokens[high], token):
        high += 1
    while high - 1 > token.i and context.document.tokens[high - 1].upos in ("ADP", "DET", "CCONJ", "PUNCT"):
        high -= 1
    words = context.document.tokens[low:high]
    parts = [
        (w.lower if w.i != token.i else _singular(w)) + _gap(context, w, k < len(words) - 1)
        for k, w in enumerate(words)
    ]
    office = context.lexicon.office_of(context.document, token)
    text = " ".join("".join(parts).split())
    if office is not None and office[0] not in text:
        text = office[0]
    return _without_tense(context, text)


def _without_tense(context: Context, text: str) -> str:
    first, _, last = text.rpartition("-")
    if first in context.lexicon.former:
        return last
    return first if first and last in context.lexicon.elect else text


def _gap(context: Context, word: Token, more: bool) -> str:
    return context.document.text[word.end : context.document.tokens[word.i + 1].start] if more else ""


def _singular(token: Token) -> str:
    return token.lemma.lower() if token.feats.get("Number") == "Plur" else token.lower


def _leads(context: Context, token: Token, head: Token) -> bool:
    """Whether a word before an office belongs to its title ("vice foreign minister", not "top minister")."""
    told = token.lower in context.lexicon.qualifiers | context.lexicon.portfolios
    named = token.upos in ("NOUN", "PROPN") and token.deprel.split(":")[0] in ("compound", "nmod", "flat", "amod")
    return (told or named or _in_phrase(context, token, head)) and _in_title(context, token, head)


def _in_phrase(context: Context, token: Token, head: Token) -> bool:
    office = context.lexicon.office_of(context.document, head)
    return office is not None and token.lower in office[0].split()


def _in_title(context: Context, token: Token, head: Token) -> bool:
    if token.sentence != head.sentence or token.i in context.phrases.at or context.phrases.codes(token):
        return False
    words = context.lexicon
    if token.i > head.i and token.upos == "PROPN" and context.document.tokens[token.i - 1].upos != "ADP":
        return False
    if token.lower in words.former | words.elect | words.acting or token.lower in words.honorifics:
        return False
    return token.upos not in ("PUNCT", "VERB", "AUX", "PRON", "NUM", "DET") and token.i not in context.registry.by_token


def tense_of(context: Context, token: Token) -> Tense:
    """As in "former", "elect" or "acting" where a word of the phrase says so."""
    low = max(context.document.sentences[token.sentence].first, token.i - 3)
    first, last = context.phrases.extent(token)
    near = [t for t in context.document.tokens[min(low, first) : last + 1] if t.sentence == token.sentence]
    for t in near:
        inside = t.head == token.i or first <= t.i < last or (token.head == t.i and t.upos not in ("VERB", "AUX"))
        parts = {t.lower, t.lemma.lower(), *t.lower.split("-")}
        for tense in _TENSES:
            if inside and parts & getattr(context.lexicon, tense) and t.i != token.i:
                return tense
    office = context.lexicon.office_of(context.document, token)
    ends = set(office[0].split("-")[1:]) | set(token.lower.split("-")[:-1]) if office else set()
    return next((t for t in _TENSES if ends & getattr(context.lexicon, t)), "current")


def gender_of(context: Context, token: Token) -> str:
    """The gender that an office or its determiner shows."""
    shown = map(own_gender, [*context.document.children(token, "det"), token])
    return next(filter(None, shown), "")
