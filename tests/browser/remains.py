"""What a browser could leave behind: processes of ours, dead or alive."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_DIE_S = 5


def browsers_of_ours() -> list[str]:
    """Children of this process that are or were a browser; zombies count."""
    return [told for _, told in _children()]


def bury_adopted() -> None:
    """See off browsers whose own parent has gone: whoever once started one itself inherits them."""
    deadline = time.monotonic() + _DIE_S
    while (left := list(_children())) and time.monotonic() < deadline:
        for pid, _ in left:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        time.sleep(0.01)


def _children() -> Iterator[tuple[int, str]]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, rest = stat.read_text().partition("(")[2].rpartition(")")
            if int(rest.split()[1]) == os.getpid() and "chrom" in name:
                yield int(stat.parent.name), f"{name}{rest[:2]}"
