"""Work: a part together with the job it belongs to, and what a step on one does to the other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

from webferry.domain.costs import PRICE_TABLES
from webferry.domain.errands import Lease
from webferry.domain.jobs import Job, Tally
from webferry.domain.parts import Part, PartRef, TaskResult, letters_after


@dataclass(frozen=True, slots=True)
class Work:
    """What was stored under one version; it can be replaced as long as that is the newest."""

    job: Job
    part: Part
    version: int = 0

    @property
    def ref(self) -> PartRef:
        """Where it is found."""
        return self.part.ref

    @property
    def tally(self) -> Tally:
        """The tasks of this part that ended."""
        return tally_of(self.part, self.job.prices)

    @property
    def due_at_ms(self) -> int | None:
        """When somebody should look at it; never again once the job has ended."""
        return None if self.job.state.is_final else self.part.due_at_ms

    def claimed(self, number: int, lease: Lease, now_ms: int) -> Self | None:
        """The work with an errand leased; None if it may not be worked off."""
        if self.job.state.is_final or self.job.expires_at_ms <= now_ms:
            return None
        part = self.part.claimed(number, lease, now_ms)
        return None if part is None else replace(self, part=part, job=self.job.begun(now_ms))

    def recorded(
        self, number: int, holder: str, results: Mapping[int, TaskResult], now_ms: int
    ) -> Self:
        """The work with a holder's results."""
        return self.with_part(self.part.recorded(number, holder, results, now_ms), now_ms)

    def handed_back(self, number: int, holder: str, now_ms: int, *, counts: bool) -> Self:
        """The work after a holder could not finish an errand."""
        part = self.part.handed_back(number, holder, now_ms, counts=counts)
        return self.with_part(part, now_ms)

    def recovered(self, now_ms: int) -> Self:
        """The work after what was lost on the way is taken up again."""
        give_up = self.job.give_up_at_ms <= now_ms
        return self.with_part(self.part.recovered(now_ms, give_up=give_up), now_ms)

    def buried(self, number: int, now_ms: int) -> Self:
        """The work after the queue has given an errand up."""
        return self.with_part(self.part.buried(number, now_ms), now_ms)

    def cancelled(self, now_ms: int) -> Self:
        """The work, ended by its owner."""
        return replace(self, job=self.job.cancelled(now_ms))

    def with_part(self, part: Part, now_ms: int) -> Self:
        """The work after a step of its part; a small job counts its tasks at once.

        The tasks of an ended small job are closed: what comes late is dropped.
        """
        if not self.job.is_small:
            return replace(self, part=part)
        if self.job.state.is_final:
            return self
        return replace(
            self, part=part, job=self.job.counted(tally_of(part, self.job.prices), now_ms)
        )


class ReadyErrand(NamedTuple):
    """An errand that a letter should bring to a worker, from that moment on."""

    ref: PartRef
    number: int
    at_ms: int


class Step(NamedTuple):
    """Work as it was read, and as it shall be."""

    before: Work
    after: Work

    @property
    def completes_part(self) -> bool:
        """Whether this step gives the last task of the part its result."""
        return self.after.part.is_complete and not self.before.part.is_complete

    @property
    def ends_job(self) -> bool:
        """Whether this step ends its job, whose aftermath then belongs to it."""
        return self.after.job.state.is_final and not self.before.job.state.is_final


class SavedSteps(NamedTuple):
    """What became of steps: work as it stands now, kept or refused; what is gone is in neither."""

    kept: dict[PartRef, Work]
    refused: dict[PartRef, Work]


def to_send(before: Work | None, after: Work) -> list[ReadyErrand]:
    """The errands that a step made ready."""
    if after.job.state.is_final:
        return []
    ready = letters_after(before.part if before else None, after.part)
    return [ReadyErrand(after.ref, number, at_ms) for number, at_ms in ready]


def tally_of(part: Part, prices: str) -> Tally:
    """The tasks of a part that ended, and what they cost."""
    table = PRICE_TABLES[prices]
    succeeded = sum(result.ok for result in part.results.values())
    spent = sum(table.nano_usd(result.cost, len(part.urls)) for result in part.results.values())
    return Tally(succeeded, len(part.results) - succeeded, spent)
