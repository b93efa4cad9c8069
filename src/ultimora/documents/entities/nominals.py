"""Entities spoken of by a common noun: "the police", "fonti del ministero", "il premier britannico"."""

from __future__ import annotations

from collections.abc import Callable

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.gather import acting
from ultimora.documents.entities.pronouns import pronoun
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.roles import POSTED, country_of, gender_of, office_start, role_of, tense_of, title_of
from ultimora.documents.entities.setting import scene
from ultimora.types import EntityKind, Role, Token

_SAME_OFFICE = frozenset({"prosecutor", "head_of_state", "head_of_government", "monarch", "pope", "vice_president"})
_KINDS: dict[str, EntityKind] = {
    "government_itself": "government",
    "government": "government",
    "armed_group": "armed_group",
    "group": "group",
    "organization": "organization",
    "outlet": "outlet",
    "person": "person",
    "place": "place",
    "weapon": "weapon",
    "document": "document",
}
_LOCAL = frozenset({"group", "armed_group", "outlet"})
_RULING = frozenset({"head_of_state", "head_of_government", "monarch", "leader", "counterpart"})
_NEAR = 4
_BARE = frozenset({"det", "case", "punct", "cc", "conj"})
_REFERRING: dict[str, frozenset[str]] = {
    "organization": frozenset({"organization", "armed_group"}),
    "outlet": frozenset({"outlet"}),
    "person": frozenset({"person"}),
}
"""What a noun without a name may refer back to."""

_CALLINGS = frozenset({"profession", "leader", "director"})
_EAGER = frozenset({"government_itself", "government", "armed_group", "group", "outlet", "organization", "person"})


def gather_nominals(context: Context) -> None:
    """The nominals that name a state or an office, and unnamed sources; the others are made when asked for."""
    for token in context.document.tokens:
        if token.i not in context.registry.by_token and _is_eager(context, token):
            speak_of(context, token)


def _is_eager(context: Context, token: Token) -> bool:
    if token.upos not in ("NOUN", "PROPN", "ADJ") or token.deprel in ("amod", "compound", "flat", "fixed"):
        return False
    name = context.phrases.at.get(token.i)
    if name is not None:
        return name.known is not None and name.known.sort == "people" and _is_national(context, token)
    if token.upos == "ADJ" or _is_in_title(context, token):
        return False
    words, document = context.lexicon, context.document
    if token.lower in words.always_anonymous or token.lemma.lower() in words.always_anonymous:
        return True
    office = words.office_of(document, token)
    if office is not None:
        named = office[1] not in _CALLINGS or bool(context.phrases.states(token))
        return named and not _is_predicate(context, token)
    if words.is_source(document, token):
        return token.deprel != "xcomp" and not document.children(token, "cop")
    kind = words.kind_of(document, token)
    if kind is None or kind[1] not in _EAGER:
        return False
    if kind[1] in _REFERRING and _refers_back(context, token):
        return _last_named(context, token, _REFERRING[kind[1]]) is not None
    return bool(context.phrases.states(token)) or _is_of_body(context, token)


def _is_of_body(context: Context, token: Token) -> bool:
    """As in "ispettori dell'Onu", "Red Cross officials"."""
    owner = context.phrases.owner(token)
    named = owner is not None and owner.known is not None and owner.known.sort == "name"
    return named and _is_plural(token)


def _is_in_title(context: Context, token: Token) -> bool:
    """The "Stato" of a "segretario di Stato" is nobody."""
    governor = context.document.head(token)
    if governor is None or token.deprel.split(":")[0] != "nmod":
        return False
    if token.lower in context.lexicon.portfolios and context.lexicon.kind_of(context.document, governor):
        return True
    office = context.lexicon.office_of(context.document, governor)
    return office is not None and token.lower in office[0].split()[1:]


def _is_predicate(context: Context, token: Token) -> bool:
    if context.document.children(token, "cop"):
        return True
    return token.deprel in ("xcomp", "nmod", "obl") and not _is_definite(context, token)


