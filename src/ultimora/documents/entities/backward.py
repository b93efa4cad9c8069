"""Phrases that go back to somebody named before: "la donna", "the agency", "quest'ultimo", "the country"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ultimora.documents.entities import anaphora, countries, described, organizations, references
from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.before import called_so, named_since
from ultimora.documents.entities.buyers import buyer
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.demonstratives import name_latter, this_one
from ultimora.documents.entities.fitting import CALLINGS, is_addressed_so, is_of_trade
from ultimora.documents.entities.many import many
from ultimora.documents.entities.naming import introduced, linked, named_as
from ultimora.documents.entities.owners import in_turn, relative
from ultimora.documents.entities.pairs import one_of_two
from ultimora.documents.entities.pronouns import speakers
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.roles import role_of, tense_of, title_of
from ultimora.documents.entities.shape import is_added, is_indefinite, is_noun_like, is_plural
from ultimora.documents.entities.staffs import staff_of
from ultimora.documents.entities.taking import take
from ultimora.types import Role, Token

_IN_TURN = frozenset({"predecessor", "successor"})


def refer(context: Context, token: Token) -> Draft | None:
    """The entity that a phrase goes back to, made its mention; None where it goes back to nobody."""
    if not _is_nominal(context, token) or token.i in context.phrases.at:
        return None
    one = one_of_two(context, token)
    if one is not None:
        name_latter(context, token, one)
        return take(context, token, one, "nominal")
    this = this_one(context, token)
    if this is not None:
        context.registry.mention(this, token.i, token.i + 1, "pronoun")
        return this
    if context.referring.is_neutral(token) and _is_capital(context, token):
        return None
    neutral = context.referring.is_neutral(token)
    named = named_as(context, token) or (linked(context, token) if neutral else _named_behind(context, token))
    if named is not None or _named_after(context, token):
        return named
    if token.upos in ("PRON", "DET", "NUM") or is_in_title(context, token):
        return None
    several = _told_before(context, token) or many(context, token)
    if several is not None:
        return take(context, token, real(context, several), "nominal")
    body = _body(context, token)
    if body is not None:
        return body
    office = context.lexicon.office_of(context.document, token)
    if office is not None and office[1] == "kin" and _is_counted(context, token):
        return _parent(context, token) if described.may_refer(context, token) else None
    if office is not None and is_of_seat(context, token, office):
        return None
    tied = _tied(context, token, office)
    if tied is not None:
        return take(context, token, tied, "nominal")
    return _one(context, token, office) if described.may_refer(context, token) else None


def _one(context: Context, token: Token, office: tuple[str, str] | None) -> Draft | None:
    """The person whom a noun for one goes back to, by what is known of them or as whoever speaks."""
    anybody = office is None or office[1] in CALLINGS
    found = _person(context, token, office) if anybody else None
    speaks = found is None and (anybody or (office is not None and office[1] in anaphora.RANKS))
    return anaphora.teller(context, token, office) if speaks else found


def _is_nominal(context: Context, token: Token) -> bool:
    noun_like = is_noun_like(context.document, token) and context.referring.is_neutral(token)
    return token.upos in ("NOUN", "ADJ", "PROPN", "PRON", "DET", "NUM") or noun_like


def _told_before(context: Context, token: Token) -> Draft | None:
    """Who has bought a firm, the unnamed ones just introduced, the body that a staff serves in."""
    found = buyer(context, token) or anaphora.several(context, token) or anaphora.unnamed(context, token)
    return found or staff_of(context, token)


def _body(context: Context, token: Token) -> Draft | None:
    """The organization or the state that a noun goes back to: "the agency", "il Paese"."""
    owned = _of_member(context, token)
    if owned is not None:
        return take(context, token, owned, "nominal")
    words = {token.lower, token.lemma.lower()}
    rival = organizations.of_state(context, token) if words & context.referring.either else None
    if rival is not None:
        return take(context, token, rival, "nominal")
    if organizations.may_refer(context, token) and tense_of(context, token) != "former":  # "the former miner"
        found = organizations.organization(context, token)
        if found is not None:
            found = real(context, found)
            found.nouns.add(token.lemma.lower())
            found.country = found.country or context.phrases.state(token)
            return take(context, token, found, "nominal")
    nations = context.referring.pairs.get("countries", ())
    if token.lower in nations and described.may_refer(context, token) and not context.phrases.states(token):
        owners = context.document.children(token, "nmod:poss", "det:poss")
        told = any(c.lower in context.lexicon.possessive for c in owners)
        state = _own_state(context, owners) if told else countries.state(context, token)
        return take(context, token, state, "nominal") if state is not None else None
    return None


def _own_state(context: Context, owners: Sequence[Token]) -> Draft | None:
    """As in "La ministra ungherese … Il suo Paese": the state of whoever a possessive speaks of."""
    owner = next((d for d in (context.registry.by_token.get(c.i) for c in owners) if d is not None), None)
    country = owner.country if owner is not None and owner.kind in ("person", "government", "group") else None
    return context.state(country) if country is not None else None


def _of_member(context: Context, token: Token) -> Draft | None:
    """As in "the economist of Nordea, Kjetil Olsen, … His bank": the body that somebody has an office in."""
    marks = context.document.children(token, "nmod:poss", "det:poss")
    owners = [d for d in (context.registry.by_token.get(c.i) for c in marks) if d is not None and d.kind == "person"]
    held = [r.of for owner in owners for r in reversed(owner.roles) if r.of is not None and r.tense == "current"]
    if is_plural(token) or not held:
        return None
    bodies = [d for of in held for d in context.registry.drafts if d.name == of and d.is_named]
    wanted = context.referring.kinds(token)
    any_body = {token.lower, token.lemma.lower()} & context.referring.signs.get("bodies", frozenset())
    fits = (d for d in bodies if any_body or not (own := organizations.kinds_of(context, d)) or own & wanted)
    return next(fits, None) if wanted else None


def _is_counted(context: Context, token: Token) -> bool:
    """As in "the mother of two"."""
    return any(c.upos == "NUM" for c in context.document.children(token, "nmod"))


def _is_capital(context: Context, token: Token) -> bool:
    """As in "The [Star] of Culion": a word with a capital within a sentence is part of a name."""
    sentence = context.document.sentences[token.sentence]
    named = token.upos == "PROPN" and token.text.istitle() and token.lower not in context.referring.partisans
    return named and sentence.part == "body" and token.i > sentence.first


def is_of_seat(context: Context, token: Token, office: tuple[str, str]) -> bool:
    """As in "il capo dell'Eliseo", "lo zar": an office that its own words do not tell."""
    words, whole = context.lexicon, context.phrases.name_of(token, wide=False).lower()
    if whole in words.nicknames or office[0] in words.nicknames:
        return True
    owner = context.phrases.owner(token)
    return (
        office[0] in words.chiefs and owner is not None and owner.known is not None and owner.known.name in words.seats
    )


def _person(context: Context, token: Token, office: tuple[str, str] | None) -> Draft | None:
    """The person whom a calling or a neutral noun goes back to: "la donna", "il 54enne", "the lawyer"."""
    words, country = context.referring, context.phrases.state(token)
    title = title_of(context, token) if office is not None else ""
    of = role_of(context, token, title, [country] if country else []) if office is not None else None
    said = replace(described.describe(context, token, office, title, country), of=of)
    kind = context.lexicon.kind_of(context.document, token)
    if office is None and said.former and kind is not None and kind[1] in ("person", "armed_group", "group"):
        said = replace(said, bare=True)
    if possessed(context, token) and (token.lower in words.inverse or token.lemma.lower() in words.inverse):
        return _other_half(context, token)
    if office is None and not (said.bare or said.age is not None or said.groups or _is_calling(context, token)):
        return None
    if token.upos == "ADJ" and not (said.bare or said.age is not None):
        return None
    owner = context.phrases.owner(token)
    foreign = owner is not None and (owner.known is None or owner.known.table != "parties")
    foreign = foreign and not _is_from(context, token)
    if office is None and said.bare and ((foreign and not said.partisan) or _owned(context, token)):
        return None
    if office is not None and possessed(context, token) and token.lemma.lower() not in words.inverse:
        return None
    plain = office is not None and office[1] in CALLINGS and not (country or of or possessed(context, token))
    called = called_so(context, token, said.gender) if plain and described.may_refer(context, token) else None
    called = None if called is not None and named_since(context, said, called) is not None else called
    found = called or references.person(context, said)
    if plain and found is not None and found is not called and _brings_in(context, token, found):
        return None
    if found is None and office is not None and office[1] == "kin":
        found = relative(context, token.lemma.lower())
        found = None if found is not None and {found.gender, said.gender} == {"m", "f"} else found
    if found is None:
        return None
    found = real(context, found)
    references.teach(found, said)
    found.nouns.update({token.lemma.lower(), token.lower} - words.neutral)
    if office is not None:
        found.add_role(Role(title, of, token.sentence, tense_of(context, token)), office[1])
    return take(context, token, found, "nominal")


def _brings_in(context: Context, token: Token, found: Draft) -> bool:
    """As in "The officer who told her", "the skipper of a trawler": a clause, or something new whose one it is, says
    which one, of whom the text has not said so before.
    """
    clauses = context.document.children(token, "acl:relcl")
    which = any(not is_added(context.document, token, c) for c in clauses)
    which = which or any(is_indefinite(context.document, c) for c in context.document.children(token, "nmod"))
    lemma = token.lemma.lower()
    return which and lemma not in found.nouns and not any(lemma in r.title.split() for r in found.roles)


def _is_from(context: Context, token: Token) -> bool:
    """As in "the Colorado man": where somebody is from, before the noun."""
    names = (context.phrases.at.get(c.i) for c in context.document.children(token, "compound", "amod") if c.i < token.i)
    return any(name is not None and (name.label != "PER" or name.country is not None) for name in names)


def _is_calling(context: Context, token: Token) -> bool:
    """As in "Kenyan agent Joseph Mutai … the agent": what the text called somebody when it named them."""
    lemma = token.lemma.lower()
    people = (d for d in context.registry.drafts if d.kind == "person" and d.is_named)
    fits = (is_of_trade(context, d, lemma) or is_addressed_so(context, d, lemma) or lemma in d.nouns for d in people)
    return any(fits)


def _parent(context: Context, token: Token) -> Draft | None:
    """As in "the mother of two": a relative of nobody who is named, but whoever is spoken of."""
    said = replace(described.describe(context, token, None, "", None), bare=True)
    found = references.person(context, said)
    return take(context, token, real(context, found), "nominal") if found is not None else None


def _tied(context: Context, token: Token, office: tuple[str, str] | None) -> Draft | None:
    """Whom an office tells by whose it is: "il suo successore"."""
    turn = office is not None and office[1] in _IN_TURN and possessed(context, token)
    return in_turn(context, token) if turn else None


def _owned(context: Context, token: Token) -> bool:
    """As in "my little girl", "la sua vittima": anybody's, but not the one spoken of."""
    return bool(context.document.children(token, "nmod:poss", "det:poss"))


