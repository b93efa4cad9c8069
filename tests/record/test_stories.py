"""What makes a story, decided purely; and stories as they are kept and told again."""

from __future__ import annotations

from pathlib import Path

import pytest

from factories import (
    ITALY,
    KARATAS,
    ODESSA,
    ROVATI,
    RUSSIA,
    TURKEY,
    UKRAINE,
    Said,
    entity,
    reading,
)
from ultimora.answers import Record
from ultimora.errors import NoAnswer
from ultimora.record.stories import Gist, Profile, grow, likeness, put
from ultimora.record.vectors import nearness, vector

STRIKE_IT = "Raid di droni russi su Odessa nella notte, dieci morti in un palazzo"
STRIKE_EN = "Russian drones strike apartment block in Odesa overnight, killing ten"
TRADE = "La Commissione propone dazi sull'acciaio importato"


def gist(revision: str, text: str = "", day: str = "2025-03-05", **keys: float) -> Gist:
    names = {k.replace("_", ":", 1): w for k, w in keys.items()}
    return Gist(revision, revision, day, "it", names, {}, vector(text))


def test_vectors_are_near_across_languages() -> None:
    near, far = nearness(vector(STRIKE_IT), vector(STRIKE_EN)), nearness(vector(STRIKE_IT), vector(TRADE))
    assert near is not None
    assert far is not None
    assert near > 0.5 > 0.3 > far
    assert nearness("", vector(TRADE)) is None


def test_the_same_happening_in_another_language_continues_the_story() -> None:
    story = grow(None, "s", gist("1", STRIKE_IT, c_RUS=0.5, p_odesa=1.0))
    assert put(gist("2", STRIKE_EN, c_RUS=0.5, p_odesa=1.0), [story]).story == "s"
    assert put(gist("3", TRADE, n_comision=1.0), [story]).story is None


def test_like_words_about_another_city_are_no_one_story() -> None:
    story = grow(None, "s", gist("1", STRIKE_IT, c_RUS=0.5, p_odesa=1.0))
    other = gist("2", "Raid di droni russi su Sumy nella notte, tre morti in un mercato", c_RUS=0.5, p_sumi=1.0)
    assert likeness(other, story) < likeness(gist("3", STRIKE_EN, c_RUS=0.5, p_odesa=1.0), story)
    placed = put(other, [story])
    assert (placed.story, placed.branch_of) == (None, "s")


def test_after_long_silence_it_is_another_story() -> None:
    story = grow(None, "s", gist("1", STRIKE_IT, c_RUS=0.5, p_odesa=1.0))
    assert put(gist("2", STRIKE_IT, "2025-06-05", c_RUS=0.5, p_odesa=1.0), [story]).story is None


def test_a_shared_event_brings_an_old_story_back() -> None:
    profile = Profile("s", "2025-01-01", {"w:rovati": 1.0}, ("e1",), (vector(STRIKE_IT),))
    later = Gist("2", "2", "2025-03-05", "it", {"w:rovati": 1.0}, {"e1": 1.0}, vector(STRIKE_IT))
    assert put(later, [profile]).story == "s"


CALL = Said("Rovati ha sentito al telefono Karataş.", [ROVATI], [KARATAS], mode="phone", day="2025-03-05")
CALL_EN = Said("Italy and Turkey spoke by phone.", [ITALY], [TURKEY], mode="phone", day="2025-03-05")
STRIKE = Said(STRIKE_IT + ".", [RUSSIA], [UKRAINE], event_type="ASSAULT", day="2025-03-05", place=ODESSA)
QUAKE = Said(
    "Terremoto a Malatya, 15 morti.", [], [entity("Malatya", "place", "TUR")], event_type=None, day="2025-03-05"
)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = Record(tmp_path / "stories.db")
    record.add(reading("a", CALL, title="Telefonata tra Rovati e Karataş"), seen="2025-03-05T10:00:00Z")
    record.add(reading("b", STRIKE, title=STRIKE_IT, outlet="Onda Sette"), seen="2025-03-05T11:00:00Z")
    english = reading("c", CALL_EN, title="Rovati and Karatas speak by phone", language="en", outlet="Northgate News")
    record.add(english, seen="2025-03-05T12:00:00Z")
    record.add(reading("d", QUAKE, title="Terremoto in Turchia"), seen="2025-03-05T13:00:00Z")
    return record


def test_stories_in_both_languages(record: Record) -> None:
    told = record.stories(language="en", as_of="2025-03-05T18:00:00Z").stories
    assert len(told) == 3
    call = next(s for s in told if "Northgate News" in s.outlets)
    assert (call.title, call.languages, call.articles) == ("Rovati and Karatas speak by phone", ("en", "it"), 2)
    assert call.state == "new"
    italian = next(s for s in record.stories(language="it", as_of="2025-03-05T18:00:00Z").stories if s.articles == 2)
    assert (italian.story, italian.title) == (call.story, "Telefonata tra Rovati e Karataş")


def test_one_story_has_its_articles_and_events(record: Record) -> None:
    ident = next(s.story for s in record.stories(as_of="2025-03-05T18:00:00Z").stories if s.articles == 2)
    told = record.story(ident[:6], as_of="2025-03-05T18:00:00Z")
    assert [a.outlet for a in told.articles] == ["Agenzia Lanterna", "Northgate News"]
    assert [(e.event_type, len(e.references)) for e in told.events] == [("CONSULT", 2)]
    assert {a.name for a in told.actors} == {"Elena Rovati", "Selim Karataş"}


def test_a_story_is_closed_when_nobody_tells_it(record: Record) -> None:
    assert {s.state for s in record.stories(as_of="2025-03-08").stories} == {"running"}
    assert {s.state for s in record.stories(as_of="2025-06-08").stories} == {"closed"}


def test_no_story(record: Record) -> None:
    for ident in ("ffff", "", "100%"):
        with pytest.raises(NoAnswer):
            record.story(ident)
    with pytest.raises(NoAnswer):
        record.stories(as_of="2025-03-01")
