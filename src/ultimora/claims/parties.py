"""Who takes part: from the places that a rule names to the ids of entities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ultimora import ontology
from ultimora.claims.attending import attending
from ultimora.claims.behind import stand_behind
from ultimora.claims.beside import beside
from ultimora.claims.bystanders import abroad, among, is_of_somebody, is_venue, settled, speaker, topic_of
from ultimora.claims.carriers import is_scheduling, light_verb
from ultimora.claims.deeds import authors, in_charge, is_appealed_to, is_sent, is_victim, objects_of
from ultimora.claims.deep import deep, warned
from ultimora.claims.dropping import dropper
from ultimora.claims.fillers import MODIFIERS, all_parties, follow, genitives_of, parties_of, towns_of
from ultimora.claims.frames import Frame, frame, given_to
from ultimora.claims.members import included
from ultimora.claims.naming import verb_names
from ultimora.claims.relations import fits, whole
from ultimora.claims.rules import Path, Slot, Trigger, load
from ultimora.claims.scene import place_at, scene, whereabouts, without_scene, without_sites
from ultimora.claims.syntax import case_of, in_number, is_passive, lemma
from ultimora.claims.triggers import event_words, is_event_noun
from ultimora.claims.venues import elsewhere, faced, stricken, venue
from ultimora.claims.victims import is_between, with_victims
from ultimora.documents.entities import clitic_of, entity_by, entity_of
from ultimora.documents.statements.syntax import covers
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

_PEOPLE = frozenset({"person", "group"})
_HELD = frozenset({"PROTEST", "CONSULT"})
_ADDRESSED = frozenset({"REQUEST", "AGREE"})


@dataclass(slots=True)
class Parties:
    """The parties of one claim by role, as entity ids in text order."""

    actors: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    place: str | None = None
    inferred: list[str] = field(default_factory=list)
    counted: set[str] = field(default_factory=set)
    """Roles of which the text only says how many fill them ("three were killed")."""


def fill(document: Document, token: Token, trigger: Trigger) -> Parties:
    """The parties that the rule finds around its trigger."""
    found = Parties()
    carrier = light_verb(document, token) if not trigger.verbal else None
    if carrier is None and not trigger.verbal and document.children(token, "cop") and case_of(document, token):
        carrier = token  # "è a colloquio con"
    called_after = [p for t in towns_of(document, token, trigger) for p in parties_of(document, t, "compound")]
    found.actors = [p for p in _role(document, token, trigger, "actor", carrier) if p not in called_after]
    found.recipients = _role(document, token, trigger, "recipient", carrier, found.actors)
    if not trigger.verbal:
        _of_noun(document, token, trigger, found, carrier)
    found.recipients = found.recipients or _further_down(document, token, trigger, found.actors)
    if trigger.event_type == "THREATEN":
        found.recipients = warned(document, token, found.actors, found.recipients)
    found.place = _place(document, token, trigger, carrier)
    found.actors = [each for each in found.actors if each not in called_after]
    if (trigger.joint or trigger.mode == "visit") and not trigger.verbal:
        venue(document, token, trigger, found)
        found.actors, found.recipients = attending(document, token, trigger, found.actors, found.recipients)
    if not trigger.verbal and trigger.event_type in {"PROTEST", "ASSAULT"}:
        stricken(document, token, trigger, found)
    if not trigger.verbal:
        found.actors = _owner(document, token, found.actors) or without_sites(document, trigger, found.actors)
    if not found.actors:
        told = speaker(document, token) if trigger.verbal else _topic(document, token, trigger)
        found.actors = elsewhere(document, trigger, told, found.recipients)
    if _is_verbal(trigger):
        held = objects_of(document, token, trigger) if trigger.verbal and trigger.event_type == "ACCUSE" else []
        blamed = all_parties(document, held, "obj")  # "accused the city of neglect"
        found.recipients = [r for r in found.recipients if r in blamed or not _is_mere_place(document, r)]
        found.recipients = _no_scene(document, found.recipients)
    found.recipients = without_scene(document, token, trigger, found.recipients)
    stand_behind(document, token, trigger, found)
    found.recipients = settled(document, found.actors, [r for r in found.recipients if r not in found.actors])
    if len(found.actors) > 1 and (trigger.joint or is_between(document, token)):
        found.recipients = among(document, found.recipients)
    if token.upos == "AUX":  # "è a Roma": at home nobody is on a visit
        found.recipients = abroad(document, found.actors, found.recipients)
    if trigger.event_type == "PROTEST" and trigger.roles["recipient"]:
        faced(document, token, found, carrier)
    found.counted = _counted(document, token, trigger, found)
    return found


def _further_down(document: Document, token: Token, trigger: Trigger, actors: list[str]) -> list[str]:
    """Whom it is done to where none of the rule's places names anybody."""
    if (_is_verbal(trigger) or trigger.event_type == "PROTEST") and trigger.roles["recipient"]:
        found = authors(document, token, trigger, actors) or in_charge(document, token, trigger)
        if found:
            return found
    if trigger.joint and len(actors) > 1:  # "protesters and police clash in the Georgian capital"
        return []
    return _clitic(document, token, trigger, actors) or deep(document, token, trigger, actors)


