"""Fails the tasks of errands that the queue has given up, so that their job can end."""

from collections.abc import Iterable
from dataclasses import dataclass

from webferry.domain.work import Work
from webferry.ports import Clock, Jobs
from webferry.usecases.claim_errands import ErrandRef
from webferry.usecases.record_results import RecordResults


@dataclass(frozen=True, slots=True)
class BuryErrands:
    """A letter may die though its errand lives on: what is done, or in good hands, stays so."""

    jobs: Jobs
    record: RecordResults
    clock: Clock

    def __call__(self, errands: Iterable[ErrandRef]) -> None:
        """Raises: Unavailable."""
        dead = list(errands)

        def bury(work: Work) -> Work:
            for errand in dead:
                if errand.part == work.ref and errand.number < len(work.part.errands):
                    work = work.buried(errand.number, self.clock.now_ms())
            return work

        self.record.apply(self.jobs.load(errand.part for errand in dead), bury)
