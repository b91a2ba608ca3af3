"""Memory watch: what a browser's processes hold, looked at often enough to stop a bomb."""

import asyncio
import os
import re
from pathlib import Path

LOOK_EVERY_S = 0.25
_PROC = Path("/proc")
_GROUP_EVERY = 4
_HELD = re.compile(rb"^Rss(?:Anon|Shmem):\s+(\d+) kB$", re.MULTILINE)


async def until_it_holds(group: int, limit_bytes: int) -> None:
    """Return once the process group holds more than this; never, where /proc tells nothing."""
    looks, members = 0, [group]
    while True:
        # Finding the members costs more than asking them, and they seldom change.
        if looks % _GROUP_EVERY == 0:
            members = members_of(group)
        if sum(map(held_bytes, members)) > limit_bytes:
            return
        looks += 1
        await asyncio.sleep(LOOK_EVERY_S)


def members_of(group: int) -> list[int]:
    """The processes of a group."""
    if not _PROC.is_dir():
        return []
    with os.scandir(_PROC) as entries:
        pids = [int(entry.name) for entry in entries if entry.name.isdigit()]
    return [pid for pid in pids if _group(pid) == group]


def held_bytes(pid: int) -> int:
    """Memory that is this process's own: not its program, which all browsers share."""
    try:
        status = (_PROC / str(pid) / "status").read_bytes()
    except OSError:
        return 0
    return sum(int(kilobytes) for kilobytes in _HELD.findall(status)) * 1024


def _group(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except OSError:
        return 0
