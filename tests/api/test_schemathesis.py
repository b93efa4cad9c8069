"""Whatever is asked by the description, the server answers as it says, and never breaks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from factories import story_record
from ultimora.api.access import Access, Token
from ultimora.api.app import application

_WRITE = "w" * 20


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with story_record(tmp_path_factory.mktemp("api") / "schema.db") as record:
        app = application(record, Access((Token(_WRITE, "write"),), hosts=()))
        yield schemathesis.openapi.from_asgi(
            "/api/openapi.json", app, headers={"authorization": f"Bearer {_WRITE}"}
        ).exclude(path="/api/stream")


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_no_server_error(case: schemathesis.Case) -> None:
    headers = {"authorization": f"Bearer {_WRITE}"}
    case.call_and_validate(checks=[not_a_server_error], headers=headers)
