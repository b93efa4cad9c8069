"""The first name after an opening without one: "A deputy head has been jailed. Joanna Marsh, 44, spent …"."""

from __future__ import annotations

from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.referring import age_in
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.salience import top
from ultimora.types import Token

_STARTS = 6
"""How far into a sentence its subject may begin."""


def name_opening(context: Context, token: Token) -> None:
    """Whoever opens the second paragraph by name alone is the one of whom the first has told without it."""
    draft = context.registry.by_token.get(token.i)
    if draft is None or draft.kind != "person" or not draft.is_named or draft.groups or not _opens(context, token):
        return
    body = [s for s in context.document.sentences if s.part == "body"]
    if min(m.sentence for m in draft.mentions.values() if m.sentence >= body[0].id) != token.sentence:
        return
    told = _told_first(context, body[0].id)
    if told is not None and _agree(told, draft):
        context.registry.merge(real(context, told), draft)


def _opens(context: Context, token: Token) -> bool:
    """Whether a name is the subject of the first sentence of the second paragraph, and does more than say something."""
    document, head = context.document, top(context, token)
    sentence = document.sentences[token.sentence]
    verb = document.head(head)
    if verb is None or not head.deprel.startswith("nsubj") or token.i - sentence.first > _STARTS:
        return False
    if sentence.part != "body" or not sentence.id or verb.lemma.lower() in context.lexicon.telling:
        return False
    first = next(s.id for s in document.sentences if s.part == "body")
    breaks = [n for n in range(first, sentence.id) if _breaks(context, n)]
    return len(breaks) == 1 and breaks[0] == sentence.id - 1


def _breaks(context: Context, sentence: int) -> bool:
    one, other = context.document.sentences[sentence : sentence + 2]
    return "\n" in context.document.text[one.end : other.start]


def _told_first(context: Context, sentence: int) -> Draft | None:
    """The subject of the first sentence, where it is one person without a name."""
    words = context.document.sentence_tokens(sentence)
    root = next((t for t in words if t.deprel == "root"), None)
    if root is not None and root.lemma.lower() in context.lexicon.telling:
        root = next(iter(context.document.children(root, "ccomp", "parataxis")), root)  # "…, authorities said"
    subjects = context.document.children(root, "nsubj", "nsubj:pass") if root is not None else []
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
