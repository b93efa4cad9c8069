"""Which addresses may be connected to: public ones, of http and https, written plainly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx2

from ultimora.errors import AddressRefused

Address = IPv4Address | IPv6Address

# What ``is_global`` lets through although it leads to private hosts: NAT64, 6to4, Teredo, IPv4-compatible and -mapped
# addresses carry another address in them; site-local ones are private by another name.
_REFUSED = tuple(
    ip_network(net)
    for net in (
        "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
        "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9]([a-z0-9_.-]{0,252}[a-z0-9])?\.?", re.IGNORECASE)
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Target:
    """A place to fetch from: ``url`` as it is shown, and what is connected to and asked for."""

    url: str
    scheme: str
    host: str
    port: int
    path: bytes
    header: str


def is_public(address: Address, *, allow_loopback: bool = False) -> bool:
    """Whether an address may be connected to."""
    if allow_loopback and address.is_loopback:
        return True
    if any(address in net for net in _REFUSED if net.version == address.version):
        return False
    return address.is_global and not address.is_multicast


def target_of(url: str, *, allow_loopback: bool = False) -> Target:
    """The target of a URL.

    Raises:
        AddressRefused: it is not plain http or https to a host by its name or its public address.
    """
    if len(url) > _LONGEST or any(c <= " " or c in "\\\x7f" for c in url):
        raise AddressRefused(
            f"{url[:200]!r}: an address has no blanks, backslashes or control characters; write it plainly"
        )
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as error:
        raise AddressRefused(f"{url[:200]}: is no address ({error}); write it as https://host/path") from error
    if parsed.scheme not in ("http", "https"):
        raise AddressRefused(f"{url[:200]}: only http and https are fetched, not {parsed.scheme or 'nothing'}:")
    if parsed.userinfo:
        raise AddressRefused(f"{parsed.host}: an address with a user name or password in it is not fetched")
    host = parsed.raw_host.decode("ascii")
    _check_host(host, url, allow_loopback=allow_loopback)
    port = parsed.port if parsed.port is not None else 443 if parsed.scheme == "https" else 80
    if not 0 < port < 65536:
        raise AddressRefused(f"{url[:200]}: there is no port {port}")
    shown = f"[{host}]" if ":" in host else host
    header = shown if parsed.port is None else f"{shown}:{parsed.port}"
    return Target(str(parsed.copy_with(fragment=None)), parsed.scheme, host, port, parsed.raw_path, header)


def _check_host(host: str, url: str, *, allow_loopback: bool) -> None:
    address = _literal(host)
    if address is not None:
        if not is_public(address, allow_loopback=allow_loopback):
            raise AddressRefused(f"{url[:200]}: {host} is no public address; only the open web is fetched")
        return
    if ":" in host or ".." in host or not _HOST.fullmatch(host):
        raise AddressRefused(f"{url[:200]}: {host!r} is no host name; write the address as https://host/path")
    # As browsers have it: a host whose last label is a number is an address in disguise (127.1, 0x7f.1, 2130706433).
    if _NUMERIC.fullmatch(host.rstrip(".").rsplit(".", 1)[-1]):
        raise AddressRefused(f"{url[:200]}: {host} is a number in disguise; write an address with its four numbers")
    if host.rstrip(".").lower().endswith("localhost") and not allow_loopback:
        raise AddressRefused(f"{url[:200]}: {host} is this machine; only the open web is fetched")


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
