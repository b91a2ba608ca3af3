"""A directory for one browser's life: profile, cache and temporary files, all gone after it."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "webferry-browser-"
_OWNED = re.compile(rf"{PREFIX}(\d+)-\w+")


@contextmanager
def job_directory() -> Iterator[Path]:
    """The directory; its name says which process has to clean it up."""
    path = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    try:
        yield path
    finally:
        # A dying browser may still write: what it adds now goes with the next sweep.
        shutil.rmtree(path, ignore_errors=True)


def sweep_orphans() -> None:
    """Remove the directories of processes that are no more, and our own leftovers."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = _OWNED.fullmatch(path.name)
        if owner and not _alive(int(owner[1])):
            shutil.rmtree(path, ignore_errors=True)


def free_bytes() -> int:
    """What temporary files may still take."""
    return shutil.disk_usage(tempfile.gettempdir()).free


def _alive(pid: int) -> bool:
    if pid == os.getpid():
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
