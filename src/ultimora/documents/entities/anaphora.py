"""Definite phrases that must go back to somebody, though no word of them has been said before.

"The people said", after "three people familiar with the talks"; "dice il progettista", after an architect has spoken.
"""

from __future__ import annotations

from ultimora.documents.entities.before import is_subject, spoken_of_near
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.described import shown_gender
from ultimora.documents.entities.referring import age_in
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.salience import best
from ultimora.documents.entities.shape import is_definite, is_plural
from ultimora.documents.entities.titles import are_apart
from ultimora.types import Role, Token

_NEAR = 3
_FAR = 10
_CROWDS = frozenset({"group", "government", "armed_group"})
_LAST, _TOLD = 2, 4
_OFFICIAL = 0.6
_LEAST = 0.49
_FREELY = frozenset({"profession", "scholar", "artist", "reporter"})
RANKS = frozenset({"commander", "church", "officer"})
"""Offices that somebody may have besides the one told, and that a text may tell only when it goes on: "the colonel"."""
_LIGHT = frozenset({"det", "case", "punct", "cc", "conj", "nummod"})
_UNSAID = frozenset({"cabinet", "head_of_state", "head_of_government", "monarch", "pope", "judge", "prosecutor"})


def several(context: Context, token: Token) -> Draft | None:
    """The unnamed ones just introduced by the same noun: "the people", "le fonti", "i due funzionari"."""
    document = context.document
    if token.upos != "NOUN" or not is_plural(token) or not is_definite(document, token):
        return None
    anybody = context.referring.is_neutral(token)
    light = _LIGHT | {"amod"} if anybody else _LIGHT  # "the missing men"
    if any(c.deprel.split(":")[0] not in light for c in document.children(token)):
        return None
    lemma = token.lemma.lower()
    same = _called_the_same(context, token, lemma)
    if same is not None:
        return same
    for i, draft in context.registry.before(token.i):
        far = token.sentence - document.tokens[i].sentence
        if far > _FAR:
            return None
        men = anybody and draft.kind in _CROWDS and not draft.anonymous and _are_alike(context, lemma, draft)
        called = lemma in draft.nouns or context.referring.are_one_crowd((token.lower, lemma), draft.nouns)
        if not draft.plural or draft.members or draft.is_named or not (called or men):
            continue
        if called and not draft.anonymous:
            return draft
        told = document.tokens[i]
        counted = bool(document.children(told, "nummod"))
        if far > _NEAR or not (draft.anonymous or counted) or is_definite(document, told):
            return None
        return draft
    return None


def _called_the_same(context: Context, token: Token, lemma: str) -> Draft | None:
    """The last unnamed many who were called by the very noun, before others whom it might mean as well."""
    for i, draft in context.registry.before(token.i):
        if token.sentence - context.document.tokens[i].sentence > _FAR:
            return None
        many = draft.plural and not draft.members and not draft.is_named and not draft.anonymous
        if many and lemma in draft.nouns and draft.kind in _CROWDS:
            return draft
    return None


def _are_alike(context: Context, lemma: str, draft: Draft) -> bool:
    """Whether a noun for anybody may mean a crowd: "the men" the sailors, "the children" only young ones."""
    young = context.referring.young
    return lemma not in young or bool(draft.nouns & young)


def unnamed(context: Context, token: Token) -> Draft | None:
    """The unnamed one who was introduced just before: "the witness", "la fonte", "the official"."""
    document, words = context.document, context.lexicon
    if token.upos != "NOUN" or is_plural(token) or not is_definite(document, token):
        return None
    if any(c.deprel.split(":")[0] not in _LIGHT and not _is_added(context, c) for c in document.children(token)):
        return None
    lemma = token.lemma.lower()
    for i, draft in context.registry.before(token.i):
        if token.sentence - document.tokens[i].sentence > _LAST:
            return None
        same = lemma in draft.nouns or (lemma in context.referring.generic and words.is_source(document, token))
        if draft.kind == "person" and draft.anonymous and not draft.is_named and not draft.plural and same:
            return draft
    return None


def _is_added(context: Context, clause: Token) -> bool:
    """As in "la fonte, che chiede l'anonimato": a clause behind a comma does not say which one."""
    after = context.document.tokens[clause.head + 1 : clause.head + 2]
    return clause.deprel == "acl:relcl" and bool(after) and after[0].text == ","


def _speaks(context: Context, verb: Token) -> bool:
    """A verb of saying, or one that a quotation hangs on: "“It’s a lie,” the nurse sobbed"."""
    if verb.lemma.lower() in context.lexicon.telling:
        return True
    return any(c.i in context.quoted for c in context.document.children(verb, "ccomp", "parataxis", "obj"))


