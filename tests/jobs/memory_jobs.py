"""Jobs and their books in memory: the rules of the table without the table, to run many of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from webferry.domain.aftermath import aftermath_of, free_run_of, hold_of
from webferry.domain.credits import (
    FREE_RUNS_PER_DAY,
    EntryKind,
    FreeRun,
    LedgerEntry,
    Payment,
    Pot,
    Refund,
)
from webferry.domain.errors import InsufficientCredits, NotFound
from webferry.domain.jobs import Job, Tally
from webferry.domain.once import Once
from webferry.domain.parts import Part, PartRef
from webferry.domain.webhooks import Delivery
from webferry.domain.work import SavedSteps, Step, Work


@dataclass
class MemoryBooks:
    """What the tables say of credits."""

    pots: Counter[Pot] = field(default_factory=Counter)
    entries: list[LedgerEntry] = field(default_factory=list)
    free_runs: Counter[FreeRun] = field(default_factory=Counter)
    refunded: Counter[str] = field(default_factory=Counter)
    deliveries: list[Delivery] = field(default_factory=list)

    def post(self, entry: LedgerEntry) -> None:
        self.entries.append(entry)
        self.pots.update(entry.changes)

    def give(self, credits: int, reference: str) -> None:
        self.post(LedgerEntry(EntryKind.GRANT, reference, credits, 0))

    def take_back(self, refund: Refund) -> None:
        due = refund.credits - self.refunded[refund.reference]
        if due > 0:
            self.refunded[refund.reference] += due
            taken = min(due, self.pots[Pot.BALANCE])
            if taken:
                self.post(refund.entry(taken, 0))

    def open(self, job: Job) -> None:
        if job.terms.payment is Payment.CREDITS:
            if self.pots[Pot.BALANCE] < job.held_credits:
                raise InsufficientCredits(job.held_credits, self.pots[Pot.BALANCE])
            self.post(hold_of(job))
        if job.terms.payment is Payment.FREE_RUN:
            if self.free_runs[free_run_of(job)] >= FREE_RUNS_PER_DAY:
                raise InsufficientCredits(job.held_credits, 0)
            self.free_runs[free_run_of(job)] += 1

    def end(self, job: Job) -> None:
        aftermath = aftermath_of(job)
        for entry in aftermath.entries:
            self.post(entry)
        if aftermath.free_run_back:
            self.free_runs[aftermath.free_run_back] -= 1
        if aftermath.delivery:
            self.deliveries.append(aftermath.delivery)


@dataclass
class MemoryJobs:
    """Small jobs only. `moment` is called before and after whatever takes effect."""

    books: MemoryBooks = field(default_factory=MemoryBooks)
    moment: Callable[[], None] = lambda: None
    works: dict[PartRef, Work] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def open(self, job: Job, parts: Sequence[Part], once: Once | None) -> str | None:
        self.moment()
        if once and once.name in self.names:
            return self.names[once.name]
        self.books.open(job)
        if once:
            self.names[once.name] = job.id
        self.works[parts[0].ref] = Work(job, parts[0], 1)
        self.moment()
        return None

    def find(self, job_id: str) -> Job:
        self.moment()
        work = self.works.get(PartRef(job_id, 0))
        if work is None:
            raise NotFound("Job not found")
        return work.job

    def load(self, refs: Iterable[PartRef]) -> dict[PartRef, Work]:
        self.moment()
        return {ref: self.works[ref] for ref in refs if ref in self.works}

    def save(self, steps: Sequence[Step]) -> SavedSteps:
        self.moment()
        saved = SavedSteps({}, {})
        for step in steps:
            now = self.works[step.after.ref]
            if step.after == step.before:
                saved.kept[now.ref] = step.after
            elif now.version != step.before.version:
                saved.refused[now.ref] = now
            else:
                self.works[now.ref] = replace(step.after, version=now.version + 1)
                saved.kept[now.ref] = self.works[now.ref]
                if step.ends_job:
                    self.books.end(step.after.job)
        self.moment()
        return saved

    def due(self, now_ms: int, limit: int) -> list[PartRef]:
        self.moment()
        moments = {ref: work.due_at_ms for ref, work in self.works.items()}
        due = [ref for ref, at_ms in moments.items() if at_ms is not None and at_ms <= now_ms]
        return due[:limit]

    def tally(self, job: Job) -> Tally:
        return job.tally

    def begin(self, job: Job) -> None:
        raise AssertionError("no large jobs here")

    def end(self, job: Job) -> bool:
        raise AssertionError("no large jobs here")

    def look_again(self, ref: PartRef, at_ms: int) -> None:
        raise AssertionError("no large jobs here")

    def set_aside(self, ref: PartRef, now_ms: int) -> None:
        raise AssertionError("no large jobs here")