def _is_national(context: Context, token: Token) -> bool:
    """A demonym that is a noun: "i russi", "the French", "two Russians"."""
    if token.deprel.split(":")[0] in ("amod", "compound", "flat"):
        return False
    before = context.document.tokens[token.i - 1] if token.i else token
    noun = before.upos == "NOUN" or context.lexicon.kind_of(context.document, before)
    if noun and before.sentence == token.sentence and before.i != token.i:
        return False
    return token.upos in ("NOUN", "PROPN") or bool(context.document.children(token, "det"))


def speak_of(context: Context, token: Token) -> Draft:
    """The entity that the phrase headed by a token speaks of; made where there is none yet."""
    found = context.registry.by_token.get(token.i)
    if found is not None:
        return found
    name = context.phrases.at.get(token.i)
    if name is not None and name.known is not None:
        if name.known.sort != "people":
            return _take(context, token, acting(context, name.known), "name")
        return _people(context, token, name.known.country)
    if token.upos == "PRON" or (token.upos == "DET" and token.deprel != "det"):
        return _pronoun(context, token)
    return _linked(context, token) or _nominal(context, token)


def _people(context: Context, token: Token, country: str | None) -> Draft:
    """Of a demonym: the nationals where it is a noun, the state where it is an adjective ("Russian attack")."""
    if not _is_national(context, token):
        if country:
            return _take(context, token, context.state(country), "name")
        return _nominal(context, token)
    country = country or context.phrases.state(token)
    if _is_plural(token) or _is_collective(context, token):
        draft = context.registry.draft(("people", country or token.lower), token.text, "group", country)
        draft.plural = True
        return _take(context, token, draft, "nominal")
    return _nominal(context, token, kind="person", country=country)


def _pronoun(context: Context, token: Token) -> Draft:
    draft = pronoun(context, token)
    if draft is None:
        draft = context.registry.draft(("pronoun", token.lower), token.text, "other")
    context.registry.mention(draft, token.i, token.i + 1, "pronoun")
    return draft


def _linked(context: Context, token: Token) -> Draft | None:
    """A name in apposition: "il quotidiano Repubblica", "the militant group Hamas"."""
    for child in context.document.children(token, "appos", "flat"):
        draft = context.registry.by_token.get(child.i)
        if draft is not None and not context.document.children(child, "case"):
            return _take(context, token, draft, "nominal")
    return None


def _nominal(context: Context, token: Token, kind: EntityKind | None = None, country: str | None = None) -> Draft:
    office = context.lexicon.office_of(context.document, token)
    if office is not None and not _is_plural(token):
        return _office(context, token, office)
    found = context.lexicon.kind_of(context.document, token)
    group = found[1] if found else ("group" if office else "")
    state = country or context.phrases.state(token)
    if group == "government_itself":
        return _government(context, token, state)
    if group == "government" and not state and not context.phrases.owner(token):
        return _body(context, token, found[0] if found else token.lemma.lower())
    if group in _REFERRING and _refers_back(context, token):
        last = _last_named(context, token, _REFERRING[group])
        if last is not None:
            return _take(context, token, last, "nominal")
    if group == "armed_group":
        owner = context.phrases.owner(token)
        if owner is not None and owner.known is not None and owner.known.kind == "armed_group":
            return _take(context, token, acting(context, owner.known), "nominal")
    return _make(context, token, kind or _kind(context, token, group), state)


def _refers_back(context: Context, token: Token) -> bool:
    """A bare definite noun: "the agency", not "the French agency"."""
    bare = all(c.deprel in _BARE for c in context.document.children(token))
    return bare and _is_definite(context, token) and not _is_plural(token)


def _last_named(context: Context, token: Token, kinds: frozenset[str]) -> Draft | None:
    """The last named entity of some kinds, not too far back: "the agency", "l'alleanza"."""
    gender = gender_of(context, token)
    found = _last(context, token, lambda d: d.kind in kinds and d.is_named and {d.gender, gender} != {"f", "m"})
    if found is None:
        return None
    near = max(i for i in found.heads if i < token.i)
    return found if token.sentence - context.document.tokens[near].sentence <= _NEAR else None


