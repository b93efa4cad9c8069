"""A claim in the making: its candidate, rule, parties, judgement and time, before ids are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ultimora.claims.factuality import Factuality
from ultimora.claims.parties import Parties
from ultimora.claims.rules import Trigger
from ultimora.claims.triggers import Candidate
from ultimora.claims.when import When
from ultimora.types import Status, Token


@dataclass(slots=True)
class Draft:
    """One claim in the making."""

    candidate: Candidate
    trigger: Trigger | None
    event_type: str | None
    mode: str | None
    parties: Parties
    factuality: Factuality
    status: Status
    when: When
    carrier: Token | None = None
    striking: Token | None = None
    inherited: bool = False
    event: int = -1
    definite: bool = False
    resumed: Token | None = None
    """The definite noun by which it tells again of what the text takes for known."""
    verbless_title: bool = False
    distinct: bool = False
    outcome: bool = False
    repelled: bool = False
    echoes: Draft | None = None
    """What the text tells that a headline only hints at."""
    named: frozenset[str] = field(default_factory=frozenset)
    family: frozenset[str] = frozenset()
    """The kinds of events that its word may speak of."""
    countries: frozenset[str] = field(default_factory=frozenset)
    called: frozenset[str] = field(default_factory=frozenset)
    """The names of its parties in small letters, of those too whom nothing tells from others of the kind."""
    country_of: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def token(self) -> Token:
        """The word that speaks of the event."""
        return self.candidate.token

    @property
    def everybody(self) -> frozenset[str]:
        """Every party, whatever its role."""
        return frozenset(self.parties.actors) | frozenset(self.parties.recipients)
