"""The words of the project as frozen types: what a reading is made of, and the document it is read from.

The schema (``ultimora schema reading``) fixes their shape; the underscore of ``from_`` is dropped in JSON. Offsets
count code points of the text, half-open like ``from_`` and ``to``; instants are ISO 8601, a mere date the whole day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import Any, Literal

from ultimora.dating import Dating, PageInfo
from ultimora.notebook import EventTable

SCHEMA = "ultimora.reading/1"

Part = Literal["section", "title", "standfirst", "body", "quote", "note"]
EntityKind = Literal["person", "government", "organization", "armed_group", "outlet", "group", "place", "weapon",
                     "document", "other"]  # fmt: skip
Form = Literal["name", "nominal", "pronoun"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Comparison = Literal["=", "<", ">", "~", "<=", ">="]
Status = Literal["occurred", "ongoing", "planned", "hypothetical"]
Polarity = Literal["positive", "negative"]
Certainty = Literal["certain", "probable", "possible", "underspecified"]
Stance = Literal["reports", "confirms", "denies", "announces", "alleges", "assesses"]
PublishedFrom = Literal["given", "page", "text"]


@dataclass(frozen=True, slots=True)
class TextPart:
    """A stretch of an article's text with its place on the page."""

    start: int
    end: int
    part: Part


@dataclass(frozen=True, slots=True)
class Article:
    """One revision of one article: its text, the parts of it, and what is known about where it stood and when."""

    id: str
    text: str
    language: str
    parts: tuple[TextPart, ...]
    title: str | None = None
    standfirst: str | None = None
    section: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    modified: str | None = None
    state: Literal["developing", "final"] | None = None
    raw: bytes = b""
    dating: Dating | None = None
    page: PageInfo | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its offsets, its part of the article, and its tokens as ``document.tokens[first:last]``."""

    id: int
    start: int
    end: int
    part: Part
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Token:
    """A surface token ("della" is one); ``i`` and ``head`` index ``document.tokens``, the root is its own head.

    ``ner`` is BIO over PER, ORG and LOC; ``kind``, ``sure`` and ``parts`` are those of the parser's ``WordAnalysis``.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    feats: Mapping[str, str]
    head: int
    deprel: str
    ner: str
    sentence: int
    kind: str = ""
    sure: float = 1.0
    parts: tuple[tuple[int, float, float], ...] = ()
    lower: str = field(init=False, repr=False, compare=False)
    base: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lower", self.text.lower())
        object.__setattr__(self, "base", self.lemma.lower() if self.lemma and self.lemma != "_" else self.lower)


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an entity is spoken of. ``metonym``: a place or seat that stands for its government or institution."""

    start: int
    end: int
    sentence: int
    text: str
    form: Form
    metonym: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """An office held by a person: ``of`` is an ISO 3166-1 alpha-3 code for a state, else a name."""

    title: str
    of: str | None
    sentence: int
    tense: Literal["former", "current", "elect", "acting"] = "current"


@dataclass(frozen=True, slots=True)
class Entity:
    """Whoever or whatever is spoken of, with every mention of it in the article, in order."""

    id: str
    name: str
    kind: EntityKind
    country: str | None
    anonymous: bool
    roles: tuple[Role, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Time:
    """A temporal expression (TIMEX3) and the interval it stands for, resolved against the publication date."""

    id: str
    start: int
    end: int
    sentence: int
    text: str
    type: TimexType
    value: str
    mod: str | None = None
    from_: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something: ``of`` is the lemma of what is counted, ``unit`` a unit, currency (ISO 4217) or ``%``.
    A range ("tra 10 e 15") is one quantity whose ``value`` is both its ends.
    """

    id: str
    start: int
    end: int
    sentence: int
    text: str
    value: float | tuple[float, float]
    comparison: Comparison = "="
    unit: str | None = None
    of: str | None = None

    @property
    def lower(self) -> float:
        """The number itself, or the lower end of a range."""
        return self.value[0] if isinstance(self.value, tuple) else self.value


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets into the article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Offsets into the article's text, and the words there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody's words, quoted or reported. ``source`` and ``medium`` are entity ids. ``stance`` is the cue's."""

    id: str
    sentence: int
    source: str | None
    source_mention: Span | None
    cue: TextSpan | None
    content: Span
    quoted: bool
    medium: str | None = None
    stance: Stance = "reports"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of an attribution chain: an entity id, how it stands to the claim, and through which medium."""

    source: str
    stance: Stance
    medium: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion in one sentence that an event happened, is happening, is planned or may happen.

    ``attributions`` holds one chain for each independent origin, nearest to the facts first; the article's own voice
    is an empty tuple. ``time_from`` says how ``from_``/``to`` were found: by the expression that governs the trigger,
    by one in the sentence, or by tense and publication date. ``cues`` are the words behind status, polarity and
    certainty; ``inferred`` names the roles whose parties were understood from an earlier sentence.
    """

    id: str
    sentence: int
    trigger: TextSpan
    predicate: str
    event: str
    event_type: str | None
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    time: str | None
    from_: str | None
    to: str | None
    status: Status
    polarity: Polarity
    certainty: Certainty
    attributions: tuple[tuple[Link, ...], ...]
    quantities: tuple[str, ...]
    rule: str
    time_from: Literal["expression", "sentence", "published"] | None = None
    inferred: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """The claims of one article that speak of the same happening, with what they establish together."""

    id: str
    event_type: str | None
    mode: str | None
    predicate: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    from_: str | None
    to: str | None
    status: Status
    polarity: Polarity
    certainty: Certainty
    claims: tuple[str, ...]


