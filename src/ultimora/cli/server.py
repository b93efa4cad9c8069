"""The work of ``ultimora serve``."""

from __future__ import annotations

import socket
import sys
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from ultimora.cli.output import fail
from ultimora.core import Record
from ultimora.errors import MissingExtra
from ultimora.record.database import exists
from ultimora.record.store import instant


def run(
    path: str, host: str, port: int, tokens: Sequence[str], names: Sequence[str], as_of: str | None, zone: str | None
) -> int:
    """Serve until stopped.

    Raises:
        UltimoraError: the record cannot be opened, or it would be open to anybody.
    """
    try:
        import uvicorn

        from ultimora.api.access import access
        from ultimora.desk.app import desk
        from ultimora.desk.site import Settings
    except ImportError as error:
        raise MissingExtra(
            f"{error.name} is missing; install what serving needs: pip install 'ultimora[desk]'"
        ) from error
    allowed = access(host, tokens, names)
    settings = Settings(instant(as_of, "as_of") if as_of else None, _zone(zone))
    with Record(path, create=bool(tokens) and not exists(path)) as record:
        config = uvicorn.Config(
            desk(record, allowed, settings),
            log_level="warning",
            server_header=False,
            proxy_headers=bool(names),
            timeout_graceful_shutdown=3,
            h11_max_incomplete_event_size=64 * 1024,
        )
        listening = _listen(host, port)
        print(f"ultimora: {_address(listening)}", file=sys.stderr, flush=True)  # noqa: T201
        uvicorn.Server(config).run(sockets=[listening])
    return 0


def _zone(name: str | None) -> str | None:
    if name is None:
        return None
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        fail(f"there is no time zone {name!r}; name one as Europe/Rome")
    return name


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0][0]
        made = socket.create_server((host.strip("[]"), port), family=family, backlog=128)
    except OSError as error:
        fail(f"{host}:{port}: cannot listen there ({error.strerror or error}); choose another with --host and --port")
    return made


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
