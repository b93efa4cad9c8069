"""The first name after an opening without one: "A deputy head has been jailed. Joanna Marsh, 44, spent …"."""

from __future__ import annotations

from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.crafts import become
from ultimora.documents.entities.deeds import was_charged, was_harmed
from ultimora.documents.entities.fitting import CLUSTERS
from ultimora.documents.entities.headlines import PARTS_BEFORE, lead_of
from ultimora.documents.entities.organizations import kinds_of
from ultimora.documents.entities.referring import age_in
from ultimora.documents.entities.registry import AGENTS, Draft
from ultimora.documents.entities.salience import top
from ultimora.documents.entities.shape import is_definite, is_indefinite, is_plural
from ultimora.documents.entities.things import made
from ultimora.types import Token

_STARTS = 6
"""How far into a sentence its subject may begin."""

_FRESH = 2
_MAY_BE_BODY = frozenset({"organization", "place", "other"})
_RULERS = frozenset({"head_of_state", "head_of_government"})
_CALLED = frozenset({"profession", "kin", "officer", "member"})
"""What anybody may be."""


def name_opening(context: Context, token: Token) -> None:
    """Whoever opens the second paragraph by name alone is the one of whom the first has told without it."""
    draft = context.registry.by_token.get(token.i)
    if draft is None or draft.kind != "person" or not draft.is_named or not _opens(context, token):
        return
    lead = lead_of(context)
    if lead is None or min(m.sentence for m in draft.mentions.values() if m.sentence >= lead) != token.sentence:
        return
    told = _told_first(context, lead)
    if told is not None and _agree(told, draft) and _may_be(context, token, told, draft):
        context.registry.merge(real(context, told), draft)


def name_body_opening(context: Context, token: Token) -> None:
    """As in "An American fund has bought the club. / Kestrel Peak, which …": a body that opens the second paragraph."""
    draft = context.registry.by_token.get(token.i)
    if (
        draft is None
        or draft.kind not in _MAY_BE_BODY
        or draft.table
        or not draft.is_named
        or not _opens(context, token)
    ):
        return
    lead = lead_of(context)
    if lead is None or min(m.sentence for m in draft.mentions.values() if m.sentence >= lead) != token.sentence:
        return
    noun = next(iter(_subjects(context, lead)), None)
    told = _body_at(context, noun) if noun is not None else None
    if noun is None or told is None or told.is_named or told is draft or draft.country not in (None, told.country):
        return
    own = kinds_of(context, draft)
    if not own or own & context.referring.kinds(noun):
        draft.kind, draft.country = "organization", draft.country or context.phrases.state(noun)
        become(context, made(context, real(context, told)), draft)


def _body_at(context: Context, noun: Token) -> Draft | None:
    """The one body that a noun brings in: "a battery maker", "an American fund"."""
    brings = is_indefinite(context.document, noun) and noun.upos == "NOUN" and not is_plural(noun)
    if not brings or not context.referring.kinds(noun):
        return None
    return context.registry.at(noun.i) or dict(context.things).get(noun.i)


def name_ruler(context: Context, token: Token) -> None:
    """As in "Gli ha scritto la presidente del Consiglio … Ma Giorgia Meloni …": a ruler whom everybody knows.

    Only where the sentence before, or the one before that, tells of such an office without a name.
    """
    draft = context.registry.by_token.get(token.i)
    if draft is None or not draft.is_named or draft.groups or draft.country is None or draft.kind != "person":
        return
    sentence = context.document.sentences[token.sentence]
    first = min(m.sentence for m in draft.mentions.values())
    if sentence.part != "body" or first != sentence.id or not top(context, token).deprel.startswith("nsubj"):
        return
    for i, other in context.registry.before(token.i):
        if sentence.id - context.document.tokens[i].sentence > _FRESH:
            return
        rules = other.groups.keys() & _RULERS and other.country == draft.country
        if rules and not other.is_named and _agree(other, draft):
            context.registry.merge(other, draft)
            return


def _opens(context: Context, token: Token) -> bool:
    """Whether a name is the subject of the first sentence of the second paragraph, and does more than say something."""
    document, head = context.document, top(context, token)
    sentence = document.sentences[token.sentence]
    verb = document.head(head)
    before = [t for t in document.tokens[sentence.first : token.i] if t.i not in context.quoted and t.upos != "PUNCT"]
    if verb is None or not head.deprel.startswith("nsubj") or len(before) > _STARTS:
        return False
    if sentence.part != "body" or not sentence.id:
        return False
    first = lead_of(context) or 0
    breaks = [n for n in range(first, sentence.id) if _breaks(context, n)]
    return len(breaks) == 1 and all(_is_quoted(context, n) for n in range(breaks[0] + 1, sentence.id))


def _is_quoted(context: Context, sentence: int) -> bool:
    """As in "“I am a doctor. I looked at backs,” Raymond Castellow said": a sentence that the opening quotes whole."""
    words = (t for t in context.document.sentence_tokens(sentence) if t.upos != "PUNCT")
    return all(t.i in context.quoted for t in words)


