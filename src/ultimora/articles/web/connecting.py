"""How connections are made: the name is resolved once, every address is checked, and a checked one is connected to.

What is checked is what is connected to: a name server that answers otherwise a moment later changes nothing.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from functools import cache
from ipaddress import ip_address
from typing import Any

import httpcore2
from httpcore2 import NetworkBackend, NetworkStream

from ultimora.articles.web.addresses import is_public
from ultimora.errors import AddressRefused, HostSilent

Resolve = Callable[[str, int], Sequence[str]]


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]).split("%")[0] for entry in found))


@cache
def _resolvers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(32, thread_name_prefix="resolve")


class Deadline:
    """A point in time by which everything about one fetch is over."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds
        self.seconds = seconds

    def left(self, timeout: float | None = None) -> float:
        """The seconds that are left, at most ``timeout``.

        Raises:
            HostSilent: none are.
        """
        left = self.at - time.monotonic()
        if left <= 0:
            raise HostSilent(f"took longer than {self.seconds:.0f} s")
        return left if timeout is None else min(left, timeout)


class GuardedBackend(NetworkBackend):
    """Connects to public addresses only, and keeps to a deadline with every read and write."""

    def __init__(self, deadline: Deadline, *, allow_loopback: bool, resolve: Resolve = system_resolve) -> None:
        """Set the deadline of what is connected, whether this machine is allowed, and who resolves names."""
        self._deadline, self._allow_loopback, self._resolve = deadline, allow_loopback, resolve
        self._backend = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        """Connect to the first of the host's addresses that answers.

        Raises:
            AddressRefused: one of them is not public.
        """
        addresses = self._addresses(host, port)
        trouble: Exception | None = None
        for address in addresses:
            try:
                left = self._deadline.left(timeout)
                stream = self._backend.connect_tcp(address, port, left, local_address, socket_options)
                return _TimedStream(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                trouble = error
        raise trouble or HostSilent(f"{host}: has no address")

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            found = _resolvers().submit(self._resolve, host, port).result(self._deadline.left())
        except TooLate as error:  # an OSError too, hence first
            raise HostSilent(f"{host}: looking it up took longer than {self._deadline.seconds:.0f} s") from error
        except (OSError, UnicodeError) as error:
            raise HostSilent(f"{host}: there is no such host, or it cannot be looked up now ({error})") from error
        for address in found:
            if not is_public(ip_address(address), allow_loopback=self._allow_loopback):
                raise AddressRefused(f"{host}: leads to {address}, which is no public address; it is not connected to")
        return found


class _TimedStream(NetworkStream):
    """A stream whose every step ends by a deadline, however slowly the other side drips."""

    def __init__(self, stream: NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        left = self._deadline.left(timeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
