"""Pronouns that a verb form carries at its end: "ringraziar[lo]", "chiedendo[gli]"."""

from __future__ import annotations

from dataclasses import replace

from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.antecedents import antecedent
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.pronouns import traits_of
from ultimora.documents.entities.things import of_things
from ultimora.types import Token

_FORMS = frozenset({"Inf", "Ger"})


def gather_enclitic(context: Context, verb: Token) -> None:
    """Make the pronoun at the end of an infinitive or gerund a mention of whom it speaks of."""
    helps = verb.upos == "AUX" and verb.deprel.startswith("aux")
    if not helps and (verb.upos != "VERB" or verb.feats.get("VerbForm") not in _FORMS):
        return
    found = next((c for c in context.lexicon.enclitics if verb.lower.endswith(c)), None)
    host = verb.lower.removesuffix(found) if found else ""
    if found is None or not host.endswith(context.lexicon.hosts):
        return
    at = verb.end - len(found)
    deprel = "iobj" if found in context.lexicon.datives else "obj"
    text = verb.text[-len(found) :]
    # It stands as if it were the word after the verb, which no other token is the head of;
    # of an auxiliary, as the auxiliary itself.
    pronoun = replace(
        verb, i=verb.i + (not helps), start=at, text=text, lemma=found, upos="PRON", deprel=deprel, head=_governor(verb)
    )
    traits = traits_of(context, pronoun)
    draft = antecedent(context, pronoun, traits) if traits is not None else None
    if draft is None or draft.members or (draft.kind == "person" and of_things(context, pronoun)):
        return
    context.registry.mention_end(real(context, draft), verb.i, at, verb.end)


def _governor(verb: Token) -> int:
    """The verb whose object it is: "di averlo incontrato"."""
    return verb.head if verb.deprel.startswith("aux") else verb.i
