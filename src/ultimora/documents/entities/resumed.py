"""What a clitic takes up again that stands in front of its own verb: "quelle lettere [le] ho lette io"."""

from __future__ import annotations

from ultimora.documents.entities.context import Context
from ultimora.types import Token

_FRONT = frozenset({"dislocated", "obj", "nsubj", "nsubj:pass"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_ITSELF = ("1", "2")


def resumed(context: Context, token: Token, traits: tuple[str, str]) -> Token | None:
    """The head of the phrase before a verb that a pronoun beside the verb takes up again."""
    words = context.lexicon
    of_some = token.lower in words.partitives
    if not of_some and (token.deprel.split(":")[0] != "obj" or token.lower not in words.clitics):
        return None
    verb = context.document.head(token)
    if verb is None or context.document.tokens[token.i].start != token.start:  # not "vuole [leggerlo]"
        return None
    front = _FRONT | {"obl"} if of_some else _FRONT
    before = [c for c in context.document.children(verb, *front) if c.i < token.i and c.upos == "NOUN"]
    before += _right_before(context, token, verb)
    idle = context.referring.clitics.get("idle", frozenset())  # "martedì notte lo hanno visto"
    for phrase in reversed(before):
        cased = context.document.children(phrase, "case")
        if of_some:
            fits = any(c.lemma.lower() in words.metonyms["of"] for c in cased)
        else:
            fits = not cased and _agrees(phrase, traits) and not _is_subject(context, phrase, verb)
        if fits and phrase.lemma.lower() not in idle:
            return phrase
    return None


def _right_before(context: Context, token: Token, verb: Token) -> list[Token]:
    """A noun right before the pronoun that the parse hangs elsewhere."""
    near = context.document.tokens[max(token.i - 1, 0)]
    elsewhere = near.sentence == token.sentence and near.upos == "NOUN" and near.head != verb.i
    above = context.document.head(near)
    inside = above is not None and above.i < near.i and above.upos in ("NOUN", "PROPN", "VERB", "ADJ")
    return [near] if elsewhere and not inside else []


def _agrees(phrase: Token, traits: tuple[str, str]) -> bool:
    gender, number = phrase.feats.get("Gender", "")[:1].lower(), phrase.feats.get("Number", "")[:1].lower()
    return (traits[0] == "n" or gender in ("", traits[0])) and number in ("", traits[1])


def _is_subject(context: Context, phrase: Token, verb: Token) -> bool:
    """A subject is not taken up again; but what the verb does not agree with is none, whatever the parse says."""
    if phrase.deprel not in _SUBJECTS:
        return False
    forms = [verb, *context.document.children(verb, "aux", "aux:pass")]
    told = [t for t in forms if t.feats.get("VerbForm") == "Fin"]
    number = phrase.feats.get("Number")
    # "il ministro una visita l'ha promessa"
    other = any(c.i < phrase.i for c in context.document.children(verb, "nsubj"))
    other = other or any(t.feats.get("Person") in _ITSELF or t.feats.get("Number", number) != number for t in told)
    return not other
