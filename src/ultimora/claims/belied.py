"""What somebody says to be false: "said the report was incorrect", "ha definito le accuse prive di fondamento"."""

from __future__ import annotations

from ultimora.documents.remembering import once
from ultimora.documents.statements.lexicon import Sayings, sayings
from ultimora.documents.statements.syntax import is_negated, lemma_of
from ultimora.types import Document, Token


@once
def belied(document: Document, verb: Token, words: Sayings) -> Token | None:
    """The noun or pronoun for what a verb says to be false; its predicate where there is neither ("che non è vero")."""
    for said in document.children(verb, "ccomp"):
        if _is_false(document, said, words):
            return next(iter(document.children(said, "nsubj")), said)
    for thing in document.children(verb, "obj"):
        called = [*document.children(verb, "xcomp", "obl", "advcl"), *document.children(thing, "amod", "acl", "appos")]
        if any(t.i > thing.i and _is_false(document, t, words) for t in called):
            return thing
    return None


def called_false(document: Document, report: Token) -> bool:
    """Whether a report is said to be false: "ha bollato come falsa la notizia di", "branded as false the report"."""
    above, words = document.head(report), sayings(document.language)
    if above is not None and (report.deprel == "xcomp" or document.children(above, "iobj")):
        return _is_false(document, report, words)  # "called it a lie that…"
    if above is None or report.deprel.split(":")[0] not in ("obj", "nsubj"):
        return False
    if above.upos != "VERB" or document.children(above, "cop"):
        return above.upos == "VERB" and _is_false(document, above, words)
    beside = [*document.children(above, "xcomp", "obl", "advcl"), *document.children(report, "amod", "appos")]
    said = [t for t in document.children(above, "ccomp") if document.children(t, "cop") and t.i < report.i]
    return any(_is_false(document, t, words) for t in (above, *beside, *said))


def _is_false(document: Document, predicate: Token, words: Sayings) -> bool:
    """As in "false", "not true", "privo di fondamento"."""
    negated = is_negated(document, predicate, words)
    if lemma_of(predicate) in words.words.get("true", ()):
        return negated
    after = document.tokens[predicate.i + 1 : predicate.i + 3]  # "prive di fondamento", wherever that hangs
    below = [t for t in after if t.upos == "NOUN"] if predicate.upos in ("ADJ", "VERB") else []
    false = words.words.get("false", frozenset())
    return not negated and any({lemma_of(t), t.lower} & false for t in (predicate, *below))
