"""Sources on loopback: well-behaved, moving, lying, failing, gone, hostile."""

import gzip
import time
from datetime import UTC, datetime

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from following_made import Desk, Site, article, rss
from pages_made import live_blog, page
from ultimora.errors import AddressRefused, RecordBusy
from ultimora.following import taking
from ultimora.following.jobs import jobs_of
from ultimora.following.sources import list_unread
from ultimora.following.tables import aside, entries, sources

NEW = "Il sindaco di Savona incontrerà domani i rappresentanti dei pescatori."


def test_new_articles_are_read_once_and_the_feed_asked_politely(desk: Desk, site: Site) -> None:
    site.answers |= {"/a": article("Primo"), "/b": article("Secondo", NEW)}

    def feed(request: Request) -> Response:
        if request.headers.get("If-None-Match") == '"v1"':
            return Response(status=304)
        return Response(rss(site.server, "/a?utm_source=feed", "/b", "/a"), headers={"ETag": '"v1"'})

    site.answers["/feed"] = feed
    assert desk.follow(site.url("/feed")) == [site.url("/feed")]
    assert desk.follow(site.url("/feed")) == []
    report = desk.once()
    assert report.counts == {"entries": 1, "new article": 2}
    assert desk.titles() == ["Primo", "Secondo"]
    assert site.times("/robots.txt") == 1
    assert desk.once().counts == {}
    desk.clock.on(hours=1)
    assert desk.once().counts == {"unchanged": 3}
    assert [s["kind"] for s in desk.rows(sources)] == ["feed"]
    assert site.times("/robots.txt") == 1


def test_what_changes_is_visited_again_and_becomes_a_revision(desk: Desk, site: Site) -> None:
    site.answers |= {"/feed": rss(site.server, "/a"), "/a": article("Primo")}
    desk.follow(site.url("/feed"))
    desk.once()
    site.answers["/a"] = article("Primo", NEW)
    desk.clock.on(hours=1)
    assert desk.once().counts["new revision"] == 1
    row = desk.rows(entries)[0]
    assert (row["state"], row["interval"]) == ("read", 675.0)
    for _ in range(40):
        desk.clock.on(days=8)
        desk.once()
    assert desk.rows(entries)[0]["next_at"] is None
    assert site.times("/a") < 25


def test_a_feed_that_says_an_entry_changed_has_it_read_at_once(desk: Desk, site: Site) -> None:
    def atom(updated: str) -> bytes:
        link = f"<link href='{site.url('/a')}'/>"
        return f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{link}<updated>{updated}</updated></entry></feed>".encode()

    site.answers |= {"/feed": atom("2025-03-10T10:00:00Z"), "/a": article("Primo")}
    desk.follow(site.url("/feed"))
    desk.once()
    site.answers |= {"/feed": atom("2025-03-10T19:00:00Z"), "/a": article("Primo", NEW)}
    desk.clock.on(days=3)
    with desk.store.writing() as db:
        db.execute(entries.update().values(next_at=None))  # it rests
    assert desk.once().counts == {"unchanged": 1, "new revision": 1}


def test_what_says_nothing_new_is_not_read_again(desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_loaded: object) -> None:
        raise AssertionError("read again")

    site.answers |= {"/feed": rss(site.server, "/a", "/b"), "/a": article("Primo"), "/b": article("Secondo")}
    desk.follow(site.url("/feed"))
    desk.once()
    monkeypatch.setattr(taking, "read_loaded", never)
    site.answers["/b"] = article("Secondo").replace(b"</html>", b"<!-- advertisement 815 --></html>")
    desk.clock.on(hours=1)
    assert desk.once().counts == {"unchanged": 2, "known already": 1}
    monkeypatch.undo()
    site.answers["/b"] = article("Secondo", NEW)
    desk.clock.on(hours=1)
    assert desk.once().counts["new revision"] == 1


@pytest.mark.parametrize("kind", ["json", "sitemap", "index"])
def test_other_kinds_of_feeds(desk: Desk, site: Site, kind: str) -> None:
    sitemap = f"<urlset><url><loc>{site.url('/a')}</loc></url></urlset>".encode()
    site.answers["/a"] = article("Primo")
    site.answers["/feed"] = {
        "json": Response(f'{{"items": [{{"id": "1", "url": "{site.url("/a")}"}}]}}', mimetype="application/feed+json"),
        "sitemap": sitemap,
        "index": f"<sitemapindex><sitemap><loc>{site.url('/s')}</loc></sitemap></sitemapindex>".encode(),
    }[kind]
    site.answers["/s"] = sitemap
    desk.follow(site.url("/feed"))
    desk.once()
    assert desk.titles() == ["Primo"]


