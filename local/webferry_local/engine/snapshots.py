"""Keeps the engine's state on disk while it runs; the journal has what came after the last of it.

Where the system can fork, a child writes the copy-on-write image of this very moment, and the
engine goes on serving; elsewhere the engine pauses to write, at most a twentieth of its time.
"""

import asyncio
import os
import signal
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from ministack import app as ministack_app
from ministack.core import persistence
from ministack.services import cloudwatch_logs

from webferry_local.engine.journal import Journal

CHILD_PATIENCE_S = 30
CHILD_POLL_S = 0.02
DUTY_CYCLE = 20
CAN_FORK = sys.platform == "linux"
# What the journal leads back to: it is shortened only once these are surely written.
JOURNALLED = ("dynamodb", "sqs")


class Snapshots:
    """Writes when something changed, at most every `every_s` seconds."""

    def __init__(self, every_s: float, journal: Journal) -> None:
        self._every_s = every_s
        self._journal = journal
        self._one_at_a_time = asyncio.Lock()
        self._changed = False
        self.taken = 0
        self.last_ms = 0.0

    def note_change(self) -> None:
        self._changed = True

    async def keep_taking(self) -> None:
        pause = self._every_s
        while True:
            await asyncio.sleep(pause)
            if self._changed:
                # Whoever stops us must not start another one beside it: both write the same files.
                await asyncio.shield(self.take())
                pause = self._every_s if CAN_FORK else max(self._every_s, self._pause_s)

    async def take(self) -> bool:
        """Write all there is at this moment; False if something of it is not on disk."""
        async with self._one_at_a_time:
            self._changed = False
            started = time.monotonic()
            before = _signatures()
            told = self._journal.begin_anew()
            complete = await self._take() and _all_differ(before)
            if complete:
                self._journal.forget(told)
            else:
                self._changed = True
            self.last_ms = (time.monotonic() - started) * 1000
            self.taken += 1
            return complete

    @property
    def _pause_s(self) -> float:
        return self.last_ms / 1000 * DUTY_CYCLE

    async def _take(self) -> bool:
        if not CAN_FORK:
            return _write_everything()
        with warnings.catch_warnings():
            # Newer Pythons warn of forking with threads: the child only writes files and ends.
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            _write_and_end()
        return await _ended_well(child)


def _write_and_end() -> None:
    status = 1
    try:
        _forget_log_lines()
        status = 0 if _write_everything() else 1
    finally:
        os._exit(status)


def _forget_log_lines() -> None:
    """The child's own copy: lines are bulky, and only a clean stop has to keep them."""
    for _, group in cloudwatch_logs._log_groups.all_items():
        group["streams"] = {}


def _write_everything() -> bool:
    """False if a service changed under our hands; what was written before stays whole."""
    states: dict[str, Callable[[], object]] = ministack_app._build_persistence_save_dict()
    complete = True
    for service, get_state in states.items():
        try:
            state = get_state()
        except RuntimeError:
            complete = False
            continue
        if state is not None:
            persistence.save_state(service, state)
    return complete


def _signatures() -> list[tuple[int, int] | None]:
    """What shows that a file was replaced: ministack only logs that it could not."""
    paths = [Path(persistence.STATE_DIR) / f"{service}.json" for service in JOURNALLED]
    found = [path.stat() if path.exists() else None for path in paths]
    return [stat and (stat.st_ino, stat.st_mtime_ns) for stat in found]


def _all_differ(before: list[tuple[int, int] | None]) -> bool:
    now = zip(_signatures(), before, strict=True)
    return all(signature not in (None, earlier) for signature, earlier in now)


async def _ended_well(child: int) -> bool:
    deadline = time.monotonic() + CHILD_PATIENCE_S
    while True:
        pid, status = _reap(child, os.WNOHANG)
        if pid:
            return status == 0
        if time.monotonic() > deadline:
            # A lock that another thread held at the fork never opens in the child.
            os.kill(child, signal.SIGKILL)
            _reap(child, 0)
            return False
        await asyncio.sleep(CHILD_POLL_S)


def _reap(child: int, options: int) -> tuple[int, int]:
    return os.waitpid(child, options)
