"""What the words around a name say of it: "il quotidiano turco Boğaz", "il premier Rovati"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ultimora.documents.entities.gazetteer import Gazetteer
from ultimora.documents.entities.lexicon import Lexicon
from ultimora.documents.entities.names import Name
from ultimora.documents.entities.outlets import votes_for
from ultimora.documents.entities.referring import Referring, age_after, age_in
from ultimora.documents.entities.ships import is_ship_name
from ultimora.documents.entities.spellings import brands, lengthened, shortened, surnames
from ultimora.documents.entities.towns import is_around, is_town
from ultimora.types import Document, Token

_KINDS = frozenset({"outlet", "organization", "armed_group", "weapon", "place"})
_SURE = frozenset({"outlet", "weapon", "organization", "armed_group"})
_FIRMS = frozenset({"company", "bank", "club", "union", "party", "school", "university", "hospital"})
_QUOTES = frozenset('"“«„')
_WEIGHT = 3
_LONGEST_NAME = 3
_FARTHEST = 3
_LONGEST_OFFICE = 7
_DATELINE = 8
_DASHES = ("-", "–", "—", "--")


def noun_before(document: Document, lexicon: Lexicon, name: Name, demonyms: frozenset[int]) -> tuple[Token, str] | None:
    """The noun that says what a name is the name of, and the kind that it means; "person" for an office."""
    sentence = document.sentences[document.tokens[name.first].sentence]
    for i in range(name.first - 1, max(sentence.first, name.first - _FARTHEST) - 1, -1):
        token = document.tokens[i]
        kind = lexicon.kind_of(document, token)
        if kind is not None and kind[1] in _SURE:
            return None if _is_in_air(document, token, name) else (token, kind[1])
        quoted = i > sentence.first and document.tokens[i - 1].text in _QUOTES and token.upos == "DET"
        if token.upos == "ADJ" or i in demonyms or token.text in _QUOTES or quoted:
            continue
        if token.upos not in ("NOUN", "PROPN"):
            break
        if lexicon.office_of(document, token) is not None:
            return (token, "person") if _is_joined(document, token, name) else None
        told = kind is not None and kind[1] in _KINDS and _is_joined(document, token, name)
        return (token, kind[1]) if kind is not None and told else None
    return _noun_after(document, lexicon, name)


def _is_in_air(document: Document, noun: Token, name: Name) -> bool:
    """As in "ha detto in tv Gabriel Boric": where somebody speaks, without an article, names nothing."""
    cases = document.children(noun, "case")
    bare = any(c.lower == c.lemma.lower() for c in cases) and not document.children(noun, "det")
    return bare and name.label == "PER" and name.last - name.first > 1


def _noun_after(document: Document, lexicon: Lexicon, name: Name) -> tuple[Token, str] | None:
    """As in "Los Choneros, a gang with ties to the cartel": what an apposition says a name is."""
    if name.known is not None:
        return None
    for i in range(name.first, name.last):
        above = document.head(document.tokens[i])
        if document.tokens[i].deprel == "appos" and above is not None and above.upos == "NOUN" and above.i < name.first:
            said = lexicon.kind_of(document, above)
            if said is not None and said[1] in _SURE and above.feats.get("Number") != "Plur":
                return above, said[1]
        for noun in document.children(i, "appos"):
            kind = lexicon.kind_of(document, noun)
            if noun.upos == "NOUN" and kind is not None and kind[1] in _SURE and noun.i >= name.last:
                return noun, kind[1]
    return None


def _is_joined(document: Document, noun: Token, name: Name) -> bool:
    """The name hangs on the noun, or the noun on the name, with no preposition between."""
    top = next((t for t in document.tokens[name.first : name.last] if not name.first <= t.head < name.last), None)
    if top is None or document.children(top, "case"):
        return False
    bare = ("appos", "flat", "nmod", "compound", "obj", "amod")
    above = top.head == noun.i and top.deprel.split(":")[0] in bare
    return above or (noun.head == top.i and noun.deprel.split(":")[0] in bare)


def labels(
    document: Document, lexicon: Lexicon, words: Referring, names: list[Name], known: Gazetteer
) -> dict[str, str]:
    """One label for one spelling: the model's most frequent, unless the words around it say otherwise."""
    votes: dict[str, Counter[str]] = {}
    leaders, firsts = known.leaders, known.genders
    demonyms = demonyms_of(names)
    for name in names:
        if name.known is None:
            count = votes.setdefault(name.text(document), Counter())
            count[name.label] += 1
            if name.text(document) in leaders:
                count["PER"] += _WEIGHT
            if _signs(document, name):
                count["outlet"] += _WEIGHT
            count["outlet"] += _WEIGHT * votes_for(document, words, name)
            if name.label != "ORG" and (_is_company(document, words, name, firsts) or _is_of_many(document, name)):
                count["ORG"] += 2 * _WEIGHT
            count.update(_told_beside(document, lexicon, words, name, firsts))
            if is_town(document, lexicon, words, name):
                count["LOC"] += _WEIGHT
            if name.text(document) in lexicon.platforms:
                count["MISC"] += 2 * _WEIGHT
            if {t.text for t in document.tokens[max(name.first - 1, 0) : name.last]} & lexicon.vessels:
                count["MISC"] += _WEIGHT
            noun = noun_before(document, lexicon, name, demonyms)
            if noun is not None:
                open_to_both = noun[0].lower in words.either and name.label == "PER"  # "the maker, Brammall"
                count["PER" if noun[1] == "person" else noun[1]] += 0 if open_to_both else _WEIGHT
    found = {text: count.most_common(1)[0][0] for text, count in votes.items()}
    found |= shortened(found) | surnames(found)
    if _is_of_business(document, words):
        told = ((n, noun_before(document, lexicon, n, demonyms)) for n in names)
        titled = {n.text(document) for n, t in told if t and t[1] == "person" and t[0].lower not in words.either}
        titled |= {n.text(document) for n in names if n.label == "PER" and _is_somebodys(document, lexicon, words, n)}
        found |= brands(found, titled | set(firsts) | set(leaders))
        found |= {n.text(document): "ORG" for n in names if _is_called_as_firm(document, lexicon, n, found)}
    return found | lengthened(found)