def _of_noun(document: Document, token: Token, trigger: Trigger, found: Parties, carrier: Token | None) -> None:
    """Whom its genitives, the verb that carries it and those who come to harm in it add to what a noun names."""
    _genitives(document, token, trigger, found)
    if carrier is not None:
        _from_carrier(document, carrier, token, found)
    if trigger.event_type == "ASSAULT":
        found.actors, found.recipients = with_victims(document, token, found.actors, found.recipients)


def _clitic(document: Document, token: Token, trigger: Trigger, actors: Iterable[str]) -> list[str]:
    """As in "accusandola di mentire": whom the verb's own ending speaks of."""
    found = clitic_of(document, token) if trigger.verbal and trigger.roles["recipient"] else None
    return [found.id] if found is not None and found.id not in actors else []


def _counted(document: Document, token: Token, trigger: Trigger, found: Parties) -> set[str]:
    """Roles of which only is said how many fill them; of a meeting whose place alone is told, that somebody met."""
    counted = {r for r in ("actor", "recipient") if _is_counted(document, token, trigger, r)}
    somewhere = trigger.joint and found.place is not None and not (found.actors or found.recipients)
    return counted | ({"any"} if somewhere else set())


def _is_verbal(trigger: Trigger) -> bool:
    return ontology.load()[trigger.event_type].quad.startswith("verbal")


def _is_mere_place(document: Document, party: str) -> bool:
    """As in "offered to send observers to the border": a place of no state is asked, promised or blamed nothing."""
    entity = entity_by(document, party)
    named = any(m.form == "name" for m in entity.mentions)
    return entity.kind == "place" and entity.country is None and not named


def _no_scene(document: Document, recipients: list[str]) -> list[str]:
    """As in "praised the role of Kenya in Haiti": of those whom words are for, a place is where they are spoken of."""
    found = [entity_by(document, r) for r in recipients]
    addressed = [e.id for e in found if e.kind != "place"]
    known = any(e.country or any(m.form == "name" for m in e.mentions) for e in found if e.kind != "place")
    return addressed if known else recipients


def _owner(document: Document, token: Token, actors: list[str]) -> list[str]:
    """As in "Berlino valuta il richiamo del proprio ambasciatore", "annuncia le proprie dimissioni": the subject's."""
    whose = [*genitives_of(document, token), *([] if actors else [token])]
    owned, above = [t for t in whose if is_of_somebody(document, t)], document.head(token)
    if not owned or above is None or token.deprel != "obj":
        return []
    return all_parties(document, frame(document, above).subjects, "nsubj")


def _topic(document: Document, token: Token, trigger: Trigger) -> list[str]:
    """As in "Mosca-Kiev, colloqui a Istanbul": who stands before the comma of a headline without a verb.

    Whoever only speaks of an attack ("Londra: «Attacco vile»") has not made it.
    """
    said = any(s.quoted and covers(s.content, token) for s in document.statements)
    if said and trigger.event_type == "ASSAULT":
        return []
    found = list(dict.fromkeys(p for t in topic_of(document, token) for p in parties_of(document, t, "nsubj")))
    if not trigger.joint:  # "Odessa, attacco di droni": where it happened
        return [p for p in found if entity_by(document, p).kind != "place"]
    return found if len(found) > 1 else []


