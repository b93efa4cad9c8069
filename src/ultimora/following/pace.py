"""How fast work goes on and when it will be done. Pure; the clock is an argument."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Pace:
    """The rate of late, by default over the last minute, so that a slow beginning does not weigh on it for ever."""

    done: int = 0
    lately: float = 60.0
    """How many seconds back the rate looks."""
    _marks: deque[tuple[float, int]] = field(default_factory=deque)

    def step(self, now: float, count: int = 1) -> None:
        """So much was done, at a moment in seconds."""
        self.done += count
        self._marks.append((now, self.done))
        while len(self._marks) > 2 and now - self._marks[0][0] > self.lately:
            self._marks.popleft()

    def rate(self) -> float | None:
        """How much is done in a second, None where that cannot be told yet."""
        if len(self._marks) < 2 or self._marks[-1][0] <= self._marks[0][0]:
            return None
        return (self._marks[-1][1] - self._marks[0][1]) / (self._marks[-1][0] - self._marks[0][0])

    def left(self, remaining: int) -> float | None:
        """The seconds for what remains."""
        rate = self.rate()
        return remaining / rate if rate else None
