"""Every name in a document: the gazetteer's and the model's, each span once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial

from ultimora.documents.entities.gazetteer import Gazetteer, Known
from ultimora.documents.entities.lexicon import Lexicon
from ultimora.documents.entities.mastheads import alone, goes_on, in_quotes, town_end
from ultimora.documents.entities.matching import Match, find_matches
from ultimora.documents.entities.referring import referring
from ultimora.documents.entities.ships import begins_ship, is_of_ship
from ultimora.documents.entities.twofold import parting
from ultimora.types import Document, Token

_LONGEST_PARTICLE = 2
_FULL = 2  # of so many words a name is at least that has letters behind it
_JOINED = frozenset({"PER", "ORG"})
_STATES = frozenset({"country", "capital", "seat"})


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``[first, last)`` that name something: known to the gazetteer, or labelled by the model."""

    first: int
    last: int
    known: Known | None
    label: str
    country: str | None = None

    def text(self, document: Document) -> str:
        """The name as it is written."""
        return document.text[document.tokens[self.first].start : document.tokens[self.last - 1].end]


def find_names(document: Document, gazetteer: Gazetteer, words: Lexicon) -> list[Name]:
    """Names in text order, none overlapping; demonyms among them (their ``sort`` is "people")."""
    found_names = (_as_national(m, document, gazetteer, words) for m in find_matches(document, gazetteer))
    matches = [m for m in found_names if not goes_on(m, document, words)]
    demonyms = {i for m in matches if m.known.sort == "people" for i in range(m.first, m.last)}
    known = {i for m in matches for i in range(m.first, m.last)}
    labelled = [*_labelled(document.tokens, gazetteer.leaders)]
    labelled = sorted([*labelled, *_missed(document, words, known)], key=lambda s: s.first)
    spans = [
        _trimmed(span, document.tokens, words) for span in _hyphenated(iter(labelled), document, gazetteer.particles)
    ]
    spans = [half for span in spans for half in _halves(span, document)]
    spans += [Name(i, i + 1, None, "ORG") for i in alone(document, words)]
    spans += [Name(first, last, None, "ORG") for first, last in in_quotes(document, words, known)]
    spans = [
        _widened(s, document, demonyms if s.label == "ORG" else known, words)
        for s in spans
        if s.first < s.last and not _is_never(s, document, words)
    ]
    spans = [s for s in map(partial(_closed, tokens=document.tokens), spans) if s.first < s.last]
    found = _joined(_owners(document, _firms(document, _merged(spans))), matches, document.tokens, words)
    return list(_capitals(found, gazetteer, document.tokens))


def _as_national(match: Match, document: Document, gazetteer: Gazetteer, words: Lexicon) -> Match:
    """As in "[The] Australian had been accused": somebody of a state where a sentence begins, not the newspaper."""
    first = document.tokens[match.first]
    people = gazetteer.known.get(
        document.text[document.tokens[match.last - 1].start : document.tokens[match.last - 1].end]
    )
    begins = first.i == document.sentences[first.sentence].first and match.last - match.first == 1 + 1
    if match.known.kind != "outlet" or not begins or people is None or people.sort != "people":
        return match
    after = [t for t in document.tokens[match.last : match.last + 3] if t.upos in ("VERB", "AUX")]
    tells = any(t.upos == "VERB" and t.lemma.lower() in words.telling for t in after)
    return match if tells or first.upos != "DET" or not after else replace(match, first=match.first + 1, known=people)


def _closed(span: Name, tokens: Sequence[Token]) -> Name:
    """A span that does not end in a preposition: "Stazione Centrale [di]"."""
    last = span.last
    while last > span.first and tokens[last - 1].upos in ("ADP", "DET", "CCONJ"):
        last -= 1
    return replace(span, last=last)


