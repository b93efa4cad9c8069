"""Whom pronouns speak of, by gender, number, nearness and place in the sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import AGENTS, Draft
from ultimora.documents.entities.resumed import resumed
from ultimora.documents.entities.roles import gender_of
from ultimora.documents.entities.salience import best
from ultimora.documents.entities.shape import is_definite, is_plural, own_gender
from ultimora.types import Token

_FARTHEST = 4
_NEAR = 3
_OTHER = {"m": "f", "f": "m"}
_LONGEST = 300
_OFTEN = 0.06
_BODIES = AGENTS - {"person"}
_AGAINST_ENDING = 0.4
"""How well "he" fits somebody whose first name only ends like a woman's."""

_ONE_FOR_MANY = 0.35
"""How well one body is meant by "they", where a group could be."""


def traits_of(context: Context, token: Token) -> tuple[str, str] | None:
    """Gender and number of a pronoun that is looked for on its own; None for all other words."""
    words = context.lexicon
    if token.upos == "PRON" and token.lower in words.personal:
        return words.personal[token.lower]
    if owns(token) or (token.upos == "PRON" and token.deprel == "nmod"):
        return words.possessive.get(token.lower)
    if token.upos == "PRON" and token.deprel.split(":")[0] in ("obj", "iobj"):
        traits = _clitic(context, token)
        said = traits == ("m", "s") and _says(context, token) and resumed(context, token, traits) is None
        return None if said else traits
    return None


def _clitic(context: Context, token: Token) -> tuple[str, str] | None:
    """As in "lo ha battuto", "l'ha chiamata": a clitic whose gender the word or the participle shows."""
    plain = token.lower.replace("’", "'")
    verb = context.document.head(token)
    case = case_of(context, token)
    given = token.deprel == "iobj" or (verb is not None and verb.lemma.lower() in context.lexicon.metonyms["dative"])
    given = case == "iobj" if case else given
    if given and plain in context.lexicon.datives:
        return context.lexicon.datives[plain]
    traits = context.lexicon.clitics.get(plain)
    if traits is None or traits[0] != "n":
        return traits
    shown = own_gender(verb) if verb is not None else ""
    finite = verb is not None and verb.feats.get("VerbForm") == "Fin"  # "l'attendevano"
    return (shown or "n", traits[1]) if shown or finite else None


def case_of(context: Context, token: Token) -> str:
    """Whether a clitic of two readings is an object, with which the participle agrees, or a dative; "" if untold."""
    ending, verb = context.lexicon.endings.get(token.lower), context.document.head(token)
    if ending is None or verb is None:
        return ""
    helped = context.document.children(verb, "aux", "aux:pass")
    lemma, things = verb.lemma.lower(), context.referring.clitics.get("things", frozenset())
    if not helped and lemma in things - context.lexicon.metonyms["dative"]:
        return "obj"  # "di depositarle", "le custodiva"
    if verb.feats.get("VerbForm") != "Part":
        return ""
    if not any(t.lemma.lower() in context.lexicon.agreeing for t in helped):
        return ""
    other = any(
        c.i > verb.i and c.upos == "NOUN" for c in context.document.children(verb, "obj")
    )  # "le hanno bruciate le auto"
    return "obj" if verb.lower.endswith(ending) and not other else "iobj"


def _says(context: Context, token: Token) -> bool:
    """As in "lo ha detto": what is said is nobody; who is told is somebody ("le ha detto")."""
    verb = context.document.head(token)
    if token.deprel == "iobj" or (verb is not None and _is_likened(context, verb)):
        return False
    if verb is None or verb.lemma.lower() in context.lexicon.said:
        return verb is None or not _causes(context, verb)
    clauses = context.document.children(verb, "ccomp")
    return any(c.feats.get("VerbForm") == "Fin" or _finite_aux(context, c) for c in clauses)


def _finite_aux(context: Context, verb: Token) -> bool:
    return any(t.feats.get("VerbForm") == "Fin" for t in context.document.children(verb, "aux", "cop"))


def _causes(context: Context, verb: Token) -> bool:
    """As in "lo farà esaminare": what is done, the infinitive says."""
    return any(c.feats.get("VerbForm") == "Inf" for c in context.document.children(verb, "xcomp", "ccomp"))


def _is_likened(context: Context, verb: Token) -> bool:
    """As in "lo ricordano come un ragazzo generoso": who is likened is no fact."""
    below = context.document.children(verb, "obl", "xcomp", "advcl")
    return any(
        c.lower in context.referring.likening for t in below for c in context.document.children(t, "case", "mark")
    )


def owns(token: Token) -> bool:
    """Whether a word is a possessive."""
    return token.deprel in ("nmod:poss", "det:poss")


def silent(context: Context, token: Token) -> Draft | None:
    """Whom a verb without a subject would speak of: a pronoun that need not be said more likely means another one."""
    verb = context.document.head(token)
    if (
        not context.lexicon.pro_drop
        or token.deprel != "nsubj"
        or verb is None
        or token.lower in context.lexicon.clitics
    ):
        return None
    return implied_subject(context, verb, False) if verb.upos == "VERB" else None


