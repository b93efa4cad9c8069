"""From drafts to statements: direct and indirect speech brought together, sources named, mediums found."""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain

from ultimora.documents.statements.clauses import clause_drafts
from ultimora.documents.statements.contents import is_listed
from ultimora.documents.statements.direct import direct_drafts
from ultimora.documents.statements.drafts import Draft, Shelf, likeness, overlap
from ultimora.documents.statements.edges import trim
from ultimora.documents.statements.emerging import emerging_drafts
from ultimora.documents.statements.formulas import formula_drafts
from ultimora.documents.statements.hearsay import hearsay_drafts
from ultimora.documents.statements.labels import label_drafts
from ultimora.documents.statements.lexicon import Sayings, sayings
from ultimora.documents.statements.medium import medium_of
from ultimora.documents.statements.prepositions import ALSO, preposition_drafts
from ultimora.documents.statements.quotes import Quote, find_quotes
from ultimora.documents.statements.resuming import takes_up
from ultimora.documents.statements.syntax import lemma_of
from ultimora.documents.statements.thus import thus_drafts
from ultimora.documents.statements.who import Speakers
from ultimora.types import Document, Span, Statement, TextSpan, Token

_GAP = 12
_BREAKS = ",.;:!?\n()—–"
SAME = 0.8
"""From this likeness of their contents on, two drafts are one statement."""


def find_statements(document: Document) -> list[Statement]:
    """The statements of a document in text order. Entities must be found before."""
    if not document.tokens:
        return []
    words, quotes = sayings(document.language), find_quotes(document.text)
    quoted = {t.i for q in quotes for t in document.tokens_between(q.start, q.end)}
    drafts = _drafts(document, words, quotes, quoted)
    speakers = Speakers(document, words, quoted)
    return [_statement(document, words, speakers, draft, number) for number, draft in enumerate(drafts, 1)]


def _drafts(document: Document, words: Sayings, quotes: list[Quote], quoted: set[int]) -> list[Draft]:
    clauses = [d for d in clause_drafts(document, words) if _admitted(document, d, quoted, quotes, words)]
    direct = direct_drafts(document, quotes, words, clauses)
    drafts = _united(document, direct, clauses, quoted)
    _go_on(document, drafts)
    shelf = Shelf(document, drafts)
    emerging = emerging_drafts(document, words)
    framed = (preposition_drafts(document, words), formula_drafts(document, words), emerging)
    labelled = (label_drafts(document, words, quoted), thus_drafts(document, words, quoted))
    for draft in chain(*framed, *labelled):
        same = next((d for d in shelf.near(draft.content[0]) if _one_cue(d, draft)), None)
        if same is not None:  # "…, as X had warned": found by syntax too, with the whole sentence for its content
            same.content = draft.content
        elif draft.frame == ALSO or not _known(draft, shelf.near(draft.content[0])):
            drafts.append(draft)
            shelf.add(draft)
    for draft in hearsay_drafts(document, words):
        if not _covered(draft, shelf.near((draft.cue_span or draft.content)[0])):
            drafts.append(draft)
    for draft in drafts:
        _past_addressee(document, draft, words)
        _meet_quotes(draft, quotes)
        _reach_quote(document, draft, quotes, words)
        trim(document, draft, quotes, words)
        _before_tail(document, draft, words)
    _deny_charges(document, drafts)
    shelf = Shelf(document, drafts)
    drafts = [d for d in drafts if not _own_thought(d, shelf.near((d.cue_span or d.content)[0]))]
    drafts.sort(key=lambda d: (d.content[0], -d.content[1], d.cue_span or (0, 0)))
    return drafts


def _before_tail(document: Document, draft: Draft, words: Sayings) -> None:
    """A content ends before a noun that takes it up: "…, | an allegation the prison denies"."""
    for verb in document.tokens_between(*draft.content):
        noun = takes_up(document, verb, words) if verb.upos == "VERB" else None
        if noun is None or noun.start <= draft.content[0]:
            continue
        last = next((t for t in reversed(document.tokens[: noun.i]) if t.upos not in ("DET", "PUNCT")), None)
        if last is not None and last.start > draft.content[0]:
            draft.content = draft.content[0], last.end
            return


