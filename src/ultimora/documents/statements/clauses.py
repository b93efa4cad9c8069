"""Indirect and mixed speech by syntax: words of saying, thinking and wanting with what they govern."""

from __future__ import annotations

from collections.abc import Iterator

from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.lexicon import Sayings, Verb
from ultimora.documents.statements.nominal import adjective_drafts, noun_clause, noun_drafts
from ultimora.documents.statements.syntax import (
    agent,
    clause_span,
    is_negated,
    is_passive,
    lemma_of,
    noun_phrase,
    opens,
    phrase_at,
    span_of,
    subject,
    verb_of,
)
from ultimora.types import Document, Token

_NEAR = 8
Content = tuple[tuple[int, int], str]


def clause_drafts(document: Document, words: Sayings) -> Iterator[Draft]:
    """The statements that syntax shows, in text order of their cues."""
    for token in document.tokens:
        entry = verb_of(document, token, words)
        before = phrase_at(document, document.tokens[token.i - 1], words) if token.i else None
        if before is not None or f"{lemma_of(document.tokens[token.head])} {lemma_of(token)}" in words.phrases:
            continue  # "far sapere" has its cue in the first verb
        if entry is not None:
            yield from _verb_draft(document, token, entry[1], words)
        elif token.upos == "ADJ" and lemma_of(token) in words.adjectives:
            yield from adjective_drafts(document, token, words)
        elif token.upos == "NOUN" and lemma_of(token) in words.nouns:
            yield from noun_drafts(document, token, words)


# --- verbs -----------------------------------------------------------------------------------------------------------


def _verb_draft(document: Document, verb: Token, entry: Verb, words: Sayings) -> Iterator[Draft]:
    thrown_in = _parenthesis(document, verb, entry, words)
    if thrown_in is not None:
        yield thrown_in
        return
    if lemma_of(verb) in words.words.get("citing", ()) and verb.deprel != "root" and not _finite(document, verb):
        return  # "X reported, citing Y" is one statement, with two in its chain
    passive = is_passive(document, verb)
    found = _passive_content(document, verb, entry, words) if passive else _content(document, verb, entry, words)
    if found is None:
        return
    content, frame = found
    if frame == "infinitive" and _says_nothing(document, content, words):
        return
    if frame == "parataxis" and is_negated(document, verb, words):
        return
    source = agent(document, verb, words) if passive else subject(document, verb, words)
    if frame == "parataxis" and (source is None or source.end <= content[1] <= verb.start):
        source = _late_subject(document, verb, words)
    if source is not None and content[0] <= source.start < content[1] and frame != "parataxis":
        source = None
    yield Draft(
        content=content,
        cue=verb,
        cue_span=cue_span(document, verb),
        source=source,
        source_span=noun_phrase(document, source) if source is not None else None,
        stance=entry.stances.get(frame, entry.stance),
        dropped=source is None and not passive and _finite(document, verb),
        weak=frame in entry.weak,
        frame=frame,
        passive=passive,
    )


def _says_nothing(document: Document, content: tuple[int, int], words: Sayings) -> bool:
    """A content that only names the act of speech ("declined to comment")."""
    inner = [t for t in document.tokens_between(*content) if t.upos not in ("ADP", "PART", "SCONJ", "PUNCT")]
    return len(inner) == 1 and lemma_of(inner[0]) in words.words.get("comment", ())


def _parenthesis(document: Document, verb: Token, entry: Verb, words: Sayings) -> Draft | None:
    """As in "Mosca, riferiscono i media, ha perso due aerei": verb and subject between commas, whatever the parse."""
    sentence, tokens = document.sentences[verb.sentence], document.tokens
    first = min((c.i for c in document.children(verb, "aux") if c.i < verb.i), default=verb.i)
    if "quote" not in entry.frames or first - 1 <= sentence.first or tokens[first - 1].text != ",":
        return None
    end = next((i for i in range(verb.i + 1, min(verb.i + _NEAR, sentence.last)) if tokens[i].text == ","), None)
    if end is None or end + 2 >= sentence.last:
        return None
    between = tokens[verb.i + 1 : end]
    source = next((t for t in between if t.upos in ("NOUN", "PROPN")), None)
    odd = any(t.upos in ("VERB", "SCONJ", "ADP", "CCONJ") for t in between[:1]) or any(
        t.upos == "VERB" for t in between
    )
    finite = any(t.feats.get("VerbForm") == "Fin" for t in tokens[first : verb.i + 1])
    content = span_of(tokens[sentence.first : sentence.last])
    if source is None or odd or not finite or content is None:
        return None
    if lemma_of(tokens[end + 1]) in words.words.get("citing", ()):
        content = span_of(tokens[sentence.first : first]) or content  # "…, ha riferito X, citando Y"
    where = span_of(between) or (source.start, source.end)
    return Draft(content, verb, cue_span(document, verb), source, where, entry.stance, frame="parataxis")


