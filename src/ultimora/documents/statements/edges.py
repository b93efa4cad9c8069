"""Where the words of a source end and the text's own voice goes on, within one sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from ultimora.documents.statements.beside import DASHES
from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.quotes import Quote
from ultimora.documents.statements.syntax import verb_of
from ultimora.types import Document, Token

_INDIRECT = ("clause", "as", "object", "preposition", "infinitive")


def trim(document: Document, draft: Draft, quotes: list[Quote], words: Sayings) -> None:
    """Cut from the end of reported words what the text adds to them: a gloss, a second act of speech, a time."""
    if draft.frame not in _INDIRECT or draft.cue is None or draft.cue.start >= draft.content[0]:
        return
    ends = [
        _before_second_cue(document, draft, draft.cue, quotes, words),
        _before_gloss(document, draft, quotes),
        _before_time(document, draft, quotes),
    ]
    end = min((e for e in ends if e is not None), default=draft.content[1])
    if end > draft.content[0]:
        draft.content = draft.content[0], end


def _before_second_cue(document: Document, draft: Draft, cue: Token, quotes: list[Quote], words: Sayings) -> int | None:
    """As in "said the offer was fair | and warned the union…": the same one says both, in the same tense."""
    if draft.frame != "clause":
        return None
    inside = [t for t in document.tokens_between(*draft.content) if t.sentence == cue.sentence]
    for token in inside:
        entry = verb_of(document, token, words) if token.upos == "VERB" else None
        if entry is not None and entry[1].frames & {"quote", "clause"}:
            # A saying within what is said may be what goes on: "said the ministry had denied it and warned…".
            at = bisect_right(quotes, token.start, key=lambda q: q.start) - 1
            return None if at >= 0 and token.start < quotes[at].end else _joined_at(document, token, cue)
    return None


def _joined_at(document: Document, verb: Token, cue: Token) -> int | None:
    joined = verb.deprel == "conj" and not any(c.deprel.startswith("nsubj") for c in document.children(verb))
    same = _shape(verb) == _shape(cue) and not document.children(verb, "aux") and not document.children(cue, "aux")
    and_ = next(iter(document.children(verb, "cc")), None)
    head = document.head(verb)
    if not joined or not same or and_ is None or and_.i != verb.i - 1 or head is None or _shape(head) == _shape(cue):
        return None
    return document.tokens[and_.i - 1].end


def _shape(verb: Token) -> tuple[str, str, str]:
    return verb.feats.get("VerbForm", ""), verb.feats.get("Tense", ""), verb.upos


def _last_within(draft: Draft, quotes: list[Quote]) -> Quote | None:
    """The last quotation that ends within a content."""
    at = bisect_right(quotes, draft.content[1], key=lambda q: q.end) - 1
    return quotes[at] if at >= 0 and quotes[at].start > draft.content[0] else None


def _before_gloss(document: Document, draft: Draft, quotes: list[Quote]) -> int | None:
    """As in "likened it to “burning the village” | — a comparison that stung"."""
    last = _last_within(draft, quotes)
    following = document.tokens_between(last.end, last.end + 3) if last is not None else ()
    dash = next((t for t in following if t.text in DASHES), None)
    if last is None or dash is None or dash.end >= draft.content[1]:
        return None
    spaced = document.text[dash.end : dash.end + 1].isspace() or dash.text != "-"
    closes = document.text.find(dash.text, dash.end, draft.content[1]) >= 0
    return last.end if spaced and not closes else None


def _before_time(document: Document, draft: Draft, quotes: list[Quote]) -> int | None:
    """As in "dismissed the plan as a “disgrace” | on Wednesday": when it was said is not what was said."""
    last = _last_within(draft, quotes)
    if draft.frame != "as" or last is None or last.end >= draft.content[1]:
        return None
    at = bisect_left(document.times, last.end, key=lambda t: t.start)
    if at >= len(document.times):
        return None
    between = document.tokens_between(last.end, document.times[at].start)
    return last.end if all(t.upos in ("ADP", "PUNCT", "DET") for t in between) else None
