"""Hostile documents by name: ``python bombs.py feed NAME`` or ``page NAME`` reads one and prints what that cost."""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

_LAUGHS = b'<!DOCTYPE z [<!ENTITY l0 "lol">' + b"".join(
    b'<!ENTITY l%d "' % i + b"&l%d;" % (i - 1) * 10 + b'">' for i in range(1, 10)
)


def _many(before: bytes, entry: bytes, after: bytes, between: bytes = b"") -> bytes:
    return before + between.join(entry % k for k in range(100_000)) + after


FEEDS: dict[str, Callable[[], bytes]] = {
    "laughs": lambda: (
        _LAUGHS + b']><rss version="2.0"><channel><title>&l9;</title><item><link>/a</link></item></channel></rss>'
    ),
    "laughs in a sitemap": lambda: _LAUGHS + b"]><urlset><url><loc>https://a.org/&l9;</loc></url></urlset>",
    "quadratic": lambda: (
        b'<!DOCTYPE z [<!ENTITY a "'
        + b"a" * 50_000
        + b'">]><rss version="2.0"><channel><title>'
        + b"&a;" * 50_000
        + b"</title><item><link>/a</link></item></channel></rss>"
    ),
    "rss of 100,000": lambda: _many(
        b'<rss version="2.0"><channel><title>a</title>',
        b"<item><title>T</title><link>/%d</link></item>",
        b"</channel></rss>",
    ),
    "atom of 100,000": lambda: _many(
        b'<feed xmlns="http://www.w3.org/2005/Atom">', b'<entry><title>T</title><link href="/%d"/></entry>', b"</feed>"
    ),
    "json of 100,000": lambda: _many(b'{"items":[', b'{"url":"/%d"}', b"]}", b","),
    "sitemap of 100,000": lambda: _many(b"<urlset>", b"<url><loc>https://a.org/%d</loc></url>", b"</urlset>"),
    "never closed": lambda: b"<rss><channel>" + b"<item>" * 100_000,
    "deep": lambda: b"<feed>" + b"<a>" * 100_000,
    "deep json": lambda: b'{"items":' + b"[" * 100_000,
    "one long title": lambda: b'<rss version="2.0"><channel><title>' + b"a" * 9_000_000 + b"</title></channel></rss>",
}
_WORDS = b"The minister signed the agreement in the town hall on Monday after months of talks. "
PAGES: dict[str, Callable[[], bytes]] = {
    "50,000 deep": lambda: b"<!doctype html><title>Deep</title>" + b"<div>" * 50_000 + b"<p>" + _WORDS * 5 + b"</p>",
    "50,000 deep spans": lambda: b"<!doctype html><h1>Deep</h1><p>" + b"<span>" * 50_000 + _WORDS * 5,
    "50 MB of paragraphs": lambda: b"<!doctype html><title>Long</title>" + (b"<p>" + _WORDS * 5 + b"</p>") * 122_000,
    "50 MB of script": lambda: (
        b"<!doctype html><title>Script</title><p>" + _WORDS * 5 + b"</p><script>" + b"x = 1;" * 8_300_000 + b"</script>"
    ),
    "50 MB of one tag": lambda: (
        b"<!doctype html><title>Tag</title><p>" + _WORDS * 5 + b"</p><p a='" + b"x" * 50_000_000
    ),
    "50 MB of open brackets": lambda: b"<!doctype html><p>" + _WORDS * 5 + b"<" * 50_000_000,
    "4 MB of attributes": lambda: b"<!doctype html><p " + b"a=b " * 1_000_000 + b">" + _WORDS * 5,
    "deep data": lambda: (
        b'<!doctype html><script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>" + _WORDS * 5 + b"</p>"
    ),
    "much data": lambda: (
        b'<!doctype html><script type="application/ld+json">['
        + b'{"@type":"NewsArticle"},' * 100_000
        + b"{}]</script><p>"
        + _WORDS * 5
        + b"</p>"
    ),
    "60,000 classes": lambda: (
        b"<!doctype html><p>" + _WORDS * 5 + b"</p>" + b"<div class='a-b related x_y promoBox'>x</div>" * 60_000
    ),
    "comments never closed": lambda: b"<!doctype html><p>" + _WORDS * 5 + b"</p>" + b"<!--" * 500_000,
}


def _feed(data: bytes) -> int:
    from ultimora.articles.feeds import parse_feed
    from ultimora.errors import FetchError

    try:
        found = parse_feed(data, "https://a.org/feed")
    except FetchError:
        return 0
    return len(found.entries) if found else 0


def _page(data: bytes) -> int:
    from ultimora.articles.pages.load import read_page

    return len(read_page(data).body)


def most() -> int:
    """The most memory of this program so far, in KiB; what getrusage says is that of whoever started it, if more."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def main() -> None:
    """Print how much was found, the seconds of processor time and the most megabytes that took, a child included."""
    kind, name = sys.argv[1:]
    data = (FEEDS if kind == "feed" else PAGES)[name]()
    read = _feed if kind == "feed" else _page
    before, start = most(), time.process_time()
    found = read(data)
    seconds = time.process_time() - start
    if kind == "page":
        from ultimora.articles.pages import worker

        worker._shared.close()
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = most() - (before if kind == "page" else 0)
    print(found, seconds + child.ru_utime + child.ru_stime, max(own, child.ru_maxrss) // 1024)


if __name__ == "__main__":
    main()
