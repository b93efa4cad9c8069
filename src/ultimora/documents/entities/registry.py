"""Entities while they are being gathered, and which token speaks of which."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ultimora.types import Document, Entity, EntityKind, Form, Mention, Role, Token

AGENTS: frozenset[EntityKind] = frozenset({"person", "government", "organization", "armed_group", "group", "outlet"})
"""The kinds of those who act and speak."""
STATES = "states"
"""The table that states themselves stand in."""


@dataclass(eq=False)
class Draft:
    """An entity in the making. ``heads`` are the tokens that head its mentions, in text order.

    ``guessed``: whether only the ending of a first name tells the gender. ``groups``: its groups of offices, each with
    what it is of. ``table``: the gazetteer's table that it stands in. ``nouns``: common nouns by which the text speaks
    of it, as lemmas. ``offices``: its roles by group. ``announced``: the token that speaks of somebody who becomes an
    entity only if the text goes back to them. ``members``: of two or more that are named together.
    """

    name: str
    kind: EntityKind
    country: str | None = None
    anonymous: bool = False
    roles: list[Role] = field(default_factory=list)
    groups: dict[str, str | None] = field(default_factory=dict)
    mentions: dict[tuple[int, int], Mention] = field(default_factory=dict)
    heads: list[int] = field(default_factory=list)
    gender: str = ""
    guessed: bool = False
    plural: bool = False
    age: int | None = None
    table: str = ""
    portfolio: str = ""
    nouns: set[str] = field(default_factory=set)
    offices: dict[str, list[Role]] = field(default_factory=dict)
    announced: int = -1
    members: list[Draft] = field(default_factory=list)
    position: int = -1

    @property
    def is_named(self) -> bool:
        """Whether the text gives its name."""
        return "name" in [m.form for m in self.mentions.values()]  # asked too often for any()

    def add_role(self, role: Role, group: str) -> None:
        """A role once, with the group of offices it belongs to."""
        if self.groups.get(group) is None:
            self.groups[group] = role.of
        self.offices.setdefault(group, []).append(role)
        same = [r for r in self.roles if (r.title == role.title and None in (r.of, role.of)) or _same(r, role)]
        if not same:
            self.roles.append(role)
        elif role.of is not None and same[0].of is None:
            self.roles[self.roles.index(same[0])] = replace(same[0], of=role.of)

    def settle(self, groups: frozenset[str]) -> None:
        """Offices of some groups that the text leaves without a state are those of the person's."""
        for group in groups & self.groups.keys():
            self.groups[group] = self.groups[group] or self.country
            told = {r.title for r in self.offices.get(group, ())}
            self.roles = [replace(r, of=self.country) if r.of is None and r.title in told else r for r in self.roles]

    def freeze(self) -> Entity:
        """The entity as it goes into a document."""
        mentions = tuple(self.mentions[key] for key in sorted(self.mentions))
        roles = tuple(sorted(self.roles, key=lambda r: r.sentence))
        return Entity(f"n{self.position + 1}", self.name, self.kind, self.country, self.anonymous, roles, mentions)


def _same(one: Role, other: Role) -> bool:
    return (one.title, one.of, one.tense) == (other.title, other.of, other.tense)


