"""The lists of a language that both what mends a parse and what reads it go by."""

from __future__ import annotations

from functools import cache

from ultimora import languages
from ultimora.documents.parser import WordAnalysis

_NOUNS = frozenset({"NOUN", "PROPN"})
HARMLESS = frozenset({"election", "verdict", "hearing", "resignation", "launch", "death"})
"""Happenings that nobody comes to harm by."""
_HARM = ("killed", "injured", "missing")


@cache
def words(language: str, section: str, key: str) -> frozenset[str]:
    """A list of words out of ``lexicon/syntax.toml``."""
    return frozenset(languages.load(language).table("lexicon/syntax").get(section, {}).get(key, ()))


@cache
def relays(language: str) -> dict[str, str]:
    """Nouns that only carry a relation ("in the face of", "nei confronti di") with the marker that they stand for."""
    found: dict[str, str] = languages.load(language).table("lexicon/syntax").get("relays", {})
    return found


@cache
def happenings(language: str) -> frozenset[str]:
    """Nouns for what happens (``lexicon/events.toml``)."""
    return frozenset(languages.load(language).table("lexicon/events").get("nouns", ()))


def is_event(word: WordAnalysis, language: str) -> bool:
    """Whether a word is a noun for what happens."""
    return word.upos in _NOUNS and word.lemma.lower() in happenings(language)


@cache
def harm(language: str, key: str) -> frozenset[str]:
    """Words of harm (``lexicon/counts.toml``): ``of`` those who come to it, ``tolls`` their sum, ``predicates``."""
    counts = languages.load(language).table("lexicon/counts")
    return frozenset(word for kind in _HARM for word in counts.get(kind, {}).get(key, ()))


@cache
def causes(language: str) -> frozenset[str]:
    """What people come to harm by: "blast", "terremoto" (``lexicon/happenings.toml``)."""
    table = languages.load(language).table("lexicon/happenings")
    return frozenset(word for name, listed in table.items() if name not in HARMLESS for word in listed)


@cache
def bodies(language: str) -> frozenset[str]:
    """Names of those who speak for the public: "the police", "la protezione civile" (``lexicon/bodies.toml``)."""
    return frozenset(name for names in languages.load(language).table("lexicon/bodies").values() for name in names)


@cache
def attending(language: str, key: str) -> frozenset[str]:
    """Words for how many came (``lexicon/counts.toml``): ``gatherings``, ``turnouts``, ``of``; ``people`` at large."""
    counts = languages.load(language).table("lexicon/counts")
    return frozenset(counts.get("people", ()) if key == "people" else counts.get("attending", {}).get(key, ()))


@cache
def saying(language: str) -> frozenset[str]:
    """Verbs that may have a clause for what is said (``lexicon/sayings.toml``)."""
    groups = languages.load(language).table("lexicon/sayings").get("verbs", ())
    return frozenset(verb for group in groups if "clause" in group["frames"] for verb in group["lemmas"])


@cache
def speech(language: str) -> frozenset[str]:
    """Verbs of speech of any kind ("accusing", "blaming")."""
    groups = languages.load(language).table("lexicon/sayings").get("verbs", ())
    return frozenset(verb for group in groups for verb in group["lemmas"])


@cache
def telling(language: str) -> frozenset[str]:
    """Nouns that may have a clause for what is said: "claim", "notizia" (``lexicon/sayings.toml``)."""
    return frozenset(languages.load(language).table("lexicon/sayings").get("nouns", ()))


@cache
def citing(language: str) -> frozenset[str]:
    """As in "…, citing a statement": whose words they are is looked for where the parser hangs it."""
    return frozenset(languages.load(language).table("lexicon/sayings").get("words", {}).get("citing", ()))