def _late_subject(document: Document, verb: Token, words: Sayings) -> Token | None:
    """As in "…, riferiscono fonti mediche": a subject after its verb that the parse took for an object."""
    found = next((c for c in document.children(verb, "obj") if c.i > verb.i and c.upos in ("NOUN", "PROPN")), None)
    if found is not None:
        return found
    first = verb.i + 2 if phrase_at(document, verb, words) else verb.i + 1  # "fa sapere il ministero"
    for token in document.tokens[first : first + 4]:
        if token.upos in ("ADP", "PUNCT", "VERB", "SCONJ"):
            return None
        if token.upos in ("NOUN", "PROPN"):
            return token
    return None


def cue_span(document: Document, verb: Token) -> tuple[int, int]:
    """The verb with its auxiliaries, negation and particles."""
    parts = [verb, *document.children(verb, "aux", "compound:prt")]
    parts += [c for c in document.children(verb, "expl") if c.i < verb.i]
    near = [t for t in parts if abs(t.i - verb.i) <= 4 and t.sentence == verb.sentence]
    return min(t.start for t in near), max(t.end for t in near)


def _finite(document: Document, verb: Token) -> bool:
    forms = [verb, *document.children(verb, "aux")]
    return any(t.feats.get("VerbForm") == "Fin" for t in forms) and verb.deprel not in ("xcomp", "acl")


def _content(document: Document, verb: Token, entry: Verb, words: Sayings) -> Content | None:
    """What is said, in the frames that the verb allows, the clause first."""
    frames = entry.frames
    if "clause" in frames or "quote" in frames:
        clause = _clause(document, verb, words)
        if clause is not None:
            return clause, "clause"
        citing = lemma_of(verb) in words.words.get("citing", ())
        above = _matrix(document, verb) if not citing else None
        if above is not None:
            return above, "parataxis"
        late = _dependent_speech(document, verb)
        if late is not None:
            return late, "parataxis"
        closed = _closed(document, verb, entry)
        if closed is not None:
            return closed, "parataxis"
        reflexive = _of_oneself(document, verb, words)
        if reflexive is not None:
            return reflexive, "clause"
        spoken = _rest(document, verb, entry)
        if spoken is not None:
            return spoken, "clause"
    for frame, reader in (
        ("as", _as),
        ("infinitive", _infinitive),
        ("preposition", _prepositional),
        ("object", _object),
    ):
        if frame in frames:
            span = reader(document, verb, entry, words)
            if span is not None:
                return span, frame
    return None


def _clause(document: Document, verb: Token, words: Sayings) -> tuple[int, int] | None:
    clauses = [c for c in document.children(verb, "ccomp", "csubj") if c.deprel != "csubj" or c.i > verb.i]
    # "si è detto convinto che…", "made it clear that…"
    clauses += [c for a in document.children(verb, "xcomp") if a.upos == "ADJ" for c in document.children(a, "ccomp")]
    made = [a for a in document.children(verb, "xcomp") if f"{lemma_of(verb)} {lemma_of(a)}" in words.phrases]
    clauses = clauses or [c for a in made for c in document.children(a, "ccomp", "xcomp", "advcl")]
    if not clauses:
        return _marked_clause(document, verb, words)
    first = clauses[0]
    if f"{lemma_of(verb)} {lemma_of(first)}" in words.phrases:
        return _clause(document, first, words)
    more = [c for c in clauses[1:] if c.i > first.i > verb.i and not verb.deprel.startswith("acl")]
    span = span_of([t for c in (first, *more) for t in document.subtree(c)])
    if span is None:
        return None
    # A cue that the parse put below its own content ends it.
    if span[0] <= verb.start < span[1]:
        return None
    return span


def _rest(document: Document, verb: Token, entry: Verb) -> tuple[int, int] | None:
    """The rest of the sentence where the parse shows an object of a verb that takes none ("said the union…")."""
    if "object" in entry.frames or "quote" not in entry.frames:
        return None
    objects = [c for c in document.children(verb, "obj", "xcomp", "dep") if c.i > verb.i]
    sentence = document.sentences[verb.sentence]
    if not objects:
        return None
    first = document.subtree(objects[0])[0]
    rest = document.tokens[max(first.i, verb.i + 1) : sentence.last]
    for token in rest:
        if token.upos in ("SCONJ", "PUNCT") or token.feats.get("PronType") == "Rel":
            return None
        if token.feats.get("VerbForm") == "Fin" or (token.upos == "VERB" and token.feats.get("Tense") == "Past"):
            return span_of(rest)
    return None


def _dependent_speech(document: Document, verb: Token) -> tuple[int, int] | None:
    """As in "Tra questi, riferisce X, ci sarebbe…": a cue at the root of what it reports."""
    clauses = [
        c for c in document.children(verb, "parataxis") if c.i > verb.i and c.upos in ("VERB", "AUX", "ADJ", "NOUN")
    ]
    sentence = document.sentences[verb.sentence]
    comma = verb.i > sentence.first and document.tokens[verb.i - 1].text == ","
    if not clauses or not comma or document.children(verb, "ccomp"):
        return None
    return span_of(document.tokens[sentence.first : document.subtree(clauses[0])[-1].i + 1])


