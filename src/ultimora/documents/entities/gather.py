"""Turns the names of a document into entities: persons joined, acronyms tied, states told from places."""

from __future__ import annotations

from collections.abc import Sequence

from ultimora.documents.entities.acronyms import acronyms_of
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.evidence import demonyms_of, noun_before
from ultimora.documents.entities.evidence import labels as labels_of
from ultimora.documents.entities.gazetteer import Known
from ultimora.documents.entities.halls import seat_of_town
from ultimora.documents.entities.metonymy import is_dateline
from ultimora.documents.entities.names import Name
from ultimora.documents.entities.referring import age_after
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.shape import is_teller
from ultimora.documents.entities.surnames import mostly_meant, of_generation, shared_surname, words_of
from ultimora.documents.wordlists import words as wordlist
from ultimora.types import EntityKind, Token

_KINDS: dict[str, EntityKind] = {
    "ORG": "organization",
    "LOC": "place",
    "organization": "organization",
    "outlet": "outlet",
    "armed_group": "armed_group",
    "weapon": "weapon",
    "place": "place",
}
_BODIES = frozenset({"organization", "outlet", "armed_group", "weapon"})
_PAIR = 2
_OFFICE_BEFORE = 3


def gather_names(context: Context) -> None:
    """Every name becomes a mention of an entity; a demonym does not by itself."""
    labels = labels_of(context.document, context.lexicon, context.referring, context.names, context.gazetteer)
    demonyms = demonyms_of(context.names)
    datelines = {n.first: "place" for n in context.names if n.known is None and is_dateline(context.document, n)}
    told = {n.first: k[1] for n in context.names if n.known is None and (k := _noun(context, n, demonyms)) is not None}
    told |= datelines
    persons = [
        n
        for n in context.names
        if n.known is None and labels[n.text(context.document)] == "PER" and told.get(n.first, "person") == "person"
    ]
    for name in sorted(persons, key=lambda n: (n.first - n.last, n.first)):
        _person(context, name)
    acronyms = acronyms_of(context)
    for name in sorted(context.names, key=_order):
        if name.known is not None and not _is_short(context, name, acronyms):
            _known(context, name, name.known)
        elif name.first not in context.registry.by_token and not seat_of_town(context, name):
            label = labels[name.text(context.document)]
            mine = label if label == "outlet" else told.get(name.first, label)
            _unknown(context, name, label if mine == "person" else mine, acronyms)
    for name in context.names:
        _demonym_before(context, name)


def _order(name: Name) -> tuple[bool, int]:
    """Known names first, and of either sort long ones before those that may be short for them."""
    alone = int(name.last - name.first == 1)
    return name.known is None, alone if name.known is not None else name.first - name.last


def _noun(context: Context, name: Name, demonyms: frozenset[int]) -> tuple[Token, str] | None:
    return noun_before(context.document, context.lexicon, name, demonyms)


def _demonym_before(context: Context, name: Name) -> None:
    """As in "lo spagnolo Pablo Ruiz", "la biologa danese Hanne Larsen": the people that a person is of."""
    before = context.phrases.at.get(name.first - 1)
    draft = context.registry.by_token.get(name.first)
    if before is None or before.known is None or before.known.sort != "people" or draft is None or name.known:
        return
    token = context.document.tokens[before.first]
    governor = context.document.head(token)
    noun = governor if governor is not None and governor.i < token.i else context.document.tokens[token.i - 1]
    if context.document.children(token, "det", "case"):
        noun = context.document.tokens[max(before.first - 1, 0)]
    body = context.lexicon.kind_of(context.document, noun) if noun.upos == "NOUN" else None
    office = context.lexicon.office_of(context.document, noun)
    if draft.kind not in ("person", "organization") or (body is not None and body[1] != "person" and office is None):
        return
    draft.country = draft.country or before.known.country
    if noun.upos != "NOUN" or noun.sentence != token.sentence:
        for i in range(before.first, before.last):
            context.registry.by_token.setdefault(i, draft)


