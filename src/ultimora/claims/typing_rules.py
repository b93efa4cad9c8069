"""What a typed event becomes in its context: the content of a demand is no event, a promise of aid is an agreement."""

from __future__ import annotations

from collections.abc import Mapping

from ultimora import ontology
from ultimora.claims import forms
from ultimora.claims.cues import lexicon
from ultimora.claims.draft import Draft
from ultimora.claims.factuality import assess
from ultimora.claims.parties import Parties
from ultimora.claims.rules import Trigger
from ultimora.claims.syntax import feature, lemma
from ultimora.types import Document, Token

_OUTSIDE = frozenset({"nsubj", "conj", "parataxis", "advcl", "obl:agent", "obl:tmod", "nmod:poss", "appos"})
_FORCE = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "RETREAT", "PROTEST", "REJECT"})
_PROMISED = frozenset({"AID", "SUPPORT", "COOPERATE"})


def is_content(document: Document, token: Token, found: Mapping[int, tuple[Trigger, Parties]]) -> bool:
    """Whether the word only says what another event demands, refuses, threatens or alleges."""
    at = token
    own_type = found[token.i][0].event_type
    while (above := document.head(at)) is not None:
        relation = at.deprel.split(":")[0] if at.deprel.startswith("nsubj") else at.deprel
        passive_subject = at.deprel == "nsubj:pass"
        asked = relation == "advcl" and above.i in found and found[above.i][0].event_type == "REQUEST"
        if asked and feature(at, "VerbForm") == "Inf":
            relation = "xcomp"  # "called on the mayor to resign": no purpose, but what is asked
        if (relation in _OUTSIDE and not passive_subject) or at.deprel == "acl:relcl":
            if relation != "conj":
                return False
        elif above.i in found and _absorbs(document, found[above.i][0], own_type, token):
            return True
        at = above
    return False


def _absorbs(document: Document, trigger: Trigger, event_type: str, token: Token) -> bool:
    absorbs = ontology.load()[trigger.event_type].absorbs
    if "*" in absorbs or event_type in absorbs:
        return True
    offered = trigger.event_type == "AGREE" and event_type == "CONSULT"
    return offered and assess(document, token).status == "hypothetical"


def is_only_meant(draft: Draft) -> bool:
    """What is only the purpose of something else, or stands under an "if", is not said to have a chance to happen."""
    return draft.status == "hypothetical" and draft.factuality.unasserted and draft.event_type != "PROTEST"


def convert(document: Document, draft: Draft) -> None:
    """Help or support promised for some day is an agreement; force under a condition is a threat."""
    if draft.event_type in _PROMISED and draft.status == "planned" and draft.when.time is None:
        draft.event_type, draft.mode = "AGREE", None
    if draft.event_type in _FORCE and draft.status in {"planned", "hypothetical"} and _has_ultimatum(document, draft):
        draft.event_type, draft.mode = "THREATEN", None


def _has_ultimatum(document: Document, draft: Draft) -> bool:
    """Whether it is to come about unless something is done; what would or might come about only follows."""
    marks = lexicon(document.language).lists["ultimatum"]
    verb = draft.carrier or draft.token
    formed = forms.form(document, verb)
    if formed.kind == "conditional" or (formed.modals and formed.kind != "future"):
        return False
    for clause in document.children(verb, "advcl"):
        mark = document.children(clause, "mark")
        if mark and (lemma(mark[0]) in marks or mark[0].lower in marks):
            return True
    return False
