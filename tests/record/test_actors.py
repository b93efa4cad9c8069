"""Who is who across articles and languages, and what a user may say about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from factories import ITALY, KARATAS, ROVATI, Said, entity, person, reading
from ultimora.answers import Record
from ultimora.cli.main import app
from ultimora.errors import BadActor, NoAnswer
from ultimora.record.aliases import ActorEdit, Aliases, check_merge
from ultimora.record.seed import bodies, body
from ultimora.types import Role

DAY = "2025-03-05"


def call(a: Any, b: Any, day: str = DAY) -> Said:
    return Said(f"{a.name} ha sentito {b.name}.", [a], [b], mode="phone", day=day)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = Record(tmp_path / "actors.db")
    record.add(reading("a", call(ROVATI, KARATAS)), seen="2025-03-05T10:00:00Z")
    record.add(reading("b", call(person("Rovati"), person("Ada Lund", "NOR"))), seen="2025-03-06T10:00:00Z")
    return record


def keys(record: Record, name: str) -> list[str]:
    return [a.key for a in record.actor(name).actors]


def test_states_and_bodies_are_known_by_the_names_of_every_language() -> None:
    assert body("Onu") == body("United Nations")
    assert body("Nazioni Unite").key == "org:nazioni unite"  # type: ignore[union-attr]
    assert body("Consiglio di sicurezza dell'Onu") == body("Security Council") != body("UN")
    assert body("Bar Sport") is None
    assert len(bodies()) > 60


def test_a_body_is_one_in_both_languages(record: Record) -> None:
    un_it, un_en = entity("Nazioni Unite", "organization"), entity("United Nations", "organization")
    record.add(reading("c", call(ITALY, un_it)), seen="2025-03-07T10:00:00Z")
    record.add(reading("d", call(ITALY, un_en), language="en"), seen="2025-03-07T11:00:00Z")
    assert len(record.last("Italy", "Onu").events[0].references) == 2
    assert record.actor("UN").actors[0].key == "org:nazioni unite"


def test_half_a_name_is_no_second_actor(record: Record) -> None:
    assert [a.name for a in record.actors("person").actors] == ["Ada Lund", "Elena Rovati", "Selim Karataş"]
    assert "Rovati" in record.actor("Rovati").actors[0].names


def test_actors_named_alike_stay_two(record: Record) -> None:
    record.add(reading("c", call(person("Mario Rovati"), KARATAS)), seen="2025-03-07T10:00:00Z")
    assert {"Elena Rovati", "Mario Rovati"} <= {a.name for a in record.actors("person").actors}
    assert "several people" in {n.kind for n in record.last("Rovati", "Karataş").notes}
    other = reading("d", call(person("Mario Lund"), KARATAS))
    record.add(other, seen="2025-03-07T11:00:00Z")
    with pytest.raises(BadActor, match="name one of these"), record.store.correcting() as corrector:
        corrector.merge("Lund", "Karataş")


def test_the_seed_is_there_before_any_article(tmp_path: Path) -> None:
    record = Record(tmp_path / "empty.db")
    names = {a.name for a in record.actors(seed=True).actors}
    assert {"Italy", "Turkey"} <= names
    assert record.actor("Nato").actors[0].kind == "organization"
    with pytest.raises(NoAnswer):
        record.actors()


def test_offices_have_a_beginning_and_an_end(tmp_path: Path) -> None:
    record = Record(tmp_path / "offices.db")
    for ident, day, tense in (
        ("a", "2025-03-05", "current"),
        ("b", "2025-03-09", "current"),
        ("c", "2025-04-01", "former"),
    ):
        who = person("Ada Lund", "NOR")
        who = entity("Ada Lund", "person", "NOR", roles=(Role("premier", "NOR", 0, tense),))  # type: ignore[arg-type]
        made = reading(ident, call(who, KARATAS, day), published=f"{day}T09:00:00Z")
        record.add(made, seen=f"{day}T10:00:00Z")
    office = record.actor("Lund").actors[0].offices[0]
    assert (office.title, office.of, office.from_, office.to) == ("premier", "NOR", "2025-03-05", "2025-04-01")
    assert office.sentence == "Ada Lund ha sentito Selim Karataş."
    assert record.actor("Lund", as_of="2025-03-20").actors[0].offices[0].to is None


def test_merged_and_parted_again(record: Record) -> None:
    with pytest.raises(NoAnswer):
        record.last("Lund", "Karataş")
    with record.store.correcting() as corrector:
        corrector.merge("Ada Lund", "Elena Rovati")
    assert keys(record, "Lund") == ["person:elena rovati"]
    assert record.last("Lund", "Karataş").events[0].from_ == DAY
    with record.store.correcting() as corrector:
        assert [e.kind for e in corrector.split("Ada Lund")] == ["merge"]
    assert keys(record, "Lund") == ["person:ada lund"]


def test_a_merge_that_makes_a_cycle_is_refused(record: Record) -> None:
    with record.store.correcting() as corrector:
        corrector.merge("Ada Lund", "Elena Rovati")
    for a, b in (("Elena Rovati", "Ada Lund"), ("Ada Lund", "Elena Rovati"), ("Ada Lund", "Selim Karataş")):
        with pytest.raises(BadActor, match="split"), record.store.correcting() as corrector:
            corrector.merge(a, b)
    assert len(record.actor_edits()) == 1


def test_long_chains_end() -> None:
    aliases = Aliases([ActorEdit(1, "", "merge", "a", "b"), ActorEdit(2, "", "merge", "b", "c")])
    assert aliases.one("a") == "c"
    assert set(aliases.members("a")) == {"a", "b", "c"}
    with pytest.raises(BadActor):
        check_merge(aliases, "c", "a")


def test_a_name_that_is_somebody_elses(record: Record) -> None:
    record.add(reading("c", call(person("E. Rovati"), person("Ivo Hale"))), seen="2025-03-07T10:00:00Z")
    with record.store.correcting() as corrector:
        corrector.take_in([])
        corrector.rename("Ivo Hale", "Presidente Hale")
    assert record.actor("Presidente Hale").actors[0].key == "person:ivo hale"
    with pytest.raises(BadActor), record.store.correcting() as corrector:
        corrector.split("Ivo Hale", "Ivo Hale")


def test_user_files(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ULTIMORA_RECORD", str(record.store.path))
    toml = tmp_path / "mine.toml"
    toml.write_text('[[actor]]\nname = "Ada M. Lund"\nwikidata = "Q1"\naliases = ["Ada Lund"]\ncountry = "NOR"\n')
    (tmp_path / "more.csv").write_text(
        "name,kind,country,wikidata,aliases\nPorto Nuovo SpA,organization,ITA,Q2,PN|P. Nuovo\n"
    )
    runner = CliRunner()
    for name in ("mine.toml", "mine.toml", "more.csv"):
        assert runner.invoke(app, ["actors", "load", str(tmp_path / name)]).exit_code == 0
    lund = record.actor("Lund").actors[0]
    assert (lund.name, lund.wikidata, lund.country) == ("Ada M. Lund", "Q1", "NOR")
    assert record.actor("P. Nuovo").actors[0].wikidata == "Q2"
    for bad in ("[[actor]]\nkind='person'", "[[actor]]\nname='X'\nkind='king'", "[[actor"):
        toml.write_text(bad)
        assert isinstance(runner.invoke(app, ["actors", "load", str(toml)]).exception, BadActor)


def test_commands(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ULTIMORA_RECORD", str(record.store.path))
    runner = CliRunner()
    for words, told in (
        (["list"], "Elena Rovati"),
        (["list", "--seed", "--kind", "organization"], "Nazioni Unite"),
        (["show", "Rovati"], "presidente del Consiglio (ITA)  from 2025-03-05 · 1 article"),
        (["merge", "Lund", "Karataş"], "ultimora actors undo 1"),
        (["edits"], "person:ada lund"),
        (["undo", "1"], "undone: merge"),
        (["rename", "Lund", "Signora Lund"], "is called Signora Lund"),
    ):
        done = runner.invoke(app, ["actors", *words])
        assert (done.exit_code, told in done.stdout) == (0, True), (words, done.output, done.exception)
