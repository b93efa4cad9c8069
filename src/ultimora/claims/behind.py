"""Who stands behind a deed without being its subject: whoever ordered it, whose envoy it is, whose tanks are given; of
whom a sentence says that it is his.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ultimora.claims.fillers import all_parties, genitives_of
from ultimora.claims.frames import frame
from ultimora.claims.rules import Trigger
from ultimora.claims.syntax import case_of, conjuncts, is_passive, lemma
from ultimora.documents.entities import entity_by, entity_of
from ultimora.documents.hanging import NOUNS
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

if TYPE_CHECKING:
    from ultimora.claims.parties import Parties

_DEEDS = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "MOBILIZE", "REJECT"})
_DECIDED = frozenset({"REJECT", "SUPPORT", "AGREE", "CONCEDE", "SANCTION", "ACCUSE"})
_STEPS = 4


def stand_behind(document: Document, token: Token, trigger: Trigger, found: Parties) -> None:
    """Puts whoever stands behind a deed among its actors, and takes him from those whom it is done to."""
    _on_orders(document, token, trigger, found)
    _in_chambers(document, token, trigger, found)
    if not trigger.verbal:
        _owning(document, token, found)
    if trigger.verbal:
        _envoys(document, token, trigger, found)
        _givers(document, token, trigger, found)


def _on_orders(document: Document, token: Token, trigger: Trigger, found: Parties) -> None:
    """As in "flattened on orders from the governor", "ucciso su ordine del clan": whoever wants it done does it."""
    if trigger.event_type not in _DEEDS or not _may_act(document, found):
        return
    orders = words(document.language, "words", "behests")
    below = [t for t in document.children(token, "obl", "nmod") if lemma(t) in orders and document.children(t, "case")]
    givers = [t for each in below for t in genitives_of(document, each)]
    ordering = all_parties(document, givers, "nmod")
    if ordering:
        found.actors = ordering
        found.recipients = [p for p in found.recipients if p not in ordering]


def _owning(document: Document, token: Token, found: Parties) -> None:
    """As in "il blocco è opera dei separatisti", "the veto was Russia's": whose it is said to be does it."""
    above = document.head(token)
    if above is None or token.deprel not in ("nsubj", "nsubj:pass", "dislocated", "obl", "nmod"):
        return
    owners = _said_to_own(document, token, above)
    named = [p for p in all_parties(document, owners, "nmod") if entity_by(document, p).kind != "other"]
    if named:
        found.actors = named
        found.recipients = [p for p in found.recipients if p not in named]


def _said_to_own(document: Document, token: Token, above: Token) -> list[Token]:
    """Whose the predicate over a noun says that it is: by a genitive, as his work, by his mark, or for being behind."""
    if token.deprel in ("obl", "nmod"):
        behind = case_of(document, token) in words(document.language, "cases", "behind")
        stands = lemma(above) in words(document.language, "words", "standing") or bool(document.children(above, "cop"))
        subjects = document.children(above, "nsubj") or ([above] if above.upos in NOUNS else [])
        return list(subjects) if behind and stands else []
    if document.children(above, "cop"):
        if above.upos == "ADJ" or case_of(document, above) in words(document.language, "cases", "genitive"):
            return [above]
        done = lemma(above) in words(document.language, "words", "doings")
        done = done or above.lower in words(document.language, "words", "repeating")  # "sono quelle del rettore"
        return list(genitives_of(document, above)) if done else []
    marks = [t for t in document.children(above, "obj") if lemma(t) in words(document.language, "words", "own_marks")]
    if lemma(above) in words(document.language, "words", "bearing") and marks:
        return [t for each in marks for t in genitives_of(document, each)]
    return []


def _in_chambers(document: Document, token: Token, trigger: Trigger, found: Parties) -> None:
    """As in "bocciata in Senato la riforma", "the bill was voted down in parliament": whoever sits there decides."""
    if trigger.event_type not in _DECIDED or not trigger.verbal or found.actors or not is_passive(document, token):
        return
    inside = words(document.language, "cases", "locative")
    rooms = [t for t in document.children(token, "obl") if case_of(document, t) in inside]
    bodies = [t for t in rooms if (e := entity_of(document, t)) is not None and e.kind == "government"]
    bodies = [t for t in bodies if lemma(t) in words(document.language, "words", "chambers")]
    found.actors = all_parties(document, bodies, "nsubj")
    found.recipients = [p for p in found.recipients if p not in found.actors]


def _may_act(document: Document, found: Parties) -> bool:
    """Nobody who acts, or only troops or bulldozers that nobody is named to command."""
    acting = [entity_by(document, p) for p in found.actors]
    return not any(e.country or any(m.form == "name" for m in e.mentions) for e in acting)


def _envoys(document: Document, token: Token, trigger: Trigger, found: Parties) -> None:
    """As in "Sweden's ambassador to Iraq was recalled": Sweden recalls its envoy, from where he is posted."""
    kinds = words(document.language, "words", "envoys")
    if trigger.event_type != "SANCTION" or lemma(token) not in words(document.language, "words", "recalling"):
        return
    envoys = [t for t in frame(document, token).objects if lemma(t) in kinds]
    if not envoys:
        return
    to = words(document.language, "cases", "dative") | words(document.language, "cases", "locative")
    around = [t for each in (token, *envoys) for t in document.children(each, "obl", "nmod")]
    posted = all_parties(document, [t for t in around if case_of(document, t) in to], "nmod")
    own = {e.id for t in envoys if (e := entity_of(document, t)) is not None}
    posted = [p for p in posted if p not in found.actors and p not in own]
    others = [r for r in found.recipients if r not in posted and r not in own]
    owners = [t for each in envoys for t in document.children(each, "nmod:poss", "amod", "compound")]
    owners += [t for each in envoys for t in genitives_of(document, each)]
    if not found.actors:
        owning = [p for p in all_parties(document, owners, "amod") if p not in posted]
        found.actors = owning or (others if posted else [])
    found.recipients = posted or [r for r in others if r not in found.actors]


def _givers(document: Document, token: Token, trigger: Trigger, found: Parties) -> None:
    """As in "Turkish drones were donated to the army": whose they are gives them."""
    if trigger.event_type != "AID" or found.actors or not is_passive(document, token):
        return
    things = [t for t in frame(document, token).objects if (e := entity_of(document, t)) is None or e.kind == "weapon"]
    owners = [t for each in things for t in document.children(each, "amod", "compound", "nmod:poss")]
    owners += [s for t in owners for s in document.children(t, "compound", "amod")]
    giving = all_parties(document, owners, "amod")
    if giving:
        found.actors = giving
        bound = [
            t for each in things for part in document.children(each, "acl", "amod") for t in _bound(document, part)
        ]
        others = [r for r in found.recipients if r not in giving]
        found.recipients = others or [p for p in all_parties(document, bound, "obl") if p not in giving]


def _bound(document: Document, participle: Token) -> list[Token]:
    """As in "guns bound for the army": whom what is given is for."""
    if lemma(participle) not in words(document.language, "words", "destined"):
        return []
    return list(document.children(participle, "obl", "nmod"))


def held_to_account(document: Document, word: Token, trigger: Trigger, parties: Parties) -> None:
    """Puts whoever is said to have done a deed among its actors."""
    _charged(document, word, trigger, parties)
    _ascribed(document, word, trigger, parties)


def _charged(document: Document, word: Token, trigger: Trigger, parties: Parties) -> None:
    """As in "found guilty of killing his partner", "arrestato per l'omicidio": whoever is charged with it did it."""
    verb = _charging(document, word) if trigger.event_type in _DEEDS else None
    if verb is None:
        return
    seen = frame(document, verb)
    judging = all_parties(document, seen.subjects, "nsubj")
    if not set(parties.actors) <= set(judging):
        return
    told = [each for t in seen.objects for each in conjuncts(document, t)]
    blamed = all_parties(document, told, "nsubj")
    parties.actors = blamed or [p for p in parties.actors if p not in judging]
    parties.recipients = [p for p in parties.recipients if p not in blamed]


def _ascribed(document: Document, word: Token, trigger: Trigger, parties: Parties) -> None:
    """As in "blamed the raid on the rebels", "un raid attribuito ai ribelli": whose work it is said to be."""
    if trigger.event_type not in _DEEDS:
        return
    marks = words(document.language, "cases", "ascribed_to")
    for verb in _ascribing(document, word):
        around = [*document.children(verb, "obl", "iobj"), *document.children(word, "nmod", "obl")]
        named = [t for t in around if t.i > verb.i and case_of(document, t) in marks]
        found = (all_parties(document, list(conjuncts(document, t)), "nsubj") for t in reversed(named))
        if blamed := next((each for each in found if each), []):
            own = {entity_by(document, p).country for p in blamed} - {None}
            parties.actors = blamed
            parties.recipients = [p for p in parties.recipients if p not in blamed and not _lies_in(document, p, own)]


def _ascribing(document: Document, word: Token) -> list[Token]:
    """The verbs that say whose work a deed is: "a strike on a college in the east, which Moscow blamed on Kyiv"."""
    above, below = document.head(word), document.children(word, "acl", "acl:relcl", "amod")
    own = [above] if above is not None and word.deprel in ("obj", "nsubj:pass") else []
    known = words(document.language, "words", "ascribing")
    later = [t for t in document.sentence_tokens(word.sentence) if t.i > word.i and t.deprel.startswith("acl")]
    about = [t for t in later if t not in below and lemma(t) in known]
    about = [t for t in about if any(_is_of(document, each, word) for each in frame(document, t).objects)]
    return [t for t in (*own, *below) if lemma(t) in known] + about


def _is_of(document: Document, token: Token, noun: Token) -> bool:
    """Whether a word is the noun or only says more of it: "a strike on a [college] in the east"."""
    return token.i == noun.i or (token.deprel == "nmod" and noun in document.ancestors(token))


def _lies_in(document: Document, party: str, countries: set[str | None]) -> bool:
    entity = entity_by(document, party)
    return entity.kind == "place" and entity.country in countries


def _charging(document: Document, word: Token) -> Token | None:
    """The verb that says that somebody is charged with a deed, through "guilty of", "on suspicion of"."""
    charging, through = (words(document.language, "words", each) for each in ("charging", "guilt"))
    at = word
    for _ in range(_STEPS):
        above = document.head(at)
        ordered = at.deprel == "obj" and above is not None and _makes(document, above)
        if above is None or not (ordered or _is_what_for(document, at)):
            return None
        if lemma(above) in charging and not ordered:
            return above
        over = document.head(above)
        if over is not None and lemma(over) in charging and above in frame(document, over).objects:
            return over  # "convicted three men of the murder", hung from the men
        if lemma(above) not in through and not ordered:
            return None
        at = above
    return None


def _makes(document: Document, verb: Token) -> bool:
    return lemma(verb) in words(document.language, "words", "making")


def _is_what_for(document: Document, token: Token) -> bool:
    """Whether a word says what somebody is charged with: by its marker, or as "guilty" itself."""
    marks = {lemma(t) for t in document.children(token, "mark", "case")}
    guilty = token.deprel == "xcomp" and lemma(token) in words(document.language, "words", "guilt")
    return guilty or bool(marks & words(document.language, "cases", "charged_with"))