def _is_counted(document: Document, token: Token, trigger: Trigger, role: str) -> bool:
    """Whether a bare number fills a role: "killed three", "thousands marched"."""
    amounts = words(document.language, "words", "partitive")
    for path in trigger.roles[role]:
        fillers = follow(document, token, path) if path[-1].relation in {"obj", "nsubj"} else []
        if any((t.upos == "NUM" or lemma(t) in amounts) and not whole(document, t) for t in fillers):
            return True
    return role == "actor" and trigger.verbal and in_number(document, token)


def _role(
    document: Document, token: Token, trigger: Trigger, role: str, carrier: Token | None, taken: Iterable[str] = ()
) -> list[str]:
    """Who fills a role; ``taken`` are those that cannot, as in "downgraded its ties with X"."""
    found: list[str] = []
    filled: set[Path] = set()
    speaks = role == "actor" and trigger.verbal and _is_verbal(trigger)
    paths = _aimed(document, token, trigger.roles[role])
    addressed = role == "recipient" and _is_addressed(document, token, trigger, paths)
    for path in paths:
        if path[:-1] in filled or (len(path) > 1 and addressed):
            continue
        if role == "recipient" and _is_handed(document, token, path):
            continue
        fillers = [] if _is_beheld(document, token, path) else follow(document, token, path)
        if role == "recipient":
            fillers = [t for t in fillers if lemma(t) not in trigger.bystanders and not is_sent(document, t)]
        own, human = role in trigger.own or addressed, role in trigger.humans
        says = speaks and path[-1].relation == "nsubj"
        human = human or (says and len(path) == 1 and is_passive(document, token))  # "denunciato dai soci"
        if role == "recipient" and trigger.event_type in {"ACCUSE", "PROTEST", "SUPPORT"} and len(path) > 1:
            fillers = [t for t in fillers if not is_victim(document, t)]
        if path[-1].relation == "compound":
            fillers = [t for t in fillers if not is_venue(document, token, t)]
        if role == "recipient" and trigger.event_type == "ACCUSE":
            fillers = [t for t in fillers if not is_appealed_to(document, t)]
        if role == "actor" and path[-1].relation == "nmod":
            fillers = [t for t in fillers if not _is_occasion(document, t)]
        fillers = [*fillers, *included(document, fillers)]
        named = [p for t in fillers for p in parties_of(document, t, path[-1].relation, own, human, says)]
        named = [p for p in named if p not in taken]
        found.extend(named)
        filled |= {path} if named else set()
        if carrier is not None and path[0].relation == "nmod" and path[0].cases:
            for filler in follow(document, carrier, (Slot("obl", path[0].cases), *path[1:])):
                found.extend(parties_of(document, filler, "obl"))
    return list(dict.fromkeys(found)) or _misattached(document, token, trigger, role)


def _is_beheld(document: Document, token: Token, path: Path) -> bool:
    """As in "the EU welcomed the release of", "police broke up the march": whoever only has an opinion of what happens,
    or stops it, does not do it.
    """
    if path[0].relation != "head" or path[-1].relation != "nsubj":
        return False
    others = words(document.language, "words", "beholding") | words(document.language, "words", "dispersing")
    above = document.head(token)
    return above is not None and (not others.isdisjoint(verb_names(document, above)) or _blames(document, above))


def _blames(document: Document, verb: Token) -> bool:
    """As in "points the finger at Moscow for the attack": whoever blames others for it has not done it."""
    known = load(document.language).verbs.get(lemma(verb), ())
    return any(t.event_type == "ACCUSE" and fits(document, verb, t) for t in known)


def _is_addressed(document: Document, token: Token, trigger: Trigger, paths: Iterable[Path]) -> bool:
    """As in "demands the marbles of the Parthenon from London": beside an addressee nobody else is asked."""
    if not trigger.verbal or trigger.event_type not in _ADDRESSED:
        return False
    addressing = [path for path in paths if len(path) == 1 and path[0].relation in {"obl", "iobj"}]
    fillers = [(t, path[0].relation) for path in addressing for t in follow(document, token, path)]
    return any(parties_of(document, t, relation, own=True) for t, relation in fillers)


