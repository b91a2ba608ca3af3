"""Door: the schedule, once a minute → what is due started, what was lost seen to."""

from typing import Any

from webferry.observability import logger
from webferry.wiring import house


def handler(event: dict[str, Any], context: object) -> None:
    """Raises, so that an alarm tells, when something due could not be seen to."""
    del event, context
    ours = house()
    wound = {
        "flows": ours.flow_desk.start_due(),
        "jobs": ours.job_engine.wind_clock(),
        "deliveries": ours.post_office.drive(),
    }
    if seen := sum(each.seen for each in wound.values()):
        logger.info("clock wound", extra={name: each._asdict() for name, each in wound.items()})
    if failed := sum(each.failed for each in wound.values()):
        raise RuntimeError(f"{failed} of {seen} due things could not be seen to")
