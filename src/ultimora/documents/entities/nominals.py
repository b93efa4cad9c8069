"""Entities spoken of by a common noun: "the police", "fonti del ministero", "il premier britannico"."""

from __future__ import annotations

from collections.abc import Callable

from ultimora.documents.entities import described, references
from ultimora.documents.entities.ahead import identify, look_ahead
from ultimora.documents.entities.announcing import announce, announce_body, each, portfolio_of, real, spoken_body
from ultimora.documents.entities.antecedents import antecedent, pronoun
from ultimora.documents.entities.apposed import are_apposed, introduced, is_of_one_told
from ultimora.documents.entities.around import look_around
from ultimora.documents.entities.backward import is_in_title, is_of_seat, refer
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.crafts import learn_ships
from ultimora.documents.entities.fitting import CALLINGS
from ultimora.documents.entities.gather import acting
from ultimora.documents.entities.humans import is_shown_human
from ultimora.documents.entities.itself import ACTING, KINDS, is_idle, speak_before
from ultimora.documents.entities.naming import linked
from ultimora.documents.entities.offices import office_holder
from ultimora.documents.entities.owners import tell_owners
from ultimora.documents.entities.pairs import gather_pair, meet, one_of_two
from ultimora.documents.entities.partitives import gather_partitive
from ultimora.documents.entities.pronouns import traits_of
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.relatives import gather_relatives
from ultimora.documents.entities.roles import gender_of
from ultimora.documents.entities.setting import ruled_from, scene
from ultimora.documents.entities.shape import (
    is_collective,
    is_definite,
    is_indefinite,
    is_noun_like,
    is_plural,
    is_predicate,
)
from ultimora.documents.entities.taking import take
from ultimora.documents.entities.things import announce_thing, learn_things, of_things
from ultimora.documents.entities.wider import gather_thing
from ultimora.documents.entities.yonder import gather_yonder
from ultimora.documents.wordlists import words
from ultimora.types import EntityKind, Token

_LOCAL = frozenset({"group", "armed_group", "outlet"})
_FARTHEST = 400
_OUTSIDE, _INSIDE = ("VERB", "ADP", "PUNCT", "AUX"), ("compound", "flat", "fixed", "punct")
_FEW = 8
_EAGER = frozenset({"government_itself", "government", "armed_group", "group", "outlet", "organization", "person"})


def gather_nominals(context: Context) -> None:
    """In text order: phrases and pronouns that go back to somebody or name a state, an office, unnamed sources."""
    learn_ships(context)
    learn_things(context)
    identify(context)
    for token in context.document.tokens:
        if token.i and token.sentence != context.document.tokens[token.i - 1].sentence:
            meet(context, token.sentence - 1)
        look_around(context, token)
        if token.i in context.registry.by_token or (_is_inner(token) and not is_noun_like(context.document, token)):
            continue
        if token.i in context.quoted and token.lower in context.lexicon.speaker:
            look_ahead(context, token)
        traits = traits_of(context, token)
        if traits is not None:
            look_ahead(context, token)
            _pronoun_for(context, token, traits)
        elif token.lower in context.lexicon.partitives and token.upos == "PRON":
            gather_partitive(context, token)
        elif token.lower in context.lexicon.things:
            speak_before(context, token, speak_of)
            if token.upos == "PRON" and not is_idle(context, token):
                _pronoun_for(context, token, context.lexicon.things[token.lower])
        elif (
            are_apposed(context, token)
            or is_of_one_told(context, token)
            or gather_pair(context, token)
            or refer(context, token) is not None
            or gather_thing(context, token)
        ) or is_in_title(context, token):
            continue
        elif _is_eager(context, token):
            speak_of(context, token)
        else:
            announce(context, token)
            announce_body(context, token)
        announce_thing(context, token)
    for i in sorted(context.offices):
        introduced(context, context.document.tokens[i])
    tell_owners(context)
    gather_relatives(context)
    gather_yonder(context)


def _is_inner(token: Token) -> bool:
    """Words that speak of nobody, and those inside a phrase."""
    idle = token.upos == "ADV" and token.deprel.split(":")[0] not in ("nsubj", "obj", "obl")
    return idle or token.upos in _OUTSIDE or token.deprel in _INSIDE


def _pronoun_for(context: Context, token: Token, traits: tuple[str, str]) -> None:
    draft = antecedent(context, token, traits)
    if draft is not None and draft.kind == "person" and of_things(context, token):
        return
    if draft is not None and draft.members:
        context.registry.share(each(context, draft), token.i, token.i + 1, token.i, "pronoun")
    elif draft is not None:
        context.registry.mention(real(context, draft), token.i, token.i + 1, "pronoun")


