"""What speaks for and against somebody's being actor or recipient of an event, as names of signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ultimora import ontology
from ultimora.claims.citing import holds
from ultimora.claims.rules import Trigger
from ultimora.claims.syntax import case_of, headlined, is_passive, lemma
from ultimora.documents.statements.syntax import covers
from ultimora.types import Document, Entity, Span, Statement, Token

_KEPT = ("pass", "agent", "poss", "relcl")
"""Subtypes of relations that tell who does what."""
_LONGEST = 3
_BOUNDS = (1, 3, 7, 14)
_MARKS = {":": "colon", ",": "comma", "–": "dash", "—": "dash", "-": "dash", "«": "quote", '"': "quote", "“": "quote"}


@dataclass(slots=True, eq=False)
class Participant:
    """Somebody who may take part. ``up`` and ``down``: the relations from the event's word to his, none where he is
    ``apart``, in another sentence. ``chances``: how likely the model takes him for the actor and for the recipient,
    none where it says nothing of the event.
    """

    token: Token
    entity: Entity | None
    apart: bool
    up: tuple[str, ...]
    down: tuple[str, ...]
    signs: list[str] = field(default_factory=list)
    chances: tuple[float, float] | None = None

    @property
    def steps(self) -> int:
        """How many relations lie between."""
        return len(self.up) + len(self.down)


@dataclass(eq=False)
class Told:
    """The word of an event, its rule, and whom rules have found for it."""

    document: Document
    token: Token
    trigger: Trigger
    actors: Sequence[str]
    recipients: Sequence[str]

    @cached_property
    def voice(self) -> str:
        """Noun, active or passive verb."""
        if not self.trigger.verbal:
            return "n"
        return "p" if is_passive(self.document, self.token) else "v"

    @cached_property
    def quad(self) -> str:
        """PLOVER's quad class of the event's type."""
        return ontology.load()[self.trigger.event_type].quad

    @cached_property
    def empty(self) -> str:
        """Which roles nobody fills yet."""
        return ("a" if not self.actors else "") + ("r" if not self.recipients else "")

    @cached_property
    def above(self) -> dict[int, int]:
        """The word and those that it hangs from, with how many steps it is to each."""
        chain = [self.token, *self.document.ancestors(self.token)]
        return {t.i: steps for steps, t in enumerate(chain)}

    @cached_property
    def speakers(self) -> frozenset[str]:
        """Those whose words tell of it."""
        told = (s for s in self.document.statements if s.source is not None and covers(s.content, self.token))
        return frozenset(s.source for s in told if s.source is not None)

    @cached_property
    def around(self) -> list[Statement]:
        """The statements that hold it."""
        return [s for s in self.document.statements if holds(s, self.token)]

    @cached_property
    def beside(self) -> list[Statement]:
        """The statements of its sentence that tell something by a verb; "workers announced a strike" is none."""
        here = (s for s in self.document.statements if s.sentence == self.token.sentence)
        return [s for s in here if any(t.upos == "VERB" for t in self._tokens(s.content))]

    def _tokens(self, span: Span) -> Sequence[Token]:
        return self.document.tokens_between(span.start, span.end)

    def path_to(self, token: Token) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The relations up from the event's word and down to another of its sentence."""
        down: list[str] = []
        at = token
        for at in [token, *self.document.ancestors(token)]:
            if at.i in self.above:
                break
            down.append(at.deprel if at.deprel.endswith(_KEPT) else at.deprel.split(":")[0])
        up = [t.deprel.split(":")[0] for t in [self.token, *self.document.ancestors(self.token)]]
        return tuple(up[: self.above.get(at.i, 0)]), tuple(reversed(down))

    def role_of(self, one: Participant) -> str:
        """What rules have made of somebody."""
        party = one.entity.id if one.entity is not None else None
        return "A" if party in self.actors else "R" if party in self.recipients else "-"