def test_a_home_page_leads_to_its_feed(desk: Desk, site: Site) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.answers |= {"/": page(link, "<h1>Il Giornale</h1>"), "/feed": rss(site.server, "/a"), "/a": article("Primo")}
    desk.follow(site.url("/"))
    desk.once()
    assert desk.titles() == ["Primo"]
    assert {s["url"]: s["state"] for s in desk.rows(sources)} == {site.url("/"): "led on", site.url("/feed"): "active"}


def test_a_live_blog_is_watched(desk: Desk, site: Site) -> None:
    site.answers["/live"] = live_blog()
    desk.follow(site.url("/live"))
    desk.once()
    old = "La stazione di Bologna è stata evacuata oggi per un allarme."
    site.answers["/live"] = live_blog().replace(old.encode(), f"{old} Fermi venti treni.".encode())
    for _ in range(4):
        desk.clock.on(minutes=30)
        desk.once()
    assert len(desk.titles()) == 2
    desk.clock.on(days=60)
    assert desk.once().counts == {"unchanged": 1}


def test_a_page_that_gives_nothing_is_kept_told_and_tried_again(desk: Desk, site: Site) -> None:
    empty = page("<title>Vuota</title>", "<div id=app></div>")
    site.answers |= {"/feed": rss(site.server, "/a"), "/a": empty}
    desk.follow(site.url("/feed"))
    report = desk.once()
    assert report.counts["aside"] == 1
    assert "no article text" in report.reasons[site.url("/a")]
    assert len(desk.rows(aside)) == 1
    site.answers["/a"] = article("Primo")
    desk.clock.on(hours=1)
    assert desk.once().counts["new article"] == 1
    assert desk.rows(aside) == []


def test_failures_are_told_and_backed_off_and_retry_after_is_kept(desk: Desk, site: Site) -> None:
    def busy(request: Request) -> Response:
        return Response(status=503, headers={"Retry-After": "7200"})

    site.answers |= {"/feed": rss(site.server, "/a", "/b"), "/a": busy, "/b": article("Secondo")}
    desk.follow(site.url("/feed"))
    report = desk.once()
    assert "503" in report.reasons[site.url("/a")]
    assert site.times("/b") == 0  # the whole host was asked to be left alone
    waiting = {one.url: one.error or "" for one in list_unread(desk.store)}
    assert "left alone until 2025-03-10T20:00Z" in waiting[site.url("/b")]
    desk.clock.on(hours=1, minutes=50)
    desk.once()
    assert (site.times("/a"), site.times("/b")) == (1, 0)
    site.answers["/a"] = article("Primo")
    desk.clock.on(minutes=11)
    desk.once()
    assert desk.titles() == ["Primo", "Secondo"]


def test_gone_is_gone(desk: Desk, site: Site) -> None:
    site.answers |= {"/feed": 410, "/other": rss(site.server, "/a"), "/a": 410}
    desk.follow(site.url("/feed"), site.url("/other"))
    assert desk.once().counts["gone"] == 2
    desk.clock.on(days=30)
    desk.once()
    assert (site.times("/feed"), site.times("/a")) == (1, 1)
    assert desk.rows(sources)[0]["state"] == "gone"


def test_a_feed_that_moved_for_good(desk: Desk, site: Site) -> None:
    site.answers |= {
        "/feed": Response(status=301, headers={"Location": site.url("/new")}),
        "/new": rss(site.server, "/a"),
        "/a": article("Primo"),
    }
    desk.follow(site.url("/feed"))
    desk.once()
    assert [s["url"] for s in desk.rows(sources)] == [site.url("/new")]
    assert [e["source"] for e in desk.rows(entries)] == [site.url("/new")]


def test_robots_are_kept_to(desk: Desk, site: Site) -> None:
    site.answers["/robots.txt"] = b"User-agent: *\nDisallow: /private/\n"
    site.answers |= {
        "/feed": rss(site.server, "/private/a", "/b"),
        "/private/a": article("Primo"),
        "/b": article("Secondo"),
    }
    desk.follow(site.url("/feed"))
    report = desk.once()
    assert "robots.txt" in report.reasons[site.url("/private/a")]
    assert desk.titles() == ["Secondo"]
    assert site.times("/private/a") == 0


