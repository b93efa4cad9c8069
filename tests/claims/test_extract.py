"""Claims and events of whole texts."""

from __future__ import annotations

import pytest

import ultimora
from ultimora.types import Claim, Event, Reading


def read(text: str, language: str = "it", published: str = "2025-10-16T18:00:00+02:00") -> Reading:
    return ultimora.read(text, published=published, language=language)


def typed(reading: Reading, event_type: str) -> list[Claim]:
    return [c for c in reading.claims if c.event_type == event_type]


def events(reading: Reading, event_type: str) -> list[Event]:
    return [e for e in reading.events if e.event_type == event_type]


def names(reading: Reading, ids: tuple[str, ...]) -> set[str]:
    return {e.name for e in reading.entities if e.id in ids}


CALL = (
    "Telefonata tra Macron e Zelensky\n\n"
    "Il presidente francese Emmanuel Macron ha avuto oggi un colloquio telefonico con il presidente ucraino Volodymyr "
    "Zelensky. La telefonata è durata un'ora. I due si erano incontrati a Parigi il 12 settembre."
)


def test_one_call_told_three_times_is_one_event_and_the_earlier_meeting_another() -> None:
    reading = read(CALL)
    calls = [e for e in events(reading, "CONSULT") if e.mode == "phone"]
    assert len(calls) == 1
    assert len(calls[0].claims) >= 3
    assert calls[0].from_ == "2025-10-16"
    earlier = [e for e in events(reading, "CONSULT") if e.from_ == "2025-09-12"]
    assert all(set(calls[0].claims).isdisjoint(e.claims) for e in earlier)


def test_a_call_tonight_is_not_the_meeting_of_the_morrow() -> None:
    reading = read("Macron parlerà in serata con Zelensky e i due si vedranno domani a Parigi.")
    call, meeting = events(reading, "CONSULT")
    assert call.from_
    assert call.from_ < "2025-10-17" <= (meeting.from_ or "")


def test_claims_and_events_refer_to_each_other() -> None:
    reading = read(CALL)
    by_id = {c.id: c for c in reading.claims}
    assert [c.id for c in reading.claims] == [f"c{i}" for i in range(1, len(reading.claims) + 1)]
    assert [e.id for e in reading.events] == [f"e{i}" for i in range(1, len(reading.events) + 1)]
    for event in reading.events:
        assert event.claims
        assert all(by_id[c].event == event.id for c in event.claims)
    assert sorted(c for e in reading.events for c in e.claims) == sorted(by_id)


def test_triggers_stand_in_the_text_in_order() -> None:
    reading = read(CALL)
    starts = [c.trigger.start for c in reading.claims]
    assert starts == sorted(starts)
    for claim in reading.claims:
        assert reading.text[claim.trigger.start : claim.trigger.end] == claim.trigger.text
        assert claim.rule.startswith("it/")


def test_a_definite_mention_takes_its_status_from_the_event() -> None:
    reading = read(
        "Il premier italiano incontrerà martedì prossimo a Ankara il presidente turco. "
        "Al centro della visita ci sarà l'energia."
    )
    assert {c.status for c in typed(reading, "CONSULT")} == {"planned"}


def test_a_time_of_another_event_is_not_taken() -> None:
    reading = read("Il ministro ha annunciato mercoledì che la Polonia ha espulso due diplomatici russi.")
    (expulsion,) = typed(reading, "SANCTION")
    assert expulsion.time is None
    assert expulsion.time_from == "published"


def test_a_present_tense_with_a_future_date_is_planned() -> None:
    reading = read("Domani il presidente ucraino incontra il cancelliere tedesco.")
    (meeting,) = typed(reading, "CONSULT")
    assert (meeting.status, meeting.from_, meeting.time_from) == ("planned", "2025-10-17", "expression")


def test_force_under_an_unless_is_a_threat() -> None:
    reading = read("Israel will bomb Lebanon unless Hezbollah withdraws its fighters.", "en")
    assert typed(reading, "THREATEN")
    assert not typed(reading, "ASSAULT")


def test_what_is_asked_for_is_not_an_event() -> None:
    reading = read("La Turchia ha chiesto alla Russia la liberazione dei prigionieri ucraini.")
    (request,) = typed(reading, "REQUEST")
    assert request.mode == "yield"
    assert not typed(reading, "RETREAT")


def test_an_understood_subject_is_filled_in_and_marked() -> None:
    reading = read("Il presidente serbo è arrivato a Mosca. Ha incontrato Putin al Cremlino.")
    meeting = next(c for c in typed(reading, "CONSULT") if c.trigger.text == "incontrato")
    assert "actors" in meeting.inferred
    assert "presidente serbo" in names(reading, meeting.actors)


@pytest.mark.parametrize(
    "text",
    [
        "Ok.",
        "!!!",
        "ATTACCO A KIEV: DIECI MORTI",
        "«»",
        "😀 Il premier 😀 ha incontrato 😀 Macron",
        "e e e e e",
        "?",
        "Perche' il governo non ha parlato",
        "«Ha detto: “Non ‘attaccheremo’ mai”»",
    ],
)
@pytest.mark.parametrize("language", ["it", "en"])
def test_odd_texts_do_not_fail(text: str, language: str) -> None:
    reading = read(text, language)
    for claim in reading.claims:
        assert reading.text[claim.trigger.start : claim.trigger.end] == claim.trigger.text


def test_the_same_text_gives_the_same_claims() -> None:
    assert read(CALL).claims == read(CALL).claims
