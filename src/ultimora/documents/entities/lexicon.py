"""The words of a language for offices, kinds of actors, metonyms and pronouns, compiled once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from ultimora import languages
from ultimora.documents.entities.shape import is_indefinite
from ultimora.types import Document, Token

_NEAR = 4
_REACH = 4
_BACK = 2
_TELLS = frozenset({"nsubj", "iobj", "obl:agent", "obl"})


@dataclass(frozen=True)
class Lexicon:
    """Compiled lexicons; every word is in lower case. ``kinds`` and ``offices`` know phrases, too."""

    home: str | None
    offices: Mapping[str, str]
    office_states: Mapping[str, str]
    nicknames: Mapping[str, str]
    former: frozenset[str]
    dead: frozenset[str]
    bare: frozenset[str]
    elect: frozenset[str]
    acting: frozenset[str]
    honorifics: frozenset[str]
    addresses: Mapping[str, str]
    appointed: frozenset[str]
    kinds: Mapping[str, str]
    doubtful: Mapping[str, str]
    broadcasts: frozenset[str]
    capitalised: frozenset[str]
    never: frozenset[str]
    partisans: frozenset[str]
    never_determined: frozenset[str]
    qualifiers: frozenset[str]
    collective: frozenset[str]
    anonymous: frozenset[str]
    always_anonymous: frozenset[str]
    unnamed: frozenset[str]
    according: frozenset[str]
    informed: frozenset[str]
    unnaming: frozenset[str]
    portfolios: frozenset[str]
    links: frozenset[str]
    means: frozenset[str]
    told: frozenset[str]
    domestic: frozenset[str]
    ties: frozenset[str]
    personal: Mapping[str, tuple[str, str]]
    things: Mapping[str, tuple[str, str]]
    possessive: Mapping[str, tuple[str, str]]
    clitics: Mapping[str, tuple[str, str]]
    datives: Mapping[str, tuple[str, str]]
    agreeing: frozenset[str]
    endings: Mapping[str, str]
    partitives: frozenset[str]
    idle_partitives: frozenset[str]
    some: frozenset[str]
    bodies_are_many: bool
    idle: frozenset[str]
    idle_with_clause: frozenset[str]
    speaker: Mapping[str, tuple[str, str]]
    enclitics: tuple[str, ...]
    hosts: tuple[str, ...]
    said: frozenset[str]
    relative: frozenset[str]
    of_people: frozenset[str]
    reflexive: frozenset[str]
    telling: frozenset[str]
    tells: frozenset[str]
    speaking: frozenset[str]
    pro_drop: bool
    bare_headlines: bool
    aliases: Mapping[str, str]
    chiefs: frozenset[str]
    seats: Mapping[str, str]
    letters: Mapping[str, str]
    leads: Mapping[str, str]
    things_named: frozenset[str]
    papers: frozenset[str]
    paper_ends: frozenset[str]
    paper_starts: frozenset[str]
    vessels: frozenset[str]
    platforms: frozenset[str]
    affiliations: Mapping[str, str]
    member: str
    metonyms: Mapping[str, frozenset[str]]
    prepositions: Mapping[str, str]
    articles_before_state: bool

    def office_of(self, document: Document, token: Token) -> tuple[str, str] | None:
        """The office that a noun heads, and its group: the longest phrase that is one."""
        return _phrase(document, token, self.offices, "offices", self._office_begins)

    def kind_of(self, document: Document, token: Token) -> tuple[str, str] | None:
        """The phrase that a noun heads and the kind of actor that it stands for."""
        found = _phrase(document, token, self.kinds, "kinds", self._kind_begins)
        if found is not None and found[0] in self.capitalised and not token.text[:1].isupper():
            return None  # "a house in the suburbs"
        if found is None or found[0] not in self.doubtful or self._airs(document, token):
            return found
        other = self.doubtful[found[0]]
        return (found[0], other) if other else None

    def _airs(self, document: Document, token: Token) -> bool:
        """Whether a station, channel, network or site is one of news: it says so, tells or is told, or has a name."""
        above = document.head(token)
        verb = above.lemma.lower() if above is not None and above.upos == "VERB" else ""
        below = document.children(token, "amod", "compound", "nmod", "appos", "flat")
        of_thing = token.deprel == "obl" and above is not None and below and document.children(above, "obj")
        told = verb in self.tells if token.deprel == "obj" else verb in self.telling and token.deprel in _TELLS
        if told and not of_thing:  # "conferma danni al sito di Natanz": what is there is told, nobody is told
            return True
        if any(_any(child, self.broadcasts) for child in below):
            return True
        return any(c.upos == "PROPN" and c.i > token.i and not document.children(c, "case") for c in below)

    @cached_property
    def _office_begins(self) -> frozenset[str]:
        return _begins(self.offices)

    @cached_property
    def _kind_begins(self) -> frozenset[str]:
        return _begins(self.kinds)

    def is_source(self, document: Document, token: Token) -> bool:
        """Whether a noun may stand for somebody who speaks without a name."""
        if self.unnaming and _asks(document, token, self.unnaming):
            return True
        if any(_any(child, self.unnaming) for child in document.children(token, "amod")):
            return True  # "an unnamed banker"
        if _any(token, self.unnamed):
            verb = document.head(token)
            if verb is not None and token.deprel == "nsubj" and verb.lemma.lower() in self.telling:
                return True  # "Due persone presenti hanno riferito"
            before = document.tokens[max(document.sentences[token.sentence].first, token.i - _NEAR) : token.i]
            if document.children(token, "acl") and any(t.lower in self.according for t in before):
                return True  # "according to two people who attended"
            return any(_any(child, self.informed) for child in document.children(token, "amod", "acl", "nmod"))
        return _any(token, self.anonymous) or self._is_informed(document, token)

    def _is_informed(self, document: Document, token: Token) -> bool:
        """As in "a banker close to the deal", "un medico a conoscenza dei fatti": somebody who is told by no name."""
        after = document.tokens[token.i + 1 : token.i + 3]
        informed = bool(after) and (
            _any(after[0], self.informed) or (after[0].upos == "ADP" and _any(after[-1], self.informed))
        )
        kind = self.kind_of(document, token) if informed and token.upos == "NOUN" else None
        return kind is not None and kind[1] == "person" and is_indefinite(document, token)

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Single words for companies and outlets, which may stand right before a name: "Insurer Northgate"."""
        return frozenset(w for w, kind in self.kinds.items() if kind in ("organization", "outlet") and " " not in w)

    @cached_property
    def office_words(self) -> frozenset[str]:
        """Single words that are offices, for titles before names."""
        return frozenset(word for word in self.offices if " " not in word) | self.honorifics


