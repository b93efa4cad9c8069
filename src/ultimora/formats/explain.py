"""Why each claim of a reading is as it is: the rule, the words of each role, the cues for status and certainty."""

from __future__ import annotations

from ultimora.types import Claim, Entity, Reading


def render(reading: Reading) -> str:
    """The claims in the order of the text, each under its sentence."""
    entities = {entity.id: entity for entity in reading.entities}
    found, shown = [], -1
    for claim in reading.claims:
        if claim.sentence != shown:
            shown = claim.sentence
            sentence = reading.sentences[shown]
            found.append(f"\n[{shown}] {' '.join(reading.text[sentence.start : sentence.end].split())}")
        found += _claim(reading, claim, entities)
    return "\n".join(found).lstrip("\n")


def _claim(reading: Reading, claim: Claim, entities: dict[str, Entity]) -> list[str]:
    kind = ".".join(filter(None, (claim.event_type, claim.mode))) or claim.predicate
    lines = [f"  {claim.id} → {claim.event}  {kind}  «{claim.trigger.text}»  rule {claim.rule}"]
    for role, ids in (("actors", claim.actors), ("recipients", claim.recipients), ("place", (claim.place,))):
        words = [_words(claim, entities[i]) for i in ids if i]
        inferred = "  (understood)" if role in claim.inferred else ""
        lines += [f"      {role}: {'; '.join(words)}{inferred}"] if words else []
    times = {t.id: t for t in reading.times}
    written = f"«{times[claim.time].text}» " if claim.time else ""
    if claim.from_ or claim.to:
        lines.append(f"      time: {written}{claim.from_ or '…'} – {claim.to or '…'}  (from {claim.time_from})")
    cues = f"  cues: {', '.join(f'«{cue}»' for cue in claim.cues)}" if claim.cues else ""
    lines.append(f"      {claim.status}, {claim.polarity}, {claim.certainty}{cues}")
    for chain in claim.attributions:
        links = (f"{entities[k.source].name} ({k.stance}{_through(k.medium, entities)})" for k in chain)
        lines.append(f"      says: {' ← '.join(links)}")
    return lines


def _through(medium: str | None, entities: dict[str, Entity]) -> str:
    return f", via {entities[medium].name}" if medium else ""


def _words(claim: Claim, entity: Entity) -> str:
    """The entity's name, and the words nearest to the trigger that speak of it in the sentence."""
    near = [m for m in entity.mentions if m.sentence == claim.sentence]
    if not near:
        return entity.name
    mention = min(near, key=lambda m: (abs(m.start - claim.trigger.start), m.start))
    country = f" [{entity.country}]" if entity.country else ""
    return f"«{mention.text}» = {entity.name}{country}" if mention.text != entity.name else f"«{mention.text}»{country}"