def _is_handed(document: Document, token: Token, path: Path) -> bool:
    """As in "refused to hand the spy over to Peru": beside one whom it is given to, what is given is no party."""
    if [slot.relation for slot in path[:2]] != ["xcomp", "obj"]:
        return False
    to = Slot("obl", words(document.language, "cases", "dative"))
    given = [t for last in (to, Slot("iobj", frozenset())) for t in follow(document, token, (path[0], last))]
    return bool(all_parties(document, given, "obl"))


def _aimed(document: Document, token: Token, paths: tuple[Path, ...]) -> list[Path]:
    """As in "appeals to the court against X": where a phrase says against whom it is, no other is the target."""
    against = words(document.language, "cases", "against")
    aimed = [
        (Slot(path[0].relation, path[0].cases & against), *path[1:])
        for path in paths
        if path[0].relation in {"obl", "nmod"} and path[0].cases & against
    ]
    if any(parties_of(document, t, p[-1].relation) for p in aimed for t in follow(document, token, p)):
        return aimed
    return _addressed(document, token, paths) or list(paths)


def _addressed(document: Document, token: Token, paths: tuple[Path, ...]) -> list[Path]:
    """As in "an appeal to Beijing for the poet": beside an addressee of a noun nobody for whom it is."""
    to = words(document.language, "cases", "dative")
    sake = words(document.language, "cases", "beneficiary") - to
    if token.upos != "NOUN" or not any(p[0].cases & sake for p in paths):
        return []
    given: list[Path] = [(Slot("nmod", p[0].cases & to),) for p in paths if p[0].relation == "nmod" and p[0].cases & to]
    named = [e for p in given[:1] for t in follow(document, token, p) for e in parties_of(document, t, "nmod")]
    return given if any(entity_by(document, e).kind != "place" for e in named) else []


def _misattached(document: Document, token: Token, trigger: Trigger, role: str) -> list[str]:
    """As in "extradited a suspect to Britain": a prepositional phrase may hang from a neighbour of the trigger."""
    if trigger.verbal and role != "recipient":
        return []
    if role == trigger.genitive == "recipient" and genitives_of(document, token, "objective"):
        return []  # "the shooting of a student in Charlotte"
    kind, holders = ("obl", ("obj", "obl")) if trigger.verbal else ("nmod", ("nmod", "acl", "amod"))
    cases = [path[0].cases for path in trigger.roles[role] if len(path) == 1 and path[0].relation == kind]
    found: list[str] = []
    for wanted in filter(None, (each - words(document.language, "cases", "genitive") for each in cases)):
        for filler in beside(document, token, holders, wanted):
            found.extend(parties_of(document, filler, "nmod"))
    return list(dict.fromkeys(found))


def _genitives(document: Document, token: Token, trigger: Trigger, found: Parties) -> None:
    """A genitive is the actor or the one acted upon, as the rule says; where both stand, the possessive acts."""
    possessive = all_parties(document, document.children(token, "nmod:poss"), "nmod:poss")
    kind = "genitive" if trigger.genitive == "actor" else "objective"
    genitives = [t for t in genitives_of(document, token, kind) if not _is_claimed(document, t, trigger)]
    if trigger.genitive == "actor":
        genitives = [t for t in genitives if not _is_occasion(document, t)]
    genitive = all_parties(document, genitives, "nmod")
    bodies, adjectives = _modifying(document, token)
    if trigger.genitive == "actor":
        found.actors = _merged(found.actors, possessive or genitive or adjectives or bodies)
        if possessive and genitive and not found.recipients:
            found.recipients = genitive
        return
    if not genitive:  # "his eviction", but "Iran's executions"
        people = [p for p in possessive if entity_by(document, p).kind in _PEOPLE]
        found.actors = [p for p in found.actors if p not in people]
    found.actors = [p for p in found.actors if p not in genitive]
    target = genitive or possessive or adjectives
    found.recipients = _merged(found.recipients, target)
    actors = (possessive or adjectives) if genitive else adjectives if possessive else []
    found.actors = _merged(found.actors, actors or bodies)


