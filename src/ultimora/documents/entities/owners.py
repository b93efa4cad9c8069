"""Whose an office is where a phrase or pronoun says it: "its chief executive", "the union's leader", "sua moglie"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.roles import Tense, gender_of
from ultimora.documents.entities.salience import top
from ultimora.documents.entities.shape import is_definite, is_plural
from ultimora.documents.entities.titles import same_office
from ultimora.types import Role, Token

_FARTHEST = 400
_OWNERS = ("nmod", "nmod:poss", "det:poss", "compound")
_BODIES = frozenset({"organization", "outlet", "armed_group", "government"})
_OF_STATES = frozenset({"head_of_government", "cabinet", "vice_president"})
_PERSONAL = frozenset({"kin", "spokesperson", "lawyer", "coach", "profession", "director", "counterpart"})
"""Groups of those who are somebody's."""

_OFFICIAL = frozenset({"prosecutor", "judge", "lawyer", "officer", "spokesperson", "commander", "cabinet", "local"})
"""Groups of those who speak of others."""

_IN_TURN: dict[str, Tense] = {"predecessor": "former", "successor": "elect", "counterpart": "current"}
"""Offices that are told by another one's, and when they are held."""

_INHERITED = _OF_STATES | {"head_of_state", "monarch", "director", "leader", "local", "diplomat"}


def tell_owners(context: Context) -> None:
    """Fill in what an office is of, where a phrase that has been resolved by now says it."""
    for leader, led, i in context.led:
        body = context.registry.by_token.get(i)
        if body is not None and body.is_named and led in leader.roles:
            leader.roles[leader.roles.index(led)] = replace(led, of=body.name)
    told = {i: (d, title) for i, title in context.spoken.items() if (d := context.registry.by_token.get(i)) is not None}
    for i, (draft, title) in sorted({**told, **context.offices}.items()):
        role = next((r for r in draft.roles if r.title == title and r.of is None), None)
        role = None if is_plural(context.document.tokens[i]) else role
        owner = _owner(context, context.document.tokens[i], draft) if role is not None else None
        if role is not None and owner is not None:
            state = owner.kind == "person" and bool(draft.groups.keys() & _OF_STATES)
            (_tell_state if state else _tell)(draft, role, owner)


def _tell(draft: Draft, role: Role, owner: Draft) -> None:
    of = owner.country if owner.table == "states" and owner.country else owner.name
    draft.roles[draft.roles.index(role)] = replace(role, of=of)
    if owner.kind in _BODIES and owner.table == "states":
        draft.country = draft.country or owner.country


def _tell_state(draft: Draft, role: Role, owner: Draft) -> None:
    """As in "il suo primo ministro": the offices of a ruler's men are of the same state."""
    draft.roles[draft.roles.index(role)] = replace(role, of=owner.country)
    draft.country = draft.country or owner.country


def _owner(context: Context, token: Token, draft: Draft) -> Draft | None:
    group = next((g for g, roles in draft.offices.items() if any(r.sentence == token.sentence for r in roles)), "")
    for child in context.document.children(token, *_OWNERS):
        found = context.registry.by_token.get(child.i) or _relative(context, child)
        if (
            found is None
            or found is draft
            or found.anonymous
            or found.plural
            or not (found.is_named or found.kind in _BODIES)
        ):
            continue
        ruler = found.country is not None and group in _OF_STATES
        if found.kind in _BODIES or (found.kind == "person" and (group in _PERSONAL or ruler)):
            return found
    return None


def _relative(context: Context, child: Token) -> Draft | None:
    """As in "PayBridge, whose founder, Marcus Bell, …": what the relative clause hangs on."""
    if child.feats.get("PronType") != "Rel":
        return None
    clause = next((t for t in context.document.ancestors(child) if t.deprel == "acl:relcl"), None)
    if clause is None and child.i > 1 and context.document.tokens[child.i - 1].text == ",":
        return context.registry.by_token.get(child.i - 2)
    return context.registry.by_token.get(clause.head) if clause is not None else None