def _hyphenated(spans: Iterator[Name], document: Document, particles: frozenset[str]) -> Iterator[Name]:
    """One name where the model cut it: at a hyphen ("Jean-Bertrand"), or at a particle ("Faisal bin Farhan")."""
    held: Name | None = None
    for span in spans:
        if held is not None and held.label == span.label and _is_joint(document, held, span, particles):
            held = replace(held, last=span.last)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def _halves(span: Name, document: Document) -> list[Name]:
    """As in "the [Rossi]-[Bianchi] call": two names where a hyphen means "and"."""
    at = parting(document, span.first, span.last, people=span.label == "PER") if span.label in _JOINED else None
    return [span] if at is None else [replace(span, last=at, label="PER"), replace(span, first=at + 1, label="PER")]


def _is_joint(document: Document, held: Name, span: Name, particles: frozenset[str]) -> bool:
    tokens, last, first = document.tokens, held.last, span.first
    between = tokens[last:first]
    if (
        span.label == "PER"
        and 0 < len(between) <= _LONGEST_PARTICLE
        and tokens[last].sentence == tokens[first].sentence
    ):
        governed = tokens[held.last - 1].text[:1].isupper() and all(t.lower in particles for t in between)
        if governed and all(t.text.islower() for t in between):
            return True
    hyphen = first - last == 1 and tokens[last].text == "-" and tokens[last].upos != "CCONJ"  # there it means "and"
    return hyphen and tokens[last - 1].end + 1 == tokens[first].start


def _is_never(span: Name, document: Document, words: Lexicon) -> bool:
    """Days, months, the kicker of a page and common nouns with a capital are nobody, whatever the model says."""
    if document.sentences[document.tokens[span.first].sentence].part == "section":
        return True
    if _closed(span, document.tokens).last - span.first > 1:
        return False
    token = document.tokens[span.first]
    if span.label == "ORG" and _is_described(document, token, words):
        return True
    if token.deprel.startswith("nsubj") and token.lower in words.partisans and _is_determined(document, token):
        return token.feats.get("Number") != "Plur"  # "The Conservative told the paper"
    if token.lower in words.never_determined and _is_determined(document, token):
        return True  # "lasciare il Paese", but "la sua officina di Paese"
    return token.lower in words.never or (_opens(document, token) and token.lower in common_nouns(document))


def _is_described(document: Document, token: Token, words: Lexicon) -> bool:
    """As in "il Servizio di emergenza statale": a common noun that stands for a body with all that says which."""
    said = any(document.children(c, "case") for c in document.children(token, "nmod"))
    return token.upos == "NOUN" and said and words.kind_of(document, token) is not None


def _is_determined(document: Document, token: Token) -> bool:
    """Whether an article stands before a word, by itself or within a preposition ("nel")."""
    marks = document.children(token, "case")
    return bool(document.children(token, "det")) or any(t.lower != t.lemma.lower() for t in marks)


def _opens(document: Document, token: Token) -> bool:
    """The first word of a sentence or of a quotation, which has its capital from there."""
    before = document.tokens[token.i - 1] if token.i else None
    return before is None or before.sentence != token.sentence or before.upos == "PUNCT"


def common_nouns(document: Document) -> frozenset[str]:
    """The nouns that the article itself writes without a capital."""
    kept = vars(document).get("_common_nouns")
    if kept is None:
        kept = frozenset(t.text for t in document.tokens if t.upos == "NOUN" and t.text.islower())
        vars(document)["_common_nouns"] = kept
    return frozenset(kept)


def _widened(span: Name, document: Document, known: set[int], words: Lexicon) -> Name:
    """A name with the capitalised words that the model left out: "[Constitutional] Court", "[Eleanor] Whitcombe"."""
    first, last, tokens = span.first, span.last, document.tokens
    low, high = document.sentences[tokens[first].sentence].first, document.sentences[tokens[first].sentence].last
    while first > low and first - 1 not in known and _belongs(tokens[first - 1], first, last, words):
        first -= 1
    while last < high and last not in known and _continues(tokens, first, last, words):
        last += 1
    if span.label != "ORG":
        return replace(span, first=first, last=last)
    last = town_end(first, last, document, words)
    while last < high and tokens[last].text[:1].isupper() and first <= tokens[last - 1].head <= last < high:
        if tokens[last - 1].head != last or tokens[last - 1].deprel not in ("compound", "amod", "flat"):
            break
        last += 1
    return replace(span, first=first, last=last)


