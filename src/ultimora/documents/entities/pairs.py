"""Two at once, and one of two: "i due leader", "both", "entrambi", "the latter", "quest'ultimo"."""

from __future__ import annotations

from collections.abc import Callable, Set
from itertools import islice

from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.fitting import CALLINGS
from ultimora.documents.entities.portfolios import RULING
from ultimora.documents.entities.registry import STATES, Draft
from ultimora.documents.entities.salience import bound, own, top
from ultimora.documents.entities.shape import is_definite, is_plural, own_gender
from ultimora.types import Token

_NEAR = 3
_KIN = (("married", "spouses"), ("born", "siblings"))
"""What each of two is called, and what both are."""

_SEARCHED = 300
_RELATED = frozenset({"counterpart", "predecessor", "successor"})
_BODIES = frozenset({"organization", "government", "armed_group", "outlet"})
_TWO = 2
_UNDER = frozenset({"cabinet", "local", "diplomat", "spokesperson", "commander", "officer"})
"""Offices below those who rule."""


def gather_pair(context: Context, token: Token) -> bool:
    """Make a phrase for two a mention of both; whether it is one and the two are found."""
    if not context.referring.pairs or token.upos in ("VERB", "ADP", "PUNCT"):
        return False
    if _is_duo(context, token) and _told_as_duo(context, token):
        return True
    joint = _called_so(context, token)
    if joint:
        joint = [real(context, draft) for draft in joint]
        context.registry.share(joint, context.phrases.start(token, token.i), token.i + 1, token.i, "nominal")
        return True
    first = _phrase_start(context, token)
    if first is None and _is_duo(context, token) and _counted_before(context, token):
        return True
    if first is None:
        return _is_number(context, token) and _gather_counted(context, token, token.i, frozenset({token.lower}))
    if _gather_counted(context, token, first, context.referring.pairs["two"]):
        return True
    fits = _wanted(context, token)
    two = _named_after(context, token) or _so_called(context, token) or _in_office(context, token, fits)
    two = two or _the_two(context, token, _of_office(context, token, fits))
    if len(two) != _TWO:
        return False
    noun = token.upos in ("NOUN", "PROPN")
    last = context.phrases.extent(token)[1] if noun else token.i + 1
    first = context.phrases.start(token, first)
    two = [real(context, draft) for draft in two]
    context.registry.share(two, first, last, token.i, "nominal" if first < token.i else "pronoun")
    if noun and context.referring.is_neutral(token):
        _counted_before(context, token)
    return True


def _told_as_duo(context: Context, token: Token) -> bool:
    """As in "a married couple … The pair": two who have no names, brought in by such a noun."""
    duos = context.referring.pairs.get("duos", frozenset())
    for _, draft in islice(context.registry.before(token.i), _SEARCHED):
        if draft.kind == "group" and draft.nouns & duos and not (draft.is_named or draft.members):
            first, last = context.phrases.extent(token)
            first = context.phrases.start(token, first)
            context.registry.mention(real(context, draft), first, last, "nominal", head=token.i)
            return True
    return False


def _so_called(context: Context, token: Token) -> list[Draft]:
    """As in "due fratelli, Ivan e Denis Bressanin, … I due fratelli": the two whom the same noun has brought in."""
    for _, draft in islice(context.registry.before(token.i), _SEARCHED):
        if len(draft.members) == _TWO and token.upos == "NOUN" and token.lemma.lower() in draft.nouns:
            return draft.members
    return []


def _is_duo(context: Context, token: Token) -> bool:
    duo = {token.lower, token.lemma.lower()} & context.referring.pairs.get("duos", frozenset())
    return bool(duo) and token.upos == "NOUN" and is_definite(context.document, token)


def _counted_before(context: Context, token: Token) -> bool:
    """As in "Two brothers from Limerick … The pair": the two who were brought in as such, if no others were."""
    found: list[Draft] = []
    for i, draft in islice(context.registry.before(token.i), _SEARCHED):
        written = context.document.children(context.document.tokens[i], "nummod")
        two = any(n.lower in context.referring.pairs["two"] for n in written)
        human = draft.kind in ("group", "person") and draft.plural and not draft.members and not draft.anonymous
        if two and human and not any(draft is d for d in found):
            found.append(draft)
    if len(found) != 1:
        return False
    first, last = context.phrases.extent(token)
    first = context.phrases.start(token, first)
    context.registry.mention(real(context, found[0]), first, last, "nominal", head=token.i)
    return True


