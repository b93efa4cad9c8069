"""Lists of sources: addresses on the command line, OPML files, text files with an address a line."""

from __future__ import annotations

from pathlib import Path

from ultimora import languages
from ultimora.articles.feeds.opml import Outline, read_opml, write_opml
from ultimora.errors import SourceError
from ultimora.following.settings import Settings
from ultimora.following.sources import Source, Wanted

_MOST = 10_000_000


def wanted_of(given: str, outlet: str | None = None, language: str | None = None) -> list[Wanted]:
    """The sources that an address or a file names.

    Raises:
        SourceError: it is neither an address nor a file with some.
        UnknownLanguage: the language is not read.
    """
    tag = languages.load(language).tag if language else None
    if given.startswith(("http://", "https://")):
        return [Wanted(given, outlet=outlet, language=tag)]
    file = Path(given)
    if not file.is_file():
        raise SourceError(f"{given}: is neither an address (https://…) nor a file with some")
    data = file.read_bytes()[:_MOST]
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return [Wanted(o.url, o.title, outlet, tag or _read(o.language)) for o in read_opml(data, given)]
    lines = [line.split("#", 1)[0].strip() if line.lstrip().startswith("#") else line.strip() for line in _lines(data)]
    found = [line for line in lines if line]
    wrong = next((line for line in found if not line.startswith(("http://", "https://"))), None)
    if wrong is not None or not found:
        raise SourceError(
            f"{given}: {(wrong or 'nothing')[:80]!r} is no address; write one a line, or give an OPML file"
        )
    return [Wanted(line, outlet=outlet, language=tag) for line in found]


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8-sig", "replace").splitlines()


def _read(language: str | None) -> str | None:
    base = (language or "").lower().split("-")[0]
    return base if base in languages.available() else None


def wanted_of_settings(settings: Settings) -> list[Wanted]:
    """The sources of the settings' ``[[sources]]``."""
    return [Wanted(s.url, outlet=s.outlet, language=s.language) for s in settings.sources]


def opml_of(found: list[Source]) -> bytes:
    """The list of what is followed as OPML."""
    return write_opml(Outline(s.url, s.title, s.language) for s in found)
