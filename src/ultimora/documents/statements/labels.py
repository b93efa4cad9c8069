"""Speakers before a colon without quotation marks: in headlines ("Poll: …") and transcripts ("ROE: …")."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import lemma_of
from ultimora.documents.statements.who import entity_at
from ultimora.types import Document, Sentence, Token

_LONGEST = 8


def label_drafts(document: Document, words: Sayings, quoted: set[int]) -> Iterator[Draft]:
    """Statements introduced by a name and a colon at the head of a paragraph."""
    for sentence in document.sentences:
        title = sentence.part in ("title", "standfirst")
        if (
            not title
            and sentence.first > 0
            and "\n" not in document.text[document.tokens[sentence.first - 1].end : sentence.start]
        ):
            continue
        tokens = document.tokens[sentence.first : sentence.last]
        colon = next((t for t in tokens[1 : _LONGEST + 1] if t.text == ":"), None)
        if colon is None or colon.i + 1 >= len(document.tokens) or colon.i + 1 in quoted:
            continue
        phrase = _phrase(list(document.tokens[sentence.first : colon.i]))
        head = _head(phrase, words) or _land(document, phrase, colon)
        if head is None or _is_scene(document, head) or (_opens(document, sentence) and head.text.isupper()):
            continue
        end = _end(document, colon)
        if end > colon.end + 3:
            start = document.tokens[colon.i + 1].start
            span = (phrase[0].start, phrase[-1].end)
            yield Draft((start, end), colon, (colon.start, colon.end), head, span, "reports")


def _is_scene(document: Document, head: Token) -> bool:
    """As in "WASHINGTON: The president has …", "Lodz mourns: nine dead": where it was written, or happened."""
    entity = entity_at(document, head)
    if entity is None:
        return False
    named = head.text.isupper() or not head.ner.endswith("LOC")  # a land alone may speak for itself
    return (entity.kind == "place" and named) or (entity.kind == "government" and head.text.isupper())


def _opens(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence is the first of the text proper: capitals before its colon are where it was written."""
    return all(s.part in ("title", "standfirst") for s in document.sentences[: sentence.id])


def _phrase(tokens: list[Token]) -> list[Token]:
    for i in range(len(tokens) - 1, -1, -1):
        if tokens[i].text in (",", ".", ";", "|", "–", "—"):
            return tokens[i + 1 :]
    return tokens


def _head(phrase: list[Token], words: Sayings) -> Token | None:
    """The speaker: a person's or institution's name, or a noun that bears information ("Poll", "Report")."""
    nobody = bool(phrase) and phrase[0].lower in words.sources.get("nobody", ())  # "Nessuna conferma dal Viminale: …"
    if not phrase or nobody or any(t.upos in ("VERB", "AUX") for t in phrase):
        return None
    names = [
        t
        for t in phrase
        if t.ner.endswith(("PER", "ORG")) or (t.upos == "PROPN" and t.text.isupper() and len(t.text) > 2)
    ]
    if names and not any(t.upos in ("ADP", "NUM") for t in phrase[:1]):
        return names[0]
    bearers = [
        t
        for t in phrase
        if lemma_of(t) in words.sources.get("headline", ()) or t.lower in words.sources.get("headline", ())
    ]
    return bearers[0] if bearers and len(phrase) <= 4 else None


def _land(document: Document, phrase: list[Token], colon: Token) -> Token | None:
    """As in "Kyiv: we did not hit the dam": a land or a capital alone speaks, where what follows says "we"."""
    named = [t for t in phrase if t.ner.endswith("LOC")]
    if not named or len(named) < len(phrase):
        return None
    after = document.tokens[colon.i + 1 : document.sentences[colon.sentence].last]
    return named[0] if any(t.feats.get("Person") == "1" and t.feats.get("Number") == "Plur" for t in after) else None


def _end(document: Document, colon: Token) -> int:
    newline = document.text.find("\n", colon.end)
    end = newline if newline >= 0 else len(document.text)
    sentence = document.sentences[colon.sentence]
    if sentence.part == "title":  # a headline may name two speakers
        end = min(end, sentence.end)
    while end > colon.end and document.text[end - 1].isspace():
        end -= 1
    return end
