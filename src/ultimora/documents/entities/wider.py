"""Noun phrases that go back to a thing, by the same noun or by a wider one: "a ferry … the vessel"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from operator import itemgetter

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.crafts import become
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.salience import best, bound, top
from ultimora.documents.entities.shape import is_added, is_definite, is_indefinite, is_plural, is_predicate
from ultimora.documents.entities.taking import take
from ultimora.documents.entities.things import NAMED, made, tell
from ultimora.documents.wordlists import words as listed
from ultimora.types import Token

_LIGHT = frozenset({"det", "case", "punct", "cc", "conj", "appos", "cop", "advmod", "mark", "nsubj", "aux"})
_WHOSE = frozenset({"nmod:poss", "det:poss"})
_WEIGHTS = {"nsubj": 1.0, "obj": 1.0, "root": 1.0, "conj": 0.8, "obl": 0.85, "nmod": 0.65, "appos": 0.9}
_Fit = Callable[[Context, Token, Draft], float]
_FAR, _NEAR = 16, 3
"""How many sentences back a thing may be, and one that a vague noun goes back to."""

_CENTRAL = 2
"""How much further back one may be that the title speaks of."""

_SEARCHED = 60
_CLOSE = 3
_OFTEN, _MOST = 0.1, 4
_FIRST, _FADING, _SLOWLY = 0.1, 0.25, 0.15
"""What the first sentence between takes away, and each further one; of a thing that the title speaks of less."""

_ALIKE = 0.3
"""What each further sort that two nouns share adds."""

_ABOVE = 0.4
"""What a thing weighs that only the lines above the article tell of: it brings them in anew."""

_EQUAL = 0.97
_OTHER_NOUN = 0.8
_FAMILIAR = 0.6
_TOWN_OFTEN = 0.15


@dataclass(slots=True)
class _Told:
    """A thing spoken of before a phrase: where last, how often, and how well it fits."""

    draft: Draft
    i: int
    often: int = 1
    fit: float = 1.0
    sorts: int = 1


def gather_thing(context: Context, token: Token) -> bool:
    """Make a noun phrase the mention of the thing that it goes back to; whether there is one."""
    found = _named_beside(context, token) or named_so(context, token) or _thing(context, token)
    if found is not None:
        take(context, token, found, "nominal")
        if found.kind in NAMED:
            tell(context, token, found)
    return found is not None


def _named_beside(context: Context, token: Token) -> Draft | None:
    """The name that a noun stands beside; what the noun goes back to gets that name: "a tug … The vessel, the Aino"."""
    named = context.beside.get(token.i)
    if named is None or context.registry.by_token.get(token.i) is not None:
        return None
    told = _thing(context, token) if min(named.heads) > token.i - _CLOSE else None
    if told is not None and told is not named and not told.is_named:
        become(context, told, named)
    return named


def _thing(context: Context, token: Token) -> Draft | None:
    """The thing that a noun goes back to: "the vessel" of a ferry, "il provvedimento" of a decree."""
    document, words = context.document, context.referring
    if token.upos != "NOUN" or not is_definite(document, token) or is_indefinite(document, token):
        return None
    if is_predicate(document, token) or _is_counting(context, token):
        return None
    which = _which(context, token)
    if which is None:
        return None
    noun = words.noun(token)
    found = _likeliest(context, token, [noun], which, _again)
    if found is None or _is_only_above(context, found):
        found = _town(context, token) or _likeliest(context, token, words.wide(token), which, _fit) or found
    found = found or _likeliest(context, token, words.narrow(token), which, _wide_before)
    found = found or _likeliest(context, token, words.narrow(token) & words.craft, which, _only_craft)
    if found is None:
        return None
    found = made(context, found)
    found.nouns.add(noun)
    return found


def _is_only_above(context: Context, draft: Draft) -> bool:
    """Whether only the lines above the article have told of a thing, which it may bring in by another noun."""
    return context.document.sentences[context.document.tokens[draft.heads[-1]].sentence].part == "standfirst"


def _is_counting(context: Context, token: Token) -> bool:
    """As in "mezzo di euro": a noun that counts something."""
    idle = context.referring.clitics.get("idle", frozenset())
    return any(c.lemma.lower() in idle for c in context.document.children(token, "nmod"))


def _which(context: Context, token: Token) -> set[str] | None:
    """The words of a phrase that must have been said of the thing before; None where it is another one."""
    must: set[str] = set()
    words = context.referring
    for child in context.document.children(token):
        relation = child.deprel.split(":")[0]
        owned = child.deprel in _WHOSE and not words.sorts_at(token) & words.craft  # "la loro barca"
        if owned or relation == "nummod":
            return None
        if child.deprel in _WHOSE:
            continue
        forms = {child.lower, child.lemma.lower()}
        if relation in _LIGHT or forms & words.materials or is_added(context.document, token, child):
            continue
        if forms & words.contrasts:
            return None
        if relation != "amod" or context.phrases.codes(child):
            must.add(child.lemma.lower())
    return must


def _town(context: Context, token: Token) -> Draft | None:
    """The town that "the city" is, where one has a name."""
    if context.referring.settlement not in context.referring.wide(token) or is_plural(token):
        return None
    if token.text[:1].isupper() and token.i > context.document.sentences[token.sentence].first + 1:
        return None  # "il Paese" is a nation
    for child in context.document.children(token, "nmod", "appos", "flat"):
        named = context.registry.by_token.get(child.i)
        if named is not None and named.kind == "place" and named.is_named and child.i > token.i:
            return named if _is_settlement(context, named) else None  # "the besieged town of Nabag"

    def fits(draft: Draft) -> float:
        return float(_is_settlement(context, draft) and not _is_only_spoken_from(context, draft))

    return best(context, token, fits, _FAR, often=_TOWN_OFTEN)


def _likeliest(context: Context, token: Token, keys: Iterable[str], which: Set[str], fit: _Fit) -> Draft | None:
    """Of the things told by some nouns or sorts the nearest and most spoken of; None where two are equally so."""
    found: dict[int, _Told] = {}
    for key in keys:
        met: set[int] = set()
        for i, draft in _before(context, token, key):
            known = found.setdefault(id(draft), _Told(draft, i, 0, -1.0, 0))
            if known.fit < 0:
                known.fit = fit(context, token, draft) if which <= _said(context, draft, which) else 0.0
            known.often, known.i = known.often + 1, max(known.i, i)
            known.sorts += id(draft) not in met
            met.add(id(draft))
    scored = sorted(((_score(context, token, t), t.draft) for t in found.values()), key=lambda s: -s[0])
    if not scored or scored[0][0] <= 0 or (len(scored) > 1 and scored[1][0] >= _EQUAL * scored[0][0]):
        return None
    return scored[0][1]


def _again(context: Context, token: Token, draft: Draft) -> float:
    """How well a thing fits the very noun by which it was brought in: "a footbridge in Leeds … the footbridge"."""
    agrees = draft.plural == is_plural(token)
    return float(agrees and (draft.is_named or _is_brought_in(context, draft)))


def _wide_before(context: Context, token: Token, draft: Draft) -> float:
    """As in "the vessel, the Aino, … the freighter": told by wide nouns alone so far, and now by a narrower one."""
    narrower = any(noun in context.referring.narrower for noun in draft.nouns)
    return 0.0 if narrower or not _again(context, token, draft) else _OTHER_NOUN


def _only_craft(context: Context, token: Token, draft: Draft) -> float:
    """As in "la motonave Sirena Blu … il mercantile": the one craft of its sort that the text tells of."""
    keys = context.referring.narrow(token) & context.referring.craft
    told = {id(d) for key in keys for i, d in context.told.get(key, ()) if i < token.i}
    return _OTHER_NOUN if len(told) == 1 and _again(context, token, draft) else 0.0


def _fit(context: Context, token: Token, draft: Draft) -> float:
    """How well a thing fits a wider noun, whatever the distance."""
    numberless = context.referring.noun(token) in context.referring.numberless
    if draft.plural != is_plural(token) and not numberless:
        return 0.0
    narrower = draft.is_named or any(noun in context.referring.narrower for noun in draft.nouns)
    brought = draft.is_named or _is_brought_in(context, draft)
    return (1.0 if narrower else _OTHER_NOUN) * (1.0 if brought else _FAMILIAR)


def _score(context: Context, token: Token, told: _Told) -> float:
    at, words = context.document.tokens[told.i], context.referring
    distance = token.sentence - at.sentence
    vague = words.noun(token) in words.vague and words.noun(token) not in told.draft.nouns
    central = bool(told.draft.nouns & context.titled)
    reach = (_NEAR if told.fit >= _OTHER_NOUN else 1) if vague else _FAR
    if told.fit <= 0 or distance > reach * (_CENTRAL if central else 1):
        return 0.0
    if bound(context, token, at) or _holds(context, at, token):
        return 0.0
    part = context.document.sentences[at.sentence].part
    weight = _ABOVE if part == "standfirst" else _WEIGHTS.get(top(context, at).deprel.split(":")[0], 0.7)
    often = 1 + _OFTEN * min(told.often // told.sorts - 1, _MOST)
    fading = 1 + _FIRST * min(distance, 1) + (_SLOWLY if central else _FADING) * max(distance - 1, 0)
    return told.fit * weight * often * (1 + _ALIKE * (told.sorts - 1)) / fading


def _holds(context: Context, noun: Token, token: Token) -> bool:
    """Whether a phrase stands within another's: "the owner of the ship that [the vessel] …"."""
    return any(above.i == noun.i for above in context.document.ancestors(token))


