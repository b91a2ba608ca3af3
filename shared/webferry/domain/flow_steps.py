"""Steps: what a flow does on a page, one after the other."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

MAX_STEPS = 50
MAX_PAGES = 50


class StepType(StrEnum):
    """The kinds of steps."""

    NAVIGATE = "navigate"
    CLICK = "click"
    TYPE = "type"
    PRESS = "press"
    SELECT = "select"
    HOVER = "hover"
    SCROLL = "scroll"
    WAIT = "wait"
    SCREENSHOT = "screenshot"
    EXTRACT = "extract"
    PAGINATE = "paginate"

    @property
    def may_be_repeated(self) -> bool:
        """Whether doing it twice does to the site what doing it once does."""
        return self not in _ACTS


_ACTS = (StepType.CLICK, StepType.TYPE, StepType.PRESS, StepType.SELECT)


@dataclass(frozen=True, slots=True)
class Step:
    """One step; which of the fields it has follows from its type.

    `selector` is Playwright's. `next` is the selector of the link to the next page; without it,
    `paginate` scrolls. `to` is `bottom`, `top` or a number of pixels.
    """

    type: StepType
    label: str = ""
    url: str | None = None
    selector: str | None = None
    text: str | None = None
    key: str | None = None
    value: str | None = None
    to: str | int | None = None
    ms: int | None = None
    next: str | None = None
    max_pages: int | None = None
    full_page: bool | None = None

    def values(self) -> dict[str, Any]:
        """The step, to be stored or sent: what it does not have is left out."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The step that was stored."""
        return cls(**{**values, "type": StepType(values["type"])})

    @property
    def name(self) -> str:
        """How a log calls it."""
        return f"{self.type} ({self.label})" if self.label else str(self.type)


def need_a_browser(steps: Iterable[Step]) -> bool:
    """Whether plain HTTP could not do them."""
    plain = (StepType.NAVIGATE, StepType.EXTRACT)
    types = [step.type for step in steps]
    return any(kind not in plain for kind in types) or types.count(StepType.NAVIGATE) > 1


def may_be_repeated(steps: Iterable[Step]) -> bool:
    """Whether a run that broke off may be done again from its start."""
    return all(step.type.may_be_repeated for step in steps)
