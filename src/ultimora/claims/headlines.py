"""Headlines that only hint at what the text below tells: "Rome and Paris, the day of the thaw" above "met today in".

A headline without an event of a type of its own, which names nobody but those that the first sentence below names,
speaks of what that sentence tells, and takes its time and status from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ultimora import ontology
from ultimora.claims.draft import Draft
from ultimora.claims.parties import Parties
from ultimora.claims.tolls import is_harmful
from ultimora.claims.triggers import Candidate, predicate_of
from ultimora.types import Document, Entity, Sentence, Token

_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "NUM"})
_MISTAKEN = frozenset({"place", "other", "group"})
"""What the capital of a headline's first word makes of it, where nobody knows the word for a name."""
_CONTACTS = frozenset({"CONSULT", "SUPPORT"})


def echo(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts in text order, with one for a headline that hints at what the first sentence tells."""
    titled = [s for s in document.sentences if s.part == "title"]
    lead = next((s for s in document.sentences if s.part in ("standfirst", "body")), None)
    numbers = {s.id for s in titled}
    own = [d for d in drafts if d.token.sentence in numbers]
    if not titled or lead is None or any(d.event_type for d in own):
        return list(drafts)
    told = _told(document, drafts, titled, lead)
    word = _word(document, titled[0], own) if told is not None else None
    if told is None or word is None:
        return list(drafts)
    hint = next((d for d in own if d.token.i == word.i), None)
    if hint is None:
        candidate = Candidate(word, (), "headline", predicate_of(document, word))
        hint = Draft(candidate, None, None, None, Parties(), told.factuality, told.status, told.when)
    _complete(document, titled, lead, told)
    hint.echoes, hint.inherited = told, True
    hint.factuality, hint.status, hint.when = told.factuality, told.status, told.when
    return sorted({id(d): d for d in (hint, *drafts)}.values(), key=lambda d: d.token.i)


def _told(document: Document, drafts: Iterable[Draft], titled: Sequence[Sentence], lead: Sentence) -> Draft | None:
    """What the first sentence tells of those whom the headline names; deeds and meetings rather than words."""
    names = _named(document, titled)
    below = {e.id for e in _named(document, [lead])}
    states = {e.country for e in _named(document, [lead]) if e.country}
    strangers = [e for e in names if e.id not in below and (e.country not in states or e.kind == "person")]
    if not names or any(e.country or len(e.mentions) > 1 or e.kind not in _MISTAKEN for e in strangers):
        return None
    ids, countries = {e.id for e in names}, {e.country for e in names if e.country}
    by_id = {e.id: e for e in document.entities}

    def shared(draft: Draft) -> int:
        there = {*draft.everybody, *([draft.parties.place] if draft.parties.place else [])}
        return len(ids & there) or len(countries & {by_id[p].country for p in there if p in by_id})

    told = [d for d in drafts if d.token.sentence == lead.id and d.event_type and shared(d)]
    return max(told, key=lambda d: (shared(d), not _is_speech(d), -d.token.i), default=None)


def _complete(document: Document, titled: Sequence[Sentence], lead: Sentence, told: Draft) -> None:
    """Of a contact of which the sentence seems to name one side only, the headline's other one is the other."""
    if len(told.everybody) != 1 or not ontology.load()[str(told.event_type)].reciprocal or not told.parties.actors:
        return
    below = {e.id for e in _named(document, [lead])}
    others = [e for e in _named(document, titled) if e.kind == "person" and e.id in below - told.everybody]
    known = {e.id for e in _named(document, titled)}
    if len(others) == 1 and told.everybody <= known:
        told.parties.recipients = [others[0].id]
        told.parties.inferred.append("recipients")


def _named(document: Document, sentences: Iterable[Sentence]) -> list[Entity]:
    here = {s.id for s in sentences}
    return [e for e in document.entities if any(m.form == "name" and m.sentence in here for m in e.mentions)]


def _is_speech(draft: Draft) -> bool:
    known = ontology.load()[str(draft.event_type)]
    return known.quad.startswith("verbal") and draft.event_type not in _CONTACTS


def _word(document: Document, title: Sentence, own: Iterable[Draft]) -> Token | None:
    """The word of a headline that carries it, unless it is a happening or a toll of its own."""
    tokens = document.sentence_tokens(title)
    root = next((t for t in tokens if t.head == t.i), tokens[0])
    word = next((t for t in (root, *document.children(root), *tokens) if t.upos in _CONTENT), None)
    apart = {d.token.i for d in own if d.candidate.general == "toll" or is_harmful(document, d.token)}
    return word if word is not None and word.i not in apart else None