def left_out(context: Context, token: Token) -> Draft | None:
    """As in "Il pm ha sentito Rossi. Gli ha chiesto …": the subject that goes on, whom an object does not mean."""
    verb = context.document.head(token)
    if not context.lexicon.pro_drop or token.deprel not in ("obj", "iobj") or verb is None:
        return None
    if verb.deprel != "root":
        return _promising(context, verb)
    forms = [verb, *context.document.children(verb, "aux")]
    finite = any(t.feats.get("VerbForm") == "Fin" and t.feats.get("Person") == "3" for t in forms)
    told = any(c.deprel.split(":")[0] in ("nsubj", "csubj", "expl") for c in context.document.children(verb))
    plural = any(t.feats.get("Number") == "Plur" for t in forms if t.feats.get("VerbForm") == "Fin")
    return implied_subject(context, verb, plural) if finite and not told and token.i not in context.quoted else None


def _promising(context: Context, verb: Token) -> Draft | None:
    """As in "Il prefetto ha promesso che le porterà a Roma": what will be done, whoever says so does."""
    above = context.document.head(verb)
    said = above is not None and verb.deprel == "ccomp" and verb.feats.get("Tense") == "Fut"
    told = any(c.deprel.split(":")[0] in ("nsubj", "csubj", "expl") for c in context.document.children(verb))
    subjects = context.document.children(above, "nsubj") if said and above is not None and not told else ()
    drafts = (context.registry.at(s.i) for s in subjects)
    return next((d for d in drafts if d is not None and d.plural == is_plural(verb)), None)


def of_clause(context: Context, token: Token) -> Draft | None:
    """As in "«È ingiusto», ha confidato ai suoi": the subject that the clause of a possessive leaves out."""
    verb = next((t for t in context.document.ancestors(token) if t.upos == "VERB"), None)
    if not context.lexicon.pro_drop or verb is None or verb.deprel not in ("root", "conj", "parataxis"):
        return None
    forms = [verb, *context.document.children(verb, "aux")]
    finite = any(t.feats.get("VerbForm") == "Fin" and t.feats.get("Person") == "3" for t in forms)
    told = any(
        c.deprel.split(":")[0] in ("nsubj", "csubj", "expl") and c.i not in context.quoted
        for c in _below(context, verb)
    )
    draft = implied_subject(context, verb, False) if finite and not told else None
    return draft if draft is not None and draft.kind == "person" else None


def _below(context: Context, verb: Token) -> list[Token]:
    """What hangs on a verb, and on the one that it is joined to."""
    above = context.document.tokens[verb.head]
    return [*context.document.children(verb), *(context.document.children(above) if verb.deprel == "conj" else [])]


def speakers(context: Context, token: Token) -> list[Draft]:
    """Whose words a phrase stands in: within quotation marks nobody says "he", or "that boy", of themselves."""
    inside = context.quoted
    if token.i not in inside:
        return []
    subjects = tellers(context, token)
    found = [context.registry.by_token[t.i] for t in subjects if t.i in context.registry.by_token]
    for later in subjects:  # "“She was full,” he said": who "he" is comes first
        traits = _traits_of_teller(context, later) if later.i > token.i else None
        others = _called_in(context, later, token)
        speaker = best(context, later, partial(_may_tell, others, traits), _NEAR, often=_OFTEN) if traits else None
        if speaker is not None:
            found.append(speaker)
    return found


def _called_in(context: Context, teller: Token, token: Token) -> frozenset[int]:
    """Whom a quotation has called he or she before a word of it, and who so does not tell it."""
    inside = (t for t in _with_quotation(context, teller) if t.i in context.quoted and t.i < token.i)
    called = (context.registry.by_token.get(t.i) for t in inside if t.lower in context.lexicon.personal)
    return frozenset(id(draft) for draft in called if draft is not None)


def _may_tell(others: frozenset[int], traits: tuple[str, str], draft: Draft) -> float:
    return 0.0 if id(draft) in others else _agreeing(traits, draft)


def _traits_of_teller(context: Context, later: Token) -> tuple[str, str] | None:
    """Of a pronoun, or of a definite noun that nobody is known to be meant by yet: "… ha raccontato il ragazzo"."""
    noun = later.upos == "NOUN" and later.i not in context.registry.by_token and is_definite(context.document, later)
    if noun and not is_plural(later) and context.referring.is_neutral(later):
        return gender_of(context, later) or "n", "s"
    return context.lexicon.personal.get(later.lower)


