"""Turns the names of a document into entities: persons joined, acronyms tied, states told from places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.gazetteer import Known
from ultimora.documents.entities.names import Name
from ultimora.documents.entities.registry import Draft
from ultimora.types import EntityKind

_KINDS: dict[str, EntityKind] = {"ORG": "organization", "LOC": "place"}
_SHORTEST_ACRONYM = 2
_LONGEST_ACRONYM = 8


def gather_names(context: Context) -> None:
    """Every name becomes a mention of an entity; a demonym does not by itself."""
    labels = _labels(context)
    persons = [n for n in context.names if n.known is None and labels[n.text(context.document)] == "PER"]
    for name in sorted(persons, key=lambda n: (n.first - n.last, n.first)):
        _person(context, name)
    acronyms = _acronyms(context)
    for name in context.names:
        if name.known is not None:
            _known(context, name, name.known)
        elif name.first not in context.registry.by_token:
            _unknown(context, name, labels[name.text(context.document)], acronyms)


def _labels(context: Context) -> dict[str, str]:
    """One label for one spelling: the one that the model gives it most often in the article."""
    votes: dict[str, Counter[str]] = {}
    for name in context.names:
        if name.known is None:
            votes.setdefault(name.text(context.document), Counter())[name.label] += 1
    return {text: count.most_common(1)[0][0] for text, count in votes.items()}


def _words(context: Context, name: Name) -> list[str]:
    tokens = context.document.tokens[name.first : name.last]
    words = [t.text for t in tokens if any(c.isalpha() for c in t.text)]
    while len(words) > 1 and words[0].lower() in context.lexicon.honorifics:
        words = words[1:]
    return words


def _person(context: Context, name: Name) -> None:
    words = _words(context, name)
    if not words:
        return
    draft = context.people.find(words)
    if draft is None:
        draft = context.registry.add(Draft(_shown(context, name, words), "person"))
        draft.gender = context.gazetteer.genders.get(words[0], "")
        context.people.add(words, draft)
    draft.country = draft.country or _well_known(context, words)
    context.registry.mention(draft, name.first, name.last, "name")


def _shown(context: Context, name: Name, words: Sequence[str]) -> str:
    """A name as it is written, from its first word that is no title on."""
    text = " ".join(name.text(context.document).split())
    return text[text.find(words[0]) :]


def _well_known(context: Context, words: Sequence[str]) -> str | None:
    """The state of a person whom everybody knows, where neither the text nor a longer name says otherwise."""
    return context.gazetteer.leaders.get(" ".join(words))


def _known(context: Context, name: Name, known: Known) -> None:
    if known.sort == "people" or context.is_modifier(name):
        return
    if known.sort in ("country", "capital", "seat"):
        draft, metonym = _state_or_place(context, name, known)
        context.registry.mention(draft, name.first, name.last, "name", metonym=metonym)
        return
    group = "place" if known.sort == "place" else "name"
    draft = context.registry.draft((group, known.name), known.name, known.kind, known.country)
    context.registry.mention(draft, name.first, name.last, "name")


def _state_or_place(context: Context, name: Name, known: Known) -> tuple[Draft, bool]:
    if not context.reader.acts(name):
        shown = known.name if known.sort != "country" else context.gazetteer.names[known.country or ""]
        return context.registry.draft(("place", shown), shown, "place", known.country), False
    return acting(context, known), True


def acting(context: Context, known: Known) -> Draft:
    """Who acts when a state, a capital or a seat does."""
    stand_in = context.gazetteer.stand_ins.get(known.name) if known.sort == "capital" else None
    if stand_in:
        return context.registry.draft(("name", stand_in), stand_in, "organization")
    if known.sort not in ("country", "capital") or known.country is None:
        return context.registry.draft(("name", known.name), known.name, known.kind, known.country)
    return context.state(known.country)


def _unknown(context: Context, name: Name, label: str, acronyms: dict[str, str]) -> None:
    text = " ".join(name.text(context.document).split())
    kind = _KINDS.get(label, "other")
    key = acronyms.get(text, text).lower()
    place = _country_after(context, name) if kind == "place" else None
    draft = context.registry.draft(("place" if kind == "place" else "name", key), acronyms.get(text, text), kind)
    draft.country = draft.country or name.country or place
    context.registry.mention(draft, name.first, name.last, "name")


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


def _acronyms(context: Context) -> dict[str, str]:
    """Acronyms that the text itself gives after the long form: "Ceasefire Violations Committee (CFVC)"."""
    tokens, found = context.document.tokens, {}
    long_forms = {n.last: n for n in context.names}
    for name in context.names:
        before = name.first - 1
        text = name.text(context.document)
        if before < 1 or tokens[before].text != "(" or not _is_acronym(text):
            continue
        long = long_forms.get(before)
        if long is not None and long.known is None and _spells(text, long.text(context.document).split()):
            found[text] = " ".join(long.text(context.document).split())
    return found


def _is_acronym(text: str) -> bool:
    letters = text.replace(".", "")
    return _SHORTEST_ACRONYM <= len(letters) <= _LONGEST_ACRONYM and letters[:1].isupper() and " " not in text


def _spells(acronym: str, words: Sequence[str]) -> bool:
    initials = "".join(w[0] for w in words if w[0].isalpha()).lower()
    letters = acronym.replace(".", "").lower()
    return letters[:1] == initials[:1] and sum(c in initials for c in letters) >= len(letters) - 1
