"""What a tool is: a name, a price, an input, and what it makes of a page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from webferry.content.document import Document


class ToolInput(BaseModel):
    """The base of every tool's input: what is not declared is refused."""

    model_config = ConfigDict(extra="forbid")


Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool of the catalogue."""

    slug: str
    name: str
    description: str
    credits: int
    input: type[ToolInput]
    items: Callable[[str, str, Document], list[Item]]
