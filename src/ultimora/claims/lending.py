"""What two words for one happening lend each other: "killed in a Russian attack", "the strike that wounded two"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ultimora import ontology
from ultimora.claims.behind import held_to_account
from ultimora.claims.cues import lexicon
from ultimora.claims.draft import Draft
from ultimora.claims.dropping import dropper
from ultimora.claims.fillers import all_parties
from ultimora.claims.frames import frame
from ultimora.claims.members import included
from ultimora.claims.parties import Parties, are_bodies
from ultimora.claims.rules import Trigger
from ultimora.claims.syntax import case_of, feature, first_conjunct, is_passive, is_relative, lemma
from ultimora.documents.entities import entity_by, entity_of
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

Found = Mapping[int, tuple[Trigger, Parties]]
_WITH_SOMEBODY = frozenset({"AGREE", "SUPPORT", "COOPERATE"})
_TO_SOMEBODY = frozenset({"CONSULT", "SUPPORT", "CONCEDE"})
_HELD = frozenset({"PROTEST"})
_OWN = frozenset({"ASSAULT", "RETREAT", "MOBILIZE", "AID"})
"""What only whoever does it calls off or puts off; but a court puts off a deportation, a prefect a strike."""


def lend(document: Document, found: Found) -> None:
    """Fills the roles that one of two linked words of a type leaves empty with what the other has."""
    for i, (trigger, parties) in found.items():
        word = document.tokens[i]
        held_to_account(document, word, trigger, parties)  # of whatever kind a rule wants those who act
        if trigger.verbal:
            _share_out(document, word, parties)
            _from_subject(document, word, trigger, parties, found)
            _from_outcome(document, word, trigger, parties, found)
            _from_occasion(document, word, trigger, parties, found)
            _from_meeting(document, word, trigger, parties, found)
            _from_aim(document, word, trigger, parties)
        else:
            _from_clause(document, word, trigger, parties, found)


def _share_out(document: Document, verb: Token, parties: Parties) -> None:
    """As in "the two accused each other": each of them is on both sides."""
    mutual = words(document.language, "words", "mutual")
    others = document.children(verb, "obj", "iobj", "obl", "advmod")
    if len(parties.actors) > 1 and any(t.lower in mutual and t.upos != "NUM" for t in others):
        parties.actors, parties.recipients = parties.actors[:1], parties.actors[1:]


def of_makers(document: Document, known: Found) -> None:
    """As in "the man who orchestrated the attacks": who made what the text takes for known."""
    for i, (_, parties) in known.items():
        if not parties.actors:
            parties.actors = _new(all_parties(document, _made_by(document, document.tokens[i]), "nsubj"), parties)


def of_moves(document: Document, found: Found) -> None:
    """As in "freed ten prisoners. The move was welcomed by": who is praised or blamed for what was told before."""
    moves = words(document.language, "words", "told_moves")
    for i, (trigger, parties) in found.items():
        word = document.tokens[i]
        if trigger.event_type not in {"SUPPORT", "ACCUSE"} or not parties.actors:
            continue
        objects = frame(document, word).objects if trigger.verbal else document.children(word, "nmod")
        made = [t for t in objects if lemma(t) in moves and document.children(t, "det")]
        itself = {e.id for t in made if (e := entity_of(document, t)) is not None}
        if not made or not itself.issuperset(parties.recipients):
            continue
        near = (each for j, each in found.items() if j < i and document.tokens[j].sentence >= word.sentence - 1)
        before = [p for t, p in near if _is_deed(t)]
        doers = next((p.actors for p in reversed(before) if p.actors and p.actors != parties.actors), [])
        if doers := _new(doers, parties):
            parties.recipients = doers
            parties.inferred.append("recipients")


def _is_deed(trigger: Trigger) -> bool:
    """Whether it may be called a move: no mere words against somebody."""
    return ontology.load()[trigger.event_type].quad != "verbal conflict"


def inherit(drafts: Iterable[Draft]) -> None:
    """As in "the talks", "il colloquio": a happening told again is that of those who were named before."""
    told: dict[tuple[int, str | None], Parties] = {}
    for draft in drafts:
        key, parties = (draft.event, draft.event_type), draft.parties
        if parties.actors or parties.recipients:
            told[key] = parties
        elif draft.event_type is not None and draft.definite and key in told:
            parties.actors, parties.recipients = list(told[key].actors), list(told[key].recipients)
            parties.inferred += [role for role in ("actors", "recipients") if getattr(parties, role)]


def _from_clause(document: Document, noun: Token, trigger: Trigger, parties: Parties, found: Found) -> None:
    """As in "killed in a raid", "used drones in an attack", "the raid that the army planned"."""
    if not parties.actors:
        ordered = _orderers(document, noun, "deciding")
        ordered = ordered or (_orderers(document, noun, "undoing_own") if trigger.event_type in _OWN else [])
        ordered = ordered or _droppers(document, noun, trigger)
        parties.actors = _new(all_parties(document, _made_by(document, noun), "nsubj") or ordered, parties)
    elif are_bodies(document, parties.actors):
        ordered = _orderers(document, noun) or _orderers(document, noun, "deciding")
        parties.actors = _new(ordered, parties) or parties.actors
    verb = _around(document, noun) or _over(document, noun, trigger, found) or _taken_up(document, noun, trigger, found)
    other = found.get(verb.i) if verb is not None else None
    if verb is None or (other is not None and other[0].event_type != trigger.event_type):
        return
    if other is not None:
        _by_means(document, noun, parties, verb, other[1])
        _exchange(parties, other[1])
    elif not parties.actors and _wields(document, verb):
        parties.actors = _new(all_parties(document, frame(document, verb).subjects, "nsubj"), parties)


def _from_subject(document: Document, verb: Token, trigger: Trigger, parties: Parties, found: Found) -> None:
    """As in "the attack that killed two", "a bombing wounded ten": the subject is the happening itself."""
    if is_passive(document, verb):
        return
    for subject in frame(document, verb).subjects:
        other = found.get(subject.i)
        if other is not None and other[0].event_type == trigger.event_type and not other[0].verbal:
            _exchange(other[1], parties)


def _from_occasion(document: Document, verb: Token, trigger: Trigger, parties: Parties, found: Found) -> None:
    """As in "ten were killed when a bomber blew himself up": who did it is told in the clause of the same deed."""
    if parties.actors or not is_passive(document, verb):
        return
    marks = words(document.language, "words", "together") | words(document.language, "words", "occasion")
    for clause in document.children(verb, "advcl"):
        other = found.get(clause.i)
        told = any(t.lower in marks for t in document.children(clause, "mark", "advmod"))
        if other is not None and told and other[0].event_type == trigger.event_type:
            parties.actors = parties.actors or _new(other[1].actors, parties)


def _from_meeting(document: Document, verb: Token, trigger: Trigger, parties: Parties, found: Found) -> None:
    """As in "flew to Vilnius to patch up relations", "apologised to tenants and promised refunds": those who are met or
    spoken to are whom it is with.
    """
    if parties.recipients or not parties.actors or trigger.event_type not in _WITH_SOMEBODY:
        return
    above = document.head(verb)
    beside = [t for s in document.children(verb, "nsubj") for t in document.children(s, "acl")]
    linked = [*document.children(verb, "advcl"), *beside]  # "the minister, visiting Hanoi, signed a deal"
    linked += [above] if above is not None and verb.deprel in {"advcl", "xcomp"} else []
    told = [found[t.i] for t in linked if t.i in found and found[t.i][0].event_type == "CONSULT"]
    if above is not None and verb.deprel == "conj" and trigger.event_type == "AGREE" and above.i in found:
        told += [found[above.i]] if found[above.i][0].event_type in _TO_SOMEBODY else []
    for _, other in told:
        parties.recipients = parties.recipients or _new([*other.actors, *other.recipients], parties)


def _from_aim(document: Document, verb: Token, trigger: Trigger, parties: Parties) -> None:
    """As in "scrambled jets to intercept two Russian bombers": against whom forces move."""
    if parties.recipients or trigger.event_type != "MOBILIZE":
        return
    parties.recipients = _new(_intruders(document, verb, parties), parties)
    opposing = words(document.language, "words", "opposing")
    aims = [t for t in document.children(verb, "advcl", "xcomp") if lemma(t) in opposing]
    against = all_parties(document, [t for aim in aims for t in frame(document, aim).objects], "obj")
    parties.recipients = _new(against, parties) or parties.recipients


def _intruders(document: Document, verb: Token, parties: Parties) -> list[str]:
    """As in "scrambles jets after Chinese drones cross its border": whose coming makes forces move."""
    apart = words(document.language, "words", "following")
    clauses = [
        t for t in document.children(verb, "advcl") if any(m.lower in apart for m in document.children(t, "mark"))
    ]
    came = [t for each in clauses for t in (*frame(document, each).subjects, *frame(document, each).objects)]
    own = {entity_by(document, p).country for p in parties.actors}
    found = [entity_by(document, p) for p in all_parties(document, came, "nsubj")]
    return [e.id for e in found if e.country is not None and e.country not in own][:1]


def _from_outcome(document: Document, verb: Token, trigger: Trigger, parties: Parties, found: Found) -> None:
    """As in "opened fire, killing one": whom it is done to follows in the participle that tells the outcome."""
    for outcome in document.children(verb, "advcl", "conj"):
        if outcome.deprel == "conj" and frame(document, verb).objects:
            continue  # "burned three houses and hurt a shepherd"
        other = found.get(outcome.i)
        alike = other is not None and other[0].event_type == trigger.event_type and other[0].verbal
        if other is None or not alike or document.children(outcome, "nsubj"):
            continue
        if outcome.deprel == "conj" or feature(outcome, "VerbForm") == "Ger" or feature(outcome, "Tense") == "Pres":
            same = bool(set(parties.actors) & set(other[1].actors))
            parties.recipients = parties.recipients or (_new(other[1].recipients, parties) if same else [])


def _around(document: Document, noun: Token) -> Token | None:
    """The verb of the clause in which the noun tells the occasion or the means."""
    noun = first_conjunct(document, noun)  # "a drone and missile attack"
    above = document.head(noun)
    if above is not None and above.upos != "VERB" and above.deprel == "obj" and above.i < noun.i:
        above = document.head(above)  # "used the missile in an attack", hung from the missile
    amid = words(document.language, "cases", "amid") | words(document.language, "cases", "agent")
    inside = noun.deprel.split(":")[0] in {"obl", "nmod"} and case_of(document, noun) in amid
    return above if above is not None and above.upos == "VERB" and inside else None


def _over(document: Document, noun: Token, trigger: Trigger, found: Found) -> Token | None:
    """As in "is considering sanctions on": the verb whose object the noun is, where both tell the same deed; or part of
    its object, as in "was fined $5m, including a $2m penalty imposed by".
    """
    above = document.head(noun)
    if above is not None and above.deprel == "obj" and included(document, [above], any_number=True) == [noun]:
        noun, above = above, document.head(above)
    if above is None or noun.deprel != "obj" or above.i not in found or not found[above.i][0].verbal:
        return None
    deed = ontology.load()[trigger.event_type].quad.startswith("material")
    return above if deed and found[above.i][0].event_type == trigger.event_type else None


def _taken_up(document: Document, noun: Token, trigger: Trigger, found: Found) -> Token | None:
    """As in "drones struck a depot, an attack that Moscow blamed on Kyiv": the clause that a noun says more of."""
    if noun.deprel not in {"appos", "parataxis"} or not document.children(noun, "acl:relcl"):
        return None
    above = (t for t in document.ancestors(noun) if t.i < noun.i and t.i in found and found[t.i][0].verbal)
    verb = next(above, None)
    return verb if verb is not None and found[verb.i][0].event_type == trigger.event_type else None


def _made_by(document: Document, noun: Token) -> Sequence[Token]:
    return _makers(document, noun) or _masterminds(document, noun)


def _makers(document: Document, noun: Token) -> list[Token]:
    """As in "l'offensiva che l'esercito prepara", "the strike Israel carried out": the subject of a clause about it."""
    making = words(document.language, "words", "light") | words(document.language, "words", "making")
    making |= words(document.language, "words", "attending")
    for clause in document.children(noun, "acl:relcl"):
        seen = frame(document, clause)
        about = noun in seen.objects or (not seen.objects and bool(document.children(clause, "nsubj")))
        if lemma(clause) in making and about and not is_passive(document, clause) and noun not in seen.subjects:
            return [t for t in seen.subjects if not is_relative(document, t) and not _is_none(document, t)]
    return []


def _masterminds(document: Document, noun: Token) -> Sequence[Token]:
    """As in "the man who orchestrated the attacks", "the mastermind behind the attacks": whoever thought them out."""
    above = document.head(noun)
    if above is None:
        return []
    if lemma(above) in words(document.language, "words", "avowals") and noun.deprel == "nmod":
        noun, above = above, document.head(above) or above
    authored = lemma(above) in words(document.language, "words", "authoring")
    if authored and (noun.deprel == "obj" or noun in frame(document, above).objects):
        return [t for t in frame(document, above).subjects if not _is_none(document, t)]
    above = _just_before(document, noun) or above
    if noun.deprel not in {"nmod", "obl"} or lemma(above) not in words(document.language, "words", "masterminds"):
        return []
    verb = document.head(above)
    said_of = document.children(above, "nsubj") if document.children(above, "cop") else []
    if not said_of and verb is not None and above.deprel in {"obl", "xcomp", "appos"}:
        said_of = [verb] if above.deprel == "appos" else [t for t in document.children(verb, "obj") if t.i < above.i]
    return said_of or document.children(above, "appos", "flat")


def _just_before(document: Document, noun: Token) -> Token | None:
    """As in "the mastermind behind the attacks": the noun before its preposition, should it hang from the verb."""
    marker = next(iter(document.children(noun, "case")), None)
    before = document.tokens[: marker.i] if marker is not None and noun.deprel == "obl" else []
    word = next((t for t in reversed(before) if t.upos != "PUNCT"), None)
    return word if word is not None and word.sentence == noun.sentence and word.upos == "NOUN" else None


def _is_none(document: Document, subject: Token) -> bool:
    """As in "no group has claimed the attack": it is nobody's."""
    negative = lexicon(document.language).lists["negative_words"]
    return any(t.lower in negative for t in (subject, *document.children(subject, "det", "amod", "advmod")))


