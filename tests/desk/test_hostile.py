"""What articles bring is shown and never run: vectors after OWASP's XSS filter evasion sheet in all that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desk.conftest import serving
from factories import Said, entity, person, reading
from ultimora.answers import Record
from ultimora.api.access import access
from ultimora.desk.app import desk
from ultimora.desk.site import Settings
from ultimora.record.store import instant

VECTORS = [
    "<script>window.hit=1</script>",
    "<SCRIPT SRC=/static/desk.js?x></SCRIPT><img src=x onerror=window.hit=1>",
    '"><script>window.hit=1</script>',
    "'><img src=x onerror=window.hit=1>",
    '" onmouseover="window.hit=1" autofocus onfocus="window.hit=1" x="',
    "' onfocus='window.hit=1' autofocus x='",
    "<svg onload=window.hit=1>",
    "<svg><script>window.hit=1</script></svg>",
    "<svg/onload=window.hit=1//",
    '<img src="javascript:window.hit=1;">',
    "<IMG SRC=JaVaScRiPt:window.hit=1>",
    '<IMG """><SCRIPT>window.hit=1</SCRIPT>">',
    "<body onload=window.hit=1>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<iframe src=javascript:parent.hit=1>",
    "<details open ontoggle=window.hit=1>",
    "<video><source onerror=window.hit=1>",
    "<math><mi//xlink:href='data:x,<script>window.hit=1</script>'>",
    "<a href=javascript:window.hit=1 id=go>go</a>",
    "</title><script>window.hit=1</script>",
    "</textarea><script>window.hit=1</script>",
    "--><script>window.hit=1</script><!--",
    "<style>@import'javascript:window.hit=1';</style>",
    '<div style="background:url(javascript:window.hit=1)">',
    "<meta http-equiv=refresh content='0;url=javascript:window.hit=1'>",
    "<base href='javascript:window.hit=1//'>",
    "<form action=javascript:window.hit=1><button>x</button></form>",
    "<object data='data:text/html,<script>parent.hit=1</script>'>",
    "{{7*7}}{% raw %}<script>window.hit=1</script>",
    "\u003cscript\u003ewindow.hit=1\u003c/script\u003e",
    "&lt;script&gt;window.hit=1&lt;/script&gt;<script>window.hit=1</script>",
    "<scr<script>ipt>window.hit=1</scr</script>ipt>",
    "<\x00script>window.hit=1</script>",
    '"><svg><animate onbegin=window.hit=1 attributeName=x dur=1s>',
]
LINKS = [
    "javascript:window.hit=1",
    "JaVaScRiPt:window.hit=1",
    " javascript:window.hit=1",
    "java\tscript:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    "vbscript:window.hit=1",
    'https://x.example/"onmouseover="window.hit=1',
    "https://x.example/'><script>window.hit=1</script>",
    "//evil.example/x",
    "file:///etc/passwd",
]

FOREIGN = (
    "script:not([src='/static/desk.js']), iframe, object, embed, base, main img, main style, "
    "[onerror], [onload], [onfocus], [onmouseover]"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    with Record(path) as record:
        for number, vector in enumerate(VECTORS):
            _add(record, number, vector, f"{LINKS[number % len(LINKS)]}?n={number}")
        yield record


def _add(record: Record, number: int, vector: str, link: str) -> None:
    """An article with a vector as title, outlet, sentence, name, source and place, told and then revised."""
    who = person(f"{vector} Neri{number}", "ITA", vector)
    said = Said(
        f"{vector} Neri{number} ha visto Bassi.",
        [who],
        [person("Ugo Bassi")],
        day="2025-03-05",
        sources=[(person(f"{vector} Fonte"), "reports")],
        place=entity(vector, "place"),
        predicate=vector,
    )
    more = {"title": f"{vector} {number}", "outlet": vector, "published": "2025-03-05T12:00:00+01:00"}
    record.add(reading(f"x{number}", said, url=link, **more), seen="2025-03-05T13:00:00+01:00")
    record.add(reading(f"x{number}", said, url=link, extra=vector, **more), seen="2025-03-05T14:00:00+01:00")


def _addresses(record: Record) -> list[str]:
    events = [e.event for e in record.timeline(everything=True).events]
    articles = sorted({a.article for a in record.news(limit=500).arrivals})
    stories = [s.story for s in record.stories(limit=100).stories]
    found = ["/", "/stories", "/timeline", "/agenda", "/search?words=Bassi", "/actor?name=Ugo+Bassi"]
    found += [f"/event/{e}" for e in events] + [f"/story/{s}" for s in stories]
    return found + [f"/article/{a}{query}" for a in articles for query in ("", "?diff=1")]


def test_nothing_is_run(look: Callable[..., Any], hostile: Record) -> None:
    from urllib.parse import quote

    settings = Settings(instant("2025-03-05T18:00:00+01:00"))
    with serving(desk(hostile, access("127.0.0.1", []), settings)) as address:
        addresses = _addresses(hostile)
        addresses += [f"/search?words={quote(v)}&actor={quote(v)}" for v in VECTORS]
        addresses += [f"/actor?name={quote(v)}" for v in VECTORS[:8]] + [f"/{quote(v)}" for v in VECTORS[:8]]
        page = look(address)
        policy = page.request.get(address).headers["content-security-policy"]
        assert "script-src 'self'" in policy
        run = []
        for each in addresses:
            page.goto(address + each, wait_until="domcontentloaded")
            if page.evaluate("window.hit") is not None:
                run.append(each)
            wrong = page.eval_on_selector_all("a[href]:not(svg a)", "all => all.map(a => a.protocol)")
            assert set(wrong) <= {"http:", "https:"}, each
            assert page.locator(FOREIGN).count() == 0, each
        assert len(addresses) > 150
        assert not run
        blocked = [p for p in page.problems if "Content Security Policy" in p]
        assert not blocked