def _is_eager(context: Context, token: Token) -> bool:
    if token.upos not in ("NOUN", "PROPN", "ADJ") or token.deprel in ("compound", "flat", "fixed"):
        return False
    titled = token.deprel == "amod" and bool(context.document.children(token, "det"))  # "[the premier] “kneels…”"
    if token.deprel == "amod" and not titled:
        return False
    name = context.phrases.at.get(token.i)
    if name is not None:
        return name.known is not None and name.known.sort == "people" and _is_national(context, token)
    if (token.upos == "ADJ" and not titled) or is_in_title(context, token):
        return False
    words, document = context.lexicon, context.document
    if token.lower in words.always_anonymous or token.lemma.lower() in words.always_anonymous:
        return True
    office = words.office_of(document, token)
    called = office is not None and office[1] in CALLINGS
    if office is not None and not (called and is_plural(token)):
        named = not called or bool(context.phrases.states(token)) or is_of_seat(context, token, office)
        return named and not is_predicate(document, token)
    if words.is_source(document, token):
        return token.deprel != "xcomp" and not document.children(token, "cop")
    kind = words.kind_of(document, token)
    if kind is None or kind[1] not in _EAGER:
        return False
    return bool(context.phrases.states(token)) or _is_of_body(context, token)


def _is_of_body(context: Context, token: Token) -> bool:
    """As in "ispettori dell'Onu", "Red Cross officials"."""
    owner = context.phrases.owner(token)
    named = owner is not None and owner.known is not None and owner.known.sort == "name"
    return named and is_plural(token)


def _is_national(context: Context, token: Token) -> bool:
    """A demonym that is a noun: "i russi", "the French", "two Russians"."""
    if token.deprel.split(":")[0] in ("amod", "compound", "flat"):
        return False
    marks = context.document.children(token, "det", "nummod", "amod")
    if not is_plural(token) and not marks and context.document.children(token, "case"):
        return bool(token.text[:1].isupper())  # "ha risposto in inglese"
    before = context.document.tokens[token.i - 1] if token.i else token
    noun = before.upos == "NOUN" or context.lexicon.kind_of(context.document, before)
    if noun and before.sentence == token.sentence and before.i != token.i:
        return False
    return token.upos in ("NOUN", "PROPN") or bool(context.document.children(token, "det", "nummod"))


def speak_of(context: Context, token: Token) -> Draft:
    """The entity that the phrase headed by a token speaks of; made where there is none yet."""
    found = context.registry.by_token.get(token.i)
    if found is not None:
        return found
    name = context.phrases.at.get(token.i)
    if name is not None and name.known is not None:
        if name.known.sort != "people":
            return take(context, token, acting(context, name.known), "name")
        return _people(context, token, name.known.country)
    if token.upos == "PRON" or (token.upos == "DET" and token.deprel != "det"):
        return _pronoun(context, token)
    return linked(context, token) or refer(context, token) or _nominal(context, token)


def _people(context: Context, token: Token, country: str | None) -> Draft:
    """Of a demonym: the nationals where it is a noun, the state where it is an adjective ("Russian attack")."""
    if not _is_national(context, token):
        return take(context, token, context.state(country), "name") if country else _nominal(context, token)
    country = country or context.phrases.state(token)
    if is_plural(token) or (is_collective(context.document, token) and not _is_one(context, token)):
        firm = _firm_of(context, token, country)
        if firm is not None:
            return take(context, token, firm, "nominal")
        draft = context.registry.draft(("people", country or token.lower), token.text, "group", country)
        draft.plural = True
        return take(context, token, draft, "nominal")
    if is_definite(context.document, token):
        said = described.Description(token, gender_of(context, token), country=country, bare=True)
        found = references.person(context, said)
        if found is not None:
            found = real(context, found)
            references.teach(found, said)
            return take(context, token, found, "nominal")
    return _nominal(context, token, kind="person", country=country)


def _firm_of(context: Context, token: Token, country: str | None) -> Draft | None:
    """As in "Rheinwert, fondo di Düsseldorf … I tedeschi", "the Swedes": a firm of a state that does not act itself."""
    plain = is_definite(context.document, token) and not context.document.children(token, "nmod", "amod", "nummod")
    acts = context.registry.by_key.get(("state", country or ""))
    if country is None or not plain or (acts is not None and acts.heads and acts.heads[0] < token.i):
        return None
    for i, draft in context.registry.before(token.i):
        if token.sentence - context.document.tokens[i].sentence > _FEW:
            return None
        if draft.kind == "organization" and draft.is_named and draft.country == country:
            return draft
    return None


