"""Whether "per X" names a voice, whose word is what follows, or whom something is for."""

from __future__ import annotations

from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import lemma_of, noun_phrase
from ultimora.documents.statements.who import entity_at
from ultimora.documents.wordlists import bodies, causes, harm
from ultimora.types import Document, Token

_QUOTED = 30
_VERB = 9
_MARKS = ("«", "“", '"', "‘")
_VOICES = ("person", "outlet", "organization", "government", "armed_group")


def is_voice(document: Document, head: Token, words: Sayings) -> bool:
    """Whether "per X" can name a voice: a name with a comma after it, or somebody who speaks."""
    end = noun_phrase(document, head)[1]
    after = document.tokens_between(end, end + 2)
    comma = any(t.text == "," for t in after)
    quoted = any(t.text[:1] in _MARKS for t in document.tokens_between(end, end + _QUOTED) if t.i > head.i)
    entity = entity_at(document, head)
    named = head.upos == "PROPN" and (
        head.ner.endswith(("PER", "ORG")) or (entity is not None and entity.kind in _VOICES)
    )
    person = entity is not None and entity.kind in _VOICES
    if _cleft_after(document, head, end):
        return True
    mood = words.hearsay_mood
    hearsay = any(mood and t.feats.get("Mood") == mood for t in document.sentence_tokens(head.sentence))
    named = named or (person and hearsay and head.upos == "NOUN")
    known = person and entity is not None and any(m.form == "name" for m in entity.mentions)
    bears = lemma_of(head) in words.sources.get("bearers", ()) and (comma or hearsay)
    bears = bears or (_informs(head, words) and _has_own_subject(document, head, end))
    speaks = person or _informs(head, words) or _is_body(document, head, end)
    bears = bears or (speaks and _tells_of_harm(document, head, end))
    return named or (known and comma) or bears or ((person or head.upos == "PROPN") and quoted)


def _is_body(document: Document, head: Token, end: int) -> bool:
    called = " ".join(t.lower for t in document.tokens_between(head.start, end))
    return called in bodies(document.language)


def _informs(head: Token, words: Sayings) -> bool:
    """As in "per gli inquirenti": a word by itself for those who tell what happened, with nothing that is theirs."""
    known = {lemma_of(head), head.lower} & words.sources.get("informers", frozenset())
    return bool(known) and head.deprel.startswith("obl")


def _has_own_subject(document: Document, head: Token, end: int) -> bool:
    """Whether a clause of its own follows ("per gli inquirenti il killer è fuggito"), which gives them nothing."""
    verb = document.head(head)
    if verb is None or verb.i < head.i:
        return False
    about = _subjects(document, verb, end)
    if not about:
        return False
    between = document.tokens_between(end, document.subtree(about[0])[0].start)
    return all(t.upos in ("ADV", "PUNCT") for t in between)  # "per gli organizzatori oggi 40.000 hanno sfilato"


def _subjects(document: Document, verb: Token, end: int) -> list[Token]:
    return [c for c in document.children(verb, "nsubj", "nsubj:pass") if c.start >= end and c.i < verb.i]


def _tells_of_harm(document: Document, head: Token, end: int) -> bool:
    """As in "per la protezione civile il terremoto ha ucciso 31 persone", "per la polizia sono morti in tre": nobody is
    given what people came to harm by, nor their number; it is told.
    """
    verb = document.head(head)
    if verb is None or verb.i < head.i or not head.deprel.startswith("obl"):
        return False
    about = _subjects(document, verb, end)
    if about and document.subtree(about[0])[0].start > end + 1:
        return False
    dead, die = harm(document.language, "of"), harm(document.language, "predicates")
    told = {lemma_of(t) for t in (*about, verb)}
    return bool(told & (dead | die | causes(document.language)))


def _cleft_after(document: Document, head: Token, end: int) -> bool:
    """As in "per lui sono stati i serbi ad attaccare": what follows tells who did it, which is nobody's due."""
    after = [t for t in document.tokens_between(end, document.sentences[head.sentence].end) if t.text != ","]
    if head.upos != "PRON" or not after or after[0].upos != "AUX" or document.children(head, "nmod"):
        return False
    doers = [t for t in after[:_VERB] if t.upos == "VERB" and t.feats.get("VerbForm") == "Inf"]
    return any(document.children(t, "mark") and not document.children(t, "nsubj") for t in doers)