def test_robots_that_cannot_be_had_wait(desk: Desk, site: Site) -> None:
    site.answers |= {"/robots.txt": 500, "/feed": rss(site.server, "/a"), "/a": article("Primo")}
    desk.follow(site.url("/feed"))
    assert desk.once().counts == {"failed": 1}
    assert site.times("/feed") == 0


def test_a_server_that_always_says_nothing_changed(desk: Desk, site: Site) -> None:
    """It lies; every eighth visit asks without condition, so the change is seen all the same."""
    state = {"body": article("Primo")}

    def lying(request: Request) -> Response:
        if "If-None-Match" in request.headers:
            return Response(status=304)
        return Response(state["body"], mimetype="text/html", headers={"ETag": '"same"'})

    site.answers["/a"] = lying
    desk.follow(site.url("/a"))
    desk.once()
    state["body"] = article("Primo", NEW)
    for _ in range(9):
        desk.clock.on(days=1)
        desk.once()
    assert desk.titles() == ["Primo", "Primo"]


def test_an_etag_that_always_changes_makes_no_revisions(desk: Desk, site: Site) -> None:
    count = iter(range(100))

    def restless(request: Request) -> Response:
        return Response(
            article("Primo"), mimetype="text/html", headers={"ETag": f'"{next(count)}"', "Last-Modified": "now"}
        )

    site.answers["/a"] = restless
    desk.follow(site.url("/a"))
    for _ in range(4):
        desk.once()
        desk.clock.on(days=1)
    assert desk.titles() == ["Primo"]


def test_dates_that_lie(desk: Desk, site: Site) -> None:
    feed = rss(site.server, "/a").replace(b"</item>", b"<pubDate>Mon, 99 Foo 9999 99:99:99</pubDate></item>")
    site.answers |= {"/feed": feed, "/a": article("Primo", published="2099-02-31T00:00:00Z")}
    desk.follow(site.url("/feed"))
    assert desk.once().counts["new article"] == 1


def test_hostile_answers_are_reasons_and_no_more(desk: Desk, site: Site) -> None:
    bomb = Response(gzip.compress(b"\0" * 50_000_000), headers={"Content-Encoding": "gzip"})
    site.answers |= {
        "/feed": rss(site.server, "/bomb", "/image", "/inside", "/loop", "/ok"),
        "/bomb": bomb,
        "/image": Response(b"\x89PNG\r\n\x1a\n" + bytes(500), mimetype="image/png"),
        "/inside": Response(status=302, headers={"Location": "http://169.254.169.254/latest/"}),
        "/loop": Response(status=302, headers={"Location": "/loop"}),
        "/ok": article("Primo"),
    }
    desk.follow(site.url("/feed"))
    report = desk.once()
    assert desk.titles() == ["Primo"]
    assert set(report.reasons) == {site.url(p) for p in ("/bomb", "/image", "/inside", "/loop")}
    assert "no public address" in report.reasons[site.url("/inside")]


def test_private_sources_are_refused(desk: Desk) -> None:
    with pytest.raises(AddressRefused):
        desk.follow("http://10.0.0.1/feed", "https://example.org/feed")
    assert desk.rows(sources) == []


def test_a_slow_host_does_not_hold_the_others(desk: Desk, site: Site) -> None:
    with HTTPServer(host="127.0.0.1", threaded=True) as slow:
        slow_site = Site(slow)
        slow_site.answers["/feed"] = lambda _request: time.sleep(3) or 200
        site.answers |= {"/feed": rss(site.server, *(f"/{n}" for n in range(8)))}
        site.answers |= {f"/{n}": article(f"Numero {n}") for n in range(8)}
        desk.follow(slow_site.url("/feed"), site.url("/feed"))
        report = desk.once(seconds=2)
    assert len(desk.titles()) == 8
    assert "2 s" in report.reasons[slow_site.url("/feed")]


def test_one_watch_a_record(desk: Desk) -> None:
    with jobs_of(desk.store, 8), pytest.raises(RecordBusy, match="another ultimora watch"):
        desk.once()
    assert desk.once().counts == {}


def test_one_pass_ends_even_if_everything_is_due_again_at_once(desk: Desk, site: Site) -> None:
    desk.settings = desk.settings.model_copy(update={"first": 0.001, "least": 0.001, "live": 0.001, "most": 0.001})
    desk.store.clock = lambda: datetime.now(UTC)
    site.answers |= {"/feed": rss(site.server, "/a"), "/a": article("Primo")}
    desk.follow(site.url("/feed"))
    assert desk.once().counts == {"entries": 1, "new article": 1}
    assert (site.times("/feed"), site.times("/a")) == (1, 1)
