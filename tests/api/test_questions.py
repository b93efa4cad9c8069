"""The API gives what the command line gives, in pages where there is much, and tells errors in one shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient
from typer.testing import CliRunner

from factories import NOON, Said, person, reading, story_record
from ultimora.answers import Record
from ultimora.api import shapes
from ultimora.api.access import access
from ultimora.api.app import application
from ultimora.cli.main import app as cli
from ultimora.serial import to_data

WRITE = "write:wwwwwwwwwwwwwwwwwwww"
MEETING = Said("Rovati ha incontrato Neri.", [person("Rovati")], [person("Neri")], day="2025-03-06")
HEADERS = {"authorization": "Bearer wwwwwwwwwwwwwwwwwwww"}


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Record]:
    with story_record(tmp_path / "api.db") as opened:
        yield opened


@pytest.fixture
def client(kept: Record) -> TestClient:
    return TestClient(application(kept, access("127.0.0.1", [])), base_url="http://127.0.0.1")


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (["last", "Italia", "Turchia", "--as-of", NOON], "/api/last?a=Italia&b=Turchia"),
        (["next", "Italia", "Turchia", "--as-of", NOON], "/api/next?a=Italia&b=Turchia"),
        (["timeline", "--type", "ASSAULT", "--as-of", NOON], "/api/timeline?type=ASSAULT"),
        (["agenda", "--as-of", NOON], "/api/agenda?"),
        (["agenda", "--overdue", "--as-of", NOON], "/api/agenda?overdue=true"),
        (["changes", "--as-of", NOON], "/api/changes?"),
        (["stories", "--as-of", NOON], "/api/stories?"),
        (["search", "attacco", "--as-of", NOON], "/api/search?words=attacco"),
        (["dyad", "Russia", "Ucraina", "--as-of", NOON], "/api/dyad?a=Russia&b=Ucraina"),
    ],
    ids=lambda each: each[0] if isinstance(each, list) else "",
)
def test_the_same_json_as_the_command_line(kept: Record, client: TestClient, words: list[str], path: str) -> None:
    said = CliRunner().invoke(cli, [*words, "--record", str(kept.store.path), "--format", "json"])
    answer = client.get(f"{path}&as_of={NOON.replace('+', '%2B')}").json()
    answer.pop("cursor", None)
    assert said.exit_code == 0, said.output
    assert answer == json.loads(said.stdout)


def test_one_event(client: TestClient) -> None:
    event = client.get("/api/timeline").json()["events"][0]["event"]
    assert client.get(f"/api/show/{event[:8]}").json()["events"][0]["event"] == event
    assert client.get(f"/api/sources/{event}").json()["event"]["event"] == event


def test_a_story_and_its_brief(client: TestClient) -> None:
    story = client.get("/api/stories").json()["stories"][0]["story"]
    assert client.get(f"/api/story/{story}").json()["events"]
    brief = client.get(f"/api/brief/{story}?language=it").json()
    assert all(line["references"] for section in brief["sections"] for line in section["lines"])


def test_pages_hold_everything_once(client: TestClient) -> None:
    whole = [e["event"] for e in client.get("/api/timeline").json()["events"]]
    got, cursor = [], ""
    for _ in range(20):
        answer = client.get("/api/timeline", params={"limit": 1, "cursor": cursor or None}).json()
        got += [e["event"] for e in answer["events"]]
        cursor = answer["cursor"]
        if cursor is None:
            break
    assert got == whole
    assert len(whole) > 2


def test_pages_do_not_move_when_something_is_added(kept: Record, client: TestClient) -> None:
    first = client.get("/api/timeline?limit=1").json()
    early = Said("Una visita di allora.", [person("Ada Neri")], [person("Ugo Bassi")], day="2020-01-01")
    kept.add(reading("z", early))
    second = client.get("/api/timeline", params={"limit": 1, "cursor": first["cursor"]}).json()
    assert second["events"][0]["event"] != first["events"][0]["event"]
    assert second["events"][0]["from"] >= first["events"][0]["from"]


def test_changes_since(client: TestClient) -> None:
    assert client.get("/api/changes?since=2025-03-05T15:30:00Z").status_code == 404
    edits = client.get("/api/changes?since=2025-03-05").json()["edits"]
    assert [c["kind"] for c in edits[0]["changes"]] == ["number changed"]


def test_news_since(client: TestClient) -> None:
    answer = client.get("/api/news?since=2025-03-05T14:30:00%2B01:00").json()
    assert [(a["version"]["title"], a["first"]) for a in answer["arrivals"]] == [
        ("Mosca nega", True),
        ("Attacco a Odessa, dodici morti", False),
    ]
    assert answer["more"] is False


def test_an_article_with_its_revisions(client: TestClient) -> None:
    answer = client.get("/api/article?article=https://lanterna.example/odessa").json()
    assert (len(answer["revisions"]), answer["current"]) == (2, True)
    assert set(answer["events"]) == {c["id"] for c in answer["reading"]["claims"]}
    first = answer["revisions"][0]["revision"]
    old = client.get(f"/api/article?article={answer['article']}&revision={first}").json()
    assert (old["current"], old["before"]) == (False, None)
    assert answer["before"] == old["reading"]["text"]


def test_errors_have_one_shape(client: TestClient) -> None:
    for path, status, kind in (
        ("/api/last?a=Italia", 422, "BadParameter"),
        ("/api/last?a=Italia&b=Zorkland", 404, "NoAnswer"),
        ("/api/agenda?as_of=2025-02-30", 422, "BadInstant"),
        ("/api/timeline?cursor=nonsense", 400, "BadCursor"),
        ("/api/nothing", 404, "NotFound"),
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["error"]["type"]) == (status, kind), path
        assert answer.json()["error"]["message"]


def test_examples_fit_their_schema() -> None:
    from ultimora.answers.types import Answer, Sources

    known = shapes.schemas([Answer, Sources])
    for path in sorted((Path(shapes.__file__).parent / "examples").glob("*.json")):
        name = "Sources" if path.stem == "sources" else "Answer"
        schema = json.loads(
            json.dumps({"$ref": f"#/$defs/{name}", "$defs": known}).replace("#/components/schemas/", "#/$defs/")
        )
        Draft202012Validator(schema).validate(json.loads(path.read_text(encoding="utf-8")))


# --- adding -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def writing(kept: Record) -> TestClient:
    return TestClient(application(kept, access("127.0.0.1", [WRITE])), base_url="http://127.0.0.1", headers=HEADERS)


def test_a_reading_is_added(kept: Record, writing: TestClient) -> None:
    made = to_data(
        reading("new", Said("Rovati ha incontrato Neri.", [person("Rovati")], [person("Neri")], day="2025-03-06"))
    )
    answer = writing.post("/api/readings", json=made)
    assert (answer.status_code, answer.json()["outcome"]) == (201, "new article")
    assert writing.post("/api/readings", json=made).json()["outcome"] == "known already"
    assert kept.last("Rovati", "Neri").events


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sentences", []),
        ("text", ""),
        ("claims", 7),
        ("events", [{}]),
        ("entities", []),
        ("id", ""),
        ("article", {"published": "2025-02-30"}),
    ],
)
def test_a_broken_reading_is_refused(writing: TestClient, key: str, value: object) -> None:
    made = to_data(
        reading("new", Said("Rovati ha incontrato Neri.", [person("Rovati")], [person("Neri")], day="2025-03-06"))
    )
    made[key] = {**made[key], **value} if isinstance(value, dict) else value
    answer = writing.post("/api/readings", json=made)
    assert (answer.status_code, answer.json()["error"]["type"]) == (422, "BadReading")


def test_a_text_is_read_and_added(kept: Record, writing: TestClient) -> None:
    text = "ROMA - Il ministro Guido Sanfelice ha incontrato ieri a Roma la collega francese Anne Moreau."
    sent = {"text": text, "id": "t-1", "published": "2025-03-07T10:00:00+01:00", "outlet": "Agenzia Lanterna"}
    answer = writing.post("/api/articles", json=sent)
    assert (answer.status_code, answer.json()["outcome"]) == (201, "new article")
    assert kept.article("t-1").reading.text == text


def test_what_cannot_be_read_is_refused(writing: TestClient) -> None:
    for sent in ({"text": " "}, {"text": 5}, {"words": "x"}, {"text": "Ciao a tutti.", "published": "yesterday"}):
        assert writing.post("/api/articles", json=sent).status_code == 422, sent
    plain = writing.post("/api/articles", content=b"{}", headers={"content-type": "text/plain"})
    assert plain.status_code == 422
    assert (
        writing.post(
            "/api/articles", content=b" " * 8_000_001, headers={"content-type": "application/json"}
        ).status_code
        == 413
    )


# --- what is new, as it comes -----------------------------------------------------------------------------------------


def test_events_are_sent_as_they_come(kept: Record) -> None:
    import asyncio

    from ultimora.api import stream

    async def listen() -> list[str]:
        watcher = stream.Watcher(kept, every=0.02, heartbeat=5)

        class Request:
            async def is_disconnected(self) -> bool:
                return False

        events = stream._events(Request(), watcher, kept, "2025-03-05T16:30:00.000000+00:00")  # type: ignore[arg-type]
        got = [await anext(events), await anext(events)]
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.1)
        kept.add(
            reading("n", Said("Rovati ha visto Neri.", [person("Rovati")], [person("Neri")]), title="Di stamattina")
        )
        got.append(await asyncio.wait_for(waiting, 10))
        watcher.stop()
        await events.aclose()
        assert watcher.listeners == 0
        return got

    hello, first, second = asyncio.run(listen())
    assert hello.startswith("retry:")
    assert "event: article" in first
    assert "Mosca nega" in first
    assert "Di stamattina" in second
    assert "\nevent: article\n" in second
