"""Versions of a text side by side, and an article found again by its words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from factories import GREECE, ITALY, ODESSA, RUSSIA, UKRAINE, Said, person, reading
from ultimora.answers import Record
from ultimora.errors import NoAnswer
from ultimora.record.alignment import edits, words
from ultimora.record.changes import Quote, quotations
from ultimora.record.prints import alike, bands
from ultimora.types import Reading, Span, Statement

OLD = ["Dieci morti a Odessa.", "Si scava ancora tra le macerie.", "Il sindaco ha indetto il lutto cittadino."]
NEW = ["Dodici morti a Odessa.", "Il sindaco ha indetto il lutto cittadino.", "Kiev chiede una riunione dell'Onu."]


def test_sentences_side_by_side() -> None:
    found = [(e.kind, e.before, e.after) for e in edits(OLD, NEW)]
    assert found == [
        ("changed", OLD[0], NEW[0]),
        ("deleted", OLD[1], None),
        ("inserted", None, NEW[2]),
    ]


def test_words_that_came_and_went() -> None:
    found = [(w.kind, w.text) for w in words("I morti sono dieci a Odessa", "I morti sono dodici a Odessa, dice Kiev")]
    assert found == [
        ("same", "I morti sono"),
        ("deleted", "dieci"),
        ("inserted", "dodici"),
        ("same", "a"),
        ("deleted", "Odessa"),
        ("inserted", "Odessa, dice Kiev"),
    ]


def test_what_stayed_or_only_moved_is_no_edit() -> None:
    assert edits(OLD, OLD) == ()
    assert edits(OLD, [OLD[2], OLD[0], OLD[1]]) == ()
    assert edits([], NEW[:1])[0].kind == "inserted"


def test_quotations_that_were_edited() -> None:
    old = [Quote("Rudnev", "Non abbiamo colpito obiettivi civili"), Quote("Terenko", "È una strage")]
    new = [Quote("Rudnev", "Non abbiamo mai colpito obiettivi civili"), Quote("Terenko", "È una strage")]
    assert quotations(old, new) == ((old[0], new[0]),)
    assert quotations(old, [Quote("Terenko", "Non abbiamo mai colpito obiettivi civili")]) == ()


LONG = (
    "La giunta regionale ha approvato il piano per la costruzione di tre nuovi ospedali entro il duemilatrenta. "
    "Il costo previsto è di novecento milioni di euro, in parte coperti da fondi europei. "
    "Le opposizioni parlano di un annuncio elettorale e chiedono di conoscere i tempi dei cantieri. "
)


def test_fingerprints() -> None:
    other = LONG.replace("tre nuovi", "quattro nuovi") + "Il voto è atteso domani in consiglio."
    assert set(bands(LONG)) & set(bands(other))
    assert alike(LONG, other) > 0.7
    assert not set(bands(LONG)) & set(bands(" ".join(reversed(LONG.split()))))
    assert bands("Troppo breve.") == ()


def with_quote(made: Reading, words: str) -> Reading:
    start = made.text.index(words)
    statement = Statement("s1", 0, made.entities[0].id, None, None, Span(start, start + len(words)), True)
    return replace(made, statements=(statement,))


def live(tmp_path: Path) -> Record:
    record = Record(tmp_path / "changes.db")
    strike = Said("Dieci morti a Odessa.", [RUSSIA], [UKRAINE], "ASSAULT", day="2025-03-05", place=ODESSA, count=10)
    grown = replace(strike, sentence="Dodici morti a Odessa.", count=12)
    said = "Non abbiamo colpito case"
    denial = Said(f"«{said}», dice Rudnev.", [person("Ilja Rudnev", "RUS")], event_type=None, predicate="dire")
    edited = replace(denial, sentence=f"«{said} civili», dice Rudnev.")
    first = with_quote(reading("live", denial, strike, title="Odessa"), said)
    second = with_quote(
        reading("live", edited, grown, title="Odessa", modified="2025-03-05T15:00:00Z"), f"{said} civili"
    )
    record.add(first, seen="2025-03-05T12:00:00Z")
    record.add(second, seen="2025-03-05T15:00:00Z")
    return record


def test_facts_quotations_and_sentences_that_changed(tmp_path: Path) -> None:
    record = live(tmp_path)
    edit = record.changes().edits[0]
    assert [(c.kind, c.old, c.new) for c in edit.changes] == [
        ("number changed", "10 morti", "12 morti"),
        ("quotation edited", "Non abbiamo colpito case", "Non abbiamo colpito case civili"),
    ]
    assert [s.kind for s in edit.sentences] == ["changed", "changed"]
    story = record.stories().stories[0].story
    assert record.changes(story=story).edits == (edit,)
    other = Said("Atene protesta.", [GREECE], [ITALY], event_type="ACCUSE")
    record.add(reading("z", other, title="Grecia"), seen="2025-03-05T16:00:00Z")
    with pytest.raises(NoAnswer):
        record.changes(story=next(s.story for s in record.stories().stories if s.story != story))


def headed(number: int, headline: Said, *below: Said) -> Reading:
    """A version under a headline of two sentences, the first of which tells of an event apart from those below."""
    title = f"{headline.sentence} Atene ringrazia."
    return reading("aid", headline, *below, title=title, modified=f"2025-03-05T{12 + number}:00:00Z")


def test_another_headline_withdraws_nothing_and_adds_nothing_that_is_told_below(tmp_path: Path) -> None:
    aid = {"event_type": "AID", "status": "planned"}
    short = Said("Aerei italiani per Odessa.", [ITALY], [RUSSIA], **aid)
    told = Said("Roma invia coperte ad Atene.", [ITALY], [GREECE], **aid)
    anew = Said("Coperte, si parte.", [UKRAINE], **aid)
    protest = Said("Mosca protesta.", [RUSSIA], event_type="ACCUSE")
    first, second = headed(0, short, told), headed(1, protest, told)
    third, fourth = headed(2, anew, told), headed(3, anew)
    with Record(tmp_path / "headline.db") as record:
        for version in (first, second, third, fourth):
            assert version.article.modified
            record.add(version, seen=version.article.modified)
        found = [[(c.kind, c.new) for c in edit.changes] for edit in record.changes().edits]
    assert found == [[("added", "occurred, certain")], [], [("withdrawn", None)]]


def test_a_day_makes_what_is_to_come_exact_but_another_day_moves_it(tmp_path: Path) -> None:
    def version(hour: int, sentence: str, day: str) -> Reading:
        aid = Said(sentence, [ITALY], [GREECE], event_type="AID", status="planned", day=day)
        return reading("aid", aid, modified=f"2025-03-05T{hour}:00:00Z")

    soon = version(12, "Roma invierà coperte ad Atene.", "2025-03-05")
    claims, events = (tuple(replace(each, to=None) for each in some) for some in (soon.claims, soon.events))
    soon = replace(soon, claims=claims, events=events)
    friday = version(13, "Roma invierà venerdì coperte ad Atene.", "2025-03-07")
    saturday = version(14, "Roma invierà sabato coperte ad Atene.", "2025-03-08")
    with Record(tmp_path / "days.db") as record:
        for each in (soon, friday, saturday):
            assert each.article.modified
            record.add(each, seen=each.article.modified)
        found = [[c.kind for c in edit.changes] for edit in record.changes().edits]
    assert found == [[], ["time changed"]]


def moved(url: str, text: str, outlet: str = "Gazzetta", language: str = "it") -> Reading:
    return reading(url, Said(text.strip()), url=f"https://gazzetta.example/{url}", outlet=outlet, language=language)


def test_nearly_the_same_words_at_a_new_address_are_a_revision(tmp_path: Path) -> None:
    record = Record(tmp_path / "moved.db")
    record.add(moved("a", LONG), seen="2025-03-05T12:00:00Z")
    added = record.add(moved("b", LONG + "Il voto è atteso domani."), seen="2025-03-05T13:00:00Z")
    assert added.outcome == "new revision"
    assert record.add(moved("b", LONG + "Il voto è rinviato."), seen="2025-03-05T14:00:00Z").outcome == "new revision"
    assert record.extent().articles == 1


def test_copy_at_another_outlet_is_another_article(tmp_path: Path) -> None:
    record = Record(tmp_path / "copy.db")
    record.add(moved("a", LONG), seen="2025-03-05T12:00:00Z")
    assert record.add(moved("b", LONG, outlet="Corriere"), seen="2025-03-05T13:00:00Z").outcome == "new article"
    assert record.add(moved("c", LONG, language="en"), seen="2025-03-05T13:30:00Z").outcome == "new article"


def test_raw_bytes_are_kept_with_their_hash(tmp_path: Path) -> None:
    import hashlib
    import sqlite3
    import zlib

    path = tmp_path / "raw.db"
    with Record(path) as record:
        record.add(moved("a", LONG), raw=b"<html>bytes</html>", seen="2025-03-05T12:00:00Z")
    connection = sqlite3.connect(path)
    raw, digest = connection.execute("SELECT raw, hash FROM revisions").fetchone()
    connection.close()
    assert zlib.decompress(raw) == b"<html>bytes</html>"
    assert digest == hashlib.sha256(b"<html>bytes</html>").hexdigest()
