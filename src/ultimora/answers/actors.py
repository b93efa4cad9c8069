"""Who is in the record: names in every spelling met, offices held, what the user said of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ultimora.answers.asking import Asking, nothing
from ultimora.answers.types import SCHEMA
from ultimora.record.actors import countries, label_of
from ultimora.record.aliases import ActorEdit
from ultimora.record.names import plain
from ultimora.record.registry import Known
from ultimora.record.seed import bodies, body


@dataclass(frozen=True, slots=True)
class Office:
    """An office held: ``from_`` the day from which an article says so, ``to`` the first on which one says former."""

    title: str
    of: str | None
    from_: str | None
    to: str | None
    articles: int
    sentence: str


@dataclass(frozen=True, slots=True)
class ActorCard:
    """One actor with all that is known of who it is. ``keys`` are those that are one by the user's word."""

    key: str
    name: str
    kind: str
    country: str | None
    wikidata: str | None
    names: tuple[str, ...]
    keys: tuple[str, ...]
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class Actors:
    """Actors, in the order of the alphabet."""

    schema: str
    question: Literal["actors"]
    asked: tuple[str, ...]
    as_of: str | None
    now: str
    actors: tuple[ActorCard, ...]


def listed(asking: Asking, kind: str | None = None, *, seed: bool = False) -> Actors:
    """Every actor met, without its offices; with ``seed`` the states and bodies known before the first article.

    Raises:
        NoAnswer: there is none.
    """
    cards = _seeded(kind) if seed else [_short(asking, k) for k in asking.loader.registry.actors(kind)]
    if not cards:
        raise nothing(asking, f"no actor{f' of kind {kind!r}' if kind else ''} is known")
    return Actors(SCHEMA, "actors", (kind,) if kind else (), asking.as_of, asking.present, tuple(cards))


def _short(asking: Asking, known: Known) -> ActorCard:
    aliases = asking.loader.registry.aliases
    keys = aliases.members(known.actor)
    wikidata = aliases.wikidata(known.actor)
    return ActorCard(known.actor, known.name, known.kind, known.country, wikidata, (known.name,), keys, ())


def _seeded(kind: str | None) -> list[ActorCard]:
    states = sorted(set(countries().values())) if kind in (None, "government") else []
    cards = [_state(code) for code in states]
    if kind in (None, "organization"):
        cards += [ActorCard(b.key, b.names[0], "organization", None, None, b.names, (b.key,), ()) for b in bodies()]
    return cards


def _state(code: str) -> ActorCard:
    names = tuple(sorted(name for name, of in countries().items() if of == code))
    return ActorCard(f"state:{code}", label_of(code), "government", code, None, names, (f"state:{code}",), ())


def shown(asking: Asking, name: str) -> Actors:
    """Whoever a name means, with every name met and the offices held.

    Raises:
        NoAnswer: nobody of that name is known.
    """
    registry = asking.loader.registry
    seeded = body(name)
    if seeded is not None and not registry.called([seeded.key]):
        card = ActorCard(seeded.key, seeded.names[0], "organization", None, None, seeded.names, (seeded.key,), ())
        return Actors(SCHEMA, "actors", (name,), asking.as_of, asking.present, (card,))
    who = asking.who(name)
    if who.country is not None:
        card = _state(who.country)
        met = tuple(dict.fromkeys(k.name for k in registry.called([card.key])))
        cards = [ActorCard(card.key, card.name, card.kind, card.country, None, (*met, *card.names), card.keys, ())]
    else:
        wholes = list(dict.fromkeys(registry.aliases.one(k) for k in who.keys))
        one = who.person and not who.others  # several keys of one person: half names beside the whole
        cards = [_card(asking, wholes)] if one else [_card(asking, [key]) for key in wholes]
    found = tuple(c for c in cards if c.names)
    return Actors(SCHEMA, "actors", (name,), asking.as_of, asking.present, found)


def _card(asking: Asking, wholes: list[str]) -> ActorCard:
    registry = asking.loader.registry
    aliases = registry.aliases
    keys = tuple(dict.fromkeys(k for whole in wholes for k in aliases.members(whole)))
    met = [k for k in registry.called(keys) if plain(k.name) not in aliases.foreign(k.actor)]
    best = max(met, key=lambda k: (len(k.name.split()), k.name), default=None)
    key = aliases.one(best.actor) if best else wholes[0]
    name = aliases.name(key) or (best.name if best else key)
    held = tuple(Office(h.title, h.of, h.from_, h.to, h.articles, h.sentence) for h in registry.held(keys))
    country = next((k.country for k in met if k.country), None)
    names = tuple(dict.fromkeys(k.name for k in met))
    kind = best.kind if best else "other"
    others = tuple(k for k in keys if k != key)
    return ActorCard(key, name, kind, country, aliases.wikidata(key), names, (key, *others), held)


def edits(asking: Asking) -> tuple[ActorEdit, ...]:
    """What the user said of actors and has not taken back."""
    return tuple(asking.loader.registry.aliases.edits)