def name_next(context: Context, token: Token) -> None:
    """As in "Un pensionato è stato travolto. Carlo Dessì, 81 anni, …": who is named, with an age, right after the
    sentence that has brought in somebody without a name as its subject.
    """
    draft = context.registry.by_token.get(token.i)
    if draft is None or draft.kind != "person" or draft.age is None or not draft.is_named or not token.sentence:
        return
    sentence, head = context.document.sentences[token.sentence], top(context, token)
    first = min(m.sentence for m in draft.mentions.values()) == sentence.id
    if sentence.part != "body" or not first or not head.deprel.startswith("nsubj"):
        return
    before = sentence.first + _STARTS
    told = _subject_of(context, sentence.id - 1) if token.i <= before else None
    if told is None or not _agree(told, draft) or draft.groups.keys() - _CALLED - told.groups.keys():
        return
    if not _is_victim_and_suspect(context, told, draft, token):
        context.registry.merge(real(context, told), draft)


def name_after(context: Context, token: Token) -> None:
    """As in "ha scritto alla dirigente scolastica. Patrizia Vandelli gli ha risposto …": a new name opens the sentence
    right after one that has ended with an office.
    """
    draft, sentence = context.registry.by_token.get(token.i), context.document.sentences[token.sentence]
    if draft is None or draft.kind != "person" or draft.groups or token.i != sentence.first or not sentence.id:
        return
    first = min(m.sentence for m in draft.mentions.values()) == sentence.id
    if sentence.part != "body" or not first or not top(context, token).deprel.startswith("nsubj"):
        return
    told = _office_at_end(context, sentence.id - 1)
    if told is not None and _agree(told, draft):
        context.registry.merge(real(context, told), draft)


def name_speaker(context: Context, token: Token) -> None:
    """As in "Il ministro della Giustizia non ci sta. «La riapproveremo», ha detto Goffredo Serventi": a new name says
    what is quoted right after a sentence about somebody who is known by an office alone.
    """
    sentences = context.document.sentences
    opens = sentences[token.sentence]
    if token.i != opens.first or not opens.id or opens.part != "body" or _is_quoted(context, opens.id - 1):
        return
    closes = opens.id
    while _is_quoted(context, closes) and closes + 1 < len(sentences):
        closes += 1
    words = context.document.sentence_tokens(closes)
    if not any(t.i in context.quoted for t in words):
        return
    names = (d for t in words if _tells(context, t) and (d := context.registry.by_token.get(t.i)) is not None)
    draft = next((d for d in names if d.kind == "person" and d.is_named and not d.groups), None)
    full = min((m.sentence for m in draft.mentions.values() if m.text == draft.name), default=-1) if draft else -1
    other = _in_office(context, opens.id - 1) if full == closes else None  # "la legge Serventi" names nobody
    if draft is not None and other is not None and _agree(other, draft):
        context.registry.merge(real(context, other), draft)


def _tells(context: Context, token: Token) -> bool:
    """The subject of a verb of saying, a name alone: "ha detto Ugo Serventi", but not "Anna Riva della Cgil"."""
    verb = context.document.head(token)
    says = token.deprel == "nsubj" and verb is not None and verb.lemma.lower() in context.lexicon.telling
    beside = context.document.children(token, "appos", "acl", "nmod")
    return (
        says
        and token.i not in context.quoted
        and not any(c.deprel != "nmod" or c.i in context.phrases.at for c in beside)
    )


def _in_office(context: Context, sentence: int) -> Draft | None:
    """Whom a sentence is about, where the text knows them by an office alone."""
    subject = next(iter(_subjects(context, sentence)), None)
    if subject is None or context.document.sentences[sentence].part != "body":
        return None
    told, office = context.registry.at(subject.i), context.lexicon.office_of(context.document, subject)
    if told is None or told.kind != "person" or told.is_named or told.plural or told.members or told.anonymous:
        return None
    held = office is not None and office[1] not in _CALLED | _RULERS | {"pope", "monarch"}
    others = (context.registry.at(t.i) for t in context.document.sentence_tokens(sentence))
    alone = all(
        d is None or d is told or d.kind not in AGENTS for d in others
    )  # "Il Papa li ha ascoltati. «…», dice Yael"
    return told if held and alone and is_definite(context.document, subject) else None


def _office_at_end(context: Context, sentence: int) -> Draft | None:
    """Whoever the last phrase of a sentence brings in by an office, without a name."""
    words = [t for t in context.document.sentence_tokens(sentence) if t.upos != "PUNCT"]
    last = words[-1].i if words else -1
    for t in reversed(words):
        draft = context.registry.at(t.i) if t.upos in ("NOUN", "PROPN") else None
        office = context.lexicon.office_of(context.document, t) if draft is not None else None
        if draft is None or office is None:
            continue
        ends = context.phrases.extent(t)[1] > last
        new = all(i >= t.i or _announces(context, i) for i in draft.heads)
        plain = draft.kind == "person" and not (draft.is_named or draft.plural or draft.members)
        plain = plain and (not draft.anonymous or is_definite(context.document, t))
        return draft if ends and new and plain and office[1] not in _CALLED else None
    return None


