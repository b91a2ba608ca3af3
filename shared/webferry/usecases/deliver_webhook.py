"""Delivers a webhook: one attempt, signed, whose outcome is written down."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from webferry.domain.dispatches import LEASE_MS, Attempt, Dispatch, DispatchState
from webferry.domain.errands import Lease
from webferry.domain.errors import Unavailable
from webferry.domain.signatures import signature_headers
from webferry.ports import Chance, Clock
from webferry.usecases.freeze_payload import FreezePayload
from webferry.usecases.signing_secrets import ReadSigningSecrets
from webferry.webhook_ports import Dispatches, Drivers, Poster

HOLDER_LENGTH = 16
MAX_ERROR_LENGTH = 300

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeliverWebhook:
    """Claim, post, record: a crash between two of them costs a repetition, never a delivery."""

    dispatches: Dispatches
    freeze: FreezePayload
    secrets: ReadSigningSecrets
    poster: Poster
    drivers: Drivers
    chance: Chance
    clock: Clock

    async def __call__(self, dispatch: Dispatch, number: int) -> Dispatch:
        """The dispatch as it stands afterwards; unchanged where that attempt is not to be made.

        Raises: Unavailable, NotFound: it has expired meanwhile.
        """
        holder, now_ms = self.chance.base62(HOLDER_LENGTH), self.clock.now_ms()
        claimed = dispatch.claimed(number, Lease(holder, now_ms + LEASE_MS), now_ms)
        if not claimed:
            return dispatch
        content, frozen = await asyncio.to_thread(self.freeze, claimed)
        kept = await asyncio.to_thread(self.dispatches.save, frozen)
        if not kept:
            return await self._as_it_stands(dispatch)
        attempt = await self._attempt(kept, content)
        after = kept.recorded(holder, attempt, self.clock.now_ms())
        recorded = await asyncio.to_thread(self.dispatches.save, after)
        if not recorded:
            return await self._as_it_stands(dispatch)
        _tell(recorded, attempt)
        if recorded.state is DispatchState.WAITING and kept.drivers == 0:
            await asyncio.to_thread(self._drive, recorded, recorded.wait_s)
        return recorded

    async def _attempt(self, dispatch: Dispatch, content: bytes) -> Attempt:
        at_ms, delivery = self.clock.now_ms(), dispatch.delivery
        secrets = await asyncio.to_thread(self.secrets, delivery.account_id)
        signed = signature_headers(secrets, delivery.id, at_ms // 1000, content)
        headers = {**_headers(dispatch), **signed}
        posted = await self.poster.post(delivery.url, headers, content)
        return Attempt(
            dispatch.next_number,
            at_ms,
            posted.duration_ms,
            posted.status,
            posted.error[:MAX_ERROR_LENGTH],
            posted.sample.decode(errors="replace"),
        )

    def _drive(self, dispatch: Dispatch, wait_s: int) -> None:
        try:
            self.drivers.start(dispatch, wait_s=wait_s)
        except Unavailable:
            _log.warning("a state machine was not started, the clockwork will", exc_info=True)

    async def _as_it_stands(self, dispatch: Dispatch) -> Dispatch:
        delivery = dispatch.delivery
        find = self.dispatches.find
        return await asyncio.to_thread(find, delivery.account_id, delivery.id)


def _headers(dispatch: Dispatch) -> Mapping[str, str]:
    delivery, number = dispatch.delivery, dispatch.next_number
    return {
        "Content-Type": "application/json",
        "User-Agent": "Webferry-Webhooks",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "X-Mapiok-Event": delivery.event,
        "X-Mapiok-Delivery": f"{delivery.id}.{number}",
        "X-Mapiok-Attempt": str(number),
    }


def _tell(dispatch: Dispatch, attempt: Attempt) -> None:
    told = {
        "delivery": dispatch.delivery.id,
        "attempt": attempt.number,
        "status": attempt.status,
        "state": str(dispatch.state),
    }
    _log.info("webhook attempted", extra=told)
