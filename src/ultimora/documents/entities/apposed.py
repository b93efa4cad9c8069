"""What stands beside a phrase and speaks of the same: titles and nouns between commas."""

from __future__ import annotations

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.described import shown_gender
from ultimora.documents.entities.referring import age_in
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.roles import give_role
from ultimora.documents.entities.shape import is_definite, is_indefinite, is_plural
from ultimora.documents.entities.taking import take
from ultimora.types import Role, Token

_BODIES = frozenset({"organization", "outlet", "armed_group"})


def introduced(context: Context, token: Token) -> None:
    """As in "the coach, Joseph Kiprono", "Kiprono, the coach": a title beside a comma is a mention of its own."""
    brought = is_definite(context.document, token) or is_indefinite(context.document, token)
    if not brought or is_plural(token):
        return
    first, last = context.phrases.extent(token)
    draft, tokens = context.offices[token.i][0], context.document.tokens
    before = tokens[context.phrases.start(token, first) - 1]
    after = [t for t in tokens[last : last + 3] if t.upos != "DET"]  # "sua moglie, la pianista Ines Duarte"
    named = len(after) > 1 and after[0].text == "," and context.registry.by_token.get(after[1].i) is draft
    if named or (before.text == "," and before.sentence == token.sentence and _follows(context, token, before, draft)):
        take(context, token, draft, "nominal")


def body_introduced(context: Context, token: Token) -> None:
    """As in "la società armatrice, la Thalassa", "Forza Adria, il movimento": what a body is, beside a comma."""
    draft = context.registry.by_token.get(token.i)
    if draft is None or draft.kind not in _BODIES or token.upos != "NOUN" or token.i in context.phrases.at:
        return
    told = any(m.start <= token.start < m.end for m in draft.mentions.values())
    if told or is_plural(token) or not is_definite(context.document, token):
        return
    first, last = context.phrases.extent(token)
    tokens = context.document.tokens
    before = tokens[context.phrases.start(token, first) - 1]
    after = [t for t in tokens[last : last + 3] if t.upos != "DET"]
    named = len(after) > 1 and after[0].text == "," and context.registry.by_token.get(after[1].i) is draft
    if named or (before.text == "," and before.sentence == token.sentence and _follows(context, token, before, draft)):
        take(context, token, draft, "nominal")


def _follows(context: Context, token: Token, comma: Token, draft: Draft) -> bool:
    """As in "Jo Brand of Ohio, the majority leader": an office between commas behind its holder's name."""
    above = context.document.head(token)
    return above is not None and above.i < comma.i and context.registry.by_token.get(above.i) is draft


def is_of_one_told(context: Context, token: Token) -> bool:
    """As in "The minister, a former army colonel, …": another office of whoever the phrase before speaks of."""
    above = context.document.head(token)
    office = context.lexicon.office_of(context.document, token)
    draft = context.registry.by_token.get(above.i) if above is not None and token.deprel == "appos" else None
    if draft is not None and above is not None and draft.kind in ("organization", "outlet"):
        return _is_body_told(context, token, above, draft)
    if draft is None and _is_body_beside(context, token):
        return True
    if draft is None or above is None or draft.kind != "person":
        return False
    if _is_same(context, token, above) or _is_anybody(context, token, above):
        take(context, token, draft, "nominal")
        draft.gender = draft.gender or shown_gender(context, token)
        draft.nouns |= {token.lemma.lower()} - context.referring.neutral
        if office is None and context.referring.is_trade(token) and not context.referring.is_neutral(token):
            draft.add_role(Role(token.lower, None, token.sentence, "current"), "profession")
        if draft.age is None:
            draft.age = age_in(context.document, token, context.referring)
        return True
    if office is None:
        return False
    if not is_indefinite(context.document, token) and context.document.children(token, "det", "case"):
        return False
    give_role(context, token, office[1], draft)
    return True


def are_apposed(context: Context, token: Token) -> bool:
    """As in "the couple, Ed and Lorraine Simms", "i due fermati, Rossi e Bianchi": several are named right after."""
    if token.upos != "NOUN":
        return False
    several = is_plural(token) or {token.lower, token.lemma.lower()} & context.lexicon.collective
    two = any(c.lower in context.referring.pairs.get("two", ()) for c in context.document.children(token, "nummod"))
    if not several or not (two or is_definite(context.document, token)):
        return False
    parents = [] if two else _relatives(context, token)
    couple = _two_named(context, context.phrases.extent(token)[1]) if two else parents
    _tell_which(context, token, parents)
    if couple:
        first, last = context.phrases.extent(token)
        context.registry.share(couple, context.phrases.start(token, first), last, token.i, "nominal")
        return True
    heads = context.document.children(token, "appos", "conj")
    found = [d for t in heads if (d := context.registry.by_token.get(t.i)) is not None and d.kind == "person"]
    for name in context.document.children(token, "appos"):
        joined = context.document.children(name, "conj")
        found += [d for t in joined if (d := context.registry.by_token.get(t.i)) is not None and d.kind == "person"]
    if len(found) <= 1 or len({id(d) for d in found}) != len(found) or heads[0].deprel != "appos":
        return False
    first, last = context.phrases.extent(token)
    context.registry.share(found, context.phrases.start(token, first), last, token.i, "nominal")
    return True


