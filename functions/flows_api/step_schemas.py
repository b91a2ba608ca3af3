"""Wire shapes of steps: each type with its own fields, and no others."""

from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, StrictInt, model_validator

from webferry.domain.flow_steps import MAX_PAGES, Step, StepType
from webferry.web.numbers import WHOLE
from webferry.web.wire import Wire

Selector = Annotated[str, Field(min_length=1, max_length=500, description="As Playwright's.")]
Label = Annotated[str, Field(max_length=200)]


class _Step(Wire):
    label: Label = ""


class Navigate(_Step):
    """Go to a page: the flow's, or another."""

    type: Literal["navigate"]
    url: Annotated[str, Field(min_length=1, max_length=8192)] | None = None


class Click(_Step):
    """Click an element."""

    type: Literal["click"]
    selector: Selector


class Type(_Step):
    """Write into a field. `{{secrets.name}}` stands for a secret of the account."""

    type: Literal["type"]
    selector: Selector
    text: Annotated[str, Field(max_length=10_000)]


class Press(_Step):
    """Press a key, on an element or wherever the focus is."""

    type: Literal["press"]
    key: Annotated[str, Field(min_length=1, max_length=50, pattern=r"^[ -~]+$")]
    selector: Selector | None = None


class Select(_Step):
    """Choose an option, by its value or its text."""

    type: Literal["select"]
    selector: Selector
    value: Annotated[str, Field(max_length=1000)]


class Hover(_Step):
    """Move the pointer over an element."""

    type: Literal["hover"]
    selector: Selector


class Scroll(_Step):
    """Scroll to an element, to an end of the page, or by so many pixels."""

    type: Literal["scroll"]
    selector: Selector | None = None
    to: (
        Literal["bottom", "top"]
        | Annotated[StrictInt, Field(ge=-100_000, le=100_000), WHOLE]
        | None
    ) = None


class Wait(_Step):
    """Wait for an element, for a text, for so long, or until the page is quiet."""

    type: Literal["wait"]
    selector: Selector | None = None
    text: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    ms: Annotated[StrictInt, Field(ge=0, le=30_000), WHOLE] | None = None

    @model_validator(mode="after")
    def _for_one_thing(self) -> Self:
        if sum(each is not None for each in (self.selector, self.text, self.ms)) > 1:
            raise ValueError("wait for a selector, a text or a time, not for several")
        return self


class Screenshot(_Step):
    """Take a picture of the window, of the whole page or of an element."""

    type: Literal["screenshot"]
    selector: Selector | None = None
    full_page: StrictBool | None = None


class Extract(_Step):
    """Extract what the flow wants of the page, or of one part of it."""

    type: Literal["extract"]
    selector: Selector | None = None


class Paginate(_Step):
    """Extract page after page: by the link to the next one, or by scrolling down."""

    type: Literal["paginate"]
    next: Selector | None = None
    max_pages: Annotated[StrictInt, Field(ge=1, le=MAX_PAGES), WHOLE] = 10


AnyStep = Annotated[
    Navigate
    | Click
    | Type
    | Press
    | Select
    | Hover
    | Scroll
    | Wait
    | Screenshot
    | Extract
    | Paginate,
    Field(discriminator="type"),
]


def step_of(told: _Step) -> Step:
    """The step that was described."""
    values = told.model_dump()
    return Step(**{**values, "type": StepType(values["type"])})
