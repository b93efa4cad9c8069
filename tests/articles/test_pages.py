import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest

import ultimora
from bombs import PAGES
from pages_made import BODY_EN, BODY_IT, data, italian, live_blog, page, paragraphs
from ultimora import errors
from ultimora.articles.inputs import Given
from ultimora.articles.load import load
from ultimora.articles.pages import dates, titles
from ultimora.articles.pages.extract import extract
from ultimora.articles.pages.load import is_page, load_page
from ultimora.articles.pages.shape import page_from_data
from ultimora.articles.pages.simple import extract_simply
from ultimora.articles.pages.titles import Headline


def test_a_page_with_all_its_data() -> None:
    found = extract(italian())
    assert found.title == "Porto, firmato l'accordo per il terminal"
    assert found.standfirst == "La Regione e il governo chiudono una trattativa lunga dieci anni: lavori al via"
    assert [b.text for b in found.blocks] == list(BODY_IT)
    assert found.outlet == "Il Giornale del Porto"
    assert found.authors == ("Anna Berti", "Luca Neri")
    assert found.section == "Economia"
    assert (found.published, found.modified) == ("2025-03-10T18:30:00+01:00", "2025-03-10T19:05:00+01:00")
    assert (found.language, found.url) == ("it", "https://www.example.org/2025/03/10/porto/")
    assert found.doubts == ()
    assert page_from_data(json.loads(json.dumps(dataclasses.asdict(found)))) == found


def test_the_article_of_a_page(tmp_path: Path) -> None:
    file = tmp_path / "saved.html"
    file.write_bytes(italian())
    reading = ultimora.read(file)
    assert reading.article.published == "2025-03-10T18:30:00+01:00"
    assert reading.article.published_from == "page"
    assert reading.article.page is not None
    assert reading.article.page.authors == ("Anna Berti", "Luca Neri")
    parts = {s.part for s in reading.sentences}
    assert {"section", "title", "standfirst", "body"} <= parts
    assert reading.text.startswith("Economia\nPorto, firmato l'accordo per il terminal\nLa Regione")
    assert [t.value for t in reading.times if t.text == "domani"] == ["2025-03-11"]


def test_without_data_what_shows_is_read() -> None:
    stamp = '<span class="date">10.03.2025, ore 18:30</span>'
    body = f"<div id=main><h1>Porto, firmato l'accordo</h1>{stamp}<div>{paragraphs(BODY_IT)}</div></div>"
    found = extract(page("<title>Porto, firmato l'accordo - La Voce</title>", body))
    assert found.title == "Porto, firmato l'accordo"
    assert found.published == "2025-03-10T18:30:00"
    assert [b.text for b in found.blocks] == list(BODY_IT)
    assert found.outlet == "La Voce"


def test_a_body_that_its_data_tells_in_full_is_cleaned_by_it() -> None:
    wall = (
        "<div><p>Your account is in use on another device. Continue reading here and sign out there, please.</p></div>"
    )
    head = data(
        "NewsArticle", headline="Bridge deal signed", articleBody="\n".join(BODY_EN), datePublished="2025-03-10"
    )
    body = f"<main><h1>Bridge deal signed</h1>{wall}{paragraphs(BODY_EN)}</main>"
    found = extract(page(head, body, "en"))
    assert [b.text for b in found.blocks] == list(BODY_EN)


def test_a_teaser_in_the_data_is_not_taken_for_the_body() -> None:
    head = data("NewsArticle", headline="Bridge deal signed", articleBody=BODY_EN[0][:90], datePublished="2025-03-10")
    found = extract(page(head, f"<main><h1>Bridge deal signed</h1>{paragraphs(BODY_EN)}</main>", "en"))
    assert [b.text for b in found.blocks] == list(BODY_EN)


