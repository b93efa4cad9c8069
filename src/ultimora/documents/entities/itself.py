"""Which body "it" is that acts: the last subject before it, or whoever says so of themselves."""

from __future__ import annotations

from collections.abc import Callable

from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.salience import top
from ultimora.documents.entities.shape import is_definite, is_plural
from ultimora.types import EntityKind, Token

KINDS: dict[str, EntityKind] = {
    "government_itself": "government",
    "government": "government",
    "armed_group": "armed_group",
    "group": "group",
    "organization": "organization",
    "outlet": "outlet",
    "person": "person",
    "place": "place",
    "weapon": "weapon",
    "document": "document",
}
ACTING = frozenset({"government", "organization", "outlet", "armed_group"})


def body_for(context: Context, token: Token, speak_of: Callable[[Context, Token], Draft]) -> None:
    """As in "The ministry … It said": "it" as the subject of an act is the body that was the last subject before it."""
    verb = context.document.head(token)
    _speak_before(context, token, speak_of)
    above = context.document.head(verb) if verb is not None and verb.deprel == "ccomp" else None
    teller = _body_of_teller(context, token, above) if above is not None and verb is not None else None
    if teller is not None:
        context.registry.mention(real(context, teller), token.i, token.i + 1, "pronoun")
        return
    spoken = above is not None and above.lemma.lower() in context.lexicon.telling
    acts = verb is not None and (verb.upos == "VERB" or spoken) and token.deprel == "nsubj"
    if verb is None or not acts or context.document.children(verb, "csubj", "expl"):
        return
    last = _last_body(context, token)
    if last is not None:
        context.registry.mention(real(context, last), token.i, token.i + 1, "pronoun")


def _last_body(context: Context, token: Token) -> Draft | None:
    """The body that was the last subject before a pronoun, in its sentence or the one before."""
    for i, draft in context.registry.before(token.i):
        told = context.document.tokens[i]
        if token.sentence - told.sentence > 1:
            return None
        if not top(context, told).deprel.startswith("nsubj") or i in context.quoted:
            continue
        between = context.document.tokens[top(context, told).i + 1 : token.i]
        other = any(t.deprel.startswith("nsubj") and t.upos in ("NOUN", "PROPN") for t in between)
        return draft if draft.kind in ACTING and not other and not draft.plural else None
    return None


def _body_of_teller(context: Context, token: Token, telling: Token) -> Draft | None:
    """As in "Fjordline said [it] would cut jobs", "a spokesman for Fjordline said [it] regretted that"."""
    if telling.lemma.lower() not in context.lexicon.telling or token.deprel != "nsubj":
        return None
    if context.document.children(token.head, "csubj", "expl"):
        return None
    for subject in context.document.children(telling, "nsubj"):
        below = context.document.children(subject, "nmod", "compound", "nmod:poss")
        for told in [subject, *below] if subject.i < token.i else []:
            draft = context.registry.at(told.i)
            if draft is not None and draft.kind in ACTING and not draft.plural:
                return draft
    return None


def _speak_before(context: Context, token: Token, speak_of: Callable[[Context, Token], Draft]) -> None:
    """The subject of the sentence before, where it is a body by its noun: "The government confirmed the trip. It…"."""
    if not token.sentence or token.deprel != "nsubj":
        return
    before = context.document.sentence_tokens(token.sentence - 1)
    root = next((t for t in before if t.deprel == "root"), None)
    for subject in context.document.children(root, "nsubj") if root is not None else ():
        kind = context.lexicon.kind_of(context.document, subject)
        body = kind is not None and KINDS.get(kind[1]) in ACTING and not is_plural(subject)
        if subject.upos == "NOUN" and body and is_definite(context.document, subject):
            speak_of(context, subject)
