"""Stories: what belongs together over days, in several languages. Pure.

A revision is compared with the stories as they had grown up to its place in the canonical order, so that the result
depends on that order alone. What decides: whether they speak of the same events, of the same people and places (the
rarer these are, the more), and whether they are near in meaning. An article stays in the story that its first revision
was put into. A story that is near another, but not of it, is its branch. None is ever closed by force: one that nobody
has told for long is not continued, and what comes then is a new one, a branch of the old where they share an event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ultimora.record.actors import capitals
from ultimora.record.names import plain, tokens
from ultimora.record.seed import body
from ultimora.record.vectors import nearness, packed, unpacked
from ultimora.types import Entity, Reading

_SAME, _NEAR = 0.31, 0.24
_ELSEWHERE = 0.2
_LONGER, _GRACE = 0.01, 3
_FADING = 0.85
_MOST_KEYS, _MOST_EVENTS, _MOST_VECTORS = 40, 120, 6
_LEAD = 3
_LONG_WORD = 5
_STATE = 0.5
QUIET_DAYS = 21
"""After so many days without a word a story is over."""
_KINDS = ("person", "government", "organization", "armed_group", "place", "group")


@dataclass(frozen=True, slots=True)
class Gist:
    """What a revision is about: names by weight, events by weight, and the vector of its headline and lead."""

    revision: str
    article: str
    day: str
    language: str
    keys: Mapping[str, float]
    events: Mapping[str, float]
    vector: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """A story while revisions are put into it: what it has been about lately."""

    id: str
    day: str
    keys: Mapping[str, float] = field(default_factory=dict)
    events: Sequence[str] = ()
    vectors: Sequence[str] = ()
    branch_of: str | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a revision belongs: a story that is there, or None for a new one, perhaps a branch of another."""

    story: str | None
    branch_of: str | None = None


def subjects(reading: Reading) -> dict[str, float]:
    """Who and what a reading speaks of, and how prominently; the keys are one in every language where the names are."""
    parts = {s.id: _prominence(s.part, s.id) for s in reading.sentences}
    found: dict[str, float] = {}
    for entity in reading.entities:
        key = subject(entity)
        if key is not None:
            weight = max((parts.get(m.sentence, 0.0) for m in entity.mentions), default=0.0)
            found[key] = found.get(key, 0.0) + weight * min(2.0, 1.0 + 0.1 * len(entity.mentions))
    return {k: round(w, 4) for k, w in found.items() if w > 0}


def _prominence(part: str, number: int) -> float:
    if part in ("title", "standfirst"):
        return 1.0
    if part in ("section", "note"):
        return 0.0
    return 0.8 if number < _LEAD * 2 else 0.35


def subject(entity: Entity) -> str | None:
    """The key of an entity that tells what an article is about; None for one that does not."""
    if entity.anonymous or entity.kind not in _KINDS or all(m.form != "name" for m in entity.mentions):
        return None
    if entity.kind == "government" and entity.country:
        return f"c:{entity.country}"
    words = tokens(entity.name)
    if not words:
        return None
    if entity.kind == "person":
        return f"w:{words[-1]}"
    if entity.kind == "place":
        capital = capitals().get(plain(entity.name))
        return f"p:{capital or ' '.join(sorted(words))}"
    known = body(entity.name) if entity.kind == "organization" else None
    return f"n:{known.key if known else ' '.join(sorted(words))}"


def words(reading: Reading) -> list[str]:
    """The longer words of the headline, by which a story told in the same language is found; they decide nothing."""
    return [f"t:{w}" for w in dict.fromkeys(tokens(reading.article.title or "")) if len(w) >= _LONG_WORD]


def lead(reading: Reading) -> str:
    """The headline and the first sentences: what the vector is made of."""
    wanted = [s for s in reading.sentences if s.part in ("title", "standfirst", "body", "quote")][: _LEAD + 1]
    said = " ".join(reading.text[s.start : s.end] for s in wanted)
    title = reading.article.title or ""
    return said if title and title in said else f"{title} {said}"


def event_weights(
    ids: Sequence[str],
    sentences: Mapping[str, int],
    reports: Mapping[str, Sequence[str]],
    event_of: Mapping[str, str],
    typed: Iterable[str],
) -> dict[str, float]:
    """How much of a revision is about each event: the earlier it is told, the more; PLOVER's types more than others.

    Args:
        ids: The revision's reports.
        sentences: The place of each claim in the text.
        reports: The claims of each report.
        event_of: What each report was joined to.
        typed: The reports of events that PLOVER has a type for.
    """
    known = set(typed)
    found: dict[str, float] = {}
    for report in ids:
        event = event_of.get(report)
        places = [sentences[c] for c in reports.get(report, ()) if c in sentences]
        if event is None or not places:
            continue
        weight = (1.0 if report in known else 0.4) / (1.0 + 0.5 * min(places))
        found[event] = max(found.get(event, 0.0), weight)
    total = sum(found.values())
    return {e: round(w / total, 4) for e, w in found.items()} if total else {}


