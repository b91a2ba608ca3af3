"""Noise: what of a change nobody wants to hear of."""

from dataclasses import asdict, dataclass
from typing import Any, Self

MAX_RULES = 20
MAX_PATTERN_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Noise:
    """Fields and patterns that do not count, how much a number may move, and a second look."""

    ignore_fields: tuple[str, ...] = ()
    ignore_patterns: tuple[str, ...] = ()
    tolerance: float = 0.0
    confirm: bool = False

    def values(self) -> dict[str, Any]:
        """The rules, to be stored."""
        return asdict(self)

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """The rules that were stored."""
        lists = ("ignore_fields", "ignore_patterns")
        return cls(**{**values, **{name: tuple(values[name]) for name in lists}})
