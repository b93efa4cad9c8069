"""Who else may take part: speakers of quoted words, topics of headlines; and who of several is only mentioned."""

from __future__ import annotations

from collections.abc import Sequence

from ultimora.claims.naming import own_pronouns
from ultimora.claims.syntax import case_of, conjuncts, feature, finite, is_nominal, is_predicate
from ultimora.documents.entities import entity_by, entity_of
from ultimora.documents.entities.context import context_of
from ultimora.documents.entities.registry import AGENTS
from ultimora.documents.statements.syntax import covers
from ultimora.documents.wordlists import words
from ultimora.types import Document, Entity, Token

_NEAR = 2
_BREAKS = frozenset({",", ":", ";"})


def settled(document: Document, actors: Sequence[str], recipients: Sequence[str]) -> list[str]:
    """Beside somebody who is acted upon, places and the actor's own state are only mentioned.

    As in "demands the marbles of the Parthenon from London", "rinnova il sostegno di Ottawa alla Georgia".
    """
    if len(recipients) < 2:
        return [r for r in recipients if not _is_own_state(document, actors, r)]
    own = {entity_by(document, each).country for each in actors} - {None}
    found = [entity_by(document, each) for each in recipients]
    if any(e.kind in AGENTS for e in found):
        states = own | {e.country for e in found if e.kind in AGENTS}
        found = [e for e in found if e.kind in AGENTS or (e.kind == "place" and e.country and e.country not in states)]
    if any(_is_somebody(e) for e in found):
        found = [e for e in found if _is_somebody(e) or e.kind != "government"]
    if any(e.kind in AGENTS and e.country not in own for e in found):
        found = [e for e in found if e.country not in own or not _is_state(e)]
    return [e.id for e in found]


def _is_own_state(document: Document, actors: Sequence[str], recipient: str) -> bool:
    """As in "the Russian foreign ministry protested": whose ministry it is, it does not protest against."""
    found = [entity_by(document, each) for each in actors]
    state = entity_by(document, recipient)
    bodies = bool(found) and all(e.kind == "government" and e.country == state.country for e in found)
    named = any(m.form == "nominal" for m in state.mentions)  # "the supreme court rejected the government's appeal"
    return state.kind == "government" and state.country is not None and bodies and not named


def among(document: Document, recipients: Sequence[str]) -> list[str]:
    """Where the actors do something with each other, only others who act are parties to it; places are its subject."""
    found = [entity_by(document, each) for each in recipients]
    return [e.id for e in found if e.kind in AGENTS and (e.kind == "person" or _is_somebody(e))]


def abroad(document: Document, actors: Sequence[str], recipients: Sequence[str]) -> list[str]:
    """The recipients of another state than the actors'."""
    own = {entity_by(document, each).country for each in actors}
    found = [entity_by(document, each) for each in recipients]
    return [e.id for e in found if e.country is not None and e.country not in own and None not in own]


def _is_somebody(entity: Entity) -> bool:
    """Not only "a helicopter" or "the forces": of a state, or with a name."""
    return entity.country is not None or any(m.form == "name" for m in entity.mentions)


def _is_state(entity: Entity) -> bool:
    return entity.kind in {"government", "place"} and entity.country is not None


def is_we(document: Document, word: Token) -> bool:
    """Whether a verb's ending is that of "we" ("chiuderemo"), whatever the parser makes of it."""
    endings = tuple(words(document.language, "words", "we_endings"))
    return bool(endings) and word.lower.endswith(endings)


def is_first_person(document: Document, verb: Token) -> bool:
    """Whether a clause is in the first person, by its finite word or by its pronoun ("we will close")."""
    word = finite(document, verb)
    if word is None:
        return False
    pronoun = any(t.upos == "PRON" and feature(t, "Person") == "1" for t in document.children(verb, "nsubj"))
    own = bool(own_pronouns(document, verb))  # "mi dimetto"
    return pronoun or own or feature(word, "Person") == "1" or is_we(document, word)


def speaker(document: Document, verb: Token) -> list[str]:
    """Who says "we": the source of the words that a verb in the first person stands in."""
    word = finite(document, verb)
    if word is None or not is_first_person(document, verb):
        return []
    plural = (
        is_we(document, word)
        or feature(word, "Number") == "Plur"
        or any(feature(t, "Number") == "Plur" for t in document.children(verb, "nsubj"))
    )
    around = [s for s in document.statements if s.source and covers(s.content, verb)]
    sources = [s.source for s in around[-1:] if s.source]
    return [each for each in sources if not plural or _speaks_for_many(entity_by(document, each))]


