"""Door: changes of the jobs table → ends of jobs on the event bus, webhooks to their sender."""

from typing import Any

from webferry.observability import logger
from webferry.wiring import house


def handler(event: dict[str, Any], context: object) -> None:
    """Raises, so that the stream brings them again, when not all could be told."""
    del context
    records = event["Records"]
    unreadable = house().post_office.tell(records)
    logger.info("changes told", extra={"records": len(records)})
    if unreadable:
        logger.error("changes cannot be read", extra={"unreadable": unreadable})
