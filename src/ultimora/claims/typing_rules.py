"""What a typed event becomes in its context: the content of a demand is no event, a promise of aid is an agreement."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from ultimora import languages, ontology
from ultimora.claims import forms
from ultimora.claims.bystanders import is_first_person
from ultimora.claims.cues import lexicon
from ultimora.claims.draft import Draft
from ultimora.claims.dropping import dropper
from ultimora.claims.factuality import assess
from ultimora.claims.fillers import all_parties
from ultimora.claims.frames import frame
from ultimora.claims.naming import verb_names
from ultimora.claims.parties import Parties, are_bodies
from ultimora.claims.rules import LIKELY, Trigger
from ultimora.claims.syntax import feature, finite, headlined, is_apart, is_passive, lemma
from ultimora.claims.when import When, interval
from ultimora.documents.entities import entity_by
from ultimora.documents.statements.syntax import covers
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

_OUTSIDE = frozenset({"nsubj", "conj", "parataxis", "advcl", "obl:agent", "obl:tmod", "nmod:poss", "appos"})
_FORCE = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "RETREAT", "PROTEST", "REJECT"})
_MENACING = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST"})
_GIVING_IN = frozenset({"RETREAT", "CONCEDE"})
DONE_TO = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "ACCUSE"})
"""Types of what is done to somebody."""
_STEPS = 4
_PLANS = frozenset({("AID", "AGREE"), ("PROTEST", "REQUEST")})
_PROMISED = frozenset({"AID", "SUPPORT", "COOPERATE"})


def is_content(document: Document, token: Token, found: Mapping[int, tuple[Trigger, Parties]]) -> bool:
    """Whether the word only says what another event demands, refuses, threatens or alleges."""
    at, own_type = token, found[token.i][0].event_type
    if found[token.i][0].name == forms.BIDDING:
        own_type = forms.BIDDING  # a type of its own: what only a demand can contain
    while (above := document.head(at)) is not None:
        relation = at.deprel.split(":")[0] if at.deprel.startswith("nsubj") else at.deprel
        passive_subject = at.deprel == "nsubj:pass"
        asked = relation == "advcl" and above.i in found and found[above.i][0].event_type == "REQUEST"
        if asked and feature(at, "VerbForm") == "Inf":
            relation = "xcomp"  # "called on the mayor to resign": no purpose, but what is asked
        told = at.deprel == "acl" and at.i == token.i and is_passive(document, at)  # "X, accused by Y"
        if own_type == "CONSULT" and _is_occasion(document, at):
            return False  # "in visita a Praga, ha chiesto"
        if at.deprel == "obl" and at.upos == "NOUN" and is_apart(document, at):
            return False  # "urges restraint after the clash"
        if (relation in _OUTSIDE and not passive_subject) or at.deprel == "acl:relcl" or told:
            if relation != "conj":
                return False
        elif above.i in found and _absorbs(document, found[above.i][0], own_type, token):
            own = _is_called_off(document, token, above) or _is_denied(document, token) or _is_moved(document, token)
            return not (own or _is_agreed(document, token, own_type, found[above.i][0]))
        at = above
    return False


def is_part_of(document: Document, token: Token, chosen: Mapping[int, tuple[Trigger, Parties]]) -> bool:
    """As in "is on the phone with", "set fire to": the copula of an event of a type, and the object that makes it one,
    say nothing more.
    """
    if token.head not in chosen or token.deprel not in ("cop", "obj"):
        return False
    if token.deprel == "obj" and document.children(token):
        return False  # "rejected the residents' request": a thing of its own
    asked = (c.lemmas for c in chosen[token.head][0].needs if [slot.relation for slot in c.path] == ["obj"])
    return token.deprel == "cop" or any(token.base in lemmas for lemmas in asked)


def says_twice(document: Document, i: int, found: Mapping[int, tuple[Trigger, Parties]]) -> bool:
    """Whether what the model takes for an event is what a word beside it is, by a rule or more surely."""
    token, (trigger, _) = document.tokens[i], found[i]
    if trigger.name != LIKELY:
        return False
    beside = [t for t in (document.head(token), *document.children(token)) if t is not None and t.i in found]
    same = [t for t in beside if found[t.i][0].event_type == trigger.event_type and t.deprel != "conj"]
    return any(found[t.i][0].name != LIKELY or (t.sure, -t.i) > (token.sure, -i) for t in same)


def promises_conflict(document: Document, i: int, found: Mapping[int, tuple[Trigger, Parties]]) -> bool:
    """As in "pledged to hold the bank accountable", "vowed to ban them": nothing is promised to those it befalls."""
    trigger, parties = found[i]
    if trigger.event_type != "AGREE" or not trigger.verbal:
        return False
    meant = [found[t.i] for t in document.children(document.tokens[i], "xcomp") if t.i in found]
    against = [p for t, p in meant if ontology.load()[t.event_type].quad.endswith("conflict")]
    return any(set(p.recipients) >= set(parties.recipients) for p in against)


def _is_occasion(document: Document, token: Token) -> bool:
    """Whether a noun before the verb tells on what occasion something is said, and not what is said."""
    above = document.head(token)
    before = above is not None and token.i < above.i and not is_passive(document, above)
    return before and token.deprel == "obl" and token.upos == "NOUN"


def _is_called_off(document: Document, token: Token, verb: Token) -> bool:
    """As in "called off the march", "ha annullato l'incontro con": it was planned, and will not be."""
    off = languages.load(document.language).table("lexicon/plans").get("off", ())
    negative = token.upos == "NOUN" and assess(document, token).polarity == "negative"
    return negative and (not set(verb_names(document, verb)).isdisjoint(off) or dropper(document, token) is not None)


def _is_moved(document: Document, token: Token) -> bool:
    """As in "agreed to put off Friday's talks with X": what gets another day is a plan, whoever agrees on the day."""
    verb = document.head(token)
    moved = languages.load(document.language).table("lexicon/plans").get("moved", ())
    return verb is not None and token.upos == "NOUN" and not set(verb_names(document, verb)).isdisjoint(moved)


def _is_agreed(document: Document, token: Token, event_type: str, above: Trigger) -> bool:
    """As in "promised 60 tonnes of rice to Haiti", "urged people to join Saturday's march": what is promised, or is
    called for and only to be joined, is a plan of its own.
    """
    return (event_type, above.event_type) in _PLANS and _is_plan(document, token, event_type)


def _is_plan(document: Document, token: Token, event_type: str) -> bool:
    if token.upos != "NOUN":
        return False
    if event_type == "AID":
        return (headlined(document, token) or _is_counted(document, token)) and promise_of(document, token) is not None
    above, joining = document.head(token), words(document.language, "words", "joining")
    return event_type == "PROTEST" and above is not None and lemma(above) in joining


def _is_counted(document: Document, token: Token) -> bool:
    """As in "60 tonnes of rice": help that is weighed or numbered, and not only meant."""
    of = document.head(token)
    measured = of is not None and token.deprel == "nmod" and bool(document.children(of, "nummod"))
    return measured or bool(document.children(token, "nummod"))


def promise_of(document: Document, token: Token) -> Token | None:
    """The verb that promises the help that a noun names."""
    at: Token | None = token
    for _ in range(_STEPS):
        at = document.head(at) if at is not None else None
        if at is not None and lemma(at) in words(document.language, "words", "promising"):
            return at
    return None


def _is_denied(document: Document, token: Token) -> bool:
    """As in "rejected claims that its troops had struck the port": what is said to have happened, which is denied."""
    said = any(s.stance == "denies" and covers(s.content, token) for s in document.statements)
    above = document.head(token)
    contents = lexicon(document.language).lists["contents"]
    reported = above is not None and token.deprel == "nmod" and lemma(above) in contents
    told = finite(document, token) is not None or reported  # "rejects claims of a strike on the port"
    return said and told and assess(document, token).status in ("occurred", "ongoing")


def _absorbs(document: Document, trigger: Trigger, event_type: str, token: Token) -> bool:
    absorbs = ontology.load()[trigger.event_type].absorbs
    if event_type == forms.BIDDING:
        return trigger.event_type == "REQUEST"
    if "*" in absorbs or event_type in absorbs:
        return True
    offered = trigger.event_type == "AGREE" and event_type == "CONSULT"
    return offered and assess(document, token).status == "hypothetical"


def is_only_meant(draft: Draft) -> bool:
    """What is only the purpose of something else, or stands under an "if", is not said to have a chance to happen."""
    return draft.status == "hypothetical" and draft.factuality.unasserted and draft.event_type != "PROTEST"


def is_ability(document: Document, token: Token) -> bool:
    """As in "missiles capable of downing others": what somebody only can do has not happened."""
    above = document.head(token)
    told = token.upos == "VERB" and token.deprel in {"advcl", "acl", "xcomp", "ccomp"} and above is not None
    return told and above is not None and lemma(above) in words(document.language, "words", "capacities")


def convert(document: Document, draft: Draft) -> None:
    """Help or support promised for some day is an agreement; force under a condition is a threat; an attack in words
    ("«Una farsa», attacca Schlein") is one on what somebody did.
    """
    planned = draft.event_type is not None and _is_plan(document, draft.token, draft.event_type)
    if planned and (draft.event_type == "AID" or draft.status == "hypothetical"):
        draft.status, draft.factuality = "planned", dataclasses.replace(draft.factuality, certainty="certain")
        draft.when = draft.when if draft.when.time is not None else When()
    told = draft.status in ("occurred", "ongoing")  # but "would attack bases"
    worded = _is_said(document, draft.token) or _is_in_words(document, draft)
    if draft.event_type == "ASSAULT" and told and worded and not _is_hurled(document, draft):
        draft.event_type, draft.mode = "ACCUSE", "disapprove"
    if draft.trigger is not None and draft.trigger.negated and draft.status == "planned":
        draft.status, draft.when = "occurred", interval(document.published, None, "occurred", dated=True)
    if draft.event_type in _PROMISED and draft.status == "planned" and draft.when.time is None:
        refused = draft.factuality.polarity == "negative"  # "will not extradite the banker"
        sent = draft.token.upos == "NOUN" and headlined(document, draft.token)  # "Relief cargo bound for Italy"
        if not planned and not sent and dropper(document, draft.token) is None:  # "scrapped the delivery of rice"
            draft.event_type, draft.mode = "REJECT" if refused else "AGREE", None
    said = _said(draft)
    if said and draft.status == "planned" and draft.when.time is None and _is_own_word(document, draft):
        draft.event_type, draft.mode, draft.status = said, None, "occurred"
        draft.when = interval(document.published, None, "occurred", dated=True)
        draft.factuality = dataclasses.replace(draft.factuality, polarity="positive")
    forceful = draft.event_type in _FORCE and draft.status in {"planned", "hypothetical"}
    if forceful and _is_ultimatum(document, draft.carrier or draft.token):
        draft.event_type, draft.mode = "THREATEN", None
        draft.status = "occurred" if _is_own_word(document, draft) else draft.status
    if draft.event_type == "THREATEN" and are_bodies(document, draft.parties.recipients):
        draft.parties.recipients = _threatened(document, draft) or draft.parties.recipients


def _is_said(document: Document, token: Token) -> bool:
    """Whether the word brings in what somebody says."""
    return any(covers(statement.cue, token) for statement in document.statements)


def _is_in_words(document: Document, draft: Draft) -> bool:
    """As in "attacked the mayor, saying he had lied": with words, unless by fighters, who may say so of a raid."""
    attacks, telling = (words(document.language, "words", each) for each in ("verbal_attacks", "wording"))
    verb = draft.token
    if verb.upos != "VERB" or lemma(verb) not in attacks or is_passive(document, verb):
        return False
    armed = any(entity_by(document, p).kind in ("armed_group", "weapon") for p in draft.parties.actors)
    return not armed and any(lemma(t) in telling for t in document.children(verb, "advcl"))


def _is_hurled(document: Document, draft: Draft) -> bool:
    """As in "rockets slammed into the port": what flies into something has said nothing."""
    missiles = words(document.language, "words", "projectiles")
    return any(lemma(t) in missiles or t.lower in missiles for t in frame(document, draft.token).subjects)


def _said(draft: Draft) -> str | None:
    """What it is to say so: "we will strike" threatens, "we will withdraw" agrees, "we will not withdraw" refuses."""
    refused = draft.factuality.polarity == "negative"
    if draft.event_type in _GIVING_IN:
        return "REJECT" if refused else "AGREE"
    return "THREATEN" if draft.event_type in _MENACING and not refused else None


def _is_own_word(document: Document, draft: Draft) -> bool:
    """As in "the leaders said they would boycott it", "We will strike": whoever says so will do it himself."""
    verb = draft.carrier or draft.token
    if is_first_person(document, verb):
        return bool(draft.parties.actors)
    above = document.head(verb)
    menaces = words(document.language, "words", "menacing")
    if verb.deprel != "ccomp" or above is None or lemma(above) not in menaces:
        return False
    said = all_parties(document, frame(document, above).subjects, "nsubj")
    return bool(set(said) & set(draft.parties.actors))


def _threatened(document: Document, draft: Draft) -> list[str]:
    """As in "will strike if the government does not give in": whoever is to do what is demanded."""
    verb = draft.carrier or draft.token
    hangs_on = (_demand(document, each) for each in (verb, *document.children(verb, "xcomp", "ccomp")))
    clause = next((each for each in hangs_on if each is not None), None)
    subjects = all_parties(document, frame(document, clause).subjects, "nsubj") if clause is not None else []
    return [p for p in subjects if p not in draft.parties.actors]


def _is_ultimatum(document: Document, verb: Token) -> bool:
    """Whether it is to come about unless something is done; what would or might come about only follows."""
    formed = forms.form(document, verb)
    if formed.kind == "conditional" or (formed.modals and formed.kind != "future"):
        return False
    return _demand(document, verb) is not None


def _demand(document: Document, verb: Token) -> Token | None:
    """The clause with an "if" or "unless" that a verb hangs on."""
    marks = lexicon(document.language).lists["ultimatum"]
    for clause in document.children(verb, "advcl"):
        mark = document.children(clause, "mark")
        if mark and (lemma(mark[0]) in marks or mark[0].lower in marks):
            return clause
    return None
