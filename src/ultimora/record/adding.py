"""One article on its way into the record: found again or new, stored, joined to events, put into a story."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import sqlalchemy as sa

from ultimora.record import decide, locks, prints
from ultimora.record import statements as say
from ultimora.record.bulk import enter
from ultimora.record.earliest import first_known
from ultimora.record.facts import content_hash, digest, facts_of
from ultimora.record.indexing import Indexer, said_hash
from ultimora.record.instants import instant
from ultimora.record.joining import Joiner
from ultimora.record.load import revision_of, unzipped
from ultimora.record.names import tokens
from ultimora.record.schema import (
    article_keys,
    article_prints,
    articles,
    claims,
    name_words,
    names,
    offices,
    revisions,
    spans,
)
from ultimora.record.telling import Teller, day_of
from ultimora.record.types import Added, ClaimFacts, ReadingFacts, Revision, Span
from ultimora.record.underway import Underway
from ultimora.record.vectors import Vectors
from ultimora.serial import tersely, to_data, written
from ultimora.types import Reading

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


def canonical_url(url: str) -> str:
    """An address without what does not tell articles apart: fragment, tracking, the case of its host."""
    parts = urlsplit(url.strip())
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not k.lower().startswith(_TRACKING)]
    path = parts.path.rstrip("/") or "/"
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, urlencode(kept), ""))


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an article: its reading and bytes, compressed, and the SHA-256 of the bytes."""

    reading: bytes
    raw: bytes | None
    hash: str | None


@dataclass(frozen=True, slots=True)
class Prints:
    """What an article is found again by, and what its copies are told by (:mod:`ultimora.record.prints`)."""

    bands: tuple[str, ...]
    sketch: str | None


def kept_of(reading: Reading, raw: bytes | None) -> Kept:
    """What is kept of an article; no record is asked for it."""
    packed = zlib.compress(raw) if raw else None
    return Kept(zipped(reading), packed, hashlib.sha256(raw).hexdigest() if raw else None)


def prints_of(reading: Reading) -> Prints:
    """The fingerprints of an article; no record is asked for them."""
    return Prints(prints.bands(reading.text), prints.sketch(_body(reading)))


