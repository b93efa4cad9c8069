"""What else the text says of a person beside an office: any calling before the name, a lead, a party in brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.names import Name
from ultimora.documents.entities.referring import age_in
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.roles import give_role
from ultimora.documents.entities.salience import top
from ultimora.documents.entities.shape import is_definite, is_indefinite, is_plural
from ultimora.types import Role, Token

_LED = frozenset({"organization", "armed_group", "outlet", "group"})
_CLAUSES = frozenset({"root", "acl", "conj", "ccomp", "parataxis", "advcl"})
_OLDEST = 115
_BESIDE = ("appos", "nmod", "flat")
_BOUND = frozenset({"flat", "appos", "compound", "nmod"})


def learn_callings(context: Context) -> None:
    """Callings of persons, verbs of leading, parties in brackets."""
    for name in context.names:
        draft = context.registry.by_token.get(name.first)
        if draft is not None and draft.kind == "person" and name.known is None:
            _calling(context, name, draft)
            _apposed(context, name, draft)
            _in_brackets(context, name, draft)
            _lettered(context, name, draft)
    _married(context)
    for token in context.document.tokens:
        _named(context, token)
        if token.lower in context.referring.years or token.upos == "NUM":
            _aged(context, token)
        if token.upos == "VERB" and token.lemma.lower() in context.lexicon.leads:
            _leads(context, token)


def _married(context: Context) -> None:
    """As in "Tom Hale … his wife, Lucy, … Mrs Hale": an address and a surname mean the one relative of that gender."""
    people = [d for d in context.registry.drafts if d.kind == "person" and d.is_named and not d.plural]
    for draft in people:
        if " " in draft.name or draft.gender not in ("f", "m") or draft.groups:
            continue
        family = [d for d in people if " " in d.name and d.name.split()[-1] == draft.name]
        kin = [d for d in people if "kin" in d.groups and " " not in d.name and d.gender == draft.gender]
        before = [d for d in kin if d is not draft and min(d.heads) < min(draft.heads)]
        if len(before) == 1 and family and all({d.gender, draft.gender} == {"m", "f"} for d in family):
            context.registry.merge(draft, before[0])


def _named(context: Context, verb: Token) -> None:
    """As in "a trawlerman named Ivo Brandt", "The captain, a Georgian named Davit Kobalia, …": what one is."""
    if verb.deprel != "acl" or verb.lemma.lower() not in context.referring.signs.get("calling", ()):
        return
    below = [*context.document.children(verb, "xcomp", "obj"), *_known_as(context, verb)]
    names = (context.registry.by_token.get(c.i) for c in below)
    draft = next((d for d in names if d is not None and d.kind == "person" and d.is_named), None)
    noun: Token | None = context.document.head(verb)
    while draft is not None and noun is not None and noun.i not in context.registry.by_token:
        office = context.lexicon.office_of(context.document, noun)
        if office is not None and noun.upos == "NOUN" and not is_plural(noun):
            give_role(context, noun, office[1], draft)
        elif noun.upos == "NOUN" and _is_human(context, noun) and not is_plural(noun):
            _call(context, noun, draft)
        noun = context.document.head(noun) if noun.deprel in ("appos", "amod") else None


def _known_as(context: Context, verb: Token) -> Iterator[Token]:
    """As in "their leader, known as Commander Wolf": what stands behind "as"."""
    signs = context.referring.signs.get("naming_as", frozenset())
    for child in context.document.children(verb, "obl", "advcl"):
        if any(c.lower in signs for c in context.document.children(child, "case", "mark")):
            yield child


def _calling(context: Context, name: Name, draft: Draft) -> None:
    """As in "la biologa danese Hanne Larsen", "Swedish teenager Elsa Lindqvist": the noun right before a name."""
    noun = _noun_before(context, name)
    if noun is None:
        _age_before(context, name, draft)
        return
    words, states = context.referring, context.phrases.states(noun)
    if not words.is_neutral(noun):
        give_role(context, noun, "profession", draft)
    else:
        draft.country = draft.country or (states[0] if states else None)
        context.registry.by_token.setdefault(noun.i, draft)
        draft.nouns.add(noun.lemma.lower())
    draft.age = draft.age if draft.age is not None else age_in(context.document, noun, words)


def _age_before(context: Context, name: Name, draft: Draft) -> None:
    """As in "Il cinquantaduenne Grigore Munteanu": an age in letters before a name speaks of its bearer."""
    word = context.document.tokens[name.first - 1] if name.first else None
    age = age_in(context.document, word, context.referring) if word is not None else None
    if word is None or age is None or word.i in context.phrases.at:
        return
    draft.age = draft.age if draft.age is not None else age
    first = word.i - (context.document.tokens[word.i - 1].upos in ("DET", "ADP"))
    context.registry.mention(draft, max(first, 0), name.first, "nominal", head=word.i)


def _apposed(context: Context, name: Name, draft: Draft) -> None:
    """As in "Rane, a former surveyor, …", "Carla Bo, un'apicoltrice": what a phrase behind a comma says somebody is."""
    head, tokens = context.head(name), context.document.tokens
    beside = list(context.document.children(head, "appos"))
    if head.deprel == "appos":  # "Its leader, Marcus Teel, a former fireman, …"
        beside += [c for c in context.document.children(head.head, "appos") if c.i != head.i]
    for noun in beside:
        bare = is_indefinite(context.document, noun) or not context.document.children(noun, "det", "case")
        if noun.i >= name.last and tokens[name.last].text == "," and bare:
            _call(context, noun, draft)
    above = context.document.head(head)
    bound = head.deprel in _BESIDE and not context.document.children(head, "case")
    if above is None or not bound or above.i > name.first or tokens[name.first - 1].text != ",":
        return
    governor = context.document.head(above)
    if governor is not None and above.deprel == "nmod" and governor.lower in context.referring.pairs.get("one_of", ()):
        return  # "one of the mayor's own group, Ann Tait, …"
    above = bearer(context, above, name.first) or above
    if is_definite(context.document, above) or is_indefinite(context.document, above):
        _call(context, above, draft)  # "His head doorman, Dean Purcell, …"


def bearer(context: Context, noun: Token, end: int) -> Token | None:
    """As in "la versione del comandante, Nikos Vardakis": who within a phrase bears the name behind it."""
    inner = context.document.children(noun, "nmod")
    nouns = (t for t in reversed(inner) if noun.i < t.i < end and t.upos == "NOUN" and not is_plural(t))
    return next((t for t in nouns if _is_human(context, t)), None) if not _is_human(context, noun) else None


def _is_human(context: Context, noun: Token) -> bool:
    kind = context.lexicon.kind_of(context.document, noun)
    office = context.lexicon.office_of(context.document, noun)
    return office is not None or (kind is not None and kind[1] in ("person", "group"))


def _call(context: Context, noun: Token, draft: Draft) -> None:
    """A noun that is no office, body, thing or word for anybody is what somebody does."""
    words = {noun.lower, noun.lemma.lower()}
    kind = context.lexicon.kind_of(context.document, noun)
    known = (kind is not None and kind[1] not in ("person", "group")) or context.lexicon.office_of(
        context.document, noun
    )
    thing = words & (context.lexicon.things_named | context.referring.pairs.get("latter", frozenset()))
    if noun.upos == "NOUN" and not is_plural(noun) and not (known or thing or context.referring.is_neutral(noun)):
        give_role(context, noun, "profession", draft)


def _aged(context: Context, token: Token) -> None:
    """As in "Si chiama Lukas Reitmaier, ha 57 anni", "Vane, who is 44, …": the age that a verb tells."""
    document, number = context.document, token
    for child in document.children(token, "nummod"):
        number = child
    verb = document.head(token)
    told = verb is not None and token.deprel == "obj" and verb.lemma.lower() in context.referring.aging
    said = bool(document.children(token, "cop")) and token.deprel.split(":")[0] in _CLAUSES
    if not number.text.isdigit() or not (told or said) or int(number.text) >= _OLDEST:
        return
    draft = _who_is(context, verb if told and verb is not None else token)
    if draft is not None and draft.age is None:
        draft.age = int(number.text)


def _who_is(context: Context, verb: Token) -> Draft | None:
    """The person whom a clause without an object is about: its subject, or the only one its sentence names before."""
    if verb.deprel == "acl:relcl":
        return next(_persons(context, [context.document.tokens[verb.head]]), None)
    subjects = context.document.children(verb, "nsubj")
    if subjects:
        return next(_persons(context, list(subjects)), None)
    if not context.lexicon.pro_drop:
        return None
    before = context.document.sentence_tokens(verb.sentence)
    named = {id(d): d for t in before if t.i < verb.i and (d := context.registry.by_token.get(t.i)) is not None}
    people = [d for d in named.values() if d.kind == "person"]
    return people[0] if len(people) == 1 else None


def _noun_before(context: Context, name: Name) -> Token | None:
    """A common noun that only adjectives part from a name, and that no office, body or thing is meant by."""
    tokens, at = context.document.tokens, name.first - 1
    while at >= 0 and (tokens[at].upos == "ADJ" or _is_demonym(context, at)):
        at -= 1
    noun = tokens[at] if at >= 0 else None
    if noun is None or noun.sentence != tokens[name.first].sentence or noun.upos != "NOUN" or is_plural(noun):
        return None
    if noun.i in context.registry.by_token or noun.text[:1].isupper() or not noun.text.isalpha():
        return None
    kind = context.lexicon.kind_of(context.document, noun)
    mine = context.document.tokens[name.first]
    tied = _tied(context, noun, name)
    if context.document.children(noun, "case") and not (
        kind is not None or noun.lower.endswith(context.referring.agents)
    ):
        return None  # "all'alba Rodolfo Dapelo", "in classifica Bonetti"
    thing = noun.lower in context.lexicon.things_named or noun.lemma.lower() in context.lexicon.things_named
    one = not {noun.lower, noun.lemma.lower()} & context.lexicon.collective  # "la cooperante Riva", no "famiglia"
    body = context.referring.kinds(noun) and not {noun.lower, noun.lemma.lower()} & context.referring.either
    if body and not context.referring.is_trade(noun):
        return None  # "il liceo Marconi"
    human = kind is None or kind[1] in ("person", "government") or (kind[1] == "group" and one)  # "Kenyan agent Mutai"
    return noun if human and tied and not thing and mine.i != noun.i else None


def _is_demonym(context: Context, i: int) -> bool:
    name = context.phrases.at.get(i)
    return name is not None and name.known is not None and name.known.sort == "people"


def _tied(context: Context, noun: Token, name: Name) -> bool:
    """Whether the parse hangs the name on the noun, or the noun on the name, with no preposition between."""
    head = context.head(name)
    if context.document.children(head, "case") and head.i > noun.i and head.head == noun.i:
        return False
    return (head.head == noun.i and head.deprel.split(":")[0] in _BOUND) or (
        noun.head == head.i and noun.deprel.split(":")[0] in _BOUND | {"amod"}
    )


def _in_brackets(context: Context, name: Name, draft: Draft) -> None:
    """As in "Renato Bolla (Lega)": the party or union that somebody is of."""
    tokens, body = context.document.tokens, context.phrases.at.get(name.last + 1)
    if body is None or name.last + 1 != body.first or body.last >= len(tokens):
        return
    party = context.registry.by_token.get(body.first)
    known = body.known is not None and body.known.table == "parties"
    if tokens[name.last].text != "(" or tokens[body.last].text not in (")", "-", ",") or party is None or not known:
        return
    draft.country = draft.country or party.country
    if context.lexicon.member:
        draft.add_role(Role(context.lexicon.member, party.name, tokens[name.first].sentence, "current"), "member")


def _lettered(context: Context, name: Name, draft: Draft) -> None:
    """As in "Ruth Adeyemi KC": what the letters behind a name say that somebody is."""
    after = context.document.tokens[name.last : name.last + 1]
    title = context.lexicon.letters.get(after[0].text) if after else None
    if title is None or after[0].sentence != context.document.tokens[name.first].sentence:
        return
    context.registry.by_token.setdefault(after[0].i, draft)
    group = context.lexicon.offices.get(title.lower())
    if group is not None:
        draft.add_role(Role(title, None, after[0].sentence, "current"), group)


def _leads(context: Context, verb: Token) -> None:
    """As in "Ionescu, who leads the Alliance", "la Lega, guidata da Bolla"."""
    document = context.document
    passive = [c for c in document.children(verb, "obl:agent", "obl") if _is_person(context, c)]
    if (
        verb.feats.get("VerbForm") == "Part"
        and verb.deprel.split(":")[0] in ("acl", "amod", "root", "advcl")
        and passive
    ):
        led: Sequence[Token] = [document.tokens[verb.head]] if verb.head != verb.i else []
        holders: Iterator[Draft] = _persons(context, passive[:1])
    else:
        led = document.children(verb, "obj")
        holders = _persons(context, _subjects(context, verb))
    bodies = [b for b in (context.registry.by_token.get(t.i) for t in led) if b is not None]
    for draft in holders:
        body = bodies[0].name if bodies and bodies[0].kind in _LED else _body_by_noun(context, led)
        if body is not None:
            role = Role(context.lexicon.leads[verb.lemma.lower()], body, verb.sentence, "current")
            draft.add_role(role, "leader")
            context.led.append((draft, role, led[0].i))


def _body_by_noun(context: Context, led: Sequence[Token]) -> str | None:
    """As in "who leads the fishermen's federation": a body that has no name of its own."""
    kinds = [(t, context.lexicon.kind_of(context.document, t)) for t in led[:1]]
    return next((context.phrases.name_of(t) for t, kind in kinds if kind is not None and kind[1] in _LED), None)


def _subjects(context: Context, verb: Token) -> list[Token]:
    subjects = context.document.children(verb, "nsubj")
    if verb.deprel == "acl:relcl":
        return [context.document.tokens[verb.head]]
    return [s for s in subjects if s.deprel == "nsubj"]


def _persons(context: Context, tokens: list[Token]) -> Iterator[Draft]:
    for token in tokens:
        draft = context.registry.by_token.get(top(context, token).i) or context.registry.by_token.get(token.i)
        if draft is not None and draft.kind == "person":
            yield draft


def _is_person(context: Context, token: Token) -> bool:
    draft = context.registry.by_token.get(token.i)
    return draft is not None and draft.kind == "person"
