"""Wait for something to become true, up to a deadline."""

import time
from collections.abc import Callable
from typing import TypeVar

PAUSE_S = 0.05

Answer = TypeVar("Answer")


def wait_until(predicate: Callable[[], Answer], seconds: float) -> Answer:
    """Ask until the answer is truthy and return it; fail when the time is up."""
    deadline = time.monotonic() + seconds
    while not (answer := predicate()):
        assert time.monotonic() < deadline, f"still {answer!r} after {seconds} s"
        time.sleep(PAUSE_S)
    return answer
