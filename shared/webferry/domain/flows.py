"""Flows: a page, what is done on it, and what is wanted of it, described once to be run often."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from webferry.domain.flow_steps import Step
from webferry.domain.noise import Noise
from webferry.domain.schedules import Schedule

FLOW_PREFIX = "flow-"
MAX_FLOWS = 1000
# So many runs of a monitor may fail in a row before it is taken for broken.
PATIENCE = 5


class FlowStatus(StrEnum):
    """Whether a flow runs; `error` is what a monitor comes to that keeps failing."""

    ACTIVE = "active"
    PAUSED = "paused"
    DRAFT = "draft"
    ERROR = "error"


class FlowMode(StrEnum):
    """What a flow is for."""

    EXTRACT = "extract"
    INTERACT = "interact"
    MONITOR = "monitor"


@dataclass(frozen=True, slots=True)
class FlowTally:
    """What became of a flow's runs, counted with the ends of the runs themselves.

    `good` says where the last good run's report lies; `failures` counts those since.
    """

    total: int = 0
    completed: int = 0
    failed: int = 0
    failures: int = 0
    good: str = ""
    why: str = ""

    @property
    def success_rate(self) -> float:
        """Percent of the runs that ended, cancelled ones aside, to one decimal."""
        ended = self.completed + self.failed
        return round(100 * self.completed / ended, 1) if ended else 0.0


@dataclass(frozen=True, slots=True)
class Flow:
    """One description; `version` grows with every change, so that two changes cannot mix."""

    id: str
    account_id: str
    name: str
    url: str
    mode: FlowMode
    created_at_ms: int
    updated_at_ms: int
    description: str = ""
    set_status: FlowStatus = FlowStatus.DRAFT
    steps: tuple[Step, ...] = ()
    output_schema: dict[str, Any] | None = None
    schedule: Schedule | None = None
    noise: Noise = field(default_factory=Noise)
    webhook_url: str = ""
    due_at_ms: int | None = None
    version: int = 1
    tally: FlowTally = field(default_factory=FlowTally)

    @property
    def status(self) -> FlowStatus:
        """The status that was set, unless the flow has failed too often since."""
        broken = self.watches and self.tally.failures >= PATIENCE
        return FlowStatus.ERROR if broken else self.set_status

    @property
    def watches(self) -> bool:
        """Whether its schedule starts it."""
        monitors = self.mode is FlowMode.MONITOR and self.set_status is FlowStatus.ACTIVE
        return monitors and self.schedule is not None


def flow_id(created_at_ms: int) -> str:
    """The id of a flow made at that moment."""
    return f"{FLOW_PREFIX}{created_at_ms}"
