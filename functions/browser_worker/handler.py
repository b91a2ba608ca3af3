"""Door: one page to render, or several side by side → what became of each."""

import asyncio
from typing import Any

from webferry.browser_wiring import render_pages
from webferry.domain.errors import WebferryError
from webferry.domain.rendering import BrowserBroken, Rendering, RenderOrder
from webferry.render_letters import letter_of_outcome, letter_of_outcomes, order_of_letter


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The rendering, or the reason for none; of several, null for what has to be asked alone."""
    del context
    if "together" in event:
        orders = [order_of_letter(letter) for letter in event["together"]]
        return letter_of_outcomes(asyncio.run(_render(orders)))
    (outcome,) = asyncio.run(_render([order_of_letter(event)]))
    return letter_of_outcome(outcome)


async def _render(orders: list[RenderOrder]) -> list[Rendering | WebferryError]:
    outcomes = await render_pages()(orders)
    if any(isinstance(outcome, BrowserBroken) for outcome in outcomes):
        # Not an error of this invocation alone: the runtime ends, and a fresh environment starts.
        raise SystemExit("no browser starts here any more")
    return outcomes
