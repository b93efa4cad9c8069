"""Quotations whose speaker a colon or a dash announces: "Tajani: «…»", "Roe commented: “…”", "«…» — Jane Roe"."""

from __future__ import annotations

from ultimora.documents.entities.registry import AGENTS
from ultimora.documents.statements.beside import DASHES, SHORT, Speech, left_of
from ultimora.documents.statements.clauses import cue_span
from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import (
    NOMINAL,
    is_of_one,
    is_passive,
    lemma_of,
    noun_phrase,
    owner_of,
    subject,
    verb_of,
)
from ultimora.documents.statements.who import entity_at
from ultimora.types import Document, Stance, Token


def announced(document: Document, speech: Speech, words: Sayings) -> Draft | None:
    """The statement of a quotation that a name with a colon, a signature or a clause with a colon belongs to."""
    return _labelled(document, speech, words) or _signed(document, speech) or _led(document, speech, words)


def _labelled(document: Document, speech: Speech, words: Sayings) -> Draft | None:
    """As in "Tajani: «…»": a name or noun phrase with a colon before a quotation."""
    left = left_of(document, speech, set())
    if len(left) < 2 or left[-1].text != ":":
        return None
    phrase = left[:-1]
    for i in range(len(phrase) - 1, -1, -1):
        if phrase[i].text in (",", ".", ";", "|", "-", "–", "—"):
            phrase = phrase[i + 1 :]
            break
    names = [t for t in phrase if t.upos in ("PROPN", "NOUN")]
    topics = words.words.get("about", frozenset())
    if phrase and topics & {phrase[0].lower, lemma_of(phrase[0])}:
        return None  # "Sulla decisione della commissione: «…»": what it is about, not who speaks
    if not names or len(phrase) > 8 or any(t.upos == "VERB" for t in phrase):
        return None
    head, colon = names[0], left[-1]
    told = next((t for t in names if lemma_of(t) in words.nouns and owner_of(document, t, words)), None)
    if told is not None:  # "Immediata la replica di Mosca: «…»"
        head = owner_of(document, told, words) or head
        phrase = list(document.tokens_between(*noun_phrase(document, head))) or phrase
    return Draft(
        (speech.quote.start, speech.quote.end),
        colon,
        (colon.start, colon.end),
        head,
        (phrase[0].start, phrase[-1].end),
        "reports",
        True,
        True,
    )


def contested(document: Document, speech: Speech, cue: Token, words: Sayings) -> tuple[Draft, Stance] | None:
    """As in "Baku: «Colpito da un missile», Mosca nega": whose words a label says they are, and how the cue's subject
    stands to them.
    """
    entry, other = verb_of(document, cue, words), subject(document, cue, words)
    stance = entry[1].stances.get("object", entry[1].stance) if entry is not None else "reports"
    if cue.i < speech.last or other is None or stance not in ("denies", "confirms") or document.children(cue, "obj"):
        return None
    named = _labelled(document, speech, words)
    return (named, stance) if named is not None and named.source is not other else None


def _led(document: Document, speech: Speech, words: Sayings) -> Draft | None:
    """As in "Roe made the following comment: “…”": the clause before a colon says whose words follow."""
    left = left_of(document, speech, set())
    if len(left) < 3 or left[-1].text != ":" or speech.last - speech.first <= SHORT:
        return None
    verb = next((t for t in left if t.deprel == "root" and t.upos in ("VERB", "ADJ")), None)
    source = subject(document, verb, words) if verb is not None else None
    if verb is None:
        verb, source = _cleft(document, left, words)
    if verb is not None and source is None and _goes_on(document, verb, words):
        whole = speech.quote.start, speech.quote.end
        return Draft(whole, verb, cue_span(document, verb), None, None, "reports", True, True, dropped=True)
    if verb is None or source is None or source not in left:
        return None
    told = any(lemma_of(t) in words.nouns for t in left)
    entity = entity_at(document, source)
    speaks = entity is not None and entity.kind in AGENTS
    if not told and not speaks and source.feats.get("Person") != "3":
        return None
    where = noun_phrase(document, source)
    return Draft(
        (speech.quote.start, speech.quote.end), verb, cue_span(document, verb), source, where, "reports", True, True
    )


def _goes_on(document: Document, verb: Token, words: Sayings) -> bool:
    """As in "Poi ha parlato: «…»", "Non si arrende: «…»": a verb of one who need not be named."""
    own = any(c.deprel.split(":")[0] in ("nsubj", "csubj", "expl", "obj") for c in document.children(verb))
    return words.pro_drop and is_of_one(document, verb) and not own and not is_passive(document, verb)


def _cleft(document: Document, left: list[Token], words: Sayings) -> tuple[Token | None, Token | None]:
    """As in "A parlare è il fratello della vittima: «…»": who it is that speaks."""
    who = next((t for t in left if t.deprel == "root" and t.upos in ("NOUN", "PROPN")), None)
    below = document.children(who, "acl", "advcl", "csubj") if who is not None and document.children(who, "cop") else ()
    says = (t for t in below if t.feats.get("VerbForm") == "Inf" and verb_of(document, t, words) is not None)
    verb = next(says, None)
    return (verb, who) if verb is not None and who is not None and verb.i < who.i else (None, None)


def _signed(document: Document, speech: Speech) -> Draft | None:
    """As in "«…» — Jane Roe": a dash and a name after a quotation that is a paragraph of its own."""
    if document.text[document.text.rfind("\n", 0, speech.quote.start) + 1 : speech.quote.start].strip():
        return None
    end = document.text.find("\n", speech.quote.end)
    if end >= 0 and not document.text[speech.quote.end : end].strip():
        end = document.text.find("\n", end + 1)
    line = document.tokens_between(speech.quote.end, end if end >= 0 else len(document.text))
    line = [t for t in line if t.start >= speech.quote.end]
    if len(line) < 2 or line[0].text not in DASHES or len(line) > 16 or not line[1].text[:1].isupper():
        return None
    if any(t.upos in ("VERB", "AUX") for t in line[:6]) or line[1].upos not in NOMINAL:
        return None
    dash, head = line[0], line[1]
    return Draft(
        (speech.quote.start, speech.quote.end),
        dash,
        (dash.start, dash.end),
        head,
        (head.start, line[-1].end),
        "reports",
        True,
        True,
    )
