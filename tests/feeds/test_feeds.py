import contextlib
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bombs import FEEDS
from ultimora.articles.feeds import Entry, parse_feed
from ultimora.articles.feeds.opml import Outline, read_opml, write_opml
from ultimora.errors import FetchError, SourceError

URL = "https://news.example.org/feed"
RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>La Voce</title><ttl>30</ttl>
<item><title>Porto, l'accordo</title><link>/porto</link><pubDate>Mon, 10 Mar 2025 18:30:00 +0100</pubDate></item>
<item><title>Due</title><guid>https://news.example.org/due</guid></item>
<item><title>senza indirizzo</title></item><item><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Paper</title><entry><title>Bridge</title>
<link rel="self" href="/x.atom"/><link href="/bridge"/><published>2025-03-10T18:30:00Z</published>
<updated>2025-03-10T19:00:00Z</updated></entry></feed>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "The Paper", "items": [{"id": "1", "url": "/bridge",
"title": "Bridge", "date_published": "2025-03-10T18:30:00Z"}, {"id": "https://news.example.org/2"}, {"id": 3}, "x"]}"""
SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example.org/a</loc><news:news>
<news:publication_date>2025-03-10T18:30:00+01:00</news:publication_date><news:title>A</news:title></news:news></url>
<url><loc>https://news.example.org/b</loc><lastmod>2025-03-11</lastmod></url></urlset>"""
INDEX = b"<sitemapindex><sitemap><loc>https://news.example.org/s1.xml</loc></sitemap></sitemapindex>"


def test_rss() -> None:
    feed = parse_feed(RSS, URL)
    assert feed is not None
    assert (feed.kind, feed.title, feed.ttl, feed.cut) == ("feed", "La Voce", 1800, False)
    assert feed.entries == (
        Entry("https://news.example.org/porto", "Porto, l'accordo", "2025-03-10T18:30:00+01:00"),
        Entry("https://news.example.org/due", "Due"),
    )


def test_atom_and_json() -> None:
    expected = Entry(
        "https://news.example.org/bridge", "Bridge", "2025-03-10T18:30:00+00:00", "2025-03-10T19:00:00+00:00"
    )
    assert parse_feed(ATOM, URL).entries == (expected,)  # type: ignore[union-attr]
    found = parse_feed(JSON, URL, "application/feed+json")
    assert [e.url for e in found.entries] == ["https://news.example.org/bridge", "https://news.example.org/2"]  # type: ignore[union-attr]


def test_sitemaps() -> None:
    found = parse_feed(SITEMAP, URL)
    assert found is not None
    assert found.kind == "sitemap"
    assert found.entries[0] == Entry("https://news.example.org/a", "A", "2025-03-10T18:30:00+01:00")
    assert found.entries[1].updated == "2025-03-11"
    assert parse_feed(INDEX, URL).kind == "index"  # type: ignore[union-attr]


def test_a_page_is_no_feed() -> None:
    assert parse_feed(b"<!doctype html><html><body><rss>", URL) is None
    assert parse_feed(b"plain words", URL) is None


@pytest.mark.parametrize(
    "data", [b"{not json", b"<rss", b"<rss><channel>" + b"<item>" * 9000, b"<feed>" + b"<a>" * 9000]
)
def test_feeds_that_cannot_be_understood(data: bytes) -> None:
    with contextlib.suppress(FetchError):
        found = parse_feed(data, URL)
        assert found is None or found.entries == ()


def test_external_entities_are_not_read(tmp_path) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    head = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
    rss = head + b"<rss version='2.0'><channel><title>&x;</title><item><link>/a</link></item></channel></rss>"
    sitemap = head + b"<urlset><url><loc>https://a.org/&x;</loc></url></urlset>"
    for data in (rss, sitemap):
        assert "SECRET" not in str(parse_feed(data, URL))
    with pytest.raises(SourceError):
        read_opml(b"<rss/>", "x")
    with pytest.raises(SourceError):
        read_opml(head + b"<opml><body><outline xmlUrl='https://a.org/&x;'/></body></opml>", "x.opml")


@pytest.mark.parametrize("name", FEEDS)
def test_bombs_cost_little(name: str) -> None:
    script = Path(__file__).parents[1] / "bombs.py"
    done = subprocess.run([sys.executable, str(script), "feed", name], capture_output=True, text=True, check=True)
    count, seconds, megabytes = done.stdout.split()
    assert int(count) <= 500
    assert float(seconds) <= 3
    assert int(megabytes) <= 150


def test_opml_there_and_back() -> None:
    given = [Outline("https://a.org/feed", "A & B", "it"), Outline("https://b.org/feed", "<b>")]
    assert read_opml(write_opml(given), "x.opml") == given
    nested = b"<opml version='1.0'><body><outline text='News'><outline text='A' xmlUrl='https://a.org/f'/></outline></body></opml>"
    assert read_opml(nested, "x.opml") == [Outline("https://a.org/f", "A")]
    start = time.monotonic()
    with pytest.raises(SourceError):
        read_opml(b"<!DOCTYPE z [<!ENTITY a '" + b"a" * 10 + b"'>]><opml><body>&a;", "x.opml")
    assert time.monotonic() - start < 1
