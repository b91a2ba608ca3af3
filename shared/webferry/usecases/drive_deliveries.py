"""Sees to deliveries that nobody seems to drive: what a stream, a sender or a machine has lost."""

import logging
from dataclasses import dataclass

from webferry.domain.dispatches import Dispatch, DispatchState
from webferry.domain.errors import Unavailable
from webferry.ports import Clock
from webferry.usecases.wind_clock import ROUNDS, Wound
from webferry.webhook_ports import Dispatches, Drivers, Senders

GLANCE = 25

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DriveDeliveries:
    """The dispatch changes before anybody is called, so that it is not looked at all the time."""

    dispatches: Dispatches
    senders: Senders
    drivers: Drivers
    clock: Clock

    def __call__(self) -> Wound:
        """Raises: Unavailable: nobody knows what is due."""
        now_ms, seen, failed = self.clock.now_ms(), set[str](), 0
        for _ in range(ROUNDS):
            glance = self.dispatches.due(now_ms, GLANCE + failed)
            due = [delivery_id for delivery_id in glance if delivery_id not in seen]
            if not due:
                break
            seen.update(due)
            failed += self._see_to(due)
        return Wound(len(seen), failed)

    def _see_to(self, due: list[str]) -> int:
        try:
            loaded = self.dispatches.load(due).values()
            taken = [each for each in map(self._taken_up, loaded) if each]
            self.senders.call([each.delivery.id for each in taken])
        except Unavailable:
            _log.warning("deliveries that are due have to wait", exc_info=True)
            return len(due)
        return 0

    def _taken_up(self, dispatch: Dispatch) -> Dispatch | None:
        """The dispatch if a sender has to be called for it; a machine is started here."""
        now_ms = self.clock.now_ms()
        if dispatch.due_at_ms is None or dispatch.due_at_ms > now_ms:
            # The index is a little behind: somebody has seen to it meanwhile.
            return None
        known = dispatch.given_up(now_ms)
        if known.state.is_final:
            self.dispatches.save(known)
        elif known.state is DispatchState.WAITING:
            driven = self.dispatches.save(known.driven(now_ms))
            if driven:
                self.drivers.start(driven, wait_s=0 if known is dispatch else driven.wait_s)
        else:
            return self.dispatches.save(known.handed_over(now_ms))
        return None