def meet(context: Context, sentence: int) -> None:
    """Remember two persons whom a verb brings together: "Rubio spoke with Lavrov. They agreed …"."""
    for verb in context.document.sentence_tokens(sentence):
        if verb.upos != "VERB" or context.registry.at(verb.i) is not None or verb.i in context.quoted:
            continue
        subjects = list(context.document.children(verb, "nsubj"))
        above = context.document.head(verb) if verb.deprel == "conj" and not subjects else None
        subjects = subjects or (list(context.document.children(above, "nsubj")) if above is not None else [])
        phrases = context.document.children(verb, "obl")
        with_ = [
            c for p in phrases for c in context.document.children(p, "nmod") if context.document.children(c, "case")
        ]
        others = context.document.children(verb, "obj", "iobj", "obl", "obl:agent")
        one = [d for d in map(context.registry.at, (t.i for t in subjects)) if d is not None]
        two = [d for d in map(context.registry.at, (t.i for t in (*others, *with_))) if d is not None]
        both = [d for d in (*one, *two) if d.kind == "person" and not d.plural and not d.members and d.announced < 0]
        if one and len(both) == _TWO and both[0] is one[0] and both[0] is not both[1]:
            context.registry.announce(Draft("", "group", plural=True, members=both), verb.i)


def _called_so(context: Context, token: Token) -> list[Draft]:
    """As in "Kevin and Loris Bell, brothers from Hull, … The brothers": those who were called so together."""
    duo = bool({token.lower, token.lemma.lower()} & context.referring.pairs.get("duos", frozenset()))
    if token.upos != "NOUN" or not (duo or is_plural(token)) or not is_definite(context.document, token):
        return []
    if any(c.deprel.split(":")[0] in ("nmod", "amod", "acl", "nummod") for c in context.document.children(token)):
        return []
    words = {token.lower, token.lemma.lower()}
    kin = _kin_of(context, words)
    for _, draft in islice(context.registry.before(token.i), _SEARCHED):
        called = bool((words | kin) & draft.nouns) or all(
            any(words & {r.title} for r in d.roles) for d in draft.members
        )
        if draft.members and called:
            return draft.members
    found = _kindred(context, token, words)
    return found if found or not duo else _the_two(context, token, _wanted(context, token))


def _kindred(context: Context, token: Token, words: set[str]) -> list[Draft]:
    """As in "Oleg Orlov and his brother, Ivan, … The brothers": two of whom one was told to be the other's.

    None where more than two are called so.
    """
    told = words | _kin_of(context, words)
    found = [(whose, who) for title, who, whose in context.kin if title in told and min(who.heads) < token.i]
    return list(found[0]) if len({id(d) for pair in found for d in pair}) == _TWO else []


def _kin_of(context: Context, words: set[str]) -> frozenset[str]:
    """What each of two is to the other who are called so together: "moglie" and "marito" for "coniugi"."""
    pairs = context.referring.pairs
    return frozenset().union(*(pairs[each] for each, many in _KIN if words & pairs.get(many, frozenset())))


def _named_after(context: Context, token: Token) -> list[Draft]:
    """As in "the two rebels, Anna Grey and Paul Dunn, …"."""
    after = context.phrases.extent(token)[1]
    following = context.document.tokens[after : after + 2]
    if len(following) < _TWO or following[0].text not in (",", ":", "("):
        return []
    one = context.registry.by_token.get(following[1].i)
    rest = [context.registry.by_token.get(t.i) for t in context.document.tokens[after + 2 : after + 9]]
    others = [d for d in rest if d is not None and d is not one]
    return [one, others[0]] if one is not None and others and one.kind == others[0].kind == "person" else []


def _is_number(context: Context, token: Token) -> bool:
    """As in "the four": a number that stands by itself."""
    alone = token.upos == "NUM" and token.deprel not in ("nummod", "flat", "compound", "nmod", "appos")
    return alone and is_definite(context.document, token) and _ends(context, token)


def _gather_counted(context: Context, token: Token, first: int, numbers: Set[str]) -> bool:
    """As in "four Serbian diplomats … the four": so many as were spoken of just before."""
    counted = _counted(context, token, numbers)
    if counted is None:
        return False
    first = context.phrases.start(token, first)
    context.registry.mention(real(context, counted), first, token.i + 1, "nominal", head=token.i)
    return True


def _counted(context: Context, token: Token, numbers: Set[str]) -> Draft | None:
    """So many who were introduced as such and without a name just before: "due funzionari francesi … I due"."""
    tokens = context.document.tokens
    for i, draft in context.registry.before(token.i):
        if token.sentence - tokens[i].sentence > _NEAR or (draft.members and len(draft.members) == _TWO):
            return None
        written = context.document.children(tokens[i], "nummod")
        two = not _office(context, token) and numbers & context.referring.pairs["two"] and not draft.members
        if two and draft.kind == "group" and draft.nouns & context.referring.pairs.get("duos", frozenset()):
            return draft  # "a married couple … The two"
        if _office(context, token) and token.lemma.lower() not in draft.nouns:
            continue  # "due fonti … i due leader"
        if is_plural(tokens[i]) and not draft.members and any(n.lower in numbers for n in written):
            return draft
    return None


