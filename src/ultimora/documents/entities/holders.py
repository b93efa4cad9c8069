"""Who in the article holds an office that is spoken of without a name: "il premier britannico", "the chancellor"."""

from __future__ import annotations

from collections.abc import Callable

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.described import leads_another
from ultimora.documents.entities.headlines import PARTS_BEFORE, is_told_without_name
from ultimora.documents.entities.registry import STATES, Draft
from ultimora.documents.entities.roles import gender_of
from ultimora.documents.entities.titles import clashes, fullest, same_office
from ultimora.types import Token

_SAME_OFFICE = frozenset({"prosecutor", "head_of_state", "head_of_government", "monarch", "pope", "vice_president"})
RULING = frozenset({"head_of_state", "head_of_government", "monarch", "leader", "counterpart"})
_OF_STATE = frozenset({"head_of_state", "head_of_government", "cabinet", "monarch"})
_NEVER_PAST = frozenset({"head_of_state", "head_of_government", "vice_president", "monarch", "pope", "cabinet"}) | {
    "prosecutor",
    "judge",
}
"""Offices that somebody else holds by now: "the president" is not the former one."""
_FARTHEST = 400
_RECENT = 2


class Office:
    """An office that a phrase names: what it is, of what, of which state, and whether it is held now."""

    def __init__(self, token: Token, group: str, title: str, of: str | None, country: str | None, tense: str) -> None:
        self.token, self.group, self.title = token, group, title
        self.of, self.country, self.tense = of, country, tense
        self.gender = ""


def holder(context: Context, office: Office, ahead: bool = False) -> Draft | None:
    """The person of this article who holds an office: the last one named before; in headlines, the first one after.

    ``ahead``: also the only one after, elsewhere.
    """
    fits: Callable[[Draft], bool] = lambda d: _fits(context, d, office) and _is_peer(context, d, office)  # noqa: E731
    exact: Callable[[Draft], bool] = lambda d: fits(d) and any(r.title == office.title for r in d.roles)  # noqa: E731
    before: Callable[[], Draft | None] = lambda: (  # noqa: E731
        _man_near(context, office, fits) or _told_last(context, office, fits, exact)
    )
    after: Callable[[], Draft | None] = lambda: _first(context, office.token, exact, fits)  # noqa: E731
    announced = context.document.sentences[office.token.sentence].part in PARTS_BEFORE
    found = (after() or before()) if announced else before()
    found = after() if found is None and ahead else found
    if found is None and office.tense == "current" and office.group not in _NEVER_PAST:
        found = _last(context, office.token, lambda d: _fits(context, d, office, past=True))
    if found is None and office.country and office.group in RULING and not _is_of_part(context, office):
        ruler = _known_ruler(context, office)
        return ruler if ruler is not None and _is_peer(context, ruler, office) else None
    return found


def _is_of_part(context: Context, office: Office) -> bool:
    """As in "Israel's army chief", "il capo dell'esercito israeliano": whoever leads a part of a state rules none."""
    if office.group != "leader":
        return False
    described = context.document.children(office.token, "compound")
    return " " in office.title or bool(described) or office.of not in (None, office.country)


def _is_peer(context: Context, draft: Draft, office: Office) -> bool:
    """As in "the minister phoned his Bolivian counterpart": the counterpart of a minister is no president."""
    if office.group != "counterpart":
        return True
    for above in context.document.ancestors(office.token):
        for subject in context.document.children(above, "nsubj"):
            mine = context.registry.by_token.get(subject.i)
            if mine is not None and mine is not draft and mine.kind == "person":
                told = mine.groups.keys() & _OF_STATE
                return not told or bool(told & draft.groups.keys()) or not draft.groups.keys() & _OF_STATE
    return True


def _fits(context: Context, draft: Draft, office: Office, *, past: bool = False) -> bool:
    if draft.kind != "person" or draft.plural or office.group not in draft.groups:
        return False
    if {office.gender, draft.gender} == {"m", "f"}:
        return False
    of = draft.groups[office.group]
    if office.group == "head_of_state" and (office.country or " " in office.title) and _is_of_somebody(context, draft):
        return False
    if office.of and of != office.of and not _agrees(context, draft, office, of):
        return False
    if not office.of and office.group == "head_of_state" and of and not _is_state(context, of) and " " in office.title:
        return False
    roles = draft.offices.get(office.group, [])
    if not past and office.tense == "current" and roles and all(r.tense == "former" for r in roles):
        return False
    if (
        office.tense == "former"
        and office.group in _NEVER_PAST
        and roles
        and not any(r.tense == "former" for r in roles)
    ):
        return False
    if office.group == "cabinet" and office.tense == "current" and clashes(context, office.title, roles):
        return False
    if leads_another(context, draft, office.token):
        return False
    if office.group in _SAME_OFFICE or not roles:
        return True
    return any(same_office(context, office.title, r.title) for r in fullest(roles))


