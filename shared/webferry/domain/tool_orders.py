"""Tool orders: which tool a job runs, and on what, in a form that can be stored."""

import json
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class ToolOrder:
    """A tool's slug, and its input as it was checked."""

    slug: str
    input: dict[str, Any]

    def text(self) -> str:
        """The order, to be stored with a job."""
        order = {"tool": self.slug, "input": self.input}
        return json.dumps(order, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def of(cls, text: str) -> Self:
        """The order that was stored."""
        stored = json.loads(text)
        return cls(stored["tool"], stored["input"])
