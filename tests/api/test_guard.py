"""Who may do what: tokens and scopes on every route, names of the server, other sites, safe addresses, headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from factories import story_record
from ultimora.answers import Record
from ultimora.api.access import Access, access
from ultimora.api.guard import CALENDAR, SESSION
from ultimora.desk.app import desk, local
from ultimora.errors import UnsafeServing

READ, WRITE = "r" * 20, "w" * 20
TOKENS = [f"read:{READ}", f"write:{WRITE}"]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Record]:
    with story_record(tmp_path / "guard.db") as opened:
        yield opened


def client(kept: Record, allowed: Access, **more: object) -> TestClient:
    return TestClient(desk(kept, allowed), base_url="http://127.0.0.1", follow_redirects=False, **more)  # type: ignore[arg-type]


def routes(kept: Record) -> list[tuple[str, str]]:
    """Every method and path there is but the two that give out tokens' sessions and style sheets."""
    app = desk(kept, access("127.0.0.1", TOKENS))
    pairs = [(m, path) for path, methods in walk(app.routes) for m in sorted(methods)]
    return [(m, p) for m, p in pairs if p not in ("/enter", "/static")]


def walk(found: list[object]) -> Iterator[tuple[str, set[str]]]:
    for each in found:
        inner = getattr(each, "routes", None) or getattr(getattr(each, "original_router", None), "routes", None)
        if isinstance(each, Route) or (hasattr(each, "path") and getattr(each, "methods", None)):
            yield each.path.replace("{", "").replace("}", ""), set(each.methods)  # type: ignore[attr-defined]
        elif inner:
            yield from walk(inner)


def test_every_route_refuses_who_has_no_right(kept: Record) -> None:
    asked = routes(kept)
    assert len(asked) > 25
    at = client(kept, access("127.0.0.1", TOKENS))
    cases = [
        {},
        {"authorization": "Bearer wrongwrongwrongwrong"},
        {"authorization": f"Basic {READ}"},
        {"cookie": "session=x"},
    ]
    refused = 0
    for method, path in asked:
        for headers in cases:
            answer = at.request(method, path, headers=headers)
            assert answer.status_code == 401, (method, path, headers)
            assert "Rovati" not in answer.text
            refused += 1
    assert refused == len(asked) * len(cases)


def test_a_token_that_reads_does_not_write(kept: Record) -> None:
    at = client(kept, access("127.0.0.1", TOKENS), headers={"authorization": f"Bearer {READ}"})
    before = kept.extent()
    for method, path in routes(kept):
        if method not in ("GET", "HEAD"):
            assert at.request(method, path, json={"text": "x"}).status_code == 403, path
    assert at.get("/api/timeline").status_code == 200
    assert at.get("/").status_code == 200
    assert kept.extent() == before


def test_without_tokens_anybody_here_reads_and_nobody_writes(kept: Record) -> None:
    at = client(kept, access("127.0.0.1", []))
    assert at.get("/api/timeline").status_code == 200
    for path in ("/api/articles", "/api/readings"):
        assert at.post(path, json={"text": "x"}).status_code == 401


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8800", "", "[::2]"])
def test_a_name_that_is_not_ours_is_refused(kept: Record, host: str) -> None:
    at = client(kept, access("127.0.0.1", []))
    for path in ("/", "/api/timeline", "/static/desk.css", "/agenda.ics"):
        assert at.get(path, headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8800", "127.0.0.1:1", "[::1]:8800"])
def test_our_names_are_answered(kept: Record, host: str) -> None:
    assert client(kept, access("127.0.0.1", [])).get("/api/timeline", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "desk.example", "10.0.0.1"])
def test_beyond_this_machine_a_token_is_demanded(host: str) -> None:
    with pytest.raises(UnsafeServing):
        access(host, [])
    assert access(host, TOKENS).tokens


def test_behind_a_proxy_a_token_is_demanded() -> None:
    with pytest.raises(UnsafeServing):
        access("127.0.0.1", [], ["desk.example"])
    assert access("127.0.0.1", TOKENS, ["desk.example"]).answers_to("desk.example")


@pytest.mark.parametrize("token", ["short", "read:", "write:abc", "with a blank in between", "ümlautümlautümlaut"])
def test_weak_tokens_are_refused(token: str) -> None:
    with pytest.raises(UnsafeServing):
        access("0.0.0.0", [token])


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1.evil.example"},
    ],
)
def test_other_sites_cannot_send(kept: Record, headers: dict[str, str]) -> None:
    at = client(kept, access("127.0.0.1", TOKENS), headers={"authorization": f"Bearer {WRITE}"})
    for path in ("/api/articles", "/api/readings", "/enter"):
        assert at.post(path, headers=headers, json={"text": "Una notizia."}).status_code == 403


def test_no_other_origin_may_read_answers(kept: Record) -> None:
    answer = client(kept, access("127.0.0.1", [])).get("/api/timeline", headers={"origin": "https://evil.example"})
    assert not [h for h in answer.headers if h.startswith("access-control-")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/api/timeline", "/nothing", "/api/nothing", "/static/desk.css", "/agenda.ics"])
def test_every_response_is_guarded(kept: Record, path: str) -> None:
    headers = client(kept, access("127.0.0.1", [])).get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")


def test_a_session_reads_and_does_not_write(kept: Record) -> None:
    at = client(kept, access("0.0.0.0", TOKENS))
    assert at.get("/").status_code == 401
    assert at.post("/enter", data={"token": "no"}).status_code == 401
    entered = at.post("/enter", data={"token": WRITE, "next": "/agenda"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/agenda")
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert WRITE not in cookie
    assert at.get("/").status_code == 200
    assert at.post("/api/articles", json={"text": "x"}).status_code == 401
    assert at.get("/leave").status_code == 303
    assert at.get("/").status_code == 401


def test_a_calendar_has_a_key_of_its_own(kept: Record) -> None:
    allowed = access("0.0.0.0", TOKENS)
    at, key = client(kept, allowed), allowed.tokens[0].derived(CALENDAR)
    assert at.get(f"/agenda.ics?key={key}").status_code == 200
    assert at.get(f"/?key={key}").status_code == 401
    assert at.get(f"/agenda.ics?key={allowed.tokens[0].derived(SESSION)}").status_code == 401


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "///evil.example",
        "/%0d%0aSet-Cookie:x",
        "",
        "evil",
        "/ok\r\nx: y",
        "/\u2215evil",
    ],
)
def test_no_way_leads_to_another_host(kept: Record, address: str) -> None:
    at = client(kept, access("0.0.0.0", TOKENS))
    answer = at.post("/enter", data={"token": READ, "next": address})
    place = answer.headers["location"]
    assert answer.status_code == 303
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))
    assert place == local(address)


def test_paths_do_not_leave_the_static_folder(kept: Record) -> None:
    at = client(kept, access("127.0.0.1", []))
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"):
        assert at.get(path).status_code in (404, 405)
