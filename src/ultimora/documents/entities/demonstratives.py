"""Demonstratives that go back to whoever or whatever was told of last: "Questi non ha mai risposto"."""

from __future__ import annotations

from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.shape import is_plural, own_gender
from ultimora.documents.entities.things import told_at
from ultimora.types import Token


def this_one(context: Context, token: Token) -> Draft | None:
    """The last one before a demonstrative that is the subject of a verb, by the verb's number; never the subject."""
    document = context.document
    verb = document.head(token)
    if token.lower not in context.referring.pairs.get("this_one", ()) or token.upos != "PRON" or verb is None:
        return None
    if not token.deprel.startswith("nsubj") or token.i != document.sentences[token.sentence].first:
        return None
    forms = [t for t in (verb, *document.children(verb, "aux", "aux:pass", "cop")) if t.feats.get("VerbForm") == "Fin"]
    shown = [is_plural(t) for t in forms if "Number" in t.feats] or [is_plural(token)]
    return _last(context, token, own_gender(token), any(shown))


def name_latter(context: Context, token: Token, named: Draft) -> None:
    """As in "ha convocato l'ambasciatore. Quest'ultimo, Cemal Ardıç, …": who was told of without a name gets it."""
    if token.lower not in context.referring.pairs.get("latter", ()) or min(named.heads, default=0) < token.i:
        return
    told = _last(context, token, own_gender(token), is_plural(token))
    if told is not None and told is not named and not told.is_named and not told.anonymous:
        context.registry.merge(told, named)


def _last(context: Context, token: Token, gender: str, many: bool) -> Draft | None:
    """Of the sentence before, the last noun or name that agrees and is no one that it is about."""
    sentence = context.document.sentences[token.sentence - 1] if token.sentence else None
    words = context.document.tokens[sentence.first : sentence.last] if sentence is not None else ()
    for other in reversed(words):
        draft = context.registry.at(other.i)
        if draft is not None and draft.kind == "person" and not many and not draft.plural:
            if {draft.gender, gender} != {"m", "f"} and not draft.members:
                return real(context, draft)
        elif many and is_plural(other) and other.upos == "NOUN" and own_gender(other) in ("", gender):
            return real(context, draft) if draft is not None else told_at(context, other.i)
    return None
