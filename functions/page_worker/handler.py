"""Door: letters of the page tasks queue → their pages, and the letters that have to come again."""

import asyncio
from typing import Any

from webferry.observability import logger
from webferry.web.letters import errand_of, failures
from webferry.wiring import house

# One loop for all invocations: connections to sites live as long as it does.
_loop = asyncio.new_event_loop()


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    """Letters nobody can read come again until the queue gives them up."""
    letters = {record["messageId"]: errand_of(record["body"]) for record in event["Records"]}
    errands = {errand for errand in letters.values() if errand}
    unclear = _loop.run_until_complete(
        house().page_worker(
            errands,
            time_left_ms=context.get_remaining_time_in_millis(),
            memory_mb=int(context.memory_limit_in_mb),
        )
    )
    again = [name for name, errand in letters.items() if errand is None or errand in unclear]
    logger.info("letters worked off", extra={"letters": len(letters), "again": len(again)})
    return failures(again)
