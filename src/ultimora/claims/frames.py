"""Who does what to whom in a clause: subjects and objects, whatever the voice, borrowed, moved or left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ultimora.claims.syntax import (
    agreeing,
    attribute_taken_for_clause,
    case_of,
    clause,
    cleft,
    feature,
    finite,
    first_conjunct,
    headlined,
    in_time,
    is_nominal,
    is_participle,
    is_passive,
    is_predicate,
    is_relative,
    is_verb,
    lemma,
    rejoined,
    taken_up,
)
from ultimora.documents.remembering import once
from ultimora.documents.wordlists import words
from ultimora.types import Document, Token

_DEPTH = 6
_BESIDE = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """Who does what to whom in a clause, whatever its voice; ``own`` is False for a subject borrowed from elsewhere."""

    subjects: tuple[Token, ...]
    objects: tuple[Token, ...]
    own: bool = True


@once
def frame(document: Document, verb: Token) -> Frame:
    """The logical subject and object of a clause."""
    passive = is_passive(document, verb)
    surface, own = surface_subject(document, verb)
    if passive:
        return Frame(tuple(_agents(document, verb)), tuple(surface), own)
    told = document.children(verb, "obj")
    own_objects: Sequence[Token] = [t for t in told if is_nominal(t) or document.children(t, "nummod")]
    if len(own_objects) > 1:
        given = given_to(document, verb)
        own_objects = [t for t in own_objects if t not in given]
    own_objects = own_objects or _only_given(document, verb) or _bare_oblique(document, verb)
    own_objects = own_objects or _from_above(document, verb)
    own_objects = own_objects or _behind_particle(document, verb) or _bare_relative(document, verb)
    own_objects = own_objects or _of_next(document, verb) or _contact(document, verb)
    participle = attribute_taken_for_clause(document, verb) if not own_objects else None
    own_objects = own_objects or (document.children(participle, "obj") if participle is not None else [])
    objects = taken_up(document, verb, _relative(document, verb, own_objects))
    if own and len(surface) == 2 and surface[0].i < verb.i < surface[1].i:
        strayed = _takes_object(document, verb, surface[1])  # two subjects: the one after the verb is its object
        surface, objects = surface[:1], objects if strayed else [surface[1], *objects]
    elif own and _is_inverted(document, verb, surface) and not objects:
        surface, objects = surface[1:], surface[:1]  # "Incrociano le braccia gli infermieri"
    return Frame(tuple(surface), tuple(objects), own)


def _only_given(document: Document, verb: Token) -> Sequence[Token]:
    """As in "sentenced former mayor Roe to nine years": with nothing given, whom it would be given to is the object."""
    if document.children(verb, "ccomp", "xcomp"):
        return []
    given = [t for t in document.children(verb, "iobj") if t.i > verb.i]
    found = [t for t in given if t.upos in {"NOUN", "PROPN"} or feature(t, "Person") == "2"]  # "we will sue you"
    return [t for t in found if not case_of(document, t)]


def _contact(document: Document, verb: Token) -> list[Token]:
    """As in "hostages they had seized": a relative clause that names nobody it is about speaks of the noun above."""
    above, subjects = document.head(verb), document.children(verb, "nsubj")
    if verb.deprel != "acl:relcl" or above is None or not subjects or not above.i < subjects[0].i < verb.i:
        return []
    between = document.tokens[above.i + 1 : verb.i]
    if in_time(document, above) or any(is_relative(document, t) or t.text in {",", ":"} for t in between):
        return []
    stranded = any(t.i > verb.i and t.upos == "ADP" for t in document.children(verb))  # "the house they lived in"
    complete = stranded or document.children(verb, "ccomp", "xcomp", "aux:pass")
    return [] if complete else [above]


def _bare_oblique(document: Document, verb: Token) -> list[Token]:
    """As in "donerà a Lima quattro ambulanze": without a preposition and no time, what follows is the object."""
    if is_passive(document, verb) or document.children(verb, "ccomp", "xcomp"):
        return []
    found = [t for t in document.children(verb, "obl") if t.i > verb.i and t.upos == "NOUN" and t.deprel == "obl"]
    return [t for t in found if not in_time(document, t) and not case_of(document, t)]


def _takes_object(document: Document, verb: Token, strayed: Token) -> Token | None:
    """The infinitive below a verb before which nothing but what it acts upon can be a second subject."""
    below = [t for t in document.children(verb, "xcomp") if verb.i < t.i < strayed.i]
    return next((t for t in below if not document.children(t, "obj", "ccomp", "xcomp")), None)


def _from_above(document: Document, verb: Token) -> list[Token]:
    """As in "ha rifiutato di consegnare a Lima l'ex ministro": an object that the parser hung from the verb above."""
    above = document.head(verb) if verb.deprel == "xcomp" else None
    subjects = document.children(above, "nsubj") if above is not None else []
    if above is None or len(subjects) != 2 or not subjects[0].i < above.i < subjects[1].i:
        return []
    return [subjects[1]] if _takes_object(document, above, subjects[1]) is verb else []


def _is_inverted(document: Document, verb: Token, subjects: list[Token]) -> bool:
    """Two subjects behind the verb, where a language may put its subject last: the first is the object."""
    freely = bool(words(document.language, "words", "drops_subject"))
    return freely and len(subjects) == 2 and verb.i < subjects[0].i < subjects[1].i


def given_to(document: Document, verb: Token) -> Sequence[Token]:
    """Whom something is given: the indirect object; of two the first ("threw X a lifeline"), or with a preposition."""
    found = document.children(verb, "iobj")
    objects = [t for t in document.children(verb, "obj") if is_nominal(t) and t.i > verb.i]
    if found or len(objects) != 2:
        return found
    if lemma(verb) in words(document.language, "words", "double_object") and objects[1].upos not in {"PRON", "DET"}:
        return objects[:1]
    return [t for t in objects if any(document.children(each, "case") for each in (t, *document.children(t)))][:1]


def _of_next(document: Document, verb: Token) -> list[Token]:
    """As in "killed and wounded dozens": two verbs side by side share the object of the second."""
    later = next(iter(document.children(verb, "conj")), None)
    if later is None or later.i - verb.i > _BESIDE or not is_verb(later) or is_passive(document, later):
        return []
    between = any(t.upos not in {"CCONJ", "ADV", "AUX"} for t in document.tokens[verb.i + 1 : later.i])
    if between or document.children(later, "nsubj") or lemma(verb) in words(document.language, "words", "objectless"):
        return []
    return [t for t in document.children(later, "obj") if is_nominal(t) and t.i > later.i]


def _behind_particle(document: Document, verb: Token) -> list[Token]:
    """As in "sealed off the village": what the parser takes for a prepositional phrase is the object."""
    after = document.tokens[verb.i + 1] if verb.i + 1 < len(document.tokens) else verb
    if after.lower not in words(document.language, "words", "particles") or after.deprel != "case":
        return []
    return [t for t in document.children(verb, "obl") if t.i == after.head]


def _bare_relative(document: Document, verb: Token) -> list[Token]:
    """As in "the mayor, whom it accused": a relative pronoun without a preposition is the object."""
    found = [t for t in document.children(verb, "obl") if t.upos == "PRON" and verb.deprel == "acl:relcl"]
    return [t for t in found if is_relative(document, t) and not document.children(t, "case")]


def _agents(document: Document, verb: Token) -> list[Token]:
    markers = words(document.language, "cases", "agent")
    own = [t for t in document.children(verb, "obl", "nmod") if case_of(document, t) in markers]
    if own or not is_participle(verb):
        return own
    below = [t for each in document.children(verb, "xcomp") for t in document.children(each, "obl")]
    goals = [t for t in document.children(verb, "obl") if lemma(t) in words(document.language, "words", "set_goals")]
    below += [t for each in goals for t in document.children(each)]  # "rispedita al mittente da Quito"
    told = [t for t in below if case_of(document, t) in markers]  # "shot dead by police"
    if told:
        return told
    whole = any(t.i > verb.i for t in document.children(verb, "obl", "obj"))  # "rilasciata ieri e presa in carico dai"
    others = [] if whole else [t for t in document.children(verb, "conj") if is_participle(t)]  # "shot and killed by"
    return [t for each in others for t in document.children(each, "obl") if case_of(document, t) in markers]


def _relative(document: Document, verb: Token, found: Sequence[Token]) -> list[Token]:
    """Relative pronouns give way to the noun that they stand for."""
    return [antecedent(document, verb, token) for token in found]


def antecedent(document: Document, verb: Token, token: Token) -> Token:
    """What a relative pronoun of this clause stands for; the token itself where it is none."""
    if not is_relative(document, token):
        return token
    at = first_conjunct(document, verb)
    for _ in range(_DEPTH):
        above = document.head(at)
        if above is None:
            return token
        if at.deprel.startswith("acl"):
            return _meant(document, above, token)
        at = above
    return token


def _meant(document: Document, above: Token, relative: Token) -> Token:
    """What a relative clause is about, should the parser hang it from a day or from beyond the verb."""
    between = document.tokens[above.i + 1 : relative.i]
    nouns = [t for t in document.sentence_tokens(relative.sentence) if t.i < relative.i and not in_time(document, t)]
    if in_time(document, above):  # "an attack on Kyiv on Sunday that killed two"
        return next((t for t in reversed(nouns) if t.upos == "NOUN" and t.deprel != "compound"), above)
    apart = any(is_verb(t) and t.i == clause(document, above).i for t in between)
    comma = any(t.text == "," for t in between[-2:])
    nearest = next(
        (t for t in reversed(nouns) if t.upos in {"NOUN", "PROPN"} and t.deprel not in {"flat", "compound"}), above
    )
    return nearest if apart and comma and nearest.i > relative.i - 4 else above  # "in Myanmar, to which Berlin gave"


def surface_subject(document: Document, verb: Token, depth: int = 0) -> tuple[list[Token], bool]:
    """The grammatical subject of a clause, borrowed from the clause above where it has none of its own."""
    found = [t for t in document.children(verb, "nsubj") if is_nominal(t) or t.upos == "ADJ" or _is_amount(document, t)]
    if found:
        found = [*_side_by_side(document, verb, found), *found]
    found = found or _moved(document, verb) or _stranded(document, verb) or _behind(document, verb)
    if len(found) > 1 and found[-1].upos == "PRON" and found[-1].i < verb.i:
        found = found[-1:]  # "A lifelong smoker, he died": what stands before only tells who he is
    if found:
        return _relative(document, verb, found), True
    if depth >= _DEPTH:
        return [], False
    return _borrowed(document, verb, depth), False


def _is_amount(document: Document, token: Token) -> bool:
    """As in "Migliaia di studenti": the parser may take an amount for an adverb."""
    return token.upos == "ADV" and lemma(token) in words(document.language, "words", "partitive")


def _side_by_side(document: Document, verb: Token, subjects: list[Token]) -> list[Token]:
    """As in "Rome, Tirana reach accord": a comma for "and"."""
    alone = words(document.language, "words", "drops_subject") and feature(finite(document, verb) or verb, "Number")
    bare = subjects[0].upos == "PROPN" and not document.children(subjects[0], "det")
    if not headlined(document, verb) or not bare or alone == "Sing":
        return []  # "Davos, the Greek minister declines", "Libano, Macron chiama", "Yemen, gli Usa": where it happened
    before = [t for t in document.children(verb) if t.upos == "PROPN" and t.i < subjects[0].i and t not in subjects]
    comma = [t for t in before if document.tokens[t.i + 1].text == "," and not document.children(t, "case")]
    return [t for t in comma if t.deprel != "obj" and {t.ner[2:], subjects[0].ner[2:]} != {"LOC", "PER"}]


def _behind(document: Document, verb: Token) -> list[Token]:
    """As in "Al corteo hanno preso parte oltre diecimila persone": behind verb and object, how many do it."""
    objects, above = document.children(verb, "obj"), words(document.language, "cases", "amount")
    if not words(document.language, "words", "drops_subject") or not objects:
        return []
    later = [*document.children(verb, "obl"), *objects[1:]]
    found = [t for t in later if t.i > verb.i and document.children(t, "nummod") and t.upos == "NOUN"]
    return [t for t in found if not in_time(document, t) and case_of(document, t) in above][:1]


def _stranded(document: Document, verb: Token) -> list[Token]:
    """As in "Paris and Berlin sign pact": the only name before the verb of a headline, hung from what follows it."""
    if not headlined(document, verb) or verb.deprel != "root":
        return []
    before = (t for t in document.sentence_tokens(verb.sentence) if t.i < verb.i and t.upos in {"PROPN", "NOUN"})
    hung = [t for t in before if t.head > verb.i and t.deprel in {"compound", "nmod", "amod", "nsubj", "obl"}]
    return [t for t in hung if not document.children(t, "case")][:1]


def _moved(document: Document, verb: Token) -> list[Token]:
    """As in "Il marito l'ha strangolata", "Potrebbero parlarsi, Roma e Riad": a subject moved to the edge."""
    found = [t for t in document.children(verb, "dislocated") if is_nominal(t)]
    if not found or (found[0].i > verb.i and document.children(verb, "obj")):
        return []
    if is_participle(verb) and not document.children(verb, "aux") and document.tokens[verb.i - 1].text == ",":
        return []  # "Nigeria, rapiti quaranta studenti": where it happened
    return found[:1]


def _borrowed(document: Document, verb: Token, depth: int) -> list[Token]:
    above = document.head(verb)
    if above is None:
        return []
    relation = verb.deprel
    if (saying := rejoined(document, verb)) is not None:
        return surface_subject(document, saying, depth + 1)[0]
    if (named := cleft(document, verb)) is not None:
        return list(document.children(named, "nsubj")) or [named]
    if relation == "conj" or (relation == "parataxis" and verb.i > above.i and headlined(document, verb)):
        return _shared(document, above, depth)
    if relation.startswith("acl"):
        return _modified(document, verb, above, depth)
    if relation == "xcomp" or (relation in {"advcl", "ccomp", "obl", "parataxis"} and finite(document, verb) is None):
        return _controller(document, verb, above, depth)
    return []


def _shared(document: Document, above: Token, depth: int) -> list[Token]:
    """Conjuncts share the subject of the first, unless one is passive and the other is not (then the surface one)."""
    if not (is_predicate(document, above) or is_verb(above)):
        return []
    return surface_subject(document, above, depth + 1)[0]


def _modified(document: Document, verb: Token, above: Token, depth: int) -> list[Token]:
    """The noun that a participle or a relative clause modifies; for an infinitive, whoever the noun belongs to."""
    main = clause(document, above)
    if main.i != above.i and _trails(document, verb):
        return _controller(document, verb, main, depth)
    marks = document.children(verb, "mark")
    if verb.deprel == "acl:relcl":  # a relative "che" that the parser took for the conjunction
        marks = [t for t in marks if not is_relative(document, t)]
    undergone = bool(document.children(verb, "aux:pass"))  # "in response to being expelled, he said"
    if feature(verb, "VerbForm") == "Inf" or (marks and (undergone or not is_participle(verb))):
        owner = [t for t in document.children(above, "nmod:poss", "nmod") if is_nominal(t)]
        governor = document.head(above)
        gerund = above.deprel in {"obj", "nsubj:pass"} and feature(verb, "VerbForm") == "Ger"
        if gerund and _is_charged(document, verb):
            return [above]
        if governor is None:
            return [above]
        if owner:
            return owner[:1]
        return surface_subject(document, governor, depth + 1)[0] if governor and is_verb(governor) else []
    if verb.deprel == "acl:relcl" and _asks_elsewhere(document, verb):
        return []
    if verb.deprel == "acl" and _is_text(document, verb, above):
        issuer = document.head(above)
        return surface_subject(document, issuer, depth + 1)[0] if issuer is not None else []
    return [agreeing(document, verb, above)] if is_nominal(above) else []


def _is_text(document: Document, verb: Token, above: Token) -> bool:
    """As in "issued a statement urging the mayor": what a text that somebody issues says, he says."""
    present = feature(verb, "VerbForm") == "Ger" or feature(verb, "Tense") == "Pres"
    issuer = document.head(above)
    issued = above.deprel == "obj" and issuer is not None and is_verb(issuer)
    return present and issued and lemma(above) in words(document.language, "words", "texts")


def _trails(document: Document, verb: Token) -> bool:
    """As in "backed the plan, promising to": behind a comma a present participle goes with the clause before it."""
    present = feature(verb, "VerbForm") == "Ger" or feature(verb, "Tense") == "Pres"
    if verb.deprel != "acl" or not present or is_participle(verb):
        return False
    first = min([verb.i, *(t.i for t in document.children(verb, "mark", "advmod"))])
    return first > 0 and document.tokens[first - 1].text == "," and feature(verb, "VerbForm") != "Fin"


def _asks_elsewhere(document: Document, verb: Token) -> bool:
    """As in "Cairo, where he will meet": the relative word is no subject."""
    return any(is_relative(document, t) for t in document.children(verb, "obj", "obl", "advmod"))


def _is_charged(document: Document, verb: Token) -> bool:
    """As in "accused the army of shelling": what somebody is said to have done."""
    return any(lemma(t) in words(document.language, "cases", "charged") for t in document.children(verb, "mark"))


def _is_meant(document: Document, verb: Token) -> bool:
    """As in "ha convocato l'ambasciatore per protestare": whoever does it means to, but "accusato per aver sparato"."""
    aims = words(document.language, "words", "aims")
    marked = any(t.lower in aims for t in document.children(verb, "mark"))
    blaming = words(document.language, "words", "held_for") if feature(verb, "VerbForm") != "Inf" else frozenset()
    held = document.children(verb, "aux") or lemma(document.head(verb) or verb) in blaming  # "mocked her for inviting"
    return marked and verb.deprel == "advcl" and not held


def _controller(document: Document, verb: Token, above: Token, depth: int) -> list[Token]:
    if not (is_verb(above) or is_predicate(document, above)):
        if lemma(above) in words(document.language, "words", "hurt_states"):  # "Accoltellato, grave un ragazzo"
            return list(document.children(above, "nsubj"))
        return _of_adjective(document, above, depth) if above.upos == "ADJ" else []
    keeps = lemma(above) in words(document.language, "words", "subject_control")
    asked = words(document.language, "cases", "asked")
    meant = _is_meant(document, verb)
    asking = lemma(above) in words(document.language, "words", "askers")
    told = feature(verb, "VerbForm") == "Inf" and asking and not meant
    charged = verb.deprel == "advcl" and not meant and (told or _is_charged(document, verb))
    asked_to = verb.deprel in {"xcomp", "ccomp"} or (verb.deprel == "obl" and is_verb(verb))  # not "in visita a Roma"
    if (asked_to or charged) and not keeps:
        markers = words(document.language, "cases", "dative") | asked
        below = [t for t in document.children(above, "obj", "iobj") if is_nominal(t) and t.i != verb.i]
        if told or verb.deprel != "advcl":  # but "apologised to the pilot for attacking him"
            below += [t for t in document.children(above, "obl") if case_of(document, t) in markers and t.i < verb.i]
        if below or told:  # "has called to ban them": whoever is to do it is not told
            return _relative(document, above, below[:1])
    found, _ = surface_subject(document, above, depth + 1)
    if is_passive(document, above) and _follows(document, verb, above):
        return _agents(document, above)  # "a house was hit by a rocket, killing five": not the house
    return found or _agents(document, above)


def _of_adjective(document: Document, adjective: Token, depth: int) -> list[Token]:
    """As in "si è detto pronto a", "presents herself as a moderate willing to": who is said to be so."""
    noun = document.head(adjective)
    if noun is None or adjective.deprel not in {"xcomp", "amod"}:
        return []
    said = noun if adjective.deprel == "xcomp" or document.children(noun, "cop") else None
    said = document.head(noun) if noun.deprel == "obl" else said
    if said is not None:
        return surface_subject(document, said, depth + 1)[0]
    return [noun] if adjective.deprel == "amod" and noun.upos in {"NOUN", "PROPN"} else []


def _follows(document: Document, verb: Token, above: Token) -> bool:
    """Whether a bare present participle behind a comma tells what came of the clause before it."""
    present = feature(verb, "VerbForm") == "Ger" or feature(verb, "Tense") == "Pres"
    behind = verb.i > above.i and document.tokens[verb.i - 1].text == ","
    return verb.deprel == "advcl" and present and behind and not document.children(verb, "mark")