def _deny_charges(document: Document, drafts: list[Draft]) -> None:
    """As in "Kyiv accused Moscow of torture, which the Kremlin denies": the charge is denied, not its making."""
    charges = [d for d in drafts if d.stance == "alleges" and d.cue is not None and d.cue.i > 0]
    for draft in drafts:
        if draft.stance != "denies" or draft.quoted or draft.cue is None:
            continue
        for charge in charges:
            cue = charge.cue
            if cue is None or not draft.content[0] <= cue.start < cue.end <= draft.content[1] < draft.cue.start:
                continue
            comma = max((t.start for t in document.tokens[cue.i : draft.cue.i] if t.text == ","), default=0)
            end = comma if charge.content[0] < comma < charge.content[1] else charge.content[1]
            charge.content = draft.content = charge.content[0], min(end, charge.content[1])


def _past_addressee(document: Document, draft: Draft, words: Sayings) -> None:
    """As in "told the Courier | she would stay": the one who is told is no part of what is said, whatever the parse."""
    cue = draft.cue
    if cue is None or draft.frame != "clause" or lemma_of(cue) not in words.medium.get("tells", ()):
        return
    tokens = [t for t in document.tokens_between(*draft.content) if t.i > cue.i]
    named = 0
    while named < len(tokens) and (tokens[named].upos == "PROPN" or (named == 0 and tokens[named].upos == "DET")):
        named += 1
    told = 0 < named < len(tokens) and tokens[0].i == cue.i + 1 and tokens[named - 1].upos == "PROPN"
    if told and tokens[named].upos == "PRON" and tokens[named].feats.get("Case") == "Nom":
        draft.content = tokens[named].start, draft.content[1]


def _go_on(document: Document, drafts: list[Draft]) -> None:
    """As in "«È giusto», ha detto Bo, precisando che…": a gerund goes on with the speaker before it in its sentence."""
    told = [d for d in drafts if d.cue is not None and (d.source is not None or d.dropped)]
    for draft in drafts:
        cue = draft.cue
        if cue is None or cue.feats.get("VerbForm") != "Ger":
            continue
        if draft.source is not None and not _borrowed(document, cue):
            continue
        here = cue.sentence - 1 if cue.i == document.sentences[cue.sentence].first else cue.sentence
        before = [d for d in told if d.cue is not None and d.cue.sentence == here and d.cue.i < cue.i]
        if before:
            last = max(before, key=lambda d: d.cue.i if d.cue is not None else -1)
            draft.source, draft.source_span, draft.dropped = last.source, last.source_span, last.dropped


def _borrowed(document: Document, gerund: Token) -> bool:
    """As in "he said that the damage is grave, adding that…": behind a comma, and without a subject of its own."""
    return document.tokens[gerund.i - 1].text in (",", ".") and not document.children(gerund, "nsubj")


def _admitted(document: Document, draft: Draft, quoted: set[int], quotes: list[Quote], words: Sayings) -> bool:
    """Whether a draft is somebody's saying: a weak verb is none, nor is "I think" within a quotation."""
    told = _names(draft, quotes) or (draft.cue is not None and is_listed(document, draft.cue, words))
    if (draft.weak and not told) or _is_empty(document, draft, quoted, words):
        return False
    if draft.cue is not None and takes_up(document, draft.cue, words) is not None:
        return False  # "…, an allegation the prison denies": told by what it takes up
    if draft.source is not None and (
        draft.source.lower in words.sources.get("quanto", ())
        or _is_nobody(document, draft.source, words)
        or _is_expletive(draft.source, draft.cue)
    ):
        return False
    if draft.source is None and not (draft.frame == "clause" and (draft.passive or words.pro_drop)):
        return draft.dropped and words.pro_drop
    if draft.cue is None or draft.cue.i not in quoted:
        return True
    named = draft.source is not None and draft.source.upos in ("PROPN", "NOUN") and draft.frame == "clause"
    return named and draft.stance != "assesses"


def _is_empty(document: Document, draft: Draft, quoted: set[int], words: Sayings) -> bool:
    """As in "secondo quanto riferito": what is said is told elsewhere; "you say it", quoted, is nobody's report."""
    said = document.text[draft.content[0] : draft.content[1]].lower()
    cue = draft.cue
    forms = [cue, *document.children(cue, "aux")] if cue is not None and cue.i in quoted else []
    return said in words.sources.get("quanto", ()) or any(t.feats.get("Person") == "2" for t in forms)


