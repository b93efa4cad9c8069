"""Pronouns for some of what was told or for what something is of: "[ne] ha ricevuti sei", "[ne] conosceva i turni"."""

from __future__ import annotations

from dataclasses import replace

from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.antecedents import antecedent
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.resumed import resumed
from ultimora.documents.entities.shape import is_definite, own_gender
from ultimora.documents.entities.things import told_at
from ultimora.types import Token

_REACH = 8
_ARGUMENTS = ("nsubj", "nsubj:pass", "obj")


def gather_partitive(context: Context, token: Token) -> None:
    """Make a pronoun for a part or an owner the mention of whom or what it is of."""
    draft = partitive(context, token)
    if draft is not None and draft.members:
        context.registry.share(draft.members, token.i, token.i + 1, token.i, "pronoun")
    elif draft is not None:
        context.registry.mention(real(context, draft), token.i, token.i + 1, "pronoun")


def partitive(context: Context, token: Token) -> Draft | None:
    """What was told of which a part is counted, or which has what the verb does something to; else nothing."""
    verb = context.document.head(token)
    if verb is None or _is_idle(context, verb):
        return None
    fronted = resumed(context, token, ("n", "p"))
    if fronted is not None:
        return told_at(context, fronted.i)
    counted = _counts(context, token, verb)
    if counted is not None:
        return antecedent(context, replace(token, deprel="obj"), (counted, "p"))
    owned = _owned(context, token, verb)
    if owned is None:
        return None
    return antecedent(context, replace(token, deprel="det:poss", head=owned.i), ("n", "s"))


def _is_idle(context: Context, verb: Token) -> bool:
    """As in "se ne è andato", "ne vale la pena"."""
    return verb.lemma.lower() in context.lexicon.idle_partitives


def _counts(context: Context, token: Token, verb: Token) -> str | None:
    """The gender of what is counted, "n" where nothing shows it; None where nothing is."""
    shown = own_gender(verb, "n") if _is_perfect_of_many(context, verb) else "n"
    return shown if shown != "n" or _number_after(context, token, verb) else None


def _is_perfect_of_many(context: Context, verb: Token) -> bool:
    """As in "ne ha ospitati": a participle that agrees with many, though no object stands beside it."""
    helped = context.document.children(verb, "aux")
    many = verb.feats.get("VerbForm") == "Part" and verb.feats.get("Number") == "Plur"
    alone = not any(c.upos in ("NOUN", "PROPN") for c in context.document.children(verb, *_ARGUMENTS[1:]))
    return many and alone and any(t.lemma.lower() in context.lexicon.agreeing for t in helped)


def _number_after(context: Context, token: Token, verb: Token) -> bool:
    """A number or a word for some behind the verb, with no noun that it would count."""
    tokens = context.document.tokens
    last = min(verb.i + _REACH, context.document.sentences[token.sentence].last)
    for number in tokens[verb.i + 1 : last]:
        if number.upos in ("PUNCT", "VERB", "SCONJ", "CCONJ"):
            return False
        some = number.upos == "NUM" or number.lower in context.lexicon.some
        if some:
            after = tokens[number.i + 1] if number.i + 1 < last else None
            before = tokens[number.i - 1]
            return (after is None or after.upos not in ("NOUN", "ADJ", "NUM", "PROPN", "SYM")) and before.upos != "ADP"
        if number.upos in ("NOUN", "PROPN") and not context.document.children(number, "case"):
            return False
    return False


def _owned(context: Context, token: Token, verb: Token) -> Token | None:
    """The object of a verb, of which nothing else says whose it is."""
    nouns = [c for c in context.document.children(verb, "obj") if c.upos == "NOUN" and c.i > token.i]
    if verb.upos == "NOUN" and context.document.children(verb, "cop"):
        nouns = [verb]  # "ne è il presidente"
    for noun in nouns:
        shown = verb is noun or is_definite(context.document, noun)
        if shown and not any(_says_whose(context, c) for c in context.document.children(noun)):
            return noun
    return None


def _says_whose(context: Context, child: Token) -> bool:
    """As in "i turni della guardia", "i suoi turni"."""
    of = any(c.lemma.lower() in context.lexicon.metonyms["of"] for c in context.document.children(child, "case"))
    return child.deprel in ("nmod:poss", "det:poss") or (child.deprel == "nmod" and of)
