"""Renders pages side by side, as many as the machine has lanes for."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from webferry.domain.errors import WebferryError
from webferry.domain.rendering import Rendering, RenderOrder
from webferry.ports import Renderer


@dataclass(frozen=True, slots=True)
class RenderPages:
    """More lanes than two for each processor make every page late and some of them incomplete."""

    renderer: Renderer
    lanes: int

    async def __call__(self, orders: Sequence[RenderOrder]) -> list[Rendering | WebferryError]:
        """What became of each, in their order."""
        lanes = asyncio.Semaphore(self.lanes)

        async def render(order: RenderOrder) -> Rendering | WebferryError:
            async with lanes:
                try:
                    return await self.renderer.render(order)
                except WebferryError as error:
                    return error

        return await asyncio.gather(*map(render, orders))