def signs(event: Told, one: Participant, many: Sequence[Participant]) -> Iterator[str]:
    """The signs of one of the many that are spoken of about an event."""
    kind, event_type = one.entity.kind if one.entity is not None else "noun", event.trigger.event_type
    role = event.role_of(one)
    yield "bias"
    yield f"rule={role}|{event.empty}"
    yield f"rule={role}|{event_type}"
    yield f"kind={kind}|{event_type}"
    yield f"kind={kind}|{event.empty}|{_is_named(one)}"
    yield f"speaks={_speaks(event, one)}|{event.quad}"
    if one.apart:
        yield from _of_other_sentence(event, one, kind)
        return
    yield from _of_path(event, one, kind)
    yield from _of_order(event, one, many)


def _is_named(one: Participant) -> bool:
    return one.entity is not None and any(m.form == "name" for m in one.entity.mentions)


def _speaks(event: Told, one: Participant) -> bool:
    return one.entity is not None and one.entity.id in event.speakers


def _of_other_sentence(event: Told, one: Participant, kind: str) -> Iterator[str]:
    where = "before" if one.token.i < event.token.i else "after"
    parts = [event.document.sentences[t.sentence].part for t in (one.token, event.token)]
    role = one.token.deprel.split(":")[0]
    yield f"apart={where}|{event.empty}|{event.voice}"
    yield f"apart={where}|{role}|{kind}"
    yield f"apart={where}|{role}|{event.empty}"
    yield f"parts={'|'.join(parts)}"


def _of_path(event: Told, one: Participant, kind: str) -> Iterator[str]:
    event_type, voice = event.trigger.event_type, event.voice
    up, down = "^".join(one.up[:_LONGEST]), ".".join(one.down[:_LONGEST])
    if len(one.up) > _LONGEST or len(one.down) > _LONGEST:
        up, down = up + "…", down + "…"
    path, case = f"{up}_{down}", case_of(event.document, one.token) or "-"
    last = one.down[-1] if one.down else "above"
    yield f"path={voice}|{path}"
    yield f"path={voice}|{path}|{event_type}"
    yield f"path={voice}|{path}|{case}"
    yield f"path={voice}|{path}|{case}|{event.quad}"
    yield f"path={voice}|{path}|{case}|{event_type}"
    yield f"path={voice}|{path}|{kind}|{event.quad}"
    yield f"lengths={min(len(one.up), _LONGEST)}|{min(len(one.down), _LONGEST)}|{voice}"
    yield f"last={last}|{voice}"
    yield f"last={last}|{case}|{voice}"
    yield f"last={last}|{case}|{event_type}"
    yield f"last={last}|{kind}|{event.empty}"
    yield f"first={one.down[0] if one.down else 'above'}|{min(len(one.up), 2)}|{voice}"
    yield f"up={up}|{voice}"
    yield f"case={case}|{event_type}"
    yield f"case={case}|{kind}"
    yield f"word={lemma(event.token)}|{down}|{case}"
    if event.trigger.joint:
        yield f"joint={path}"
        yield f"joint={event.empty}|{kind}|{event.role_of(one)}"


def _of_order(event: Told, one: Participant, many: Sequence[Participant]) -> Iterator[str]:
    first, last = sorted((event.token.i, one.token.i))
    side = "before" if one.token.i < event.token.i else "after"
    far = sum(last - first > bound for bound in _BOUNDS)
    yield f"side={side}|{event.voice}|{event.empty}"
    yield f"side={side}|{event.trigger.event_type}|{event.voice}"
    yield f"far={far}|{event.empty}"
    yield f"far={far}|{side}|{event.voice}"
    between = {_MARKS[t.text] for t in event.document.tokens[first:last] if t.text in _MARKS}
    yield f"between={'+'.join(sorted(between))}|{side}"
    if headlined(event.document, event.token):
        yield f"headline={side}|{'+'.join(sorted(between))}|{event.empty}"
    here = [m for m in many if not m.apart]
    nearer = sum(m.steps < one.steps for m in here)
    yield f"nearer={min(nearer, _LONGEST)}|{event.empty}"
    yield f"alone={len(here) == 1}|{event.empty}"
    within = any(m is not one and one.token.head == m.token.i for m in here)
    yield f"within={within}|{one.token.deprel}"
