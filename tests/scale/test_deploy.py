"""The files under deploy/ are YAML, and the commands in them are commands of ours with options that there are."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from ultimora.cli.main import app

DEPLOY = Path(__file__).parents[2] / "deploy"


def documents(name: str) -> list[Any]:
    return list(yaml.safe_load_all((DEPLOY / name).read_text(encoding="utf-8")))


def check(words: list[str]) -> None:
    assert words[:2] == ["ultimora", "archive"]
    command: Any = get_command(app)
    archive = command.commands["archive"]
    made = archive.make_context("archive", [re.sub(r"\$\{\w+(:-)?([^}]*)\}", r"\2", w) for w in words[2:]])
    assert made.params["engine"] == "ray"


def test_compose() -> None:
    (told,) = documents("compose.yaml")
    assert set(told["services"]) == {"database", "head", "reader", "archive"}
    check(shlex.split(told["services"]["archive"]["command"]))
    named = {v.split(":")[0] for s in told["services"].values() for v in s.get("volumes", [])}
    assert named == set(told["volumes"])
    wanted = {name for s in told["services"].values() for name in s.get("depends_on", [])}
    assert wanted <= set(told["services"])


def test_kuberay() -> None:
    claim, cluster, job = documents("kuberay.yaml")
    assert [d["kind"] for d in (claim, cluster, job)] == ["PersistentVolumeClaim", "RayCluster", "Job"]
    (container,) = job["spec"]["template"]["spec"]["containers"]
    check(container["command"])
    address = container["command"][container["command"].index("--address") + 1]
    assert address == f"ray://{cluster['metadata']['name']}-head-svc:10001"
    (volume,) = job["spec"]["template"]["spec"]["volumes"]
    assert volume["persistentVolumeClaim"]["claimName"] == claim["metadata"]["name"]


@pytest.mark.parametrize("name", ["compose.yaml", "kuberay.yaml"])
def test_no_secret_stands_in_them(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert not re.search(r"(password|secret|key)\w*:\s*[\"']?[A-Za-z0-9]{6,}", text, re.IGNORECASE)
