"""What a process and everything it started have used: processor time and proportional memory."""

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_INTERVAL_S = 0.3
# In /proc/PID/stat after the name: own time in user and system mode, then that of buried children.
_PARENT, _TIMES = 1, slice(11, 15)


@dataclass
class ProcessTree:
    """A process and its descendants; a thread looks for the most memory that they ever hold."""

    root: int
    peak_pss_mb: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "ProcessTree":
        self._watcher = threading.Thread(target=self._watch)
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watcher.join()

    def cpu_s(self) -> float:
        """All that the tree has used so far: who has buried a child answers for its time too."""
        return sum(_family(self.root).values())

    def pss_mb(self) -> float:
        """The most memory that the tree was seen with, now included."""
        held_mb = sum(map(_pss_mb, _family(self.root)))
        return max(self.peak_pss_mb, held_mb)

    def highest_rss_mb(self) -> float:
        """What those who are still alive have ever held, by the kernel's own count."""
        return sum(map(_highest_rss_mb, _family(self.root)))

    def _watch(self) -> None:
        while not self._over.wait(_INTERVAL_S):
            self.peak_pss_mb = self.pss_mb()


def _family(root: int) -> dict[int, float]:
    """Processor seconds of each living descendant and of its buried children, the root included."""
    every = {}
    for entry in os.listdir("/proc"):  # noqa: PTH208
        if entry.isdigit() and (fields := _stat(entry)):
            used_s = sum(map(int, fields[_TIMES])) / _TICKS
            every[int(entry)] = int(fields[_PARENT]), used_s
    family = {root}
    grown = True
    while grown:
        children = {pid for pid, (parent, _) in every.items() if parent in family}
        grown = not children <= family
        family |= children
    return {pid: every[pid][1] for pid in family if pid in every}


def _stat(pid: str) -> list[str]:
    try:
        return Path("/proc", pid, "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _pss_mb(pid: int) -> float:
    return _megabytes(pid, "smaps_rollup", "Pss:")


def _highest_rss_mb(pid: int) -> float:
    return _megabytes(pid, "status", "VmHWM:")


def _megabytes(pid: int, file: str, name: str) -> float:
    try:
        lines = Path("/proc", str(pid), file).read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024
