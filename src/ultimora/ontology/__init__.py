"""PLOVER's event types as data, one file each under ``types/``: modes, roles, scores, and CAMEO codes both ways."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
_FOLDER = Path(__file__).parent / "types"


@dataclass(frozen=True, slots=True)
class Mode:
    """A way in which an event happens: PLOVER score, definition, and the CAMEO code that stands for it best."""

    name: str
    definition: str
    score: float
    cameo: str


@dataclass(frozen=True, slots=True)
class EventType:
    """One of PLOVER's event types.

    ``absorbs`` names the types that are only the content of this one when they stand in what is asked, refused or
    threatened ("chiede il rilascio" is a request and no release).
    """

    name: str
    definition: str
    quad: Quad
    score: float
    reciprocal: bool
    recipient_required: bool
    absorbs: frozenset[str]
    cameo: str
    modes: Mapping[str, Mode]


@cache
def load() -> Mapping[str, EventType]:
    """Every event type by name, in PLOVER's order."""
    found = [_event_type(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(_FOLDER.glob("*.toml"))]
    return {each.name: each for each in sorted(found, key=lambda each: _ORDER.index(each.quad))}


_ORDER: tuple[Quad, ...] = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


def _event_type(table: dict[str, Any]) -> EventType:
    modes = {
        name: Mode(name, mode["definition"], float(mode["score"]), mode.get("cameo", table["cameo"]))
        for name, mode in table.get("modes", {}).items()
    }
    return EventType(
        name=table["name"],
        definition=table["definition"],
        quad=table["quad"],
        score=float(table["score"]),
        reciprocal=table.get("reciprocal", False),
        recipient_required=table.get("recipient_required", False),
        absorbs=frozenset(table.get("absorbs", ())),
        cameo=table["cameo"],
        modes=modes,
    )


@cache
def _codes() -> Mapping[str, tuple[str, str | None]]:
    found: dict[str, tuple[str, str | None]] = {}
    for path in sorted(_FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for mode, codes in table.get("cameo_codes", {}).items():
            found.update(dict.fromkeys(codes, (table["name"], None if mode == "none" else mode)))
    return found


def from_cameo(code: str) -> tuple[str, str | None] | None:
    """The PLOVER type and mode of a CAMEO code ("042" is a CONSULT by visit), None for a code without one."""
    codes = _codes()
    for length in range(len(code), 1, -1):
        if code[:length] in codes:
            return codes[code[:length]]
    return None


def to_cameo(event_type: str, mode: str | None = None) -> str:
    """The CAMEO code that stands best for a PLOVER type and mode."""
    kind = load()[event_type]
    return kind.modes[mode].cameo if mode is not None and mode in kind.modes else kind.cameo


def quad_code(event_type: str) -> int:
    """The number that PLOVER and GDELT give the quad class of a type: 1 and 2 cooperation, 3 and 4 conflict."""
    return _ORDER.index(load()[event_type].quad) + 1


def score(event_type: str, mode: str | None = None) -> float:
    """PLOVER's score of conflict (-10) and cooperation (+10)."""
    kind = load()[event_type]
    return kind.modes[mode].score if mode is not None and mode in kind.modes else kind.score


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


def coded(event_type: str, mode: str | None, *, planned: bool) -> tuple[str, str]:
    """The type that PLOVER gives an event and its CAMEO code: a planned meeting is an AGREE there, 036."""
    other = _table("planned").get(event_type) if planned else None
    return (other["type"], other["cameo"]) if other else (event_type, to_cameo(event_type, mode))


def goldstein(code: str) -> float:
    """The Goldstein score of a CAMEO code (-10 conflict, +10 cooperation), of its parent where it has none."""
    scores: dict[str, float] = _table("goldstein")["score"]
    return next((scores[code[:n]] for n in range(len(code), 1, -1) if code[:n] in scores), 0.0)
