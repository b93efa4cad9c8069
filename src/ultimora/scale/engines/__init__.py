"""What runs the workers: one module an engine, found by looking. A worker that dies costs its task and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from ultimora.errors import ArchiveError
from ultimora.scale.reading import Reader, Result, Settings, Task

MakeReader = Callable[[Settings], Reader]


@dataclass(frozen=True, slots=True)
class Died:
    """The worker ended in the middle of a task. ``how`` says what is known; ``began``: it had come up before."""

    how: str
    began: bool


class Engine(Protocol):
    """A fixed number of workers, each of which does one task at a time; one that died is replaced."""

    def free(self) -> list[int]:
        """The numbers of the workers that have nothing to do."""
        ...

    def give(self, worker: int, task: Task) -> None:
        """Give a free worker a task."""
        ...

    def wait(self, seconds: float) -> list[tuple[int, Result | Died]]:
        """What came of tasks, for as long as it takes, at most some seconds."""
        ...

    def kill(self, worker: int) -> None:
        """End a worker that takes too long; its task comes back as :class:`Died`."""
        ...

    def close(self) -> None:
        """End all workers."""
        ...


def names() -> tuple[str, ...]:
    """The names of the engines that there are."""
    return tuple(sorted(p.stem for p in Path(__file__).parent.glob("[a-z]*.py")))


def start(name: str, settings: Settings, workers: int, address: str | None, reader: MakeReader = Reader) -> Engine:
    """Start the workers of an engine out of :func:`names`.

    Raises:
        ArchiveError: there is no such engine, or it does not answer at its address.
        MissingExtra: its package is not installed.
    """
    if name not in names():
        raise ArchiveError(f"there is no engine {name!r}; there are: {', '.join(names())}")
    module: Any = import_module(f"{__name__}.{name}")
    return cast(Engine, module.start(settings, workers, address, reader))
