"""Things that a text goes back to: "il progetto … lo ha difeso", "a ferry … the vessel". Only these become entities."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.salience import best, bound, top
from ultimora.documents.entities.shape import is_definite, is_indefinite, is_plural, is_predicate, own_gender
from ultimora.documents.entities.taking import take
from ultimora.types import EntityKind, Token

_NO_PHRASE = frozenset({"compound", "flat", "fixed", "amod"})
_KINDS: dict[str, EntityKind] = {"place": "place", "weapon": "weapon", "document": "document"}
_BODIES = frozenset({"person", "group", "government_itself", "armed_group"})
_NAMED = frozenset({"other", "place", "weapon", "document"})
_POSSESSIVES = frozenset({"nmod:poss", "det:poss"})
_OF_THINGS = frozenset({"commander", "local"})
"""Offices of whoever is over a ship or a town."""

_LIGHT = frozenset({"det", "case", "punct", "cc", "conj", "appos"})
_WEIGHTS = {"nsubj": 1.0, "obj": 1.0, "root": 0.9, "obl": 0.6, "conj": 0.6, "nmod": 0.4}
_FARTHEST = 12
_NEAR = 1
_SEARCHED = 60
_LEAST = 0.45
_OFTEN = 0.15


def announce_thing(context: Context, token: Token) -> None:
    """Remember a noun for a thing, and each time that the same words come back to it."""
    if (
        token.upos != "NOUN"
        or token.deprel in _NO_PHRASE
        or token.i in context.phrases.at
        or not _is_thing(context, token)
    ):
        return
    if context.document.sentences[token.sentence].part in ("title", "section", "standfirst"):
        return
    lemma = token.lemma.lower()
    if is_definite(context.document, token):
        for i, draft in _before(context, token, _FARTHEST):
            if lemma in draft.nouns and draft.plural == is_plural(token) and _is_plain(context, token):
                _speak(context, draft, token)
                return
            if draft.heads[0] == i and lemma in draft.nouns and draft.plural == is_plural(token):
                break
    found = context.lexicon.kind_of(context.document, token)
    draft = Draft(
        context.phrases.name_of(token), _KINDS.get(found[1] if found else "", "other"), plural=is_plural(token)
    )
    draft.gender, draft.nouns = own_gender(token), {lemma, token.lower}
    draft.announced, draft.heads = token.i, [token.i]
    context.things.append((token.i, draft))


def _is_thing(context: Context, token: Token) -> bool:
    words, found = context.referring, context.lexicon.kind_of(context.document, token)
    known = bool(words.sorts(token.lemma.lower()))
    told = context.registry.by_token.get(token.i) if known else context.registry.at(token.i)
    if told is not None or {token.lower, token.lemma.lower()} & words.clitics.get("idle", frozenset()):
        return False
    human = words.is_neutral(token) or context.lexicon.office_of(context.document, token) is not None
    human = human or token.lower in context.lexicon.unnamed
    body = found is not None and found[1] not in _KINDS
    return known or not (human or body)


def _is_plain(context: Context, token: Token) -> bool:
    """Without anything that would tell which one."""
    return all(c.deprel.split(":")[0] in _LIGHT for c in context.document.children(token))


def _before(context: Context, token: Token, reach: int) -> Iterator[tuple[int, Draft]]:
    """The things told of before a token, the nearest first."""
    for i, draft in reversed(context.things[-_SEARCHED:]):
        if token.sentence - context.document.tokens[i].sentence > reach:
            return
        if i < token.i:
            yield i, draft


def _speak(context: Context, draft: Draft, token: Token) -> None:
    context.things.append((token.i, draft))
    if draft.announced < 0:
        take(context, token, draft, "nominal")
    else:
        draft.heads.append(token.i)


def _made(context: Context, draft: Draft) -> Draft:
    """The entity of a thing, with all the nouns that have told of it."""
    if draft.announced < 0:
        return draft
    heads, draft.heads = draft.heads, []
    made = real(context, draft)
    for i in heads[1:]:
        take(context, context.document.tokens[i], made, "nominal")
    return made


def thing_of(context: Context, token: Token, traits: tuple[str, str], person: Draft | None) -> Draft | None:
    """The thing that an object pronoun means rather than a person: "ha scritto una lettera e l'ha bruciata"."""
    verb = _deed(context, token)
    lemma = verb.lemma.lower() if verb is not None else ""
    verbs = context.referring.clitics
    if verb is None or token.deprel.split(":")[0] != "obj" or lemma in verbs.get("people", ()):
        return None
    found, score = _likeliest(context, token, traits)
    if found is None:
        return None
    sure = of_things(context, token) or person is None
    near = found.heads[-1] if found.heads else 0
    here = context.document.tokens[near].sentence == token.sentence and score >= 1
    since = person is None or not any(near < i < token.i for i in person.heads)
    return _made(context, found) if score >= _LEAST and (sure or (here and since)) else None


def owning_thing(context: Context, token: Token, traits: tuple[str, str]) -> Draft | None:
    """As in "A tug sank and its skipper …", "The town was shelled. Its school …": the last subject."""
    if traits[0] != "t" or token.deprel not in _POSSESSIVES or token.i in context.quoted:
        return None
    owned = context.document.head(token)
    office = context.lexicon.office_of(context.document, owned) if owned is not None else None
    if office is not None and office[1] not in _OF_THINGS:
        return None  # "its leader": of a body
    told = {i: d for i, d in context.things[-_SEARCHED:] if _sorts(context, d) & context.referring.owning}
    for i in range(token.i - 1, context.document.sentences[max(token.sentence - 1, 0)].first - 1, -1):
        subject = context.document.tokens[i]
        if not subject.deprel.startswith("nsubj") or i in context.quoted or is_plural(subject):
            continue
        spoken = context.registry.by_token.get(i)
        draft = told.get(i) or (spoken if spoken is not None and spoken.kind in _NAMED else None)
        if draft is not None:
            return _made(context, draft)
        if subject.upos in ("NOUN", "PROPN") and (spoken is None or spoken.kind != "person"):
            return None
    return None


def _likeliest(context: Context, token: Token, traits: tuple[str, str]) -> tuple[Draft | None, float]:
    found: Draft | None = None
    most = 0.0
    for i, draft in _before(context, token, _NEAR):
        told = context.document.tokens[i]
        agrees = draft.plural == (traits[1] == "p") and traits[0] in (draft.gender, "n", "t")
        if not agrees or bound(context, token, told) or _holds(context, told, token):
            continue
        relation = top(context, told).deprel.split(":")[0]
        score = _WEIGHTS.get(relation, 0.5) / (1 + token.sentence - told.sentence)
        if score > most:
            found, most = draft, score
    return found, most


def _holds(context: Context, noun: Token, token: Token) -> bool:
    """Whether a pronoun stands within the phrase of a noun: "la legge che [la] …"."""
    return any(above.i == noun.i for above in context.document.ancestors(token))


def of_things(context: Context, token: Token) -> bool:
    """Whether a verb has things for its object, so that nobody is meant: "si è rifiutato di leggerlo"."""
    verb, verbs = _deed(context, token), context.referring.clitics
    lemma = verb.lemma.lower() if verb is not None else ""
    somebody = not context.lexicon.clitics and context.lexicon.personal.get(token.lower, ("n", "s"))[0] != "n"
    if token.deprel.split(":")[0] != "obj" or somebody:  # "him" is no thing
        return False
    before = context.document.tokens[token.i - 1] if token.i else token
    given = before.lower in verbs.get("given", ()) and lemma not in verbs.get("people", ())  # "me lo hanno preso"
    return given or lemma in verbs.get("things", ())


def _deed(context: Context, token: Token) -> Token | None:
    """The verb that an object belongs to: of "lo farà esaminare" the infinitive."""
    verb = context.document.head(token)
    if verb is None or verb.lemma.lower() not in context.lexicon.said:
        return verb
    below = context.document.children(verb, "xcomp", "ccomp")
    return next((c for c in below if c.feats.get("VerbForm") == "Inf"), verb)


def of_people(context: Context, verb: Token) -> bool:
    """Whether a verb has somebody for its object: "vuole trattenerla"."""
    return verb.lemma.lower() in context.referring.clitics.get("people", ())


def gather_thing(context: Context, token: Token) -> bool:
    """Make a wider noun for a thing its mention; whether it is one."""
    found = named_so(context, token) or _thing(context, token)
    if found is not None:
        take(context, token, found, "nominal")
    return found is not None


def _thing(context: Context, token: Token) -> Draft | None:
    """The thing that a wider noun goes back to: "the vessel" of a ferry, "il provvedimento" of a decree."""
    words = context.referring
    wide = words.things.get(token.lemma.lower()) or words.things.get(token.lower)
    sorts = wide or words.narrower.get(token.lemma.lower())
    if (
        not sorts
        or token.upos != "NOUN"
        or is_predicate(context.document, token)
        or is_indefinite(context.document, token)
    ):
        return None
    if not is_definite(context.document, token) or not _is_plain(context, token):
        return None
    named = _named(context, token, sorts)
    if not wide:  # "il traghetto" is only the one that was called so
        return named if named is not None and token.lemma.lower() in named.nouns else None
    unnamed = (
        None if named is not None and _is_nearer(context, token, named, sorts) else _unnamed(context, token, sorts)
    )
    found = unnamed or named
    if found is None:
        return None
    found = _made(context, found) if found.announced >= 0 else found
    found.nouns.add(token.lemma.lower())
    context.things.append((token.i, found))
    return found


def _sorts(context: Context, draft: Draft) -> frozenset[str]:
    words = [*draft.nouns, *draft.name.lower().split()]
    return frozenset(sort for word in words for sort in context.referring.sorts(word))


def _unnamed(context: Context, token: Token, sorts: frozenset[str]) -> Draft | None:
    """The last one of a sort, or the one called by the very noun; None where a sentence tells of two."""
    fits = [
        (context.document.tokens[i].sentence, draft)
        for i, draft in _before(context, token, _FARTHEST)
        if draft.plural == is_plural(token) and _sorts(context, draft) & sorts
    ]
    same = next((draft for _, draft in fits if token.lemma.lower() in draft.nouns), None)
    if same is not None or not fits:
        return same
    last, found = fits[0]
    return found if all(draft is found for sentence, draft in fits if sentence == last) else None


def _named(context: Context, token: Token, sorts: frozenset[str]) -> Draft | None:
    if context.referring.settlement in sorts and not is_plural(token):
        return best(context, token, lambda d: float(_is_settlement(context, d)), _FARTHEST, often=_OFTEN)
    for tried, (_, draft) in enumerate(context.registry.before(token.i)):
        if tried > _SEARCHED or is_plural(token):
            return None
        if draft.is_named and draft.kind in _NAMED and _sorts(context, draft) & sorts:
            return draft
    return None


def _is_settlement(context: Context, draft: Draft) -> bool:
    """A place with a name that is no state, region or street."""
    known = context.gazetteer.known.get(draft.name)
    town = known is None or known.sort == "capital" or (known.sort == "place" and known.table != "lands")
    other = _sorts(context, draft) - {context.referring.settlement}
    return draft.kind == "place" and draft.is_named and town and not other and not _is_other_place(context, draft)


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


def learn_things(context: Context) -> None:
    """Nouns beside the names of things: "il traghetto Santa Rosalia", "the vessel, the Bold Endeavour"."""
    for name in context.names:
        draft = context.registry.by_token.get(name.first)
        if draft is None or draft.kind not in _NAMED:
            continue
        head = context.head(name)
        beside = [context.document.head(head), *context.document.children(head, "appos", "compound", "nmod", "flat")]
        for noun in beside:
            near = noun is not None and noun.upos == "NOUN" and not context.document.children(head, "case")
            if noun is not None and near and _is_tied(head, noun) and context.referring.sorts(noun.lemma.lower()):
                draft.nouns.add(noun.lemma.lower())
                context.things.append((noun.i, draft))
    context.things.sort(key=lambda at: at[0])


def _is_tied(head: Token, noun: Token) -> bool:
    bound_ = ("flat", "appos", "compound", "nmod")
    return (head.head == noun.i and head.deprel.split(":")[0] in bound_) or (
        noun.head == head.i and noun.deprel.split(":")[0] in bound_
    )


def _is_nearer(context: Context, token: Token, named: Draft, sorts: frozenset[str]) -> bool:
    last = max((i for i in named.heads if i < token.i), default=0)
    return not any(i > last and _sorts(context, d) & sorts for i, d in _before(context, token, _FARTHEST))


def named_so(context: Context, token: Token) -> Draft | None:
    """The body or place whose name tells what it is: "la procura" of the Procura di Patti, "the court"."""
    plain = is_definite(context.document, token) and not is_plural(token) and _is_plain(context, token)
    if not plain or token.upos not in ("NOUN", "PROPN") or is_predicate(context.document, token):
        return None
    word = token.lower
    for tried, (i, draft) in enumerate(context.registry.before(token.i)):
        if tried > _SEARCHED or token.sentence - context.document.tokens[i].sentence > _FARTHEST:
            return None
        if draft.is_named and draft.kind != "person" and word in _what_it_is(draft):
            return draft
    return None


def _what_it_is(draft: Draft) -> set[str]:
    """The first and the last word of each name that a draft is called by."""
    names = [m.text.lower().split() for m in draft.mentions.values() if m.form == "name"]
    return {word for words in names for word in (words[0], words[-1])}
