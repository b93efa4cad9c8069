"""Who speaks by a sentence of its own behind the words: "«…». Così la ministra Ardi", "Così su Facebook il sindaco"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ultimora.documents.entities.registry import AGENTS
from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import NOMINAL, is_dated, noun_phrase, subject, verb_of
from ultimora.documents.statements.who import entity_at
from ultimora.types import Document, Sentence, Token

_LONGEST = 30
_SPEAKERS = AGENTS - {"outlet"}


def thus(document: Document, tokens: Sequence[Token], words: Sayings) -> Token | None:
    """The cue of a sentence that only says whose words stood before it: its adverb, or its verb of saying."""
    if not tokens or tokens[0].lower not in words.sources.get("thus", ()) or len(tokens) > _LONGEST:
        return None
    finite = [t for t in tokens if t.upos in ("VERB", "AUX") and t.feats.get("VerbForm") == "Fin"]
    if not finite:
        return tokens[0] if speaker(document, tokens[0], words) is not None else None
    root = next((t for t in tokens if t.deprel == "root" and t.upos == "VERB"), None)
    entry = verb_of(document, root, words) if root is not None else None
    if root is None or entry is None or "quote" not in entry[1].frames or document.children(root, "ccomp"):
        return None
    return root if subject(document, root, words) is not None else None


def speaker(document: Document, cue: Token, words: Sayings) -> Token | None:
    """The first one named behind the adverb: not where or when, and up to the next verb."""
    if cue.lower not in words.sources.get("thus", ()):
        return None
    for token in document.tokens[cue.i + 1 : document.sentences[cue.sentence].last]:
        if token.upos == "VERB" or token.text == ":":
            return None
        marked = bool(document.children(token, "case")) or token.deprel in ("flat", "nmod")
        if token.upos not in NOMINAL or is_dated(document, token) or marked:
            continue
        entity = entity_at(document, token)
        named = token.upos == "PROPN" and not token.ner.endswith("LOC")
        if named or (entity is not None and entity.kind in _SPEAKERS):
            return token
    return None


def thus_drafts(document: Document, words: Sayings, quoted: set[int]) -> Iterator[Draft]:
    """Statements of a whole sentence without quotation marks around it, whose speaker the next sentence names."""
    for before, sentence in zip(document.sentences, document.sentences[1:], strict=False):
        cue = thus(document, document.sentence_tokens(sentence), words)
        said = [t for t in document.sentence_tokens(before) if t.upos != "PUNCT"]
        if cue is None or not said or all(t.i in quoted for t in said) or _is_heading(before):
            continue
        who = speaker(document, cue, words) or subject(document, cue, words)
        if who is not None:
            span = (cue.start, cue.end)
            yield Draft((said[0].start, said[-1].end), cue, span, who, noun_phrase(document, who), "reports")


def _is_heading(sentence: Sentence) -> bool:
    return sentence.part in ("title", "standfirst", "section")