def _kind(context: Context, token: Token, group: str) -> EntityKind:
    """The kind of a nominal; those of an organization or an armed group are of its kind."""
    if group == "group" and not _is_plural(token) and _is_indefinite(context, token):
        words = {token.lower, token.lemma.lower()}
        group = "group" if words & context.lexicon.collective else "person"
    source = context.lexicon.is_source(context.document, token)
    kind = _KINDS.get(group, ("group" if _is_plural(token) else "person") if source else "other")
    if token.lower in context.lexicon.always_anonymous or token.lemma.lower() in context.lexicon.always_anonymous:
        return "group" if _is_plural(token) else "person"
    if kind == "government" and not _is_plural(token) and source:
        return "person"
    owner = context.phrases.owner(token)
    if kind in ("government", "group") and owner is not None and owner.known is not None and owner.known.sort == "name":
        return owner.known.kind if owner.known.kind in ("organization", "armed_group") else kind
    return kind


def _government(context: Context, token: Token, state: str | None) -> Draft:
    """As in "il governo turco"; "the government" alone is that of the state last spoken of."""
    if state is None:
        owner = context.phrases.owner(token)
        if owner is not None and owner.known is not None and owner.known.country is None:
            return _make(context, token, owner.known.kind, None)
        last = _last(context, token, lambda d: d.kind == "government" and d.country is not None)
        state = last.country if last else None
    if state is None:
        return _make(context, token, "government", None)
    return _take(context, token, context.state(state), "nominal")


def _body(context: Context, token: Token, lemma: str) -> Draft:
    """As in "the police" alone: the one spoken of before, else one of its own."""
    last = _last(context, token, lambda d: lemma in d.groups)
    if last is not None and _is_definite(context, token):
        return _take(context, token, last, "nominal")
    return _make(context, token, _kind(context, token, "government"), None)


def _make(context: Context, token: Token, kind: EntityKind, state: str | None) -> Draft:
    """A nominal entity; the same words of the same state are the same one, but "a source" is each time another."""
    anonymous = _is_anonymous(context, token)
    name = context.phrases.name_of(token, wide=anonymous)
    owner = context.phrases.owner(token)
    if state is None and anonymous:
        state = _close_to(context, token)
    if state is None and kind in ("armed_group", "government", "group") and owner is not None:
        state = owner.country
    if state is None and kind in _LOCAL and not anonymous:
        state = scene(context, token.sentence)
    lemma = context.lexicon.kind_of(context.document, token)
    word = lemma[0] if lemma else token.lemma.lower()
    unique = str(token.i) if _is_indefinite(context, token) and not _is_plural(token) else ""
    key = ("nominal", word, state or "", name.lower() if anonymous or not state else "", unique)
    draft = context.registry.draft(key, name, kind, state)
    draft.anonymous = draft.anonymous or anonymous
    draft.plural = draft.plural or _is_plural(token)
    draft.groups.setdefault(word, state)
    if kind == "person":
        draft.gender = draft.gender or gender_of(context, token)
    return _take(context, token, draft, "nominal")


def _close_to(context: Context, token: Token) -> str | None:
    """The one state whose bodies an unnamed source is close to: "fonti vicine al ministero degli Esteri turco"."""
    first, last = context.phrases.extent(token, wide=True)
    names = {context.phrases.at[i] for i in range(first, last) if i in context.phrases.at}
    places = {i for i in range(first, last) if (d := context.registry.by_token.get(i)) and d.kind == "place"}
    states = {n.country for n in names if n.country and n.first not in places}
    return states.pop() if len(states) == 1 else None


def _office(context: Context, token: Token, office: tuple[str, str]) -> Draft:
    """An office without a name: who holds it in this article, else a person known only by it."""
    states, title = context.phrases.states(token, office[1] in POSTED), title_of(context, token)
    of = role_of(context, token, title, states)
    country = country_of(context, title, states)
    nickname = context.lexicon.nicknames.get(_whole(context, token)) or context.lexicon.nicknames.get(office[0])
    group = nickname.split()[0] if nickname else office[1]
    if nickname and " " in nickname:
        of = country = nickname.split()[1]
    if not _is_indefinite(context, token):
        holder = _holder(context, token, group, title, of or country, country)
        if holder is not None:
            if group != "counterpart":
                holder.add_role(Role(title, of, token.sentence, tense_of(context, token)), group)
            return _take(context, token, holder, "nominal")
    draft = _unnamed(context, token, title, of)
    draft.country = draft.country or country
    draft.gender = draft.gender or gender_of(context, token)
    draft.add_role(Role(title, of, token.sentence, tense_of(context, token)), group)
    return _take(context, token, draft, "nominal")


