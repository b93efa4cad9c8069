"""Clauses of speech: what is said, whatever the parse made of it."""

from __future__ import annotations

from ultimora.documents.statements.lexicon import Sayings, Verb
from ultimora.documents.statements.nominal import noun_clause
from ultimora.documents.statements.syntax import clause_span, lemma_of, phrase_at, span_of
from ultimora.types import Document, Token

_NEAR = 8
_REACH = 16


def clause(document: Document, verb: Token, words: Sayings) -> tuple[int, int] | None:
    """The clause that a verb of saying governs, or the one with a "that" beside it."""
    clauses = [c for c in document.children(verb, "ccomp", "csubj") if c.deprel != "csubj" or c.i > verb.i]
    clauses = [c for c in clauses if not _is_of_next(document, verb, c) and not _is_relative(document, verb, c)]
    # "si è detto convinto che…", "made it clear that…"
    clauses += [c for a in document.children(verb, "xcomp") if a.upos == "ADJ" for c in document.children(a, "ccomp")]
    made = [a for a in document.children(verb, "xcomp") if f"{lemma_of(verb)} {lemma_of(a)}" in words.phrases]
    clauses = clauses or [c for a in made for c in document.children(a, "ccomp", "xcomp", "advcl")]
    if not clauses:
        return _marked_clause(document, verb, words) or _that_after(document, verb, words)
    first = clauses[0]
    if first.upos in ("PROPN", "NOUN", "DET", "NUM") and not document.children(first, "cop", "nsubj"):
        told = _that_after(document, verb, words)  # the one who was told, taken for what was told
        if told is not None:
            return told
    if f"{lemma_of(verb)} {lemma_of(first)}" in words.phrases:
        return clause(document, first, words)
    more = [c for c in clauses[1:] if c.i > first.i > verb.i and not verb.deprel.startswith("acl")]
    span = span_of([t for c in (first, *more) for t in document.subtree(c)])
    if span is None:
        return None
    if not span[0] <= verb.start < span[1]:
        return _whole(document, verb, span)
    # A cue that the parse put below its own content ends it; what stands before a "that" is no part of it.
    return _that_after(document, verb, words)


def _is_relative(document: Document, verb: Token, said: Token) -> bool:
    """As in "Mitsotakis, [who was in Davos], said …": a relative clause that the parse took for what is said."""
    subjects = document.children(said, "nsubj")
    return said.i < verb.i and any(s.feats.get("PronType") == "Rel" and s.i < said.i for s in subjects)


def _is_of_next(document: Document, verb: Token, said: Token) -> bool:
    """As in "confirmed the meeting but did not say whether…": the clause that the next verb of its sentence governs."""
    joined = (c for c in document.children(verb, "conj") if c.upos == "VERB" and verb.i < c.i < said.i)
    first = document.subtree(said)[0].i
    things = [o for o in document.children(verb, "obj") if verb.i < o.i]
    return bool(things) and any(c.i < first and not document.children(c, "obj", "ccomp") for c in joined)


def _whole(document: Document, verb: Token, span: tuple[int, int]) -> tuple[int, int]:
    """A clause that the parse cut to its subject ("said the first aim | was to…") goes on to its predicate's end."""
    last = document.tokens_between(span[1] - 1, span[1])[-1]
    if verb.start > span[0] or last.i + 1 >= document.sentences[verb.sentence].last:
        return span
    following = document.tokens[last.i + 1]
    above = document.tokens[following.head]
    inside = [t for t in document.tokens_between(*span) if t.feats.get("VerbForm") == "Fin"]
    goes_on = following.feats.get("VerbForm") == "Fin" and following.deprel in ("cop", "aux", "aux:pass")
    if inside or not goes_on or above.i < following.i:
        return span
    end = span_of(document.subtree(above))
    return (span[0], end[1]) if end is not None and end[0] > verb.start else span


