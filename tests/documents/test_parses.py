"""The same sentence is read once, from run to run too."""

from __future__ import annotations

from pathlib import Path

import pytest

from ultimora.documents import build, parses
from ultimora.documents.parser import WordAnalysis, default_parser

WORDS = ("Il", "sindaco", "ha", "firmato", ".")


def test_a_parse_is_kept_from_run_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with parses.kept_in(tmp_path / "p"):
        build._parse.cache_clear()
        first = build._parse(WORDS, "it")
    build._parse.cache_clear()

    def never(*_: object) -> list[WordAnalysis]:
        raise AssertionError("it was parsed again")

    monkeypatch.setattr(type(default_parser()), "parse", never)
    with parses.kept_in(tmp_path / "p"):
        assert build._parse(WORDS, "it") == first
        assert parses.known(WORDS, "en") is None
        assert parses.known(WORDS[:-1], "it") is None
    build._parse.cache_clear()


def test_another_model_or_other_data_know_nothing_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with parses.kept_in(tmp_path / "p"):
        parses.keep(WORDS, "it", [])
        assert parses.known(WORDS, "it") == ()
        monkeypatch.setattr(parses, "version", lambda _: "other")
        assert parses.known(WORDS, "it") is None


def test_a_cache_that_cannot_be_used_is_as_none(tmp_path: Path) -> None:
    (tmp_path / "p").write_bytes(b"no database, but long enough to be taken for one" * 30)
    with parses.kept_in(tmp_path / "p"):
        parses.keep(WORDS, "it", [])
        assert parses.known(WORDS, "it") is None
    with parses.kept_in(tmp_path / "none" / "p"):
        assert parses.known(WORDS, "it") is None