def _is_of_somebody(context: Context, draft: Draft) -> bool:
    """As in "Its president, Can Demir": of whatever "its" speaks of, and of no state unless that is one."""
    owners = [
        context.document.children(i, "nmod:poss", "det:poss")
        for i, (held, _) in context.offices.items()
        if held is draft
    ]
    told = [context.registry.by_token.get(t.i) for each in owners for t in each]
    return bool(owners) and all(owners) and not any(d is not None and d.table == STATES for d in told)


def _agrees(context: Context, draft: Draft, office: Office, of: str | None) -> bool:
    """Whether an office of another name may be the same one: of the same state, or of nothing that is told."""
    if office.country and draft.country == office.country and _is_state(context, of):
        return True
    told = of is None and not _is_state(context, office.of) and office.tense == "current"
    return told and any(same_office(context, office.title, r.title) for r in draft.offices.get(office.group, ()))


def _is_state(context: Context, of: str | None) -> bool:
    return of is None or of in context.gazetteer.names or _is_seat(context, of)


def _is_seat(context: Context, name: str) -> bool:
    known = context.gazetteer.known.get(name)
    return known is not None and known.sort == "seat"


def _known_ruler(context: Context, office: Office) -> Draft | None:
    """A ruler whom the article names without an office: the one person of that state who has no other office."""
    country, former = office.country, office.tense == "former"

    def fits(draft: Draft) -> bool:
        free = former or all(g in RULING and of in (country, None) for g, of in draft.groups.items())
        return draft.kind == "person" and draft.country == country and free and draft.is_named

    only = _only(context, fits)
    return only or (_last(context, office.token, fits) if office.group == "counterpart" else None)


def _last(context: Context, token: Token, fits: Callable[[Draft], bool]) -> Draft | None:
    for tried, (_, draft) in enumerate(context.registry.before(token.i)):
        if tried > _FARTHEST:
            return None
        if fits(draft):
            return draft
    return None


def _man_near(context: Context, office: Office, fits: Callable[[Draft], bool]) -> Draft | None:
    """As in "Il presidente Ferri ha visto la presidente Motta. Il presidente …": he, though it may mean her."""
    if office.group == "counterpart" or gender_of(context, office.token) != "m":
        return None
    last = _last(context, office.token, fits)
    if last is None or last.gender != "f":
        return None
    found = _last(context, office.token, lambda d: fits(d) and d.gender == "m")
    near = max((i for i in found.heads if i < office.token.i), default=-1) if found is not None else -1
    recent = near >= 0 and office.token.sentence - context.document.tokens[near].sentence <= _RECENT
    return found if recent else None


def _told_last(
    context: Context, office: Office, fits: Callable[[Draft], bool], exact: Callable[[Draft], bool]
) -> Draft | None:
    """The last one who fits, if it is just before; else whoever has this very title, or is given such an office."""
    last = _last(context, office.token, fits)
    if last is None or office.group == "counterpart":
        return last
    near = max((i for i in last.heads if i < office.token.i), default=-1)
    if near >= 0 and office.token.sentence - context.document.tokens[near].sentence <= _RECENT:
        return last
    told = _last(context, office.token, lambda d: fits(d) and office.group in d.offices)
    return _last(context, office.token, exact) or told or last


def _first(
    context: Context, token: Token, exact: Callable[[Draft], bool], fits: Callable[[Draft], bool]
) -> Draft | None:
    """As in a headline: "Il premier: «È un giorno di dolore»". Below it, only where nobody else would fit."""
    after = [d for tried, (_, d) in enumerate(context.registry.after(token.i)) if tried < _FARTHEST]
    found = [d for d in after if exact(d)] or [d for d in after if fits(d)]
    if not found:
        return None
    announced = context.document.sentences[token.sentence].part in PARTS_BEFORE
    if announced and is_told_without_name(context, found[0]):
        return None
    alone = all(d is found[0] for d in found)
    return _of_headline(context, token, found) if announced else (found[0] if alone else None)


def _of_headline(context: Context, token: Token, found: list[Draft]) -> Draft:
    """Of several holders, the one of the state that the headline names, else the first one."""
    names = context.phrases.in_sentence.get(token.sentence, ())
    states = {n.country for n in names if n.country}
    return next((d for d in found if d.country in states), found[0])


def _only(context: Context, fits: Callable[[Draft], bool]) -> Draft | None:
    found = [d for d in context.registry.drafts if fits(d)]
    return found[0] if len(found) == 1 else None
