"""Where a sentence is set: the states that its names point to, and how; for those of whom the text does not say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.names import Name
from ultimora.documents.entities.registry import STATES, Draft
from ultimora.documents.entities.salience import top
from ultimora.types import Token

Evidence = Literal["place", "motion", "people", "office", "actor", "body"]

_RULERS = frozenset({"head_of_state", "head_of_government", "vice_president", "monarch", "judge"})
_OFFICES = frozenset({"head_of_government", "cabinet"})
_STATE_OFFICES = frozenset({"head_of_state", "head_of_government", "vice_president", "cabinet", "monarch"})
_CALLED = frozenset({"director", "coach", "scholar", "athlete"})
_MET = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent"})
_AT_HOME: frozenset[Evidence] = frozenset({"place", "people", "body"})


def infer_states(context: Context) -> None:
    """States for rulers and parties of whom the article does not say where they are at home."""
    main = context.main_state
    for draft in context.registry.drafts:
        if draft.kind == "organization" and draft.country is None and not draft.table and _is_domestic(context, draft):
            draft.country = _only(context, draft)
        if draft.kind == "person" and draft.country is None and draft.heads:
            draft.country = _of_ruler(context, draft, main)
        if draft.kind == "person" and draft.country is not None:
            draft.settle(_STATE_OFFICES)


def _of_ruler(context: Context, draft: Draft, main: str | None) -> str | None:
    """The state of somebody with an office of state: the one where the sentence is, else the article's."""
    if any(of is not None and of not in context.gazetteer.names for of in draft.groups.values()):
        return None
    if _is_somebodys(context, draft):
        return None
    if draft.groups.keys() & _RULERS:
        around = _where_told(context, draft)
        code = next(iter(around)) if len(around) == 1 else None
        at_home = code is not None and around[code] & _AT_HOME and "motion" not in around[code]
        if code is not None and at_home:
            return None if _is_guest(context, draft, code) or _is_aimed_at(context, draft, code) else code
    if draft.groups.keys() & _OFFICES or (_presides(context, draft) and not _is_only_apposed(context, draft)):
        if main is not None and _around(context, draft).get(main) == {"office"}:
            return _before(context, draft)  # "… with his Zambian counterpart": of anywhere but there
        foreign = _acting_before(context, draft)
        if foreign is not None:
            return foreign
        state = context.lexicon.home if _is_at_home(context, draft) or _is_near_home(context, main) else main
        elsewhere = state is not None and (_is_guest(context, draft, state) or _is_aimed_at(context, draft, state))
        return None if elsewhere else state
    return None


def _is_guest(context: Context, draft: Draft, code: str) -> bool:
    """As in "Il premier Rossi ha incontrato a Parigi il presidente Macron": where the other one is at home."""
    for i in draft.heads:
        mine = top(context, context.document.tokens[i])
        for other in context.document.children(mine.head, *_MET) if mine.deprel in _MET else ():
            met = context.registry.at(other.i)
            if met is None or met is draft or met.kind != "person" or met.country != code:
                continue
            if met.groups.keys() & _STATE_OFFICES:
                return True
    return False


def _is_aimed_at(context: Context, draft: Draft, code: str) -> bool:
    """As in "The minister announced sanctions against Belarus": of anywhere but there."""
    sentence = context.document.tokens[min(draft.heads)].sentence
    names = [n for n in context.phrases.in_sentence.get(sentence, ()) if n.country == code]
    return bool(names) and all(_is_target(context, context.head(name)) for name in names)


def ruled_from(context: Context, token: Token, state: str | None) -> str | None:
    """Whose government "the government" is: not that of a state to which it does something; else where the text is."""
    if state is not None and not _is_across(context, token, state):
        return state
    return scene(context, token.sentence - 1)


def _is_across(context: Context, token: Token, code: str) -> bool:
    """As in "Il governo ha convocato l'ambasciatore russo": a state that is only told of in what is done to it."""
    here = [n for n in context.phrases.in_sentence.get(token.sentence, ()) if n.country == code]
    verb = context.document.head(token) if token.deprel.startswith("nsubj") else None
    if verb is None or not here or len(here) < context.spoken_of[code]:
        return False
    below = {
        t.i for each in context.document.children(verb, "obj", "iobj", "obl") for t in context.document.subtree(each)
    }
    return all(name.first in below for name in here)


def _is_target(context: Context, token: Token) -> bool:
    """Whether something is done against a state, or asked of it: "Chiediamo alla Russia di punire i colpevoli"."""
    words, above = context.lexicon.metonyms, context.document.head(token)
    marks = {mark.lemma.lower() for mark in context.document.children(token, "case")}
    asked = token.deprel in ("obj", "iobj", "obl") and marks <= words["to"]
    return bool(marks & words["against"]) or (asked and above is not None and above.lemma.lower() in words["asking"])


def _before(context: Context, draft: Draft) -> str | None:
    """The one state of the sentence before the one in which somebody is brought in."""
    sentence = context.document.tokens[min(draft.heads)].sentence
    states = states_around(context, sentence - 1)
    return next(iter(states)) if len(states) == 1 else None