@pytest.mark.parametrize(
    "noise",
    [
        '<p><a href="/a">Read more: Farmers vow to fight the new route</a></p>',
        "<p>Sign up for our morning newsletter and never miss a story.</p>",
        '<div class="relatedArticles"><p>The winter in which the old bridge fell, told by those there.</p></div>',
        '<p class="photo-caption">Residents outside the town hall on Monday.</p>',
        "<p>Jane Roe/Agency Pictures</p>",
        '<ul class="share-bar"><li><a href="#">Share</a></li><li><a href="#">Copy link</a></li></ul>',
        '<div aria-hidden="true"><p>A hidden copy of something else, long enough to look like a paragraph.</p></div>',
        "<p>Advertisement</p>",
    ],
)
def test_what_is_not_the_article_is_left_out(noise: str) -> None:
    found = extract(
        page(
            "<title>Bridge deal signed</title>",
            f"<main><h1>Bridge deal signed</h1>{paragraphs(BODY_EN, noise)}</main>",
            "en",
        )
    )
    assert [b.text for b in found.blocks] == list(BODY_EN)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-15", "utf-16"])
def test_character_sets(charset: str) -> None:
    text = italian().decode().replace("<head>", f'<head><meta charset="{charset}">')
    assert extract(text.encode(charset)).blocks[1].text == BODY_IT[1]


def test_utf8_that_declares_something_else() -> None:
    text = italian().decode().replace("<head>", '<head><meta charset="iso-8859-1">')
    assert extract(text.encode()).blocks[1].text == BODY_IT[1]


def test_live_blog_posts_are_dated_and_apart(tmp_path: Path) -> None:
    file = tmp_path / "live.html"
    file.write_bytes(live_blog())
    reading = ultimora.read(file)
    assert reading.article.page is not None
    posts = reading.article.page.posts
    assert [p.published for p in posts] == [
        "2025-03-10T19:00:00+01:00", "2025-03-10T21:40:00+01:00", "2025-03-11T08:10:00+01:00",
    ]  # fmt: skip
    assert [reading.text[p.start : p.end].split("\n")[0] for p in posts] == [
        "Evacuata la stazione", "Vertice in prefettura", "Riapre la stazione",
    ]  # fmt: skip
    times = {t.text: (t.value, t.from_) for t in reading.times}
    assert times["oggi"][0] == "2025-03-10"
    assert times["domani"][0] == "2025-03-11"
    assert times["questa mattina alle 7"][1] == "2025-03-11T07:00:00+01:00"
    assert "tempo reale" in reading.text[: posts[0].start]
    evacuated = next(c for c in reading.claims if c.trigger.text == "evacuata")
    assert (evacuated.from_ or "")[:10] == "2025-03-10"


def test_language_declared_detected_and_doubted() -> None:
    english = page("<title>Bridge deal signed</title>", f"<h1>Bridge deal signed</h1>{paragraphs(BODY_EN)}", "it")
    loaded = load_page(english, "x.html", Given())
    assert loaded.article is not None
    assert loaded.article.language == "en"
    assert any("language" in d for d in loaded.article.page.doubts)  # type: ignore[union-attr]
    german = page(
        "<title>Brücke</title>",
        "<h1>Brücke</h1><p>" + "Die Brücke wird neu gebaut, sagte der Minister. " * 9 + "</p>",
        "de",
    )
    loaded = load_page(german, "x.html", Given())
    assert isinstance(loaded.error, errors.UnknownLanguage)
    assert loaded.page is not None
    assert "Brücke wird neu gebaut" in loaded.page.body


def test_a_page_with_nothing_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "empty.html"
    file.write_bytes(page("<title>Porto</title>", '<div id="app"></div><script>render()</script>'))
    (loaded,) = load(str(file))
    assert isinstance(loaded.error, errors.EmptyArticle)
    assert "no publication date" in str(loaded.error)
    assert loaded.page is not None
    assert loaded.page.title == "Porto"


def test_doubts() -> None:
    head = data("NewsArticle", headline="Bridge deal", datePublished="2025-03-10", dateModified="2024-01-02")
    found = extract(
        page(head, f"<h1>Bridge deal</h1>{paragraphs(BODY_EN)}", "en"), "https://example.org/2023/01/05/bridge"
    )
    assert any("address names another day" in d for d in found.doubts)
    assert any("before it was published" in d for d in found.doubts)


