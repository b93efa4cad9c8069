"""A happening told again: "the attack", "wounded in the attack", "his eviction" are of those who were named before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ultimora.claims.draft import Draft
from ultimora.claims.frames import frame
from ultimora.claims.kindred import akin, kinds_of
from ultimora.claims.rules import load
from ultimora.claims.syntax import case_of, is_passive, lemma
from ultimora.documents.entities import entity_by
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

_OPINIONS = frozenset({"ACCUSE", "SUPPORT"})
_ANSWERS = frozenset({"REJECT", "AGREE"})
_PUT = frozenset({"AGREE", "REQUEST"})
_NEAR = 3
"""How many sentences back the last mention is still at hand; further back, it is the most told that is meant."""


def is_definite(document: Document, token: Token) -> bool:
    """Whether the text takes it for known: "the attack", "quell'incontro"."""
    return any(lemma(t) in words(document.language, "words", "definite") for t in document.children(token, "det"))


def _is_known(document: Document, token: Token) -> bool:
    """The same, be the article one with its preposition: "nell'attacco"."""
    joined = any(t.feats.get("Definite") == "Def" for t in document.children(token, "case"))
    return joined or is_definite(document, token)


def resumed(document: Document, token: Token, event_type: str) -> Token | None:
    """The definite noun by which a word tells a happening of a type again: itself, or what a verb tells more of, as in
    "were hurt in the attack", "most of the strikes hit the port".
    """
    if token.upos != "VERB":
        return token if _is_known(document, token) else None
    nouns = load(document.language).nouns
    told = (t for t in _told_of(document, token) if _is_known(document, t))
    return next((t for t in told if any(r.event_type == event_type for r in nouns.get(lemma(t), ()))), None)


def _told_of(document: Document, verb: Token) -> Iterator[Token]:
    """The nouns that a verb tells more of: in which it happens, by which it is done, or which does it."""
    amid = words(document.language, "cases", "amid") | words(document.language, "cases", "agent")
    verbs = [verb, *document.children(verb, "conj")]  # "two were killed and five wounded in the attack"
    yield from (
        t for each in verbs for t in document.children(each, "obl", "obl:agent") if case_of(document, t) in amid
    )
    for subject in () if is_passive(document, verb) else frame(document, verb).subjects:
        yield subject
        yield from document.children(subject, "nmod")  # "most of the strikes"


def names_nobody(draft: Draft) -> bool:
    """Whether nobody takes part whom anything tells from others: "83 people were wounded in the attack"."""
    return draft.resumed is not None and not draft.distinct and not draft.everybody & draft.named


def are_kin(first: Draft, second: Draft) -> bool:
    """Whether two claims are told in words for one kind of event."""
    return bool(first.family & second.family) or akin(first.token, second.token)


def salience(draft: Draft, told: Sequence[Draft]) -> tuple[int, int]:
    """How near an event is told before a draft; of what nobody has spoken of for long, how often it is told."""
    before = [d.token for d in told if d.token.i < draft.token.i]
    last = max(before, key=lambda t: t.i, default=None)
    if last is None:
        return (-1, 0)
    if draft.resumed is not None and draft.token.sentence - last.sentence > _NEAR:
        return (0, len(before))
    return (last.sentence, last.i)


def understand(drafts: Sequence[Draft]) -> None:
    """Fills in who took part from what was said before of the same event; what is understood is marked."""
    drafts = sorted(drafts, key=_told_at)
    for position, draft in enumerate(drafts):
        if draft.event_type is None or draft.trigger is None:
            continue
        roles = ["actors"] if draft.token.upos == "VERB" or draft.resumed is None else ["actors", "recipients"]
        for known in sorted(drafts[:position], key=lambda d: _lack(d, draft)):
            if known.event_type == draft.event_type and _tells_more(known, draft):
                _take(draft, known, roles)


def _tells_more(known: Draft, draft: Draft) -> bool:
    """Whether what was said before says of a claim who took part: it tells the same again, or what befell the same one
    ("the king evicted him. After his eviction").
    """
    if draft.resumed is not None:
        return _is_told(known) or are_kin(known, draft)
    struck = frozenset(draft.parties.recipients) & frozenset(known.parties.recipients) & draft.named
    return bool(struck) and not draft.distinct and are_kin(known, draft)


def _told_at(draft: Draft) -> tuple[int, bool]:
    """In text order, but a verb after the noun that it tells more of."""
    verb = draft.token.upos == "VERB"
    return max(draft.token.i, draft.resumed.i if verb and draft.resumed is not None else -1), verb


def _lack(known: Draft, draft: Draft) -> tuple[bool, bool, bool, int]:
    """How little it tells: those come first that say who does it to whom, in like words, and by name."""
    parties, named = known.parties, len(known.everybody & known.named)
    return not parties.actors, not parties.recipients, not are_kin(known, draft), -named


def _is_told(draft: Draft) -> bool:
    """Whether it is spoken of by a noun or with both its sides: "destroyed two drones" is not yet "the attack"."""
    return draft.token.upos != "VERB" or bool(draft.parties.actors and draft.parties.recipients)


def _take(draft: Draft, known: Draft, roles: Iterable[str]) -> None:
    """Takes who fills a role from another claim of the event."""
    for role in roles:
        theirs: list[str] = getattr(known.parties, role)
        if theirs and not getattr(draft.parties, role) and not draft.everybody & frozenset(theirs):
            setattr(draft.parties, role, list(theirs))
            draft.parties.inferred.append(role)


def continued(document: Document, drafts: Sequence[Draft]) -> None:
    """As in "ceasefire talks", "negotiations between both sides": talks of which the article tells who holds them."""
    joint = [d for d in drafts if d.event_type is not None and d.trigger is not None and d.trigger.joint]
    told = [d for d in joint if len(d.everybody & d.named) > 1 and d.status != "hypothetical"]
    for draft in (d for d in joint if _are_talks(document, d)):
        own = frozenset(p for p in draft.everybody if not _is_side(document, p))
        kin = (d for d in told if d is not draft and draft.family & d.family and _are_alike(document, d, draft))
        circles = [d for d in kin if own <= d.everybody]
        if len(own) > 1 or not circles or len({frozenset(d.everybody) for d in circles}) > 1:
            continue
        draft.parties.actors, draft.parties.recipients = (
            list(circles[0].parties.actors),
            list(circles[0].parties.recipients),
        )
        draft.parties.inferred += [r for r in ("actors", "recipients") if not own & {*getattr(draft.parties, r)}]


def _are_talks(document: Document, draft: Draft) -> bool:
    """Whether a noun speaks of talks that go on, and not of one meeting of several."""
    return draft.token.upos == "NOUN" and lemma(draft.token) in words(document.language, "words", "lasting_talks")


def _is_side(document: Document, party: str) -> bool:
    """As in "both sides": only that they are opposed is told of them."""
    mentions = entity_by(document, party).mentions
    sides = words(document.language, "words", "sides")
    return all(m.form == "nominal" and not sides.isdisjoint(m.text.lower().split()) for m in mentions)


def _are_alike(document: Document, first: Draft, second: Draft) -> bool:
    """Not talks on trade and others on a truce, nor a call that was and talks that are due on Monday."""
    due = second.status == "planned" and second.when.origin == "expression"
    if first.mode == "phone" or (due and first.status != "planned") or first.status == "planned" != second.status:
        return False
    one, two = ({lemma(t) for t in document.children(d.token, "compound", "amod")} for d in (first, second))
    return not one or not two or bool(one & two)


def judged(document: Document, drafts: Sequence[Draft]) -> None:
    """As in "condemned the bombardment", "the arrests were criticised", "turned down the offer": whoever did what was
    told before is meant.
    """
    by_token = {d.token.i: d for d in drafts if d.event_type is not None and d.token.upos != "VERB"}
    for position, draft in enumerate(drafts):
        verbal = draft.event_type in _OPINIONS | _ANSWERS and draft.token.upos == "VERB"
        if not verbal or draft.parties.recipients or not draft.parties.actors:
            continue
        about = [t for t in frame(document, draft.token).objects if t.i in by_token or _is_known(document, t)]
        told = [by_token.get(t.i) or _told(document, drafts[:position], t) for t in about]
        for deed in (d for d in told if d is not None and _is_answered(d, draft)):
            doers = [p for p in deed.parties.actors if p not in draft.parties.actors]
            if doers:
                draft.parties.recipients = doers
                draft.parties.inferred.append("recipients")


def _is_answered(deed: Draft, draft: Draft) -> bool:
    """Whether something may be what is praised or blamed; or what is accepted or refused by whom it was put to."""
    if draft.event_type in _OPINIONS:
        return deed.event_type not in _OPINIONS
    put_to, answering = deed.parties.recipients, draft.parties.actors
    same = {draft.country_of.get(p) for p in put_to} & {draft.country_of.get(p) for p in answering} - {None}
    return deed.event_type in _PUT and (not put_to or bool(same or set(put_to) & set(answering)))


def _told(document: Document, before: Sequence[Draft], noun: Token) -> Draft | None:
    """What was last told, by whom it was done included, in words for the kind of event that a noun names."""
    types = {t.event_type for t in load(document.language).nouns.get(lemma(noun), ())}
    kinds = kinds_of(document.language, noun)
    alike = (d for d in reversed(before) if d.event_type in types and (kinds & d.family or akin(noun, d.token)))
    return next((d for d in alike if d.parties.actors), None)


def repel(drafts: Sequence[Draft]) -> None:
    """As in "shot down 40 drones" after "Moscow attacked": whoever sent them was told before."""
    for position, draft in enumerate(drafts):
        if draft.event_type is None or not draft.repelled or not draft.parties.actors or draft.parties.recipients:
            continue
        for known in reversed([d for d in drafts[:position] if d.event_type == draft.event_type and not d.repelled]):
            senders = known.parties.actors
            struck = {known.country_of.get(p) for p in known.parties.recipients} - {None}
            own = {known.country_of.get(p) for p in draft.parties.actors} - {None}
            if senders and own & struck and not set(senders) & set(draft.parties.actors):
                draft.parties.recipients = list(senders)
                draft.parties.inferred.append("recipients")
                break
