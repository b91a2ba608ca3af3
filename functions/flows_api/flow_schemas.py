"""Wire shapes of flows as they are described, and what of them may change."""

from typing import Annotated, Any, Self

from pydantic import Field, StrictBool, StrictFloat, StrictInt, model_validator

from flows_api.step_schemas import AnyStep, step_of
from webferry.domain.flow_steps import MAX_STEPS
from webferry.domain.flows import FlowMode, FlowStatus
from webferry.domain.noise import MAX_PATTERN_LENGTH, MAX_RULES, Noise
from webferry.domain.schedules import MAX_CRON_LENGTH, MAX_EVERY_MINUTES, Schedule
from webferry.web.numbers import WHOLE
from webferry.web.wire import Wire

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Description = Annotated[str, Field(max_length=2000)]
Url = Annotated[str, Field(min_length=1, max_length=8192)]
WebhookUrl = Annotated[
    Annotated[str, Field(min_length=1, max_length=2048)] | None,
    Field(description="Who is told when a monitor has seen a change: HTTPS and public."),
]
Steps = Annotated[list[AnyStep], Field(max_length=MAX_STEPS)]
OutputSchema = Annotated[
    dict[str, Any],
    Field(
        min_length=1,
        description='The wanted keys and their types: `{"title": "string", "price": "number"}`.',
    ),
]


class ScheduleIn(Wire):
    """When a monitor runs: every so many minutes, or by a cron line."""

    every_minutes: Annotated[StrictInt, Field(ge=1, le=MAX_EVERY_MINUTES), WHOLE] | None = None
    cron: Annotated[str, Field(min_length=1, max_length=MAX_CRON_LENGTH)] | None = None
    time_zone: Annotated[str, Field(min_length=1, max_length=60)] = "UTC"

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.every_minutes is None) == (self.cron is None):
            raise ValueError("give either everyMinutes or cron")
        return self


class NoiseIn(Wire):
    """What of a change is not worth telling."""

    ignore_fields: Annotated[list[str], Field(max_length=MAX_RULES, default_factory=list)]
    ignore_patterns: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=MAX_PATTERN_LENGTH)]],
        Field(max_length=MAX_RULES, default_factory=list),
    ]
    tolerance: Annotated[StrictFloat, Field(ge=0, le=1e12, allow_inf_nan=False)] = 0
    confirm: StrictBool = False


class CreateFlow(Wire):
    """A new flow: name, url and mode are enough."""

    name: Name
    url: Url
    mode: FlowMode
    description: Description = ""
    steps: Annotated[Steps, Field(default_factory=list)]
    output_schema: OutputSchema | None = None
    schedule: ScheduleIn | None = None
    noise: NoiseIn | None = None
    webhook_url: WebhookUrl = None


class ChangeFlow(Wire):
    """What is given is changed; null takes away what need not be there."""

    name: Name = "-"
    url: Url = "-"
    mode: FlowMode = FlowMode.EXTRACT
    status: Annotated[FlowStatus, Field(description="active, paused or draft")] = FlowStatus.DRAFT
    description: Description | None = None
    steps: Steps | None = None
    output_schema: OutputSchema | None = None
    schedule: ScheduleIn | None = None
    noise: NoiseIn | None = None
    webhook_url: WebhookUrl = None

    @model_validator(mode="after")
    def _no_error(self) -> Self:
        if self.status is FlowStatus.ERROR:
            raise ValueError("status: a flow comes to error by itself")
        return self


def described(asked: CreateFlow | ChangeFlow) -> dict[str, Any]:
    """The values of a flow that were given."""
    given = {name: getattr(asked, name) for name in asked.model_fields_set}
    values = {name: given[name] for name in given.keys() & {"name", "url", "mode", "output_schema"}}
    if "status" in given:
        values["set_status"] = given["status"]
    if "description" in given:
        values["description"] = given["description"] or ""
    if "steps" in given:
        values["steps"] = tuple(map(step_of, given["steps"] or ()))
    if "schedule" in given:
        told = given["schedule"]
        values["schedule"] = told and Schedule(**told.model_dump())
    if "noise" in given:
        values["noise"] = Noise.of(given["noise"].model_dump()) if given["noise"] else Noise()
    if "webhook_url" in given:
        values["webhook_url"] = given["webhook_url"] or ""
    return values
