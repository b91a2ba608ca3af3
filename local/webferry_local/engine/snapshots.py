"""Keeps the engine's state on disk while it runs, so that even `kill -9` costs only seconds.

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

from ministack import app as ministack_app
from ministack.core import persistence
from ministack.services import cloudwatch_logs

CHILD_PATIENCE_S = 30
CHILD_POLL_S = 0.02
DUTY_CYCLE = 20
CAN_FORK = sys.platform == "linux"


class Snapshots:
    """Writes when something changed, at most every `every_s` seconds."""

    def __init__(self, every_s: float) -> None:
        self._every_s = every_s
        self._changed = False
        self.taken = 0
        self.last_ms = 0.0

    def note_change(self) -> None:
        self._changed = True

    async def keep_taking(self) -> None:
        pause = self._every_s
        while True:
            await asyncio.sleep(pause)
            if not self._changed:
                continue
            self._changed = False
            started = time.monotonic()
            if not await self._take():
                self._changed = True
            seconds = time.monotonic() - started
            self.last_ms = seconds * 1000
            self.taken += 1
            pause = self._every_s if CAN_FORK else max(self._every_s, seconds * DUTY_CYCLE)

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