def _before(context: Context, token: Token, key: str) -> Iterator[tuple[int, Draft]]:
    """The things told of before a token by a noun or a sort, the nearest first."""
    entries = context.told.get(key, [])
    last = bisect_left(entries, token.i, key=itemgetter(0))
    for i, draft in reversed(entries[max(last - _SEARCHED, 0) : last]):
        if token.sentence - context.document.tokens[i].sentence > _CENTRAL * _FAR:
            return
        yield i, draft


def _is_brought_in(context: Context, draft: Draft) -> bool:
    """Whether a thing was told as one that the reader did not know, or has a name: "a ferry", "the ferry to Bari"."""
    if draft.announced < 0:
        return True
    first = context.document.tokens[draft.heads[0]]
    if not is_definite(context.document, first):
        return True
    return any(
        c.deprel.split(":")[0] in ("nmod", "acl", "amod", "compound", "nummod") or c.deprel in _WHOSE
        for c in context.document.children(first)
    )


def _said(context: Context, draft: Draft, wanted: Set[str]) -> Set[str]:
    """The words by which a text has told of a thing so far, where any are wanted."""
    if not wanted:
        return wanted
    found = {*draft.nouns, *draft.name.lower().split()}
    for i in draft.heads[:_MOST]:
        for child in context.document.children(context.document.tokens[i]):
            found.add(child.lemma.lower())
            found.update(c.lemma.lower() for c in context.document.children(child))
    return found


