"""The subject that a sentence leaves out, where the language drops it."""

from __future__ import annotations

from collections.abc import Mapping

from ultimora.claims.fillers import all_parties
from ultimora.claims.frames import frame
from ultimora.claims.parties import Parties
from ultimora.claims.rules import Trigger
from ultimora.claims.scene import only_place, scene
from ultimora.claims.syntax import case_of, finite, is_passive, is_predicate, is_relative, lemma
from ultimora.claims.typing_rules import DONE_TO
from ultimora.documents.entities import entity_by, entity_of, state_of
from ultimora.documents.entities.registry import AGENTS
from ultimora.documents.statements.syntax import covers
from ultimora.documents.wordlists import words
from ultimora.types import Document, Entity, Statement, Token

_BY_STATES = frozenset({"arrest", "convict", "deport", "curfew", "martial-law"})
"""Modes of what only authorities do."""
_OUT_OF = frozenset({"expel", "deport"})
"""Modes of what whoever is left behind does."""

_DECISIONS = frozenset({"SANCTION", "COERCE", "AID", "CONCEDE", "RETREAT", "MOBILIZE", "PROTEST"})


def understood(document: Document, verb: Token) -> str | None:
    """The subject of a finite verb that has none, where the language drops it: that of the last main clause."""
    if not words(document.language, "words", "drops_subject") or finite(document, verb) is None:
        return None
    if verb.deprel not in {"root", "conj", "ccomp", "advcl", "parataxis", "acl:relcl"}:
        return None
    if {t.feats.get("Person") for t in (verb, finite(document, verb)) if t is not None} & {"1", "2"}:
        return _speaker(document, verb)
    number = _number(document, verb)
    sentence = verb.sentence
    for earlier in (sentence, sentence - 1):
        if earlier < 0 or document.sentences[earlier].part != document.sentences[sentence].part:
            continue
        found = _main_subject(document, earlier, verb, number)
        if found is not None:
            return found
        if earlier == sentence and (awaited := _awaited(document, verb, number)) is not None:
            return awaited
    return None


def _speaker(document: Document, verb: Token) -> str | None:
    """As in "«Ho avuto un colloquio con», ha scritto X": whoever speaks of himself."""
    finite_form = finite(document, verb) or verb
    spoken = [s for s in document.statements if s.quoted and covers(s.content, verb)]
    inner = min(spoken, key=lambda s: s.content.end - s.content.start, default=None)
    own = finite_form.feats.get("Person") == "1" and finite_form.feats.get("Number") == "Sing"
    return inner.source if own and inner is not None else None


def _awaited(document: Document, verb: Token, number: str) -> str | None:
    """As in "Di ritorno da Hanoi, dove aveva avuto colloqui, il ministro è partito": the main subject still to come."""
    main = next((t for t in document.ancestors(verb) if t.deprel == "root" and is_predicate(document, t)), None)
    subjects = document.children(main, "nsubj") if main is not None and main.i > verb.i else []
    if main is None or len(subjects) != 1 or not verb.i < subjects[0].i < main.i:
        return None
    entity = entity_of(document, subjects[0])
    fits = subjects[0].feats.get("Number", number) == number and entity is not None and entity.kind in AGENTS
    return entity.id if fits and entity is not None else None


def _number(document: Document, verb: Token) -> str:
    word = finite(document, verb) or verb
    return word.feats.get("Number", "")


def _main_subject(document: Document, sentence: int, verb: Token, number: str) -> str | None:
    tokens = document.sentence_tokens(sentence)
    for token in reversed(tokens) if sentence == verb.sentence else tokens:
        above = document.head(token)
        if token.i >= verb.i or token.deprel.split(":")[0] != "nsubj" or above is None or is_relative(document, token):
            continue
        main = above.deprel in {"root", "conj", "parataxis"} and is_predicate(document, above)
        if main and above.i != verb.i and token.feats.get("Number", number) == number:
            entity = entity_of(document, token)
            return entity.id if entity is not None and entity.kind in AGENTS else None
    return None


def understand(document: Document, verb: Token | None, trigger: Trigger, parties: Parties) -> None:
    """Fills in the subject that a verb leaves out, and marks it."""
    if verb is None or parties.actors or not trigger.roles["actor"]:
        return
    subject = understood(document, verb) if not frame(document, verb).subjects else None
    if subject is not None and subject not in parties.recipients and not _passive_target(document, verb):
        parties.actors.append(subject)
        parties.inferred.append("actors")


def undergo(
    document: Document,
    verb: Token,
    trigger: Trigger,
    parties: Parties,
    found: Mapping[int, tuple[Trigger, Parties]],
) -> None:
    """As in "Era già stato arrestato due volte": whom a passive without a subject speaks of.

    Whoever the sentence before tells that something was done to him undergoes it rather than its subject.
    """
    told = parties.recipients or not trigger.roles["recipient"] or not is_passive(document, verb)
    if told or frame(document, verb).objects or finite(document, verb) is None:
        return
    before = [i for i in found if i < verb.i and document.tokens[i].sentence == verb.sentence - 1]
    undergone = [found[i][1].recipients for i in before if found[i][0].event_type in DONE_TO]
    subject = undergone[-1][0] if undergone and len(undergone[-1]) == 1 else understood(document, verb)
    if subject is not None and subject not in parties.actors:
        parties.recipients = [subject]
        parties.inferred.append("recipients")


