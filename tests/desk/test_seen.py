"""What is seen of the bundled story: every page, wide and narrow, in both languages, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from desk.conftest import EVENING, serving
from factories import Said, person, reading
from ultimora.answers import Record
from ultimora.api.access import access
from ultimora.desk.app import desk

Look = Callable[..., Any]


def pages(story: Record) -> dict[str, str]:
    call = story.last("Italia", "Turchia", kind="call", as_of=EVENING).events[0].event
    told = story.stories(as_of=EVENING).stories[0].story
    revised = next(a for a in story.news(as_of=EVENING).arrivals if not a.first)
    return {
        "now": "/?since=2025-03-05T16:00:00%2B01:00",
        "stories": "/stories",
        "story": f"/story/{told}",
        "event": f"/event/{call}",
        "article": f"/article/{revised.article}",
        "differences": f"/article/{revised.article}?diff=1",
        "actor": "/actor?name=Italia",
        "dyad": "/actor?name=Italia&with=Turchia",
        "timeline": "/timeline",
        "agenda": "/agenda",
        "search": "/search?words=Odessa",
        "error": "/event/zz",
    }


NAMES = ["now", "stories", "story", "event", "article", "differences", "actor", "dyad", "timeline", "agenda", "search"]


@pytest.mark.parametrize("name", [*NAMES, "error"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_nothing_serious_for_accessibility(
    look: Look, site: str, story: Record, name: str, width: int, scheme: str
) -> None:
    page = look(site + pages(story)[name], width, color_scheme=scheme)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    serious = [v for v in found.response["violations"] if v["impact"] in ("serious", "critical")]
    assert not serious, [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in serious]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert not [p for p in page.problems if "404" not in p]


def test_now_says_what_is_new_sure_and_next(look: Look, site: str, story: Record) -> None:
    page = look(site + pages(story)["now"])
    assert page.locator(".new-col .item").count() >= 4
    assert "Molteni smentisce" in page.inner_text(".new-col")
    assert page.locator(".sure-col .event blockquote").count() >= 2
    judged = page.inner_text(".sure-col")
    assert "Attacco (droni)" in judged
    assert "3 origini indipendenti" in judged
    assert "Nessuna batteria è stata consegnata" in judged
    coming = page.inner_text(".next-col")
    assert "Venerdì 14 mar 2025" in coming
    assert "Ankara" in coming
    boxes = [page.locator(c).bounding_box() for c in (".new-col", ".sure-col", ".next-col")]
    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]
    assert all(box["y"] < 300 for box in boxes)


def test_nothing_new_is_said(look: Look, site: str) -> None:
    page = look(site + "/?since=2025-03-06T17:00:00%2B01:00")
    assert "Niente di nuovo" in page.inner_text(".new-col")


def test_english(look: Look, site: str, story: Record) -> None:
    page = look(site + pages(story)["now"], locale="en-GB")
    assert page.get_attribute("html", "lang") == "en"
    assert "WHAT IS SURE" in page.inner_text("main").upper()
    page.click("footer a[lang=it]")
    assert page.get_attribute("html", "lang") == "it"
    page.goto(site + "/agenda")
    assert page.get_attribute("html", "lang") == "it"


def test_a_sentence_leads_to_where_it_was_read(look: Look, site: str, story: Record) -> None:
    page = look(site + pages(story)["event"])
    sentence = page.locator(".context blockquote a").first
    words = sentence.inner_text()
    sentence.click()
    marked = page.locator(".s:has(.anchor:target)")
    assert " ".join(marked.inner_text().split()) == " ".join(words.split())
    assert marked.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_every_quotation_is_a_link_to_its_article(look: Look, site: str, story: Record) -> None:
    for name in ("now", "story", "event", "timeline", "agenda", "actor", "search"):
        page = look(site + pages(story)[name])
        links = page.eval_on_selector_all(
            ".quote blockquote", "all => all.map(b => b.querySelector('a')?.getAttribute('href') ?? '')"
        )
        assert links, name
        assert all(link.startswith("/article/") for link in links), name


def test_an_event_shows_its_origins_and_history(look: Look, site: str, story: Record) -> None:
    strike = story.timeline(type="ASSAULT", as_of=EVENING).events
    most = max(strike, key=lambda e: len(e.references)).event
    page = look(f"{site}/event/{most}")
    assert page.locator(".origins .chain .end").count() >= 2
    stood = page.inner_text(".history")
    assert "dieci persone" in stood
    assert "dodici morti" in stood
    assert page.locator(".quote.gone").count() >= 1


def test_an_article_is_marked_and_its_revisions_compared(look: Look, site: str, story: Record) -> None:
    page = look(site + pages(story)["article"])
    assert page.locator(".text .m.claim").count() >= 4
    assert page.locator(".text .m.time").count() >= 2
    assert page.locator(".text .m.actor").count() >= 4
    page.uncheck("#show-times")
    assert page.locator(".text .m.time").first.evaluate("e => getComputedStyle(e).borderBottomStyle") == "none"
    assert page.locator(".slider li").count() == 3
    page.focus(".slider [aria-current]")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url("**revision=**")
    page.goto(site + pages(story)["differences"])
    assert "dodici i morti e 34" not in page.inner_text("del, body > main .diff del")
    assert page.locator(".diff ins").count() >= 2


def test_a_story_draws_its_time_and_who_says_what(look: Look, site: str, story: Record) -> None:
    page = look(site + pages(story)["story"])
    drawn = page.locator(".strip svg a use")
    assert drawn.count() >= 5
    kinds = {drawn.nth(i).get_attribute("href") for i in range(drawn.count())}
    assert {"#m-occurred", "#m-planned"} <= kinds
    assert page.locator(".strip .now").count() == 1
    assert page.locator(".matrix td a").count() >= 4
    assert page.locator(".part.established li, .part.reported li").count() >= 2
    assert page.locator(".part.expected li").count() >= 1


def test_a_dyad_is_drawn(look: Look, site: str, story: Record) -> None:
    page = look(site + pages(story)["dyad"])
    assert page.locator(".curve rect.cooperation").count() >= 1
    assert "Ultimo contatto".upper() in page.inner_text("main").upper()
    page.click(".data summary")
    assert page.locator(".table tbody tr").count() >= 1


def test_the_agenda_is_a_calendar_and_a_list(look: Look, site: str, story: Record) -> None:
    page = look(site + pages(story)["agenda"])
    assert page.locator(".month td.today .num").inner_text() == "6 mar"
    assert page.locator(".month .slot").count() >= 4
    assert "spostato" in page.inner_text("main")


def test_search_by_the_form(look: Look, site: str) -> None:
    page = look(site + "/search")
    page.fill("#f-words", "batterie")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=batterie**")
    assert "batterie" in page.inner_text(".results").lower()


def test_all_of_it_works_without_javascript(look: Look, site: str, story: Record) -> None:
    for name in NAMES:
        page = look(site + pages(story)[name], java_script_enabled=False)
        assert page.locator("main h1").count() == 1, name
        assert len(page.inner_text("main")) > 150, name


def test_the_keyboard_reaches_the_content_first(look: Look, site: str, story: Record) -> None:
    page = look(site + pages(story)["now"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_was_known_earlier(look: Look, site: str) -> None:
    page = look(site + "/agenda?as_of=2025-03-04T20:00:00%2B01:00")
    assert "Situazione nota il 4 mar, 20:00" in page.inner_text(".banner")
    assert "lun 10 mar" in page.inner_text("main") or "Lunedì 10 mar" in page.inner_text("main")
    links = page.eval_on_selector_all("main a[href^='/event/']", "all => all.map(a => a.getAttribute('href'))")
    assert links
    assert all("as_of=" in link for link in links)


def test_it_updates_itself(look: Look, record: Record) -> None:
    def told(ident: str, title: str) -> Any:
        said = Said(f"{title}.", [person("Ada Neri")], [person("Ugo Bassi")], day="2025-03-05")
        return reading(ident, said, title=title, published=datetime.now(UTC).isoformat(timespec="seconds"))

    record.add(told("a", "La prima notizia"))
    with serving(desk(record, access("127.0.0.1", []))) as address:
        page = look(address)
        assert page.locator(".item").count() == 1
        page.wait_for_timeout(1500)
        record.add(told("b", "La seconda notizia"))
        page.wait_for_selector(".item:has-text('La seconda notizia')", timeout=15_000)
        assert "novità" in page.inner_text("#live")
        assert not page.problems
        page.goto("about:blank")