def _person(context: Context, name: Name) -> None:
    words = words_of(context, name)
    if not words:
        return
    shared = shared_surname(context, name, words)
    shown = " ".join([*words, *shared]) if shared else ""
    words = [*words, *shared]
    address = _address(context, name)
    draft = of_generation(context, name, words) or mostly_meant(context, name, words, address)
    draft = draft or context.people.find(words, context.document.tokens[name.first].start, address)
    if draft is None:
        draft = context.registry.add(Draft(shown or _shown(context, name, words), "person"))
        draft.gender = address
        if not draft.gender:
            draft.gender = context.gazetteer.gender(words[0])
            draft.guessed = bool(draft.gender) and not context.gazetteer.lists(words[0])
        context.people.add(words, draft)
    before = {t.lower for t in context.document.tokens[max(name.first - 1, 0) : name.first + 1]}
    titles = (noun for title, noun in context.referring.addressed.items() if title in before)
    draft.nouns.update(titles)
    draft.country = draft.country or _well_known(context, words)
    draft.age = draft.age or age_after(context.document, name.last, context.referring)
    context.registry.mention(draft, name.first, name.last, "name")


def _address(context: Context, name: Name) -> str:
    """The gender that "Mr." or "signora" gives."""
    around = context.document.tokens[max(name.first - 1, 0) : name.first + 1]
    return next((g for t in around for g in [context.lexicon.addresses.get(t.lower, "")] if g), "")


def _shown(context: Context, name: Name, words: Sequence[str]) -> str:
    """A name as it is written, from its first word that is no title on."""
    text = " ".join(name.text(context.document).split())
    return text[text.find(words[0]) :]


def _well_known(context: Context, words: Sequence[str]) -> str | None:
    """The state of a person whom everybody knows, where neither the text nor a longer name says otherwise."""
    return context.gazetteer.leaders.get(" ".join(words))


def _known(context: Context, name: Name, known: Known) -> None:
    if known.sort == "people" or context.is_modifier(name) or _is_in_office(context, name):
        return
    if known.sort in ("country", "capital", "seat"):
        draft, metonym = _state_or_place(context, name, known)
        context.registry.mention(draft, name.first, name.last, "name", metonym=metonym)
        return
    if _namesake(context, name, known):
        return
    group = "place" if known.sort == "place" else "name"
    draft = context.registry.draft((group, known.name), known.name, known.kind, known.country)
    draft.table = draft.table or known.table
    context.registry.mention(draft, name.first, name.last, "name")
    _take_noun(context, name, draft)


def _namesake(context: Context, name: Name, known: Known) -> bool:
    """As in "il Senato francese": another state's institution that goes by the same word; whether it is one."""
    after = context.document.tokens[name.last : name.last + 1]
    codes = [code for t in after if t.upos == "ADJ" and t.head == name.last - 1 for code in context.phrases.codes(t)]
    if known.sort != "name" or known.country is None or len(codes) != 1 or codes[0] == known.country:
        return False
    shown = f"{known.name} {after[0].text}"
    draft = context.registry.draft(("name", shown), shown, known.kind, codes[0])
    context.registry.mention(draft, name.first, name.last + 1, "name", head=name.last - 1)
    return True


def _is_in_office(context: Context, name: Name) -> bool:
    """The "Repubblica" of a "presidente della Repubblica" is no newspaper."""
    if name.known is None or name.known.kind != "outlet":
        return False
    word = context.document.tokens[name.last - 1].lower
    for token in context.document.tokens[max(name.first - _OFFICE_BEFORE, 0) : name.first]:
        office = context.lexicon.office_of(context.document, token)
        if office is not None and word in office[0].split()[1:]:
            return True
    return False


def _state_or_place(context: Context, name: Name, known: Known) -> tuple[Draft, bool]:
    if not context.reader.acts(name):
        shown = known.name if known.sort != "country" else context.gazetteer.names[known.country or ""]
        return context.registry.draft(("place", shown), shown, "place", known.country), False
    return acting(context, known), True


def acting(context: Context, known: Known) -> Draft:
    """Who acts when a state, a capital or a seat does."""
    stand_in = context.gazetteer.stand_ins.get(known.name) if known.sort == "capital" else None
    if stand_in:
        made = context.registry.draft(("name", stand_in), stand_in, "organization")
        made.table = made.table or "organizations"
        return made
    if known.sort not in ("country", "capital") or known.country is None:
        return context.registry.draft(("name", known.name), known.name, known.kind, known.country)
    return context.state(known.country)