def _orderers(document: Document, noun: Token, kind: str = "making") -> list[str]:
    """As in "ordered the deployment of four battalions": whoever has it done, rather than the troops; or calls it off,
    as in "the raid was put off by the air force".
    """
    above = document.head(noun)
    if above is None or lemma(above) not in words(document.language, "words", kind):
        return []
    if noun.deprel != "obj" and not (noun.deprel.startswith("nsubj") and is_passive(document, above)):
        return []
    ordering = all_parties(document, frame(document, above).subjects, "nsubj")
    return [] if kind == "making" and are_bodies(document, ordering) else ordering


def _droppers(document: Document, noun: Token, trigger: Trigger) -> list[str]:
    """As in "dropped plans for a strike": whoever does not hold it after all; a government bans the march of others."""
    verb = dropper(document, noun)
    if verb is None or trigger.event_type not in _OWN | _HELD:
        return []
    found = all_parties(document, frame(document, verb).subjects, "nsubj")
    held = trigger.event_type in _HELD
    return [p for p in found if not held or entity_by(document, p).kind not in ("government", "place")]


def _wields(document: Document, verb: Token) -> bool:
    return lemma(verb) in words(document.language, "words", "wielding") and not is_passive(document, verb)


def _by_means(document: Document, noun: Token, of_noun: Parties, verb: Token, of_verb: Parties) -> None:
    """As in "he was killed by an airstrike in Tehran": the strike was not his, and it was he who was struck."""
    if is_passive(document, verb):
        of_noun.actors = [p for p in of_noun.actors if p not in of_verb.recipients]
        if case_of(document, noun) in words(document.language, "cases", "agent"):
            of_noun.recipients = _new(of_verb.recipients, of_noun) or of_noun.recipients


def _exchange(of_noun: Parties, of_verb: Parties) -> None:
    of_noun.actors = of_noun.actors or _new(of_verb.actors, of_noun)
    of_verb.actors = of_verb.actors or _new(of_noun.actors, of_verb)
    of_noun.recipients = of_noun.recipients or _new(of_verb.recipients, of_noun)
    of_verb.recipients = of_verb.recipients or _new(of_noun.recipients, of_verb)


def _new(lent: Iterable[str], parties: Parties) -> list[str]:
    taken = {*parties.actors, *parties.recipients}
    return [p for p in lent if p not in taken]
