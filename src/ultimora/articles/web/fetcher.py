"""The one door to the web: every feed, page, robots file and webhook goes through ``Fetcher``."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from threading import Lock
from typing import Any
from urllib.parse import urljoin

import httpcore2

from ultimora.articles.web.addresses import Target, target_of
from ultimora.articles.web.connecting import Deadline, GuardedBackend, Resolve, system_resolve
from ultimora.errors import FetchError, FetchTooLarge, HostSilent, UltimoraError

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PERMANENT = frozenset((301, 308))
_HEADERS = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may cost. Sizes in bytes after decompression, times in seconds."""

    size: int = 10_000_000
    seconds: float = 30.0
    connect: float = 10.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered. ``url`` is where the answer came from; ``moved`` where the address leads for good."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    moved: str | None = None

    @property
    def kind(self) -> str:
        """The media type, in lower case, without parameters."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


def user_agent() -> str:
    """An honest name."""
    return f"ultimora/{version('ultimora')} (news reader; +https://pypi.org/project/ultimora/)"


_once = Lock()


@cache
def _made() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()


def _tls() -> ssl.SSLContext:
    """Made by the first that needs it while the others wait: sixty at once would take longer than a fetch may."""
    with _once:
        return _made()


class Fetcher:
    """Fetches within limits, from public hosts only; no proxy or credential of the environment is used."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        allow_loopback: bool = False,
        resolve: Resolve = system_resolve,
        agent: str | None = None,
    ) -> None:
        """Set the limits, whether this machine may be fetched from (for tests), who resolves names, and our name."""
        self.limits = limits or Limits()
        self.allow_loopback = allow_loopback
        self._resolve = resolve
        self.agent = agent or user_agent()

    def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        accept: str = "text/html, application/xhtml+xml, */*;q=0.5",
    ) -> Fetched:
        """What an address gives, redirects followed, each of them checked as the first.

        Raises:
            AddressRefused: it, or where it leads, is not on the open web.
            FetchTooLarge: the answer is longer than the limit.
            FetchError: no answer came, or not within the time.
        """
        asked = {"accept": accept, **{k.lower(): v for k, v in (headers or {}).items()}}
        target = target_of(url, allow_loopback=self.allow_loopback)
        _tls()  # what is made once is not the host's time
        deadline, moved, permanent = Deadline(self.limits.seconds), None, True
        for _ in range(self.limits.redirects + 1):
            found = self._ask("GET", target, asked, None, deadline)
            if found.status not in _REDIRECTS or "location" not in found.headers:
                return Fetched(found.url, found.status, found.headers, found.body, moved)
            permanent = permanent and found.status in _PERMANENT
            target = target_of(urljoin(target.url, found.headers["location"]), allow_loopback=self.allow_loopback)
            moved = target.url if permanent else moved
        raise FetchError(f"{url}: leads from one address to the next more than {self.limits.redirects} times")

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Fetched:
        """What an address answers to a POST; redirects are not followed.

        Raises:
            FetchError: as for :meth:`fetch`.
        """
        target = target_of(url, allow_loopback=self.allow_loopback)
        return self._ask(
            "POST", target, {k.lower(): v for k, v in headers.items()}, body, Deadline(self.limits.seconds)
        )

    def _ask(
        self, method: str, target: Target, headers: Mapping[str, str], body: bytes | None, deadline: Deadline
    ) -> Fetched:
        try:
            return self._answer(method, target, headers, body, deadline)
        except UltimoraError as error:
            kind = type(error) if isinstance(error, FetchError) else FetchError
            told = str(error)
            raise kind(told if target.host in told else f"{target.url}: {told}") from error
        except (httpcore2.TimeoutException, TimeoutError) as error:
            raise HostSilent(f"{target.url}: no answer within {self.limits.seconds:.0f} s") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError, ValueError) as error:
            raise HostSilent(f"{target.url}: the connection failed ({str(error) or type(error).__name__})") from error

    def _answer(
        self, method: str, target: Target, headers: Mapping[str, str], body: bytes | None, deadline: Deadline
    ) -> Fetched:
        own = {
            "host": target.header,
            "user-agent": self.agent,
            "accept-encoding": "gzip, deflate",
            "connection": "close",
        }
        own |= {"content-length": str(len(body))} if body is not None else {}
        sent = [(k.encode("ascii"), v.encode("latin-1", "replace")) for k, v in {**own, **headers}.items()]
        backend = GuardedBackend(deadline, allow_loopback=self.allow_loopback, resolve=self._resolve)
        place = httpcore2.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
        timeouts: dict[str, Any] = {
            "connect": self.limits.connect,
            "read": self.limits.seconds,
            "write": self.limits.seconds,
        }
        with (
            httpcore2.ConnectionPool(ssl_context=_tls(), network_backend=backend) as pool,
            pool.stream(method, place, headers=sent, content=body, extensions={"timeout": timeouts}) as response,
        ):
            told, size = _headers(response.headers), self.limits.size
            chunks = () if response.status in (204, 304) else response.iter_stream()
            got = b"".join(_within(_decoded(chunks, told.get("content-encoding", ""), size), size))
            return Fetched(target.url, response.status, told, got)


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in list(raw)[:_HEADERS]:
        name, said = key.decode("latin-1").lower(), value.decode("latin-1")
        found[name] = f"{found[name]}, {said}" if name in found and name != "location" else said
    return found


def _within(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The chunks, as long as they are not too much."""
    whole = 0
    for chunk in chunks:
        whole += len(chunk)
        if whole > size:
            raise FetchTooLarge(f"the answer is longer than {size:,} bytes; it was given up")
        yield chunk


def _decoded(chunks: Iterable[bytes], encoding: str, size: int) -> Iterator[bytes]:
    """The chunks decompressed, never more than the limit at once; only gzip and deflate, which we ask for."""
    named = [e.strip().lower() for e in encoding.split(",") if e.strip() not in ("", "identity")]
    if not named:
        yield from chunks
        return
    if named not in (["gzip"], ["x-gzip"], ["deflate"]):
        raise FetchError(f"the answer is compressed as {encoding[:60]!r}, which was not asked for")
    unpack = zlib.decompressobj(47)
    raw_deflate, begun = named == ["deflate"], False
    for chunk in chunks:
        try:
            yield unpack.decompress(chunk, size + 1)
        except zlib.error as error:
            if not raw_deflate or begun:
                raise FetchError(f"the answer is no {named[0]} ({error})") from error
            unpack = zlib.decompressobj(-15)
            yield _raw(unpack, chunk, size)
        begun = True
        while unpack.unconsumed_tail:
            yield unpack.decompress(unpack.unconsumed_tail, size + 1)
        if unpack.eof:
            return
    if not unpack.eof and begun:
        raise FetchError("the compressed answer ends in its middle")


def _raw(unpack: Any, chunk: bytes, size: int) -> bytes:
    try:
        return bytes(unpack.decompress(chunk, size + 1))
    except zlib.error as error:
        raise FetchError(f"the answer is no deflate ({error})") from error
