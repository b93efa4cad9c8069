"""Who may ask and who may add: tokens with a scope, sessions made of them, and the names that the server answers to."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ultimora.errors import UnsafeServing

Scope = Literal["read", "write"]
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_SHORTEST = 16


@dataclass(frozen=True, slots=True)
class Token:
    """A secret and what it opens; ``write`` includes ``read``."""

    secret: str
    scope: Scope

    def derived(self, purpose: str) -> str:
        """A value that shows knowledge of the secret for one purpose, and from which it cannot be found."""
        return hmac.new(self.secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Access:
    """What the server demands. Without tokens anybody who reaches it may read, and nobody may write.

    ``hosts`` are the names that it answers to (empty: any), so that a page elsewhere whose name was made to point at
    this machine gets nothing.
    """

    tokens: tuple[Token, ...] = ()
    hosts: tuple[str, ...] = LOOPBACK

    def token_for(self, secret: str) -> Token | None:
        """The token of a secret."""
        given = secret.encode("utf-8", "replace")
        return next((t for t in self.tokens if hmac.compare_digest(t.secret.encode(), given)), None)

    def knows(self, value: str, purpose: str) -> bool:
        """Whether a value was derived from one of the tokens for this purpose."""
        given = value.encode("utf-8", "replace")
        return any(hmac.compare_digest(t.derived(purpose).encode(), given) for t in self.tokens)

    def answers_to(self, host: str) -> bool:
        """Whether this is one of the server's names; a port does not matter."""
        name = host.lower()
        name = name[: name.index("]") + 1] if name.startswith("[") and "]" in name else name.split(":")[0]
        return not self.hosts or name in self.hosts


def access(host: str, tokens: Sequence[str], names: Sequence[str] = ()) -> Access:
    """What to demand when serving on an address.

    Args:
        host: The address to listen on.
        tokens: Secrets, each with ``read:`` or ``write:`` before it; without either it reads.
        names: Further names that the server is reached under.

    Raises:
        UnsafeServing: it could be reached from elsewhere, and anybody could read.
    """
    made = tuple(map(_token, tokens))
    local = is_loopback(host)
    if not made and (not local or names):
        raise UnsafeServing(
            f"{host}: others could reach the record; give a token (--token read:SECRET or ULTIMORA_TOKEN), "
            "or serve on 127.0.0.1"
        )
    return Access(made, (*LOOPBACK, host.lower(), *(n.lower() for n in names)) if local or names else ())


def _token(text: str) -> Token:
    scope, _, secret = text.partition(":") if text.startswith(("read:", "write:")) else ("read", "", text)
    if len(secret) < _SHORTEST or not secret.isascii() or not secret.isprintable() or " " in secret:
        raise UnsafeServing(
            f"a token has at least {_SHORTEST} letters or digits and no blanks; make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe())'"
        )
    return Token(secret, "write" if scope == "write" else "read")


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own and no other can reach it."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