def _begins(table: Mapping[str, str]) -> frozenset[str]:
    """All beginnings of the phrases of a table, by which most of what a noun stands in is ruled out."""
    return frozenset(phrase[:end] for phrase in table for end in range(1, len(phrase) + 1))


def _phrase(
    document: Document, token: Token, table: Mapping[str, str], name: str, begins: frozenset[str]
) -> tuple[str, str] | None:
    known: dict[int, tuple[str, str] | None] = document.memory[name]
    if token.i not in known:
        known[token.i] = _found(document, token, table, document.memory[name, "phrases"], begins)
    return known[token.i]


def _found(
    document: Document,
    token: Token,
    table: Mapping[str, str],
    phrases: dict[int, Sequence[tuple[int, int, str]]],
    begins: frozenset[str],
) -> tuple[str, str] | None:
    """What a noun heads; ``phrases``, by the sentence in which they stand, is filled as far as it is needed."""
    sentence = document.sentences[token.sentence]
    if sentence.id not in phrases:
        own = document.sentence_tokens(sentence)
        phrases[sentence.id] = [(t.i, *each) for t in own for each in _phrases_from(document, t, table, begins)]
    high = min(sentence.last, token.i + _REACH)
    for first, last, phrase in phrases[sentence.id]:
        if token.i - _BACK <= first <= token.i <= last < high:
            inside = first <= token.head <= last and token.head != token.i
            return None if inside else (phrase, table[phrase])
    for word in (token.lower, token.lemma.lower(), token.lower.rpartition("-")[2]):
        if word in table:
            return word, table[word]
    return None


