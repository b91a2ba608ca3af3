"""Schedules: when a monitor is due."""

from dataclasses import asdict, dataclass
from typing import Any, Self

MAX_EVERY_MINUTES = 60 * 24 * 31
MAX_CRON_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every so many minutes, or by a cron line in a time zone."""

    every_minutes: int | None = None
    cron: str | None = None
    time_zone: str = "UTC"

    def values(self) -> dict[str, Any]:
        """The schedule, to be stored."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """The schedule that was stored."""
        return cls(**values)
