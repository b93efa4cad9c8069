"""What commands share: errors, and whether the terminal takes colour."""

from __future__ import annotations

import sys
from typing import NoReturn


def complain(message: str) -> None:
    """One line on standard error."""
    print(f"ultimora: {message}", file=sys.stderr)  # noqa: T201


def fail(message: str, status: int = 2) -> NoReturn:
    """One line on standard error, then exit."""
    complain(message)
    sys.exit(status)
