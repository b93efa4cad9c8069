"""Addresses of private hosts in every disguise: not one connection is made."""

from typing import Any

import httpcore2
import pytest
from pytest_httpserver import HTTPServer

from ultimora.articles.web.addresses import is_public, target_of
from ultimora.articles.web.fetcher import Fetcher, Limits
from ultimora.errors import AddressRefused, FetchError

FORMS = [
    "http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0x7f.0x0.0x0.0x1/", "http://0x7f.1/", "http://017700000001/", "http://0177.0.0.1/", "http://127.0.0.1./",
    "http://0/", "http://0.0.0.0/", "http://127.255.255.254/", "http://localhost/", "http://LOCALHOST./",
    "http://www.localhost/", "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[::ffff:0:127.0.0.1]/", "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::10.0.0.1]/", "http://[2002:7f00:1::]/", "http://[2002:a00:1::1]/",
    "http://[2001:0:7f00:1::]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fec0::1]/",
    "http://[fc00::1]/", "http://[fd12:3456::1]/", "http://[ff02::1]/", "http://10.0.0.1/", "http://10.1/",
    "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.0.1/", "http://192.168.257/", "http://3232235521/",
    "http://169.254.169.254/latest/meta-data/", "http://0xa9fea9fe/", "http://2852039166/", "http://100.64.0.1/",
    "http://100.127.255.255/", "http://198.18.0.1/", "http://192.0.0.8/", "http://224.0.0.1/", "http://255.255.255.255/",
    "http://240.0.0.1/", "http://user@127.0.0.1/", "http://example.org@127.0.0.1/", "http://user:pass@example.org/",
    "http://example.org\\@127.0.0.1/", "http://127.0.0.1\\@example.org/", "http:\\\\127.0.0.1/", "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/", "http://１２７.0.0.1/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "http://127.0.0.1%00.example.org/",
    "http://example.org%2f@127.0.0.1/", "http://exa mple.org/", "http://example.org\t.127.0.0.1/", "http:///etc/passwd",
    "http://", "//127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "data:text/html,<p>x", "ftp://a.org/",
    "javascript:alert(1)", "dict://127.0.0.1:11211/", "ldap://127.0.0.1/", "http://[::1", "http://example.org:0/",
    "http://example.org:70000/", "http://a..b/", "http://-a.org/", "http://" + "a" * 5000 + ".org/",
]  # fmt: skip
PRIVATE = [
    "127.0.0.1", "10.0.0.5", "169.254.169.254", "100.64.9.9", "192.168.1.1", "172.20.0.1", "0.0.0.0", "::1", "::",
    "::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:a00:1::1", "2001::1", "fe80::1",
    "fec0::1", "fd00::1", "ff05::1", "224.0.0.251", "255.255.255.255", "198.19.0.1", "192.0.2.1", "2001:db8::1",
]  # fmt: skip


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that a connection was tried to; none is made."""
    tried: list[str] = []

    def connect(_self: Any, host: str, *_args: Any, **_kwargs: Any) -> Any:
        tried.append(host)
        raise httpcore2.ConnectError("not in this test")

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    return tried


@pytest.mark.parametrize("url", FORMS)
def test_forms_of_private_hosts_are_refused(url: str, connections: list[str]) -> None:
    fetcher = Fetcher(resolve=lambda host, port: ["93.184.215.14"])
    with pytest.raises(AddressRefused):
        fetcher.fetch(url)
    with pytest.raises(AddressRefused):
        fetcher.post(url, b"{}", {})
    assert connections == []


@pytest.mark.parametrize("address", PRIVATE)
def test_names_that_lead_to_private_hosts_are_refused(address: str, connections: list[str]) -> None:
    for found in ([address], ["93.184.215.14", address], [address, "93.184.215.14"]):
        with pytest.raises(AddressRefused, match="no public address"):
            Fetcher(resolve=lambda host, port, found=found: found).fetch("https://news.example.org/a")  # type: ignore[misc]
    assert connections == []


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_hosts_are_connected_to(address: str, connections: list[str]) -> None:
    with pytest.raises(FetchError):
        Fetcher(resolve=lambda host, port: [address]).fetch("http://news.example.org/a")
    assert connections == [address]


def test_an_answer_that_flips_between_check_and_connect(connections: list[str]) -> None:
    """The name is looked up once; what was checked is what is connected to, by its number."""
    answers = iter([["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1"]])
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    with pytest.raises(FetchError):
        Fetcher(resolve=resolve).fetch("http://flip.example.org/")
    assert (asked, connections) == (["flip.example.org"], ["93.184.215.14"])


def test_loopback_only_where_it_is_allowed() -> None:
    assert target_of("http://127.0.0.1:8000/a?b", allow_loopback=True).port == 8000
    assert target_of("http://localhost/a", allow_loopback=True).host == "localhost"
    with pytest.raises(AddressRefused):
        target_of("http://10.0.0.1/", allow_loopback=True)
    with pytest.raises(AddressRefused):
        target_of("http://127.1/", allow_loopback=True)


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/", "http://169.254.169.254/", "http://0x7f.1/", "file:///etc/passwd",
        "http://[::ffff:10.0.0.1]/", "//192.168.1.1/", "gopher://127.0.0.1/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_checked_as_the_first(httpserver: HTTPServer, location: str, status: int) -> None:
    httpserver.expect_request("/a").respond_with_data("", status=status, headers={"Location": location})
    with pytest.raises(AddressRefused):
        Fetcher(allow_loopback=True).fetch(httpserver.url_for("/a"))


def test_redirects_to_a_name_that_is_private(httpserver: HTTPServer) -> None:
    def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "localhost" else ["10.1.2.3"]

    httpserver.expect_request("/a").respond_with_data(
        "", status=302, headers={"Location": "http://inside.example.org/"}
    )
    with pytest.raises(AddressRefused, match=r"10\.1\.2\.3"):
        Fetcher(Limits(seconds=5), allow_loopback=True, resolve=resolve).fetch(httpserver.url_for("/a"))


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4002::200e"])
def test_is_public(address: str) -> None:
    from ipaddress import ip_address

    assert is_public(ip_address(address))
