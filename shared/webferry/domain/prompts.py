"""Questions in plain words: what a model is asked about a page, and how that may fail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from webferry.domain.errors import InvalidRequest, Unavailable

NO_MODEL = "prompt needs a model: set WEBFERRY_MODEL"


class NeedsModel(InvalidRequest):
    """The request needs a model, and this installation has none."""


class ModelFailed(Unavailable):
    """The model gave no usable answer; `retryable` says whether it may another time."""

    def __init__(self, message: str, *, retryable: bool = True, **details: object) -> None:
        super().__init__(message, **details)
        self.retryable = retryable


@dataclass(frozen=True, slots=True)
class PromptAnswer:
    """JSON in which every value stands in the page; `dropped` are the places of those that did not.

    `truncated`: the page was longer than what a model is shown.
    """

    value: Any
    dropped: tuple[str, ...] = ()
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class ModelOrder:
    """What a model is told and asked; `schema` is the JSON Schema of the object it answers with."""

    task: str
    question: str
    schema: Mapping[str, Any] = field(default_factory=dict)
