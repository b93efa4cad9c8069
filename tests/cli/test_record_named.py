"""Which record a command means: the option, the environment, ``ultimora.toml`` here, or ``ultimora.db``."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ultimora.cli.main import app
from ultimora.errors import NotARecord


@pytest.mark.parametrize("command", [["last", "a", "b"], ["doctor"], ["sources", "list"], ["actors", "list"]])
def test_the_record_is_named(command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def named(*more: str) -> str:
        return str(CliRunner().invoke(app, [*command, *more]).exception).split(":")[0]

    assert named() == "ultimora.db"
    (tmp_path / "ultimora.toml").write_text('record = "set.db"')
    assert named() == "set.db"
    monkeypatch.setenv("ULTIMORA_RECORD", "environment.db")
    assert named() == "environment.db"
    assert named("--record", "option.db") == "option.db"
    with pytest.raises(NotARecord):
        CliRunner().invoke(app, command, catch_exceptions=False)