def _other_half(context: Context, token: Token) -> Draft | None:
    """As in "His wife, Carol, … Her husband": the other one of two relatives, told by whose he is."""
    marks = context.document.children(token, "nmod:poss", "det:poss")
    owners = [context.registry.by_token.get(c.i) for c in marks]
    if any(
        c.lower not in context.lexicon.possessive and c.upos != "PROPN" for c in marks
    ):  # "«Il mio assistito è innocente», dice Cocchi"
        owners = [*speakers(context, token)]
    noun, known = token.lemma.lower(), [o for o in owners if o is not None]
    found = (
        relative(context, noun, known, described.shown_gender(context, token))
        or _defended(context, token, known)
        or _of_family(context, token, known)
    )
    return take(context, token, real(context, found), "nominal") if found is not None else None


def _of_family(context: Context, token: Token, owners: Sequence[Draft]) -> Draft | None:
    """As in "«Mio marito …», dice Lucia Zanatta": the one other person of the family's name who may be meant."""
    gender = described.shown_gender(context, token)
    surnames = {o.name.split()[-1] for o in owners if o.kind == "person" and " " in o.name}
    kin = (d for d in context.registry.drafts if d.kind == "person" and d.is_named and d.name.split()[-1] in surnames)
    found = [d for d in kin if d not in owners and {d.gender, gender} != {"m", "f"} and min(d.heads) < token.i]
    return found[0] if len(found) == 1 else None


