"""Whoever is likely enough fills a role that no rule fills; what rules find stays."""

from unittest.mock import patch

import pytest

import ultimora
from ultimora.claims import extract, likely
from ultimora.types import Claim, Reading

PUBLISHED = "2025-11-20T12:00:00+00:00"


def _read(text: str, language: str) -> Reading:
    return ultimora.read(text, language=language, published=PUBLISHED)


def _parties(text: str, language: str, event_type: str) -> tuple[set[str], set[str]]:
    reading = _read(text, language)
    names = {e.id: e.country or e.name for e in reading.entities}
    claim = next(c for c in reading.claims if c.event_type == event_type)
    return {names[a] for a in claim.actors}, {names[r] for r in claim.recipients}


UNFILLED = [
    ("Tre cortei in un giorno: i pescatori di Chioggia hanno bloccato il porto contro il divieto.", "it"),
    ("Braccia incrociate da ieri sera: i portuali di Marsiglia non scaricano le navi.", "it"),
    ("After eleven hours of talks the two sides had a deal, and the dockers of Cork went home.", "en"),
    ("Hostility towards the new levy spilled over: growers blocked the motorway at Lleida.", "en"),
]


@pytest.mark.parametrize(("text", "language"), UNFILLED)
def test_only_empty_roles_are_filled(text: str, language: str) -> None:
    """With and without what is learned the same events are read, and whoever rules find has his role."""
    with patch.object(extract, "fill_in", lambda document, told: None):
        before = _read(text, language).claims
    after = _read(text, language).claims

    def event(claim: Claim) -> tuple[int, str | None]:
        return claim.trigger.start, claim.event_type

    assert [event(c) for c in after] == [event(c) for c in before]
    for was, now in zip(before, after, strict=True):
        assert set(was.actors) <= set(now.actors)
        assert set(was.recipients) <= set(now.recipients)


def test_weights_are_odds_of_known_signs() -> None:
    """The weights that ship are those of signs that readings give, and none is beyond reason."""
    worth = likely.weights()
    assert len(worth) > 1000
    assert all(abs(a) < 10 and abs(r) < 10 for a, r in worth.values())


def test_somebody_of_another_clause_acts() -> None:
    """As in a nominal beginning whose doer the second half names."""
    text = "Manette per il direttore del giornale: la polizia di Kampala ha perquisito anche la casa."
    assert _parties(text, "it", "COERCE") == ({"UGA"}, {"direttore del giornale"})


def test_the_owner_of_what_is_refused_is_refused() -> None:
    """As in what a chamber sinks, which is of a government."""
    text = "Il Bundesrat affossa il decreto sugli affitti del governo di Berlino."
    assert _parties(text, "it", "REJECT")[1] == {"DEU"}
