"""Once a minute: sends lost letters again, takes lapsed leases back, ends what nobody ended."""

import logging
from dataclasses import dataclass
from typing import NamedTuple

from webferry.domain.errands import LETTER_PATIENCE_MS
from webferry.domain.errors import NotFound, Unavailable
from webferry.domain.parts import PartRef
from webferry.domain.work import Work
from webferry.ports import Clock, Jobs
from webferry.usecases.record_results import RecordResults
from webferry.usecases.settle_job import SettleJob

GLANCE = 10
# What one winding sees to at most on a shelf; the rest is a minute late, not lost.
ROUNDS = 60

_log = logging.getLogger(__name__)


class Wound(NamedTuple):
    """How much of what was due has been seen to, and how much could not be."""

    seen: int
    failed: int


@dataclass(frozen=True, slots=True)
class WindClock:
    """The index only says where to look: what is done follows from the work as it stands."""

    jobs: Jobs
    record: RecordResults
    settle: SettleJob
    clock: Clock

    def __call__(self) -> Wound:
        """Raises: Unavailable: nobody knows what is due."""
        now_ms, seen, failed = self.clock.now_ms(), set[PartRef](), 0
        for _ in range(ROUNDS):
            due = [ref for ref in self.jobs.due(now_ms, GLANCE + failed) if ref not in seen]
            if not due:
                break
            seen.update(due)
            for start in range(0, len(due), GLANCE):
                failed += self._see_to(due[start : start + GLANCE])
        return Wound(len(seen), failed)

    def _see_to(self, refs: list[PartRef]) -> int:
        try:
            works = self.jobs.load(refs)
            self.record.apply(works, self._recovered)
            for ref in refs:
                if ref not in works:
                    self._look_at_large_job(ref)
        except Unavailable:
            _log.warning("what is due has to wait", exc_info=True)
            return len(refs)
        return 0

    def _recovered(self, work: Work) -> Work:
        return work.recovered(self.clock.now_ms())

    def _look_at_large_job(self, ref: PartRef) -> None:
        try:
            job = self.jobs.find(ref.job_id)
        except NotFound:
            self.jobs.set_aside(ref, self.clock.now_ms())
            return
        if not self.settle(job):
            self.jobs.look_again(ref, self.clock.now_ms() + LETTER_PATIENCE_MS)