def teller(context: Context, token: Token, office: tuple[str, str] | None) -> Draft | None:
    """The person nearest before a noun for somebody who speaks, whom the text has not called so: "the designer"."""
    document, words = context.document, context.lexicon
    verb = document.head(token)
    if verb is None or token.deprel != "nsubj" or token.upos not in ("NOUN", "ADJ"):
        return None
    speaks = verb.upos == "VERB" and _speaks(context, verb)
    described = bool(document.children(token, "compound", "amod"))
    called = office is not None and (office[1] in _FREELY or (office[1] == "kin" and described and speaks))
    called = called or _is_rank(context, token, office, speaks)
    called = called and not {token.lower, token.lemma.lower()} & context.referring.bridging
    agent = token.lower.endswith(context.referring.agents) and token.lower not in context.referring.tellers
    agent = agent or context.referring.is_trade(token)
    kind = words.kind_of(document, token)
    one = kind is not None and kind[1] == "group" and not {token.lower, token.lemma.lower()} & words.collective
    human = kind is not None and (kind[1] == "person" or one) and not context.referring.is_neutral(token)
    if not called and (not (agent or human) or office is not None or (kind is not None and not human)):
        return None
    if any(_says_whose(context, c) for c in document.children(token)):
        return None
    gender, age = shown_gender(context, token), age_in(context.document, token, context.referring)
    spoken_of = _spoken_of(context, token)

    def fit(draft: Draft) -> float:
        if any(draft is each for each in spoken_of):
            return 0.0
        if draft.kind != "person" or draft.plural or not draft.is_named or {draft.gender, gender} == {"m", "f"}:
            return 0.0
        if len({draft.age, age} - {None}) > 1 or are_apart(context, token.lemma.lower(), draft.nouns):
            return 0.0
        if not speaks and ("spokesperson" in draft.groups or not _was_subject(context, token, draft)):
            return 0.0
        if _was_told_wider(context, draft, token):
            return 1.0
        said_otherwise = draft.groups.keys() & (_UNSAID | {"profession"})
        return _OFFICIAL if said_otherwise and not described else 1.0

    found = best(context, token, fit, _TOLD, floor=_LEAST)
    if found is not None:
        found.nouns.add(token.lemma.lower())
        found.add_role(Role(token.lower, None, token.sentence, "current"), "profession")
    return found and _taken(context, token, found)


def _was_told_wider(context: Context, draft: Draft, token: Token) -> bool:
    """As in "la primaria, Elena Brugnera … La pediatra": a wide noun before a narrower one."""
    told = {word for role in draft.roles for word in role.title.split()[:1]} | draft.nouns
    wide = frozenset(kind for noun in told for kind in context.referring.trades.get(noun, ()))
    return bool(wide & context.referring.trades_within.get(token.lemma.lower(), frozenset()))


def _is_rank(context: Context, token: Token, office: tuple[str, str] | None, speaks: bool) -> bool:
    """As in "«…», said the spokesman, Tuncay Erdem. The colonel warned that …": the rank of whoever speaks on."""
    if office is None or office[1] not in RANKS or not speaks or " " in office[0]:
        return False
    held = [(d, r.title) for d in context.registry.drafts for r in d.offices.get(office[1], ())]
    return not any(title.split()[0] == office[0] or min(d.heads, default=token.i) < token.i for d, title in held)


def _was_subject(context: Context, token: Token, draft: Draft) -> bool:
    """Whether somebody who was named is what the sentence before, or the clause before, is about."""
    near = spoken_of_near(context, token, draft)
    return is_subject(context, near) or any(t.upos == "PRON" for t in near)


def _spoken_of(context: Context, token: Token) -> list[Draft]:
    """Whom the words quoted in the sentence call he or she: nobody does so of themselves."""
    quoted = (t for t in context.document.sentence_tokens(token.sentence) if t.i in context.quoted)
    named = (t for t in quoted if t.lower in context.lexicon.personal or t.lower in context.lexicon.clitics)
    return [draft for t in named if (draft := context.registry.by_token.get(t.i)) is not None]


def _says_whose(context: Context, child: Token) -> bool:
    """As in "the designer of the bridge", "Vane's lawyer", but not "the rancher from Valentine"."""
    relation = child.deprel.split(":")[0]
    if relation == "nmod" and child.upos == "PROPN" and context.document.children(child, "case"):
        name = context.phrases.at.get(child.i)
        return name is None or (name.label != "LOC" and name.known is None)
    return relation in ("nmod", "appos") or child.deprel == "det:poss"


def _taken(context: Context, token: Token, draft: Draft) -> Draft:
    first, last = context.phrases.extent(token)
    context.registry.mention(draft, context.phrases.start(token, first), last, "nominal", head=token.i)
    return draft
