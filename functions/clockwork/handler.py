"""Door: the schedule, once a minute → lost letters, lapsed leases and overdue ends seen to."""

from typing import Any

from webferry.observability import logger
from webferry.wiring import house


def handler(event: dict[str, Any], context: object) -> None:
    """Raises, so that an alarm tells, when something due could not be seen to."""
    del event, context
    jobs, deliveries = house().job_engine.wind_clock(), house().post_office.drive()
    if jobs.seen or deliveries.seen:
        extra = {"jobs": jobs._asdict(), "deliveries": deliveries._asdict()}
        logger.info("clock wound", extra=extra)
    if failed := jobs.failed + deliveries.failed:
        seen = jobs.seen + deliveries.seen
        raise RuntimeError(f"{failed} of {seen} due things could not be seen to")
