"""Jobs under crashes at every call, duplicates, reordering, lost letters and sleeping workers."""

import threading

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as check

from tests.jobs.crashing import CrashPlan, LooseQueue
from tests.jobs.workshop import ACCOUNT, Engine, Workshop
from webferry.domain.errands import LETTER_PATIENCE_MS
from webferry.domain.errors import Conflict, Unavailable
from webferry.domain.jobs import Job, JobState, Pace
from webferry.domain.parts import PartRef, TaskResult
from webferry.usecases.claim_errands import ErrandRef
from webferry.usecases.job_engine import JobEngine

LEASE_S = 71
PICKS = st.integers(0, 999)
MOMENTS = st.none() | st.integers(0, 24)
SIZES = st.integers(1, 5) | st.sampled_from([6, 26, 40])
PACES = st.sampled_from([Pace(1), Pace(2, 0, 3000), Pace(5)])
KINDS = st.lists(st.sampled_from(["good", "fail", "flaky"]), min_size=1, max_size=5)


class Jobs(RuleBasedStateMachine):
    """What the world may do to jobs; the invariants are what it must not bring about."""

    engine: Engine

    @initialize()
    def furnish(self) -> None:
        self.workshop = Workshop.on(self.engine)
        self.plan = CrashPlan()
        self.queue = LooseQueue(self.plan.moment)
        self.workshop.watch = self.plan.watch
        plumbing = self.workshop.engine
        self.jobs = JobEngine(
            plumbing.jobs, self.queue, plumbing.bodies, plumbing.chance, plumbing.clock
        )
        self.workshop.__dict__["engine"] = self.jobs
        self.workshop.runner.on_visit = self.visit
        self.flakes: set[str] = set()
        self.asleep = False
        self.known: dict[str, None] = {}
        self.ended: dict[str, Job] = {}
        self.results: dict[tuple[PartRef, int], TaskResult] = {}

    def visit(self, url: str) -> None:
        if self.asleep:
            # This worker sleeps over its lease; meanwhile the world goes on without it.
            self.asleep = False
            self.workshop.later(LEASE_S)
            moments_left, self.plan.moments_left = self.plan.moments_left, None
            others = threading.Thread(target=self.go_on_and_be_seen)
            others.start()
            others.join()
            self.plan.moments_left = moments_left
        if "flaky" in url and url not in self.flakes:
            self.flakes.add(url)
            raise Unavailable("a worker's neighbour broke down")

    def go_on_and_be_seen(self) -> None:
        """What was seen while the worker slept must stand when it has written its own."""
        self.go_on()
        self.what_has_ended_stays_as_it_is()
        self.what_became_of_a_task_never_changes()

    def go_on(self) -> None:
        self.jobs.wind_clock()
        letters, self.queue.letters = self.queue.letters, []
        self.workshop.work(letters)

    @rule(size=SIZES, kinds=KINDS, pace=PACES, moment=MOMENTS)
    def submit(self, size: int, kinds: list[str], pace: Pace, moment: int | None) -> None:
        number = len(self.known)
        urls = [f"http://{kinds[n % len(kinds)]}/{number}/{n}" for n in range(size)]
        with self.plan.at(moment):
            self.known[self.workshop.submit(*urls, pace=pace)] = None

    @rule(
        picks=st.lists(PICKS, min_size=1, max_size=10),
        moment=MOMENTS,
        keep=st.booleans(),
        asleep=st.booleans(),
    )
    def deliver(self, *, picks: list[int], moment: int | None, keep: bool, asleep: bool) -> None:
        if not self.queue.letters:
            return
        letters = [self.letter(pick) for pick in picks]
        self.asleep = asleep
        again = set(letters)
        with self.plan.at(moment):
            again = self.workshop.work(letters)
        self.asleep = False
        if not keep:
            self.queue.letters = [
                each for each in self.queue.letters if each not in letters or each in again
            ]

    def letter(self, pick: int) -> ErrandRef:
        return self.queue.letters[pick % len(self.queue.letters)]

    @rule(pick=PICKS)
    def lose_a_letter(self, pick: int) -> None:
        if self.queue.letters:
            self.queue.letters.remove(self.letter(pick))

    @rule(pick=PICKS)
    def give_a_letter_up(self, pick: int) -> None:
        if self.queue.letters:
            dead = self.letter(pick)
            self.queue.letters.remove(dead)
            self.jobs.bury([dead])

    @rule(pick=PICKS, moment=MOMENTS)
    def cancel(self, pick: int, moment: int | None) -> None:
        if self.known:
            job_id = list(self.known)[pick % len(self.known)]
            with self.plan.at(moment):
                try:
                    self.jobs.cancel(ACCOUNT, job_id)
                except Conflict:
                    assert self.jobs.read(ACCOUNT, job_id).state.is_final

    @rule(seconds=st.sampled_from([1, 30, LEASE_S, 200]), moment=MOMENTS)
    def a_minute_passes(self, seconds: int, moment: int | None) -> None:
        self.workshop.later(seconds)
        with self.plan.at(moment):
            self.jobs.wind_clock()

    @invariant()
    def what_has_ended_stays_as_it_is(self) -> None:
        for job_id in self.known:
            job = self.jobs.read(ACCOUNT, job_id)
            assert job.tally.completed <= job.task_count
            assert self.ended.get(job_id, job) == job
            if job.state.is_final:
                self.ended[job_id] = job

    @invariant()
    def what_became_of_a_task_never_changes(self) -> None:
        refs = [
            PartRef(job_id, number)
            for job_id in self.known
            for number in self.jobs.read(ACCOUNT, job_id).part_numbers
        ]
        for ref, work in self.jobs.jobs.load(refs).items():
            for task, result in work.part.results.items():
                assert self.results.setdefault((ref, task), result) == result

    def teardown(self) -> None:
        if not hasattr(self, "jobs"):
            return
        for _ in range(8):
            self.workshop.later(LETTER_PATIENCE_MS / 1000 * 8)
            for _ in range(12):
                self.go_on()
                if not self.queue.letters:
                    break
        for job_id in self.known:
            self.ended_rightly(self.jobs.read(ACCOUNT, job_id))
        assert self.jobs.jobs.due(self.workshop.clock.now_ms() + 10**9, 10) == []

    def ended_rightly(self, job: Job) -> None:
        assert job.state.is_final
        if job.state is JobState.CANCELLED:
            return
        works = self.jobs.jobs.load(PartRef(job.id, number) for number in job.part_numbers)
        results = [result for work in works.values() for result in work.part.results.values()]
        assert len(results) == job.task_count == job.tally.completed
        assert sum(result.ok for result in results) == job.tally.succeeded
        if job.tally.failed == 0:
            assert job.state is JobState.SUCCEEDED
        else:
            assert job.state is (JobState.PARTIAL if job.tally.succeeded else JobState.FAILED)


@pytest.mark.parametrize("examples", [5])
def test_no_job_is_lost_doubled_or_stranded(engine: Engine, examples: int) -> None:
    check(
        type("JobsOnTheEngine", (Jobs,), {"engine": engine}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            # Ids and times differ from run to run, so a shorter example would be another one.
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
