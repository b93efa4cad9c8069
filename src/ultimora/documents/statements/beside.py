"""The verb of saying that a quotation belongs to: after it, before it, or thrown into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.quotes import Quote
from ultimora.documents.statements.syntax import is_passive, lemma_of, owner_of, phrase_at, read_in, subject, verb_of
from ultimora.types import Document, Sentence, Token

REACH = 30
_SMALL = 3
_BETWEEN = 10
SHORT = 3
DASHES = ("-", "–", "—", "―", "--")


@dataclass(slots=True)
class Speech:
    """A quotation with its tokens, and what was found beside it."""

    quote: Quote
    first: int
    last: int
    paragraph: int


def cue_beside(document: Document, speech: Speech, inside: set[int], words: Sayings) -> Token | None:
    """The verb of saying that a quotation belongs to, after it or before it."""
    left = left_of(document, speech, inside)
    split = _is_split(document, speech, left, inside)
    if split or _introduced(document, speech, left, words):
        nearer = None if split else _adjoining(document, speech, inside, words)
        if nearer is not None:
            return nearer
        cue = _last_cue(document, left, words, resumed=left[0].i - 1 in inside)
        if cue is not None:
            return cue
    if _is_title(document, speech, left) or (_has_words(left) and not _ends_with_comma(document, speech)):
        return None
    right = _right(document, speech, inside, words)
    return _first_cue(document, right, words) or _words_of(document, right, words)


def _words_of(document: Document, right: Sequence[Token], words: Sayings) -> Token | None:
    """As in "«…», le parole della sorella", "“…” is the reply of the board": a noun of saying with its owner."""
    for token in right[:6]:
        if token.upos == "NOUN":
            return token if lemma_of(token) in words.nouns and owner_of(document, token, words) is not None else None
        if token.upos not in ("PUNCT", "DET", "AUX", "PRON", "ADJ"):
            return None
    return None


def _is_split(document: Document, speech: Speech, left: Sequence[Token], inside: set[int]) -> bool:
    """As in "«L'Italia» ha detto X «continuerà a…»": only a cue parts the quotation from the one before it."""
    if not left or left[0].i - 1 not in inside:
        return False
    if left[-1].text in (",", "—", "–", "-") or left[-1].deprel == "cc":
        return True
    first = document.text[speech.quote.inner[0] : speech.quote.inner[0] + 1]
    verbs = sum(t.upos == "VERB" for t in left)
    same = document.tokens[left[0].i - 1].sentence == left[0].sentence
    return (
        first.islower() and same and verbs == 1 and left[-1].upos in ("NOUN", "PROPN", "ADJ") and len(left) <= _BETWEEN
    )


def _adjoining(document: Document, speech: Speech, inside: set[int], words: Sayings) -> Token | None:
    """A finite cue right after the quotation: it is nearer than a clause before the colon ("…: «…», fa sapere X")."""
    right = [t for t in _right(document, speech, inside, words) if t.upos not in ("PUNCT", "PRON")]
    cue = next((t for t in right if t.upos != "AUX" or phrase_at(document, t, words)), None)
    if cue is None or cue.upos not in ("VERB", "AUX") or cue.feats.get("VerbForm") == "Ger":
        return None
    entry = verb_of(document, cue, words)
    if entry is None or "quote" not in entry[1].frames:
        return None
    spoken = subject(document, cue, words) is not None or read_in(document, cue, words) is not None
    return cue if spoken or phrase_at(document, cue, words) else None


def _has_words(left: Sequence[Token]) -> bool:
    return any(t.upos not in ("PUNCT", "CCONJ", "ADV") for t in left) and left[-1].text not in (".", "!", "?", "…")


def _ends_with_comma(document: Document, speech: Speech) -> bool:
    inner = document.text[speech.quote.inner[0] : speech.quote.inner[1]].rstrip()
    return inner.endswith((",", "?", "!", "…", "...")) or document.text[speech.quote.end :][:2].lstrip().startswith(
        (",", "–", "-")
    )


def interjected(document: Document, speech: Speech, inside: set[int], words: Sayings) -> Token | None:
    """As in "«Non ci fermeremo – ha aggiunto X –. …»": a cue between dashes; it is no part of it."""
    tokens = document.tokens[speech.first : speech.last]
    for at, token in enumerate(tokens):
        if token.text not in DASHES:
            continue
        following = tokens[at + 1 : at + REACH]
        end = next((i for i, t in enumerate(following) if t.text in (*DASHES, "»", "”")), None)
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
    capital = all(t.text[:1].isupper() or len(t.text) <= _SMALL for t in named)
    return bool(left) and left[-1].text not in (".", "!", "?") and len(named) <= 5 and capital


def left_of(document: Document, speech: Speech, inside: set[int]) -> list[Token]:
    """What stands before the quotation in its sentence, or in the one before where that ends with a colon."""
    found: list[Token] = []
    sentence = document.sentences[document.tokens[speech.first].sentence]
    at = speech.first - 1
    floor = sentence.first
    if at < floor and at >= 0 and document.tokens[at].text == ":":
        floor = document.sentences[document.tokens[at].sentence].first
    while at >= floor and len(found) < REACH * 2:
        token = document.tokens[at]
        if token.i in inside:
            break
        found.append(token)
        at -= 1
    return found[::-1]


def _introduced(document: Document, speech: Speech, left: Sequence[Token], words: Sayings) -> bool:
    """Whether what stands before a quotation leads to it."""
    if not left:
        return False
    if left[-1].text == ":":
        return True
    first = next((c for c in document.text[speech.quote.inner[0] : speech.quote.inner[1]] if c.isalnum()), "")
    if left[-1].text in (",", "—", "–", "-"):
        return first.isupper()
    entry = verb_of(document, left[-1], words)
    if entry is not None and "quote" in entry[1].frames and not is_passive(document, left[-1]):
        return True  # "recalls «a sound like thunder»"
    if speech.last - speech.first <= SHORT:
        return False
    return first.isupper() and left[-1].upos in ("VERB", "AUX", "NOUN", "PROPN", "PRON", "ADV")


def _last_cue(document: Document, left: Sequence[Token], words: Sayings, *, resumed: bool) -> Token | None:
    """The nearest verb of saying before a quotation that has nothing else to say.

    ``resumed``: a quotation stands before these words, and the finite verb belongs to it ("“…”, she said, adding “…”").
    """
    finite = [t for t in left if t.feats.get("VerbForm") == "Fin" and verb_of(document, t, words) is not None]
    for token in reversed(left):
        entry = verb_of(document, token, words)
        aside = token.feats.get("VerbForm") in ("Ger", "Part") and not document.children(token, "aux", "nsubj")
        smiling = lemma_of(token) in words.words.get("asides", ())
        if lemma_of(token) in words.words.get("citing", ()) and is_passive(document, token):
            continue  # "un sottosegretario che chiede di non essere citato la mette così: “…”"
        if aside and (smiling or not resumed) and any(t.i < token.i for t in finite):
            continue  # "Roe recalled, laughing, “…”"
        if entry is not None and entry[1].frames & {"quote", "clause"}:
            own = [c for c in document.children(token, "ccomp") if left[0].i <= c.i <= left[-1].i and c.i > token.i]
            return None if own and left[-1].text != ":" else token
        if token.text in (";",):
            return None
    return None


def _right(document: Document, speech: Speech, inside: set[int], words: Sayings) -> list[Token]:
    """What follows the quotation: the rest of its sentence, or the next one where it goes on in small letters."""
    found: list[Token] = []
    sentence = document.tokens[speech.last - 1].sentence
    at = speech.last
    while at < len(document.tokens) and len(found) < REACH:
        token = document.tokens[at]
        if token.i in inside or (
            token.sentence != sentence and (found or not _goes_on(document, speech, token, words))
        ):
            break
        sentence = token.sentence
        found.append(token)
        at += 1
    return found


def _goes_on(document: Document, speech: Speech, token: Token, words: Sayings) -> bool:
    gap = document.text[speech.quote.end : token.start]
    if "\n" in gap:
        return False
    if token.text[:1].islower() or token.text in (",", "-", "—", "–"):
        return True
    inner = document.text[speech.quote.inner[0] : speech.quote.inner[1]].rstrip()
    return inner.endswith(("?", "!", "…", "...")) and _only_says(document, document.sentences[token.sentence], words)


def _only_says(document: Document, sentence: Sentence, words: Sayings) -> bool:
    """As in "“Who knows?” Roe asked.": a sentence of speaker and verb that says nothing itself."""
    tokens = document.sentence_tokens(sentence)
    cue = next((t for t in tokens if t.deprel == "root"), None)
    entry = verb_of(document, cue, words) if cue is not None else None
    if cue is None or entry is None or "quote" not in entry[1].frames or subject(document, cue, words) is None:
        return False
    return not document.children(cue, "ccomp", "xcomp", "parataxis", "obj") and all(t.text != ":" for t in tokens)


def _first_cue(document: Document, right: Sequence[Token], words: Sayings) -> Token | None:
    """The first verb of saying after a quotation, unless another clause comes first."""
    bracketed = 0
    for token in right:
        bracketed += (token.text == "(") - (token.text == ")")
        if bracketed > 0 or token.text == ")":  # "Jane Roe (D-Md.) said"
            continue
        if token.text in (";", ":", "."):
            return None
        if token.upos == "SCONJ" or (token.deprel == "cc" and token.i - right[0].i <= 1):
            return None
        entry = verb_of(document, token, words)
        if entry is not None and entry[1].frames & {"quote", "clause"}:
            if token.feats.get("VerbForm") == "Ger" and any(c.i > token.i for c in document.children(token, "ccomp")):
                return None  # "called it “an obstacle,” saying they had…": what it says follows
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