def _told_beside(
    document: Document, lexicon: Lexicon, words: Referring, name: Name, firsts: Mapping[str, str]
) -> dict[str, int]:
    """What the last word of a name, the words beside it and its verb say that it is: a club, a craft, somebody."""
    last, first = document.tokens[name.last - 1].lower, document.tokens[name.first].lower
    club = last in words.signs.get("clubs", ()) or first in words.signs.get("firm_names", ())
    club = club or _is_called_firm(document, lexicon, words, name) or _is_named_behind(document, lexicon, words, name)
    club = club and name.label != "ORG"
    firm = name.label == "LOC" and _acts(document, words, name)
    craft = 2 * _is_called_thing(document, words, name) + 3 * is_ship_name(document, words, name, firsts)
    person = name.label != "PER" and not club and _is_shown_person(document, lexicon, words, name)
    return {"ORG": (2 * club + firm) * _WEIGHT, "MISC": craft * _WEIGHT, "PER": 2 * person * _WEIGHT}


def _acts(document: Document, words: Referring, name: Name) -> bool:
    """As in "Jade River declined to comment": a name of two words, taken for a place's, that does what firms do."""
    head = next((t for t in document.tokens[name.first : name.last] if not name.first <= t.head < name.last), None)
    verb = document.head(head) if head is not None else None
    several = name.last - name.first > 1 and head is not None and head.deprel.startswith("nsubj")
    does = words.signs.get("does", frozenset()) | words.signs.get("acts", frozenset())
    return several and verb is not None and verb.lemma.lower() in does


def _is_shown_person(document: Document, lexicon: Lexicon, words: Referring, name: Name) -> bool:
    """As in "Ibrahim Kanu, a 19-year-old …", "Mehrotra, 53, …", "Contractor, who …": what only people have behind."""
    if age_after(document, name.last, words) is not None:
        return True
    inside = document.tokens[name.first : name.last]
    beside = [c for t in inside for c in document.children(t, "appos", "acl:relcl") if c.i >= name.last]
    if any(words.is_neutral(c) or age_in(document, c, words) is not None for c in beside if c.upos != "VERB"):
        return True
    several = name.last - name.first > 1
    told = (c for b in beside if b.deprel == "acl:relcl" for c in document.children(b))
    return several and any(c.lower in lexicon.of_people for c in told)


