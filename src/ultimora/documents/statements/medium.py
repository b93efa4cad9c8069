"""Through what something was said: a post, a statement, a broadcaster, a newspaper."""

from __future__ import annotations

from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import lemma_of
from ultimora.documents.statements.who import entity_at, entity_id
from ultimora.types import Document, Token


def medium_of(document: Document, draft: Draft, words: Sayings) -> str | None:
    """The entity of the medium that stands with the cue, None where none is named."""
    cue = draft.cue
    if cue is None or cue.upos == "PUNCT":
        return None
    for child in document.children(cue, "obl", "iobj", "obj", "nmod", "advcl"):
        around = draft.content[0] <= cue.start < draft.content[1]
        if (not around and draft.content[0] <= child.start < draft.content[1]) or child is draft.source:
            continue
        found = _medium(document, child, words)
        if found is not None:
            return found
    return None


def _medium(document: Document, noun: Token, words: Sayings) -> str | None:
    cases = {lemma_of(c) for c in document.children(noun, "case")}
    if noun.deprel.startswith("obl") and not cases & words.medium.get("cases", frozenset()):
        return None
    platform = _platform(noun, words)
    if platform is not None:
        return entity_id(document, platform)
    if lemma_of(noun) in words.medium.get("nouns", ()):
        for below in document.children(noun, "nmod", "compound", "flat", "appos", "obl"):
            outlet = _platform(below, words) or (below if _is_outlet(document, below) else None)
            if outlet is not None:
                return entity_id(document, outlet)
        return entity_id(document, noun) if noun.upos == "NOUN" else None
    return entity_id(document, noun) if _is_outlet(document, noun) else None


def _platform(token: Token, words: Sayings) -> Token | None:
    named = token.text in words.medium.get("platforms", ()) and token.text[:1].isupper()
    return token if named else None


def _is_outlet(document: Document, token: Token) -> bool:
    entity = entity_at(document, token)
    return entity is not None and entity.kind == "outlet"
