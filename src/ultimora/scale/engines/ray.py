"""Workers on a Ray cluster: an actor for each, so that a model is loaded once; one that dies is made anew elsewhere."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import urlsplit

from ultimora.errors import ArchiveError, MissingExtra
from ultimora.scale.engines import Died
from ultimora.scale.reading import Reader, Result, Settings, Task

_SECONDS = 5


def start(settings: Settings, workers: int, address: str | None, reader: Callable[[Settings], Reader]) -> RayEngine:
    """Join a cluster, or start one on this machine where no address is given.

    Raises:
        ArchiveError: nothing answers at the address.
        MissingExtra: Ray is not installed.
    """
    try:
        import ray
    except ImportError:
        raise MissingExtra("--engine ray needs Ray: pip install 'ultimora[ray]'") from None
    if address is not None and address not in ("auto", "local"):
        _reach(address)
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing leaves the machine unasked
    where: dict[str, Any] = {"address": address} if address else {"num_cpus": workers, "include_dashboard": False}
    try:
        ray.init(**where, log_to_driver=False, ignore_reinit_error=True, configure_logging=False)
    except Exception as error:  # Ray raises whatever its parts raise
        raise ArchiveError(f"Ray at {address or 'this machine'} does not answer: {error}") from error
    # Nodes need not share a disk: each keeps the parses of its own workers.
    cache = Path(gettempdir()) / f"{settings.cache.parent.name}-{settings.cache.name}" if settings.cache else None
    return RayEngine(ray, replace(settings, cache=cache), workers, reader)


def _reach(address: str) -> None:
    """Ray itself waits for minutes where nothing answers."""
    parts = urlsplit(address if "://" in address else f"ray://{address}")
    try:
        socket.create_connection((parts.hostname or "", parts.port or 10001), _SECONDS).close()
    except (OSError, ValueError) as error:
        raise ArchiveError(
            f"Ray at {address} does not answer ({error}); is the cluster up? `ray status --address {address}` asks it"
        ) from error


class RayEngine:
    """Actors, each with one task at a time; placing them on nodes and moving results is Ray's."""

    def __init__(self, ray: Any, settings: Settings, workers: int, reader: Callable[[Settings], Reader]) -> None:
        """Ask for the actors; a cluster that has too few places gives them as they come free."""
        self._ray = ray
        # A worker that dies costs one task, which the run gives again; Ray is not to try by itself.
        actor = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(_Actor)
        where = str(Path.cwd())
        self._make: Callable[[], Any] = lambda: actor.remote(settings, reader, where)
        self._actors = [self._make() for _ in range(workers)]
        self._running: dict[Any, int] = {}

    def free(self) -> list[int]:
        """The numbers of the workers that have nothing to do."""
        busy = set(self._running.values())
        return [i for i in range(len(self._actors)) if i not in busy]

    def give(self, worker: int, task: Task) -> None:
        """Give a free worker a task."""
        self._running[self._actors[worker].do.remote(task)] = worker

    def wait(self, seconds: float) -> list[tuple[int, Result | Died]]:
        """What came of tasks, for as long as it takes, at most some seconds."""
        if not self._running:
            return []
        ready, _ = self._ray.wait(list(self._running), num_returns=1, timeout=seconds)
        return [self._result(each, self._running.pop(each)) for each in ready]

    def _result(self, reference: Any, worker: int) -> tuple[int, Result | Died]:
        try:
            result: Result = self._ray.get(reference)
        except self._ray.exceptions.RayError as error:
            self._actors[worker] = self._make()
            return worker, Died(f"{type(error).__name__}: {str(error).splitlines()[0][:200]}", began=True)
        return worker, result

    def kill(self, worker: int) -> None:
        """End a worker that takes too long; its task comes back as :class:`Died`."""
        self._ray.kill(self._actors[worker])

    def close(self) -> None:
        """End all workers, and leave the cluster."""
        for actor in self._actors:
            self._ray.kill(actor)
        self._ray.shutdown()


class _Actor:
    """A reader within Ray."""

    def __init__(self, settings: Settings, make: Callable[[Settings], Reader], where: str) -> None:
        with suppress(OSError):  # so that paths mean what they mean where the run was started
            os.chdir(where)
        self._reader = make(settings)

    def do(self, task: Task) -> Result:
        """Do one task."""
        return self._reader.do(task)
