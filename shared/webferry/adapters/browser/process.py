"""A browser as processes: started in a group of its own, and not left before all are dead."""

import asyncio
import ctypes
import fcntl
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from webferry.adapters.browser.devtools import DevTools
from webferry.adapters.browser.flags import Launch

# The child finds its ends of the pipes at 3 and 4; ours must not stand there.
_FIRST_FREE_FD = 10
_CHILD_READS, _CHILD_WRITES = 3, 4
_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36
_REAP_EVERY_S = 0.005
_REAP_FOR_S = 3.0
ERRORS = "errors.txt"


def harden_this_process() -> None:
    """Adopt orphans of the browser to bury them, and hide our environment from it.

    A process of the same user could read it under /proc; where the kernel refuses either, so be it.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class BrowserProcess:
    """A running browser; `pid` is its process group too."""

    pid: int
    devtools: DevTools
    directory: Path

    @classmethod
    async def start(cls, launch: Launch) -> Self:
        """Raises: OSError: the program cannot be run."""
        to_child, from_us = _pipe()
        to_us, from_child = _pipe()
        try:
            pid = _spawn(launch, to_child, from_child)
        except OSError:
            os.close(from_us)
            os.close(to_us)
            raise
        finally:
            os.close(to_child)
            os.close(from_child)
        try:
            return cls(pid, await DevTools.over(to_us, from_us), launch.directory)
        except BaseException:
            os.killpg(pid, signal.SIGKILL)
            raise

    def last_words(self) -> str:
        """What the browser complained about, to be read once it would not start."""
        with suppress(OSError), (self.directory / ERRORS).open("rb") as errors:
            errors.seek(max(0, errors.seek(0, os.SEEK_END) - 2000))
            return errors.read().decode("utf-8", "replace").strip()
        return ""

    def kill(self) -> None:
        """End every process at once; none gets to say goodbye."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    async def bury(self) -> None:
        """Kill, and wait until nothing of the group is left, not even a zombie."""
        self.kill()
        self.devtools.close()
        waited_s = 0.0
        while _reap(self.pid) and waited_s < _REAP_FOR_S:
            await asyncio.sleep(_REAP_EVERY_S)
            waited_s += _REAP_EVERY_S


def _spawn(launch: Launch, reads: int, writes: int) -> int:
    silence = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    return os.posix_spawn(
        launch.program,
        launch.command,
        launch.environment,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, str(launch.directory / ERRORS), silence, 0o600),
            (os.POSIX_SPAWN_DUP2, reads, _CHILD_READS),
            (os.POSIX_SPAWN_DUP2, writes, _CHILD_WRITES),
        ],
        setpgroup=0,
    )


def _pipe() -> tuple[int, int]:
    """Both ends closed on exec, and neither where the child expects its own."""
    ends = os.pipe()
    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _FIRST_FREE_FD) for end in ends]
    for end in ends:
        os.close(end)
    return moved[0], moved[1]


def _reap(group: int) -> bool:
    """Bury the group's dead; whether somebody of it still lives."""
    try:
        while os.waitpid(-group, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True