def _continues(tokens: Sequence[Token], first: int, last: int, words: Lexicon) -> bool:
    """As in "Voluntad [Nueva]": a word with a capital that hangs on the name right before it."""
    token = tokens[last]
    hangs = first <= token.head < last and token.deprel in ("flat", "amod", "compound") and token.ner == "O"
    plain = token.lower in words.office_words or token.lower in words.never or token.lower in words.portfolios
    return hangs and not plain and token.text[:1].isupper() and token.upos in ("PROPN", "ADJ", "NOUN")


def _belongs(token: Token, first: int, last: int, words: Lexicon) -> bool:
    inside = first <= token.head < last and token.deprel in ("compound", "amod", "flat")
    if any(token.lower in each for each in (words.office_words, words.never, words.portfolios, words.bodies)):
        return False
    return inside and token.text[:1].isupper() and token.upos in ("PROPN", "ADJ", "NOUN") and token.ner[2:] != "PER"


def _merged(spans: list[Name]) -> list[Name]:
    """Spans that overlap or touch after widening, as one."""
    found: list[Name] = []
    for span in sorted(spans, key=lambda s: s.first):
        last = found[-1] if found else None
        if last is not None and span.first < last.last:
            found[-1] = replace(last, last=max(last.last, span.last))
        else:
            found.append(span)
    return found


def _firms(document: Document, spans: Sequence[Name]) -> list[Name]:
    """Spans with those that an ampersand joins as one company: "[Bevan] & Sons"."""
    found = list(spans)
    for token in document.tokens:
        if token.text != "&" or not _between_names(document, token):
            continue
        left = next((s for s in found if s.first < token.i <= s.last), None)
        right = next((s for s in found if s.first <= token.i + 1 < s.last), None)
        first = left.first if left is not None else token.i - 1
        last = right.last if right is not None else token.i + 2
        joined = replace(left or right or Name(first, last, None, "ORG"), first=first, last=last, label="ORG")
        found = [s for s in found if s is not left and s is not right]
        found.append(joined)
    return sorted(found, key=lambda s: s.first)


def _owners(document: Document, spans: Sequence[Name]) -> list[Name]:
    """Bodies of many: "[National Miners]' Front", "the Farmers' Union"."""
    tokens = document.tokens
    found: list[Name] = []
    for span in spans:
        mark, after = tokens[span.last : span.last + 1], tokens[span.last + 1 : span.last + 2]
        plural = bool(mark) and mark[0].text in ("'", "’") and tokens[span.last - 1].lower.endswith("s")
        named = bool(after) and after[0].upos == "PROPN" and after[0].text.istitle() and after[0].ner[2:] != "PER"
        same = bool(after) and after[0].sentence == tokens[span.first].sentence
        joined = span.label == "ORG" and plural and named and same
        found.append(replace(span, last=span.last + 2) if joined else span)
    return _merged(found)


def _between_names(document: Document, token: Token) -> bool:
    beside = [*document.tokens[max(token.i - 1, 0) : token.i], *document.tokens[token.i + 1 : token.i + 2]]
    return len(beside) == 2 and all(t.text[:1].isupper() and t.sentence == token.sentence for t in beside)


