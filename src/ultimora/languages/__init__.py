"""Languages as data: one folder a language, found by looking, loaded once.

``load("it").table("lexicon/months")`` gives the parsed TOML file ``it/lexicon/months.toml``. No code knows which
languages there are: a folder with a ``language.toml`` is one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ultimora.errors import LanguageDataError, UnknownLanguage

ROOT = Path(__file__).parent


@dataclass(frozen=True)
class Language:
    """A language folder: ``tag`` (BCP 47), where it lies, and its ``language.toml``."""

    tag: str
    folder: Path
    settings: dict[str, Any]

    def table(self, name: str) -> dict[str, Any]:
        """The TOML file ``name`` (without its ending), parsed; an empty table where the language has none."""
        if name not in self._tables:  # asked for each sentence, and a path is dear to make
            self._tables[name] = _table(self.folder / f"{name}.toml")
        return self._tables[name]

    @cached_property
    def _tables(self) -> dict[str, dict[str, Any]]:
        return {}

    def tables(self, folder: str) -> dict[str, dict[str, Any]]:
        """Every TOML file of a subfolder by its stem, in the order of their names."""
        return {path.stem: _table(path) for path in sorted((self.folder / folder).glob("*.toml"))}


@cache
def _table(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LanguageDataError(f"{path}: {error}") from error


def available() -> tuple[str, ...]:
    """The tags of every language there is a folder for."""
    return tuple(sorted(path.parent.name for path in ROOT.glob("*/language.toml")))


@cache
def load(tag: str) -> Language:
    """The language of a BCP 47 tag; a regional tag ("it-CH") is served by its base language.

    Raises:
        UnknownLanguage: no folder for it; the message lists those that are read.
    """
    base = tag.lower().split("-")[0]
    folder = ROOT / base
    if not (folder / "language.toml").exists():
        raise UnknownLanguage(f"language {tag!r} is not read; ultimora reads: {', '.join(available())}")
    return Language(base, folder, _table(folder / "language.toml"))