def _that_after(document: Document, verb: Token, words: Sayings) -> tuple[int, int] | None:
    """As in "adding that…": a clause whose "that" stands beside the cue, wherever the parse hung it."""
    sentence = document.sentences[verb.sentence]
    cited = _that_past_cited(document, verb, sentence.last, words)
    if cited is not None:
        return span_of(t for t in document.subtree(document.tokens[cited.head]) if t.i >= cited.i)
    for token in document.tokens[verb.i + 1 : min(verb.i + _REACH, sentence.last)]:
        if token.upos in ("SCONJ", "PRON") and token.deprel == "mark" and token.lower in words.words.get("that", ()):
            predicate = document.tokens[token.head]
            below = [t for t in document.subtree(predicate) if t.i >= token.i]
            # "rejected the notion that…" has the noun for its object
            of_noun = predicate.deprel.startswith("acl") and not _is_told(document, verb, predicate, words)
            return span_of(below) if predicate.i > token.i and not of_noun else None
        if token.upos in ("VERB", "AUX", "CCONJ", "SCONJ") or token.text in (";", ":"):
            return None
    return None


def _that_past_cited(document: Document, verb: Token, last: int, words: Sayings) -> Token | None:
    """As in "scrive, citando gli organizzatori, che…": the "that" behind whom the speaker cites between commas."""
    tokens = document.tokens[verb.i + 1 : min(verb.i + _REACH, last)]
    if len(tokens) < 2 or tokens[0].text != "," or lemma_of(tokens[1]) not in words.words.get("citing", ()):
        return None
    comma = next((t for t in tokens[2:] if t.text == ","), None)
    that = document.tokens[comma.i + 1] if comma is not None and comma.i + 1 < last else None
    marks = that is not None and that.lower in words.words.get("that", ()) and that.deprel in ("mark", "nsubj", "obj")
    return that if marks and that is not None and that.head > that.i else None


def _is_told(document: Document, verb: Token, predicate: Token, words: Sayings) -> bool:
    """As in "told a news conference that…": the clause hangs on those who are told."""
    tells = lemma_of(verb) in words.medium.get("tells", ())
    return tells and document.head(predicate) in document.children(verb, "obj", "iobj")


def rest(document: Document, verb: Token, entry: Verb, words: Sayings) -> tuple[int, int] | None:
    """The rest of the sentence where the parse shows an object of a verb that takes none ("said the union…")."""
    if "object" in entry.frames or "quote" not in entry.frames:
        return None
    own = verb.i + 1 if phrase_at(document, verb, words) is not None else -1  # "ha reso [noto] il procuratore"
    objects = [c for c in document.children(verb, "obj", "xcomp", "dep") if c.i > verb.i and c.i != own]
    sentence = document.sentences[verb.sentence]
    if not objects:
        return None
    first = document.subtree(objects[0])[0]
    rest = document.tokens[max(first.i, verb.i + 1) : sentence.last]
    for token in rest:
        if token.upos in ("SCONJ", "PUNCT") or token.feats.get("PronType") == "Rel":
            return None
        if token.deprel == "conj" and token.head == verb.i:  # "answered the call and marched"
            return None
        if token.feats.get("VerbForm") == "Fin" or (token.upos == "VERB" and token.feats.get("Tense") == "Past"):
            return span_of(rest)
    return None


def dependent_speech(document: Document, verb: Token) -> tuple[int, int] | None:
    """As in "Tra questi, riferisce X, ci sarebbe…": a cue at the root of what it reports."""
    clauses = [
        c for c in document.children(verb, "parataxis") if c.i > verb.i and c.upos in ("VERB", "AUX", "ADJ", "NOUN")
    ]
    sentence = document.sentences[verb.sentence]
    comma = verb.i > sentence.first and document.tokens[verb.i - 1].text == ","
    if not clauses or not comma or document.children(verb, "ccomp"):
        return None
    return span_of(document.tokens[sentence.first : document.subtree(clauses[0])[-1].i + 1])


def closed(document: Document, verb: Token, entry: Verb, words: Sayings) -> tuple[int, int] | None:
    """As in "…, the Times reported.": a cue with its subject after the last comma, whatever the parse.

    "…, as two parties have proposed" says nothing of whether it is so.
    """
    sentence = document.sentences[verb.sentence]
    after = document.tokens[verb.i + 1 : sentence.last]
    if "quote" not in entry.frames or (after and after[0].text not in (".", ",", "!", "?", "»", "”", '"')):
        return None
    at = verb.i - 1
    while at > sentence.first and document.tokens[at].text != "," and verb.i - at < _NEAR:
        at -= 1
    before = document.tokens[sentence.first : at]
    subject_there = any(c.deprel.startswith("nsubj") and at < c.i < verb.i for c in document.children(verb))
    finite = any(t.feats.get("VerbForm") == "Fin" for t in before)
    if document.tokens[at].text != "," or not subject_there or not finite:
        return None
    other = any(t.upos in ("VERB", "CCONJ") for t in document.tokens[at + 1 : verb.i])  # "a demand that X backed but"
    wished = lemma_of(verb) in words.words.get("proposing", ()) and document.children(verb, "mark")
    return None if other or wished else span_of(before)


