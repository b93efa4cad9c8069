"""Pages without a browser: what they say at the edges, the calendar file, how long a page with many events takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from factories import NOON, Said, person, reading, story_record
from ultimora.answers import Record
from ultimora.api.access import access
from ultimora.desk.app import desk
from ultimora.desk.marked import differences
from ultimora.desk.site import Settings
from ultimora.desk.words import preferred, spoken
from ultimora.languages import load
from ultimora.record.store import instant
from yardstick import laptop_seconds


def site(record: Record, as_of: str | None = NOON) -> TestClient:
    settings = Settings(instant(as_of) if as_of else None, "Europe/Rome")
    app = desk(record, access("127.0.0.1", []), settings)
    return TestClient(app, base_url="http://127.0.0.1", headers={"accept-language": "en"})


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Record]:
    with story_record(tmp_path / "pages.db") as opened:
        yield opened


def test_an_empty_record_says_how_to_begin(record: Record) -> None:
    at = site(record, None)
    assert "ultimora add FILE" in at.get("/").text
    for path in ("/stories", "/timeline", "/agenda", "/search", "/search?words=x", "/agenda.ics"):
        assert at.get(path).status_code == 200, path
    for path in ("/event/x", "/article/x", "/story/x", "/actor?name=x"):
        assert at.get(path).status_code == 404, path


def test_what_cannot_be_is_told_as_a_page(kept: Record) -> None:
    at = site(kept)
    for path, status in (("/?since=yesterday", 422), ("/timeline?since=2025-02-30", 422), ("/nowhere", 404)):
        answer = at.get(path)
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (status, "text/html"), path
    assert at.get("/?as_of=never").status_code == 422


def test_overdue_plans_and_plans_to_come(kept: Record) -> None:
    page = site(kept).get("/agenda").text
    assert "Rovati andrà ad Ankara." in page
    assert "scriverà alla Grecia" in page


def test_the_calendar_file(kept: Record) -> None:
    at = site(kept)
    answer = at.get("/agenda.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    entries = list(Calendar.from_ical(answer.text).walk("VEVENT"))
    assert [(str(e["uid"]).split("@")[1], str(e.decoded("dtstart")), str(e["status"])) for e in entries] == [
        ("ultimora", "2025-03-14", "CONFIRMED")
    ]
    assert at.get("/agenda.ics").content == answer.content


def test_new_is_what_came_since_the_last_visit(kept: Record) -> None:
    at = site(kept, None)
    first = at.get("/")
    assert "visits" in first.cookies
    at.cookies.clear()
    at.cookies.set("visits", "|2025-03-05T14:00:00.000000+00:00")
    page = at.get("/").text
    assert "Mosca nega" in page
    assert "Rovati sente" not in page
    at.cookies.clear()
    at.cookies.set("visits", "nonsense")
    assert at.get("/").status_code == 200


def test_the_languages_have_the_same_words() -> None:
    assert set(spoken()) == {"it", "en"}

    def keys(table: dict[str, object], at: str = "") -> set[str]:
        found: set[str] = set()
        for key, value in table.items():
            found |= keys(value, f"{at}{key}.") if isinstance(value, dict) else {f"{at}{key}"}
        return found

    assert keys(load("it").table("desk")) == keys(load("en").table("desk"))


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [("it-CH,it;q=0.9,en;q=0.5", "it"), ("fr,de;q=0.8,it;q=0.2", "it"), ("", "en"), ("xx", "en"), ("en;q=x,it", "it")],
)
def test_the_browser_s_language(accepted: str, tag: str) -> None:
    assert preferred(accepted) == tag


def test_differences_of_two_texts() -> None:
    old = "Titolo di ieri\nSono dieci i morti a Odessa.\nUna riga che va via del tutto."
    new = "Titolo di ieri\nSono dodici i morti a Odessa.\nTutt'altra cosa <b>nuova</b>."
    assert [str(p) for p in differences(old, new)] == [
        "Titolo di ieri",
        "Sono <del>dieci</del> <ins>dodici</ins> i morti a Odessa.",
        "<ins>Tutt&#39;altra cosa &lt;b&gt;nuova&lt;/b&gt;.</ins>",
        "<del>Una riga che va via del tutto.</del>",
    ]


# --- many events ------------------------------------------------------------------------------------------------------

PEOPLE = [person(f"Nome{chr(65 + i)} Cognome{chr(65 + i)}", "ITA" if i % 2 else "TUR", "ministro") for i in range(26)]
TYPES = ["CONSULT", "ASSAULT", "ACCUSE", "REQUEST", "AID", "SANCTION", "PROTEST"]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A story of 500 events in 50 articles."""
    with Record(tmp_path_factory.mktemp("many") / "many.db") as record:
        for article in range(50):
            day = f"2025-03-{1 + article % 28:02d}"
            said = [_one(10 * article + k) for k in range(10)]
            made = reading(
                f"a{article}",
                *said,
                title=f"La vicenda dei ministri, giorno {article}",
                published=f"{day}T12:00:00+01:00",
                outlet=f"Testata {article % 8}",
            )
            record.add(made, seen=f"{day}T13:00:00+01:00")
        yield record


def _one(n: int) -> Said:
    a, b = PEOPLE[n % 26], PEOPLE[(n * 7 + 1 + n // 26) % 26]
    b = b if b is not a else PEOPLE[(n + 1) % 26]
    return Said(
        f"Frase numero {n}: {a.name} e {b.name}.",
        [a],
        [b],
        TYPES[n % 7],
        day=f"2025-03-{1 + (n // 18) % 28:02d}",
        status="occurred" if n % 4 else "planned",
        sources=[(PEOPLE[(n + 3) % 26], "reports")],
    )


def test_a_page_with_500_events_is_quick(many: Record) -> None:
    """At most 300 ms of server time."""
    at = site(many, "2025-04-01T12:00:00+02:00")
    assert len(many.timeline().events) >= 450
    story = many.stories().stories[0].story
    for path in (f"/story/{story}", "/timeline", "/"):
        assert at.get(path).status_code == 200  # templates are compiled once
        assert min(laptop_seconds(lambda path=path: at.get(path)) for _ in range(3)) < 0.3, path