@dataclass
class Document:
    """An article with its analysis. The rooms of ``documents/`` fill the lists; ``memory`` holds what they know."""

    article: Article
    sentences: Sequence[Sentence]
    tokens: Sequence[Token]
    entities: list[Entity] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    published: datetime | None = None
    """The publication instant, aware, in the outlet's time zone; None where nothing says when."""
    memory: defaultdict[Any, dict[Any, Any]] = field(default_factory=partial(defaultdict, dict), compare=False)

    @cached_property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    @cached_property
    def language(self) -> str:
        """The article's language, a BCP 47 tag."""
        return self.article.language

    def sentence_tokens(self, sentence: Sentence | int) -> Sequence[Token]:
        """The tokens of a sentence, given itself or its id."""
        found = self.sentences[sentence] if isinstance(sentence, int) else sentence
        return self.tokens[found.first : found.last]

    @cached_property
    def _below(self) -> list[tuple[list[Token], set[str]]]:
        below: list[tuple[list[Token], set[str]]] = [([], set()) for _ in self.tokens]
        for token in (t for t in self.tokens if t.head != t.i):
            below[token.head][0].append(token)
            below[token.head][1].update((token.deprel, token.deprel.partition(":")[0]))
        return below

    def children(self, token: Token | int, *deprels: str) -> Sequence[Token]:
        """The dependents of a token in text order; given relations, only those (``obl`` takes ``obl:agent`` too)."""
        i = token if isinstance(token, int) else token.i
        below, relations = self._below[i]
        if not deprels or relations.isdisjoint(deprels):
            return () if deprels else below
        if i not in (kept := self.memory[deprels]):
            kept[i] = [t for t in below if t.deprel in deprels or t.deprel.partition(":")[0] in deprels]
        return kept[i]  # type: ignore[no-any-return]

    def head(self, token: Token) -> Token | None:
        """The governor of a token, None for the root of a sentence."""
        return None if token.head == token.i else self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Governors from the nearest up to the root."""
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def subtree(self, token: Token) -> list[Token]:
        """The token and everything below it, in text order."""
        found = [token]
        for each in found:  # grows while it is gone through
            found.extend(self._below[each.i][0])
        return sorted(found, key=lambda t: t.i)

    def tokens_between(self, start: int, end: int) -> Sequence[Token]:
        """The tokens that overlap the characters ``[start, end)``."""
        first = last = bisect_left(self.tokens, end, key=lambda t: t.start)
        while first > 0 and self.tokens[first - 1].end > start:
            first -= 1
        return self.tokens[first:last]

    def span_head(self, start: int, end: int) -> Token | None:
        """The syntactic head of a span: its first token whose governor lies outside it."""
        inside = self.tokens_between(start, end)
        ids = {t.i for t in inside}
        outside = [t for t in inside if t.head not in ids or t.head == t.i]
        return next((t for t in outside if t.upos != "PUNCT"), outside[0] if outside else None)

    def sentence_at(self, offset: int) -> Sentence:
        """The last sentence that starts at or before an offset."""
        return self.sentences[max(bisect_right(self.sentences, offset, key=lambda s: s.start) - 1, 0)]


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """What a reading says of its article."""

    url: str | None
    outlet: str | None
    language: str
    section: str | None
    title: str | None
    standfirst: str | None
    published: str | None
    published_from: PublishedFrom | None
    modified: str | None
    state: Literal["developing", "final"] | None
    dating: Dating | None = None
    page: PageInfo | None = None


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence as a reading shows it."""

    id: int
    start: int
    end: int
    part: Part


@dataclass(frozen=True, slots=True)
class Reading(EventTable):
    """What one revision of one article says."""

    schema: str
    id: str
    article: ArticleInfo
    text: str
    sentences: tuple[ReadSentence, ...]
    entities: tuple[Entity, ...]
    times: tuple[Time, ...]
    quantities: tuple[Quantity, ...]
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
