"""The process that reads pages for ``worker``: ``python -m ultimora.articles.pages.serve BYTES_OF_MEMORY``."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from types import FrameType
from typing import Any


def main() -> None:
    """Answer requests until the input ends."""
    _limit(int(sys.argv[1]))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    import_module("trafilatura")  # before any page's time is measured
    sys.stdout = sys.stderr  # nothing that a library prints may come between the answers
    while line := source.readline():
        request = json.loads(line)
        data = source.read(request["size"])
        sink.write(json.dumps(_answer(data, request)).encode("ascii") + b"\n")
        sink.flush()


def _answer(data: bytes, request: dict[str, Any]) -> dict[str, Any]:
    from ultimora.articles.pages.extract import extract
    from ultimora.articles.pages.simple import extract_simply
    from ultimora.articles.pages.tree import text_of_page

    if request["simply"]:
        return {"page": asdict(extract_simply(text_of_page(data)))}
    try:
        with _at_most(request["processor"]):
            return {"page": asdict(extract(data, request["url"]))}
    except (Exception, _TooSlow) as error:
        return {"error": f"{type(error).__name__}: {error}"[:200]}


class _TooSlow(BaseException):
    """A page that takes too much processor time; no library may take this for an error of its own."""


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Ends what runs inside after some seconds of processor time, and again and again until it does end."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise _TooSlow(f"more than {seconds:g} s of processor time")

    if not hasattr(signal, "SIGVTALRM"):
        yield
        return
    signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _limit(memory: int) -> None:
    """Limits of this process, where the system has them: address space, and no files written."""
    try:
        import resource
    except ImportError:  # a system without them; the time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