def _labelled(tokens: Sequence[Token], leaders: Mapping[str, str]) -> Iterator[Name]:
    """The model's spans: BIO labels, forgiving an I that nothing begins; and whom everybody knows ("Macron")."""
    first, label = 0, ""
    for token in tokens:
        if token.ner == "O" and not label and token.upos == "PROPN" and token.text in leaders:
            yield Name(token.i, token.i + 1, None, "PER")
        begins = token.ner.startswith("B-") or token.ner[2:] != label
        starts_sentence = token.i > 0 and tokens[token.i - 1].sentence != token.sentence
        if label and (begins or starts_sentence):
            yield Name(first, token.i, None, label)
            label = ""
        if token.ner != "O" and not label:
            first, label = token.i, token.ner[2:]
    if label:
        yield Name(first, len(tokens), None, label)


def _missed(document: Document, words: Lexicon, known: Set[int]) -> Iterator[Name]:
    """As in "the contractor, Northridge Builders, which …": two or more words with capitals that are no title."""
    tokens = document.tokens
    run: list[Token] = []
    for token in tokens:
        if run and run[-1].i == token.i - 1 and run[-1].sentence == token.sentence and _is_unlabelled(token):
            run.append(token)
            continue
        if len(run) > 1 and _may_be_missed(document, words, run, known):
            yield Name(run[0].i, run[-1].i + 1, None, "ORG")
        run = [token] if _is_unlabelled(token) or begins_ship(document, referring(document.language), token) else []


def _is_unlabelled(token: Token) -> bool:
    return token.ner == "O" and token.upos == "PROPN" and token.text[:1].isupper() and token.text[1:].islower()


def _may_be_missed(document: Document, words: Lexicon, run: Sequence[Token], known: Set[int]) -> bool:
    """Whether a run of words is a phrase of its own in the article's own text: no title, no list, no known name."""
    tokens, first, last = document.tokens, run[0], run[-1]
    titles = words.office_words | words.never | words.portfolios
    told = any(t.lower in titles or t.i in known for t in run)
    after = tokens[last.i + 1] if last.i + 1 < len(tokens) else last
    before = tokens[first.i - 1] if first.i else first
    inner = (after.text[:1].isupper() and after.sentence == last.sentence) or before.upos == "CCONJ"
    tied = {t.head for t in run} & {t.i for t in run}
    told = told and first.lower not in words.paper_starts  # "the Evening Leader"
    told = told and not is_of_ship(document, referring(document.language), before, last)
    return bool(tied) and not (told or inner) and document.sentences[first.sentence].part == "body"


def _trimmed(span: Name, tokens: Sequence[Token], words: Lexicon) -> Name:
    """A span without what the model took in too much: possessive endings, titles, determiners, punctuation."""
    first, last, offices, never = span.first, span.last, words.office_words, words.never
    while last > first and (_no_name(tokens[last - 1]) or tokens[last - 1].lower in never):
        last -= 1
    while first < last and (_no_name(tokens[first]) or tokens[first].upos in ("DET", "ADP")):
        first += 1
    if last - first > _FULL and tokens[last - 1].text in words.letters:
        return replace(span, first=first, last=last - 1, label="PER")
    if span.label == "PER":
        leading = offices | words.bodies
        while first < last - 1 and tokens[first].lower in leading and tokens[first + 1].text[:1].isupper():
            first += 1
    return replace(span, first=first, last=last)


def _no_name(token: Token) -> bool:
    return (token.deprel == "case" and token.upos == "PART") or not any(c.isalnum() for c in token.text)


def _joined(spans: list[Name], matches: list[Match], tokens: Sequence[Token], words: Lexicon) -> list[Name]:
    found: list[Name] = []
    taken: set[int] = set()
    for span in spans:
        inside = [m for m in matches if m.first < span.last and span.first < m.last]
        kept = _kept(span, inside, tokens, words)
        if kept is not None:
            taken.update(m.first for m in inside if kept.first < m.last and m.first < kept.last)
            found.append(kept)
    rest = [m for m in matches if m.first not in taken]
    found += [_surname(m, tokens) or Name(m.first, m.last, m.known, "", m.known.country) for m in rest]
    return sorted(found, key=lambda n: n.first)


