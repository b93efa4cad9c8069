"""A reading turned into facts that hold outside its article: keys instead of local ids, content hashes as ids."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache, cached_property
from typing import Any

from ultimora import languages, ontology
from ultimora.record.actors import capitals
from ultimora.record.counts import grows, thing
from ultimora.record.happenings import is_known
from ultimora.record.matching import is_reciprocal
from ultimora.record.names import plain, tokens
from ultimora.record.parting import parted
from ultimora.record.seed import body, town
from ultimora.record.types import (
    ActorFacts,
    Amount,
    ClaimFacts,
    Fate,
    OfficeFacts,
    Party,
    ReadingFacts,
    ReportFacts,
    Source,
)
from ultimora.record.windows import days, moment, window
from ultimora.types import Claim, Entity, Event, Link, Reading, Role

_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_PLAIN = frozenset((str, int, bool, type(None)))
_PRECISE = timedelta(days=3)
_NAMED = ("person", "organization", "armed_group", "outlet")


def digest(*parts: Any, length: int = 16) -> str:
    """A short content hash, the same from run to run and machine to machine."""
    return hashlib.sha256(_written(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def content_hash(reading: Reading) -> str:
    """What makes a revision: its words, without regard to white space; not its address, dates or advertisements."""
    article = reading.article
    return words_hash(article.title, article.standfirst, reading.text)


def words_hash(title: str | None, standfirst: str | None, text: str) -> str:
    """The same for an article that was not read yet."""
    return digest(*(" ".join((part or "").split()) for part in (title, standfirst, text)), length=32)


def facts_of(reading: Reading, article: str) -> ReadingFacts:
    """The claims, reports and actors of a reading of the article with this id."""
    return _Facts(reading, article).made()


def claim_ids(reading: Reading, article: str) -> dict[str, str]:
    """For each claim of a reading, by its id there, its id in the record."""
    facts = _Facts(reading, article)
    return {c.id: facts.claim(c).id for c in reading.claims}


def party_of(entity: Entity) -> Party:
    """The party that an entity is: a government by its country, a person by name, others by kind and name."""
    office = _office(entity.roles)
    return Party(
        key=_key(entity),
        name=entity.name,
        kind=entity.kind,
        country=entity.country or (office.of if office and _is_code(office.of) else None),
        office=office.title if office else None,
        anonymous=entity.anonymous,
    )


def _key(entity: Entity) -> str:
    name = " ".join(tokens(entity.name)) or plain(entity.name) or entity.name
    if entity.anonymous:
        return f"anonymous:{name}"
    if entity.kind == "government" and entity.country:
        return f"state:{entity.country}"
    if (known := _known_everywhere(entity)) is not None:
        return known
    named = not entity.mentions or any(m.form == "name" for m in entity.mentions)
    if not named:
        return f"unnamed:{entity.kind}:{name}" + (f":{entity.country}" if entity.country else "")
    return f"{entity.kind if entity.kind not in _NAMED[1:] else 'org'}:{name}"


def _known_everywhere(entity: Entity) -> str | None:
    """The key of an international body or a capital, which has another name in each language."""
    if entity.kind == "organization" and (found := body(entity.name)) is not None:
        return found.key
    if entity.kind == "place" and (code := capitals().get(plain(entity.name))) is not None:
        return f"place:capital of {code}"
    if entity.kind == "place" and (name := town(entity.name)) is not None:
        return f"place:{name}"
    return None


def _is_code(of: str | None) -> bool:
    return of is not None and len(of) == 3 and of.isupper() and of.isascii()


def _office(roles: tuple[Role, ...]) -> Role | None:
    held = [r for r in roles if r.tense != "former"]
    return next((r for r in held if _is_code(r.of)), held[0] if held else None)


@cache
def fates_of_plans() -> dict[str, Fate]:
    """The words of every language that say that a plan was moved or called off."""
    found: dict[str, Fate] = {}
    fates: tuple[Fate, ...] = ("moved", "off")
    for tag in languages.available():
        table = languages.load(tag).table("lexicon/plans")
        for fate in fates:
            found |= dict.fromkeys(table.get(fate, ()), fate)
    return found


class _Facts:
    def __init__(self, reading: Reading, article: str) -> None:
        self.reading, self.article = reading, article
        self.parties = {e.id: party_of(e) for e in reading.entities}
        self.amounts = {q.id: Amount(q.text, q.lower, q.comparison, q.unit, q.of) for q in reading.quantities}

    def made(self) -> ReadingFacts:
        claims = {c.id: self.claim(c) for c in self.reading.claims}
        unique = {c.id: c for c in claims.values()}
        reports = (r for e in self.reading.events for r in self._reports(e, claims))
        kept = {r.id: r for r in reports if r.claims}
        return ReadingFacts(tuple(unique.values()), tuple(kept.values()), tuple(self._actors()))

    def claim(self, claim: Claim) -> ClaimFacts:
        """A claim in words that hold outside the article."""
        sentence = self.reading.sentences[claim.sentence]
        values: dict[str, Any] = {
            "text": " ".join(self.reading.text[sentence.start : sentence.end].split()),
            "trigger": claim.trigger.text,
            "start": claim.trigger.start - sentence.start,
            "predicate": claim.predicate,
            "event_type": _type(claim),
            "mode": claim.mode,
            "actors": self._parties(claim.actors),
            "recipients": self._parties(claim.recipients),
            "place": self.parties.get(claim.place or ""),
            "from_": claim.from_,
            "to": claim.to,
            "status": "planned" if self._is_off(claim) else claim.status,
            "polarity": claim.polarity,
            "certainty": claim.certainty,
            "chains": tuple(tuple(self._source(k) for k in chain) for chain in claim.attributions),
            "amounts": tuple(_of_toll(self.amounts[q], claim) for q in claim.quantities if q in self.amounts),
            "time_from": claim.time_from,
        }
        ident = self._hash("claim", values)
        return ClaimFacts(id=ident, sentence=claim.sentence, rule=claim.rule, fate=self._fate(claim), **values)

    def _fate(self, claim: Claim) -> Fate | None:
        """What another word of the sentence says became of a plan: "the meeting, due on Monday, was put off".

        Where plans stand on both sides of that word ("was put off and will be held on Friday"), those before it are
        meant.
        """
        if claim.status != "planned":
            return None
        fates, mine = fates_of_plans(), [c for c in self.reading.claims if c.sentence == claim.sentence]
        words = [c for c in mine if c.predicate in fates and c.polarity == "positive" and c.id != claim.id]
        for word in words:
            before = [c for c in mine if c.status == "planned" and c.trigger.start < word.trigger.start and c != word]
            if claim in before or not before:
                return fates[word.predicate]
        return None

    def _is_off(self, claim: Claim) -> bool:
        """Whether another word of the sentence calls it off: it had been planned, whatever the tense."""
        if claim.polarity != "negative" or claim.event_type is None:
            return False
        words = [c for c in self.reading.claims if c.sentence == claim.sentence and c.polarity == "positive"]
        fates = fates_of_plans()
        return any("off" in (fates.get(c.predicate), fates.get(c.rule.partition("#")[2])) for c in words)

    def _reports(self, event: Event, claims: dict[str, ClaimFacts]) -> Iterable[ReportFacts]:
        """What an event of the reading says: one report, and one more for each toll that cannot be of the same."""
        known = {claims[c.id].id: c for c in self._of(event) if c.id in claims}
        first: ReportFacts | None = None
        for part in parted([claims[c.id] for c in known.values()], event.event_type):
            own = replace(event, claims=tuple(known[c.id].id for c in part))
            if first is not None:
                said = next((c for c in part if _is_said(c) and c.status == event.status), None)
                own = replace(own, from_=said.from_ if said else None, to=said.to if said else None)
            made = self._report(own, claims)
            yield made if first is None else replace(made, beside=first.id)
            first = first or made

    def _report(self, event: Event, claims: dict[str, ClaimFacts]) -> ReportFacts:
        mine = [claims[c] for c in event.claims if c in claims]
        amounts = tuple(dict.fromkeys(_named_amount(a, c.predicate) for c in mine for a in c.amounts))
        grown = any(grows(str(thing(a, event.predicate))) for a in amounts)
        low, high = _said(event, mine, self._beside(event))
        dated = _dated(mine) or (low, high) != (event.from_, event.to)
        undated = event.status == "occurred" and (event.polarity == "negative" or grown) and not dated
        values: dict[str, Any] = {
            "event_type": self._type_of(event),
            "mode": event.mode,
            "predicate": event.predicate,
            "actors": self._parties(event.actors) + self._deniers(event),
            "recipients": self._parties(event.recipients),
            "place": self.parties.get(event.place or "") or self._only_place(event),
            "from_": None if undated else low,
            "to": None if undated else high,
            "status": "planned" if event.polarity == "negative" and _any_planned(mine) else event.status,
            "polarity": event.polarity,
            "certainty": event.certainty,
            "claims": tuple(dict.fromkeys(c.id for c in mine)),
            "amounts": amounts,
        }
        info = self.reading.article
        stated = moment(info.modified or info.published or "")
        told = stated.date().isoformat() if stated else None
        ends = [days(c.from_, c.to) for c in mine]
        first, last = min((d for d, _ in ends if d), default=None), max((d for _, d in ends if d), default=None)
        return ReportFacts(id=self._hash("report", values), told=told, first=first, last=last, **values)

    @cached_property
    def _at(self) -> dict[str, int]:
        return {c.id: at for at, c in enumerate(self.reading.claims)}

    def _of(self, event: Event) -> list[Claim]:
        """The claims of an event, in text order."""
        return [self.reading.claims[at] for at in sorted({self._at[c] for c in event.claims if c in self._at})]

    def _beside(self, event: Event) -> list[Claim]:
        """The claims of the sentences that tell of an event, of whatever event they are."""
        told = {c.sentence for c in self._of(event)}
        return [c for c in self.reading.claims if c.sentence in told]

    def _type_of(self, event: Event) -> str | None:
        """The type of what is planned where a promise is all that the article tells."""
        types = {_type(c) for c in self._of(event) if c.event_type == event.event_type}
        return types.pop() if len(types) == 1 else event.event_type

    def _deniers(self, event: Event) -> tuple[Party, ...]:
        """Who denies a contact of which only the other side is named: it is the denier's own."""
        told = self._parties((*event.actors, *event.recipients))
        if event.polarity != "negative" or not is_reciprocal(event.event_type) or len(told) != 1:
            return ()
        chains = (chain for c in self._of(event) for chain in c.attributions)
        found = self._parties(k.source for chain in chains for k in chain[:1] if k.stance == "denies")
        return tuple(p for p in found if not p.anonymous and p.key != told[0].key)[:1]

    def _only_place(self, event: Event) -> Party | None:
        """The one place that the sentences on a happening name, where nothing else says where it was."""
        parties = [self.parties[p] for p in (*event.actors, *event.recipients) if p in self.parties]
        if not _is_somewhere(event) or any(p.kind == "place" for p in parties):
            return None
        told = {c.sentence for c in self._of(event)}
        found = {p.key: p for e, p in self._places if any(m.sentence in told for m in e.mentions)}
        return next(iter(found.values())) if len(found) == 1 else None

    @cached_property
    def _places(self) -> list[tuple[Entity, Party]]:
        return [(e, self.parties[e.id]) for e in self.reading.entities if e.kind == "place"]

    def _hash(self, what: str, values: dict[str, Any]) -> str:
        return digest(what, self.article, [_plainly(v) for v in values.values()])

    def _parties(self, ids: Iterable[str]) -> tuple[Party, ...]:
        found = [self.parties[i] for i in ids if i in self.parties]
        return tuple({p.key: p for p in reversed(found)}[key] for key in dict.fromkeys(p.key for p in found))

    def _source(self, link: Link) -> Source:
        unknown = Party("anonymous:", "?", "other", anonymous=True)
        return Source(self.parties.get(link.source, unknown), link.stance, self.parties.get(link.medium or ""))

    @cached_property
    def _talked_of(self) -> list[str]:
        """The entities that do, say or suffer something, in order."""
        used: list[str] = []
        for claim in self.reading.claims:
            used += [*claim.actors, *claim.recipients, *(k.source for chain in claim.attributions for k in chain)]
        return list(dict.fromkeys(used))

    def _actors(self) -> Iterable[ActorFacts]:
        entities = {e.id: e for e in self.reading.entities}
        for entity in (entities[i] for i in self._talked_of if i in entities):
            if entity.anonymous:
                continue
            said = [m.text for m in entity.mentions if m.form == "name"]
            names = tuple(dict.fromkeys([entity.name, *(" ".join(text.split()) for text in said)]))
            held = {(r.title, r.of, r.tense): self._office(r) for r in reversed(entity.roles)}
            yield ActorFacts(self.parties[entity.id], names, tuple(held.values())[::-1])

    def _office(self, role: Role) -> OfficeFacts:
        inside = 0 <= role.sentence < len(self.reading.sentences)
        said = self.reading.sentences[role.sentence] if inside else None
        text = " ".join(self.reading.text[said.start : said.end].split()) if said else ""
        return OfficeFacts(role.title, role.of, role.tense, text)


