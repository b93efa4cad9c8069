"""How near and how prominent somebody is who was spoken of before: what decides between those who would fit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.types import Token

_OTHERS = frozenset({"nmod", "compound", "amod"})
_INSIDE = frozenset({"flat", "appos", "compound", "nmod", "amod", "nummod", "parataxis"})
_WEIGHTS = {
    "nsubj": 1.6,
    "nsubj:pass": 1.5,
    "obj": 1.15,
    "iobj": 1.15,
    "obl": 1.0,
    "obl:agent": 1.1,
    "nmod": 0.8,
    "compound": 1.0,
    "amod": 1.0,
    "nmod:poss": 0.8,
    "det:poss": 0.8,
}
_POSSESSIVES = frozenset({"nmod:poss", "det:poss"})
_CORE = frozenset({"nsubj", "obj", "iobj", "obl"})
_CLIMB = 4
_UNNAMED = 0.6
_UNNAMED_MANY = 0.75
_MOST = 6
_SAID_BY = 0.5
_OF_SEVERAL = 0.7
_PARALLEL = 1.25
"""How much more a subject pronoun means the subject of the sentence before."""

_ELSEWHERE = 0.75
"""How much less likely somebody of another paragraph is meant."""
_SUBORDINATE = 1.35
_OWNER = 1.4
_OF_CLAUSE = 1.4
"""How much more a possessive means the subject of the clause that it stands in: "who met his counterpart"."""


@dataclass(slots=True)
class Candidate:
    """Somebody spoken of at a token, with how well that explains a later phrase."""

    draft: Draft
    i: int
    score: float


def top(context: Context, token: Token) -> Token:
    """The head of the whole phrase that a name or title stands in: "La [premier] danese Mette Frederiksen"."""
    if token.deprel == "cc" and token.head != token.i:
        token = context.document.tokens[token.head]
        token = context.document.tokens[token.head] if token.deprel == "conj" else token
    for _ in range(_CLIMB):
        above = context.document.head(token)
        relation = token.deprel.split(":")[0]
        if above is None or relation not in _INSIDE or token.deprel in _POSSESSIVES:
            return token
        if relation != "appos" and context.document.children(token, "case"):
            return token
        same = context.registry.by_token.get(above.i)
        mine = context.registry.by_token.get(token.i)
        if above.upos not in ("NOUN", "PROPN", "ADJ") or (relation == "parataxis" and above.upos != "PROPN"):
            return token
        if relation in _OTHERS and same is not None and same is not mine:
            return token
        token = above
    return token


def best(
    context: Context,
    token: Token,
    strength: Callable[[Draft], float],
    reach: int,
    floor: float = 0.0,
    often: float = 0.0,
    above: bool = True,
) -> Draft | None:
    """The one before a token whose strength times prominence is greatest; None where two are equal.

    ``reach``: how many sentences back; ``often``: what each earlier mention adds, up to six of them.
    ``above``: whether the subjects of the verbs above a noun are barred.
    """
    found: dict[int, Candidate] = {}
    for candidate in _scored(context, token, strength, reach, often, own(context, token, above)):
        known = found.get(id(candidate.draft))
        if known is None or candidate.score > known.score:
            found[id(candidate.draft)] = candidate
    ranked = sorted(found.values(), key=lambda c: -c.score)
    if not ranked or ranked[0].score <= floor:
        return None
    if len(ranked) > 1 and _undecided(context, ranked[0], ranked[1]):
        return None
    return ranked[0].draft


def _scored(
    context: Context,
    token: Token,
    strength: Callable[[Draft], float],
    reach: int,
    often: float,
    barred: Sequence[Draft],
) -> Iterator[Candidate]:
    tokens = context.document.tokens
    for i, draft in context.registry.before(token.i):
        distance = token.sentence - tokens[i].sentence
        if distance > reach:
            return
        fit = strength(draft)
        if fit <= 0 or any(draft is each for each in barred) or bound(context, token, tokens[i]):
            continue
        distance -= _quoted_between(context, token, tokens[i])
        known = draft.is_named or draft.members or bisect_left(draft.heads, token.i) > 1
        fit *= 1.0 if known else _UNNAMED_MANY if draft.plural or draft.kind != "person" else _UNNAMED
        aside = token.i in context.quoted and distance > 0 and not draft.is_named
        fit *= _SAID_BY if draft.announced >= 0 and not draft.members and _is_told(context, tokens[i]) else 1.0
        fit *= _SAID_BY if is_aside(context, token, tokens[i]) else 1.0
        fit *= _SAID_BY if aside and _only_says(context, tokens[i]) else 1.0
        fit *= _SAID_BY if distance > 0 and _is_of_words(context, draft, token) else 1.0
        fit *= _OF_SEVERAL if i in context.registry.together else 1.0
        fit *= 1 + often * min(bisect_left(draft.heads, token.i), _MOST)
        yield Candidate(draft, i, fit * prominence(context, token, tokens[i], distance))


def story_distance(context: Context, token: Token, other: Token) -> int:
    """How many sentences of the story part two tokens."""
    return token.sentence - other.sentence - _quoted_between(context, token, other)


def _quoted_between(context: Context, token: Token, other: Token) -> int:
    """How many whole sentences of quotation part two tokens of the story: they take it no farther."""
    if token.i in context.quoted or other.i in context.quoted:
        return 0
    sentences = (context.document.sentences[n] for n in range(other.sentence + 1, token.sentence))
    return sum((s.first + s.last) // 2 in context.quoted and s.last - 2 in context.quoted for s in sentences)


def is_aside(context: Context, token: Token, other: Token) -> bool:
    """As in "Il cancelliere, ha riferito il portavoce, [gli] …": who speaks between commas is not in the sentence."""
    verb = context.document.head(top(context, other))
    if token.sentence != other.sentence or verb is None or verb.lemma.lower() not in context.lexicon.telling:
        return False
    first = min([verb.i, *(c.i for c in context.document.children(verb, "aux"))])
    opened = context.document.tokens[first - 1].text == "," if first else False
    thrown_in = verb.deprel in ("parataxis", "acl", "dep", "advcl") or (verb.deprel == "ccomp" and verb.head > verb.i)
    return opened and thrown_in and first < other.i < token.i


def _is_told(context: Context, token: Token) -> bool:
    """As in "aveva parlato di un ladro": somebody of whom it is only said that there is one."""
    verb = context.document.head(token)
    said = verb is not None and verb.lemma.lower() in context.lexicon.telling | context.lexicon.speaking
    return said and token.deprel.split(":")[0] in ("obj", "obl")


def _is_of_words(context: Context, draft: Draft, token: Token) -> bool:
    """As in "«Ha ingannato una donna», ha detto il pm": one whom only quoted words bring in, for the story around."""
    within = not draft.is_named and bool(draft.heads) and draft.heads[0] in context.quoted
    return within and token.i not in context.quoted


def _only_says(context: Context, token: Token) -> bool:
    """As in "…, officials said": who is nobody but the source of a sentence is not what the text goes on about."""
    verb = context.document.head(token)
    said = verb is not None and verb.lemma.lower() in context.lexicon.telling
    return said and token.deprel == "nsubj" and token.upos == "NOUN"


def prominence(context: Context, token: Token, other: Token, distance: int) -> float:
    """Nearer ones before farther ones, subjects before objects."""
    head = top(context, other)
    relation = head.deprel if head.deprel in _WEIGHTS else head.deprel.split(":")[0]
    weight = _WEIGHTS.get(relation, 1.0)
    if head.deprel == "conj":
        weight = 1.2
    if head.deprel in _POSSESSIVES and _is_of_subject(context, head):
        weight = _OWNER
    if other.upos == "PROPN" and context.document.children(head, "cop"):
        weight = _WEIGHTS["nsubj"]  # "The missing man is Jory Pascoe"
    if head.deprel.startswith("nsubj") and _is_subordinate(context, head):
        weight = _SUBORDINATE
    if (
        head.deprel == "nsubj"
        and token.deprel == "nsubj"
        and token.upos == "PRON"
        and distance == 1
        and not {token.i, other.i} & context.quoted
    ):
        weight *= _PARALLEL
    if token.deprel in _POSSESSIVES and head.deprel.startswith("nsubj") and head.head == _clause_of(context, token):
        weight *= _OF_CLAUSE
    if other.i in context.quoted and token.i not in context.quoted:
        weight *= 0.6
    if _announces(context, other) and not _announces(context, token):
        weight *= 0.5
    if distance and is_other_paragraph(context, token, other):
        weight *= _ELSEWHERE
    return weight / (1 + distance) + 0.0005 / (1 + token.i - other.i)


def _is_of_subject(context: Context, owner: Token) -> bool:
    """As in "Brinkman's shares fell 23%": of a body whose something is the subject a sentence tells."""
    draft, owned = context.registry.by_token.get(owner.i), context.document.tokens[owner.head]
    return draft is not None and draft.kind == "organization" and owned.deprel.startswith("nsubj")


def _clause_of(context: Context, token: Token) -> int:
    """The predicate of the clause that a possessive stands in."""
    below = token
    for above in context.document.ancestors(token):
        if above.upos in ("VERB", "AUX") or context.document.children(above, "nsubj", "cop"):
            return above.i if not below.deprel.startswith("nsubj") else -1
        below = above
    return -1


def _announces(context: Context, token: Token) -> bool:
    return context.document.sentences[token.sentence].part in ("title", "section")


def _is_subordinate(context: Context, subject: Token) -> bool:
    verb = context.document.head(subject)
    return verb is not None and verb.deprel.split(":")[0] in ("advcl", "ccomp", "acl", "xcomp")


def _undecided(context: Context, one: Candidate, other: Candidate) -> bool:
    """Two who are named side by side, as equals: "Rossi e Bianchi … lui"."""
    if other.score < one.score * 0.7:
        return False
    tokens = context.document.tokens
    first, second = sorted((top(context, tokens[one.i]), top(context, tokens[other.i])), key=lambda t: t.i)
    return second.deprel == "conj" and second.head == first.i


def bound(context: Context, token: Token, other: Token) -> bool:
    """Two arguments of one verb are not the same one ("Obama told him"); a possessive may be."""
    if token.deprel in _POSSESSIVES:
        return False
    mine, theirs = top(context, token), top(context, other)
    if mine.i == theirs.i:
        return True
    core = mine.deprel.split(":")[0] in _CORE and theirs.deprel.split(":")[0] in _CORE
    if core and (theirs.i in shared_subjects(context, mine) or theirs.i in _bidden(context, mine)):
        return True
    beside = _is_beside(context, mine, theirs) or _is_beside(context, theirs, mine)
    return beside or (mine.head == theirs.head and (core or "conj" in (mine.deprel, theirs.deprel)))


def _is_beside(context: Context, second: Token, first: Token) -> bool:
    """As in "the owner and the manager", but not "the owner and manager": another one, with an article of its own."""
    joined = second.deprel == "conj" and second.head == first.i and second.upos == "NOUN"
    return joined and bool(context.document.children(second, "det"))


def shared_subjects(context: Context, argument: Token) -> list[int]:
    """The subject that a verb has from the one it is joined to: "had spoken to Reade and wished [him] well"."""
    verb = context.document.head(argument)
    if argument.deprel.startswith("nsubj") or verb is None:
        return []
    for _ in range(_CLIMB):
        above = context.document.head(verb) if verb is not None else None
        if verb is None or above is None or context.document.children(verb, "nsubj") or not _leans(context, verb):
            return []
        if verb.deprel in ("xcomp", "ccomp") and context.document.children(above, "obj", "iobj", "obl"):
            return []  # "told him to change": whose the infinitive is, only the verb says
        if found := context.document.children(above, "nsubj"):
            return [t.i for t in found]
        verb = above
    return []


def _bidden(context: Context, argument: Token) -> list[int]:
    """As in "he asked the owners to pay for [them]": who is to do it, whom its object does not mean."""
    verb = context.document.head(argument)
    bid = verb is not None and verb.deprel == "xcomp" and verb.feats.get("VerbForm") == "Inf"
    if argument.deprel.startswith("nsubj") or not bid or verb is None:
        return []
    return [t.i for t in context.document.children(verb.head, "obj", "iobj") if t.i < verb.i]


def _leans(context: Context, verb: Token) -> bool:
    """Whether a verb has its subject from the one above: joined to it, or an infinitive of it."""
    helped = context.document.children(verb, "aux")
    whole = bool(helped) and not any(t.feats.get("VerbForm") == "Fin" for t in helped)  # "di averlo trovato"
    bare = verb.feats.get("VerbForm") in ("Inf", "Ger") and not helped
    return verb.deprel == "conj" or (verb.deprel in ("xcomp", "advcl", "ccomp") and (bare or whole))


def own(context: Context, token: Token, above: bool = True) -> list[Draft]:
    """Those who stand inside a phrase, and the head of the phrase that a possessive stands in: "[his] lawyer"."""
    at = [t.i for t in _inner(context, token)]
    if token.deprel in _POSSESSIVES or token.deprel.split(":")[0] == "nmod":
        at.append(token.head)
    at.extend(_beside(context, token))
    if context.document.children(token, "cop"):  # "Il fratello era accanto a [lui]"
        at.extend(c.i for c in context.document.children(token, "nsubj"))
    if above and token.upos in ("NOUN", "ADJ", "PROPN"):
        at.extend(_over(context, token))
    verb = context.document.head(token)
    if token.upos == "NOUN":  # "Nordmann, which bought 38 per cent of the carrier"
        verb = next((t for t in context.document.ancestors(token) if t.upos in ("VERB", "AUX", "ADJ")), verb)
    if verb is not None and verb.deprel == "acl:relcl" and _subject_is_relative(context, verb):
        at.append(verb.head)
    return [draft for draft in map(context.registry.at, at) if draft is not None]


def _over(context: Context, token: Token) -> Iterator[int]:
    """The subjects of the verbs above a noun: "Vane said the driver was wrong" is not about Vane."""
    below = token
    for above in context.document.ancestors(token):
        if below.deprel.split(":")[0] in ("parataxis", "conj"):
            return
        if below.deprel.split(":")[0] == "acl":
            yield above.i  # "the teacher sacked for criticising [the head]"
            yield from (
                c.i for c in context.document.children(above, "flat", "appos", "nmod") if not _cased(context, c)
            )
        below = above
        if above.upos in ("VERB", "ADJ", "AUX"):
            for subject in context.document.children(above, "nsubj"):
                if subject.i != token.i and subject.i < token.i:
                    yield subject.i
                    inner = context.document.children(subject, "flat", "appos", "nmod")
                    yield from (c.i for c in inner if c.deprel not in _POSSESSIVES and not _cased(context, c))


def _beside(context: Context, token: Token) -> Iterator[int]:
    """The other arguments of the verb that a phrase is an argument of, each by its head and its names."""
    mine = top(context, token)
    if token.deprel in _POSSESSIVES or mine.deprel.split(":")[0] not in _CORE:
        return
    shared = [context.document.tokens[i] for i in shared_subjects(context, mine)]
    for other in [*context.document.children(mine.head, *_CORE), *shared]:
        if other.i != mine.i:
            yield other.i
            inner = context.document.children(other, "flat", "appos", "nmod")
            yield from (c.i for c in inner if c.deprel not in _POSSESSIVES and not _cased(context, c))


def _cased(context: Context, token: Token) -> bool:
    return bool(context.document.children(token, "case"))


def _subject_is_relative(context: Context, verb: Token) -> bool:
    """As in "il sindaco, che lo aveva difeso"."""
    subjects = context.document.children(verb, "nsubj")
    return any(s.feats.get("PronType") in ("Rel", "Int") or s.lower in context.lexicon.relative for s in subjects)


def _inner(context: Context, token: Token) -> Iterator[Token]:
    stack = [(token, 0)]
    while stack:
        at, depth = stack.pop()
        for child in context.document.children(at, "nmod", "nmod:poss", "det:poss", "compound", "obl", "acl", "det"):
            yield child
            if depth < _CLIMB and child.deprel != "acl:relcl":
                stack.append((child, depth + 1))


def is_other_paragraph(context: Context, token: Token, other: Token) -> bool:
    """Whether a line break parts two tokens."""
    document = context.document
    return any(
        "\n" in document.text[document.sentences[i].end : document.sentences[i + 1].start]
        for i in range(other.sentence, token.sentence)
    )
