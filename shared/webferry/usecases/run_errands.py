"""Works off errands: claims them, does their tasks side by side, records what came of each."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from webferry.domain.errands import Lease
from webferry.domain.jobs import JobKind
from webferry.ports import Chance, Clock
from webferry.usecases.claim_errands import ClaimErrands, ErrandRef
from webferry.usecases.record_results import RecordResults
from webferry.usecases.shift import Shift, TaskRunner

HOLDER_LENGTH = 16
# A worker that was killed at its last moment may still have a write under way.
LEASE_MARGIN_MS = 10_000


@dataclass(frozen=True, slots=True)
class RunErrands:
    """One invocation of a worker is one shift, and one lease on all it takes."""

    claim: ClaimErrands
    record: RecordResults
    runners: Mapping[JobKind, TaskRunner]
    chance: Chance
    clock: Clock

    async def __call__(
        self, errands: Collection[ErrandRef], *, time_left_ms: int, memory_mb: int
    ) -> set[ErrandRef]:
        """The errands whose letters should come again: nobody knows whether they are done.

        Raises: Unavailable: none of them has been begun.
        """
        holder = self.chance.base62(HOLDER_LENGTH)
        lease = Lease(holder, self.clock.now_ms() + time_left_ms + LEASE_MARGIN_MS)
        claims = await asyncio.to_thread(self.claim, errands, lease)
        shift = Shift(
            claims.works,
            holder,
            self.record,
            self.runners,
            self.clock,
            ends_at_ms=self.clock.tick_ms() + time_left_ms,
            memory_mb=memory_mb,
        )
        return claims.unclear | await shift.work_off(claims.errands)
