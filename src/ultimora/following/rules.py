"""Alert rules: what is waited for, as TOML has it, and what of the record fits. Asks the record, stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError, model_validator

from ultimora.answers import Record
from ultimora.answers.types import Found, Reference, Stood
from ultimora.errors import NoAnswer, SourceError

_CONTACT = "CONSULT"
Changed = Callable[[Found], bool]


class Rule(BaseModel, extra="forbid"):
    """One ``[[alerts]]``: what is waited for, of whom, and who is told.

    ``when`` is ``contact`` (a call, visit or meeting of ``a`` and ``b`` is reported or changes), ``number`` (a number
    of an event changes), ``origin`` (an independent origin is new) or ``overdue`` (something planned is past and was
    never reported). ``actor``, ``type``, ``story`` and ``event`` narrow it.
    """

    name: str = Field(min_length=1, description="What the rule is called; no two have one name.")
    when: Literal["contact", "number", "origin", "overdue"] = Field(description="contact, number, origin or overdue.")
    a: str | None = Field(default=None, description="One of the two of a contact.")
    b: str | None = Field(default=None, description="The other.")
    actor: str | None = Field(default=None, description="Only events of this actor, by any name.")
    type: str | None = Field(default=None, description="Only events of this PLOVER type.")
    event: str | None = Field(default=None, description="Only the event of this id.")
    story: str | None = Field(default=None, description="Only events of the story of this id.")
    webhook: str | None = Field(default=None, description="The address that gets the alert as JSON.")
    mail: str | None = Field(default=None, description="The address that gets it by mail, through [smtp].")
    command: list[str] = Field(default_factory=list, description="A command that gets it on its standard input.")

    @model_validator(mode="after")
    def _whole(self) -> Rule:
        if self.when == "contact" and not (self.a and self.b):
            raise ValueError("a rule of kind contact names both actors: a and b")
        if not (self.webhook or self.mail or self.command):
            raise ValueError("nobody is told: give webhook, mail or command")
        return self

    @property
    def channels(self) -> tuple[str, ...]:
        """The ways in which it is told."""
        return tuple(name for name in ("webhook", "mail", "command") if getattr(self, name))


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that a rule waits for. ``key`` is what makes it this one and no other."""

    rule: str
    when: str
    key: str
    event: Found
    old: str | None
    new: str | None
    reference: Reference | None

    def payload(self) -> dict[str, Any]:
        """What is sent: the event, what changed, and the sentence with its link."""
        said, event = self.reference, self.event
        return {
            "rule": self.rule,
            "when": self.when,
            "event": event.event,
            "type": ".".join(filter(None, (event.event_type, event.mode))) or event.predicate,
            "actors": [a.name for a in event.actors],
            "recipients": [a.name for a in event.recipients],
            "from": event.from_,
            "to": event.to,
            "status": event.status,
            "polarity": event.polarity,
            "old": self.old,
            "new": self.new,
            "sentence": said.sentence if said else None,
            "outlet": said.outlet if said else None,
            "title": said.title if said else None,
            "url": said.url if said else None,
            "published": said.published if said else None,
        }


def rules_of(tables: Iterable[dict[str, Any]]) -> list[Rule]:
    """The rules of the settings.

    Raises:
        SourceError: one cannot be understood, or two have one name.
    """
    found: list[Rule] = []
    for number, table in enumerate(tables, 1):
        try:
            found.append(Rule(**table))
        except ValidationError as error:
            raise SourceError(f"alert {number} ({table.get('name', 'without a name')}): {error}") from error
    names = [rule.name for rule in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise SourceError(f"two alerts are called {twice!r}; give each a name of its own")
    return found


def alerts_of(rule: Rule, record: Record, changed: Changed = lambda _event: True) -> Iterator[Alert]:
    """Everything in the record that fits a rule, whether it was told before or not.

    Args:
        rule: What is waited for.
        record: The record that is asked.
        changed: Whether an event stands otherwise than when it was last looked at; those that do not are left out.
    """
    try:
        for event in filter(changed, _candidates(rule, record)):
            if rule.when == "overdue":
                yield _alert(rule, event, "overdue", None, event.to)
            else:
                yield from _of_event(rule, record, event)
    except NoAnswer:
        return


def _candidates(rule: Rule, record: Record) -> Iterable[Found]:
    """The events that a rule may be about."""
    if rule.event:
        found: Iterable[Found] = record.show(rule.event).events
    elif rule.when == "contact":
        found = record.timeline(rule.a, type=_CONTACT).events
    elif rule.when == "overdue":
        found = record.agenda(overdue=True).events
    elif rule.story:
        found = record.story(rule.story, everything=True).events
    else:
        found = record.timeline(rule.actor, type=rule.type).events
    near = _narrowed(rule, record)
    return [e for e in found if rule.type in (None, e.event_type) and all(e.event in ids for ids in near)]


def _narrowed(rule: Rule, record: Record) -> list[set[str]]:
    """For each actor and story that a rule names, their events: one must be among all of them."""
    near = [{e.event for e in record.timeline(name, everything=True).events} for name in (rule.b, rule.actor) if name]
    if rule.story:
        near.append({e.event for e in record.story(rule.story, everything=True).events})
    return near


def _of_event(rule: Rule, record: Record, event: Found) -> Iterator[Alert]:
    if rule.when == "origin":
        for origin in record.sources(event.event).origins:
            yield Alert(
                rule.name,
                rule.when,
                f"{event.event}|{origin.name}",
                event,
                None,
                origin.name,
                origin.relays[0].reference,
            )
        return
    whole = record.show(event.event).events[0]
    if rule.when == "contact":
        before: str | None = None
        for stood in whole.history:
            state = _state(stood)
            if state != before:
                yield _alert(rule, whole, f"{stood.known_at}|{state}", before, state, stood.known_at)
            before = state
        return
    for old, new in pairwise(whole.history):
        if _numbers(old) != _numbers(new) and _numbers(old) and _numbers(new):
            yield _alert(rule, whole, f"{new.known_at}|{_numbers(new)}", _numbers(old), _numbers(new), new.known_at)


def _state(stood: Stood) -> str:
    state = stood.status if stood.polarity == "positive" else f"not {stood.status}"
    return f"{state}, withdrawn" if stood.withdrawn else state


def _numbers(stood: Stood) -> str:
    return ", ".join(n.text for n in stood.numbers)


def _alert(rule: Rule, event: Found, key: str, old: str | None, new: str | None, known_at: str | None = None) -> Alert:
    at = [r for r in event.references if r.known_at == known_at]
    reference = next(iter(at or event.references[-1:]), None)
    return Alert(rule.name, rule.when, f"{event.event}|{key}", event, old, new, reference)
