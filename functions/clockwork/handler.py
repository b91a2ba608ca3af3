"""Door: the schedule, once a minute → lost letters, lapsed leases and overdue ends seen to."""

from typing import Any

from webferry.observability import logger
from webferry.wiring import house


def handler(event: dict[str, Any], context: object) -> None:
    """Raises, so that an alarm tells, when something due could not be seen to."""
    del event, context
    wound = house().job_engine.wind_clock()
    if wound.seen:
        logger.info("clock wound", extra=wound._asdict())
    if wound.failed:
        raise RuntimeError(f"{wound.failed} of {wound.seen} due things could not be seen to")
