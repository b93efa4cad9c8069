"""Reads pages in another process, whose memory and time are limited: a page may hang or kill it, never us.

The process reads requests from its standard input (a line of JSON, then that many bytes) and answers with a line of
JSON each. It is kept for further pages, and made anew when it dies or has read many.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ultimora.articles.pages.shape import Page, page_from_data

MEMORY = 1_500_000_000
"""The address space that the process may take, in bytes; what it touches is some 100 MB."""
SECONDS = 20.0
"""How long one page may take."""
PROCESSOR = 1.5
"""How much processor time of it the full extractor may take; news pages take a tenth of that."""
_PAGES = 500


@dataclass(frozen=True, slots=True)
class Extraction:
    """A page, and why the full extractor did not give it, where it did not."""

    page: Page
    trouble: str | None = None


class _Worker:
    """One process."""

    def __init__(self, seconds: float, memory: int) -> None:
        self.seconds, self.done = seconds, 0
        command = [sys.executable, "-m", "ultimora.articles.pages.serve", str(memory)]
        environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )

    def ask(self, data: bytes, url: str | None, *, simply: bool) -> dict[str, Any] | None:
        """The answer, None if the process died or took too long."""
        request = {"size": len(data), "url": url, "simply": simply, "processor": PROCESSOR}
        sending = threading.Thread(target=self._send, args=(json.dumps(request).encode() + b"\n" + data,), daemon=True)
        sending.start()
        line = self._line()
        self.done += 1
        return json.loads(line) if line.endswith(b"\n") else None

    def _send(self, message: bytes) -> None:
        try:
            assert self.process.stdin is not None  # noqa: S101 - it is a pipe
            self.process.stdin.write(message)
            self.process.stdin.flush()
        except (OSError, ValueError):
            pass  # it died; that no answer comes says so

    def _line(self) -> bytes:
        import time

        assert self.process.stdout is not None  # noqa: S101 - it is a pipe
        descriptor, line, until = self.process.stdout.fileno(), bytearray(), time.monotonic() + self.seconds
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while not line.endswith(b"\n") and selector.select(max(0.0, until - time.monotonic())):
                some = os.read(descriptor, 1 << 16)
                if not some:
                    break
                line += some
        return bytes(line)

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


class Extractor:
    """Reads pages through one worker at a time; safe to share between threads, which take turns."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """Set the limits for each page: seconds, and bytes of address space."""
        self.seconds, self.memory = seconds, memory
        self._worker: _Worker | None = None
        self._turn = threading.Lock()

    def extract(self, data: bytes, url: str | None = None) -> Extraction:
        """What stands on a page; by the simple extractor where the full one dies, hangs or finds nothing."""
        with self._turn:
            found = self._ask(data, url, simply=False)
            if found is not None and "page" in found:
                return Extraction(page_from_data(found["page"]))
            trouble = (found or {}).get("error") or f"the extractor died or took longer than {self.seconds:.0f} s"
            found = self._ask(data, url, simply=True)
        if found is not None and "page" in found:
            return Extraction(page_from_data(found["page"]), trouble)
        doubts = (f"no extractor could read the page ({trouble})",)
        return Extraction(Page(doubts=doubts), trouble)

    def _ask(self, data: bytes, url: str | None, *, simply: bool) -> dict[str, Any] | None:
        if self._worker is None:
            self._worker = _Worker(self.seconds, self.memory)
        found = self._worker.ask(data, url, simply=simply)
        if found is None or self._worker.done >= _PAGES:
            self.close()
        return found

    def forget(self) -> None:
        """Leave the worker to the process that started it; the next page starts another."""
        self._worker, self._turn = None, threading.Lock()

    def close(self) -> None:
        """End the worker; the next page starts another."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None


_shared = Extractor()
atexit.register(_shared.close)
if hasattr(os, "register_at_fork"):
    # Two processes that talk through one pipe would get each other's pages.
    os.register_at_fork(after_in_child=_shared.forget)


def extract_safely(data: bytes, url: str | None = None) -> Extraction:
    """What stands on a page, read in another process within limits of time and memory."""
    return _shared.extract(data, url)
