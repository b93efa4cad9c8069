"""To which organization a phrase without a name goes back: "l'azienda", "the agency", "the Japanese company"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from itertools import islice, takewhile

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.portfolios import serves_another
from ultimora.documents.entities.registry import STATES, Draft
from ultimora.documents.entities.salience import best
from ultimora.documents.entities.shape import is_added, is_definite, is_plural
from ultimora.documents.entities.titles import are_apart
from ultimora.types import Token

_KINDS = frozenset({"organization", "outlet", "armed_group", "government"})
_BARE = frozenset({"det", "case", "punct", "cc", "conj", "acl", "amod", "appos", "advmod", "compound", "acl:relcl"})
_TOLD_BY_NAME = frozenset(
    {"named", "bank", "university", "school", "hospital", "council", "police", "ministry", "alliance"}
)
"""What an organization would be told to be by its name; anything else, one of which nothing is told may be."""

_VAGUE = frozenset({"company", "agency", "association"})
"""What a body of which nothing is told is easily called; a union, a party or a club mostly says that it is one."""

_TRADING = frozenset({"bank", "outlet", "club"})
"""What is a company, too."""

_OF_KINDS = {"outlet": frozenset({"outlet"}), "armed_group": frozenset({"armed"})}
_MINISTRY = frozenset({"ministry"})
_NEWS = frozenset({"outlet"})
_TRADE = frozenset({"company", "bank"})
_NEAR = 5
_FRESH = 2
_FAR = 12
_FARTHEST = 24
_SEARCHED = 300
_EARLY = 8
_LONG = 4
_NAMED_SO = 1.5
_OFTEN = 0.08
_TOPIC = 0.5
"""How much more likely the one is that the whole article speaks of most."""

_OUTLET = 0.5
"""How well an outlet is meant by a noun for any company."""

_SURE, _OPEN_FIT = 2.0, 0.8


def kinds_of(context: Context, draft: Draft) -> frozenset[str]:
    """The kinds of organization that a draft is: by its table, its nouns and the words of its name."""
    words = context.referring
    told = words.kinds_of_name(draft.name)
    found = told | words.tables.get(draft.table, frozenset()) - (_TRADE if told else frozenset())
    found |= _OF_KINDS.get(draft.kind, frozenset())
    if draft.table == "institutions" and {draft.name.lower(), *draft.name.lower().split()} & words.staffed.keys():
        found -= words.tables.get("institutions", frozenset())  # "l'agenzia" is not the fire brigade
    seat = context.lexicon.seats.get(draft.name, "")
    found |= _MINISTRY if seat.startswith("cabinet") else frozenset()  # "la Farnesina … il ministero"
    for noun in draft.nouns:
        kinds = words.organizations.get(noun, frozenset())
        found |= kinds - _NEWS if "agency" in kinds and draft.kind != "outlet" else kinds
    return found


def may_refer(context: Context, token: Token) -> bool:
    """A definite noun for an organization that names no other: "the aid group", not "the group of seven"."""
    if not context.referring.kinds(token) or is_plural(token) or not is_definite(context.document, token):
        return False
    return all(is_light(context, c) and not _says_which(context, token, c) for c in context.document.children(token))


def _says_which(context: Context, token: Token, child: Token) -> bool:
    """As in "the agency that is supposed to do it": a clause right behind a noun, with no comma, brings in another."""
    told = (c.lower in context.lexicon.relative for c in context.document.children(child))
    return child.deprel == "acl:relcl" and any(told) and not is_added(context.document, token, child)


def is_light(context: Context, child: Token) -> bool:
    """Whether what hangs on a noun does not say that another one is meant."""
    if child.deprel in _BARE or child.deprel.split(":")[0] in ("acl",):
        return not (child.deprel == "appos" and child.i in context.registry.by_token)
    if child.deprel == "nmod":
        cases = context.document.children(child, "case")
        if cases and not any(c.lemma.lower() in context.lexicon.links for c in cases):
            return True  # "far uscire il partito | dal governo": it hangs there by mistake
        name = context.phrases.at.get(child.i)
        if name is None and (_is_of_trade(context, child) or _is_charge(context, child)):
            return True
        if name is not None and name.known is not None and name.known.table == "organizations":
            return True  # "l'agenzia dell'Onu"
        known = name.known.sort in ("capital", "place") if name is not None and name.known is not None else None
        return name is not None and (name.label == "LOC" if known is None else known)
    return False


def _is_charge(context: Context, child: Token) -> bool:
    """As in "accused the agency of bias": what somebody is charged with hangs on them by mistake."""
    noun = context.document.tokens[child.head]
    verb = context.document.head(noun)
    charged = noun.deprel in ("obj", "nsubj:pass") and verb is not None
    return charged and verb is not None and verb.lemma.lower() in context.referring.charging


def _is_of_trade(context: Context, child: Token) -> bool:
    """As in "il colosso dei pagamenti", "the maker of trucks": what a company is known for."""
    giant = context.document.tokens[child.head]
    plain = child.upos == "NOUN" and all(
        c.deprel in _BARE and c.i not in context.phrases.at for c in context.document.children(child)
    )
    return plain and bool({giant.lower, giant.lemma.lower()} & context.referring.signs.get("giants", frozenset()))


def organization(context: Context, token: Token) -> Draft | None:
    """The organization before a phrase that fits it best."""
    wanted = _Wanted(context, token)
    sure = best(context, token, wanted.surely, _FAR, often=_OFTEN, above=False)
    sure = None if sure is not None and sure.kind == "outlet" and wanted.noun not in sure.nouns else sure
    home: Callable[[Draft], float] = lambda d: wanted.fit(d) * (wanted.state is not None and d.country == wanted.state)  # noqa: E731
    return (
        sure
        or _announced(context, token, home)
        or _nearest(context, token, wanted.fit, wanted.strength)
        or _foremost(context, token, wanted.fit)
        or _announced(context, token, wanted.fit)
    )


class _Wanted:
    """What a noun for an organization asks of whatever it goes back to."""

    def __init__(self, context: Context, token: Token) -> None:
        signs = context.referring.signs
        self.context, self.token, self.noun = context, token, token.lemma.lower()
        self.state, self.owner = _state_of(context, token), context.phrases.owner(token)
        self.sorts, self.kinds = context.referring.kinds(token), _kinds_meant(context, token)
        self.called, self.said = _is_called(context, token), _said(context, token)
        self.wide = signs.get("worldwide", frozenset())
        self.vague = signs.get("vague", frozenset())
        self.sworn = bool({token.lower, self.noun} & signs.get("sworn", frozenset()))
        named = (d for d in context.registry.drafts if d.kind in _KINDS and d.is_named)
        self.most = max((len(d.heads) for d in named), default=1)

    def strength(self, draft: Draft) -> float:
        """How well a body fits, better the more the article speaks of it."""
        return self.fit(draft) * (1 + _TOPIC * len(draft.heads) / self.most)

    def surely(self, draft: Draft) -> float:
        """Of the state that the phrase says, or called so before."""
        at_home = self.state is not None and draft.country == self.state
        called = self.noun in draft.nouns or _is_in_name(self.context, draft, self.noun)
        return self.strength(draft) if draft.is_named and (at_home or called) else 0.0

    def fit(self, draft: Draft) -> float:
        """How well a body fits by what the text has told of it."""
        if draft.kind not in self.kinds or draft.table == STATES or _is_another(self.context, draft, self.token):
            return 0.0
        if not draft.is_named:
            return self._unnamed(draft)
        return 0.0 if self._is_elsewhere(draft) or self._is_no_outlet(draft) else self._named(draft)

    def _named(self, draft: Draft) -> float:
        near = 2.0 if self.state and draft.country == self.state else 1.0
        own = kinds_of(self.context, draft)
        own |= _as_company(self.context, self.token, own)
        if _is_in_name(self.context, draft, self.noun):
            return _SURE * near * _NAMED_SO  # "the commission" is the European Commission, "the bank" Nordbank
        if self.noun in draft.nouns or own & self.sorts:
            return _SURE * near * (_OUTLET if draft.kind == "outlet" and "outlet" not in self.sorts else 1.0)
        if own or draft.kind == "government" or self.sworn or (self.called and not self.sorts & _TRADE):
            return 0.0  # "the regulator" is one that the text has called so
        return near * _OPEN_FIT if self.sorts - _TOLD_BY_NAME and _stands_free(self.context, draft) else 0.0

    def _is_elsewhere(self, draft: Draft) -> bool:
        """Whether a body is of another state than the phrase says, or is whoever owns what the phrase names."""
        owns = self.owner is not None and self.owner.known is not None and draft.name == self.owner.known.name
        worldwide = not self.wide.isdisjoint(draft.name.lower().split())
        return owns or bool(self.state and (worldwide or draft.country not in (None, self.state)))

    def _is_no_outlet(self, draft: Draft) -> bool:
        """As in "the landlord", "the regional health agency … the agency": what no outlet is meant by."""
        other = draft.kind == "outlet" and self.noun not in draft.nouns
        return other and (self.called or _is_also_human(self.context, self.token))

    def _unnamed(self, draft: Draft) -> float:
        if self.said and self.said == draft.name.lower():
            return _SURE * _NAMED_SO * _NAMED_SO  # "the civil protection agency", as it was called before
        if draft.nouns and draft.nouns <= self.vague and not {self.noun, self.token.lower} & self.vague:
            return 0.0  # "a supporters' group … the league"
        stated = draft.country is not None and self.state is None  # "A Dutch airline … The airline"
        again = draft.kind == "organization" and self.noun in draft.nouns and "named" in self.sorts  # "il comitato"
        other = (self.noun not in draft.nouns or stated or again) and not (draft.plural or draft.anonymous)
        named = _NAMED_SO * _NAMED_SO if again else 1.0
        return _SURE * named if other and kinds_of(self.context, draft) & self.sorts else 0.0


def _is_called(context: Context, token: Token) -> bool:
    """As in "the regional health agency … The agency": whether a body without a name was brought in by the noun."""
    told = (d for key, d in context.registry.by_key.items() if key[:2] == ("body", token.lemma.lower()))
    return any(d.heads and d.heads[0] < token.i for d in told)


def _nearest(
    context: Context, token: Token, fit: Callable[[Draft], float], strength: Callable[[Draft], float]
) -> Draft | None:
    """The one that fits best near by; one known to be of the kind before one that was only named some way back."""
    found = best(context, token, strength, _NEAR, often=_OFTEN, above=False)
    if found is not None and found.kind == "outlet" and fit(found) < _SURE:
        other = best(context, token, lambda d: strength(d) * (d.kind != "outlet"), _FARTHEST, often=_OFTEN, above=False)
        return other or found  # "il quotidiano Al Maghrib … l'azienda"
    any_body = not context.referring.kinds(token).isdisjoint(_VAGUE)
    if found is None or fit(found) >= _SURE * _OUTLET or (any_body and not _is_far(context, token, found)):
        return found
    known = best(context, token, lambda d: strength(d) * (fit(d) >= _SURE), _FAR, often=_OFTEN, above=False)
    return known or found


def _is_far(context: Context, token: Token, draft: Draft) -> bool:
    """Whether a body of which nothing is told is no longer what the text is about."""
    last = max((i for i in draft.heads if i < token.i), default=0)
    return token.sentence - context.document.tokens[last].sentence > _FRESH


def _announced(context: Context, token: Token, fit: Callable[[Draft], float]) -> Draft | None:
    """As in a standfirst: "L'azienda: «Tutto in regola»": the first body named below it that may be one."""
    if context.document.sentences[token.sentence].part not in ("title", "standfirst"):
        return None
    below = (d for i, d in islice(context.registry.after(token.i), _SEARCHED) if _is_early(context, token, i))
    return next((d for d in below if d.is_named and d.kind == "organization" and fit(d) > 0), None)


def _is_early(context: Context, token: Token, i: int) -> bool:
    """Whether something is told of near the top: what only the end of an article brings in, its title does not mean."""
    return context.document.tokens[i].sentence - token.sentence <= _EARLY


def _is_another(context: Context, draft: Draft, token: Token) -> bool:
    """Whether a noun cannot mean a body: the agency that signs, a newspaper for "the radio", a town for "the region",
    a body of which the text has not said that it is an insurer.
    """
    noun = token.lemma.lower()
    narrow = {token.lower, noun} & context.referring.signs.get("particular", frozenset())
    unsaid = bool(narrow) and draft.is_named and noun not in draft.nouns and not _is_in_name(context, draft, noun)
    other = _is_other_outlet(context, draft, noun) or _is_other_hall(context, draft, noun)
    return unsaid or other or serves_another(context, draft, token) or _only_signs(context, draft)


def _is_other_outlet(context: Context, draft: Draft, noun: str) -> bool:
    """As in "il quotidiano", which is no radio."""
    return draft.kind == "outlet" and are_apart(context, noun, {*draft.nouns, *draft.name.lower().split()})


def _is_other_hall(context: Context, draft: Draft, noun: str) -> bool:
    """As in "la Regione", which is no town."""
    halls = context.referring.signs.get("halls", frozenset())
    told = halls & {*draft.nouns, *draft.name.lower().split()}
    return noun in halls and noun not in told


def _state_of(context: Context, token: Token) -> str | None:
    """The state that a phrase says, also by a town or a region: "la società bavarese"."""
    told = (context.referring.locals.get(c.lower) for c in context.document.children(token, "amod"))
    local = next((code for code in told if code is not None), None)
    return context.phrases.state(token) or (context.lexicon.home if local == "home" else local)


def _kinds_meant(context: Context, token: Token) -> frozenset[str]:
    """Which kinds a phrase may go back to: "the civil protection agency" is of something else than news."""
    parts = [c for c in context.document.children(token, "compound") if c.i < token.i and c.upos == "NOUN"]
    brings = context.referring.signs.get("brings", frozenset())
    no_news = bool(parts) and not any({c.lower, c.lemma.lower()} & brings for c in parts)
    return (_KINDS | {"group"}) - ({"outlet"} if no_news else set())


def _as_company(context: Context, token: Token, own: frozenset[str]) -> frozenset[str]:
    """As in "the group", which may be a bank as well."""
    any_firm = {token.lower, token.lemma.lower()} & context.referring.signs.get("firms", frozenset())
    narrow = context.document.children(token, "amod") and _state_of(context, token) is None  # "l'azienda sanitaria"
    trading = own & (_TRADING - {"outlet"} if narrow else _TRADING)
    return frozenset({"company"}) if trading and any_firm else frozenset()


def of_state(context: Context, token: Token) -> Draft | None:
    """As in "its Brazilian rival": the body of that state, where one was named before."""
    state = context.phrases.state(token)
    if state is None or is_plural(token) or not is_definite(context.document, token):
        return None
    fits: Callable[[Draft], float] = lambda d: float(d.kind == "organization" and d.is_named and d.country == state)  # noqa: E731
    return best(context, token, fits, _FAR, often=_OFTEN, above=False)


def _is_in_name(context: Context, draft: Draft, noun: str) -> bool:
    """As in "the commission" of the European Commission, "the bank" of Nordbank."""
    telling = context.referring.telling(draft.name)
    return any(word == noun or (len(noun) >= _LONG and word.endswith(noun)) for word in telling)


def _stands_free(context: Context, draft: Draft) -> bool:
    """Not only as in "the Solihull plant": a body of which nothing is told must be spoken of by itself."""
    tokens = context.document.tokens
    return any(tokens[i].deprel not in ("compound", "amod") for i in draft.heads)


def _said(context: Context, token: Token) -> str:
    """A noun with the words beside it that belong to it, in lower case; empty for a noun alone."""
    beside = context.document.children(token, "compound", "amod")
    further = [t for each in beside for t in context.document.children(each, "compound", "amod")]
    inside = sorted([token.i, *(t.i for t in (*beside, *further))])
    words = context.document.tokens[inside[0] : inside[-1] + 1]
    return " ".join(t.lower for t in words) if len(words) > 1 else ""


def _only_signs(context: Context, draft: Draft) -> bool:
    """As in "SAO PAULO (Reuters) -": the agency that a text is from is not what it is about."""
    tokens = context.document.tokens
    return all(i and tokens[i - 1].text == "(" for i in draft.heads)


def _foremost(context: Context, token: Token, fit: Callable[[Draft], float]) -> Draft | None:
    known = _most_told(context, token, fit, _SURE)
    return known if known or _is_also_human(context, token) else _most_told(context, token, fit, _OPEN_FIT)


def _most_told(context: Context, token: Token, fit: Callable[[Draft], float], least: float) -> Draft | None:
    """Farther back: the one of its kind, or of which no kind is told, that the article has spoken of at least twice as
    often as of any other.
    """
    seen: list[Draft] = []
    first = context.document.sentences[token.sentence].first
    here = [d for _, d in takewhile(lambda at: at[0] >= first, context.registry.before(token.i))]
    for _, draft in islice(context.registry.before(token.i), _SEARCHED):
        if draft.is_named and not any(draft is d for d in (*seen, *here)) and fit(draft) >= least:
            seen.append(draft)
    ranked = sorted(seen, key=lambda d: -bisect_left(d.heads, token.i))
    if len(ranked) > 1 and bisect_left(ranked[0].heads, token.i) < 2 * bisect_left(ranked[1].heads, token.i):
        return None
    return ranked[0] if ranked else None


def _is_also_human(context: Context, token: Token) -> bool:
    """As in "the landlord", "the builder": a person as well as a firm."""
    either = {token.lower, token.lemma.lower()} & context.referring.either
    return bool(either) or context.referring.is_trade(token)