def _is_called_firm(document: Document, lexicon: Lexicon, words: Referring, name: Name) -> bool:
    """As in "il fondo canadese Maple Ridge": a noun that is for firms alone, with only adjectives before the name."""
    at, sentence = name.first - 1, document.sentences[document.tokens[name.first].sentence]
    while at > sentence.first and document.tokens[at].upos == "ADJ":
        at -= 1
    noun = document.tokens[at] if at >= sentence.first else None
    if noun is None or noun.upos != "NOUN" or noun.feats.get("Number") == "Plur":
        return False
    firm = words.kinds(noun) & _FIRMS and not {noun.lower, noun.lemma.lower()} & words.either
    human = words.is_trade(noun) or lexicon.office_of(document, noun) is not None  # "la capogruppo Anna Bardi"
    return bool(firm) and not human and _is_joined(document, noun, name)


def _is_named_behind(document: Document, lexicon: Lexicon, words: Referring, name: Name) -> bool:
    """As in "Van Aken's team, Polder-Lotte, …": the name between commas of what a noun for a club or firm alone is."""
    head = next((t for t in document.tokens[name.first : name.last] if not name.first <= t.head < name.last), None)
    noun = document.head(head) if head is not None and head.deprel == "appos" else None
    if noun is None or noun.upos != "NOUN" or noun.i > name.first or noun.feats.get("Number") == "Plur":
        return False
    either = {noun.lower, noun.lemma.lower()} & words.either
    human = words.is_trade(noun) or lexicon.office_of(document, noun) is not None
    return bool(words.kinds(noun) & _FIRMS) and not either and not human


def _is_called_thing(document: Document, words: Referring, name: Name) -> bool:
    """As in "the vessel, the Bold Endeavour", "il Ponente, il veliero": the name of a craft."""
    inside = document.tokens[name.first : name.last]
    behind = [t for each in inside for t in document.children(each, "appos") if t.upos == "NOUN" and t.i >= name.last]
    before = document.tokens[name.first - 1].text if name.first else ""
    if any(words.sorts_at(t) & words.craft or (before in _QUOTES and words.sorts_at(t)) for t in behind):
        return True  # also "«Salina», il documentario"
    head = next((t for t in inside if not name.first <= t.head < name.last), None)
    above = document.head(head) if head is not None else None
    if head is None or above is None or head.deprel.split(":")[0] not in ("appos", "flat", "compound", "nmod"):
        return False
    craft = words.sorts_at(above) & words.craft
    return above.upos == "NOUN" and bool(craft) and above.i < name.first and not document.children(head, "case")


def _is_of_many(document: Document, name: Name) -> bool:
    """As in "l'appoggio dei Verdi": one word behind an article of many is a party's or a group's name, no person's."""
    before = document.tokens[name.first - 1] if name.first and name.last - name.first == 1 else None
    if before is None or name.label != "PER" or before.sentence != document.tokens[name.first].sentence:
        return False
    return before.upos in ("DET", "ADP") and before.feats.get("Number") == "Plur"


def _is_of_business(document: Document, words: Referring) -> bool:
    """Whether an article speaks of a company by a noun more than once: "l'azienda", "the company"."""
    nouns = (t for t in document.tokens if t.upos == "NOUN" and t.feats.get("Number") != "Plur")
    return sum("company" in words.kinds(t) for t in nouns) > 1


def _is_called_as_firm(document: Document, lexicon: Lexicon, name: Name, labels: Mapping[str, str]) -> bool:
    """As in "gli operai della Frigomec": one word taken for a place's name, behind an article that towns lack.

    Only what acts or has people: "la chiusura della Darsena" is of a place.
    """
    before = document.tokens[name.first - 1] if name.first and name.last - name.first == 1 else None
    if before is None or name.known is not None or labels.get(name.text(document)) != "LOC":
        return False
    head = document.tokens[name.first]
    owned = document.head(head) if head.deprel == "nmod" else None
    peopled = owned is not None and (lexicon.office_of(document, owned) or lexicon.kind_of(document, owned)) is not None
    article = before.upos in ("DET", "ADP") and before.sentence == head.sentence
    article = article and (peopled or head.deprel == "nsubj")
    return article and before.feats.get("Gender") == "Fem" and before.feats.get("Number") == "Sing"


