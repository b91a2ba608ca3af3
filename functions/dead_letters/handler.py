"""Door: letters the queue has given up → the failure of their tasks, for no job to hang on."""

from typing import Any

from webferry.observability import logger
from webferry.web.letters import errand_of, failures
from webferry.wiring import house


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """An unreadable letter names no job: it is written down and forgotten."""
    del context
    letters = {record["messageId"]: errand_of(record["body"]) for record in event["Records"]}
    errands = {errand for errand in letters.values() if errand}
    logger.error(
        "letters were given up",
        extra={
            "errands": sorted(errands),
            "unreadable": sum(not each for each in letters.values()),
        },
    )
    house().job_engine.bury(errands)
    return failures([])
