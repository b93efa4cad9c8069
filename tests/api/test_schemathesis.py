"""Whatever is asked by the description, the server never breaks."""

from __future__ import annotations

from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

from factories import story_record
from ultimora.api.access import Access, Token
from ultimora.api.app import application

_WRITE = "w" * 20
_EACH = 8


def test_no_server_error(tmp_path: Path) -> None:
    headers = {"authorization": f"Bearer {_WRITE}"}
    asked = 0
    with story_record(tmp_path / "schema.db") as record:
        app = application(record, Access((Token(_WRITE, "write"),), hosts=()))
        schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=headers)
        for found in schema.exclude(path="/api/stream").get_all_operations():

            @given(case=found.ok().as_strategy())
            @settings(
                max_examples=_EACH, deadline=None, database=None, derandomize=True, suppress_health_check=[*HealthCheck]
            )
            def ask(case: schemathesis.Case) -> None:
                nonlocal asked
                asked += 1
                case.validate_response(case.call(headers=headers), checks=[not_a_server_error])

            ask()
    assert asked > 100
