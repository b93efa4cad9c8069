"""What a phrase without a name says of whoever it speaks of: gender, office, state, age."""

from __future__ import annotations

from dataclasses import dataclass

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.referring import age_in
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.roles import gender_of, tense_of
from ultimora.documents.entities.shape import is_definite, is_plural, is_predicate
from ultimora.types import Token


@dataclass(frozen=True)
class Description:
    """What a phrase says of whoever it speaks of. ``group``: of its office, "" for a neutral noun.

    ``same``: that it is the one just spoken of ("the same official"); ``told_apart``: which one, by a clause.
    """

    token: Token
    gender: str = ""
    group: str = ""
    groups: frozenset[str] = frozenset()
    title: str = ""
    country: str | None = None
    former: bool = False
    age: int | None = None
    bare: bool = False
    of: str | None = None
    young: bool = False
    old: bool = False
    grown: bool = False
    accused: bool = False
    partisan: bool = False
    states: frozenset[str] = frozenset()
    same: bool = False
    ousted: bool = False
    told_apart: bool = False


def describe(
    context: Context, token: Token, office: tuple[str, str] | None, title: str, country: str | None
) -> Description:
    """What the phrase headed by a token says."""
    words = context.referring
    if office is not None and " " in office[0]:
        wider = words.hypernyms.get(office[0], frozenset())
    else:
        wider = words.hypernyms.get(token.lower) or words.hypernyms.get(token.lemma.lower()) or frozenset()
    local = words.locals.get(token.lower) if office is None else None
    home = context.lexicon.home if local == "home" else local
    if {token.lower, token.lemma.lower()} & words.compatriots:
        home = _of_subject(context, token)
    partisan = words.partisans & {token.lower, token.lemma.lower()}
    return Description(
        token,
        shown_gender(context, token),
        office[1] if office else "",
        wider,
        title,
        country or home,
        tense_of(context, token) == "former" and not _is_ousted(context, token),
        age_in(context.document, token, words),
        words.is_neutral(token)
        or bool(partisan)
        or (office is None and age_in(context.document, token, words) is not None),
        partisan=bool(partisan),
        states=frozenset(context.phrases.states(token)),
        ousted=_is_ousted(context, token),
        same=any(c.lemma.lower() in words.same for c in context.document.children(token, "amod", "det")),
        told_apart=_is_told_apart(context, token),
        accused=token.lower in words.accused or token.lemma.lower() in words.accused,
        old=token.lower in words.old or token.lemma.lower() in words.old,
        grown=token.lower in words.grown or token.lemma.lower() in words.grown,
        young=token.lower in words.young or token.lemma.lower() in words.young,
    )


def _is_ousted(context: Context, token: Token) -> bool:
    """As in "the ousted founder", "la dirigente licenziata": as the text has told."""
    return any(c.lower in context.referring.ousted for c in context.document.children(token, "amod", "acl"))


def _is_told_apart(context: Context, token: Token) -> bool:
    """As in "la donna scampata alla piena": a participle behind a noun, with no comma, says which one."""
    clauses = context.document.children(token, "acl")
    return any(c.i == token.i + 1 and c.upos == "VERB" and context.document.children(c, "obl", "obj") for c in clauses)


def _of_subject(context: Context, token: Token) -> str | None:
    """The state of whose compatriot a phrase speaks: that of the subject above it."""
    for above in context.document.ancestors(token):
        for subject in context.document.children(above, "nsubj"):
            draft = context.registry.at(subject.i)
            if draft is not None and draft.country is not None and subject.i < token.i:
                return draft.country
    return None


def shown_gender(context: Context, token: Token) -> str:
    """The gender that a noun shows of a person: none where it is only grammar's."""
    words = context.referring
    if token.lower in words.grammatical or token.lemma.lower() in words.grammatical:
        return ""
    if token.lower in words.epicene or token.lemma.lower() in words.epicene:
        return "f" if gender_of(context, token) == "f" else ""
    told = words.genders.get(token.lower) or words.genders.get(token.lemma.lower())
    if told is None and token.lower.endswith(words.feminine_endings):
        return "f"  # an elided article says nothing: "l'assessora"
    silent = any(d.text.endswith(("'", "’")) for d in context.document.children(token, "det"))
    if (
        not told
        and silent
        and token.lower.endswith(words.unmarked)
        and not token.lower.endswith(words.masculine_endings)
    ):
        return ""  # "L'onorevole": neither the article nor the noun shows it
    return told or gender_of(context, token)


def may_refer(context: Context, token: Token) -> bool:
    """Whether a phrase may go back to somebody: definite, of one, and not said of somebody."""
    document = context.document
    verb = document.head(token)
    if token.deprel == "obj" and verb is not None and verb.lemma.lower() in context.referring.signs.get("work_as", ()):
        return False  # "fa il calciatore"
    told = is_definite(document, token) or is_elided(context, token) or token.lower in context.lexicon.bare
    return told and not is_plural(token) and not is_predicate(document, token)


def is_elided(context: Context, token: Token) -> bool:
    """As in "Minister dismisses vote as theatre": an office that a headline leaves without its article."""
    document = context.document
    if document.sentences[token.sentence].part not in ("title", "standfirst") or token.deprel != "nsubj":
        return False
    bare = all(c.deprel in ("amod", "compound") for c in document.children(token) if c.i < token.i)
    either = {token.lower, token.lemma.lower()} & context.referring.either
    return (
        bare
        and not either
        and context.lexicon.bare_headlines
        and context.lexicon.office_of(document, token) is not None
    )


def leads_another(context: Context, draft: Draft, token: Token) -> bool:
    """Whether somebody holds an office of a noun's name in another body alone."""
    held = (context.document.tokens[i] for i, (by, _) in context.offices.items() if by is draft)
    alike = [t for t in held if t.lemma == token.lemma]
    return bool(alike) and all(of_another(context, token, t) for t in alike)


def of_another(context: Context, first: Token, second: Token) -> bool:
    """As in "il capo dell'esercito" and "il capo dei ribelli, Ahmed Bo": who is of another body is another one.

    What only a noun names may be what a name means, if it is of its kind: "the president of the club" is Juventus's.
    """
    of = [context.document.children(t, "nmod") for t in (first, second)]
    if not all(of):
        return False
    one, other = of[0][0], of[1][0]
    bodies = [context.registry.by_token.get(t.i) for t in (one, other)]
    if one.lemma.lower() == other.lemma.lower() or (bodies[0] is not None and bodies[0] is bodies[1]):
        return False
    named = [d is not None and d.is_named for d in bodies]
    if all(named):
        return bodies[0] is not None and bodies[1] is not None and bodies[0].kind != "place" != bodies[1].kind
    kinds = [
        d.kind if d is not None else (k[1] if (k := context.lexicon.kind_of(context.document, t)) is not None else "")
        for d, t in zip(bodies, (one, other), strict=True)
    ]
    return all(kinds) and (kinds[0] != kinds[1] or not any(named))
