"""Types to plain data and back, and the JSON Schema of the types."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from functools import cache, partial
from operator import attrgetter, itemgetter
from typing import Any, TypeVar, cast, get_origin, get_type_hints

from ultimora.types import SCHEMA, Reading

T = TypeVar("T")
_PLAIN = frozenset((str, int, bool, type(None)))
_FRACTION = re.compile(r"\b(?:float|Any|object)\b")
_Names = tuple[tuple[str, str], ...]
_Makers = list[tuple[int, Callable[[Any], Any]]]


@cache
def _fields(kind: Any) -> tuple[tuple[str, str], ...]:
    return tuple((f.name, f.name.rstrip("_")) for f in dataclasses.fields(kind))


@cache
def _values(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The public names of a dataclass's fields, and what takes their values out of one."""
    names = [name for name, _ in _fields(kind)]
    get = attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)
    return tuple(public for _, public in _fields(kind)), get


def to_data(value: Any) -> Any:
    """A value of the project's types as dictionaries, lists and plain values; ``from_`` becomes ``from``."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, (tuple, list)):
        return [v if type(v) in _PLAIN else to_data(v) for v in value]
    if isinstance(value, dict):
        return {k: to_data(v) for k, v in value.items()}
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if not hasattr(kind, "__dataclass_fields__"):
        return value
    publics, get = _values(cast(Any, kind))
    values = zip(publics, get(value), strict=True)
    return {public: v if type(v) in _PLAIN else to_data(v) for public, v in values}


@cache
def _parts(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[int, ...]]:
    """As :func:`_values`, and the places of the fields that may hold numbers with a fraction, however deep."""
    if not hasattr(kind, "__dataclass_fields__"):
        raise TypeError(f"{kind.__name__} has no JSON")
    hints = get_type_hints(kind)
    places = (i for i, (name, _) in enumerate(_fields(kind)) if _FRACTION.search(str(hints[name])))
    return (*_values(kind), tuple(places))


def _shallow(value: Any) -> dict[str, Any]:
    """A dataclass as a dictionary by public name; JSON goes on with its values itself."""
    publics, get, places = _parts(cast(Any, type(value)))
    found: Any = get(value)
    if places:
        found = list(found)
        for place in places:
            found[place] = to_data(found[place])
    return dict(zip(publics, found, strict=True))


written: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, default=_shallow).encode
"""The JSON of what :func:`to_data` makes of a dataclass."""
tersely: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, default=_shallow, separators=(",", ":")).encode
"""The same without white space."""


def from_data(kind: type[T], data: dict[str, Any]) -> T:
    """The value of a dataclass from what :func:`to_data` made of it; unknown keys are left aside."""
    names, publics, get, makers = _plan(cast(Any, kind))
    if len(data) == len(names) and data.keys() == publics:  # as it was written: nothing needs to be looked for
        values = list(get(data))
        for place, make in makers:
            if (found := values[place]) is not None:
                values[place] = make(found)
        return kind(*values)
    made = dict(makers)
    given: dict[str, Any] = {}
    for place, (name, public) in enumerate(names):
        if public in data:
            found = data[public]
            given[name] = made[place](found) if place in made and found is not None else found
    return kind(**given)


@cache
def _plan(kind: Any) -> tuple[_Names, frozenset[str], Callable[[Any], tuple[Any, ...]], _Makers]:
    """The fields of a dataclass by name and public name, what takes their values out of data, and the places of those
    that do not stay as they are, with their makers.
    """
    hints, names = get_type_hints(kind), _fields(kind)
    makers = [(place, _converter(hints[name])) for place, (name, _) in enumerate(names)]
    publics = [public for _, public in names]
    get = itemgetter(*publics) if len(publics) > 1 else lambda data: tuple(data[public] for public in publics)
    return names, frozenset(publics), get, [(place, make) for place, make in makers if make is not None]


def _converter(hint: Any) -> Callable[[Any], Any] | None:
    if dataclasses.is_dataclass(hint):
        return partial(from_data, cast(type[Any], hint))
    args = [a for a in getattr(hint, "__args__", ()) if a is not type(None)]
    if not args:
        return None
    inner = _converter(args[0])
    if inner is None and get_origin(hint) is not tuple:
        return None

    def convert(data: Any) -> Any:
        if isinstance(data, list):
            return tuple(data) if inner is None else tuple([inner(each) for each in data])
        return inner(data) if inner is not None and isinstance(data, dict) else data

    return convert


def reading_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a reading."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(Reading).json_schema()
    made: dict[str, Any] = public_schema(schema)
    made["properties"]["schema"] = {"const": SCHEMA}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **made}


def public_schema(node: Any, *, closed: bool = True) -> Any:
    """Pydantic's schema with our public names, every property required and (where ``closed``) no other keys."""
    if isinstance(node, list):
        return [public_schema(n, closed=closed) for n in node]
    if not isinstance(node, dict):
        return node
    made = {k: public_schema(v, closed=closed) for k, v in node.items() if k != "default"}
    if node.get("type") == "object" and "properties" in node:
        made["properties"] = {k.rstrip("_"): v for k, v in made["properties"].items()}
        made["required"] = list(made["properties"])
        if closed:
            made["additionalProperties"] = False
    return made
