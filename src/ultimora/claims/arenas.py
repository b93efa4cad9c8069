"""Where no event of a type happens in earnest: in games, and in accidents and disasters that nobody brought about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ultimora import languages
from ultimora.claims.frames import frame
from ultimora.claims.kinds import is_any_of
from ultimora.claims.rules import Trigger
from ultimora.claims.syntax import is_verb, lemma
from ultimora.claims.trees import lemmas_of
from ultimora.types import Document, Token

_OFTEN = 4
_PUBLIC = ("#state", "#body", "#office", "#armed", "#outlet")


def is_played(document: Document, token: Token, trigger: Trigger) -> bool:
    """Whether the sentence speaks of a game, in which nobody is attacked, bought or sent on a mission in earnest."""
    arenas = _arenas(document.language)
    earnest = trigger.event_type in arenas.real or lemma(token) in arenas.real
    if earnest and lemma(token) not in arenas.feigned:
        return False
    known: dict[str, dict[int, bool]] = vars(document)
    seen = known.setdefault("_played", {})
    if token.sentence not in seen:
        inside = lemmas_of([t for t in document.sentence_tokens(token.sentence) if not _is_elsewhere(document, t)])
        seen[token.sentence] = bool(inside & arenas.words) or _is_about_games(document)
    return seen[token.sentence]


def _is_elsewhere(document: Document, token: Token) -> bool:
    """As in "strikers", "the Arab League", "FIFA suspended Kenya": a word of games that stands for workers, for another
    body, or for whoever rules over the game.
    """
    arenas = _arenas(document.language)
    before = document.tokens[token.i - 1].lower if token.i else ""
    other = {token.lower, f"{before} {token.lower}"} & arenas.elsewhere
    return bool(other) or (token.deprel == "nsubj" and lemma(token) in arenas.governing)


def is_private(document: Document, token: Token, trigger: Trigger) -> bool:
    """As in "the plumber turned off the tap": one private person acts, and no state, body or office is spoken of."""
    arenas = _arenas(document.language)
    if trigger.event_type not in arenas.public or not is_verb(token):
        return False
    subjects = [t for t in frame(document, token).subjects if t.i != token.i]
    if not subjects or any(lemma(t) not in arenas.private for t in subjects):
        return False
    others = [t for t in document.sentence_tokens(token.sentence) if lemma(t) not in arenas.private]
    return not any(is_any_of(document, t, _PUBLIC) for t in others)


def is_mishap(document: Document, token: Token) -> bool:
    """Whether people came to harm by accident or nature: its words stand there or in the title, and none of force."""
    mishaps = _mishaps(document.language)
    if lemma(token) not in mishaps.verbs or not is_verb(token):
        return False
    subjects = [t for t in frame(document, token).subjects if t.i != token.i]
    if any(not lemmas_of([t, *document.children(t, "compound", "amod")]) & mishaps.words for t in subjects):
        return False
    here, title = (lemmas_of(tokens) for tokens in (document.sentence_tokens(token.sentence), _title(document)))
    told = here if here & mishaps.words else title
    return bool(told & mishaps.words) and not (here | told) & mishaps.harm


def _title(document: Document) -> list[Token]:
    return [t for s in document.sentences if s.part == "title" for t in document.sentence_tokens(s.id)]


@dataclass(frozen=True)
class Mishaps:
    """``[mishaps]`` of the event lexicon: words of accidents and nature, verbs of harm, and words of force."""

    words: frozenset[str]
    verbs: frozenset[str]
    harm: frozenset[str]


@cache
def _mishaps(language: str) -> Mishaps:
    return Mishaps(*_lists(language, "mishaps", "words", "verbs", "harm"))


def _lists(language: str, table: str, *names: str) -> Iterator[frozenset[str]]:
    """Lists of words of a table of the event lexicon; empty where the language has none."""
    found = languages.load(language).table("lexicon/events").get(table, {})
    return (frozenset(found.get(name, ())) for name in names)


def _is_about_games(document: Document) -> bool:
    """Whether the title and the whole article speak of a game again and again."""
    known: dict[str, bool] = vars(document)
    if "_games" not in known:
        arenas = _arenas(document.language)
        every = arenas.words | arenas.around
        titled, whole = lemmas_of(_title(document)) & every, lemmas_of(document.tokens) & every
        known["_games"] = bool(titled) and len(whole) >= _OFTEN and bool(whole & arenas.words)
    return known["_games"]


@dataclass(frozen=True)
class Arenas:
    """``[arenas]`` of the event lexicon: words of games, the verbs and event types that are real even there, words
    that only together with others tell of a game, and those that are never in earnest in one.
    """

    words: frozenset[str]
    real: frozenset[str]
    around: frozenset[str]
    feigned: frozenset[str]
    elsewhere: frozenset[str]
    governing: frozenset[str]
    private: frozenset[str]
    public: frozenset[str]


@cache
def _arenas(language: str) -> Arenas:
    return Arenas(
        *_lists(language, "arenas", "words", "real", "around", "feigned", "elsewhere", "governing", "private", "public")
    )