def _named_amount(amount: Amount, predicate: str) -> Amount:
    """A number with what it counts, where only its own verb tells: "twelve people" who were killed."""
    what = thing(amount, predicate)
    return replace(amount, of=what) if what is not None and grows(what) else amount


def _of_toll(amount: Amount, claim: Claim) -> Amount:
    """A bare number of a toll with the word for those who are counted: "34 (feriti)", "14 (toll)"."""
    if not claim.rule.split("#")[0].endswith("/toll") or claim.trigger.text in amount.text:
        return amount
    return replace(amount, text=f"{amount.text} ({claim.trigger.text})", of=amount.of or claim.predicate)


def _type(claim: Claim) -> str | None:
    """What a claim speaks of: aid that is promised is an agreement in PLOVER, but the aid that comes later is no other
    event.
    """
    meant = claim.rule.partition("/")[2].partition("#")[0].upper()
    if claim.status != "planned" or meant not in ontology.load():
        return claim.event_type
    return meant if ontology.coded(meant, None, planned=True)[0] == claim.event_type else claim.event_type


def _is_somewhere(event: Event) -> bool:
    """Whether it is a deed or a happening, and no mere words: an attack, a march, an earthquake."""
    if event.event_type is None:
        return is_known(event.predicate)
    known = ontology.load().get(event.event_type)
    return known is not None and known.quad.startswith("material")


