"""Gives workers their tasks until none is left. What fails is tried again, what kills its worker is set aside."""

from __future__ import annotations

import hashlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ultimora.errors import ArchiveError
from ultimora.scale.chunks import Chunk, Cut
from ultimora.scale.engines import Died, Engine
from ultimora.scale.manifest import Manifest
from ultimora.scale.reading import Failed, Part, Result, Task

_TRIES = 3
_SPLIT_AFTER = 2
_STILLBORN = 5
_PAGE = 500
_PAUSE = 2.0
_START = 300.0
Tell = Callable[[str, dict[str, object]], None]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a task may take: ``article`` seconds an input, and how long to wait before it is tried again."""

    article: float = 60.0
    pause: float = _PAUSE

    def of(self, task: Task) -> float:
        """The seconds that a task may take; cutting a file reads through all of it and is not timed."""
        return _START + self.article * task.count if isinstance(task, Chunk) else float("inf")


@dataclass(slots=True)
class _Running:
    task: Task
    until: float


class Driver:
    """Does the tasks of a manifest with an engine."""

    def __init__(self, manifest: Manifest, engine: Engine, parts: Path, tell: Tell, patience: Patience) -> None:
        """Get ready; ``tell`` hears of everything that happens, as a word and its facts."""
        self.manifest, self.engine, self.parts, self.tell, self.patience = manifest, engine, parts, tell, patience
        self._running: dict[int, _Running] = {}
        self._later: deque[tuple[float, Task]] = deque()
        self._tries: dict[Task, int] = {}
        self._stillborn = 0

    def cut(self, paths: Iterable[str]) -> None:
        """Cut files into stretches; one that cannot be read is told and left."""
        self._run(deque(paths), lambda: ())

    def read(self) -> None:
        """Read all that waits.

        Raises:
            ArchiveError: what was read cannot be written, or workers die as they start.
        """

        def more() -> Iterable[Chunk]:
            known = {t for _, t in self._later} | {r.task for r in self._running.values()}
            waiting = self.manifest.waiting(_PAGE + len(known))
            self._tries |= dict(waiting)
            return [chunk for chunk, _ in waiting if chunk not in known]

        self._run(deque(more()), more)

    def _run(self, queue: deque[Task] | deque[str] | deque[Chunk], more: Callable[[], Iterable[Task]]) -> None:
        tasks: deque[Task] = deque(queue)
        while True:
            tasks.extend(self._due())
            if not tasks and not self._later:
                tasks.extend(more())
            if not (tasks or self._running or self._later):
                return
            for worker in self.engine.free():
                if not tasks:
                    break
                self._give(worker, tasks.popleft())
            if not self._running:
                time.sleep(0.05)
            for worker, result in self.engine.wait(0.5):
                if worker in self._running:
                    self._took(self._running.pop(worker).task, result)
            self._end_slow()
            self.tell("tick", {})

    def _give(self, worker: int, task: Task) -> None:
        self._running[worker] = _Running(task, time.monotonic() + self.patience.of(task))
        self.engine.give(worker, task)

    def _due(self) -> list[Task]:
        now = time.monotonic()
        due = [task for at, task in self._later if at <= now]
        self._later = deque((at, task) for at, task in self._later if at > now)
        return due

    def _end_slow(self) -> None:
        now = time.monotonic()
        for worker, running in self._running.items():
            if running.until <= now:
                running.until = float("inf")
                self.engine.kill(worker)

    def _took(self, task: Task, result: Result | Died) -> None:
        if isinstance(result, Died):
            self._died(task, result)
            return
        self._stillborn = 0
        if isinstance(result, Failed):
            self._failed(task, result)
        elif isinstance(result, Cut):
            self.manifest.cut(result)
            self.tell("cut", {"file": result.path, "stretches": len(result.chunks)})
        elif isinstance(task, Chunk):
            self._keep(task, result)

    def _keep(self, chunk: Chunk, part: Part) -> None:
        digest = hashlib.sha256(part.data).hexdigest()
        name = part_name(chunk)
        write_whole(self.parts / name, part.data)
        self.manifest.done(chunk, part, name, digest)
        for each in part.aside:
            self.tell("aside", {"file": chunk.path, "place": each.place, "reason": each.reason})
        facts = {"articles": part.articles, "aside": len(part.aside), "seconds": round(part.seconds, 2)}
        self.tell("read", {"file": chunk.path, "start": chunk.start, **facts})

    def _failed(self, task: Task, failed: Failed) -> None:
        tries = self._tries[task] = self._tries.get(task, 0) + 1
        again = failed.again and tries < _TRIES
        self.tell("failed", {"task": _name(task), "reason": failed.reason, "again": again})
        if isinstance(task, Chunk):
            self.manifest.tried(task, "waiting" if again else "failed", failed.reason)
        elif not again:
            self.manifest.file_failed(task, failed.reason)
        if again:
            self._later.append((time.monotonic() + self.patience.pause * 2 ** (tries - 1), task))

    def _died(self, task: Task, died: Died) -> None:
        self._stillborn = 0 if died.began else self._stillborn + 1
        if self._stillborn >= _STILLBORN:
            raise ArchiveError(f"workers die as they start ({died.how}); is there memory for them? Fewer: --workers 1")
        tries = self._tries[task] = self._tries.get(task, 0) + died.began
        self.tell("died", {"task": _name(task), "how": died.how, "tries": tries})
        reason = f"reading it ended the worker {tries} times ({died.how})"
        if not isinstance(task, Chunk):
            if tries < _TRIES:
                self._later.append((0.0, task))
            else:
                self.manifest.file_failed(task, reason)
        elif task.count > 1 and tries >= _SPLIT_AFTER:
            self.manifest.split(task)
        elif task.count == 1 and tries >= _TRIES:
            self.manifest.tried(task, "aside", reason)
            self.tell("aside", {"file": task.path, "place": task.start, "reason": reason})
        else:
            self.manifest.tried(task, "waiting", reason)


def _name(task: Task) -> str:
    return f"{task.path}@{task.start}+{task.skip}" if isinstance(task, Chunk) else task


def part_name(chunk: Chunk) -> str:
    """The file of a stretch's part, beneath the folder of parts."""
    digest = hashlib.sha256(f"{chunk.path}|{chunk.start}|{chunk.skip}".encode()).hexdigest()
    return f"{digest[:2]}/{digest[2:18]}.parquet"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there wholly or not at all.

    Raises:
        ArchiveError: it cannot be written.
    """
    draft = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise ArchiveError(
            f"{path}: cannot be written ({error.strerror or error}); free some space: everything before is kept, and "
            "the same command goes on from there"
        ) from error