def _is_somebodys(document: Document, lexicon: Lexicon, words: Referring, name: Name) -> bool:
    """As in "La moglie del capitano, Ileana", "Ottorino, fondatore dell'impresa": a person beside a comma."""
    for i in range(name.first, name.last):
        above = document.head(document.tokens[i])
        beside = list(document.children(i, "appos"))
        beside += [above] if above is not None and document.tokens[i].deprel == "appos" else []
        for noun in beside:
            office = lexicon.office_of(document, noun) if noun.upos == "NOUN" else None
            if office is not None and office[1] != "leader" and not {noun.lower, noun.lemma.lower()} & words.either:
                return True
    return False


def _is_company(document: Document, words: Referring, name: Name, firsts: Mapping[str, str]) -> bool:
    """No first name, and where companies stand: "le azioni di X", "X's founder", "ha rilevato X"."""
    token = document.tokens[name.first]
    if not words.signs or (name.last - name.first > 1 and token.text in firsts):
        return False
    governor = document.head(token)
    made = [c for t in document.tokens[name.first : name.last] for c in document.children(t, "acl", "amod", "appos")]
    made = [c for c in made if c.upos in ("VERB", "ADJ") and c.i >= name.last and not document.children(c, "nsubj")]
    if any(c.lemma.lower() in words.signs["bought"] for c in made):
        return True  # "Nordvik, founded in 2004, …", but not "Ceri Vaughan, who owns the shop"
    if governor is not None and governor.i == token.i - 1 and governor.upos in ("ADJ", "NOUN", "PROPN"):
        token, governor = governor, document.head(governor)
    if governor is None:
        return False
    lemmas = {governor.lemma.lower(), governor.lower}
    relation = token.deprel.split(":")[0]
    shares = [t for t in document.tokens[governor.i + 1 : governor.i + 4] if t.text == "%"]
    if relation == "nsubj" and shares and lemmas & words.signs["moves"]:
        return True  # "Santos fell 4%"
    if token.deprel == "nmod:poss" or (relation == "nmod" and document.children(token, "case")):
        return bool(lemmas & words.signs["owned"]) and not is_around(document, token, lemmas)
    if relation == "obj" or token.deprel == "nsubj:pass":
        return bool(lemmas & words.signs["bought"])
    return relation == "nsubj" and bool(lemmas & words.signs["does"])


def demonyms_of(names: list[Name]) -> frozenset[int]:
    """The tokens that are demonyms."""
    people = [n for n in names if n.known is not None and n.known.sort == "people"]
    return frozenset(i for n in people for i in range(n.first, n.last))


def _signs(document: Document, name: Name) -> bool:
    """As in "KYIV, March 5 (Northgate) -": the agency in brackets before the text begins."""
    tokens = document.tokens
    if name.first < 1 or name.last + 1 >= len(tokens) or tokens[name.first - 1].text != "(":
        return False
    begins = name.first - document.sentences[tokens[name.first].sentence].first < _DATELINE
    return begins and tokens[name.last].text == ")" and tokens[name.last + 1].text in _DASHES


def titled(document: Document, lexicon: Lexicon, names: list[Name], firsts: Mapping[str, str]) -> list[Name]:
    """Names of persons that the model missed or mistook after an office: "Secretary of State [Whitcombe]"."""
    sure = [n for n in names if n.known is not None or n.label == "PER"]
    taken = {i for name in sure for i in range(name.first, name.last)}
    inside = {i for name in names for i in range(name.first, name.last)}
    found: list[Name] = []
    for token in document.tokens:
        if token.i in inside or token.upos not in ("NOUN", "PROPN"):
            continue
        office, kind = lexicon.office_of(document, token), lexicon.kind_of(document, token)
        if office is None and (kind is None or kind[1] not in _SURE):
            continue
        first = _after_office(document, token, office[0] if office else token.lower, taken, lexicon)
        if first - 1 in taken and first - 1 != token.i and document.tokens[first].text not in firsts:
            continue
        last = first
        free = taken if office is not None else inside
        while last < first + _LONGEST_NAME and _is_free(document, last, token.sentence, free, lexicon):
            last += 1
        if last > first and _is_whole(names, first, last):
            found.append(Name(first, last, None, "PER" if office else "ORG"))
            taken.update(range(first, last))
    return found


