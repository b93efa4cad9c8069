"""Sources as entities, through the room that knows entities."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType

from ultimora.documents.statements.drafts import Draft
from ultimora.types import Document, Entity, Token


def _room() -> ModuleType | None:
    try:
        return import_module("ultimora.documents.entities")
    except ImportError:
        return None


def entity_id(document: Document, token: Token) -> str | None:
    """The id of the entity that the noun phrase headed by a token speaks of, made where there is none yet."""
    room = _room()
    return room.ensure(document, token) if room is not None and hasattr(room, "ensure") else None


def entity_at(document: Document, token: Token) -> Entity | None:
    """The entity that a token speaks of, None where there is none."""
    room = _room()
    found: Entity | None = room.entity_of(document, token) if room is not None and hasattr(room, "entity_of") else None
    return found


@dataclass
class Speakers:
    """Who speaks, statement after statement: a verb without a subject goes on with the last speaker."""

    document: Document
    last: str | None = None
    last_sentence: int = field(default=-9)

    def source(self, draft: Draft) -> str | None:
        """The entity of a draft's source."""
        sentence = draft.cue.sentence if draft.cue is not None else self.document.sentence_at(draft.content[0]).id
        if draft.source is not None:
            found = entity_id(self.document, self._antecedent(draft.source))
        elif draft.dropped and sentence - self.last_sentence <= 3:
            found = self.last
        else:
            return None
        if found is not None:
            self.last, self.last_sentence = found, sentence
        return found

    def _antecedent(self, source: Token) -> Token:
        """Who stands behind a relative pronoun ("officials who say")."""
        if source.upos != "PRON" or source.feats.get("PronType") != "Rel":
            return source
        verb = self.document.head(source)
        while verb is not None and not verb.deprel.startswith("acl"):
            verb = self.document.head(verb)
        head = self.document.head(verb) if verb is not None else None
        return head or source