def _is_victim_and_suspect(context: Context, told: Draft, draft: Draft, token: Token) -> bool:
    """As in "A man was stabbed. Tom Hale, 34, was arrested": what befell the one is not what befell the other."""
    end = context.document.tokens[context.document.sentences[token.sentence].last - 1]
    charged = [was_charged(context, d, end) for d in (told, draft)]
    return charged[0] != charged[1] and any(was_harmed(context, d, end) for d in (told, draft))


def _announces(context: Context, i: int) -> bool:
    return context.document.sentences[context.document.tokens[i].sentence].part in PARTS_BEFORE


def _subject_of(context: Context, sentence: int) -> Draft | None:
    """The one person without a name whom a sentence brings in as its subject."""
    for t in context.document.sentence_tokens(sentence):
        verb = context.document.head(t)
        draft = context.registry.at(t.i) if t.upos == "NOUN" and t.deprel.startswith("nsubj") else None
        main = verb is not None and (verb.deprel == "root" or verb.head == verb.i)
        new = draft is not None and all(i >= t.i or _announces(context, i) for i in draft.heads)
        if draft is not None and main and new and draft.kind == "person":
            return None if draft.is_named or draft.plural or draft.members or draft.anonymous else draft
    return None


def _may_be(context: Context, token: Token, told: Draft, draft: Draft) -> bool:
    """Whether whoever is named with an office, or says something, may be whom the lead tells of by an office.

    "Sudan's army chief rejected a truce … said General Burhan": a general may be one; a name alone, anybody who holds
    an office there; but of a man in the lead, not the witness who is named next.
    """
    verb = context.document.head(top(context, token))
    says = verb is not None and verb.lemma.lower() in context.lexicon.telling
    if draft.groups:
        kindred = told.groups.keys() & draft.groups.keys() or any(
            told.groups.keys() & each and draft.groups.keys() & each for each in CLUSTERS
        )
        return bool(kindred) and not told.groups.keys() & _CALLED
    return not says or bool(told.groups.keys() - _CALLED)


def _breaks(context: Context, sentence: int) -> bool:
    one, other = context.document.sentences[sentence : sentence + 2]
    return "\n" in context.document.text[one.end : other.start]


def _told_first(context: Context, sentence: int) -> Draft | None:
    """The subject of the first sentence, where it is one person without a name."""
    subjects = _subjects(context, sentence)
    people = [s for s in subjects if (d := context.registry.at(s.i)) is not None and d.kind == "person"]
    subjects = people[:1] if len(people) == 1 else subjects[:1]
    draft = context.registry.at(subjects[0].i) if subjects and subjects[0].upos == "NOUN" else None
    if draft is None or draft.kind != "person" or draft.plural or draft.members:
        return _only_one(context, sentence)
    if draft.is_named:
        return None
    draft.age = draft.age if draft.age is not None else age_in(context.document, subjects[0], context.referring)
    return draft


def _only_one(context: Context, sentence: int) -> Draft | None:
    """As in "Rescuers pulled a woman from the ruins": the one person whom a sentence about others brings in."""
    found: list[Draft] = []
    for token in context.document.sentence_tokens(sentence):
        draft = context.registry.at(token.i) if token.upos in ("NOUN", "PROPN") else None
        if draft is None or draft.kind != "person" or draft.plural or any(draft is d for d in found):
            continue
        found.append(draft)
        if draft.is_named or draft.anonymous or not is_indefinite(context.document, token):
            return None
    return found[0] if len(found) == 1 else None


def _subjects(context: Context, sentence: int) -> list[Token]:
    """The subjects of the main clauses of a sentence; of what is told, where it ends in "…, authorities said"."""
    words = context.document.sentence_tokens(sentence)
    root = next((t for t in words if t.deprel == "root"), None)
    if root is not None:
        below = context.document.children(root, "ccomp", "parataxis")
        subject = next((t.i for t in context.document.children(root, "nsubj")), -1)
        tells = root.lemma.lower() in context.lexicon.telling
        root = next((t for t in below if tells or t.i < subject), root)  # "…, a jury heard"
    clauses = [root, *context.document.children(root, "conj")] if root is not None else []
    return [s for c in clauses for s in context.document.children(c, "nsubj", "nsubj:pass")]


def _agree(told: Draft, draft: Draft) -> bool:
    """Whether nothing that is known of the two speaks against their being one."""
    ages = {told.age, draft.age} - {None}
    states = {told.country, draft.country} - {None}
    gender = {told.gender, draft.gender} != {"m", "f"} or draft.guessed
    return gender and len(ages) <= 1 and len(states) <= 1
