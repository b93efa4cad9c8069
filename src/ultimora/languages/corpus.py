"""The corpus beside the rules: sentences with what a reading of them must and must not hold.

A corpus file is YAML with a default ``published`` and a list of ``examples``. Each has a ``text`` and, by the names
of the reading's lists, what must be found (every key given must be equal) and, with ``no_`` before the name, what must
not; ``no_times: all`` says that there are none. References to entities compare with the entity's name, country or any
mention; spans compare with their text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ultimora import languages
from ultimora.errors import LanguageDataError

LISTS = ("sentences", "entities", "times", "quantities", "statements", "claims", "events")
_REFERENCES = frozenset({"source", "actors", "recipients", "place", "medium"})
_KEYS = {"text", "published", "outlet", "note", *LISTS, *(f"no_{name}" for name in LISTS)}


@dataclass(frozen=True)
class Example:
    """One line of a corpus."""

    language: str
    path: Path
    line: int
    text: str
    published: str | None
    wants: dict[str, list[dict[str, Any]]]
    forbids: dict[str, Any]

    @property
    def name(self) -> str:
        """Where it stands, as ``it/consult.yaml:12``."""
        return f"{self.language}/{self.path.name}:{self.line}"


def examples(tag: str) -> Iterator[Example]:
    """Every line of a language's corpus.

    Raises:
        LanguageDataError: a file is no YAML or has a key that means nothing; names file and line.
    """
    for path in sorted((languages.load(tag).folder / "corpus").glob("*.yaml")):
        yield from _examples(tag, path)


@cache
def _examples(tag: str, path: Path) -> tuple[Example, ...]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = path.read_text(encoding="utf-8")
        data = yaml.load(text, loader)  # noqa: S506
        lines = [i for i, line in enumerate(text.split("\n"), 1) if line.startswith(("- text:", "  - text:"))]
    except yaml.YAMLError as error:
        raise LanguageDataError(f"{path}: {error}") from error
    listed = data["examples"]
    if len(lines) != len(listed):
        raise LanguageDataError(f"{path}: every example must begin with '- text:'; {len(listed)} of {len(lines)} do")
    return tuple(_example(tag, path, line, data, item) for line, item in zip(lines, listed, strict=True))


def _example(tag: str, path: Path, line: int, data: dict[str, Any], item: dict[str, Any]) -> Example:
    unknown = set(item) - _KEYS
    if unknown:
        raise LanguageDataError(
            f"{path}:{line}: unknown key {sorted(unknown)[0]!r}; keys are {', '.join(sorted(_KEYS))}"
        )
    published = item.get("published", data.get("published"))
    wants = {k: _rows(v) for k, v in item.items() if k in LISTS}
    forbids = {k[3:]: v for k, v in item.items() if k.startswith("no_")}
    return Example(tag, path, line, item["text"], _instant(published), wants, forbids)


def _instant(value: Any) -> str | None:
    return str(value.isoformat() if hasattr(value, "isoformat") else value) if value else None


def _rows(value: Any) -> list[dict[str, Any]]:
    return value if isinstance(value, list) else [value]


def failures(example: Example, reading: dict[str, Any]) -> list[str]:
    """What is wrong with a reading (as plain data) of an example; nothing if it is right."""
    found = []
    for name, wanted in example.wants.items():
        missing = [want for want in wanted if not any(matches(want, row, reading) for row in reading[name])]
        found += [f"{name}: missing {w}; there are {[brief(r, reading, w) for r in reading[name]]}" for w in missing]
    for name, forbidden in example.forbids.items():
        if forbidden == "all":
            found += [f"{name}: there should be none: {brief(r, reading, {})}" for r in reading[name]]
            continue
        for bad in _rows(forbidden):
            found += [f"{name}: should not be: {bad}" for row in reading[name] if matches(bad, row, reading)]
    return found


def matches(want: dict[str, Any], row: dict[str, Any], reading: dict[str, Any]) -> bool:
    """Whether a row of a reading has every key as wanted."""
    return all(_same(key, value, row.get(key), reading) for key, value in want.items())


def _same(key: str, want: Any, got: Any, reading: dict[str, Any]) -> bool:
    if key in _REFERENCES:
        return _same_entities(want, got, reading)
    if key == "attributions":
        return _same_chains(want, got, reading)
    if key == "roles":
        return all(any(all(_plain(g.get(k)) == _plain(v) for k, v in w.items()) for g in got) for w in want)
    if key == "mentions":
        return all(any(_mention(w, g) for g in got) for w in want)
    if isinstance(got, dict) and isinstance(want, str):
        return bool(_squeeze(reading["text"][got["start"] : got["end"]]) == _squeeze(want))
    if key == "quantities":
        values = {q["id"]: q["value"] for q in reading["quantities"]}
        return sorted(values[i] for i in got) == sorted(want)
    return bool(_plain(want) == _plain(got))


def _mention(want: Any, got: dict[str, Any]) -> bool:
    want = {"text": want} if isinstance(want, str) else want
    return all(_plain(got.get(k)) == _plain(v) for k, v in want.items())


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return _squeeze(value) if isinstance(value, str) else value


def _squeeze(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def _names(ident: str | None, reading: dict[str, Any]) -> set[str]:
    entity = next((e for e in reading["entities"] if e["id"] == ident), None)
    if entity is None:
        return set()
    names = {entity["name"], entity["country"] or "", *(m["text"] for m in entity["mentions"])}
    return {_squeeze(n).lower() for n in names if n}


def _same_entities(want: Any, got: Any, reading: dict[str, Any]) -> bool:
    if want is None or got is None:
        return want is None and got in (None, [])
    wanted = want if isinstance(want, list) else [want]
    names = [_names(i, reading) for i in (got if isinstance(got, list) else [got])]
    return len(wanted) == len(names) and all(any(_squeeze(w).lower() in n for n in names) for w in wanted)


def _same_chains(want: list[Any], got: list[Any], reading: dict[str, Any]) -> bool:
    def same(chain: list[Any], links: list[dict[str, Any]]) -> bool:
        return len(chain) == len(links) and all(
            _squeeze(w[0]).lower() in _names(link["source"], reading) and w[1] in ("*", link["stance"])
            for w, link in zip(chain, links, strict=True)
        )

    return len(want) == len(got) and all(any(same(chain, links) for links in got) for chain in want)


def brief(row: dict[str, Any], reading: dict[str, Any], want: dict[str, Any]) -> dict[str, Any]:
    """A row in few words, for messages: the wanted keys with names in place of ids."""
    names = {e["id"]: e["name"] for e in reading["entities"]}
    shown = {}
    for key in want or row:
        value = row.get(key)
        if key in _REFERENCES:
            value = [names.get(i) for i in value] if isinstance(value, list) else names.get(value or "")
        elif key == "attributions":
            value = [[(names.get(k["source"]), k["stance"]) for k in chain] for chain in value or ()]
        elif isinstance(value, dict) and "start" in value:
            value = reading["text"][value["start"] : value["end"]]
        shown[key] = value
    return shown
