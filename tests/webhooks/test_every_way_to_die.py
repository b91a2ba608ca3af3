"""Deliveries under crashes at every call, duplicates, lost calls and machines that die."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as check

from tests.furnished import JOBS_TABLE, TRAFFIC_TABLE, Engine, furnish
from tests.jobs.crashing import CrashPlan
from tests.jobs.workshop import MovableClock
from webferry.adapters.aws import client
from webferry.adapters.dynamodb.buckets import DynamoBuckets
from webferry.adapters.dynamodb.dispatches import DynamoDispatches
from webferry.adapters.dynamodb.slow_receivers import DynamoSlowReceivers
from webferry.adapters.dynamodb.wide_table import WideTable
from webferry.adapters.s3 import S3Bodies
from webferry.adapters.system import SystemChance
from webferry.domain.dispatches import LEASE_MS, Dispatch, DispatchState, new_dispatch
from webferry.domain.webhooks import Delivery, DeliveryEvent
from webferry.usecases.deliver_webhook import DeliverWebhook
from webferry.usecases.drive_deliveries import DriveDeliveries
from webferry.usecases.freeze_payload import FreezePayload
from webferry.usecases.send_deliveries import Progress, SendDeliveries
from webferry.usecases.spare_senders import SpareSenders
from webferry.webhook_ports import Posted

PICKS = st.integers(0, 999)
MOMENTS = st.none() | st.integers(0, 12)


@dataclass
class Receivers:
    """Some never have it, some have it at the second asking; everybody is remembered."""

    plan: CrashPlan
    heard: list[tuple[str, int, bytes, bool]] = field(default_factory=list)

    async def check(self, url: str) -> None:
        """Any will do."""

    async def post(self, url: str, headers: Mapping[str, str], content: bytes) -> Posted:
        self.plan.moment()
        name, number = headers["webhook-id"], int(headers["X-Mapiok-Attempt"])
        times = sum(each[0] == name for each in self.heard)
        good = "good" in url or ("late" in url and times > 0)
        self.heard.append((name, number, content, good))
        self.plan.moment()
        return Posted(200 if good else 500, "", b"", 10_000 if "slow" in url else 3)


@dataclass
class LooseSenders:
    """Calls that come in any order, as often as they like, or not at all."""

    plan: CrashPlan
    calls: list[str] = field(default_factory=list)

    def call(self, delivery_ids: Sequence[str]) -> None:
        self.plan.moment()
        self.calls.extend(delivery_ids)
        self.plan.moment()


@dataclass
class LooseDrivers:
    """Executions, each started once; they go on, or die."""

    plan: CrashPlan
    names: set[str] = field(default_factory=set)
    running: list[Progress] = field(default_factory=list)

    def start(self, dispatch: Dispatch, *, wait_s: int) -> None:
        self.plan.moment()
        if dispatch.execution not in self.names:
            self.names.add(dispatch.execution)
            number = dispatch.next_number
            self.running.append(Progress(dispatch.delivery.id, number, wait_s, dispatch.state))
        self.plan.moment()


class Deliveries(RuleBasedStateMachine):
    """What the world may do to webhooks; the invariants are what it must not bring about."""

    engine: Engine

    @initialize()
    def furnish(self) -> None:
        furnished = furnish(self.engine)
        self.account = furnished.open_account("owner@example.com").account_id
        self.plan, self.clock = CrashPlan(), MovableClock()
        dynamodb = self.plan.watch(client("dynamodb", furnished.session))
        s3 = self.plan.watch(client("s3", furnished.session))
        self.dispatches = DynamoDispatches(WideTable(dynamodb, JOBS_TABLE))
        bodies = S3Bodies(lambda: s3, furnished.environment["WEBFERRY_PAGES_BUCKET"])
        self.receivers = Receivers(self.plan)
        self.senders, self.drivers = LooseSenders(self.plan), LooseDrivers(self.plan)
        # Composed twice a payload is another one: only what was fixed first may ever be sent.
        freeze = FreezePayload(
            bodies,
            lambda _: token_hex(20 if len(self.known) % 2 else 9000).encode(),
            SystemChance(),
        )
        deliver = DeliverWebhook(
            self.dispatches,
            freeze,
            furnished.house.post_office.secrets,
            self.receivers,
            self.drivers,
            SystemChance(),
            self.clock,
        )
        traffic = WideTable(dynamodb, TRAFFIC_TABLE)
        spare = SpareSenders(DynamoSlowReceivers(traffic), DynamoBuckets(traffic), self.clock)
        self.send = SendDeliveries(self.dispatches, deliver, spare)
        self.drive = DriveDeliveries(self.dispatches, self.senders, self.drivers, self.clock)
        self.known: list[str] = []
        self.again: Counter[str] = Counter()
        self.final: dict[str, Dispatch] = {}

    @rule(kind=st.sampled_from(["good", "late", "dead", "slow"]), told=st.booleans())
    def end_a_job(self, *, kind: str, told: bool) -> None:
        name = f"msg_{len(self.known)}"
        url = f"https://{kind}.test/"
        now_ms = self.clock.now_ms()
        owed = Delivery(name, self.account, "job_1", url, DeliveryEvent.COMPLETED, now_ms)
        self.dispatches.add(new_dispatch(owed))
        self.known.append(name)
        self.senders.calls += [name] * told

    @rule(picks=st.lists(PICKS, min_size=1, max_size=4), keep=st.booleans(), moment=MOMENTS)
    def call_a_sender(self, *, picks: list[int], keep: bool, moment: int | None) -> None:
        if not self.senders.calls:
            return
        names = [self.senders.calls[pick % len(self.senders.calls)] for pick in picks]
        with self.plan.at(moment):
            asyncio.run(self.send.first(names))
        if not keep:
            self.senders.calls = [each for each in self.senders.calls if each not in names]

    @rule(pick=PICKS, keep=st.booleans(), moment=MOMENTS)
    def an_execution_goes_on(self, *, pick: int, keep: bool, moment: int | None) -> None:
        if not self.drivers.running:
            return
        place = pick % len(self.drivers.running)
        self.step(place, moment, keep=keep)

    def step(self, place: int, moment: int | None, *, keep: bool = False) -> None:
        before = self.drivers.running[place]
        self.clock.ahead_ms += before.wait * 1000
        with self.plan.at(moment):
            after = asyncio.run(self.send.next(before.delivery, before.attempt))
            if not keep:
                self.drivers.running[place] = after
        self.drivers.running = [
            each for each in self.drivers.running if each.state not in ("DELIVERED", "FAILED")
        ]

    @rule(pick=PICKS)
    def an_execution_dies(self, pick: int) -> None:
        if self.drivers.running:
            self.drivers.running.pop(pick % len(self.drivers.running))

    @rule(pick=PICKS)
    def a_call_is_lost(self, pick: int) -> None:
        if self.senders.calls:
            self.senders.calls.pop(pick % len(self.senders.calls))

    @rule(seconds=st.sampled_from([5, 61, LEASE_MS // 1000, 200]), moment=MOMENTS)
    def time_passes(self, seconds: int, moment: int | None) -> None:
        self.clock.ahead_ms += seconds * 1000
        with self.plan.at(moment):
            self.drive()

    @rule(pick=PICKS)
    def send_again(self, pick: int) -> None:
        finals = sorted(self.final)
        if finals:
            name = finals[pick % len(finals)]
            sent = self.dispatches.save(
                self.dispatches.find(self.account, name).sent_again(self.clock.now_ms())
            )
            assert sent
            self.again[name] += 1
            del self.final[name]

    @invariant()
    def nobody_hears_more_than_was_promised(self) -> None:
        bodies: dict[str, bytes] = {}
        for name, number, body, _ in self.receivers.heard:
            assert number <= 4 + self.again[name]
            assert bodies.setdefault(name, body) == body

    @invariant()
    def what_has_ended_stays_as_it_is(self) -> None:
        for name, dispatch in self.dispatches.load(self.known).items():
            assert self.final.get(name, dispatch) == dispatch
            if dispatch.state.is_final:
                self.final[name] = dispatch

    def teardown(self) -> None:
        if not hasattr(self, "drive"):
            return
        for _ in range(60):
            self.clock.ahead_ms += LEASE_MS + 1000
            self.drive()
            names, self.senders.calls = self.senders.calls, []
            asyncio.run(self.send.first(names))
            for place in range(len(self.drivers.running))[::-1]:
                self.step(place, None)
            if not self.dispatches.due(self.clock.now_ms() + 10**9, 10):
                break
        assert self.dispatches.due(self.clock.now_ms() + 10**9, 10) == []
        for name, dispatch in self.dispatches.load(self.known).items():
            self.ended_rightly(name, dispatch)

    def ended_rightly(self, name: str, dispatch: Dispatch) -> None:
        assert dispatch.state.is_final
        mine = [good for heard, _, _, good in self.receivers.heard if heard == name]
        assert mine
        ok = [attempt.ok for attempt in dispatch.attempts]
        assert dispatch.state is (DispatchState.DELIVERED if ok[-1] else DispatchState.FAILED)
        assert mine.count(True) >= ok.count(True)
        if dispatch.state is DispatchState.FAILED and not self.again[name]:
            assert dispatch.made == 4


@pytest.mark.promise("webhook.never-lost")
def test_no_webhook_is_lost_changed_or_sent_too_often(engine: Engine) -> None:
    check(
        type("DeliveriesOnTheEngine", (Deliveries,), {"engine": engine}),
        settings=settings(
            max_examples=8,
            stateful_step_count=30,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