def _defended(context: Context, token: Token, owners: Sequence[Draft]) -> Draft | None:
    """As in "Secondo la penalista, il suo assistito …": whom else the text is about, where a lawyer speaks of them."""
    lawyer = next((o for o in owners if "lawyer" in o.groups), None)
    titles = {t for r in (lawyer.roles if lawyer is not None else ()) for t in r.title.split()}
    if lawyer is None or not context.referring.inverse.get(token.lemma.lower(), frozenset()) & titles:
        return None
    said = replace(described.describe(context, token, None, "", None), bare=True)
    found = references.person(context, said, lawyer)
    return found if found is not None and found.is_named else None


def possessed(context: Context, token: Token) -> bool:
    """As in "il suo avvocato", "Cole's lawyer": the one of somebody else; who, only a title told before says."""
    owners = [context.registry.by_token.get(c.i) for c in context.document.children(token, "nmod")]
    told = any(d is not None and d.kind == "person" for d in owners)
    marks = context.document.children(token, "nmod:poss", "det:poss")
    groups = [c for c in marks if c.upos == "NOUN" and is_plural(c)]  # "the metalworkers' leader" leads many
    return told or len(marks) > len(groups)


def _named_after(context: Context, token: Token) -> bool:
    """Somebody or something named right after, of whom the noun is told: "the builder Strada"."""
    at = context.phrases.extent(token)[1]
    name = context.phrases.at.get(at)
    return name is not None and name.first == at and name.label in ("PER", "ORG") and name.known is None


