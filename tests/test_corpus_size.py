"""How much the corpus holds of who speaks and of whom, with counterexamples, counted over both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ultimora import languages
from ultimora.languages.corpus import Example, examples

LINES = [example for tag in languages.available() for example in examples(tag)]
ABOUT_ROLES = ("roles.yaml", "back.yaml", "speakers.yaml")


def mentions(example: Example) -> Iterator[Any]:
    wanted = [*example.wants.get("entities", ()), *_list(example.forbids.get("entities"))]
    return (m for entity in wanted for m in entity.get("mentions", ()))


def _list(value: Any) -> list[dict[str, Any]]:
    return value if isinstance(value, list) else []


def metonyms(metonym: bool) -> int:
    wanted = (e for line in LINES for e in line.wants.get("entities", ()))
    told = (m for e in wanted for m in e.get("mentions", ()) if isinstance(m, dict))
    return sum(m.get("metonym") is metonym for m in told)


def roles_and_references() -> int:
    told = (line for line in LINES if line.path.name in ABOUT_ROLES)
    return sum(bool(list(mentions(line))) or "roles" in str(line.wants) for line in told)


def statements() -> int:
    wanted = sum(len(line.wants.get("statements", ())) for line in LINES)
    return wanted + sum("statements" in line.forbids for line in LINES)


def chains() -> int:
    claims = (claim for line in LINES for claim in line.wants.get("claims", ()))
    return sum(len(claim.get("attributions") or ()) for claim in claims)


def denied_or_confirmed() -> int:
    """Sentences that speak of an event again: confirmed, denied or announced by its noun or a pronoun."""
    claims = (claim for line in LINES for claim in line.wants.get("claims", ()))
    links = (link for c in claims for chain in c.get("attributions") or () for link in chain)
    return sum(link[1] in ("confirms", "denies") for link in links)


@pytest.mark.parametrize(
    ("count", "least"),
    [
        (metonyms(True) + metonyms(False), 120),
        (metonyms(False), 60),
        (roles_and_references(), 100),
        (statements(), 200),
        (chains(), 60),
        (denied_or_confirmed(), 20),
    ],
)
def test_enough(count: int, least: int) -> None:
    assert count >= least
