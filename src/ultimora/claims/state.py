"""What is known of an event while its status is being settled, and how a word acts on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ultimora.claims.cues import Effect
from ultimora.types import Certainty, Status

_CERTAINTIES: tuple[Certainty, ...] = ("certain", "probable", "possible", "underspecified")
_STATUSES: tuple[Status, ...] = ("occurred", "ongoing", "planned", "hypothetical")


@dataclass(slots=True)
class State:
    """What is known of the event so far, from the trigger outwards."""

    status: Status | None = None
    certainty: Certainty = "certain"
    negative: bool = False
    hearsay: bool = False
    unasserted: bool = False
    past: bool = False
    narrated: bool = False
    cues: list[str] = field(default_factory=list)

    def apply(self, effect: Effect, cue: str, flip: bool = False) -> None:
        """Lets a word act: the less factual status and the weaker certainty win, negations cancel out."""
        if effect.status and (self.status is None or _STATUSES.index(effect.status) > _STATUSES.index(self.status)):
            self.status = effect.status
        if effect.certainty and _CERTAINTIES.index(effect.certainty) > _CERTAINTIES.index(self.certainty):
            self.certainty = effect.certainty
        self.negative ^= effect.negative ^ flip
        if effect != Effect() or flip:
            self.cues.append(cue)
