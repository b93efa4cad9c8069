"""Worker processes on this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from ultimora.errors import ArchiveError
from ultimora.scale.engines import Died
from ultimora.scale.reading import Reader, Result, Settings, Task

_READY = "ready"


def start(settings: Settings, workers: int, address: str | None, reader: Callable[[Settings], Reader]) -> LocalEngine:
    """Start worker processes.

    Raises:
        ArchiveError: an address was given, which they do not have.
    """
    if address is not None:
        raise ArchiveError("--address is Ray's; give --engine ray with it")
    return LocalEngine(settings, workers, reader)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, settings: Settings, reader: Callable[[Settings], Reader]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, settings, reader), daemon=True)
        self.process.start()
        theirs.close()
        self.busy = self.began = False

    def end(self) -> str:
        """End it; how it ended."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        code = self.process.exitcode or 0
        return f"ended by signal {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"


class LocalEngine:
    """A pool of processes, each with a pipe of its own, so that the death of one is seen and touches no other."""

    def __init__(self, settings: Settings, workers: int, reader: Callable[[Settings], Reader]) -> None:
        """Start them."""
        self._make: Callable[[], _Worker] = lambda: _Worker(settings, reader)
        self._workers = [self._make() for _ in range(workers)]

    def free(self) -> list[int]:
        """The numbers of the workers that have nothing to do."""
        return [i for i, worker in enumerate(self._workers) if not worker.busy]

    def give(self, worker: int, task: Task) -> None:
        """Give a free worker a task."""
        self._workers[worker].busy = True
        with suppress(OSError):  # it died; that shows when it is waited for
            self._workers[worker].pipe.send(task)

    def wait(self, seconds: float) -> list[tuple[int, Result | Died]]:
        """What came of tasks, for as long as it takes, at most some seconds."""
        pipes: dict[Any, int] = {worker.pipe: i for i, worker in enumerate(self._workers)}
        found: list[tuple[int, Result | Died]] = []
        for pipe in wait(list(pipes), timeout=seconds):
            came = self._receive(pipes[pipe])
            if came is not None:
                found.append((pipes[pipe], came))
        return found

    def _receive(self, number: int) -> Result | Died | None:
        worker = self._workers[number]
        try:
            came: Any = worker.pipe.recv()
        except (EOFError, OSError):
            died, was_busy = Died(worker.end(), worker.began), worker.busy
            self._workers[number] = self._make()
            return died if was_busy else None
        if came == _READY:
            worker.began = True
            return None
        worker.busy = False
        result: Result = came
        return result

    def kill(self, worker: int) -> None:
        """End a worker that takes too long; its task comes back as :class:`Died`."""
        self._workers[worker].process.kill()

    def processes(self) -> list[int]:
        """The ids of the processes."""
        return [worker.process.pid or 0 for worker in self._workers]

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.end()


def _serve(pipe: Connection, settings: Settings, make: Callable[[Settings], Reader]) -> None:
    """A worker's life: tasks in, results out, until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever runs the archive hears it, and ends us
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    reader = make(settings)
    try:
        pipe.send(_READY)
        while True:
            pipe.send(reader.do(pipe.recv()))
    except (EOFError, OSError):
        reader.close()
