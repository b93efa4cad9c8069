"""Whatever article lies in the project can be read, and so can the simulator's worlds in every set of wordings."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from benchmarks.simulator import readings
from benchmarks.simulator.newsroom import world

from ultimora import read

ROOT = Path(__file__).parents[2] / "benchmarks"
ARTICLES = sorted([*(ROOT / "articles").glob("*.yaml"), *(ROOT / "articles_sources").glob("*/*.yaml")])
SETS = sorted(path.name for path in (ROOT / "simulator" / "wordings").iterdir())


@pytest.mark.parametrize("path", ARTICLES, ids=[f"{p.parent.name}/{p.stem}" for p in ARTICLES])
def test_every_article_of_our_own_is_read(path: Path) -> None:
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    reading = read(told["text"], published=str(told["published"]), language=told["language"])
    assert reading.claims
    assert reading.statements
    for claim in reading.claims:
        assert claim.event in {event.id for event in reading.events}


@pytest.mark.parametrize("wordings", SETS)
def test_every_telling_of_a_world_is_read(wordings: str) -> None:
    tellings = world(3, wordings).tellings
    assert len(tellings) > 10
    for telling in tellings:
        reading = readings.read(telling)
        assert reading.claims or reading.statements, telling.text
