"""People who are introduced without a name become entities only if the text goes back to them."""

from __future__ import annotations

from ultimora.documents.entities import described
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.humans import is_shown_human
from ultimora.documents.entities.registry import AGENTS, Draft
from ultimora.documents.entities.roles import tense_of, title_of
from ultimora.documents.entities.shape import is_definite, is_indefinite, is_plural, is_predicate, own_gender
from ultimora.documents.entities.taking import take
from ultimora.types import EntityKind, Role, Token

_ANIMATE = frozenset({"group", "armed_group", "person"})
_OF_PAIR = 3
_NO_PHRASE = frozenset({"compound", "flat", "fixed", "amod", "appos"})
_BODIES: dict[str, EntityKind] = {
    "government": "government",
    "organization": "organization",
    "armed_group": "armed_group",
    "outlet": "outlet",
}
_LONGEST_NUMBER = 4
_SORTS: dict[str, EntityKind] = {"government": "government", "armed_group": "armed_group", "group": "group"}


def announce(context: Context, token: Token) -> None:
    """Remember people who are introduced without a name: "un uomo di 67 anni", "67 students"."""
    if not (token.upos == "NOUN" or _is_crowd(context, token)) or token.i in context.phrases.at:
        return
    if _is_said(context, token) or context.document.sentences[token.sentence].part in ("title", "section"):
        return
    kind, words = context.lexicon.kind_of(context.document, token), context.referring
    office = context.lexicon.office_of(context.document, token)
    human = words.is_neutral(token) or office is not None or (kind is not None and kind[1] in _ANIMATE)
    human = human or (words.is_trade(token) and kind is None)
    human = human or is_shown_human(context, token)
    human = (
        human
        or token.lower in context.lexicon.unnamed
        or _is_crowd(context, token)
        or (is_plural(token) and kind is not None and kind[1] == "government")
    )
    if not human or token.deprel == "appos":
        return
    many = is_plural(token) or bool({token.lower, token.lemma.lower()} & context.lexicon.collective)
    sort = kind[1] if kind is not None and kind[1] in ("government", "armed_group") else "group"
    plural = is_plural(token) or any(is_plural(d) for d in context.document.children(token, "det"))
    many = many or plural  # "i capigruppo": the article alone shows it
    told = context.document.tokens[token.head] if _is_counted(context, token) else token
    draft = Draft(with_number(context, told), _SORTS[sort] if many else "person", plural=plural)
    draft.gender = own_gender(token) if draft.plural else described.shown_gender(context, token)
    draft.nouns = {token.lemma.lower(), token.lower}
    context.registry.announce(draft, token.i)


def with_number(context: Context, token: Token) -> str:
    """The name of a phrase, with how many they are: "more than 40 parents", "quattordici marinai"."""
    name = context.phrases.name_of(token)
    first = context.phrases.extent(token)[0]
    numbers = [t for n in context.document.children(token, "nummod") for t in context.document.subtree(n)]
    at = min((t.i for t in numbers if t.i < first), default=first)
    between = context.document.tokens[at:first]
    if not between or len(between) > _LONGEST_NUMBER or any(t.upos in ("PUNCT", "DET") for t in between):
        return name
    return " ".join([*(t.text for t in between), name])


def _is_crowd(context: Context, token: Token) -> bool:
    """A plural for many of a kind, whatever it is taken for: "quattordici marinai"."""
    phrase = token.deprel.split(":")[0] not in _NO_PHRASE and token.upos in ("NOUN", "ADJ")
    return phrase and is_plural(token) and bool({token.lower, token.lemma.lower()} & context.referring.crowds.keys())


def announce_body(context: Context, token: Token) -> None:
    """Remember a body that only its noun names, for what goes back to it: "L'opposizione … La sua leader"."""
    hall = token.text[:1].isupper() and token.lower in context.referring.signs.get("halls", ())
    if not (token.upos == "NOUN" or hall) or token.i in context.phrases.at or is_plural(token):
        return
    kind = context.lexicon.kind_of(context.document, token)
    part = context.document.sentences[token.sentence].part
    if hall:
        kind = (token.lower, "government")  # "La Provincia": the body, not where it is
    if kind is None or kind[1] not in _BODIES or part in ("title", "section") or token.deprel in _NO_PHRASE:
        return
    if is_predicate(context.document, token) or context.lexicon.is_source(context.document, token):
        return
    key = _body_key(context, token, context.phrases.state(token))
    known = context.registry.by_key.get(key)
    same = known is not None and not _is_another(context, token, known.heads[0])
    if known is not None and same and not is_indefinite(context.document, token):
        again(context, token, known)
        return
    draft = Draft(context.phrases.name_of(token), _BODIES[kind[1]])
    draft.nouns = {token.lemma.lower()}
    context.registry.by_key[key] = draft
    context.registry.announce(draft, token.i)


def again(context: Context, token: Token, draft: Draft) -> None:
    """A body that was announced before is spoken of again."""
    if draft.announced < 0:
        take(context, token, draft, "nominal")
    else:
        context.registry.speak(draft, token.i)


def portfolio_of(context: Context, token: Token) -> str:
    """Which ministry of several: "il ministero [della Difesa] russo", "the [health] ministry"."""
    below = context.document.children(token, "nmod", "amod", "compound")
    told = [t.lower for t in below if t.lower in context.lexicon.portfolios]
    return told[0] if told else ""


def spoken_body(context: Context, token: Token, state: str | None) -> Draft | None:
    """The body that the same words named before, made an entity if it was none."""
    if is_plural(token) or is_indefinite(context.document, token):
        return None
    known = context.registry.by_key.get(_body_key(context, token, state))
    if known is None or known.heads[0] > token.i or _is_another(context, token, known.heads[0]):
        return None
    return real(context, known)


