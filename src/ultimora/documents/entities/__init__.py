"""Who and what an article speaks of: people, governments, institutions, groups, outlets, places, weapons.

``find_entities`` reads a document; ``entity_of`` and ``ensure`` answer the later rooms that hold a token.
"""

from __future__ import annotations

from ultimora.documents.entities.aliases import join_aliases
from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.callings import learn_callings
from ultimora.documents.entities.context import context_of, new_context
from ultimora.documents.entities.gather import gather_names
from ultimora.documents.entities.nominals import gather_nominals, speak_of
from ultimora.documents.entities.pronouns import agreement, traits_of
from ultimora.documents.entities.pronouns import implied_subject as _implied_subject
from ultimora.documents.entities.registry import keep, registry_of
from ultimora.documents.entities.roles import learn_roles
from ultimora.documents.entities.setting import infer_states
from ultimora.documents.entities.speaking import find_speakers
from ultimora.types import Document, Entity, Token

__all__ = [
    "agrees",
    "clitic_of",
    "ensure",
    "ensure_all",
    "entity_of",
    "find_entities",
    "find_speakers",
    "implied_subject",
    "is_shared",
    "is_somebody",
]


_THINGS = frozenset({"place", "weapon", "document"})


def find_entities(document: Document) -> list[Entity]:
    """The entities of a document, in the order of their first mentions, each with all its mentions."""
    context = new_context(document)
    gather_names(context)
    join_aliases(context)
    learn_roles(context)
    learn_callings(context)
    infer_states(context)
    gather_nominals(context)
    infer_states(context)
    entities = keep(document, context.registry)
    vars(document)["_entity_context"] = context
    return entities


def entity_by(document: Document, ident: str) -> Entity:
    """The entity of an id; they are numbered as they stand."""
    return document.entities[int(ident[1:]) - 1]


def entity_of(document: Document, token: Token) -> Entity | None:
    """The entity that a token is found to speak of, as a name, as the head of a phrase or as a pronoun."""
    draft = registry_of(document).by_token.get(token.i)
    return document.entities[draft.position] if draft is not None and draft.position >= 0 else None


def clitic_of(document: Document, verb: Token) -> Entity | None:
    """Whom the pronoun at the end of a verb form speaks of ("accusando[la]")."""
    known: dict[str, dict[int, Entity]] = vars(document)
    if "_clitics" not in known:
        starts, ends = {t.start for t in document.tokens}, {t.end: t.i for t in document.tokens}
        told = ((m, e) for e in document.entities for m in e.mentions if m.form == "pronoun" and m.start not in starts)
        known["_clitics"] = {ends[m.end]: e for m, e in told if m.end in ends}
    return known["_clitics"].get(verb.i)


def ensure(document: Document, token: Token) -> str:
    """The id of the entity that the phrase headed by a token speaks of; made and appended where there is none."""
    context = context_of(document)
    return context.registry.publish(speak_of(context, token))


def state_of(document: Document, code: str) -> str:
    """The id of the entity of a state, made and appended where the text has not spoken of it."""
    context = context_of(document)
    return context.registry.publish(context.state(code))


def implied_subject(document: Document, verb: Token, plural: bool | None = None) -> Entity | None:
    """Whom a verb without a subject of its own speaks of ("Ha detto di no"); ``plural`` where its auxiliary says so."""
    context = context_of(document)
    draft = _implied_subject(context, verb, plural)
    if draft is not None and draft.position < 0 and draft.announced >= 0 and plural:
        context.registry.publish(real(context, draft))
    return document.entities[draft.position] if draft is not None and draft.position >= 0 else None


def ensure_all(document: Document, token: Token) -> list[str]:
    """As ``ensure``; a phrase of several states ("Hungarian and Romanian officials") gives one id for each."""
    context = context_of(document)
    states = context.phrases.states(token) if token.i not in context.phrases.at else []
    first = ensure(document, token)
    others = [s for s in states if s != entity_by(document, first).country]
    plural = token.feats.get("Number") == "Plur"
    several = context.registry.together.get(token.i)
    if several:
        return [context.registry.publish(draft) for draft in several]
    return [first, *(context.registry.publish(context.state(s)) for s in others if plural)]


def agrees(document: Document, pronoun: Token, token: Token) -> bool:
    """Whether a pronoun can stand for whoever another word speaks of, by gender and number."""
    context = context_of(document)
    traits, draft = traits_of(context, pronoun), context.registry.by_token.get(token.i)
    return traits is not None and draft is not None and agreement(draft, traits) > 0


def is_thing(document: Document, token: Token) -> bool:
    """Whether a pronoun may stand for a thing as well as for a body ("it", "its")."""
    words = context_of(document).lexicon
    traits = words.things.get(token.lower) or words.possessive.get(token.lower)
    return traits is not None and traits[0] == "t"


def is_shared(document: Document, token: Token) -> bool:
    """Whether a word speaks of several entities at once ("they", "the two leaders")."""
    return token.i in registry_of(document).together


def is_somebody(document: Document, token: Token) -> bool:
    """Whether a noun by itself says that it is a person, a body or a group ("the chief executive", "workers")."""
    lexicon = context_of(document).lexicon
    kind = lexicon.kind_of(document, token)
    return lexicon.office_of(document, token) is not None or (kind is not None and kind[1] not in _THINGS)
