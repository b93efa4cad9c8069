"""What the two halves of a headline tell of one happening: "Relief for Malé: Delhi injects $400m"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ultimora.claims.fillers import all_parties
from ultimora.claims.frames import frame
from ultimora.claims.parties import Parties, are_bodies
from ultimora.claims.rules import Trigger, load
from ultimora.claims.syntax import case_of, conjuncts, is_passive, is_predicate, is_verb, lemma
from ultimora.claims.typing_rules import DONE_TO
from ultimora.documents.entities import entity_by
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

Found = Mapping[int, tuple[Trigger, Parties]]
_SPOKEN = frozenset({"REQUEST", "REJECT", "ACCUSE", "THREATEN", "PROTEST"})
"""What a crowd says of what it does: "Hunger strike: six detainees refuse food"."""
_TOGETHER = frozenset({"group", "organization", "person"})
_LONGEST = 12


def join_halves(document: Document, found: Found) -> None:
    """Fills the roles that a word before a colon leaves empty with what the half behind it tells, and the other way."""
    for colon in (t for t in document.tokens if t.text == ":"):
        sentence = document.sentence_tokens(colon.sentence)
        before = [found[t.i] for t in sentence if t.i in found and colon.i - _LONGEST < t.i < colon.i]
        behind = [t for t in sentence if t.i > colon.i]
        if not behind or _is_quoted(behind):
            continue
        if not before:
            _for_whom(document, sentence[: colon.i - sentence[0].i], behind, found)
        for trigger, parties in before:
            _from_behind(document, trigger, parties, behind, found)


def _is_quoted(behind: Sequence[Token]) -> bool:
    """What somebody says tells nothing of who did what stands before it."""
    return any(t.text in {"«", "“", '"', "'", "‘"} for t in behind[:2])


def _from_behind(document: Document, trigger: Trigger, parties: Parties, behind: Sequence[Token], found: Found) -> None:
    alike = [found[t.i] for t in behind if t.i in found]
    same = next((p for each, p in alike if each.event_type == trigger.event_type), None)
    if same is not None:
        _exchange(parties, same)
    if parties.actors:
        return
    if trigger.event_type == "PROTEST" and (crowd := _crowd(document, behind)):
        parties.actors = [p for p in crowd if p not in parties.recipients]
    elif trigger.joint and (together := _together(document, behind)):
        parties.actors = together
        parties.recipients = [r for r in parties.recipients if r not in together and not are_bodies(document, [r])]
    elif not parties.recipients:
        parties.actors, parties.recipients = _opposed(document, trigger, behind) or ([], [])
        if trigger.event_type in DONE_TO and not parties.actors:
            parties.recipients = _bare(document, behind)


def _crowd(document: Document, behind: Sequence[Token]) -> list[str]:
    """As in "Sciopero dei bus: i sindacati chiedono il rinnovo": those who ask, refuse or blame are those who act."""
    known = load(document.language).verbs
    for verb in (t for t in behind if is_verb(t) and not is_passive(document, t)):
        if any(t.event_type in _SPOKEN for t in known.get(lemma(verb), ())):
            subjects = [t for t in frame(document, verb).subjects if t.i >= behind[0].i]
            acting = all_parties(document, subjects, "nsubj")
            return [p for p in acting if entity_by(document, p).kind in _TOGETHER]
    return []


def _for_whom(document: Document, before: Sequence[Token], behind: Sequence[Token], found: Found) -> None:
    """As in "Relief for Tuvalu: Tokyo sends water and tents": whom what is given is for."""
    markers = words(document.language, "cases", "beneficiary")
    given = [found[t.i][1] for t in behind if t.i in found and found[t.i][0].event_type == "AID"]
    for parties in (p for p in given if p.actors and not p.recipients):
        named = [t for t in before if t.deprel == "nmod" and case_of(document, t) in markers]
        parties.recipients = [p for p in all_parties(document, named, "nmod") if p not in parties.actors]


def _exchange(first: Parties, second: Parties) -> None:
    """What one of two words for a happening names and the other does not."""
    for giving, taking in ((second, first), (first, second)):
        taken = {*taking.actors, *taking.recipients}
        if not taking.recipients and (not giving.actors or not taking.actors or giving.actors == taking.actors):
            taking.recipients = [p for p in giving.recipients if p not in taken]
        elif not taking.recipients and set(giving.recipients).isdisjoint(taken):
            taking.recipients = list(giving.recipients)
        if not taking.actors:
            taking.actors = [p for p in giving.actors if p not in {*taken, *taking.recipients}]


def _together(document: Document, behind: Sequence[Token]) -> list[str]:
    """As in "Gas deal: Baku and Tbilisi sign": two that do something in the half behind have done it together."""
    for verb in (t for t in behind if is_predicate(document, t) and not is_passive(document, t)):
        subjects = [t for t in frame(document, verb).subjects if t.i >= behind[0].i]
        several = all_parties(document, subjects, "nsubj")
        if len(several) > 1:
            return several
    return []


def _bare(document: Document, behind: Sequence[Token]) -> list[str]:
    """As in "Under house arrest: ousted leader's wife and son": without a verb, whom it is done to."""
    if any(is_predicate(document, t) for t in behind):
        return []
    inside = {t.i for t in behind}
    heads = [t for t in behind if t.upos in {"NOUN", "PROPN"} and (t.head not in inside or t.head == t.i)]
    return all_parties(document, heads[:1], "nsubj")


def _opposed(document: Document, trigger: Trigger, behind: Sequence[Token]) -> tuple[list[str], list[str]] | None:
    """As in "Class action: the miners against the company": without a verb, who is against whom."""
    if trigger.event_type not in {"ACCUSE", "PROTEST"}:
        return None
    for side, other in _sides(document, behind):
        ours, theirs = all_parties(document, [side], "nsubj"), all_parties(document, [other], "nmod")
        if ours and theirs:
            return ours, [p for p in theirs if p not in ours]
    return None


def _sides(document: Document, behind: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    against = words(document.language, "cases", "against")
    for side in behind:
        above = document.head(side)
        if side.upos not in {"NOUN", "PROPN"} or (above is not None and is_verb(above) and above.i >= behind[0].i):
            continue
        for other in document.children(side, "nmod", "obl"):
            if case_of(document, other) in against:
                yield conjuncts(document, side)[0], other