def spoken_of(context: Context, token: Token) -> list[Draft]:
    """Whom a quotation calls he or she, or brings in, does not speak it: "“He laughed at me,” [he] said"."""
    verb = context.document.head(token)
    if verb is None or token.deprel != "nsubj" or token.i in context.quoted:
        return []
    said = any(c.i in context.quoted for c in context.document.children(verb, "ccomp", "parataxis", "obj"))
    if not said and verb.lemma.lower() not in context.lexicon.telling:
        return []
    words = _with_quotation(context, token)
    personal = context.lexicon.personal
    above = context.document.tokens[verb.head] if verb.deprel == "parataxis" else verb
    opens = (t for t in context.document.children(above, "nsubj") if t.i < token.i < above.i)
    told = [d for t in opens if (d := context.registry.by_token.get(t.i)) is not None]  # "Hale, he said, had lied"
    inside = [t for t in words if t.i in context.quoted and t.i < token.i]
    named = [t for t in inside if t.lower in personal or t.upos == "PROPN"]
    found = [draft for t in named if (draft := context.registry.by_token.get(t.i)) is not None]
    newly = ((t, context.registry.at(t.i)) for t in inside if t.upos == "NOUN")
    return told + found + [d for t, d in newly if d is not None and d.heads and min(d.heads) == t.i]


def _with_quotation(context: Context, token: Token) -> list[Token]:
    """The tokens of a sentence and, where it closes a quotation, of those that the quotation began in."""
    tokens, first = context.document.tokens, context.document.sentences[token.sentence].first
    while first and first in context.quoted and first - 1 in context.quoted:
        first = context.document.sentences[tokens[first - 1].sentence].first
    return list(tokens[first : context.document.sentences[token.sentence].last])


def tellers(context: Context, token: Token) -> list[Token]:
    """The subjects outside the quotation that a token stands in: in its sentence, where it begins, or just before."""
    document, inside = context.document, context.quoted
    first = token.i
    while first > max(token.i - _LONGEST, 0) and (first - 1 in inside or document.tokens[first - 1].upos == "PUNCT"):
        first -= 1
    begins = document.tokens[first].sentence
    colon = next((t for t in document.tokens[first : first + 2] if t.text == ":"), None)
    if colon is not None and (named := _before_colon(context, colon)) is not None:
        return [named]
    for sentence in dict.fromkeys((token.sentence, begins, begins - 1)):
        if sentence < 0:
            continue
        tokens = document.sentence_tokens(sentence)
        outside = [t for t in tokens if t.deprel.startswith("nsubj") and not {t.i, t.head} & inside]
        if sentence < begins:
            outside = [t for t in outside if document.tokens[t.head].lemma.lower() in context.lexicon.telling]
        if outside:
            return outside
    return []


def _before_colon(context: Context, colon: Token) -> Token | None:
    """As in "Il parroco: «Lo chiameremo Benedetto»": who alone stands before a colon."""
    document = context.document
    first = document.sentences[colon.sentence].first
    before = document.tokens[first : colon.i]
    known = [t for t in before if t.i in context.registry.by_token]
    verbs = any(t.upos in ("VERB", "AUX") for t in before)
    return known[-1] if known and not verbs else None


def _agreeing(traits: tuple[str, str], draft: Draft) -> float:
    return agreement(draft, traits)


def implied_subject(context: Context, verb: Token, plural: bool | None = None) -> Draft | None:
    """Whom a verb without a subject speaks of: the last subject before it that agrees in number."""
    told = context.registry.by_token.get if plural is None else context.registry.at
    plural = verb.feats.get("Number") == "Plur" if plural is None else plural
    tokens = context.document.tokens
    first = context.document.sentences[max(verb.sentence - _FARTHEST, 0)].first
    for i in range(verb.i - 1, first - 1, -1):
        if not tokens[i].deprel.startswith("nsubj"):
            continue
        draft = _agent(context, tokens[i], told)
        if draft is None:
            continue
        if i in context.quoted and verb.i not in context.quoted:
            continue
        if plural == (draft.plural or tokens[i].feats.get("Number") == "Plur"):
            return draft
    return None


def _agent(context: Context, subject: Token, told: Callable[[int], Draft | None]) -> Draft | None:
    """Who a subject is; of "uno dei delegati, Nicola Serra" the one who is named."""
    draft = told(subject.i)
    if draft is not None and draft.kind in AGENTS:
        return draft
    near = (subject, *context.document.children(subject, "nmod")) if subject.upos == "PRON" else ()
    named = (told(t.i) for each in near for t in context.document.children(each, "appos"))
    return next((d for d in named if d is not None and d.kind in AGENTS), None)


def agreement(draft: Draft, traits: tuple[str, str]) -> float:
    """How well a draft agrees with a pronoun in gender and number; 0 where it cannot."""
    gender, number = traits
    if number == "p":
        if not draft.members and gender in _OTHER and draft.gender == _OTHER[gender]:
            return 0.0  # "le" are "persone", "li" are "uomini"
        if draft.kind == "group":
            return 1.0
        if draft.plural:
            return 1.0
        return _ONE_FOR_MANY if gender == "n" and draft.kind in _BODIES - {"outlet"} else 0.0  # never "li", "le"
    if draft.plural or draft.kind not in AGENTS:
        return 0.0
    if gender == "t":
        return 1.0 if draft.kind in _BODIES else 0.0
    if gender == "n":
        return 1.0
    if draft.kind != "person":
        return 0.0
    if draft.gender not in ("", gender):
        return _AGAINST_ENDING if draft.guessed else 0.0
    return 1.0 if draft.gender else 0.85
