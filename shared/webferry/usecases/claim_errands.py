"""Takes errands for one worker: what a letter names may be done, cancelled or somebody's."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from webferry.domain.errands import Lease
from webferry.domain.parts import PartRef
from webferry.domain.work import Step, Work
from webferry.ports import Clock, Jobs

# Others change the same small job now and then; each round starts from how they left it.
ROUNDS = 8


class ErrandRef(NamedTuple):
    """What a letter names."""

    part: PartRef
    number: int


@dataclass(frozen=True, slots=True)
class Claims:
    """What this worker has now, and what it could not find out about."""

    works: dict[PartRef, Work]
    errands: list[ErrandRef]
    unclear: set[ErrandRef]


@dataclass(frozen=True, slots=True)
class ClaimErrands:
    """One read and one write for all letters of a batch."""

    jobs: Jobs
    clock: Clock

    def __call__(self, asked: Iterable[ErrandRef], lease: Lease) -> Claims:
        """Raises: Unavailable."""
        wanted: dict[PartRef, list[int]] = {}
        for errand in dict.fromkeys(asked):
            wanted.setdefault(errand.part, []).append(errand.number)
        claims = Claims({}, [], set())
        open_works = self.jobs.load(wanted)
        for _ in range(ROUNDS):
            steps, taken = self._steps(open_works, wanted, lease)
            saved = self.jobs.save(steps)
            claims.works.update(saved.kept)
            claims.errands.extend(
                ErrandRef(ref, number) for ref in saved.kept for number in taken[ref]
            )
            self._begin(step for step in steps if step.after.ref in saved.kept)
            open_works = saved.refused
            if not open_works:
                break
        claims.unclear.update(
            ErrandRef(ref, number) for ref in open_works for number in wanted[ref]
        )
        return claims

    def _steps(
        self, works: dict[PartRef, Work], wanted: dict[PartRef, list[int]], lease: Lease
    ) -> tuple[list[Step], dict[PartRef, list[int]]]:
        now_ms = self.clock.now_ms()
        steps, taken = [], {}
        for ref, work in works.items():
            after, numbers = work, []
            for number in wanted[ref]:
                claimed = after.claimed(number, lease, now_ms)
                if claimed:
                    after = claimed
                    numbers.append(number)
            if numbers:
                steps.append(Step(work, after))
                taken[ref] = numbers
        return steps, taken

    def _begin(self, steps: Iterable[Step]) -> None:
        begun = {
            step.after.job.id: step.after.job
            for step in steps
            if not step.after.job.is_small and step.before.job.state is not step.after.job.state
        }
        for job in begun.values():
            self.jobs.begin(job)
