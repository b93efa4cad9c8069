"""Who stands at the end of a rule's path: from tokens to the ids of entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ultimora.claims import rules
from ultimora.claims.bystanders import is_several, is_town, named_within, spoken_to
from ultimora.claims.frames import frame
from ultimora.claims.kinds import is_any_of, is_human
from ultimora.claims.members import commanded_by, is_part, stood_for
from ultimora.claims.relations import TOWN, related, whole
from ultimora.claims.rules import Path, Slot, Trigger
from ultimora.claims.syntax import (
    behind_adjective,
    case_of,
    conjuncts,
    feature,
    in_time,
    is_counted_from,
    is_passive,
    is_predicate,
    is_relative,
    is_same,
    lemma,
)
from ultimora.claims.triggers import event_words, is_event_noun
from ultimora.documents.entities import agrees, ensure, ensure_all, entity_by, entity_of, is_shared, is_thing
from ultimora.documents.entities.context import context_of
from ultimora.documents.entities.registry import AGENTS
from ultimora.documents.wordlists import relays, words
from ultimora.types import Document, Entity, Token

MODIFIERS = frozenset({"amod", "compound"})
_POSSESSIVE = frozenset({"nmod:poss", "det:poss"})


def follow(document: Document, token: Token, path: Path) -> Sequence[Token]:
    """The tokens at the end of a path, coordinated ones included."""
    if any(slot.relation == TOWN for slot in path):
        return _end_of(document, token, path)
    kept: dict[int, Sequence[Token]] = document.memory[follow, path]
    if token.i not in kept:
        kept[token.i] = _end_of(document, token, path)
    return kept[token.i]


def _end_of(document: Document, token: Token, path: Path) -> Sequence[Token]:
    at = [token]
    for depth, slot in enumerate(path):
        holders = [found for each in at for found in conjuncts(document, each)] if depth else at
        at = [further for each in holders for further in _step(document, each, slot)]
        at = [further for further in at if not depth or further.i != token.i]
        if not at:
            return at
    found = [each for token in at for each in conjuncts(document, token)]
    return [each for token in found for each in whole(document, token) or [token]]


def _step(document: Document, token: Token, slot: Slot) -> Sequence[Token]:
    if slot.relation == "head" and token.deprel == "parataxis":
        return []  # "Raid su Assab, le vittime salgono": the clause beside does something else
    if slot.relation == "agent":
        return list(frame(document, token).subjects) if is_passive(document, token) else []
    found = related(document, token, slot)
    if slot.relation in {"obl", "nmod"} and slot.cases:
        found = [*found, *_through_relay(document, token, slot)]
    return found


def towns_of(document: Document, token: Token, trigger: Trigger) -> list[Token]:
    """The towns that an event is called after ("the Geneva talks"), which its rule makes its place."""
    paths = [path for path in trigger.roles["place"] if path[0].relation == TOWN]
    return [t for path in paths for t in follow(document, token, path)]


def _through_relay(document: Document, token: Token, slot: Slot) -> Iterator[Token]:
    """As in "nei confronti di X", "at the hands of X": the party stands one step below a noun that only relates."""
    table = relays(document.language)
    spelt = {word for case in slot.cases if " " in case for word in case.split()}  # "nei confronti di" as it is written
    for between in document.children(token, slot.relation):
        if table.get(lemma(between)) in slot.cases or (lemma(between) in table and between.lower in spelt):
            yield from document.children(between, "nmod")


def genitives_of(document: Document, token: Token, kind: str = "genitive") -> list[Token]:
    """The genitives of a noun; the case markers are those that the language lists under ``kind``."""
    markers = words(document.language, "cases", kind)
    own = [t for t in document.children(token, "nmod") if t.deprel == "nmod"]
    return [t for t in [*own, *behind_adjective(document, token)] if case_of(document, t) in markers]


def all_parties(document: Document, tokens: Iterable[Token], relation: str) -> list[str]:
    """The entities that several fillers stand for, what is coordinated with each included."""
    found = [
        party
        for token in tokens
        for each in conjuncts(document, token)
        for party in parties_of(document, each, relation)
    ]
    return list(dict.fromkeys(found))


def parties_of(
    document: Document, token: Token, relation: str, own: bool = False, human: bool = False, speaks: bool = False
) -> list[str]:
    """The entities that a filler stands for: its own, else whose it is ("Russian missiles": Russia) unless ``own``.

    Where the verb says that it is somebody (``human``), a noun of no known kind is somebody too; a name of no known
    kind also where it only says that it ``speaks``.
    """
    token = stood_for(document, token)
    if itself := _by_itself(document, token):
        return itself
    if _is_out(document, token):
        return []
    owner = _owner(document, token)
    if owner is not None:
        known = owner.upos == "PRON" or entity_of(document, owner) is not None or bool(conjuncts(document, owner)[1:])
        return all_parties(document, [owner], "nsubj") if known else []
    if relation == "obj" and not human and is_thing(document, token):
        return []  # "defended it": a plan as well as a state
    if _is_title(document, token):
        return parties_of(document, document.tokens[token.i + 1], relation, own, human)
    named = [t for t in document.children(token, "appos", "flat", "nmod") if is_same(document, t)]
    if token.upos in {"PRON", "DET"} and named:
        return parties_of(document, named[0], "nsubj")
    noun = token.upos == "NOUN" or _stands_for_noun(document, token)
    if human and _is_number_of(document, token):
        return [ensure(document, token)]
    human = (human and (noun or token.upos == "PROPN")) or _is_crowd(document, token)
    nobody = words(document.language, "words", "money") | words(document.language, "words", "services")
    human = human and lemma(token) not in nobody
    human = human and not is_event_noun(token, event_words(document.language))
    human = human or is_human(document.language, token)
    wanted = AGENTS | {"place"} | ({"other"} if speaks and token.upos == "PROPN" and not own else set())
    human = human or (token.upos == "NOUN" and is_any_of(document, token, ("#person",)))
    found = [e for e in _entities(document, token, relation) if human or e.kind in wanted]
    commander = commanded_by(document, token, found)
    if commander is not None:
        return [commander]
    if found and lemma(token) in words(document.language, "words", "vehicles"):
        struck = [entity.id for entity in found] if relation == "obj" else []
        return [] if own else _belongs_to(document, token) or struck
    introduced = [p for t in named if entity_of(document, t) is not None for p in parties_of(document, t, "nsubj")]
    if not found and introduced and not document.children(named[0], "case"):
        return introduced  # "the British challenger Dean Cole"
    if found or own or relation in MODIFIERS:
        return [entity.id for entity in found]
    return _belongs_to(document, token)


def _by_itself(document: Document, token: Token) -> list[str]:
    """Some of a crowd, and "you"."""
    if token.upos == "PRON" and feature(token, "Person") == "2":
        return spoken_to(document, token)
    return [ensure(document, token)] if is_part(document, token) else []


def _is_out(document: Document, token: Token) -> bool:
    """Whether a word cannot stand for anybody: it relates, dates, counts from, or says how ("si tratta a oltranza")."""
    manner = token.upos == "NOUN" and lemma(token) in words(document.language, "words", "manners")
    away = is_relative(document, token) or in_time(document, token) or is_counted_from(document, token)
    return manner or away or _only_says_what(document, token)


def _owner(document: Document, token: Token) -> Token | None:
    """As in "The king used his visit to": a possessive beside the verb is of the subject, where it agrees."""
    if token.deprel not in _POSSESSIVE or token.upos not in {"PRON", "DET"}:
        return None
    at: Token | None = document.head(token)
    while at is not None and not is_predicate(document, at):
        if at.deprel.startswith(("nsubj", "csubj", "conj", "parataxis", "root")):
            return None
        at = document.head(at)
    subjects = [t for t in document.children(at, "nsubj") if not is_relative(document, t)] if at is not None else []
    if len(subjects) != 1:
        return None
    several = feature(token, "Number") == "Plur" and len(conjuncts(document, subjects[0])) > 1
    nobody = is_thing(document, token) and subjects[0].upos == "NOUN" and entity_of(document, subjects[0]) is None
    return subjects[0] if several or nobody or agrees(document, token, subjects[0]) else None


def _is_crowd(document: Document, token: Token) -> bool:
    """As in "Thousands marched": a bare amount that does something, or that something is done to, is people."""
    bare = token.deprel.startswith("nsubj") and not document.children(token, "nmod", "compound", "acl")
    return bare and lemma(token) in words(document.language, "words", "crowds")


def _is_number_of(document: Document, token: Token) -> bool:
    """As in "Three were killed": how many, with whom left to the sense."""
    bare = token.upos == "NUM" and not any(c.isdigit() for c in token.text)
    return bare and not document.children(token, "nmod") and entity_of(document, token) is None


def _is_title(document: Document, token: Token) -> bool:
    """As in "Mr. Roe": the title before a name that the parser hangs elsewhere."""
    after = document.tokens[token.i + 1] if token.i + 1 < len(document.tokens) else token
    return token.upos == "PROPN" and token.ner == "O" and after.ner == "B-PER" and entity_of(document, token) is None


def _only_says_what(document: Document, token: Token) -> bool:
    """As in "visita di Stato": a bare noun that says what kind of thing it is, and nobody."""
    marks = document.children(token, "case")
    bare = bool(marks) and all(t.lower == lemma(t) for t in marks)  # "della polizia" has its article
    bare = bare and case_of(document, token) not in words(document.language, "cases", "between")
    return (
        bare
        and not document.children(token, "det", "amod", "flat")
        and all(document.children(t, "case") for t in document.children(token, "nmod"))
        and lemma(token) in words(document.language, "words", "kinds_of")
    )


def _stands_for_noun(document: Document, token: Token) -> bool:
    """As in "a 17-year-old", "novecento siriani"."""
    return token.upos == "ADJ" and bool(document.children(token, "det", "nummod"))


def _entities(document: Document, token: Token, relation: str) -> list[Entity]:
    shared = is_shared(document, token)
    nominal = token.upos in {"NOUN", "PROPN", "PRON"} or _stands_for_noun(document, token)
    if not shared and (relation in MODIFIERS or not nominal):
        found = entity_of(document, token)
        if found is not None or not context_of(document).phrases.codes(token):
            return [found] if found is not None else []
    joined = named_within(document, token)
    if joined:
        return joined
    several = shared or is_several(document, token)
    made = ensure_all(document, token) if several else [ensure(document, token)]
    return [entity_by(document, each) for each in made]


def _belongs_to(document: Document, token: Token) -> list[str]:
    markers = words(document.language, "cases", "genitive")
    known = rules.load(document.language).nouns.get(lemma(token), ())
    if any(t.genitive == "recipient" for t in known):
        markers = frozenset()  # "the killing of X": whom it was done to
    elif known:
        markers |= words(document.language, "cases", "agent")  # "refusal by Kigali"
    towns = [t.i for each in known for t in towns_of(document, token, each)]
    if document.children(token, "nmod:poss"):  # "Shell's London offices": where they are
        towns += [t.i for t in document.children(token, "compound") if is_town(document, t)]
    found: list[str] = []
    wielded = words(document.language, "words", "wielding")
    for made in document.children(token, "acl") if markers else ():
        agents = frame(document, made).subjects if lemma(made) in wielded and is_passive(document, made) else ()
        found.extend(all_parties(document, agents, "obl:agent"))  # "a drone launched by the rebels"
    for child in document.children(token, "nmod", "amod", "compound", "flat", *(("obl",) if known else ())):
        if child.i in towns:
            continue
        if (
            child.deprel.split(":")[0] in {"nmod", "obl"}
            and child.deprel not in _POSSESSIVE
            and case_of(document, child) not in markers
        ):
            continue
        if child.deprel in _POSSESSIVE and child.upos in {"PRON", "DET"}:
            found.extend(parties_of(document, child, child.deprel))
            continue
        relation = "amod" if child.deprel in MODIFIERS else child.deprel
        named = [e for each in conjuncts(document, child) for e in _entities(document, each, relation)]
        own = [e for e in named if e.kind in AGENTS or e.kind == "place"]
        found.extend(entity.id for entity in own)
    return found