def _surname(match: Match, tokens: Sequence[Token]) -> Name | None:
    """The surname of somebody whom the article names in full: "Michael Jordan … Jordan"."""
    span = Name(match.first, match.last, None, "PER")
    alone = match.known.personal and match.known.sort != "people" and match.last - match.first == 1
    return span if alone and _elsewhere(span, tokens) else None


def _is_office(span: Name, tokens: Sequence[Token], words: Lexicon) -> bool:
    """As in "Esteri", "British Defence Secretary": a portfolio or an office taken for an organization."""
    if span.label == "PER" or any(t.text == "&" for t in tokens[span.first : span.last]):
        return False
    inside = [t.lower for t in tokens[span.first : span.last] if t.upos not in ("ADP", "DET", "CCONJ")]
    last = tokens[span.last - 1]
    called = last.text[:1].isupper() and (last.feats.get("Number") == "Plur" or last.lower != last.lemma.lower())
    if span.label == "ORG" and called and len(inside) > 1 and not any(w in words.portfolios for w in inside):
        return False  # "Northridge Builders"
    return inside[-1:] != [] and (inside[-1] in words.office_words or all(w in words.portfolios for w in inside))


def _kept(span: Name, inside: list[Match], tokens: Sequence[Token], words: Lexicon) -> Name | None:
    """What remains of the model's span beside the gazetteer's names in it; None where those say all."""
    if not inside:
        return None if _is_office(span, tokens, words) else span
    if any(m.first < span.first or m.last > span.last for m in inside):
        return None
    if span.label == "PER":
        return _kept_person(span, inside, tokens)
    last = inside[-1]
    if _is_office(span, tokens, words):
        return None
    names = [m for m in inside if m.known.sort in ("name", "seat")]
    rest = [t for t in tokens[span.first : span.last] if not any(m.first <= t.i < m.last for m in inside)]
    return None if names or not any(t.text[:1].isupper() for t in rest) else replace(span, country=last.known.country)


def _capitals(names: list[Name], gazetteer: Gazetteer, tokens: Sequence[Token]) -> Iterator[Name]:
    """As in "thanked [Wellington] and Canberra": a capital named side by side with a state is no person."""
    states = {n.first for n in names if n.known is not None and n.known.sort in _STATES}
    for name in names:
        token, known = tokens[name.first], gazetteer.known.get(tokens[name.first].text)
        alone = name.known is None and name.label == "PER" and name.last - name.first == 1
        joined = (token.deprel == "conj" and token.head in states) or any(
            tokens[i].deprel == "conj" and tokens[i].head == name.first for i in states
        )
        if alone and joined and known is not None and known.sort in _STATES and not _elsewhere(name, tokens):
            yield Name(name.first, name.last, known, "", known.country)
        else:
            yield name


def _kept_person(span: Name, inside: list[Match], tokens: Sequence[Token]) -> Name | None:
    first = span.first
    for match in inside:
        if match.first == first and match.last < span.last and _leads(match, span.last - match.last):
            first = match.last
    if first > span.first:
        return replace(span, first=first)
    whole = inside[0]
    if (whole.first, whole.last) == (span.first, span.last):
        personal = whole.known.personal and whole.known.sort != "country"
        alone = span.last - span.first == 1
        return span if personal or (alone and _elsewhere(span, tokens)) else None
    return None if any(m.known.sort == "name" and m.last - m.first > 1 for m in inside) else span


def _leads(match: Match, rest: int) -> bool:
    """Whether a known name only stands before a person's: "turco [Erdogan]", "Hamas [Khalil al-Hayya]"."""
    named = match.known.sort in ("name", "country", "seat") and not match.known.personal
    return match.known.sort == "people" or (named and rest > 1)


def _elsewhere(span: Name, tokens: Sequence[Token]) -> bool:
    """Whether the article has the same word inside a longer personal name ("Michael Jordan")."""
    word = tokens[span.last - 1].text
    return any(t.text == word and t.ner == "I-PER" and not span.first <= t.i < span.last for t in tokens)