def _is_one(context: Context, token: Token) -> bool:
    """As in "the Pole", "the Nigerian": a demonym of one, not "the Dutch"."""
    if token.lower.endswith(tuple(context.referring.collective)):
        return False
    verb = context.document.head(token)
    marks = [verb, *context.document.children(verb, "aux", "cop")] if verb and token.deprel.startswith("nsubj") else []
    return not any(t is not None and t.feats.get("Number") == "Plur" for t in marks)


def _pronoun(context: Context, token: Token) -> Draft:
    draft = one_of_two(context, token) or pronoun(context, token)
    if draft is not None and draft.members:
        context.registry.share(each(context, draft), token.i, token.i + 1, token.i, "pronoun")
        return draft.members[0]
    draft = real(context, draft) if draft is not None else None
    if draft is None:
        draft = context.registry.draft(("pronoun", token.lower), token.text, "other")
    context.registry.mention(draft, token.i, token.i + 1, "pronoun")
    return draft


def _nominal(context: Context, token: Token, kind: EntityKind | None = None, country: str | None = None) -> Draft:
    office = context.lexicon.office_of(context.document, token)
    if office is not None and not is_plural(token):
        return _of_leader(context, token, office_holder(context, token, office))
    group = found[1] if (found := context.lexicon.kind_of(context.document, token)) else ("group" if office else "")
    state = country or context.phrases.state(token)
    if group == "government_itself":
        return _government(context, token, state)
    bare = not portfolio_of(context, token) if state else not context.phrases.owner(token)
    if group == "government" and bare and (body := _body(context, token, found[0] if found else "", state)):
        return body
    if group == "armed_group":
        owner = context.phrases.owner(token)
        if owner is not None and owner.known is not None and owner.known.kind == "armed_group":
            return take(context, token, acting(context, owner.known), "nominal")
    made = _make(context, token, kind or _kind(context, token, group), state)
    return _of_leader(context, token, made) if office is not None else made


def _of_leader(context: Context, token: Token, draft: Draft) -> Draft:
    """As in "Maduro's envoy", "i ministri di Netanyahu": those who serve somebody are of his state."""
    if draft.country is None and not draft.is_named:
        served = (context.registry.by_token.get(c.i) for c in context.document.children(token, "nmod", "nmod:poss"))
        states = (d.country for d in served if d is not None and d.kind == "person" and d.is_named)
        draft.country = next(states, None)
    return draft


def _kind(context: Context, token: Token, group: str) -> EntityKind:
    """The kind of a nominal; those of an organization or an armed group are of its kind."""
    if group == "group" and not is_plural(token):
        words = {token.lower, token.lemma.lower()}
        body = bool(context.referring.kinds(token))  # "il comitato"
        group = "group" if words & context.lexicon.collective else "organization" if body else "person"
    source = context.lexicon.is_source(context.document, token)
    human = source or is_shown_human(context, token)
    kind = KINDS.get(group, ("group" if is_plural(token) else "person") if human else "other")
    if token.lower in context.lexicon.always_anonymous or token.lemma.lower() in context.lexicon.always_anonymous:
        return "group" if is_plural(token) else "person"
    if kind == "government" and source and (not is_plural(token) or not context.phrases.states(token)):
        return "group" if is_plural(token) else "person"
    owner = context.phrases.owner(token)
    if kind in ("government", "group") and owner is not None and owner.known is not None and owner.known.sort == "name":
        return owner.known.kind if owner.known.kind in ("organization", "armed_group") else kind
    return kind


def _government(context: Context, token: Token, state: str | None) -> Draft:
    """As in "il governo turco"; "the government" alone is that of the state last spoken of."""
    if state is None:
        owner = context.phrases.owner(token)
        if owner is not None and owner.known is not None and owner.known.country is None:
            return _make(context, token, owner.known.kind, None)
        whose = context.document.children(token, "nmod", "nmod:poss", "det:poss")
        heads = (context.registry.by_token.get(c.i) for c in whose)
        ruled = next((d.country for d in heads if d is not None and d.kind == "person" and d.country), None)
        if ruled is not None:
            return take(context, token, context.state(ruled), "nominal")  # "il governo di Erdogan", "il suo governo"
        last = _last(context, token, lambda d: d.kind == "government" and _is_spoken_of(context, d.country))
        state = last.country if last else None
        main = context.main_state
        if main is not None and context.spoken_of[main] >= 2 * context.spoken_of[state or ""]:
            state = main  # an article about one state means its government, whoever else was named last
        state = ruled_from(context, token, state)
    if state is None:
        return _make(context, token, "government", None)
    return take(context, token, context.state(state), "nominal")


