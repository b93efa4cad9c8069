"""Which numbers of a sentence count what a claim speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ultimora.claims.kinds import is_any_of
from ultimora.claims.syntax import case_of, clause, cleft, is_passive, is_predicate, lemma
from ultimora.claims.tolls import is_outdated, numbers
from ultimora.documents.statements.syntax import covers, is_dated
from ultimora.documents.wordlists import attending, words
from ultimora.types import Document, Quantity, Span, Token

_LENGTHS = frozenset({"km", "m", "mi", "nmi", "ft", "yd"})


def quantities_of(document: Document, token: Token, carrier: Token | None) -> Sequence[str]:
    """The numbers in the trigger's own arguments, or those that it is the toll of."""
    tolls = numbers(document)
    if token.i in tolls:
        return tolls[token.i]
    if token.upos == "NOUN" and is_outdated(document, token):
        return ()
    own = {each.i for each in (token, carrier, cleft(document, token), _raised(document, token)) if each is not None}
    heads = _quantity_heads(document).get(token.sentence, ())
    told = {ident for each in tolls.values() for ident in each} if is_predicate(document, token) else ()
    apart = _said_apart(document, token)
    there = _turnout(document, token)
    return [
        ident
        for ident, head in heads
        if ident not in told
        and (_hangs_from(document, head, own) or (there is not None and _is_turnout(document, ident, head, there)))
        and not any(covers(span, head) for span in apart)
    ]


def _raised(document: Document, token: Token) -> Token | None:
    """As in "twelve are feared to have died": the subject that stands with the verb above, of which it is said."""
    above = document.head(token)
    if above is None or token.deprel not in ("ccomp", "xcomp") or document.children(token, "nsubj", "nsubj:pass"):
        return None
    if not is_passive(document, above) or not any(t.upos == "PART" for t in document.children(token, "mark")):
        return None
    said_of = document.head(above) if above.deprel == "acl" else None
    return said_of or next(iter(document.children(above, "nsubj:pass")), None)


def _turnout(document: Document, token: Token) -> Token | None:
    """The predicate that says how many came: "the march drew 3,000 people", "al corteo erano in 3.000"."""
    if token.upos not in {"NOUN", "PROPN"} or lemma(token) not in attending(document.language, "gatherings"):
        return None
    verb = clause(document, token)
    above = document.head(verb) if verb.deprel == "cop" else None
    verb = above or verb
    copular = any(t.deprel == "cop" for t in document.children(verb))
    return verb if copular or lemma(verb) in attending(document.language, "turnouts") else None


def _is_turnout(document: Document, ident: str, head: Token, verb: Token) -> bool:
    """Whether a number is of people, or of nothing that is said, and is what a predicate says."""
    quantity = next(q for q in document.quantities if q.id == ident)
    whom = attending(document.language, "people") | attending(document.language, "of")
    counts = quantity.unit is None and (quantity.of is None or quantity.of.lower() in whom)
    return counts and verb.i in (head.i, head.head)


def _said_apart(document: Document, token: Token) -> Sequence[Span]:
    """What others say in the sentence: "300,000 marched, say the unions; 85,000, the police say"."""
    said = [s.content for s in document.statements if s.sentence == token.sentence]
    if not any(covers(span, token) for span in said):
        return ()
    cues = {s.content.start for s in document.statements if covers(s.cue, token)}
    return [span for span in said if not covers(span, token) and span.start not in cues]


def _quantity_heads(document: Document) -> Mapping[int, list[tuple[str, Token]]]:
    """Each sentence's quantities with the words that head them, found once for a document."""
    known: dict[str, dict[int, list[tuple[str, Token]]]] = vars(document)
    key = f"_quantity_heads_{len(document.quantities)}"
    if key not in known:
        known[key] = {}
        for quantity in document.quantities:
            head = document.span_head(quantity.start, quantity.end)
            if head is not None and not (
                _is_age(document, quantity, head) or _is_away(document, quantity, head) or is_dated(document, head)
            ):
                known[key].setdefault(head.sentence, []).append((quantity.id, head))
    return known[key]


def _is_age(document: Document, quantity: Quantity, head: Token) -> bool:
    """As in "a 23-year-old man", "una donna di 41 anni", "Jo Roe, 24,": how old somebody is counts nothing."""
    above = document.head(head)
    someone = any(is_any_of(document, t, {"#person"}) for t in (head, above) if t is not None)
    if quantity.unit == "year":
        return someone
    aside = head.upos == "NUM" and head.i > 0 and document.tokens[head.i - 1].text == ","
    aged = above is not None and above.lower in words(document.language, "words", "aged")
    return aged or (aside and someone and above is not None and above.i < head.i)


def _is_away(document: Document, quantity: Quantity, head: Token) -> bool:
    """As in "700 kilometres from the border", "a 700 chilometri dal confine": where it is, and no number of it."""
    away, genitive = (words(document.language, "cases", name) for name in ("away", "genitive"))
    far = head.deprel.split(":")[0] in ("obl", "nmod", "advmod") and case_of(document, head) not in genitive
    below = [*document.children(head, "nmod", "obl"), *document.tokens[head.i + 2 : head.i + 4]]
    return quantity.unit in _LENGTHS and (far or any(case_of(document, t) in away for t in below))


def _hangs_from(document: Document, head: Token, own: set[int]) -> bool:
    at: Token | None = head
    for _ in range(4):
        if at is None:
            return False
        if at.i in own:
            return True
        if at.deprel == "acl:relcl" and not is_predicate(document, at):
            return False  # "dodici persone, tra cui due bambini"
        if is_predicate(document, at) or (at.deprel == "nmod" and case_of(document, at) == ""):
            return False
        at = document.head(at)
    return False
