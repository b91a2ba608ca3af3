"""Door: a call for first attempts, or the state machine's for a later one → POST requests."""

import asyncio
from typing import Any

from webferry.observability import logger
from webferry.wiring import house

# One loop for all invocations: it owns the threads that speak to the table.
_loop = asyncio.new_event_loop()


def handler(event: dict[str, Any], context: object) -> dict[str, Any] | None:
    """What the state machine has to do next; nothing for those who do not wait.

    Raises: Unavailable: whoever asked should ask again.
    """
    del context
    if "deliveries" in event:
        first = house().post_office.send.first([str(each) for each in event["deliveries"]])
        _loop.run_until_complete(first)
        logger.info("deliveries attempted", extra={"deliveries": len(event["deliveries"])})
        return None
    attempt = house().post_office.send.next(str(event["delivery"]), int(event["attempt"]))
    return _loop.run_until_complete(attempt)._asdict()
