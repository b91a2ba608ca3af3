"""Walks: the steps of a flow done in a browser, and what was seen on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from webferry.domain.errors import ErrorCode
from webferry.domain.flow_steps import Step
from webferry.domain.runs import LogLine


@dataclass(frozen=True, slots=True)
class WalkOrder:
    """Steps to do, beginning on a page. `place` is where the log of the walk is to be shown."""

    url: str
    steps: tuple[Step, ...]
    timeout_ms: int
    secrets: Mapping[str, str] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A page as it stood when something was to be extracted from it."""

    url: str
    html: str


@dataclass(frozen=True, slots=True)
class StepPicture:
    """What a step showed, or how the page looked when one failed."""

    label: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Walk:
    """Everything up to the last step, or to the one that failed."""

    lines: tuple[LogLine, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    pictures: tuple[StepPicture, ...] = ()
    code: ErrorCode | None = None
    message: str = ""
    received_bytes: int = 0
