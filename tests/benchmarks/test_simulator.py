"""The story simulator: its Italian is right, its worlds are the same from run to run, its scores count rightly."""

import datetime
import random
from pathlib import Path

import pytest
import yaml
from benchmarks.simulator import measure, truth
from benchmarks.simulator.newsroom import world
from benchmarks.simulator.scores import BCubed, Hits
from benchmarks.simulator.words import City, Day, Number, Person, Phrase, Setting, State

FOLDER = Path(__file__).parents[2] / "benchmarks" / "simulator" / "wordings"
MONDAY = datetime.date(2026, 3, 2)
IT = Setting("it", MONDAY, random.Random(1))
EN = Setting("en", MONDAY, random.Random(1))


@pytest.mark.parametrize(
    ("phrase", "case", "words"),
    [
        (Phrase("Egitto"), "di", "dell'Egitto"),
        (Phrase("Stati Uniti", plural=True), "a", "agli Stati Uniti"),
        (Phrase("scienziata", "f"), "da", "dalla scienziata"),
        (Phrase("zio"), "il", "lo zio"),
        (Phrase("Ankara", article=False), "a", "ad Ankara"),
        (Phrase("Roma", article=False), "a", "a Roma"),
        (Phrase("organizzatori", plural=True), "su", "sugli organizzatori"),
        (Phrase("agenzia Alba", "f"), "con", "con l'agenzia Alba"),
    ],
)
def test_italian_articles(phrase: Phrase, case: str, words: str) -> None:
    assert phrase.in_case(case, "it") == words


def test_people_states_days_and_numbers() -> None:
    premier = Person("Katrin", "Ostermeier", "f", "premier", "DEU")
    assert premier.show("con.title", IT) == "con la cancelliera tedesca Katrin Ostermeier"
    assert premier.show("title", EN) == "German Chancellor Katrin Ostermeier"
    assert premier.show("/o/a", IT) == "a"
    assert City("EGY", 0).show("a", IT) == "al Cairo"
    assert State("TUR").show("adj.fp", IT) == "turche"
    assert Day(MONDAY + datetime.timedelta(9)).show("a", IT) == "all'11 marzo"
    assert Day(MONDAY - datetime.timedelta(1)).show("", IT) == "ieri"
    assert Number(1).show("vittima", IT) == "una vittima"
    assert Number(20000).show("person", EN) == "20,000 people"


def test_the_same_seed_gives_the_same_world() -> None:
    assert [t.text for t in world(7, "dev").tellings] == [t.text for t in world(7, "dev").tellings]
    assert [t.text for t in world(7, "dev").tellings] != [t.text for t in world(8, "dev").tellings]


@pytest.mark.parametrize("set_", sorted(p.name for p in FOLDER.iterdir()))
def test_every_world_can_be_told(set_: str) -> None:
    for seed in range(1, 9):
        made = world(seed, set_)
        assert len({t.story for t in made.tellings}) == 3
        assert {t.fact.event for x in made.tellings for s in x.sentences for t in s.told} <= set(made.happenings)
        assert not [s for x in made.tellings for s in x.sentences if "{" in s.text or s.text != s.text.strip()]


def test_the_wordings_of_the_test_worlds_are_others() -> None:
    sets = {folder.name: _wordings(folder) for folder in FOLDER.iterdir()}
    assert sets["dev"]
    if "test" in sets:
        assert not sets["dev"] & sets["test"]


def _wordings(folder: Path) -> set[str]:
    """Every wording but the frames that are no more than a field and a full stop."""
    found: set[str] = set()
    for path in folder.glob("*.yaml"):
        found |= set(_leaves(yaml.safe_load(path.read_text(encoding="utf-8"))))
    return found


def _leaves(node: object) -> set[str]:
    if isinstance(node, dict):
        return {leaf for child in node.values() for leaf in _leaves(child)}
    if isinstance(node, list):
        return {leaf for child in node for leaf in _leaves(child)}
    return {str(node)}


def test_b_cubed_counts_splits_merges_and_what_lies_beside() -> None:
    score = BCubed()
    score.add({"a": "1", "b": "1", "c": "2"}, {"a": "x", "b": "y", "c": "y"}, {"y": 2})
    assert score.precision == pytest.approx(1 + 1 / 4 + 1 / 4)
    assert score.recall == pytest.approx(1 / 2 + 1 / 2 + 1)
    missed = BCubed()
    missed.add({"a": "1", "b": "1"}, {"a": "x", "b": None})
    assert missed.report()["r"] == 0.25


def test_hits_count_by_kind() -> None:
    hits = Hits()
    hits.add({("e1", "number"), ("e2", "denied")}, {("e1", "number"), ("e3", "number")}, 1)
    assert hits.report()["number"]["p"] == 0.5
    assert hits.report()["all"]["r"] == 0.5


def test_the_true_record_of_a_world_is_consistent() -> None:
    made = world(3, "dev")
    for happening, groups in truth.origins(made).items():
        assert groups, happening
    assert {c[2] for c in truth.changes(made)} <= {
        "added", "withdrawn", "firmed up", "weakened", "reversed", "number changed", "time changed", "place changed",
        "re-sourced",
    }  # fmt: skip


def test_true_readings_make_a_record_that_scores_well() -> None:
    report = measure.measure([2, 5], "dev", "true")
    assert report["mentions_found"]["all"].startswith("1.000")
    assert report["events_b3"]["p"] > 0.8
    assert report["changes"]["all"]["r"] > 0.7


def test_what_is_kept_is_not_made_again_and_adds_up(tmp_path: Path) -> None:
    scores = measure.Scores()
    scores.events.add({"a": "x", "b": "x"}, {"a": "1", "b": None})
    scores.changes.add({("u", 1, "added")}, {("u", 1, "added")}, 2)
    scores.errors.append("unread")
    made = measure.kept(tmp_path / "world.json", lambda: {"scores": scores.plain()})
    again = measure.kept(tmp_path / "world.json", dict)
    assert again == made
    twice = measure.Scores()
    for each in (made, again):
        twice.add(each["scores"])
    assert twice.report()["changes"]["all"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "true": 2, "found": 2}
    assert (twice.events.items, twice.events.found, twice.errors) == (4, 2, ["unread"] * 2)