def _unnamed(context: Context, token: Token, title: str, of: str | None) -> Draft:
    unique = str(token.i) if _is_indefinite(context, token) else ""
    name = context.phrases.name_of(token, wide=False)
    draft = context.registry.draft(("office", title, of or "", unique), name, "person")
    draft.anonymous = context.lexicon.is_source(context.document, token)
    return draft


def _whole(context: Context, token: Token) -> str:
    return context.phrases.name_of(token, wide=False).lower()


def _holder(
    context: Context, token: Token, group: str, title: str, of: str | None, country: str | None
) -> Draft | None:
    """The person of this article who holds an office: the last one named before, else the first one after."""

    def fits(draft: Draft) -> bool:
        if draft.kind != "person" or group not in draft.groups:
            return False
        if of and not (draft.groups[group] == of or (country and draft.country == country)):
            return False
        return group in _SAME_OFFICE or any(_same_title(title, r.title) for r in draft.roles)

    found = _last(context, token, fits) or _only(context, fits)
    return found or (_known_ruler(context, token, group, country) if country and group in _RULING else None)


def _known_ruler(context: Context, token: Token, group: str, country: str) -> Draft | None:
    """A ruler whom the article names without an office: the one person of that state who has no other office."""

    def fits(draft: Draft) -> bool:
        free = not draft.groups or any(g in _RULING and of == country for g, of in draft.groups.items())
        return draft.kind == "person" and draft.country == country and free and draft.is_named

    return _only(context, fits) or (_last(context, token, fits) if group == "counterpart" else None)


def _same_title(one: str, other: str) -> bool:
    """As in "ministro" may be the "ministro degli esteri", but the "ministro della difesa" may not."""
    mine, theirs = one.split(), other.split()
    return one == other or set(mine) <= set(theirs) or set(theirs) <= set(mine)


def _last(context: Context, token: Token, fits: Callable[[Draft], bool]) -> Draft | None:
    best, at = None, -1
    for draft in context.registry.drafts:
        before = [i for i in draft.heads if i < token.i]
        if before and max(before) > at and fits(draft):
            best, at = draft, max(before)
    return best


def _only(context: Context, fits: Callable[[Draft], bool]) -> Draft | None:
    found = [d for d in context.registry.drafts if fits(d)]
    return found[0] if len(found) == 1 else None


def _is_anonymous(context: Context, token: Token) -> bool:
    return context.lexicon.is_source(context.document, token)


def _is_plural(token: Token) -> bool:
    return token.feats.get("Number") == "Plur"


def _is_collective(context: Context, token: Token) -> bool:
    """As in "the French": an article that shows no number."""
    articles = context.document.children(token, "det")
    return any(d.feats.get("Definite") == "Def" and "Number" not in d.feats for d in articles)


def _is_indefinite(context: Context, token: Token) -> bool:
    articles = context.document.children(token, "det")
    return any(d.feats.get("Definite") == "Ind" or d.feats.get("PronType") == "Ind" for d in articles)


def _is_definite(context: Context, token: Token) -> bool:
    marks = context.document.children(token, "det", "case", "nmod:poss")
    return any(
        d.feats.get("Definite") == "Def" or d.deprel == "nmod:poss" or (d.upos == "ADP" and d.lower != d.lemma.lower())
        for d in marks
    )


def _take(context: Context, token: Token, draft: Draft, form: str) -> Draft:
    """Make the phrase of a token a mention of a draft."""
    first, last = context.phrases.extent(token, draft.anonymous) if form == "nominal" else (token.i, token.i + 1)
    if form == "nominal":
        first = context.phrases.start(token, min(first, office_start(context, token)))
    context.registry.mention(draft, first, last, "nominal" if form == "nominal" else "name", head=token.i)
    return draft