def _relatives(context: Context, token: Token) -> list[Draft]:
    """As in "i genitori di Leonardo, Sara e Dimitri, …": the two who are named behind whoever they are parents of."""
    below = context.document.children(token, "nmod") if token.lemma.lower() in context.referring.couples else []
    names = [name for c in below if (name := context.phrases.at.get(c.i)) is not None]
    return _two_named(context, names[0].last) if names else []


def _tell_which(context: Context, token: Token, couple: list[Draft]) -> None:
    """Of two parents the one is the mother and wife, the other the father and husband."""
    called = context.referring.couples.get(token.lemma.lower(), {})
    whose = (context.registry.by_token.get(c.i) for c in context.document.children(token, "nmod"))
    owner = next((d for d in whose if d is not None and d.kind == "person" and d not in couple), None)
    for draft in couple if owner is not None else ():
        one = called.get(draft.gender)
        if one is not None and owner is not None:
            draft.add_role(Role(one, None, token.sentence, "current"), "kin")
            context.kin.append((one, draft, owner))
    if [d.gender for d in sorted(couple, key=lambda d: d.gender)] == ["f", "m"] and "to_him" in called:
        woman, man = sorted(couple, key=lambda d: d.gender)
        context.kin.append((called["to_him"], woman, man))


def _two_named(context: Context, last: int) -> list[Draft]:
    """As in "due fratelli di Padova, Ivan e Denis Bressanin, …": the two whose names a comma and an "and" bring."""
    tokens = context.document.tokens
    first = context.phrases.at.get(last + 1)
    if first is None or tokens[last].text != "," or first.first != last + 1:
        return []
    second = context.phrases.at.get(first.last + 1)
    if second is None or tokens[first.last].upos != "CCONJ":
        return []
    found = [context.registry.by_token.get(n.first) for n in (first, second)]
    people = [d for d in found if d is not None and d.kind == "person"]
    return people if len(people) == len(found) and people[0] is not people[1] else []


def _is_body_told(context: Context, token: Token, above: Token, draft: Draft) -> bool:
    """As in "Fjordline, the Norwegian shipping group, …": what a named body is, between commas."""
    if is_plural(token) or token.i < above.i or token.upos != "NOUN":
        return False
    name = context.phrases.at.get(above.i)
    behind = name is not None and context.document.tokens[name.last].text == ","
    if not context.referring.kinds(token) and not (behind and name is not None and name.last < token.i):
        return False
    draft.nouns.add(token.lemma.lower())
    draft.country = draft.country or context.phrases.state(token)
    context.registry.by_token.setdefault(token.i, draft)
    if is_definite(context.document, token):
        take(context, token, draft, "nominal")
    return True


def _is_body_beside(context: Context, token: Token) -> bool:
    """As in "lo stabilimento della Kemitex, colosso olandese delle vernici": the parse may hang it on the plant."""
    first = context.phrases.start(token, context.phrases.extent(token)[0])
    comma = context.document.tokens[first - 1] if first > 1 else token
    name = context.phrases.at.get(comma.i - 1) if token.deprel == "appos" and comma.text == "," else None
    draft = context.registry.by_token.get(name.first) if name is not None else None
    firm = draft is not None and draft.kind == "organization" and comma.sentence == token.sentence
    return firm and draft is not None and _is_body_told(context, token, context.document.tokens[comma.i - 1], draft)


def _is_anybody(context: Context, token: Token, above: Token) -> bool:
    """As in "Lupu, quarantenne di Iași, …", "Kanu, a 19-year-old from Bo, …": anybody's noun behind a name."""
    name = context.phrases.at.get(above.i)
    plain = not context.document.children(token, "case", "det:poss", "nmod:poss") and not is_plural(token)
    comma = context.document.tokens[name.last].text == "," if name is not None and name.last < token.i else False
    words = context.referring
    anybody = words.is_neutral(token) or age_in(context.document, token, words) is not None
    return comma and plain and token.upos in ("NOUN", "ADJ") and anybody


def _is_same(context: Context, token: Token, above: Token) -> bool:
    """As in "Odom, the Omaha Democrat who wrote the bill": a definite phrase behind the name and a comma."""
    name = context.phrases.at.get(above.i)
    last = name.last if name is not None else above.i + 1
    comma = context.document.tokens[last : last + 1]
    told = token.i > above.i and bool(comma) and comma[0].text == "," and token.upos in ("NOUN", "PROPN")
    human = context.referring.is_neutral(token) or context.lexicon.office_of(context.document, token) is None
    return told and human and is_definite(context.document, token) and not is_plural(token)
