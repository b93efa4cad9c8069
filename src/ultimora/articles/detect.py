"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import Any

from ultimora import languages
from ultimora.errors import UnknownLanguage

_SAMPLE = 4000
_SURE = 0.9
_ENOUGH = 200


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)


def detect_language(text: str, name: str) -> str:
    """The tag of the language of a text among those that are read.

    Raises:
        UnknownLanguage: the text is long enough to tell, and is surely in another one.
    """
    best, sure, ranked = _judged(text)
    read = languages.available()
    if best not in read and sure:
        raise UnknownLanguage(
            f"{name}: the text is in language {best!r}, which is not read; ultimora reads: {', '.join(read)} "
            "(--language TAG if that is wrong)"
        )
    return next(tag for tag in ranked if tag in read)


def _judged(text: str) -> tuple[str, bool, list[str]]:
    """The likeliest language, whether that is sure, and all in order of likelihood."""
    ranked = _identifier().rank(text[:_SAMPLE])
    best, probability = ranked[0]
    return str(best), bool(probability > _SURE and len(text) > _ENOUGH), [str(tag) for tag, _ in ranked]


def language_of_page(declared: str | None, text: str, name: str) -> tuple[str, str | None]:
    """The language of a page's text, and a doubt where the page declares another than its text is surely in.

    Raises:
        UnknownLanguage: it is in one that is not read.
    """
    read = languages.available()
    base = (declared or "").lower().split("-")[0]
    best, sure, _ = _judged(text)
    if base and base not in read and not (sure and best in read):
        raise UnknownLanguage(
            f"{name}: the page is in language {base!r}, which is not read; ultimora reads: {', '.join(read)} "
            "(--language TAG if that is wrong)"
        )
    if not base or (sure and best != base):
        found = detect_language(text, name)
        return found, f"the page declares language {declared!r}, its text is in {found!r}" if base else None
    return base, None
