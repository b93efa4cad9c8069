"""The process that reads pages for ``worker``: ``python -m ultimora.articles.pages.serve BYTES_OF_MEMORY``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any


def main() -> None:
    """Answer requests until the input ends."""
    _limit(int(sys.argv[1]))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
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

    try:
        page = extract_simply(text_of_page(data)) if request["simply"] else extract(data, request["url"])
    except (Exception, RecursionError, MemoryError) as error:
        return {"error": f"{type(error).__name__}: {error}"[:200]}
    return {"page": asdict(page)}


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