def of_oneself(document: Document, verb: Token, words: Sayings) -> tuple[int, int] | None:
    """As in "si è detto inorridito"."""
    selves = [c for c in document.children(verb) if c.lower in words.words.get("impersonal", ()) and c.i < verb.i]
    states = [c for c in document.children(verb, "xcomp") if c.i > verb.i and c.upos in ("ADJ", "VERB", "NOUN")]
    return clause_span(document, states[0]) if selves and states else None


def _marked_clause(document: Document, verb: Token, words: Sayings) -> tuple[int, int] | None:
    """Where the parse has no clause: an infinitive or adverbial clause with "that" or "di", or dependent speech."""
    through = [c for c in document.children(verb, "obl") if lemma_of(c) in words.medium.get("nouns", ())]
    for noun in through:  # "said in a statement that…"
        span = noun_clause(document, noun, words)
        if span is not None:
            return span
    that, infinitive = words.words.get("that", ()), words.words.get("infinitive_marks", ())
    for child in document.children(verb, "advcl", "acl", "xcomp", "obj", "parataxis", "dep"):
        if child.i < verb.i or child.upos not in ("VERB", "AUX", "ADJ", "NOUN", "PROPN"):
            continue
        marks = {c.lower for c in document.children(child) if c.deprel in ("mark", "case", "advmod", "obj", "nsubj")}
        if marks & set(that) and child.deprel != "obj":
            return clause_span(document, child)
        if child.deprel == "xcomp" and child.feats.get("VerbForm") == "Ger":  # "denied targeting civilians"
            return clause_span(document, child)
        if child.deprel == "xcomp" and marks & set(infinitive) and child.feats.get("VerbForm") == "Inf":
            return clause_span(document, child)
    return None


def matrix(document: Document, verb: Token) -> tuple[int, int] | None:
    """As in "The plan, she said, was dead": the clause that the cue is thrown into."""
    head = document.head(verb)
    if head is None or verb.deprel.split(":")[0] not in ("parataxis", "advcl", "acl", "dep", "conj"):
        return None
    inverted = verb.deprel.split(":")[0] == "parataxis" or (_thrown_in(document, verb) and verb.deprel != "conj")
    begins = document.subtree(verb)[0].i
    marks = {document.tokens[begins - 1].text, document.tokens[begins].text} if begins > 0 else set()
    own = any(c.i > verb.i for c in document.children(verb, "obj", "ccomp")) and _has_subject_before(document, verb)
    judged = any(c.i > verb.i and c.upos in ("ADJ", "NOUN") for c in document.children(verb, "xcomp"))
    # "…: Tajani ha sottolineato l'urgenza", "…: li ritiene responsabili": a sentence of its own
    apart = ";" in marks or (":" in marks and (own or judged))
    if apart or not inverted or head.upos == "PUNCT" or document.children(verb, "cc"):
        return None
    if verb.deprel.startswith("acl"):
        head = next((t for t in document.ancestors(head) if t.upos in ("VERB", "ADJ", "AUX")), head)
    return clause_span(document, head, verb)


def _has_subject_before(document: Document, verb: Token) -> bool:
    return any(c.i < verb.i for c in document.children(verb, "nsubj"))


def _thrown_in(document: Document, verb: Token) -> bool:
    """Between commas, or after one at the end of its sentence, with nothing but a subject of its own."""
    below = document.subtree(verb)
    first, last = below[0].i, below[-1].i
    if any(c.deprel in ("mark", "ccomp", "xcomp", "obj") for c in document.children(verb)):
        return False
    if any(c.feats.get("PronType") == "Rel" for c in below):
        return False
    sentence = document.sentences[verb.sentence]
    before = document.tokens[first - 1].text if first > sentence.first else ""
    after = document.tokens[last + 1].text if last + 1 < sentence.last else "."
    return (before == "," or below[0].text == ",") and (after in ",." or below[-1].text in ",.") and last - first < 10