def decided(document: Document, token: Token, trigger: Trigger, parties: Parties) -> None:
    """As in "Stop alle forniture: lo ha deciso il governo sloveno": what a government announces without saying whose
    it is is its own.
    """
    active = is_predicate(document, token) and not is_passive(document, token)
    if parties.actors or trigger.event_type not in _DECISIONS or active:
        return
    kind = "calling_out" if trigger.event_type == "PROTEST" else "deciding"
    said = {_decider(document, t, kind) for t in document.sentence_tokens(token.sentence) if t.i > token.i}
    if kind == "deciding":
        said |= {s.source for s in document.statements if _announces(s, token)}
    found = [entity_by(document, each) for each in said if each is not None]
    if len(found) == 1 and found[0].kind in ("government", "organization") and found[0].id not in parties.recipients:
        parties.actors.append(found[0].id)
        parties.inferred.append("actors")


def by_authority(document: Document, token: Token, trigger: Trigger, parties: Parties) -> None:
    """As in "Two activists were arrested in Baku": where nobody else is named, the state of the place does that."""
    expelled = trigger.mode in _OUT_OF or lemma(token) in words(document.language, "words", "expelling")
    if expelled and not parties.actors:
        _put_out(document, token, parties)
    if parties.actors or not _is_of_states(document, token, trigger):
        return
    if trigger.event_type == "COERCE" and (captors := _freeing(document, token)):
        parties.actors = [c for c in captors if c not in parties.recipients]
        return
    state = _governing(document, token, parties)
    if state is None:
        return
    others = [r for r in parties.recipients if r != state and not _is_ground(document, r, state)]
    if others or not parties.recipients or trigger.mode not in _BY_STATES:
        parties.actors, parties.recipients = [state], [r for r in others if r != state]
        parties.inferred.append("actors")


def _freeing(document: Document, token: Token) -> list[str]:
    """As in "The militia freed forty doctors seized in October": whoever lets captives go held them."""
    held = document.head(token) if token.deprel.startswith("acl") else None
    verb = document.head(held) if held is not None and held.deprel == "obj" else None
    if verb is None or lemma(verb) not in words(document.language, "words", "freeing"):
        return []
    return all_parties(document, frame(document, verb).subjects, "nsubj")


def _is_of_states(document: Document, token: Token, trigger: Trigger) -> bool:
    """Whether only authorities do it: an arrest, and a pardon, a visa or asylum, given or refused."""
    if trigger.mode in _BY_STATES:
        return True
    known = words(document.language, "words", "authority_deeds")
    given = frame(document, token).objects if trigger.verbal else ()
    return trigger.event_type in _DECISIONS | {"REJECT"} and any(lemma(t) in known for t in (token, *given))


def _governing(document: Document, token: Token, parties: Parties) -> str | None:
    """The state where it is done: of the place that is told, else of the one place of the sentence; else that of a
    public figure to whom it is done ("Venezuelan opposition leader arrested").
    """
    place = parties.place or scene(document, token) or only_place(document, token)
    where = entity_by(document, place).country if place is not None else None
    if where is None and place is None and len(parties.recipients) == 1:
        where = _at_home(document, entity_by(document, parties.recipients[0]))
    if where is None and place is None:
        where = next((c for s in document.statements if (c := _announcing(document, s, token))), None)
    return state_of(document, where) if where is not None else None


def _announcing(document: Document, statement: Statement, token: Token) -> str | None:
    """The state whose body tells it: "si va verso l'indulto, anticipa il portavoce del governo di Minsk"."""
    if statement.source is None or not covers(statement.content, token):
        return None
    source = entity_by(document, statement.source)
    return source.country if source.kind == "government" or source.roles else None


def _at_home(document: Document, entity: Entity) -> str | None:
    figures = words(document.language, "words", "public_figures")
    called = {word for m in entity.mentions for word in m.text.lower().split()}
    called |= {word for role in entity.roles for word in role.title.lower().split()}
    return entity.country if entity.kind in ("person", "group") and called & figures else None


def _is_ground(document: Document, party: str, state: str) -> bool:
    """Whether a party is only the place where the state does it."""
    entity = entity_by(document, party)
    return entity.kind == "place" and entity.country == entity_by(document, state).country


def _put_out(document: Document, verb: Token, parties: Parties) -> None:
    """As in "was expelled from the party", "suspended from the league's council": whoever is left behind does it."""
    source = words(document.language, "cases", "source")
    left = [t for t in document.children(verb, "obl") if case_of(document, t) in source]
    found = all_parties(document, left, "obl") if verb.upos == "VERB" and is_passive(document, verb) else []
    entities = [entity_by(document, p) for p in found]
    bodies = [e.id for e in entities if e.country is not None or e.kind in ("government", "organization")]
    others = [r for r in parties.recipients if r not in bodies]
    if bodies and others:
        parties.actors, parties.recipients = bodies, others


def _decider(document: Document, verb: Token, kind: str) -> str | None:
    """The subject of a verb of deciding whose object is what the words before tell."""
    known = verb.upos == "VERB" and verb.lemma.lower() in words(document.language, "words", kind)
    if not known or not any(t.upos == "PRON" for t in document.children(verb, "obj")):
        return None
    entity = next((entity_of(document, t) for t in frame(document, verb).subjects), None)
    return entity.id if entity is not None else None


def _announces(statement: Statement, token: Token) -> bool:
    told = statement.stance == "announces" and not statement.quoted and statement.cue is not None
    return told and covers(statement.content, token) and not covers(statement.cue, token)


def _passive_target(document: Document, verb: Token) -> bool:
    return is_passive(document, verb) or any(
        t.deprel in {"aux:pass", "nsubj:pass", "expl:pass", "expl:impers"} for t in document.children(verb)
    )
