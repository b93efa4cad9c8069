"""The words by which a language goes back to what was told before, compiled once.

``lexicon/references.toml`` has those for people and bodies, ``lexicon/things.toml`` those for things and for many.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, ClassVar

from ultimora import languages
from ultimora.documents.entities.lexicon import expand
from ultimora.documents.quantities.atoms import Sum, word_atoms
from ultimora.types import Document, Token

_AGE_TOKENS = 3
_OLDEST = 115
_NO_SORTS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Referring:
    """Words in lower case. ``hypernyms``: groups of offices that a wide noun may go back to; ``organizations``: the
    kinds of organization that a noun may; ``parts`` and ``tables``: what tells the kind of a named one. ``agents``:
    what nouns for people who do something end in, but for ``tellers``, which are things that tell. ``numbers``: how
    ages in letters begin, and by which vowels they end where nothing follows (``lost_vowels``); ``origins``: what
    words for whoever is of a town end in; ``callings``: nouns for whoever is of a body, with the kinds of body;
    ``apart``: trades of which somebody has one alone; ``things``: the sorts of thing that a wide noun is,
    ``narrower``: that others are, ``vague``: nouns that may mean much else; ``contrasts``: what tells another one
    of a sort, ``materials``: what tells none, ``numberless``: nouns that go back to one as to many; ``clitics``:
    verbs whose object is a thing, or is somebody, ``subjects``: whose subject is; ``crowds``: what many are called
    by turns, ``many``: what anybody is, ``crews``: nouns that stand for many in the singular; ``did`` and
    ``suffered``: what many are called after what they did and what befell them, with the verbs of it; ``members``:
    nouns for many that stand for a body, with the nouns of the body; ``counts``: nouns that count many; ``trades``:
    the families of trades that a wide noun is for, ``trades_within``: those that others are of; ``aging``: verbs
    whose object is somebody's age; ``addressed``: what titles before a name say that somebody is; ``staffs``: who serve
    in a body, ``staffed``: what such bodies are called; ``couples``: what each of two relatives told at once is.
    """

    neutral: frozenset[str]
    epicene: frozenset[str]
    grammatical: frozenset[str]
    ages: tuple[str, ...]
    collective: tuple[str, ...]
    young: frozenset[str]
    old: frozenset[str]
    grown: frozenset[str]
    accused: frozenset[str]
    partisans: frozenset[str]
    locals: Mapping[str, str]
    years: frozenset[str]
    genders: Mapping[str, str]
    unmarked: tuple[str, ...]
    either: frozenset[str]
    compatriots: frozenset[str]
    feminine_endings: tuple[str, ...]
    masculine_endings: tuple[str, ...]
    hypernyms: Mapping[str, frozenset[str]]
    organizations: Mapping[str, frozenset[str]]
    tables: Mapping[str, frozenset[str]]
    parts: Mapping[str, frozenset[str]]
    signs: Mapping[str, frozenset[str]]
    pairs: Mapping[str, frozenset[str]]
    regions: Mapping[frozenset[str], frozenset[str]]  # the words of an adjective: the states it may be said of
    inverse: Mapping[str, frozenset[str]]
    agents: tuple[str, ...]
    always_people: tuple[str, ...]
    tellers: frozenset[str]
    likening: frozenset[str]
    same: frozenset[str]
    according: frozenset[str]
    ousted: frozenset[str]
    numbers: tuple[str, ...]
    origins: tuple[str, ...]
    callings: Mapping[str, frozenset[str]]
    trades: Mapping[str, frozenset[str]]
    trades_within: Mapping[str, frozenset[str]]
    generic: frozenset[str]
    bridging: frozenset[str]
    suspects: frozenset[str]
    victims: frozenset[str]
    charging: frozenset[str]
    harming: frozenset[str]
    dying: frozenset[str]

    lost_vowels: tuple[str, ...]
    apart: tuple[tuple[frozenset[str], ...], ...]
    things: Mapping[str, frozenset[str]]
    narrower: Mapping[str, frozenset[str]]
    clitics: Mapping[str, frozenset[str]]
    subjects: Mapping[str, frozenset[str]]
    crowds: Mapping[str, frozenset[str]]
    many: frozenset[str]
    crews: frozenset[str]
    vague: frozenset[str]
    contrasts: frozenset[str]
    materials: frozenset[str]
    numberless: frozenset[str]
    did: Mapping[str, frozenset[str]]
    suffered: Mapping[str, frozenset[str]]
    members: Mapping[str, frozenset[str]]
    lands: frozenset[str]
    staffs: Mapping[str, frozenset[str]]
    staffed: Mapping[str, frozenset[str]]
    counts: frozenset[str]
    aging: frozenset[str]
    aged: frozenset[str]
    addressed: Mapping[str, str]
    couples: Mapping[str, Mapping[str, str]]

    settlement: ClassVar[str] = "settlement"
    craft: ClassVar[frozenset[str]] = frozenset({"vessel", "aircraft", "train"})
    owning: ClassVar[frozenset[str]] = craft | {"settlement", "works", "building"}
    """The sorts of thing that have something of their own: a crew, a school, a gate."""
    """The sort of thing that any place with a name may be."""

    def sorts(self, noun: str) -> frozenset[str]:
        """The sorts of thing that a noun is: "vessel" and "ferry"."""
        return self._sorts.get(noun, _NO_SORTS)

    @cached_property
    def _sorts(self) -> dict[str, frozenset[str]]:
        nouns = self.things.keys() | self.narrower.keys()
        return {n: self.things.get(n, _NO_SORTS) | self.narrower.get(n, _NO_SORTS) for n in nouns}

    def noun(self, token: Token) -> str:
        """The noun that a token is: its form where that is one for a thing (some lemmas are wrong), else its lemma."""
        one = token.feats.get("Number") != "Plur" and (token.lower in self.things or token.lower in self.narrower)
        return token.lower if one else token.lemma.lower()

    def sorts_at(self, token: Token) -> frozenset[str]:
        """The sorts of the noun that a token is, by its form where its lemma is none."""
        return self.sorts(self.noun(token)) or self.sorts(token.lower)

    def wide(self, token: Token) -> frozenset[str]:
        """The sorts that a noun goes back to as a wider one."""
        return self.things.get(self.noun(token)) or self.things.get(token.lower, frozenset())

    def narrow(self, token: Token) -> frozenset[str]:
        """The sorts that a noun is a narrower one of."""
        return self.narrower.get(self.noun(token)) or self.narrower.get(token.lower, frozenset())

    def sorts_of(self, nouns: Collection[str], name: str) -> frozenset[str]:
        """The sorts of whatever is called so, by common nouns and by the words of its name."""
        found = [self._sorts[word] for word in (*nouns, *name.lower().split()) if word in self._sorts]
        return found[0].union(*found[1:]) if found else _NO_SORTS

    @cached_property
    def crowd_nouns(self) -> frozenset[str]:
        """The nouns by which one goes back to many."""
        return frozenset(self.crowds) | self.did.keys() | self.suffered.keys() | self.members.keys() | self.many

    def family(self, nouns: Iterable[str]) -> frozenset[str]:
        """The families of trades that nouns are of: "plumber" and "tradesman"."""
        return frozenset(
            kind for noun in nouns for table in (self.trades, self.trades_within) for kind in table.get(noun, ())
        )

    def is_trade(self, token: Token) -> bool:
        """Whether a noun tells what somebody does: "the welder"."""
        forms = {token.lower, token.lemma.lower()}
        return bool(forms & self.trades.keys() or forms & self.trades_within.keys())

    def are_one_crowd(self, forms: Iterable[str], nouns: Collection[str]) -> bool:
        """Whether words are for the same many: "gli operai" and "le tute blu"."""
        return any(
            self.crowds[f] & self.crowds.get(noun, frozenset()) for f in forms if f in self.crowds for noun in nouns
        )

    def is_neutral(self, token: Token) -> bool:
        """Whether a noun may stand for anybody: "the woman"."""
        if token.lower in self.locals or token.lower in self.partisans or self._is_age(token.lower):
            return True
        return token.lower in self.neutral or (token.upos in ("NOUN", "PROPN") and token.lemma.lower() in self.neutral)

    def _is_age(self, word: str) -> bool:
        """As in "il trentatreenne": an age in letters."""
        ending = next((e for e in self.ages if word.endswith(e)), None)
        return ending is not None and word.startswith(self.numbers)

    def kinds(self, token: Token) -> frozenset[str]:
        """The kinds of organization that a noun goes back to."""
        return self.organizations.get(token.lower) or self.organizations.get(token.lemma.lower(), frozenset())

    def kinds_of_name(self, name: str) -> frozenset[str]:
        """The kinds of organization that the words of a name tell."""
        return frozenset(kind for word in self.telling(name) for kind in self.parts.get(word, ()))

    def telling(self, name: str) -> list[str]:
        """The words of a name that tell what bears it: not the "Union" of "Union Pacific", which only says which."""
        words, only = name.replace("-", " ").split(), self.signs.get("attributes", frozenset())
        after = [*words, ""][1:]
        return [w.lower() for w, a in zip(words, after, strict=True) if w.lower() not in only or not a[:1].isupper()]


def age_in(document: Document, token: Token, words: Referring) -> int | None:
    """The age by which a noun names somebody: "il 54enne", "the 61-year-old", "the 39-year-old nurse"."""
    text = token.lower
    for ending in words.ages:
        if text.endswith(ending) and text[: -len(ending)].rstrip("-").isdigit():
            return int(text[: -len(ending)].rstrip("-"))
    told = age_after(document, token.i + 1, words)
    if told is not None:
        return told
    if (spelled := _age_in_letters(text, document.language, words)) is not None:
        return spelled
    for child in document.children(token, "nummod", "obl", "amod", "compound", "nmod"):
        span = document.text[document.tokens[max(child.i - 4, 0)].start : token.end].lower()
        if child.i < token.i and any(ending in span for ending in words.ages):
            return _number_before(document, token.i)
    return None


def _age_in_letters(text: str, language: str, words: Referring) -> int | None:
    """As in "il cinquantaduenne", whose number has lost its last vowel."""
    ending = next((e for e in words.ages if text.endswith(e) and text.startswith(words.numbers)), None)
    if ending is None:
        return None
    stem = text[: -len(ending)]
    for vowel in words.lost_vowels:
        number = Sum()
        atoms = word_atoms(stem + vowel, language)
        if atoms and all(number.add(kind, value) for kind, value in atoms):
            return int(number.value)
    return None


def age_after(document: Document, at: int, words: Referring) -> int | None:
    """As in "Spinelli, 54 anni, …", "Cole, 44, …": the age between commas after a name or noun."""
    after = document.tokens[at : at + _AGE_TOKENS + 1]
    if len(after) < _AGE_TOKENS or after[0].text not in (",", "("):
        return None
    told = after[2:] if after[1].lower in words.aged else after[1:]  # "Semira, di quattro anni, …"
    number = _number_at(document, told[0]) if len(told) > 1 else None
    years = len(told) > 1 and told[1].lower in words.years and after[0].text == ","
    ends = years or (len(told) > 1 and told[0].text.isdigit() and told[1].text in (",", ")", "."))
    return number if ends and number is not None and number < _OLDEST else None


def _number_at(document: Document, token: Token) -> int | None:
    """A number in digits or letters."""
    if token.text.isdigit():
        return int(token.text)
    number, atoms = Sum(), word_atoms(token.lower, document.language) if token.upos == "NUM" else None
    return int(number.value) if atoms and all(number.add(kind, value) for kind, value in atoms) else None


def _number_before(document: Document, i: int) -> int | None:
    before = (t.text.split("-")[0] for t in reversed(document.tokens[max(i - 6, 0) : i]))
    return next((int(digits) for digits in before if digits.isdigit()), None)


def _reversed(table: Mapping[str, list[str]], endings: Mapping[str, str] | None = None) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, entries in table.items():
        for form in (each for entry in entries for f in expand(entry) for each in _plurals(f.lower(), endings or {})):
            found.setdefault(form, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def _plurals(word: str, endings: Mapping[str, str]) -> Iterator[str]:
    """A noun and what it may be in the plural, for plurals whose lemma is not found: "pescherecci"."""
    yield word
    for one, many in endings.items():
        if word.endswith(one):
            yield from (word[: len(word) - len(one)] + ending for ending in many.split())
            return


def _sides(table: Mapping[str, str], which: int, endings: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Of rows "those < these" the sorts of each noun on one side."""
    found: dict[str, set[str]] = {}
    for sort, row in table.items():
        for word in [*row.split("<"), ""][which].split():
            for form in _plurals(word, endings):
                found.setdefault(form, set()).add(sort)
    return {word: frozenset(sorts) for word, sorts in found.items()}