def _dated(claims: Iterable[ClaimFacts]) -> bool:
    """Whether words give the time: the day on which something is denied, or a toll has grown, is not its day."""
    return any(c.time_from != "published" for c in claims if c.from_ or c.to)


def _said(event: Event, claims: Sequence[ClaimFacts], beside: Sequence[Claim]) -> tuple[str | None, str | None]:
    """The window of an event: the one that its sentences give, where it has only the day of the article or none: its
    own words, or the one time that they tell at all ("on Wednesday Lodz woke to missiles, which killed six").
    """
    mine = [c for c in claims if c.status == event.status]
    own = {c.time_from for c in mine if (c.from_, c.to) == (event.from_, event.to)}
    if not own <= {"published", None}:
        return event.from_, event.to
    said = {(c.from_, c.to): None for c in mine if _is_said(c)}
    if not said and own == {"published"}:
        said = {(c.from_, c.to): None for c in beside if _is_said(c) and c.status == event.status}
        said = said if len(said) == 1 else {}
    return next(iter(said), (event.from_, event.to))


def _is_said(claim: ClaimFacts | Claim) -> bool:
    """Whether words say when, to a few days."""
    return claim.time_from == "expression" and window(claim.from_, claim.to).width <= _PRECISE


def _any_planned(claims: Iterable[ClaimFacts]) -> bool:
    return any(c.status == "planned" and c.polarity == "negative" for c in claims)


def _plainly(value: Any) -> Any:
    """A value for hashing: parties by key, everything else as it is."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Party):
        return value.key
    if isinstance(value, Source):
        return [value.party.key, value.stance, _plainly(value.medium)]
    if isinstance(value, Amount):
        return [value.text, _plainly(value.value), value.comparison, value.unit, value.of]
    if isinstance(value, tuple):
        return [_plainly(v) for v in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
