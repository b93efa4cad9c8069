"""From a document to its claims and events."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from ultimora import ontology
from ultimora.claims import forms, typing_rules
from ultimora.claims.again import is_definite, resumed
from ultimora.claims.answering import answer
from ultimora.claims.attribution import chains
from ultimora.claims.behind import held_to_account
from ultimora.claims.bidding import bidden
from ultimora.claims.carriers import light_verb, striking
from ultimora.claims.completeness import complete
from ultimora.claims.counted import quantities_of
from ultimora.claims.draft import Draft
from ultimora.claims.events import join
from ultimora.claims.factuality import Factuality, assess
from ultimora.claims.fillers import parties_of
from ultimora.claims.frames import frame
from ultimora.claims.halves import join_halves
from ultimora.claims.headlines import echo
from ultimora.claims.lending import inherit, lend, of_makers, of_moves
from ultimora.claims.likely import fill_in
from ultimora.claims.moving import puts_off
from ultimora.claims.naming import has_particle
from ultimora.claims.parties import Parties, fill
from ultimora.claims.relations import complements
from ultimora.claims.rules import LIKELY, Trigger
from ultimora.claims.scene import scene
from ultimora.claims.syntax import conjuncts, headlined, is_apart, is_counted_from, is_predicate, lemma
from ultimora.claims.trees import dependents, lemmas_of
from ultimora.claims.triggers import Candidate, find
from ultimora.claims.understood import by_authority, decided, undergo, understand
from ultimora.claims.when import Times, When, fitting, interval, past, retimed
from ultimora.dating import told_at
from ultimora.documents.entities import entity_of, is_somebody
from ultimora.documents.wordlists import words
from ultimora.types import Claim, Document, Event, Status, TextSpan, Token

_LONG_AGO = "PAST_REF"
"""TIMEX3's value of "previously"."""

_DECIDED = frozenset({"SANCTION", "AGREE", "AID", "CONCEDE"})


def extract(document: Document) -> tuple[list[Claim], list[Event]]:
    """The claims of a document in text order, and the events that they speak of."""
    candidates = [c for c in find(document) if document.sentences[c.token.sentence].part != "note"]
    chosen = _typed(document, candidates)
    times = Times(document)
    own = [c for c in candidates if c.general and not typing_rules.is_part_of(document, c.token, chosen)]
    told = [c for c in candidates if c.token.i in chosen or c in own]
    drafts = [_draft(document, c, chosen.get(c.token.i), times) for c in told]
    _decided(document, drafts)
    typed = [(d, d.trigger) for d in drafts if d.trigger is not None]
    fill_in(document, [(d.token, rule, d.parties) for d, rule in typed if not _is_told_again(d, drafts)])
    drafts = echo(document, drafts)
    events = join(document, drafts)
    inherit(drafts)
    claims = [_claim(document, number, draft) for number, draft in enumerate(drafts, 1)]
    return claims, events


