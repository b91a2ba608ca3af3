"""A journal of what changed since the last snapshot: one line for what is true together.

A line is handed to the operating system before the change is answered, so it outlives this process;
a power cut may still take the last lines, as the disk is not waited for.
"""

import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Entry = list[Any]
Decode = Callable[[dict[str, Any]], Any]


class Journal:
    """Thread-safe. Files are numbered; a new one begins with every start and every snapshot."""

    def __init__(self, directory: Path, *, encode: Callable[[Any], Any], decode: Decode) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        self._encode = encode
        self._decode = decode
        self._lock = threading.Lock()
        self._number = max(self._numbers(), default=0) + 1
        self._file = self._opened()

    def write(self, entries: list[Entry]) -> None:
        """Raises: OSError: the disk is full, and the change must not be answered as done."""
        line = json.dumps(entries, default=self._encode, separators=(",", ":")).encode() + b"\n"
        with self._lock:
            rest = memoryview(line)
            while rest:
                rest = rest[os.write(self._file, rest) :]

    def begin_anew(self) -> int:
        """From now on write into a new file; the number of the one before."""
        with self._lock:
            os.close(self._file)
            self._number += 1
            self._file = self._opened()
            return self._number - 1

    def forget(self, up_to: int) -> None:
        """A snapshot has what these files say."""
        for number in self._numbers():
            if number <= up_to:
                self._path(number).unlink(missing_ok=True)

    def entries(self) -> Iterator[Entry]:
        """All that was written, in its order; a line cut short by a kill was never answered."""
        for number in sorted(self._numbers()):
            for line in self._path(number).read_bytes().split(b"\n")[:-1]:
                try:
                    yield from json.loads(line, object_hook=self._decode)
                except ValueError:
                    continue

    def _numbers(self) -> list[int]:
        return [int(path.stem) for path in self._directory.glob("*.jsonl")]

    def _path(self, number: int) -> Path:
        return self._directory / f"{number:012}.jsonl"

    def _opened(self) -> int:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        return os.open(self._path(self._number), flags, 0o600)
