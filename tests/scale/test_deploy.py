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


def check(script: str) -> str:
    """Check the command of ours within a script; the Ray cluster that the script joins before."""
    joined, ours = script.split(" && ")
    words = [re.sub(r"\$\{\w+(:-)?([^}]*)\}", r"\2", word) for word in shlex.split(ours)]
    assert words[:2] == ["ultimora", "archive"]
    command: Any = get_command(app)
    made = command.commands["archive"].make_context("archive", words[2:])
    assert (made.params["engine"], made.params["address"]) == ("ray", "auto")
    return re.fullmatch(r"ray start --address=(\S+) --num-cpus=0", joined.strip())[1]  # type: ignore[index]


def test_compose() -> None:
    (told,) = documents("compose.yaml")
    assert set(told["services"]) == {"database", "head", "reader", "archive"}
    assert check(told["services"]["archive"]["command"][-1]) == "head:6379"
    named = {v.split(":")[0] for s in told["services"].values() for v in s.get("volumes", [])}
    assert named == set(told["volumes"])
    wanted = {name for s in told["services"].values() for name in s.get("depends_on", [])}
    assert wanted <= set(told["services"])


def test_kuberay() -> None:
    claim, cluster, job = documents("kuberay.yaml")
    assert [d["kind"] for d in (claim, cluster, job)] == ["PersistentVolumeClaim", "RayCluster", "Job"]
    (container,) = job["spec"]["template"]["spec"]["containers"]
    assert check(container["command"][-1]) == f"{cluster['metadata']['name']}-head-svc:6379"
    (volume,) = job["spec"]["template"]["spec"]["volumes"]
    assert volume["persistentVolumeClaim"]["claimName"] == claim["metadata"]["name"]


@pytest.mark.parametrize("name", ["compose.yaml", "kuberay.yaml"])
def test_no_secret_stands_in_them(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert not re.search(r"(password|secret|key)\w*:\s*[\"']?[A-Za-z0-9]{6,}", text, re.IGNORECASE)
