"""A walk beside its run: secrets, a log that grows, and what happens when a worker is lost."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from webferry.adapters.system import SystemChance, SystemClock
from webferry.domain.errors import InvalidRequest, NotFound, Unavailable
from webferry.domain.flow_orders import FlowOrder
from webferry.domain.flow_secrets import Pouch
from webferry.domain.flow_steps import Step, StepType
from webferry.domain.flows import FlowMode
from webferry.domain.jobs import Job, JobKind
from webferry.domain.papers import log_content
from webferry.domain.runs import Level, LogLine
from webferry.domain.walks import Walk, WalkOrder
from webferry.flow_ports import NotBegun
from webferry.usecases.diary import BrokenOff, Diary
from webferry.usecases.keep_papers import KeepPapers
from webferry.usecases.keep_secrets import KeepSecrets
from webferry.usecases.take_steps import TakeSteps

LOOKS = (Step(StepType.HOVER, selector="#a"),)
ACTS = (Step(StepType.CLICK, selector="#buy"),)
WRITES = (Step(StepType.TYPE, selector="#word", text="{{secrets.word}} {{ secrets.none }}"),)


@dataclass
class Shelf:
    """A bucket."""

    objects: dict[str, bytes] = field(default_factory=dict)

    def put(self, key: str, content: bytes) -> None:
        self.objects[key] = content

    def get(self, key: str, start: int, length: int) -> bytes:
        if key not in self.objects:
            raise NotFound("Result not found")
        return self.objects[key][start : start + length]


class OpenHand:
    """Seals by writing the owner before it."""

    def seal(self, text: str, *, owner: str) -> bytes:
        return f"{owner}={text}".encode()

    def unseal(self, sealed: bytes, *, owner: str) -> str:
        whose, text = sealed.decode().split("=")
        assert whose == owner
        return text


@dataclass
class OnePouch:
    """The pouch of one account, and who is quicker than whoever changes it."""

    pouch: Pouch = field(default_factory=lambda: Pouch("acc_1"))
    quicker: list[Pouch] = field(default_factory=list)

    def of(self, account_id: str) -> Pouch:
        return self.pouch if account_id == "acc_1" else Pouch(account_id)

    def replace(self, pouch: Pouch) -> bool:
        if self.quicker:
            self.pouch = self.quicker.pop()
        if pouch.version != self.pouch.version + 1:
            return False
        self.pouch = pouch
        return True


@dataclass
class Walker:
    """Shows a line, and then does what it is told."""

    shelf: Shelf
    then: Callable[[], Walk]
    missing: str = ""
    orders: list[WalkOrder] = field(default_factory=list)

    async def walk(self, order: WalkOrder) -> Walk:
        self.orders.append(order)
        line = LogLine(5, Level.INFO, f"Step 1 of walk {len(self.orders)}")
        self.shelf.put(order.place, log_content([line]))
        return self.then()


@dataclass
class World:
    """One run, and the attempts at it."""

    shelf: Shelf = field(default_factory=Shelf)
    pouches: OnePouch = field(default_factory=OnePouch)

    def __post_init__(self) -> None:
        self.papers = KeepPapers(self.shelf, SystemChance())
        self.secrets = KeepSecrets(self.pouches, OpenHand, SystemClock())
        self.walker = Walker(self.shelf, Walk)

    def attempt(self, steps: tuple[Step, ...], then: Callable[[], Walk] = Walk) -> None:
        self.walker.then = then
        take = TakeSteps(self.walker, None, self.secrets, self.papers)  # type: ignore[arg-type]
        job = Job("run-1", "acc_1", JobKind.FLOW, "", 1, 0)
        order = FlowOrder("flow-1", "Flow", FlowMode.INTERACT, steps)

        async def attempted() -> None:
            diary = Diary(self.papers, job.id, SystemClock())
            await diary.begin(may_be_repeated=all(step.type.may_be_repeated for step in steps))
            await take(job, order, "https://a.example/", diary)

        asyncio.run(attempted())

    def messages(self) -> list[str]:
        return [line.message for line in self.papers.noted("run-1")]


def lost() -> Walk:
    raise Unavailable("The browser function failed")


def not_begun() -> Walk:
    raise NotBegun("The browser function is busy")


@pytest.mark.promise("flow.run.logs-live")
def test_the_log_of_a_walk_under_way_follows_that_of_its_run() -> None:
    world = World()

    with pytest.raises(Unavailable):
        world.attempt(LOOKS, lost)

    assert world.messages() == ["Run started", "Step 1 of walk 1"]


@pytest.mark.promise("flow.run.worker-lost")
def test_steps_that_only_look_are_begun_again_once_and_the_first_log_is_kept() -> None:
    world = World()

    for _ in range(2):
        with pytest.raises(Unavailable):
            world.attempt(LOOKS, lost)

    again = "The worker was lost; the run begins again from its first step"
    assert world.messages() == ["Run started", "Step 1 of walk 1", again, "Step 1 of walk 2"]
    with pytest.raises(BrokenOff):
        world.attempt(LOOKS)
    assert len(world.walker.orders) == 2


@pytest.mark.promise("flow.run.worker-lost")
@pytest.mark.parametrize("steps", [ACTS, WRITES])
def test_steps_that_act_are_never_taken_twice(steps: tuple[Step, ...]) -> None:
    world = World()
    with pytest.raises(Unavailable):
        world.attempt(steps, lost)

    with pytest.raises(BrokenOff):
        world.attempt(steps)

    assert len(world.walker.orders) == 1
    assert world.messages() == ["Run started", "Step 1 of walk 1"]


def test_what_nobody_has_begun_may_begin_however_it_acts() -> None:
    world = World()
    for _ in range(3):
        with pytest.raises(NotBegun):
            world.attempt(ACTS, not_begun)

    world.attempt(ACTS)

    assert world.messages()[0] == "Run started"
    assert len(world.walker.orders) == 4


def test_whoever_was_thought_dead_writes_into_no_other_attempts_log() -> None:
    world = World()
    for _ in range(2):
        with pytest.raises(Unavailable):
            world.attempt(LOOKS, lost)

    before = world.messages()
    world.shelf.put(world.walker.orders[0].place, log_content([LogLine(9, Level.INFO, "late")]))

    assert world.messages() == before


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"\xff",
        b"{}",
        b"[1]",
        b"[" * 100_000,
        b'[{"at_ms":"1","level":"info","message":"a"}]',
        b'[{"at_ms":1e99,"level":"info","message":"a"}]',
        b'[{"at_ms":1,"level":"shout","message":"a"}]',
        b'[{"at_ms":1,"level":"info","message":[]}]',
    ],
)
def test_what_a_broken_browser_writes_for_a_log_is_not_shown(written: bytes) -> None:
    world = World()
    with pytest.raises(Unavailable):
        world.attempt(LOOKS, lost)

    world.shelf.put(world.walker.orders[0].place, written)

    assert world.messages() == ["Run started"]


@pytest.mark.promise("flow.secrets")
def test_a_walk_is_told_the_secrets_that_its_steps_name_and_no_others() -> None:
    world = World()
    world.secrets.put("acc_1", "word", "open sesame")
    world.secrets.put("acc_1", "other", "never told")

    world.attempt(WRITES)
    world.attempt(LOOKS)

    assert [order.secrets for order in world.walker.orders] == [{"word": "open sesame"}, {}]


def test_two_who_change_secrets_at_once_both_do() -> None:
    pouches = OnePouch()
    keep = KeepSecrets(pouches, OpenHand, SystemClock())
    keep.put("acc_1", "first", "the first")
    theirs = OnePouch(pouches.pouch)
    KeepSecrets(theirs, OpenHand, SystemClock()).put("acc_1", "theirs", "the other's")
    pouches.quicker = [theirs.pouch]

    keep.put("acc_1", "second", "the second")

    assert [secret.name for secret in keep.list("acc_1")] == ["first", "second", "theirs"]


def test_a_short_secret_is_refused_because_it_could_not_be_hidden() -> None:
    keep = KeepSecrets(OnePouch(), OpenHand, SystemClock())

    with pytest.raises(InvalidRequest, match="at least 4 characters"):
        keep.put("acc_1", "pin", "123")