def _named_behind(context: Context, token: Token) -> Draft | None:
    """As in "un cliente di Bo, l'idraulico Moreno Vezzali": who or what a noun names at last."""
    if token.upos != "NOUN" or is_plural(token):
        return None
    if context.referring.kinds(token) and (body := _body_named(context, token)) is not None:
        return take(context, token, body, "nominal")
    for child in context.document.children(token, "appos", "nmod", "flat"):
        draft, tokens = context.registry.by_token.get(child.i), context.document.tokens
        comma = any(t.text == "," for t in tokens[token.i + 1 : child.i])
        if draft is None or not draft.is_named or context.document.children(child, "case", "appos") or not comma:
            continue
        if draft.kind == "organization" and context.referring.kinds(token):
            draft.nouns.add(token.lemma.lower())
            return take(
                context, token, draft, "nominal"
            )  # "a rival, Foyle Housing", "la società armatrice, la Thalassa"
        if draft.kind == "person" and _is_human(context, token) and min(draft.heads) > token.i:
            introduced(context, token, draft)
            return take(context, token, draft, "nominal")
    return None


def _body_named(context: Context, token: Token) -> Draft | None:
    """As in "il fondo Halden Partners", "the shipbuilder Austral Naval": a body's name right behind its noun."""
    at = token.i + 1
    while at < len(context.document.tokens) and context.document.tokens[at].deprel == "amod":
        at += 1  # "la società agricola Gandolfi"
    name, draft = context.phrases.at.get(at), context.registry.by_token.get(at)
    if name is None or name.first != at or draft is None or draft.kind != "organization":
        return None
    head = context.head(name)
    tied = head.head == token.i and not context.document.children(head, "case")
    return draft if tied and not context.document.children(head, "cop") else None


def _is_human(context: Context, token: Token) -> bool:
    """A noun for somebody: an office, a person, one of a group."""
    kind = context.lexicon.kind_of(context.document, token)
    office = context.lexicon.office_of(context.document, token)
    agent = token.lower.endswith(context.referring.agents) and token.lower not in context.referring.tellers
    agent = agent or context.referring.is_trade(token)
    return office is not None or (kind[1] in ("person", "group") if kind is not None else agent)


def is_in_title(context: Context, token: Token) -> bool:
    """The "Stato" of a "segretario di Stato" is nobody."""
    governor = context.document.head(token)
    if governor is None or token.deprel.split(":")[0] != "nmod":
        return False
    office = context.lexicon.office_of(context.document, governor)
    held = office is not None or context.lexicon.kind_of(context.document, governor) is not None
    if token.lower in context.lexicon.portfolios and held:
        return True
    return office is not None and token.lower in office[0].split()[1:]
