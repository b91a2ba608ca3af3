"""The browser function as a renderer: pages go there as letters, and come back as letters.

The function is paid by the millisecond, whether one page is rendered in it or as many as it has
lanes for. So pages that are wanted at the same time go there together.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from webferry.domain.costs import note_cost
from webferry.domain.errors import Unavailable
from webferry.domain.rendering import Rendering, RenderOrder
from webferry.render_letters import (
    Letter,
    UnreadableLetter,
    letter_of_order,
    letter_of_orders,
    letters_of_outcomes,
    outcome_of_letter,
)

# Pages of a batch that turn out to need a browser do so about this far apart.
GATHER_S = 0.05
# Who shared a function that broke down soon goes once more, alone; later there is no time for it.
SOON_S = 10.0
_log = logging.getLogger(__name__)


class Fleet(NamedTuple):
    """How large the browser function is, and how long a page waits for others to go with."""

    memory_mb: int = 2048
    lanes: int = 2
    gather_s: float = 0.0


ALONE = Fleet(lanes=1)


def fleet_of(memory_mb: int, lanes: int) -> Fleet:
    """For a worker, which is told the size; whoever waits for one page alone is not."""
    return Fleet(memory_mb, lanes, GATHER_S) if memory_mb else ALONE


class Arrival(NamedTuple):
    """What came back for a page: a letter, or why there is none; and its share of the cost."""

    letter: Letter | None
    problem: str
    mb_ms: float
    alone_next: bool = False


class Passenger(NamedTuple):
    """A page on its way, and who waits for it."""

    order: RenderOrder
    arrival: "asyncio.Future[Arrival]"


@dataclass
class LambdaRenderer:
    """Waits for the function's answer; it bounds its own time, so nothing is asked twice."""

    client: Callable[[], Any]
    function: str
    missing: str = ""
    fleet: Fleet = ALONE
    _boarding: list[Passenger] = field(default_factory=list)
    _crossings: set[asyncio.Task[None]] = field(default_factory=set)

    async def render(self, order: RenderOrder) -> Rendering:
        """Raises: PageError, InvalidRequest, Unavailable, InternalError."""
        if self.missing:
            raise Unavailable(self.missing)
        arrival = await self._board(order)
        note_cost(arrival.mb_ms)
        if arrival.alone_next:
            (arrival,) = await self._cross([order])
            note_cost(arrival.mb_ms)
        if arrival.letter is None:
            raise Unavailable(arrival.problem)
        try:
            return outcome_of_letter(arrival.letter)
        except UnreadableLetter as error:
            raise Unavailable("The browser function gave no answer") from error

    async def _board(self, order: RenderOrder) -> Arrival:
        loop = asyncio.get_running_loop()
        passenger = Passenger(order, loop.create_future())
        self._boarding.append(passenger)
        if len(self._boarding) >= self.fleet.lanes:
            self._leave()
        elif len(self._boarding) == 1:
            loop.call_later(self.fleet.gather_s, self._leave)
        return await passenger.arrival

    def _leave(self) -> None:
        boarded, self._boarding = self._boarding, []
        if boarded:
            crossing = asyncio.create_task(self._ferry(boarded))
            self._crossings.add(crossing)
            crossing.add_done_callback(self._crossings.discard)

    async def _ferry(self, boarded: Sequence[Passenger]) -> None:
        arrivals = await self._cross([passenger.order for passenger in boarded])
        for passenger, arrival in zip(boarded, arrivals, strict=True):
            if not passenger.arrival.done():
                passenger.arrival.set_result(arrival)

    async def _cross(self, orders: list[RenderOrder]) -> list[Arrival]:
        letter = letter_of_order(orders[0]) if len(orders) == 1 else letter_of_orders(orders)
        began, problem = time.monotonic(), ""
        letters: list[Letter | None] = [None] * len(orders)
        try:
            answer = json.loads(await asyncio.to_thread(self.invoke, json.dumps(letter)))
            letters = [answer] if len(orders) == 1 else letters_of_outcomes(answer, len(orders))
        except Unavailable as error:
            problem = error.message
        except (UnreadableLetter, ValueError):
            problem = "The browser function gave no answer"
        seconds = time.monotonic() - began
        mb_ms = seconds * 1000 * self.fleet.memory_mb / len(orders)
        again = len(orders) > 1 and (not problem or seconds < SOON_S)
        return [Arrival(each, problem, mb_ms, again and each is None) for each in letters]

    def invoke(self, letter: str) -> bytes:
        """The answer to a letter. Raises: Unavailable."""
        try:
            answer = self.client().invoke(FunctionName=self.function, Payload=letter.encode())
            payload: bytes = answer["Payload"].read()
        except (BotoCoreError, ClientError) as error:
            _log.warning("the browser function could not be reached", exc_info=True)
            raise Unavailable("The browser function could not be reached") from error
        if "FunctionError" in answer:
            raise Unavailable("The browser function failed")
        return payload
