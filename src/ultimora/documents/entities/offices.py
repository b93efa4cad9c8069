"""Entities spoken of by an office alone: its holder where the article names one, else whoever is known only by it."""

from __future__ import annotations

from dataclasses import replace

from ultimora.documents.entities import described, references
from ultimora.documents.entities.announcing import real
from ultimora.documents.entities.backward import possessed
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.fitting import UNIQUE
from ultimora.documents.entities.headlines import PARTS_BEFORE
from ultimora.documents.entities.holders import Office, holder
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.roles import POSTED, country_of, role_of, tense_of, title_of
from ultimora.documents.entities.salience import story_distance, top
from ultimora.documents.entities.shape import is_indefinite
from ultimora.documents.entities.taking import take
from ultimora.types import Role, Token

_GONE = 1
"""How many sentences of the story leave somebody behind, once another one is named."""


def office_holder(context: Context, token: Token, office: tuple[str, str]) -> Draft:
    """An office without a name: who holds it in this article, else a person known only by it."""
    states, title = context.phrases.states(token, office[1] in POSTED), title_of(context, token)
    of, country = role_of(context, token, title, states), country_of(context, title, states)
    told = _told(context, token, office, Office(token, office[1], title, of, country, tense_of(context, token)))
    told.gender = described.shown_gender(context, token)
    role = Role(title, of, token.sentence, tense_of(context, token))
    context.spoken[token.i] = title
    if not is_indefinite(context.document, token):
        owned = any(c.upos in ("PRON", "DET") for c in context.document.children(token, "nmod:poss", "det:poss"))
        found = _of_body(context, token, office, told) or holder(context, told, ahead=not owned)
        if found is not None:
            found = real(context, found)
            if told.group != "counterpart":
                found.add_role(role, told.group)
            return take(context, token, found, "nominal")
    draft = _unnamed(context, token, role, office[1])
    draft.country = draft.country or told.country
    draft.gender = draft.gender or described.shown_gender(context, token)
    draft.add_role(role, told.group)
    if told.group == "kin":
        marks = context.document.children(token, "nmod:poss", "det:poss")
        owners = (context.registry.by_token.get(c.i) for c in marks)
        context.kin.extend((role.title, draft, o) for o in owners if o is not None and o.kind == "person")
    return take(context, token, draft, "nominal")


def _of_body(context: Context, token: Token, office: tuple[str, str], told: Office) -> Draft | None:
    """Whoever was spoken of before; one whom only the headlines know by this office is the one described below them."""
    found = holder(context, told)
    fresh = _fresh(context, token, office, told) if found is not None and _is_far(context, token, found) else None
    if fresh is None and found is not None and found.anonymous and _is_far(context, token, found):
        fresh = _described(context, token, office, told, but=found)  # who is named before an unnamed source
        fresh = fresh if fresh is not None and fresh.is_named else None
    if fresh is not None:
        return fresh
    below = context.document.sentences[token.sentence].part not in PARTS_BEFORE
    if found is not None and (found.is_named or not below or not _is_of_headline(context, found)):
        return found
    described = _described(context, token, office, told, but=found) or _protagonist(context, token, told, found)
    if found is None or described is None or not described.is_named:
        return found or described
    context.registry.merge(found, described)
    return described


def _is_far(context: Context, token: Token, draft: Draft) -> bool:
    """Whether the story has gone on for some sentences since somebody was spoken of."""
    last = max((i for i in draft.heads if i < token.i), default=-1)
    return last >= 0 and story_distance(context, token, context.document.tokens[last]) > _GONE


def _fresh(context: Context, token: Token, office: tuple[str, str], told: Office) -> Draft | None:
    """As in "Mattarella ha seguito il voto. Il capo dello Stato …": whoever has just been named without an office."""
    if not described.may_refer(context, token) or possessed(context, token):
        return None
    said = described.describe(context, token, (office[0], told.group), told.title, told.country)
    return references.just_named(context, said)


def _protagonist(context: Context, token: Token, told: Office, found: Draft | None) -> Draft | None:
    """As in "Chancellor faces revolt" above "Harriet Bosworth suffered …": the first one named below the headline.

    Only somebody of whom no office is told, and who is at home where the office is.
    """
    if found is None or told.group not in found.groups or not any(told.title == r.title for r in found.roles):
        return None
    if not any(told.title == r.title and r.sentence < token.sentence for r in found.roles):
        return None
    for i, draft in context.registry.after(min(found.heads)):
        below = context.document.sentences[context.document.tokens[i].sentence].part not in PARTS_BEFORE
        if i >= token.i:
            return None
        if below and draft.kind == "person" and draft.is_named:
            apart = {draft.country, told.country} - {None}
            fits = not draft.groups and {draft.gender, told.gender} != {"m", "f"} and len(apart) < len("ab")
            return draft if fits and top(context, context.document.tokens[i]).deprel.startswith("nsubj") else None
    return None


def _is_of_headline(context: Context, draft: Draft) -> bool:
    sentences = context.document.sentences
    return all(sentences[m.sentence].part in PARTS_BEFORE for m in draft.mentions.values())


def _told(context: Context, token: Token, office: tuple[str, str], plain: Office) -> Office:
    """An office behind a nickname or a seat: "lo zar", "il capo dell'Eliseo", "the Kremlin leader"."""
    words, whole = context.lexicon, context.phrases.name_of(token, wide=False).lower()
    nickname = words.nicknames.get(whole) or words.nicknames.get(office[0])
    seat = words.seats.get(plain.of or "") if plain.title.split()[0] in words.chiefs else None
    if seat is not None:
        known = context.gazetteer.known.get(plain.of or "")
        country = known.country if known else None
        group, _, title = seat.partition(" ")
        return Office(token, group, title or plain.title, country, country, plain.tense)
    if nickname is None:
        return plain
    group, _, country = nickname.partition(" ")
    return Office(token, group, plain.title, country or plain.of, country or plain.country, plain.tense)


def _described(
    context: Context, token: Token, office: tuple[str, str], told: Office, but: Draft | None = None
) -> Draft | None:
    """Whoever was named before and may hold an office that the text gives nobody: "The former general"."""
    owned = possessed(context, token) and told.group != "counterpart"
    dead = any(c.lower in context.lexicon.dead for c in context.document.children(token, "amod"))
    if owned or dead or not described.may_refer(context, token):
        return None
    said = described.describe(context, token, (office[0], told.group), told.title, told.country)
    said = replace(said, of=told.of)
    found = (references.just_named(context, said) if but is None else None) or references.person(context, said, but)
    if found is not None:
        references.teach(found, said)
    return found


def _unnamed(context: Context, token: Token, role: Role, group: str) -> Draft:
    unique = str(token.i) if is_indefinite(context.document, token) else ""
    name = context.phrases.name_of(token, wide=False)
    draft = context.registry.draft(("office", role.title, role.of or "", unique), name, "person")
    source = context.lexicon.is_source(context.document, token)
    draft.nouns.update({token.lemma.lower(), token.lower})
    draft.anonymous = source and (bool(unique) or group not in UNIQUE)
    return draft
