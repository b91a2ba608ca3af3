"""The browser function as a walker: an order goes there as a letter, and the walk comes back."""

import asyncio
import json
import time
from dataclasses import dataclass

from webferry.adapters.lambda_renderer import LambdaRenderer
from webferry.domain.costs import note_cost
from webferry.domain.errors import Unavailable
from webferry.domain.walks import Walk, WalkOrder
from webferry.render_letters import UnreadableLetter, outcome_of_letter
from webferry.walk_letters import letter_of_walk_order, walk_of_letter


@dataclass(frozen=True)
class LambdaWalker:
    """Asks once: steps that act on a site are not taken twice."""

    renderer: LambdaRenderer

    @property
    def missing(self) -> str:
        """What to do to have a browser; empty where there is one."""
        return self.renderer.missing

    async def walk(self, order: WalkOrder) -> Walk:
        """Raises: PageError, InvalidRequest, Unavailable, InternalError."""
        if self.missing:
            raise Unavailable(self.missing)
        letter = json.dumps(letter_of_walk_order(order))
        began = time.monotonic()
        try:
            answer = await asyncio.to_thread(self.renderer.invoke, letter)
        finally:
            note_cost((time.monotonic() - began) * 1000 * self.renderer.fleet.memory_mb)
        try:
            read = json.loads(answer)
            if "failure" in read:
                outcome_of_letter(read)
            return walk_of_letter(read)
        except (UnreadableLetter, TypeError, ValueError) as error:
            raise Unavailable("The browser function gave no answer") from error
