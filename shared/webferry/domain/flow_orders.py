"""Flow orders: what the job of a run is told of its flow, as the flow was when the run began."""

import json
from dataclasses import dataclass, field
from typing import Any, Self

from webferry.domain.flow_steps import Step
from webferry.domain.flows import Flow, FlowMode
from webferry.domain.noise import Noise


@dataclass(frozen=True, slots=True)
class FlowOrder:
    """A change of the flow does not reach a run that has begun.

    `due_at_ms` is the moment for which the schedule started it, `next_at_ms` the one after.
    """

    flow_id: str
    flow_name: str
    mode: FlowMode
    steps: tuple[Step, ...] = ()
    output_schema: dict[str, Any] | None = None
    noise: Noise = field(default_factory=Noise)
    webhook_url: str = ""
    due_at_ms: int | None = None
    next_at_ms: int | None = None

    @classmethod
    def for_run(cls, flow: Flow, due_at_ms: int | None, next_at_ms: int | None) -> Self:
        """What a run of the flow is told."""
        what = (flow.id, flow.name, flow.mode, flow.steps, flow.output_schema, flow.noise)
        return cls(*what, flow.webhook_url, due_at_ms, next_at_ms)

    def text(self) -> str:
        """The order, to be stored with the job."""
        stored = {
            "flow_id": self.flow_id,
            "flow_name": self.flow_name,
            "mode": self.mode,
            "steps": [step.values() for step in self.steps],
            "output_schema": self.output_schema,
            "noise": self.noise.values(),
            "webhook_url": self.webhook_url,
            "due_at_ms": self.due_at_ms,
            "next_at_ms": self.next_at_ms,
        }
        return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def of(cls, text: str) -> Self:
        """The order that was stored."""
        stored: dict[str, Any] = json.loads(text)
        read = {
            "mode": FlowMode(stored["mode"]),
            "steps": tuple(map(Step.of, stored["steps"])),
            "noise": Noise.of(stored["noise"]),
        }
        return cls(**{**stored, **read})
