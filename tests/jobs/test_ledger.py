"""The ledger under crashes, duplicates, fenced workers and midnight: every credit is somewhere."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as check

from tests.jobs.ledger_worlds import InMemory, InTables, World, work
from tests.jobs.till import RECEIVER, Till
from tests.jobs.workshop import ACCOUNT, AT_ONCE, Engine, Workshop
from webferry.domain.aftermath import free_run_of
from webferry.domain.credits import FREE_RUNS_PER_DAY, EntryKind, Payment, Pot, Refund
from webferry.domain.errands import LETTER_PATIENCE_MS, Lease
from webferry.domain.errors import Conflict, InsufficientCredits, NotFound, Unavailable
from webferry.domain.jobs import JobKind, JobState
from webferry.domain.once import Once
from webferry.domain.parts import PartRef, TaskResult
from webferry.domain.work import Step
from webferry.usecases.submit_job import JobOrder

STEPS = 50
PICKS = st.integers(0, 999)
MOMENTS = st.none() | st.integers(0, 9)
KINDS = st.sampled_from(["good", "good", "fail", "flaky"])
TOOLS = st.sampled_from(["web-scraper", "markdown"])
SECONDS = st.sampled_from([1, 61, 200, 6 * 3600])


class Ledger(RuleBasedStateMachine):
    """What the world may do to paid jobs; the invariants are what it must not bring about."""

    steps = 0

    def new_world(self) -> World:
        return InMemory()

    @initialize(credits=st.integers(0, 12))
    def open_shop(self, credits: int) -> None:
        self.world = self.new_world()
        if credits:
            self.world.give(credits, "first")
        self.known: dict[str, None] = {}
        self.flakes: set[str] = set()
        self.fenced: list[Step] = []
        self.world.runner.on_visit = self.visit

    def visit(self, url: str) -> None:
        if "flaky" in url and url not in self.flakes:
            self.flakes.add(url)
            raise Unavailable("a worker's neighbour broke down")

    @rule(kind=KINDS, tool=TOOLS, price=st.integers(1, 3), moment=MOMENTS, twice=st.booleans())
    def submit(self, kind: str, tool: str, price: int, moment: int | None, *, twice: bool) -> None:
        url = f"http://{kind}/{len(self.known)}"
        order = JobOrder(JobKind.TOOL, ACCOUNT, (url,), "{}", AT_ONCE, tool, price, RECEIVER)
        once = Once.of(ACCOUNT, url, b"")
        for _ in range(1 + twice):
            with self.world.plan.at(moment), suppress(InsufficientCredits):
                self.known[self.world.engine.submit(order, once)] = None

    @rule(picks=st.lists(PICKS, min_size=1, max_size=6), moment=MOMENTS, keep=st.booleans())
    def deliver(self, picks: list[int], moment: int | None, *, keep: bool) -> None:
        queue = self.world.queue
        if not queue.letters:
            return
        letters = [queue.letters[pick % len(queue.letters)] for pick in picks]
        if not keep:
            queue.letters = [each for each in queue.letters if each not in letters]
        with self.world.plan.at(moment):
            work(self.world, letters)

    @rule(pick=PICKS)
    def fall_asleep_over_a_job(self, pick: int) -> None:
        """A worker that has a lease and a result, and writes it down much later."""
        works = self.world.engine.jobs.load(PartRef(job_id, 0) for job_id in self.known)
        open_works = [each for each in works.values() if not each.job.state.is_final]
        if not open_works:
            return
        work, now_ms = open_works[pick % len(open_works)], self.world.clock.now_ms()
        asleep = work.claimed(0, Lease("sleeper", now_ms + 70_000), now_ms)
        if asleep and self.world.engine.jobs.save([Step(work, asleep)]).kept:
            (kept,) = self.world.engine.jobs.load([work.ref]).values()
            self.fenced.append(Step(kept, kept.recorded(0, "sleeper", {0: TaskResult()}, now_ms)))

    @rule(pick=PICKS)
    def wake_up(self, pick: int) -> None:
        if self.fenced:
            self.world.engine.jobs.save([self.fenced.pop(pick % len(self.fenced))])

    @rule(pick=PICKS)
    def give_a_letter_up(self, pick: int) -> None:
        letters = self.world.queue.letters
        if letters:
            self.world.engine.bury([letters.pop(pick % len(letters))])

    @rule(pick=PICKS, moment=MOMENTS)
    def cancel(self, pick: int, moment: int | None) -> None:
        if self.known:
            job_id = list(self.known)[pick % len(self.known)]
            with self.world.plan.at(moment), suppress(Conflict, NotFound):
                self.world.engine.cancel(ACCOUNT, job_id)

    @rule(credits=st.integers(1, 9), payment=st.sampled_from(["ch_1", "ch_2"]), moment=MOMENTS)
    def give_money_back(self, credits: int, payment: str, moment: int | None) -> None:
        with self.world.plan.at(moment):
            self.world.take_back(Refund(ACCOUNT, payment, credits))

    @rule(seconds=SECONDS, moment=MOMENTS)
    def time_passes(self, seconds: int, moment: int | None) -> None:
        self.world.clock.ahead_ms += seconds * 1000
        with self.world.plan.at(moment):
            self.world.engine.wind_clock()

    @invariant()
    def the_books_are_right(self) -> None:
        type(self).steps += 1
        books, jobs = self.world.books(), self.world.jobs()
        total: Counter[Pot] = Counter()
        for entry in books.entries:
            total.update(entry.changes)
        assert {pot: total[pot] for pot in Pot} == {pot: books.pots[pot] for pot in Pot}
        assert sum(books.pots.values()) == 0
        assert books.pots[Pot.BALANCE] >= 0
        assert books.pots[Pot.HELD] == sum(j.held_credits for j in jobs if not j.state.is_final)
        assert books.pots[Pot.SPENT] == sum(job.used_credits for job in jobs)
        moved = Counter((entry.kind, entry.reference) for entry in books.entries)
        assert max(moved.values(), default=0) <= 1
        given = (EntryKind.GRANT, EntryKind.REFUND)
        ended = Counter(ref for kind, ref in moved if kind not in given)
        paid = [job for job in jobs if job.terms.payment is Payment.CREDITS]
        assert all(ended[job.id] == 1 + job.state.is_final for job in paid)

    @invariant()
    def every_end_is_told_once_and_no_free_run_is_lost(self) -> None:
        books, jobs = self.world.books(), self.world.jobs()
        told = Counter(delivery.job_id for delivery in books.deliveries)
        assert all(told[job.id] == job.state.is_final for job in jobs)
        used = Counter(
            free_run_of(job)
            for job in jobs
            if job.terms.payment is Payment.FREE_RUN
            and job.state not in (JobState.FAILED, JobState.CANCELLED)
        )
        assert +books.free_runs == used
        assert max(used.values(), default=0) <= FREE_RUNS_PER_DAY

    def teardown(self) -> None:
        if not hasattr(self, "known"):
            return
        for _ in range(8):
            self.world.clock.ahead_ms += LETTER_PATIENCE_MS * 8
            for _ in range(12):
                self.world.engine.wind_clock()
                letters, self.world.queue.letters = self.world.queue.letters, []
                work(self.world, letters)
                if not self.world.queue.letters:
                    break
        assert all(job.state.is_final for job in self.world.jobs())
        assert self.world.books().pots[Pot.HELD] == 0
        self.the_books_are_right()


def run(machine: type[Ledger], examples: int, steps: int) -> None:
    check(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.promise("credit.hold", "credit.capture", "credit.release", "credit.order")
def test_in_five_thousand_steps_no_credit_is_lost_or_made() -> None:
    Ledger.steps = 0

    run(Ledger, examples=150, steps=STEPS)

    assert Ledger.steps >= 5000


def test_the_tables_keep_the_same_books(engine: Engine) -> None:
    class OnTheEngine(Ledger):
        def new_world(self) -> World:
            return InTables(engine)

    run(OnTheEngine, examples=4, steps=20)


@pytest.mark.promise("credit.order", "credit.exhausted", "tools.credits.insufficient")
def test_a_crowd_pays_with_every_credit_once_then_runs_free_then_is_refused(
    workshop: Workshop,
) -> None:
    till = Till.of(workshop)
    order = JobOrder(JobKind.TOOL, ACCOUNT, ("http://a/good",), "{}", AT_ONCE, "web-scraper")

    def ten(_: int) -> list[str]:
        paid = []
        for _ in range(10):
            try:
                paid.append(str(workshop.engine.submit.job(order).terms.payment))
            except InsufficientCredits as refusal:
                paid.append(f"402 {refusal.details}")
        return paid

    with ThreadPoolExecutor(32) as pool:
        outcomes = Counter(outcome for some in pool.map(ten, range(32)) for outcome in some)

    refused = f"402 { ({'required': 1, 'available': 0}) }"
    assert outcomes == {"credits": 50, "free_run": 3, refused: 267}
    assert (till.wallet(), till.free_runs_used()) == ((0, 50), 3)
