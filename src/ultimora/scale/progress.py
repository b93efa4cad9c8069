"""How far a run is: its rate, the time left, and a file for Prometheus' textfile collector."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ultimora.following.pace import Pace
from ultimora.scale.driving import write_whole
from ultimora.scale.manifest import Manifest

_WINDOW = 600.0
_EVERY = 5.0


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands: in which phase, how much of it is done, how many a second, and the seconds left."""

    phase: str
    done: int
    total: int
    rate: float
    left: float | None


class Meter:
    """Measures one phase after the other; what earlier runs did counts as done, not towards the rate."""

    def __init__(self, manifest: Manifest, metrics: Path | None, show: Callable[[Progress], None]) -> None:
        """Get ready; ``metrics`` is the file to write, ``show`` hears of progress every few seconds."""
        self.manifest, self.metrics, self.show = manifest, metrics, show
        self._phase, self._total = "", 0
        self._pace = Pace(lately=_WINDOW)
        self._next = 0.0
        self.died = self.failed = 0

    def begin(self, phase: str, total: int, done: int = 0) -> None:
        """A phase begins, of which some is done already."""
        self._phase, self._total = phase, total
        self._pace = Pace(done, _WINDOW)
        self._pace.step(time.monotonic(), 0)
        self._next = 0.0
        self.at(done)

    def at(self, done: int, *, now: bool = False) -> None:
        """So much of the phase is done."""
        moment = time.monotonic()
        if moment < self._next and not now:
            return
        self._next = moment + _EVERY
        self._pace.step(moment, done - self._pace.done)
        progress = self.progress()
        self.show(progress)
        if self.metrics is not None:
            write_whole(self.metrics, self.text(progress).encode())

    def progress(self) -> Progress:
        """Where the phase stands, by the last ten minutes."""
        done, left = self._pace.done, self._total - self._pace.done
        return Progress(self._phase, done, self._total, self._pace.rate() or 0.0, self._pace.left(left))

    def text(self, progress: Progress) -> str:
        """All metrics, as Prometheus reads them."""
        tally = self.manifest.tally()
        values: list[tuple[str, str, str, float]] = [
            ("ultimora_archive_files", "gauge", "Files of the archive.", tally.files),
            ("ultimora_archive_inputs", "gauge", "Inputs found in them.", tally.inputs),
            ("ultimora_archive_inputs_waiting", "gauge", "Inputs still to be read.", tally.waiting),
            ("ultimora_archive_articles_total", "counter", "Articles read.", tally.articles),
            ("ultimora_archive_aside_total", "counter", "Inputs set aside.", tally.aside),
            ("ultimora_archive_failed", "gauge", "Files and stretches that could not be read.", tally.failed),
            ("ultimora_archive_worker_deaths_total", "counter", "Workers that died in this run.", self.died),
            ("ultimora_archive_read_seconds_total", "counter", "Processor seconds of reading.", tally.seconds),
            ("ultimora_archive_model_seconds_total", "counter", "Of these, the model's own.", tally.model),
            ("ultimora_archive_phase_done", "gauge", "How much of the present phase is done.", progress.done),
            ("ultimora_archive_phase_total", "gauge", "How much there is of it.", progress.total),
            ("ultimora_archive_rate", "gauge", "How much of it a second.", round(progress.rate, 4)),
        ]
        lines = [f"# HELP {n} {told}\n# TYPE {n} {kind}\n{n} {value}\n" for n, kind, told, value in values]
        phase = f'ultimora_archive_phase{{phase="{progress.phase}"}} 1\n'
        return "".join([*lines, "# TYPE ultimora_archive_phase gauge\n", phase])
