"""Acronyms that an article gives by itself, and the names that they stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.names import Name

_SHORTEST_ACRONYM = 2
_LONGEST_ACRONYM = 8
_SURE_ACRONYM = 3
_LONGEST_FORM = 9


def acronyms_of(context: Context) -> dict[str, str]:
    """Acronyms that the text itself gives: "Ceasefire Violations Committee (CFVC)", or that a long form spells."""
    tokens, found = context.document.tokens, {}
    long_forms = {n.last: n for n in context.names if n.known is None and n.label != "PER"}
    spelled = {initials: n for n in long_forms.values() if len(initials := _initials(context, n)) >= _SURE_ACRONYM}
    known = [n for n in context.names if n.known is not None and n.known.sort == "name" and n.last - n.first > 1]
    spelled |= {initials: n for n in known if len(initials := _initials(context, n)) >= _SURE_ACRONYM}
    bracketing = long_forms | {n.last: n for n in known}
    for name in context.names:
        before, text = name.first - 1, name.text(context.document)
        if not _is_acronym(text):
            continue
        bracketed = before > 0 and tokens[before].text == "("
        long = bracketing.get(before) if bracketed else None
        if long is not None and not _stands_for(context, text, long):
            long = None
        long = long or (_cut_long(context, text, before, long_forms) if bracketed else None)
        spelling = spelled.get(text)
        told = spelling is not None and (name.known is None or _known_name(spelling) != name.known.name)
        long = long or (spelling if told else None)
        if long is not None:
            found[text] = " ".join(long.text(context.document).split())
    return found


def _cut_long(context: Context, text: str, end: int, long_forms: dict[int, Name]) -> Name | None:
    """A long form of which the model took only the beginning: "[Agenzia regionale] per l'ambiente (Arpa)"."""
    for last in range(end - 1, max(end - _LONGEST_FORM, 0), -1):
        name = long_forms.get(last)
        if name is not None:
            words = [t.text for t in context.document.tokens[name.first : end]]
            same = context.document.tokens[name.first].sentence == context.document.tokens[end].sentence
            return name if same and len(text) >= _SURE_ACRONYM and _spells(text, words) else None
    return None


def _is_acronym(text: str) -> bool:
    letters = text.replace(".", "")
    return _SHORTEST_ACRONYM <= len(letters) <= _LONGEST_ACRONYM and letters[:1].isupper() and " " not in text


def _initials(context: Context, name: Name) -> str:
    """The capitals that a name's words begin with."""
    tokens = context.document.tokens[name.first : name.last]
    return "".join(t.text[0] for t in tokens if t.text[0].isupper()) if len(tokens) > 1 else ""


def _stands_for(context: Context, text: str, long: Name) -> bool:
    words = [t.text for t in context.document.tokens[max(long.first - 1, 0) : long.last]]
    rest = iter("".join(words[1:]).lower())
    shortened = text[0].lower() == words[1][0].lower() and all(c in rest for c in text.lower())
    return _spells(text, words) or _spells(text, words[1:]) or (len(text) > _SURE_ACRONYM and shortened)


def _spells(acronym: str, words: Sequence[str]) -> bool:
    initials = "".join(w[0] for w in words if w[0].isalpha()).lower()
    letters = acronym.replace(".", "").lower()
    if len(letters) >= _SURE_ACRONYM and not Counter(letters) - Counter(initials):
        return True  # in another language's order, too: "Forze di supporto rapido (Rsf)"
    return letters[:1] == initials[:1] and sum(c in initials for c in letters) >= len(letters) - 1


def _known_name(name: Name) -> str:
    return name.known.name if name.known is not None else ""
