"""Who of several with one surname is meant by it alone: "the elder Soros", "Cruz" after "his wife, Heidi Cruz"."""

from __future__ import annotations

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.names import Name
from ultimora.documents.entities.registry import Draft

_OFTEN = 3
"""So many times somebody goes by the surname alone before it stays his, whoever else of the name is mentioned."""


def words_of(context: Context, name: Name) -> list[str]:
    """The words of a name, without what one is addressed by."""
    tokens = context.document.tokens[name.first : name.last]
    words = [t.text for t in tokens if any(c.isalpha() for c in t.text)]
    while len(words) > 1 and words[0].lower() in context.lexicon.honorifics:
        words = words[1:]
    return words


def shared_surname(context: Context, name: Name, words: list[str]) -> list[str]:
    """As in "Kevin e Loris Tassinari": the surname that two first names share."""
    other = context.phrases.at.get(name.last + 1)
    joined = context.document.tokens[name.last : name.last + 1]
    if other is None or other.first != name.last + 1 or other.known is not None or other.label != "PER":
        return []
    theirs = words_of(context, other)
    first = len(words) == 1 and context.gazetteer.lists(words[0])
    alone = context.people.find(words) is None or context.people.find(theirs) is context.people.find(words)
    return theirs[1:] if first and alone and joined[0].upos == "CCONJ" and len(theirs) == 2 else []


def of_generation(context: Context, name: Name, words: list[str]) -> Draft | None:
    """As in "the elder Soros", "Soros figlio": of two with one surname the first one told of, or the second."""
    beside = {t.lower for t in context.document.tokens[max(name.first - 1, 0) : name.last + 1]}
    told = [each for each in ("elder", "younger") if beside & context.referring.pairs.get(each, frozenset())]
    two = context.people.bearers(words) if told else []
    return two[told[0] == "younger"] if len(two) == 2 else None


def mostly_meant(context: Context, name: Name, words: list[str], address: str) -> Draft | None:
    """As in "Cruz said", where Cruz is spoken of throughout and his wife, Heidi Cruz, only now: the one who goes by the
    surname, unless another has just been the subject by a full name.
    """
    many = context.people.bearers(words)
    if len(many) < 2:
        return None
    free = [d for d in many if not _is_relative(context, d)]
    if len(free) == 1 and {free[0].gender, address} != {"m", "f"}:
        return free[0]
    first, second = sorted(many, key=lambda d: -_alone(context, name, d))[:2]
    told = _alone(context, name, first)
    if told < _OFTEN or told < 2 * _alone(context, name, second) or {first.gender, address} == {"m", "f"}:
        return None
    return None if any(_is_subject_near(context, name, d) for d in many if d is not first) else first


def _is_relative(context: Context, draft: Draft) -> bool:
    """Whether somebody is brought in as another's: "Wanjiru's brother, Paul Wanjiru", "his wife, Heidi"."""
    document = context.document
    for token in (document.tokens[i] for i in draft.heads[:_OFTEN]):
        governor = document.head(token) if token.deprel == "appos" else None
        beside = [*document.children(token, "nmod", "compound", "appos"), *([governor] if governor is not None else [])]
        whose = [t for t in beside if document.children(t, "nmod:poss", "det:poss", "nmod")]
        if any((office := context.lexicon.office_of(document, t)) and office[1] == "kin" for t in whose):
            return True
    return False


def _alone(context: Context, name: Name, draft: Draft) -> int:
    """How often somebody has been spoken of by the surname alone before a name."""
    at = context.document.tokens[name.first].start
    return sum(m.form == "name" and m.start < at and " " not in m.text for m in draft.mentions.values())


def _is_subject_near(context: Context, name: Name, draft: Draft) -> bool:
    tokens = context.document.tokens
    before = (tokens[i] for i in draft.heads if i < name.first)
    near = (t for t in before if tokens[name.first].sentence - t.sentence <= 1)
    return any(t.deprel.startswith("nsubj") for t in near)