def _office(context: Context, token: Token) -> str:
    found = context.lexicon.office_of(context.document, token) if token.upos in ("NOUN", "PROPN") else None
    return found[1] if found is not None else ""


def _of_office(context: Context, token: Token, fits: Callable[[Draft], bool]) -> Callable[[Draft], bool]:
    """As in "i due amministratori delegati": nobody of whom only another office is known."""
    group = _office(context, token)
    if group in RULING:  # "i due presidenti": whoever rules, but no ministers or governors
        return lambda d: fits(d) and not (set(d.groups) & _UNDER and not set(d.groups) & (RULING | {"leader"}))
    if not group or group == "leader":
        return fits
    return lambda d: fits(d) and (group in d.groups or (group not in CALLINGS and not set(d.groups) - _RELATED))


def _in_office(context: Context, token: Token, fits: Callable[[Draft], bool]) -> list[Draft]:
    """As in "the two leaders": of all persons so far the last two who hold such an office, where just two do."""
    group = _office(context, token)
    if not group:
        return []
    found: list[Draft] = []
    for i, draft in islice(context.registry.before(token.i), _SEARCHED):
        if len(found) == _TWO and token.sentence - context.document.tokens[i].sentence > _NEAR:
            break
        held = group in draft.groups or (group == "leader" and bool(RULING & set(draft.groups)))
        if held and fits(draft) and not any(draft is f for f in found):
            found.append(draft)
    return sorted(found, key=lambda d: min(d.heads)) if len(found) == _TWO else []


def _phrase_start(context: Context, token: Token) -> int | None:
    """Where a phrase for two begins: "the [two] leaders", "i [due]", "[both]"."""
    words, document = context.referring.pairs, context.document
    counted: dict[int, bool] = document.memory[_phrase_start]
    if token.sentence not in counted:
        told = document.sentence_tokens(token.sentence)
        counted[token.sentence] = any(t.lower in words["two"] or t.lower in words["both"] for t in told)
    if not counted[token.sentence]:
        return None
    if token.lower in words["both"] and not any(t.deprel == "det" for t in document.children(token)):
        return (
            None if token.deprel in ("amod", "nummod", "det", "cc:preconj") or _before_and(context, token) else token.i
        )
    if (
        token.lower in words["two"]
        and token.deprel not in ("nummod", "flat", "compound")
        and is_definite(document, token)
    ):
        return token.i if _ends(context, token) else None
    marks = [c for c in document.children(token, "nummod", "amod", "det", "det:predet") if c.i < token.i]
    first = min((c.i for c in marks), default=token.i)
    marks = [*document.tokens[max(first - 1, 0) : first], *marks] if first else marks  # "[entrambi] i politici"
    numbers = [c for c in marks if c.lower in words["two"] | words["both"] and c.sentence == token.sentence]
    both = any(c.lower in words["both"] for c in numbers)
    plural = is_plural(token) or any(is_plural(c) for c in marks)
    if not numbers or not plural or not (both or is_definite(document, token)):
        return None
    return numbers[0].i if _noun(context, token) else None


def _before_and(context: Context, token: Token) -> bool:
    after = context.document.tokens[token.i + 1 : token.i + 2]
    return bool(after) and after[0].upos in ("NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM")


def _ends(context: Context, token: Token) -> bool:
    """A number that nothing follows which it would count."""
    after = context.document.tokens[token.i + 1 : token.i + 2]
    return not after or after[0].upos not in ("NOUN", "PROPN", "NUM", "SYM", "ADP")


def _noun(context: Context, token: Token) -> str:
    words = context.referring.pairs
    lemma = token.lemma.lower()
    for kind in ("paired", "states", "companies"):
        if lemma in words[kind] or token.lower in words[kind]:
            return kind
    office = context.lexicon.office_of(context.document, token)
    return "paired" if office is not None or lemma in context.referring.neutral else ""


def _wanted(context: Context, token: Token) -> Callable[[Draft], bool]:
    duo = token.lemma.lower() in context.referring.pairs.get("duos", frozenset())
    kind = _noun(context, token) if token.upos in ("NOUN", "PROPN", "ADJ") and not duo else "paired"
    if kind == "states":
        return lambda d: d.table == STATES
    if kind == "companies":
        return lambda d: d.kind in ("organization", "outlet") and d.is_named
    gender = context.referring.genders.get(token.lemma.lower(), "")
    told = {"Fem": "f"}.get(token.feats.get("Gender", ""), "") or gender if not duo else ""  # "la coppia"
    return lambda d: d.kind == "person" and not d.plural and not d.anonymous and (not told or d.gender in ("", told))


