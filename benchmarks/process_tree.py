"""What a process and everything it started have used: processor time and proportional memory."""

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_INTERVAL_S = 0.1


@dataclass
class ProcessTree:
    """Watches from a thread, for what a process used is forgotten when it ends."""

    root: int
    peak_pss_mb: float = 0.0
    _seen: dict[tuple[int, str], float] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)
    _turn: int = 0

    def __enter__(self) -> "ProcessTree":
        self._watcher = threading.Thread(target=self._watch)
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watcher.join()

    def cpu_s(self) -> float:
        """All that the tree has used so far, its dead included."""
        self._look(memory=False)
        return sum(self._seen.values())

    def _watch(self) -> None:
        while not self._over.wait(_INTERVAL_S):
            self._turn += 1
            self._look(memory=self._turn % 3 == 0)

    def _look(self, *, memory: bool) -> None:
        family = _family(self.root)
        for pid, (started, used_s) in family.items():
            self._seen[pid, started] = used_s
        if memory:
            self.peak_pss_mb = max(self.peak_pss_mb, sum(map(_pss_mb, family)))


def _family(root: int) -> dict[int, tuple[str, float]]:
    """Start and processor seconds of each living descendant, the root included."""
    every = {}
    for entry in os.listdir("/proc"):  # noqa: PTH208
        if entry.isdigit() and (fields := _stat(entry)):
            used_s = (int(fields[11]) + int(fields[12])) / _TICKS
            every[int(entry)] = int(fields[1]), (fields[19], used_s)
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
    try:
        lines = Path("/proc", str(pid), "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
