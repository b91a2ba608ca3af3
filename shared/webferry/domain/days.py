"""Days, as they are in UTC, and moments as people read them."""

from datetime import UTC, datetime

DAY_MS = 24 * 3600_000


def utc_day(at_ms: int) -> str:
    """The day of a moment."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).date().isoformat()


def day_after_ms(at_ms: int) -> int:
    """When the next day begins."""
    return (at_ms // DAY_MS + 1) * DAY_MS