def _acting_before(context: Context, draft: Draft) -> str | None:
    """As in "Anche Parigi si muove. Il ministro delle Finanze …": the state whose government just acted."""
    sentence = min(context.document.tokens[i].sentence for i in draft.heads)
    root = next((t for t in context.document.sentence_tokens(sentence - 1) if t.deprel == "root"), None)
    subjects = context.document.children(root, "nsubj") if root is not None and sentence else []
    acting = {
        d.country for d in (context.registry.by_token.get(t.i) for t in subjects) if d is not None and d.table == STATES
    }
    code = next(iter(acting)) if len(acting) == 1 else None
    return code if not set(states_around(context, sentence)) - {code} else None


def _is_somebodys(context: Context, draft: Draft) -> bool:
    """As in "its president": the president of whatever "its" speaks of."""
    offices = (i for i, (held, _) in context.offices.items() if held is draft)
    return any(context.document.children(i, "nmod:poss", "det:poss") for i in offices)


def _is_at_home(context: Context, draft: Draft) -> bool:
    """Whether a minister is brought in where the text speaks of the state whose language it is in."""
    first = min(draft.heads)
    around = states_around(context, context.document.tokens[first].sentence)
    home = context.lexicon.home
    return home is not None and set(around) == {home}


def _is_near_home(context: Context, main: str | None) -> bool:
    """Whether the state whose language the text is in is spoken of at least a third as often as the foremost."""
    here = context.spoken_of[context.lexicon.home or ""]
    return main is not None and 3 * here >= context.spoken_of[main]


def _is_only_apposed(context: Context, draft: Draft) -> bool:
    """As in "Ottavia Galimberti, presidente e nipote del fondatore": a title after the name is no head of state's."""
    tokens = context.document.tokens
    offices = [i for i, (held, title) in context.offices.items() if held is draft and len(title.split()) == 1]
    return (
        bool(offices)
        and draft.is_named
        and all(i > 1 and tokens[i - 1].text == "," and context.registry.by_token.get(i - 2) is draft for i in offices)
    )


def _presides(context: Context, draft: Draft) -> bool:
    """A president of nothing that is told, by the word alone: "President Noboa", not "presidente del collegio"."""
    roles = draft.offices.get("head_of_state", [])
    held = any(r.tense != "former" for r in roles)
    called = draft.groups.keys() & _CALLED and not _is_addressed(context, draft)
    return held and all(len(r.title.split()) == 1 for r in roles) and not called


def _is_addressed(context: Context, draft: Draft) -> bool:
    """As in "President Quispe": a title with a capital right before the name."""
    tokens = context.document.tokens
    titles = (i for i, (held, _) in context.offices.items() if held is draft and tokens[i].text[:1].isupper())
    return any(context.registry.by_token.get(i + 1) is draft and i + 1 in context.phrases.at for i in titles)


def _where_told(context: Context, draft: Draft) -> dict[str, set[Evidence]]:
    """The states of the sentences that give somebody an office, or of all where nothing else tells it."""
    told = [i for i, (held, _) in context.offices.items() if held is draft]
    return _around(context, draft, told or draft.heads)


def _around(context: Context, draft: Draft, heads: Sequence[int] = ()) -> dict[str, set[Evidence]]:
    found: dict[str, set[Evidence]] = {}
    for sentence in sorted({context.document.tokens[i].sentence for i in heads or draft.heads}):
        for code, evidence in states_around(context, sentence).items():
            found.setdefault(code, set()).update(evidence)
    return found


def _only(context: Context, draft: Draft) -> str | None:
    """The state that is alone in the sentences of an entity."""
    around = _around(context, draft)
    return next(iter(around)) if len(around) == 1 else None


def _is_domestic(context: Context, draft: Draft) -> bool:
    """Parties and unions are of one state: "Homeland Union", but not what the gazetteer knows to be of none."""
    if draft.name in context.gazetteer.known:
        return False
    return bool(context.lexicon.domestic & {word.lower() for word in draft.name.split()})


def scene(context: Context, sentence: int) -> str | None:
    """The one state where a sentence takes place."""
    around = states_around(context, sentence)
    places = [code for code, evidence in around.items() if "place" in evidence]
    return places[0] if len(places) == 1 else None


def states_around(context: Context, sentence: int) -> dict[str, set[Evidence]]:
    """The states that the names of a sentence point to, and in which ways."""
    found: dict[str, set[Evidence]] = {}
    for name in context.phrases.in_sentence.get(sentence, ()):
        if name.country is not None:
            found.setdefault(name.country, set()).add(_evidence(context, name))
    return found


def _evidence(context: Context, name: Name) -> Evidence:
    token = context.head(name)
    if name.known is not None and name.known.sort == "people":
        return "office" if _is_of_person(context, token) else "people"
    draft = context.registry.by_token.get(name.first)
    if draft is not None and draft.kind == "place":
        return "motion" if _is_reached(context, token) else "place"
    return "actor" if draft is not None and name.known is not None and name.known.sort == "country" else "body"


def _is_of_person(context: Context, token: Token) -> bool:
    """As in "the Turkish president": a state's person, who may be a guest."""
    head = context.document.head(token)
    draft = context.registry.by_token.get(head.i) if head is not None else None
    return (draft is not None and draft.kind == "person") or (
        head is not None and context.lexicon.office_of(context.document, head) is not None
    )


def _is_reached(context: Context, token: Token) -> bool:
    head = context.document.head(token)
    if head is not None and _is_of_person(context, token):
        return True  # "Rovati ad Ankara": a guest there
    words = context.lexicon.metonyms["motion"] | context.lexicon.metonyms["impact"]
    return head is not None and (head.lower in words or head.lemma.lower() in words)