def _unknown(context: Context, name: Name, label: str, acronyms: dict[str, str]) -> None:
    text = " ".join(name.text(context.document).split())
    if _is_pair(context, name, text):
        return
    person = context.people.find([text]) if " " not in text else None
    short = _known_long(context, acronyms.get(text))
    if short is not None:
        context.registry.mention(short, name.first, name.last, "name")
        return
    if person is not None and label not in _BODIES:
        context.registry.mention(person, name.first, name.last, "name")
        return
    body = label in ("ORG", "organization")
    whole = (_beginning(context, text) or (_ending(context, text) if " " not in text else None)) if body else None
    if whole is not None:
        context.registry.mention(whole, name.first, name.last, "name")
        _take_noun(context, name, whole)
        return
    if (
        label == "LOC"
        and name.last - name.first > 1
        and is_teller(context.document, context.lexicon.telling, context.head(name))
    ):
        label = "ORG"
    kind = _kind(context, name, "ORG" if text in acronyms else label)
    key = acronyms.get(text, text).lower()
    draft = context.registry.draft(("place" if kind == "place" else "name", key), acronyms.get(text, text), kind)
    place = _country_around(context, name) if kind == "place" else None
    draft.country = draft.country or name.country or place or context.phrases.state(context.head(name))
    context.registry.mention(draft, name.first, name.last, "name")
    _take_noun(context, name, draft)


def _is_short(context: Context, name: Name, acronyms: dict[str, str]) -> bool:
    """An acronym that the article itself gives another meaning than the gazetteer: it is that one's mention."""
    if name.known is None or name.known.sort != "name" or name.last - name.first > 1:
        return False
    long = acronyms.get(name.text(context.document))
    draft = _known_long(context, long) or context.registry.by_key.get(("name", long.lower() if long else ""))
    if draft is None or draft.name == name.known.name:
        return False
    context.registry.mention(draft, name.first, name.last, "name")
    return True


def _known_long(context: Context, long: str | None) -> Draft | None:
    """The entity of a long form that the gazetteer knows, for an acronym that it does not."""
    known = context.gazetteer.known.get(long) if long is not None else None
    return context.registry.by_key.get(("name", known.name)) if known is not None else None


def _beginning(context: Context, word: str) -> Draft | None:
    """An organization named before by a longer name that begins so: "l'Agenzia"."""
    long = context.gazetteer.beginnings.get(word, frozenset())
    for draft in reversed(context.registry.drafts):
        written = any(m.text.startswith(f"{word} ") for m in draft.mentions.values()) or draft.name in long
        if draft.kind == "organization" and written:
            return draft
    return None


def _ending(context: Context, word: str) -> Draft | None:
    """An organization named by a longer name that ends so, behind a noun for what it is: "Cucine [Bo]"."""
    for draft in context.registry.drafts:
        words = draft.name.split()
        if draft.kind == "organization" and len(words) == _PAIR and words[1] == word and not draft.table:
            return draft
    return None


def _kind(context: Context, name: Name, label: str) -> EntityKind:
    """The kind of a name that the gazetteer does not know; a ministry or a court is its state's."""
    found = context.lexicon.kind_of(context.document, context.head(name))
    if label == "ORG" and found is not None and found[1] == "government":
        return "government"
    words = name.text(context.document).lower().split()
    if label == "ORG" and len(words) > 1 and _is_law(context, words):
        return "document"
    paper = context.lexicon.papers & {words[0], words[-1]} or words[-1] in context.lexicon.paper_ends
    paper = paper or words[0] in context.lexicon.paper_starts
    alone = len(words) == 1 and bool(context.lexicon.papers & set(words)) and _has_article(context, name)
    if label == "LOC" and len(words) > 1 and words[-1] in context.lexicon.papers:
        return "outlet"
    if label == "ORG" and ((len(words) > 1 and paper) or alone or _is_compound_paper(context, name)):
        return "outlet"
    return _KINDS.get(label, "other")


def _is_law(context: Context, words: Sequence[str]) -> bool:
    """As in "the Clean Air Act", "il Trattato di Lisbona": no body."""
    starts, ends = (wordlist(context.document.language, "words", f"law_{each}") for each in ("starts", "ends"))
    return words[0] in starts or words[-1] in ends


def _has_article(context: Context, name: Name) -> bool:
    """As in "the Herald", "dal Tirreno": the article of a masthead, by itself or within a preposition."""
    before = context.document.tokens[max(name.first - 1, 0) : name.first]
    return any(t.feats.get("Definite") == "Def" for t in before)


