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
    ranked = _identifier().rank(text[:_SAMPLE])
    read = languages.available()
    best, probability = ranked[0]
    if best not in read and probability > _SURE and len(text) > _ENOUGH:
        raise UnknownLanguage(
            f"{name}: the text is in language {best!r}, which is not read; ultimora reads: {', '.join(read)} "
            "(--language TAG if that is wrong)"
        )
    return str(next(tag for tag, _ in ranked if tag in read))
