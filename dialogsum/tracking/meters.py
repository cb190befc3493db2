"""Clocks, throughput and memory peaks, separate for each phase of a run."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from dialogsum.tracking.record import PHASES


def synchronize() -> None:
    """Wait for the accelerator: otherwise a clock measures the launch of the work only."""
    if torch.cuda.is_available() and torch.cuda.is_initialized():
        torch.cuda.synchronize()


class Clocks:
    """Seconds per phase. A phase inside another pauses the clock of the outer one."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(PHASES, 0.0)
        self._running: list[tuple[str, float]] = []

    @contextmanager
    def __call__(self, phase: str) -> Iterator[None]:
        self.start(phase)
        try:
            yield
        finally:
            self.stop(phase)

    def start(self, phase: str) -> None:
        synchronize()
        now = time.perf_counter()
        if self._running:
            outer, since = self._running[-1]
            self.seconds[outer] += now - since
        self._running.append((phase, now))

    def stop(self, phase: str) -> None:
        synchronize()
        now = time.perf_counter()
        running, since = self._running.pop()
        assert running == phase, f"clock {phase} stopped while {running} was running"
        self.seconds[phase] += now - since
        if self._running:
            self._running[-1] = (self._running[-1][0], now)

    def stop_all(self) -> None:
        """Stop all clocks when a run ends in the middle of a phase."""
        while self._running:
            self.stop(self._running[-1][0])


@dataclass
class Throughput:
    """Examples and tokens of training steps; source and target tokens exclude padding."""

    examples: int = 0
    source_tokens: int = 0
    target_tokens: int = 0
    padded_tokens: int = 0

    def __add__(self, other: Throughput) -> Throughput:
        return Throughput(**{name: value + vars(other)[name] for name, value in vars(self).items()})

    def add(self, micro_batches: list[dict[str, torch.Tensor]]) -> None:
        for micro in micro_batches:
            if (micro["labels"] == -100).all():
                continue  # a placeholder: the rank has no example of a small step
            self.examples += len(micro["input_ids"])
            self.source_tokens += int(micro["attention_mask"].sum())
            self.target_tokens += int((micro["labels"] != -100).sum())
            self.padded_tokens += micro["input_ids"].numel() + micro["labels"].numel()

    def record(self, fit_seconds: float) -> dict[str, float | int | None]:
        """Return the section `throughput` of result.json, per second of the clock `fit`."""
        tokens = self.source_tokens + self.target_tokens
        trained = self.examples > 0 and fit_seconds > 0
        return {
            "examples": self.examples,
            "source_tokens": self.source_tokens,
            "target_tokens": self.target_tokens,
            "padded_fraction": 1 - tokens / self.padded_tokens if self.padded_tokens else None,
            "examples_per_s": self.examples / fit_seconds if trained else None,
            "tokens_per_s": tokens / fit_seconds if trained else None,
        }


@dataclass
class Memory:
    """Peaks in bytes; None where a phase did not run or the device does not measure it."""

    fit_peak_allocated: int | None = None
    fit_peak_reserved: int | None = None
    generate_peak_allocated: int | None = None
    process_peak_rss: int | None = None

    def start_job(self) -> None:
        """Reset the peaks of the process and the device: jobs of a sweep share a process."""
        _reset_peak_rss()
        self.start_phase()

    def start_phase(self) -> None:
        """Reset the peak of the device."""
        if torch.cuda.is_available() and torch.cuda.is_initialized():
            torch.cuda.reset_peak_memory_stats()

    def measure_fit(self) -> None:
        if torch.cuda.is_available():
            allocated, reserved = (
                torch.cuda.max_memory_allocated(),
                torch.cuda.max_memory_reserved(),
            )
            self.fit_peak_allocated = max(allocated, self.fit_peak_allocated or 0)
            self.fit_peak_reserved = max(reserved, self.fit_peak_reserved or 0)

    def measure_generate(self) -> None:
        if torch.cuda.is_available():
            peak = torch.cuda.max_memory_allocated()
            self.generate_peak_allocated = max(peak, self.generate_peak_allocated or 0)

    def record(self) -> dict[str, int | None]:
        self.process_peak_rss = peak_rss()
        return asdict(self)


def peak_rss() -> int:
    """Return the peak resident memory of this process in bytes, on Linux since the last reset."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _reset_peak_rss() -> None:
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5")
