"""How many: numbers with their comparison, unit or currency, and what is counted.

``find_quantities`` expects ``document.times`` to be filled: dates and clock times are no quantities, durations are.
"""

from __future__ import annotations

from ultimora.documents.quantities.find import find_quantities

__all__ = ["find_quantities"]
