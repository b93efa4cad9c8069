"""Speaker and verb between commas amid what is said: "If the talks resumed, he said, his country would…"."""

from __future__ import annotations

from collections.abc import Sequence

from ultimora.documents.statements.quotes import CLOSING, EITHER
from ultimora.documents.statements.syntax import NOMINAL, span_of
from ultimora.types import Document, Token

_LONG = 8
_AFTER = 3
_REST = 3


def inset(document: Document, verb: Token) -> tuple[tuple[int, int], Token] | None:
    """The whole sentence and who says it, where what stands before the first comma is no sentence by itself."""
    sentence, tokens = document.sentences[verb.sentence], document.tokens
    after = tokens[verb.i + 1 : min(verb.i + _AFTER, sentence.last)]
    closing = next((t.i for t in after if t.text == ","), None)
    opening = next((t.i for t in reversed(tokens[max(sentence.first, verb.i - _LONG) : verb.i]) if t.text == ","), None)
    if closing is None or opening is None or any(t.upos != "ADV" for t in tokens[verb.i + 1 : closing]):
        return None
    between, before, rest = (
        tokens[opening + 1 : verb.i],
        tokens[sentence.first : opening],
        tokens[closing + 1 : sentence.last],
    )
    who = _speaker(between)
    if who is None or verb.feats.get("VerbForm") != "Fin" or len(rest) < _REST or not before:
        return None
    quoted = any(t.text in CLOSING or t.text in EITHER for t in (*before, *rest))
    if quoted or not _begins_only(before) or not any(_finite(t) for t in rest) or rest[0].upos in ("CCONJ", "SCONJ"):
        return None
    content = span_of(tokens[sentence.first : sentence.last])
    return (content, who) if content is not None else None


def _speaker(tokens: Sequence[Token]) -> Token | None:
    """The head of a noun phrase that is all that stands between comma and verb."""
    nominal = [t for t in tokens if t.upos in NOMINAL]
    odd = any(t.upos in ("SCONJ", "CCONJ", "VERB", "AUX", "PUNCT") or t.feats.get("PronType") == "Rel" for t in tokens)
    if not nominal or odd or tokens[0].upos == "ADP":
        return None
    return next((t for t in nominal if not tokens[0].i <= t.head <= tokens[-1].i), nominal[0])


def _begins_only(tokens: Sequence[Token]) -> bool:
    """Whether words are a subject without its verb, or a clause that hangs on another one ("if", "unless", "when")."""
    hangs = tokens[0].upos == "SCONJ" or tokens[0].deprel == "mark"
    finite = [t for t in tokens if t.upos == "VERB" and t.feats.get("VerbForm") == "Fin"]
    hangs = hangs or bool(finite and all(t.deprel == "advcl" for t in finite))  # "When the lights went out"
    return hangs or (not any(_finite(t) for t in tokens) and tokens[0].upos != "CCONJ")


def _finite(token: Token) -> bool:
    return token.upos in ("VERB", "AUX") and token.feats.get("VerbForm") == "Fin"
