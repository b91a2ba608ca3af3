"""Shares the time of a worker among the tasks it does side by side."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from webferry.ports import Clock


@dataclass(slots=True)
class Used:
    """Milliseconds that fell to one task."""

    ms: float = 0.0


@dataclass(slots=True)
class Meter:
    """A worker is paid by the millisecond, not by the task: those running at a time split it."""

    clock: Clock
    _running: list[Used] = field(default_factory=list)
    _read_at_ms: float = 0.0

    @contextmanager
    def running(self) -> Iterator[Used]:
        """A task, for as long as the block lasts."""
        used = Used()
        self._read()
        self._running.append(used)
        try:
            yield used
        finally:
            self._read()
            self._running = [other for other in self._running if other is not used]

    def _read(self) -> None:
        now_ms = self.clock.tick_ms()
        for used in self._running:
            used.ms += (now_ms - self._read_at_ms) / len(self._running)
        self._read_at_ms = now_ms
