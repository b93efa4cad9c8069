"""Direct speech: each quotation with the cue and the speaker that stand beside it, or that were named before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ultimora.documents.entities import is_somebody
from ultimora.documents.statements.beside import REACH, SHORT, Speech, cue_beside, interjected, left_of
from ultimora.documents.statements.clauses import cue_span
from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.gestures import governing, introduced_after
from ultimora.documents.statements.leads import announced, contested
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.quotes import Quote
from ultimora.documents.statements.syntax import (
    NOMINAL,
    agent,
    answered,
    is_dated,
    lemma_of,
    noun_phrase,
    owner_of,
    read_in,
    subject,
    verb_of,
    whence,
)
from ultimora.documents.statements.thus import speaker as thus_speaker
from ultimora.documents.statements.thus import thus
from ultimora.types import Document, Stance, Token

_MOSTLY = 0.65
_PARTING = 10
_WIDE = 12
_BREAK = re.compile(r"\n\s*")


def direct_drafts(
    document: Document, quotes: Sequence[Quote], words: Sayings, clauses: Sequence[Draft] = ()
) -> list[Draft]:
    """The statements in direct speech, in text order; quotations joined where only their cue parts them.

    ``clauses`` are the statements that syntax shows: a quotation that stands alone after one goes on with its speaker.
    """
    telling = _Telling(document, words, _inside(document, quotes), _by_sentence(clauses))
    for speech in _speeches(document, quotes):
        telling.take(speech)
    return telling.drafts


def _by_sentence(clauses: Sequence[Draft]) -> dict[int, Draft]:
    """The last statement with a named source of each sentence."""
    return {d.cue.sentence: d for d in clauses if d.cue is not None and d.source is not None and not d.weak}


@dataclass(slots=True)
class _Telling:
    """The quotations so far. ``used``: which draft a cue led to; ``last``: who spoke last, and where."""

    document: Document
    words: Sayings
    inside: set[int]
    clauses: dict[int, Draft]
    drafts: list[Draft] = field(default_factory=list)
    used: dict[int, Draft] = field(default_factory=dict)
    last: tuple[Draft, Speech] | None = None

    def take(self, speech: Speech) -> None:
        """Add a quotation to the statement that it belongs to, or begin one, or leave it: scare quotes and titles."""
        document, words = self.document, self.words
        cue = cue_beside(document, speech, self.inside, words) or interjected(document, speech, self.inside, words)
        cue = cue or _told_after(document, speech, words) or governing(document, speech, self.inside, words)
        cue = cue or self._resumed(speech) or self._opened(speech)
        if cue is not None and (both := contested(document, speech, cue, words)) is not None:
            answer = _draft(document, speech, cue, self.inside, words)
            answer.stance = both[1]
            self.drafts.append(answer)
            self._add(both[0], speech)
            return
        if cue is not None:
            self._cued(speech, cue)
            return
        led = announced(document, speech, words)
        if led is not None:
            self._add(led, speech)
        elif _is_heading(document, speech):
            return
        elif _stands_alone(document, speech) or _goes_on_after_colon(document, speech, words):
            self._uncued(speech)

    def _resumed(self, speech: Speech) -> Token | None:
        """As in "«Non scappo», si difende lui, «ma resto»": the cue that parts a quotation from the one before."""
        last = self.last
        if last is None or last[0].cue is None or speech.paragraph != last[1].paragraph:
            return None
        gap = self.document.tokens[last[1].last : speech.first]
        parts = last[0].cue.i in range(last[1].last, speech.first) and len(gap) <= _PARTING
        return last[0].cue if parts and gap[-1].text == "," and not any(t.text in ".;:" for t in gap) else None

    def _opened(self, speech: Speech) -> Token | None:
        """As in "«Mi ha chiamata nonna». Ida Berti, 84 anni, racconta così…": words that a paragraph opens with, and
        nobody has said yet.
        """
        last = self.last
        fresh = last is None or speech.paragraph - last[1].paragraph > 1 or _is_announced(self.document, last[1])
        if not fresh or not _stands_alone(self.document, speech) or _is_heading(self.document, speech):
            return None
        return introduced_after(self.document, speech, self.words)

    def _cued(self, speech: Speech, cue: Token) -> None:
        known = self.used.get(cue.i)
        if known is not None and _joins(known, speech.quote):
            _extend(known, speech.quote)
            self.last = known, speech
            return
        draft = _draft(self.document, speech, cue, self.inside, self.words)
        self.used[cue.i] = draft
        self._add(draft, speech)

    def _uncued(self, speech: Speech) -> None:
        last = self.last
        if last is not None and _follows(self.document, last, speech) and _joins(last[0], speech.quote):
            _extend(last[0], speech.quote)
            self.last = last[0], speech
            return
        before = self._speaking(speech)
        if before is not None:
            where = before.source_span
            more = Draft(_span(speech.quote), None, None, before.source, where, before.stance, True, True, True)
            more.said = speech.quote.end - speech.quote.start
            self._add(more, speech)

    def _speaking(self, speech: Speech) -> Draft | None:
        """Whose words a quotation without a cue gives: who spoke in the sentence before, or spoke last."""
        sentence, last = self.document.tokens[speech.first].sentence, self.last
        told = self.clauses.get(sentence - 1)
        if last is not None and _follows(self.document, last, speech):
            return last[0]
        if speech.last - speech.first <= SHORT:
            return None
        newer = told is not None and (last is None or told.content[0] >= last[0].content[1])
        if newer or last is None or speech.paragraph - last[1].paragraph > 1:
            return told
        return last[0]

    def _add(self, draft: Draft, speech: Speech) -> None:
        self.drafts.append(draft)
        self.last = draft, speech


def _is_announced(document: Document, speech: Speech) -> bool:
    """Whether a quotation stands in a headline."""
    return document.sentences[document.tokens[speech.first].sentence].part in ("title", "standfirst", "section")


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


# --- the speaker -----------------------------------------------------------------------------------------------------


def _draft(document: Document, speech: Speech, cue: Token, inside: set[int], words: Sayings) -> Draft:
    stance = _stance(document, speech, cue, words)
    source = _speaker(document, cue, speech, inside, words) or _opinion_of(document, speech, inside, words)
    where = noun_phrase(document, source) if source is not None else None
    if where is not None:
        where = _outside(where, source, speech)
    draft = Draft(
        _mixed(document, speech, cue, inside), cue, cue_span(document, cue), source, where, stance, True, True
    )
    draft.dropped = source is None
    draft.said = speech.quote.end - speech.quote.start
    return draft


def _opinion_of(document: Document, speech: Speech, inside: set[int], words: Sayings) -> Token | None:
    """As in "Diversa l'opinione di Carlo Prati: «Si esagera», ha scritto": whose words the colon announces."""
    left = left_of(document, speech, inside)
    if not left or left[-1].text != ":":
        return None
    told = (owner_of(document, t, words) for t in reversed(left) if t.upos == "NOUN" and lemma_of(t) in words.nouns)
    return next((o for o in told if o is not None), None)


def _stance(document: Document, speech: Speech, cue: Token, words: Sayings) -> Stance:
    """How a source stands to the words it is quoted with: "nega: «Sono innocente»" asserts what it says."""
    entry = verb_of(document, cue, words)
    if entry is None:
        return words.nouns.get(lemma_of(cue), "reports")
    stance = entry[1].stances.get("quote", entry[1].stance)
    return answered(document, document.tokens[speech.first : speech.last], stance, words)


def _told_after(document: Document, speech: Speech, words: Sayings) -> Token | None:
    """As in "«Fu lui». Lo ha detto il pubblico ministero": the next sentence says whose words these were."""
    if not _stands_alone(document, speech) or _is_heading(document, speech):
        return None
    here = document.tokens[speech.last - 1].sentence
    if here + 1 >= len(document.sentences):
        return None
    tokens = document.sentence_tokens(here + 1)
    cue = thus(document, tokens, words) if tokens[0].i >= speech.last else None
    if cue is not None:
        return cue
    if "\n" in document.text[speech.quote.end : tokens[0].start] or tokens[0].i < speech.last:
        return None
    named = _reply(document, tokens, words)
    if named is not None:
        return named
    it = next((t for t in tokens[:2] if t.lower in words.words.get("report_pronouns", ())), None)
    verb = document.head(it) if it is not None and it.deprel == "obj" else None
    entry = verb_of(document, verb, words) if verb is not None else None
    told = entry is not None and "quote" in entry[1].frames and verb is not None
    return verb if told and verb is not None and subject(document, verb, words) is not None else None


def _reply(document: Document, tokens: Sequence[Token], words: Sayings) -> Token | None:
    """As in "«Venga lui». È la replica di Anna Ferri", "Questo il commento di X", "È quanto dichiara X": the next
    sentence says whose words these were.
    """
    what = next((t for t in tokens[:SHORT] if t.lower in words.sources.get("quanto", ())), None)
    for verb in document.children(what, "acl") if what is not None and document.children(what, "cop") else ():
        entry = verb_of(document, verb, words)
        if entry is not None and "quote" in entry[1].frames:
            return verb
    noun = next((t for t in tokens if t.deprel == "root" and t.upos == "NOUN"), None)
    points = {tokens[0].lower, lemma_of(tokens[0])} & words.words.get("report_pronouns", frozenset())
    if noun is None or noun.i - tokens[0].i > SHORT or not (document.children(noun, "cop") or points):
        return None
    told = lemma_of(noun) in words.nouns and _whose(document, noun, words) is not None
    return noun if told and all(c is tokens[0] and points for c in document.children(noun, "nsubj")) else None


def _whose(document: Document, noun: Token, words: Sayings) -> Token | None:
    """Whose words a noun stands for: "le parole di X", "l'appello lanciato da X"."""
    made = (agent(document, c, words) for c in document.children(noun, "acl"))
    return owner_of(document, noun, words) or next((by for by in made if by is not None), None)


def _mixed(document: Document, speech: Speech, cue: Token, inside: set[int]) -> tuple[int, int]:
    """The quotation, with what stands before it where a cue closes the sentence ("Both "saw it," X said")."""
    start, end = _span(speech.quote)
    if cue.i < speech.last:
        return start, end
    left = left_of(document, speech, inside)
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
    if cue.upos == "NOUN":
        return _whose(document, cue, words)
    named = thus_speaker(document, cue, words) or read_in(document, cue, words)
    if named is not None:
        return named
    found = subject(document, cue, words)
    if found is None or found.i in inside:
        found = agent(document, cue, words) or whence(document, cue, words)
    if found is not None and found.i not in inside and abs(found.i - cue.i) < REACH * 2:
        return found
    if cue.i >= speech.first:
        return _by_order(document, cue, speech, inside)
    before = [t for t in left_of(document, speech, inside) if t.i < cue.i and t.upos in NOMINAL]
    bare = [t for t in before if t.upos == "PROPN" or not document.children(t, "case")]
    bare = [t for t in bare if not t.deprel.startswith("expl")]
    return bare[0] if bare else None


def _by_order(document: Document, cue: Token, speech: Speech, inside: set[int]) -> Token | None:
    """Where the parse shows no subject: the noun phrase between quotation and verb, or the one after the verb."""
    weak = ("expl", "iobj", "obj")
    between = [t for t in document.tokens[speech.last : cue.i] if t.upos in NOMINAL]
    between = [t for t in between if t.upos != "PRON" or t.deprel not in weak]  # "«…», le sussurra"
    between = [t for t in between if not is_dated(document, t)]
    if between:
        return between[0]
    past = cue.i  # "…, scrive in un report Lorenzo Codogno"
    for token in document.tokens[cue.i + 1 : cue.i + _WIDE]:
        if token.i > past and token.deprel == "case" and document.tokens[token.head].upos == "NOUN":
            past = token.head
        if token.i <= past:
            continue
        if past > cue.i and token.deprel != "case":  # "…, ha detto davanti ai cancelli dello stabilimento Ida Bo"
            return token if _is_name_behind(document, token) else None
        if token.i in inside or token.text in (",", ".", ";", ":") or token.upos in ("VERB", "SCONJ"):
            return None
        if token.upos == "ADP":
            return None
        if token.upos in NOMINAL and not is_dated(document, token):
            return token
    return None


def _is_name_behind(document: Document, token: Token) -> bool:
    """Whether a word begins the name of a person that is not the one of the noun before it ("al sindaco Bo")."""
    noun = document.tokens[token.i - 1]
    titled = noun.feats.get("Number") != "Plur" and is_somebody(document, noun)
    return token.upos == "PROPN" and token.ner.endswith("PER") and not titled


# --- quotations without a cue ----------------------------------------------------------------------------------------


def _stands_alone(document: Document, speech: Speech) -> bool:
    """Whether the quotation makes up its sentences: nothing else stands before it or after it."""
    # The marks themselves may have gone to the neighbouring sentences.
    inner = document.tokens_between(*speech.quote.inner) or document.tokens[speech.first : speech.last]
    first, last = inner[0], inner[-1]
    before = document.tokens[document.sentences[first.sentence].first : speech.first]
    after = document.tokens[speech.last : document.sentences[last.sentence].last]
    return not any(t.upos != "PUNCT" for t in (*before, *after))


def _is_heading(document: Document, speech: Speech) -> bool:
    """As in "'All Bets Are Off'" on a line of its own: words that all begin with a capital head what follows."""
    before, after = (
        document.text[max(0, speech.quote.start - 1) : speech.quote.start],
        document.text[speech.quote.end : speech.quote.end + 1],
    )
    named = [w for w in document.text[slice(*speech.quote.inner)].split() if w[:1].isalpha() and len(w) > SHORT]
    whole = before in ("", "\n") and after in ("", "\n")
    return whole and 0 < len(named) <= 2 * SHORT and all(w[:1].isupper() for w in named)


def _goes_on_after_colon(document: Document, speech: Speech, words: Sayings) -> bool:
    """As in "E poi: «…»", "Sulla riforma: «…»": a colon with nobody named before it."""
    left = left_of(document, speech, set())
    if left and left[-1].text == ":" and words.words.get("about", frozenset()) & {left[0].lower, lemma_of(left[0])}:
        return not any(t.upos == "VERB" for t in left)
    return len(left) in range(2, 5) and left[-1].text == ":" and all(t.upos not in (*NOMINAL, "VERB") for t in left)


def _follows(document: Document, last: tuple[Draft, Speech], speech: Speech) -> bool:
    """Whether only the cue's clause stands between two quotations of one paragraph."""
    draft, before = last
    if speech.paragraph != before.paragraph:
        return False
    gap = [t for t in document.tokens[before.last : speech.first] if t.upos != "PUNCT"]
    if draft.cue is None:
        return not gap
    sentences = {t.sentence for t in gap}
    return len(gap) <= REACH * 2 and sentences <= {draft.cue.sentence}
