"""Direct speech: each quotation with the cue and the speaker that stand beside it, or that were named before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ultimora.documents.statements.clauses import cue_span
from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.quotes import Quote
from ultimora.documents.statements.syntax import NOMINAL, agent, lemma_of, noun_phrase, owner_of, subject, verb_of
from ultimora.types import Document, Token

_REACH = 30
_SHORT = 3
_MOSTLY = 0.55
_BREAK = re.compile(r"\n\s*")
_DASHES = ("-", "–", "—", "―", "--")


@dataclass(slots=True)
class Speech:
    """A quotation with its tokens, and what was found beside it."""

    quote: Quote
    first: int
    last: int
    paragraph: int


def direct_drafts(document: Document, quotes: Sequence[Quote], words: Sayings) -> Iterator[Draft]:
    """The statements in direct speech, in text order; quotations joined where only their cue parts them."""
    inside = _inside(document, quotes)
    used: dict[int, Draft] = {}
    last: tuple[Draft, Speech] | None = None
    drafts: list[Draft] = []
    for speech in _speeches(document, quotes):
        cue = _beside(document, speech, inside, words) or _interjected(document, speech, inside, words)
        if cue is not None and cue.i in used and _joins(used[cue.i], speech.quote):
            _extend(used[cue.i], speech.quote)
            last = (used[cue.i], speech)
            continue
        unled = _labelled(document, speech, words) or _signed(document, speech) if cue is None else None
        draft = unled if cue is None else _draft(document, speech, cue, inside, words)
        if draft is not None:
            drafts.append(draft)
            if cue is not None:
                used[cue.i] = draft
            last = (draft, speech)
            continue
        if last is None or not (_stands_alone(document, speech) or _goes_on_after_colon(document, speech, inside)):
            continue
        follows = _follows(document, last, speech)
        if follows and _joins(last[0], speech.quote):
            _extend(last[0], speech.quote)
            last = (last[0], speech)
        elif follows or (speech.paragraph - last[1].paragraph <= 1 and speech.last - speech.first > _SHORT):
            before = last[0]
            more = Draft(
                _span(speech.quote), None, None, before.source, before.source_span, before.stance, True, True, True
            )
            more.said = speech.quote.end - speech.quote.start
            drafts.append(more)
            last = (drafts[-1], speech)
    yield from drafts


def _inside(document: Document, quotes: Sequence[Quote]) -> set[int]:
    """The tokens that stand within quotation marks."""
    return {t.i for q in quotes for t in document.tokens_between(q.start, q.end)}


def _speeches(document: Document, quotes: Sequence[Quote]) -> Iterator[Speech]:
    paragraph, at = 0, 0
    for quote in quotes:
        paragraph += len(_BREAK.findall(document.text, at, quote.start))
        tokens = document.tokens_between(quote.start, quote.end)
        if tokens:
            yield Speech(quote, tokens[0].i, tokens[-1].i + 1, paragraph)
        at = quote.end


def _span(quote: Quote) -> tuple[int, int]:
    return quote.start, quote.end


def _joins(draft: Draft, quote: Quote) -> bool:
    """Whether two quotations make up most of the stretch from the first to the second."""
    said = draft.said + quote.end - quote.start
    return said >= _MOSTLY * (max(draft.content[1], quote.end) - min(draft.content[0], quote.start))


def _extend(draft: Draft, quote: Quote) -> None:
    draft.said += quote.end - quote.start
    draft.content = min(draft.content[0], quote.start), max(draft.content[1], quote.end)
    draft.quoted = draft.direct = True


# --- the cue beside a quotation --------------------------------------------------------------------------------------


def _beside(document: Document, speech: Speech, inside: set[int], words: Sayings) -> Token | None:
    """The verb of saying that a quotation belongs to, after it or before it."""
    left = _left(document, speech, inside)
    split = bool(left) and left[0].i - 1 in inside and left[-1].text in (",", "—", "–", "-")
    introduced = split or _introduced(document, speech, left)
    if introduced:
        cue = _last_cue(document, left, words)
        if cue is not None:
            return cue
    if _is_title(document, speech, left) or (_has_words(left) and not _ends_with_comma(document, speech)):
        return None
    return _first_cue(document, _right(document, speech, inside), words)


def _has_words(left: Sequence[Token]) -> bool:
    return any(t.upos not in ("PUNCT", "CCONJ", "ADV") for t in left) and left[-1].text not in (".", "!", "?", "…")


def _ends_with_comma(document: Document, speech: Speech) -> bool:
    inner = document.text[speech.quote.inner[0] : speech.quote.inner[1]].rstrip()
    return inner.endswith((",", "?", "!", "…", "...")) or document.text[speech.quote.end :][:2].lstrip().startswith(
        (",", "–", "-")
    )


def _interjected(document: Document, speech: Speech, inside: set[int], words: Sayings) -> Token | None:
    """As in "«Non ci fermeremo – ha aggiunto X –. …»": a cue between dashes; it is no part of it."""
    tokens = document.tokens[speech.first : speech.last]
    for at, token in enumerate(tokens):
        if token.text not in _DASHES:
            continue
        following = tokens[at + 1 : at + _REACH]
        end = next((i for i, t in enumerate(following) if t.text in (*_DASHES, "»", "”")), None)
        cue = next((t for t in following[:3] if _speaks(document, t, words)), None)
        inverted = (
            cue is not None
            and following[0].upos in ("VERB", "AUX", "PRON")
            and subject(document, cue, words) is not following[0]
        )
        if cue is not None and end is not None and inverted and cue.i < following[end].i:
            inside -= {t.i for t in following[:end]}
            return cue
    return None


def _speaks(document: Document, token: Token, words: Sayings) -> bool:
    entry = verb_of(document, token, words)
    persons = {t.feats.get("Person", "3") for t in (token, *document.children(token, "aux"))}
    return entry is not None and "quote" in entry[1].frames and persons <= {"3"}


def _is_title(document: Document, speech: Speech, left: Sequence[Token]) -> bool:
    """As in "On Sunday's broadcast of "Fox News Sunday," X said": a name in quotation marks."""
    named = [t for t in document.tokens_between(*speech.quote.inner) if t.text[0].isalnum()]
    capital = all(t.text[:1].isupper() for t in named)
    return bool(left) and left[-1].text not in (".", "!", "?") and len(named) <= 5 and capital


def _left(document: Document, speech: Speech, inside: set[int]) -> list[Token]:
    """What stands before the quotation in its sentence, or in the one before where that ends with a colon."""
    found: list[Token] = []
    sentence = document.sentences[document.tokens[speech.first].sentence]
    at = speech.first - 1
    floor = sentence.first
    if at < floor and at >= 0 and document.tokens[at].text == ":":
        floor = document.sentences[document.tokens[at].sentence].first
    while at >= floor and len(found) < _REACH * 2:
        token = document.tokens[at]
        if token.i in inside:
            break
        found.append(token)
        at -= 1
    return found[::-1]


def _introduced(document: Document, speech: Speech, left: Sequence[Token]) -> bool:
    """Whether what stands before a quotation leads to it."""
    if not left:
        return False
    if left[-1].text == ":":
        return True
    first = next((c for c in document.text[speech.quote.inner[0] : speech.quote.inner[1]] if c.isalnum()), "")
    if left[-1].text in (",", "—", "–", "-"):
        return first.isupper()
    if speech.last - speech.first <= _SHORT:
        return False
    return first.isupper() and left[-1].upos in ("VERB", "AUX", "NOUN", "PROPN", "PRON", "ADV")


def _last_cue(document: Document, left: Sequence[Token], words: Sayings) -> Token | None:
    """The nearest verb of saying before a quotation that has nothing else to say."""
    for token in reversed(left):
        entry = verb_of(document, token, words)
        if entry is not None and entry[1].frames & {"quote", "clause"}:
            own = [c for c in document.children(token, "ccomp") if left[0].i <= c.i <= left[-1].i and c.i > token.i]
            return None if own and left[-1].text != ":" else token
        if token.text in (";",):
            return None
    return None


def _right(document: Document, speech: Speech, inside: set[int]) -> list[Token]:
    """What follows the quotation: the rest of its sentence, or the next one where it goes on in small letters."""
    found: list[Token] = []
    sentence = document.tokens[speech.last - 1].sentence
    at = speech.last
    while at < len(document.tokens) and len(found) < _REACH:
        token = document.tokens[at]
        if token.i in inside or (token.sentence != sentence and (found or not _goes_on(document, speech, token))):
            break
        sentence = token.sentence
        found.append(token)
        at += 1
    return found


def _goes_on(document: Document, speech: Speech, token: Token) -> bool:
    gap = document.text[speech.quote.end : token.start]
    return "\n" not in gap and (token.text[:1].islower() or token.text in (",", "-", "—", "–"))


def _first_cue(document: Document, right: Sequence[Token], words: Sayings) -> Token | None:
    """The first verb of saying after a quotation, unless another clause comes first."""
    for token in right:
        if token.text in (";", ":", "."):
            return None
        if token.upos == "SCONJ" or (token.deprel == "cc" and token.i - right[0].i <= 1):
            return None
        entry = verb_of(document, token, words)
        if entry is not None and entry[1].frames & {"quote", "clause"}:
            led = token.deprel == "xcomp" and document.tokens[token.head] in right
            if _modifies(token) and not led and not _next_is_verb(right, token):
                continue
            return token
        leads = any(c in right and verb_of(document, c, words) for c in document.children(token, "xcomp"))
        if token.upos == "VERB" and not _modifies(token) and not leads:  # "si è limitato a dire"
            return None
    return None


def _modifies(token: Token) -> bool:
    return token.deprel.startswith(("acl", "amod", "xcomp"))


def _next_is_verb(right: Sequence[Token], token: Token) -> bool:
    words = [t for t in right if t.text not in (",", "-", "—", "–") and t.upos != "AUX"]
    return bool(words) and words[0].i == token.i


# --- the speaker -----------------------------------------------------------------------------------------------------


def _draft(document: Document, speech: Speech, cue: Token, inside: set[int], words: Sayings) -> Draft | None:
    entry = verb_of(document, cue, words)
    stance = entry[1].stances.get("quote", entry[1].stance) if entry else "reports"
    source = _speaker(document, cue, speech, inside, words)
    where = noun_phrase(document, source) if source is not None else None
    if where is not None:
        where = _outside(where, source, speech)
    draft = Draft(
        _mixed(document, speech, cue, inside), cue, cue_span(document, cue), source, where, stance, True, True
    )
    draft.dropped = source is None
    draft.said = speech.quote.end - speech.quote.start
    return draft


def _mixed(document: Document, speech: Speech, cue: Token, inside: set[int]) -> tuple[int, int]:
    """The quotation, with what stands before it where a cue closes the sentence ("Both "saw it," X said")."""
    start, end = _span(speech.quote)
    if cue.i < speech.last:
        return start, end
    left = _left(document, speech, inside)
    gap = document.text[left[-1].end : start] if left else ""
    whole = left and left[0].i == document.sentences[left[0].sentence].first
    if "\n" in gap or (left and left[-1].text in (":", ";", ".", "?", "!", "...", "…")):
        return start, end
    words = [t for t in left if t.upos not in ("PUNCT", "CCONJ")]
    if not whole or not words or any(t.i in inside for t in left):
        return start, end
    return words[0].start if left[0].upos == "PUNCT" else left[0].start, end


def _outside(where: tuple[int, int], source: Token | None, speech: Speech) -> tuple[int, int]:
    """A noun phrase that a bad parse stretched over the quotation is cut to its head."""
    if source is not None and where[0] < speech.quote.end and speech.quote.start < where[1]:
        return source.start, source.end
    return where


def _speaker(document: Document, cue: Token, speech: Speech, inside: set[int], words: Sayings) -> Token | None:
    found = subject(document, cue, words)
    if found is None or found.i in inside:
        found = agent(document, cue, words)
    if found is not None and found.i not in inside and abs(found.i - cue.i) < _REACH * 2:
        return found
    if cue.i >= speech.first:
        return _by_order(document, cue, speech, inside)
    before = [t for t in _left(document, speech, inside) if t.i < cue.i and t.upos in NOMINAL]
    bare = [t for t in before if t.upos == "PROPN" or not document.children(t, "case")]
    return bare[0] if bare else None


def _by_order(document: Document, cue: Token, speech: Speech, inside: set[int]) -> Token | None:
    """Where the parse shows no subject: the noun phrase between quotation and verb, or the one after the verb."""
    between = [t for t in document.tokens[speech.last : cue.i] if t.upos in NOMINAL and t.deprel != "expl"]
    if between:
        return between[0]
    for token in document.tokens[cue.i + 1 : cue.i + 8]:
        if token.i in inside or token.text in (",", ".", ";", ":") or token.upos in ("VERB", "SCONJ"):
            return None
        if token.upos == "ADP":
            return None
        if token.upos in NOMINAL:
            return token
    return None


def _labelled(document: Document, speech: Speech, words: Sayings) -> Draft | None:
    """As in "Tajani: «…»": a name or noun phrase with a colon before a quotation."""
    left = _left(document, speech, set())
    if len(left) < 2 or left[-1].text != ":":
        return None
    phrase = left[:-1]
    for i in range(len(phrase) - 1, -1, -1):
        if phrase[i].text in (",", ".", ";", "|", "-", "–", "—"):
            phrase = phrase[i + 1 :]
            break
    names = [t for t in phrase if t.upos in ("PROPN", "NOUN")]
    if not names or len(phrase) > 8 or any(t.upos == "VERB" for t in phrase):
        return None
    head, colon = names[0], left[-1]
    told = next((t for t in names if lemma_of(t) in words.nouns and owner_of(document, t, words)), None)
    if told is not None:  # "Immediata la replica di Mosca: «…»"
        head = owner_of(document, told, words) or head
        phrase = list(document.tokens_between(*noun_phrase(document, head))) or phrase
    return Draft(
        _span(speech.quote),
        colon,
        (colon.start, colon.end),
        head,
        (phrase[0].start, phrase[-1].end),
        "reports",
        True,
        True,
    )


def _signed(document: Document, speech: Speech) -> Draft | None:
    """As in "«…» — Jane Roe": a dash and a name after a quotation that is a paragraph of its own."""
    if document.text[document.text.rfind("\n", 0, speech.quote.start) + 1 : speech.quote.start].strip():
        return None
    end = document.text.find("\n", speech.quote.end)
    if end >= 0 and not document.text[speech.quote.end : end].strip():
        end = document.text.find("\n", end + 1)
    line = document.tokens_between(speech.quote.end, end if end >= 0 else len(document.text))
    line = [t for t in line if t.start >= speech.quote.end]
    if len(line) < 2 or line[0].text not in _DASHES or len(line) > 16 or not line[1].text[:1].isupper():
        return None
    if any(t.upos in ("VERB", "AUX") for t in line[:6]) or line[1].upos not in NOMINAL:
        return None
    dash, head = line[0], line[1]
    return Draft(
        _span(speech.quote), dash, (dash.start, dash.end), head, (head.start, line[-1].end), "reports", True, True
    )


# --- quotations without a cue ----------------------------------------------------------------------------------------


def _stands_alone(document: Document, speech: Speech) -> bool:
    """Whether the quotation makes up its sentences: nothing else stands before it or after it."""
    # The marks themselves may have gone to the neighbouring sentences.
    inner = document.tokens_between(*speech.quote.inner) or document.tokens[speech.first : speech.last]
    first, last = inner[0], inner[-1]
    before = document.tokens[document.sentences[first.sentence].first : speech.first]
    after = document.tokens[speech.last : document.sentences[last.sentence].last]
    return not any(t.upos != "PUNCT" for t in (*before, *after))


def _goes_on_after_colon(document: Document, speech: Speech, inside: set[int]) -> bool:
    """As in "E poi: «…»": a colon with nobody named before it."""
    left = _left(document, speech, inside)
    return len(left) in range(2, 5) and left[-1].text == ":" and all(t.upos not in (*NOMINAL, "VERB") for t in left)


def _follows(document: Document, last: tuple[Draft, Speech], speech: Speech) -> bool:
    """Whether only the cue's clause stands between two quotations of one paragraph."""
    draft, before = last
    if speech.paragraph - before.paragraph > 1:
        return False
    gap = [t for t in document.tokens[before.last : speech.first] if t.upos != "PUNCT"]
    if draft.cue is None:
        return not gap
    sentences = {t.sentence for t in gap}
    return len(gap) <= _REACH * 2 and sentences <= {draft.cue.sentence}
