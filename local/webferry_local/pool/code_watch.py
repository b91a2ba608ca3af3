"""Notices saved code: the version of a search path changes when one of its Python files does."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

LOOK_AGAIN_AFTER_S = 0.3


class CodeWatch:
    """Looks only when asked, and at most a few times a second: no thread, no idle cost."""

    def __init__(self, directories: tuple[Path, ...]) -> None:
        self._directories = directories
        self._lock = threading.Lock()
        self._looked_at = float("-inf")
        self._version = (0, 0)

    def version(self) -> tuple[int, int]:
        with self._lock:
            if time.monotonic() - self._looked_at > LOOK_AGAIN_AFTER_S:
                self._version = self._look()
                self._looked_at = time.monotonic()
            return self._version

    def _look(self) -> tuple[int, int]:
        newest, files = 0, 0
        for directory in self._directories:
            for modified_ns in _python_files(str(directory)):
                newest, files = max(newest, modified_ns), files + 1
        return newest, files


def _python_files(directory: str) -> Iterator[int]:
    try:
        entries = list(os.scandir(directory))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__" and not entry.name.startswith("."):
                yield from _python_files(entry.path)
        elif entry.name.endswith(".py"):
            yield entry.stat().st_mtime_ns
