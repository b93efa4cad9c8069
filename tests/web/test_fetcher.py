"""Servers that are slow, endless, lying, failing or hostile: each costs little and is told apart."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from ultimora.articles.web.fetcher import Fetcher, Limits, user_agent
from ultimora.errors import FetchError, FetchTooLarge

LIMITS = Limits(size=1_000_000, seconds=1.5)


@contextmanager
def raw_server(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that answers as it likes, a connection at a time."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    try:
                        connection.recv(65536)
                        answer(connection)
                    except OSError:
                        pass

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        listening.shutdown(socket.SHUT_RDWR)


def fetch(url: str, limits: Limits = LIMITS):  # type: ignore[no-untyped-def]
    return Fetcher(limits, allow_loopback=True).fetch(url)


def test_what_is_sent_and_what_comes(httpserver: HTTPServer) -> None:
    seen: list[Request] = []

    def answer(request: Request) -> Response:
        seen.append(request)
        return Response(
            gzip.compress(b"<p>ciao"), headers={"Content-Encoding": "gzip", "ETag": '"1"'}, mimetype="text/html"
        )

    httpserver.expect_request("/a").respond_with_handler(answer)
    found = fetch(httpserver.url_for("/a#part"))
    assert (found.status, found.body, found.kind, found.headers["etag"]) == (200, b"<p>ciao", "text/html", '"1"')
    assert seen[0].headers["User-Agent"] == user_agent()
    assert "ultimora" in user_agent()
    assert "Cookie" not in seen[0].headers
    assert "Authorization" not in seen[0].headers


def test_environment_proxies_are_not_used(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    httpserver.expect_request("/a").respond_with_data("ok")
    assert fetch(httpserver.url_for("/a")).body == b"ok"


def test_where_a_redirect_leads_for_good(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data("", 301, {"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data("", 302, {"Location": "/c"})
    httpserver.expect_request("/c").respond_with_data("here")
    found = fetch(httpserver.url_for("/a"))
    assert (found.body, found.url, found.moved) == (b"here", httpserver.url_for("/c"), httpserver.url_for("/b"))


def test_redirects_without_end(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data("", 302, {"Location": "/a"})
    with pytest.raises(FetchError, match="more than 5 times"):
        fetch(httpserver.url_for("/a"))


def test_too_long(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(b"x" * 1_000_001)
    with pytest.raises(FetchTooLarge, match="1,000,000 bytes"):
        fetch(httpserver.url_for("/a"))


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        connection.sendall(b"<p>more</p>" * 1000)


def dripping_body(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x")
        time.sleep(0.1)


def dripping_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X: y\r\n")
        time.sleep(0.1)


def endless_header(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        connection.sendall(b"y" * 10_000)


def silent(connection: socket.socket) -> None:
    time.sleep(3)


def garbage(connection: socket.socket) -> None:
    connection.sendall(b"\x00\xff" * 1000)


def short(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this")


def hanging_up(connection: socket.socket) -> None:
    connection.close()


def bad_chunks(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\nno chunk\r\n")


@pytest.mark.parametrize(
    "answer",
    [endless, dripping_body, dripping_headers, endless_header, silent, garbage, short, hanging_up, bad_chunks],
    ids=lambda f: f.__name__,
)
def test_servers_that_do_not_end_or_lie(answer: Callable[[socket.socket], None]) -> None:
    start = time.monotonic()
    with raw_server(answer) as url, pytest.raises(FetchError) as raised:
        fetch(url)
    assert time.monotonic() - start < 3
    assert "127.0.0.1" in str(raised.value)


def _deflate_raw(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


BOMB = b"\0" * 200_000_000


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw", "br", "zstd", "gzip, gzip"])
def test_compression_bombs(httpserver: HTTPServer, encoding: str) -> None:
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "raw": _deflate_raw}.get(encoding, gzip.compress)(BOMB)
    packed = gzip.compress(packed) if encoding == "gzip, gzip" else packed
    named = "deflate" if encoding == "raw" else encoding
    httpserver.expect_request("/a").respond_with_data(packed, headers={"Content-Encoding": named})
    start = time.monotonic()
    with pytest.raises(FetchError):
        fetch(httpserver.url_for("/a"), Limits(size=5_000_000, seconds=3))
    assert time.monotonic() - start < 3


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_no_compression_where_one_is_named(httpserver: HTTPServer, encoding: str) -> None:
    httpserver.expect_request("/a").respond_with_data(b"<html>plain", headers={"Content-Encoding": encoding})
    with pytest.raises(FetchError):
        fetch(httpserver.url_for("/a"))


def test_a_cut_compressed_answer(httpserver: HTTPServer) -> None:
    packed = gzip.compress(bytes(range(256)) * 100)[:-40]
    httpserver.expect_request("/a").respond_with_data(packed, headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchError, match="middle"):
        fetch(httpserver.url_for("/a"))


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(FetchError):
        fetch(f"http://127.0.0.1:{port}/")
    with pytest.raises(FetchError, match="no such host"):
        Fetcher(LIMITS).fetch("http://nowhere.invalid/")


def test_a_resolver_that_hangs() -> None:
    def resolve(host: str, port: int) -> list[str]:
        time.sleep(2)
        return []

    with pytest.raises(FetchError, match="looking it up"):
        Fetcher(Limits(seconds=0.3), resolve=resolve).fetch("http://slow.example.org/")
