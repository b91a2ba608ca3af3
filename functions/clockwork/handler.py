"""Door: the schedule, once a minute → what is due started, what was lost seen to."""

from collections.abc import Callable
from typing import Any

from webferry.observability import logger
from webferry.wiring import House, house

WHEELS: dict[str, Callable[[House], Any]] = {
    "jobs": lambda ours: ours.job_engine.wind_clock(),
    "deliveries": lambda ours: ours.post_office.drive(),
    "flows": lambda ours: ours.flow_desk.start_due(),
}


def handler(event: dict[str, Any], context: object) -> None:
    """Raises, so that an alarm tells, when something due could not be seen to."""
    del event, context
    wound, stuck = {}, []
    for name, wind in WHEELS.items():
        try:
            wound[name] = wind(house())
        except Exception:  # noqa: BLE001
            # A wheel that is stuck must not stop the others: jobs end by this clock.
            logger.exception("a wheel of the clock is stuck", extra={"wheel": name})
            stuck.append(name)
    if seen := sum(each.seen for each in wound.values()):
        logger.info("clock wound", extra={name: each._asdict() for name, each in wound.items()})
    failed = sum(each.failed for each in wound.values())
    if failed or stuck:
        raise RuntimeError(f"{failed} of {seen} due things could not be seen to; stuck: {stuck}")
