"""The shapes of answers for the OpenAPI description, out of the project's own types; and an example of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from ultimora.serial import public_schema

_REF = "#/components/schemas/{model}"
_EXAMPLES = Path(__file__).parent / "examples"
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["type", "message", "near"],
            "properties": {
                "type": {"type": "string"},
                "message": {"type": "string"},
                "near": {"type": "array", "items": {"type": "string"}, "description": "What is known instead."},
            },
        }
    },
}
_REFUSALS = {
    400: "The cursor is none that an answer gave.",
    401: "There is no token, or a wrong one.",
    403: "The token only reads, or a page elsewhere sent this.",
    404: "Nothing is known; `near` says what is.",
    413: "What was sent is too long.",
    421: "The server is not called so.",
    422: "A parameter cannot be: an instant, a kind, a type.",
    503: "The record is busy or cannot be read; try again.",
}


def answers(shape: str, *, example: str | None = None, status: int = 200, paged: bool = False) -> dict[int | str, Any]:
    """The responses of a route: its answer, and every way in which there may be none."""
    schema: dict[str, Any] = {"$ref": _REF.format(model=shape)}
    if paged:
        cursor = {
            "anyOf": [{"type": "string"}, {"type": "null"}],
            "description": "Asks for the next page.",
        }
        schema = {"allOf": [schema, {"type": "object", "required": ["cursor"], "properties": {"cursor": cursor}}]}
    content: dict[str, Any] = {"schema": schema}
    if example:
        content["example"] = _example(example)
    found: dict[int | str, Any] = {status: {"description": "The answer.", "content": {"application/json": content}}}
    error = {"application/json": {"schema": {"$ref": _REF.format(model="Error")}}}
    return found | {code: {"description": said, "content": error} for code, said in _REFUSALS.items()}


@cache
def _example(name: str) -> Any:
    return json.loads((_EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def described(app: FastAPI, kinds: Sequence[type]) -> Callable[[], dict[str, Any]]:
    """What gives the app's OpenAPI description, with the schemas of these types in it."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            known = made.setdefault("components", {}).setdefault("schemas", {})
            known |= {**schemas(kinds), "Error": _ERROR}
            made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            made["security"] = [{"token": []}]
            app.openapi_schema = made
        return app.openapi_schema

    return openapi


def schemas(kinds: Sequence[type]) -> dict[str, Any]:
    """The JSON Schemas of types and of all that they are made of, by name."""
    _, found = TypeAdapter.json_schemas([(kind, "validation", TypeAdapter(kind)) for kind in kinds], ref_template=_REF)
    made: dict[str, Any] = public_schema(found["$defs"], closed=False)
    return made
