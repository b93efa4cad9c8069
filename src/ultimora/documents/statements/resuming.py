"""A noun that takes up what a sentence said, to vouch for it or contest it: "…, an allegation the prison denies"."""

from __future__ import annotations

from ultimora.documents.remembering import once
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import lemma_of, verb_of
from ultimora.types import Document, Token

_REACH = 9
_MARK = 4


@once
def takes_up(document: Document, verb: Token, words: Sayings) -> Token | None:
    """The noun behind a comma by which a verb speaks of what stands before that comma; None where there is none.

    By its place: parses of such tails differ from one text to the next.
    """
    entry = verb_of(document, verb, words)
    if entry is None or entry[1].stances.get("object", entry[1].stance) not in ("confirms", "denies"):
        return None
    first = document.sentences[verb.sentence].first
    before = document.tokens[max(first, verb.i - _REACH) : verb.i]
    comma = next((t.i for t in reversed(before) if t.text in (",", "–", "—")), None)
    if comma is None or comma - first < _MARK:
        return None
    tail = document.tokens[comma + 1 : verb.i]
    light = [t for t in tail[:1] if t.upos == "DET" and t.feats.get("Definite") != "Def"]
    noun = next(iter(tail[len(light) :]), None)
    resumes = noun is not None and {noun.lower, lemma_of(noun)} & words.words.get("resuming", frozenset())
    return noun if resumes else None
