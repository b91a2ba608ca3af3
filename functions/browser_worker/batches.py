"""A batch from the queue: every record a letter, and the answer names those to send again."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from webferry.domain.errors import HouseError, WebferryError
from webferry.domain.rendering import Rendering, RenderOrder
from webferry.observability import logger
from webferry.render_letters import UnreadableLetter, letter_of_outcome, order_of_letter

Outcome = Rendering | WebferryError
Render = Callable[[list[RenderOrder]], Awaitable[list[Outcome]]]


async def answer_batch(records: Sequence[Mapping[str, Any]], render: Render) -> dict[str, Any]:
    """Outcomes by message; a letter that nobody can read comes again, until its queue gives up."""
    read = {record["messageId"]: _read(record["body"]) for record in records}
    orders = {message: order for message, order in read.items() if order}
    outcomes = dict(zip(orders, await render(list(orders.values())), strict=True))
    failed = [m for m in read if m not in outcomes or isinstance(outcomes[m], HouseError)]
    return {
        "batchItemFailures": [{"itemIdentifier": message} for message in failed],
        "outcomes": {
            message: letter_of_outcome(outcome)
            for message, outcome in outcomes.items()
            if message not in failed
        },
    }


def _read(body: str) -> RenderOrder | None:
    try:
        return order_of_letter(json.loads(body))
    except (UnreadableLetter, ValueError):
        logger.warning("a letter to the browser cannot be read")
        return None
