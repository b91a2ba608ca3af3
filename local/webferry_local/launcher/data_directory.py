"""The state directory: one launcher at a time, never older than its data, never without space."""

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from webferry_local.launcher.refusal import LaunchRefused

FORMAT = 1
SPACE_NEEDED_BYTES = 200 * 1024 * 1024
# A killed launcher may leave a child that still writes its last snapshot.
LAST_WORDS_S = 40


class NotRunning(Exception):
    """No launcher works on this data directory now."""


@dataclass(slots=True)
class DataDirectory:
    """Open it with `claim` to run the product, with `visit` to talk to a running one."""

    path: Path
    access_key: str
    _lock: TextIO | None = None

    @classmethod
    def claim(cls, path: Path) -> "DataDirectory":
        """Raises: LaunchRefused, with what to do about it."""
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            with ExitStack() as on_refusal:
                lock = on_refusal.enter_context(_lock(path))
                _check_space(path)
                data = cls(path, _access_key(path), lock)
                on_refusal.pop_all()
        except OSError as error:
            text = f"The data directory {path} cannot be used: {error.strerror or error}."
            raise LaunchRefused(text + " Choose another with WEBFERRY_DATA.") from error
        return data

    @classmethod
    def visit(cls, path: Path) -> "DataDirectory":
        """Raises: NotRunning."""
        if not (path / "running.json").exists():
            raise NotRunning(path)
        return cls(path, _access_key(path))

    @property
    def engine_directory(self) -> Path:
        return self.path / "engine"

    @property
    def plan_directory(self) -> Path:
        return self.path / "plan"

    @property
    def demo_file(self) -> Path:
        return self.path / "demo.json"

    def read_running(self) -> dict[str, Any]:
        try:
            running: dict[str, Any] = json.loads((self.path / "running.json").read_text())
            os.kill(running["pid"], 0)
        except (OSError, ValueError) as error:
            raise NotRunning(self.path) from error
        return running

    def write_running(self, **what: object) -> None:
        write_private(self.path / "running.json", {"pid": os.getpid(), **what})

    def release(self) -> None:
        (self.path / "running.json").unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.close()


def write_private(path: Path, content: Mapping[str, object]) -> None:
    """Replace the file in one step, readable by its owner only."""
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=2)
        file.write("\n")
    fresh.replace(path)


def _lock(path: Path) -> TextIO:
    lock = (path / "lock").open("a")
    deadline = time.monotonic() + LAST_WORDS_S
    while not _is_free(lock):
        if not _was_killed(path) or time.monotonic() > deadline:
            lock.close()
            raise LaunchRefused(
                f"Webferry already runs on {path}. Stop it with Ctrl-C where it was started, "
                "or run a second one with another WEBFERRY_DATA and WEBFERRY_PORT."
            )
        time.sleep(0.05)
    return lock


def _is_free(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _was_killed(path: Path) -> bool:
    """Whether what holds the lock is only the last snapshot of a launcher that is no more."""
    try:
        os.kill(json.loads((path / "running.json").read_text())["pid"], 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError):
        return False
    return False


def _check_space(path: Path) -> None:
    free = shutil.disk_usage(path).free
    if free < SPACE_NEEDED_BYTES:
        raise LaunchRefused(
            f"Only {free // 1_048_576} MB are free for {path}; Webferry needs at least "
            f"{SPACE_NEEDED_BYTES // 1_048_576} MB. Make room or set WEBFERRY_DATA elsewhere."
        )


def _access_key(path: Path) -> str:
    """The engine's account id and at the same time its port's secret: 12 random digits."""
    file = path / "identity.json"
    if not file.exists():
        key = "".join(secrets.choice("123456789") for _ in range(12))
        write_private(file, {"format": FORMAT, "accessKey": key})
    try:
        identity = json.loads(file.read_text())
        written_format, key = int(identity["format"]), str(identity["accessKey"])
    except (ValueError, KeyError, TypeError) as error:
        raise LaunchRefused(
            f"{file} is damaged. Restore it, or start afresh with another WEBFERRY_DATA."
        ) from error
    if written_format > FORMAT:
        raise LaunchRefused(
            f"{path} was written by a newer Webferry (format {written_format}, this one reads "
            f"{FORMAT}). Update this checkout, or start afresh with another WEBFERRY_DATA."
        )
    return key