def _is_told_again(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """As in "… were killed in the raid": a noun for what an earlier sentence tells, which says who takes part."""
    earlier = (d for d in drafts if d.token.sentence < draft.token.sentence)
    return draft.resumed is not None and any(d.event_type == draft.event_type for d in earlier)


def _decided(document: Document, drafts: Sequence[Draft]) -> None:
    """As in "approved a package of sanctions": what is decided is as sure as that it was decided."""
    verbs = {d.token.i: d for d in drafts if d.event_type in _DECIDED and d.token.upos == "VERB"}
    for draft in drafts:
        path = [draft.token, *document.ancestors(draft.token)][:3]
        at = next((t for t in path if t.deprel.split(":")[0] != "nmod"), draft.token)
        verb = verbs.get(at.head) if at.deprel in ("obj", "nsubj:pass") and draft.token.upos == "NOUN" else None
        if verb is not None and verb.event_type == draft.event_type and verb.status == "occurred":
            draft.factuality, draft.status, draft.distinct = verb.factuality, verb.status, False


def _typed(document: Document, candidates: Iterable[Candidate]) -> dict[int, tuple[Trigger, Parties]]:
    """Which candidates are events of a PLOVER type, by the token of each."""
    found: dict[int, tuple[Trigger, Parties]] = {}
    mentions: list[tuple[int, Trigger, Parties]] = []
    for candidate in candidates:
        if puts_off(document, candidate.token) and any(t.event_type == "REJECT" for t in candidate.triggers):
            continue
        for trigger in candidate.triggers:
            parties = (bidden if trigger.name == forms.BIDDING else fill)(document, candidate.token, trigger)
            if trigger.verbal and "actor" in trigger.agent:
                understand(document, candidate.token, trigger, parties)
            if trigger.verbal:
                undergo(document, candidate.token, trigger, parties, found)
            held_to_account(document, candidate.token, trigger, parties)
            if complete(document, candidate.token, trigger, parties):
                _supplement(document, candidate, trigger, parties)
                found[candidate.token.i] = (trigger, parties)
                break
            if not trigger.verbal and is_definite(document, candidate.token):
                mentions.append((candidate.token.i, trigger, parties))
    found = {i: each for i, each in found.items() if not typing_rules.says_twice(document, i, found)}
    found = {i: each for i, each in found.items() if not typing_rules.promises_conflict(document, i, found)}
    absorbed = [
        i for i in found if typing_rules.is_content(document, document.tokens[i], found) or _calls(document, i, found)
    ]
    kept = {i: each for i, each in found.items() if i not in absorbed}
    lend(document, kept)
    join_halves(document, kept)
    of_moves(document, kept)
    answer(document, kept)
    known = _definite_mentions(kept, mentions)
    of_makers(document, known)
    return kept | known


def _calls(document: Document, i: int, found: Mapping[int, tuple[Trigger, Parties]]) -> bool:
    """As in "ci sarà una marcia, organizzata dai sindacati": the participle only says who calls for what is told."""
    token, above = document.tokens[i], found.get(document.tokens[i].head)
    if token.deprel != "acl" or above is None or above[0].event_type != found[i][0].event_type:
        return False
    return lemma(token) in words(document.language, "words", "organisers")


def _supplement(document: Document, candidate: Candidate, chosen: Trigger, parties: Parties) -> None:
    """A role that the chosen rule leaves empty is filled by another rule of the type that fits as well."""
    for trigger in candidate.triggers:
        if parties.actors and parties.recipients:
            return
        if trigger is chosen or trigger.event_type != chosen.event_type:
            continue
        other = fill(document, candidate.token, trigger)
        if not complete(document, candidate.token, trigger, other):
            continue
        if not parties.actors:
            parties.actors = [each for each in other.actors if each not in parties.recipients]
        if not parties.recipients and set(parties.actors) <= set(other.actors):
            parties.recipients = other.recipients


def _definite_mentions(
    kept: dict[int, tuple[Trigger, Parties]], mentions: Iterable[tuple[int, Trigger, Parties]]
) -> dict[int, tuple[Trigger, Parties]]:
    """As in "the talks", "il colloquio": an event of a type that the article has spoken of before."""
    last: dict[tuple[str, str], list[int]] = {}
    for i, (trigger, _) in sorted(kept.items()):
        last.setdefault((trigger.event_type, ""), []).append(i)
        last.setdefault((trigger.event_type, trigger.name), []).append(i)

    def spoken(i: int, trigger: Trigger) -> tuple[int, int]:
        """Where the same word, else the same type, was last used before."""
        names = (last.get((trigger.event_type, name), ()) for name in (trigger.name, ""))
        word, kind = (max((j for j in seen if j < i), default=-1) for seen in names)
        return word, kind

    found: dict[int, tuple[Trigger, Parties]] = {}
    for i, trigger, parties in mentions:
        if i in kept or spoken(i, trigger)[1] < 0:
            continue
        if i not in found or spoken(i, trigger) > spoken(i, found[i][0]):
            found[i] = (trigger, parties)
    return found


def _draft(document: Document, candidate: Candidate, typed: tuple[Trigger, Parties] | None, times: Times) -> Draft:
    token = candidate.token
    trigger, parties = typed if typed is not None else (None, _general_parties(document, candidate))
    carrier = light_verb(document, token) if not is_predicate(document, token) else None
    struck = striking(document, token) if carrier is None and not is_predicate(document, token) else None
    factuality = assess(document, document.tokens[token.head] if token.deprel == "cop" else token)
    if trigger is not None and trigger.negated:
        factuality = dataclasses.replace(factuality, polarity="positive")  # the denial is what it says
    when, status = _when(document, token, trigger, factuality, times, carrier or struck)
    if trigger is not None:
        uttered = _uttered(document, token, trigger, status, factuality, carrier)
        status = _by_rule(document, token, trigger, uttered, factuality)
    elif candidate.general == "toll" and status == "ongoing":  # "the toll is at twelve": they have died
        status = "occurred"
    event_type = trigger.event_type if trigger else None
    mode = _mode(document, trigger, token, carrier) if trigger else None
    draft = Draft(candidate, trigger, event_type, mode, parties, factuality, status, when, carrier, struck)
    if trigger is not None:
        _complete_parties(document, draft)
        typing_rules.convert(document, draft)
        if typing_rules.is_only_meant(draft) or typing_rules.is_ability(document, token):
            draft.trigger, draft.event_type, draft.mode = None, None, None
    draft.definite = is_definite(document, token)
    draft.resumed = resumed(document, token, draft.event_type) if draft.event_type is not None else None
    draft.distinct = _is_distinct(document, token)
    draft.repelled = _is_repelled(document, candidate, trigger)
    draft.verbless_title = headlined(document, token) and not factuality.cues and carrier is None
    return draft


def _when(
    document: Document,
    token: Token,
    trigger: Trigger | None,
    factuality: Factuality,
    times: Times,
    carrier: Token | None,
) -> tuple[When, Status]:
    """The claim's time, and its status in the light of it and of the rule."""
    said = _by_rule(document, token, trigger, factuality.status, factuality) if trigger else factuality.status
    published = told_at(document.article.page, document.published, token.start)
    fits = fitting(published, times.of(token, carrier), said, factuality.past)
    dated = _is_dated(document, token, carrier) and not times.is_framed(token)
    vague = fits is None or fits[0].value == _LONG_AGO
    before = vague and _is_of_before(document, token, carrier)
    when = past(published) if before else interval(published, fits, said, dated=dated)
    noun = carrier is None and not is_predicate(document, token)
    fixed = factuality.past or said != factuality.status or (factuality.status == "ongoing" and noun)
    return when, said if fixed else retimed(published, when, said)


def _uttered(
    document: Document, token: Token, trigger: Trigger, status: Status, factuality: Factuality, carrier: Token | None
) -> Status:
    """What is done by saying it is done: "an ultimatum: out by midnight" has been given."""
    uttered = factuality.cues == (token.text,) and _is_speech(trigger) and not is_predicate(document, token)
    said = trigger.name == forms.BIDDING or (status == "ongoing" and _is_said(document, trigger, token, carrier))
    return "occurred" if uttered or said else status


def _by_rule(document: Document, token: Token, trigger: Trigger, status: Status, factuality: Factuality) -> Status:
    """What the rule knows of the status: a truce that is announced has been made."""
    if trigger.status == "planned" and status in {"occurred", "ongoing"}:
        return "planned"
    above = document.head(token)
    if trigger.status == "occurred" and status == "planned" and above is not None:
        return "occurred" if factuality.cues == (above.text,) else status
    return status


def _is_said(document: Document, trigger: Trigger, token: Token, carrier: Token | None) -> bool:
    """As in "Rome points the finger at": whoever says something in the present of the news has said it."""
    verb = carrier or token
    return _is_speech(trigger) and forms.form(document, verb).kind == "present" and not forms.is_lasting(document, verb)


def _is_speech(trigger: Trigger) -> bool:
    quad = ontology.load()[trigger.event_type].quad
    return quad.startswith("verbal") and trigger.event_type not in {"CONSULT", "SUPPORT"}


def _is_dated(document: Document, token: Token, carrier: Token | None) -> bool:
    """Only a clause is dated by its tense; a noun on its own may speak of any day."""
    return is_predicate(document, token) or carrier is not None


def _is_of_before(document: Document, token: Token, carrier: Token | None) -> bool:
    """As in "had previously called", "in an earlier summit": of some day before, which no tense tells."""
    before, of = (words(document.language, "words", name) for name in ("before_now", "before_now_adjectives"))
    told = [token] if carrier is None else [token, carrier]
    told += [t for each in told for t in document.children(each, "obl")]
    beside = [t for each in told for t in document.children(each, "advmod", "amod", "obl")]
    return any(t.lower in before or (t.deprel == "amod" and t.lower in of) for t in beside)


def _is_repelled(document: Document, candidate: Candidate, trigger: Trigger | None) -> bool:
    """As in "shot down", "destroyed 500 drones": an event apart from the attack that it meets."""
    if candidate.predicate in words(document.language, "words", "repelling"):
        return True
    struck = frame(document, candidate.token).objects if trigger is not None and trigger.verbal else ()
    flying = words(document.language, "words", "projectiles")
    return trigger is not None and trigger.event_type == "ASSAULT" and any(lemma(t) in flying for t in struck)


def _is_distinct(document: Document, token: Token) -> bool:
    """As in "the last call", "a new strike": another event of the kind than the one just spoken of."""
    others = words(document.language, "words", "distinct")
    return any(lemma(t) in others or t.lower in others for t in document.children(token, "amod", "det"))


def _general_parties(document: Document, candidate: Candidate) -> Parties:
    """Subject, object and place of an event that PLOVER does not name."""
    token, happens = candidate.token, candidate.general == "event"
    found = Parties(place=scene(document, token) if happens else None)
    if not is_predicate(document, token) or token.deprel == "cop":
        return found
    seen = frame(document, token)
    found.actors = _taking_part(document, seen.subjects, happens)
    found.recipients = [p for p in _taking_part(document, seen.objects, happens) if p not in found.actors]
    return found


def _taking_part(document: Document, tokens: Iterable[Token], happens: bool) -> list[str]:
    """Whoever is named; in what happens (not in what only is) also those that a noun says to be somebody."""
    parties: list[str] = []
    for token in (each for t in tokens for each in conjuncts(document, t)):
        by_noun = happens and token.upos == "NOUN" and is_somebody(document, token)
        parties += parties_of(document, token, "nsubj" if by_noun else "amod", own=True)
    return list(dict.fromkeys(parties))


def _complete_parties(document: Document, draft: Draft) -> None:
    """An understood subject is filled in and marked; parties of a reciprocal event are shared out."""
    parties, trigger = draft.parties, draft.trigger
    if trigger is None:
        return
    itself = entity_of(document, draft.token) if not trigger.verbal else None
    if itself is not None and itself.kind == "other":  # "slapped retaliatory tariffs"
        parties.actors = [p for p in parties.actors if p != itself.id]
        parties.recipients = [p for p in parties.recipients if p != itself.id]
    understand(document, draft.token if trigger.verbal else draft.carrier, trigger, parties)
    decided(document, draft.token, trigger, parties)
    by_authority(document, draft.token, trigger, parties)
    if trigger.joint and not parties.actors and len(parties.recipients) > 1:
        parties.actors, parties.recipients = parties.recipients, []
    if trigger.joint and len(parties.actors) > 1 and not parties.recipients:
        parties.recipients = parties.actors[1:]
        parties.actors = parties.actors[:1]


def _mode(document: Document, trigger: Trigger, token: Token, carrier: Token | None) -> str | None:
    """The rule's mode, else the first whose words stand beside the trigger."""
    if trigger.mode is not None or not trigger.modes:
        return trigger.mode
    near = [token, *_own(document, token, 3), *complements(document, token)]
    if carrier is not None:
        near.extend(_own(document, carrier, 2))
    above = document.head(token)
    if (
        carrier is None
        and above is not None
        and not is_predicate(document, token)
        and not has_particle(document, above)
        and not _is_apart(document, token)
    ):
        near.append(above)  # "calls off a meeting" is no call
    seen = lemmas_of(near)
    return next((name for name, cues in trigger.modes if seen & cues), None)


def _own(document: Document, token: Token, depth: int) -> list[Token]:
    """What hangs from a word down to a depth, without what it comes before or after: "talks after the call"."""
    children = [t for t in dependents(document, token, 1) if not _is_apart(document, t)]
    further = [t for child in children for t in _own(document, child, depth - 1)] if depth > 1 else []
    return [*children, *further]


def _is_apart(document: Document, token: Token) -> bool:
    return is_counted_from(document, token) or is_apart(document, token)


# --- the claim -------------------------------------------------------------------------------------------------------


def _claim(document: Document, number: int, draft: Draft) -> Claim:
    token = draft.token
    factuality: Factuality = draft.factuality
    return Claim(
        id=f"c{number}",
        sentence=token.sentence,
        trigger=_span(document, token),
        predicate=draft.candidate.predicate,
        event=f"e{draft.event}",
        event_type=draft.event_type,
        mode=draft.mode,
        actors=tuple(draft.parties.actors),
        recipients=tuple(draft.parties.recipients),
        place=draft.parties.place,
        time=draft.when.time,
        from_=draft.when.from_,
        to=draft.when.to,
        status=draft.status,
        polarity=factuality.polarity,
        certainty=factuality.certainty,
        attributions=chains(document, token),
        quantities=tuple(quantities_of(document, token, draft.carrier)),
        rule=_rule(document, draft),
        time_from=draft.when.origin,
        inferred=tuple(draft.parties.inferred),
        cues=factuality.cues,
    )


def _rule(document: Document, draft: Draft) -> str:
    if draft.trigger is None:
        return f"{document.language}/{draft.candidate.general}#{draft.candidate.predicate}"
    file = f"{document.language}/{draft.trigger.event_type.lower()}"
    by_model = draft.trigger.name == LIKELY
    return f"{file}~model#{draft.candidate.predicate}" if by_model else f"{file}#{draft.trigger.name}"


def _span(document: Document, token: Token) -> TextSpan:
    """The trigger with its particle; a copula with the adjective or noun close behind it."""
    start, end = token.start, token.end
    for particle in document.children(token, "compound:prt"):
        start, end = min(start, particle.start), max(end, particle.end)
    if token.deprel == "cop" and 0 < token.head - token.i <= 2:
        end = document.tokens[token.head].end
    return TextSpan(start, end, document.text[start:end])
