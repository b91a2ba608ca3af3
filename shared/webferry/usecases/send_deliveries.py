"""Makes attempts for those who ask for them: first ones in groups, later ones one by one."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from webferry.domain.dispatches import Dispatch, DispatchState
from webferry.domain.errors import HouseError, NotFound
from webferry.usecases.deliver_webhook import DeliverWebhook
from webferry.usecases.spare_senders import SpareSenders
from webferry.webhook_ports import Dispatches

# Somebody else makes the attempt at this moment, and whoever dies of it is noticed in a minute; or
# a slow receiver has all the senders that it gets.
LOOK_AGAIN_S = 30

_log = logging.getLogger(__name__)


class Progress(NamedTuple):
    """Where a delivery is, in the words of the state machine."""

    delivery: str
    attempt: int
    wait: int
    state: str


@dataclass(frozen=True, slots=True)
class SendDeliveries:
    """One receiver's trouble is no other's: all of a group are tried at the same time."""

    dispatches: Dispatches
    deliver: DeliverWebhook
    spare: SpareSenders

    async def first(self, delivery_ids: Sequence[str]) -> None:
        """Make the next attempts of those that no state machine drives.

        Raises: Unavailable.
        """
        loaded = await asyncio.to_thread(self.dispatches.load, delivery_ids)
        waiting = (DispatchState.PENDING, DispatchState.SENDING)
        await asyncio.gather(
            *(self._one(each) for each in loaded.values() if each.state in waiting)
        )

    async def next(self, delivery_id: str, number: int) -> Progress:
        """Make an attempt for the state machine, unless it is made already.

        Raises: Unavailable.
        """
        loaded = await asyncio.to_thread(self.dispatches.load, [delivery_id])
        try:
            dispatch = await self._try(loaded[delivery_id], number)
        except (KeyError, NotFound):
            # Nobody waits any more for a delivery that the table has forgotten.
            return Progress(delivery_id, number, 0, DispatchState.FAILED)
        if dispatch.state.is_final:
            return Progress(delivery_id, dispatch.made, 0, dispatch.state)
        made = dispatch.state is DispatchState.WAITING and dispatch.next_number > number
        wait_s = dispatch.wait_s if made else LOOK_AGAIN_S
        return Progress(delivery_id, dispatch.next_number, wait_s, DispatchState.WAITING)

    async def _try(self, dispatch: Dispatch, number: int) -> Dispatch:
        """The dispatch as it stands afterwards; whoever is not admitted is seen to a minute later.

        Raises: Unavailable, NotFound.
        """
        if not await asyncio.to_thread(self.spare.admits, dispatch):
            return await asyncio.to_thread(self._put_off, dispatch)
        after = await self.deliver(dispatch, number)
        await asyncio.to_thread(self.spare.learn, dispatch, after)
        return after

    def _put_off(self, dispatch: Dispatch) -> Dispatch:
        if dispatch.state is not DispatchState.WAITING:
            # A call for a first attempt is made again by the clockwork anyhow.
            return dispatch
        later = dispatch.put_off(self.deliver.clock.now_ms(), LOOK_AGAIN_S)
        return self.dispatches.save(later) or dispatch

    async def _one(self, dispatch: Dispatch) -> None:
        try:
            await self._try(dispatch, dispatch.next_number)
        except HouseError:
            _log.warning("a delivery has to be tried again", exc_info=True)
        except Exception:  # noqa: BLE001
            # A webhook must not stop its neighbours; the clockwork will try this one again.
            _log.exception("a delivery failed unexpectedly")