def _phrases_from(
    document: Document, first: Token, table: Mapping[str, str], begins: frozenset[str]
) -> Sequence[tuple[int, str]]:
    """The phrases of several words that begin with a token, with their last tokens, the longest first."""
    found: list[tuple[int, str]] = []
    if first.lower not in begins:
        return found
    for last in document.tokens[first.i + 1 : min(document.sentences[first.sentence].last, first.i + _BACK + _REACH)]:
        said = " ".join(document.text[first.start : last.end].lower().split())
        if said not in begins:
            break
        if said in table:
            found.append((last.i, said))
    return found[::-1]


def _any(token: Token, words: frozenset[str]) -> bool:
    return token.lower in words or token.lemma.lower() in words


def expand(entry: str) -> Iterator[str]:
    """The forms of an entry: "ministro/a/i", "president/+s", "capo/i di Stato".

    An ending follows "/": with "+" it is added to the word before it, else it takes the place of its last letter.
    """
    base, _, endings = entry.partition("/")
    if not endings:
        yield base
        return
    endings, _, rest = endings.partition(" ")
    rest = f" {rest}" if rest else ""
    yield base + rest
    for ending in endings.split("/"):
        yield _joined(base, ending) + rest


def _joined(base: str, ending: str) -> str:
    if ending.startswith("+"):
        return base + ending[1:]
    stem = base[:-1]
    return stem if stem.endswith(ending) else stem + ending


def _words(entries: Iterable[str]) -> frozenset[str]:
    return frozenset(form.lower() for entry in entries for form in expand(entry))