def learn_ties(context: Context, token: Token, title: str, draft: Draft) -> None:
    """What an office says of two people at once, as soon as the text has told whose it is."""
    groups = {group for group, roles in draft.offices.items() if any(r.sentence == token.sentence for r in roles)}
    owner = _person_of(context, token, draft)
    unsure = draft.guessed or not draft.gender or " " not in draft.name
    if "kin" in groups and unsure and (shown := gender_of(context, token)):
        draft.gender, draft.guessed = shown, False  # "suo fratello, Mihai", "la moglie, Nino"
    if groups & {"kin", "lawyer"}:
        owner = owner or (_subject_above(context, token, draft) if "kin" in groups else None)
        owner = owner or (_beside(context, token, draft) if "kin" in groups else None)
        owner = owner or (_spoken_of(context, token, draft) if "kin" in groups else None)
        if owner is not None:
            context.kin.append((title, draft, owner))
    owner = owner or (_subject_above(context, token, draft) if "counterpart" in groups else None)
    for group in groups & _IN_TURN.keys():
        if owner is not None:
            _inherit(context, token, draft, owner, group)


def in_turn(context: Context, token: Token) -> Draft | None:
    """As in "Il suo successore" of the outgoing governor: the other one whom the text gives the same office."""
    marks = context.document.children(token, "nmod:poss", "det:poss", "nmod")
    owner = next((d for d in (context.registry.by_token.get(c.i) for c in marks) if d is not None), None)
    mine = [r for r in owner.roles if r.of is not None or " " in r.title] if owner is not None else []
    for draft in context.registry.drafts:
        same = draft is not owner and draft.kind == "person" and draft.is_named
        if same and any(same_office(context, r.title, o.title) and r.of == o.of for r in mine for o in draft.roles):
            return draft
    return _replacing(context, token, owner) if owner is not None else None


def _replacing(context: Context, token: Token, owner: Draft) -> Draft | None:
    """As in "Bakke will replace her … her successor": who the text says takes the place of whom."""
    office = context.lexicon.office_of(context.document, token)
    place = 0 if office is not None and office[1] == "successor" else 1
    verbs = context.referring.signs.get("replaces", frozenset())
    for verb in reversed(context.document.tokens[max(token.i - _FARTHEST, 0) : token.i]):
        if verb.lemma.lower() not in verbs:
            continue
        replaced = context.document.children(verb, "nsubj:pass")
        subjects = context.document.children(verb, "obl" if replaced else "nsubj")
        objects = replaced or context.document.children(verb, "obj", "iobj")
        pair = [_first_person(context, tokens) for tokens in (subjects, objects)]
        if pair[1 - place] is owner and pair[place] is not owner:
            return pair[place]
    return _after_exit(context, token, owner, place)


def _after_exit(context: Context, token: Token, owner: Draft, place: int) -> Draft | None:
    """As in "Stannard, who became chair after the exit of Rowntree, … Her predecessor"."""
    exits = context.referring.signs.get("exits", frozenset())
    for noun in reversed(context.document.tokens[max(token.i - _FARTHEST, 0) : token.i]):
        if noun.upos != "NOUN" or noun.lemma.lower() not in exits:
            continue
        gone = _first_person(context, context.document.children(noun, "nmod", "nmod:poss"))
        pair = (_coming(context, noun), gone)
        if gone is not None and pair[0] is not gone and pair[1 - place] is owner:
            return pair[place]
    return None


def _coming(context: Context, noun: Token) -> Draft | None:
    """The subject of the clause that a noun stands in: of a relative clause whom it hangs on."""
    for above in context.document.ancestors(noun):
        for subject in context.document.children(above, "nsubj", "nsubj:pass"):
            relative = subject.lower in context.lexicon.relative and above.deprel == "acl:relcl"
            return context.registry.at(above.head if relative else subject.i)
    return None


