"""The machine we run on: the only module that reads its clock and its randomness."""

import secrets
import time

from webferry.domain.keys import BASE62


class SystemClock:
    """The machine's clocks."""

    def now_ms(self) -> int:
        """The time of day, as milliseconds since 1970."""
        return time.time_ns() // 1_000_000

    def tick_ms(self) -> float:
        """A time that never jumps."""
        return time.perf_counter_ns() / 1_000_000


class SystemChance:
    """The machine's source of unforeseeable bytes."""

    def base62(self, length: int) -> str:
        """That many random letters and digits."""
        return "".join(secrets.choice(BASE62) for _ in range(length))

    def octets(self, length: int) -> bytes:
        """That many random bytes."""
        return secrets.token_bytes(length)