class Registry:
    """Drafts by key and by token; kept with the document so that later rooms can add to it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.drafts: list[Draft] = []
        self.by_key: dict[tuple[str, ...], Draft] = {}
        self.by_token: dict[int, Draft] = {}
        self.together: dict[int, list[Draft]] = {}
        self._joint: dict[int, Draft] = {}
        self._spoken: list[int] = []
        self._of: dict[int, Draft] = {}

    def draft(self, key: tuple[str, ...], name: str, kind: EntityKind, country: str | None = None) -> Draft:
        """The draft of a key, made where there is none."""
        found = self.by_key.get(key)
        if found is None:
            found = self.by_key[key] = self.add(Draft(name, kind, country))
        return found

    def add(self, draft: Draft) -> Draft:
        """Keep a draft that no key will ask for."""
        self.drafts.append(draft)
        return draft

    def mention(
        self, draft: Draft, first: int, last: int, form: Form, head: int | None = None, metonym: bool = False
    ) -> None:
        """Tokens ``[first, last)`` speak of the draft; of a nominal or pronoun only its head token does."""
        start, end = self.document.tokens[first].start, self.document.tokens[last - 1].end
        text = self.document.text[start:end]
        sentence = self.document.tokens[first].sentence
        draft.mentions.setdefault((start, end), Mention(start, end, sentence, text, form, metonym))
        top = head if head is not None else head_of(self.document, first, last).i
        self.speak(draft, top)
        for i in range(first, last) if form == "name" else (top,):
            self.by_token.setdefault(i, draft)

    def mention_part(self, draft: Draft, i: int, start: int, end: int) -> None:
        """A part of one token speaks of the draft ("Italia-Turchia")."""
        text, sentence = self.document.text[start:end], self.document.tokens[i].sentence
        draft.mentions.setdefault((start, end), Mention(start, end, sentence, text, "name", True))
        self.speak(draft, i)
        self.by_token.setdefault(i, draft)

    def tell(self, draft: Draft, i: int) -> None:
        """A token is a mention of a draft, but nothing goes back to it: "the firm [which] …"."""
        token = self.document.tokens[i]
        told = Mention(token.start, token.end, token.sentence, token.text, "pronoun", False)
        draft.mentions.setdefault((token.start, token.end), told)

    def mention_end(self, draft: Draft, i: int, start: int, end: int) -> None:
        """The end of one token speaks of the draft ("ringraziar[lo]"), the token does not."""
        text, sentence = self.document.text[start:end], self.document.tokens[i].sentence
        draft.mentions.setdefault((start, end), Mention(start, end, sentence, text, "pronoun", False))

    def share(self, drafts: Sequence[Draft], first: int, last: int, head: int, form: Form) -> None:
        """Tokens ``[first, last)`` speak of several at once: "the two leaders", "entrambi"."""
        for draft in drafts:
            self.mention(draft, first, last, form, head=head)
        self.together[head] = list(drafts)
        token = self.document.tokens[head]
        nouns = {token.lower, token.lemma.lower()} if form == "nominal" and token.upos == "NOUN" else set()
        self._joint[head] = Draft("", "group", plural=True, members=list(drafts), heads=[head], nouns=nouns)

    def speak(self, draft: Draft, i: int) -> None:
        """A token speaks of a draft, whether or not it is a mention of its own."""
        insort(draft.heads, i)
        if i not in self._of:
            insort(self._spoken, i)
            self._of[i] = draft

    def announce(self, draft: Draft, i: int) -> None:
        """A token speaks of somebody who is no entity yet."""
        draft.announced = i
        self.speak(draft, i)

    def settle(self, announced: Draft, draft: Draft) -> None:
        """Whoever was announced is this one."""
        for i in announced.heads:
            self._of[i] = draft

    def merge(self, draft: Draft, into: Draft) -> None:
        """Two drafts turn out to be one: what was said of the first is said of the second."""
        for span, mention in draft.mentions.items():
            into.mentions.setdefault(span, mention)
        for i in draft.heads:
            insort(into.heads, i)
        into.nouns |= draft.nouns
        if draft.gender and not draft.guessed and (into.guessed or not into.gender):
            into.gender, into.guessed = draft.gender, False
        into.age = into.age if into.age is not None else draft.age
        for tokens in (self._of, self.by_token):
            tokens.update({i: into for i, d in tokens.items() if d is draft})
        self.by_key.update({key: into for key, d in self.by_key.items() if d is draft})
        for group, roles in draft.offices.items():
            for role in roles:
                into.add_role(role, group)
        self.drafts = [d for d in self.drafts if d is not draft]

    def at(self, i: int) -> Draft | None:
        """Of whom a token speaks, be it somebody only announced."""
        return self.by_token.get(i) or self._of.get(i)

    def before(self, i: int) -> Iterator[tuple[int, Draft]]:
        """What was spoken of before a token, the nearest first."""
        for at in range(bisect_left(self._spoken, i) - 1, -1, -1):
            i = self._spoken[at]
            for draft in self.together.get(i) or (self._of[i],):
                yield i, draft
            if i in self._joint:
                yield i, self._joint[i]

    def after(self, i: int) -> Iterator[tuple[int, Draft]]:
        """What is spoken of after a token, the nearest first."""
        for at in range(bisect_left(self._spoken, i + 1), len(self._spoken)):
            yield self._spoken[at], self._of[self._spoken[at]]

    def freeze(self) -> list[Entity]:
        """The entities in the order of their first mention; numbered so."""
        self.drafts = [d for d in self.drafts if d.mentions]
        self.drafts.sort(key=lambda d: min(d.mentions))
        for position, draft in enumerate(self.drafts):
            draft.position = position
        return [draft.freeze() for draft in self.drafts]

    def publish(self, draft: Draft) -> str:
        """Bring a draft made or changed after the first freeze into ``document.entities``."""
        entities = self.document.entities
        if draft.position < 0:
            draft.position = len(entities)
            entities.append(draft.freeze())
        else:
            entities[draft.position] = draft.freeze()
        return entities[draft.position].id


def head_of(document: Document, first: int, last: int) -> Token:
    """The token of a span that is governed from outside it."""
    for token in document.tokens[first:last]:
        if not first <= token.head < last or token.head == token.i:
            return token
    return document.tokens[first]


def registry_of(document: Document) -> Registry:
    """The document's registry; rebuilt from its entities where something else has made or replaced them."""
    kept = vars(document).get("_registry")
    if isinstance(kept, Registry) and len(kept.drafts) == len(document.entities):
        return kept
    made = _rebuilt(document)
    vars(document)["_registry"] = made
    return made


def _rebuilt(document: Document) -> Registry:
    registry = Registry(document)
    for position, entity in enumerate(document.entities):
        draft = registry.add(Draft(entity.name, entity.kind, entity.country, entity.anonymous, list(entity.roles)))
        draft.position = position
        for mention in entity.mentions:
            tokens = document.tokens_between(mention.start, mention.end)
            if tokens:
                registry.mention(draft, tokens[0].i, tokens[-1].i + 1, mention.form, metonym=mention.metonym)
    return registry


def keep(document: Document, registry: Registry) -> list[Entity]:
    """Freeze a registry and keep it with its document."""
    entities = registry.freeze()
    vars(document)["_registry"] = registry
    return entities
