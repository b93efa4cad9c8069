"""What every storage must do. A test class for a database inherits from this and says how a record is opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from factories import CHIGI, ITALY, KARATAS, ODESSA, ROVATI, RUSSIA, TURKEY, UKRAINE, Said, person, reading
from ultimora.answers import Record
from ultimora.errors import BadInstant, NoAnswer
from ultimora.record import registry
from ultimora.record.adding import Incoming
from ultimora.record.instants import instant
from ultimora.record.types import Added

AT = "2025-03-05T13:00:00+01:00"
LATER = "2025-03-05T18:00:00+01:00"
LATEST = "2025-03-05T23:00:00+01:00"

CALL = Said(
    "Rovati ha sentito al telefono Karataş.",
    [ROVATI],
    [KARATAS],
    mode="phone",
    day="2025-03-05",
    sources=[(CHIGI, "confirms")],
)
STRIKE = Said(
    "Droni russi hanno ucciso dieci persone a Odessa.",
    [RUSSIA],
    [UKRAINE],
    event_type="ASSAULT",
    day="2025-03-05",
    place=ODESSA,
    count=10,
)
STRIKE_12 = Said(
    "I morti di Odessa sono dodici.",
    [RUSSIA],
    [UKRAINE],
    event_type="ASSAULT",
    day="2025-03-05",
    place=ODESSA,
    count=12,
)


class StorageContract:
    """Inherit, and give ``open``."""

    def open(self, folder: Path) -> Record:
        raise NotImplementedError

    @pytest.fixture
    def record(self, tmp_path: Path) -> Iterator[Record]:
        with self.open(tmp_path) as opened:
            yield opened

    def test_an_article_is_kept_once(self, record: Record) -> None:
        first = record.add(reading("a", CALL), seen=AT)
        again = record.add(reading("a", CALL), seen=AT)
        much_later = record.add(reading("a", CALL), seen=LATER)
        assert (first.outcome, again.outcome, much_later.outcome) == ("new article", "known already", "known already")
        assert record.extent().revisions == 1

    def test_other_words_are_a_revision(self, record: Record) -> None:
        record.add(reading("live", STRIKE), seen=AT)
        added = record.add(reading("live", STRIKE_12), seen=LATER)
        assert added.outcome == "new revision"
        assert (added.new_claims, added.withdrawn_claims) == (1, 1)
        assert record.extent().articles == 1

    def test_the_same_address_is_the_same_article(self, record: Record) -> None:
        record.add(reading("1", STRIKE, url="https://A.example/odessa/?utm_source=x#top"), seen=AT)
        added = record.add(reading("2", STRIKE_12, url="https://a.example/odessa"), seen=LATER)
        assert added.outcome == "new revision"

    def test_the_same_id_at_another_address_is_another_article(self, record: Record) -> None:
        record.add(reading("1", STRIKE, url="https://a.example/odessa"), seen=AT)
        assert record.add(reading("1", STRIKE_12, url="https://b.example/odesa"), seen=LATER).outcome == "new article"

    def test_the_file_is_a_name_of_the_article(self, record: Record) -> None:
        record.add(reading("hash of one", STRIKE), seen=AT, keys=["file:/a.txt"])
        assert record.add(reading("hash of two", STRIKE_12), seen=LATER, keys=["file:/a.txt"]).outcome == "new revision"

    def test_going_back_to_the_first_words_is_a_third_revision(self, record: Record) -> None:
        for said, seen in ((STRIKE, AT), (STRIKE_12, LATER), (STRIKE, LATEST)):
            record.add(reading("live", said), seen=seen)
        assert record.extent().revisions == 3
        event = record.timeline("Russia").events[0]
        assert event.numbers[0].value == 10

    def test_a_withdrawn_claim_stays_with_its_date(self, record: Record) -> None:
        record.add(reading("live", CALL, STRIKE), seen=AT)
        record.add(reading("live", STRIKE), seen=LATER)
        with pytest.raises(NoAnswer):
            record.last("Italia", "Turchia")
        event = record.last("Italia", "Turchia", as_of=AT).events[0]
        shown = record.show(event.event)
        assert shown.events[0].withdrawn
        assert shown.events[0].references[0].withdrawn_at == "2025-03-05T17:00:00.000000+00:00"
        assert [n.kind for n in shown.notes] == ["withdrawn"]

    def test_claims_of_several_articles_make_one_event(self, record: Record) -> None:
        record.add(reading("a", CALL), seen=AT)
        english = Said("Italy and Turkey spoke by phone.", [ITALY, TURKEY], mode="phone", day="2025-03-05")
        record.add(reading("b", english, language="en"), seen=LATER)
        assert record.extent().events == 1
        assert len(record.last("Turkey", "Italy", kind="call").events[0].references) == 2

    def test_last_months_call_is_another(self, record: Record) -> None:
        old = Said("Si erano sentiti a febbraio.", [ROVATI], [KARATAS], mode="phone", day="2025-02-05")
        record.add(reading("a", CALL, old), seen=AT)
        assert record.extent().events == 2
        assert record.last("Italia", "Turchia").events[0].from_ == "2025-03-05"

    def test_an_earlier_revision_that_comes_late_undoes_nothing(self, record: Record) -> None:
        record.add(reading("live", STRIKE_12, modified="2025-03-05T10:00:00+01:00"), seen=AT)
        late = record.add(reading("live", STRIKE, modified="2025-03-05T08:00:00+01:00"), seen=LATER)
        assert late.outcome == "new revision"
        assert record.timeline("Russia").events[0].numbers[0].value == 12

    def test_as_of_is_the_record_cut_there(self, record: Record, tmp_path: Path) -> None:
        for ident, said, seen in (("a", CALL, AT), ("live", STRIKE, LATER), ("live", STRIKE_12, LATEST)):
            record.add(reading(ident, said), seen=seen)
        (tmp_path / "cut").mkdir()
        with self.open(tmp_path / "cut") as cut:
            for ident, said, seen in (("a", CALL, AT), ("live", STRIKE, LATER)):
                cut.add(reading(ident, said), seen=seen)
            assert record.timeline(as_of=LATER) == cut.timeline(as_of=LATER)

    def test_a_bad_instant_keeps_nothing(self, record: Record) -> None:
        with pytest.raises(BadInstant):
            record.add(reading("a", CALL), seen="2025-02-30")
        assert record.extent().articles == 0

    def test_a_name_in_any_spelling(self, record: Record) -> None:
        zelensky = person("Volodymyr Zelenskyj", "UKR", "presidente")
        record.add(reading("a", Said("Sentiti.", [ROVATI], [zelensky], mode="phone", day="2025-03-05")), seen=AT)
        for name in ("Zelensky", "ZELENSKYY", "volodymyr zelenskiy", "Ucraina", "Ukraine", "UKR"):
            assert record.last(name, "rovati").events[0].mode == "phone"

    def test_words_are_found(self, record: Record) -> None:
        record.add(reading("live", STRIKE_12, CALL), seen=AT)
        for words in ("dodici", "odessa DODICI", '"dodici"', "karatas", "Karataş", '"morti di Odessa"', "telef*"):
            assert len(record.search(words).hits) == 1, words
        for words in ("tredici", '"Odessa morti"', "dodici Karataş"):
            with pytest.raises(NoAnswer):
                record.search(words)

    def test_what_is_derived_is_made_anew(self, record: Record) -> None:
        for ident, said, seen in (("a", CALL, AT), ("live", STRIKE, LATER), ("live", STRIKE_12, LATEST)):
            record.add(reading(ident, said), seen=seen)
        asked = (record.timeline, record.stories, lambda as_of: record.search("dodici", as_of=as_of))
        before = [question(as_of=LATEST) for question in asked]
        assert record.store.rebuild() == 3
        assert [question(as_of=LATEST) for question in asked] == before
        assert [c.name for c in record.store.examine() if not c.ok] == []

    def test_text_is_kept_without_nul(self, record: Record) -> None:
        record.add(reading("a", CALL, title="Una\x00riga"), seen=AT)
        assert record.last("Italia", "Turchia").events[0].references[0].title == "Una\ufffdriga"

    def test_corrections_are_kept(self, record: Record) -> None:
        record.add(reading("a", CALL), seen=AT)
        with record.store.correcting() as corrector:
            edit = corrector.rename("Rovati", "Aldo Rovati")
        with record.store.correcting() as corrector:
            assert corrector.undo(edit.id) == edit

    def test_many_at_once_are_as_one_by_one(self, record: Record, tmp_path: Path) -> None:
        told = (("a", CALL, AT), ("live", STRIKE_12, LATEST), ("live", STRIKE, LATER), ("a", CALL, LATER))
        (tmp_path / "one").mkdir()
        with self.open(tmp_path / "one") as one:
            singly = [one.add(reading(ident, said), seen=seen) for ident, said, seen in told]
            incoming = [Incoming(reading(ident, said), instant(seen, "seen")) for ident, said, seen in told]
            assert record.store.add_all(incoming) == singly
            assert record.timeline(as_of=LATEST) == one.timeline(as_of=LATEST)
            assert record.stories(as_of=LATEST) == one.stories(as_of=LATEST)

    def test_of_many_at_once_all_are_kept_or_none(self, record: Record) -> None:
        def broken(_db: object, added: Sequence[Added]) -> None:
            assert [each.outcome for each in added] == ["new article", "new article"]
            raise RuntimeError

        with pytest.raises(RuntimeError):
            record.store.add_all([Incoming(reading("a", CALL), AT), Incoming(reading("b", STRIKE), AT)], also=broken)
        assert record.extent().articles == 0

    def test_of_many_names_those_that_begin_alike_are_near(
        self, record: Record, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        record.add(reading("a", CALL), seen=AT)
        with pytest.raises(NoAnswer) as few:
            record.timeline("Rovatini")
        monkeypatch.setattr(registry, "_MANY", 2)
        with pytest.raises(NoAnswer) as many:
            record.timeline("Rovatini")
        assert few.value.near[0] == many.value.near[0] == ROVATI.name