def _is_spoken_of(context: Context, country: str | None) -> bool:
    """Whether more than one name points to a state: a town's police alone may be of another Cleveland."""
    return country is not None and (context.spoken_of[country] > 1 or ("state", country) in context.registry.by_key)


def _body(context: Context, token: Token, noun: str, state: str | None) -> Draft | None:
    """As in "the police" or "the Greek ministry" without more: the one spoken of before."""
    mine = portfolio_of(context, token)

    def fits(draft: Draft) -> bool:
        own = not (mine and draft.portfolio and draft.portfolio != mine)
        return noun in draft.nouns and own and state in (None, draft.country)

    last = _last(context, token, fits) if is_definite(context.document, token) else None
    return take(context, token, last, "nominal") if last is not None else None


def _make(context: Context, token: Token, kind: EntityKind, state: str | None) -> Draft:
    """A nominal entity; the same words of the same state are the same one, but "a source" is each time another."""
    anonymous = _is_anonymous(context, token)
    name = context.phrases.name_of(token, wide=anonymous or kind == "document")
    owner = context.phrases.owner(token)
    if state is None and anonymous:
        state = _close_to(context, token)
    if state is None and kind in ("armed_group", "government", "group") and owner is not None:
        state = owner.country
    if state is None and not anonymous and (kind in _LOCAL or _is_of_the_place(context, token)):
        state = _paired_with(context, token) or scene(context, token.sentence)
    if state is None and kind == "government":
        state = _heard_from(context, token)
    lemma = context.lexicon.kind_of(context.document, token)
    word = lemma[0] if lemma else token.lemma.lower()
    known = spoken_body(context, token, state) if not anonymous and kind in ACTING else None
    if known is not None:
        return take(context, token, known, "nominal")
    unique = str(token.i) if is_indefinite(context.document, token) and not is_plural(token) else ""
    portfolio = portfolio_of(context, token)
    told = name.lower() if anonymous or not state else portfolio
    draft = context.registry.draft(("nominal", word, state or "", told, unique), name, kind, state)
    draft.portfolio = draft.portfolio or portfolio
    draft.anonymous = draft.anonymous or anonymous
    draft.plural = draft.plural or is_plural(token)
    draft.nouns.add(word)
    if kind == "person":
        draft.gender = draft.gender or described.shown_gender(context, token)
    return take(context, token, draft, "nominal")


def _is_of_the_place(context: Context, token: Token) -> bool:
    """As in "the police detained two in Lima": police and courts work where they are, armies anywhere."""
    return token.lemma.lower() in words(context.document.language, "words", "local_bodies")


def _heard_from(context: Context, token: Token) -> str | None:
    """As in "Da Mosca il ministero degli Esteri ha protestato": ministries work, and speak, from their own capital."""
    for name in context.phrases.in_sentence.get(token.sentence, ()):
        place = context.head(name)
        opens = name.first < token.i and place.deprel == "obl" and place.head == token.head != token.i
        if opens and token.deprel == "nsubj" and name.known is not None and name.known.sort == "capital":
            return name.country
    return None


def _paired_with(context: Context, token: Token) -> str | None:
    """As in "between the government of Burundi and the rebels": where the talks are says nothing of either."""
    other = context.registry.by_token.get(token.head) if token.deprel == "conj" else None
    return other.country if other is not None and other.kind == "government" else None


def _close_to(context: Context, token: Token) -> str | None:
    """The one state whose bodies an unnamed source is close to: "fonti vicine al ministero degli Esteri turco"."""
    first, last = context.phrases.extent(token, wide=True)
    names = {context.phrases.at[i] for i in range(first, last) if i in context.phrases.at}
    places = {i for i in range(first, last) if (d := context.registry.by_token.get(i)) and d.kind == "place"}
    states = {n.country for n in names if n.country and n.first not in places}
    return states.pop() if len(states) == 1 else None


def _last(context: Context, token: Token, fits: Callable[[Draft], bool]) -> Draft | None:
    for tried, (_, draft) in enumerate(context.registry.before(token.i)):
        if tried > _FARTHEST:
            return None
        if fits(draft) and draft.announced < 0:
            return draft
    return None


def _is_anonymous(context: Context, token: Token) -> bool:
    if token.upos in ("NUM", "PRON"):  # "one of them"
        several = (context.registry.by_token.get(c.i) for c in context.document.children(token, "nmod"))
        if any(d is not None and d.anonymous for d in several):
            return True
    return context.lexicon.is_source(context.document, token)