def _is_nobody(document: Document, source: Token, words: Sayings) -> bool:
    """As in "nobody has claimed", "no group has claimed": then nobody says so."""
    none = words.sources.get("nobody", ())
    return source.lower in none or any(d.lower in none for d in document.children(source, "det"))


def _is_expletive(source: Token, cue: Token | None) -> bool:
    """As in "it became known that…": nobody knows it in particular."""
    state = cue is not None and (cue.upos == "ADJ" or cue.feats.get("VerbForm") == "Part") and source.head != cue.i
    return source.deprel == "expl" or (state and source.upos == "PRON" and source.feats.get("Gender") == "Neut")


def _names(draft: Draft, quotes: list[Quote]) -> bool:
    """As in "rated the claim as “false”": quotation marks show that a weak verb gives somebody's words."""
    at = bisect_left(quotes, draft.content[0], key=lambda q: q.start)
    return draft.frame == "as" and at < len(quotes) and quotes[at].end <= draft.content[1] + 1


def _united(document: Document, direct: list[Draft], clauses: list[Draft], quoted: set[int]) -> list[Draft]:
    """One draft a cue: a quotation and a clause of one verb are mixed speech."""
    shelf = Shelf(document, direct)
    by_cue: dict[int, list[Draft]] = {}
    for each in direct:
        by_cue.setdefault(each.cue.i if each.cue is not None else -1, []).append(each)
    found = list(direct)
    for draft in clauses:
        told = by_cue.get(draft.cue.i, ()) if draft.cue is not None else ()
        mine = next((d for d in told if overlap(d.content, draft.content)), told[-1] if told else None)
        if mine is None:
            near = shelf.near(draft.content[0])
            if not any(likeness(draft.content, d.content) >= SAME or _splits(draft, d) for d in near):
                found.append(draft)
            continue
        if overlap(mine.content, draft.content) and _encloses(document, draft, mine):
            mine.content = draft.content
        elif not overlap(mine.content, draft.content) and draft.frame in ("clause", "object", "as"):
            found.append(draft)  # "smentisce la notizia: «…»" says two things
        if mine.source is None and draft.source is not None and draft.source.i not in quoted:
            mine.source, mine.source_span, mine.dropped = draft.source, draft.source_span, False
    return found


def _splits(draft: Draft, direct: Draft) -> bool:
    """As in "“We won,” he said, laughing, “and how”": a clause that begins with a quotation and holds its cue, too."""
    cue = direct.cue_span
    holds = cue is not None and draft.content[0] <= cue[0] and cue[1] <= draft.content[1]
    return holds and abs(draft.content[0] - direct.content[0]) <= 1 and draft.content[1] > direct.content[1]


def _encloses(document: Document, outer: Draft, inner: Draft) -> bool:
    """Whether the clause has the quotation and more: words before it or after it ("“X inflates” the level of…")."""
    cue = outer.cue_span or (0, 0)
    ends = document.text[inner.content[0] : inner.content[1]].rstrip("»”\"'’ ")[
        -1:
    ]  # "…,” when": the quotation is a sentence itself
    longer = outer.content[0] < inner.content[0] or (outer.content[1] > inner.content[1] + _GAP and ends.isalnum())
    return (
        longer
        and outer.content[0] <= inner.content[0] + 2
        and cue[1] <= outer.content[0]
        and outer.content[1] >= inner.content[1] - 2
    )