def test_a_page_cannot_take_another_hosts_address() -> None:
    assert extract(italian(), "https://copy.example.net/a").url == "https://copy.example.net/a"
    assert (
        extract(italian(), "https://example.org/amp/porto?utm_source=x").url
        == "https://www.example.org/2025/03/10/porto/"
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([("data", "A b c"), ("heading", "A b c"), ("og", "Other words"), ("head", "A b c | The Paper")], "A b c"),
        (
            [("data", "Deal signed"), ("og", "Deal - The Paper"), ("heading", "Deal"), ("head", "Deal - The Paper")],
            "Deal",
        ),
        ([("heading", "The Paper"), ("og", "Deal signed"), ("head", "Deal signed | The Paper")], "Deal signed"),
        ([("head", "Deal signed")], "Deal signed"),
    ],
)
def test_titles(given: list[tuple[str, str]], expected: str) -> None:
    assert titles.choose_title([Headline(*g) for g in given]) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-03-10T18:30:00.123Z", "2025-03-10T18:30:00+00:00"),
        ("2025-03-10T18:30+0100", "2025-03-10T18:30:00+01:00"),
        ("2025-03-10 18:30:00", "2025-03-10T18:30:00"),
        ("2025-03-10", "2025-03-10"),
        ("Mon, 10 Mar 2025 18:30:00 +0100", "2025-03-10T18:30:00+01:00"),
        ("1741627800", "2025-03-10T17:30:00+00:00"),
        ("2025-02-30T10:00", None),
        ("yesterday", None),
        ("", None),
        ("9" * 4000, None),
    ],
)
def test_instants(written: str, expected: str | None) -> None:
    assert dates.iso(written) == expected


def test_the_simple_extractor() -> None:
    found = extract_simply(italian().decode())
    assert found.title == "Porto, firmato l'accordo per il terminal"
    assert all(line in [b.text for b in found.blocks] for line in BODY_IT)
    assert not any("render" in b.text for b in found.blocks)


@pytest.mark.parametrize(
    "head", [b"<!DOCTYPE html>", b"\n <html>", b"<!-- saved --><html>", b'<?xml version="1.0"?><html>']
)
def test_what_is_a_page(head: bytes) -> None:
    assert is_page("x", head + b"<p>a</p>")
    assert not is_page("x.txt", b"La legge 3 < 4 " + head)


@pytest.mark.parametrize("name", PAGES)
def test_hostile_pages_cost_little_and_are_read(name: str) -> None:
    script = Path(__file__).parents[1] / "bombs.py"
    done = subprocess.run([sys.executable, str(script), "page", name], capture_output=True, text=True, check=True)
    count, seconds, megabytes = done.stdout.split()
    assert int(count) >= 400
    assert float(seconds) <= 3
    assert int(megabytes) <= 150


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("di Anna Berti - 10 marzo 2025 alle 18:30", "2025-03-10T18:30:00"),
        ("Published March 10, 2025 6:30 p.m.", "2025-03-10T18:30:00"),
        ("10th March 2025", "2025-03-10"),
        ("© 2025", None),
    ],
)
def test_dates_in_words(stamp: str, expected: str | None) -> None:
    body = f"<h1 class=logo>La Voce</h1><h1>Porto, accordo firmato</h1><b><span>{stamp}</span></b>{paragraphs(BODY_IT)}"
    found = extract(page("<title>Porto, accordo firmato - La Voce</title>", body))
    assert (found.title, found.published) == ("Porto, accordo firmato", expected)


def test_an_article_that_is_only_in_its_data() -> None:
    told = {"headline": "Porto, accordo", "articleBody": "\n".join(BODY_IT), "author": {"@id": "#a"}}
    head = data("NewsArticle", **told) + data("Person", **{"@id": "#a", "name": "Anna Berti"})
    found = extract(page(f"<title>Porto, accordo</title>{head}", "<div id=app></div>"))
    assert [b.text for b in found.blocks] == list(BODY_IT)
    assert found.authors == ("Anna Berti",)