def _is_whole(names: list[Name], first: int, last: int) -> bool:
    """Whether what was found takes whole names of the model, and only such as are not surer than it."""
    inside = [n for n in names if n.first < last and first < n.last]
    return all(first <= n.first and n.last <= last for n in inside) and not any(
        n.label == "ORG" and n.last - n.first == last - first for n in inside
    )


def joined(names: list[Name], missed: list[Name]) -> list[Name]:
    """All names in text order; what was missed right before a person's name is part of it."""
    spans = [(m.first, m.last) for m in missed]
    names = [n for n in names if n.known is not None or not any(a <= n.first and n.last <= b for a, b in spans)]
    first_of = {n.first: n for n in names if n.known is None and n.label == "PER"}
    found = [m for m in missed if m.last not in first_of]
    wider = {m.last: m.first for m in missed if m.last in first_of}
    found += [replace(n, first=wider.get(n.first, n.first)) if n in first_of.values() else n for n in names]
    return sorted(found, key=lambda n: n.first)


def _after_office(document: Document, token: Token, phrase: str, taken: set[int], lexicon: Lexicon) -> int:
    """Where a name would begin after an office and what it is of: "ministro della Protezione civile [Nello …]"."""
    words = phrase.split()
    at = token.i + (len(words) - words.index(token.lower) if token.lower in words else 1)
    for i in range(at, min(at + _LONGEST_OFFICE, len(document.tokens))):
        other = document.tokens[i]
        inside = i in taken or other.lower in lexicon.portfolios
        plain = other.text.islower() and other.upos in ("ADP", "DET", "ADJ", "NOUN", "CCONJ")
        if other.sentence != token.sentence or not (inside or plain):
            return i if document.tokens[i - 1].upos not in ("ADP", "CCONJ", "DET") else token.i
    return token.i


def _is_free(document: Document, i: int, sentence: int, taken: set[int], lexicon: Lexicon) -> bool:
    if i >= len(document.tokens) or i in taken:
        return False
    token = document.tokens[i]
    capital = token.text[:1].isupper() and token.text[1:].islower()
    if token.sentence != sentence or token.upos not in ("PROPN", "ADP", "NOUN", "ADJ") or not capital:
        return False
    return (
        token.lower not in lexicon.never | lexicon.honorifics
        and token.lower not in lexicon.offices
        and token.lower not in lexicon.portfolios
    )


def without_strangers(document: Document, names: list[Name], of: frozenset[str]) -> Iterator[Name]:
    """Names without those that stand only where their state is spoken of ("Congress"), and those of another state."""
    states = {n.country for n in names if n.known is not None and not (n.known.local or n.known.shared) and n.country}
    for at, name in enumerate(names):
        local = name.known is not None and name.known.local and name.country not in states
        if not local and not _is_anothers(document, names, at, states, of):
            yield name


def _is_anothers(document: Document, names: list[Name], at: int, states: set[str], of: frozenset[str]) -> bool:
    """As in "la guardia costiera greca", "a Madrid il Senato": a body that more states have, and here not ours."""
    name = names[at]
    if name.known is None or not name.known.shared:
        return False
    told = names[at + 1].country if at + 1 < len(names) and _says_whose(document, name, names[at + 1], of) else None
    if told is not None:
        return told != name.country
    sentence = document.sentences[document.tokens[name.first].sentence]
    around = [n for n in names if sentence.first <= n.first < sentence.last and n.country and n is not name]
    common = document.tokens[name.first].text.islower()
    scene = {n.country for n in around if _is_place(n) and (common or n.first <= sentence.first + 1)}
    if not scene and name.country not in states:  # "un raid su Khan Younis …, secondo la Protezione civile"
        scene = {n.country for n in around if _is_place(n) and n.first < name.first}
    if not scene and common and name.country not in states:
        scene = {n.country for n in names if n.country and _is_place(n)}
    return bool(scene) and name.country not in scene | {n.country for n in around if not _is_shared(n)}


def _says_whose(document: Document, name: Name, after: Name, of: frozenset[str]) -> bool:
    """Whether a people stands right behind a body, or a state or town behind "of"."""
    between = document.tokens[name.last : after.first]
    people = after.known is not None and after.known.sort == "people"
    return people if not between else between[0].lemma.lower() in of and len(between) == 1


def _is_place(name: Name) -> bool:
    return name.known is not None and name.known.sort in ("place", "capital")


def _is_shared(name: Name) -> bool:
    return name.known is not None and name.known.shared