def _known(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether a statement says the same and has a source, and does not hold this one ("X reports that, according…")."""
    return any(
        likeness(draft.content, d.content) >= SAME
        and (d.source is not None or draft.source is None)
        and not _holds(d, draft)
        for d in drafts
    )


def _holds(outer: Draft, inner: Draft) -> bool:
    """Whether the words by which one statement names its source stand in what another one says, and not the reverse."""
    if outer.cue_span is None or inner.cue_span is None or outer.source is inner.source or inner.source is None:
        return False
    holds = outer.content[0] <= inner.cue_span[0] and inner.source.end <= outer.content[1]
    return holds and not inner.content[0] <= outer.cue_span[0] < inner.content[1]


def _one_cue(known: Draft, draft: Draft) -> bool:
    return known.frame == "parataxis" and known.cue is draft.cue and draft.cue is not None


def _covered(draft: Draft, drafts: list[Draft]) -> bool:
    cue = draft.cue_span or draft.content
    return any(d.content[0] <= cue[0] and cue[1] <= d.content[1] for d in drafts)


def _meet_quotes(draft: Draft, quotes: list[Quote]) -> None:
    """A content that begins or ends within a quotation takes in the marks, and the rest of a quotation cut short."""
    at = max(0, bisect_left(quotes, draft.content[0], key=lambda q: q.end))
    for quote in quotes[at:]:
        if quote.start >= draft.content[1]:
            break
        if quote.end <= draft.content[0]:
            continue
        draft.quoted = draft.quoted or quote.start >= draft.content[0] or not _within(draft, quote)
        cue = draft.cue_span or (quote.start - 1, quote.start)
        if _within(draft, quote) and (quote.start <= cue[0] < quote.end):
            continue
        opened = not draft.frame and not draft.direct and draft.content[0] <= quote.inner[0] and cue[1] <= quote.start
        if (
            opened
            or draft.direct
            or not _within(draft, quote)
            or likeness(draft.content, (quote.start, quote.end)) > 0.5
        ):
            draft.content = min(draft.content[0], quote.start), max(draft.content[1], quote.end)
            draft.quoted = True


def _reach_quote(document: Document, draft: Draft, quotes: list[Quote], words: Sayings) -> None:
    """A content that stops short of a quotation in its sentence goes on to the end of it ("called him | “a liar”")."""
    if draft.frame not in ("clause", "as", "object", "infinitive", "preposition"):
        return
    at = bisect_left(quotes, draft.content[1], key=lambda q: q.start)
    if at >= len(quotes):
        return
    quote, gap = quotes[at], document.text[draft.content[1] : quotes[at].start]
    cue = draft.cue_span or (0, 0)
    opened = document.text[quote.inner[0] : quote.inner[1]].split(maxsplit=1)[:1]
    joined = gap.strip() == "," and bool(opened) and opened[0].lower() in words.words.get("joining", ())
    near = joined or (len(gap) <= _GAP and not any(c in _BREAKS for c in gap))
    if near and not quote.start <= cue[0] < quote.end and cue[1] <= draft.content[0]:
        draft.content, draft.quoted = (draft.content[0], quote.end), True


def _own_thought(draft: Draft, drafts: list[Draft]) -> bool:
    """As in "he said he thinks…": what a speaker says of his own thoughts is no statement within the statement."""
    if draft.stance != "assesses" or draft.source is None or draft.cue_span is None:
        return False
    cue, pronoun = draft.cue_span, draft.source.upos == "PRON"
    return any(
        d is not draft
        and d.source is not None
        and (pronoun or d.source.i == draft.source.i)
        and d.content[0] <= cue[0]
        and cue[1] <= d.content[1]
        for d in drafts
    )


def _within(draft: Draft, quote: Quote) -> bool:
    return quote.start <= draft.content[0] and draft.content[1] <= quote.end


def _statement(document: Document, words: Sayings, speakers: Speakers, draft: Draft, number: int) -> Statement:
    source = speakers.source(draft)
    medium = medium_of(document, draft, words)
    cue = draft.cue_span
    at = cue[0] if cue else draft.content[0]
    return Statement(
        id=f"s{number}",
        sentence=document.tokens_between(at, at + 1)[0].sentence,
        source=source,
        source_mention=Span(*draft.source_span) if draft.source_span and not draft.dropped else None,
        cue=TextSpan(cue[0], cue[1], document.text[cue[0] : cue[1]]) if cue else None,
        content=Span(*draft.content),
        quoted=draft.quoted,
        medium=medium if medium != source else None,
        stance="reports" if draft.stance == "assesses" and _is_shown(draft, words) else draft.stance,
    )


def _is_shown(draft: Draft, words: Sayings) -> bool:
    """As in "emails show that…", "i verbali indicano che…": a paper holds what it says, it draws no conclusions."""
    if draft.cue is None or draft.source is None:
        return False
    papers = words.sources.get("papers", frozenset())
    return lemma_of(draft.cue) in words.words.get("showing", ()) and lemma_of(draft.source) in papers