def _modifying(document: Document, token: Token) -> tuple[list[str], list[str]]:
    """Armed bodies that a noun is called after, who act ("police shootings"), and whoever else stands before it."""
    armed = words(document.language, "words", "armed")
    bodies = [t for t in document.children(token, "compound") if lemma(t) in armed]
    others = [t for t in document.children(token, *MODIFIERS) if t not in bodies and not is_venue(document, token, t)]
    others += [t for each in others if _is_nobody(document, each) for t in document.children(each, "compound")]
    acting = [p for t in bodies for p in parties_of(document, t, "nsubj", own=True)]
    return acting, all_parties(document, others, "amod")


def _is_occasion(document: Document, token: Token) -> bool:
    """As in "a protest of his death": what happens does nothing by itself, and it is no protest of his."""
    known = lemma(token) in load(document.language).nouns  # "a package of American aid"
    return token.upos == "NOUN" and not known and is_event_noun(token, event_words(document.language))


def _is_nobody(document: Document, token: Token) -> bool:
    """As in "US Predator attacks": what they are made with, by whoever stands before it."""
    entity = entity_of(document, token)
    return entity is None or entity.kind == "weapon"


def _is_claimed(document: Document, token: Token, trigger: Trigger) -> bool:
    """Whether the rule says of this case marker what role it gives, as "criticism of X", "withdrawal from X"."""
    paths = [path[0] for role in ("recipient", "place") for path in trigger.roles[role]]
    return any(s.relation == "nmod" and case_of(document, token) in s.cases for s in paths)


def _merged(first: list[str], more: Iterable[str]) -> list[str]:
    return first or list(dict.fromkeys(more))


def _from_carrier(document: Document, carrier: Token, noun: Token, found: Parties) -> None:
    parties: Frame = frame(document, carrier)
    subjects = [t for t in parties.subjects if t.i != noun.i]
    undergone = case_of(document, noun) in words(document.language, "cases", "undergone")
    undergone = undergone or lemma(noun) in words(document.language, "words", "suffered")  # "is in custody"
    if undergone or lemma(carrier) in words(
        document.language, "words", "receiving"
    ):  # "received criticism", "won the endorsement of"
        taken = all_parties(document, subjects, "nsubj")
        others = [p for p in found.actors if p not in taken] or found.recipients
        found.actors = [p for p in others if p not in taken]
        found.recipients = [p for p in taken if p not in found.actors]
        return
    if found.actors and dropper(document, noun) is carrier:
        return  # "Oslo ruled out a meeting between X and Y"
    if not found.actors and _is_stopped(document, carrier, noun):
        return
    if not found.recipients:  # "gave the governor its endorsement"
        given = all_parties(document, given_to(document, carrier), "iobj")
        found.recipients = [p for p in given if p not in found.actors]
    leading = all_parties(document, subjects, "nsubj")
    if not found.actors or (are_bodies(document, found.actors) and not are_bodies(document, leading)):
        found.actors = leading or found.actors  # "Oman carried out a manoeuvre of two brigades"
    elif not found.recipients:
        found.recipients = [p for p in leading if p not in found.actors]


def _is_stopped(document: Document, carrier: Token, noun: Token) -> bool:
    """As in "police ended the demonstration": whoever stops it did not hold it."""
    joint = any(t.joint for t in load(document.language).nouns.get(lemma(noun), ()))
    return noun.deprel == "obj" and not joint and lemma(carrier) in words(document.language, "words", "stopping")


def are_bodies(document: Document, parties: Iterable[str]) -> bool:
    """Whether they are only described as troops, officials or a crowd, of no state and without a name."""
    found = [entity_by(document, p) for p in parties]
    return not any(e.country or any(m.form == "name" for m in e.mentions) for e in found)


def _place(document: Document, token: Token, trigger: Trigger, carrier: Token | None) -> str | None:
    above = document.head(token)
    if carrier is None and above is not None and token.deprel.startswith("nsubj") and is_scheduling(document, above):
        carrier = above
    for path in trigger.roles["place"]:
        fillers = follow(document, token, path)
        if carrier is not None and path[0].relation in {"nmod", "obl"}:
            fillers = [*fillers, *follow(document, carrier, (Slot("obl", path[0].cases), *path[1:]))]
        found = next((place for filler in fillers if (place := place_at(document, filler)) is not None), None)
        if found is not None:
            return found.id
    return whereabouts(document, token) or (
        scene(document, token, trigger.event_type) if trigger.event_type in _HELD else None
    )