def _is_compound_paper(context: Context, name: Name) -> bool:
    """As in "TeleBergamo", "RadioSei": a capital within the word parts what it is from what it is called."""
    text = name.text(context.document)
    return any(text.lower().startswith(p) and text[len(p) : len(p) + 1].isupper() for p in context.lexicon.papers)


def _take_noun(context: Context, name: Name, draft: Draft) -> None:
    """The noun that says what a name is speaks of the same: "il quotidiano turco Boğaz"."""
    beside = _beside(context, name) if draft.kind == "organization" else None
    if beside is not None and {beside.lower, beside.lemma.lower()} & context.referring.either:
        draft.country = draft.country or context.phrases.state(beside)  # "la rivale tedesca Hartmann"
    elif beside is not None and context.referring.kinds(beside):
        draft.nouns.add(beside.lemma.lower())  # "Brazilian planemaker Embraer"
        draft.country = draft.country or context.phrases.state(beside)
    if draft.kind == "organization":
        draft.country = draft.country or _seat(context, name)
    noun = noun_before(context.document, context.lexicon, name, demonyms_of(context.names))
    if noun is not None and _KINDS.get(noun[1]) == draft.kind:
        draft.country = draft.country or context.phrases.state(noun[0])
        context.registry.by_token.setdefault(noun[0].i, draft)
        draft.nouns.add(noun[0].lemma.lower())


def _beside(context: Context, name: Name) -> Token | None:
    """The noun right before a name, or before the adjective that parts them."""
    tokens = context.document.tokens
    for token in reversed(tokens[max(name.first - 2, 0) : name.first]):
        if token.sentence != tokens[name.first].sentence or token.upos not in ("NOUN", "ADJ"):
            return None
        if token.upos == "NOUN":
            return token
    return None


def _seat(context: Context, name: Name) -> str | None:
    """As in "Orbicon, based in Taipei, …", "Hartmann, con sede a Monaco": the state where an organization sits."""
    after = context.document.tokens[name.last : name.last + 6]
    seated = context.referring.signs.get("seated", frozenset())
    at = next((t.i for t in after[:4] if t.lower in seated), None)
    if at is None or after[0].text not in (",", "(") or after[0].sentence != after[-1].sentence:
        return None
    places = (context.phrases.at.get(t.i) for t in after if t.i > at)
    return next((p.country for p in places if p is not None and p.country), None)


def _is_pair(context: Context, name: Name, text: str) -> bool:
    """As in "Italia-Turchia", "Rovati-Karataş": two names in one word; both are mentioned."""
    parts = text.split("-")
    if len(parts) != _PAIR or name.last - name.first > 1:
        return False
    drafts = [draft for draft in (_part(context, part) for part in parts) if draft is not None]
    if len(drafts) != len(parts):
        return False
    start = context.document.tokens[name.first].start
    for part, draft in zip(parts, drafts, strict=True):
        context.registry.mention_part(draft, name.first, start, start + len(part))
        start += len(part) + 1
    return True


def _part(context: Context, part: str) -> Draft | None:
    known = context.gazetteer.known.get(part)
    if known is not None and known.sort in ("country", "capital"):
        return acting(context, known)
    return context.people.find([part]) if part else None


def _country_around(context: Context, name: Name) -> str | None:
    """The state of a place: named right after it, or with what it is ("the Romanian port of Constanta")."""
    governor = context.document.head(context.head(name))
    kind = context.lexicon.kind_of(context.document, governor) if governor is not None else None
    known = (
        context.phrases.state(governor) if governor is not None and kind is not None and kind[1] == "place" else None
    )
    return _country_after(context, name) or known


def _country_after(context: Context, name: Name) -> str | None:
    """As in "Kostiantynivka, Ucraina" and "a village in Ukraine": the state named right after a place."""
    tokens, sentence = context.document.tokens, context.document.tokens[name.first].sentence
    for i in range(name.last, min(name.last + 3, len(tokens))):
        if tokens[i].sentence != sentence:
            return None
        after = context.phrases.at.get(i)
        if after is not None and after.known is not None and after.known.sort in ("country", "place"):
            return after.country
        if tokens[i].text != "," and tokens[i].upos != "ADP":
            return None
    return None
