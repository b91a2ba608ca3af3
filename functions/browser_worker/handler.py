"""Door: one page to render, several side by side, or a walk → what became of each."""

import asyncio
from typing import Any

from webferry.browser_wiring import render_pages, walk
from webferry.domain.errors import WebferryError
from webferry.domain.rendering import BrowserBroken, Rendering, RenderOrder
from webferry.render_letters import letter_of_outcome, letter_of_outcomes, order_of_letter
from webferry.walk_letters import walk_order_of_letter


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The rendering, or the reason for none; of several, null for what has to be asked alone."""
    del context
    if "together" in event:
        orders = [order_of_letter(letter) for letter in event["together"]]
        return letter_of_outcomes(asyncio.run(_render(orders)))
    if "walk" in event:
        return asyncio.run(_walk(event))
    (outcome,) = asyncio.run(_render([order_of_letter(event)]))
    return letter_of_outcome(outcome)


async def _walk(letter: dict[str, Any]) -> dict[str, Any]:
    try:
        return await walk(*walk_order_of_letter(letter))
    except BrowserBroken as broken:
        raise SystemExit("no browser starts here any more") from broken
    except WebferryError as error:
        return letter_of_outcome(error)


async def _render(orders: list[RenderOrder]) -> list[Rendering | WebferryError]:
    outcomes = await render_pages()(orders)
    if any(isinstance(outcome, BrowserBroken) for outcome in outcomes):
        # Not an error of this invocation alone: the runtime ends, and a fresh environment starts.
        raise SystemExit("no browser starts here any more")
    return outcomes
