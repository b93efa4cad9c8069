"""What the questions answer, on records made by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import CHIGI, GREECE, ITALY, KARATAS, ROVATI, SANFELICE, TURKEY, Said, entity, person, reading
from ultimora.answers import Answer, Record
from ultimora.errors import NoAnswer
from ultimora.serial import to_data

AT = "2025-03-05T13:00:00+01:00"
NOW = datetime(2025, 3, 6, 12, tzinfo=UTC)

CALL = Said(
    "Rovati ha sentito Karataş.", [ROVATI], [KARATAS], mode="phone", day="2025-03-05", sources=[(CHIGI, "confirms")]
)
VISIT = Said("Rovati andrà ad Ankara il 14.", [ROVATI], [KARATAS], mode="visit", day="2025-03-14", status="planned")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "answers.db", clock=lambda: NOW)


def test_last_takes_what_happened_and_names_its_source(record: Record) -> None:
    record.add(reading("a", CALL, VISIT), seen=AT)
    answer = record.last("Italia", "Turkey")
    assert [e.from_ for e in answer.events] == ["2025-03-05"]
    reference = answer.events[0].references[0]
    assert (reference.sentence, reference.outlet) == ("Rovati ha sentito Karataş.", "Agenzia Lanterna")
    assert [(s.name, s.stance) for s in reference.sources[0]] == [("Palazzo Chigi", "confirms")]
    assert [n.kind for n in answer.notes] == ["planned"]


def test_a_denied_contact_is_a_note(record: Record) -> None:
    denied = Said(
        "Ankara smentisce la telefonata del 6.",
        [ROVATI],
        [KARATAS],
        mode="phone",
        day="2025-03-06",
        polarity="negative",
        sources=[(TURKEY, "denies")],
    )
    record.add(reading("a", CALL, denied), seen=AT)
    answer = record.last("Rovati", "Karatas")
    assert answer.events[0].from_ == "2025-03-05"
    assert [(n.kind, n.text) for n in answer.notes] == [("denied", "2025-03-06: did not happen, says Turchia")]


def test_a_denial_of_what_others_assert_is_a_dispute(record: Record) -> None:
    denial = Said(
        "Ankara nega la telefonata.",
        [ROVATI],
        [KARATAS],
        mode="phone",
        day="2025-03-05",
        polarity="negative",
        sources=[(TURKEY, "denies")],
    )
    record.add(reading("a", CALL), seen=AT)
    record.add(reading("b", denial), seen=AT)
    event = record.last("Rovati", "Karatas").events[0]
    assert (event.polarity, event.disputed, len(event.references)) == ("positive", True, 2)


def test_kinds(record: Record) -> None:
    record.add(reading("a", CALL, VISIT), seen=AT)
    assert record.next("Italia", "Turchia", kind="meeting").events[0].mode == "visit"
    with pytest.raises(NoAnswer):
        record.next("Italia", "Turchia", kind="call")
    with pytest.raises(NoAnswer) as caught:
        record.last("Italia", "Turchia", kind="meeting")
    assert any("2025-03-05: phone" in line for line in caught.value.near)


def test_next_is_the_soonest_that_is_not_past(record: Record) -> None:
    sooner = Said("Si vedono il 10.", [ROVATI], [KARATAS], day="2025-03-10", status="planned")
    record.add(reading("a", VISIT, sooner), seen=AT)
    assert record.next("Italia", "Turchia").events[0].from_ == "2025-03-10"
    assert record.next("Italia", "Turchia", as_of="2025-03-12").events[0].from_ == "2025-03-14"


def test_a_meeting_that_was_called_off_is_not_next(record: Record) -> None:
    planned = Said("Si vedono lunedì.", [ROVATI], [KARATAS], day="2025-03-10", status="planned")
    off = Said(
        "L'incontro di lunedì è saltato.", [ROVATI], [KARATAS], day="2025-03-10", status="planned", polarity="negative"
    )
    record.add(reading("a", planned, published="2025-03-04T10:00:00+01:00"), seen="2025-03-04T10:00:00+01:00")
    record.add(reading("b", off, VISIT), seen=AT)
    answer = record.next("Italia", "Turchia")
    assert answer.events[0].from_ == "2025-03-14"
    assert [(n.kind, n.text) for n in answer.notes] == [("called off", "2025-03-10: called off")]
    agenda = record.agenda()
    assert [e.outcome for e in agenda.events] == ["expected"]
    assert [(n.kind, n.text) for n in agenda.notes] == [("called off", "2025-03-10")]


def test_a_meeting_that_newer_articles_put_on_another_day_was_moved(record: Record) -> None:
    old = Said("Si vedono lunedì a Roma.", [ROVATI], [KARATAS], day="2025-03-10", status="planned")
    record.add(reading("a", old, published="2025-03-04T10:00:00+01:00"), seen="2025-03-04T10:00:00+01:00")
    assert record.next("Italia", "Turchia", as_of="2025-03-04T20:00:00+01:00").events[0].from_ == "2025-03-10"
    record.add(reading("b", VISIT), seen=AT)
    answer = record.next("Italia", "Turchia")
    assert answer.events[0].from_ == "2025-03-14"
    assert [(n.kind, n.text) for n in answer.notes] == [("moved", "2025-03-10: newer articles say 2025-03-14")]
    assert [e.from_ for e in record.agenda().events] == ["2025-03-14"]
    record.add(reading("call", CALL), seen=AT)
    assert [n.kind for n in record.last("Italia", "Turchia").notes] == ["moved", "planned"]
    record.add(reading("c", old, published="2025-03-05T20:00:00+01:00"), seen="2025-03-05T20:00:00+01:00")
    assert record.next("Italia", "Turchia").events[0].from_ == "2025-03-10"


def test_an_undated_plan_is_not_told_beside_its_date(record: Record) -> None:
    undated = Said("Il vertice con Karataş si farà.", [ROVATI], [KARATAS], status="planned")
    record.add(reading("a", VISIT), seen=AT)
    record.add(reading("b", undated), seen=AT)
    assert [e.from_ for e in record.agenda().events] == ["2025-03-14"]


def test_what_has_no_type_is_told_when_asked_for(record: Record) -> None:
    fire = Said("Un incendio ad Atene.", [GREECE], event_type=None, day="2025-03-04", predicate="incendio")
    record.add(reading("a", fire), seen=AT)
    assert record.timeline("Grecia", everything=True).events
    with pytest.raises(NoAnswer):
        record.timeline("Grecia")


def test_what_was_planned_and_then_happened(record: Record) -> None:
    planned = Said("Si sentono oggi.", [ROVATI], [KARATAS], mode="phone", day="2025-03-05", status="planned")
    record.add(reading("a", planned, published="2025-03-04T10:00:00+01:00"), seen="2025-03-04T10:00:00+01:00")
    record.add(reading("b", CALL), seen=AT)
    event = record.last("Italia", "Turchia").events[0]
    assert [s.status for s in record.show(event.event).events[0].history] == ["planned", "occurred"]
    assert record.extent().events == 1


def test_a_state_stands_for_its_leaders_and_not_the_reverse(record: Record) -> None:
    states = Said("Italia e Turchia si sono parlate.", [ITALY], [TURKEY], day="2025-03-03")
    record.add(reading("a", states), seen=AT)
    assert record.last("Italia", "Turchia").events
    record.add(reading("b", CALL), seen=AT)
    assert record.last("Italia", "Turchia").events[0].from_ == "2025-03-05"
    assert record.last("Rovati", "Turchia").events[0].from_ == "2025-03-05"
    with pytest.raises(NoAnswer):
        record.last("Sanfelice", "Turchia")


def test_a_capital_stands_for_its_government(record: Record) -> None:
    record.add(reading("a", CALL), seen=AT)
    assert record.last("Roma", "Ankara").events == record.last("Italia", "Turchia").events
    assert record.last("Rome", "Ankara").events


def test_a_private_person_acts_for_the_state_only_for_want_of_others(record: Record) -> None:
    tourist = person("Mario Bianchi", "ITA")
    record.add(reading("a", Said("Si sono visti.", [tourist], [KARATAS], day="2025-03-06")), seen=AT)
    answer = record.last("Italia", "Turchia")
    assert [(n.kind, n.text) for n in answer.notes] == [
        ("loosely", "no article says that Mario Bianchi acts for the state")
    ]
    record.add(reading("b", CALL), seen=AT)
    answer = record.last("Italia", "Turchia")
    assert (answer.events[0].from_, answer.notes) == ("2025-03-05", ())


def test_an_office_met_in_another_article_counts(record: Record) -> None:
    bare = person("Rovati")
    record.add(reading("a", Said("Rovati in Senato.", [ROVATI], event_type=None)), seen=AT)
    record.add(reading("b", Said("Rovati ha visto Karataş.", [bare], [KARATAS], day="2025-03-03")), seen=AT)
    assert record.last("Italia", "Turchia").events[0].actors[0].name == "Elena Rovati"


def test_nearest_names(record: Record) -> None:
    record.add(reading("a", CALL), seen=AT)
    with pytest.raises(NoAnswer) as caught:
        record.last("Rovatini", "Turchia")
    assert caught.value.near[0] in ("Rovati", "Elena Rovati")


def test_two_people_of_one_name_are_told(record: Record) -> None:
    other = person("Marco Rovati", "ITA", "sindaco")
    record.add(reading("a", CALL, Said("Incontro.", [other], [GREECE], day="2025-03-04")), seen=AT)
    answer = record.last("Rovati", "Karatas")
    assert [(n.kind, n.text) for n in answer.notes] == [("several people", "Rovati may be Elena Rovati, Marco Rovati")]


def test_an_empty_record(record: Record) -> None:
    for ask in (record.timeline, record.agenda, lambda: record.show("abc"), lambda: record.last("Rovati", "Italia")):
        with pytest.raises(NoAnswer, match="empty"):
            ask()


def test_before_anything_was_known(record: Record) -> None:
    record.add(reading("a", CALL), seen=AT)
    with pytest.raises(NoAnswer, match="nothing was known"):
        record.timeline(as_of="2020-01-01")


def test_timeline_by_actor_time_and_type(record: Record) -> None:
    protest = Said("Atene protesta.", [GREECE], [ITALY], event_type="REJECT", day="2025-03-04")
    record.add(reading("a", CALL, protest, VISIT), seen=AT)
    assert [e.event_type for e in record.timeline("Grecia").events] == ["REJECT"]
    assert [e.from_ for e in record.timeline().events] == ["2025-03-04", "2025-03-05", "2025-03-14"]
    assert [e.from_ for e in record.timeline(since="2025-03-05", until="2025-03-06").events] == ["2025-03-05"]
    assert [e.from_ for e in record.timeline(type="consult", until="2025-03-06").events] == ["2025-03-05"]
    with pytest.raises(NoAnswer, match="no event type") as caught:
        record.timeline(type="WAR")
    assert "ASSAULT" in caught.value.near[0]
    with pytest.raises(NoAnswer) as nothing:
        record.timeline("Grecia", since="2025-04-01")
    assert nothing.value.near == ("known days: 2025-03-04",)


def test_overdue(record: Record) -> None:
    record.add(reading("a", VISIT), seen=AT)
    with pytest.raises(NoAnswer):
        record.agenda(overdue=True)
    assert [e.outcome for e in record.agenda(overdue=True, as_of="2025-03-20").events] == ["unreported"]
    with pytest.raises(NoAnswer):
        record.agenda(as_of="2025-03-20")


def test_show_by_the_beginning_of_an_id(record: Record) -> None:
    record.add(reading("a", CALL, VISIT), seen=AT)
    event = record.last("Italia", "Turchia").events[0].event
    assert record.show(event[:6]).events[0].event == event
    with pytest.raises(NoAnswer, match="no event"):
        record.show("zzz")
    with pytest.raises(NoAnswer, match="no event"):
        record.show(" ")


def test_organisations_by_their_initials(record: Record) -> None:
    nato = entity("NATO", "organization")
    record.add(reading("a", Said("La Nato ha ricevuto Sanfelice.", [nato], [SANFELICE], day="2025-03-04")), seen=AT)
    assert record.last("nato", "Sanfelice").events


def test_html_is_escaped(record: Record) -> None:
    nasty = Said("<script>alert(1)</script> Rovati & Karataş.", [ROVATI], [KARATAS], day="2025-03-05")
    record.add(reading("a", nasty, url="javascript:alert(1)", outlet="<b>x</b>"), seen=AT)
    html = record.last("Italia", "Turchia")._repr_html_()
    assert not [bad for bad in ("<script>", "<b>", "javascript") if bad in html]
    assert "&lt;script&gt;" in html


def test_answers_are_plain_data(record: Record) -> None:
    record.add(reading("a", CALL), seen=AT)
    answer: Answer = record.last("Italia", "Turchia")
    data = json.loads(json.dumps(to_data(answer)))
    assert data["schema"] == "ultimora.answer/1"
    assert data["events"][0]["from"] == "2025-03-05"
