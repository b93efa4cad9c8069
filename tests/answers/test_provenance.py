"""What revisions change, and who is behind an event."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from factories import CHIGI, KARATAS, ROVATI, RUSSIA, UKRAINE, Said, entity, reading
from ultimora.answers import Record
from ultimora.answers.types import Changes
from ultimora.errors import NoAnswer
from ultimora.types import ReadSentence

TIMES = [f"2025-03-05T{hour:02}:00:00+01:00" for hour in range(8, 20)]
LANTERNA = entity("Lanterna", "outlet", "ITA")
OFFICE = entity("Turkish presidency", "organization", "TUR")
UNNAMED = entity("a senior official", "person", "TUR", anonymous=True, form="nominal")


def strike(count: float, sentence: str = "Morti a Odessa.", **more: object) -> Said:
    return Said(sentence, [RUSSIA], [UKRAINE], event_type="ASSAULT", day="2025-03-05", count=count, **more)  # type: ignore[arg-type]


def call(sentence: str = "Si sono sentiti.", **more: object) -> Said:
    return Said(sentence, [ROVATI], [KARATAS], mode="phone", day="2025-03-05", **more)  # type: ignore[arg-type]


def revised(record: Record, *said: tuple[Said, ...]) -> Changes:
    for seen, each in zip(TIMES, said, strict=False):
        record.add(reading("live", *each), seen=seen)
    return record.changes()


def kinds(found: Changes) -> list[list[tuple[str, str | None, str | None]]]:
    return [[(c.kind, c.old, c.new) for c in edit.changes] for edit in found.edits]


def test_numbers_that_grow(record: Record) -> None:
    found = revised(record, (strike(10, "I morti sono 10."),), (strike(12, "I morti sono 12."),))
    assert kinds(found) == [[("number changed", "10 morti", "12 morti")]]
    change = found.edits[0].changes[0]
    assert (change.before, change.after) == ("I morti sono 10.", "I morti sono 12.")


def test_what_firms_up_and_what_is_taken_back(record: Record) -> None:
    found = revised(
        record,
        (call(status="planned", certainty="possible"), strike(10)),
        (call("Si sono poi sentiti."),),
        (call("Si sarebbero sentiti.", certainty="possible"),),
    )
    assert kinds(found) == [
        [("firmed up", "planned, possible", "occurred, certain"), ("withdrawn", "occurred, certain", None)],
        [("weakened", "occurred, certain", "occurred, possible")],
    ]


def test_other_words_are_no_other_facts(record: Record) -> None:
    assert kinds(revised(record, (call(),), (call("I due si sono sentiti."),))) == [[]]


def test_new_facts_and_new_sources(record: Record) -> None:
    found = revised(record, (call(),), (call("Si sono sentiti, dice Chigi.", sources=[(CHIGI, "confirms")]), strike(3)))
    assert kinds(found) == [[("re-sourced", None, "Palazzo Chigi (confirms)"), ("added", None, "occurred, certain")]]


def test_a_denial_is_no_fact_beside_what_it_denies(record: Record) -> None:
    text = "Chigi respinge le voci secondo cui Odessa è stata colpita."
    denied = Said(text, [CHIGI], event_type="REJECT", predicate="respingere", event="e1")
    struck = strike(3, text, sources=[(CHIGI, "denies")], polarity="negative", event="e2")
    made = reading("live", call(), denied, struck)
    second = replace(made.claims[2], sentence=1, trigger=made.claims[1].trigger)
    record.add(reading("live", call()), seen=TIMES[0])
    record.add(replace(made, claims=(*made.claims[:2], second)), seen=TIMES[1])
    told = [c.after for edit in record.changes(everything=True).edits for c in edit.changes if c.kind == "added"]
    assert len(told) == 1


def test_facts_change_where_words_do(record: Record) -> None:
    said = (call(), strike(3, "Tre morti a Odessa."))
    other = Said("Tre morti a Odessa.", [UKRAINE], [RUSSIA], event_type="ASSAULT", day="2025-03-01")
    found = revised(record, said, (call("I due si sono sentiti."), other))
    assert kinds(found) == [[]]


def test_changes_of_one_article_and_since(record: Record) -> None:
    revised(record, (strike(10, "a"),), (strike(12, "b"),), (strike(13, "c"),))
    assert len(record.changes("live").edits) == 2
    assert len(record.changes("live", since=TIMES[2]).edits) == 1
    assert len(record.changes("live", as_of=TIMES[1]).edits) == 1
    with pytest.raises(NoAnswer, match="of 'dead'"):
        record.changes("dead")


def origins(record: Record) -> list[tuple[str, bool, tuple[str, ...]]]:
    event = record.last("Italia", "Turchia").events[0].event
    return [(o.name, o.anonymous, o.outlets) for o in record.sources(event).origins]


def test_a_relay_is_no_second_origin(record: Record) -> None:
    record.add(reading("a", call(sources=[(CHIGI, "confirms")]), outlet="Agenzia Lanterna"), seen=TIMES[0])
    relayed = call("Lo scrive Lanterna.", sources=[(CHIGI, "confirms"), (LANTERNA, "reports")])
    record.add(reading("b", relayed, outlet="Channel Courier"), seen=TIMES[1])
    assert origins(record) == [("Palazzo Chigi", False, ("Agenzia Lanterna", "Channel Courier"))]


def test_two_offices_are_two_origins(record: Record) -> None:
    both = (call(), call("Chigi conferma.", sources=[(CHIGI, "confirms")], event="e0"))
    record.add(reading("a", *both, outlet="Agenzia Lanterna"), seen=TIMES[0])
    record.add(
        reading("b", call("His office said.", sources=[(OFFICE, "confirms")]), outlet="Northgate"), seen=TIMES[1]
    )
    assert [name for name, _, _ in origins(record)] == ["Palazzo Chigi", "Turkish presidency"]


def test_agency_copy_and_citing_outlets_are_one_origin(record: Record) -> None:
    wire = "Rovati e Karataş si sono sentiti al telefono mercoledì per parlare della tregua."
    for ident, outlet in (("a", "Agenzia Lanterna"), ("b", "Il Tirreno"), ("c", "La Costa")):
        record.add(reading(ident, call(wire), outlet=outlet), seen=TIMES[0])
    record.add(
        reading("d", call("Lo dice Lanterna.", sources=[(LANTERNA, "reports")]), outlet="Courier"), seen=TIMES[1]
    )
    assert len(origins(record)) == 1


def test_a_few_words_are_no_copy(record: Record) -> None:
    for ident, outlet in (("a", "Agenzia Lanterna"), ("b", "La Costa")):
        record.add(reading(ident, call("Si sono sentiti al telefono."), outlet=outlet), seen=TIMES[0])
    assert len(origins(record)) == 2


def test_who_denies_is_not_who_asserts(record: Record) -> None:
    denied = call("Chigi nega.", sources=[(CHIGI, "denies")], polarity="negative", event="e0")
    record.add(reading("a", call("Si sono sentiti.", event="e0"), denied, outlet="La Costa"), seen=TIMES[0])
    assert {name for name, _, _ in origins(record)} == {"La Costa", "Palazzo Chigi"}


def test_a_headline_only_names_what_the_text_denies(record: Record) -> None:
    denied = call("Chigi nega.", sources=[(CHIGI, "denies")], polarity="negative", event="e0")
    head = call("La telefonata con Ankara, Chigi replica.", event="e0")
    made = reading("a", head, denied, outlet="La Costa", title=head.sentence)
    record.add(replace(made, sentences=(replace(made.sentences[0], part="title"), *made.sentences[1:])), seen=TIMES[0])
    assert origins(record) == [("Palazzo Chigi", False, ("La Costa",))]


def test_who_only_says_what_it_was_is_no_origin(record: Record) -> None:
    told = "Si sono sentiti, in quella che qualcuno definisce una lite."
    judged = call(told, sources=[(UNNAMED, "assesses")], event="e0")
    made = reading("a", call(told, event="e0"), judged, outlet="La Costa")
    second = replace(made.claims[1], sentence=0, trigger=made.claims[0].trigger)
    record.add(replace(made, claims=(made.claims[0], second)), seen=TIMES[0])
    assert origins(record) == [("La Costa", False, ("La Costa",))]


WIRE = (
    "Il ponte sul Tordino è stato chiuso nella notte per le piene. I tecnici della provincia hanno trovato due pile "
    "scoperte e temono per la terza. Il traffico passa dalla statale con lunghe code in entrambe le direzioni."
)
OWN = (
    "Chiuso da ieri il ponte che porta alla valle, dopo tre giorni di pioggia senza tregua. Nessuno sa dire quando si "
    "potrà passare di nuovo, e i sindaci dei paesi vicini chiedono che si faccia presto e che si dica la verità."
)


@pytest.mark.parametrize(("text", "count"), [(WIRE, 1), (WIRE.rsplit(". ", 1)[0] + ".", 1), (OWN, 2)])
def test_another_outlet_s_text_is_no_origin_of_its_own(record: Record, text: str, count: int) -> None:
    said = ["Rovati ha sentito Karataş.", "Sentiti Karataş e Rovati."]
    for ident, outlet, sentence, body in (("a", "Agenzia Lanterna", said[0], WIRE), ("b", "La Costa", said[1], text)):
        made = reading(ident, call(sentence), outlet=outlet, extra=body)
        start = made.text.index(body)
        rest = ReadSentence(1, start, start + len(body), "body")
        titled = replace(made.sentences[0], part="title")
        record.add(replace(made, sentences=(titled, rest)), seen=TIMES[0])
    assert len(origins(record)) == count


def test_a_body_is_the_same_in_every_language(record: Record) -> None:
    for ident, name, outlet in (("a", "i soccorritori", "Lanterna"), ("b", "the rescue workers", "Northgate")):
        speaker = entity(name, "group", form="nominal")
        said = call(f"Lo dicono {name}.", sources=[(speaker, "reports")])
        record.add(reading(ident, said, outlet=outlet), seen=TIMES[0])
    assert len(origins(record)) == 1
    said = call("Lo dice la polizia.", sources=[(entity("la polizia", "group", form="nominal"), "reports")])
    record.add(reading("c", said, outlet="Courier"), seen=TIMES[1])
    assert len(origins(record)) == 2


def test_unnamed_sources_of_two_outlets_are_two(record: Record) -> None:
    for ident, outlet in (("a", "Northgate"), ("b", "Courier")):
        said = call(f"Says an official to {outlet}.", sources=[(UNNAMED, "reports")])
        record.add(reading(ident, said, outlet=outlet), seen=TIMES[0])
    assert sorted((anonymous, outlets) for _, anonymous, outlets in origins(record)) == [
        (True, ("Courier",)),
        (True, ("Northgate",)),
    ]


def test_the_record_is_closed(tmp_path: Path) -> None:
    with Record(tmp_path / "closed.db") as record:
        record.add(reading("a", call()), seen=TIMES[0])
    (tmp_path / "closed.db").rename(tmp_path / "moved.db")
    assert Record(tmp_path / "moved.db", create=False).extent().articles == 1