def _grouped(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for group, entries in table.items():
        for entry in entries:
            for form in expand(entry):
                found.setdefault(form.lower(), group)
    return found


def _traits(table: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    return {word: (value.split()[0], value.split()[1]) for word, value in table.items()}


def _asks(document: Document, token: Token, words: frozenset[str]) -> bool:
    """As in "two jurors who asked not to be identified", "un testimone che chiede l'anonimato"; not of whom another
    speaks: "il ministero, citato dall'agenzia".
    """
    for clause in document.children(token, "acl"):
        below = [clause, *document.children(clause)]
        below += [t for c in document.children(clause, "xcomp", "ccomp", "obl", "obj") for t in document.children(c)]
        if any(_any(t, words) and not document.children(t, "obl:agent") for t in below):
            return True
    return False


def _telling(sayings: Mapping[str, Any]) -> frozenset[str]:
    """The verbs that may stand with a quotation."""
    rows = (row for row in sayings.get("verbs", ()) if "quote" in row["frames"])
    return frozenset(lemma for row in rows for lemma in row["lemmas"])


@cache
def lexicon(tag: str) -> Lexicon:
    """The lexicon of a language."""
    language = languages.load(tag)
    offices: dict[str, Any] = language.table("lexicon/offices")
    nominals: dict[str, Any] = language.table("lexicon/nominals")
    pronouns: dict[str, Any] = language.table("lexicon/pronouns")
    metonyms = language.table("lexicon/metonyms")
    words = {name: _words(offices["words"][name]) for name in offices["words"]}
    return Lexicon(
        home=offices.get("home"),
        offices=_grouped(offices["offices"]),
        office_states=offices["states"],
        nicknames=offices["nicknames"],
        former=words["former"],
        bare=words.get("bare", frozenset()),
        dead=words.get("dead", frozenset()),
        elect=words["elect"],
        acting=words["acting"],
        honorifics=words["honorifics"],
        addresses=dict.fromkeys(words["feminine"], "f") | dict.fromkeys(words["masculine"], "m"),
        appointed=words["appointed"],
        kinds=_grouped(nominals["kinds"]),
        doubtful=nominals.get("doubtful_outlets", {}),
        capitalised=_words(nominals["names"].get("capitalised", ())),
        broadcasts=_words(nominals["names"].get("broadcasts", ())),
        partisans=_words(language.table("lexicon/references").get("people", {}).get("partisans", ())),
        never_determined=_words(nominals["names"].get("never_determined", ())),
        qualifiers=words["qualifiers"],
        anonymous=_words(nominals["sources"]["anonymous"]),
        always_anonymous=_words(nominals["sources"]["always"]),
        unnamed=_words(nominals["sources"]["unnamed_person"]),
        according=_words(nominals["sources"].get("according", ())),
        unnaming=_words(nominals["sources"].get("unnaming", ())),
        informed=_words(nominals["sources"]["informed"]),
        ties=_words(nominals["links"].get("ties", ())),
        links=_words(nominals["links"]["of"]),
        means=_words(nominals["links"].get("means", ())),
        told=_words(nominals["links"].get("told", ())),
        **_of_pronouns(pronouns),
        **_of_names(nominals["names"]),
        bare_headlines=bool(offices["words"].get("bare_headlines")),
        pro_drop=bool(language.table("lexicon/sayings").get("words", {}).get("pro_drop")),
        telling=_telling(language.table("lexicon/sayings")),
        tells=_words(language.table("lexicon/sayings").get("medium", {}).get("tells", ())),
        aliases=offices.get("aliases", {}),
        chiefs=_words(offices["words"].get("chiefs", ())),
        seats=offices.get("seats", {}),
        letters=offices.get("letters", {}),
        leads=offices.get("leads", {}),
        platforms=frozenset(language.table("lexicon/sayings").get("medium", {}).get("platforms", ())),
        affiliations=offices.get("affiliations", {}),
        member=str(offices.get("member", "")),
        metonyms={k: frozenset(v) for k, v in metonyms.items() if isinstance(v, list)},
        prepositions={form: word for word, forms in metonyms.get("prepositions", {}).items() for form in forms.split()},
        articles_before_state=bool(metonyms.get("articles_before_state")),
    )


def _of_names(names: Mapping[str, Any]) -> dict[str, Any]:
    """What tells names apart: how those of outlets begin and end, which words are none, which tell no calling."""
    return dict(  # noqa: C408  (as names, not as strings, which would be human words)
        paper_starts=_words(names.get("paper_starts", ())),
        paper_ends=_words(names.get("paper_ends", ())),
        papers=_words(names.get("papers", ())),
        things_named=_words(names.get("things", ())),
        never=_words(names["never"]),
        portfolios=_words(names["portfolios"]),
        domestic=_words(names["domestic"]),
        collective=_words(names["collective"]),
        vessels=frozenset(names.get("vessels", ())),
    )


def _of_pronouns(pronouns: Mapping[str, Any]) -> dict[str, Any]:
    """What ``lexicon/pronouns.toml`` says."""
    enclitics = pronouns.get("enclitics", {})
    return dict(  # noqa: C408  (as names, not as strings, which would be human words)
        personal=_traits(pronouns["personal"]),
        things=_traits(pronouns["things"]),
        possessive=_traits(pronouns["possessive"]),
        datives=_traits(pronouns.get("datives", {})),
        speaker=_traits(pronouns.get("speaker", {})),
        enclitics=tuple(sorted(enclitics.get("words", ()), key=len, reverse=True)),
        hosts=tuple(enclitics.get("hosts", ())) or ("\0",),
        clitics=_traits(pronouns.get("clitics", {})),
        agreeing=_words(pronouns.get("agreement", {}).get("auxiliaries", ())),
        endings=pronouns.get("agreement", {}).get("endings", {}),
        partitives=_words(pronouns.get("partitive", {}).get("words", ())),
        idle_partitives=_words(pronouns.get("partitive", {}).get("idle", ())),
        some=_words(pronouns.get("partitive", {}).get("some", ())),
        bodies_are_many=bool(pronouns.get("many", {}).get("bodies")),
        idle=_words(pronouns.get("idle", {}).get("always", ())),
        idle_with_clause=_words(pronouns.get("idle", {}).get("with_clause", ())),
        speaking=_words(pronouns.get("speaking", {}).get("verbs", ())),
        relative=_words(pronouns.get("relative", {}).get("words", ())),
        of_people=_words(pronouns.get("relative", {}).get("of_people", ())),
        reflexive=_words(pronouns.get("relative", {}).get("reflexive", ())),
        said=_words(pronouns.get("propositional", {}).get("verbs", ())),
    )