def _the_two(context: Context, token: Token, fits: Callable[[Draft], bool]) -> list[Draft]:
    """The last two spoken of in one sentence or the one before; more than two in the nearest say nothing."""
    tokens, barred = context.document.tokens, own(context, token)
    found: list[Draft] = []
    by_sentence: dict[int, list[Draft]] = {}
    for i, draft in context.registry.before(token.i):
        distance = token.sentence - tokens[i].sentence
        if distance > _NEAR:
            break
        if bound(context, token, tokens[i]) or any(draft is b for b in barred):
            continue
        if fits(draft) and not any(draft is d for d in by_sentence.setdefault(distance, [])):
            by_sentence[distance].append(draft)
    for distance in sorted(by_sentence):
        here = by_sentence[distance]
        if len(found) == 1 and len(here) < _TWO and (couple := _couple(context, token, fits)):
            return couple
        found += [d for d in here if not any(d is f for f in found)]
        if len(found) == _TWO:
            return sorted(found, key=lambda d: min(d.heads))
        if len(found) > _TWO:
            return _side_by_side(context, token, found) or _couple(context, token, fits)
    return _couple(context, token, fits)


def _couple(context: Context, token: Token, fits: Callable[[Draft], bool]) -> list[Draft]:
    """The two whom the article has named together, as one: "Kevin and Loris Bell … The two"."""
    for _, draft in islice(context.registry.before(token.i), _SEARCHED):
        if len(draft.members) == _TWO and all(fits(d) for d in draft.members):
            return draft.members
    return []


def _side_by_side(context: Context, token: Token, found: list[Draft]) -> list[Draft]:
    """Of more than two, those who are named together: "Rossi e Bianchi"."""
    tokens = context.document.tokens
    for i, draft in context.registry.before(token.i):
        if token.sentence - tokens[i].sentence > _NEAR:
            return []
        head = top(context, tokens[i])
        other = context.registry.by_token.get(head.head) if head.deprel == "conj" else None
        if (
            other is not None
            and other is not draft
            and any(draft is d for d in found)
            and any(other is d for d in found)
        ):
            return [other, draft]
    return []


def one_of_two(context: Context, token: Token) -> Draft | None:
    """As in "il primo … il secondo", "the latter", "quest'ultimo": which of the two last spoken of."""
    words, document = context.referring.pairs, context.document
    inside = token.deprel in ("amod", "nummod", "advmod", "fixed", "nmod")
    if not words or (inside and not _stands_alone(context, token)):
        return None
    latter = token.lower in words["latter"]
    if latter and any(d.lemma.lower() in words["latter_marks"] for d in document.children(token, "det")):
        named = context.phrases.at.get(token.i + 2)
        draft = context.registry.by_token.get(token.i + 2)
        follows = document.tokens[token.i + 1 : token.i + 2]
        if follows and follows[0].text == "," and named is not None and draft is not None:
            return draft  # "Quest'ultimo, Paolo Serra, …"
        return _latest(context, token)
    place = 0 if token.lower in words["first"] else 1 if token.lower in words["second"] else None
    if place is None or not is_definite(document, token) or not _ends(context, token):
        return None
    two = _pair_before(context, token)
    return two[place] if two else None


def _stands_alone(context: Context, token: Token) -> bool:
    """As in "con [il secondo] quasi un'ora", which the parse may hang on the noun that follows."""
    before = context.document.tokens[token.i - 1] if token.i else None
    articled = before is not None and before.upos in ("DET", "ADP") and before.feats.get("Definite") == "Def"
    return token.deprel == "amod" and articled and token.head > token.i + 1 and _ends(context, token)


def _pair_before(context: Context, token: Token) -> list[Draft]:
    """The two that were spoken of together just before, or who stand side by side."""
    tokens = context.document.tokens
    for i in range(token.i - 1, -1, -1):
        if token.sentence - tokens[i].sentence > 1:
            break
        if i in context.registry.together:
            return context.registry.together[i]
    return _the_two(context, token, lambda d: d.kind == "person" and not d.plural and not d.anonymous)


def _latest(context: Context, token: Token) -> Draft | None:
    """The last person or body before, that agrees."""
    tokens, gender, many = context.document.tokens, own_gender(token), is_plural(token)
    for i, draft in context.registry.before(token.i):
        if token.sentence - tokens[i].sentence > 1:
            return None
        if many and (draft.plural or draft.kind == "group") and draft.gender in ("", gender):
            return real(context, draft)
        if many:
            continue
        able = draft.kind == "person" or (draft.kind in _BODIES and own_gender(tokens[i], gender) == gender)
        if able and draft.gender in ("", gender) and not draft.plural:
            return real(context, draft)
    return None
