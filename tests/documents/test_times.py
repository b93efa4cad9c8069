"""Temporal expressions: the corpora, invented dates, bad input, speed."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ultimora import languages
from ultimora.documents.times import publication_from_text, tag_text
from ultimora.documents.times.calendar import easter, holiday, interval
from ultimora.documents.times.numerals import combine, compound
from ultimora.types import Time

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2025, 10, 16, 18, tzinfo=ROME)
DAYS = st.dates(date(1950, 1, 1), date(2050, 12, 31))


def corpus(tag: str) -> list[tuple[str, str, datetime, dict]]:
    table = yaml.safe_load((languages.ROOT / tag / "corpus/times.yaml").read_text("utf-8"))
    return [(tag, row["text"], row.get("published", table["published"]), row) for row in table["examples"]]


CORPUS = corpus("it") + corpus("en")


@pytest.mark.parametrize(("tag", "text", "published", "row"), CORPUS, ids=[row[1][:60] for row in CORPUS])
def test_corpus(tag: str, text: str, published: datetime, row: dict) -> None:
    found = tag_text(text, published, tag)
    got = [{"text": t.text, "value": t.value, "mod": t.mod, "type": t.type, "from": t.from_, "to": t.to} for t in found]
    for wanted in row.get("times", ()):
        assert any(all(str(t[k]) == str(v) for k, v in wanted.items()) for t in got), (wanted, got)
    if row.get("no_times") == "all":
        assert not got
    elif row.get("no_times"):
        assert not {n["text"] for n in row["no_times"]} & {t["text"] for t in got}


def only(text: str, tag: str, now: datetime | None = NOW) -> Time:
    found = tag_text(text, now, tag)
    assert len(found) == 1, found
    return found[0]


def names(tag: str, table: str) -> dict[int, str]:
    return {int(key): words[0] for key, words in languages.load(tag).table("lexicon/times")[table].items()}


def written(tag: str, day: date) -> list[str]:
    """A date in every full form that the language has."""
    month, weekday = names(tag, "month")[day.month], names(tag, "weekday")[day.isoweekday()]
    if tag == "it":
        forms = [f"{day.day} {month} {day.year}", f"{weekday} {day.day} {month} {day.year}", f"{day:%d/%m/%Y}"]
        forms += [day.isoformat(), f"{day.day}.{day.month}.{day.year}"]
        return [f"L'incontro del {form} fu breve." for form in forms]
    month, weekday = month.title(), weekday.title()
    forms = [f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}"]
    forms += [f"{weekday}, {month} {day.day}, {day.year}", f"{day:%m/%d/%Y}", day.isoformat()]
    return [f"They met on {form} in Oslo." for form in forms]


@pytest.mark.parametrize("tag", ["it", "en"])
@given(day=DAYS, now=DAYS)
@settings(max_examples=150, deadline=None)
def test_full_dates_resolve_to_themselves(tag: str, day: date, now: date) -> None:
    for text in written(tag, day):
        found = only(text, tag, datetime(now.year, now.month, now.day, 12, tzinfo=ROME))
        assert (found.value, found.type) == (day.isoformat(), "DATE"), text
        assert (found.from_, found.to) == (day.isoformat(), (day + timedelta(days=1)).isoformat())


FORMS = {
    "it": ("Il {d} {m} il re aveva parlato.", "Il {d} {m} il re parlerà.", "{w} scorso il re aveva parlato."),
    "en": ("The king spoke on {M} {d}.", "The king will speak on {M} {d}.", "The king spoke last {W}."),
}


@pytest.mark.parametrize("tag", ["it", "en"])
@given(now=DAYS, back=st.integers(0, 330))
@settings(max_examples=150, deadline=None)
def test_partial_dates_take_the_year_that_the_tense_tells(tag: str, now: date, back: int) -> None:
    before, after, last = FORMS[tag]
    for template, day in ((before, now - timedelta(days=back)), (after, now + timedelta(days=back))):
        other = day.replace(year=day.year + (1 if day <= now else -1)) if (day.month, day.day) != (2, 29) else day
        assume(abs((other - now).days) > 22 or abs((day - now).days) < 240)
        month = names(tag, "month")[day.month]
        text = template.format(d=day.day, m=month, M=month.title())
        assert only(text, tag, datetime(now.year, now.month, now.day, 12, tzinfo=ROME)).value == day.isoformat(), text
    day = now - timedelta(days=1 + back % 7)
    weekday = names(tag, "weekday")[day.isoweekday()].title()
    text = last.format(w=weekday, W=weekday)
    assert only(text, tag, datetime(now.year, now.month, now.day, tzinfo=ROME)).value == day.isoformat()


@pytest.mark.parametrize("tag", ["it", "en"])
@given(day=DAYS, minute=st.integers(0, 24 * 60 - 1))
@settings(max_examples=150, deadline=None)
def test_clock_times_keep_the_zone_of_the_day(tag: str, day: date, minute: int) -> None:
    clock = f"{minute // 60:02d}:{minute % 60:02d}"
    month = names(tag, "month")[day.month].title()
    text = {
        "it": f"Il crollo del {day.day} {month.lower()} {day.year} alle {clock} fece dieci morti.",
        "en": f"The blast on {month} {day.day}, {day.year} at {clock} killed ten.",
    }[tag]
    found = only(text, tag, datetime(2025, 7, 1, 12, tzinfo=ROME))
    assert (found.type, found.value) == ("TIME", f"{day}T{clock}")
    local = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=ROME)
    assert found.from_ == local.isoformat()


NIGHTS = [((2025, 3, 30), "+02:00"), ((2025, 10, 26), "+01:00"), ((2024, 2, 29), "+01:00")]


@pytest.mark.parametrize(("night", "offset"), NIGHTS)
def test_daylight_saving_nights(night: tuple[int, int, int], offset: str) -> None:
    noon = datetime(*night, 12, tzinfo=ROME)
    found = only("L'incontro si terrà oggi alle 15:00.", "it", noon)
    assert found.from_ == f"{noon.date()}T15:00:00{offset}"


def test_a_fixed_offset_follows_the_outlets_zone() -> None:
    fixed = datetime(2025, 10, 16, 18, tzinfo=timezone(timedelta(hours=2)))
    assert only("Il 4 dicembre alle 15:00 parleranno i leader.", "it", fixed).from_ == "2025-12-04T15:00:00+01:00"


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("it", "Il 31 febbraio non esiste."),
        ("it", "Il 45 marzo non esiste."),
        ("it", "Il 29 febbraio 2023 non ci fu."),
        ("it", "Il 32/13/2024 non esiste."),
        ("it", "Il ١٦ marzo-١ e il ३ prove."),
        ("en", "A letter of February 30, 2024 is a fake."),
        ("en", "March 45 is no day."),
        ("en", "The file is dated 99/99/2024."),
    ],
)
def test_dates_that_do_not_exist_are_not_invented(tag: str, text: str) -> None:
    for found in tag_text(text, NOW, tag):
        assert len(found.value) <= 7, found


@pytest.mark.parametrize("year", ["0", "0000", "99999", "10000", "000000000000000000000000000001"])
def test_years_beyond_the_calendar(year: str) -> None:
    cases = ((f"Nel {year} finì tutto, il 3 maggio {year}.", "it"), (f"In {year} it ended, on May 3, {year}.", "en"))
    for text, tag in cases:
        assert all(t.value in ("2025-05-03", "2026-05-03") for t in tag_text(text, NOW, tag))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80), st.sampled_from(["it", "en"]))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(text: str, tag: str) -> None:
    for found in tag_text(text, NOW, tag):
        assert found.text == text[found.start : found.end]


WORDS = {
    tag: sorted({w for name, t in languages.load(tag).table("lexicon/times").items() if name != "settings"
                 for words in (t.values() if isinstance(t, dict) else [t]) for w in words})
    for tag in ("it", "en")
}  # fmt: skip


@pytest.mark.parametrize("tag", ["it", "en"])
@given(
    data=st.data(), now=st.sampled_from([NOW, None, datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
)
@settings(max_examples=400, deadline=None)
def test_any_words_of_time_are_read(tag: str, data: st.DataObject, now: datetime | None) -> None:
    marks = st.sampled_from([",", ".", "-", "/", "e", "5:30"])
    words = st.one_of(st.sampled_from(WORDS[tag]), st.integers(0, 99999).map(str), marks)
    text = " ".join(data.draw(st.lists(words, max_size=12)))
    for found in tag_text(text, now, tag):
        assert found.text == text[found.start : found.end]
        assert found.start < found.end
        assert (found.from_ is None) == (found.to is None)


def test_without_a_reference_times_stay_relative() -> None:
    values = {
        t.text: (t.value, t.from_) for t in tag_text("Ieri e il 3 maggio, non lunedì; il 7 aprile 1990 sì.", None, "it")
    }
    assert values == {
        "Ieri": ("XXXX-XX-XX", None),
        "3 maggio": ("XXXX-05-03", None),
        "lunedì": ("XXXX-WXX-1", None),
        "7 aprile 1990": ("1990-04-07", "1990-04-07"),
    }


@pytest.mark.parametrize(
    ("tag", "text", "day"),
    [
        ("it", "Tregua a Gaza\n\n16 ottobre 2025\n\nIl premier ha parlato ieri.", "2025-10-16"),
        ("it", "ROMA, 16 ottobre 2025 - Il premier ha parlato ieri.", "2025-10-16"),
        ("it", "Oggi, martedì 3 giugno 2025, il governo si riunisce.", "2025-06-03"),
        ("en", "Markets fall\n\nOctober 27, 2008\n\nOn Monday, markets fell.", "2008-10-27"),
        ("en", "WASHINGTON, Oct. 16, 2025 (Wire) - The president spoke.", "2025-10-16"),
    ],
)
def test_the_text_may_tell_when_it_was_published(tag: str, text: str, day: str) -> None:
    found = publication_from_text(text, tag)
    assert found is not None
    assert found[0] == day


def test_weekday_and_day_tell_the_year() -> None:
    found = publication_from_text("Martedì 3 giugno si è votato. Il piano del 2024 è fermo.", "it")
    assert found is not None
    assert found[0] <= "2025-06-03" < found[1]
    assert publication_from_text("Martedì 3 giugno si è votato.", "it") is None


def test_a_distance_tells_the_day_of_writing() -> None:
    text = "Oggi i due si sono sentiti. L'ultima volta era stata quasi tre settimane fa, il 7 maggio 2025."
    found = publication_from_text(text, "it")
    assert found is not None
    assert found[0] <= "2025-05-26" < found[1]


def test_a_historical_date_is_not_the_publication() -> None:
    assert publication_from_text("Il 10 aprile 1998 fu firmato l'accordo. Oggi regge ancora.", "it") is None
    assert publication_from_text("", "en") is None


def test_ten_thousand_dates_in_one_sentence() -> None:
    text = "Le date: " + ", ".join(f"{1 + k % 28} marzo {1990 + k % 30}" for k in range(10_000)) + "."
    assert len(tag_text(text, NOW, "it")) == 10_000


def test_time_grows_no_faster_than_the_text() -> None:
    line = (
        "Lunedì 3 maggio il premier ha incontrato a Roma 12 ministri; il vertice di domani alle 19.30 durerà due ore. "
    )
    tag_text(line, NOW, "it")

    def seconds(copies: int) -> float:
        start = time.process_time()
        tag_text(line * copies, NOW, "it")
        return time.process_time() - start

    small, large = seconds(300), seconds(3000)
    assert large < 25 * max(small, 0.01)


def test_numerals() -> None:
    assert combine([2, 1000, 20, 5]) == 2025
    assert combine([3, 4]) is None
    words = {"due": 2, "mila": 1000, "venti": 20, "cinque": 5, "mille": 1000, "otto": 8, "cento": 100}
    assert compound("duemilaventicinque", words) == 2025
    assert compound("milleottocento", words) == 1800
    assert compound("duetti", words) is None


def test_calendar() -> None:
    assert easter(2025) == date(2025, 4, 20)
    assert easter(2024) == date(2024, 3, 31)
    assert holiday("11-4#4", 2025) == date(2025, 11, 27)
    assert interval("199").start.year == 1990  # type: ignore[union-attr]
    assert interval("2025-13") is None