def _is_settlement(context: Context, draft: Draft) -> bool:
    """A place with a name that is no state, region or street."""
    known = context.gazetteer.known.get(draft.name)
    town = known is None or known.sort == "capital" or (known.sort == "place" and known.table != "lands")
    other = context.referring.sorts_of(draft.nouns, draft.name) - {context.referring.settlement}
    return draft.kind == "place" and draft.is_named and town and not other and not _is_other_place(context, draft)


def _is_only_spoken_from(context: Context, draft: Draft) -> bool:
    """As in "ha detto da Bari il comandante": where somebody speaks is not where it happened."""
    from_there = listed(context.document.language, "cases", "source")
    told = [context.document.tokens[i] for i in draft.heads]
    verbs = [context.document.head(t) for t in told]
    says = all(v is not None and v.lemma.lower() in context.lexicon.telling for v in verbs)
    return says and all(any(c.lemma.lower() in from_there for c in context.document.children(t, "case")) for t in told)


def _is_other_place(context: Context, draft: Draft) -> bool:
    """As in "la regione del Darfur", "via Mulino": called something else than a town."""
    tokens = context.document.tokens
    words = {w for i in draft.heads for w in _around(context, tokens[i])}
    first = draft.name.lower().split()[0]
    return bool(words & context.referring.lands) or first in context.referring.clitics.get("streets", ())


def _around(context: Context, token: Token) -> Iterator[str]:
    """What a name hangs on, and the noun before it."""
    above = context.document.head(token)
    if (
        above is not None
        and above.upos == "NOUN"
        and token.deprel.split(":")[0] in ("nmod", "appos", "flat", "compound")
    ):
        yield above.lemma.lower()
    yield from (t.lemma.lower() for t in context.document.children(token, "appos", "compound", "nmod"))


def named_so(context: Context, token: Token) -> Draft | None:
    """The body or place whose name tells what it is: "la procura" of the Procura di Patti, "the court"."""
    plain = is_definite(context.document, token) and not is_plural(token) and _is_plain(context, token)
    if not plain or token.upos not in ("NOUN", "PROPN") or is_predicate(context.document, token):
        return None
    word = token.lower
    for tried, (i, draft) in enumerate(context.registry.before(token.i)):
        if tried > _SEARCHED or token.sentence - context.document.tokens[i].sentence > _FAR:
            return None
        if draft.is_named and draft.kind != "person" and word in _what_it_is(draft):
            return draft
    return None


def _is_plain(context: Context, token: Token) -> bool:
    """Without anything that would tell which one."""
    return all(
        c.deprel.split(":")[0] in ("det", "case", "punct", "cc", "conj", "appos")
        or is_added(context.document, token, c)
        for c in context.document.children(token)
    )


def _what_it_is(draft: Draft) -> set[str]:
    """The first and the last word of each name that a draft is called by."""
    names = [m.text.lower().split() for m in draft.mentions.values() if m.form == "name"]
    return {word for words in names for word in (words[0], words[-1])}
