"""Door: one page to render, or a batch of them from a queue → what became of each."""

import asyncio
from typing import Any

from browser_worker.batches import answer_batch
from webferry.browser_wiring import render_pages
from webferry.domain.errors import WebferryError
from webferry.domain.rendering import BrowserBroken, Rendering, RenderOrder
from webferry.render_letters import letter_of_outcome, order_of_letter


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The rendering, or the reason for none; for a batch, what has to come again."""
    del context
    if "Records" in event:
        return asyncio.run(answer_batch(event["Records"], _render))
    (outcome,) = asyncio.run(_render([order_of_letter(event)]))
    return letter_of_outcome(outcome)


async def _render(orders: list[RenderOrder]) -> list[Rendering | WebferryError]:
    outcomes = await render_pages()(orders)
    if any(isinstance(outcome, BrowserBroken) for outcome in outcomes):
        # Not an error of this invocation alone: the runtime ends, and a fresh environment starts.
        raise SystemExit("no browser starts here any more")
    return outcomes
