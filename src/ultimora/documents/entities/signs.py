"""What speaks for and against somebody or something being meant by a pronoun, as names of signs with their values."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from ultimora.documents.entities import pronouns
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.salience import is_other_paragraph, story_distance, top
from ultimora.documents.entities.shape import is_definite, is_indefinite
from ultimora.types import Token

_POSSESSIVES = frozenset({"nmod:poss", "det:poss"})
_BODIES = frozenset({"government", "organization", "outlet", "armed_group"})
_THINGS = frozenset({"other", "weapon", "document"})
_ROLES = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "conj", "root", "appos"})
_SUBORDINATE = frozenset({"advcl", "ccomp", "acl", "xcomp"})
_OF_BODIES = frozenset({"head_of_state", "director", "vice_president"})
_OF_PERSONS = frozenset({"kin", "predecessor", "successor", "counterpart"})
"""Offices that only bodies have, and relations that only persons have."""
_PREDICATES = frozenset({"VERB", "AUX", "ADJ"})
_FARTHEST, _FAR = 4, 3
_LOOKED_AT = 3
_MOST = 6
_FRONT = 2
_SPAN = 20


@dataclass(slots=True, eq=False)
class Antecedent:
    """Somebody or something that a pronoun may mean. ``at``: the tokens that spoke of it, the nearest first."""

    draft: Draft
    at: list[int]
    thing: bool
    signs: list[tuple[str, float]] = field(default_factory=list)
    score: float = 0.0


@dataclass(eq=False)
class Pronoun:
    """A pronoun whose antecedent is looked for; ``traits``: gender and number."""

    context: Context
    token: Token
    traits: tuple[str, str]

    @cached_property
    def sort(self) -> str:
        """What sort of pronoun it is, as far as that matters for what it means."""
        token, words, (gender, number) = self.token, self.context.lexicon, self.traits
        if token.deprel in _POSSESSIVES and token.lower in words.partitives:
            return "part-n"
        if token.deprel in _POSSESSIVES:
            return "poss-" + ("p" if number == "p" else gender if gender in "tn" else "g")
        if token.lower in words.things:
            return "thing"
        last = "p" if number == "p" else "g"
        if token.lower in words.personal and token.deprel.startswith("nsubj"):
            return "subj-" + last
        dative = token.deprel == "iobj" or token.lower in words.datives
        if dative and pronouns.case_of(self.context, token) != "obj":
            return "dat-" + number
        if words.clitics and token.lower not in words.personal:
            return "clitic-" + number
        return "obj-" + last

    @cached_property
    def place(self) -> str:
        """The sort without gender and number."""
        return self.sort.split("-")[0]

    @cached_property
    def quoted(self) -> bool:
        """Whether it stands in a quotation."""
        return self.token.i in self.context.quoted

    @cached_property
    def above(self) -> Token | None:
        """The verb, or the noun that a possessive belongs to."""
        return self.context.document.head(self.token)

    @cached_property
    def predicates(self) -> list[int]:
        """The predicates above it, the nearest first."""
        return [t.i for t in self.context.document.ancestors(self.token) if t.upos in _PREDICATES]

    @cached_property
    def clause(self) -> int:
        """The predicate of the clause that it stands in."""
        document = self.context.document
        above = document.ancestors(self.token)
        return next((t.i for t in above if t.upos in ("VERB", "AUX") or document.children(t, "nsubj", "cop")), -1)

    @cached_property
    def expected(self) -> list[tuple[str, Draft]]:
        """Those whom the story goes on about, or whom a verb without a subject would mean."""
        found = {
            "silent": pronouns.silent(self.context, self.token),
            "of_clause": pronouns.of_clause(self.context, self.token),
            "last_subject": self._last_subject(),
            "last_pronoun": self._last_pronoun(),
        }
        return [(name, draft) for name, draft in found.items() if draft is not None]

    def _last_subject(self) -> Draft | None:
        document, token = self.context.document, self.token
        first = document.sentences[max(token.sentence - 1, 0)].first
        for i in range(token.i - 1, first - 1, -1):
            if document.tokens[i].deprel.startswith("nsubj") and (self.quoted or i not in self.context.quoted):
                draft = self.context.registry.at(i)
                if draft is not None:
                    return draft
        return None

    def _last_pronoun(self) -> Draft | None:
        """Whom the sentence before has as the pronoun that is its last subject."""
        tokens, sentences = self.context.document.tokens, self.context.document.sentences
        for i, draft in self.context.registry.before(sentences[self.token.sentence].first):
            if tokens[i].sentence != self.token.sentence - 1:
                return None
            if tokens[i].upos == "PRON" and tokens[i].deprel.startswith("nsubj"):
                return draft
        return None


def signs(told: Pronoun, one: Antecedent, rank: int) -> Iterator[tuple[str, float]]:
    """The signs of one antecedent; ``rank``: how many others of its kind are nearer."""
    kind = kind_of(one)
    yield f"kind={kind}|{told.sort}", 1.0
    yield f"kind={kind}|{told.context.document.language}|{told.sort}", 1.0
    yield "rank", rank / _FARTHEST
    yield f"rank={min(rank, 2)}|{kind}", 1.0
    yield from _of_nearest(told, one, kind)
    for nth, i in enumerate(one.at[:_LOOKED_AT]):
        yield from _of_place(told, told.context.document.tokens[i], nth)
    yield from _of_known(told, one)
    yield from _of_wanted(told, one, kind)


def kind_of(one: Antecedent) -> str:
    """The kind of an antecedent, as far as pronouns tell kinds apart."""
    draft = one.draft
    if draft.members:
        return "members"
    if one.thing or draft.kind in _THINGS:
        return "thing"
    if draft.kind == "person" and draft.plural:
        return "group"
    if draft.kind in _BODIES:
        return "many" if draft.plural else "body"
    return draft.kind


def _of_nearest(told: Pronoun, one: Antecedent, kind: str) -> Iterator[tuple[str, float]]:
    """How far it is, and in what sentence."""
    context, token = told.context, told.token
    near = context.document.tokens[one.at[0]]
    distance = min(story_distance(context, token, near), _FARTHEST)
    yield f"distance={distance}", 1.0
    yield f"distance={distance}|{told.place}", 1.0
    yield f"distance={distance}|{kind}", 1.0
    yield "far", min((token.i - near.i) / _SPAN, _FARTHEST)
    role = _role(top(context, near))
    yield f"role={role}", 1.0
    yield f"role={role}|{told.place}", 1.0
    if near.upos in ("NOUN", "ADJ"):
        shown = "definite" if is_definite(context.document, near) else "bare"
        shown = "indefinite" if is_indefinite(context.document, near) else shown
        yield f"shown={shown}|{kind}", 1.0
    sentence = context.document.sentences[near.sentence]
    if near.i - sentence.first <= _FRONT:
        yield "fronted", 1.0
    if sentence.part in ("title", "section"):
        yield "title", 1.0
    if near.sentence != token.sentence and is_other_paragraph(context, token, near):
        yield "paragraph", 1.0
        yield f"paragraph|{told.place}", 1.0
    if near.i in context.registry.together:
        yield "of_several", 1.0
    yield from _of_quotation(told, near, kind)


def _of_quotation(told: Pronoun, near: Token, kind: str) -> Iterator[tuple[str, float]]:
    quoted = near.i in told.context.quoted
    if told.quoted:
        yield f"in_quotation|{kind}", 1.0
        if quoted:
            yield "both_quoted", 1.0
    elif quoted:
        yield "only_quoted", 1.0


def _role(head: Token) -> str:
    role = head.deprel.split(":")[0]
    if head.deprel == "nsubj:pass":
        return "passive"
    return role if role in _ROLES else "other"


def _of_place(told: Pronoun, other: Token, nth: int) -> Iterator[tuple[str, float]]:
    """What it was where it was spoken of: subject, object, part of a phrase."""
    context, place = told.context, told.place
    head = top(context, other)
    role = _role(head)
    distance = min(story_distance(context, told.token, other), _FAR)
    yield f"role={role}|distance={distance}", 1.0 / (nth + 1)
    if other.upos == "PRON":
        yield f"pronoun|distance={distance}", 1.0
    if told.token.deprel.split(":")[0] == role == "obj":
        yield "both_objects", 1.0
    if not head.deprel.startswith("nsubj"):
        if is_told(context, head):
            yield f"told|{place}|{'quoted' if told.quoted else 'plain'}", 1.0
        if _is_within_subject(told, head):
            yield f"within_subject|{place}", 1.0
        return
    if told.token.deprel.startswith("nsubj") and distance == 1:
        yield "both_subjects", 1.0
    verb = context.document.head(head)
    if verb is None:
        return
    yield from _of_subject(told, verb, distance)


def _of_subject(told: Pronoun, verb: Token, distance: int) -> Iterator[tuple[str, float]]:
    """Of what verb it was the subject."""
    place = told.place
    tells = verb.lemma.lower() in told.context.lexicon.telling
    if verb.deprel.split(":")[0] in _SUBORDINATE:
        yield f"subordinate|distance={distance}", 1.0
    if verb.deprel == "root":
        yield f"of_root|distance={distance}", 1.0
    if verb.i == told.clause:
        yield f"of_its_clause|{place}", 1.0
    if tells:
        yield f"teller|{place}|distance={distance}|{'quoted' if told.quoted else 'plain'}", 1.0
    depth = told.predicates.index(verb.i) if verb.i in told.predicates else 0
    if depth:
        yield f"above={min(depth, 2)}|{place}|{'tells' if tells else 'does'}", 1.0


def is_told(context: Context, head: Token) -> bool:
    """As in "told reporters", "ha detto ai giornalisti": to whom something is said."""
    verb = context.document.head(head)
    return _role(head) in ("obj", "iobj", "obl") and verb is not None and verb.lemma.lower() in context.lexicon.telling


def _is_within_subject(told: Pronoun, head: Token) -> bool:
    """As in "a spokesman for Fjordline said [it] regretted that": part of the subject of a verb above."""
    subject = next((t for t in told.context.document.ancestors(head) if t.deprel.startswith("nsubj")), None)
    return subject is not None and subject.head in told.predicates[1:]


def _of_known(told: Pronoun, one: Antecedent) -> Iterator[tuple[str, float]]:
    """How well known it is, and whether the story goes on about it."""
    draft = one.draft
    yield "often", min(bisect_left(draft.heads, told.token.i), _MOST) / 3
    yield "often_near", min(len(one.at), _LOOKED_AT) / 2
    known = "named" if draft.is_named else "announced" if draft.announced >= 0 else "nominal"
    yield known, 1.0
    yield f"{known}|{told.sort}", 1.0
    if draft.anonymous:
        yield "anonymous", 1.0
    if draft.members:
        yield f"members|{told.place}", 1.0
    if draft.kind == "person" and told.traits[0] in "mf" and told.traits[1] == "s":
        same = draft.gender == told.traits[0]
        guessed = "guessed" if draft.guessed else "same"
        yield "gender=" + (guessed if same else "against" if draft.gender else "unknown"), 1.0
    for name, expected in told.expected:
        if expected is draft:
            yield name, 1.0
            yield f"{name}|{told.place}", 1.0


def _of_wanted(told: Pronoun, one: Antecedent, kind: str) -> Iterator[tuple[str, float]]:
    """What the verb, or the noun that is owned, asks for."""
    context, above = told.context, told.above
    if kind in ("thing", "place"):
        sorts = context.referring.sorts_of(one.draft.nouns, one.draft.name)
        known = "owning" if sorts & context.referring.owning else "sorted" if sorts else "unsorted"
        yield f"{known}|{told.place}", 1.0
    if above is None:
        return
    lemma, relation = above.lemma.lower(), told.token.deprel.split(":")[0]
    if told.place == "poss":
        yield from _of_owned(told, one, kind, above)
    elif relation == "nmod" and above.upos in ("NUM", "PRON"):  # "six of them"
        yield f"counted|{kind}", 1.0
    elif relation == "obj" or told.token.deprel == "nsubj:pass":
        yield f"wants={_sort_of(lemma, context.referring.clitics)}|{kind}", 1.0
    elif relation == "nsubj":
        yield f"does={_sort_of(lemma, context.referring.subjects)}|{kind}", 1.0
        yield f"tells={lemma in context.lexicon.telling}|{kind}", 1.0
        yield f"verb={above.upos}|{kind}", 1.0


def _sort_of(lemma: str, verbs: Mapping[str, Set[str]]) -> str:
    """Whether a verb is of those that are done by, or to, people or things."""
    return next((sort for sort in ("people", "things") if lemma in verbs.get(sort, ())), "any")


def _of_owned(told: Pronoun, one: Antecedent, kind: str, owned: Token) -> Iterator[tuple[str, float]]:
    """As in "its chairman", "his wife", "la sua sede": who or what has such a one."""
    context = told.context
    office = context.lexicon.office_of(context.document, owned)
    sort = context.lexicon.kind_of(context.document, owned) if office is None else None
    group = office[1] if office is not None else sort[1] if sort is not None else "plain"
    yield f"owned={group}|{kind}", 1.0
    if group in _OF_PERSONS or group in _OF_BODIES:
        yield f"owner={'person' if group in _OF_PERSONS else 'body'}|{kind}", 1.0
    if owned.deprel.startswith("nsubj"):
        distance = story_distance(context, told.token, context.document.tokens[one.at[0]])
        yield f"owned_subject|distance={min(distance, 2)}", 1.0
