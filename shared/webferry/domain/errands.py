"""Errands: what one letter of a queue stands for.

An errand is *held* until its turn comes, *ready* while a letter for it should be under way,
*leased* while a worker has it, and *done* when each of its tasks has a result. A lease names its
holder, and only that holder's results count: a worker that was thought dead and wakes up changes
nothing.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

# How long a letter may be under way before another one is sent; each waits twice as long as the
# one before, so that letters do not pile up while all workers are busy.
LETTER_PATIENCE_MS = 60_000
MAX_LETTER_PATIENCE_MS = 15 * 60_000


class Lease(NamedTuple):
    """Who has an errand, and until when nobody else may."""

    holder: str
    until_ms: int


@dataclass(frozen=True, slots=True)
class Errand:
    """Neighbouring tasks of a part; `delay_ms` is how long it waits once its turn has come."""

    first: int
    count: int
    delay_ms: int = 0
    ready_at_ms: int | None = None
    attempts: int = 0
    letters: int = 1
    lease: Lease | None = None

    @property
    def tasks(self) -> range:
        """Places of its tasks within the part."""
        return range(self.first, self.first + self.count)

    @property
    def due_at_ms(self) -> int | None:
        """When somebody should look what became of it, unless it is held."""
        if self.lease:
            return self.lease.until_ms
        if self.ready_at_ms is None:
            return None
        patience_ms = LETTER_PATIENCE_MS << min(self.letters - 1, 8)
        return self.ready_at_ms + min(patience_ms, MAX_LETTER_PATIENCE_MS)

    def ready(self, at_ms: int) -> "Errand":
        """The errand, to be worked off from then on."""
        return replace(self, ready_at_ms=at_ms, lease=None, letters=1)

    def ready_again(self, at_ms: int) -> "Errand":
        """The errand, whose letter seems to be lost."""
        return replace(self, ready_at_ms=at_ms, letters=self.letters + 1)

    def leased(self, lease: Lease) -> "Errand":
        """The errand in a worker's hands."""
        return replace(self, lease=lease, attempts=self.attempts + 1)
