"""Every command that the documents show runs."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "src" / "ultimora" / "examples"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands(page: Path) -> list[tuple[str, int]]:
    """The lines after ``$`` in console blocks, with the exit status that a comment ``# exits N`` gives."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
        for line in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
            status = re.search(r"#\s*exits (\d)", line)
            found.append((line, int(status[1]) if status else 0))
    return found


@pytest.mark.parametrize("page", [p for p in PAGES if commands(p)], ids=lambda p: p.name)
def test_commands_run(page: Path, tmp_path: Path) -> None:
    for name in ("article.it.txt", "article.en.txt"):
        shutil.copy(EXAMPLES / name, tmp_path / name)
    shutil.copy(EXAMPLES / "article.it.txt", tmp_path / "article.txt")
    shutil.copy(EXAMPLES / "story" / "dispatches.jsonl", tmp_path / "dispatches.jsonl")
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    for command, status in commands(page):
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=env, capture_output=True, check=False, text=True
        )
        assert done.returncode == status, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


def test_the_reference_is_what_the_code_says() -> None:
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs" / "make_reference.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert made.reference() == made.TARGET.read_text(encoding="utf-8"), "run: python docs/make_reference.py"
