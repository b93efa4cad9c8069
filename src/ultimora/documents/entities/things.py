"""Things that a text goes back to: "il progetto … lo ha difeso", "a ferry … the vessel". Only these become entities."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from operator import itemgetter

from ultimora.documents.entities.announcing import real, with_number
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.humans import is_shown_human
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.shape import is_definite, is_plural, own_gender
from ultimora.documents.entities.taking import take
from ultimora.types import EntityKind, Token

_NO_PHRASE = frozenset({"compound", "flat", "fixed", "amod"})
_KINDS: dict[str, EntityKind] = {"place": "place", "weapon": "weapon", "document": "document"}
NAMED = frozenset({"other", "place", "weapon", "document"})
_LIGHT = frozenset({"det", "case", "punct", "cc", "conj", "appos"})
_FARTHEST = 12
_SEARCHED = 60


def announce_thing(context: Context, token: Token) -> None:
    """Remember a noun for a thing, and each time that the same words come back to it."""
    if token.upos != "NOUN" or token.deprel in _NO_PHRASE or _is_name(context, token):
        return
    told = context.registry.by_token.get(token.i)
    if told is not None and told.kind in NAMED:
        tell(context, token, told)
    if not _is_thing(context, token):
        return
    if context.document.sentences[token.sentence].part in ("title", "section"):
        return
    lemma = context.referring.noun(token)
    if is_definite(context.document, token):
        for i, draft in _before(context, token, _FARTHEST):
            if lemma in draft.nouns and draft.plural == is_plural(token) and _is_plain(context, token):
                _speak(context, draft, token)
                return
            if draft.heads[0] == i and lemma in draft.nouns and draft.plural == is_plural(token):
                break
    found = context.lexicon.kind_of(context.document, token)
    spelled = not any(c.text[:1].isdigit() for c in context.document.children(token, "nummod"))
    name = with_number(context, token) if spelled else context.phrases.name_of(token)
    draft = Draft(name, _KINDS.get(found[1] if found else "", "other"), plural=is_plural(token))
    draft.gender, draft.nouns = own_gender(token), {lemma, token.lower}
    draft.announced, draft.heads = token.i, [token.i]
    tell(context, token, draft)


def _is_name(context: Context, token: Token) -> bool:
    return token.i in context.phrases.at or token.i in context.beside


def tell(context: Context, token: Token, draft: Draft) -> None:
    """Remember that a noun tells of a thing, under the noun and under each of its sorts."""
    context.things.append((token.i, draft))
    for key in (context.referring.noun(token), *context.referring.sorts_at(token)):
        _note(context, key, token.i, draft)


def _note(context: Context, key: str, i: int, draft: Draft) -> None:
    insort(context.told.setdefault(key, []), (i, draft), key=itemgetter(0))


def _is_thing(context: Context, token: Token) -> bool:
    words, found = context.referring, context.lexicon.kind_of(context.document, token)
    known = bool(words.sorts_at(token))
    told = context.registry.by_token.get(token.i) if known else context.registry.at(token.i)
    if told is not None:
        return False
    if any(c.lower in words.likening for c in context.document.children(token, "case", "mark")):
        return False  # "lo ospita come un nemico"
    if {token.lower, token.lemma.lower()} & words.clitics.get("idle", frozenset()):
        return known and _is_sum(context, token)
    human = words.is_neutral(token) or context.lexicon.office_of(context.document, token) is not None
    human = human or token.lower in context.lexicon.unnamed or (not known and is_shown_human(context, token))
    body = found is not None and found[1] not in _KINDS
    return known or not (human or body)


def _is_sum(context: Context, token: Token) -> bool:
    """As in "90 milioni di euro", which are spent; but not "90 milioni di persone"."""
    what = context.document.children(token, "nmod")
    money = all(context.referring.sorts_at(c) & context.referring.sorts_at(token) for c in what)
    return bool(context.document.children(token, "nummod")) and money


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


def told_at(context: Context, i: int) -> Draft | None:
    """Of whom or what a token speaks; a thing becomes an entity by that."""
    thing = next((draft for at, draft in reversed(context.things[-_SEARCHED:]) if at == i), None)
    return made(context, thing) if thing is not None else context.registry.at(i)


def made(context: Context, draft: Draft) -> Draft:
    """The entity of a thing, with all the nouns that have told of it."""
    if draft.announced < 0:
        return draft
    heads, draft.heads = draft.heads, []
    made = real(context, draft)
    for i in heads[1:]:
        take(context, context.document.tokens[i], made, "nominal")
    return made


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


def learn_things(context: Context) -> None:
    """Nouns beside the names of things: "il traghetto Santa Rosalia", "the vessel, the Bold Endeavour"."""
    for name in context.names:
        draft = context.registry.by_token.get(name.first)
        if draft is None or draft.kind not in NAMED:
            continue
        head = context.head(name)
        beside = [context.document.head(head), *context.document.children(head, "appos", "compound", "nmod", "flat")]
        for noun in beside:
            near = noun is not None and noun.upos == "NOUN" and not context.document.children(head, "case")
            if noun is not None and near and _is_tied(context, head, noun) and context.referring.sorts_at(noun):
                draft.nouns.add(context.referring.noun(noun))
                context.things.append((noun.i, draft))
                context.beside[noun.i] = draft
    context.things.sort(key=lambda at: at[0])
    for name in context.names:
        draft = context.registry.by_token.get(name.first)
        if draft is not None and draft.kind in NAMED:
            for key in (*draft.nouns, *context.referring.sorts_of(draft.nouns, draft.name)):
                _note(context, key, name.first, draft)


def _is_tied(context: Context, head: Token, noun: Token) -> bool:
    """Whether a noun says what a name is: "the Aino, a tug", but not "a Leeds warehouse", which is only there."""
    draft = context.registry.by_token.get(head.i)
    place = draft is not None and draft.kind == "place" and not is_definite(context.document, noun)
    relations = ("flat", "appos", "compound", "nmod")
    above = head.head == noun.i and head.deprel.split(":")[0] in relations and not (place and head.deprel != "appos")
    return above or (noun.head == head.i and noun.deprel.split(":")[0] in relations)