def _closed(document: Document, verb: Token, entry: Verb) -> tuple[int, int] | None:
    """As in "…, the Times reported.": a cue with its subject after the last comma, whatever the parse."""
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
    return span_of(before)


def _of_oneself(document: Document, verb: Token, words: Sayings) -> tuple[int, int] | None:
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


def _matrix(document: Document, verb: Token) -> tuple[int, int] | None:
    """As in "The plan, she said, was dead": the clause that the cue is thrown into."""
    head = document.head(verb)
    if head is None or verb.deprel.split(":")[0] not in ("parataxis", "advcl", "acl", "dep", "conj"):
        return None
    inverted = verb.deprel.split(":")[0] == "parataxis" or (_thrown_in(document, verb) and verb.deprel != "conj")
    if not inverted or head.upos == "PUNCT" or document.children(verb, "cc"):
        return None
    if verb.deprel.startswith("acl"):
        head = next((t for t in document.ancestors(head) if t.upos in ("VERB", "ADJ", "AUX")), head)
    return clause_span(document, head, verb)


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


def _as(document: Document, verb: Token, entry: Verb, _: Sayings) -> tuple[int, int] | None:
    """As in "accuses X of Y", "called X a liar", "definisce X una minaccia"."""
    objects = document.children(verb, "obj") or [c for c in document.children(verb, "nsubj:pass") if c.i > verb.i]
    charge = [c for o in objects for c in document.children(o, "acl") if opens(document, c, entry.as_prepositions)]
    if charge:
        return clause_span(document, objects[0])  # "accused the company of “hiding the truth”"
    rest = [
        c
        for c in document.children(verb, "xcomp", "obl", "advcl", "ccomp")
        if c.i > verb.i and opens(document, c, entry.as_prepositions)
    ]
    rest += [
        c
        for c in document.children(verb, "xcomp")
        if c.i > verb.i and c not in rest and c.upos in ("NOUN", "ADJ", "PROPN")
    ]
    if not rest and objects and document.children(objects[0], "appos"):
        return clause_span(document, objects[0])  # "called the budget “a joke”"
    if not rest and len(objects) + len(document.children(verb, "iobj")) < 2:
        return None
    objects = [c for c in document.children(verb, "obj", "iobj") if c.i > verb.i] if not rest else objects
    below = [t for c in (*objects, *rest) for t in document.subtree(c)]
    return span_of(below)


def _infinitive(document: Document, verb: Token, _entry: Verb, _: Sayings) -> tuple[int, int] | None:
    clauses = [
        c
        for c in document.children(verb, "xcomp", "ccomp", "advcl")
        if (c.i > verb.i and c.feats.get("VerbForm") == "Inf") or (c.deprel == "xcomp" and c.i > verb.i)
    ]
    if not clauses:
        return None
    objects = [c for c in document.children(verb, "obj", "iobj") if verb.i < c.i < clauses[0].i]
    below = [t for c in (*objects, clauses[0]) for t in document.subtree(c)]
    return span_of(below)


def _prepositional(document: Document, verb: Token, entry: Verb, _: Sayings) -> tuple[int, int] | None:
    for child in document.children(verb, "obl", "advcl", "nmod"):
        if child.i > verb.i and opens(document, child, entry.prepositions):
            marks = [c for c in document.children(child, "case", "mark") if lemma_of(c) in entry.prepositions]
            if entry.weak & {lemma_of(m) for m in marks}:
                continue
            return clause_span(document, child, *marks)
    return None


def _object(document: Document, verb: Token, entry: Verb, words: Sayings) -> tuple[int, int] | None:
    objects = document.children(verb, "obj")
    if not objects or "object" in entry.weak:
        return None
    thing = objects[0]
    if thing.feats.get("PronType") == "Rel" or thing.lower in words.words.get("relatives", ()):
        head = document.head(verb)
        return noun_phrase(document, head) if head is not None and verb.deprel.startswith("acl") else None
    if thing.upos == "PRON" and thing.i < verb.i:
        return None
    return clause_span(document, thing)


def _passive_content(document: Document, verb: Token, entry: Verb, words: Sayings) -> Content | None:
    head = document.head(verb)
    if verb.deprel == "conj" and head is not None:  # "reported by X and confirmed by Y"
        first = next((t for t in (head, *document.ancestors(head)) if t.deprel != "conj"), head)
        own = any(c.deprel == "nsubj:pass" for c in document.children(verb))
        verb_above = verb if own else first
    else:
        verb_above = verb
    clause = _clause(document, verb, words) if entry.frames & {"clause", "quote"} else None
    if clause is not None:
        return clause, "clause"
    if "infinitive" in entry.frames or "clause" in entry.frames:
        span = _infinitive(document, verb, entry, words)
        if span is not None:
            return span, "infinitive"
    if "object" not in entry.frames or agent(document, verb, words) is None:
        return None
    noun = document.head(verb_above)
    if verb_above.deprel == "acl" and noun is not None:
        return noun_phrase(document, noun), "object"
    things = [c for c in document.children(verb_above) if c.deprel == "nsubj:pass"]
    return (clause_span(document, things[0]) or noun_phrase(document, things[0]), "object") if things else None
