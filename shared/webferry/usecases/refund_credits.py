"""Takes back credits whose money went back: what is left of them, once per refund."""

import logging
from dataclasses import dataclass

from webferry.credit_ports import Refunds
from webferry.domain.credits import Refund
from webferry.ports import Clock

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RefundCredits:
    """Nobody is ever in debt: credits that were spent, or are held, are not taken."""

    refunds: Refunds
    clock: Clock

    def __call__(self, refund: Refund) -> int:
        """How many credits were taken now; none if it was done before.

        Raises: NotFound: no such account; Unavailable.
        """
        taken = self.refunds.take(refund, self.clock.now_ms())
        if taken is not None:
            told = {"account_id": refund.account_id, "taken": taken, "refunded": refund.credits}
            _log.info("credits refunded", extra=told)
        return taken or 0