def _first_person(context: Context, tokens: Sequence[Token]) -> Draft | None:
    drafts = (context.registry.at(t.i) for t in tokens)
    return next((d for d in drafts if d is not None and d.kind == "person"), None)


def _inherit(context: Context, token: Token, draft: Draft, owner: Draft, group: str) -> None:
    """As in "her predecessor, Álvaro Rincón", "il suo omologo romeno": the office of whoever the other one is."""
    for held in owner.groups.keys() & _INHERITED:
        roles = [r for r in owner.offices.get(held, ()) if r.tense == "current"]
        state = draft.country if group == "counterpart" else owner.groups[held]
        colleague = group == "counterpart" and state in (None, owner.country)  # "il suo collega Tajani"
        own = bool(roles) and roles[0].title in context.lexicon.office_states  # the "segretario di Stato" of one alone
        if roles and state is not None and not colleague and not own:
            role = Role(roles[0].title, state, token.sentence, _IN_TURN[group])
            draft.country = draft.country or owner.country
            draft.add_role(role, held)


def _person_of(context: Context, token: Token, draft: Draft) -> Draft | None:
    for child in context.document.children(token, *_OWNERS):
        found = context.registry.by_token.get(child.i)
        if found is not None and found is not draft and found.kind == "person":
            return found
    return None


def _beside(context: Context, token: Token, draft: Draft) -> Draft | None:
    """As in "Con lei lavora il marito, Davide Kovac": whoever else the clause of a relative speaks of."""
    noun = context.document.tokens[token.head] if token.deprel == "conj" else token
    if noun.deprel != "nsubj":
        return None
    found = (context.registry.by_token.get(t.i) for t in context.document.children(noun.head, "obl", "iobj", "obj"))
    return next((d for d in found if d is not None and d is not draft and d.kind == "person"), None)


def _spoken_of(context: Context, token: Token, draft: Draft) -> Draft | None:
    """As in "Carminati ha lasciato. Il figlio Jacopo …": nobody's, so that of whom the sentence before is about."""
    document = context.document
    plain = token.deprel.startswith("nsubj") or document.tokens[token.head].deprel.startswith("nsubj")
    if not plain or not is_definite(document, token) or document.children(token, *_OWNERS[1:3]):
        return None
    if any(document.children(c, "case") for c in document.children(token, "nmod")):
        return None  # "il figlio del sindaco"
    known: list[Draft] = []
    for i, other in context.registry.before(document.sentences[token.sentence].first):
        if (
            other.kind != "person"
            or not other.is_named
            or other.plural
            or other is draft
            or other.groups.keys() & _OFFICIAL
        ):
            continue
        near = token.sentence - document.tokens[i].sentence <= 1
        if near and top(context, document.tokens[i]).deprel.startswith(("nsubj", "root")):
            return other
        known += [] if any(other is d for d in known) else [other]
    return known[0] if len(known) == 1 else None  # "La madre, Samira": of the one whom all is about


def _subject_above(context: Context, token: Token, draft: Draft) -> Draft | None:
    for above in context.document.ancestors(token):
        for subject in context.document.children(above, "nsubj"):
            found = context.registry.by_token.get(subject.i)
            if found is not None and found is not draft and found.kind == "person":
                return found
    return None


def relative(context: Context, noun: str, of: Sequence[Draft] | None = None, gender: str = "") -> Draft | None:
    """Whoever is the other one of two relatives: "il marito" after "la moglie, Teresa Landi".

    ``of``: only the relative of one of these ("her husband").
    """
    told = [draft for title, draft, owner in context.kin if noun in title.split() and any(owner is o for o in of or ())]
    if told:
        return told[-1]  # "Rohan and his sister, Meera, … His sister"
    inverse = context.referring.inverse.get(noun, frozenset())
    mine = [(title, draft, owner) for title, draft, owner in context.kin if inverse & set(title.split())]
    found = [owner for _, draft, owner in mine if of is None or any(draft is each for each in of)]
    found = [owner for owner in found if {owner.gender, gender} != {"m", "f"}]
    return found[-1] if found else None