def _after(table: Mapping[str, str], endings: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Of rows "those < these" all of these for each of those."""
    found: dict[str, set[str]] = {}
    for row in table.values():
        first, _, last = row.partition("<")
        for word in first.split():
            for form in _plurals(word, endings):
                found.setdefault(form, set()).update(last.split())
    return {word: frozenset(told) for word, told in found.items()}


def _words(table: Mapping[str, str]) -> frozenset[str]:
    return frozenset(word for row in table.values() for word in row.split())


def _forms(entries: list[str]) -> frozenset[str]:
    return frozenset(form.lower() for entry in entries for form in expand(entry))


def _split(table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {str(word).lower(): frozenset(str(value).split()) for word, value in table.items()}


@cache
def referring(tag: str) -> Referring:
    """The words of a language; none where it has no such table."""
    table: dict[str, Any] = languages.load(tag).table("lexicon/references")
    things: dict[str, Any] = languages.load(tag).table("lexicon/things")
    endings: dict[str, str] = things.get("plurals", {})
    people = table.get("people", {})
    genders = table.get("genders", {})
    return Referring(
        neutral=_forms(people.get("neutral", [])),
        grammatical=_forms(people.get("grammatical", [])),
        epicene=_forms(people.get("epicene", [])),
        ages=tuple(people.get("ages", ())),
        years=_forms(people.get("years", [])),
        partisans=_forms(people.get("partisans", [])),
        locals={form.lower(): code for code, entries in table.get("locals", {}).items() for form in _forms(entries)},
        accused=_forms(people.get("accused", [])),
        young=_forms(people.get("young", [])),
        collective=tuple(people.get("collective", ())),
        genders=dict.fromkeys(_forms(genders.get("feminine", [])), "f")
        | dict.fromkeys(_forms(genders.get("masculine", [])), "m"),
        unmarked=tuple(genders.get("unmarked", ())) or ("\0",),
        compatriots=_forms(people.get("compatriots", [])),
        either=_forms(people.get("either", [])),
        feminine_endings=tuple(genders.get("feminine_endings", ())) or ("\0",),
        masculine_endings=tuple(genders.get("masculine_endings", ())) or ("\0",),
        hypernyms=_split(table.get("hypernyms", {})),
        organizations=_reversed(table.get("organizations", {})),
        tables=_split(table.get("tables", {})),
        parts=_reversed(table.get("parts", {})),
        signs={k: _forms(v) for k, v in table.get("signs", {}).items()},
        pairs={k: _forms(v) for k, v in table.get("pairs", {}).items()},
        regions={frozenset(k.split()): frozenset(v.split()) for k, v in table.get("regions", {}).items()},
        inverse=_split(table.get("inverse", {})),
        couples=table.get("couples", {}),
        agents=tuple(people.get("agents", ())) or ("\0",),
        always_people=tuple(people.get("always_people", ())) or ("\0",),
        tellers=_forms(people.get("no_agents", [])),
        **_of_people(people, table.get("deeds", {})),
        numbers=tuple(people.get("numbers", ())) or ("\0",),
        lost_vowels=tuple(people.get("lost_vowels", ("",))),
        origins=tuple(people.get("origins", ())) or ("\0",),
        callings=_split(table.get("callings", {})),
        trades=_reversed(table.get("trades", {}), endings),
        trades_within=_reversed(table.get("trades_within", {}), endings),
        addressed={str(title): str(noun) for title, noun in table.get("addressed", {}).items()},
        aging=_forms(people.get("aging", [])),
        apart=tuple(tuple(frozenset(each.split("|")) for each in row) for row in table.get("apart", {}).values()),
        **_of_things(things, endings),
        staffs=_reversed(table.get("staffs", {})),
        staffed=_reversed(table.get("staffed", {})),
        counts=_forms(people.get("counts", [])),
        lands=_forms(table.get("objects", {}).get("lands", [])),
        clitics={k: _forms(v) for k, v in table.get("objects", {}).items()},
        subjects={k: _forms(v) for k, v in table.get("subjects", {}).items()},
    )


def _of_things(things: Mapping[str, Any], endings: Mapping[str, str]) -> dict[str, Any]:
    """What ``lexicon/things.toml`` says."""
    return dict(  # noqa: C408  (as names, not as strings, which would be human words)
        things=_sides(things.get("sorts", {}), 0, endings),
        narrower=_sides(things.get("sorts", {}), 1, endings),
        crowds=_sides(things.get("crowds", {}), 0, endings),
        many=_words(things.get("any", {})),
        crews=_words(things.get("crews", {})),
        vague=_words(things.get("vague", {})),
        contrasts=_words(things.get("contrasts", {})),
        materials=_words(things.get("materials", {})),
        numberless=_words(things.get("numberless", {})),
        did=_after(things.get("did", {}), endings),
        suffered=_after(things.get("suffered", {}), endings),
        members=_after(things.get("members", {}), endings),
    )


def _of_people(people: Mapping[str, Any], deeds: Mapping[str, Any]) -> dict[str, Any]:
    """Nouns for people by what befell them and what others do."""
    return dict(  # noqa: C408
        generic=_forms(people.get("generic", [])),
        suspects=_forms(people.get("suspects", [])),
        victims=_forms(people.get("victims", [])),
        charging=_forms(deeds.get("charging", [])),
        harming=_forms(deeds.get("harming", [])),
        dying=_forms(deeds.get("dying", [])),
        bridging=_forms(people.get("bridging", [])),
        likening=_forms(people.get("likening", [])),
        same=_forms(people.get("same", [])),
        according=_forms(people.get("according", [])),
        ousted=_forms(people.get("ousted", [])),
        old=_forms(people.get("old", [])),
        aged=_forms(people.get("aged", [])),
        grown=_forms(people.get("grown", [])),
    )
