"""Readings of the articles of a world: as ultimora reads their text, or true ones made directly from what they say.

The second kind tells errors of the record from errors of the reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from benchmarks.simulator.model import Happening, Party, Source, Telling, Told, World
from benchmarks.simulator.words import Agency, Body, City, Person, State, load

from ultimora.articles.load import Given, article_from_text
from ultimora.pipeline import read_article
from ultimora.types import (
    SCHEMA,
    ArticleInfo,
    Claim,
    Entity,
    Event,
    Link,
    Mention,
    Quantity,
    Reading,
    ReadSentence,
    Role,
    TextSpan,
)

_STATE_BODIES = ("gov", "ministry", "defence")
_STATUS = ("hypothetical", "planned", "ongoing", "occurred")


def read(telling: Telling) -> Reading:
    """What ultimora reads in the text of an article."""
    given = Given(published=_iso(telling.published), language=telling.language, outlet=telling.outlet, url=telling.url)
    article = article_from_text(telling.text, given)
    return read_article(replace(article, modified=_iso(telling.modified) if telling.modified else None))


def _iso(moment: Any) -> str:
    return f"{moment.isoformat(timespec='seconds')}+00:00"


def seen(telling: Telling) -> str:
    """When a revision became known: as it came out."""
    return _iso(telling.at)


def true(telling: Telling, world: World) -> Reading:
    """What the article says, as the world knows it."""
    return _True(telling, world).reading()


@dataclass
class _True:
    telling: Telling
    world: World
    entities: dict[str, Entity] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    sentences: list[ReadSentence] = field(default_factory=list)

    def reading(self) -> Reading:
        at = 0
        for number, sentence in enumerate(self.telling.sentences):
            start = self.telling.text.index(sentence.text, at)
            at = start + len(sentence.text)
            self.sentences.append(ReadSentence(number, start, at, "title" if number == 0 else "body"))
            for told in sentence.told:
                self._claim(told, number, start)
        t = self.telling
        info = ArticleInfo(
            t.url,
            t.outlet,
            t.language,
            None,
            t.title.text,
            None,
            _iso(t.published),
            "given",
            _iso(t.modified) if t.modified else None,
            None,
        )
        return Reading(
            SCHEMA,
            t.url,
            info,
            t.text,
            tuple(self.sentences),
            tuple(self.entities.values()),
            (),
            tuple(self.quantities),
            (),
            tuple(self.claims),
            tuple(self._events()),
        )

    def _claim(self, told: Told, sentence: int, start: int) -> None:
        happening, fact, language = self.world.happenings[told.fact.event], told.fact, self.telling.language
        actors, recipients = self._sides(happening, told)
        quantities = tuple(self._quantity(what, n, sentence, start) for what, n in fact.counts)
        predicate = load("predicates")["predicates"][happening.kind][language]
        day = fact.day.isoformat() if fact.day else None
        self.claims.append(
            Claim(
                id=f"c{len(self.claims)}",
                sentence=sentence,
                trigger=TextSpan(start, start + 1, self.telling.text[start : start + 1]),
                predicate=predicate,
                event=happening.id,
                event_type=happening.event_type,
                mode=happening.mode,
                actors=actors,
                recipients=recipients,
                place=self._entity(fact.place) if fact.place else None,
                time=None,
                from_=day,
                to=(fact.day + timedelta(days=1)).isoformat() if fact.day else None,
                status=fact.status,
                polarity="positive" if fact.positive else "negative",
                certainty=fact.certainty,  # type: ignore[arg-type]
                attributions=(tuple(self._link(s) for s in told.chain),),
                quantities=quantities,
                rule="true",
                time_from="expression" if day else None,
            )
        )

    def _sides(self, happening: Happening, told: Told) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Those who are named in the sentence."""
        named = {"a", "sa"} & set(told.used), {"b", "sb", "place"} & set(told.used)
        actors = happening.actors if named[0] or _is_body(happening.actors) else ()
        recipients = happening.recipients if named[1] else ()
        return tuple(map(self._entity, actors)), tuple(map(self._entity, recipients))

    def _link(self, source: Source) -> Link:
        return Link(self._entity(source.value, anonymous=source.anonymous), source.stance)  # type: ignore[arg-type]

    def _entity(self, value: Any, *, anonymous: bool = False) -> str:
        name, kind, country, roles = _described(value, self.telling.language)
        form = "nominal" if kind in ("group",) or anonymous else "name"
        made = Entity(f"n:{name}", name, kind, country, anonymous, roles, (Mention(0, 1, 0, name, form),))  # type: ignore[arg-type]
        self.entities.setdefault(made.id, made)
        return made.id

    def _quantity(self, what: str, value: int, sentence: int, start: int) -> str:
        of = load("predicates")["counts"][what][self.telling.language]
        made = Quantity(f"q{len(self.quantities)}", start, start + 1, sentence, f"{value} {of}", value, "=", None, of)
        self.quantities.append(made)
        return made.id

    def _events(self) -> Iterator[Event]:
        by_event: dict[str, list[Claim]] = {}
        for claim in self.claims:
            by_event.setdefault(claim.event, []).append(claim)
        for ident, group in by_event.items():
            agreeing = [c for c in group if c.polarity == "positive"] or group
            best = max(agreeing, key=lambda c: (_STATUS.index(c.status), c.from_ is not None))
            dated = next((c for c in agreeing if c.from_ and c.status == best.status), best)
            yield Event(
                id=ident,
                event_type=best.event_type,
                mode=best.mode,
                predicate=best.predicate,
                actors=tuple(dict.fromkeys(a for c in group for a in c.actors)),
                recipients=tuple(dict.fromkeys(a for c in group for a in c.recipients)),
                place=next((c.place for c in group if c.place), None),
                from_=dated.from_,
                to=dated.to,
                status=best.status,
                polarity=best.polarity,
                certainty=best.certainty,
                claims=tuple(c.id for c in group),
            )


def _is_body(parties: tuple[Party, ...]) -> bool:
    return bool(parties) and isinstance(parties[0], Body)


def _described(value: Any, language: str) -> tuple[str, str, str | None, tuple[Role, ...]]:
    """Name, kind, country and offices of a party as a true reading has it."""
    if isinstance(value, Person):
        return value.name, "person", value.code, (Role(value.office_in(language), value.code, 0),)
    if isinstance(value, State):
        return value.name(language), "government", value.code, ()
    if isinstance(value, City):
        return value.name(language), "place", value.code, ()
    if isinstance(value, Agency):
        return value.key, "outlet", None, ()
    if isinstance(value, Body) and value.key in _STATE_BODIES:
        return State(value.code).name(language), "government", value.code, ()
    return value.name(language), "group" if value.key != "protection" else "organization", None, ()
