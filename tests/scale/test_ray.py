"""The same archive through Ray: the same bytes, also where a node is killed; and an address where nobody is."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

import archives_made as made
from ultimora.articles.inputs import Given
from ultimora.errors import ArchiveError
from ultimora.scale import engines
from ultimora.scale.reading import Settings

pytest.importorskip("ray")


def test_an_address_that_does_not_answer(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{unused.getsockname()[1]}"
        settings = Settings(Given(), None, "2026-01-01T00:00:00+00:00", True, 3, None)
        with pytest.raises(ArchiveError, match=f"Ray at {address} does not answer .* is the cluster up"):
            engines.start("ray", settings, 1, address)


@pytest.mark.timeout(900)
def test_two_nodes_of_which_one_is_killed_give_the_same(tmp_path: Path) -> None:
    source = made.archive(tmp_path / "archive")
    made.run(source, tmp_path / "local")
    script = Path(__file__).with_name("ray_made.py")
    done = subprocess.run(
        [sys.executable, str(script), str(source), str(tmp_path / "ray")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    articles, died = map(int, done.stdout.split()[-2:])
    assert articles == 11
    assert died >= 1
    assert made.written(tmp_path / "ray") == made.written(tmp_path / "local")