def spoken_to(document: Document, token: Token) -> list[str]:
    """Who is meant by "you": whoever the words are said to, as in "“You should resign,” she told the minister", also
    where the quotation goes on.
    """
    around = next((s for s in reversed(document.statements) if s.quoted and covers(s.content, token)), None)
    if around is None or around.source is None:
        return []
    near = [s for s in document.statements if s.quoted and 0 <= around.sentence - s.sentence <= _NEAR]
    told = [s for s in near if s.source == around.source and s.cue is not None]
    to = words(document.language, "cases", "dative")
    for statement in reversed(told):
        cue = document.span_head(statement.cue.start, statement.cue.end) if statement.cue is not None else None
        below = document.children(cue, "obj", "iobj", "obl") if cue is not None else []
        heard = [t for t in below if t.deprel != "obl" or case_of(document, t) in to]
        found = [entity_of(document, t) for t in heard if not covers(statement.content, t)]
        if listeners := [e.id for e in found if e is not None and e.kind in AGENTS]:
            return listeners[:1]
    return []


def _speaks_for_many(entity: Entity) -> bool:
    """Who may say "we" of a state or a body: they themselves, and whoever holds an office."""
    return entity.kind != "person" or bool(entity.roles)


def topic_of(document: Document, token: Token) -> Sequence[Token]:
    """What stands before the first comma or colon of a sentence without a verb that the token stands in."""
    sentence = document.sentence_tokens(token.sentence)
    stop = next((t.i for t in sentence if t.text in _BREAKS), None)
    if stop is None or token.i < stop or stop - sentence[0].i > 6:
        return []
    if any(is_predicate(document, t) and finite(document, t) is not None for t in sentence):
        return []
    first = next((t for t in sentence if is_nominal(t) or t.upos == "ADJ"), None)
    return conjuncts(document, first) if first is not None and first.i < stop else []


def named_within(document: Document, token: Token) -> list[Entity]:
    """Two names that a hyphen joins into one word ("Mosca-Kiev")."""
    if token.upos != "PROPN" or "-" not in token.text[1:-1]:
        return []
    found = [e for e in document.entities for m in e.mentions if token.start <= m.start and m.end <= token.end]
    known = entity_of(document, token)
    return list(found) if len(found) > 1 and known is not None else []


def is_several(document: Document, token: Token) -> bool:
    """As in "Hungarian and Romanian officials", "le intelligence di Italia e Francia", "i ministri della Difesa polacco
    e lituano".
    """
    markers = words(document.language, "cases", "genitive")
    own = document.children(token, "nmod")  # "India and Sri Lanka's navies"
    owners = [t for t in own if case_of(document, t) in markers or t.deprel == "nmod:poss"]
    owners += [t for each in owners for t in document.children(each, "nmod") if case_of(document, t) in markers]
    named = [t for each in (token, *owners) for t in document.children(each, "amod", "compound")]
    return any(document.children(t, "conj", "cc") for t in [*named, *owners])


def is_town(document: Document, token: Token) -> bool:
    """As in "the Paris attacks": an event that is called after a town happened there."""
    if is_capital(document, token):
        return True
    entity = entity_of(document, token)
    return entity is not None and entity.kind == "place"


def is_venue(document: Document, noun: Token, token: Token) -> bool:
    """As in "his White House talks", "Shell's London offices": beside a possessive a seat or a town is where it is."""
    name, holder = context_of(document).phrases.at.get(token.i), document.head(token) or noun
    seat = name is not None and name.known is not None and name.known.sort == "seat"
    owned = any(document.children(each, "nmod:poss") for each in (noun, holder))
    return (
        (seat or is_mere_town(document, token) or is_capital(document, token)) and token.deprel == "compound" and owned
    )


def is_capital(document: Document, token: Token) -> bool:
    """Whether the word names a town that a government goes by."""
    name = context_of(document).phrases.at.get(token.i)
    return name is not None and name.known is not None and name.known.sort == "capital"


def is_country(document: Document, token: Token) -> bool:
    """Whether the word names a state."""
    name = context_of(document).phrases.at.get(token.i)
    return name is not None and name.known is not None and name.known.sort == "country"


def is_mere_town(document: Document, token: Token) -> bool:
    """Whether the word names a place that is no state, nor the seat of one's government."""
    entity, name = entity_of(document, token), context_of(document).phrases.at.get(token.i)
    sort = name.known.sort if name is not None and name.known is not None else "town"
    return entity is not None and entity.kind == "place" and sort not in {"country", "capital", "people", "seat"}


def is_of_somebody(document: Document, token: Token) -> bool:
    """Whether a possessive says whose it is."""
    return any(t.upos not in {"NOUN", "PROPN"} for t in document.children(token, "det:poss", "nmod:poss"))