def weighted(keys: Mapping[str, float], met: Mapping[str, int]) -> dict[str, float]:
    """Names weighted by how rare they were up to then; states count half, since they are in every story."""
    rare = {k: w * _rarity(met.get(k, 0)) * (_STATE if k.startswith("c:") else 1.0) for k, w in keys.items()}
    return {k: round(w, 4) for k, w in sorted(rare.items(), key=lambda kw: (-kw[1], kw[0]))[:_MOST_KEYS]}


def _rarity(count: int) -> float:
    from math import log10

    return 1.0 / (1.0 + log10(1.0 + count))


def put(gist: Gist, candidates: Sequence[Profile], home: str | None = None) -> Placement:
    """Where a revision belongs.

    Args:
        gist: What it is about.
        candidates: Stories that share a name or an event with it, in any order.
        home: The story of an earlier revision of the same article.
    """
    if home is not None:
        return Placement(home)
    found = sorted(((likeness(gist, p), p) for p in candidates), key=lambda each: (-each[0], each[1].id))
    if not found:
        return Placement(None)
    score, best = found[0]
    silence = quiet(best, gist.day)
    alive = silence <= QUIET_DAYS or _shared(gist, best) > 0
    if alive and score >= _SAME + _LONGER * max(0, min(silence, QUIET_DAYS) - _GRACE):
        return Placement(best.id)
    return Placement(None, best.id if score >= _NEAR and alive else None)


def quiet(profile: Profile, day: str) -> int:
    """How many days lie between a day and the last one on which the story was told."""
    return abs((date.fromisoformat(day) - date.fromisoformat(profile.day)).days)


def likeness(gist: Gist, profile: Profile) -> float:
    """How near a revision is to a story: 0 for nothing in common, 1 and more for the same."""
    names = _cosine(gist.keys, profile.keys)
    shared = min(1.0, 2.0 * _shared(gist, profile))
    near = max((nearness(gist.vector, v) or 0.0 for v in profile.vectors), default=None) if gist.vector else None
    apart = _ELSEWHERE if _elsewhere(gist.keys, profile.keys) else 0.0
    if near is None:
        return round(0.75 * names + 0.5 * shared - apart, 4)
    return round(0.55 * near + 0.35 * names + 0.4 * shared - apart, 4)


def _elsewhere(a: Mapping[str, float], b: Mapping[str, float]) -> bool:
    """Whether both name places, and not one of them is the same."""
    mine, theirs = ({k for k in keys if k.startswith("p:")} for keys in (a, b))
    if not mine or not theirs:
        return False
    return not {_bare(k) for k in mine} & set(map(_bare, b)) and not {_bare(k) for k in theirs} & set(map(_bare, a))


def _bare(key: str) -> str:
    """A key with people and places alike: a town that few know is taken for a person here and there."""
    return f"w:{key[2:]}" if key.startswith("p:") else key


def _shared(gist: Gist, profile: Profile) -> float:
    known = set(profile.events)
    return sum(w for e, w in gist.events.items() if e in known)


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    theirs = {_bare(k): w for k, w in b.items()}
    dot = sum(w * theirs[k] for k, w in ((_bare(k), w) for k, w in a.items()) if k in theirs)
    norm = sum(w * w for w in a.values()) * sum(w * w for w in b.values())
    return float(dot / norm**0.5) if norm else 0.0


def grow(profile: Profile | None, ident: str, gist: Gist, branch_of: str | None = None) -> Profile:
    """The story with a revision put into it: what it was about before fades."""
    old = profile or Profile(ident, gist.day, branch_of=branch_of)
    keys = {k: w * _FADING for k, w in old.keys.items()}
    for key, weight in gist.keys.items():
        keys[key] = keys.get(key, 0.0) + weight
    kept = sorted(keys.items(), key=lambda kw: (-kw[1], kw[0]))[:_MOST_KEYS]
    return Profile(
        id=ident,
        day=max(old.day, gist.day),
        keys={k: round(w, 4) for k, w in kept},
        events=tuple(dict.fromkeys([*(e for e in gist.events if e not in old.events), *old.events]))[:_MOST_EVENTS],
        vectors=tuple(dict.fromkeys([*([gist.vector] if gist.vector else []), *old.vectors]))[:_MOST_VECTORS],
        branch_of=old.branch_of,
        count=old.count + 1,
    )


def centre(vectors: Sequence[str]) -> str:
    """The vector in the middle of some."""
    kept = [unpacked(v) for v in vectors if v]
    return packed(sum(kept[1:], kept[0])) if kept else ""
