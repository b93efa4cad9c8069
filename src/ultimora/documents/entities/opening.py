"""The first name after an opening without one: "A deputy head has been jailed. Joanna Marsh, 44, spent …"."""

from __future__ import annotations

from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.fitting import CLUSTERS
from ultimora.documents.entities.headlines import lead_of
from ultimora.documents.entities.referring import age_in
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.salience import top
from ultimora.types import Token

_STARTS = 6
"""How far into a sentence its subject may begin."""

_FRESH = 2
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
    return len(breaks) == 1 and breaks[0] == sentence.id - 1


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
    words = context.document.sentence_tokens(sentence)
    root = next((t for t in words if t.deprel == "root"), None)
    if root is not None and root.lemma.lower() in context.lexicon.telling:
        root = next(iter(context.document.children(root, "ccomp", "parataxis")), root)  # "…, authorities said"
    clauses = [root, *context.document.children(root, "conj")] if root is not None else []
    subjects = [s for c in clauses for s in context.document.children(c, "nsubj", "nsubj:pass")]
    people = [s for s in subjects if (d := context.registry.at(s.i)) is not None and d.kind == "person"]
    subjects = people[:1] if len(people) == 1 else subjects[:1]
    draft = context.registry.at(subjects[0].i) if subjects and subjects[0].upos == "NOUN" else None
    if draft is None or draft.kind != "person" or draft.is_named or draft.plural or draft.members:
        return None
    draft.age = draft.age if draft.age is not None else age_in(context.document, subjects[0], context.referring)
    return draft


def _agree(told: Draft, draft: Draft) -> bool:
    """Whether nothing that is known of the two speaks against their being one."""
    ages = {told.age, draft.age} - {None}
    states = {told.country, draft.country} - {None}
    gender = {told.gender, draft.gender} != {"m", "f"} or draft.guessed
    return gender and len(ages) <= 1 and len(states) <= 1
