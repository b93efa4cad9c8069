"""ultimora reads the news as it breaks and keeps the record: who did what, when, whether it happened, who says so.

>>> import ultimora
>>> reading = ultimora.read("The two presidents will meet on Friday.", published="2025-10-16")
>>> record = ultimora.Record("ultimora.db")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Reading", "Record", "UltimoraError", "__version__", "read", "read_many"]

if TYPE_CHECKING:
    from ultimora.core import Record, read, read_many
    from ultimora.errors import UltimoraError
    from ultimora.types import Reading


def __getattr__(name: str) -> Any:
    """The public names, loaded when first asked for, so that ``import ultimora`` costs nothing."""
    if name in ("Record", "read", "read_many"):
        from ultimora import core as module
    elif name == "Reading":
        from ultimora import types as module  # type: ignore[no-redef]
    elif name == "UltimoraError":
        from ultimora import errors as module  # type: ignore[no-redef]
    else:
        raise AttributeError(f"module 'ultimora' has no attribute {name!r}")
    return getattr(module, name)