def _body(reading: Reading) -> str:
    """The text without its title, which every outlet makes its own."""
    said = [s for s in reading.sentences if s.part != "title"]
    return "\n".join(reading.text[s.start : s.end] for s in said)


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article on its way in.

    Attributes:
        reading: What one revision of it says.
        known_at: When it became known; ``seen``: somebody said so, it was not just now.
        keys: Further names of the article, as the file that it was in.
        raw: The bytes that it was read from.
        kept: What is kept of it, where that was made already; likewise its ``prints``.
    """

    reading: Reading
    known_at: str
    seen: bool = True
    keys: Sequence[str] = ()
    raw: bytes | None = None
    kept: Kept | None = None
    prints: Prints | None = None


def take_in(connection: sa.Connection, incoming: Iterable[Incoming], vectors: Vectors) -> list[Added]:
    """Take articles in, one after the other; what became of events is written once, after the last."""
    events = Underway(connection)
    added = [Adding(connection, each, vectors, events).done() for each in incoming]
    events.write()
    return added


class Adding:
    """One article on its way into the record, inside one transaction."""

    def __init__(self, connection: sa.Connection, incoming: Incoming, vectors: Vectors, events: Underway) -> None:
        self.db, self.incoming, self.vectors, self.events = connection, incoming, vectors, events
        self.reading, self.known_at, self.seen = incoming.reading, incoming.known_at, incoming.seen
        self.prints = incoming.prints or prints_of(incoming.reading)
        self.fresh = False
        """Whether nothing is known of the article yet."""
        self.article = self._article(incoming.keys)

    def _article(self, extra: Sequence[str]) -> str:
        url, ident = self.reading.article.url, self.reading.id
        keys = list(dict.fromkeys([*([f"url:{canonical_url(url)}"] if url else []), f"id:{ident}", *extra]))
        locks.hold(self.db, "article", [*keys, *self._marks()])
        known: dict[str, str] = dict(self.db.execute(say.KEYS, {"keys": keys}).tuples().all())
        if known and url and keys[0] not in known and self._has_address(set(known.values())):
            known, keys = {}, keys[:1]  # the same id at another address is another article
        # Nearly the same words at a new address are the same article.
        twin = self._twin() if url and not known else None
        article = next((known[k] for k in keys if k in known), twin or digest("article", keys[0]))
        self.fresh = not known and twin is None
        if self.fresh:
            enter(self.db, articles, [{"id": article, "known_at": self.known_at}])
        new = [{"key": k, "article": article} for k in keys if k not in known]
        enter(self.db, article_keys, new)
        locks.hold(self.db, "article", [article])
        return article

    def _marks(self) -> list[str]:
        """What an article of the same outlet with nearly the same words has in common with this one."""
        outlet = self.reading.article.outlet
        return [f"{outlet}|{band}" for band in self.prints.bands] if outlet else []

    def _twin(self) -> str | None:
        """The article of the same outlet and language that has nearly the same words at another address."""
        if not self.prints.bands or not self.reading.article.outlet:
            return None
        asked = {"bands": self.prints.bands, "outlet": self.reading.article.outlet}
        rows = self.db.execute(say.TWINS, asked).tuples()
        likest = [
            (prints.alike(self.reading.text, unzipped(packed).text), article)
            for article, language, packed in rows
            if language == self.reading.article.language
        ]
        score, article = max(likest, default=(0.0, ""))
        return article if score >= prints.SAME else None

    def _has_address(self, found: set[str]) -> bool:
        rows: Iterable[str] = self.db.execute(say.KEYS_OF, {"articles": sorted(found)}).scalars()
        return any(key.startswith("url:") for key in rows)

    def _revision(self) -> Revision:
        info = self.reading.article
        stated = info.modified or info.published
        stated = instant(stated, "published") if stated else None
        content = content_hash(self.reading)
        return Revision(
            id=digest("revision", self.article, content, stated, self.known_at if self.seen else None),
            article=self.article,
            content=content,
            stated=stated,
            known_at=self.known_at,
            seen=self.seen,
            url=info.url,
            outlet=info.outlet,
            title=info.title,
            language=info.language,
            published=info.published,
            modified=info.modified,
            state=info.state,
            sketch=self.prints.sketch,
        )

    def done(self) -> Added:
        """Take it in, and say what that did."""
        new = self._revision()
        outcome = decide.intake(new, self._neighbours(new))
        if outcome == "known already" or self._has(new.id):
            return Added(self.article, new.id, "known already", self.known_at)
        facts = facts_of(self.reading, self.article)
        new = _with_facts(new, facts)
        before, late = self._standing(), self._comes_late(new)
        fresh = self._store(new, facts)
        withdrawn = self._spans_anew(new) if late else self._spans(new, before)
        alone = self.article if self.fresh else None
        joiner = Joiner(self.db, self.events, fresh=alone)
        made, joined = joiner.take_in(new, facts.reports)
        Indexer(self.db).take_in(new, self.reading, fresh=self.fresh)
        story = Teller(self.db, fresh=alone).take_in(new, facts, self.reading, self.vectors, joiner.first)
        return Added(self.article, new.id, outcome, self.known_at, fresh, withdrawn, made, joined, story)

    def _known(self, query: sa.Select[Any], **asked: str) -> list[Revision]:
        """Revisions of the article that are known already."""
        if self.fresh:
            return []
        return [revision_of(row) for row in self.db.execute(query, {"article": self.article, **asked}).mappings()]

    def _neighbours(self, new: Revision) -> list[Revision]:
        """The revisions that say whether this is one: the next older, the next newer, those with the same words."""
        age = age_key(new)
        found = self._known(say.OLDER, age=age) + self._known(say.NEWER, age=age)
        found += self._known(say.SAME, content=new.content)
        return list({r.id: r for r in found}.values())

    def _has(self, ident: str) -> bool:
        return not self.fresh and self.db.execute(say.REVISION, {"ident": ident}).first() is not None

    def _standing(self) -> Revision | None:
        """The newest revision by what they state."""
        return next(iter(self._known(say.NEWEST)), None)

    def _comes_late(self, new: Revision) -> bool:
        """Whether a revision that is known comes after this one in the canonical order."""
        later = self._known(say.LAST_KNOWN) + self._known(say.KNOWN_THEN, known_at=new.known_at)
        return any(r.order > new.order for r in later)

    def _store(self, new: Revision, facts: ReadingFacts) -> int:
        row = to_data(new) | {"claims": json.dumps(new.claims), "reports": json.dumps(new.reports)}
        kept = self.incoming.kept or kept_of(self.reading, self.incoming.raw)
        row |= {"age": age_key(new), "hash": kept.hash, "reading": kept.reading, "raw": kept.raw}
        enter(self.db, revisions, [row])
        self._actors(facts, day_of(new))
        outlet = self.reading.article.outlet
        if outlet and new.url:
            marks = [{"band": b, "outlet": outlet, "revision": new.id} for b in self.prints.bands]
            enter(self.db, article_prints, marks)
        return self._claims(new, facts.claims)

    def _claims(self, new: Revision, said: Sequence[ClaimFacts]) -> int:
        """Store claims, each as the earliest revision that makes it has it; the number of those that are new."""
        known: dict[str, str] = {}
        if not self.fresh:
            known = dict(self.db.execute(say.CLAIMS, {"article": self.article}).tuples().all())
        position = "|".join(new.order)
        here = {"article": self.article, "position": position}
        told = [c for c in said if c.id not in known or position < known[c.id]]  # what was known before stays as it is
        rows = [{"id": c.id, **here, "text_hash": said_hash(c.text), "payload": tersely(c)} for c in told]
        fresh = [row for row in rows if row["id"] not in known]
        enter(self.db, claims, fresh)
        for row in (row for row in rows if row["id"] in known):
            self.db.execute(say.MOVE_CLAIM, row | {"ident": row["id"]})
        return len(fresh)

    def _actors(self, facts: ReadingFacts, day: str) -> None:
        """Note every name and office, the earliest known where there are several; in one order for all workers."""
        called: list[dict[str, str | None]] = []
        held: list[dict[str, str | None]] = []
        words: set[tuple[str, str]] = set()
        for actor in facts.actors:
            party = actor.party
            known = {"kind": party.kind, "country": party.country, "known_at": self.known_at}
            called += [{"actor": party.key, "name": n, "plain": " ".join(tokens(n)), **known} for n in actor.names]
            words |= {(word, party.key) for name in actor.names for word in tokens(name)}
            here = {"actor": party.key, "article": self.article, "known_at": self.known_at}
            held += [
                {"title": o.title, "of": o.of or "", "tense": o.tense, "sentence": o.sentence, "day": day, **here}
                for o in actor.offices
            ]
        first_known(self.db, names, called)
        first_known(self.db, name_words, [{"word": word, "actor": actor} for word, actor in words])
        first_known(self.db, offices, held)

    def _spans(self, new: Revision, before: Revision | None) -> int:
        """Bring the spans of the article's claims up to date; the number of claims that this revision takes back."""
        ever: set[str] = set()
        if before is not None and before.age > new.age:
            ever.update(self.db.execute(say.STOOD, {"article": self.article}).scalars())
        change = decide.turn(new, before, ever)
        if change.close:
            self.db.execute(say.CLOSE, {"claims": change.close, "at": self.known_at, "by": new.id})
        fresh = [Span(c, self.known_at, None, new.id, None) for c in change.open]
        fresh += [Span(c, self.known_at, self.known_at, new.id, new.id) for c in change.late]
        enter(self.db, spans, [to_data(s) for s in fresh])
        return len(change.close)

    def _spans_anew(self, new: Revision) -> int:
        """Make all spans of the article again, where a revision comes before others that are known."""
        self.db.execute(say.FORGET_SPANS, {"article": self.article})
        made = decide.spans(self._known(say.MINE))
        enter(self.db, spans, [to_data(s) for s in made])
        return sum(s.closed_by == new.id and s.opened_by != new.id for s in made)


def zipped(reading: Reading) -> bytes:
    """A reading as it is kept."""
    return zlib.compress(written(reading).encode("utf-8", "surrogatepass"))


def age_key(revision: Revision) -> str:
    """The age of a revision as text that sorts."""
    return "|".join(revision.age)


def _with_facts(new: Revision, facts: ReadingFacts) -> Revision:
    return replace(new, claims=tuple(c.id for c in facts.claims), reports=tuple(r.id for r in facts.reports))
