"""Adding over HTTP: a text to be read, or a reading that was made elsewhere. Both need a token with scope write."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ultimora.api.questions import record_of
from ultimora.api.shapes import answers
from ultimora.core import Record, read_fields, reading_from_json
from ultimora.errors import BadLine
from ultimora.serial import to_data

MAX_BYTES = 8_000_000
router = APIRouter(prefix="/api", tags=["adding"])


class TooLong(Exception):
    """More was sent than is taken."""


class Text(BaseModel):
    """An article as a line of JSON Lines has it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str = Field(min_length=1, description="Kicker, headline and standfirst, a blank line, paragraphs.")
    id: str | None = Field(None, max_length=300)
    url: str | None = Field(None, max_length=2000, description="The same address again is a revision.")
    outlet: str | None = Field(None, max_length=300)
    language: str | None = Field(None, max_length=35, description="BCP 47 tag; detected when not given.")
    title: str | None = Field(None, max_length=2000)
    published: str | None = Field(None, max_length=40)
    modified: str | None = Field(None, max_length=40)
    seen: str | None = Field(None, max_length=40, description="When it became known; now, if not given.")


def _body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


_READING = {"type": "object", "description": "As written by `ultimora read FILE --format json`."}


@router.post(
    "/articles",
    status_code=201,
    responses=answers("Added", status=201),
    openapi_extra=_body({**Text.model_json_schema(), "example": {"text": "Headline\n\nWhat happened.", "id": "a-1"}}),
)
async def add_text(request: Request) -> JSONResponse:
    """Read an article and put what it says into the record."""
    body = await _json(request)
    return await run_in_threadpool(_add_text, record_of(request), body)


@router.post("/readings", status_code=201, responses=answers("Added", status=201), openapi_extra=_body(_READING))
async def add_reading(request: Request) -> JSONResponse:
    """Put a reading into the record that was made elsewhere."""
    body = await _json(request)
    return await run_in_threadpool(_add_reading, record_of(request), body)


def _add_text(record: Record, body: bytes) -> JSONResponse:
    try:
        sent = Text.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadLine(f"article: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    fields = {k: v for k, v in sent.model_dump().items() if v is not None}
    outcome = read_fields(fields)
    if outcome.reading is None:
        raise outcome.error or BadLine("article: there is nothing to read in it")
    raw = outcome.article.raw if outcome.article else None
    return _added(record.add(outcome.reading, seen=outcome.seen, raw=raw))


def _add_reading(record: Record, body: bytes) -> JSONResponse:
    return _added(record.add(reading_from_json(body)))


def _added(added: Any) -> JSONResponse:
    return JSONResponse(to_data(added), 201)


async def _json(request: Request) -> bytes:
    """The body, if it says that it is JSON and is not too long."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise BadLine("send JSON, with Content-Type: application/json")
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > MAX_BYTES:
            raise TooLong
    return bytes(found)
