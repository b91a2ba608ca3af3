"""The browser function as a walker: an order goes there as a letter, and the walk comes back."""

import asyncio
import json
import time
from dataclasses import dataclass

from botocore.exceptions import ClientError

from webferry.adapters.lambda_renderer import LambdaRenderer
from webferry.adapters.s3 import S3Bodies
from webferry.domain.costs import note_cost
from webferry.domain.errors import NotFound, Unavailable
from webferry.domain.papers import MAX_PAPER_BYTES
from webferry.domain.walks import Walk, WalkOrder
from webferry.flow_ports import NotBegun
from webferry.render_letters import UnreadableLetter, outcome_of_letter
from webferry.walk_letters import AT_ITS_LINK, Links, letter_of_walk_order, walk_of_letter

# The longest walk and its way back; whoever broke into a browser can write no longer than this.
LINK_SECONDS = 180
WALK = ".walk"


@dataclass(frozen=True)
class LambdaWalker:
    """Asks once: steps that act on a site are not taken twice."""

    renderer: LambdaRenderer
    bodies: S3Bodies

    @property
    def missing(self) -> str:
        """What to do to have a browser; empty where there is one."""
        return self.renderer.missing

    async def walk(self, order: WalkOrder) -> Walk:
        """Raises: PageError, InvalidRequest, NotBegun, Unavailable, InternalError."""
        if self.missing:
            raise NotBegun(self.missing)
        links = Links()
        if order.place:
            log, walk = (
                self.bodies.put_link(place, LINK_SECONDS)
                for place in (order.place, order.place + WALK)
            )
            links = Links(log, walk)
        letter = json.dumps(letter_of_walk_order(order, links))
        began = time.monotonic()
        try:
            answer = await asyncio.to_thread(self.renderer.invoke, letter)
        except Unavailable as error:
            if _was_not_let_in(error):
                raise NotBegun(error.message) from error
            raise
        finally:
            note_cost((time.monotonic() - began) * 1000 * self.renderer.fleet.memory_mb)
        return await asyncio.to_thread(self._read, answer, order.place + WALK)

    def _read(self, answer: bytes, place: str) -> Walk:
        try:
            read = json.loads(answer)
            if read == AT_ITS_LINK:
                read = json.loads(self.bodies.get(place, 0, MAX_PAPER_BYTES))
            if "failure" not in read:
                return walk_of_letter(read)
            outcome_of_letter(read)
        except Unavailable as error:
            # A browser that did not start has done nothing.
            raise NotBegun(error.message) from error
        except (NotFound, UnreadableLetter, TypeError, ValueError) as error:
            raise Unavailable("The browser function gave no answer") from error
        raise Unavailable("The browser function gave no answer")


def _was_not_let_in(error: Unavailable) -> bool:
    cause = error.__cause__
    if not isinstance(cause, ClientError):
        return False
    return bool(cause.response["ResponseMetadata"]["HTTPStatusCode"] == 429)