def _is_another(context: Context, token: Token, first: int) -> bool:
    """As in "the Kestrel news agency … the space agency": two of one noun, told apart by what they are called after."""
    mine, theirs = (
        {c.lower for c in context.document.children(t, "compound")} for t in (token, context.document.tokens[first])
    )
    return bool(mine and theirs) and not mine & theirs


def _body_key(context: Context, token: Token, state: str | None) -> tuple[str, ...]:
    return ("body", token.lemma.lower(), state or "", portfolio_of(context, token))


def _is_said(context: Context, token: Token) -> bool:
    """Said of somebody, and not met by them: "as a father", but not "paid by a father"."""
    if not is_predicate(context.document, token):
        return False
    if token.deprel == "root" and _is_brought_in(context, token):
        return False
    cases = {c.lower for c in context.document.children(token, "case")}
    met = token.deprel.split(":")[0] in ("obl", "nmod") and cases and not cases & context.referring.likening
    brings = is_indefinite(context.document, token) or bool(context.document.children(token, "nummod"))
    brings = brings or _is_counted(context, token) or (is_plural(token) and token.deprel.startswith("obl"))
    return not (met and brings and not context.document.children(token, "cop"))


def _is_counted(context: Context, token: Token) -> bool:
    """As in "dodici milioni di sfollati", "hundreds of people", "840kg of cocaine"."""
    above = context.document.head(token) if token.deprel == "nmod" else None
    if above is None or not (is_plural(token) or above.text[:1].isdigit()):
        return False
    if above.lower in context.referring.pairs.get("one_of", ()):
        return False  # "one of the drivers" is not all of them
    if is_definite(context.document, above) and above.lemma.lower() in context.referring.pairs.get("figures", ()):
        return False  # "put the number of injured at ten"
    return above.upos == "NUM" or above.text[:1].isdigit() or above.lemma.lower() in context.referring.counts


def _is_brought_in(context: Context, token: Token) -> bool:
    """As in "A dare l'allarme è stata una cliente": what is said of is a clause, and the noun brings somebody in."""
    below = context.document.children(token, "csubj", "advcl")
    return any(c.i < token.i and c.upos == "VERB" for c in below)


def join(context: Context, token: Token) -> None:
    """Remember those who are told of side by side, behind the last: "Burhan and Dagalo", "she and her husband"."""
    last = context.document.tokens[token.i - 1] if token.i else token
    marks = context.document.children(last, "cc") if last.deprel == "conj" else ()
    if not marks:
        return
    first = context.document.tokens[last.head]
    heads = [first, *context.document.children(first, "conj")]
    found = [draft for t in heads if (draft := context.registry.at(t.i)) is not None]
    if len(found) == len(heads) and len({id(d) for d in found}) == len(found) and all(d.kind in AGENTS for d in found):
        couple = Draft("", "group", plural=True, members=found)
        couple.nouns = _called(context, last)
        context.registry.announce(couple, marks[0].i)


def _called(context: Context, last: Token) -> set[str]:
    """What a plural behind a comma says that several are: "Tom and Greta Hale, teachers from Hull"."""
    tokens, name = context.document.tokens, context.phrases.at.get(last.i)
    at = name.last if name is not None else last.i + 1
    after = tokens[at : at + 2]
    many = len(after) > 1 and (is_plural(after[1]) or after[1].lower != after[1].lemma.lower())
    named = many and after[0].text == "," and after[1].upos == "NOUN"
    if named:
        return {after[1].lower, after[1].lemma.lower()}
    pair = tokens[at + 1 : at + 4]  # "Serra e Moro, marito e moglie"
    both = len(pair) == _OF_PAIR and after[0].text == "," and pair[1].upos == "CCONJ"
    return {pair[0].lemma.lower(), pair[2].lemma.lower()} if both and pair[0].upos == pair[2].upos == "NOUN" else set()


def each(context: Context, couple: Draft) -> list[Draft]:
    """The entities of those who are told of together."""
    couple.members = [real(context, draft) for draft in couple.members]
    return couple.members


def real(context: Context, draft: Draft) -> Draft:
    """The entity of somebody who has only been announced so far, and whom the text now goes back to."""
    if draft.announced < 0 or draft.members:
        return draft
    token = context.document.tokens[draft.announced]
    draft.announced = -1
    context.registry.add(draft)
    _take_headline(context, draft, token)
    if draft.kind in _BODIES.values():
        return _real_body(context, draft)
    if _is_counted(context, token):
        context.registry.by_token.setdefault(token.i, draft)  # "[un migliaio] di persone"
        return take(context, context.document.tokens[token.head], draft, "nominal")
    draft.country = context.phrases.state(token)
    draft.anonymous = context.lexicon.is_source(context.document, token)
    office = context.lexicon.office_of(context.document, token)
    if office is not None and not draft.plural:
        draft.add_role(Role(title_of(context, token), None, token.sentence, tense_of(context, token)), office[1])
    return take(context, token, draft, "nominal")


def _take_headline(context: Context, draft: Draft, token: Token) -> None:
    """As in "Parents occupy school … More than 40 parents": the title spoke of those whom the article brings in."""
    for noun in draft.nouns:
        told = context.headline.get((noun, draft.plural))
        if told is not None and told.i not in context.registry.by_token and told.i < token.i:
            take(context, told, draft, "nominal")


def _real_body(context: Context, draft: Draft) -> Draft:
    """A body that the text goes back to, with all that has spoken of it so far."""
    for i in [i for i in draft.heads if context.document.tokens[i].upos != "PRON"]:
        draft.heads.remove(i)
        take(context, context.document.tokens[i], draft, "nominal")
    draft.country = context.phrases.state(context.document.tokens[draft.heads[0]])
    return draft
